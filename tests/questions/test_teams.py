"""Teams in the answers: side by side, between two plans, from year to year, for people and for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from costing.test_teams import BY_SIZE, RANSON
from schools import ledger
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.report import NA, Count, ExplainedStep, Fte, Money, Percent, Ratio, Report, TableRow

WITHOUT = "school: S\nroles: {teacher: {salary: 50_000}}\nbaseline: {teacher: 1}\n"


def told(report: Report) -> Any:
    """What a program reads."""
    return json.loads(rendered(report, Format.json))


def section(report: Report, heading: str) -> list[TableRow]:
    """The rows of a comparison under a heading."""
    rows = list(report.tables[0].rows)
    at = next((at for at, row in enumerate(rows) if row.cells[0] == heading), len(rows))
    return rows[at + 1 :]


def test_a_comparison_ends_with_the_teams() -> None:
    assert [row.cells for row in section(compare([ledger(RANSON)]), "Teams")] == [
        ("teams", Count(Decimal(0)), Count(Decimal(3))),
        ("team size", NA, Ratio(Decimal(5))),
        ("seats reached", Count(Decimal(0)), Count(Decimal(421))),
        ("reach", Percent(Decimal(0)), Percent(Decimal("0.0957"))),
        ("cost per seat", NA, Money(Decimal("1781.47"))),
        ("teachers without a team", Fte(Decimal(50)), Fte(Decimal(38))),
    ]


def test_a_file_without_teams_has_neither_the_section_nor_the_columns_nor_the_keys() -> None:
    report = compare([ledger(WITHOUT)])
    assert section(report, "Teams") == []
    assert "teams" not in report.records().columns
    assert "teams" not in told(report)["schools"][0]["scenarios"][0]


def test_beside_a_school_with_teams_one_without_has_blanks() -> None:
    report = compare([ledger(RANSON, "ranson.yaml"), ledger(WITHOUT, "other.yaml")], in_short=False)
    assert [row.cells[-1] for row in section(report, "Teams")] == [None] * 6
    records = report.records()
    assert [row[records.columns.index("seats_reached")] for row in records.rows][1:] == [Count(Decimal(421)), None]


def test_a_program_reads_each_team() -> None:
    (scenario,) = told(compare([ledger(RANSON)], ["teams"]))["schools"][0]["scenarios"][1:]
    assert scenario["team_count"] == 3
    assert scenario["teams"][2] == {
        "team": "grade 8",
        "leader": "leader",
        "members": [{"role": "team teacher", "fte": 3}, {"role": "associate", "fte": 2}],
        "count": 1,
        "size": 5,
        "students": 121,
        "subject": "science",
        "seats": 121,
    }


def test_a_difference_names_the_teams_that_differ() -> None:
    report = diff(ledger(BY_SIZE), None, "teams", "larger")
    table = next(table for table in report.tables if table.title.endswith("teams"))
    assert table.rows[0].cells == ("two", "leader with 2 FTE of teacher", "leader with 6 FTE of teacher")
    assert len(table.rows) == 1 + 6
    (step,) = told(report)["steps"]
    assert step["what"] == "teams of leader 1 of 4 and 1 of 2 → 1 of 4 and 1 of 6"
    assert step["amount"] == 18_300 - 6_800 + 320  # and the tax on what is below the cap
    assert [end["teams"][1]["size"] for end in (told(report)["from"], told(report)["to"])] == [2, 6]


def test_a_forecast_tells_what_teams_reach_in_each_year() -> None:
    report = forecast([ledger(RANSON + "    forecast: {enrollment: 10%, cola: 2%}\n")], years=2)
    table = next(table for table in report.tables if table.title.endswith(": teams"))
    assert [row.cells[0] for row in table.rows] == ["teams", "seats reached", "reach", "cost per seat"]
    assert table.rows[1].cells[1:] == (Count(Decimal(421)), Count(Decimal(463)))


def texts(steps: tuple[ExplainedStep, ...]) -> list[str]:
    return [text for step in steps for text in (step.text, *texts(step.steps))]


def test_the_size_of_one_role_in_each_team_is_read_out() -> None:
    (root,) = explain([ledger(RANSON)], ["teams"], measure="team_size", role="associate").explanation
    assert root.steps[0].cell == Ratio(Decimal(2))
    assert any(text.startswith("associate: 2 FTE") for text in texts(root.steps))
    assert not any("team teacher" in text for text in texts(root.steps))


def test_a_supplement_by_size_is_read_out_with_the_size_of_the_team() -> None:
    (root,) = explain([ledger(BY_SIZE)], ["four teams"], role="leader", component="supplement").explanation
    said = texts(root.steps)
    assert "team of 4: $11,400" in said
    assert "3 × $6,800 (team of 1.5)" in said
    assert root.steps[-1].cell == Money(Decimal(31_800))


def test_how_many_teams_are_alike_is_an_assumption_like_their_members() -> None:
    alike = """
        school: Example School
        roles: {lead: {category: leader, salary: 70_000}, teacher: {category: teacher, salary: 50_000}}
        baseline: {lead: 2, teacher: 6}
        teams: {grade: {leader: lead, members: {teacher: 3}, count: {value: 2, assumed: true}}}
    """
    rows = [row.cells[:2] for table in assumptions([ledger(alike)]).tables for row in table.rows]
    assert any("teams of grade" in str(cell) for row in rows for cell in row), rows


def test_a_difference_names_the_mode_of_learning_that_a_plan_no_longer_has() -> None:
    modes = """
        school: Example School
        students: 400
        week: 2_400
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: 20}
        learning: {whole class: {minutes: 900, group_size: 25, by: teacher}, online: {minutes: 150}}
        scenarios: {in person: {learning: {online: null}}}
    """
    shown = rendered(diff(ledger(modes), None, "baseline", "in person"), Format.text)
    [row] = [line.split() for line in shown.splitlines() if "online" in line]
    assert "150" in row
    assert row[-1] == "none"


def test_a_difference_tells_a_supplement_by_size_as_the_file_has_it() -> None:
    paid = """
        school: Example School
        roles:
          lead: {category: leader, salary: 60_000, supplement: {by_team_size: {1-2: 6_800, 3-5: 11_400}}}
          teacher: {category: teacher, salary: 50_000}
        baseline: {lead: 1, teacher: 3}
        teams: {grade: {leader: lead, members: {teacher: 3}}}
        scenarios:
          more for large: {roles: {lead: {supplement: {by_team_size: {1-2: 6_800, 3-5: 12_400}}}}}
    """
    report = diff(ledger(paid), None, "baseline", "more for large")
    [step] = told(report)["steps"]
    assert step["amount"] == 1_000
    assert "by team size (1-2 $6,800, 3-5 $11,400) → by team size (1-2 $6,800, 3-5 $12,400)" in step["what"]
