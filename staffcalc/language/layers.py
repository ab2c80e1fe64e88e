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
    years: Mapping[int, T] = field(default_factory=dict)
    bare: bool = False


@dataclass(frozen=True, eq=False)
class Rule(Generic[T]):
    """A series for all, and others by name: of a unit, a benefit, a fund."""

    general: Series[T]
    named: Mapping[str, Series[T]]

    def stated(self) -> Iterator[T]:
        """All that the rule states."""
        for series in (self.general, *self.named.values()):
            yield from series.years.values()
            if series.each_year is not None:
                yield series.each_year

    def of(self, name: str, year: int) -> T | None:
        """What holds of a name in a year: its own of that year, its own of every year, and then those of all."""
        said = self._said(name, year)
        return None if said is None else said.what

    def _said(self, name: str | None, year: int | None) -> _Said[T] | None:
        """What holds of a name (None: of those without a series of their own) in a year (None: that nobody states)."""
        own = None if name is None else self.named.get(name)
        for series in (self.general,) if own is None else (own, self.general):
            if year is not None and year in series.years:
                return _Said(series.years[year], dated=True, bare=False)
            if series.each_year is not None:
                return _Said(series.each_year, dated=False, bare=series.bare)
        return None

    def _states(self, name: str | None, year: int | None) -> bool:
        """Whether it says something of the very year, for the name or for all."""
        own = None if name is None else self.named.get(name)
        return year is not None and (year in self.general.years or (own is not None and year in own.years))


class _Said(NamedTuple, Generic[T]):
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
    years = sorted({year for series in every for year in series.years})

    def series(name: str | None) -> Series[T]:
        each = _over(far, near, name, None)
        dated = ((year, said) for year in years if (said := _over(far, near, name, year)) is not None and said.dated)
        return Series(None if each is None else each.what, {year: said.what for year, said in dated})

    return Rule(series(None), {name: series(name) for name in dict.fromkeys([*far.named, *near.named])})


def _over(far: Rule[T], near: Rule[T], name: str | None, year: int | None) -> _Said[T] | None:
    nearer, farther = near._said(name, year), far._said(name, year)
    if nearer is None:
        return farther
    if near._states(name, year) or nearer.bare or farther is None or not farther.dated:
        return nearer
    return farther
