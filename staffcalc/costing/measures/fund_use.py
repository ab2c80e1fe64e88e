"""What each fund pays in a plan, and what it has; and the funds of which a plan spends more than there is."""

from __future__ import annotations

from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger, not_stated_of
from staffcalc.costing.lines import ZERO, totals_by
from staffcalc.costing.measures.levy import is_met
from staffcalc.records import NamedTuple


class FundUse(NamedTuple):
    """What one fund pays in a plan, as far as it is stated, and what it has; None: nobody has stated it. `met`: by a
    levy, whatever it pays. `is_all`: it is stated of all staff that it may pay what they cost."""

    fund: str
    cost: Decimal
    budget: Decimal | None
    met: bool = False
    is_all: bool = True

    @property
    def left(self) -> Decimal | None:
        """What it has less what it pays; None where it is not stated what it has or all that it pays, or where a levy
        meets all of it."""
        return None if self.budget is None or self.met or not self.is_all else self.budget - self.cost


def fund_uses(plan: PlanLedger) -> tuple[FundUse, ...]:
    """Cost against budget for every fund that has money or pays something, in the order of the budget."""
    costs = totals_by(plan.lines, "fund")
    if plan.budget is None:
        return tuple(FundUse(fund, cost, None) for fund, cost in costs.items())
    funds, unknown = dict.fromkeys([*plan.budget, *plan.budget_without, *costs]), not_stated_of(plan)
    return tuple(
        FundUse(
            fund,
            costs.get(fund, ZERO),
            None if fund in plan.budget_without else plan.budget.get(fund, ZERO),
            is_met(plan, fund),
            fund not in unknown,
        )
        for fund in funds
    )


class Overspent(NamedTuple):
    """A fund of which a plan spends more than there is, and by how much."""

    fund: str
    by: Decimal


def over_budget(plan: PlanLedger) -> tuple[Overspent, ...]:
    """The funds a plan spends more of than there is. Money left in one fund does not hide another's overspending."""
    return tuple(Overspent(use.fund, -use.left) for use in fund_uses(plan) if use.left is not None and use.left < 0)


def worst_fund(plan: PlanLedger) -> FundUse | None:
    """The fund that has the least left, or is overspent by most; None where that is known of no fund."""
    known = [(use.left, use) for use in fund_uses(plan) if use.left is not None]
    return min(known, key=lambda one: one[0])[1] if known else None
