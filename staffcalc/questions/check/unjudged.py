"""What a check would rest on and nobody has stated: of what it looks at, divides by, and has a share of for a limit."""

from __future__ import annotations

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.unknown import budget_without, is_unknown, say_not_stated, uncounted, unpriced
from staffcalc.costing.scope import TEACHERS, Scope
from staffcalc.language.check import Check
from staffcalc.questions.check.check_limits import Looked, Sides, looked_at
from staffcalc.school.checking.checks import OF_POSTS


def not_stated(check: Check, sides: Sides) -> str:
    """What a check would rest on and nobody has stated, in words; nothing where it can be judged."""
    for side in sides:
        for plan in side:
            if plan.plan.not_stated:
                return "the plan is not stated" if plan is side.plan else f"`{plan.name}` is not stated"
    if check.each is not None:
        return ""
    unknown = (_missing(looked, *side) for looked in looked_at(check, sides) for side in looked.sides)
    return next((say_not_stated(roles) for roles in unknown if roles), "")


def _missing(looked: Looked, plan: PlanLedger, other: PlanLedger) -> tuple[str, ...]:
    """The roles of which something is not stated that a measure of a plan rests on: of a total, any of its part."""
    name, part = looked.name, looked.scope
    if name in _COUNTED:
        return uncounted(plan, part) or (uncounted(other, part) if name in OF_POSTS else ())
    if name in _SPENT:
        return unpriced(plan, part)
    if not is_unknown(name, plan, other, part):
        return ()
    if name == "change":
        return unpriced(plan, part) or unpriced(other, part)
    of = Scope(categories=TEACHERS) if name == "average_teacher_pay" else part
    return unpriced(plan, of) or budget_without(plan, part)


_COUNTED = frozenset({"fte", "people", *OF_POSTS})
_SPENT = frozenset({"cost", "assumed_share"})
