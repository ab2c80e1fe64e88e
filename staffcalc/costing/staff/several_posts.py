"""People with several posts of whom a plan gives up some: who keeps one of them is not displaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.changes import people_of
from staffcalc.costing.staff.positions import Position, positions_of
from staffcalc.costing.staff.stock import Stock
from staffcalc.formula.formula import Formula, Quotient, add, lesser, minus, times
from staffcalc.records import NamedTuple


class _Post(NamedTuple):
    """One of the posts of a person: its role, and the share of the person whom it no longer has."""

    role: str
    position: Position
    gone: Formula


def displaced_of_several(stocks: Mapping[str, Stock], shared: Shared) -> dict[str, list[Formula]]:
    """By role, how much of each person with several posts is displaced: as much as the post that they keep longest is
    gone, shared by the FTE of the posts that are given up."""
    found: dict[str, list[Formula]] = {}
    people: dict[str, list[_Post]] = {}
    for role, stock in stocks.items():
        for position in positions_of(stock.today.placements, shared):
            if position.person:
                people.setdefault(position.person, []).append(_post(role, stock, position))
    some = (person for stock in stocks.values() for person, _ in stock.changes.of_several)
    for person in dict.fromkeys(some):
        for role, part in _shares(people[person]):
            found.setdefault(role, []).append(part)
    return found


def _post(role: str, stock: Stock, position: Position) -> _Post:
    if not position.leaving:
        return _Post(role, position, add(*stock.changes.of_several.get((position.person, position.rows), ())))
    kept = [one for one in stock.positions if (one.person, one.rows) == (position.person, position.rows)]
    return _Post(role, position, minus(position.people, people_of(kept)))


def _shares(posts: Iterable[_Post]) -> Iterator[tuple[str, Formula]]:
    first, *others = posts
    gone = first.gone
    for other in others:
        gone = lesser(gone, other.gone)
    stayed = [one for one in (first, *others) if not one.position.leaving]
    together = add(*(one.position.fte for one in stayed))
    yield from ((one.role, times(gone, Quotient(one.position.fte, together))) for one in stayed)
