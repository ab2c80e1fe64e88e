"""Staff by the minutes that learning asks of them, worked by hand: what a group of six costs instead of eight."""

from __future__ import annotations

from decimal import Decimal

import pytest

from costing.test_time import judged
from schools import ledger, plan_of
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.trying import Tried, Trying
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.report import ExplainedStep, Money
from staffcalc.source.problems import SchoolFileError

LAB = """
    school: Lab
    year: 2016-17
    students: 240
    week: 2_400
    roles:
      teacher: {category: teacher, salary: 50_000}
      tutor: {category: support, salary: 30_000, week: 2_000, time: {planning: 10%}}
      coach:
        category: leader
        salary: 70_000
        time: {planning: 400, coaching: {minutes: 45, visits: 5, role: teacher}}
    baseline:
      teacher: 16
      tutor: {needed: learning, rounding: up}
    learning:
      small group: {minutes: 300, group_size: 8, by: tutor, share: 40%}
    scenarios:
      groups of six: {learning: {small group: {group_size: 6}}}
"""
SIX = "groups of six"


def fte(text: str, role: str, plan: str = "baseline", years: int = 0) -> Decimal:
    """The FTE of a role in a plan."""
    costed = ledger(text)
    if years:
        costed = cost_school(in_year(costed.stated, years))
    return next(one.fte for one in plan_of(costed, plan).staff if one.role == role)


def test_a_group_of_six_instead_of_eight_costs_a_tutor() -> None:
    # 40% of 240 are 96 students. In eights: 12 groups × 300 minutes = 3,600, at 1,800 of a tutor: 2. In sixes: 16
    # groups, 4,800 minutes, 2.67 tutors and so 3. The price of the smaller group is one tutor at $30,000.
    assert [fte(LAB, "tutor"), fte(LAB, "tutor", SIX)] == [2, 3]
    costed = ledger(LAB)
    assert total(plan_of(costed, SIX).lines) - total(costed.baseline.lines) == 30_000
    assert measure("change", plan_of(costed, SIX), costed.baseline) == 30_000
    assert measure("minutes_short", plan_of(costed, SIX), costed.baseline) == 0


def test_the_bridge_says_what_asks_for_them() -> None:
    rows = [row.cells for row in diff(ledger(LAB)).tables[-1].rows]
    assert rows[1][:2] == ("1 FTE of tutor more: 4,800 minutes asked, not 3,600", Money(Decimal(30_000), signed=True))


def test_without_rounding_they_are_exact_to_eight_decimals() -> None:
    assert fte(LAB.replace(", rounding: up", ""), "tutor", SIX) == Decimal("2.66666667")
    assert fte(LAB.replace("rounding: up", "rounding: nearest 0.5"), "tutor", SIX) == Decimal("2.5")


def test_a_later_year_needs_as_many_as_its_students() -> None:
    growing = LAB + "    forecast: {enrollment: 20%}\n"
    # 288 students: 115.2 in eights are 14.4 groups, 4,320 minutes, and 3 tutors; in sixes 19.2 groups and 4 tutors.
    assert [fte(growing, "tutor", plan, years=1) for plan in ("baseline", SIX)] == [3, 4]
    dated = LAB.replace("group_size: 8,", "group_size: {value: 8, years: {2017-18: 6}},")
    assert [fte(dated, "tutor", years=years) for years in (0, 1, 2)] == [2, 3, 2]
    shorter = LAB.replace("week: 2_000", "week: {value: 2_000, years: {2018-19: 1_000}}")
    assert [fte(shorter, "tutor", years=years) for years in (0, 1, 2)] == [2, 2, 4]


def test_whoever_is_needed_for_coaching_coaches_all_without_teams() -> None:
    text = LAB.replace("rounding: up}\n", "rounding: up}\n      coach: {needed: learning, rounding: up 0.5}\n")
    # 16 teachers × 5 visits × 45 minutes are 3,600; a coach has 2,000 of 2,400: 1.8, and so 2.
    assert fte(text, "coach") == 2
    fewer = text.replace("groups of six: {", "groups of six: {change: {teacher: -3}, ")
    assert fte(fewer, "coach", SIX) == Decimal("1.5")  # 13 × 225 are 2,925: 1.46
    assert fte(text.replace("teacher: 16", "teacher: 0"), "coach") == 0


def test_in_teams_they_coach_their_own() -> None:
    text = LAB.replace("rounding: up}\n", "rounding: up}\n      coach: {needed: learning, rounding: up 0.5}\n")
    text += "    teams: {grade: {leader: coach, members: {teacher: 8}, count: 1}}\n"
    assert fte(text, "coach") == 1  # 8 × 225 of 2,000 minutes are 0.9
    assert fte(text.replace("count: 1", "count: 2"), "coach") == 2
    assert "the teams of `baseline` have 1 FTE of `coach`, and the plan has 0.5" in problem(
        text.replace("teacher: 8", "teacher: 3")  # 0.34
    )


def test_in_a_team_with_others_they_coach_those_of_their_role_and_nobody_outside_it() -> None:
    """Six of twelve teachers are in the team: 6 visits of 400 minutes are the week of one coach."""
    text = """
        week: 2_400
        roles:
          teacher: {category: teacher, salary: 50_000}
          aide: {category: support, salary: 20_000}
          coach: {category: leader, salary: 60_000, time: {teaching: 0%, coaching: {minutes: 400, role: teacher}}}
        baseline: {teacher: 12, aide: 1, coach: {needed: learning, rounding: up}}
        teams: {one: {leader: coach, members: {teacher: 6, aide: 1}}}
    """
    assert {role.role: role.fte for role in ledger(text).baseline.staff} == {"teacher": 12, "aide": 1, "coach": 1}


