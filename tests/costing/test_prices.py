"""Average, actual or new-hire pay: what the people earn who are there, and what a post more or fewer is worth."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from schools import Plain, costs, ledger, plan_of, school, school_files, written
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.costing.pay.pay import Price
from staffcalc.school.school import DISPLACED

PLAN = """
schedules:
  teachers: {lanes: [BA, MA], steps: {1: [40_000, 45_000], 10: [52_000, 60_000]}}
benefits: {certified: {pension: {rate: 10%}, health: {per_person: 6_000}}}
roles:
  teacher: {category: teacher, average: 55_000, new_hire: BA/1, benefits: certified}
  aide: {category: support, salary: 20_000}
baseline: {teacher: {MA/10: 6, BA/1: 2}, aide: 2}
scenarios:
  two fewer: {change: {teacher: -2}}
  one more: {change: {teacher: +1}}
  whole mix: {staffing: {teacher: 7, aide: 2}}
  two leave: {change: {teacher: {MA/10: -2}}}
"""


def salaries(scenario: str, price: Price | None = None) -> Decimal:
    """What teachers earn, and those who have no post any more."""
    plan = plan_of(cost_school(school(PLAN), price), scenario)
    paid = [line.amount for line in plan.lines if line.post == "teacher" and line.component == "salary"]
    return sum(paid, Decimal(0))


def test_those_who_hold_a_post_cost_what_they_earn() -> None:
    assert salaries("baseline") == 6 * 60_000 + 2 * 40_000


def test_a_post_given_up_saves_what_a_new_hire_earns() -> None:
    # Montgomery County's rule: the people stay, and what is saved is a hire.
    assert salaries("two fewer") == salaries("baseline") - 2 * 40_000


def test_a_post_added_costs_what_a_new_hire_earns() -> None:
    assert salaries("one more") == salaries("baseline") + 40_000


def test_a_whole_mix_is_measured_against_those_who_are_there() -> None:
    assert salaries("whole mix") == salaries("baseline") - 40_000


def test_posts_given_up_on_a_cell_save_a_hire_too() -> None:
    assert salaries("two leave") == salaries("baseline") - 2 * 40_000


def test_benefits_follow_the_posts_given_up() -> None:
    before, after = costs(PLAN, "teacher"), costs(PLAN, "teacher", "two fewer")
    displaced = costs(PLAN, DISPLACED, "two fewer")
    assert before["pension"] - after["pension"] - displaced["pension"] == Decimal("0.1") * 2 * 40_000
    assert before["health"] - after["health"] == 2 * 6_000
    assert "health" not in displaced  # a premium is no dearer for those who earn more


def test_the_same_mix_priced_all_ways() -> None:
    assert salaries("two fewer", "average") == 6 * 55_000
    assert salaries("two fewer", "new_hire") == 6 * 40_000
    # At actual pay, two posts fewer save what the eight earn on average.
    assert salaries("two fewer", "actual") == 440_000 - 2 * 55_000


def test_without_an_average_it_is_that_of_the_people_who_are_there() -> None:
    text = PLAN.replace("average: 55_000, ", "")
    plan = cost_school(school(text), "average").baseline
    assert totals_by(plan.lines, "component")["salary"] == 440_000 + 40_000  # 8 x 55,000, and the aides


def test_a_scenario_has_a_price_of_its_own_only_for_what_it_changes() -> None:
    aides = [costs(PLAN, "aide", name) for name in ("baseline", "two fewer", "whole mix")]
    assert aides == [{"salary": 40_000}] * 3


@given(school_files())
def test_a_new_hire_who_earns_what_all_earn_changes_nothing(file: Plain) -> None:
    same: Plain = {**file, "roles": {name: dict(role) for name, role in file["roles"].items()}}
    for role in same["roles"].values():
        if "salary" in role:
            role["new_hire"] = role["salary"]
    plain, priced = ledger(written(file)), ledger(written(same))
    for one, other in zip(plain.plans, priced.plans, strict=True):
        assert total(other.lines) == total(one.lines)
        assert [role.people for role in other.staff] == [role.people for role in one.staff]


@given(school_files())
def test_without_other_prices_every_price_is_the_same(file: Plain) -> None:
    one = school(written(file))
    prices: tuple[Price, ...] = ("average", "actual", "new_hire")
    for price in prices:
        assert [plan.lines for plan in cost_school(one, price).plans] == [plan.lines for plan in cost_school(one).plans]


def test_a_role_with_nothing_but_an_average_is_paid_it() -> None:
    text = "{school: A, roles: {teacher: {average: 55_000}}, baseline: {teacher: 2}}"
    assert costs(text, "teacher") == {"salary": 110_000}
