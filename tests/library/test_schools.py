"""The eight schools of the report: a figure is published or marked as assumed, and nothing is claimed of a school."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from library.test_library import ANSWERED, LIBRARY, PATTERNS, SCHOOLS, costed, names
from staffcalc.costing.budgets import revenue_formula
from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import total
from staffcalc.formula.formula import inputs, value
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.assumptions.assumptions import EntryData, assumptions
from staffcalc.questions.check.check import check
from staffcalc.questions.check.judging import judge
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.report import Money, Number
from staffcalc.school.parts.budgets import Revenue

OTHERS = "all other staff"
"""The one line for everybody whom no source names."""

ROLES = {
    "brooklyn-laboratory": {"teacher", "lead teacher", "learning specialist", "resident", "fellow"},
    "cabarrus-county": {"teacher", "multi-classroom leader", "extended reach teacher", "reach assistant"},
    "cics-west-belden": {"teacher", "co-teacher", "lead teacher"},
    "clark-county-franchise": {
        "classroom teacher",
        "subject-specialized lead teacher",
        "certified temporary tutor",
        "growth analyst",
        "principal",
    },
    "cristo-rey-san-jose": {"teacher", "lead teacher"},
    "intrinsic": {"core teacher", "special-education or assistant teacher", "lead teacher"},
    "navigator": {"teacher", "small-group instructor", "coach"},
    "ranson": {
        "classroom teacher",
        "multi-classroom leader",
        "reach team teacher",
        "senior reach teacher",
        "master reach teacher",
        "reach associate",
    },
}
"""The roles that a source names for each school, or for all schools of the report together."""

PUBLISHED: dict[str, set[Any]] = {
    "NYSED, enrollment 2018-19": {77, 176, 208, 106, 115, 5, 687},
    "Independent Budget Office by Village Voice": {14_027},
    "Chalkbeat, 2016-09-15": {2_000_000},
    "SchoolDigger, Rocky River": {741, 9_867},
    "UNC Chapel Hill Finance": {"24.04%"},
    "UNC Wilmington": {"0.75"},
    "The Learning Accelerator": {500},
    "Catalyst / Chicago Reporter, July 2014": {7_166, 8_194},
    "Chicago Public Schools, 20th day enrollment": {98, 199, 152, 449},
    "EdSurge, 2015": {2, 1, 60},
    "Hartford Going Blended, 2015-11": {900},  # 90 minutes a day each of mathematics and English, five days
    "EdPost on LAB, 2016": {600},  # two hours a day, five days
    "the architect's pages, 2013": {8, 180},
    "Las Vegas Review-Journal, 2017-04": {5_664},
    "Nevada Department of Education, class-size": {16, 17, 20},
    "Las Vegas Review-Journal, 2016-05": {33},
    "NCTQ contract database": {40_900},
    "UNLV, summer 2016": {1},
    "Nevada PERS, employer-paid 2017-19": {"28.00%"},
    "Las Vegas Review-Journal, 2018-08-30": {6_996},
    "San José Spotlight": {8_750, 7_000, 9_212},
    "Mercury News, 2012-12-23": {500},
    "Hollister Prep, LCFF Budget Overview": {5_031_476, 405_140, 181_017, 246_894},
    "CalSTRS employer rate 2019-20": {"17.10%"},
    "Public Impact, Ranson case study": {70, 28, 300},  # 42 of the 70 were there; an hour a day online, five days
    "Public Impact on this team": {1, 3, 2},
    "Public Impact, 2015-02-11": {421},
    "Public Impact, Charlotte-Mecklenburg position exchange": {1, "1.30", "1.05", "1.15", "1.25", "0.65", 40},
    "Public Impact, Higher pay for Charlotte teachers": {13_000, 16_000, 1_500, 6_000, 9_800},
    "WBTV / Charlotte Observer, August 2015": {40_247},
    "NC Retirement Systems": {"15.32%"},
    "State Health Plan, rates January to December 2015": {"5_377.44"},
    "Social Security Administration": {
        "6.2%",
        "1.45%",
        118_500,  # 2016
        128_400,  # 2018
        132_900,  # 2019
        137_700,  # 2020
        176_100,  # 2025
    },
}
"""What each source says, in the figures that a file of a school takes from it; each was read in its source."""

NOT_PUBLISHED = {
    "brooklyn-laboratory": ["stipend of", "supplement of", "retirement"],
    "cabarrus-county": ["hourly pay of", "supplement of", "health per person"],
    "cics-west-belden": ["supplement of", "pension"],
    "clark-county-franchise": [r"students", r"\w+ of classroom teacher$", "supplement of", "beyond state aid"],
    "cristo-rey-san-jose": [r"students$", "supplement of", "retirement"],
    "intrinsic": ["supplement of", "pension"],
    "navigator": ["hourly pay of", "supplement of", "health"],
    "ranson": [r"students$", "hourly pay of", "change of classroom teacher"],
}
"""What nobody found of a school, by the names of its figures in the register."""
NOT_OF_MONEY = {"fte", "students_per_teacher", "revenue", "team_size", "displaced", "never_exchange"}
"""What a check of a school may hold: a published rule or sum, and no verdict on a plan."""
OF_EVERY_SCHOOL = ["staff share", "salary of"]
"""No school's share of the money for staff, and nobody's salary, was found of any of the eight."""


def register(path: Path) -> list[EntryData]:
    """Every figure that the plans of a file rest on, as `assumptions` lists it."""
    data = assumptions([costed(path)]).data()
    return list(data["schools"][0]["inputs"])  # type: ignore[call-overload, index]


def text(path: Path) -> dict[str, object]:
    said: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return said


# What every figure says of itself


@pytest.mark.parametrize("path", [*SCHOOLS, *PATTERNS], ids=names([*SCHOOLS, *PATTERNS]))
def test_every_figure_of_the_register_is_published_or_assumed_with_a_reason(path: Path) -> None:
    silent = [
        f"{one['input']}, line {one['line']}"
        for one in register(path)
        if one["status"] == "unmarked" or (one["status"] == "assumed" and not one["note"])
    ]
    assert silent == []


OF_NO_YEAR = {"allovue-average-or-actual-2016", "rodeo-position-trade", "washington-prototype-2024"}
"""Published tables that state no school year."""
DATED = [path for path in ANSWERED if path.stem not in OF_NO_YEAR]


@pytest.mark.parametrize("path", DATED, ids=names(DATED))
def test_every_published_figure_has_a_source_and_the_year_that_it_is_of(path: Path) -> None:
    published = [one for one in register(path) if one["status"] == "published"]
    silent = [f"{one['input']}, line {one['line']}" for one in published if not (one["source"] and one["year"])]
    assert silent == []


@pytest.mark.parametrize("path", DATED, ids=names(DATED))
def test_a_figure_of_another_year_than_its_file_is_told(path: Path) -> None:
    year = costed(path).school.year
    assert year is not None
    others = [one for one in register(path) if one["year"] and one["year"][:4] != year[:4]]
    assert [one["input"] for one in register(path) if one["other_year"]] == [one["input"] for one in others]
    told = [note for note in assumptions([costed(path)]).notes if f"the file is of {year}, and {len(others)} " in note]
    assert len(told) == bool(others)
    assert all(f"{one['input']} ({one['year']})" in told[0] for one in others[:5])


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_a_published_figure_is_what_its_source_says(path: Path) -> None:
    for one in register(path):
        if one["status"] == "published":
            [said] = [values for source, values in PUBLISHED.items() if source in (one["source"] or "")]
            assert _shown(one["value"]) in {_number(value) for value in said}, one


def _shown(cell: Number) -> Decimal:
    return cell.amount if isinstance(cell, Money) else Decimal(cell.value)


def _number(stated: int | str) -> Decimal:
    written = str(stated)
    return Decimal(written.rstrip("%")) / (100 if written.endswith("%") else 1)


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_nothing_that_nobody_found_is_stated_as_a_fact(path: Path) -> None:
    looked_for = [*OF_EVERY_SCHOOL, *NOT_PUBLISHED[path.stem]]
    entries = register(path)
    for pattern in NOT_PUBLISHED[path.stem]:
        assert any(re.match(pattern, one["input"]) for one in entries), f"{pattern}: no figure is called so"
    facts = [
        one["input"]
        for one in entries
        if one["status"] == "published" and any(re.match(pattern, one["input"]) for pattern in looked_for)
        if not re.match("students, the students that were planned", one["input"])  # a plan of 2012, and said to be one
    ]
    assert facts == []


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_no_role_and_no_fund_is_there_that_no_source_names(path: Path) -> None:
    for plan in costed(path).plans:
        assert {one.post.name for one in plan.plan.staff} <= {*ROLES[path.stem], OTHERS}
        assert set(plan.plan.budget or {}) <= ({"general", "xq"} if path.stem == "brooklyn-laboratory" else {"general"})


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_each_school_asks_a_question_and_says_what_nobody_published(path: Path) -> None:
    note = str(text(path)["note"])
    assert note.startswith("The question: ")
    assert "?" in note
    assert "Nobody published " in note


@pytest.mark.parametrize("path", PATTERNS, ids=names(PATTERNS))
def test_a_pattern_says_that_it_is_no_school(path: Path) -> None:
    assert str(text(path)["school"]).endswith("(a pattern)")
    assert "no school" in path.read_text(encoding="utf-8")
    assert "budget" not in text(path)


# No verdict is asked for


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_a_plan_that_does_not_fit_stays_and_no_check_asks_for_money(path: Path) -> None:
    school = costed(path).school
    assert text(path)["over_budget"] == "allowed"
    assert {one.measure for one in school.checks if one.measure.place.file == str(path)} <= NOT_OF_MONEY


@pytest.mark.parametrize("path", SCHOOLS, ids=names(SCHOOLS))
def test_a_budget_rests_on_students_and_prices_and_never_on_todays_staff(path: Path) -> None:
    assert "budget: baseline" not in path.read_text(encoding="utf-8")
    for plan in costed(path).plans:
        units = {one.figure.unit for money in plan.money.values() for one in inputs(money)}
        assert units <= {"dollars", "students", "rate"}
        assert "general" not in plan.money or isinstance((plan.plan.budget or {})["general"], Revenue)


# Rules that others set


def outcomes(name: str, rules: str) -> dict[tuple[str, str], set[str]]:
    """How the plans of a school come out against a file of rules: the plans that do not hold, by measure and what is
    wrong."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in judge(costed(LIBRARY / f"{name}.yaml")):
        if one.place.file.endswith(f"rules/{rules}.yaml"):
            plans = found.setdefault((one.rule, one.level), set())
            plans.add(one.scenario)
    return found


