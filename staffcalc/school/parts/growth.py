"""How a price has grown since the file's year."""

from __future__ import annotations

from collections.abc import Iterator

from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple


class Rate(NamedTuple):
    """A rate of growth, and for a raise in the middle of the last year, its months and those of that year (None:
    twelve)."""

    rate: Figure
    months: Figure | None = None
    of: Figure | None = None


class Growth(NamedTuple):
    """The rates by which something has grown, each with the year after the file's in which it did: at the end of these
    `years`. A year of the post that is paid has so many `months` (None: twelve)."""

    rates: tuple[tuple[int, Figure], ...] = ()
    years: int = 0
    months: Figure | None = None

    def since(self, year: int) -> Iterator[Rate]:
        """The rates after this year. A raise of the file's own year is one of what the file states."""
        for grown, rate in self.rates:
            if grown > year or grown == year == 0:
                yield Rate(rate, rate.months if grown == self.years else None, self.months)


NO_GROWTH = Growth()
