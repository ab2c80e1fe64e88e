"""The measures of a plan, by the names they have everywhere. Each is rounded once, and shown and judged alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import CostLine, RoleStaff
from staffcalc.costing.measures import levy, stated_measures, time_measures
from staffcalc.costing.measures.measure_values import quotient, sum_formula, worked_out
from staffcalc.costing.measures.teams import (
    TeamMeasures,
    cost_of_teams,
    members_formula,
    reach_formula,
    seats_reached,
    teams_formula,
    without_team,
)
from staffcalc.costing.measures.time import Weeks
from staffcalc.costing.measures.unknown import is_unknown
from staffcalc.costing.other_costs import students_formula
from staffcalc.costing.resting import Assumed, Assuming
from staffcalc.costing.scope import WHOLE_PLAN, Scope, adults, paid, paid_teachers, teacher_pay, teachers
from staffcalc.costing.staff.posts import PostMeasures, PostsOfRoles
from staffcalc.formula.formula import Formula, Head, Quotient, Rounded, minus, of_figure, times
from staffcalc.formula.rows import every, finite
from staffcalc.records import NamedTuple

ASSUMED_PLACES = 4
"""The decimals of a share that rests on assumed figures: hundredths of a percent."""


class Measures(NamedTuple):
    """What is asked of a plan. Dollars, FTE, people, positions; ratios to two decimals; None where one would divide
    by nothing, for positions where there is no allotment, for the budget where none is stated, for what rests on a pay
    or a number of staff that is not, and for the cost of staff that is counted in positions alone."""

    cost: Decimal | None
    budget: Decimal | None
    left: Decimal | None
    change: Decimal | None
    fte: Decimal
    people: Decimal
    cost_per_student: Decimal | None
    students_per_teacher: Decimal | None
    students_per_adult: Decimal | None
    average_teacher_pay: Decimal | None
    allotment_used: Decimal | None
    allotment_left: Decimal | None


def measures(plan: PlanLedger, baseline: PlanLedger) -> Measures:
    """All measures of a plan; `change` is against the baseline's cost."""
    formulas = MeasureFormulas(plan, baseline)
    return Measures(**{name: formulas.value(name) for name in Measures._fields})  # type: ignore[arg-type]


