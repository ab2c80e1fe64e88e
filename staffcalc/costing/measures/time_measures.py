"""Measures of time, a week: what is short, and what one person plans or is coached."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from staffcalc.costing.measures.measure_values import sum_formula
from staffcalc.costing.measures.time import Spent, Weeks, anybody
from staffcalc.costing.other_costs import students_formula
from staffcalc.costing.scope import Scope
from staffcalc.costing.staff import minutes
from staffcalc.formula.formula import Formula, Quotient, Rounded, add, lesser, product, times
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.school import Plan
from staffcalc.school.time import week_of

if TYPE_CHECKING:
    from staffcalc.costing.ledger import PlanLedger

SHARED_PLANNING = "shared_planning"
SHARE_PLACES = 4
"""The decimals of a share of the week: hundredths of a percent."""
PLACES = 2
"""The decimals of minutes."""


def minutes_short(weeks: Weeks, scope: Scope) -> Formula | None:
    """The minutes that are asked of roles above those that they have."""
    return Rounded(sum_formula(spent.short for spent in weeks.of(asked_of(weeks.ledger, scope))), PLACES)


def asked_of(plan: PlanLedger, scope: Scope) -> Collection[str] | None:
    """The roles of a part, those among them that students ask for and the plan does not have; None: all roles."""
    only = scope.only(plan)
    if only is None:
        return None
    adults = (one for mode in plan.plan.learning for one in mode.adults)
    return {*only, *(one.role for one in adults if scope.has(one))}


def student_minutes(weeks: Weeks, scope: Scope) -> Formula | None:
    """The minutes of a student, on average over all students of the plan, in all modes or in some."""
    plan = weeks.plan
    if plan.students is None:
        return None
    every = sum_formula(map(minutes.minutes_of_students, _modes(plan, scope)))
    return Rounded(Quotient(every, students_formula(plan)), PLACES) if plan.learning else None


def group_size(weeks: Weeks, scope: Scope) -> Formula | None:
    """The students in a group, on average over the minutes of the groups."""
    grouped = [mode for mode in _modes(weeks.plan, scope) if mode.size is not None]
    if not grouped:
        return None
    return Rounded(
        Quotient(
            sum_formula(map(minutes.minutes_of_students, grouped)), sum_formula(map(minutes.group_minutes, grouped))
        ),
        PLACES,
    )


def _modes(plan: Plan, scope: Scope) -> list[LearningMode]:
    return [mode for mode in plan.learning if scope.modes is None or mode.name in scope.modes]


def planning_minutes(weeks: Weeks, scope: Scope) -> Formula | None:
    """Minutes of planning of 1.0 FTE, on average; None where nobody is there."""
    return _each(weeks, scope, "planning")


def shared_planning_minutes(weeks: Weeks, scope: Scope) -> Formula | None:
    """Minutes of planning together, likewise."""
    return _each(weeks, scope, SHARED_PLANNING)


def _each(weeks: Weeks, scope: Scope, key: str) -> Formula | None:
    """The minutes of a part of the week for 1.0 FTE: of the roles that are asked for, or of those that have such."""
    only = scope.only(weeks.ledger)
    having = [spent for spent in weeks.of(only) if key in spent.parts]
    among = [spent.fte for spent in having] if only is None else [weeks.fte[role] for role in only if role in weeks.fte]
    if not among:
        return None
    return Rounded(Quotient(sum_formula(times(one.fte, one.parts[key]) for one in having), sum_formula(among)), PLACES)


def coaching_minutes(weeks: Weeks, scope: Scope) -> Formula | None:
    """The minutes that 1.0 FTE is coached, on average: of the roles that are asked for, or of those that somebody
    coaches; None where nobody is there, or nobody coaches any of them."""
    only = scope.only(weeks.ledger)
    coached = weeks.coached(only)
    if only is None:
        roles = dict.fromkeys(one.role for one in coached)
        among: list[Formula] = [times(weeks.fte[role], _is_coached(weeks, [role])) for role in roles]
    else:
        there = [role for role in only if role in weeks.fte]
        among = [times(weeks.fte[role], _is_coached(weeks, there)) for role in there]
    if not among:
        return None
    return Rounded(Quotient(sum_formula(one.minutes for one in coached), sum_formula(among)), PLACES)


def _is_coached(weeks: Weeks, roles: Iterable[str]) -> Formula:
    """1 where somebody is there who coaches one of these roles, and 0 where nobody is."""
    return anybody(weeks.fte[coach] for role in roles for coach in weeks.coaches_of(role))


def teaching_share(weeks: Weeks, scope: Scope) -> Formula | None:
    """What of their week people have for students: the teaching that is stated, else what planning and coaching leave.
    None where nobody of the part says how the week is spent."""
    timed = list(timed_of(weeks, scope))
    if not timed:
        return None
    there = sum_formula(times(one.fte, one.week) for one in timed)
    return Rounded(Quotient(sum_formula(one.room for one in timed), there), SHARE_PLACES)


def timed_of(weeks: Weeks, scope: Scope) -> Iterator[Spent]:
    """The weeks of a part of those roles that say how they spend them."""
    for spent in weeks.of(scope.only(weeks.ledger)):
        if spent.role in weeks.posts and weeks.posts[spent.role].role.time is not None:
            yield spent


def coaching_cost(weeks: Weeks, scope: Scope) -> Formula | None:
    """Dollars of the cost: pay and benefits of those who coach and of those who are coached, for the minutes of it
    that the coaches have."""
    given: dict[str, list[Formula]] = {}
    for one in weeks.coached():
        for role in (one.coach, one.role):
            given.setdefault(role, []).append(weeks.given(one))
    return _dollars_of(weeks, scope, {role: add(*every) for role, every in given.items()})


def shared_planning_cost(weeks: Weeks, scope: Scope) -> Formula | None:
    """Dollars of the cost: pay and benefits of those who plan together, for the minutes of it."""
    spent = (one for one in weeks.of() if SHARED_PLANNING in one.parts)
    return _dollars_of(weeks, scope, {one.role: times(one.fte, one.parts[SHARED_PLANNING]) for one in spent})


def dollars_of_role(weeks: Weeks, role: str, asked: Formula) -> Formula | None:
    """What so many minutes of a role's week are of its pay and benefits, at most all of them; None where its week is
    not stated."""
    week = week_of(weeks.posts[role], weeks.plan)
    if week is None:
        return None
    there = times(weeks.fte[role], minutes.week_formula(week))
    return Quotient(
        product(lesser(asked, there), sum_formula(line.formula for line in Scope((role,)).lines(weeks.ledger))), there
    )


def _dollars_of(weeks: Weeks, scope: Scope, asked: Mapping[str, Formula]) -> Formula | None:
    """The dollars for the minutes of each role together, rounded once as the lines of the plan are."""
    plan, only = weeks.ledger, scope.only(weeks.ledger)
    found = [dollars_of_role(weeks, role, one) for role, one in asked.items() if only is None or role in only]
    known = [one for one in found if one is not None]
    places = max((line.formula.places for line in (*plan.lines, *plan.nothing)), default=0)
    return Rounded(sum_formula(known), places) if len(known) == len(found) else None


def roles_in_time(plan: PlanLedger, scope: Scope) -> Collection[str]:
    """The roles whose staff the measures of a part look at: those of it, and the others who coach or are coached."""
    weeks, only = Weeks(plan), scope.only(plan)
    found = {spent.role for spent in weeks.of(asked_of(plan, scope))} | set(only or ())
    beside = (one for one in weeks.coached() if one.role in found or one.coach in found)
    return found | {role for one in beside for role in (one.role, one.coach)}


MEASURES: Mapping[str, Callable[[Weeks, Scope], Formula | None]] = {
    "minutes_short": minutes_short,
    "planning_minutes": planning_minutes,
    "shared_planning_minutes": shared_planning_minutes,
    "coaching_minutes": coaching_minutes,
    "student_minutes": student_minutes,
    "group_size": group_size,
    "teaching_share": teaching_share,
    "coaching_cost": coaching_cost,
    "shared_planning_cost": shared_planning_cost,
}
"""The measures of time by their names."""
