"""`diff`: posts exchanged, and a bridge from one cost to the other that a board reads in fifteen lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from schools import Plain, ledger, plan_of, school, school_files, written
from staffcalc.cli import app
from staffcalc.costing.bridge.bridge import bridge
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.years.later_years import in_year
from staffcalc.output.formats import OF_FINDINGS, Format, rendered
from staffcalc.output.widths import width
from staffcalc.questions.diff.bridge_lines import MOST_STEPS
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import Bar, Cell, Money, Percent, Report, Table, TableRow, Verdict
from staffcalc.school.reading import read_school

LIBRARY = Path(__file__).parents[2] / "scenarios"
MIDDLE_SCHOOL = Path(__file__).parent / "middle_school.yaml"
FILES = sorted(path for path in LIBRARY.rglob("*.yaml") if not {"districts", "rules"} & set(path.parts))
SCHOOL = """
    school: Ranson
    year: 2015-16
    students: 1_100
    budget: {general: 4_000_000, title_i: 310_000}
    benefits:
      certified: {pension: {rate: 10%}, health: {per_person: 5_000}}
    roles:
      classroom teacher: {category: teacher, salary: 50_000, benefits: certified}
      multi-classroom leader: {like: classroom teacher, category: leader, supplement: 13_000}
      reach associate: {category: support, hourly: 15, hours_per_week: 40, weeks: 38}
    baseline: {classroom teacher: 62}
    scenarios:
      leadership: {change: {classroom teacher: -6, multi-classroom leader: +3, reach associate: +4}}
      paid more: {like: leadership, roles: {multi-classroom leader: {supplement: 16_000}}}
      with software: {like: paid more, other_costs: {software: {per_student: 38}}}
