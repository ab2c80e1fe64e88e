"""Of whom a rule `each: role` (or unit, category, fund) is one each: a check like it for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.unknown import uncounted, unpriced
from staffcalc.language.check import Check
from staffcalc.questions.check.check_limits import Sides, found_in, part_of, subject_of
from staffcalc.records import NamedTuple
from staffcalc.school.school import OTHER_UNIT
from staffcalc.source.tree import Text


class RuleMember(NamedTuple):
    """One of those whom a rule is about: its name, the check of it alone, and what is checked in words."""

    name: str
    check: Check
    subject: str


def members(check: Check, sides: Sides) -> list[RuleMember]:
    """Each role, unit or category that the plan or the one beside it has staff in, or fund that pays something; of
    those that the check itself is narrowed to. A unit has the roles of both plans: one that is given up altogether is
    missed in it. A cost per FTE is about nobody where nobody is: that is left out, but not one that is unknown."""
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for plan in (plan for side in sides for plan in side):
        for name, only in _KINDS[check.each or ""](check, plan):
            before = found.get(name, {})
            found[name] = {key: tuple(dict.fromkeys((*before.get(key, ()), *some))) for key, some in only.items()}
    fund_names = sides[0].plan.plan.fund_names
    every = [_member(check, name, only, fund_names) for name, only in found.items()]
    return every if check.measure != "cost_per_fte" else [one for one in every if _about_somebody(one.check, sides)]


def _about_somebody(check: Check, sides: Sides) -> bool:
    unknown = any(unpriced(side.plan, part_of(check)) for side in sides)
    return unknown or found_in(check, sides) is not None


def _member(check: Check, name: str, only: Mapping[str, tuple[str, ...]], fund_names: Mapping[str, str]) -> RuleMember:
    narrowed: dict[str, Any] = {key: tuple(map(_at(check), names)) for key, names in only.items()}
    alone = check.model_copy(update={**narrowed, "each": None})
    told = alone
    if check.each == "unit":
        told = alone.model_copy(update={"role": (_at(check)(f"unit {name}"),)})
    name = fund_names.get(name, name) if check.each == "fund" else name
    return RuleMember(name, alone, subject_of(told, fund_names))


def _at(check: Check) -> Any:
    return lambda name: Text.at(name, check.measure.place)


_Found = Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]


def _roles(check: Check, plan: PlanLedger) -> _Found:
    unknown = uncounted(plan)
    for role in plan.staff:
        named = check.role is None or role.role in check.role
        if (role.fte or role.role in unknown) and named and (check.category is None or role.category in check.category):
            yield role.role, {"role": (role.role,)}


def _units(check: Check, plan: PlanLedger) -> _Found:
    units: dict[str, list[str]] = {}
    there = {name for name, _ in _roles(check, plan)}
    for one in plan.plan.staff:
        if one.post.unit != OTHER_UNIT and one.post.name in there:
            units.setdefault(one.post.unit, []).append(one.post.name)
    for unit, roles in units.items():
        yield unit, {"role": tuple(roles)}


def _categories(check: Check, plan: PlanLedger) -> _Found:
    there = {name for name, _ in _roles(check, plan)}
    for category in dict.fromkeys(role.category for role in plan.staff if role.role in there):
        if category is not None:
            yield category, {"category": (category,)}


def _funds(check: Check, plan: PlanLedger) -> _Found:
    for fund in dict.fromkeys([*(plan.budget or ()), *(line.fund for line in plan.lines)]):
        if check.fund is None or fund in check.fund:
            yield fund, {"fund": (fund,)}


_KINDS: Mapping[str, Any] = {"role": _roles, "unit": _units, "category": _categories, "fund": _funds}
