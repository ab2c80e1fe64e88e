"""The measures of a plan, by the names they have everywhere. Each is rounded once, and shown and judged alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from staffcalc.costing.ledger import ZERO, CostLine, PlanLedger, RoleStaff, total, totals_by

TEACHERS = frozenset({"leader", "teacher"})
NOT_WITH_STUDENTS = frozenset({"administrator", "operations"})


class Part(NamedTuple):
    """The part of a plan that a measure is narrowed to; None: all roles, categories, funds or components."""

    roles: Collection[str] | None = None
    categories: Collection[str] | None = None
    funds: Collection[str] | None = None
    components: Collection[str] | None = None

    def lines(self, plan: PlanLedger) -> Iterable[CostLine]:
        """The cost lines of the part."""
        if self == WHOLE:
            return plan.lines
        return (
            line
            for line in plan.lines
            if self._has(line)
            and (self.funds is None or line.fund in self.funds)
            and (self.components is None or line.component in self.components)
        )

    def staff(self, plan: PlanLedger) -> Iterable[RoleStaff]:
        """The staff of the part, whoever pays."""
        return (role for role in plan.staff if self._has(role))

    def _has(self, one: CostLine | RoleStaff) -> bool:
        return (self.roles is None or one.role in self.roles) and (
            self.categories is None or one.category in self.categories
        )


WHOLE = Part()


class Measures(NamedTuple):
    """What is asked of a plan. Dollars, FTE, people, positions; ratios to two decimals; None where one would divide
    by nothing, for positions where there is no allotment, and for the budget where none is stated."""

    cost: Decimal
    budget: Decimal | None
    left: Decimal | None
    change: Decimal
    fte: Decimal
    people: Decimal
    cost_per_student: Decimal | None
    students_per_teacher: Decimal | None
    students_per_adult: Decimal | None
    average_teacher_pay: Decimal | None
    allotment_used: Decimal | None
    allotment_left: Decimal | None


def measures(plan: PlanLedger, baseline: PlanLedger) -> Measures:
    """All measures of a plan; `change` is against the baseline's cost."""
    return Measures(**{name: measure(name, plan, baseline) for name in Measures._fields})  # type: ignore[arg-type]


def measure(name: str, plan: PlanLedger, baseline: PlanLedger, part: Part = WHOLE) -> Decimal | None:
    """One measure of a plan or of a part of it. Only `school.checks.NARROWED_BY` tells which parts make sense."""
    return _MEASURES[name](plan, baseline, part)


def _cost(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal:
    return total(part.lines(plan))


def _budget(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal | None:
    if plan.budget is None:
        return None
    return sum((amount for fund, amount in plan.budget.items() if part.funds is None or fund in part.funds), ZERO)


def _left(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal | None:
    budget = _budget(plan, baseline, part)
    return None if budget is None else budget - _cost(plan, baseline, part)


def _change(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal:
    return total(part.lines(plan)) - total(part.lines(baseline))


def _fte(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal:
    if part.funds is None:
        return sum((role.fte for role in part.staff(plan)), ZERO)
    return sum((line.fte for line in part.lines(plan) if line.fte is not None), ZERO)


def _people(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal:
    if part.funds is None:
        return sum((role.people for role in part.staff(plan)), ZERO)
    return sum((line.people for line in part.lines(plan) if line.people is not None), ZERO)


def _cost_per_student(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal | None:
    return quotient(total(part.lines(plan)), plan.students)


def teachers(plan: PlanLedger) -> Decimal:
    """FTE of the categories leader and teacher."""
    return sum((role.fte for role in plan.staff if role.category in TEACHERS), ZERO)


def adults(plan: PlanLedger) -> Decimal:
    """FTE of all categories but administrator and operations."""
    return sum((role.fte for role in plan.staff if role.category not in NOT_WITH_STUDENTS), ZERO)


def _average_teacher_pay(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal | None:
    pay = [line for line in plan.lines if line.category in TEACHERS and line.component in ("salary", "supplement")]
    return quotient(total(pay), teachers(plan)) if pay else None  # a post without a price is not paid zero


def _allotment_used(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal | None:
    if plan.plan.allotment is None:
        return None
    return sum((role.positions for role in part.staff(plan) if role.positions is not None), ZERO)


def _allotment_left(plan: PlanLedger, baseline: PlanLedger, part: Part) -> Decimal | None:
    used = _allotment_used(plan, baseline, WHOLE)
    return None if used is None or plan.plan.allotment is None else plan.plan.allotment.value - used


_MEASURES: Mapping[str, Callable[[PlanLedger, PlanLedger, Part], Decimal | None]] = {
    "cost": _cost,
    "budget": _budget,
    "left": _left,
    "change": _change,
    "fte": _fte,
    "people": _people,
    "cost_per_student": _cost_per_student,
    "students_per_teacher": lambda plan, baseline, part: quotient(plan.students, teachers(plan)),
    "students_per_adult": lambda plan, baseline, part: quotient(plan.students, adults(plan)),
    "average_teacher_pay": _average_teacher_pay,
    "allotment_used": _allotment_used,
    "allotment_left": _allotment_left,
}


class FundUse(NamedTuple):
    """What one fund pays in a plan, and what it has; None: the file states no budget."""

    fund: str
    cost: Decimal
    budget: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.cost


def fund_uses(plan: PlanLedger) -> tuple[FundUse, ...]:
    """Cost against budget for every fund that has money or pays something, in the order of the budget."""
    costs = totals_by(plan.lines, "fund")
    if plan.budget is None:
        return tuple(FundUse(fund, cost, None) for fund, cost in costs.items())
    funds = dict.fromkeys([*plan.budget, *costs])
    return tuple(FundUse(fund, costs.get(fund, ZERO), plan.budget.get(fund, ZERO)) for fund in funds)


class Overspent(NamedTuple):
    """A fund of which a plan spends more than there is, and by how much."""

    fund: str
    by: Decimal


def over_budget(plan: PlanLedger) -> tuple[Overspent, ...]:
    """The funds a plan spends more of than there is. Money left in one fund does not hide another's overspending."""
    return tuple(Overspent(use.fund, -use.left) for use in fund_uses(plan) if use.left is not None and use.left < 0)


def at_least(dividend: Decimal, divisor: Decimal, step: Decimal) -> Decimal:
    """The quotient, rounded up to the next step: the least number of steps that is enough."""
    whole, rest = divmod(dividend, divisor * step)
    return (whole + (1 if rest else 0)) * step


def quotient(dividend: Decimal | None, divisor: Decimal | None, places: int = 2) -> Decimal | None:
    """The quotient rounded once, half away from zero; None where it would divide by nothing or a part is missing."""
    if dividend is None or divisor is None or divisor == 0:
        return None
    (above, below), (over, under) = dividend.as_integer_ratio(), divisor.as_integer_ratio()
    number, scale = above * under * 10**places, below * over
    rounded = (2 * abs(number) + abs(scale)) // (2 * abs(scale))
    return Decimal(-rounded if (number < 0) != (scale < 0) else rounded).scaleb(-places)