"""


def bridge_table(report: Report) -> Table:
    return next(table for table in report.tables if "from" in table.title)


def lines(report: Report) -> list[tuple[Any, Any]]:
    """The rows of the bridge with their amounts."""
    table = bridge_table(report)
    return [(row.cells[0], cell.amount) for row in _to_the_end(table) if isinstance(cell := _amount(table, row), Money)]


def _to_the_end(table: Table) -> Sequence[TableRow]:
    """The rows of the bridge without those of the budget and the verdict below it."""
    return table.rows[: [row.kind for row in table.rows].index("total") + 1]


def _amount(table: Table, row: TableRow) -> Cell:
    return row.cells[[column.label for column in table.columns].index("amount")]


def posts(report: Report) -> list[tuple[Any, ...]]:
    table = next(table for table in report.tables if table.title.endswith("posts"))
    return [row.cells[:2] for row in table.rows if row.cells[0]]


def data(report: Report) -> Any:
    return json.loads(rendered(report, Format.json), parse_float=Decimal)


def recorded(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered(report, Format.csv))))


def of_file(path: Path) -> Ledger:
    return cost_school(read_school(str(path)))


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["diff", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_without_names_it_goes_from_the_baseline_to_the_first_scenario_and_says_so() -> None:
    report = diff(ledger(SCHOOL))

    assert bridge_table(report).title == "Ranson, 2015-16: from baseline to leadership, the first scenario"
    assert posts(report) == [("+", "multi-classroom leader"), ("+", "reach associate"), ("−", "classroom teacher")]
    assert lines(report) == [
        ("baseline", 62 * 60_000),
        ("3 FTE of classroom teacher fewer", -3 * 60_000),
        ("4 FTE of reach associate more", 4 * 22_800),
        ("3 FTE of classroom teacher exchanged for multi-classroom leader: supplement $13,000", 3 * 14_300),
        ("leadership", 62 * 60_000 + 3 * 14_300 - 3 * 60_000 + 4 * 22_800),
    ]


def test_a_raise_is_marked_as_a_post_that_changes() -> None:
    report = diff(ledger(SCHOOL), first="leadership", second="paid more")

    assert posts(report) == [("~", "multi-classroom leader")]
    assert lines(report)[1:-1] == [("supplement of multi-classroom leader $13,000 → $16,000", 9_900)]


def test_details_show_the_benefits_in_a_step() -> None:
    rows = bridge_table(diff(ledger(SCHOOL), first="leadership", second="paid more", details=True)).rows

    assert [row.cells[:2] for row in rows[2:4]] == [
        ("· supplement", Money(Decimal(9_000), signed=True)),
        ("· pension", Money(Decimal(900), signed=True)),
    ]


def test_every_step_has_a_bar_against_the_largest() -> None:
    bars = [row.cells[-1] for row in bridge_table(diff(ledger(SCHOOL))).rows]

    assert bars[0] is None
    assert bars[1] == Bar(Decimal(-1))
    assert all(isinstance(bar, Bar) and abs(bar.share) <= 1 for bar in bars[1:4])


def test_the_end_of_the_bridge_says_whether_it_fits() -> None:
    assert bridge_table(diff(ledger(SCHOOL))).rows[-1].cells[0] == Verdict("fits, $635,900 left", good=True)


def test_every_column_of_the_posts_adds_up() -> None:
    table = diff(of_file(MIDDLE_SCHOOL), first="leaders and blended classes", second="residents").tables[0]
    *rows, end = (row.cells for row in table.rows)

    for column in (3, 5, 7):
        assert sum(cell.amount for row in rows if isinstance(cell := row[column], Money)) == _dollars(end[column])


def _dollars(cell: object) -> Decimal:
    assert isinstance(cell, Money)
    return cell.amount


def test_a_school_pays_its_leaders_by_exchanging_positions() -> None:
    assert lines(diff(of_file(MIDDLE_SCHOOL))) == [
        ("baseline", 5_722_327),
        ("5 FTE of classroom teacher fewer", -348_870),
        ("5 FTE of reach associate more", 226_997),
        ("6 FTE of classroom teacher exchanged for multi-classroom leader: supplement $13,000", 97_330),
        ("after-school tutoring $45,000 → $0", -45_000),
        ("24 FTE of classroom teacher exchanged for team teacher: supplement $1,500", 44_920),
        ("coaching for new leaders: $24,000 added", 24_000),
        ("multi-classroom leadership", 5_721_704),
    ]


def test_a_new_rate_is_one_line_whatever_the_roles() -> None:
    older, newer = ledger(SCHOOL), ledger(SCHOOL.replace("10%", "11%"))
    report = diff(newer, older, "leadership")

    assert lines(report)[1:-1] == [("pension 10% → 11% (2 roles)", 59 * 500 + 3 * 130)]
    assert len(data(report)["steps"]) == 2


def test_after_each_step_there_is_a_running_total() -> None:
    totals = [row.cells[-2] for row in bridge_table(diff(ledger(SCHOOL))).rows]

    begin = 62 * 60_000
    sums = (begin - 180_000, begin - 180_000 + 91_200, begin - 180_000 + 91_200 + 42_900)
    assert totals[1:4] == [Money(Decimal(one)) for one in sums]


def test_bars_below_nothing_stand_left_of_an_axis_on_a_terminal_and_elsewhere_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    report = diff(ledger(SCHOOL))
    fewer, more = [line for line in rendered(report, Format.table).split("\n") if "│" in line][:2]

    assert fewer.rstrip().endswith("█│")
    assert more.rstrip().endswith("│" + "█" * 5)
    assert not {"█", "│"} & {*rendered(report, Format.text)}


def test_a_board_reads_fifteen_lines_and_the_smallest_are_taken_together() -> None:
    roles = {f"role {number:02}": {"salary": str(number * 1_000)} for number in range(1, 20)}
    text = written(
        {"school": "x", "roles": roles, "baseline": {"role 01": "1"}, "scenarios": {"all": {"staffing": _one(roles)}}}
    )
    report = diff(ledger(text))
    shown = lines(report)[1:-1]

    assert len(shown) == MOST_STEPS
    assert shown[-1] == ("4 smaller changes", 2_000 + 3_000 + 4_000 + 5_000)
    assert len(lines(diff(ledger(text), details=True))) == 18 + 2


def _one(roles: Plain) -> Plain:
    return dict.fromkeys(roles, "1")


def test_many_raises_are_one_line_when_there_are_too_many() -> None:
    def text(extra: int) -> str:
        roles = {f"role {number:02}": {"salary": str(number * 1_000 + extra)} for number in range(1, 17)}
        return written({"school": "x", "roles": roles, "baseline": _one(roles)})

    assert lines(diff(ledger(text(10)), ledger(text(0))))[1:-1] == [("salary of 16 roles", 160)]


def test_funds_are_shown_where_there_are_several() -> None:
    shifted = SCHOOL.replace("weeks: 38}", "weeks: 38, funds: {title_i: 50%, general: 50%}}")
    report = diff(ledger(shifted), ledger(SCHOOL), "leadership")

    assert lines(report)[1:-1] == [("funds of reach associate general → title_i 50%, general 50%", 0)]
    assert data(report)["funds"] == [
        {"fund": "general", "from": 3_674_100, "to": 3_628_500, "change": -45_600, "share": Decimal("-0.0124")},
        {"fund": "title_i", "from": 0, "to": 45_600, "change": 45_600, "share": None},
    ]
    assert [table.title for table in report.tables if "funds" in table.title] == ["Ranson, 2015-16: funds"]
    assert not any("funds" in table.title for table in diff(ledger(SCHOOL)).tables)


def test_a_plan_against_itself_differs_in_nothing() -> None:
    report = diff(ledger(SCHOOL), first="leadership", second="leadership")

    assert lines(report)[1] == ("nothing differs in posts, prices and costs", 0)
    assert len(report.tables) == 1
    assert data(report)["steps"] == []


def test_a_file_without_scenarios_is_told_so() -> None:
    report = diff(ledger("{school: x, roles: {aide: {salary: 20_000}}, baseline: {aide: 2}}", "small.yaml"))

    assert report.notes[-1] == "small.yaml: no scenario to compare the baseline with; name another file"


def test_an_unknown_scenario_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"no scenario `leadrship` in school\.yaml: did you mean `leadership`"):
        diff(ledger(SCHOOL), first="baseline", second="leadrship")
    with pytest.raises(UnknownNameError, match=r"in new\.yaml"):
        diff(ledger(SCHOOL.replace("with software", "other"), "new.yaml"), ledger(SCHOOL), "with software")


def test_two_years_of_a_school_are_told_apart_by_the_year() -> None:
    newer = SCHOOL.replace("2015-16", "2016-17").replace("1_100", "1_200")
    report = diff(ledger(newer, "new.yaml"), ledger(SCHOOL, "old.yaml"), "with software")

    assert bridge_table(report).title == "Ranson: from with software (2015-16) to with software (2016-17)"
    assert lines(report)[1:-1] == [("students of software 1,100 → 1,200", 3_800)]


def test_json_says_what_each_end_is_and_every_step() -> None:
    found = data(diff(ledger(SCHOOL), first="leadership", second="paid more"))

    assert found["from"] == {
        "name": "leadership",
        "school": "Ranson",
        "file": "school.yaml",
        "year": "2015-16",
        "cost": 3_674_100,
    }
    assert found["change"] == 9_900
    assert found["share"] == Decimal("0.0027")
    assert found["budgets"] == [4_310_000, 4_310_000]
    assert found["posts"][0]["change"] == {"fte": 0, "people": 0, "cost": 9_900}
    assert found["steps"] == [
        {
            "step": "price",
            "role": "multi-classroom leader",
            "subject": "supplement",
            "from": "$13,000",
            "to": "$16,000",
            "what": "supplement of multi-classroom leader $13,000 → $16,000",
            "amount": 9_900,
            "share": Decimal("0.0027"),
            "parts": [
                {"role": "multi-classroom leader", "fund": "general", "component": "supplement", "amount": 9_000},
                {"role": "multi-classroom leader", "fund": "general", "component": "pension", "amount": 900},
            ],
        }
    ]


# Prices that no first cell tells

TERMS = """
school: D
year: 2026-27
budget: {general: 500_000, grant: 100_000}
schedules:
  t:
    lanes: [BA]
    per: month
    months: 10
    steps: {1: [4_000], 2: [4_200], 3: [4_400]}
    differentials: {board: {amount: 100}}
