"""The scenario library: every file compares, every number says where it comes from, every published result is met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.formula.formula import inputs
from staffcalc.language.figures import Figure
from staffcalc.language.files import Files, Readable
from staffcalc.language.layers import Rule
from staffcalc.questions.check.judgement import Judgement
from staffcalc.questions.check.judging import judge
from staffcalc.questions.figures.budget_inputs import budget_figures
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.report import Money
from staffcalc.school.parts.counts import stated
from staffcalc.school.reading import read_school

LIBRARY = Path(__file__).parents[2] / "scenarios"
SCHOOLS = sorted(LIBRARY.glob("*.yaml"))
PUBLISHED = sorted((LIBRARY / "published").glob("*.yaml"))
PATTERNS = sorted((LIBRARY / "patterns").glob("*.yaml"))
ANSWERED = [*SCHOOLS, *PUBLISHED, *PATTERNS]
"""All files that have staff of their own."""
EVERY_FILE = sorted(LIBRARY.rglob("*.yaml"))


def costed(path: Path) -> Ledger:
    return cost_school(read_school(str(path)))


def costed_text(text: str, folder: Path) -> PlanLedger:
    """The baseline of a file with this text beside the files of a folder, given on standard input."""
    from textwrap import dedent

    class Beside(Files):
        def tree(self, path: str) -> Readable:
            with TemporaryDirectory() as temporary:
                for file in folder.iterdir():
                    (Path(temporary) / file.name).write_bytes(file.read_bytes())
                plan = Path(temporary) / "plan.yaml"
                plan.write_text(dedent(text), encoding="utf-8")
                return super().tree(str(plan))

    return cost_school(read_school("plan.yaml", Beside())).baseline


def names(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


def figures(ledger: Ledger) -> Iterator[Figure]:
    """Every figure that the costs, the budgets and the measures of a school rest on."""
    for plan in ledger.plans:
        for line in plan.lines:
            yield from (one.figure for one in inputs(line.formula))
        yield from (figure for _, _, figure in budget_figures(plan))
        yield from (figure for staffed in plan.plan.staff for figure in stated(staffed.counts))
        yield from (figure for figure in (plan.plan.students, plan.plan.allotment) if figure is not None)
        rules = (rule for forecast in plan.plan.forecast for _, rule in forecast if isinstance(rule, Rule))
        yield from (figure for rule in rules for figure in rule.stated())
        yield from (one.post.role.weight for one in plan.plan.staff if one.post.role.weight is not None)


def test_the_eight_schools_of_the_report_are_there() -> None:
    assert len(SCHOOLS) == 8


@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_every_number_has_a_source_or_is_marked_as_assumed(path: Path) -> None:
    unmarked = {str(figure.place) for figure in figures(costed(path)) if not (figure.source or figure.assumed)}
    assert unmarked == set()


@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_everything_a_file_states_holds(path: Path) -> None:
    judged = [one for one in judge(costed(path)) if not is_goal(one)]
    assert [one.message for one in judged if one.level in ("error", "warning")] == []


def is_goal(one: Judgement) -> bool:
    """Whether a check is one of the goals that others set themselves, whatever comes out for a school."""
    return (one.level, Path(one.place.file).parent.name) == ("warning", "rules")


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_each_school_can_be_forecast_and_its_first_year_is_the_plain_cost(path: Path) -> None:
    answer = forecast([costed(path)], years=3)
    assert answer.tables
    first = {row[2]: row[6] for row in answer.records().rows if row[3] == costed(path).school.year}
    assert first == {plan.name: Money(total(plan.lines)) for plan in costed(path).plans}


@pytest.mark.parametrize("path", EVERY_FILE, ids=names(EVERY_FILE))
def test_the_first_line_names_the_schema_that_is_shipped(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == LIBRARY / "staffcalc.schema.json"


def test_class_size_cuts_of_montgomery_county_row_by_row() -> None:
    # Montgomery County Public Schools, FY2017 budget question 3.
    plan = costed(LIBRARY / "published" / "mcps-class-size-2017.yaml").plans[1]
    rows: dict[str, object] = {
        role: tuple(
            sum((line.amount for line in plan.lines if (line.role, line.component) == (role, part)), Decimal(0))
            for part in ("salary", "benefits")
        )
        for role in totals_by(plan.lines, "role")
    }
    assert rows == {
        "grades 1-2": (1_108_695, 321_743),
        "grade 3": (633_540, 183_853),
        "grades 4-5": (1_425_465, 413_670),
        "middle": (2_164_595, 628_165),
        "high": (2_692_545, 781_377),
    }
    assert total(plan.lines) == 10_353_648
    # A dollar less than the rate on the total: the total is the sum of the rounded rows.
    assert round(Decimal(8_024_840) * Decimal("0.2902")) == totals_by(plan.lines, "component")["benefits"] + 1


def test_three_teachers_traded_for_a_specialist_aides_and_materials() -> None:
    before, after = costed(LIBRARY / "published" / "rodeo-position-trade.yaml").plans
    assert total(after.lines) == total(before.lines)
    assert totals_by(after.lines, "role")["aide"] == 90_000


def test_fringe_stack_of_truckee_meadows_to_the_cent() -> None:
    # 35.11% in all at 36,000, where workers compensation counts in full; 9.25% for part-time staff.
    [plan] = costed(LIBRARY / "published" / "truckee-meadows-2020-21.yaml").plans
    fringes: dict[str | None, Decimal] = {}
    for line in plan.lines:
        if line.component not in ("salary", "hourly", "stipend", "health"):
            fringes[line.role] = fringes.get(line.role, Decimal(0)) + line.amount
    assert fringes["full time at 36,000"] == Decimal("12639.60")
    assert fringes["part time"] == Decimal("925.00")


def test_the_fund_that_pays_decides_the_rate_in_illinois() -> None:
    general, federal, both = costed(LIBRARY / "published" / "illinois-fund-rate-2015-16.yaml").plans
    # Employer guide, chapter 4: 0.58% on all pay, and 36.06% besides on federally paid salaries.
    for plan, besides in ((general, 0), (federal, 21_636), (both, 10_818)):
        parts = totals_by(plan.lines, "component")
        assert [parts["pension"], parts.get("federal pension", 0)] == [348, besides]


def test_four_positions_of_charlotte_mecklenburg() -> None:
    plans = costed(LIBRARY / "published" / "cms-position-exchange-2015.yaml").plans
    used = [sum((role.positions or Decimal(0) for role in plan.staff), Decimal(0)) for plan in plans]
    assert used == [Decimal("4.00"), Decimal("3.95"), Decimal("3.95"), Decimal("4.00")]


def test_the_shipped_schema_is_up_to_date() -> None:
    import json

    from staffcalc.language.schema import json_schema

    shipped = json.loads((LIBRARY / "staffcalc.schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(json_schema()))


def test_supplements_and_cover_of_iowa_for_each_hundred_teachers() -> None:
    # Iowa Teacher Leadership and Compensation System, proposal 2013: 20,000 + 50,000 + 50,000, and 2.5 + 2.5 FTE.
    before, plan = costed(LIBRARY / "published" / "iowa-tlc-2013.yaml").plans
    supplements = {line.role: line.amount for line in plan.lines if line.component == "supplement"}
    assert supplements == {"model teacher": 20_000, "mentor teacher": 50_000, "lead teacher": 50_000}
    assert sum(supplements.values()) == 120_000
    fte = {role.role: role.fte for role in plan.staff}
    assert fte["teacher"] == 100 - 25 + 5
    assert totals_by(plan.lines, "fund")["general"] == total(before.lines)


def test_average_or_actual_pay_moves_money_between_two_schools() -> None:
    # Allovue, A tale of two teacher salaries, 2016: one school pays 10,000 more, the other 10,000 less.
    school = read_school(str(LIBRARY / "published" / "allovue-average-or-actual-2016.yaml"))
    before, after = (totals_by(cost_school(school, price).baseline.lines, "role") for price in ("actual", "average"))
    assert {role: after[role] - before[role] for role in after} == {
        "teacher at school 1": 10_000,
        "teacher at school 2": -10_000,
    }


WASHINGTON = {
    "administrator": ("1.253", "1.353", "1.880"),
    "teacher-librarian": ("0.663", "0.519", "0.523"),
    "nurse": ("0.416", "0.888", "0.824"),
    "social worker": ("0.311", "0.088", "0.127"),
    "psychologist": ("0.104", "0.024", "0.049"),
    "counselor": ("0.993", "1.716", "3.039"),
    "paraeducator": ("1.012", "0.776", "0.728"),
    "office support": ("2.088", "2.401", "3.345"),
    "custodian": ("1.657", "1.942", "2.965"),
    "safety": ("0.079", "0.092", "0.141"),
}


def test_washington_allots_its_prototypes_and_the_schools_in_between() -> None:
    # RCW 28A.150.260: 400, 432 and 600 students; 450 students have 450/400 of each unit, and 520 have 520/432.
    plans = {plan.name: plan for plan in costed(LIBRARY / "published" / "washington-prototype-2024.yaml").plans}
    fte = {name: {role.role: role.fte for role in plan.staff} for name, plan in plans.items()}
    for at, name in enumerate(("baseline", "middle school", "high school")):
        assert fte[name] == {role: Decimal(units[at]) for role, units in WASHINGTON.items()}
    assert fte["elementary school of 450"]["counselor"] == Decimal("1.117")  # 0.993 x 450 / 400 = 1.117125
    assert fte["middle school of 520"]["counselor"] == Decimal("2.066")  # 1.716 x 520 / 432 = 2.0656


def test_the_clark_county_schedule_is_the_published_one() -> None:
    # Clark County School District budget FY2012-13: master's degree, step 7; the top of MA+32; hours that are not FTE.
    text = """
        extends: {district}
        roles:
          teacher: {{category: teacher}}
          aide: {{category: support, salary: 30_000}}
        baseline:
          teacher: {{MA/7: 1, MA+32/14: 1}}
          aide: {{people: 1, hours: 8, months: 9}}
    """
    district = LIBRARY / "districts" / "clark-county-2012-13.yaml"
    plan = costed_text(text.format(district=district.name), district.parent)
    assert totals_by(plan.lines, "component")["salary"] == 48_989 + 66_125 + Decimal("0.74") * 30_000


def test_what_an_employer_adds_in_north_carolina_to_the_cent() -> None:
    # UNC Wilmington, benefit rates 2022-23: 7.65%, 24.50%, and medical 7,397 in full from 0.75 FTE.
    [plan] = costed(LIBRARY / "published" / "north-carolina-2022-23.yaml").plans
    added: dict[str | None, dict[str | None, Decimal]] = {}
    for line in plan.lines:
        if line.component not in ("salary", "hourly"):
            added.setdefault(line.role, {})[line.component] = line.amount
    both, retirement, medical = "social security and medicare", "retirement", "medical"
    assert added == {
        "teacher, full time": {both: Decimal("4335.64"), retirement: Decimal("13885.38"), medical: 7_397},
        "teacher, three quarters": {both: Decimal("3251.73"), retirement: Decimal("10414.03"), medical: 7_397},
        "temporary tutor": {both: Decimal("1162.80")},
    }


@pytest.mark.parametrize("path", PUBLISHED, ids=names(PUBLISHED))
def test_every_published_file_names_who_published_it(path: Path) -> None:
    assert "source:" in path.read_text(encoding="utf-8")
    assert re.search(r"https?://", path.read_text(encoding="utf-8"))