GOALS = "opportunity-culture-goals-2014"


def test_the_teams_of_ranson_against_the_goals_of_the_movement() -> None:
    found = outcomes("ranson", GOALS)
    assert ("reach", "passed") not in found  # three teams of 421 students in one of four subjects each: 31.58% of 80%
    assert ("shared_planning_minutes", "passed") in found  # where there is no team
    assert "three teams" in found["shared_planning_minutes", "warning"]
    assert "three teams" in found["supplement_share", "warning"]  # 1,500 of what teachers earn
    assert found["left_recurring", "warning"] == {plan.name for plan in costed(LIBRARY / "ranson.yaml").plans}
    assert ("team_size", "warning") not in found


def test_rocky_river_against_the_states_rules_and_the_goals() -> None:
    assert {level for _, level in outcomes("cabarrus-county", "north-carolina-advanced-roles")} == {"passed"}
    found = outcomes("cabarrus-county", GOALS)
    assert ("reach", "passed") not in found  # how many students a team has is not published
    assert found["left_recurring", "warning"] == {"the leaders' lessons covered"}
    assert ("supplement_share", "warning") not in found  # no role of the school is one of team teachers


# Published revenue, to the dollar


def revenue(plan: PlanLedger) -> Decimal:
    """What comes in for the general fund of a plan, in dollars, before the share for staff is taken."""
    stated = (plan.plan.budget or {})["general"]
    assert isinstance(stated, Revenue)
    return value(revenue_formula(stated, 0))


