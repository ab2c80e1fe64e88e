"""The measures of a plan as cells, by name: what each is, and what it is counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, TypedDict, cast, get_args, get_type_hints

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.levy import has_rest
from staffcalc.costing.measures.measures import MeasureFormulas, Measures, measures
from staffcalc.costing.measures.teams import TeamMeasures
from staffcalc.costing.staff.posts import knows_posts
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Number, Percent, Ratio
from staffcalc.school.checking.checks import OF_LEARNING, OF_TIME_COST, OF_WEEK
from staffcalc.school.school import School
from staffcalc.school.time import has_time


class MeasureCells(TypedDict):
    """Every measure of a plan; n/a where one would divide by nothing, and positions and budget where none is stated."""

    cost: Annotated[Money | NotAvailable, "What the plan costs, as far as it is stated."]
    budget: Annotated[Money | NotAvailable, "The existing budget of all funds."]
    left: Annotated[Money | NotAvailable, "Budget less cost."]
    change: Annotated[Money | NotAvailable, "Cost less the cost of the baseline."]
    fte: Annotated[Fte | NotAvailable, "The FTE of all staff, as far as they are counted."]
    people: Annotated[Count | NotAvailable, "How many people the staff are."]
    cost_per_student: Annotated[Money | NotAvailable, "Cost per student."]
    students_per_teacher: Annotated[Ratio | NotAvailable, "Students per FTE of leaders and teachers."]
    students_per_adult: Annotated[Ratio | NotAvailable, "Students per FTE of all but administrators and operations."]
    average_teacher_pay: Annotated[Money | NotAvailable, "Salary and supplement per FTE of leaders and teachers."]
    allotment_used: Annotated[Fte | NotAvailable, "The positions of the allotment that the staff take up."]
    allotment_left: Annotated[Fte | NotAvailable, "The positions of the allotment that are left."]


class TeamCells(TypedDict):
    """The measures of a plan's teams; n/a where one would divide by nothing, and where the students of a team are not
    stated."""

    teams: Annotated[Count | NotAvailable, "How many teams there are."]
    team_size: Annotated[Ratio | NotAvailable, "FTE beside the leader of a team, on average."]
    seats_reached: Annotated[Count | NotAvailable, "The seats of students that the teams reach."]
    reach: Annotated[Percent | NotAvailable, "The share of all seats that the teams reach."]
    cost_per_seat: Annotated[Money | NotAvailable, "What the people of the teams cost, per seat that they reach."]
    teachers_without_team: Annotated[Fte | NotAvailable, "The FTE of leaders and teachers who are in no team."]


class TimeCells(TypedDict, total=False):
    """The measures of time, where some plan of a file says how it is spent; those of students where one says that."""

    levy: Annotated[Money | NotAvailable, "What the rest of the revenue must raise."]
    levy_change: Annotated[Percent | NotAvailable, "How much more that is than in the year before."]
    minutes_short: Annotated[Count | NotAvailable, "Minutes a week that are asked of the staff beyond those it has."]
    planning_minutes: Annotated[Count | NotAvailable, "Minutes a week that one who plans has for planning."]
    shared_planning_minutes: Annotated[Count | NotAvailable, "Minutes a week that one who does plans with others."]
    coaching_minutes: Annotated[Count | NotAvailable, "Minutes a week that one of those who are coached is coached."]
    student_minutes: Annotated[Count | NotAvailable, "Minutes a week of a student, on average, in all modes together."]
    group_size: Annotated[Ratio | NotAvailable, "Students in a group, on average over the minutes of the groups."]
    coaching_cost: Annotated[Money | NotAvailable, "In the cost: the pay and benefits of the time spent on coaching."]
    shared_planning_cost: Annotated[Money | NotAvailable, "In the cost: those of the time spent on planning together."]


class StatedCells(TimeCells, total=False):
    """Measures of what only some files state; left out where the file states none of it."""

    one_time: Annotated[Money, "What is paid in this year alone; in the cost."]
    rooms_needed: Annotated[Count | NotAvailable, "The rooms that the staff needs."]
    rooms_left: Annotated[Count | NotAvailable, "The rooms that there are less those."]
    vacant: Annotated[Fte, "The FTE of posts that nobody holds."]
    given_up: Annotated[Fte, "The FTE of posts that the plan gives up."]
    added: Annotated[Fte, "The FTE of posts that the plan adds."]
    displaced: Annotated[Fte, "The FTE of those who held a post given up and keep none."]
    displaced_people: Annotated[Count, "How many people these are."]


def _kinds(cells: type) -> dict[str, Callable[[Decimal], Number]]:
    return {name: (get_args(kind) or (kind,))[0] for name, kind in get_type_hints(cells).items()}


MEASURES: Mapping[str, Callable[[Decimal], Number]] = _kinds(MeasureCells)
"""Every measure that all plans have by its name, and the kind of cell it is."""
STATED: Mapping[str, Callable[[Decimal], Number]] = _kinds(StatedCells)
"""The measures of what only some files state, likewise."""
TEAM_MEASURES: Mapping[str, Callable[[Decimal], Number]] = _kinds(TeamCells)
"""Those that are told where a file has teams."""
ALL_MEASURES: Mapping[str, Callable[[Decimal], Number]] = {
    **MEASURES,
    **STATED,
    **TEAM_MEASURES,
    "revenue": Money,
    "staff_share": Percent,
    "assumed_share": Percent,
    "cost_per_fte": Money,
    "supplement_share": Percent,
    "teaching_share": Percent,
    "left_recurring": Money,
}
"""Every measure that can be asked for; those of `MEASURES` stand in each comparison."""


def plan_cells(plan: PlanLedger, baseline: PlanLedger) -> MeasureCells:
    """The measures of a plan as cells, by name; all n/a of a plan that is not stated."""
    if plan.plan.not_stated:
        return cast(MeasureCells, dict.fromkeys(MEASURES, NA))
    return measure_cells(measures(plan, baseline))


def stated_cells(school: School, plan: PlanLedger, baseline: PlanLedger) -> StatedCells:
    """The measures of what the file of this school (with the costs of all years) states besides."""
    cells: StatedCells = {}
    if plan.plan.not_stated:
        return cells
    formulas = MeasureFormulas(plan, baseline)
    if any(map(has_rest, school.plans)):
        raised, change = formulas.value("levy"), formulas.value("levy_change")
        cells["levy"] = NA if raised is None else Money(raised)
        cells["levy_change"] = NA if change is None else Percent(change, signed=True)
    if school.once:
        cells["one_time"] = Money(formulas.value("one_time") or Decimal(0))
    if knows_posts(school):
        found = formulas.posts()
        cells["vacant"], cells["given_up"], cells["added"] = Fte(found.vacant), Fte(found.given_up), Fte(found.added)
        cells["displaced"], cells["displaced_people"] = Fte(found.displaced), Count(found.displaced_people)
    cells.update(time_cells(school, formulas))
    if plan.plan.counts_rooms:
        cells["rooms_needed"] = _rooms("rooms_needed", formulas)
        if any(one.rooms_available is not None for one in school.plans):
            cells["rooms_left"] = _rooms("rooms_left", formulas)
    return cells


def time_cells(school: School, formulas: MeasureFormulas) -> StatedCells:
    """The measures of time; none where no plan of the file says how it is spent."""
    if not has_time(school):
        return {}
    names = OF_WEEK + (OF_LEARNING if any(one.learning for one in school.plans) else ()) + OF_TIME_COST
    found = {name: formulas.value(name) for name in names}
    return cast(StatedCells, {name: NA if one is None else STATED[name](one) for name, one in found.items()})


def time_label(name: str) -> str:
    """A measure of time as people read it: by the name that a file gives it."""
    return name.replace("_", " ")


def _rooms(name: str, formulas: MeasureFormulas) -> Count | NotAvailable:
    found = formulas.value(name)
    return NA if found is None else Count(found)


def measure_cells(found: Measures) -> MeasureCells:
    """The measures as cells, by name; n/a where one would divide by nothing."""
    return cast(MeasureCells, _cells(found._asdict(), MEASURES))


def team_cells(found: TeamMeasures) -> TeamCells:
    """The measures of teams as cells, by name."""
    return cast(TeamCells, _cells(found._asdict(), TEAM_MEASURES))


def _cells(
    values: Mapping[str, Decimal | None], kinds: Mapping[str, Callable[[Decimal], Number]]
) -> dict[str, Number | NotAvailable]:
    found = ((name, values[name], cell) for name, cell in kinds.items())
    return {name: NA if value is None else cell(value) for name, value, cell in found}
