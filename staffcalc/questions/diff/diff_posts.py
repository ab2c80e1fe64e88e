"""The posts that differ between two plans, as a table whose columns add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from staffcalc.costing.lines import ZERO, RoleStaff
from staffcalc.questions.diff.differing import Difference, End, PostChange
from staffcalc.questions.percents import IN_PERCENT, percent
from staffcalc.report import NA, Cell, Count, Fte, Money, Table, TableColumn, TableRow
from staffcalc.school.school import DISPLACED


def post_tables(answer: Difference) -> tuple[Table, ...]:
    """The posts that differ; the others and what is not a role's in one row each, so that every column adds up."""
    old, new = answer.old, answer.new
    posts = [post for post in answer.posts if post.is_another or post.role in {*old.uncounted} ^ {*new.uncounted}]
    return (_Posts(answer, posts).table(),) if posts else ()


class _Posts:
    """The table of the posts that differ."""

    def __init__(self, answer: Difference, posts: Sequence[PostChange]) -> None:
        self.answer, self.posts, self.ends = answer, posts, (answer.old, answer.new)
        # FTE and people are told apart where they differ
        self.people = any(post.fte != post.people for post in posts)

    def table(self) -> Table:
        return Table(f"{self.answer.name}: posts", tuple(self._columns()), tuple(self._rows()), labels=2)

    def _columns(self) -> Iterator[TableColumn]:
        yield from (TableColumn("", "left"), TableColumn("post", "left"))
        for end in self.ends:
            yield from (TableColumn(name, group=end.label) for name in ("FTE", "people")[: 1 + self.people])
            yield TableColumn("cost", group=end.label)
        yield from (TableColumn("FTE", group="change"), TableColumn("cost", group="change"))
        yield TableColumn(IN_PERCENT, group="change", spare=True)

    def _rows(self) -> Iterator[TableRow]:
        old, new = self.ends
        yield from (self._row(post.sign, post.role, post, post.cost) for post in self.posts)
        differing = {post.role for post in self.posts}
        alike = [role for role in {**old.staff, **new.staff} if role not in differing and role != DISPLACED]
        kept = _together([(old.staff.get(role), new.staff.get(role)) for role in alike])
        if any(kept.fte):
            known = {*old.without_price, *new.without_price}.isdisjoint(alike)
            label = "other posts" if known else "other posts, as far as stated"
            yield self._row("", label, kept, (_sum(old.costs, alike), _sum(new.costs, alike)))
        if DISPLACED not in differing and (still_paid := old.costs.get(DISPLACED, ZERO)):
            yield self._row("", DISPLACED, None, (still_paid, still_paid))
        other = (old.cost - sum(old.costs.values(), ZERO), new.cost - sum(new.costs.values(), ZERO))
        if any(other):
            yield self._row("", "other costs", None, other)
        every = PostChange("", "", (old.fte, new.fte), (old.people, new.people), (old.cost, new.cost))
        label = "cost, as far as stated" if old.unpriced or new.unpriced else "cost"
        yield self._row("", label, every, (old.cost, new.cost), end=True)

    def _row(
        self, sign: str, label: str, post: PostChange | None, costs: tuple[Decimal, Decimal], *, end: bool = False
    ) -> TableRow:
        sides = (cell for at in (0, 1) for cell in self._side(post, costs[at], at))
        known = not self._is_unpriced(post, *self.ends) and (self.answer.is_whole or not end)
        told = costs[0] != costs[1] or end or bool(sign)  # what is told for the sum alone and stays says nothing
        return TableRow(
            (sign, label, *sides, self._fte_by(post), *_cost_by(costs, known, told)), "total" if end else "line"
        )

    def _side(self, post: PostChange | None, cost: Decimal, at: Literal[0, 1]) -> Iterator[Cell]:
        """What one of the two plans has of a post."""
        held = post is not None and (post.people[at] != 0 or post.fte[at] != 0)
        counts: tuple[Cell, ...] = (None, None)
        if post is not None and post.role in self.ends[at].uncounted:
            counts = (NA, NA)
        elif post is not None and held:
            counts = (Fte(post.fte[at]), Count(post.people[at]))
        yield from counts[: 1 + self.people]
        unpriced = self._is_unpriced(post, self.ends[at])
        yield NA if unpriced else Money(cost) if held or cost or post is None else None

    def _fte_by(self, post: PostChange | None) -> Cell:
        if post is None:
            return None
        if any(post.role in end.uncounted for end in self.ends):
            return NA
        return Fte(post.fte[1] - post.fte[0], signed=True) if post.fte[0] != post.fte[1] else None

    def _is_unpriced(self, post: PostChange | None, *ends: End) -> bool:
        return post is not None and any(post.role in end.without_price for end in ends)


def _cost_by(costs: tuple[Decimal, Decimal], known: bool, told: bool) -> tuple[Cell, Cell]:
    """The change of cost, in dollars and in percent."""
    change = costs[1] - costs[0]
    if not (known and told):
        return (None if known else NA, None)
    return Money(change, signed=True), percent(change, costs[0]) if costs[0] else None


def _together(pairs: Sequence[tuple[RoleStaff | None, RoleStaff | None]]) -> PostChange:
    def both(read: Callable[[RoleStaff], Decimal]) -> tuple[Decimal, Decimal]:
        before, after = (sum((read(one) for pair in pairs if (one := pair[at])), ZERO) for at in (0, 1))
        return before, after

    return PostChange("", "", both(lambda role: role.fte), both(lambda role: role.people), (ZERO, ZERO))


def _sum(costs: dict[str, Decimal], roles: Sequence[str]) -> Decimal:
    return sum((costs.get(role, ZERO) for role in roles), ZERO)
