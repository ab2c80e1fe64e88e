"""What would mend a failed check: how much to change, and of what."""

from __future__ import annotations

from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger, totals_by
from staffcalc.costing.measures import Part, adults, at_least, measure, over_budget, teachers
from staffcalc.costing.words import money, plain
from staffcalc.schoolfile.language import Check

POSTS = Decimal("0.1")
"""Suggestions are in tenths of an FTE."""


def mend_budget(plan: PlanLedger) -> str:
    """How a plan that is over its budget would fit."""
    left = measure("left", plan, plan) or Decimal(0)
    if left < 0:
        return _free(-left, plan, Part())
    for use in over_budget(plan):
        return _free(-use.left, plan, Part(funds=(use.fund,)))
    positions = measure("allotment_left", plan, plan) or Decimal(0)
    return f"give up {plain(-positions)} positions, or raise the allotment"


def mend(check: Check, short: Decimal, plan: PlanLedger, part: Part, amount: str) -> str:
    """How a check would hold: `short` is what is missing (above zero) or too much (below), `amount` its words."""
    if check.per is not None:
        return f"change the staff until the ratio is {'higher' if short > 0 else 'lower'} by {amount}"
    dollars_over = {"left": short, "cost": -short, "change": -short}.get(check.measure, Decimal(0))
    if dollars_over > 0:
        return _free(dollars_over, plan, part)
    of = " or ".join([*(check.role or ()), *(check.category or ())])
    if check.measure in ("fte", "people"):
        return f"{'add' if short > 0 else 'give up'} {amount}" + (f" of {of}" if of else "")
    staff = {"students_per_teacher": teachers, "students_per_adult": adults}.get(check.measure)
    if staff is not None and short < 0 and check.max is not None and check.max.unit != "rate" and plan.students:
        if check.max.value <= 0:
            return ""  # no number of posts is enough
        wanted = at_least(plan.students, check.max.value, POSTS) - staff(plan)
        return f"add {plain(wanted)} FTE of {'teachers or leaders' if staff is teachers else 'adults'}"
    return f"{'raise' if short > 0 else 'lower'} it by {amount}"


def _free(dollars: Decimal, plan: PlanLedger, part: Part) -> str:
    """Free so many dollars: by money, or by posts of the role that costs most there."""
    fund = f" in {', '.join(part.funds)}" if part.funds else ""
    costs = totals_by(part.lines(plan), "role")
    staff = {role.role: role.fte for role in plan.staff if role.fte}
    dearest = max((role for role in costs if role in staff), key=lambda role: (costs[role], role), default=None)
    if dearest is None or costs[dearest] < dollars:
        return f"free {money(dollars)}{fund}"
    posts = at_least(dollars * staff[dearest], costs[dearest], POSTS)
    return f"free {money(dollars)}{fund}: about {plain(posts)} FTE of {dearest}, for example"
