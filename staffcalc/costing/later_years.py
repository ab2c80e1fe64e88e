"""The school of a later year: its students, staff, pay, benefits, funds and budget after so many years of a forecast.

What comes out is a school like any other, which the ledger costs like any other: growth stands in its posts, and each
formula tells it. What moves from one year to the next moves by a cause, and each cause can be held back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from staffcalc.costing.causes import CAUSES as CAUSES
from staffcalc.costing.causes import DECISIONS, EVERY_CAUSE, Years
from staffcalc.costing.causes import Cause as Cause
from staffcalc.costing.charges import Paying
from staffcalc.costing.dates import Resolving, added_up, with_costs_of
from staffcalc.costing.endings import Endings, ended
from staffcalc.costing.later_budgets import LaterBudgets, in_later_year
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.levy import after_levy, has_rest, raised_in
from staffcalc.costing.pay import Price
from staffcalc.costing.raises import further_on, with_steps_gained
from staffcalc.costing.rates import Rates, grown_figure, some_leave
from staffcalc.costing.rates import unreplaced as unreplaced
from staffcalc.costing.rates import years_ahead as years_ahead
from staffcalc.costing.remarks import caps_that_stand_still
from staffcalc.costing.shared import Shared
from staffcalc.costing.staff import staffs
from staffcalc.costing.unknown import is_unknown
from staffcalc.formula.formula import Rounded, value
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of, later
from staffcalc.school.budgets import Budget
from staffcalc.school.counts import Alike, StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.filled import linked
from staffcalc.school.growth import NO_GROWTH, Growth
from staffcalc.school.mode import LearningMode
from staffcalc.school.needed import Needed
from staffcalc.school.other_costs import OtherCosts
from staffcalc.school.school import NOBODY, Counted, Decided, Hired, Plan, Post, School, Staffed, Turnover
from staffcalc.school.team import PlanTeam
from staffcalc.source.problems import SchoolFileError

_EXACT = 20
"""So many decimals of FTE that no rounding of a ratio can tell them from the exact ones."""


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
    ended, whenever their end is; None: those that have ended by then. `price` is that of a budget which the file does
    not state, for it is what the baseline costs; `shared` is what years have in common. ValueError where the file names
    no school year; SchoolFileError where it leaves open what a later year depends on.
    """
    year = school.year
    if year is None or first_of(year) is None:
        raise ValueError("a forecast needs the school year of the file")
    if number and school.questions:
        raise SchoolFileError(school.questions)
    decided = number if DECISIONS in moved else max(number - 1, 0)
    stated, school = school, school._replace(plans=tuple(plan.in_force(decided) for plan in school.plans))
    moving = _Moving(school, number, frozenset(moved), ending, price, shared or Shared())
    whole = frozenset(moved) >= frozenset(CAUSES) and ending is None
    if number and whole and any(map(has_rest, school.plans)):
        before = cost_school(in_year(stated, number - 1, price=price, shared=shared), price, shared)
        moving.levies = {
            plan.name: None if is_unknown("levy", plan, plan) else raised_in(plan, later(year, number - 1))
            for plan in before.plans
        }
    return school._replace(
        year=later(year, number),
        plans=tuple(moving.plan(plan) for plan in school.plans),
        dated=False,
        once=False,
        raised=False,
        notes=(*school.notes, *caps_that_stand_still(school, number)),
    )