benefits: {b: {social security: {rate: 10%, up_to: 30_000, min_fte: 0.5}}}
roles:
  teacher: {category: teacher, schedule: t, salary: BA/1}
  aide: {category: support, salary: 40_000, benefits: b}
  lead: {category: leader, salary: 60_000, release: {share: 50%, charged_to: grant}}
baseline: {teacher: 2, aide: {people: 2, fte_each: 0.75}, lead: 1}
forecast: {cola: 2%}
"""


@pytest.mark.parametrize(
    ("before", "after", "steps"),
    [
        ("BA/1}", "BA/1, months: 12}", [("terms of pay of teacher 10 months → 12 months", 16_000)]),
        ("BA/1}", "BA/1 with board}", [("terms of pay of teacher none → board $100", 2_000)]),
        (
            "up_to: 30_000, min_fte: 0.5",
            "up_to: 20_000, min_fte: 0.6",
            [
                ("social security cap of aide $30,000 → $20,000", -2_000),
                ("social security least FTE of aide 0.5 FTE → 0.6 FTE", 0),
            ],
        ),
        (
            "min_fte: 0.5}",
            "min_fte: 0.5}, health: {per_person: 500, min_fte: 0.75}, fica: {rate: 6%, up_to: 900, funds: [general]}",
            [
                ("health of aide none → $500 a person from 0.75 FTE", 1_000),
                ("fica of aide none → 6% of all pay up to $900 on general", 108),
            ],
        ),
        (
            "charged_to: grant",
            "charged_to: general",
            [("release of lead 50% charged to grant → 50% charged to general", 0)],
        ),
        (
            "50%, charged_to: grant",
            "25%, charged_to: grant",
            [("release of lead 50% charged to grant → 25% charged to grant", 0)],
        ),
    ],
)
def test_what_differs_in_the_terms_of_a_post_is_a_step_of_its_own(
    before: str, after: str, steps: list[tuple[str, int]]
) -> None:
    report = diff(ledger(TERMS.replace(before, after)), ledger(TERMS))
    assert lines(report)[1:-1] == steps
    _adds_up(report)


def test_a_fund_gains_what_another_one_no_longer_pays() -> None:
    report = diff(ledger(TERMS.replace("50%, charged_to: grant", "25%, charged_to: grant")), ledger(TERMS))
    assert data(report)["funds"] == [
        {"fund": "general", "from": 176_000, "to": 191_000, "change": 15_000, "share": Decimal("0.0852")},
        {"fund": "grant", "from": 30_000, "to": 15_000, "change": -15_000, "share": Decimal("-0.5")},
    ]
    rows = bridge_table(diff(ledger(TERMS.replace("50%, c", "25%, c")), ledger(TERMS), details=True)).rows
    assert [row.cells[:2] for row in rows[2:4]] == [
        ("· general", Money(Decimal(15_000), signed=True)),
        ("· grant", Money(Decimal(-15_000), signed=True)),
    ]


def test_from_one_year_to_a_later_one_it_is_steps_and_growth() -> None:
    report = diff(cost_school(in_year(school(TERMS), 2)), ledger(TERMS))
    assert lines(report)[1:-1] == [
        ("terms of pay of teacher none → 2 steps, growth of salary by 2% and 2%", 11_555),
        ("terms of pay none → growth of salary by 2% and 2% (2 roles)", 4_848),
    ]
    assert bridge_table(report).title == "D: from baseline (2026-27) to baseline (2028-29)"


def test_a_step_of_one_component_alone_is_not_taken_apart() -> None:
    text = TERMS.replace("aide: {category: support, salary: 40_000, benefits: b}", "aide: {salary: 40_000}")
    report = diff(ledger(text.replace("40_000}", "41_000}")), ledger(text), details=True)
    assert [row.cells[0] for row in _to_the_end(bridge_table(report))[1:-1]] == ["salary of aide $40,000 → $41,000"]


def test_a_step_of_staff_is_taken_apart_also_where_it_is_of_one_component() -> None:
    text = "{school: D, roles: {aide: {salary: 40_000}}, baseline: {aide: 1}, scenarios: {more: {change: {aide: +2}}}}"
    rows = bridge_table(diff(ledger(text), details=True)).rows
    assert [row.cells[:2] for row in rows[1:3]] == [
        ("2 FTE of aide more", None),
        ("· salary", Money(Decimal(80_000), signed=True)),
    ]


def test_a_fund_that_is_there_no_more_keeps_its_row() -> None:
    text = "{school: D, budget: BUDGET, roles: {aide: {salary: 40_000, funds: {FUND: 100%}}}, baseline: {aide: 1}}"
    old = text.replace("BUDGET", "{general: 50_000, grant: 60_000}").replace("FUND", "grant")
    new = text.replace("BUDGET", "{general: 50_000}").replace("FUND", "general")
    (table,) = (table for table in diff(ledger(new), ledger(old)).tables if "funds" in table.title)
    assert [row.cells[0] for row in table.rows[:2]] == ["general", "grant"]


# Posts given up, and people who stay or leave

GIVEN_UP = """
school: D
roles:
  teacher: {category: teacher, salary: 60_000, new_hire: 48_000}
  aide: {salary: 30_000}
