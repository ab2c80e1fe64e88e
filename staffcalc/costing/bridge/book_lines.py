"""A line of a budget book from one plan to another: its FTE and its dollars change in one step.

A book states both, and no price: that fewer FTE have the same dollars is what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from staffcalc.costing.bridge.moves import Effect, Move
from staffcalc.language.kinds import LINE

_SAME = "at the same dollars"


def lines_as_one(moves: Iterable[Move]) -> list[Move]:
    """The steps, where those of the FTE and the dollars of one line are one: "0.43 FTE fewer at the same dollars"."""
    found = list(moves)
    restated = {move.name: move for move in found if move.kind == "price" and move.subject == LINE}
    counted = {move.name: move for move in found if move.kind in ("fewer", "more") and move.name in restated}
    together = {id(move): _together(move, restated[name]) for name, move in counted.items()}
    gone = {id(restated[name]) for name in counted}
    return [together.get(id(move), move) for move in found if id(move) not in gone]


def _together(counted: Move, restated: Move) -> Move:
    sums: dict[tuple[str | None, str, str], Decimal] = {}
    for part in (*counted.parts, *restated.parts):
        sums[part[:3]] = sums.get(part[:3], Decimal(0)) + part.amount
    parts = tuple(sorted((Effect(*key, amount) for key, amount in sums.items() if amount), key=_order))
    dollars = _SAME if not parts else f"and {restated.before} → {restated.after}"
    return counted._replace(what=f"{counted.what} {dollars}", parts=parts)


def _order(part: Effect) -> tuple[Decimal, str, str, str]:
    return -abs(part.amount), part.role or "", part.component, part.fund
