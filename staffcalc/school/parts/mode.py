"""How students of a plan spend their week; `learning` makes it of what a file says."""

from __future__ import annotations

from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.source.problems import Place


class Adults(NamedTuple):
    """Adults of a role, and its category, with each group of students; `number` None: one, or one of several roles."""

    role: str
    category: str | None
    number: Figure | None


class LearningMode(NamedTuple):
    """A way in which students spend a part of their week: so many `minutes` in groups of a `size`, with `adults`, who
    are `together` one adult. It is for the `students` of all grades, or of these `grades`, or for a `share` of them.
    `up`: the last group may be smaller."""

    name: str
    minutes: Figure
    size: Figure | None
    adults: tuple[Adults, ...]
    together: bool
    share: Figure | None
    grades: tuple[str, ...]
    students: tuple[Figure, ...]
    up: bool
    place: Place
