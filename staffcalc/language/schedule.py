"""Salary schedules, and tables of FTE."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated

from pydantic import BeforeValidator, Field

from staffcalc.language.described import Described
from staffcalc.language.values import (
    Amount,
    FteRow,
    MonthColumns,
    Name,
    Names,
    Rate,
    Read,
    Salaries,
    YearMonths,
    entries,
    one_of,
)
from staffcalc.source.tree import Text


class Differential(Described):
    """What comes on top of a cell: dollars or a rate of it, by step, by lane, or for those who hold it."""

    amount: Annotated[Amount | None, Field(description="Dollars on top of the cell.")] = None
    rate: Annotated[Rate | None, Field(description="A share of the cell: 10%.")] = None
    from_step: Annotated[Name | None, Field(description="From this step on.")] = None
    to_step: Annotated[Name | None, Field(description="Up to this step.")] = None
    lanes: Annotated[Names | None, Field(description="In these lanes only.")] = None


class Schedule(Described):
    """A salary schedule: what each step of each lane earns."""

    file: Annotated[
        Name | None, Field(description="A CSV file beside this one: step,LANE,LANE,… and a row a step.")
    ] = None
    lanes: Annotated[Names | None, Field(description="The lanes: [BA, BA+16, MA].")] = None
    steps: Annotated[
        dict[Name, Salaries] | None,
        BeforeValidator(entries),
        Field(description="The salaries of each step, lane by lane; null is an empty cell."),
    ] = None
    per: Annotated[
        Text | None,
        Read(one_of(("year", "month"), "period"), {"enum": ["year", "month"]}),
        Field(description="What an amount is for: a year (the default) or a month."),
    ] = None
    months: Annotated[
        YearMonths | None, Field(description="The months that a yearly amount is for, or that are worked.")
    ] = None
    step_is: Annotated[
        Text | None,
        Read(one_of(("year", "row"), "meaning of a step"), {"enum": ["year", "row"]}),
        Field(
            description="Where steps leave gaps or halves. year: step 5 lasts until the next row's year; row: each row "
            "lasts one year."
        ),
    ] = None
    differentials: Annotated[
        dict[Name, Differential] | None,
        BeforeValidator(entries),
        Field(description="What comes on top: longevity, a certificate, a degree."),
    ] = None


class FteTable(Described):
    """A published table of the FTE of posts by their hours a day and months a year."""

    months: Annotated[MonthColumns, Field(description="The months of the columns.")]
    hours: Annotated[
        dict[Name, FteRow],
        BeforeValidator(entries),
        Field(description="The FTE of each number of hours a day, month by month."),
    ]
