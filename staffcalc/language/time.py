"""How adults spend their week: teaching, planning, planning together, coaching."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure, figure, is_share
from staffcalc.language.values import Minutes, Name, Read, figure_schema, number

_WEEK = Decimal(10_080)


def _of_week(node: Any) -> Figure:
    """Minutes of the week, or their share of it (the unit is then "rate")."""
    return figure(node, "rate", most=Decimal(1)) if is_share(node) else figure(node, "minutes", most=_WEEK)


_OF_WEEK_SCHEMA = {"anyOf": [one for unit in ("minutes", "rate") for one in figure_schema(unit)["anyOf"]]}
OfWeek = Annotated[Figure, Read(_of_week, _OF_WEEK_SCHEMA)]


class Coaching(Described):
    """Whom a role coaches, how long and how often."""

    minutes: Annotated[Minutes | None, Field(description="Minutes of a visit to 1.0 FTE of those who are coached.")] = (
        None
    )
    visits: Annotated[
        Annotated[Figure, number("number", most=Decimal(1_000))] | None,
        Field(description="Visits a week to 1.0 FTE of them; left out: 1."),
    ] = None
    role: Annotated[Name | None, Field(description="The role that is coached, in the teams that the coach leads.")] = (
        None
    )


class Time(Described):
    """The week of 1.0 FTE, in minutes or in shares of it. What is left is teaching, unless that is stated."""

    teaching: Annotated[OfWeek | None, Field(description="With students; left out: what the rest leaves.")] = None
    planning: Annotated[OfWeek | None, Field(description="Planning alone.")] = None
    shared_planning: Annotated[OfWeek | None, Field(alias="shared planning", description="Planning with others.")] = (
        None
    )
    coaching: Annotated[Coaching | None, Field(description="Coaching of others; it takes nothing from them.")] = None
