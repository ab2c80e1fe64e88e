"""What a bridge is made of: its steps, and the states between two plans that they are the differences of."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, get_args

from staffcalc.costing.ledger import staff_lines
from staffcalc.costing.lines import ZERO, CostLine, RoleStaff
from staffcalc.costing.shared import Shared
from staffcalc.records import NamedTuple
from staffcalc.school.school import DISPLACED, Plan, Staffed, places_of
from staffcalc.source.problems import Place

Kind = Literal["exchange", "fewer", "more", "price", "funds", "other cost", "rounding"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of steps, in the order in which a bridge shows them."""


class Effect(NamedTuple):
    """What a step changes in one component of one role (None: a cost that is not a role's) in one fund, in dollars."""

    role: str | None
    component: str
    fund: str
    amount: Decimal


class Move(NamedTuple):
    """One step of a bridge. `name` is the role or the other cost it is about, `subject` what of it changes.

    `before` and `after` are in words, and `what` says all of it. Parts are dollars, the largest first; none is zero.
    `known`: somebody has stated what it costs.
    """

    kind: Kind
    name: str
    subject: str
    before: str
    after: str
    what: str
    parts: tuple[Effect, ...]
    role: bool = True
    known: bool = True

    @property
    def amount(self) -> Decimal:
        """Dollars: above zero where the step makes the plan cost more."""
        return sum((part.amount for part in self.parts), ZERO)


def effects(before: Iterable[CostLine], after: Iterable[CostLine]) -> tuple[Effect, ...]:
    """What changes from some lines to others, the largest first; nothing where the dollars stay."""
    sums: dict[tuple[str | None, str, str], Decimal] = {}
    for lines, sign in ((after, 1), (before, -1)):
        for line in lines:
            key = (line.role, line.component, line.fund)
            sums[key] = sums.get(key, ZERO) + sign * line.amount
    parts = [Effect(*key, amount) for key, amount in sums.items() if amount]
    return tuple(sorted(parts, key=lambda part: (-abs(part.amount), part.role or "", part.component, part.fund)))


NO_PLAN = Plan("", (), None, None, {}, Place(""))
"""A plan without anything, to put one thing into."""
Lines = tuple[CostLine, ...]


class States:
    """States between the two plans, costed by the ledger's own engine. Posts that do not change are costed once."""

    def __init__(self, unit: Decimal) -> None:
        self._places = places_of(unit)
        self._shared = Shared()

    def cost(self, staff: Iterable[Staffed]) -> Lines:
        """The lines of so much staff together: people may have several posts."""
        return tuple(self._of(staff)[1])

    def held(self, staff: Iterable[Staffed]) -> set[str]:
        """The roles that somebody holds, or that have vacant posts; not those whose people a fund took with it."""
        return {role.role for role in self._of(staff)[0] if role.fte or role.people}

    def displacing(self, staff: Iterable[Staffed]) -> set[str | None]:
        """The roles some of whose posts are given up by people who are still paid."""
        return {line.post for line in self.cost(staff) if line.role == DISPLACED}

    def _of(self, staff: Iterable[Staffed]) -> tuple[list[RoleStaff], list[CostLine], Lines]:
        plan = NO_PLAN._replace(staff=tuple(staff))
        return staff_lines(plan, self._places, None, self._shared)
