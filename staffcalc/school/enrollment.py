"""The students of a plan: all, by grade, and groups of them. Grades are the students."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from staffcalc.language.figures import Figure
from staffcalc.language.file import Scenario, SchoolFile
from staffcalc.language.school_year import first_of
from staffcalc.records import NamedTuple
from staffcalc.school.parts.budgets import StudentGroup, student_groups
from staffcalc.school.stated import Stated
from staffcalc.source.tree import Block

_MANY = Decimal(1_000_000)


class Enrollment(NamedTuple):
    """The students that ratios and revenue count: all, by grade, and some groups of them."""

    students: Figure | None
    grades: Mapping[str, Figure]
    groups: Mapping[str, StudentGroup] = MappingProxyType({})

    @property
    def counted(self) -> tuple[Figure, ...]:
        """The figures that make all students: those of the grades, where there are any."""
        if self.grades:
            return tuple(self.grades.values())
        return (self.students,) if self.students is not None else ()


def enrollment_of(tree: Block, plan: SchoolFile | Scenario, before: Enrollment, stated: Stated) -> Enrollment:
    """The students that a file or a scenario states, over those from which it starts. Grades are the students."""
    found = _students(tree, plan, before, stated)
    first = first_of(str(stated.file.year or ""))
    return found._replace(
        groups=student_groups(plan.student_groups, before.groups, found.counted, first, stated.problems)
    )


def _students(tree: Block, plan: SchoolFile | Scenario, before: Enrollment, stated: Stated) -> Enrollment:
    stated_grades = {str(grade): figure for grade, figure in (plan.grades or {}).items()}
    in_doubt = _in_doubt(tree, stated)
    grades = {**before.grades, **in_doubt, **stated_grades}
    if not grades:
        return Enrollment(plan.students or before.students, {})
    together = _sum(grades, tree)
    students = plan.students
    if students is not None and not in_doubt and (students.value != together.value or students.dated_figures):
        what = f"`students` are {students.value:,f}, and the grades come to {together.value:,f}"
        stated.problems.add(students.place, what, "leave `students` out: they are the sum of the `grades`")
    return Enrollment(before.students if plan.grades is None and before.grades else together, grades)


def _in_doubt(tree: Block, stated: Stated) -> dict[str, Figure]:
    """The grades of a file whose students cannot be read, which has been told: whatever is of them is no problem of its
    own, so they are as many as there may be."""
    lost = [str(path[1]) for path in stated.broken if path[0] == "grades" and len(path) > 1]
    return {grade: Figure(_MANY, "students", tree.place) for grade in sorted(lost)}


def _sum(grades: Mapping[str, Figure], tree: Block) -> Figure:
    """The students of all grades, at the place of the grades: known no better than the least known of them."""
    key = tree.key("grades")
    stated = list(grades.values())
    place = key.place if key is not None else stated[0].place
    together = sum((one.value for one in stated), Decimal(0))
    marked = all(one.source or one.assumed or one.derived for one in stated)
    source = "; ".join(dict.fromkeys(one.source for one in stated if one.source)) if marked else ""
    note = "; ".join(dict.fromkeys(one.note for one in stated if one.note))
    assumed = any(one.assumed for one in stated)
    as_of = stated[0].as_of if len({one.as_of for one in stated}) == 1 else None
    derived = "; ".join(dict.fromkeys(one.derived for one in stated if one.derived))
    budget_stated = (source or None, assumed, note or None)
    return Figure(together, "students", place, *budget_stated, as_of=as_of, derived=derived or None)
