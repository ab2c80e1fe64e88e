"""A levy: one part of a fund's revenue is the rest of what the fund pays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import problems
from schools import ledger, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.fit import verdict
from staffcalc.school.school import School

FILE = """
school: S
year: 2026-27
students: 100
budget:
  general: {revenue: {state aid: 300_000, tuition: {per_student: 500}, local tax: {rest: true, last_year: 200_000}}}
  grant: 60_000
roles: {teacher: {salary: 50_000}, aide: {salary: 30_000, funds: {grant: 100%}}}
baseline: {teacher: 12, aide: 2}
scenarios:
  cut: {change: {teacher: -2}}
  three aides: {change: {aide: +1}}
  no tax: {budget: {general: {revenue: {local tax: 240_000}}}}
forecast: {cola: 2%, budget: {general: 10%}, enrollment: 0%}
"""


def found(read: School, name: str, plan: str = "baseline", scope: Scope | None = None) -> Decimal | None:
    """A measure of a plan."""
    costed = cost_school(read)
    return measure(name, plan_of(costed, plan), costed.baseline, scope or Scope())


def test_the_levy_is_what_the_fund_pays_less_what_else_comes_in() -> None:
    read = school(FILE)
    assert found(read, "levy") == 600_000 - 350_000
    assert found(read, "levy_change") == Decimal("0.25")
    assert found(read, "levy", "cut") == 150_000
    assert found(read, "levy_change", "cut") == Decimal("-0.25")


def test_it_is_met_by_the_budget_of_its_fund_and_other_funds_keep_their_verdict() -> None:
    costed = ledger(FILE)
    assert verdict(plan_of(costed)).text == "fits, $0 left, and a levy of $250,000, +25%"
    assert verdict(plan_of(costed, "three aides")).text == "over by $30,000 in grant"
    assert found(costed.school, "budget", scope=Scope(funds=("general",))) == 600_000
    assert found(costed.school, "left", scope=Scope(funds=("general",))) is None
    assert found(costed.school, "left", "three aides", Scope(funds=("grant",))) == -30_000


def test_the_revenue_is_all_that_comes_in_the_levy_too() -> None:
    read = school(FILE)
    assert found(read, "revenue") == 600_000
    assert found(read, "revenue", scope=Scope(of_revenue=("state aid", "tuition"))) == 350_000
    assert found(read, "revenue", scope=Scope(of_revenue=("local tax",))) == 250_000


def test_in_a_later_year_it_is_held_against_that_of_the_year_before() -> None:
    read = in_year(school(FILE), 1)
    raised = 12 * 51_000 - 330_000 - 55_000
    assert found(read, "levy") == raised
    assert found(read, "levy_change") == Decimal(raised - 250_000) / 250_000


def test_a_scenario_that_states_the_amount_has_no_levy() -> None:
    costed = ledger(FILE)
    assert found(costed.school, "levy", "no tax") is None
    assert verdict(plan_of(costed, "no tax")).text == "over by $10,000 in general"


@pytest.mark.parametrize(
    ("budget", "what", "hint"),
    [
        ("{a: {rest: true, amount: 5}}", "`a` is the rest, and has `amount`", "leave one of the two out"),
        ("{a: {rest: true}, b: {rest: true}}", "`b` is a second rest", "one part of a file may be the rest"),
        ("{a: 5, b: {amount: 5, last_year: 4}}", "`b` has `last_year`, and is not the rest", "add `rest: true`"),
    ],
)
def test_what_cannot_be_the_rest_is_refused(budget: str, what: str, hint: str) -> None:
    text = f"roles: {{t: {{salary: 5}}}}\nbaseline: {{t: 1}}\nbudget: {{general: {{revenue: {budget}}}}}\n"
    [problem] = problems(text)
    assert what in problem.message
    assert hint in problem.hint


def test_no_cost_is_a_share_of_what_its_fund_pays() -> None:
    text = FILE + "other_costs: {indirect: {budget_share: 2%, of: general}}\n"
    [problem, *_] = problems(text)
    assert "which is what that fund pays" in problem.message


def test_a_check_of_a_levy_needs_one() -> None:
    [problem] = problems("roles: {t: {salary: 5}}\nbaseline: {t: 1}\nchecks: [{measure: levy, max: 5}]")
    assert "needs a part of the revenue that is the rest" in problem.message


def test_a_levy_is_held_against_what_was_in_force_the_year_before() -> None:
    """Two teachers more from 2027-28: $600,000 after $500,000."""
    text = """
        school: L
        year: 2026-27
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: 10}
        budget: {general: {revenue: {tax: {rest: true, last_year: 480_000}}}}
        scenarios: {more: {from: 2027-28, change: {teacher: +2}}}
        forecast: {cola: 0%}
    """
    next_year = plan_of(cost_school(in_year(school(text), 1)), "more")
    assert measure("levy", next_year, next_year) == 600_000
    assert measure("levy_change", next_year, next_year) == Decimal("0.2")
