"""Staff by the minutes that are asked of them: as many of a role as `learning` needs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from staffcalc.language.figures import Figure
from staffcalc.language.fractions import MOST_DECIMALS
from staffcalc.records import NamedTuple
from staffcalc.school.parts.mode import LearningMode
from staffcalc.source.problems import Place

if TYPE_CHECKING:
    from fractions import Fraction

    from staffcalc.school.parts.counts import StaffCount

TEACHING = "teaching"


class AskedBy(NamedTuple):
    """A mode that asks for a role, with so many `adults` of it (None: 1) to a group."""

    mode: LearningMode
    adults: Figure | None


class Needed(NamedTuple):
    """As many of a role as it takes for what the modes ask of it, and for its coaching: minutes asked, by those that
    1.0 FTE has, rounded to a `step` of FTE (None: to the eight decimals that any figure may have).

    1.0 FTE has its `week` (None: nobody has looked for one yet) less the `parts` that its role states, by their keys;
    where teaching is one of them, that is for students and the rest for coaching. `coached` are those whom they coach,
    and each 1.0 FTE of these takes the product of `visits` (minutes, and how often).
    """

    place: Place
    step: Figure | None = None
    up: bool = False
    week: Figure | None = None
    parts: tuple[tuple[str, Figure], ...] = ()
    asked: tuple[AskedBy, ...] = ()
    coached: tuple[StaffCount, ...] = ()
    visits: tuple[Figure, ...] = ()

    @property
    def value(self) -> Decimal:
        """The FTE, as the ledger's formula comes to them."""
        from fractions import Fraction

        step = Fraction(self.step.value) if self.step is not None else Fraction(1, 10**MOST_DECIMALS)
        size = self._exact() / step
        whole = -(-size // 1) if self.up else (size + Fraction(1, 2)) // 1
        return Decimal(int(whole * step * 10**MOST_DECIMALS)).scaleb(-MOST_DECIMALS)

    @property
    def exact(self) -> Fraction:
        """The same: they are rounded to decimals."""
        from fractions import Fraction

        return Fraction(self.value)

    def _exact(self) -> Fraction:
        from fractions import Fraction

        if self.week is None:
            return Fraction(0)
        week = Fraction(minutes_of(self.week))
        parts = {key: Fraction(minutes_of(figure, minutes_of(self.week))) for key, figure in self.parts}
        free = week - sum(parts.values())
        taught = sum(map(_minutes, self.asked), Fraction(0))
        coached = sum((one.exact for one in self.coached), Fraction(0))
        for figure in self.visits:
            coached *= Fraction(figure.value)
        if TEACHING not in parts:
            return _per(taught + coached, free)
        return max(_per(taught, parts[TEACHING]), _per(coached, free))

    def figures(self) -> Iterator[Figure]:
        """The figures of the file that it rests on, but for those whom they coach."""
        named: tuple[Figure | None, ...]
        for mode, adults in self.asked:
            named = (mode.minutes, mode.size, mode.share, adults)
            yield from (*mode.students, *(figure for figure in named if figure is not None))
        others = (self.week, *(figure for _, figure in self.parts), *self.visits, self.step)
        yield from (figure for figure in others if figure is not None)


MINUTES_AN_HOUR = 60


def minutes_of(figure: Figure, week: Decimal = Decimal(0)) -> Decimal:
    """The minutes that a figure states: hours, minutes, or a share of a week that has so many."""
    match figure.unit:
        case "rate":
            return figure.value * week
        case "hours a week":
            return figure.value * MINUTES_AN_HOUR
        case _:
            return figure.value


def _minutes(asked: AskedBy) -> Fraction:
    """The minutes a week that a mode asks for."""
    from fractions import Fraction

    mode = asked.mode
    assert mode.size is not None
    groups = sum((Fraction(one.value) for one in mode.students), Fraction(0)) / Fraction(mode.size.value)
    if mode.share is not None:
        groups *= Fraction(mode.share.value)
    if mode.up:
        groups = Fraction(-(-groups // 1))
    return groups * Fraction(mode.minutes.value) * (1 if asked.adults is None else Fraction(asked.adults.value))


def _per(minutes: Fraction, there: Fraction) -> Fraction:
    """Minutes by those that 1.0 FTE has; who has none gives none."""
    return minutes / there if there > 0 else minutes * 0
