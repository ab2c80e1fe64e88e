"""What holds for the weeks of every school file."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, reject
from hypothesis import strategies as st

from costing.agreement import read
from costing.newer import known
from schools import Plain, every_feature, ledger, written
from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.time import Weeks
from staffcalc.costing.scope import Scope
from staffcalc.costing.staff import minutes
from staffcalc.formula.formula import Formula, add, product
from staffcalc.formula.formula import digits_of as digits
from staffcalc.questions.weeks import Week
from staffcalc.school.parts.needed import Needed
from staffcalc.source.problems import SchoolFileError


def exact(formula: Formula) -> Fraction:
    """What a formula comes to, to the last digit."""
    found: Fraction = Fraction(digits(formula, {})) / 10**formula.places
    return found


def costed(files: list[Plain]) -> Ledger:
    try:
        return cost_school(read(files))
    except SchoolFileError:
        reject()


@given(every_feature(new=known()))
def test_what_is_asked_of_a_role_adds_up_and_is_served_or_short(files: list[Plain]) -> None:
    for plan in costed(files).plans:
        for spent in Weeks(plan).of():
            asked = sum((exact(one.minutes) for one in spent.taught), Fraction(0))
            asked += sum((exact(one.minutes) for one in spent.coaching), Fraction(0))
            assert asked == exact(spent.teaches) + exact(spent.coaches)
            short = exact(spent.short)
            assert 0 <= short <= asked
            if "teaching" not in spent.parts:  # what is left is for both: nothing is short where some of it is left
                assert not (short and exact(Week(spent).left))


@given(every_feature(new=known()))
def test_the_week_of_an_adult_adds_up(files: list[Plain]) -> None:
    for plan in costed(files).plans:
        for spent in Weeks(plan).of():
            week = Week(spent)
            planned = exact(week.of("planning")) + exact(week.of("shared_planning"))
            stated = exact(week.of("teaching"))
            used = planned + max(exact(spent.teaches), stated) + exact(spent.coaches) - exact(spent.short)
            assert exact(week.used) == used
            assert used + exact(week.left) == exact(week.whole)
            assert exact(week.left) >= 0


@given(every_feature(new=known()))
def test_the_groups_of_a_mode_have_the_adults_that_they_ask_for(files: list[Plain]) -> None:
    for plan in costed(files).plans:
        taught = [one for some in Weeks(plan).taught().values() for one in some]
        for mode in plan.plan.learning:
            given_ = sum((exact(one.minutes) for one in taught if one.mode is mode), Fraction(0))
            numbers = [Fraction(1) if one.number is None else Fraction(one.number.value) for one in mode.adults]
            adults = min(1, len(numbers)) if mode.together else sum(numbers, Fraction(0))
            assert given_ == (exact(minutes.group_minutes(mode)) * adults if mode.adults else 0)


@given(every_feature(new=known()))
def test_whoever_is_needed_exactly_is_neither_short_nor_idle(files: list[Plain]) -> None:
    for plan in costed(files).plans:
        for one in plan.plan.staff:
            counts = one.now.counts
            up = len(counts) == 1 and isinstance(counts[0], Needed) and counts[0].up
            if up and not one.post.role.funds:
                assert measure("minutes_short", plan, plan, Scope((one.post.name,))) == 0


@given(
    st.integers(1, 60).map(lambda number: 4 * number),
    st.integers(0, 30),
    st.integers(1, 20),
    st.integers(1, 40),
    st.integers(0, 1_000),
    st.booleans(),
)
def test_twice_the_students_and_staff_change_no_ratio(
    students: int, teachers: int, tutors: int, size: int, learnt: int, needed: bool
) -> None:
    def plan(times: int) -> PlanLedger:
        tutor = "{needed: learning}" if needed else str(times * tutors)
        [found] = ledger(f"""
            students: {times * students}
            week: 2_400
            roles:
              teacher: {{salary: 50_000, time: {{planning: 225, shared planning: 5%}}}}
              coach: {{salary: 60_000, time: {{planning: 90, coaching: {{minutes: 30, role: teacher}}}}}}
              tutor: {{hourly: 15, hours_per_week: 30, weeks: 36}}
            baseline: {{teacher: {times * teachers}, coach: {times}, tutor: {tutor}}}
            learning:
              whole class: {{minutes: 900, group_size: 25, by: [teacher, coach]}}
              small group: {{minutes: {learnt}, group_size: {size}, by: tutor, share: 25%}}
            """).plans
        return found

    one, two = plan(1), plan(2)
    ratios = ("planning_minutes", "shared_planning_minutes", "coaching_minutes", "student_minutes", "group_size")
    assert [measure(name, one, one) for name in ratios] == [measure(name, two, two) for name in ratios]
    [short, twice] = (add(*(spent.short for spent in Weeks(plan).of() if spent.role != "tutor")) for plan in (one, two))
    assert exact(twice) == 2 * exact(short)
    [before, after] = ((measure("fte", plan, plan, Scope(("tutor",))) or Decimal(0)) for plan in (one, two))
    assert abs(after - 2 * before) <= Decimal("0.00000001")


def test_minutes_of_a_group_are_for_each_of_its_adults() -> None:
    [plan] = ledger(
        written(
            {
                "students": "80",
                "week": "2400",
                "roles": {"aide": {"salary": "20000"}},
                "baseline": {"aide": "2"},
                "learning": {"online": {"minutes": "450", "group_size": "40", "by": {"aide": "1.5"}}},
            }
        )
    ).plans
    [spent] = Weeks(plan).of()
    [mode] = plan.plan.learning
    assert exact(spent.teaches) == exact(product(minutes.group_minutes(mode))) * Fraction(3, 2) == 1_350
