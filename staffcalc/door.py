"""The door for programs: a school that was read, its plans, and what they cost. Thin: nothing is computed here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypedDict, get_args, overload

from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.measures import measure
from staffcalc.costing.pay import Price
from staffcalc.costing.scope import Scope
from staffcalc.costing.teams import has_teams
from staffcalc.errors import StaffcalcError
from staffcalc.language.files import Files
from staffcalc.language.school_year import MOST_YEARS, first_of, later
from staffcalc.language.values import Category, MeasureName
from staffcalc.questions.compare import compare_notes
from staffcalc.questions.fit import verdict
from staffcalc.questions.measuring import ALL_MEASURES, MEASURES, TEAM_MEASURES
from staffcalc.questions.narrowing import not_narrowed
from staffcalc.questions.selection import UnknownNameError as UnknownNameError  # a name of the door
from staffcalc.questions.selection import check_among, check_known, in_the_year
from staffcalc.school.budgets import parts_of_revenue
from staffcalc.school.checks import NARROWED_BY
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


class Row(TypedDict):
    """A cost line, in the columns of `staffcalc cost --format csv`.

    `amount` is in dollars, rounded as the file says. `fte` and `people` stand on a role's base pay alone, shared by
    fund, so that they add up. A cost that is not a role's has no role and no category.
    """

    school: str
    year: str | None
    scenario: str
    role: str | None
    category: str | None
    fund: str
    component: str
    fte: Decimal | None
    people: Decimal | None
    amount: Decimal
    file: str


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


class Costs(Mapping[str, "PlanCosts"]):
    """What the plans of a school cost in one year: a mapping from the name of each plan, the baseline first."""

    __slots__ = ("_ledger", "_plans")

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._plans = {plan.name: PlanCosts(ledger, plan) for plan in ledger.plans}

    def __getitem__(self, name: str) -> PlanCosts:
        """The costs of a plan. Raises UnknownNameError, which names the nearest and is a KeyError, too."""
        check_among(name, self._plans, "scenario")
        return self._plans[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plans)

    def __len__(self) -> int:
        return len(self._plans)

    def __repr__(self) -> str:
        return f"<Costs of {self._ledger.school.name} in {self.year}: {', '.join(self)}>"

    @property
    def year(self) -> str | None:
        """The school year; None where the file names none."""
        return self._ledger.school.year

    @property
    def notes(self) -> tuple[str, ...]:
        """What the file leaves open and what is remarkable in it, as `compare` tells it beside its answer."""
        return compare_notes([self._ledger])

    def rows(self) -> list[Row]:
        """Every cost line of every plan. They add up: those of a plan to its cost."""
        return [row for plan in self.values() for row in plan.rows()]


class PlanCosts:
    """What one plan costs in one year."""

    __slots__ = ("_ledger", "_plan")

    def __init__(self, ledger: Ledger, plan: PlanLedger) -> None:
        self._ledger, self._plan = ledger, plan

    def __repr__(self) -> str:
        return f"<PlanCosts of {self.name} in {self.year}: {self.verdict}>"

    @property
    def name(self) -> str:
        """The plan's name."""
        return self._plan.name

    @property
    def year(self) -> str | None:
        """The school year; None where the file names none."""
        return self._ledger.school.year

    @property
    def fits(self) -> bool | None:
        """Whether the plan is within its budget, and no fund is overspent; None where no budget is stated."""
        return verdict(self._plan).good

    @property
    def verdict(self) -> str:
        """The same in words, with the amount: "fits, $20,452 left", "over by $3,000 in title_i"."""
        return verdict(self._plan).text

    def measure(
        self,
        name: MeasureName | str,
        *,
        role: str | None = None,
        category: Category | None = None,
        fund: str | None = None,
        component: str | None = None,
        part: str | None = None,
    ) -> Decimal | None:
        """A measure of the plan by the name that it has in `checks`, or of the part that is named. None: n/a.

        Dollars (cost, budget, left, change, one_time, revenue, cost_per_student, cost_per_fte,
        average_teacher_pay), FTE (fte), people (people), ratios (students_per_teacher, students_per_adult), positions
        (allotment_used, allotment_left), rooms (rooms_needed, rooms_left), shares of one (staff_share, assumed_share),
        or what is told of posts (vacant, given_up, added, displaced) and of teams (team_size, reach). `part` is one of
        the revenue.
        Raises UnknownNameError for a name that the school does not have, and for a measure that cannot be narrowed so.

            costs["residents"].measure("left", fund="title_i")
            costs["residents"].measure("cost", category="teacher", component="salary")
        """
        check_among(name, ALL_MEASURES, "measure")
        named = {"role": role, "category": category, "fund": fund, "component": component}
        for what, one in ((what, one) for what, one in {**named, "part": part}.items() if one is not None):
            if what == "part":
                check_among(one, parts_of_revenue(self._plan.plan.budget), what)
            elif what == "category":
                check_among(one, get_args(Category), what)
            else:
                check_known([self._ledger], what, one)
            if what not in (by := sorted(NARROWED_BY.get(name, ()))):
                raise not_narrowed(name, what, by)
        parts = ((one,) if one is not None else None for one in (*named.values(), part))
        return measure(name, self._plan, self._ledger.baseline, Scope(*parts))

    def measures(self) -> dict[str, Decimal | None]:
        """The measures that every plan has, by name; and those of teams where the school has any."""
        names = [*MEASURES, *(TEAM_MEASURES if has_teams(self._ledger.school) else ())]
        return {name: self.measure(name) for name in names}

    def rows(self) -> list[Row]:
        """Every cost line of the plan. They add up to its cost."""
        school, plan = self._ledger.school, self._plan
        return [
            {
                "school": school.name,
                "year": school.year,
                "scenario": plan.name,
                "role": line.role,
                "category": None if line.category is None else str(line.category),
                "fund": str(line.fund),
                "component": str(line.component),
                "fte": line.fte,
                "people": line.people,
                "amount": line.amount,
                "file": school.file,
            }
            for line in plan.lines
        ]
