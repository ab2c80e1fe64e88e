"""How large the digits of a formula can get, from those of its inputs; and columns that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from staffcalc.formula.formula import (
    AtLeast,
    Blend,
    Capped,
    Digits,
    Each,
    Evaluation,
    Formula,
    FullTime,
    FundedShare,
    Greater,
    Grown,
    Head,
    Input,
    Lesser,
    Negative,
    Number,
    One,
    PartTime,
    Product,
    Quotient,
    Rounded,
    Stepped,
    Sum,
    Tiered,
    Values,
    digits_of,
    inputs,
    parts,
)
from staffcalc.formula.nodes import rounded_quotient
from staffcalc.formula.rows import All
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple

MACHINE = 2**63 - 1
"""The largest number that a machine integer holds."""

Limits = Mapping[Figure, tuple[int, int]]
"""The least and the most of a figure's digits."""


class Bounds(NamedTuple):
    """The least and the most that a formula's digits can be, and how large they get on the way."""

    low: Any
    high: Any
    most: Any


def bounds(formula: Formula, limits: Limits) -> tuple[int, int]:
    """The least and the most that a formula's digits can be, where the figures lie in these limits (and all others are
    as the file has them). They may be wider than what can come about."""
    low, high, _ = _Bounding(limits).of(formula)
    return floor(low), ceil(high)


def fits_machine(formula: Formula, limits: Limits) -> bool:
    """Whether machine integers of 64 bits hold the digits of a formula and all that it is made of. Fractions do not."""
    return not _has_fractions(formula, set()) and _Bounding(limits).of(formula).most <= MACHINE


def over_columns(formula: Formula, columns: Values) -> Digits:
    """A formula's digits over columns (NumPy arrays of whole numbers) in place of figures: on machine integers where
    they hold every step, and on Python's elsewhere.

    Raises ValueError for a figure that does not stand in the formula, and for a column of other than whole numbers.
    """
    stated = {one.figure for one in inputs(formula)}
    limits: dict[Figure, tuple[int, int]] = {}
    for figure, column in columns.items():
        if figure not in stated:
            raise ValueError(
                f"{figure.place}: the figure cannot be a column: the formula does not hold it. It is of another part "
                "of the plan, or the plan was built by it as it was read; edit the file for another value"
            )
        limits[figure] = _ends(figure, column)
    dtype: Any = "int64" if fits_machine(formula, limits) else object
    held = {figure: column.astype(dtype) if hasattr(column, "astype") else column for figure, column in columns.items()}
    return digits_of(formula, Evaluation(held))


def _ends(figure: Figure, column: Digits) -> tuple[int, int]:
    if not hasattr(column, "astype"):
        return int(column), int(column)
    if column.dtype.kind not in "iuO" or not len(column):
        raise ValueError(f"{figure.place}: a column holds whole numbers, at the decimals of its input")
    return int(column.min()), int(column.max())


def _has_fractions(formula: Formula, seen: set[int]) -> bool:
    if id(formula) in seen:
        return False
    seen.add(id(formula))
    if isinstance(formula, Input) and formula.figure.over is not None:
        return True
    return isinstance(formula, Quotient) or any(_has_fractions(part, seen) for part in parts(formula))


def _span(*corners: Any) -> Bounds:
    low, high = min(corners), max(corners)
    return Bounds(low, high, max(abs(low), abs(high)))


def _times(one: Bounds, other: Bounds) -> Bounds:
    return _span(*(a * b for a in one[:2] for b in other[:2]))


def _plus(one: Bounds, other: Bounds) -> Bounds:
    return _span(one.low + other.low, one.high + other.high)


def _minus(one: Bounds) -> Bounds:
    return _span(-one.low, -one.high)