baseline: {teacher: 20, aide: 2}
scenarios:
  stay: {change: {teacher: -3}}
  leave: {like: stay, cut_saves: own}
  teachers leave: {like: stay, roles: {teacher: {cut_saves: own}}}
  more leave: {change: {teacher: -5}, cut_saves: own}
"""
LEAVE = "people who give up posts of teacher leave: cut_saves new_hire → own"
STAY = "people who give up posts of teacher stay: cut_saves own → new_hire"


@pytest.mark.parametrize(
    ("first", "second", "steps"),
    [
        ("baseline", "stay", [("3 FTE of teacher fewer", -144_000)]),
        ("baseline", "leave", [("3 FTE of teacher fewer", -180_000)]),
        ("baseline", "teachers leave", [("3 FTE of teacher fewer", -180_000)]),
        ("leave", "baseline", [("3 FTE of teacher more", 180_000)]),
        ("stay", "leave", [(LEAVE, -36_000)]),
        ("leave", "stay", [(STAY, 36_000)]),
        ("stay", "teachers leave", [(LEAVE, -36_000)]),
        ("stay", "more leave", [("2 FTE of teacher fewer", -120_000), (LEAVE, -36_000)]),
        ("more leave", "stay", [("2 FTE of teacher more", 120_000), (STAY, 36_000)]),
    ],
)
def test_people_who_leave_are_never_displaced_on_the_way(first: str, second: str, steps: list[tuple[str, int]]) -> None:
    report = diff(ledger(GIVEN_UP), first=first, second=second)

    assert lines(report)[1:-1] == steps
    _adds_up(report)
    displaced = any(row["role"] == "displaced staff" for row in recorded(report))
    assert displaced == ("stay" in (first, second))


def test_a_newer_file_may_say_that_people_leave() -> None:
    newer = GIVEN_UP.replace("school: D", "school: D\ncut_saves: own")

    assert lines(diff(ledger(newer), ledger(GIVEN_UP), "stay"))[1:-1] == [(LEAVE, -36_000)]
    assert lines(diff(ledger(GIVEN_UP), ledger(newer), "stay"))[1:-1] == [(STAY, 36_000)]
    assert lines(diff(ledger(newer), ledger(GIVEN_UP), "baseline", "stay"))[1:-1] == [
        ("3 FTE of teacher fewer", -180_000)
    ]


def test_people_of_several_roles_who_leave_are_one_line() -> None:
    text = GIVEN_UP.replace("aide: {salary: 30_000}", "aide: {salary: 30_000, new_hire: 20_000}")
    report = diff(ledger(text.replace("{teacher: -3}", "{teacher: -3, aide: -1}")), first="stay", second="leave")

    assert lines(report)[1:-1] == [("cut_saves new_hire → own (2 roles)", -46_000)]


def test_displaced_staff_have_a_row_of_dollars_alone() -> None:
    def row(first: str, second: str) -> tuple[Any, ...]:
        table = diff(ledger(GIVEN_UP), first=first, second=second).tables[0]
        _columns_add_up(table)
        return next(row.cells for row in table.rows if row.cells[1] == "displaced staff")

    still_paid = Money(Decimal(36_000))
    assert row("baseline", "stay") == ("~", "displaced staff", None, None, None, still_paid, None, _more(36_000), None)
    all_of_it = Percent(Decimal(-1), signed=True)
    left = ("~", "displaced staff", None, still_paid, None, None, None, _more(-36_000), all_of_it)
    assert row("stay", "leave") == left
    same = GIVEN_UP + "  a tutor: {like: stay, change: {aide: +1}}\n"
    table = diff(ledger(same), first="stay", second="a tutor").tables[0]
    _columns_add_up(table)
    assert [row.cells[:2] for row in table.rows] == [
        ("+", "aide"),
        ("", "other posts"),
        ("", "displaced staff"),
        ("", "cost"),
    ]


def _more(dollars: int) -> Money:
    return Money(Decimal(dollars), signed=True)


def _columns_add_up(table: Table) -> None:
    *rows, end = (row.cells for row in table.rows)
    for column, whole in enumerate(end):
        if isinstance(whole, Money):
            assert sum(cell.amount for row in rows if isinstance(cell := row[column], Money)) == whole.amount


def test_programs_read_displaced_staff_beside_the_posts() -> None:
    [teachers, displaced] = data(diff(ledger(GIVEN_UP), first="baseline", second="stay"))["posts"]

    assert (teachers["role"], teachers["change"]["cost"]) == ("teacher", -180_000)
    assert (displaced["role"], displaced["sign"]) == ("displaced staff", "~")
    assert displaced["to"] == displaced["change"] == {"fte": 0, "people": 0, "cost": 36_000}


# Years ahead

ENDED = """
school: D
year: 2024-25
budget: {general: 2_000_000, grant: 500_000}
funds: {grant: {ends: 2025-26, then: stop}}
roles:
  teacher: {category: teacher, salary: 60_000, funds: {grant: 30%, general: 70%}}
  intern: {category: trainee, salary: 20_000, funds: {grant: 100%}}
