"""What is not known of a plan, since the file says that it is `not stated`: measures that rest on it are n/a.

A total of dollars or of staff is told without what is not known; what rests on the whole of it (what is left, a cost
per student) is n/a, and so is all of a plan that is not stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import RoleStaff
from staffcalc.costing.scope import TEACHERS, WHOLE_PLAN, Scope, adults, teachers
from staffcalc.school.parts.budgets import rest_of

TOTALS = frozenset({"fte", "people", "vacant", "given_up", "added", "displaced", "displaced_people", "one_time"})
"""Measures, beside the cost, that are told without what is not known, if something is."""
OF_BUDGET = frozenset({"budget", "left", "left_recurring"})
"""Measures that rest on what the funds have."""
OF_DOLLARS = frozenset(
    {
        *("left", "cost_per_student", "cost_per_fte", "average_teacher_pay", "cost_per_seat", "left_recurring"),
        *("supplement_share", "coaching_cost", "shared_planning_cost"),
    }
)

OF_REST = frozenset({"levy", "levy_change", "revenue", "staff_share"})
"""Measures of money of which a part may be the rest of what is paid."""
_OF_COST = frozenset({"cost", "change", "cost_per_fte", "cost_per_student", "left", "left_recurring"})
"""Measures that there are of staff with a price alone."""
_OF_STAFF = frozenset(
    {
        *("allotment_used", "allotment_left", "rooms_needed", "rooms_left", "teachers_without_team"),
        *("minutes_short", "planning_minutes", "shared_planning_minutes", "coaching_minutes", "teaching_share"),
    }
)


def unpriced(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> tuple[str, ...]:
    """The roles of a part whose dollars nobody knows: of people without a stated pay, or of nobody knows how many."""
    return tuple(role.role for role in _not_stated(plan, scope))


def without_price(plan: PlanLedger) -> tuple[str, ...]:
    """The roles with staff of which nothing says what it costs: not stated, or counted in positions alone."""
    priced = {line.role for line in (*plan.lines, *plan.nothing)}
    there = (role for role in plan.staff if role.unpriced or role.fte or role.people)
    return tuple(role.role for role in there if role.unpriced or role.role not in priced)


def uncounted(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> tuple[str, ...]:
    """The roles of a part of which nobody knows how many hold them."""
    return tuple(role.role for role in _not_stated(plan, scope) if role.not_counted)


def budget_without(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> tuple[str, ...]:
    """The roles of today's staff of which nobody knows what they cost, where that is the budget of these funds."""
    asked = [roles for fund, roles in plan.budget_without.items() if scope.funds is None or fund in scope.funds]
    return tuple(dict.fromkeys(role for roles in asked for role in roles))


def is_unknown(name: str, plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> bool:
    """Whether a measure of a part of a plan is n/a, since what it rests on is not stated."""
    if plan.plan.not_stated or (name == "change" and baseline.plan.not_stated):
        return True
    if name in OF_BUDGET and budget_without(plan, scope):
        return True
    if name in OF_REST and _asks_for_rest(plan, scope):
        return True
    if name in _OF_COST and nothing_priced(plan, scope) and not (name == "change" and unpriced(plan, scope)):
        return True
    if _is_known(plan) and (name != "change" or _is_known(baseline)):
        return False
    if name in TOTALS:
        without = uncounted(plan, scope)
        return (
            bool(without) and scope.only(plan) is not None and set(without) == {role.role for role in scope.staff(plan)}
        )
    if name == "change":
        return _held(plan, scope) != _held(baseline, scope)
    if name in OF_DOLLARS:
        return bool(unpriced(plan, Scope(categories=TEACHERS) if name == "average_teacher_pay" else scope))
    counted = {"students_per_teacher": teachers, "students_per_adult": adults}.get(name)
    if counted is not None:
        return not {role.role for role in counted(plan)}.isdisjoint(uncounted(plan))
    return name in _OF_STAFF and bool(uncounted(plan, scope))


def nothing_priced(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> bool:
    """Whether there is staff in a part of a plan and nothing is said of what it costs: that is not stated, or all of it
    is counted in positions alone."""
    whole = Scope(scope.roles, scope.categories)
    there = any(role.fte or role.people or role.not_counted for role in whole.staff(plan))
    return there and not any(whole.lines(plan))


def _asks_for_rest(plan: PlanLedger, scope: Scope) -> bool:
    """Whether a part of a plan's money has a rest of which nobody knows how much it is."""
    for fund in plan.budget_without:
        rest = rest_of((plan.plan.budget or {}).get(fund))
        asked = scope.funds is None or fund in scope.funds
        if rest is not None and asked and (scope.of_revenue is None or rest.name in scope.of_revenue):
            return True
    return False


def _is_known(plan: PlanLedger) -> bool:
    """Whether nothing of the staff of a plan is not stated."""
    return not any(role.unpriced for role in plan.staff)


def say_not_stated(roles: Collection[str]) -> str:
    """Of whom something is not stated, in words: "custodian and nurse not stated"."""
    *others, last = roles
    return f"{', '.join(others)} and {last} not stated" if others else f"{last} not stated"


def why_unknown(plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> str:
    """Why a measure is n/a, in words."""
    for one in (plan, baseline):
        if one.plan.not_stated:
            return f"the plan {one.name} is not stated"
    if nothing_priced(plan, scope) and not unpriced(plan, scope):
        return "it is counted in positions alone, without a price"
    unknown = unpriced(plan, scope) or budget_without(plan, scope) or unpriced(baseline, scope) or unpriced(plan)
    return say_not_stated(unknown)


def _not_stated(plan: PlanLedger, scope: Scope) -> Iterator[RoleStaff]:
    """The roles of a part of which something is not stated; of funds, those that they may pay."""
    for role in scope.staff(plan):
        if role.unpriced and (scope.funds is None or not role.funds.isdisjoint(scope.funds)):
            yield role


def _held(plan: PlanLedger, scope: Scope) -> dict[str, object]:
    """How many hold each role without a price: of as many as before, nothing changes. Those whom a plan does not state
    itself are as many as nobody else has counted."""
    without = unpriced(plan, scope)
    fte = {role.role: (role.fte, role.people) for role in plan.staff if role.role in without}
    anew = {one.post.name: plan.name if one.anew else None for one in plan.plan.staff}
    return {**fte, **{role: anew[role] for role in uncounted(plan, scope)}}
