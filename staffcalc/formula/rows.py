"""Many who are costed alike, such as the people of a roster: one formula for all of them, which is written out for each
when somebody reads it.

The formula of a row holds an `Each` where the rows differ. It is worked out over columns, all rows at once, by the very
code that works it out for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from staffcalc.formula.column import NumberColumn
from staffcalc.formula.formula import add, capped, greater, grown, less, lesser, parts, product
from staffcalc.formula.inputs import Digits, Input, Values, digits_of
from staffcalc.formula.node import fields
from staffcalc.formula.nodes import (
    AtLeast,
    Blend,
    Capped,
    Each,
    Formula,
    FullTime,
    FundedShare,
    Greater,
    Grown,
    Head,
    Lesser,
    Negative,
    PartTime,
    Product,
    Quotient,
    Rounded,
    Stepped,
    Sum,
)
from staffcalc.language.fractions import MOST_DECIMALS


class Rows:
    """Rows that are costed alike. `ranks` tell where each stands among all of a post, in the order of the file.

    `uneven`: some column of theirs has figures of more decimals than others.
    """

    def __init__(self, ranks: Sequence[int]) -> None:
        self.ranks = tuple(ranks)
        self.first = min(self.ranks)
        self.uneven = False
        self._written: dict[tuple[object, ...], tuple[object, Formula]] = {}
        self._differing: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.ranks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self.ranks == other.ranks

    def __hash__(self) -> int:
        return hash(self.ranks)

    def column(self, cells: Sequence[Formula]) -> Formula:
        """What differs from row to row; where it does not, it is the one formula of all."""
        if all(cell is cells[0] for cell in cells):
            return cells[0]
        places = {cell.places for cell in cells}
        self.uneven |= len(places) > 1
        return Each(tuple(cells), max(places), any(map(_endless, cells)))

    def places(self, formula: Formula) -> int:
        """The decimals of the row that has most."""
        if not self.uneven:
            return formula.places
        return max(_places(formula, len(self)))

    def written_out(self, formula: Formula, at: int) -> Formula:
        """The formula of one row. Rows that hold the very same parts have the very same formula."""
        if isinstance(formula, Each):
            return formula.cells[at]
        key = (id(formula), at)
        if key not in self._written:
            self._written[key] = formula, self._of_row(formula, at)
        return self._written[key][1]

    def _of_row(self, formula: Any, at: int) -> Formula:
        if not differs(formula, self._differing):
            return formula  # type: ignore[no-any-return]
        own = [self._field(field, at) for field in fields(formula)]
        made = _made(type(formula), own)
        flat = (part for field in own for part in (field if type(field) is tuple else (field,)))
        known = (type(formula), *(id(one) if hasattr(one, "digits") else one for one in flat))
        return self._written.setdefault(known, (own, made))[1]

    def _field(self, field: Any, at: int) -> Any:
        if type(field) is tuple and field and hasattr(field[0], "digits"):
            return tuple(self.written_out(one, at) for one in field)
        return self.written_out(field, at) if hasattr(field, "digits") else field


def _made(kind: type[Any], own: list[Any]) -> Formula:
    """A formula of one row with the decimals that its own parts have."""
    made: Formula
    if kind in _MADE:
        made = _MADE[kind](*own[:-1])
    elif kind in (Sum, Product):
        made = (add if kind is Sum else product)(*own[0])
    else:
        made = kind(*own)
    return made


_MADE: dict[type[Any], Any] = {
    Capped: capped,
    Lesser: lesser,
    Greater: greater,
    Grown: grown,
    Negative: less,
}


def differs(formula: Formula, known: dict[int, bool] | None = None) -> bool:
    """Whether a formula is another one in each row. What is `known` must be kept as long as that is."""
    if known is None or id(formula) not in known:
        found = isinstance(formula, Each) or (
            not isinstance(formula, All) and any(differs(part, known) for part in parts(formula))
        )
        if known is None:
            return found
        known[id(formula)] = found
    return known[id(formula)]


Addend = tuple[Rows | None, Formula]
"""A part of a sum: the formula of each of these rows, or a formula of its own."""


class All(Sum):
    """What a post's parts come to together. Its `terms`, in the order of the file, are written out when read."""

    __slots__ = ("parts",)
    parts: tuple[Addend, ...]

    def __init__(self, these: tuple[Addend, ...]) -> None:
        most = max([formula.places if rows is None else rows.places(formula) for rows, formula in these])
        self._set("known", None)
        self._set("parts", these)
        self._set("places", most)

    def __getattr__(self, name: str) -> Any:  # asked for a field that is not there yet
        if name != "terms":
            raise AttributeError(name)
        self._set("terms", tuple(_written(self.parts)))
        return self.terms

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def digits(self, values: Values) -> Digits:
        total: Digits = 0
        for rows, formula in self.parts:
            digits = digits_of(formula, values)
            if rows is not None:
                digits = digits.sum() if isinstance(digits, NumberColumn) else digits * len(rows)
            finer = self.places - formula.places
            total = total + (digits * 10**finer if finer >= 0 else Fraction(1, 10**-finer) * digits)
        return total.numerator if isinstance(total, Fraction) and total.denominator == 1 else total