baseline: {teacher: 20, intern: 1}
forecast: {cola: 0%}
scenarios:
  general pays: {change: {intern: -1}, roles: {teacher: {funds: {general: 100%}}}}
"""


def test_whom_a_fund_no_longer_pays_are_paid_by_nobody_and_those_it_took_with_it_are_not_told() -> None:
    report = diff(cost_school(in_year(school(ENDED), 3)))

    assert posts(report) == [("+", "teacher")]
    assert lines(report)[1:-1] == [("funds of teacher general 70%, nobody 30% → general", 360_000)]


def test_what_those_hired_since_earn_is_told_with_the_new_hires_pay() -> None:
    text = "{school: D, year: 2026-27, roles: {aide: {salary: 40_000, new_hire: HIRE}}, baseline: {aide: 2}, FORECAST}"
    text = text.replace("FORECAST", "forecast: {turnover: 50%}")
    old, new = (cost_school(in_year(school(text.replace("HIRE", hire)), 1)) for hire in ("30_000", "32_000"))

    assert lines(diff(new, old))[1:-1] == [("new-hire salary of aide $30,000 → $32,000", 2_000)]


def test_steps_to_which_people_have_climbed_are_told_by_their_cells() -> None:
    text = """
        school: D
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000]}}}
        roles: {teacher: {schedule: t, salary: BA/1}}
        baseline: {teacher: 2}
        forecast: {steps: 1}
    """
    old, new = (cost_school(in_year(school(text.replace("42_000", paid)), 1)) for paid in ("42_000", "43_000"))

    assert lines(diff(new, old))[1:-1] == [("schedule of teacher BA/2 $42,000 → BA/2 $43,000", 2_000)]


def test_a_role_that_nobody_holds_is_as_one_that_the_plan_does_not_have() -> None:
    text = """
        school: D
        roles: {aide: {salary: 20_000}, coach: {salary: 60_000}}
        baseline: {aide: 1, coach: 0}
        scenarios: {coaches: {change: {coach: +2}, roles: {coach: {salary: 70_000}}}}
    """

    for baseline in ("{aide: 1, coach: 0}", "{aide: 1}"):
        report = diff(ledger(text.replace("{aide: 1, coach: 0}", baseline)))
        assert lines(report)[1:-1] == [("2 FTE of coach more", 140_000)]


@pytest.mark.parametrize(
    ("first", "step"),
    [
        ("baseline", ("5 FTE of teacher exchanged for lead: supplement $10,000", 50_000)),
        ("more", ("7 FTE of teacher exchanged for lead: supplement $10,000", 7 * 70_000 - 5 * 60_000 - 2 * 48_000)),
    ],
)
def test_posts_exchanged_by_a_newer_baseline_displace_nobody(first: str, step: tuple[str, int]) -> None:
    text = """
        school: D
        roles:
          teacher: {category: teacher, salary: 60_000, new_hire: 48_000}
          lead: {like: teacher, salary: 60_000, new_hire: 48_000, supplement: 10_000}
        baseline: {teacher: 20}
        scenarios: {more: {change: {teacher: +2}}}
    """
    leads = 5 if first == "baseline" else 7
    newer = text.replace("baseline: {teacher: 20}", f"baseline: {{teacher: 15, lead: {leads}}}")

    assert lines(diff(ledger(newer), ledger(text), first, "baseline"))[1:-1] == [step]


# On the command line


def test_two_files_go_from_the_first_to_the_second(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(SCHOOL)
    new.write_text(SCHOOL.replace("16_000", "17_000"))

    for named in ((old, new, "paid more"), (new, "paid more", "--against", old)):
        printed = run(*named)
        assert "supplement of multi-classroom leader $16,000 → $17,000" in printed
        assert "+$3,300" in printed
        assert f"from paid more ({old}) to paid more ({new})" in printed
    assert "nothing differs" in run(old, new)
    assert "$13,000 → $17,000" in run(new, "leadership", "paid more", "--against", old)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_of_the_library_is_bridged_in_every_format(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = cost_school(read_school(str(file)))
    for old in found.plans:
        for new in found.plans:
            report = diff(found, first=old.name, second=new.name)
            _adds_up(report)
    for details in (False, True):
        report = diff(found, details=details)
        for format in set(Format) - OF_FINDINGS:
            assert rendered(report, format).strip()
        for columns in (80, 120):
            monkeypatch.setenv("COLUMNS", str(columns))
            assert max(map(width, rendered(report, Format.table).split("\n"))) <= columns
            monkeypatch.delenv("COLUMNS")


def _adds_up(report: Report) -> None:
    """Table, CSV and JSON tell the same change, each to the last dollar."""
    change = data(report)["change"]
    shown = lines(report)
    assert len(shown) <= MOST_STEPS + 2
    assert sum(amount for _, amount in shown[1:-1]) == shown[-1][1] - shown[0][1] == change
    assert sum(Decimal(row["amount"]) for row in recorded(report) if row["step"] != "budget") == change
    assert sum(step["amount"] for step in data(report)["steps"]) == change
    assert sum(fund["change"] for fund in data(report)["funds"]) == change


@given(school_files(), school_files(), st.data())
def test_what_is_shown_of_any_two_schools_adds_up(one: Plain, other: Plain, draw: st.DataObject) -> None:
    old, new = ledger(written(one), "old.yaml"), ledger(written(other), "new.yaml")
    first, second = (draw.draw(st.sampled_from([plan.name for plan in found.plans])) for found in (old, new))

    for details in (False, True):
        report = diff(new, old, first, second, details=details)
        of_cost = (row for row in recorded(report) if row["step"] != "budget")
        assert sum(Decimal(row["amount"]) for row in of_cost) == data(report)["change"]
        table = bridge_table(report)
        amounts = [cell.amount for row in _to_the_end(table) if isinstance(cell := _amount(table, row), Money)]
        assert sum(amounts[:-1]) == amounts[-1]
    _adds_up(diff(new, old, first, second))


# People in two roles, and prices on the way

IN_BOTH = """
school: Both
year: 2026-27
benefits: {c: {social security: {rate: 10%, up_to: 50_000}, health: {per_person: 8_000}}}
roles:
  teacher: {category: teacher, benefits: c}
  coach: {category: specialist, benefits: c, funds: {grant: 100%}}
