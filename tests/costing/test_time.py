"""Time: the week of the adults, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import ledger, plan_of
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.check.judgement import Judgement
from staffcalc.questions.check.judging import judge
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.explain.explain import explain
from staffcalc.report import NA, Count

LEADER = """
    school: Ranson
    year: 2016-17
    week: 2_400
    roles:
      teacher: {category: teacher, salary: 50_000, time: {planning: 450, shared planning: 90}}
      team teacher: {like: teacher}
      leader:
        category: leader
        salary: 60_000
        time: {teaching: 30%, planning: 225, coaching: {minutes: 45, visits: 5, role: team teacher}}
    baseline: {teacher: 20}
    scenarios:
      six:
        change: {teacher: -7, leader: +1, team teacher: +6}
        teams: {a: {leader: leader, members: {team teacher: 6}}}
      seven:
        like: six
        change: {teacher: -1, team teacher: +1}
        teams: {a: {members: {team teacher: 7}}}
"""


def minutes(text: str, name: str, plan: str = "six", role: str | None = None, years: int = 0) -> Decimal | None:
    """A measure of a plan's time, of one role or of all."""
    costed = ledger(text)
    if years:
        costed = cost_school(in_year(costed.stated, years))
    return measure(name, plan_of(costed, plan), costed.baseline, Scope(None if role is None else (role,)))


def test_a_leader_who_teaches_30_percent_has_time_to_coach_six_teachers_daily() -> None:
    # 2,400 minutes: 720 taught, 225 planned, and 5 visits of 45 minutes to each of six are 1,350; 105 are left.
    assert minutes(LEADER, "minutes_short") == 0
    assert minutes(LEADER, "coaching_minutes") == 225


def test_with_seven_120_minutes_are_short() -> None:
    assert minutes(LEADER, "minutes_short", "seven") == 120
    assert minutes(LEADER, "minutes_short", "seven", "leader") == 120
    assert minutes(LEADER, "minutes_short", "seven", "teacher") == 0


def test_who_would_close_it_is_said_by_the_check() -> None:
    (_, _, failed) = judged(f"{LEADER}    checks: [{{measure: minutes_short, role: leader, max: 0}}]")
    assert failed.message.startswith("minutes_short of leader of `seven` is 120 minutes, 120 minutes above")
    assert failed.remedy == "add 0.1 FTE of leader"  # 0.1 FTE has 145.5 minutes beside teaching and planning


def judged(text: str) -> list[Judgement]:
    return [one for one in judge(ledger(text)) if one.rule != "budget"]


def test_planning_is_that_of_one_person_on_average() -> None:
    assert minutes(LEADER, "planning_minutes", role="leader") == 225
    assert minutes(LEADER, "planning_minutes", role="teacher") == 450
    assert minutes(LEADER, "planning_minutes") == Decimal("438.75")  # 19 of 450 and 1 of 225
    assert minutes(LEADER, "shared_planning_minutes") == 90  # of those who have any
    assert minutes(LEADER, "shared_planning_minutes", role="leader") == 0


def test_a_share_of_the_week_is_of_the_own_week_and_an_hourly_week_is_its_hours() -> None:
    aide = "aide: {category: support, hourly: 15, hours_per_week: 30, weeks: 38, time: {planning: 10%}}"
    text = LEADER.replace("    roles:\n", f"    roles:\n      {aide}\n")
    text = text.replace("baseline: {teacher: 20}", "baseline: {teacher: 20, aide: 1}")
    assert minutes(text, "planning_minutes", role="aide") == 180  # of 1,800
    assert minutes(text.replace("salary: 60_000", "salary: 60_000\n        week: 2_000"), "minutes_short") == 175
    # 2,000 − 600 taught − 225 planned leave 1,175, and 1,350 are asked.


def test_nobody_is_coached_where_there_is_no_leader() -> None:
    assert minutes(LEADER, "coaching_minutes", "baseline") is None
    check = "    checks: [{measure: coaching_minutes, role: team teacher, min: 225}]"
    assert [one.found for one in judged(LEADER + check)] == ["n/a, nobody", "225 minutes", "225 minutes"]


def test_a_check_of_those_whom_nobody_coaches_says_so_and_fails_where_it_asks_for_some() -> None:
    text = ALONE.replace("leader: +1, ", "")
    assert minutes(text, "coaching_minutes") is minutes(text, "coaching_minutes", role="team teacher") is None
    for bound, level in (("min: 225", "error"), ("max: 300", "passed")):
        one = judged(f"{text}    checks: [{{measure: coaching_minutes, role: team teacher, {bound}}}]")[1]
        assert (one.scenario, one.found, one.level) == ("six", "n/a, nobody coaches them", level)
    (_, one, _) = judged(f"{text}    checks: [{{measure: coaching_minutes, role: team teacher, min: 225}}]")
    assert one.message == "coaching_minutes of team teacher of `six` is n/a: nobody coaches them"


