"""What the answers have in common as programs read them: their version, and the keys that several of them hold.

Each question gives the type of its own answer where it makes it; every key is described beside its type, and
`staffcalc schema --answer` shows types and descriptions as a JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypedDict, cast

from staffcalc.costing.measures.fund_use import FundUse
from staffcalc.report import Cell, Count, Money

Version = Literal["1"]
VERSION: Version = "1"
"""The version of all answers in JSON. It rises when a key is renamed or removed, or comes to mean something else. A key
that is added leaves it as it is, for a program passes over keys that it does not know."""

RoleName = Annotated[str, "The role."]
RoleOrNone = Annotated[str | None, "The role; null: a cost that is no role's."]
Category = Annotated[str | None, "The category of the role, such as teacher; null: none."]
FundName = Annotated[str, "The fund that pays."]
ComponentName = Annotated[str, "The component: salary, supplement, a benefit, another cost."]
Amount = Annotated[Money, "What it comes to."]
Students = Annotated[Count | None, "The number of students; null: not stated."]
Note = Annotated[str | None, "What the file notes of it; null: nothing."]


class Answer(TypedDict):
    """What every answer begins with."""

    staffcalc: Annotated[Version, "The version of the answers; it rises when a key is renamed or removed."]


class OfSchool(TypedDict):
    """What tells a school from others."""

    school: Annotated[str, "The name of the school."]
    file: Annotated[str, "Its file, as the command line names it."]


class OfSchoolYear(OfSchool):
    """A school in the year that the answer is about."""

    year: Annotated[str | None, "The school year, such as 2026-27; null: not stated."]


class OfPlan(TypedDict):
    """A plan of a school."""

    name: Annotated[str, "The scenario; `baseline` is today's staff."]


class FundData(TypedDict):
    """A fund in a plan."""

    fund: FundName
    cost: Annotated[Money, "What it pays."]
    budget: Annotated[Money | None, "What it has; null: no budget is stated."]
    left: Annotated[Money | None, "Its budget less what it pays; null: one of them is not stated."]


def row(columns: Iterable[str], data: Mapping[str, object]) -> tuple[Cell, ...]:
    """One record: the cells that stand in the data under the names of the columns."""
    return tuple(cast(Cell, data[column]) for column in columns)


def money_or_none(amount: Decimal | None) -> Money | None:
    """Dollars for a program; null where there are none to tell."""
    return None if amount is None else Money(amount)


def fund_data(use: FundUse) -> FundData:
    """A fund for a program."""
    return {
        "fund": use.fund,
        "cost": Money(use.cost),
        "budget": money_or_none(use.budget),
        "left": money_or_none(use.left),
    }