roster:
  - {id: Ann, role: teacher, fte: 0.5, pay: 40_000}
  - {id: Ann, role: coach, fte: 0.5, pay: 30_000}
  - {id: Bob, role: teacher, fte: 1, pay: 60_000}
scenarios: {no coach: {change: {coach: -0.5}}}
"""


def test_what_a_step_moves_in_another_role_of_the_same_person_is_named() -> None:
    """Of Ann's cap of $50,000 the coach had 3/7 and the teacher 4/7, and half of her health each; then the teacher has
    all of her health, and 10% of $40,000."""
    found = diff(ledger(IN_BOTH), details=True)
    step = "0.5 FTE of coach fewer (of which +$5,143 in teacher, for people in both roles)"
    assert lines(found)[1] == (step, Decimal(-31_000))
    assert [row.cells[:2] for row in bridge_table(found).rows if "of teacher" in str(row.cells[0])] == [
        ("· health of teacher", Money(Decimal(4_000), signed=True)),
        ("· social security of teacher", Money(Decimal(1_143), signed=True)),
    ]


HIRES = """
roles: {teacher: {salary: 40_000, new_hire: 40_000}, aide: {salary: 50_000, new_hire: 45_000}}
baseline: {teacher: 10, aide: 2}
scenarios:
  low: {change: {teacher: -1}}
  high: {change: {teacher: -1}, roles: {teacher: {salary: 50_000, new_hire: 50_000}}}
  dear: {change: {aide: -1}, roles: {aide: {new_hire: 50_000}}}