def test_teachers_outside_of_teams_are_not_coached() -> None:
    text = LEADER.replace(
        "change: {teacher: -7, leader: +1, team teacher: +6}", "change: {leader: +1, team teacher: +9}"
    )
    assert minutes(text, "coaching_minutes") == 150  # six of nine have 225
    assert minutes(text, "minutes_short") == 0


ALONE = LEADER.replace("        teams: {a: {leader: leader, members: {team teacher: 6}}}\n", "").replace(
    "        teams: {a: {members: {team teacher: 7}}}\n", ""
)
TWO = ALONE.replace(
    "    baseline:",
    "      coach: {category: leader, salary: 1, time: {coaching: {minutes: 30, role: team teacher}}}\n    baseline:",
).replace("leader: +1,", "leader: +1, coach: +2,")


def test_without_teams_all_of_a_role_are_coached() -> None:
    assert minutes(ALONE, "minutes_short", "seven") == 120
    assert minutes(ALONE, "coaching_minutes", "seven") == 225


def test_two_roles_that_coach_the_same_people_share_them_by_fte() -> None:
    # The leader has two of six at 225 minutes, two coaches have four at 30: 570 minutes for six.
    assert minutes(TWO, "coaching_minutes") == 95
    assert minutes(TWO.replace("coach: +2,", "coach: 0,"), "coaching_minutes") == 225


def test_a_role_at_0_fte_is_nobody() -> None:
    there = ALONE.replace("leader: +1, ", "leader: 0, ")
    absent = ALONE.replace("leader: +1, ", "")
    for name in ("minutes_short", "planning_minutes", "coaching_minutes"):
        assert minutes(there, name) == minutes(absent, name)
    assert minutes(there, "coaching_minutes") is None


def test_a_scenario_may_coach_otherwise() -> None:
    weekly = "    roles: {leader: {time: {coaching: {visits: 1}}}}\n"
    text = LEADER.replace("      seven:\n", f"      seven:\n    {weekly}")
    assert [minutes(text, "coaching_minutes"), minutes(text, "coaching_minutes", "seven")] == [225, 45]
    assert minutes(text, "minutes_short", "seven") == 0


def test_a_later_year_has_its_own_minutes() -> None:
    text = LEADER.replace("minutes: 45", "minutes: {value: 45, years: {2017-18: 60}}")
    assert [minutes(text, "coaching_minutes", years=years) for years in (0, 1, 2)] == [225, 300, 225]
    assert minutes(text, "minutes_short", years=1) == 345  # 1,800 of 1,455
    text = LEADER.replace("week: 2_400", "week: {value: 2_400, years: {2017-18: 2_000}}")
    assert minutes(text, "minutes_short", years=1) == 175


def test_a_comparison_has_a_section_on_time() -> None:
    report = compare([ledger(LEADER)])
    rows = [row.cells for row in report.tables[0].rows]
    at = next(at for at, row in enumerate(rows) if row[0] == "Time (minutes a week)")
    assert rows[at + 1 : at + 5] == [
        ("minutes short", Count(Decimal(0)), Count(Decimal(0)), Count(Decimal(120))),
        ("planning minutes", *(Count(Decimal(one)) for one in ("450", "438.75", "438.75"))),
        ("shared planning minutes", *(Count(Decimal(90)) for _ in range(3))),
        ("coaching minutes", NA, Count(Decimal(225)), Count(Decimal(225))),
    ]
    assert "minutes_short" in report.records().columns


def test_a_file_without_time_has_neither_the_section_nor_the_columns() -> None:
    report = compare([ledger("school: S\nroles: {teacher: {salary: 50_000}}\nbaseline: {teacher: 1}\n")])
    assert all(row.cells[0] != "Time (minutes a week)" for row in report.tables[0].rows)
    assert "minutes_short" not in report.records().columns


@pytest.mark.parametrize("name", ["minutes_short", "planning_minutes", "shared_planning_minutes", "coaching_minutes"])
@pytest.mark.parametrize("plan", ["baseline", "six", "seven"])
def test_each_measure_is_explained_down_to_itself(name: str, plan: str) -> None:
    for text in (LEADER, TWO):
        report = explain([ledger(text)], [plan], measure=name)
        (step,) = report.explanation[0].steps
        found = minutes(text, name, plan)
        assert step.steps[-1].cell == step.cell == (NA if found is None else Count(found))
