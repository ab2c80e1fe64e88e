"""How many there are: a stated number, people of a roster who are alike, or a ratio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from staffcalc.language.figures import Figure
from staffcalc.language.fractions import MOST_DECIMALS, in_decimals
from staffcalc.records import NamedTuple
from staffcalc.school.parts.needed import Needed
from staffcalc.source.problems import Place

if TYPE_CHECKING:
    from fractions import Fraction


class Alike(NamedTuple):
    """People of a roster who are alike in all that they cost: so many of one FTE, `each` being that of the first."""

    each: Figure
    people: int

    @property
    def value(self) -> Decimal:
        """The FTE of all of them, a part that has no end with eight decimals."""
        return self.each.value * self.people if self.each.over is None else in_decimals(self.exact)

    @property
    def exact(self) -> Fraction:
        """The exact FTE of all of them."""
        return self.each.exact * self.people

    @property
    def place(self) -> Place:
        """Where the first of them stands."""
        return self.each.place


class StaffOfRole(NamedTuple):
    """The staff of a role that a ratio counts: its counts, each person with `each` FTE where people are counted."""

    role: str
    place: Place
    counts: tuple[StaffCount, ...] = ()
    each: Figure | None = None

    @property
    def exact(self) -> Fraction:
        """The exact FTE of all of them."""
        from fractions import Fraction

        return sum((count.exact for count in self.counts), Fraction(0)) * (1 if self.each is None else self.each.exact)


class StaffRatio(NamedTuple):
    """Staff by formula: `fte` (None: 1) for every `each` (None: 1) of what `of` counts, rounded to a `step` of FTE.

    `of` are students, or the staff of other roles, all of them together. Without a step the FTE keep the eight decimals
    that any figure may have. `name` says what is counted: "students", a grade, or the other roles. `cover`: the staff
    who cover the other role's release time. `classes`: what it counts are the classes of a subject, each of `fte`
    periods, of which 1.0 FTE teaches `each`. `today`: a share of the role's staff of today, whatever the plan makes of
    it.
    """

    name: str
    of: tuple[StaffCount | StaffOfRole, ...]
    place: Place
    fte: Figure | None = None
    each: Figure | None = None
    step: Figure | None = None
    up: bool = False
    cover: bool = False
    today: bool = False
    classes: bool = False

    @property
    def roles(self) -> tuple[StaffOfRole, ...]:
        """The other roles that it counts."""
        return tuple(one for one in self.of if isinstance(one, StaffOfRole))

    @property
    def value(self) -> Decimal:
        """The FTE, as the ledger's formula comes to them."""
        from fractions import Fraction

        exact = sum((count.exact for count in self.of), Fraction(0))
        exact *= 1 if self.fte is None else self.fte.exact
        exact /= 1 if self.each is None else self.each.exact
        step = Fraction(self.step.value) if self.step is not None else Fraction(1, 10**MOST_DECIMALS)
        size = abs(exact) / step
        whole = -(-size // 1) if self.up else (size + Fraction(1, 2)) // 1
        digits = int(whole * step * 10**MOST_DECIMALS)
        return Decimal(f"{-digits if exact < 0 else digits}e-{MOST_DECIMALS}")

    @property
    def exact(self) -> Fraction:
        """The same: a ratio is rounded to decimals."""
        from fractions import Fraction

        return Fraction(self.value)


StaffCount = Figure | Alike | StaffRatio | Needed
"""A number of FTE or people: stated, of people who are alike, or by a formula."""


def stated(counts: Iterable[StaffCount | StaffOfRole]) -> Iterator[Figure]:
    """The figures of the file that counts rest on: their own, and those of ratios."""
    for count in counts:
        if isinstance(count, Figure):
            yield count
        elif isinstance(count, Alike):
            yield count.each
        elif isinstance(count, Needed):
            yield from count.figures()
            yield from stated(count.coached)
        elif isinstance(count, StaffOfRole):
            yield from (*stated(count.counts), *([count.each] if count.each is not None else []))
        else:
            yield from stated(count.of)
            yield from (one for one in (count.fte, count.each, count.step) if one is not None)
