"""The measures of a plan as cells, by name: what each is, and what it is counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, TypedDict, cast, get_args, get_type_hints

from staffcalc.costing.measures import Measures
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Number, Ratio


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


MEASURES: Mapping[str, Callable[[Decimal], Number]] = {
    name: (get_args(kind) or (kind,))[0] for name, kind in get_type_hints(MeasureCells).items()
}
"""Every measure by its name, and the kind of cell it is."""


def measure_cells(found: Measures) -> MeasureCells:
    """The measures as cells, by name; n/a where one would divide by nothing."""
    values = found._asdict()
    cells = {name: NA if values[name] is None else cell(values[name]) for name, cell in MEASURES.items()}
    return cast(MeasureCells, cells)
