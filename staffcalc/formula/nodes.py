"""What formulas are made of, and what each comes to: the one place where arithmetic lives.

A formula is computed on scaled whole numbers (`digits` at a fixed number of decimal `places`), never on floats. The
same code therefore runs on Python integers for one school, and on a column of integers (a NumPy array, or anything
with +, −, ×, // and comparisons) for thousands of schools or draws at once: pass such columns as `values`. Machine
integers of 64 bits hold a school's lines; a column of Python integers (dtype=object) holds any amount.
"""

from __future__ import annotations

from fractions import Fraction

from staffcalc.formula.column import NumberColumn, lesser_of
from staffcalc.formula.inputs import Digits, Input, Values, digits_of
from staffcalc.formula.node import Node, node


@node
class Each(Node):
    """What differs from row to row, where many are costed alike: a column, of one formula for each (see `rows`).

    `endless`: some of them may come to a fraction.
    """

    cells: tuple[Formula, ...]
    places: int
    endless: bool

    def digits(self, values: Values) -> Digits:
        places = self.places
        every = [(digits_of(cell, values), cell.places) for cell in self.cells]
        return NumberColumn.of([one if own == places else one * 10 ** (places - own) for one, own in every])


@node
class Sum(Node):
    """Terms added up."""

    terms: tuple[Formula, ...]
    places: int

    def digits(self, values: Values) -> Digits:
        total: Digits = 0
        for term in self.terms:
            digits = digits_of(term, values)
            total = total + (digits if term.places == self.places else digits * 10 ** (self.places - term.places))
        return total


@node
class Product(Node):
    """Factors multiplied."""

    factors: tuple[Formula, ...]
    places: int

    def digits(self, values: Values) -> Digits:
        product: Digits = 1
        for factor in self.factors:
            product = product * digits_of(factor, values)
        return product


@node
class Capped(Node):
    """An amount that counts up to a cap: the lesser of the two."""

    amount: Formula
    cap: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        amount = digits_of(self.amount, values) * 10 ** (self.places - self.amount.places)
        cap = digits_of(self.cap, values) * 10 ** (self.places - self.cap.places)
        return lesser_of(amount, cap)


@node
class Lesser(Node):
    """The lesser of two numbers: of the posts there were and the posts there are, those that stay."""

    one: Formula
    other: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        one = digits_of(self.one, values) * 10 ** (self.places - self.one.places)
        other = digits_of(self.other, values) * 10 ** (self.places - self.other.places)
        return lesser_of(one, other)


@node
class Greater(Node):
    """The greater of two numbers."""

    one: Formula
    other: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        one = digits_of(self.one, values) * 10 ** (self.places - self.one.places)
        other = digits_of(self.other, values) * 10 ** (self.places - self.other.places)
        return one + (other - one) * (one < other)


@node
class FullTime(Node):
    """The whole part of FTE: how many of its people are full time."""

    fte: Formula
    places: int = 0

    def digits(self, values: Values) -> Digits:
        return digits_of(self.fte, values) // 10**self.fte.places


@node
class PartTime(Node):
    """The rest of FTE beyond its whole part: the FTE of the one person who is part time."""

    fte: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        return digits_of(self.fte, values) % 10**self.fte.places


@node
class Head(Node):
    """One person where there is a part of an FTE, and none where there is not."""

    part: Formula
    places: int = 0

    def digits(self, values: Values) -> Digits:
        return 1 * (digits_of(self.part, values) > 0)


@node
class AtLeast(Node):
    """1 where a person's FTE reaches the threshold of a benefit, and 0 where it does not."""

    fte: Formula
    threshold: Formula
    places: int = 0

    def digits(self, values: Values) -> Digits:
        fte = digits_of(self.fte, values) * 10**self.threshold.places
        return 1 * (fte >= digits_of(self.threshold, values) * 10**self.fte.places)


@node
class One(Node):
    """The FTE of a person who is full time: 1."""

    places: int = 0

    def digits(self, values: Values) -> Digits:
        return 1


@node
class Number(Node):
    """A whole number that the calculation itself brings along: so many of the years of a band."""

    number: int
    places: int = 0

    def digits(self, values: Values) -> Digits:
        return self.number


@node
class Quotient(Node):
    """A quotient, exact: a fraction where it is no whole number, and a column of fractions of a column. Divided by
    nothing it is nothing: a share of nobody."""

    dividend: Formula
    divisor: Formula
    places: int = 0

    def digits(self, values: Values) -> Digits:
        over = digits_of(self.dividend, values) * 10**self.divisor.places
        under = digits_of(self.divisor, values) * 10**self.dividend.places
        if type(over) is int and type(under) is int:
            return Fraction(over, under) if under else Fraction(0)
        nothing = 1 * (under == 0)
        return Fraction(1) * over * (1 - nothing) / (under + nothing)


