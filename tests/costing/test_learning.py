"""How students spend their week, and what that asks of the adults, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from costing.test_time import judged
from schools import costs, ledger, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.explain.explain import explain
from staffcalc.report import NA, Count, Ratio

LAB = """
    school: Lab
    year: 2016-17
    grades: {6: 120, 7: 120}
    week: 2_400
    roles:
      teacher: {category: teacher, salary: 50_000, time: {planning: 450, shared planning: 90}}
      team teacher: {like: teacher}
      tutor: {category: support, hourly: 15, hours_per_week: 30, weeks: 36}
      aide: {category: support, salary: 20_000}
    baseline: {teacher: 8, tutor: 2, aide: 1}
    learning:
      whole class: {minutes: 1_500, group_size: 25, by: [teacher, team teacher]}
      independent: {minutes: 150}
    scenarios:
      small groups:
        change: {team teacher: 4}
        learning:
          whole class: {minutes: 1_050}
          small group: {minutes: 300, group_size: 6, by: tutor, share: 40%}
          online: {minutes: 450, group_size: 40, by: {aide: 1}, rounding: up}
          independent: null
"""
SMALL = "small groups"


def found(
    text: str, name: str, plan: str = SMALL, role: str | None = None, mode: str | None = None, years: int = 0
) -> Decimal | None:
    """A measure of a plan, of one role or one mode."""
    costed = ledger(text)
    if years:
        costed = cost_school(in_year(costed.stated, years))
    part = Scope(None if role is None else (role,), modes=None if mode is None else (mode,))
    return measure(name, plan_of(costed, plan), costed.baseline, part)


def test_sixteen_groups_of_six_ask_a_tutor_for_4800_minutes() -> None:
    # 40% of 240 are 96 students in 16 groups of 300 minutes; two tutors have 2 × 1,800 minutes.
    assert found(LAB, "minutes_short", role="tutor") == 1_200
    assert found(LAB.replace("group_size: 6,", "group_size: 8,"), "minutes_short", role="tutor") == 0


def test_a_lab_of_240_students_needs_six_aides_minutes_also_where_40_do_not_divide_them() -> None:
    assert found(LAB, "minutes_short", role="aide") == 300  # 6 groups × 450 minutes of 2,400
    of_50 = LAB.replace("group_size: 40", "group_size: 50")
    assert found(of_50, "minutes_short", role="aide") == 0  # 4.8 groups are 5, and 2,250 minutes
    assert found(of_50.replace("{aide: 1}", "{aide: 2}"), "minutes_short", role="aide") == 2_100  # 5 × 900
    assert found(of_50.replace("{aide: 1}, rounding: up", "{aide: 2}"), "minutes_short", role="aide") == 1_920


def test_several_roles_together_share_the_minutes_by_those_they_have() -> None:
    # 9.6 classes × 1,050 minutes are 10,080: of 12 teachers, 8 give two thirds; each has 1,860 minutes.
    tight = LAB.replace("teacher: 8,", "teacher: 2,").replace("team teacher: 4", "team teacher: 1")
    assert found(tight, "minutes_short", role="teacher") == 3_000  # 6,720 of 3,720
    assert found(tight, "minutes_short", role="team teacher") == 1_500  # 3,360 of 1,860


def test_where_none_of_them_has_any_minutes_the_first_is_asked() -> None:
    nobody = LAB.replace("teacher: 8,", "").replace("team teacher: 4", "aide: +1")
    assert found(nobody, "minutes_short", role="teacher") == 10_080
    zero = LAB.replace("teacher: 8,", "teacher: 0,").replace("team teacher: 4", "aide: +1")
    assert found(zero, "minutes_short") == found(nobody, "minutes_short")


def test_whoever_states_teaching_has_that_for_students_and_the_rest_for_coaching() -> None:
    leader = "leader: {like: teacher, time: {teaching: 30%, coaching: {minutes: 45, visits: 5, role: team teacher}}}"
    text = LAB.replace("    baseline:", f"      {leader}\n    baseline:")
    text = text.replace("change: {team teacher: 4}", "change: {team teacher: 4, leader: 1}")
    text = text.replace("by: tutor", "by: leader")
    # 4,800 minutes are asked and 720 taught; coaching of four takes 900 of the 1,140 that the rest leaves.
    assert found(text, "minutes_short", role="leader") == 4_080
    assert found(text.replace("visits: 5", "visits: 7"), "minutes_short", role="leader") == 4_200  # 1,260 of 1,140


def test_minutes_of_a_student_add_up_over_the_modes() -> None:
    assert found(LAB, "student_minutes", "baseline") == 1_650
    assert found(LAB, "student_minutes") == 1_620  # 1,050 + 40% of 300 + 450
    assert found(LAB, "student_minutes", mode="small group") == 120
    assert found(LAB.replace("share: 40%", "grades: [6]"), "student_minutes", mode="small group") == 150


def test_the_size_of_a_group_is_an_average_over_the_minutes_of_groups() -> None:
    assert found(LAB, "group_size", "baseline") == 25
    # 252,000 + 28,800 + 108,000 minutes of students in 10,080 + 4,800 + 2,700 minutes of groups
    assert found(LAB, "group_size") == Decimal("22.12")
    assert found(LAB, "group_size", mode="small group") == 6


def test_students_of_a_scenario_and_of_a_later_year_learn_in_its_modes() -> None:
    more = LAB.replace("        change: {team", "        grades: {7: 240}\n        change: {team")
    assert found(more, "minutes_short", role="tutor") == 3_600  # 24 groups
    assert found(more.replace("share: 40%", "grades: [7]"), "minutes_short", role="tutor") == 8_400  # 40 groups
    growing = LAB + "    forecast: {enrollment: 10%}\n"
    assert found(growing, "minutes_short", role="tutor", years=1) == 1_680  # 105.6 students in 17.6 groups
    dated = LAB.replace("group_size: 6,", "group_size: {value: 6, years: {2017-18: 8}},")
    assert [found(dated, "minutes_short", role="tutor", years=years) for years in (0, 1)] == [1_200, 0]


def test_what_a_file_says_of_single_years_stays_where_a_scenario_says_nothing_of_them() -> None:
    """As it does of a role's pay; a bare number of the scenario takes the place of all."""
    text = """
        school: S
        year: 2026-27
        students: 100
        roles: {tutor: {salary: {value: 10, years: {2026-27: 70}}}}
        baseline: {tutor: 1}
        learning: {online: {minutes: {value: 138, years: {2026-27: 1, 2027-28: 858}}}}
        scenarios:
          dated:
            roles: {tutor: {salary: {value: 20, years: {2027-28: 5}}}}
            learning: {online: {minutes: {value: 501, years: {2027-28: 300}}}}
          bare: {learning: {online: {minutes: 501}}}
    """
    assert costs(text, "tutor", "dated") == {"salary": 70}
    plans = [cost_school(in_year(school(text), years)) for years in (0, 1, 2)]
    minutes = [[measure("student_minutes", plan, one.baseline) for plan in one.plans[1:]] for one in plans]
    assert minutes == [[1, 501], [300, 501], [501, 501]]


def test_a_check_may_ask_for_the_minutes_of_a_mode() -> None:
    text = LAB + "    checks: [{measure: student_minutes, mode: small group, min: 120}]\n"
    assert [one.found for one in judged(text)] == ["0 minutes", "120 minutes"]


def test_a_comparison_has_what_a_student_gets() -> None:
    rows = {row.cells[0]: row.cells[1:] for row in compare([ledger(LAB)]).tables[0].rows}
    assert rows["student minutes"] == (Count(Decimal(1_650)), Count(Decimal(1_620)))
    assert rows["group size"] == (Ratio(Decimal(25)), Ratio(Decimal("22.12")))
    assert rows["minutes short"] == (Count(Decimal(0)), Count(Decimal(1_500)))


@pytest.mark.parametrize("name", ["minutes_short", "student_minutes", "group_size"])
@pytest.mark.parametrize("plan", ["baseline", SMALL])
def test_each_measure_is_explained_down_to_itself(name: str, plan: str) -> None:
    (step,) = explain([ledger(LAB)], [plan], measure=name).explanation[0].steps
    assert step.steps[-1].cell == step.cell != NA
