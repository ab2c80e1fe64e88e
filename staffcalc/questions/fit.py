"""Does a plan fit its budget? Said in the same words by every command."""

from __future__ import annotations

from collections.abc import Iterator

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import ZERO
from staffcalc.costing.measures.fund_use import fund_uses, over_budget
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.unknown import budget_without, say_not_stated, unpriced
from staffcalc.formula.words import money, percent, positions
from staffcalc.language.unstated import NOT_STATED
from staffcalc.report import Verdict

NO_BUDGET = "no budget stated"


def verdict(plan: PlanLedger) -> Verdict:
    """ "fits, $27,888 left", or "over by $12,400"; where there are several funds, each one that is over is named, "over
    by $3,000 in title_i", and what others have left is not taken off; none where no budget is stated;
    and of a plan that is not in force yet, when it begins.

    Where a levy meets what a fund pays, that is told: "met by a levy of $59,542,566, +6.0017%". An allotment counts
    too: "over by $3,000, 0.05 positions", or "fits, 0.05 positions left" where it is the only budget.
    """
    if plan.plan.not_stated:
        return Verdict(f"n/a: the plan is {NOT_STATED}", good=None)
    if plan.plan.awaits is not None:
        unknown = unpriced_then(plan)
        then = f", then n/a: {say_not_stated(unknown)}" if unknown else ""
        return Verdict(f"begins in {plan.plan.awaits}{then}", good=None)
    if unknown := unpriced(plan) or budget_without(plan):
        return Verdict(f"n/a: {say_not_stated(unknown)}", good=None)
    left, posts = measure("left", plan, plan), measure("allotment_left", plan, plan)
    raised = _levy(plan)
    if left is None and posts is None and raised:
        return Verdict(f"met by {raised}", good=True)
    if left is None and posts is None:
        return Verdict(NO_BUDGET, good=None)
    if over := [*_over_in_words(plan), *([positions(-posts)] if posts is not None and posts < 0 else [])]:
        return Verdict(f"over by {', '.join(over)}", good=False)
    if posts is not None and (left is None or not plan.lines):
        return Verdict(f"fits, {positions(posts)} left", good=True)
    return Verdict(f"fits, {money(left or ZERO)} left{f', and {raised}' if raised else ''}", good=True)


def _over_in_words(plan: PlanLedger) -> Iterator[str]:
    several = len(fund_uses(plan)) > 1
    for use in over_budget(plan):
        yield f"{money(use.by)} in {plan.plan.called(use.fund)}" if several else money(use.by)


def unpriced_then(plan: PlanLedger) -> tuple[str, ...]:
    """The roles of a plan that is not in force yet whose dollars nobody knows when it is."""
    if plan.plan.awaits is None:
        return ()
    begun = [one for _, version in plan.plan.later for one in version.staff]
    return tuple(dict.fromkeys(one.post.name for one in begun if one.not_counted or one.post.not_priced))


def _levy(plan: PlanLedger) -> str:
    """The levy in words, and how much more it is than the year before; empty where there is none."""
    raised, change = measure("levy", plan, plan), measure("levy_change", plan, plan)
    if raised is None:
        return ""
    more = "" if change is None else f", {'+' if change > 0 else ''}{percent(change)}"
    return f"a levy of {money(raised)}{more}"
