"""The part of a plan that is asked about: some of its roles, categories, funds and components."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import CostLine, RoleStaff
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.records import NamedTuple
from staffcalc.school.parts.mode import Adults

TEACHERS = frozenset({"leader", "teacher"})
NOT_WITH_STUDENTS = frozenset({"administrator", "operations"})


class Scope(NamedTuple):
    """The part of a plan that a measure is narrowed to; None: all roles, categories, funds, components, parts of the
    revenue, modes of learning, or groups of other costs."""

    roles: Collection[str] | None = None
    categories: Collection[str] | None = None
    funds: Collection[str] | None = None
    components: Collection[str] | None = None
    of_revenue: Collection[str] | None = None
    modes: Collection[str] | None = None
    groups: Collection[str] | None = None

    def lines(self, plan: PlanLedger) -> Iterable[CostLine]:
        """The cost lines of the part, and those that come to nothing."""
        return (
            line
            for line in (*plan.lines, *plan.nothing)
            if self.has(line)
            and (self.funds is None or line.fund in self.funds)
            and (self.components is None or line.component in self.components)
            and (self.groups is None or group_of(line, plan) in self.groups)
        )

    def staff(self, plan: PlanLedger) -> Iterable[RoleStaff]:
        """The staff of the part, whoever pays; of a group of other costs nobody."""
        return (role for role in plan.staff if self.groups is None and self.has(role))

    def only(self, plan: PlanLedger) -> Collection[str] | None:
        """The roles that it is narrowed to, by their names or their categories; None: to none."""
        whole = self.roles is None and self.categories is None
        return None if whole else {role.role for role in self.staff(plan)}

    def has(self, one: CostLine | RoleStaff | Adults) -> bool:
        """Whether what is of a role is of this part, by the role and its category."""
        return (self.roles is None or one.role in self.roles) and (
            self.categories is None or one.category in self.categories
        )


WHOLE_PLAN = Scope()


def group_of(line: CostLine, plan: PlanLedger) -> str | None:
    """The group of the other cost that a line is of; None where it has none, or is of a role."""
    cost = plan.plan.other_costs[line.component][0] if line.role is None else None
    return None if cost is None or cost.group is None else str(cost.group)


def dollars_of_groups(plan: PlanLedger) -> dict[str, Decimal]:
    """The dollars of each group of other costs."""
    sums: dict[str, Decimal] = {}
    for line in plan.lines:
        if (group := group_of(line, plan)) is not None:
            sums[group] = sums.get(group, Decimal(0)) + line.amount
    return sums


def teachers(plan: PlanLedger) -> list[RoleStaff]:
    """The staff of the categories leader and teacher."""
    return [role for role in plan.staff if role.category in TEACHERS]


def adults(plan: PlanLedger) -> list[RoleStaff]:
    """The staff of all categories but administrator and operations."""
    return [role for role in plan.staff if role.category not in NOT_WITH_STUDENTS]


def teacher_pay(lines: Iterable[CostLine]) -> list[CostLine]:
    """Of these lines the salary and the supplement of leaders and teachers."""
    return [line for line in lines if line.category in TEACHERS and line.component in ("salary", "supplement")]


def paid(staff: Iterable[RoleStaff], lines: Collection[CostLine]) -> list[RoleStaff]:
    """Of this staff the roles that these lines pay: who has no price is not paid zero, and is in no average."""
    roles = {line.role for line in lines}
    return [role for role in staff if role.role in roles]


def paid_teachers(plan: PlanLedger) -> list[RoleStaff]:
    """The staff of the categories leader and teacher whose pay is stated, in whatever way: of a line of a budget book
    nobody knows it, nor of staff that is counted in positions alone."""
    return paid(teachers(plan), [line for line in WHOLE_PLAN.lines(plan) if line.component in PAY_KINDS])
