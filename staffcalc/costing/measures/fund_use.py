"""What each fund pays in a plan, and what it has; and the funds of which a plan spends more than there is."""

from __future__ import annotations

from decimal import Decimal

from staffcalc.costing.ledger import ZERO, PlanLedger, totals_by
from staffcalc.costing.measures.levy import is_met
from staffcalc.costing.measures.unknown import unpriced
from staffcalc.records import NamedTuple


class FundUse(NamedTuple):
    """What one fund pays in a plan, as far as it is stated, and what it has; None: the file states no budget. `met`: by
    a levy, whatever it pays. `is_all`: it is stated of all staff what they cost."""

    fund: str
    cost: Decimal
    budget: Decimal | None
    met: bool = False
    is_all: bool = True

    @property
    def left(self) -> Decimal | None:
        """What it has less what it pays; None where no budget is stated, where a levy meets all of it, or where not all
        is stated that it pays."""
        return None if self.budget is None or self.met or not self.is_all else self.budget - self.cost


def fund_uses(plan: PlanLedger) -> tuple[FundUse, ...]:
    """Cost against budget for every fund that has money or pays something, in the order of the budget."""
    costs = totals_by(plan.lines, "fund")
    if plan.budget is None:
        return tuple(FundUse(fund, cost, None) for fund, cost in costs.items())
    funds, is_all = dict.fromkeys([*plan.budget, *costs]), not unpriced(plan)
    return tuple(
        FundUse(fund, costs.get(fund, ZERO), plan.budget.get(fund, ZERO), is_met(plan, fund), is_all) for fund in funds
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
