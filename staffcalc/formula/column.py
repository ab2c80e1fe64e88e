"""Numbers of many rows that are reckoned with at once, exactly: what a formula comes to for each person of a roster."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import repeat
from math import gcd, lcm
from operator import add, eq, ge, gt, le, lt, mul
from typing import Any

_LARGE = 2**512
"""Rows whose common divisor is larger than this stay fractions."""


class NumberColumn:
    """A number for each row, each `over` one divisor that is common to all. It takes part in + − × ÷ // %, and in
    comparisons, with numbers and with other columns of these rows.

    So what is the same for all rows, such as the share of them that a plan keeps, is reckoned with once.
    """

    __slots__ = ("numbers", "over")
    __array_ufunc__ = None  # a NumPy array on the other side leaves the arithmetic to this class

    def __init__(self, numbers: Iterable[Any], over: int = 1) -> None:
        self.numbers, self.over = numbers if type(numbers) is list else list(numbers), over

    @classmethod
    def of(cls, numbers: list[Any]) -> NumberColumn:
        """The column of these numbers, of which some may be fractions."""
        if not any(type(one) is Fraction for one in numbers):
            return cls(numbers)
        pairs = [one.as_integer_ratio() for one in numbers]
        over = lcm(*{divisor for _, divisor in pairs})
        if over > _LARGE:
            return cls(numbers)
        return cls((number * (over // divisor) for number, divisor in pairs), over)

    def sum(self) -> Any:
        """All rows together."""
        together: Any = sum(self.numbers)
        return together if self.over == 1 else Fraction(1, self.over) * together

    def __add__(self, other: Any) -> NumberColumn:
        if isinstance(other, NumberColumn):
            one, two, over = _alike(self, other)
            return NumberColumn(map(add, one, two), over)
        number, divisor = _ratio(other)
        if isinstance(number, int) and not number:
            return self
        over = lcm(self.over, divisor)
        more, finer = number * (over // divisor), over // self.over
        return NumberColumn([one * finer + more for one in self.numbers], over)

    __radd__ = __add__

    def __neg__(self) -> NumberColumn:
        return NumberColumn([-one for one in self.numbers], self.over)

    def __abs__(self) -> NumberColumn:
        return NumberColumn(map(abs, self.numbers), self.over)

    def __sub__(self, other: Any) -> NumberColumn:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> NumberColumn:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> NumberColumn:
        if isinstance(other, NumberColumn):
            return NumberColumn(map(mul, self.numbers, other.numbers), self.over * other.over)
        number, divisor = _ratio(other)
        common = gcd(number, self.over) if isinstance(number, int) else 1
        if common > 1:
            number //= common
        over = self.over // common * divisor
        if isinstance(number, int) and number == 1:
            return self if over == self.over else NumberColumn(self.numbers, over)
        return NumberColumn([one * number for one in self.numbers], over)

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> NumberColumn:
        if isinstance(other, NumberColumn):
            one, two, _ = _alike(self, other)
            return NumberColumn([above // below for above, below in zip(one, two, strict=True)])
        number, divisor = _ratio(other)
        below = number * self.over
        return NumberColumn([one * divisor // below for one in self.numbers])

    def __mod__(self, other: Any) -> NumberColumn:
        return self.__sub__(self.__floordiv__(other).__mul__(other))

    def __truediv__(self, other: Any) -> NumberColumn:
        if isinstance(other, int | Fraction):
            return self.__mul__(1 / Fraction(other))
        if isinstance(other, NumberColumn) and all(isinstance(one, int) and one > 0 for one in other.numbers):
            over = lcm(*set(other.numbers))
            if over < _LARGE:
                below = [over // one * other.over for one in other.numbers]
                return NumberColumn(map(mul, self.numbers, below), self.over * over)
        return self.__mul__(1 / other if isinstance(other, NumberColumn) else Fraction(1) / other)

    def __rtruediv__(self, other: Any) -> NumberColumn:
        return NumberColumn.of([Fraction(self.over) / one for one in self.numbers]).__mul__(other)

    def __gt__(self, other: Any) -> NumberColumn:
        return self._compared(gt, other)

    def __lt__(self, other: Any) -> NumberColumn:
        return self._compared(lt, other)

    def __ge__(self, other: Any) -> NumberColumn:
        return self._compared(ge, other)

    def __le__(self, other: Any) -> NumberColumn:
        return self._compared(le, other)

    def __eq__(self, other: object) -> Any:
        return self._compared(eq, other)

    __hash__ = None  # type: ignore[assignment]

    def at_most(self, other: Any) -> NumberColumn:
        """The lesser of the two, row by row."""
        if isinstance(other, NumberColumn):
            return NumberColumn(map(min, *_alike(self, other)[:2]), lcm(self.over, other.over))
        number, divisor = _ratio(other)
        over = lcm(self.over, divisor)
        most, finer = number * (over // divisor), over // self.over
        numbers = self.numbers if finer == 1 else [one * finer for one in self.numbers]
        return NumberColumn([most if one > most else one for one in numbers], over)

    def _compared(self, compare: Callable[[Any, Any], Any], other: Any) -> NumberColumn:
        if isinstance(other, NumberColumn):
            one, two, _ = _alike(self, other)
            return NumberColumn(map(compare, one, two))
        number, divisor = _ratio(other)
        numbers = self.numbers if divisor == 1 else [one * divisor for one in self.numbers]
        return NumberColumn(map(compare, numbers, repeat(number * self.over)))


def lesser_of(one: Any, other: Any) -> Any:
    """The lesser of two numbers, or of columns of them row by row."""
    if isinstance(one, NumberColumn):
        try:
            return one.at_most(other)
        except ValueError:  # NumPy arrays, none of which is the lesser as a whole
            pass
    return one + (other - one) * (one > other)


def _ratio(number: Any) -> tuple[Any, int]:
    """A number as one over a whole divisor."""
    return (number.numerator, number.denominator) if type(number) is Fraction else (number, 1)


def _alike(one: NumberColumn, other: NumberColumn) -> tuple[list[Any], list[Any], int]:
    """The numbers of two columns over one divisor."""
    if one.over == other.over:
        return one.numbers, other.numbers, one.over
    over = lcm(one.over, other.over)
    return [n * (over // one.over) for n in one.numbers], [n * (over // other.over) for n in other.numbers], over
