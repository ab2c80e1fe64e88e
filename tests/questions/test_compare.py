"""`compare`: the baseline and every scenario side by side."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from schools import ledger
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import Fte, Money, Percent, Report, TableRow, Verdict

RANSON = """
    school: Ranson
    year: 2015-16
    students: 110
    budget: {general: 420_000, title_i: 20_000}
    benefits: {certified: {pension: {rate: 10%}}}
    roles:
      teacher:   {category: teacher, salary: 50_000, benefits: certified}
      leader:    {like: teacher, category: leader, supplement: 13_000}
      associate: {category: support, salary: 20_000, funds: {title_i: 100%}}
      principal: {category: administrator, salary: 80_000}
    baseline: {teacher: 6, associate: 1, principal: 1}
    scenarios:
      leadership: {change: {teacher: -2, leader: +1, associate: +1}}
      fewer:      {change: {teacher: -1}}
      no teacher: {staffing: {principal: 1}}
"""
OTHER = """
    school: Other
    roles: {teacher: {category: teacher, salary: 60_000}}
    baseline: {teacher: 3}
    scenarios: {fewer: {change: {teacher: -1}}}
"""


def columns(report: Report) -> list[tuple[str, str]]:
    return [(column.group, column.label) for column in report.tables[0].columns[1:]]


def row(report: Report, label: str) -> TableRow:
    return next(row for row in report.tables[0].rows if row.cells[0] == label)


def figures(row: TableRow) -> list[Any]:
    """The figures of a row; None where a cell is blank."""
    return [
        cell.amount if isinstance(cell, Money) else cell.value if isinstance(cell, Fte) else cell
        for cell in row.cells[1:]
    ]


def data(report: Report) -> Any:
    return json.loads(rendered(report, Format.json), parse_float=Decimal)


def test_the_baseline_comes_first_and_every_scenario_stands_beside_it() -> None:
    report = compare([ledger(RANSON)])

    assert [name for _, name in columns(report)] == ["baseline", "leadership", "fewer", "no teacher"]
    assert report.tables[0].title == "Ranson, 2015-16"
    assert figures(row(report, "teacher")) == [6, 4, 5, None]
    assert figures(row(report, "leader")) == [None, 1, None, None]
    assert figures(row(report, "salary")) == [400_000, 370_000, 350_000, 80_000]
    assert figures(row(report, "pension")) == [30_000, 26_300, 25_000, None]
    assert figures(row(report, "supplement")) == [None, 13_000, None, None]
    assert figures(row(report, "cost")) == [430_000, 409_300, 375_000, 80_000]
    assert figures(row(report, "title_i: left")) == [0, -20_000, 0, 20_000]
    assert figures(row(report, "left")) == [10_000, 30_700, 65_000, 360_000]
    assert figures(row(report, "change from baseline")) == [0, -20_700, -55_000, -350_000]


def test_every_column_says_whether_it_fits() -> None:
    words = [cell.text for cell in compare([ledger(RANSON)]).tables[0].rows[0].cells[1:]]  # type: ignore[union-attr]

    assert words == [
        "fits, $10,000 left",
        "over by $20,000 in title_i",  # though $50,700 are left in the general fund
        "fits, $65,000 left",
        "fits, $360,000 left",
    ]


def test_picked_scenarios_stand_beside_the_baseline() -> None:
    report = compare([ledger(RANSON)], ["fewer"])

    assert [name for _, name in columns(report)] == ["baseline", "fewer"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("leadershp", "did you mean `leadership`?"),
        ("Fewer", "did you mean `fewer`?"),
        ("2031", "known scenarios: baseline, leadership, fewer, no teacher"),
    ],
)
def test_an_unknown_scenario_is_answered_with_the_nearest_or_with_all(name: str, hint: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        compare([ledger(RANSON)], [name])

    assert str(error.value) == f"no scenario `{name}`: {hint}"


def test_differences_hide_the_rows_that_are_the_same_in_every_column() -> None:
    everything = compare([ledger(RANSON)], ["fewer"])
    different = compare([ledger(RANSON)], ["fewer"], differences=True)

    hidden = {row.cells[0] for row in everything.tables[0].rows} - {row.cells[0] for row in different.tables[0].rows}
    assert {"associate", "principal", "title_i: cost", "title_i: budget", "title_i: left", "budget"} <= hidden
    assert figures(row(different, "teacher")) == [6, 5]
    assert figures(row(different, "cost")) == [430_000, 375_000]
    assert different.records() == everything.records()  # a program gets everything


def test_several_schools_stand_side_by_side_each_under_its_name() -> None:
    report = compare([ledger(RANSON), ledger(OTHER, "other.yaml")], ["fewer"], in_short=False)

    assert columns(report) == [
        ("Ranson, 2015-16", "baseline"),
        ("Ranson, 2015-16", "fewer"),
        ("Other", "baseline"),
        ("Other", "fewer"),
    ]
    assert figures(row(report, "cost")) == [430_000, 375_000, 180_000, 120_000]
    assert figures(row(report, "change from baseline")) == [0, -55_000, 0, -60_000]


def test_a_school_without_the_picked_scenario_stays_with_its_baseline() -> None:
    report = compare([ledger(RANSON), ledger(OTHER, "other.yaml")], ["leadership"], in_short=False)

    assert columns(report) == [
        ("Ranson, 2015-16", "baseline"),
        ("Ranson, 2015-16", "leadership"),
        ("Other", "baseline"),
    ]


def test_a_file_without_the_scenario_that_is_asked_for_says_so() -> None:
    notes = compare([ledger(RANSON), ledger(OTHER, "other.yaml")], ["leadership"]).notes

    assert "other.yaml: no scenario `leadership`: its baseline alone is shown" in notes


def test_two_schools_of_one_name_are_told_apart_by_their_files() -> None:
    report = compare([ledger(OTHER, "north.yaml"), ledger(OTHER, "south.yaml")], ["baseline"], in_short=False)

    assert columns(report) == [("Other (north.yaml)", "baseline"), ("Other (south.yaml)", "baseline")]


def test_many_schools_have_a_row_a_plan_and_those_over_budget_stand_again_at_the_end() -> None:
    report = compare([ledger(RANSON), ledger(OTHER, "other.yaml")])
    every, over = report.tables

    assert [row.cells[0] for row in every.rows] == [
        "Ranson, 2015-16",
        "baseline",
        "leadership",
        "fewer",
        "no teacher",
        "Other",
        "baseline",
        "fewer",
    ]
    assert every.rows[3].cells[1:] == (
        Fte(Decimal(-1), signed=True),
        Percent(Decimal("-0.1250"), signed=True),
        Money(Decimal(375_000)),
        Money(Decimal(-55_000), signed=True),
        Percent(Decimal("-0.1279"), signed=True),
        Verdict("fits, $65,000 left", good=True),
    )
    assert [row.cells[0] for row in over.rows] == ["Ranson, 2015-16", "leadership"]


def test_a_comparison_ends_with_what_each_plan_costs_and_whether_it_fits() -> None:
    last = compare([ledger(RANSON)]).tables[-1]

    assert [row.cells for row in last.rows][1] == (
        "leadership",
        Money(Decimal(409_300)),
        Money(Decimal(-20_700), signed=True),
        Percent(Decimal("-0.0481"), signed=True),
        Verdict("over by $20,000 in title_i", good=False),
    )


def test_a_percent_goes_before_a_verdict_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def last_heads(columns: int) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        return rendered(compare([ledger(RANSON)]), Format.text).partition("In short\n\n")[2].split("\n")[0].split()

    assert last_heads(80) == ["cost", "change", "in", "%"]
    assert last_heads(62) == ["cost", "change"]
    assert last_heads(54) == ["cost"]


def test_a_school_without_scenarios_has_no_change_in_short() -> None:
    last = compare([ledger(RANSON.partition("scenarios:")[0])]).tables[-1]
    assert [column.label for column in last.columns] == ["", "cost", ""]


def test_a_measure_that_divides_by_nothing_is_n_a_in_every_format() -> None:
    report = compare([ledger(RANSON)], ["no teacher"])
    (line,) = (line for line in rendered(report, Format.text).split("\n") if line.startswith("students per teacher"))
    rows = list(csv.DictReader(io.StringIO(rendered(report, Format.csv))))

    assert line.split()[-1] == "n/a"
    assert [one["students_per_teacher"] for one in rows] == ["18.33", ""]
    assert [one["students_per_teacher"] for one in data(report)["schools"][0]["scenarios"]] == [Decimal("18.33"), None]


JSON_SCENARIO: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "cost": (int, Decimal),
    "budget": (int, Decimal),
    "left": (int, Decimal),
    "change": (int, Decimal),
    "fte": (int, Decimal),
    "people": (int, Decimal),
    "cost_per_student": (int, Decimal),
    "students_per_teacher": (int, Decimal),
    "students_per_adult": (int, Decimal),
    "average_teacher_pay": (int, Decimal),
    "roles": list,
    "components": list,
    "funds": list,
}


def test_the_shape_of_the_json_is_what_programs_rely_on() -> None:
    (school,) = data(compare([ledger(RANSON)]))["schools"]

    assert list(school) == ["school", "file", "year", "students", "scenarios"]
    assert (school["school"], school["file"], school["year"], school["students"]) == (
        "Ranson",
        "school.yaml",
        "2015-16",
        110,
    )
    assert [scenario["name"] for scenario in school["scenarios"]] == ["baseline", "leadership", "fewer", "no teacher"]
    baseline, leadership = school["scenarios"][:2]
    assert [key for key in baseline if key in JSON_SCENARIO] == list(JSON_SCENARIO)
    for key, kind in JSON_SCENARIO.items():
        assert isinstance(baseline[key], kind), key
    assert (leadership["cost"], leadership["left"], leadership["change"]) == (409_300, 30_700, -20_700)
    assert leadership["roles"] == [
        {"role": "teacher", "category": "teacher", "fte": 4, "people": 4, "cost": 220_000},
        {"role": "associate", "category": "support", "fte": 2, "people": 2, "cost": 40_000},
        {"role": "principal", "category": "administrator", "fte": 1, "people": 1, "cost": 80_000},
        {"role": "leader", "category": "leader", "fte": 1, "people": 1, "cost": 69_300},
    ]
    assert leadership["components"] == [
        {"component": "salary", "cost": 370_000},
        {"component": "pension", "cost": 26_300},
        {"component": "supplement", "cost": 13_000},
    ]
    assert leadership["funds"] == [
        {"fund": "general", "cost": 369_300, "budget": 420_000, "left": 50_700},
        {"fund": "title_i", "cost": 40_000, "budget": 20_000, "left": -20_000},
    ]


def test_the_columns_of_the_csv_are_stable_and_its_numbers_are_raw() -> None:
    header, first, *_ = rendered(compare([ledger(RANSON)]), Format.csv).split("\n")
    stable = (
        "school,file,year,scenario,students,cost,budget,left,change,fte,people,"
        "cost_per_student,students_per_teacher,students_per_adult,average_teacher_pay"
    )

    assert header.startswith(stable)  # a new measure comes after them
    assert first.startswith(
        "Ranson,school.yaml,2015-16,baseline,110,430000,440000,10000,0,8,8,3909.09,18.33,15.71,50000.00"
    )


def test_a_role_without_a_category_is_pointed_out() -> None:
    report = compare(
        [
            ledger("""
        school: No category
        roles: {tutor: {salary: 30_000}}
        baseline: {tutor: 1}
    """)
        ]
    )

    assert report.notes == ("school.yaml: no category, so counted neither as teachers nor as leaders: tutor",)


def test_the_same_staff_at_other_pay_stands_in_rows_of_its_own() -> None:
    text = """
        school: P
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 3: [44_000]}}}
        roles: {teacher: {category: teacher, schedule: t, salary: BA/3, new_hire: BA/1}}
        baseline: {teacher: 2}
        scenarios: {one more: {change: {teacher: +1}}}
    """
    rows = {row.cells[0]: row.cells[1:] for row in compare([ledger(text)]).tables[0].rows}
    assert rows["at actual pay"] == (Money(Decimal(88_000)), Money(Decimal(132_000)))
    assert rows["at new-hire pay"] == (Money(Decimal(80_000)), Money(Decimal(120_000)))
    assert "at average pay" not in rows


NAMED = """
school: S
year: 2026-27
budget: {general: 100_000, title_i: 40_000}
funds: {title_i: {name: Title I, ends: 2026-27}}
roles: {teacher: {category: teacher, salary: 50_000, funds: {title_i: 100%}}}
baseline: {teacher: 1}
scenarios: {more: {change: {teacher: +1}}}
"""


def test_a_fund_has_the_name_that_people_read_and_programs_have_its_key() -> None:
    costed = ledger(NAMED)
    over = Verdict("over by $10,000 in Title I", good=False)
    assert compare([costed]).tables[-1].rows[0].cells[-1] == over
    assert row(compare([costed]), "Title I: left").cells[1] == Money(Decimal(-10_000))
    for report in (compare([costed]), forecast([costed], years=2), cost([costed]), diff(costed), explain([costed])):
        assert "Title I" in rendered(report, Format.text)
        assert "title_i" not in rendered(report, Format.text)
        assert {"title_i", "general"} >= {one.get("fund") for one in rows_of(report)} - {None, ""}
    funds = data(compare([costed]))["schools"][0]["scenarios"][0]["funds"]
    assert [one["fund"] for one in funds] == ["general", "title_i"]


def test_where_a_roster_says_that_somebody_leaves_posts_are_told_against_today() -> None:
    text = """
        school: S
        roles: {teacher: {new_hire: 40_000}}
        roster:
          - {id: P-1, role: teacher, fte: 1, salary: 60_000, leaving: true}
          - {id: P-2, role: teacher, fte: 1, salary: 60_000}
        scenarios: {fewer: {change: {teacher: -1}}, none: {change: {teacher: -2}}}
    """
    found = data(compare([ledger(text)]))["schools"][0]["scenarios"]
    assert [(plan["given_up"], plan["displaced"]) for plan in found] == [(0, 0), (1, 0), (2, 1)]
    nobody = data(compare([ledger(text.replace(", leaving: true", ""))]))["schools"][0]["scenarios"]
    assert not any("displaced" in plan for plan in nobody)


def rows_of(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered(report, Format.csv))))
