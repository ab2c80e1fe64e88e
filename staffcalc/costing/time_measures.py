"""Measures of time, a week: what is short, and what one person plans or is coached."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from staffcalc.costing import time
from staffcalc.costing.ledger import students_formula
from staffcalc.costing.time import Weeks, anybody
from staffcalc.formula.formula import Formula, Quotient, Rounded, Sum, times
from staffcalc.school.mode import Mode

if TYPE_CHECKING:
    from staffcalc.costing.ledger import PlanLedger
    from staffcalc.costing.part import Part

PLACES = 2
"""The decimals of minutes."""


def minutes_short(plan: PlanLedger, part: Part) -> Formula | None:
    """The minutes that are asked of roles above those that they have."""
    return Rounded(_sum(spent.short for spent in Weeks(plan).of(asked_of(plan, part))), PLACES)


def asked_of(plan: PlanLedger, part: Part) -> Collection[str] | None:
    """The roles of a part, those among them that students ask for and the plan does not have; None: all roles."""
    only = part.only(plan)
    if only is None:
        return None
    adults = (one for mode in plan.plan.learning for one in mode.adults)
    return {*only, *(one.role for one in adults if part.has(one))}


def student_minutes(plan: PlanLedger, part: Part) -> Formula | None:
    """The minutes of a student, on average over all students of the plan, in all modes or in some."""
    if plan.plan.students is None:
        return None
    minutes = _sum(map(time.student_minutes, _modes(plan, part)))
    return Rounded(Quotient(minutes, students_formula(plan.plan)), PLACES) if plan.plan.learning else None


def group_size(plan: PlanLedger, part: Part) -> Formula | None:
    """The students in a group, on average over the minutes of the groups."""
    grouped = [mode for mode in _modes(plan, part) if mode.size is not None]
    if not grouped:
        return None
    return Rounded(Quotient(_sum(map(time.student_minutes, grouped)), _sum(map(time.group_minutes, grouped))), PLACES)


def _modes(plan: PlanLedger, part: Part) -> list[Mode]:
    return [mode for mode in plan.plan.learning if part.modes is None or mode.name in part.modes]


def planning_minutes(plan: PlanLedger, part: Part) -> Formula | None:
    """Minutes of planning of 1.0 FTE, on average; None where nobody is there."""
    return _each(plan, part, "planning")


def shared_planning_minutes(plan: PlanLedger, part: Part) -> Formula | None:
    """Minutes of planning together, likewise."""
    return _each(plan, part, "shared_planning")


def _each(plan: PlanLedger, part: Part, key: str) -> Formula | None:
    """The minutes of a part of the week for 1.0 FTE: of the roles that are asked for, or of those that have such."""
    weeks, only = Weeks(plan), part.only(plan)
    having = [spent for spent in weeks.of(only) if key in spent.parts]
    among = [spent.fte for spent in having] if only is None else [weeks.fte[role] for role in only if role in weeks.fte]
    if not among:
        return None
    return Rounded(Quotient(_sum(times(one.fte, one.parts[key]) for one in having), _sum(among)), PLACES)


def coaching_minutes(plan: PlanLedger, part: Part) -> Formula | None:
    """The minutes that 1.0 FTE is coached, on average: of the roles that are asked for, or of those that somebody
    coaches; None where nobody is there."""
    weeks, only = Weeks(plan), part.only(plan)
    coached = weeks.coached(only)
    if only is None:
        roles = dict.fromkeys(one.role for one in coached)
        among: list[Formula] = [
            times(weeks.fte[role], anybody(weeks.fte[coach] for coach in weeks.coaches_of(role))) for role in roles
        ]
    else:
        among = [weeks.fte[role] for role in only if role in weeks.fte]
    if not among:
        return None
    return Rounded(Quotient(_sum(one.minutes for one in coached), _sum(among)), PLACES)


def roles_in_time(plan: PlanLedger, part: Part) -> Collection[str]:
    """The roles whose staff the measures of a part look at: those of it, and the others who coach or are coached."""
    weeks, only = Weeks(plan), part.only(plan)
    found = {spent.role for spent in weeks.of(asked_of(plan, part))} | set(only or ())
    beside = (one for one in weeks.coached() if one.role in found or one.coach in found)
    return found | {role for one in beside for role in (one.role, one.coach)}


def _sum(terms: Iterable[Formula]) -> Formula:
    every = tuple(terms)
    return Sum(every, max([term.places for term in every], default=0))


MEASURES: Mapping[str, Callable[[PlanLedger, Part], Formula | None]] = {
    "minutes_short": minutes_short,
    "planning_minutes": planning_minutes,
    "shared_planning_minutes": shared_planning_minutes,
    "coaching_minutes": coaching_minutes,
    "student_minutes": student_minutes,
    "group_size": group_size,
}
"""The measures of time by their names."""
