"""The levy: what the rest of a fund's revenue must raise, and how much more that is than the year before."""

from __future__ import annotations

from collections.abc import Mapping

from staffcalc.costing.budgets import revenue_formula
from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.scope import Scope
from staffcalc.formula.formula import Formula, Quotient, Rounded, minus, of_figure, value
from staffcalc.language.figures import Figure
from staffcalc.school.parts.budgets import Budget, Revenue, rest_of
from staffcalc.school.school import Plan

CHANGE_PLACES = 6
"""The decimals of the change: 6.0017% is told apart from 6%."""


def has_rest(plan: Plan) -> bool:
    """Whether a part of a revenue is the rest of what its fund pays."""
    return any(rest_of(one) is not None for one in (plan.budget or {}).values())


def raised_in(plan: PlanLedger, year: str) -> Figure | None:
    """What the levy of a plan is in a year, as a figure that the next year is held against; None without one."""
    raised = levy(plan)
    note = f"what {plan.name} raises in {year}"
    return None if raised is None else Figure(value(raised), "dollars", plan.plan.place, note=note)


def after_levy(budget: Mapping[str, Budget] | None, last_year: Figure | None) -> dict[str, Budget] | None:
    """The budget of a later year, of which the rest is held against that of the year before; None: against none."""
    if budget is None:
        return None
    return {
        fund: one._replace(rest=one.rest._replace(last_year=last_year))
        if isinstance(one, Revenue) and one.rest is not None
        else one
        for fund, one in budget.items()
    }


def is_met(plan: PlanLedger, fund: str) -> bool:
    """Whether a levy meets what a fund pays."""
    return rest_of((plan.plan.budget or {}).get(fund)) is not None


def levy(plan: PlanLedger, scope: Scope | None = None) -> Formula | None:
    """Dollars that the rest must raise: what the fund pays less the other parts of its revenue; None without a rest,
    and where nobody knows all that the fund pays."""
    for fund, budget in (plan.plan.budget or {}).items():
        if isinstance(budget, Revenue) and budget.rest is not None:
            if fund in plan.budget_without:
                return None
            whole = plan.money[fund]
            return minus(whole, revenue_formula(budget, whole.places))
    return None


def levy_change(plan: PlanLedger, scope: Scope | None = None) -> Formula | None:
    """How much more the levy is than that of the year before, as a share of it; None where that is not stated."""
    raised = levy(plan)
    for budget in (plan.plan.budget or {}).values():
        rest = rest_of(budget)
        if raised is not None and rest is not None and rest.last_year is not None:
            before = of_figure(f"{rest.name} of the year before", rest.last_year)
            return Rounded(Quotient(minus(raised, before), before), CHANGE_PLACES)
    return None
