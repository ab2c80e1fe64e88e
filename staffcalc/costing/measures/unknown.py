"""What is not known of a plan, since the file says that it is `not stated`: measures that rest on it are n/a.

A total of dollars or of staff is told without what is not known; what rests on the whole of it (what is left, a cost
per student) is n/a, and so is all of a plan that is not stated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import RoleStaff
from staffcalc.costing.scope import TEACHERS, WHOLE_PLAN, Scope, adults, teachers
from staffcalc.records import NamedTuple
from staffcalc.school.parts.budgets import rest_of


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
    """The roles of which nobody knows what they cost, where these funds have what staff costs: today's, or all that
    a fund pays of which a part is the rest."""
    asked = [roles for fund, roles in plan.budget_without.items() if scope.funds is None or fund in scope.funds]
    return tuple(dict.fromkeys(role for roles in asked for role in roles))


def is_unknown(name: str, plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> bool:
    """Whether a measure of a part of a plan is n/a, since what it rests on is not stated."""
    if plan.plan.not_stated or (name == "change" and baseline.plan.not_stated):
        return True
    return any(is_so(_Asked(plan, baseline, scope)) for is_so in _UNKNOWN_WHERE.get(name, ()))


class _Asked(NamedTuple):
    """The part of a plan of which a measure is asked."""

    plan: PlanLedger
    baseline: PlanLedger
    scope: Scope


def _none_is_priced(asked: _Asked) -> bool:
    return nothing_priced(asked.plan, asked.scope)


def _some_is_unpriced(asked: _Asked) -> bool:
    return bool(unpriced(asked.plan, asked.scope))


def _some_teacher_is_unpriced(asked: _Asked) -> bool:
    return bool(unpriced(asked.plan, Scope(categories=TEACHERS)))


def _changes_unpriced(asked: _Asked) -> bool:
    """Whether staff without a price is not the same in both plans; without any, whether there is staff with one."""
    if not unpriced(asked.plan, asked.scope) and _none_is_priced(asked):
        return True
    return _held(asked.plan, asked.scope) != _held(asked.baseline, asked.scope)


def _budget_is_unknown(asked: _Asked) -> bool:
    return bool(budget_without(asked.plan, asked.scope))


def _rest_is_unknown(asked: _Asked) -> bool:
    """Whether a part of a plan's money has a rest of which nobody knows how much it is."""
    plan, scope = asked.plan, asked.scope
    for fund in plan.budget_without:
        rest = rest_of((plan.plan.budget or {}).get(fund))
        is_asked = scope.funds is None or fund in scope.funds
        if rest is not None and is_asked and (scope.of_revenue is None or rest.name in scope.of_revenue):
            return True
    return False


def _some_is_uncounted(asked: _Asked) -> bool:
    return bool(uncounted(asked.plan, asked.scope))


def _all_is_uncounted(asked: _Asked) -> bool:
    """Whether nobody has counted any of the roles that are asked for; a total of all is told without those."""
    without = uncounted(asked.plan, asked.scope)
    narrowed = asked.scope.only(asked.plan) is not None
    return bool(without) and narrowed and set(without) == {role.role for role in asked.scope.staff(asked.plan)}


def _some_is_uncounted_of(staff: Callable[[PlanLedger], list[RoleStaff]]) -> Callable[[_Asked], bool]:
    return lambda asked: not {role.role for role in staff(asked.plan)}.isdisjoint(uncounted(asked.plan))


_UNKNOWN_WHERE: Mapping[str, tuple[Callable[[_Asked], bool], ...]] = {
    "cost": (_none_is_priced,),
    "change": (_changes_unpriced,),
    "budget": (_budget_is_unknown,),
    **dict.fromkeys(("left", "left_recurring"), (_budget_is_unknown, _none_is_priced, _some_is_unpriced)),
    **dict.fromkeys(("levy", "levy_change", "revenue", "staff_share"), (_rest_is_unknown,)),
    **dict.fromkeys(("cost_per_student", "cost_per_fte"), (_none_is_priced, _some_is_unpriced)),
    **dict.fromkeys(
        ("cost_per_seat", "supplement_share", "coaching_cost", "shared_planning_cost"), (_some_is_unpriced,)
    ),
    "average_teacher_pay": (_some_teacher_is_unpriced,),
    "students_per_teacher": (_some_is_uncounted_of(teachers),),
    "students_per_adult": (_some_is_uncounted_of(adults),),
    **dict.fromkeys(
        ("allotment_used", "allotment_left", "rooms_needed", "rooms_left", "teachers_without_team", "minutes_short"),
        (_some_is_uncounted,),
    ),
    **dict.fromkeys(
        ("planning_minutes", "shared_planning_minutes", "coaching_minutes", "teaching_share"), (_some_is_uncounted,)
    ),
    **dict.fromkeys(
        ("fte", "people", "vacant", "given_up", "added", "displaced", "displaced_people"),
        (_all_is_uncounted,),
    ),
}
"""What makes each measure n/a; a total of dollars or of staff is told without what is not known."""


def nothing_priced(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> bool:
    """Whether there is staff in a part of a plan and nothing is said of what it costs: that is not stated, or all of it
    is counted in positions alone."""
    whole = Scope(scope.roles, scope.categories)
    there = any(role.fte or role.people or role.not_counted for role in whole.staff(plan))
    return there and not any(whole.lines(plan))


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
