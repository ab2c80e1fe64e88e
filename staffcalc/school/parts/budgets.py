"""What a fund has: a stated amount, or revenue that follows the students of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from staffcalc.language.figures import Figure, in_years_like
from staffcalc.language.revenue import ALL, FundBudget, StatedPart
from staffcalc.language.school_year import first_of
from staffcalc.records import NamedTuple
from staffcalc.school.parts.growth import NO_GROWTH, Growth
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Text

_BEFORE_FIRST = {"PK": -2, "TK": -1, "K": 0}
_RANGE = r"([^\s-]+)\s*[-–]\s*([^\s-]+)"


class StudentGroup(NamedTuple):
    """Some of the students: a stated number among `all` the students it was stated with, or a share; of `now`, the
    students of a plan, it keeps the same share, in whole students."""

    name: str
    counted: Figure
    all: tuple[Figure, ...]
    now: tuple[Figure, ...]


class RevenueTerm(NamedTuple):
    """So many dollars for each of some students, who count `weight` times (None: once); without students, dollars."""

    dollars: Figure
    students: tuple[Figure, ...] | StudentGroup | None = None
    weight: Figure | None = None


class RevenuePart(NamedTuple):
    """A named part of a revenue."""

    name: str
    terms: tuple[RevenueTerm, ...]


class Rest(NamedTuple):
    """The part of a revenue that is the rest of what its fund pays, and what it was in the year before."""

    name: str
    last_year: Figure | None
    place: Place


class Revenue(NamedTuple):
    """What comes in for a fund, part by part, and the share of it that is for staff (None: all of it). `growth` are
    the rates by which its prices have grown since the file's year, one a year. `rest` comes in besides, as much as the
    fund needs."""

    parts: tuple[RevenuePart, ...]
    staff_share: Figure | None
    place: Place
    growth: Growth = NO_GROWTH
    rest: Rest | None = None


class GrownAmount(NamedTuple):
    """A stated amount, and the rates by which it has grown since the file's year, one a year."""

    amount: Figure
    growth: Growth


Budget = Figure | GrownAmount | Revenue
"""What one fund has in a year."""


def rest_of(budget: Budget | None) -> Rest | None:
    """The part of a budget that is the rest of what its fund pays; None where there is none."""
    return budget.rest if isinstance(budget, Revenue) else None


def parts_of_revenue(budget: Mapping[str, Budget] | None) -> list[str]:
    """The names of the parts of all revenues of a budget."""
    revenues = (one for one in (budget or {}).values() if isinstance(one, Revenue))
    return list(dict.fromkeys(part.name for one in revenues for part in (*one.parts, one.rest) if part is not None))


class StatedBudget(NamedTuple):
    """What a file, and the scenarios that a plan starts from, say of its budget: fund by fund, and `of_baseline` that
    it is besides what today's staff cost. `in_years` are the amounts that its funds have in single years, and `of_file`
    those of the file's own `funds`, whatever scenarios make of them."""

    by_fund: Mapping[Text, FundBudget] | None
    of_baseline: bool
    in_years: Mapping[str, tuple[Figure, ...]]
    of_file: Mapping[str, tuple[Figure, ...]]

    def nearer(self, stated: Mapping[Text, FundBudget] | None) -> StatedBudget:
        """With what a scenario says; funds that it does not name keep theirs, single years too. A percentage of the
        file's own budget is one of what the file has in a single year, too."""
        if stated is None:
            return self
        if ALL in stated:
            return self._replace(by_fund=None, of_baseline=True, in_years={})
        before = {str(fund): one for fund, one in (self.by_fund or {}).items()}
        laid = {fund: _laid(before.get(str(fund)), one) for fund, one in stated.items()}
        in_years = {fund: amounts for fund, amounts in self.in_years.items() if fund not in stated}
        for fund, one in stated.items():
            if fund in self.of_file and one.amount is not None and one.amount.relative is not None:
                in_years[str(fund)] = in_years_like(one.amount, self.of_file[fund])
        return self._replace(by_fund={**(self.by_fund or {}), **laid}, in_years=in_years)


def _laid(far: FundBudget | None, near: FundBudget) -> FundBudget:
    """Parts of a revenue by name, as a file lays them over those of a file that it extends; an amount stands alone."""
    if far is None or far.revenue is None or near.amount is not None:
        return near
    share = near.staff_share if near.staff_share is not None else far.staff_share
    return near.model_copy(update={"revenue": {**far.revenue, **(near.revenue or {})}, "staff_share": share})


