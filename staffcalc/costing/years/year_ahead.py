"""A year some years ahead of the file's: which causes have moved, what figures are then, and which funds have ended."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from staffcalc.costing.growth.causes import DECISIONS, Cause, Years
from staffcalc.costing.growth.dates import Resolving
from staffcalc.costing.growth.endings import Endings, ended
from staffcalc.costing.growth.rates import Rates, grown_figure
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.school import School


class YearAhead:
    """The year `number` years after that of the school, with what has moved until then.

    `ending` are the funds taken as ended, whenever their end is; None: those that have ended by then.
    """

    def __init__(
        self, school: School, number: int, moved: frozenset[Cause], ending: Collection[str] | None = None
    ) -> None:
        assert school.year is not None
        first = first_of(school.year)
        assert first is not None
        self.school, self.first, self.years, self.ending = school, first, Years(number, moved), ending
        self._resolving: dict[int, Resolving] = {}
        self.endings = self.endings_after(number)

    @property
    def staff_years(self) -> int:
        """So many years the students and the staff have moved."""
        return self.years.of("staff")

    @property
    def decided_years(self) -> int:
        """So many years of decisions have come about."""
        return self.years.of(DECISIONS)

    def figures(self, years: int) -> Resolving:
        """What figures are so many years after the file's."""
        if years not in self._resolving:
            self._resolving[years] = Resolving(str(self.first + years), dated=self.school.dated)
        return self._resolving[years]

    def enrolled(self, students: Figure, rates: Rates, years: int) -> Figure:
        """So many students, whole ones; in a year for which the file states them, as stated."""
        dated: Figure = self.figures(years).of(students)
        growth = list(rates.growth("enrollment", "", years).since(students.since))
        return dated if dated.dated is not None or not growth else grown_figure(students, growth, 0)

    def mode(self, mode: LearningMode, rates: Rates, years: int) -> LearningMode:
        """A mode of learning so many years after the file's, with the students of that year."""
        students = tuple(self.enrolled(figure, rates, years) for figure in mode.students)
        now: LearningMode = self.figures(years).of(mode)
        return now._replace(students=students)

    def endings_after(self, number: int) -> Endings:
        """The funds that have ended so many years after the file's, as far as this cause has moved."""
        if self.ending is not None and number == self.years.number:
            return Endings(self.school, self.ending)
        return Endings(self.school, ended(self.school, min(number, self.years.of("fund shift"))))

    @cached_property
    def endings_of_once(self) -> Endings:
        """Who pays what is paid once: where a fund is only taken as ended, what it pays once goes with it."""
        if self.ending is None:
            return self.endings
        gone = ended(self.school, self.years.number)
        return Endings(self.school, gone, stopping=[fund for fund in self.ending if fund not in gone])