def general(name: str) -> tuple[Decimal, Decimal]:
    """The revenue of a school's general fund, and what of it is for staff."""
    plan = costed(LIBRARY / f"{name}.yaml").baseline
    return revenue(plan), value(plan.money["general"])


def test_the_basic_tuition_of_brooklyn_laboratory() -> None:
    assert 77 + 176 + 208 + 106 + 115 + 5 == 687  # NYSED, enrollment 2018-19
    assert general("brooklyn-laboratory")[0] == 687 * 14_027 == 9_636_549


def test_the_four_parts_of_hollister_preps_revenue() -> None:
    # Hollister Prep, LCFF Budget Overview for Parents 2019-20; the share for staff is assumed.
    assert list(general("navigator")) == [5_864_527, 4_457_041]


def test_the_money_for_students_of_two_rates_at_intrinsic() -> None:
    # 98 students in grade 7 and 351 in grades 9 and 10; Chicago Reporter, July 2014.
    assert general("intrinsic")[0] == 98 * 7_166 + 351 * 8_194 == 3_578_362


def test_the_money_of_west_belden_rocky_river_and_cristo_rey() -> None:
    assert general("cics-west-belden")[0] == 500 * 7_166 == 3_583_000
    assert general("cabarrus-county")[0] == 741 * 9_867 == 7_311_447
    assert general("cristo-rey-san-jose")[0] == 440 * 15_750


