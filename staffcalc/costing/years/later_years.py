"""The school of a later year: its students, staff, pay, benefits, funds and budget after so many years of a forecast.

What comes out is a school like any other, which the ledger costs like any other: growth stands in its posts, and each
formula tells it. What moves from one year to the next moves by a cause, and each cause can be held back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from staffcalc.costing.growth.causes import CAUSES as CAUSES
from staffcalc.costing.growth.causes import DECISIONS, EVERY_CAUSE
from staffcalc.costing.growth.causes import Cause as Cause
from staffcalc.costing.growth.dates import added_up, with_costs_of
from staffcalc.costing.growth.endings import ended
from staffcalc.costing.growth.rates import Rates
from staffcalc.costing.growth.rates import unreplaced as unreplaced
from staffcalc.costing.growth.rates import years_ahead as years_ahead
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.measures.levy import after_levy, has_rest, raised_in
from staffcalc.costing.measures.unknown import is_unknown
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.remarks import caps_that_stand_still, changes_of_ended_funds
from staffcalc.costing.shared import Shared
from staffcalc.costing.years.later_budgets import LaterBudgets, in_later_year
from staffcalc.costing.years.later_staff import LaterStaff
from staffcalc.costing.years.year_ahead import YearAhead
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of, later
from staffcalc.school.checking.enough import overdrawn, overdrawn_on_cells
from staffcalc.school.other_costs import OtherCosts
from staffcalc.school.parts.budgets import Budget
from staffcalc.school.parts.growth import NO_GROWTH, Growth
from staffcalc.school.parts.team import PlanTeam
from staffcalc.school.school import Plan, School
from staffcalc.source.problems import SchoolFileError


def in_year(
    school: School,
    number: int,
    *,
    moved: Collection[Cause] = EVERY_CAUSE,
    ending: Collection[str] | None = None,
    price: Price | None = None,
    shared: Shared | None = None,
) -> School:
    """The school `number` years after the file's year (0: as the file states it).

    A cause that is not `moved` stays as it was a year before; budgets always move. `ending` are the funds taken as
    ended, whenever their end is; None: those that have ended by then. `price` is the one at which a levy of the year
    before has raised the rest; `shared` is what years have in common. ValueError where the file names
    no school year; SchoolFileError where it leaves open what a later year depends on.
    """
    year = school.year
    if year is None or first_of(year) is None:
        raise ValueError("a forecast needs the school year of the file")
    if number and school.questions:
        raise SchoolFileError(school.questions)
    decided = number if DECISIONS in moved else max(number - 1, 0)
    stated, school = school, school._replace(plans=tuple(plan.in_force(decided) for plan in school.plans))
    levies: Mapping[str, Figure | None] = {}
    whole = frozenset(moved) >= frozenset(CAUSES) and ending is None
    if number and whole and any(map(has_rest, school.plans)):
        before = cost_school(in_year(stated, number - 1, price=price, shared=shared), price, shared)
        levies = {
            plan.name: None if is_unknown("levy", plan, plan) else raised_in(plan, later(year, number - 1))
            for plan in before.plans
        }
    later_plans = _LaterPlans(YearAhead(school, number, frozenset(moved), ending), levies, shared or Shared())
    return school._replace(
        year=later(year, number),
        plans=tuple(later_plans.plan(plan) for plan in school.plans),
        dated=False,
        once=False,
        raised=False,
        of_file=stated,
        notes=(*school.notes, *caps_that_stand_still(school, number), *changes_of_ended_funds(stated, number)),
    )


def in_checked_year(school: School, number: int, *, price: Price | None = None, shared: Shared | None = None) -> School:
    """The same of a file's own plans. Raises SchoolFileError, too, where one of them gives up more staff than there is
    in that year."""
    found = in_year(school, number, price=price, shared=shared)
    if problems := (*overdrawn(found.plans, found.year or ""), *overdrawn_on_cells(school, number)):
        raise SchoolFileError(problems)
    return found


class _LaterPlans:
    """Takes plans some years ahead; `levies` is what was raised in the year before, by plan."""

    def __init__(self, ahead: YearAhead, levies: Mapping[str, Figure | None], shared: Shared) -> None:
        self.ahead, self.levies = ahead, levies
        self.staff = LaterStaff(ahead, shared)
        self.budgets = self._budgets(ahead.years.number)

    def plan(self, plan: Plan) -> Plan:
        ahead = self.ahead
        rates, years = Rates(plan, ahead.first), ahead.staff_years
        other_costs, other_growth = self._other_costs(plan, rates)
        return added_up(
            plan._replace(
                staff=tuple(self.staff.staffed(staffed, plan, rates) for staffed in plan.staff),
                students=None if plan.students is None else ahead.enrolled(plan.students, rates, years),
                grades={name: ahead.enrolled(grade, rates, years) for name, grade in plan.grades.items()},
                budget=self._budget(plan, rates),
                budget_of_baseline=False,
                budget_without=self.budgets.without(plan),
                teams=tuple(self._team(team, rates) for team in plan.teams),
                rooms_available=ahead.figures(ahead.years.number).of(plan.rooms_available),
                week=ahead.figures(years).of(plan.week),
                learning=tuple(ahead.mode(mode, rates, years) for mode in plan.learning),
                other_costs=other_costs,
                other_growth=other_growth,
                shared_budget=self._shared_budget(plan, rates),
            )
        )

    def _budget(self, plan: Plan, rates: Rates) -> Mapping[str, Budget] | None:
        """What funds have; the rest of a revenue is held against what it was in the year before."""
        found = self.budgets.of(plan, rates)
        return after_levy(found, self.levies.get(plan.name)) if self.ahead.years.number else found

    def _other_costs(self, plan: Plan, rates: Rates) -> tuple[OtherCosts, dict[str, Growth]]:
        """The other costs of the year with those who pay them, and how each has grown; what is paid once has not."""
        years = self.ahead.years.of("other costs")
        costs: OtherCosts = {}
        growth: dict[str, Growth] = {}
        for name, (cost, funds) in with_costs_of(self.ahead.first + years, plan).other_costs.items():
            paying = self.ahead.endings if cost.once is None else self.ahead.endings_of_once
            costs[name] = self.ahead.figures(years).of(cost), paying.shares(funds)
            grows = cost.once is None and cost.budget_share is None
            growth[name] = rates.growth("other_costs", name, years) if grows else NO_GROWTH
        return costs, growth

    def _shared_budget(self, plan: Plan, rates: Rates) -> Mapping[str, Budget] | None:
        """The budget that other costs are shares of, as far as these have moved; None: that of the year."""
        years = self.ahead.years.of("other costs")
        if years == self.ahead.years.number or all(cost.budget_share is None for cost, _ in plan.other_costs.values()):
            return None
        return self._budgets(years).of(plan, rates)

    def _budgets(self, number: int) -> LaterBudgets:
        """What funds have so many years after the file's."""
        ahead = self.ahead
        gone = ended(ahead.school, number) if ahead.ending is None else tuple(ahead.ending)
        return LaterBudgets(ahead.school, ahead.first, number, gone, ahead.enrolled, ahead.figures)

    def _team(self, team: PlanTeam, rates: Rates) -> PlanTeam:
        """A team of this year, whose students have grown with the school's."""
        of_year = self.ahead.figures(self.ahead.staff_years)
        now: PlanTeam = of_year.of(team)

        def students(counted: tuple[Figure, ...]) -> tuple[Figure, ...]:
            return tuple(self.ahead.enrolled(figure, rates, self.ahead.staff_years) for figure in counted)

        if team.students is None:
            return now
        return now._replace(students=in_later_year(team.students, students, of_year, self.ahead.figures(0)))
