"""Teams: whom they reach, what a seat costs, and the supplement of a leader by the size of the team."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from costing.agreement import BOTH, Calculator, plain
from costing.test_findings import both
from schoolfile.helpers import messages
from schools import ledger, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.judgement import Judgement
from staffcalc.questions.check.judging import judge
from staffcalc.report import Money

RANSON = """
    school: Ranson
    year: 2016-17
    students: 1_100
    core_subjects: [English, mathematics, science, social studies]
    roles:
      teacher: {category: teacher, salary: 50_000}
      team teacher: {like: teacher}
      leader: {like: teacher, category: leader, supplement: 10_000}
      associate: {category: support, salary: 20_000}
    baseline: {teacher: 50}
    scenarios:
      teams:
        change: {teacher: -12, leader: +3, team teacher: +9, associate: +6}
        teams:
          grade 6: {leader: leader, members: {team teacher: 3, associate: 2}, students: 150, subject: science}
          grade 7: {leader: leader, members: {team teacher: 3, associate: 2}, students: 150, subject: science}
          grade 8: {leader: leader, members: {team teacher: 3, associate: 2}, students: 121, subject: science}
"""


def teams(calculate: Calculator, text: str, years: int = 0, plan: str = "teams") -> dict[str, Any]:
    """The measures of the teams of a plan."""
    return calculate(plain(text), years)[plan].teams


def supplements(calculate: Calculator, text: str, years: int = 0, plan: str = "teams") -> Any:
    """What the supplements of a plan come to."""
    return sum(line.amount for line in calculate(plain(text), years)[plan].lines if line.component == "supplement")


# Whom teams reach


@both
def test_421_students_are_reached_by_three_teams_in_one_of_four_subjects(calculate: Calculator) -> None:
    found = teams(calculate, RANSON)
    assert (found["teams"], found["team_size"]) == (3, 5)
    assert found["seats_reached"] == 421
    assert found["reach"] == Decimal("0.0957")  # 421 of 4,400 seats
    # 3 leaders at 60,000, 9 team teachers at 50,000 and 6 associates at 20,000 are 750,000, and 421 seats.
    assert found["cost_per_seat"] == Decimal("1781.47")
    assert found["teachers_without_team"] == 38


@both
def test_a_team_without_a_subject_reaches_all_seats_of_its_students(calculate: Calculator) -> None:
    text = RANSON.replace("students: 121, subject: science", "students: 121")
    assert teams(calculate, text)["seats_reached"] == 150 + 150 + 4 * 121


@both
def test_without_core_subjects_a_student_has_one_seat(calculate: Calculator) -> None:
    text = "\n".join(line for line in RANSON.splitlines() if "core_subjects" not in line)
    text = text.replace(", subject: science", "") + "\n"
    found = teams(calculate, text)
    assert (found["seats_reached"], found["reach"]) == (421, Decimal("0.3827"))


@both
def test_teams_that_are_alike_are_stated_once(calculate: Calculator) -> None:
    team = "{leader: leader, members: {team teacher: 3, associate: 2}, students: 140, subject: science, count: 3}"
    found = teams(calculate, RANSON[: RANSON.index("          grade 6")] + f"          science: {team}\n")
    assert (found["teams"], found["team_size"], found["seats_reached"]) == (3, 5, 420)


@both
def test_the_students_of_a_team_grow_with_the_school(calculate: Calculator) -> None:
    text = RANSON + "      larger: {like: teams, students: 2_200}\n      none: {like: teams, teams: {grade 6: null}}\n"
    assert teams(calculate, text, plan="larger")["seats_reached"] == 842
    assert teams(calculate, text, plan="none")["seats_reached"] == 271
    grown = text + "    forecast: {enrollment: 10%}\n"
    assert teams(calculate, grown, years=1)["seats_reached"] == 165 + 165 + 133  # 121 × 1.1 = 133.1


@both
def test_a_number_stated_for_a_later_year_stands(calculate: Calculator) -> None:
    dated = "{value: 121, years: {2017-18: 140}}"
    text = RANSON.replace("students: 121", f"students: {dated}") + "    forecast: {enrollment: 10%}\n"
    assert teams(calculate, text, years=1)["seats_reached"] == 165 + 165 + 140


@both
def test_where_the_students_of_a_team_are_not_stated_the_reach_is_not_known(calculate: Calculator) -> None:
    found = teams(calculate, RANSON.replace("students: 121, ", ""))
    assert (found["seats_reached"], found["reach"], found["cost_per_seat"]) == (None, None, None)
    assert found["teams"] == 3


@both
def test_a_plan_without_teams_reaches_nobody(calculate: Calculator) -> None:
    found = teams(calculate, RANSON, plan="baseline")
    assert (found["teams"], found["team_size"], found["reach"], found["cost_per_seat"]) == (0, None, 0, None)
    assert found["teachers_without_team"] == 50


# The supplement of a leader

BY_SIZE = """
    school: S
    year: 2016-17
    benefits: {staff: {tax: {rate: 10%, up_to: 60_000}}}
    roles:
      teacher: {category: teacher, salary: 50_000, benefits: staff}
      leader:
        like: teacher
        category: leader
        supplement: {by_team_size: {1-2: 6_800, 3-5: 11_400, 6-8: 18_300}}
    baseline: {teacher: 20}
    scenarios:
      teams:
        change: {teacher: -3, leader: +3}
        teams:
          four: {leader: leader, members: {teacher: 4}}
          two: {leader: leader, members: {teacher: 2}}
      larger: {like: teams, teams: {two: {members: {teacher: 6}}}}
      four teams: {like: teams, change: {leader: +1}, teams: {two: {count: 3, members: {teacher: 1.5}}}}
