"""A budget: an amount, what comes in with the students, or what today's staff cost."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from staffcalc.language.amounts import OrAmount, is_figure
from staffcalc.language.described import Described
from staffcalc.language.values import (
    NOTES_SCHEMA,
    Amount,
    Name,
    Share,
    Weight,
    Yes,
    entries,
    figure_schema,
    some_entries,
)
from staffcalc.language.written_numbers import wrong
from staffcalc.source.tree import Block, Text

_BASELINE = "baseline"
ALL = "\0"
"""Stands for the name of a grade where every student counts alike, and for the name of a fund where the budget is what
today's staff cost. Nothing in a file can be called so: the reader refuses control characters."""

_BY_GRADE_SCHEMA: dict[str, Any] = {
    "description": "Dollars a year for each student, or by grade: {7: 7_166, 9-10: 8_194}.",
    "anyOf": [
        *figure_schema("dollars")["anyOf"],
        {"type": "object", "properties": NOTES_SCHEMA, "additionalProperties": figure_schema("dollars")},
    ],
}


def _by_grade(node: Any) -> Any:
    """A bare number is for every student."""
    return {Text.at(ALL, node.place): node} if is_figure(node) else some_entries(node)


class StatedPart(Described):
    """A part of a fund's revenue: an amount, or so much for each student, perhaps by grade or of a group; or the rest
    of what the fund pays, as a tax that is levied for it."""

    amount: Annotated[Amount | None, Field(description="Dollars a year, whatever the students.")] = None
    per_student: Annotated[
        dict[Name, Amount] | None,
        BeforeValidator(_by_grade),
        WithJsonSchema(_BY_GRADE_SCHEMA),
    ] = None
    grades: Annotated[
        dict[Name, Weight] | None,
        BeforeValidator(some_entries),
        Field(description="What a student of these grades counts, where not 1: {9-12: 1.24}."),
    ] = None
    of: Annotated[Name | None, Field(description="Only the students of this group of `student_groups`.")] = None

    rest: Annotated[
        Yes, Field(description="true: it is the rest of what the fund pays; one part of a file may be.")
    ] = False
    last_year: Annotated[Amount | None, Field(description="What the rest was in the year before.")] = None


class FundBudget(Described):
    """What one fund has: an amount, or revenue and the share of it that is for staff."""

    amount: Annotated[Amount | None, Field(description="Dollars a year.")] = None
    revenue: Annotated[
        dict[Name, Annotated[StatedPart, OrAmount()]] | None,
        BeforeValidator(some_entries),
        Field(description="How it comes about, part by part: {tuition: {per_student: 14_027}, rent aid: 225_000}."),
    ] = None
    staff_share: Annotated[Share | None, Field(description="The share of the revenue for staff; left out: all.")] = None


def _budget(node: Any) -> Any:
    """A bare number is one fund, general; so is an amount or revenue that names no fund."""
    if isinstance(node, Text) and node.strip() == _BASELINE:
        block = Block()
        block.place = node.place
        return {Text.at(ALL, node.place): block}
    if isinstance(node, Text) and node.strip().lower() == _BASELINE:
        raise wrong(f"`{node}` is no budget", f"write `{_BASELINE}`, in small letters", node.place)
    if is_figure(node) or (isinstance(node, Block) and "revenue" in node):
        return {Text.at("general", node.place): node}
    return entries(node)


def _in_any_form(schema: dict[str, Any]) -> None:
    """A budget may be a number, the word `baseline`, revenue, or a block of funds."""
    funds = {key: schema.pop(key) for key in list(schema) if key != "description"}
    schema["anyOf"] = [{"const": _BASELINE}, *funds["additionalProperties"]["anyOf"], funds]


Budget = Annotated[
    dict[Name, Annotated[FundBudget, OrAmount()]],
    BeforeValidator(_budget),
    Field(json_schema_extra=_in_any_form),
]
