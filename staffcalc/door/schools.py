"""A school that was read, and its plans."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args, overload

from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.pay.pay import Price
from staffcalc.door.costs import Costs, PlanCosts
from staffcalc.errors import StaffcalcError
from staffcalc.language.files import Files
from staffcalc.language.school_year import MOST_YEARS, first_of, later
from staffcalc.questions.selection import check_among, in_the_year
from staffcalc.school.given import GIVEN, with_scenario
from staffcalc.school.reading import CheckedSchool, read_whole
from staffcalc.school.school import BASELINE
from staffcalc.source.problems import Problem, SchoolFileError

Number = int | float | Decimal | str
"""A number as a school file has it, exact: 2, "2.5", Decimal("2.5"); a float counts as it is printed, 2.5."""
_Entry = Number | Mapping[str, Number | Mapping[str, Number]]
Staff = Mapping[str, _Entry | Sequence[_Entry]]
"""How many hold each role: FTE, or what a file may say instead, such as {"people": 4, "fte_each": "0.5"}; of a change
also several of these."""

_TEXT = "<text>"
_CHANGED = ", changed"


class StaffingError(StaffcalcError):
    """Staff that a program gives does not go with the school; the message says what would be right.

    `problems` holds all problems one by one; each has its `message` and its `hint`.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(_problem_in_words, self.problems)))

    def __reduce__(self) -> tuple[type[StaffingError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


def _problem_in_words(problem: Problem) -> str:
    """A problem; without its place where it is in no file."""
    return str(problem).removeprefix(f"{problem.place}: ") if problem.place.file == GIVEN else str(problem)


@overload
def read(path: str | os.PathLike[str], *, root: str | os.PathLike[str] | None = None) -> School: ...
@overload
def read(*, text: str, root: str | os.PathLike[str] | None = None) -> School: ...
def read(
    path: str | os.PathLike[str] | None = None,
    *,
    text: str | None = None,
    root: str | os.PathLike[str] | None = None,
) -> School:
    """Read a school file, or the `text` of one.

    What it `extends` lies beside or below it, or below `root`; what a text extends is named from the working folder.
    Raises SchoolFileError with every problem of the file, each with its place and with what would be right.

        school = staffcalc.read("scenarios/ranson.yaml")
    """
    if (path is None) == (text is None):
        raise TypeError("read() takes the path of a file, or text=…: one of the two")
    files = Files(None if root is None else Path(root), {} if text is None else {_TEXT: text})
    return School(read_whole(_TEXT if path is None else os.fspath(path), files))


class School:
    """A school as its file states it: its plans, which are the baseline and every scenario. It never changes."""

    __slots__ = ("_checked",)

    def __init__(self, checked: CheckedSchool) -> None:
        self._checked = checked

    def __repr__(self) -> str:
        return f"<School {self.name}: {', '.join(self.plans)}>"

    @property
    def name(self) -> str:
        """The school's name."""
        return self._checked.school.name

    @property
    def year(self) -> str | None:
        """The school year of the file, such as "2017-18"; None where it names none."""
        return self._checked.school.year

    @property
    def years(self) -> tuple[str, ...]:
        """The school years that `cost` can be asked for, the file's own first; none where the file names no year."""
        year = self.year
        if year is None or first_of(year) is None:
            return ()
        return tuple(later(year, number) for number in range(1 if self._checked.school.questions else MOST_YEARS))

    @property
    def plans(self) -> Mapping[str, Plan]:
        """The plans by name, the baseline first, in the order of the file."""
        return MappingProxyType({plan.name: Plan(self._checked, plan.name) for plan in self._checked.school.plans})

    def plan(self, name: str = BASELINE) -> Plan:
        """The baseline, or a scenario. Raises UnknownNameError, which names the nearest."""
        check_among(name, self.plans, "scenario")
        return self.plans[name]

    def cost(self, year: str | None = None, price: Price | None = None) -> Costs:
        """What every plan costs, in the file's year or in a later one of its forecast ("2018-19").

        `price`: everybody at "average" pay, at "actual" pay, or as a "new_hire"; left out, staff cost their own pay,
        and posts that a plan adds or gives up what a new hire earns. Raises UnknownNameError for a year that the
        forecast does not reach, and SchoolFileError where the file leaves open what a later year depends on.

            costs = school.cost(year="2018-19")
            costs["residents"].measure("left")
        """
        return Costs(_costed(self._checked, None, year, price))


class Plan:
    """The baseline, a scenario, or a plan that a program has made of one. It never changes."""

    __slots__ = ("_checked", "_name")

    def __init__(self, checked: CheckedSchool, name: str) -> None:
        self._checked, self._name = checked, name

    def __repr__(self) -> str:
        return f"<Plan {self.name} of {self._checked.school.name}>"

    @property
    def name(self) -> str:
        """The plan's name: "baseline", or that of the scenario."""
        return self._name

    def with_staff(self, staff: Staff, *, whole: bool = False, name: str | None = None) -> Plan:
        """Another plan, in which these roles have so many FTE (or people, where they are given as people).

        Roles that are left out keep whom they have; with `whole` they have nobody, as under `staffing` in a file.
        Everything else stays: roles, budget, students. Posts added and given up cost what they do in a scenario.
        `name` is the new plan's; left out, that of this one with ", changed". Raises StaffingError with every problem:
        a role that there is not, a negative number, a name that another plan has.

            plan = school.plan("residents").with_staff({"resident teacher": 5, "teacher assistant": "3.5"})
            plan.cost().measure("left")
        """
        return self._with("staffing", staff, name, others_stay=not whole)

    def with_change(self, change: Staff, *, name: str | None = None) -> Plan:
        """Another plan, with so many FTE more and fewer of these roles (people, where the file counts people).

        It is what a scenario that is `like` this one with this `change` would be. `name` and what is raised are those
        of `with_staff`; no more can be taken away than there is.

            plan = school.plan().with_change({"classroom teacher": -1, "resident teacher": +2})
        """
        return self._with("change", change, name)

    def _with(
        self, how: Literal["staffing", "change"], staff: Staff, name: str | None, *, others_stay: bool = False
    ) -> Plan:
        name = f"{self.name.removesuffix(_CHANGED)}{_CHANGED}" if name is None else name
        try:
            further = with_scenario(self._checked, name, self.name, how, staff, others_stay=others_stay)
        except SchoolFileError as error:
            raise StaffingError(error.problems) from None
        return Plan(further, name)

    def cost(self, year: str | None = None, price: Price | None = None) -> PlanCosts:
        """What this plan costs. `year`, `price` and what is raised are those of `School.cost`."""
        return Costs(_costed(self._checked, self.name, year, price))[self.name]


def _costed(checked: CheckedSchool, name: str | None, year: str | None, price: Price | None) -> Ledger:
    """The ledger of all plans, or of the baseline and the one of this name."""
    if price is not None:
        check_among(price, get_args(Price), "price")
    school = checked.school
    if name is not None:
        school = school._replace(plans=tuple(plan for plan in school.plans if plan.name in (BASELINE, name)))
    return cost_school(school if year is None else in_the_year(school, year, price), price)
