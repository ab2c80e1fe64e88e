"""Does a plan fit its budget? Said in the same words by every command."""

from __future__ import annotations

from staffcalc.costing.ledger import ZERO, PlanLedger
from staffcalc.costing.measures import measure, over_budget
from staffcalc.formula.words import money, plain
from staffcalc.report import Verdict


def verdict(plan: PlanLedger) -> Verdict:
    """ "fits, $27,888 left", "over by $12,400", or "over by $3,000 in title_i" where only a fund is overspent.

    An allotment counts too: "over by 0.05 positions", or "fits, 0.05 positions left" where it is the only budget.
    """
    left, positions = measure("left", plan, plan) or ZERO, measure("allotment_left", plan, plan)
    if left < 0:
        return Verdict(f"over by {money(-left)}", good=False)
    if over := over_budget(plan):
        where = ", ".join(f"{money(-use.left)} in {use.fund}" for use in over)
        return Verdict(f"over by {where}", good=False)
    if positions is not None and positions < 0:
        return Verdict(f"over by {plain(-positions)} positions", good=False)
    if positions is not None and not plan.lines:
        return Verdict(f"fits, {plain(positions)} positions left", good=True)
    return Verdict(f"fits, {money(left)} left", good=True)
