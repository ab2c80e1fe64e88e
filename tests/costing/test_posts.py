"""Posts that are vacant, or of people who leave; posts that people of another role take; who is laid off by name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from schools import ledger, plan_of, school
from staffcalc.costing.ledger import PlanLedger, cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure, post_measures
from staffcalc.costing.years.later_years import in_year
from staffcalc.school.reading import read_school
from staffcalc.source.problems import SchoolFileError

SEVENTY = """\
year: 2015-16
benefits: {certified: {health: {per_person: 5_000}}}
roles:
  teacher: {category: teacher, salary: 50_000, new_hire: 40_000, benefits: certified}
  team teacher: {like: teacher, salary: 50_000, supplement: 2_000, filled_from: teacher}
  leader: {like: teacher, category: leader, salary: 58_000, new_hire: 56_000, filled_from: teacher}
baseline:
  teacher: {fte: 70, vacant: 28}
scenarios:
  teams: {change: {teacher: -18, team teacher: +9, leader: +3}}
  more teams: {change: {teacher: -50, team teacher: +9, leader: +3}}
  leaders alone: {change: {leader: +3}}
"""


def salaries(plan: PlanLedger) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in plan.lines:
        if line.component == "salary" and line.role is not None:
            found[line.role] = found.get(line.role, Decimal(0)) + line.amount
    return found


def test_of_70_teachers_12_move_and_6_vacant_posts_go_and_22_stay_vacant() -> None:
    found = ledger(SEVENTY)
    teams = plan_of(found, "teams")
    assert {name: int(value) for name, value in post_measures(teams)._asdict().items()} == {
        "vacant": 22,
        "given_up": 18,
        "added": 12,
        "displaced": 0,
        "displaced_people": 0,
    }
    assert salaries(teams) == {
        "teacher": 30 * 50_000 + 22 * 40_000,
        "team teacher": 9 * 50_000,
        "leader": 3 * 58_000,
    }
    assert {role.role: role.people for role in teams.staff} == {"teacher": 30, "team teacher": 9, "leader": 3}


def test_a_third_of_each_of_three_people_displaced_is_one_person() -> None:
    plan = plan_of(
        ledger(
            """
            schedules: {teachers: {lanes: [BA], steps: {1: [40_000], 2: [43_000], 3: [46_000]}}}
            roles: {teacher: {category: teacher, new_hire: BA/1}}
            baseline: {teacher: {BA/1: 1, BA/2: 1, BA/3: 1}}
            scenarios: {one fewer: {change: {teacher: -1}}}
            """
        ),
        "one fewer",
    )
    found = post_measures(plan)
    assert [found.given_up, found.displaced, found.displaced_people] == [1, 1, 1]


def test_a_vacant_post_has_all_benefits_of_whoever_will_hold_it_and_is_nobody() -> None:
    baseline = ledger(SEVENTY).baseline
    assert baseline.staff[0].fte == 70
    assert baseline.staff[0].people == 42
    assert total(line for line in baseline.lines if line.component == "health") == 70 * 5_000
    assert salaries(baseline) == {"teacher": 42 * 50_000 + 28 * 40_000}


def test_beyond_movers_and_vacant_posts_the_holders_are_displaced() -> None:
    plan = plan_of(ledger(SEVENTY), "more teams")
    found = post_measures(plan)
    assert [found.given_up, found.vacant, found.displaced, found.displaced_people] == [50, 0, 10, 10]
    assert salaries(plan)["displaced staff"] == 10 * (50_000 - 40_000)


def test_posts_that_nobody_gives_up_another_for_are_filled_with_hires() -> None:
    plan = plan_of(ledger(SEVENTY), "leaders alone")
    assert salaries(plan)["leader"] == 3 * 56_000
    assert post_measures(plan).added == 3


def test_who_leaves_saves_their_own_pay_and_is_followed_by_a_hire() -> None:
    file = """\
    year: 2026-27
    forecast: {cola: 0%, steps: 0}
    roles: {teacher: {salary: 60_000, new_hire: 45_000}}
    baseline: {teacher: {fte: 10, leaving: 4}}
    scenarios:
      two fewer: {change: {teacher: -2}}
      six fewer: {change: {teacher: -6}}
    """
    found = ledger(file)
    assert salaries(found.baseline) == {"teacher": 600_000}
    assert salaries(plan_of(found, "two fewer")) == {"teacher": 480_000}
    assert salaries(plan_of(found, "six fewer")) == {"teacher": 240_000, "displaced staff": 2 * 15_000}
    assert post_measures(plan_of(found, "six fewer")).displaced == 2
    later = cost_school(in_year(found.school, 1))
    assert salaries(later.baseline) == {"teacher": 6 * 60_000 + 4 * 45_000}
    assert salaries(plan_of(later, "two fewer")) == {"teacher": 6 * 60_000 + 2 * 45_000}


def test_whoever_moves_into_a_role_without_a_pay_of_its_own_brings_their_own() -> None:
    file = """\
    schedules: {teachers: {lanes: [BA, MA], steps: {1: [40_000, 45_000], 2: [42_000, 50_000]}}}
    roles:
      teacher: {supplement: 1_000}
      team teacher: {new_hire: BA/1, supplement: 3_000, filled_from: teacher}
    baseline: {teacher: {BA/2: 6, MA/2: 2}}
    scenarios:
      teams: {change: {teacher: -4, team teacher: +5}}
      of one cell: {change: {teacher: {MA/2: -1}, team teacher: +1}}
    """
    found = ledger(file)
    assert salaries(plan_of(found, "teams")) == {
        "teacher": 3 * 42_000 + 1 * 50_000,
        "team teacher": 3 * 42_000 + 1 * 50_000 + 1 * 40_000,
    }
    assert salaries(plan_of(found, "of one cell"))["team teacher"] == 50_000
    supplements = total(line for line in plan_of(found, "teams").lines if line.component == "supplement")
    assert supplements == 4 * 1_000 + 5 * 3_000


def test_a_vacant_post_of_another_role_is_taken_after_the_posts_that_are_added() -> None:
    file = """\
    roles:
      aide: {salary: 30_000}
      teacher: {salary: 50_000, new_hire: 40_000, filled_from: aide}
      tutor: {salary: 35_000, filled_from: aide}
    baseline: {aide: 6, teacher: {fte: 10, vacant: 2}}
    scenarios:
      moved: {change: {aide: -3, tutor: +2}}
    """
    plan = plan_of(ledger(file), "moved")
    assert salaries(plan) == {"aide": 90_000, "teacher": 9 * 50_000 + 1 * 40_000, "tutor": 70_000}
    assert post_measures(plan)._asdict() == {
        "vacant": 1,
        "given_up": 3,
        "added": 2,
        "displaced": 0,
        "displaced_people": 0,
    }


def test_a_role_filled_from_one_that_nobody_has_may_be_counted_in_another_way() -> None:
    """Nobody could move, so that nobody needs to be told apart."""
    file = """\
    roles: {aide: {salary: 30_000}, tutor: {salary: 40_000, filled_from: aide}}
    baseline: {AIDEStutor: 3}
    scenarios: {half time: {staffing: {tutor: {people: 4, fte_each: 0.5}}}}
    """
    assert salaries(plan_of(ledger(file.replace("AIDES", "")), "half time")) == {"tutor": 80_000}
    with pytest.raises(SchoolFileError, match="`tutor` has `filled_from`, and is counted in another way here"):
        ledger(file.replace("AIDES", "aide: 2, "))


ROSTER = """\
id,role,fte,salary,vacant,leaving
T-1,teacher,1,60000,,
T-2,teacher,1,50000,,
T-3,teacher,1,70000,,true
T-4,teacher,0.5,,true,
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(
        """\
roles: {teacher: {new_hire: 40_000}}
roster: staff.csv
scenarios:
  by name: {laid_off: [T-1]}
  among two: {laid_off: T-1, change: {teacher: -2}}
  one and a half: {change: {teacher: -1.5}}
""",
        encoding="utf-8",
    )
    return path


