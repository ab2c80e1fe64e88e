"""What the funds of a plan have in a later year: as stated for it, or grown, and nothing where they have ended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from staffcalc.costing.growth.dates import Resolving, amounts_of
from staffcalc.costing.growth.rates import Rates
from staffcalc.costing.ledger import PlanLedger, cost_school, not_stated_of
from staffcalc.costing.lines import totals_by
from staffcalc.language.figures import Figure
from staffcalc.school.parts.budgets import Budget, GrownAmount, Revenue, RevenueTerm, StudentGroup
from staffcalc.school.school import Plan, School

Enrolled = Callable[[Figure, Rates, int], Figure]
"""So many students after so many years."""


def in_later_year(
    group: StudentGroup,
    students: Callable[[tuple[Figure, ...]], tuple[Figure, ...]],
    of_year: Resolving,
    first: Resolving,
) -> StudentGroup:
    """Some of the students in a later year, which `students` tells: the share of them that they were in the file's."""
    counted = of_year.of(group.counted)
    # A number that is stated for this very year is one of the students that there are then.
    among = students(group.all) if counted.dated is not None else first.of(group.all)
    return group._replace(counted=counted, all=among, now=students(group.now))


class LaterBudgets:
    """The budgets of a school so many years after its own, which begins in the calendar year `first`.

    `ended` are the funds that are there no more; `in_year` gives the figures that are stated for a year of its own.
    """

    def __init__(
        self,
        school: School,
        first: int,
        number: int,
        ended: Collection[str],
        enrolled: Enrolled,
        in_year: Callable[[int], Resolving],
    ) -> None:
        self.school, self.first, self.number, self.ended = school, first, number, ended
        self.enrolled, self.in_year = enrolled, in_year
        self._today: PlanLedger | None = None

    def of(self, plan: Plan, rates: Rates) -> dict[str, Budget] | None:
        """What each fund has: as stated for the year, or grown; nothing where it has ended."""
        stated = self._stated(plan)
        if stated is None:
            return None
        of_year = amounts_of(plan, str(self.first + self.number))
        found = {fund: of_year.get(fund) or self._of_fund(fund, budget, rates) for fund, budget in stated.items()}
        return {fund: budget for fund, budget in {**found, **of_year}.items() if fund not in self.ended}

    def _of_fund(self, fund: str, budget: Budget, rates: Rates) -> Budget:
        growth = rates.growth("budget", fund, self.number)
        if isinstance(budget, Revenue):
            return self._revenue(budget, rates)._replace(growth=growth)
        dated: Figure = self.in_year(self.number).of(budget)
        # what a decision states has not grown in the year in which it begins: it stays as the file gives it
        grows = dated.dated is None and any(growth.since(dated.since))
        return GrownAmount(dated, growth) if grows else dated

    def _revenue(self, revenue: Revenue, rates: Rates) -> Revenue:
        """The revenue with the prices and the students of the year."""
        of_year = self.in_year(self.number)

        def students(counted: tuple[Figure, ...]) -> tuple[Figure, ...]:
            return tuple(self.enrolled(figure, rates, self.number) for figure in counted)

        def term(one: RevenueTerm) -> RevenueTerm:
            counted = one.students
            if isinstance(counted, StudentGroup):
                counted = in_later_year(counted, students, of_year, self.in_year(0))
            elif counted is not None:
                counted = students(counted)
            return RevenueTerm(of_year.of(one.dollars), counted, of_year.of(one.weight))

        parts = (part._replace(terms=tuple(map(term, part.terms))) for part in revenue.parts)
        return revenue._replace(parts=tuple(parts), staff_share=of_year.of(revenue.staff_share))

    def _stated(self, plan: Plan) -> Mapping[str, Budget] | None:
        """The budget of the file's year; where the file says so, it is what the baseline costs then."""
        if not plan.budget_of_baseline:
            return plan.budget
        place, note = self.school.plans[0].place, f"what the baseline costs in {self.school.year}"
        costs = totals_by(self.today.lines, "fund").items()
        without = not_stated_of(self.today)
        implied = {fund: Figure(cost, "dollars", place, note=note) for fund, cost in costs if fund not in without}
        return {**implied, **(plan.budget or {})}

    def without(self, plan: Plan) -> dict[str, tuple[str, ...]]:
        """The roles without whose cost in the file's year nobody knows what a fund has that is there still."""
        if not plan.budget_of_baseline:
            return {}
        return {fund: roles for fund, roles in not_stated_of(self.today).items() if fund not in self.ended}

    @property
    def today(self) -> PlanLedger:
        """The baseline of the file's year, at its own prices."""
        if self._today is None:
            self._today = cost_school(self.school._replace(plans=self.school.plans[:1])).baseline
        return self._today