class _Bounding:
    """Bounds of the parts of a formula, each found once. Every step of `digits` in `nodes` is taken here alike."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[int, tuple[Formula, Bounds]] = {}

    def of(self, formula: Formula) -> Bounds:
        if id(formula) not in self._known:  # kept with the formula, so that its id stays its own
            found, *steps = self._steps(formula)
            inner = [self.of(part).most for part in parts(formula)]
            self._known[id(formula)] = (
                formula,
                found._replace(most=max(found.most, *(s.most for s in steps), *inner, 1)),
            )
        return self._known[id(formula)][1]

    def _at(self, formula: Formula, places: int) -> Bounds:
        finer = 10 ** (places - formula.places)
        found = _times(self.of(formula), _span(finer))
        return found._replace(most=max(found.most, finer))

    def _steps(self, formula: Formula) -> Iterable[Bounds]:
        """The bounds of a formula, and those of what is worked out on the way to it."""
        match formula:
            case Input(figure=figure, own=own):
                return (_span(*self._limits.get(figure, (own, own))),)
            case One():
                return (_span(1),)
            case Number(number=number):
                return (_span(number),)
            case All(terms=terms, parts=these):
                # worked out over columns, on the way to which each row has as many decimals as any
                return *_running(_plus, _span(0), [self._at(term, formula.places) for term in terms]), *(
                    self._at(part, formula.places) for _, part in these
                )
            case Each(cells=cells):
                each = [self._at(cell, formula.places) for cell in cells]
                return _span(*(end for one in each for end in one[:2])), *each
            case Sum(terms=terms):
                return _running(_plus, _span(0), [self._at(term, formula.places) for term in terms])
            case Product(factors=factors):
                return _running(_times, _span(1), [self.of(factor) for factor in factors])
            case Negative(amount=amount):
                return (_minus(self.of(amount)),)
            case Capped(amount=one, cap=other) | Lesser(one=one, other=other) | Greater(one=one, other=other):
                a, b = self._at(one, formula.places), self._at(other, formula.places)
                either = max if isinstance(formula, Greater) else min
                return _span(either(a.low, b.low), either(a.high, b.high)), a, b, _plus(a, _minus(b))
            case FullTime(fte=fte):
                whole, one = self.of(fte), 10**fte.places
                return _span(whole.low // one, whole.high // one), _span(one)
            case PartTime(fte=fte):
                return (_span(0, 10**fte.places),)
            case Head():
                return (_span(0, 1),)
            case AtLeast(fte=fte, threshold=threshold):
                places = fte.places + threshold.places
                return _span(0, 1), self._at(fte, places), self._at(threshold, places)
            case Grown(amount=amount, rate=rate):
                grown = _plus(_span(10**rate.places), self.of(rate))
                return _times(self.of(amount), grown), grown
            case Blend():
                return self._blend(formula)
            case Rounded(exact=exact):
                finer = exact.places - formula.places
                return _rounded(self._at(exact, exact.places + max(-finer, 0)), _span(10 ** max(finer, 0)))
            case Stepped(exact=exact, step=step):
                over = self._at(exact, exact.places + step.places)
                unit = self._at(step, step.places + exact.places)
                steps = _rounded(over, unit)
                up = _plus(steps[0], _span(-1, 1))
                return _times(up, self.of(step)), over, unit, up, *steps
            case Tiered():
                return self._tiered(formula)
            case FundedShare():
                return self._share(formula)
            case Quotient(dividend=dividend, divisor=divisor):
                over = self._at(dividend, dividend.places + divisor.places)
                return (_quotient(over, self._at(divisor, dividend.places + divisor.places)),)

    def _blend(self, blend: Blend) -> Iterable[Bounds]:
        finer, share = blend.places - blend.share.places, self.of(blend.share)
        rest = _plus(_span(10**blend.share.places), _minus(share))
        amount, other = self._at(blend.amount, finer), self._at(blend.other, finer)
        kept, taken = _times(amount, rest), _times(other, share)
        return _plus(kept, taken), amount, other, rest, kept, taken

    def _tiered(self, tiered: Tiered) -> Iterable[Bounds]:
        amounts = [self._at(one, tiered.places) for one in tiered.amounts]
        most = max((max(abs(one.low), abs(one.high)) for one in amounts), default=0)
        number = _times(self.of(tiered.number), _span(10 ** max((one.places for one in tiered.least), default=0)))
        least = [_times(self.of(one), _span(10**tiered.number.places)) for one in tiered.least]
        return _span(-most, most), _span(-3 * most, 3 * most), number, *least, *amounts

    def _share(self, share: FundedShare) -> Iterable[Bounds]:
        width = max(part.places for part in (share.before, share.own, share.of) if part is not None)
        before, own = self._at(share.before, width), self._at(share.own, width)
        whole = _span(10**width) if share.of is None else self._at(share.of, width)
        line, both = self.of(share.line), _plus(before, own)
        together, earlier = _rounded(_times(line, both), whole), _rounded(_times(line, before), whole)
        return _plus(together[0], _minus(earlier[0])), before, own, both, *together, *earlier


def _running(step: Any, start: Bounds, terms: Iterable[Bounds]) -> list[Bounds]:
    steps, found = [], start
    for term in terms:
        found = step(found, term)
        steps += [term, found]
    return [found, *steps]


def _rounded(number: Bounds, scale: Bounds) -> tuple[Bounds, ...]:
    """`rounded_quotient` and what it works out on the way."""
    twice = _span(0, 2 * max(abs(number.low), abs(number.high)) + 2 * max(abs(scale.low), abs(scale.high)))
    if scale.low > 0:
        corners = (rounded_quotient(end, by) for end in number[:2] for by in scale[:2])
        return _span(*corners), number, scale, twice
    return _span(-twice.high, twice.high), number, scale, twice


def _quotient(over: Bounds, under: Bounds) -> Bounds:
    """Divided by nothing it is nothing. What lies about nothing is a whole number, 1 at the least."""
    if under.low > 0 or under.high < 0:
        return _span(*(Fraction(end) / by for end in over[:2] for by in under[:2]))
    most = max(abs(over.low), abs(over.high))
    return _span(-most, most)
