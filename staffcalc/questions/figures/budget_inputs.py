"""The figures that a budget rests on, as people and programs are told of them."""

from __future__ import annotations

from collections.abc import Iterator

from staffcalc.costing.budgets import revenue_formula
from staffcalc.costing.ledger import PlanLedger
from staffcalc.formula.formula import Formula, change_of
from staffcalc.language.figures import Figure
from staffcalc.questions.figures.growth_rules import growth_names
from staffcalc.questions.figures.provenance import STUDENTS, inputs_of
from staffcalc.school.parts.budgets import Revenue, rest_of


def budget_figures(plan: PlanLedger) -> Iterator[tuple[str, str, Figure]]:
    """The figures that a plan's budget rests on: the fund, what the figure is called, the figure."""
    growth = {figure.place: name for name, figure in growth_names(plan.plan)}
    for fund, budget in (plan.plan.budget or {}).items():
        called = plan.plan.called(fund)
        of_all = (STUDENTS, f"budget of {called}")
        what = "revenue" if isinstance(budget, Revenue) else "budget"
        for name, figure in inputs_of(budget_basis(plan, fund)):
            own = name in (*of_all, *map(change_of, of_all))
            yield fund, growth.get(figure.place) or (name if own else f"{name}, {what} of {called}"), figure


def budget_basis(plan: PlanLedger, fund: str) -> Formula:
    """What the file states of the budget of a fund: of one that a levy meets, the other parts of its revenue."""
    budget, money = (plan.plan.budget or {}).get(fund), plan.money[fund]
    rest = rest_of(budget)
    if rest is None or not isinstance(budget, Revenue):
        return money
    return revenue_formula(budget, money.places)


def last_levies(plan: PlanLedger) -> Iterator[tuple[str, Figure]]:
    """What the file states of the levy of the year before."""
    for budget in (plan.plan.budget or {}).values():
        rest = rest_of(budget)
        if rest is not None and rest.last_year is not None and rest.last_year.place != plan.plan.place:
            yield f"{rest.name} of the year before", rest.last_year