def post_measures(plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> PostMeasures:
    """What becomes of the posts of a plan, or of a part of it."""
    return MeasureFormulas(plan, plan).posts(scope)


def team_measures(plan: PlanLedger, baseline: PlanLedger) -> TeamMeasures:
    """The measures of a plan's teams."""
    formulas = MeasureFormulas(plan, baseline)
    return TeamMeasures(**{name: formulas.value(name) for name in TeamMeasures._fields})  # type: ignore[arg-type]


def measure(name: str, plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> Decimal | None:
    """One measure of a plan or of a part of it. Only `school.checks.NARROWED_BY` tells which parts make sense."""
    if name == "assumed_share":
        if plan.plan.not_stated:
            return None
        return assumed_share(Assuming().of(plan))
    return MeasureFormulas(plan, baseline).value(name, scope)


def assumed_share(found: Assumed) -> Decimal | None:
    """The share of a cost that rests on assumed figures, to hundredths of a percent; None where there is no cost."""
    return quotient(found.dollars, found.cost, ASSUMED_PLACES)


def measure_formula(name: str, plan: PlanLedger, baseline: PlanLedger, scope: Scope = WHOLE_PLAN) -> Formula | None:
    """One measure as a formula of the file's figures, which `worked_out` evaluates; None where nothing is stated. What
    rests on assumed figures (`assumed_share`) is the only one that is none: two evaluations of the cost tell it."""
    return MeasureFormulas(plan, baseline).of(name, scope)


class MeasureFormulas:
    """The measures of one plan as formulas. Equal parts are one node, which is worked out once for all measures.

    Lines that nobody is there for take part. They come to nothing, and would not, were some figure another one.
    """

    def __init__(self, plan: PlanLedger, baseline: PlanLedger) -> None:
        self.plan, self.baseline = plan, baseline
        self._posts: PostsOfRoles | None = None
        self._made: dict[tuple[object, ...], Formula | None] = {}

    def of(self, name: str, scope: Scope = WHOLE_PLAN) -> Formula | None:
        """A measure of the plan or of a part of it; None where nothing is stated."""
        key = (name, *(None if only is None else tuple(only) for only in scope))
        if key not in self._made:
            unknown = is_unknown(name, self.plan, self.baseline, scope)
            self._made[key] = None if unknown else _MEASURES[name](self, scope)
        return self._made[key]

    def value(self, name: str, scope: Scope = WHOLE_PLAN) -> Decimal | None:
        """A measure as the file has it."""
        return worked_out(self.of(name, scope))

    def posts(self, scope: Scope = WHOLE_PLAN) -> PostMeasures:
        """What becomes of the posts of the plan, or of a part of it."""
        return PostMeasures(**{name: self.value(name, scope) for name in PostMeasures._fields})  # type: ignore[arg-type]

    @cached_property
    def weeks(self) -> Weeks:
        """The weeks of the plan's staff."""
        return Weeks(self.plan)

    def _dollars(self, lines: Iterable[CostLine]) -> Formula:
        return sum_formula([line.formula for line in lines])

    def _fte(self, staff: Iterable[RoleStaff]) -> Formula:
        return self._count([role.staff.fte for role in staff])

    def worked(self, staff: Iterable[RoleStaff]) -> Formula:
        """The FTE of the staff, exactly; of those who are paid for a part of the year, that part of them."""
        staff = tuple(staff)
        if not any(one.part for role in staff for one in role.staff.positions):
            return sum_formula([role.staff.fte for role in staff])
        those = (one for role in staff for one in role.staff.positions)
        return sum_formula([every((one.rows, one.paid(one.fte)) for one in those)])

    def _count(self, counted: list[Formula]) -> Formula:
        """Parts of people and posts added up as they are, and then told with eight decimals: three thirds are one."""
        return finite(sum_formula(counted))

    def cost(self, scope: Scope) -> Formula:
        return self._dollars(scope.lines(self.plan))

    def budget(self, scope: Scope) -> Formula | None:
        if self.plan.budget is None:
            return None
        money = self.plan.money.items()
        return sum_formula([formula for fund, formula in money if scope.funds is None or fund in scope.funds])

    def left(self, scope: Scope) -> Formula | None:
        """What is left of the budget; None where a levy meets all that these funds pay."""
        asked = [fund for fund in self.plan.money if scope.funds is None or fund in scope.funds]
        if asked and all(levy.is_met(self.plan, fund) for fund in asked):
            return None
        return _less(self.of("budget", scope), self.of("cost", scope))

    def change(self, scope: Scope) -> Formula:
        """Known also where a cost is not: of as many people without a stated pay as before nothing changes."""
        cost = self.cost(scope)
        return minus(cost, cost if self.plan is self.baseline else self._dollars(scope.lines(self.baseline)))

    def fte(self, scope: Scope) -> Formula:
        if scope.funds is None:
            return self._fte(scope.staff(self.plan))
        return finite(sum_formula([line.carried.fte for line in scope.lines(self.plan) if line.carried is not None]))

    def people(self, scope: Scope) -> Formula:
        if scope.funds is None:
            return self._count([role.staff.people for role in scope.staff(self.plan)])
        return finite(sum_formula([line.carried.people for line in scope.lines(self.plan) if line.carried is not None]))

    def _of_posts(self, measure: str, scope: Scope) -> Formula:
        if self._posts is None:
            self._posts = PostsOfRoles(self.plan.plan.staff)
        return self._posts.together(measure, [role.role for role in scope.staff(self.plan)])

    def vacant(self, scope: Scope) -> Formula:
        return self._of_posts("vacant", scope)

    def given_up(self, scope: Scope) -> Formula:
        return self._of_posts("given_up", scope)

    def added(self, scope: Scope) -> Formula:
        return self._of_posts("added", scope)

    def displaced(self, scope: Scope) -> Formula:
        return self._of_posts("displaced", scope)

    def displaced_people(self, scope: Scope) -> Formula:
        return self._of_posts("displaced_people", scope)

    def students(self, scope: Scope) -> Formula | None:
        return None if self.plan.plan.students is None else students_formula(self.plan.plan)

    def teachers(self, scope: Scope) -> Formula:
        return self._fte(teachers(self.plan))

    def adults(self, scope: Scope) -> Formula:
        return self._fte(adults(self.plan))

    def cost_per_student(self, scope: Scope) -> Formula | None:
        return _ratio(self.of("cost", scope), self.of("students"))

    def cost_per_fte(self, scope: Scope) -> Formula | None:
        """What 1.0 FTE costs, pay and benefits: neither other costs nor displaced staff, who hold no post."""
        roles = {role.post.name for role in self.plan.plan.staff}
        lines = [line for line in scope.lines(self.plan) if line.role in roles]
        fte = self.of("fte", scope) if scope.funds is not None else self.worked(paid(scope.staff(self.plan), lines))
        return _ratio(self._dollars(lines), fte)

    def students_per_teacher(self, scope: Scope) -> Formula | None:
        return _ratio(self.of("students"), self.of("teachers"))

    def students_per_adult(self, scope: Scope) -> Formula | None:
        return _ratio(self.of("students"), self.of("adults"))

    def average_teacher_pay(self, scope: Scope) -> Formula | None:
        lines = teacher_pay(WHOLE_PLAN.lines(self.plan))
        if not lines:
            return None
        counted, with_salary = paid_teachers(self.plan), paid(teachers(self.plan), lines)
        worked = self.worked(counted)
        if len(with_salary) < len(counted):
            # Who is paid by the hour alone is not paid zero: there is no average unless somebody has a salary.
            there = [count for role in with_salary for count in (role.staff.fte, role.staff.people)]
            worked = times(worked, Head(finite(sum_formula(there))))
        return _ratio(self._dollars(lines), worked)

    def allotment_used(self, scope: Scope) -> Formula | None:
        if self.plan.plan.allotment is None:
            return None
        return sum_formula([role.weighed for role in scope.staff(self.plan) if role.weighed is not None])

    def allotment(self, scope: Scope) -> Formula | None:
        stated = self.plan.plan.allotment
        return None if stated is None else of_figure("allotment", stated)

    def allotment_left(self, scope: Scope) -> Formula | None:
        return _less(self.of("allotment"), self.of("allotment_used"))

    def teams(self, scope: Scope) -> Formula:
        return teams_formula(self.plan.plan.teams)

    def team_size(self, scope: Scope) -> Formula | None:
        return _ratio(members_formula(self.plan.plan.teams, scope.only(self.plan)), self.of("teams"))

    def seats_reached(self, scope: Scope) -> Formula | None:
        return seats_reached(self.plan.plan)

    def reach(self, scope: Scope) -> Formula | None:
        reached, students = self.of("seats_reached"), self.of("students")
        return None if reached is None or students is None else reach_formula(self.plan.plan, reached, students)

    def cost_per_seat(self, scope: Scope) -> Formula | None:
        by_role = {role.role: (self.cost(Scope((role.role,))), self._fte([role])) for role in self.plan.staff}
        return _ratio(cost_of_teams(self.plan.plan, by_role), self.of("seats_reached"))

    def teachers_without_team(self, scope: Scope) -> Formula:
        return without_team(self.plan.plan, {role.role: self._fte([role]) for role in teachers(self.plan)})


STATED: Mapping[str, Callable[[PlanLedger, Scope], Formula | None]] = {
    "one_time": stated_measures.one_time,
    "rooms_needed": stated_measures.rooms_needed,
    "rooms_left": stated_measures.rooms_left,
    "revenue": stated_measures.revenue,
    "staff_share": stated_measures.staff_share,
    "levy": levy.levy,
    "levy_change": levy.levy_change,
    "supplement_share": stated_measures.supplement_share,
    "left_recurring": stated_measures.left_recurring,
}
"""Measures of what only some files state: none of `Measures`, and shown where a file has them."""


def _of_plan(made: Callable[[PlanLedger, Scope], Formula | None]) -> Callable[[MeasureFormulas, Scope], Formula | None]:
    return lambda formulas, part: made(formulas.plan, part)


def _of_weeks(made: Callable[[Weeks, Scope], Formula | None]) -> Callable[[MeasureFormulas, Scope], Formula | None]:
    return lambda formulas, part: made(formulas.weeks, part)


_MEASURES: Mapping[str, Callable[[MeasureFormulas, Scope], Formula | None]] = {
    **{
        name: getattr(MeasureFormulas, name)
        for name in (*Measures._fields, *PostMeasures._fields, *TeamMeasures._fields)
    },
    **{name: getattr(MeasureFormulas, name) for name in ("students", "teachers", "adults", "allotment")},
    "cost_per_fte": MeasureFormulas.cost_per_fte,
    "rooms_available": _of_plan(stated_measures.rooms_available),
    **{name: _of_plan(made) for name, made in STATED.items()},
    **{name: _of_weeks(made) for name, made in time_measures.MEASURES.items()},
}


def _less(amount: Formula | None, other: Formula | None) -> Formula | None:
    return None if amount is None or other is None else minus(amount, other)


def _ratio(dividend: Formula | None, divisor: Formula | None) -> Formula | None:
    """The quotient, rounded once to two decimals."""
    return None if dividend is None or divisor is None else Rounded(Quotient(dividend, divisor), 2)