class Enrolled(NamedTuple):
    """The students of a plan: those by grade or in one number, and the groups among them."""

    students: tuple[Figure, ...]
    grades: Mapping[str, Figure]
    groups: Mapping[str, StudentGroup]


def budgets(stated: Mapping[Text, FundBudget], enrolled: Enrolled, problems: Problems) -> dict[str, Budget]:
    """What each fund has, with the students of a plan. What cannot be taken of them is reported."""
    found: dict[str, Budget] = {}
    for fund, one in stated.items():
        if (budget := _budget(fund, one, enrolled, problems)) is not None:
            found[str(fund)] = budget
    rests = [rest for one in found.values() if (rest := rest_of(one)) is not None]
    for rest in rests[1:]:
        what = f"`{rest.name}` and `{rests[0].name}` are both the rest of what their funds pay"
        problems.add(rest.place, what, "one part of a file may be the rest: write the amount")
    return found


def _budget(fund: Text, stated: FundBudget, enrolled: Enrolled, problems: Problems) -> Budget | None:
    place = fund.place
    if (stated.amount is None) == (stated.revenue is None):
        what = f"the budget of `{fund}` is stated in two ways" if stated.amount else f"no budget of `{fund}` is stated"
        problems.add(place, what, "give an amount, or `revenue` with its parts")
        return None
    if stated.revenue is None:
        if stated.staff_share is not None:
            what = f"`{fund}` has a `staff_share` and no `revenue`"
            problems.add(stated.staff_share.place, what, "state the amount that is for staff, or the revenue")
        return stated.amount
    rests = [_rest(name, part, stated, problems) for name, part in stated.revenue.items() if part.rest]
    parts = [_part(name, part, enrolled, problems) for name, part in stated.revenue.items() if not part.rest]
    for second in rests[1:]:
        problems.add(
            second.place, f"`{second.name}` is a second rest of `{fund}`", "one part of a file may be the rest"
        )
    sound = tuple(part for part in parts if part is not None)
    only = rests[0] if rests else None
    return Revenue(sound, stated.staff_share, place, rest=only) if len(sound) == len(parts) else None


def _rest(name: Text, part: StatedPart, stated: FundBudget, problems: Problems) -> Rest:
    """The part that is the rest; what is said of how much it is, is a problem."""
    besides = [key for key in ("amount", "per_student", "grades", "of") if getattr(part, key) is not None]
    if besides:
        problems.add(name.place, f"`{name}` is the rest, and has `{besides[0]}`", "leave one of the two out")
    if stated.staff_share is not None:
        what = f"`{name}` is the rest of what is paid, and a share of it is for staff"
        problems.add(stated.staff_share.place, what, "leave `staff_share` out, and state the costs that are no staff's")
    return Rest(str(name), part.last_year, name.place)


def _part(name: Text, stated: StatedPart, enrolled: Enrolled, problems: Problems) -> RevenuePart | None:
    if stated.last_year is not None:
        what = f"`{name}` has `last_year`, and is not the rest"
        problems.add(stated.last_year.place, what, "add `rest: true`, or leave it out")
    if (stated.amount is None) == (stated.per_student is None):
        problems.add(name.place, f"how much is `{name}`?", "write an amount, or {per_student: 10_390}")
        return None
    if stated.per_student is None:
        return _of_amount(name, stated, problems)
    if not enrolled.students:
        what = f"`{name}` is per student, but `students` is missing"
        problems.add(name.place, what, "add `students:` or `grades:` to the file")
        return None
    by_grade = stated.grades is not None or ALL not in stated.per_student
    if stated.of is not None:
        return _of_group(name, stated, by_grade, enrolled, problems)
    if not by_grade:
        return RevenuePart(str(name), (RevenueTerm(stated.per_student[Text(ALL)], enrolled.students),))
    return _by_grade(name, stated, enrolled.grades, problems)


def _of_amount(name: Text, stated: StatedPart, problems: Problems) -> RevenuePart | None:
    assert stated.amount is not None
    if stated.grades is not None or stated.of is not None:
        key = "grades" if stated.grades is not None else "of"
        problems.add(name.place, f"`{name}` has `{key}` and an amount", "an amount is whatever the students are")
        return None
    return RevenuePart(str(name), (RevenueTerm(stated.amount),))


