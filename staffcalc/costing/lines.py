"""What a plan costs, line by line, and the staff that the lines are about."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from staffcalc.costing.pay.charges import Carried
from staffcalc.costing.staff.positions import PostStaff
from staffcalc.formula.formula import Formula
from staffcalc.records import NamedTuple

ZERO = Decimal(0)


class CostLine(NamedTuple):
    """One component of one role, paid by one fund, in dollars.

    `fte` and `people` stand on a role's base-pay line alone, shared by fund, so that they add up; `carried` are their
    formulas. A cost that is not a role's has neither role nor category. `post` is the role whose staff the line is
    about: the role itself, and for displaced staff the one whose posts were given up.
    """

    role: str | None
    category: str | None
    fund: str
    component: str
    formula: Formula
    amount: Decimal
    fte: Decimal | None = None
    people: Decimal | None = None
    post: str | None = None
    carried: Carried | None = None


class RoleStaff(NamedTuple):
    """The staff of one role in one plan: FTE and people, and the positions they take up in an allotment. Of those who
    are some part of a person or a post, `fte` and `people` have eight decimals, and `staff` the exact formula.
    `weighed` is the formula of the positions; both are None for a role without a weight. `not_priced`: nobody knows
    what some of them earn, since it is not stated, or since they have brought it from a role where it is not;
    `not_counted`: nobody knows how many they are. `funds` are then all that may pay them."""

    role: str
    category: str | None
    staff: PostStaff
    fte: Decimal
    people: Decimal
    positions: Decimal | None
    weighed: Formula | None = None
    not_priced: bool = False
    not_counted: bool = False
    funds: frozenset[str] = frozenset()

    @property
    def unpriced(self) -> bool:
        """Whether nobody knows what they cost."""
        return self.not_counted or (self.not_priced and bool(self.fte or self.people))


def total(lines: Iterable[CostLine]) -> Decimal:
    """The dollars of the lines together."""
    return sum((line.amount for line in lines), ZERO)


def totals_by(lines: Iterable[CostLine], key: str) -> dict[str, Decimal]:
    """The dollars of the lines by `role`, `category`, `fund` or `component`; lines without one are left out."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        name = getattr(line, key)
        if name is not None:
            sums[name] = sums.get(name, ZERO) + line.amount
    return sums