"""


@both
def test_each_leader_has_the_supplement_of_their_own_team_and_without_one_none(calculate: Calculator) -> None:
    assert supplements(calculate, BY_SIZE) == 11_400 + 6_800
    assert supplements(calculate, BY_SIZE, plan="larger") == 11_400 + 18_300
    assert supplements(calculate, BY_SIZE, plan="four teams") == 11_400 + 3 * 6_800


@both
def test_a_cap_looks_at_each_leader(calculate: Calculator) -> None:
    lines = calculate(plain(BY_SIZE), 0)["teams"].lines
    (tax,) = (line.amount for line in lines if line.role == "leader" and line.component == "tax")
    assert tax == 6_000 + 5_680 + 5_000  # 61,400 counts up to 60,000; 56,800; and who leads no team 50,000


@both
def test_a_rate_counts_the_supplement_of_each_leader(calculate: Calculator) -> None:
    text = BY_SIZE.replace("rate: 10%, up_to: 60_000", "rate: 10%, on: supplement")
    lines = calculate(plain(text), 0)["larger"].lines
    (tax,) = (line.amount for line in lines if line.role == "leader" and line.component == "tax")
    assert tax == 1_140 + 1_830  # of 11,400 and of 18,300, and of the leader without a team nothing


@both
def test_the_supplement_grows_and_the_size_may_change_in_a_year(calculate: Calculator) -> None:
    text = BY_SIZE.replace("{teacher: 4}", "{teacher: {value: 4, years: {2017-18: 2}}}")
    text += "    forecast: {supplements: 10%}\n"
    assert supplements(calculate, text, years=1) == 2 * 7_480


@both
def test_half_time_leaders_have_half_the_supplement(calculate: Calculator) -> None:
    text = BY_SIZE[: BY_SIZE.index("      four teams")].replace("leader: +3}", "leader: {people: +3, fte_each: 0.5}}")
    assert supplements(calculate, text) == (11_400 + 6_800) / 2


@both
def test_who_leads_in_two_posts_has_the_share_of_each_supplement_on_its_own_fund(calculate: Calculator) -> None:
    """A holds two half posts and has 9,000, the half of both supplements: 71,000 count. B leads either team by half, at
    82,000 and 76,000, of which 75,000 count; and the grant pays of each what the supplement is of it."""
    text = """
        school: S
        budget: {general: 500_000, grant: 100_000}
        roles:
          teacher: {category: teacher, salary: 50_000}
          lead:
            category: leader
            supplement: {by_team_size: {1: 6_000, 2-5: 12_000}, fund: grant}
            costs: {tax: {rate: 10%, up_to: 75_000}}
        roster:
          - {id: A, role: lead, fte: 0.5, salary: 60_000}
          - {id: A, role: lead, fte: 0.5, salary: 64_000}
          - {id: B, role: lead, fte: 1, salary: 70_000}
        baseline: {teacher: 4}
        teams:
          large: {leader: lead, members: {teacher: 3}}
          small: {leader: lead, members: {teacher: 1}}
    """
    lines = calculate(plain(text), 0)["baseline"].lines
    assert {(line.component, line.fund): line.amount for line in lines if line.role == "lead" and line.amount} == {
        ("salary", "general"): 132_000,
        ("supplement", "grant"): 18_000,
        ("tax", "general"): 7_100 + 7_500 - 1_745,
        ("tax", "grant"): 1_745,  # 900 of A; of B half of 7,500 × 12/82 and half of 7,500 × 6/76
    }


def test_the_register_says_what_rests_on_a_supplement_by_size_and_on_a_team() -> None:
    costed = ledger(BY_SIZE)
    register = {str(row[1]): row for row in assumptions([costed], ["teams"]).records().rows}
    # With the tax on what of it is below the cap.
    assert Money(Decimal(11_400 + 1_000)) in register["supplement for a team of 3-5 of leader"]
    assert register["teacher in four, teams"]


# Checks


def found(check: str, text: str = RANSON) -> list[Judgement]:
    text = f"{text}    checks:\n      - {check}\n"
    return [one for one in judge(ledger(text)) if one.rule != "over-budget"]


def test_every_team_must_have_its_size_and_the_one_that_has_not_is_named() -> None:
    text = RANSON.replace("{team teacher: 3, associate: 2}, students: 121", "{team teacher: 2}, students: 121")
    baseline, judged = found("{measure: team_size, category: teacher, min: 3, max: 8}", text)
    assert (baseline.level, baseline.found) == ("passed", "n/a, no teams")
    assert (judged.level, judged.found) == ("error", "2 to 3")
    assert judged.message == "team_size of teacher of `teams` is 2, 1 below the least of 3 in team `grade 8`"


@pytest.mark.parametrize(
    ("check", "level"),
    [
        ("{measure: reach, scenario: teams, min: 9.5%}", "passed"),
        ("{measure: reach, scenario: teams, min: 10%}", "error"),
        ("{measure: cost_per_seat, max: 1_800}", "passed"),
        ("{measure: teachers_without_team, scenario: teams, max: 37}", "error"),
        ("{measure: seats_reached, scenario: teams, equals: 421}", "passed"),
        ("{measure: teams, scenario: teams, min: 4}", "error"),
    ],
)
def test_measures_of_teams_can_be_checked(check: str, level: str) -> None:
    assert found(check)[-1].level == level


def test_a_check_of_a_later_year_looks_at_the_teams_of_that_year() -> None:
    text = RANSON + "    forecast: {enrollment: 10%}\n"
    (judged,) = found("{measure: seats_reached, scenario: teams, year: 2017-18, equals: 463}", text)
    assert judged.level == "passed"


def test_no_hint_gives_up_whoever_is_in_a_team() -> None:
    text = RANSON.replace("teacher: -12", "teacher: -50") + "    budget: {general: 700_000}\n"
    assert "leader" not in next(one.remedy for one in judge(ledger(text)) if one.scenario == "teams")


def test_teams_are_carried_through_a_later_year_with_all_their_figures() -> None:
    later = cost_school(in_year(school(RANSON), 3))
    assert [team.name for team in later.plans[1].plan.teams] == ["grade 6", "grade 7", "grade 8"]


# Layers


def test_teams_merge_by_name_over_the_file_that_is_extended_and_null_drops_one() -> None:
    near = {"teams": {"one": {"members": {"tutor": "1"}, "students": "30"}, "two": "null"}}
    far = plain("""
        students: 100
        roles: {teacher: {category: teacher, salary: 50_000}, tutor: {salary: 20_000}}
        baseline: {teacher: 4, tutor: 1}
        teams:
          one: {leader: teacher, members: {teacher: 2}, students: 20}
          two: {leader: teacher, students: 10}
    """)
    for calculate in BOTH:
        found = calculate([far, near], 0)["baseline"].teams
        assert [found["teams"], found["team_size"], found["seats_reached"]] == [1, 3, 30]


def test_a_table_of_sizes_is_one_statement_and_takes_the_place_of_an_amount() -> None:
    roles = """
        roles:
          leader: {category: leader, salary: 50_000, supplement: {value: 9_000, years: {2017-18: 9_500}}}
        baseline: {leader: 1}
        teams: {one: {leader: leader}}
    """
    sizes, others = ({"roles": {"leader": {"supplement": {"by_team_size": {name: "700"}}}}} for name in ("0-2", "0+"))
    for calculate in BOTH:
        for files in ([plain(roles), sizes], [plain(roles), sizes, others]):
            (line,) = (one for one in calculate(files, 0)["baseline"].lines if one.component == "supplement")
            assert line.amount == 700


def test_teams_reach_a_share_of_the_students_where_a_plan_has_fewer() -> None:
    """350 of 400 students in two teams are 175 of 200; with 126 in one of them the other's 75 are one too many."""
    text = """
        students: 400
        roles: {teacher: {category: teacher, salary: 50_000}, lead: {salary: 60_000, category: leader}}
        baseline: {teacher: 10, lead: 2}
        teams:
          one: {leader: lead, students: 200, members: {teacher: 2}}
          two: {leader: lead, students: 150, members: {teacher: 2}}
        scenarios: {half: {students: 200, teams: {one: {students: MANY}}}}
    """
    assert len(school(text.replace("MANY", "125")).plans) == 2
    assert messages(text.replace("MANY", "126")) == ["the teams of `half` reach 201 students, and there are 200"]
