"""Numbers that are written as a fraction (1/3), and such numbers in decimals."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

MOST_DECIMALS = 8
"""So many decimals a figure may have."""
_FINEST, _TOLD = Decimal("0.000001"), Decimal("0.001")
"""What is finer than the first has no end, as good as ever, and is told to the second."""
_FRACTION = r"\s*([+-]?)(?:(\d{1,6})\s+)?(\d{1,6})/(\d{1,6})\s*"


def fraction(text: str) -> tuple[int, int] | None:
    """What is over and under the line of 1/3, -2/3 or 2 1/3; None where it is no fraction."""
    match = re.fullmatch(_FRACTION, text.replace("−", "-"), re.ASCII)
    if match is None or not int(match[4]):
        return None
    sign, whole, above, below = match.groups(default="0")
    return (int(whole) * int(below) + int(above)) * (-1 if sign == "-" else 1), int(below)


def of_fraction(above: int, below: int) -> Decimal:
    """A fraction in decimals."""
    from fractions import Fraction

    return in_decimals(Fraction(above, below))


def in_decimals(exact: Fraction) -> Decimal:
    """A number with as many decimals as a figure may have, half away from zero, and no zeros at the end."""
    above, below = exact.as_integer_ratio()
    digits = (2 * abs(above) * 10**MOST_DECIMALS + below) // (2 * below)
    short = Decimal(-digits if above < 0 else digits).scaleb(-MOST_DECIMALS).normalize()
    return short if short.as_tuple().exponent < 0 else short.quantize(Decimal(1))  # type: ignore[operator]


def as_told(number: Decimal) -> Decimal:
    """A number without an end, which a program gets with all of its decimals, as people read it; others as they are."""
    return number.quantize(_TOLD, ROUND_HALF_UP) if number % _FINEST else number