def _places(formula: Formula, rows: int) -> list[int]:
    """The decimals of each row."""
    match formula:
        case Each(cells=cells):
            return [cell.places for cell in cells]
        case Product() | Grown():
            return [sum(row) for row in zip(*(_places(part, rows) for part in parts(formula)), strict=True)]
        case All() | Sum(terms=()):
            return [formula.places] * rows
        case Sum() | Capped() | Lesser() | Greater() | Negative() | PartTime():
            return [max(row) for row in zip(*(_places(part, rows) for part in parts(formula)), strict=True)]
        case Blend(amount=amount, other=other, share=share):
            both, more = zip(_places(amount, rows), _places(other, rows), strict=True), _places(share, rows)
            return [max(row) + finer for row, finer in zip(both, more, strict=True)]
        case _:
            return [formula.places] * rows


def every(these: Iterable[Addend]) -> Formula:
    """The sum of parts, of which some may stand for many rows."""
    these = tuple(these)
    if any(rows is not None and len(rows) > 1 for rows, _ in these):
        return All(these)
    return add(*[formula for _, formula in these])


def finite(number: Formula) -> Formula:
    """The number as it is counted: a quotient that has no end is rounded to eight decimals, as `value` tells it."""
    return Rounded(number, max(number.places, MOST_DECIMALS)) if _endless(number) else number


def _endless(formula: Formula) -> bool:
    """Whether a formula may come to a fraction."""
    if type(formula) in _ENDING:
        return False
    if isinstance(formula, Each):
        return formula.endless
    if isinstance(formula, Input):
        return formula.figure.over is not None
    if isinstance(formula, All):
        return any(_endless(part) for _, part in formula.parts)
    return isinstance(formula, Quotient) or any(_endless(part) for part in parts(formula))


_ENDING = frozenset({Rounded, FundedShare, FullTime, Head, AtLeast, Stepped})
"""What never comes to a fraction."""


def _written(these: Iterable[Addend]) -> Iterator[Formula]:
    """The terms of a sum: parts of the same staff in one order, that of the file."""
    run: list[tuple[int, Formula]] = []
    last = -1
    for rows, formula in these:
        begins = -1 if rows is None else rows.first
        if rows is None or begins < last or (begins == last and len(rows) > 1):
            yield from _in_order(run)
            run = []
        last = begins
        if rows is None:
            yield formula
        elif len(rows) == 1:
            run.append((rows.first, formula))
        else:
            run += [(rank, rows.written_out(formula, at)) for at, rank in enumerate(rows.ranks)]
    yield from _in_order(run)


def _in_order(run: list[tuple[int, Formula]]) -> Iterator[Formula]:
    return (formula for _, formula in sorted(run, key=lambda one: one[0]))
