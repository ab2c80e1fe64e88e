"""Staff by formula: ratios to students, to grades and to other roles, and the cover of released time.

A ratio holds the very counts it is taken of. When these change (a scenario with other students, or more of the other
role) the ratio is made again, so that it always stands on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from staffcalc.formula.words import listed
from staffcalc.language.figures import Figure
from staffcalc.language.staff import Staff
from staffcalc.school.asking import Asking, needed
from staffcalc.school.enrollment import Enrollment
from staffcalc.school.likes import LONGEST_LINE
from staffcalc.school.parts.counts import StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.parts.needed import Needed
from staffcalc.school.school import Post, Staffed
from staffcalc.school.staff.classes import by_classes, refuse_parts_of_classes
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Text

STUDENTS = "students"


_WAYS = ("per_students", "per", "sections", "classes", "needed")


def is_ratio(entry: Staff) -> bool:
    """Whether an entry states its staff by formula."""
    return any(part is not None for part in (getattr(entry, key) for key in _WAYS))


def ratios(
    name: Text, entry: Staff, enrollment: Enrollment, posts: Mapping[str, Post], problems: Problems
) -> tuple[StaffCount, ...] | None:
    """The counts of an entry that states a ratio; None, with the problem, where it cannot be taken."""
    if refuse_parts_of_classes(name, entry, problems) or not _is_one_way(name, entry, problems):
        return None
    if entry.sections is not None and not (entry.fte is not None and entry.fte.unit == "rate"):
        return _sections(name, entry, enrollment, problems)
    if entry.classes is not None:
        return by_classes(name, entry, problems)
    if entry.needed is not None:
        step, up = entry.rounding or (None, False)
        return (Needed(entry.needed.place, step, up),)
    each = entry.per_students or entry.each
    if entry.fte is not None and entry.fte.unit == "rate":
        problems.add(entry.fte.place, f"`{name}` has a ratio and a share of today's", "make two entries of it: a list")
        return None
    assert each is not None
    if (nothing := each.nothing) is not None:
        problems.add(nothing.place, f"one `{name}` for every 0", "a ratio is to some number above zero")
        return None
    step, up = entry.rounding or (None, False)
    if entry.per is None:
        if enrollment.students is None:
            what = f"`{name}` is by the number of students, which is missing"
            problems.add(each.place, what, "add `students:` to the file")
            return None
        return (StaffRatio(STUDENTS, enrollment.counted, name.place, entry.fte, each, step=step, up=up),)
    roles = _roles(entry.per, posts, problems)
    if roles is None:
        return None
    name_of_all = listed(one.role for one in roles)
    return (StaffRatio(name_of_all, roles, entry.per[0].place, entry.fte, each, step=step, up=up),)


def _roles(names: tuple[Text, ...], posts: Mapping[str, Post], problems: Problems) -> tuple[StaffOfRole, ...] | None:
    """The roles that a ratio counts together; None, with the problem, where one is unknown or stands twice."""
    wrong = False
    for at, name in enumerate(names):
        if name not in posts:
            problems.add(name.place, f"`{name}` is no role here", nearest(name, posts, "roles"))
            wrong = True
        elif name in names[:at]:
            problems.add(name.place, f"`{name}` is named twice", "a ratio counts the staff of each role once")
            wrong = True
    return None if wrong else tuple(StaffOfRole(str(name), name.place) for name in names)


def _is_one_way(name: Text, entry: Staff, problems: Problems) -> bool:
    """Whether an entry states one ratio, with all that it needs, and its staff in no other way."""
    ways = [key for key in _WAYS if getattr(entry, key) is not None]
    if (entry.per is None) != (entry.each is None):
        what = f"`{name}` has {'no `each` for its `per`' if entry.each is None else '`each` without `per`'}"
        problems.add(name.place, what, "write {per: classroom teacher, each: 6}; the FTE of people is fte_each")
        return False
    if len(ways) > 1 or entry.people is not None or entry.cells or (entry.needed is not None and entry.fte):
        what = f"`{name}` is stated in two ways"
        hint = "give one of per_students, per (with each), sections, classes, needed, FTE, people or cells"
        problems.add(name.place, what, hint)
        return False
    for key in ("fte_each", "hours"):
        if (stated := getattr(entry, key)) is not None:
            what = f"`{name}` has `{key}` beside a ratio"
            problems.add(stated.place, what, "a ratio counts FTE: {per_students: 25, fte: 0.5} is half a post for 25")
            return False
    return True


def _sections(name: Text, entry: Staff, enrollment: Enrollment, problems: Problems) -> tuple[StaffCount, ...] | None:
    found: list[StaffCount] = []
    for grade, size in (entry.sections or {}).items():
        if (nothing := size.nothing) is not None:
            problems.add(nothing.place, f"sections of 0 students in `{grade}`", "state the size of a class")
        elif grade not in enrollment.grades:
            hint = nearest(grade, enrollment.grades, "grades") if enrollment.grades else "add `grades: {K: 60, 1: 64}`"
            problems.add(grade.place, f"`{grade}` is no grade here", hint)
        else:
            found.append(_of_grade(grade, size, enrollment.grades[str(grade)], entry))
    return tuple(found) if len(found) == len(entry.sections or {}) else None


def _of_grade(grade: Text, size: Figure, students: Figure, entry: Staff) -> StaffRatio:
    """The FTE of one grade. Sections are whole where the entry says nothing of rounding; else the FTE are rounded, and
    sections as `section_rounding` says."""
    whole = (Figure(Decimal(1), "FTE", grade.place), True)
    step, up = entry.section_rounding or ((None, False) if entry.rounding is not None else whole)
    fte_step, fte_up = entry.rounding or (None, False)
    if step is None:
        return StaffRatio(str(grade), (students,), grade.place, entry.fte, size, step=fte_step, up=fte_up)
    sections = StaffRatio(str(grade), (students,), grade.place, None, size, step=step, up=up)
    if entry.fte is None and fte_step is None:
        return sections
    return StaffRatio(str(grade), (sections,), grade.place, entry.fte, step=fte_step, up=fte_up)


def counted_anew(
    staff: Mapping[str, Staffed],
    posts: Mapping[str, Post],
    enrollment: Enrollment,
    problems: Problems,
    asking: Asking | None = None,
) -> dict[str, Staffed]:
    """The staff with every ratio taken of these students and of this staff, and with the cover of released time. Those
    that are needed are as many as this plan is `asking` for; None: as what they have been asked for asks."""
    if not any(one.post.role.release is not None or any(map(_is_formula, one.counts)) for one in staff.values()):
        return dict(staff)
    return _Counting(staff, posts, enrollment, problems, asking).all()


class _Counting:
    def __init__(
        self,
        staff: Mapping[str, Staffed],
        posts: Mapping[str, Post],
        enrollment: Enrollment,
        problems: Problems,
        asking: Asking | None,
    ) -> None:
        self.staff, self.posts, self.enrollment, self.problems = staff, posts, enrollment, problems
        self.asking = asking
        self.done: dict[str, Staffed] = {}
        self.under_way: list[str] = []
        self.too_long = False
        self.covered: dict[str, list[tuple[str, Figure]]] = {}
        released = list(staff)
        for name in released:  # those who cover may be released themselves
            release = posts[name].role.release if name in posts else None
            if release is not None and release.cover is not None and str(release.cover) in posts:
                cover = str(release.cover)
                if cover not in staff and cover not in self.covered:
                    released.append(cover)
                self.covered.setdefault(cover, []).append((name, release.share))

    def all(self) -> dict[str, Staffed]:
        for name in (*self.staff, *self.covered):
            self._one(name)
        return {name: self.done[name] for name in (*self.staff, *self.covered) if name in self.done}

    def _one(self, name: str) -> tuple[StaffCount, ...]:
        """The counts of one role, after those that its own ratios are taken of."""
        if name in self.done:
            return self.done[name].counts
        if name in self.under_way:
            self._report(self.under_way[self.under_way.index(name) :])
            return ()
        if name not in self.staff and name not in self.covered:
            return ()
        if len(self.under_way) >= LONGEST_LINE:
            self._report_length()
            return ()
        self.under_way.append(name)
        self.done[name] = self._anew(name)
        self.under_way.pop()
        return self.done[name].counts

    def _anew(self, name: str) -> Staffed:
        """The staff of one role; the very same where nothing that it counts has changed."""
        there = self.staff.get(name) or Staffed(self.posts[name], ())
        stated = tuple(
            self._needed(name, count) if isinstance(count, Needed) else self._count(count)
            for count in there.counts
            if not (isinstance(count, StaffRatio) and count.cover)
        )
        counts = (*self._cover(name, there.people), *stated)
        same = len(counts) == len(there.counts) and all(map(_is, counts, there.counts))
        return there if same else there._replace(counts=counts)

    def _report_length(self) -> None:
        """Told once, of the role from which the line begins."""
        if not self.too_long:
            self.too_long = True
            what = f"more than {LONGEST_LINE} ratios and covers, each counting the next"
            self.problems.add(self._place_of(self.under_way[0]), what, "state one of them in FTE")

    def _place_of(self, name: str) -> Place:
        return min(self._places(name), default=self.posts[name].place)

    def _places(self, name: str) -> list[Place]:
        """Where the ratios of a role stand."""
        counts = self.staff[name].counts if name in self.staff else ()
        return [count.place for count in counts if isinstance(count, StaffRatio | Needed)]

    def _report(self, circle: list[str]) -> None:
        """A circle is told once, from the ratio that stands first in the file."""
        places = {name: min(found) for name in circle if (found := self._places(name))}
        first = min(places, key=places.__getitem__, default=circle[0])
        at = circle.index(first)
        told = ", which counts ".join(f"`{name}`" for name in (*circle[at + 1 :], *circle[: at + 1]))
        place = places.get(first, self.posts[first].place)
        self.problems.add(place, f"a circle: `{first}` counts {told}", "state one of them in FTE")

    def _needed(self, name: str, count: Needed) -> Needed:
        """As many as the plan asks for; the very same where it asks for the same."""
        found = count
        if self.asking is not None:
            there = self.staff.keys() | self.covered.keys()
            found = needed(count, self.posts[name], self.asking, there, self.posts, self.problems)
        coached = (self._count(one) if isinstance(one, StaffRatio) and one.roles else one for one in found.coached)
        found = found._replace(coached=tuple(coached))
        return count if found == count else found

    def _count(self, count: StaffCount) -> StaffCount:
        if not isinstance(count, StaffRatio) or count.today or count.classes:
            return count
        of: tuple[StaffCount | StaffOfRole, ...]
        if count.roles:
            of = tuple(map(self._of_role, count.roles))
        elif count.name == STUDENTS:
            of = self.enrollment.counted or count.of
        else:
            of = tuple(map(self._grade(count.name), count.of))
        return count if of == count.of else count._replace(of=of)

    def _of_role(self, one: StaffOfRole) -> StaffOfRole:
        counts, held = self._one(one.role), self.staff.get(one.role)
        return one._replace(counts=counts, each=held.each if held is not None and held.people else None)

    def _grade(self, grade: str) -> Callable[[StaffCount | StaffOfRole], StaffCount | StaffOfRole]:
        def one(count: StaffCount | StaffOfRole) -> StaffCount | StaffOfRole:
            return self._count(count) if isinstance(count, StaffRatio) else self.enrollment.grades.get(grade, count)

        return one

    def _cover(self, name: str, people: bool) -> Iterator[StaffRatio]:
        for leader, share in self.covered.get(name, ()):
            if people:
                what = f"`{name}` covers released time, but is counted in people"
                self.problems.add(share.place, what, "count it in FTE")
                continue
            yield StaffRatio(leader, (self._of_role(StaffOfRole(leader, share.place)),), share.place, share, cover=True)


def _is_formula(count: StaffCount) -> bool:
    return type(count) is StaffRatio or type(count) is Needed


def _is(one: object, other: object) -> bool:
    return one is other
