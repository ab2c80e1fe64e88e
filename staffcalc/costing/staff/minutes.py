"""Minutes as formulas: the week of 1.0 FTE with its parts, and the groups in which students learn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from staffcalc.formula.formula import Formula, Number, Quotient, Stepped, add, of_figure, product
from staffcalc.language.figures import Figure
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.parts.needed import MINUTES_AN_HOUR
from staffcalc.school.time import PARTS


def week_formula(week: Figure) -> Formula:
    """The minutes of a week, which is stated in minutes or in hours."""
    stated = of_figure("week", week)
    return product(stated, Number(MINUTES_AN_HOUR)) if week.unit == "hours a week" else stated


def parts_formulas(parts: Mapping[str, Figure], week: Figure) -> dict[str, Formula]:
    """The minutes of each part of the week that a role states."""
    found: dict[str, Formula] = {}
    for key, figure in parts.items():
        stated = of_figure(PARTS[key], figure)
        found[key] = product(week_formula(week), stated) if figure.unit == "rate" else stated
    return found


# How students spend their week


def learners(mode: LearningMode) -> Formula:
    """The students who learn in a mode."""
    students = add(*(of_figure("students", figure) for figure in mode.students))
    return students if mode.share is None else product(students, of_figure("share", mode.share))


def minutes_of_students(mode: LearningMode) -> Formula:
    """The minutes of all students in a mode, together."""
    return product(learners(mode), of_figure("minutes", mode.minutes))


def groups_in_mode(mode: LearningMode) -> Formula:
    """How many groups they are; exact, or whole where the file says so."""
    assert mode.size is not None
    exact = Quotient(learners(mode), of_figure("group size", mode.size))
    return Stepped(exact, Number(1), True, 0) if mode.up else exact


def group_minutes(mode: LearningMode) -> Formula:
    """The minutes of all groups together: what one adult with each group gives."""
    return product(groups_in_mode(mode), of_figure("minutes", mode.minutes))


def mode_figures(mode: LearningMode) -> Iterator[tuple[str, Figure]]:
    """The figures of a mode of learning, with their names."""
    named = (("minutes", mode.minutes), ("group size", mode.size), ("share", mode.share))
    yield from ((f"{phrase} of {mode.name}", figure) for phrase, figure in named if figure is not None)
    yield from ((f"{one.role} in {mode.name}", one.number) for one in mode.adults if one.number is not None)
