"""How many several counts are together: exactly, where some are fractions."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from staffcalc.language.figures import Figure
from staffcalc.language.fractions import in_decimals
from staffcalc.school.parts.counts import Alike, StaffCount


def sum_of(counts: Iterable[StaffCount]) -> Decimal:
    """How many several counts are: three thirds are one."""
    counts = tuple(counts)
    if not any(isinstance(count, Figure | Alike) and has_no_end(count) for count in counts):
        return sum((count.value for count in counts), Decimal(0))
    from fractions import Fraction

    return in_decimals(sum((count.exact for count in counts), Fraction(0)))


def has_no_end(count: Figure | Alike) -> bool:
    return (count if isinstance(count, Figure) else count.each).over is not None