def _of_group(
    name: Text, stated: StatedPart, by_grade: bool, enrolled: Enrolled, problems: Problems
) -> RevenuePart | None:
    assert stated.per_student is not None
    assert stated.of is not None
    if by_grade:
        problems.add(stated.of.place, f"`{name}` is of a group and by grade", "make one part of it for each")
        return None
    group = enrolled.groups.get(str(stated.of))
    if group is None:
        hint = "add `student_groups: {students with disabilities: 220}`"
        hint = nearest(stated.of, enrolled.groups, "groups") if enrolled.groups else hint
        problems.add(stated.of.place, f"`{stated.of}` is no group of students here", hint)
        return None
    return RevenuePart(str(name), (RevenueTerm(stated.per_student[Text(ALL)], group),))


def _by_grade(name: Text, stated: StatedPart, grades: Mapping[str, Figure], problems: Problems) -> RevenuePart | None:
    assert stated.per_student is not None
    if not grades:
        problems.add(name.place, f"`{name}` is by grade, and there are no `grades`", "add `grades: {9: 106, 10: 115}`")
        return None
    dollars = _of_each(stated.per_student, grades, problems)
    weights = _of_each(stated.grades or {}, grades, problems)
    if dollars is None or weights is None:
        return None
    alike: dict[tuple[int, int], list[str]] = {}
    for grade in grades:
        if grade in dollars:
            weight = weights.get(grade)
            alike.setdefault((id(dollars[grade]), id(weight)), []).append(grade)
    terms = (
        RevenueTerm(dollars[some[0]], tuple(grades[grade] for grade in some), weights.get(some[0]))
        for some in alike.values()
    )
    return RevenuePart(str(name), tuple(terms))


def _of_each(
    stated: Mapping[Text, Figure], grades: Mapping[str, Figure], problems: Problems
) -> dict[str, Figure] | None:
    """What is stated for each grade; None, with the problem, where a name is none, or a grade is named twice."""
    found: dict[str, Figure] = {}
    for name, figure in stated.items():
        named = list(grades) if name == ALL else list(_grades(name, list(grades)))
        if not named:
            problems.add(name.place, f"`{name}` is no grade here", nearest(name, grades, "grades"))
            return None
        for grade in named:
            if grade in found:
                problems.add(name.place, f"grade `{grade}` is named twice", "each grade stands in one of the ranges")
                return None
            found[grade] = figure
    return found


def _grades(name: str, grades: Sequence[str]) -> Iterator[str]:
    """The grades that a name means: one, or those from one to another as a child climbs them: 9-12, K-2."""
    if name in grades:
        yield name
    elif match := re.fullmatch(_RANGE, name.strip()):
        first, last = map(_climbed, match.groups())
        if first is not None and last is not None:
            yield from (grade for grade in grades if (at := _climbed(grade)) is not None and first <= at <= last)


def _climbed(grade: str) -> int | None:
    """How many grades are below this one, from kindergarten on; None for one that is none of a ladder."""
    return int(grade) if grade.isdecimal() else _BEFORE_FIRST.get(grade.upper())


def student_groups(
    stated: Mapping[Text, Figure] | None,
    before: Mapping[str, StudentGroup],
    students: tuple[Figure, ...],
    first: int | None,
    problems: Problems,
) -> dict[str, StudentGroup]:
    """The groups of a plan's students: those it starts from, whose share stays, and those it states anew. `first` is
    the calendar year in which the file's school year begins."""
    found = {name: group._replace(now=students) for name, group in before.items()}
    for name, figure in (stated or {}).items():
        if not students:
            problems.add(name.place, f"`{name}` are some of the students, and these are missing", "add `students:`")
        elif figure.unit == "students" and figure.value > sum(one.value for one in students):
            problems.add(figure.place, f"`{name}` are more than the students are", "a group is some of the students")
        found[str(name)] = StudentGroup(str(name), figure, students, students)
    for group in found.values():
        _check_share(group, first, problems)
    return found


def _check_share(group: StudentGroup, first: int | None, problems: Problems) -> None:
    """A group that is stated among no students is no share of those of another plan or year."""
    if group.counted.unit == "rate":
        return
    years = {first_of(one.dated or "") for figure in group.now for one in figure.dated_figures}
    for year in (first, *sorted(year for year in years if year is not None and first is not None and year > first)):
        counted = group.counted.in_year(year)
        now = [figure.in_year(year) for figure in group.now]
        among = [figure.in_year(year if counted.dated is not None else first) for figure in group.all]
        if any(one.value for one in now) and not any(one.value for one in among):
            place = next(one.place for one in now if one.value)
            what = f"what share of these students are `{group.name}`? They are stated where there are no students"
            problems.add(place, what, f"state them here too, or as a share: `student_groups: {{{group.name}: 10%}}`")
            return