def test_whoever_states_teaching_is_needed_for_the_greater_of_both() -> None:
    text = LAB.replace("planning: 10%", "teaching: 20%, planning: 10%")
    assert fte(text, "tutor") == 9  # 3,600 minutes at 400
    lead = LAB.replace("rounding: up}\n", "rounding: up}\n      coach: {needed: learning}\n")
    lead = lead.replace("time: {planning: 400,", "time: {teaching: 900, planning: 300,")
    lead = lead.replace("by: tutor,", "by: {tutor: 1, coach: 1},")
    assert fte(lead, "coach") == 4  # 3,600 at 900 taught; 3,600 of coaching at 1,200 would be 3
    assert fte(lead.replace("teacher: 16", "teacher: 32"), "coach") == 6


def test_a_change_is_beside_what_is_needed() -> None:
    text = LAB.replace("groups of six: {", "groups of six: {change: {tutor: +1}, ")
    assert fte(text, "tutor", SIX) == 4


def test_a_mix_may_state_them_and_a_plan_may_need_none() -> None:
    text = LAB.replace("groups of six: {", "groups of six: {staffing: {teacher: 16, tutor: {needed: learning}}, ")
    assert fte(text, "tutor", SIX) == Decimal("2.66666667")
    assert fte(LAB.replace("{small group: {group_size: 6}}", "{small group: null}"), "tutor", SIX) == 0


def test_a_plan_that_is_tried_needs_those_who_coach_its_teachers() -> None:
    costed = ledger(LAB.replace("rounding: up}\n", "rounding: up}\n      coach: {needed: learning, rounding: up}\n"))
    six = plan_of(costed, SIX)
    tried = Trying(costed, Tried(six, costed.baseline))({"teacher": Decimal(4)})
    assert next(one.fte for one in tried.plan.staff if one.role == "coach") == 3  # 20 × 225 of 2,000: 2.25


def test_a_check_holds_what_is_needed() -> None:
    text = LAB + "    checks: [{measure: fte, role: tutor, max: 2, scenario: groups of six}]\n"
    assert [one.message for one in judged(text)] == [f"fte of tutor of `{SIX}` is 3 FTE, 1 FTE above the most of 2 FTE"]


def test_who_is_needed_is_explained_down_to_the_minutes() -> None:
    (step,) = explain([ledger(LAB)], [SIX], measure="fte").explanation[0].steps
    (_, tutor, _) = step.steps
    (needed,) = tutor.steps
    assert needed.text.startswith("3 FTE, needed for 4,800 minutes of small group; ")
    assert _texts(needed)[:3] == ["week: 2,000 minutes", "planning: 10%", "rounded up to: 1 FTE"]


def _texts(step: ExplainedStep) -> list[str]:
    return [one.text.split("; ")[0] for one in step.steps]


def problem(text: str) -> str:
    with pytest.raises(SchoolFileError) as found:
        ledger(text)
    (one,) = found.value.problems
    return f"{one.place.line}: {one.message}; {one.hint}"


def test_what_depends_on_itself_is_a_circle() -> None:
    shared = LAB.replace("by: tutor,", "by: [tutor, teacher],")
    assert problem(shared) == (
        "15: a circle: how many `tutor` are needed depends on how many there are: it shares the groups of "
        "`small group` with `teacher`; make a mode of its own for each of them, or state it in FTE"
    )
    coach = LAB.replace("rounding: up}\n", "rounding: up}\n      coach: {needed: learning}\n")
    own = coach.replace("role: teacher}", "role: coach}")
    assert problem(own) == "16: a circle: `coach` counts `coach`; state one of them in FTE"
    two = coach.replace("      coach:\n        cat", "      head: {like: coach}\n      coach:\n        cat")
    assert problem(two) == (
        "17: a circle: how many `coach` are needed depends on how many there are: it shares the coaching of `teacher` "
        "with `head`; give each coach its teams, or state it in FTE"
    )
    ratio = coach.replace("teacher: 16", "teacher: {per: coach, each: 0.1}")
    assert problem(ratio) == (
        "14: a circle: `teacher` counts `coach`, which counts `teacher`; state one of them in FTE"
    )


def test_whoever_is_needed_has_something_to_do_and_time_for_it() -> None:
    nothing = LAB.replace("      tutor: {needed", "      coach: 1\n      tutor: {needed").replace(
        "by: tutor,", "by: coach,"
    )
    for text in (nothing, nothing.replace("planning: 10%", "planning: 100%")):
        assert problem(text) == (
            "16: `tutor` is `needed`, and no mode of `learning` in any plan asks for it; "
            "add `by: tutor` to a mode, or state it in FTE"
        )
    for none in ("planning: 100%", "planning: 10%, teaching: 0%"):
        assert problem(LAB.replace("planning: 10%", none)) == (
            "15: `tutor` is `needed`, and its week leaves no minutes for what it is needed for; "
            "state less of its `time`, or a longer `week`"
        )


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("{needed: learning, fte: 2}", "`tutor` is stated in two ways"),
        ("{needed: learning, per_students: 20}", "`tutor` is stated in two ways"),
        ("{needed: learning, section_rounding: up}", "`tutor` has a rounding of sections, and no sections"),
        ("{needed: minutes}", "`minutes` is no need"),
        ("{needed: learning, vacant: 3}", "3 FTE of `tutor` are vacant or leaving, but there are 2"),
    ],
)
def test_it_is_stated_in_one_way(entry: str, wrong: str) -> None:
    assert wrong in problem(LAB.replace("{needed: learning, rounding: up}", entry))


def test_what_it_costs_is_that_of_a_part_of_the_plan() -> None:
    costed = ledger(LAB)
    assert measure("cost", plan_of(costed, SIX), costed.baseline, Scope(("tutor",))) == 90_000