# Every question has an answer


@pytest.mark.parametrize("path", [*SCHOOLS, *PATTERNS], ids=names([*SCHOOLS, *PATTERNS]))
def test_every_question_has_an_answer(path: Path) -> None:
    ledger = costed(path)
    answers = [compare([ledger]), explain([ledger]), explain([ledger], measure="left"), assumptions([ledger])]
    answers += [check([ledger]).report, *(diff(ledger, first=plan.name) for plan in ledger.plans[1:])]
    if path in SCHOOLS:
        answers.append(forecast([ledger], years=4))
    assert all(rendered(answer, Format.text).strip() for answer in answers)


def test_the_tuition_pays_what_the_grant_paid_when_it_has_ended() -> None:
    # The grant of five years from September 2016 ends with 2020-21; fellows and residents go on.
    answer = rendered(
        forecast([costed(LIBRARY / "brooklyn-laboratory.yaml")], years=4, scenarios=["baseline"]), Format.text
    )
    assert re.search(r"baseline +xq +2021-22 .* falls to general", answer)


def test_a_leaders_team_of_ranson_in_posts() -> None:
    # Public Impact, 2015: 1.30 for a leader, 1.05 for a team teacher, 0.65 for an associate; six posts pay for 5.75.
    used = {
        plan.name: sum((role.positions or Decimal(0) for role in plan.staff), Decimal(0))
        for plan in costed(LIBRARY / "ranson.yaml").plans
    }
    assert used["baseline"] == 70
    assert used["one team"] == 70 - 6 + Decimal("5.75")
    assert used["three teams"] == 70 - 18 + 3 * Decimal("5.75")
    assert used["associates on top"] > 70


def test_three_teams_of_ranson_in_dollars() -> None:
    # Of 70 posts 28 are vacant. 18 are given up: 12 teachers go into the teams, and 6 vacant posts pay for them.
    before, after = (plan for plan in costed(LIBRARY / "ranson.yaml").plans if plan.name in ("baseline", "three teams"))
    rates = Decimal("0.1532") + Decimal("0.062") + Decimal("0.0145")
    vacant = 40_247 * (1 + rates) + Decimal("5377.44")
    associate = 15 * 40 * 40 * (1 + rates) + Decimal("5377.44")
    supplements = (3 * 16_000 + 9 * 1_500) * (1 + rates)
    change = supplements + 6 * associate - 6 * vacant
    assert abs(total(after.lines) - total(before.lines) - change) < 10  # each line is rounded to the dollar
    people = {role.role: (role.fte, role.people) for role in after.staff}
    assert list(people["classroom teacher"]) == [52, 30]
    assert list(people["multi-classroom leader"]) == [3, 3]
