"""What the formula of a measure comes to: rounded once, with the decimals of the file's own figures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal

from staffcalc.formula.formula import (
    Each,
    Formula,
    Greater,
    Grown,
    Input,
    Negative,
    Product,
    Quotient,
    Rounded,
    Sum,
    Values,
    digits_of,
    value,
)
from staffcalc.formula.rows import All

EXACT = Context(prec=200)
"""Room for every digit of a measure."""


def worked_out(formula: Formula | None, values: Values | None = None) -> Decimal | None:
    """What the formula of a measure comes to, with these values in place of figures; None where it would divide by
    nothing, or where nothing is stated."""
    divisor = _divisor(formula)
    if formula is None or (divisor is not None and not digits_of(divisor, values or {})):
        return None
    found = value(formula, values)
    short = found.quantize(Decimal(1).scaleb(-_decimals(formula)), context=EXACT)
    return short if short == found else found


def _divisor(formula: Formula | None) -> Formula | None:
    """What a ratio divides by; None for all other measures, which are sums."""
    return formula.exact.divisor if isinstance(formula, Rounded) and isinstance(formula.exact, Quotient) else None


def _decimals(formula: Formula) -> int:
    """The decimals of a measure by those of the file's own figures: an input has room for more."""
    match formula:
        case Input(figure=figure):
            return max(-int(figure.value.as_tuple().exponent), 0)
        case All(parts=these):
            return max(_decimals(part) for _, part in these)
        case Sum(terms=terms) | Each(cells=terms):
            return max(map(_decimals, terms), default=0)
        case Product(factors=factors):
            return sum(map(_decimals, factors))
        case Grown(amount=amount, rate=rate):
            return _decimals(amount) + _decimals(rate)
        case Greater(one=one, other=other):
            return max(_decimals(one), _decimals(other))
        case Negative(amount=amount):
            return _decimals(amount)
        case _:
            return formula.places


def sum_formula(terms: Iterable[Formula]) -> Formula:
    """A sum also of one term: so a measure is told from the formulas it is made of."""
    every = tuple(terms)
    return Sum(every, max([term.places for term in every], default=0))


def quotient(dividend: Decimal | None, divisor: Decimal | None, places: int = 2) -> Decimal | None:
    """The quotient rounded once, half away from zero; None where it would divide by nothing or a part is missing."""
    if dividend is None or divisor is None or divisor == 0:
        return None
    (above, below), (over, under) = dividend.as_integer_ratio(), divisor.as_integer_ratio()
    number, scale = above * under * 10**places, below * over
    rounded = (2 * abs(number) + abs(scale)) // (2 * abs(scale))
    return Decimal(-rounded if (number < 0) != (scale < 0) else rounded).scaleb(-places)
