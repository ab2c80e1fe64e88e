"""A plan tried with more or fewer posts costs what the file would, did it state them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import ledger, plan_of
from staffcalc.costing.ledger import PlanLedger, cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.trying import Tried, Trying
from staffcalc.costing.years.later_years import in_year

SCHOOL = """
    roles:
      teacher: {category: teacher, salary: 60_000, new_hire: 40_000}
      lead: {category: leader, salary: 70_000, new_hire: 50_000, release: {share: 50%, cover: teacher}}
      tutor: {category: support, salary: 30_000}
    baseline: {lead: 2, teacher: 10}
    scenarios:
      as it is: {note: nothing changes}
      stated: {change: {lead: CHANGE}}
"""


def dollars(plan: PlanLedger) -> dict[tuple[str | None, str], Decimal]:
    """What each role costs, component by component; those without a post stand apart."""
    return {
        key: amount
        for key in {(line.role, line.component) for line in plan.lines}
        if (amount := total(line for line in plan.lines if (line.role, line.component) == key))
    }


@pytest.mark.parametrize("change", ["+2", "-1", "-2"])
def test_who_covers_follows_the_change_as_posts_added_and_given_up(change: str) -> None:
    found = ledger(SCHOOL.replace("CHANGE", change))
    trying = Trying(found, Tried(plan_of(found, "as it is"), found.baseline))

    tried = trying({"lead": Decimal(change)})
    assert dollars(tried.plan) == dollars(plan_of(found, "stated"))
    assert dollars(trying.quickly({"lead": Decimal(change)}).plan) == dollars(tried.plan)
    assert tried.baseline.lines == found.baseline.lines


def test_what_is_tried_beside_posts_given_up_is_given_up_by_todays_staff_too() -> None:
    scenarios = "      fewer: {change: {teacher: -2}}\n      fewer still: {change: {teacher: -3}}\n"
    found = ledger(SCHOOL.replace("CHANGE", "+1") + scenarios)
    trying = Trying(found, Tried(plan_of(found, "fewer"), found.baseline))

    tried = trying({"teacher": Decimal(-1)}).plan
    assert dollars(tried) == dollars(plan_of(found, "fewer still"))
    assert dollars(tried)["displaced staff", "salary"] == 3 * 20_000


def test_a_baseline_that_is_tried_has_other_staff_who_all_hold_their_posts() -> None:
    found = ledger(SCHOOL.replace("CHANGE", "+1"))
    trying = Trying(found, Tried(found.baseline, found.baseline))

    tried = trying({"lead": Decimal(2), "tutor": Decimal("0.5")})
    assert total(tried.plan.lines) == 4 * 70_000 + 12 * 60_000 + 15_000
    assert tried.baseline is tried.plan


@pytest.mark.parametrize("scenario", ["begins later", "some later", "at once"])
def test_what_is_tried_quickly_in_a_later_year_is_what_the_whole_plan_is(scenario: str) -> None:
    """Other roles than the one that is tried are there once, also of a plan with decisions of later years."""
    text = """
        year: 2026-27
        roles:
          teacher: {category: teacher, salary: 60_000, new_hire: 40_000}
          lead: {category: leader, salary: 70_000, release: {share: 50%, cover: teacher}}
          tutor: {category: support, salary: 30_000}
        baseline: {lead: 2, teacher: 10, tutor: 4}
        forecast: {cola: 10%}
        scenarios:
          begins later: {from: 2027-28, change: {teacher: -3}}
          some later: {change: {teacher: {fte: -3, from: 2028-29}, tutor: {fte: +1, until: 2027-28}}}
          at once: {change: {teacher: -3}}
    """
    found, year = ledger(text), "2028-29"
    then = cost_school(in_year(found.stated, 2))
    trying = Trying(found, Tried(plan_of(then, scenario), then.baseline), year)
    for changes in ({}, {"teacher": Decimal(1)}, {"lead": Decimal(1)}, {"tutor": Decimal(-2)}):
        quick, whole = trying.quickly(changes).plan, trying(changes).plan
        assert dollars(quick) == dollars(whole)
        assert sum(role.fte for role in quick.staff) == sum(role.fte for role in whole.staff)
