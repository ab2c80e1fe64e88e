"""The modes in which the students of a plan learn: those it starts from with its own laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from staffcalc.language.figures import Figure
from staffcalc.language.learning import By
from staffcalc.language.learning import Mode as StatedMode
from staffcalc.language.school_year import first_of
from staffcalc.records import NamedTuple
from staffcalc.school.enrollment import Enrollment
from staffcalc.school.parts.mode import Adults, LearningMode
from staffcalc.school.school import Post
from staffcalc.source.problems import Place, nearest
from staffcalc.source.tree import Text

if TYPE_CHECKING:
    from staffcalc.school.stated import Stated


class Learners(NamedTuple):
    """What the modes of a plan may name: its roles, its students and their grades; and the week of its roles."""

    posts: Mapping[str, Post]
    enrollment: Enrollment
    week: Figure | None
    stated: Stated

    def wrong(self, place: Place, message: str, hint: str) -> None:
        """A problem, told once: a plan that is like another one repeats what is wrong with it."""
        if all(problem.place != place for problem in self.stated.problems):
            self.stated.problems.add(place, message, hint)


def learning(
    stated: Mapping[Text, StatedMode | None] | None, before: Iterable[LearningMode], among: Learners
) -> tuple[LearningMode, ...]:
    """The modes of a plan: those it starts from with the plan's own students, and those it states, drops or changes."""
    found = {mode.name: mode._replace(students=_students(mode.grades, among)) for mode in before}
    for name, one in (stated or {}).items():
        if one is not None:
            mode = _laid(name, one, found.get(str(name)), among)
            if mode is not None:
                found[str(name)] = mode
        elif found.pop(str(name), None) is None and not among.stated.is_extending and not _in_doubt(name, among):
            known = [mode.name for mode in before]
            hint = nearest(name, known, "modes") if known else "leave it out: there is no mode to drop"
            among.wrong(name.place, f"`{name}` is no mode of learning here", hint)
    for mode in found.values():
        _check_weeks(mode, among)
    return tuple(found.values())


def _in_doubt(name: Text, among: Learners) -> bool:
    return ("learning", str(name)) in among.stated.broken


def _students(grades: tuple[str, ...], among: Learners) -> tuple[Figure, ...]:
    """The students of these grades, or all of them."""
    if not grades:
        return among.enrollment.counted
    return tuple(among.enrollment.grades[grade] for grade in grades if grade in among.enrollment.grades)


def _laid(name: Text, stated: StatedMode, before: LearningMode | None, among: Learners) -> LearningMode | None:
    """A mode as it is stated, over the one of this name that the plan starts from; None, with the problem, where
    something of it cannot be."""
    minutes = _restated(stated.minutes, None if before is None else before.minutes)
    size = _restated(stated.group_size, None if before is None else before.size)
    if minutes is None:
        if not _in_doubt(name, among):
            among.wrong(name.place, f"how long is `{name}`?", "add `minutes: 300`, a week of each student in it")
        return None
    if not all([_has_sizes(name, stated, size, among), _has_students(name, stated, among)]):
        return None
    adults, together = ((), False) if before is None else (before.adults, before.together)
    if stated.by is not None:
        adults, together = _adults(stated.by, among), stated.by.together
    share, grades = (None, ()) if before is None else (before.share, before.grades)
    if stated.share is not None or stated.grades is not None:
        share, grades = stated.share and _restated(stated.share, share), tuple(map(str, stated.grades or ()))
    if adults and size is None:
        what = f"who is with the groups of `{name}` is said, and not how large they are"
        among.wrong(name.place, what, "add `group_size: 6`")
        return None
    up = before is not None and before.up if stated.rounding is None else stated.rounding == "up"
    students = _students(grades, among)
    return LearningMode(str(name), minutes, size, adults, together, share, grades, students, up, name.place)


def _restated(stated: Figure | None, before: Figure | None) -> Figure | None:
    """A figure laid over the one of before. As of any other block, what is said of single years goes by the year: a
    year that the nearer one does not name stays. A bare number takes the place of all."""
    if stated is None or before is None:
        return stated or before
    is_block = stated.dated_figures or stated.assumed or any((stated.source, stated.note, stated.derived, stated.as_of))
    if not is_block or not before.dated_figures:
        return stated
    named = {first_of(one.dated or "") for one in stated.dated_figures}
    kept = [one for one in before.dated_figures if first_of(one.dated or "") not in named]
    return stated._replace(dated_figures=(*kept, *stated.dated_figures))


def _has_sizes(name: Text, stated: StatedMode, size: Figure | None, among: Learners) -> bool:
    """Whether groups have some size, and what is said of them says something."""
    if stated.rounding is not None and size is None:
        among.wrong(stated.rounding.place, f"`{name}` has a rounding but no groups", "add `group_size: 6`")
        return False
    if stated.group_size is not None and (nothing := stated.group_size.nothing) is not None:
        among.wrong(nothing.place, f"groups of 0 students in `{name}`", "state the size of a group")
        return False
    return True


def _has_students(name: Text, stated: StatedMode, among: Learners) -> bool:
    """Whether there are the students that a mode is for."""
    known = among.enrollment.grades
    if stated.share is not None and stated.grades is not None:
        among.wrong(stated.share.place, f"`{name}` has a `share` and `grades`", "give one, or make two modes")
        return False
    for grade in stated.grades or ():
        if grade not in known and ("grades",) not in among.stated.broken:
            hint = nearest(grade, known, "grades") if known else "add `grades: {K: 60, 1: 64}`"
            among.wrong(grade.place, f"`{grade}` is no grade here", hint)
            return False
    if not among.enrollment.counted:
        if ("students",) not in among.stated.broken and ("grades",) not in among.stated.broken:
            what = f"`{name}` is for students, and their number is missing"
            among.wrong(name.place, what, "add `students:` to the file")
        return False
    return True


def _adults(by: By, among: Learners) -> tuple[Adults, ...]:
    found: list[Adults] = []
    for role, number in by.roles:
        post, broken = among.posts.get(role), among.stated.broken
        if post is not None:
            found.append(Adults(role, post.category, number))
        elif ("roles", str(role)) not in broken and ("roles",) not in broken:
            among.wrong(role.place, f"`{role}` is no role here", nearest(role, among.posts, "roles"))
    return tuple(found)


def _check_weeks(mode: LearningMode, among: Learners) -> None:
    """Whoever is asked for minutes has a week of some length."""
    for one in mode.adults:
        role = among.posts[one.role].role
        if role.hourly is None and role.week is None and among.week is None and ("week",) not in among.stated.broken:
            place = one.role.place if isinstance(one.role, Text) else mode.place
            what = f"`{one.role}` is with groups of `{mode.name}`, and its week is not stated"
            among.wrong(place, what, "add `week: 2_400` to the file, or to the role")