@node
class Grown(Node):
    """An amount that has grown by a rate: 2% more of it, or less where the rate is below zero."""

    amount: Formula
    rate: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        return digits_of(self.amount, values) * (10**self.rate.places + digits_of(self.rate, values))


@node
class Blend(Node):
    """One amount in place of another for a share of the staff, or of the way from one to the other."""

    amount: Formula
    other: Formula
    share: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        finer = self.places - self.share.places
        amount = digits_of(self.amount, values) * 10 ** (finer - self.amount.places)
        other = digits_of(self.other, values) * 10 ** (finer - self.other.places)
        share = digits_of(self.share, values)
        return amount * (10**self.share.places - share) + other * share


@node
class Negative(Node):
    """What is saved, or taken away."""

    amount: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        return -digits_of(self.amount, values)


@node
class Stepped(Node):
    """A number of FTE in whole steps (of 0.5 FTE, say): the nearest, or the next one `up`."""

    exact: Formula
    step: Formula
    up: bool
    places: int

    def digits(self, values: Values) -> Digits:
        step = digits_of(self.step, values)
        exact, unit = digits_of(self.exact, values) * 10**self.step.places, step * 10**self.exact.places
        return (-(-exact // unit) if self.up else rounded_quotient(exact, unit)) * step


@node
class Tiered(Node):
    """The amount of the tier that a number is in: each begins at its least. Below all of them it is nothing."""

    number: Formula
    least: tuple[Formula, ...]
    amounts: tuple[Formula, ...]
    places: int

    def digits(self, values: Values) -> Digits:
        number, found, before = digits_of(self.number, values), 0, 0
        for least, amount in zip(self.least, self.amounts, strict=True):
            own = digits_of(amount, values) * 10 ** (self.places - amount.places)
            reached = 1 * (number * 10**least.places >= digits_of(least, values) * 10**self.number.places)
            found, before = found + (own - before) * reached, own
        return found


@node
class Rounded(Node):
    """Rounded once, half away from zero, to `places` decimals (0 for dollars, 2 for cents)."""

    exact: Formula
    places: int

    def digits(self, values: Values) -> Digits:
        exact, finer = digits_of(self.exact, values), self.exact.places - self.places
        return rounded_quotient(exact, 10**finer) if finer > 0 else rounded_quotient(exact * 10**-finer, 1)


@node
class FundedShare(Node):
    """What one fund pays of a rounded line: the shares of all funds add up to the line.

    The fund pays the difference between the line's rounded running totals with and without it. `before` is the
    share of the funds ahead of it, `own` its share, `of` the share of all funds that pay the line (None: all of it).
    A share is a part of one, or dollars of pay where the line is shared as that pay is. `ahead` names the funds ahead.
    """

    line: Rounded
    before: Formula
    own: Formula
    of: Formula | None
    places: int
    fund: str = ""
    ahead: tuple[str, ...] = ()

    def digits(self, values: Values) -> Digits:
        line = digits_of(self.line, values)
        # All shares are brought to the same number of decimals, so that the quotients are exact.
        width = max(part.places for part in (self.before, self.own, self.of) if part is not None)
        before = digits_of(self.before, values) * 10 ** (width - self.before.places)
        own = digits_of(self.own, values) * 10 ** (width - self.own.places)
        whole = 10**width if self.of is None else digits_of(self.of, values) * 10 ** (width - self.of.places)
        line = line * (1 - 2 * (whole < 0))  # rounded away from zero on either side of it
        whole = abs(whole) + (whole == 0)  # where nobody pays anything, the line is nothing
        return rounded_quotient(line * (before + own), whole) - rounded_quotient(line * before, whole)


Formula = (
    Input
    | Each
    | Sum
    | Product
    | Quotient
    | Grown
    | Blend
    | Negative
    | Capped
    | Lesser
    | Greater
    | FullTime
    | PartTime
    | Head
    | AtLeast
    | One
    | Number
    | Stepped
    | Tiered
    | Rounded
    | FundedShare
)


def rounded_quotient(number: Digits, scale: Digits) -> Digits:
    """`number / scale` to the nearest whole, half away from zero."""
    if type(number) is Fraction:
        number, scale = number.numerator, scale * number.denominator
    rounded = (2 * abs(number) + scale) // (2 * scale)
    return rounded * (1 - 2 * (number < 0))
