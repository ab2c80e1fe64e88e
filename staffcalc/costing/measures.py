"""The measures of a plan, by the names they have everywhere. Each is rounded once, and shown and judged alike."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from staffcalc.costing.ledger import ZERO, PlanLedger, RoleStaff, total, totals_by

TEACHERS = frozenset({"leader", "teacher"})
NOT_WITH_STUDENTS = frozenset({"administrator", "operations"})


class Measures(NamedTuple):
    """What is asked of a plan. Dollars, FTE, people; ratios to two decimals; None where one would divide by nothing."""

    cost: Decimal
    budget: Decimal
    left: Decimal
    change: Decimal
    fte: Decimal
    people: Decimal
    cost_per_student: Decimal | None
    students_per_teacher: Decimal | None
    students_per_adult: Decimal | None
    average_teacher_pay: Decimal | None


class FundUse(NamedTuple):
    """What one fund pays in a plan, and what it has."""

    fund: str
    cost: Decimal
    budget: Decimal

    @property
    def left(self) -> Decimal:
        return self.budget - self.cost


def measures(plan: PlanLedger, baseline: PlanLedger) -> Measures:
    """All measures of a plan; `change` is against the baseline's cost."""
    cost, budget = total(plan.lines), sum(plan.budget.values(), ZERO)
    teachers = _fte(role for role in plan.staff if role.category in TEACHERS)
    adults = _fte(role for role in plan.staff if role.category not in NOT_WITH_STUDENTS)
    teacher_pay = total(
        line for line in plan.lines if line.category in TEACHERS and line.component in ("salary", "supplement")
    )
    return Measures(
        cost=cost,
        budget=budget,
        left=budget - cost,
        change=cost - total(baseline.lines),
        fte=_fte(plan.staff),
        people=sum((role.people for role in plan.staff), ZERO),
        cost_per_student=quotient(cost, plan.students),
        students_per_teacher=quotient(plan.students, teachers),
        students_per_adult=quotient(plan.students, adults),
        average_teacher_pay=quotient(teacher_pay, teachers),
    )


def fund_uses(plan: PlanLedger) -> tuple[FundUse, ...]:
    """Cost against budget for every fund that has money or pays something, in the order of the budget."""
    costs = totals_by(plan.lines, "fund")
    funds = dict.fromkeys([*plan.budget, *costs])
    return tuple(FundUse(fund, costs.get(fund, ZERO), plan.budget.get(fund, ZERO)) for fund in funds)


def over_budget(plan: PlanLedger) -> tuple[FundUse, ...]:
    """The funds a plan spends more of than there is. Money left in one fund does not hide another's overspending."""
    return tuple(use for use in fund_uses(plan) if use.left < 0)


def quotient(dividend: Decimal | None, divisor: Decimal | None, places: int = 2) -> Decimal | None:
    """The quotient rounded once, half away from zero; None where it would divide by nothing or a part is missing."""
    if dividend is None or divisor is None or divisor == 0:
        return None
    (above, below), (over, under) = dividend.as_integer_ratio(), divisor.as_integer_ratio()
    number, scale = above * under * 10**places, below * over
    rounded = (2 * abs(number) + abs(scale)) // (2 * abs(scale))
    return Decimal(-rounded if (number < 0) != (scale < 0) else rounded).scaleb(-places)


def _fte(staff: Iterable[RoleStaff]) -> Decimal:
    return sum((role.fte for role in staff), ZERO)
