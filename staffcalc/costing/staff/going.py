"""Who goes where a plan gives up posts, and who stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from staffcalc.costing.staff.positions import Position, staff_of_fte
from staffcalc.formula.formula import Formula, One, Quotient, add, lesser, minus, times
from staffcalc.formula.rows import Rows, every
from staffcalc.records import NamedTuple


class There(Protocol):
    """Some of the staff that is there: how many, and what is known of their posts."""

    @property
    def left(self) -> Formula: ...
    @property
    def rows(self) -> Rows | None: ...
    @property
    def vacant(self) -> bool: ...
    @property
    def leaving(self) -> bool: ...


class _First(NamedTuple):
    """Of some posts these go before those of the rest: how many there are, how many go, and the share that stays."""

    every: Formula
    gone: Formula

    @property
    def stays(self) -> Formula:
        return minus(One(), Quotient(self.gone, self.every))


class Going:
    """Of so many FTE (or people) some stay. First go those who take another post, as many as are `claimed`; then posts
    that nobody holds; then posts of people who are leaving; then of everybody else the same share.

    `goes` is the share of everybody else that goes and has no post, `moves` the share that takes another.
    """

    def __init__(self, there: Sequence[There], before: Formula, stays: Formula, claimed: Formula | None = None) -> None:
        self._there = there
        vacant, leaving = _every(there, "vacant"), _every(there, "leaving")
        gone = minus(before, stays)
        held = before
        for first in (vacant, leaving):
            held = held if first is None else minus(held, first)
        self.moved: Formula | None = None
        if claimed is not None:
            self.moved = lesser(lesser(gone, held), claimed)
            gone = minus(gone, self.moved)
        self.vacant, gone = _first(vacant, gone)
        self.leaving, gone = _first(leaving, gone)
        self.displaced, self._held = gone, held
        self.goes = Quotient(gone, held)
        self.moves = None if self.moved is None else Quotient(self.moved, held)
        if vacant is leaving is self.moved is None:
            self._stays: Formula = Quotient(stays, before)
        else:
            self._stays = minus(One(), self.goes)
            self._stays = self._stays if self.moves is None else minus(self._stays, self.moves)

    def share_left(self, one: There) -> Formula:
        """The share that stays of some of those who are there."""
        if one.vacant or one.leaving:
            first = self.vacant if one.vacant else self.leaving
            assert first is not None
            return first.stays
        return self._stays

    def moving(self, one: There) -> Formula:
        """How many of some holders take another post."""
        assert self.moves is not None
        return times(one.left, self.moves)

    def left(self, one: There) -> Formula:
        """How many stay of some of those who are there: a number where they are the only ones of their kind."""
        first = self.vacant if one.vacant else self.leaving if one.leaving else None
        alone = sum((other.vacant, other.leaving) == (one.vacant, one.leaving) for other in self._there) == 1
        if not alone:
            return times(one.left, self.share_left(one))
        if first is not None:
            return minus(one.left, first.gone)
        stay = minus(one.left, self.displaced)
        return stay if self.moved is None else minus(stay, self.moved)


def _every(there: Iterable[There], kind: str) -> Formula | None:
    some = [(one.rows, one.left) for one in there if getattr(one, kind)]
    return every(some) if some else None


def _first(those: Formula | None, gone: Formula) -> tuple[_First | None, Formula]:
    if those is None:
        return None, gone
    first = lesser(gone, those)
    return _First(those, first), minus(gone, first)


def who_stay(some: Iterable[Position]) -> list[Position]:
    """Those who hold a post and are not leaving."""
    return [one for one in some if not (one.vacant or one.leaving)]


def moved_to_another(going: Going) -> list[Position]:
    """Those who have taken another post, as people: whole ones and a part."""
    return [] if going.moved is None else [staff_of_fte(going.moved)]


def left_on_cell(there: Sequence[Position], going: Going, stays: Formula) -> Iterator[Position]:
    """Those who stay on a cell are whole ones and one part, of whom by FTE some are leaving."""
    whole = staff_of_fte(stays)
    for one in there:
        of_all = Quotient(times(one.fte, going.share_left(one)), stays)
        some = whole if len(there) == 1 else whole.times(of_all)
        yield some._replace(wage=one.wage, leaving=one.leaving, added=one.added, part=one.part, placed=one.placed)


def gone_from_cell(there: Sequence[Position], going: Going) -> Iterator[Position]:
    """Those displaced from a cell are whole ones and one part, by FTE of all who hold a post there."""
    whole = staff_of_fte(going.displaced)
    held = who_stay(there)
    every_held = add(*(one.fte for one in held))
    for one in held or there[:1]:
        some = whole if len(held) < 2 else whole.times(Quotient(one.fte, every_held))
        yield some._replace(wage=one.wage, added=one.added, part=one.part, placed=one.placed)