"""


@pytest.mark.parametrize(
    ("first", "second", "steps"),
    [
        ("low", "high", [("salary", 90_000), ("new-hire salary", 0)]),
        ("high", "low", [("salary", -90_000), ("new-hire salary", 0)]),
        ("baseline", "dear", [("staff", -50_000), ("new-hire salary", 0)]),
        ("dear", "baseline", [("staff", 50_000), ("new-hire salary", 0)]),
    ],
)
def test_no_prices_on_the_way_displace_people_whom_neither_plan_does(
    first: str, second: str, steps: list[tuple[str, int]]
) -> None:
    costed = ledger(HIRES)
    moves = bridge(plan_of(costed, first).plan, plan_of(costed, second).plan, Decimal(1), Decimal(1))
    assert [(move.subject, int(move.amount)) for move in moves] == steps
    assert not any(part.role == "displaced staff" for move in moves for part in move.parts)


VACANT = """
year: 2015-16
roles:
  teacher: {category: teacher, salary: 50_000, new_hire: 40_000}
  team teacher: {like: teacher, salary: 50_000, supplement: 2_000, filled_from: teacher}
  leader: {like: teacher, category: leader, salary: 58_000, filled_from: teacher}
baseline: {teacher: {fte: 70, vacant: 28}}
scenarios:
  teams: {change: {teacher: -18, team teacher: +9, leader: +3}}
  more teams: {like: teams, change: {teacher: -32}}
  twenty-nine: {change: {teacher: -29}}
