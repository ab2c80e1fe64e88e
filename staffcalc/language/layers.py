"""Rules laid over rules: a scenario's forecast over the file's, a file over the one it extends. One way for all.

A rule says something for all names and for single ones (a unit, a benefit, a fund), each for every year and for single
years. What it says may be a figure, or still the node of a tree that states one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Series(Generic[T]):
    """What holds in every year, and in single years, each by the calendar year in which it begins.

    `bare`: written as one figure alone, which replaces all that stood there before.
    """

    each_year: T | None = None
    by_year: Mapping[int, T] = field(default_factory=dict)
    bare: bool = False


@dataclass(frozen=True, eq=False)
class Rule(Generic[T]):
    """A series for all, and others by name: of a unit, a benefit, a fund."""

    general: Series[T]
    named: Mapping[str, Series[T]]

    def stated(self) -> Iterator[T]:
        """All that the rule states."""
        for series in (self.general, *self.named.values()):
            yield from series.by_year.values()
            if series.each_year is not None:
                yield series.each_year

    def of(self, name: str, year: int) -> T | None:
        """What holds of a name in a year: its own of that year, its own of every year, and then those of all."""
        found = self._in_force(name, year)
        return None if found is None else found.what

    def _in_force(self, name: str | None, year: int | None) -> _InForce[T] | None:
        """What holds of a name (None: of those without a series of their own) in a year (None: that nobody states)."""
        own = None if name is None else self.named.get(name)
        for series in (self.general,) if own is None else (own, self.general):
            if year is not None and year in series.by_year:
                return _InForce(series.by_year[year], dated=True, bare=False)
            if series.each_year is not None:
                return _InForce(series.each_year, dated=False, bare=series.bare)
        return None

    def _states(self, name: str | None, year: int | None) -> bool:
        """Whether it says something of the very year, for the name or for all."""
        own = None if name is None else self.named.get(name)
        return year is not None and (year in self.general.by_year or (own is not None and year in own.by_year))


class _InForce(NamedTuple, Generic[T]):
    what: T
    dated: bool
    bare: bool


def laid_over(far: Rule[T], near: Rule[T]) -> Rule[T]:
    """The rule that holds where one is laid over another: the nearer replaces exactly what it names, for every name.

    A bare rate for all replaces everything. Otherwise the nearer holds where it names the year, for that name or for
    all, or states every year; but a single year of the farther stands against an `each_year` of the nearer.
    """
    if near.general.bare:
        return near
    every = (far.general, *far.named.values(), near.general, *near.named.values())
    years = sorted({year for series in every for year in series.by_year})

    def series(name: str | None) -> Series[T]:
        each = _over(far, near, name, None)
        dated = ((year, found) for year in years if (found := _over(far, near, name, year)) is not None and found.dated)
        return Series(None if each is None else each.what, {year: found.what for year, found in dated})

    return Rule(series(None), {name: series(name) for name in dict.fromkeys([*far.named, *near.named])})


def _over(far: Rule[T], near: Rule[T], name: str | None, year: int | None) -> _InForce[T] | None:
    nearer, farther = near._in_force(name, year), far._in_force(name, year)
    if nearer is None:
        return farther
    if near._states(name, year) or nearer.bare or farther is None or not farther.dated:
        return nearer
    return farther
