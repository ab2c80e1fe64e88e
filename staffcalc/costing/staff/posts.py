"""What becomes of posts in a plan: how many are vacant, given up and added, and how many people keep none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.filling import stocks
from staffcalc.costing.staff.stock import Stock
from staffcalc.formula.formula import Formula, Sum, add
from staffcalc.formula.rows import finite
from staffcalc.records import NamedTuple
from staffcalc.school.school import School, Staffed
from staffcalc.school.staff.filled import linked


def knows_posts(school: School) -> bool:
    """Whether the file says of posts that they are vacant, of people who leave, or filled from another role."""
    return any(
        one.vacant
        or one.leaving
        or one.laid_off
        or one.post.role.filled_from
        or any(placement.vacant or placement.leaving for placement in one.placements)
        for plan in school.plans
        for one in plan.staff
    )


class PostMeasures(NamedTuple):
    """FTE of posts against today's staff, and the people who held a post given up, do not leave and take no other."""

    vacant: Decimal
    given_up: Decimal
    added: Decimal
    displaced: Decimal
    displaced_people: Decimal


class PostsOfRoles:
    """The posts of each role of a plan, through all years up to its own."""

    def __init__(self, staff: Iterable[Staffed]) -> None:
        staff = tuple(staff)
        moving, shared = linked(staff), Shared()
        linked_stocks = stocks(moving, shared) if moving else []
        together = {one.post.name: stock for one, stock in zip(moving, linked_stocks, strict=True)}
        self._stocks: dict[str, Stock] = {
            one.post.name: together.get(one.post.name) or stocks([one], shared)[0] for one in staff
        }

    def of(self, measure: str, role: str) -> Sequence[Formula]:
        """What adds up to one of the `PostMeasures` of a role."""
        stock = self._stocks.get(role)
        if stock is None:
            return ()
        if measure == "vacant":
            return () if stock.vacant is None else (stock.vacant,)
        found: list[Formula] = getattr(stock.changes, measure)
        return found

    def together(self, measure: str, roles: Iterable[str]) -> Formula:
        """One of the `PostMeasures` of some roles, or those of posts given up that are not displaced: `moved`, `empty`,
        `leaving`. A quotient without an end counts with eight decimals, role by role."""
        of_roles = [self.of(measure, role) for role in roles]
        terms = [finite(add(*found)) for found in of_roles if found]
        return Sum(tuple(terms), max([term.places for term in terms], default=0))