"""


def test_a_sentence_says_what_is_exchanged_for_what_and_whom_it_displaces() -> None:
    costed = ledger(VACANT)
    assert list(diff(costed, second="teams").closing()) == [
        "18 FTE of teacher exchanged for 9 FTE of team teacher and 3 FTE of leader, for $198,000 less; "
        "12 FTE move to another post, 6 FTE were vacant, nobody is displaced"
    ]
    (said,) = diff(costed, second="more teams").closing()
    assert said.endswith("12 FTE move to another post, 28 FTE were vacant, 10 FTE (10 people) are displaced")
    (said,) = diff(costed, second="twenty-nine").closing()
    assert said == "29 FTE of teacher fewer, for $1,160,000 less; 28 FTE were vacant, 1 FTE (1 person) is displaced"
    (between,) = diff(costed, first="teams", second="more teams").closing()
    assert between == "32 FTE of teacher fewer, for $1,280,000 less"


def test_the_same_people_for_another_part_of_the_year_are_not_other_people() -> None:
    text = """
        school: S
        roles: {guard: {salary: 24_000}}
        baseline: {guard: {fte: 3, months: 10}}
        scenarios: {nine: {staffing: {guard: {fte: 3, months: 9}}}, all: {staffing: {guard: 3}}}
    """
    one = ledger(text)
    found = {name: lines(diff(one, first="baseline", second=name)) for name in ("nine", "all")}
    assert ("guard: paid for 10 months → 9 months", -6_000) in found["nine"]
    assert ("guard: paid for 10 months → all of the year", 12_000) in found["all"]


def test_funds_are_named_as_people_read_them() -> None:
    text = """
        budget: {general: 700_000, title_i: 100_000}
        funds: {title_i: {name: Title I}, general: {name: General fund}}
        roles: {teacher: {category: teacher, salary: 60_000}}
        baseline: {teacher: 10}
        other_costs: {fee: {budget_share: 2%, of: title_i}}
        scenarios:
          shared:
            roles: {teacher: {funds: {title_i: 10%, general: 90%}}}
            other_costs: {fee: {budget_share: 3%, of: title_i}}
        """
    assert lines(diff(ledger(text)))[1:-1] == [
        ("fee 2% of the budget of Title I → 3% of the budget of Title I", 1_000),
        ("funds of teacher General fund → Title I 10%, General fund 90%", 0),
    ]
    shown = rendered(diff(ledger(text), details=True), Format.text)
    assert not re.search("general|title_i", shown)


def test_posts_that_another_fund_pays_alike_are_told_by_the_funds_alone() -> None:
    text = """
        budget: {general: 700_000, grant: 0}
        roles: {teacher: {category: teacher, salary: 60_000, fund: grant}, aide: {salary: 30_000}}
        baseline: {teacher: 2, aide: 1}
        scenarios: {one: {roles: {teacher: {fund: general}}}, two: {like: one, change: {aide: +1}}}
        """
    assert diff(ledger(text)).tables[0].title.endswith(": funds")
    posts = diff(ledger(text), second="two").tables[0]
    assert [row.cells[1] for row in posts.rows] == ["aide", "other posts", "cost"]
    assert posts.rows[1].cells[-2:] == (None, None)  # they stay as they are


def test_a_step_tells_so_many_fte_as_tables_do() -> None:
    text = "{school: S, roles: {aide: {salary: 60_000}}, baseline: {aide: 3}, scenarios: {less: {change: {aide: %s}}}}"
    for change, step in ("-0.83333333", "0.833 FTE"), ("-1/3", "0.333 FTE"), ("-0.1234", "0.1234 FTE"):
        assert lines(diff(ledger(text % change)))[1][0] == f"{step} of aide fewer"
