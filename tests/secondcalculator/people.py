"""People who are alike, and those of one role in one year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

from secondcalculator.figures import ONE, ZERO
from secondcalculator.pay import Wage


class Moved(NamedTuple):
    """Who has come from another role, in which year, and whose posts there they have given up."""

    year: int
    brought: tuple[tuple[str, Slot], ...]


class Part(NamedTuple):
    """Months of the year for which some are paid who were hired in one: of every year, and of that first one."""

    months: Any
    first: Any
    year: int

    def of(self, year: int) -> Any:
        """The months of one year; None: all of them."""
        return self.first if year == self.year and self.first is not None else self.months


@dataclass(frozen=True)
class Slot:
    """People who are alike: `fte` of each, as caps and thresholds see them, and how many there are.

    `wage`: their own; None: the role's. `hired`: the year in which the plan hired them; None: they were there.
    `funds` pay them where the roster says so. `person`: the id of a roster. `vacant`: a post that nobody holds.
    `leaving`: at the end of the file's year. `moved`: they have come from another role. `beside_placed`: they stood
    beside people whose pay is known. `part`: they are paid for a part of the year. `placed`: the year in which a mix
    has put them on their cell.
    """

    fte: Fraction
    count: Fraction
    wage: Wage | None = None
    hired: int | None = None
    funds: tuple[tuple[str, Fraction], ...] | None = None
    person: str | None = None
    vacant: bool = False
    leaving: bool = False
    moved: Moved | None = None
    beside_placed: bool = False
    part: Part | None = None
    placed: int = 0

    def times(self, share: Fraction) -> Slot:
        return replace(self, count=self.count * share)

    def of(self, fte: Fraction, count: Fraction) -> Slot:
        return replace(self, fte=fte, count=count)

    def hired_in(self, year: int) -> Slot:
        return replace(self, hired=year)

    def who_leaves(self) -> Slot:
        return replace(self, leaving=True)

    def who_came(self, moved: Moved) -> Slot:
        return replace(self, hired=None, vacant=False, moved=moved)

    def followed(self) -> Slot:
        """Whoever was leaving has been followed by a hire of the first later year, on the same FTE and funds."""
        return replace(self, wage=None, hired=1, person=None, leaving=False) if self.leaving else self

    @property
    def since(self) -> int:
        """The year since which they hold the post."""
        return self.moved.year if self.moved is not None else self.hired or self.placed

    @property
    def at(self) -> str | None:
        return None if self.wage is None else str(self.wage.stated)

    @property
    def on_cell(self) -> bool:
        return "/" in str(self.at)

    @property
    def stays(self) -> bool:
        """Whether they go only when all others have: nobody's post, and that of somebody who is leaving, go first."""
        return not self.vacant and not self.leaving


class Gone(NamedTuple):
    """People whose post was given up in a year."""

    slot: Slot
    year: int


class NoPost(NamedTuple):
    """People who keep no post: their FTE, how many they are, and since which year. `post`: whose it was, of a roster.
    `named`: a plan lets them go by name, and they wait for no other post."""

    fte: Fraction
    heads: Fraction
    year: int
    post: Slot | None = None
    named: bool = False


class Tranche(NamedTuple):
    """FTE that are not placed: today's (`hired` is None) or those hired in a year. `kept`: the share of them that is
    left, where they have shrunk with placed people and as these do."""

    hired: int | None
    whole: Fraction
    kept: Fraction = ONE
    leaving: bool = False
    moved: Moved | None = None
    part: Part | None = None

    @property
    def fte(self) -> Fraction:
        return self.whole * self.kept

    def slot(self, fte: Fraction, count: Fraction) -> Slot:
        """So many people of it."""
        return Slot(fte, count, hired=self.hired, leaving=self.leaving, moved=self.moved, part=self.part)

    def followed(self) -> Tranche:
        return self._replace(hired=1, leaving=False) if self.leaving else self


class State(NamedTuple):
    """The staff of a role in one year. `placed`: people by their cell or their own pay. `tranches`: FTE of those who
    are not placed, today's first (None), those who are leaving, then by the year in which they came. `vacant`: FTE of
    posts that nobody holds and no row places. `gone`: the displaced of all years so far, as they are paid, and
    `no_post` as people."""

    placed: tuple[Slot, ...]
    tranches: tuple[Tranche, ...]
    vacant: Fraction = ZERO
    gone: tuple[Gone, ...] = ()
    no_post: tuple[NoPost, ...] = ()

    def with_followers(self) -> State:
        return self._replace(
            placed=tuple(slot.followed() for slot in self.placed),
            tranches=tuple(one.followed() for one in self.tranches),
        )


def fte_of(slots: Iterable[Slot]) -> Fraction:
    """The FTE of some people."""
    return sum((slot.fte * slot.count for slot in slots), ZERO)
