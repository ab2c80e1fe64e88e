"""The measures of a plan as cells, by name: what each is, and what it is counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, TypedDict, cast, get_args, get_type_hints

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures import Measures, measure
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Number, Percent, Ratio
from staffcalc.school.school import School


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


class StatedCells(TypedDict, total=False):
    """Measures of what only some files state; left out where the file states none of it."""

    one_time: Annotated[Money, "What is paid in this year alone; in the cost."]
    rooms_needed: Annotated[Count | NotAvailable, "The rooms that the staff needs."]
    rooms_left: Annotated[Count | NotAvailable, "The rooms that there are less those."]


MEASURES: Mapping[str, Callable[[Decimal], Number]] = {
    name: (get_args(kind) or (kind,))[0] for name, kind in get_type_hints(MeasureCells).items()
}
"""Every measure that all plans have by its name, and the kind of cell it is."""


STATED: Mapping[str, Callable[[Decimal], Number]] = {
    name: (get_args(kind) or (kind,))[0] for name, kind in get_type_hints(StatedCells).items()
}
"""The measures of what only some files state, likewise."""
ALL_MEASURES: Mapping[str, Callable[[Decimal], Number]] = {
    **MEASURES,
    **STATED,
    "revenue": Money,
    "staff_share": Percent,
    "assumed_share": Percent,
}
"""Every measure that can be asked for; those of `MEASURES` stand in each comparison."""


def stated_cells(school: School, plan: PlanLedger, baseline: PlanLedger) -> StatedCells:
    """The measures of what the file of this school (with the costs of all years) states besides."""
    cells: StatedCells = {}
    if school.once:
        cells["one_time"] = Money(measure("one_time", plan, baseline) or Decimal(0))
    if plan.plan.counts_rooms:
        cells["rooms_needed"] = _rooms("rooms_needed", plan, baseline)
        if any(one.rooms_available is not None for one in school.plans):
            cells["rooms_left"] = _rooms("rooms_left", plan, baseline)
    return cells


def _rooms(name: str, plan: PlanLedger, baseline: PlanLedger) -> Count | NotAvailable:
    found = measure(name, plan, baseline)
    return NA if found is None else Count(found)


def measure_cells(found: Measures) -> MeasureCells:
    """The measures as cells, by name; n/a where one would divide by nothing."""
    values = found._asdict()
    cells = {name: NA if values[name] is None else cell(values[name]) for name, cell in MEASURES.items()}
    return cast(MeasureCells, cells)
