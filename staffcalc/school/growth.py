"""How a price has grown since the file's year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from staffcalc.language.figures import Figure


class Growth(NamedTuple):
    """The rates by which something has grown, each with the year after the file's in which it did."""

    rates: tuple[tuple[int, Figure], ...] = ()

    def since(self, year: int) -> Iterator[Figure]:
        """The rates of the years after this one."""
        return (rate for grown, rate in self.rates if grown > year)


NO_GROWTH = Growth()
