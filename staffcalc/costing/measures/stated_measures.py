"""Measures of what only some files state: costs of one year alone, rooms, and the revenue that budgets come from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from staffcalc.costing.budgets import revenue_formula
from staffcalc.costing.measures.levy import levy
from staffcalc.costing.measures.measure_values import sum_formula
from staffcalc.costing.scope import WHOLE_PLAN, Scope
from staffcalc.formula.formula import Formula, Quotient, Rounded, add, minus, of_figure, times
from staffcalc.school.parts.budgets import Revenue
from staffcalc.school.school import DISPLACED

if TYPE_CHECKING:
    from staffcalc.costing.ledger import PlanLedger
    from staffcalc.costing.lines import CostLine, RoleStaff

SHARE_PLACES = 6
"""The decimals of a share of the revenue: 76.1234% is told apart from 76.12%."""
PAY_SHARE_PLACES = 4
"""The decimals of what one kind of pay is of another: hundredths of a percent."""


def paid_once(plan: PlanLedger, scope: Scope) -> Iterator[CostLine]:
    """The lines of a plan that are costs of this one year."""
    costs = plan.plan.other_costs
    return (line for line in scope.lines(plan) if line.role is None and costs[line.component][0].once is not None)


def one_time(plan: PlanLedger, scope: Scope) -> Formula:
    """Dollars of costs of this year alone; nothing in other years."""
    return sum_formula([line.formula for line in paid_once(plan, scope)])


def with_rooms(plan: PlanLedger, scope: Scope) -> Iterator[tuple[RoleStaff, Formula]]:
    """The roles of a part that need rooms, each with how many its staff needs."""
    needed = {one.post.name: rooms for one in plan.plan.staff if (rooms := one.post.role.rooms) is not None}
    for role in scope.staff(plan):
        if role.role in needed:
            yield role, times(role.staff.fte, of_figure("rooms", needed[role.role]))


def rooms_needed(plan: PlanLedger, scope: Scope) -> Formula | None:
    """Rooms that the staff needs; None where no role of the file says how many it needs."""
    return sum_formula([rooms for _, rooms in with_rooms(plan, scope)]) if plan.plan.counts_rooms else None


def rooms_left(plan: PlanLedger, scope: Scope) -> Formula | None:
    """The rooms that there are less those that are needed; None where either is not stated."""
    needed, there = rooms_needed(plan, scope), rooms_available(plan, scope)
    return None if needed is None or there is None else minus(there, needed)


def rooms_available(plan: PlanLedger, scope: Scope) -> Formula | None:
    """The rooms that there are; None where the file does not say it."""
    stated = plan.plan.rooms_available
    return None if stated is None else of_figure("rooms available", stated)


def revenues(plan: PlanLedger, funds: Collection[str] | None = None) -> Mapping[str, Revenue]:
    """The revenue of each fund that has one; an amount that is stated as such is a budget and no revenue."""
    return {
        fund: budget
        for fund, budget in (plan.plan.budget or {}).items()
        if isinstance(budget, Revenue) and (funds is None or fund in funds)
    }


def revenue(plan: PlanLedger, scope: Scope) -> Formula | None:
    """Dollars that come in, each part rounded once; None where no fund of the part states a revenue."""
    found = revenues(plan, scope.funds)
    return sum_formula([_whole(plan, fund, scope.of_revenue) for fund in found]) if found else None


def staff_share(plan: PlanLedger, scope: Scope) -> Formula | None:
    """What of the revenue is for staff, of several funds together; None where no revenue is stated."""
    found = revenues(plan, scope.funds)
    if not found:
        return None
    wholes = {fund: _whole(plan, fund) for fund in found}
    for_staff = [
        wholes[fund] if one.staff_share is None else times(wholes[fund], of_figure("staff share", one.staff_share))
        for fund, one in found.items()
    ]
    return Rounded(Quotient(sum_formula(for_staff), sum_formula(list(wholes.values()))), SHARE_PLACES)


def supplements(plan: PlanLedger, scope: Scope) -> tuple[list[CostLine], list[CostLine]]:
    """The lines of supplements of a part, and those of salaries."""
    lines = [line for line in scope.lines(plan) if line.role not in (None, DISPLACED)]
    found = ([line for line in lines if line.component == kind] for kind in _OF_PAY)
    of_supplement, of_salary = found
    return of_supplement, of_salary


_OF_PAY = ("supplement", "salary")


def supplement_share(plan: PlanLedger, scope: Scope) -> Formula | None:
    """What supplements are of salaries; None where nobody of the part has a salary."""
    of_supplement, of_salary = supplements(plan, scope)
    if not of_salary:
        return None
    above, below = (sum_formula([line.formula for line in lines]) for lines in (of_supplement, of_salary))
    return Rounded(Quotient(above, below), PAY_SHARE_PLACES)


def recurring(plan: PlanLedger) -> tuple[list[str], list[CostLine]]:
    """The funds whose money goes on, and the lines that somebody pays when the others have ended: neither what is paid
    once, nor what a fund takes with it that nobody follows."""
    once = {id(line) for line in paid_once(plan, WHOLE_PLAN)}
    stops = {fund for fund, stops in plan.plan.ending if stops}
    ending = {fund for fund, _ in plan.plan.ending}
    lines = [line for line in WHOLE_PLAN.lines(plan) if id(line) not in once and line.fund not in stops]
    return [fund for fund in plan.money if fund not in ending], lines


def left_recurring(plan: PlanLedger, scope: Scope) -> Formula | None:
    """The budget of funds that do not end less what goes on to be paid; None where no budget is stated."""
    if plan.budget is None:
        return None
    funds, lines = recurring(plan)
    return minus(sum_formula([plan.money[fund] for fund in funds]), sum_formula([line.formula for line in lines]))


def _whole(plan: PlanLedger, fund: str, only: Collection[str] | None = None) -> Formula:
    """The revenue of a fund, or these parts of it, with the decimals that its budget has."""
    stated = revenues(plan)[fund]
    parts = revenue_formula(stated, plan.money[fund].places, only)
    raised = levy(plan) if stated.rest is not None and (only is None or stated.rest.name in only) else None
    return parts if raised is None else add(parts, raised)