def test_in_a_roster_vacant_posts_go_first_and_then_those_of_people_who_leave(roster: Path) -> None:
    plan = plan_of(cost_school(read_school(str(roster))), "one and a half")
    assert salaries(plan) == {"teacher": 60_000 + 50_000}
    assert post_measures(plan).displaced == 0


def test_whom_a_plan_lays_off_by_name_saves_their_own_pay(roster: Path) -> None:
    found = cost_school(read_school(str(roster)))
    by_name = plan_of(found, "by name")
    assert salaries(by_name) == {"teacher": 50_000 + 70_000 + 20_000}
    assert post_measures(by_name)._asdict() == {
        "vacant": Decimal("0.5"),
        "given_up": 1,
        "added": 0,
        "displaced": 1,
        "displaced_people": 1,
    }


def test_people_laid_off_are_among_the_posts_that_a_plan_gives_up(roster: Path) -> None:
    plan = plan_of(cost_school(read_school(str(roster))), "among two")
    assert salaries(plan) == {"teacher": 50_000 + 35_000}
    assert post_measures(plan).given_up == 2


def test_each_person_who_moves_may_do_so_to_a_role_from_which_others_move() -> None:
    file = """\
    roles:
      aide: {salary: 30_000}
      teacher: {salary: 50_000, new_hire: 40_000, filled_from: aide}
      leader: {salary: 70_000, filled_from: teacher}
    baseline: {aide: 4, teacher: {fte: 5, vacant: 1}}
    scenarios:
      up: {change: {aide: -1, teacher: -1, leader: +1}}
    """
    plan = plan_of(ledger(file), "up")
    assert salaries(plan) == {"aide": 90_000, "teacher": 4 * 50_000, "leader": 70_000}
    assert post_measures(plan).displaced == 0