class _Moving:
    """Takes plans some years ahead."""

    def __init__(
        self,
        school: School,
        number: int,
        moved: frozenset[Cause],
        ending: Collection[str] | None,
        price: Price | None,
        shared: Shared,
    ) -> None:
        self.school, self.years, self.price, self.ending = school, Years(number, moved), price, ending
        self.shared = shared
        assert school.year is not None
        first = first_of(school.year)
        assert first is not None
        self.first, self.name = first, school.year
        self.endings = self._endings(number)
        self.known: dict[tuple[object, ...], Staffed] = {}
        self.posts: dict[tuple[int, ...], Post] = {}
        self.resolving: dict[int, Resolving] = {}
        self.budgets = self._budgets(number)
        self.levies: Mapping[str, Figure | None] = {}

    def plan(self, plan: Plan) -> Plan:
        rates = Rates(plan, self.first)
        other_costs, other_growth = self._other_costs(plan, rates)
        return added_up(
            plan._replace(
                staff=tuple(self._staffed(staffed, plan, rates) for staffed in plan.staff),
                students=None if plan.students is None else self._enrolled(plan.students, rates, self._staff_years),
                grades={name: self._enrolled(grade, rates, self._staff_years) for name, grade in plan.grades.items()},
                budget=self._budget(plan, rates),
                budget_of_baseline=False,
                teams=tuple(self._team(team, rates) for team in plan.teams),
                rooms_available=self._in(self.years.number).of(plan.rooms_available),
                week=self._in(self._staff_years).of(plan.week),
                learning=tuple(self._mode(mode, rates, self._staff_years) for mode in plan.learning),
                other_costs=other_costs,
                other_growth=other_growth,
                shared_budget=self._shared_budget(plan, rates),
            )
        )

    def _budget(self, plan: Plan, rates: Rates) -> Mapping[str, Budget] | None:
        """What funds have; the rest of a revenue is held against what it was in the year before."""
        found = self.budgets.of(plan, rates)
        return after_levy(found, self.levies.get(plan.name)) if self.years.number else found

    def _other_costs(self, plan: Plan, rates: Rates) -> tuple[OtherCosts, dict[str, Growth]]:
        """The other costs of the year with those who pay them, and how each has grown; what is paid once has not."""
        years = self.years.of("other costs")
        costs: OtherCosts = {}
        growth: dict[str, Growth] = {}
        for name, (cost, funds) in with_costs_of(self.first + years, plan).other_costs.items():
            paying = self.endings if cost.once is None else self._endings_of_once
            costs[name] = self._in(years).of(cost), paying.shares(funds)
            grows = cost.once is None and cost.budget_share is None
            growth[name] = rates.growth("other_costs", name, years) if grows else NO_GROWTH
        return costs, growth

    def _shared_budget(self, plan: Plan, rates: Rates) -> Mapping[str, Budget] | None:
        """The budget that other costs are shares of, as far as these have moved; None: that of the year."""
        years = self.years.of("other costs")
        if years == self.years.number or all(cost.budget_share is None for cost, _ in plan.other_costs.values()):
            return None
        return self._budgets(years).of(plan, rates)

    def _budgets(self, number: int) -> LaterBudgets:
        """What funds have so many years after the file's."""
        gone = ended(self.school, number) if self.ending is None else tuple(self.ending)
        return LaterBudgets(self.school, self.first, number, gone, self._enrolled, self._in)

    @cached_property
    def _endings_of_once(self) -> Endings:
        """Who pays what is paid once: where a fund is only taken as ended, what it pays once goes with it."""
        if self.ending is None:
            return self.endings
        gone = ended(self.school, self.years.number)
        return Endings(self.school, gone, stopping=[fund for fund in self.ending if fund not in gone])

    def _endings(self, number: int) -> Endings:
        """The funds that have ended so many years after the file's, as far as this cause has moved."""
        if self.ending is not None and number == self.years.number:
            return Endings(self.school, self.ending)
        return Endings(self.school, ended(self.school, min(number, self.years.of("fund shift"))))

    # Staff

    @property
    def _staff_years(self) -> int:
        return self.years.of("staff")

    def _enrolled(self, students: Figure, rates: Rates, years: int) -> Figure:
        """So many students, whole ones; in a year for which the file states them, as stated."""
        dated: Figure = self._in(years).of(students)
        growth = list(rates.growth("enrollment", "", years).since(students.since))
        return dated if dated.dated is not None or not growth else grown_figure(students, growth, 0)

    def _team(self, team: PlanTeam, rates: Rates) -> PlanTeam:
        """A team of this year, whose students have grown with the school's."""
        of_year = self._in(self._staff_years)
        now: PlanTeam = of_year.of(team)

        def students(counted: tuple[Figure, ...]) -> tuple[Figure, ...]:
            return tuple(self._enrolled(figure, rates, self._staff_years) for figure in counted)

        if team.students is None:
            return now
        return now._replace(students=in_later_year(team.students, students, of_year, self._in(0)))

    def _mode(self, mode: LearningMode, rates: Rates, number: int) -> LearningMode:
        """A mode of learning in one year, with the students of the year."""
        students = tuple(self._enrolled(figure, rates, number) for figure in mode.students)
        now: LearningMode = self._in(number).of(mode)
        return now._replace(students=students)

    def _staffed(self, staffed: Staffed, plan: Plan, rates: Rates) -> Staffed:
        # Scenarios share their staff; where students and rules are the same, so is what becomes of them.
        key = (id(staffed), id(plan.students), tuple(map(id, plan.forecast)))
        if key not in self.known:
            self.known[key] = self._moved(staffed, plan, rates)
        return self.known[key]

    def _moved(self, staffed: Staffed, plan: Plan, rates: Rates) -> Staffed:
        staffed = self._counted(staffed, plan, rates, self._staff_years)
        key = (id(staffed.post), *map(id, plan.forecast))
        if key not in self.posts:
            self.posts[key] = self._hiring(self._post(staffed.post, rates), rates)
        staffed = staffed._replace(led=self._in(self._staff_years).of(staffed.led), post=self.posts[key])
        gained = rates.steps(staffed.post, 0, self.years.of("step"))
        if gained is not None:
            staffed = with_steps_gained(staffed, gained, self.shared)
        staffed = staffed._replace(
            decided=tuple(self._decided(one, staffed.post, rates) for one in staffed.decided),
            hired=self._hired(staffed.hired, 0),
        )
        return self.endings.staffed(staffed)

    def _decided(self, one: Decided, post: Post, rates: Rates) -> Decided:
        """What was decided in a year, with the steps that those have gained since whom it has put on cells."""
        gained = rates.steps(post, one.year, self.years.of("step"))
        placements = (
            each if each.wage is None else each._replace(wage=further_on(each.wage, gained)) for each in one.placements
        )
        return one._replace(placements=tuple(placements), hired=self._hired(one.hired, one.year))

    def _hired(self, hired: tuple[Hired, ...], year: int) -> tuple[Hired, ...]:
        """The posts added for a part of the year; after the first one for the months of every year, or all of it. They
        stay apart from the others: whoever went before they came went without them."""
        return hired if self._decided_years <= year else tuple(one._replace(first_year=None) for one in hired)

    @property
    def _decided_years(self) -> int:
        return self.years.of(DECISIONS)

    def _counted(self, staffed: Staffed, plan: Plan, rates: Rates, number: int) -> Staffed:
        """The staff with their counts of each year up to one."""
        # Funds taken as ended in the file's own year change its counts, too.
        last = max([number, *(one.year for one in staffed.decided)])
        numbers = range(1, last + 1) or range(0 if self.ending is None else 1)
        later = tuple(self._counted_in(year, min(year, number), staffed, plan, rates) for year in numbers)
        staffed = self._of_this_year(staffed)
        moves = (
            bool(staffed.decided) or any(one != staffed.now for one in later) or some_leave(staffed.today or staffed)
        )
        return staffed._replace(later=later) if moves else staffed

    def _counted_in(self, decided: int, year: int, staffed: Staffed, plan: Plan, rates: Rates) -> Counted:
        """What has been decided by a year, counted as of one."""
        counts = next((one.counts for one in reversed(staffed.decided) if one.year <= decided), staffed.counts)
        if self.school.dated or not all(isinstance(count, Alike) for count in counts):
            counts = tuple(self._count(count, plan, rates, year) for count in counts)
        return Counted(counts, self._in(year).of(staffed.each))

    def _of_this_year(self, staffed: Staffed) -> Staffed:
        """The staff of the file's year with the pay of this one."""
        first, pay = self._in(0), self._in(self.years.of("COLA"))
        placements = staffed.placements
        if self.school.dated:
            placements = tuple(one._replace(fte=first.of(one.fte), wage=pay.of(one.wage)) for one in placements)
        return staffed._replace(
            counts=first.of(staffed.counts),
            each=first.of(staffed.each),
            placements=placements,
            today=None if staffed.today is None else self._of_this_year(staffed.today),
            decided=tuple(one._replace(placements=pay.of(one.placements)) for one in staffed.decided),
            months=first.of(staffed.months),
        )

    def _count(self, count: StaffCount, plan: Plan, rates: Rates, number: int) -> StaffCount:
        """A count in one year: students grow, and a ratio counts what there is then of other roles."""
        if isinstance(count, Figure):
            if count.unit == "students":
                return self._enrolled(count, rates, number)
            dated: Figure = self._in(number).of(count)
            return dated
        if isinstance(count, Alike):
            alike: Alike = self._in(number).of(count)
            return alike
        if isinstance(count, Needed):
            return self._needed(count, plan, rates, number)
        ratio: StaffRatio = self._in(number).of(count)
        of = tuple(
            self._of_role(one, plan, rates, number)
            if isinstance(one, StaffOfRole)
            else self._count(one, plan, rates, number)
            for one in count.of
        )
        return ratio if of == ratio.of else ratio._replace(of=of)

    def _of_role(self, one: StaffOfRole, plan: Plan, rates: Rates, number: int) -> StaffOfRole:
        """What there is in one year of a role that a ratio counts."""
        now: StaffOfRole = self._in(number).of(one)
        other = next((other for other in plan.staff if other.post.name == one.role), None)
        if other is not None and (left := self._left(other, plan, rates, number)) is not None:
            return now._replace(counts=(left,), each=None)
        return now._replace(counts=tuple(self._count(count, plan, rates, number) for count in one.counts))

    def _needed(self, count: Needed, plan: Plan, rates: Rates, number: int) -> Needed:
        """As many as are asked for in one year: of its students, in its minutes, and by whom there is to coach."""
        now: Needed = self._in(number).of(count)
        modes = (self._mode(one.mode, rates, number) for one in count.asked)
        return now._replace(
            asked=tuple(one._replace(mode=mode) for one, mode in zip(now.asked, modes, strict=True)),
            coached=tuple(self._count(one, plan, rates, number) for one in count.coached),
        )

    def _left(self, staffed: Staffed, plan: Plan, rates: Rates, number: int) -> Figure | None:
        """The FTE that are left in one year, where a fund has ended and nobody follows; None: all are."""
        endings = self._endings(number)
        if NOBODY not in endings.after.values():
            return None
        posts: list[Staffed] = []
        if any(placement.fund_shares for placement in (staffed.today or staffed).placements):
            # Only where people have funds of their own does it matter who they are: those who go to other posts, and
            # those who come from these, are then counted with them.
            moving = linked(plan.staff)
            posts = [one for one in moving if one is not staffed] if any(one is staffed for one in moving) else []
        now = [endings.staffed(self._counted(one, plan, rates, number)) for one in (staffed, *posts)]
        whole = staffs([self._in(number).of(one) for one in now])[0]
        left = Paying(now[0].post).left(whole)
        if left is whole:
            return None
        return Figure(
            value(Rounded(left.fte, _EXACT)), "FTE", staffed.post.place, note="what is left when a fund has ended"
        )

    # Pay

    def _post(self, post: Post, rates: Rates) -> Post:
        years = self.years.of("benefits")
        names = [*post.components, *map(str, post.role.saves or {}), "substitutes"]
        growth = {
            "salary": rates.growth("cola", post.unit, self.years.of("COLA"), post.months),
            "supplement": rates.growth("supplements", post.unit, self.years.of("supplements")),
            **{name: rates.growth("benefits", name, years) for name in names},
        }
        caps = {name: rates.growth("caps", name, years) for name in names}
        pay, benefits = self._in(self.years.of("COLA")), self._in(years)
        supplements = self._in(self.years.of("supplements"))
        stated = {
            "supplement": supplements.of(post.role.supplement),
            "substitute_day_rate": benefits.of(post.role.substitute_day_rate),
            "saves": benefits.of(post.role.saves),
        }
        role = pay.of(post.role)
        changed = {key: one for key, one in stated.items() if one is not getattr(role, key)}
        return post._replace(
            role=role.model_copy(update=changed) if changed else role,
            components=benefits.of(post.components),
            salary=pay.of(post.salary),
            average=pay.of(post.average),
            new_hire=pay.of(post.new_hire),
            growth={name: figures for name, figures in growth.items() if figures.rates},
            caps={name: figures for name, figures in caps.items() if figures.rates},
        )

    def _hiring(self, post: Post, rates: Rates) -> Post:
        """The post with what those earn by now who were hired in each year, and with those who have followed others."""
        number = max(self._staff_years, self.years.of("turnover"))
        gained = tuple(rates.steps(post, year, self.years.of("step")) for year in range(number + 1))
        if post.role.filled_from is not None:
            post = post._replace(gained=gained)
        if post.salary is not None and len(post.salary.cells) > 1:
            post = post._replace(entrants=tuple(further_on(post.salary, one) for one in gained))
        if post.new_hire is None:
            return post
        hires = tuple(further_on(post.new_hire, one) for one in gained)
        turnover = tuple(
            Turnover(year, share, hires[year])
            for year in range(1, self.years.of("turnover") + 1)
            if (share := rates.in_year("turnover", post.unit, year)) is not None and share.value
        )
        return post._replace(hires=hires, turnover=turnover)

    def _in(self, years: int) -> Resolving:
        if years not in self.resolving:
            self.resolving[years] = Resolving(str(self.first + years), dated=self.school.dated)
        return self.resolving[years]
