"""The measures of a plan as cells, by name: what each is, and what it is counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, TypedDict, cast, get_args, get_type_hints

from staffcalc.costing.measures import Measures
from staffcalc.costing.teams import TeamMeasures
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Number, Percent, Ratio


class MeasureCells(TypedDict):
    """Every measure of a plan; n/a where one would divide by nothing, and positions and budget where none is stated."""

    cost: Annotated[Money, "What the plan costs."]
    budget: Annotated[Money | NotAvailable, "The existing budget of all funds."]
    left: Annotated[Money | NotAvailable, "Budget less cost."]
    change: Annotated[Money, "Cost less the cost of the baseline."]
    fte: Annotated[Fte, "The FTE of all staff."]
    people: Annotated[Count, "How many people the staff are."]
    cost_per_student: Annotated[Money | NotAvailable, "Cost per student."]
    students_per_teacher: Annotated[Ratio | NotAvailable, "Students per FTE of leaders and teachers."]
    students_per_adult: Annotated[Ratio | NotAvailable, "Students per FTE of all but administrators and operations."]
    average_teacher_pay: Annotated[Money | NotAvailable, "Salary and supplement per FTE of leaders and teachers."]
    allotment_used: Annotated[Fte | NotAvailable, "The positions of the allotment that the staff take up."]
    allotment_left: Annotated[Fte | NotAvailable, "The positions of the allotment that are left."]


class TeamCells(TypedDict):
    """The measures of a plan's teams; n/a where one would divide by nothing, and where the students of a team are not
    stated."""

    teams: Annotated[Count, "How many teams there are."]
    team_size: Annotated[Ratio | NotAvailable, "FTE beside the leader of a team, on average."]
    seats_reached: Annotated[Count | NotAvailable, "The seats of students that the teams reach."]
    reach: Annotated[Percent | NotAvailable, "The share of all seats that the teams reach."]
    cost_per_seat: Annotated[Money | NotAvailable, "What the people of the teams cost, per seat that they reach."]
    teachers_without_team: Annotated[Fte, "The FTE of leaders and teachers who are in no team."]


def _kinds(cells: type) -> dict[str, Callable[[Decimal], Number]]:
    return {name: (get_args(kind) or (kind,))[0] for name, kind in get_type_hints(cells).items()}


PLAN_MEASURES: Mapping[str, Callable[[Decimal], Number]] = _kinds(MeasureCells)
"""Every measure of any plan by its name, and the kind of cell it is."""
TEAM_MEASURES: Mapping[str, Callable[[Decimal], Number]] = _kinds(TeamCells)
"""The same of the measures that are told where a file has teams."""
MEASURES = {**PLAN_MEASURES, **TEAM_MEASURES}


def measure_cells(found: Measures) -> MeasureCells:
    """The measures as cells, by name; n/a where one would divide by nothing."""
    return cast(MeasureCells, _cells(found._asdict(), PLAN_MEASURES))


def team_cells(found: TeamMeasures) -> TeamCells:
    """The measures of teams as cells, by name."""
    return cast(TeamCells, _cells(found._asdict(), TEAM_MEASURES))


def _cells(
    values: Mapping[str, Decimal | None], kinds: Mapping[str, Callable[[Decimal], Number]]
) -> dict[str, Number | NotAvailable]:
    found = ((name, values[name], cell) for name, cell in kinds.items())
    return {name: NA if value is None else cell(value) for name, value, cell in found}