def test_a_mix_that_says_the_very_number_of_today_by_an_alias_has_the_vacant_posts_of_today() -> None:
    text = """
        school: x
        roles: {tutor: {salary: 40_000}, teacher: {salary: 50_000}}
        baseline: {tutor: {fte: &tutors 2, vacant: 1}, teacher: 1}
        scenarios: {tutors alone: {staffing: {tutor: *tutors}}}
    """
    assert post_measures(plan_of(ledger(text), "tutors alone")).vacant == 1


OF_A_RATIO = """
    school: Ratio
    year: 2026-27
    students: 120
    week: 2_000
    roles:
      lead: {category: leader, salary: 50_000}
      aide: {category: support, salary: 20_000, new_hire: 15_000}
    baseline: {lead: 4, aide: {per: lead, each: 2, leaving: 1, vacant: 0.5}}
    learning: {small group: {minutes: 500, group_size: 15, by: aide}}
    scenarios: {two leads: {change: {lead: -2}}}
"""


def test_posts_that_follow_another_role_may_be_vacant_and_of_people_who_leave() -> None:
    # 4 leads have 2 aides: a vacant half at a hire's pay, one who is leaving, half of another.
    found = ledger(OF_A_RATIO)
    assert salaries(found.baseline) == {"lead": 200_000, "aide": 7_500 + 30_000}
    assert post_measures(found.baseline).vacant == Decimal("0.5")
    # 2 leads have 1 aide: the vacant half goes, then half the post of the one who is leaving.
    plan = plan_of(found, "two leads")
    posts = post_measures(plan)
    assert salaries(plan)["aide"] == 20_000
    assert (posts.given_up, posts.vacant) == (Decimal(3), Decimal(0))
    # In the next year a hire has the half of the one who has left.
    assert salaries(cost_school(in_year(found.school, 1)).plans[1])["aide"] == 10_000 + 7_500


