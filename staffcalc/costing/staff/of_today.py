"""Today's staff of a post: those whose pay is known, and the others in numbers."""

from __future__ import annotations

from collections.abc import Container, Iterator

from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.counted_staff import CountedStaff
from staffcalc.costing.staff.counts import count_formula, counts_formula
from staffcalc.costing.staff.positions import Patterns, Position, positions_of
from staffcalc.formula.formula import One, Quotient, minus
from staffcalc.formula.rows import every
from staffcalc.school.parts.counts import StaffCount
from staffcalc.school.school import Staffed


def placed_today(today: Staffed, shared: Shared, patterns: Patterns | None) -> list[Position]:
    """Those of known pay. Of those on cells, whom nobody names leave by the same share."""
    positions = list(positions_of(today.placements, shared, patterns))
    if today.leaving is None or not positions:
        return positions
    share = Quotient(count_formula("leaving", today.leaving), every((one.rows, one.fte) for one in positions))
    stay = [one.times(minus(One(), share)) for one in positions]
    return [*stay, *(one.times(share)._replace(leaving=True) for one in positions)]


def counted_today(today: Staffed, shared: Shared) -> Iterator[CountedStaff]:
    """Staff without a place: those who stay, those who are leaving, and posts that nobody holds."""
    others = [count for count in _without_placement(today, shared) if not (today.placements and count is today.vacant)]
    kinds = {"vacant": today.vacant, "leaving": None if today.placements else today.leaving}
    some = {kind: count_formula(kind, figure) for kind, figure in kinds.items() if figure is not None}
    if others:
        number = counts_formula(others, today.people)
        for kind, part in some.items():
            number = number if today.placements and kind == "vacant" else minus(number, part)
        yield CountedStaff(None, number)
    for kind in ("leaving", "vacant"):
        if kind in some:
            yield CountedStaff(None, some[kind], vacant=kind == "vacant", leaving=kind == "leaving")


def _without_placement(today: Staffed, shared: Shared) -> tuple[StaffCount, ...]:
    """What is counted of those whose pay is not known."""
    ftes, counts = tuple(one.fte for one in today.placements), today.counts
    known: Container[StaffCount] = frozenset(ftes)
    key = ("without placement", *map(id, ftes), None, *map(id, counts))
    return shared.once(key, (ftes, counts), lambda: tuple(one for one in counts if one not in known))
