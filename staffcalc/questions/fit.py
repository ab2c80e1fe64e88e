"""Does a plan fit its budget? Said in the same words by every command."""

from __future__ import annotations

from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger, total
from staffcalc.costing.measures import over_budget
from staffcalc.costing.words import money
from staffcalc.report import Verdict


def verdict(plan: PlanLedger) -> Verdict:
    """ "fits, $27,888 left", "over by $12,400", or "over by $3,000 in title_i" where only a fund is overspent."""
    left = sum(plan.budget.values(), Decimal(0)) - total(plan.lines)
    if left < 0:
        return Verdict(f"over by {money(-left)}", good=False)
    over = over_budget(plan)
    if over:
        where = ", ".join(f"{money(-use.left)} in {use.fund}" for use in over)
        return Verdict(f"over by {where}", good=False)
    return Verdict(f"fits, {money(left)} left", good=True)
