"""Costs that are not a role's: savings, shares of a budget, and groups that are added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both
from schoolfile.helpers import problems
from schools import school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.school.school import School

FILE = """
school: S
year: 2026-27
students: 100
budget: {general: 1_000_000, title_i: {amount: 100_001}}
roles: {teacher: {salary: 50_000}}
baseline: {teacher: 10}
other_costs: %s
scenarios: {other: %s}
forecast: {budget: {title_i: 5%%}}
"""


def read(costs: str, scenario: str = "{note: as today}") -> School:
    return school(FILE % (costs, scenario))


def costs(read: School, plan: str = "baseline") -> dict[str, int]:
    """The dollars of each other cost of a plan."""
    [found] = [one for one in cost_school(read).plans if one.name == plan]
    return {line.component: int(line.amount) for line in found.lines if line.role is None}


def test_a_bare_number_is_the_amount() -> None:
    assert costs(read("{software: 12_000, rent: {value: 5_000, source: Lease}}")) == {"software": 12_000, "rent": 5_000}


@both
def test_of_a_cost_that_two_funds_pay_the_share_of_the_one_that_has_ended_is_no_more(calculate: Calculator) -> None:
    """The grant stops: three quarters of the software are left, at 10% more for each of 110 students; what the grant
    paid alone, and what was a share of it, is nothing."""
    text = """
        school: S
        year: 2026-27
        students: 100
        budget: {general: 900_000, grant: 100_000}
        funds: {grant: {ends: 2026-27, then: stop}}
        roles: {teacher: {salary: 50_000}}
        baseline: {teacher: 2}
        other_costs:
          software: {per_student: 40, funds: {general: 75%, grant: 25%}}
          trips: {amount: 2_000, fund: grant}
          reserve: {budget_share: 2%, of: grant, fund: general}
        forecast: {other_costs: 10%, enrollment: 10%, budget: 5%}
    """
    now, then = (
        {(line.component, line.fund): line.amount for line in plan.lines if line.role is None and line.amount}
        for plan in (calculate(plain(text), years)["baseline"] for years in (0, 1))
    )
    assert now == {
        ("software", "general"): 3_000,
        ("software", "grant"): 1_000,
        ("trips", "grant"): 2_000,
        ("reserve", "general"): 2_000,
    }
    assert then == {("software", "general"): 3_630}


def test_a_nearer_bare_amount_keeps_the_fund_and_the_group() -> None:
    found = read("{software: {amount: 12_000, fund: title_i, group: office}}", "{other_costs: {software: 10_000}}")
    [line] = [line for line in cost_school(found).plans[1].lines if line.role is None]
    assert line.fund == "title_i"
    assert line.amount == 10_000
    assert found.plans[1].other_costs["software"][0].group == "office"


def test_a_saving_is_below_zero_and_rounded_half_away_from_zero() -> None:
    assert costs(read("{building: {amount: -383_574.50}, bus: {per_student: -5}}")) == {
        "building": -383_575,
        "bus": -500,
    }


def test_a_share_of_a_budget_moves_with_it() -> None:
    found = read("{indirect: {budget_share: 3.5%, of: title_i}}", "{budget: {title_i: 200_000}}")
    assert costs(found) == {"indirect": 3_500}
    assert costs(found, "other") == {"indirect": 7_000}
    assert costs(in_year(found, 1)) == {"indirect": 3_675}  # 105,001 x 3.5%, as the budget is rounded


def test_a_share_is_one_of_the_budget_of_the_fund_that_pays_where_none_is_named() -> None:
    assert costs(read("{parents: {budget_share: 1%, fund: title_i}}")) == {"parents": 1_000}


def test_a_group_is_added_up_by_itself() -> None:
    found = read(
        "{rent: {amount: 5_000, group: facilities}}",
        "{other_costs: {building: {amount: -40_000, group: facilities}, moving: {amount: 700, group: one-time}}}",
    )
    ledger = cost_school(found)
    part = Scope(groups=("facilities",))
    assert measure("cost", ledger.plans[1], ledger.baseline, part) == Decimal(-35_000)
    assert measure("change", ledger.plans[1], ledger.baseline, part) == Decimal(-40_000)
    assert total(ledger.plans[1].lines) == 465_700


def test_a_check_names_a_group_that_some_cost_is_in() -> None:
    """Where costs are wrong, the group may be that of one of them."""
    text = """
roles: {teacher: {category: teacher, salary: SALARY}}
baseline: {teacher: 3}
scenarios: {more: {other_costs: {lease: {amount: LEASE, group: facilities}, desks: {amount: 5}}}}
checks: [{measure: cost, group: GROUP, max: 3}]
"""
    right = text.replace("SALARY", "50_000").replace("LEASE", "100")
    assert len(school(right.replace("GROUP", "facilities")).checks) == 1
    [problem] = problems(right.replace("GROUP", "facility"))
    assert (problem.message, problem.hint) == (
        "`facility` is no group of other costs here",
        "did you mean `facilities`?",
    )
    wrong = text.replace("SALARY", "much").replace("LEASE", "many").replace("GROUP", "facilities")
    assert [problem.message[:6] for problem in problems(wrong)] == ["`much`", "`many`"]


@pytest.mark.parametrize(
    ("costs", "what", "hint"),
    [
        ("{a: {note: none}}", "the other cost `a` has no price", "exactly one of amount, per_student, budget_share"),
        ("{a: {amount: 5, budget_share: 1%}}", "has two prices", "exactly one of"),
        (
            "{a: {amount: 5, of: title_i}}",
            "`a` is `of` a fund, and no share of its budget",
            "who pays it is its `fund`",
        ),
        (
            "{a: {budget_share: 1%, of: titel_i}}",
            "share of the budget of `titel_i`, and none",
            "did you mean `title_i`?",
        ),
        ("{a: {budget_share: 1%, funds: {general: 50%, title_i: 50%}}}", "of which budget is `a`", "add `of: general`"),
        ("{a: {budget_share: 140%}}", "too large", "the most is 100%"),
        ("{a: {budget_share: -1%}}", "negative", "a rate is zero or more"),
    ],
)
def test_what_is_wrong_with_another_cost_is_told_with_what_would_be_right(costs: str, what: str, hint: str) -> None:
    [problem] = problems(FILE % (costs, "{note: as today}"))
    assert what in problem.message
    assert hint in problem.hint


def test_a_share_of_what_todays_staff_cost_would_rest_on_itself() -> None:
    [problem] = problems(
        "roles: {teacher: {salary: 5}}\nbaseline: {teacher: 1}\nbudget: baseline\nother_costs: {a: {budget_share: 5%}}"
    )
    assert "a budget that is what today's staff cost" in problem.message
    assert "as an amount" in problem.hint
