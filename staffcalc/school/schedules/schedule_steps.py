"""The steps of a salary schedule: which years each is for, the order in which people climb, and how long each lasts.

A step is named by a year (`7`, `Step 7`), by the years of a band (`5-9`, `25+`, `1,2,3`), or by words (`A`, `entry`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from staffcalc.records import NamedTuple
from staffcalc.source.problems import Problem, Problems
from staffcalc.source.tree import Text

StepIs = Literal["year", "row"]
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_BAND = (  # compiled, as the next one is, where a file has a schedule
    rf"(?P<first>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<last>{_NUMBER})|(?P<list>(?:\s*,\s*\d{{1,4}})+)"
    r"|(?:\s*(?:years?|yrs?))?\s*(?P<open>\+|(?:&|and|or)\s*(?:above|over|more|up)))?(?:\s*(?:years?|yrs?))?"
)
_PREFIXED = r"(?P<prefix>[^\d.]*?)\s*(?P<band>\d.*)"


class Band(NamedTuple):
    """The years that a step is named for, both included; `last` is None where it has no end."""

    first: Decimal
    last: Decimal | None

    def holds(self, year: Decimal) -> bool:
        """Whether the step is named for this year."""
        return self.first <= year and (self.last is None or year <= self.last)


class ScheduleStep(NamedTuple):
    """A row of a schedule in the order in which people climb. `span` are the years it lasts, the last one for any
    number of them."""

    name: Text
    band: Band | None
    span: int = 1


class Steps:
    """The steps of one schedule, in the order in which people climb."""

    def __init__(self, steps: Sequence[ScheduleStep], prefix: str, by_year: bool, question: Problem | None) -> None:
        self.steps, self.question = steps, question
        self._prefix, self._by_year = prefix, by_year
        self.number: Mapping[str, int] = {str(step.name): at for at, step in enumerate(steps)}

    def find(self, name: str) -> tuple[int, int | None] | None:
        """Where a step of this name stands, and which of its years a name means that is one of them (`7` of `5-9`)."""
        if (at := self.number.get(name)) is not None:
            return at, None
        band = _band(name.lower().removeprefix(self._prefix))
        if band is None or band.first != band.last or band.first % 1:
            return None
        for at, step in enumerate(self.steps):
            if step.band is not None and self._lasts(step, at).holds(band.first):
                years = int(band.first - step.band.first)
                return at, years if years < step.span and at + 1 < len(self.steps) else None
        return None

    def _lasts(self, step: ScheduleStep, at: int) -> Band:
        """The years in which people are on the step."""
        assert step.band is not None
        if self._by_year and at + 1 < len(self.steps) and (following := self.steps[at + 1].band) is not None:
            return Band(step.band.first, following.first - 1)
        return step.band

    def climbed(self, at: int) -> Iterator[tuple[int, int]]:
        """The steps that somebody climbs from one on, each with the years on it: where some last half a year, these
        are the steps on which each next year begins."""
        starts = [step.band.first for step in self.steps if step.band is not None]
        if not self._by_year or all(start % 1 == 0 for start in starts):
            yield from ((other, self.steps[other].span) for other in range(at, len(self.steps)))
            return
        year, years = starts[at], 0
        for other in range(at, len(starts)):
            following = starts[other + 1] if other + 1 < len(starts) else None
            while following is not None and year < following:
                year, years = year + 1, years + 1
            if years or following is None:
                yield other, max(years, 1)
            years = 0


def steps_of(schedule: str, names: Sequence[Text], step_is: Text | None, problems: Problems) -> Steps:
    """The steps of a schedule from their names in the order of the file; what cannot be ordered is a problem.

    `step_is` says what numbers with gaps or halves mean; where it is missing, the steps have a question.
    """
    prefix = _prefix(names)
    bands = [_band(name.lower().removeprefix(prefix)) for name in names]
    numbered = [(name, band) for name, band in zip(names, bands, strict=True) if band is not None]
    if len(numbered) < len(names):
        return _with_words(names, bands, step_is, problems)
    ordered = _climbing(numbered, problems)
    question = None
    if step_is is None and (what := _unclear(ordered)):
        hint = "add `step_is: year` (a step lasts until the next one's year) or `step_is: row` (each row lasts a year)"
        question = Problem(ordered[0][0].place, f"the steps of `{schedule}` {what}", hint)
    return Steps(list(_lasting(ordered, step_is)), prefix, step_is == "year", question)


def _prefix(names: Iterable[str]) -> str:
    """What all the names have in common before their number (`Step 1`, `Step 2`), in small letters."""
    matches = [re.fullmatch(_PREFIXED, name.strip().lower(), re.ASCII) for name in names]
    found = {match["prefix"] if match is not None else "" for match in matches}
    return found.pop() if len(found) == 1 else ""


def _band(text: str) -> Band | None:
    match = re.fullmatch(_BAND, text.strip(), re.ASCII | re.IGNORECASE)
    if match is None:
        return None
    first = Decimal(match["first"])
    if match["open"]:
        return Band(first, None)
    if match["last"]:
        return Band(first, Decimal(match["last"]))
    if match["list"]:
        years = [first, *map(Decimal, match["list"].split(",")[1:])]
        return Band(first, years[-1]) if all(high - low == 1 for low, high in pairwise(years)) else None
    return Band(first, first)


_Named = tuple[Text, Band]


def _climbing(steps: list[_Named], problems: Problems) -> list[_Named]:
    """The numbered steps from the first up: the order of the file, or all of it turned round."""
    rises = [high.first > low.first for (_, low), (_, high) in pairwise(steps)]
    if rises.count(False) > rises.count(True):
        steps = steps[::-1]
    for before, one in pairwise(steps):
        _check_climb(before, one, problems)
    return steps


def _check_climb(lower: _Named, higher: _Named, problems: Problems) -> None:
    """A step is above the one before it, and begins when that one has ended."""
    (before, low), (name, high) = lower, higher
    if low.last is not None and low.last < low.first:
        problems.add(before.place, f"the band `{before}` ends before it begins", "write it as 5-9")
    elif low == high:
        what = f"`{name}` and `{before}` are the same step"
        problems.add(name.place, what, f"keep one: the first is in line {before.place.line}")
    elif high.first < low.first:
        what = f"the step {name} is out of order beside {before}"
        problems.add(name.place, what, "is it mistyped? put the steps in their order, up or down")
    elif low.last is None or high.first <= low.last:
        problems.add(name.place, f"the steps {before} and {name} overlap", "give each year one step")


def _unclear(steps: list[_Named]) -> str:
    """What leaves open how long a step lasts; no words where nothing does."""
    if any(band.first % 1 for _, band in steps):
        return "have halves, and nobody says how long one lasts"
    for (before, low), (name, high) in pairwise(steps):
        if low.last is not None and high.first - low.last > 1:
            return f"leave years out between {before} and {name}, and nobody says how long a step lasts"
    return ""


def _lasting(steps: list[_Named], step_is: str | None) -> Iterator[ScheduleStep]:
    following = [*(band.first for _, band in steps), None][1:]
    for (name, band), then in zip(steps, following, strict=True):
        years = 1
        if step_is == "year" and then is not None:
            years = int(then - band.first) or 1
        elif step_is is None and band.last is not None and then is not None:
            years = int(band.last - band.first) + 1
        yield ScheduleStep(name, band, max(years, 1))


def _with_words(names: Sequence[Text], bands: Sequence[Band | None], step_is: Text | None, problems: Problems) -> Steps:
    """Steps of which some are named by words: they are climbed in the order of the file, if the numbers are."""
    numbered = [(name, band) for name, band in zip(names, bands, strict=True) if band is not None]
    if any(high.first <= low.first for (_, low), (_, high) in pairwise(numbered)):
        name = next(name for name, band in zip(names, bands, strict=True) if band is None)
        what = f"the step `{name}` has no number, and the others do not rise"
        problems.add(name.place, what, "put the steps in the order in which people climb, from the first up")
    if step_is == "year":
        problems.add(step_is.place, "`step_is: year`, and not every step is named by its years", "leave it out")
    return Steps([ScheduleStep(name, None) for name in names], "", False, None)
