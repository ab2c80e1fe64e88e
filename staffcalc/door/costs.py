"""What the plans of a school cost: measures and cost lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypedDict, get_args

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.teams import has_teams
from staffcalc.costing.scope import Scope
from staffcalc.language.values import Category, MeasureName
from staffcalc.questions.explain.narrowing import not_narrowed
from staffcalc.questions.fit import verdict
from staffcalc.questions.measuring import ALL_MEASURES, MEASURES, TEAM_MEASURES, stated_cells
from staffcalc.questions.notes import school_notes
from staffcalc.questions.selection import check_among, check_known
from staffcalc.school.checking.checks import NARROWED_BY
from staffcalc.school.parts.budgets import parts_of_revenue


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
        return school_notes([self._ledger])

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
        """The measures that `compare` shows of the plan, by name: those that every plan has, and those of what its file
        states besides, such as vacant posts, time, rooms or teams."""
        ledger = self._ledger
        stated = stated_cells(ledger.stated, self._plan, ledger.baseline)
        names = [*MEASURES, *stated, *(TEAM_MEASURES if has_teams(ledger.school) else ())]
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