def test_posts_that_are_needed_may_be_vacant() -> None:
    # 120 students in groups of 15 for 500 minutes ask for 4,000: 2 aides.
    needed = OF_A_RATIO.replace("per: lead, each: 2", "needed: learning")
    assert salaries(ledger(needed).baseline)["aide"] == 7_500 + 30_000


@pytest.mark.parametrize("entry", ["per: lead, each: 2", "needed: learning"])
def test_more_posts_are_vacant_than_a_ratio_comes_to(entry: str) -> None:
    with pytest.raises(SchoolFileError, match="FTE of `aide` are vacant or leaving, but there are 2"):
        ledger(OF_A_RATIO.replace("per: lead, each: 2", entry).replace("vacant: 0.5", "vacant: 1.5"))


def test_cover_of_those_whom_it_may_become_when_the_fund_of_some_ends(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,role,fte,salary,fund\nT-1,teacher,1,50_000,grant\nT-2,teacher,1,50_000,\n")
    (tmp_path / "school.yaml").write_text("""
year: 2026-27
budget: {general: 200_000, grant: 50_000}
roles:
  teacher: {category: teacher, salary: 50_000, filled_from: aide, release: {share: 50%, cover: aide}}
  aide: {category: support, salary: 20_000}
baseline: {aide: 3}
roster: people.csv
funds: {grant: {ends: 2026-27, then: stop}}
forecast: {cola: 0%, steps: 0}
scenarios: {one aide teaches: {change: {aide: -1, teacher: +1}}}
""")
    school = read_school(str(tmp_path / "school.yaml"))
    # In the file's year two teachers are covered by 1.0 FTE, and three by 1.5.
    first = cost_school(school)
    assert salaries(first.baseline) == {"teacher": 100_000, "aide": 4 * 20_000}
    assert salaries(plan_of(first, "one aide teaches")) == {"teacher": 150_000, "aide": 70_000}
    # Then the grant takes its teacher with it, and half an aide less is needed for cover.
    then = cost_school(in_year(school, 1))
    assert salaries(then.baseline) == {"teacher": 50_000, "aide": 70_000}
    assert salaries(plan_of(then, "one aide teaches")) == {"teacher": 100_000, "aide": 60_000}


@pytest.mark.parametrize(
    ("of_file", "of_scenario", "saved"),
    [("", "", 50_000), ("own", "", 60_000), ("", "own", 60_000), ("own", "new_hire", 50_000)],
)
def test_a_scenario_may_say_otherwise_what_a_post_given_up_saves(of_file: str, of_scenario: str, saved: int) -> None:
    text = f"""
        school: Example School
        {f"cut_saves: {of_file}" if of_file else ""}
        roles: {{teacher: {{salary: 60_000, new_hire: 50_000}}}}
        baseline: {{teacher: 10}}
        scenarios: {{fewer: {{change: {{teacher: -1}}{f", cut_saves: {of_scenario}" if of_scenario else ""}}}}}
    """
    costed = ledger(text)
    assert measure("change", plan_of(costed, "fewer"), costed.baseline) == -saved


@pytest.mark.parametrize(
    "today",
    [
        "baseline: {teacher: {fte: 2, leaving: 1}}",
        "roster: [{id: a, role: teacher, fte: 1, cell: BA/3}, "
        "{id: b, role: teacher, fte: 1, cell: BA/3, leaving: true}]",
    ],
)
def test_the_new_hire_who_follows_somebody_leaving_gains_steps_from_the_year_after(today: str) -> None:
    leaving = f"""
        school: Example School
        year: 2026-27
        schedules:
          pay: {{lanes: [BA], steps: {{0: [40_000], 1: [41_000], 2: [42_000], 3: [50_000], 4: [51_000], 5: [52_000]}}}}
        roles: {{teacher: {{schedule: pay, salary: BA/3, new_hire: BA/0}}}}
        {today}
        forecast: {{steps: 1}}
    """
    costs = [total(cost_school(in_year(school(leaving), year)).baseline.lines) for year in (1, 2)]
    assert costs == [51_000 + 40_000, 52_000 + 41_000]
