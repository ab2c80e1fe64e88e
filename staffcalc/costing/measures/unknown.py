"""What is not known of a plan, since the file says that it is `not stated`: measures that rest on it are n/a.

A total of dollars or of staff is told without what is not known; what rests on the whole of it (what is left, a cost
per student) is n/a, and so is all of a plan that is not stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from staffcalc.costing.ledger import PlanLedger, RoleStaff
from staffcalc.costing.scope import TEACHERS, WHOLE_PLAN, Scope, adults, teachers
from staffcalc.school.school import Staffed

TOTALS = frozenset(
    {"cost", "fte", "people", "vacant", "given_up", "added", "displaced", "displaced_people", "one_time"}
)
"""Measures that are told without what is not known, if something is."""
OF_DOLLARS = frozenset(
    {
        *("left", "cost_per_student", "cost_per_fte", "average_teacher_pay", "cost_per_seat", "left_recurring"),
        *("supplement_share", "coaching_cost", "shared_planning_cost", "levy", "levy_change"),
    }
)


def unpriced(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> tuple[str, ...]:
    """The roles of a part whose dollars nobody knows: of people without a stated pay, or of nobody knows how many."""
    return tuple(role.role for role, one in _there(plan, scope) if one.not_counted or role.not_priced)


def uncounted(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> tuple[str, ...]:
    """The roles of a part of which nobody knows how many hold them."""
    return tuple(role.role for role, one in _there(plan, scope) if one.not_counted)


def is_unknown(name: str, plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> bool:
    """Whether a measure of a part of a plan is n/a, since what it rests on is not stated."""
    if plan.plan.not_stated or (name == "change" and baseline.plan.not_stated):
        return True
    if _is_known(plan) and (name != "change" or _is_known(baseline)):
        return False
    if name in TOTALS:
        without = unpriced(plan, scope) if name == "cost" else uncounted(plan, scope)
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


_OF_STAFF = frozenset(
    {
        *("allotment_used", "allotment_left", "rooms_needed", "rooms_left", "teachers_without_team"),
        *("minutes_short", "planning_minutes", "shared_planning_minutes", "coaching_minutes", "teaching_share"),
    }
)


def _is_known(plan: PlanLedger) -> bool:
    """Whether nothing of the staff of a plan is not stated."""
    return not any(one.not_counted or one.post.not_priced for one in plan.plan.staff)


def say_not_stated(roles: Collection[str]) -> str:
    """Of whom something is not stated, in words: "custodian and nurse not stated"."""
    *others, last = roles
    return f"{', '.join(others)} and {last} not stated" if others else f"{last} not stated"


def why_unknown(plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> str:
    """Why a measure is n/a, in words."""
    for one in (plan, baseline):
        if one.plan.not_stated:
            return f"the plan {one.name} is not stated"
    return say_not_stated(unpriced(plan, scope) or unpriced(baseline, scope) or unpriced(plan))


def _there(plan: PlanLedger, scope: Scope) -> Iterator[tuple[RoleStaff, Staffed]]:
    staffed = {one.post.name: one for one in plan.plan.staff}
    for role in scope.staff(plan):
        one = staffed.get(role.role)
        if one is not None and (one.not_counted or role.fte or role.people):
            yield role, one


def _held(plan: PlanLedger, scope: Scope) -> dict[str, object]:
    """How many hold each role without a price: of as many as before, nothing changes. Those whom a plan does not state
    itself are as many as nobody else has counted."""
    without = unpriced(plan, scope)
    fte = {role.role: (role.fte, role.people) for role in plan.staff if role.role in without}
    anew = {one.post.name: plan.name if one.anew else None for one in plan.plan.staff}
    return {**fte, **{role: anew[role] for role in uncounted(plan, scope)}}
