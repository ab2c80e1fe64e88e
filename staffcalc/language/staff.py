"""How many hold a role: the entries of a plan, and the people of a roster."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure, figure
from staffcalc.language.relative import is_relative
from staffcalc.language.unstated import stated_entries
from staffcalc.language.values import (
    NOTES_SCHEMA,
    WORDS_SCHEMA,
    Amount,
    Each,
    From,
    FteChange,
    FteEach,
    FteMore,
    HoursADay,
    Name,
    Names,
    PeopleMore,
    PostsToday,
    Rate,
    Read,
    Rounding,
    Share,
    Students,
    TableMonths,
    Until,
    Yes,
    entries,
    figure_schema,
    one_of,
    shares_in_words,
    some_entries,
)
from staffcalc.language.written_numbers import Unit, wrong
from staffcalc.source.tree import Block, Items, Text


class Person(Described):
    """One of the staff of a roster, without a name."""

    id: Annotated[
        Name, Field(description="Any label, such as a number, no name; rows with the same one are one person's posts.")
    ]
    role: Annotated[Name, Field(description="The role held.")]
    fte: Annotated[FteEach, Field(description="The FTE of this person.")]
    salary: Annotated[Amount | None, Field(description="Dollars a year for 1.0 FTE; or else `pay`, or a cell.")] = None
    pay: Annotated[Amount | None, Field(description="Dollars a year that are paid for this FTE.")] = None
    cell: Annotated[Name | None, Field(description="The cell of the role's schedule: MA/7.")] = None
    lane: Annotated[Name | None, Field(description="The lane, beside the step.")] = None
    step: Annotated[Name | None, Field(description="The step, beside the lane.")] = None
    differentials: Annotated[
        Name | None, Field(alias="with", description="Personal differentials, joined by `and`.")
    ] = None
    fund: Annotated[Name | None, Field(description="The fund that pays this person; left out: the role's funds.")] = (
        None
    )
    funds: Annotated[
        dict[Name, Rate] | None,
        BeforeValidator(shares_in_words),
        Field(description="The share each fund pays of this person: {general: 60%, title_i: 40%}."),
    ] = None
    share: Annotated[
        Share | None, Field(description="The part of the person's post that stands in this row; left out: all of it.")
    ] = None
    vacant: Annotated[Yes, Field(description="true: a post that nobody holds.")] = False
    leaving: Annotated[Yes, Field(description="true: this person leaves at the end of the year.")] = False


def people_in_rows(node: Any) -> Any:
    if not isinstance(node, Items):
        raise wrong("this should be a CSV file, or a list of people", "roster: staff.csv", node.place)
    return list(node)


def or_a_file(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [WORDS_SCHEMA, {"type": schema.pop("type"), "items": schema.pop("items")}]


def _by_subject(unit: Unit) -> Read:
    """How a number is read that may be another one in each subject: {English: 24, mathematics: 22}."""

    def read(node: Any) -> Figure | dict[Text, Figure]:
        if not isinstance(node, Block) or "value" in node or is_relative(node):
            return figure(node, unit, most=_MOST_CLASSES)
        return {name: figure(one, unit, most=_MOST_CLASSES) for name, one in some_entries(node).items()}

    one = figure_schema(unit)
    named = {"type": "object", "properties": NOTES_SCHEMA, "minProperties": 1, "additionalProperties": one}
    return Read(read, {"anyOf": [*one["anyOf"], {**named, "not": {"required": ["value"]}}]})


_MOST_CLASSES = Decimal(1_000_000)


Classes = Annotated[Figure | dict[Text, Figure], _by_subject("classes")]
Periods = Annotated[Figure | dict[Text, Figure], _by_subject("periods")]


def _cells_as_keys(schema: dict[str, Any]) -> None:
    """Cells stand beside the other keys: {MA/7: 3, BA/1: 4.5}."""
    schema["patternProperties"] = {"/": schema["properties"].pop("cells")["additionalProperties"]}


class Staff(Described):
    """How many hold a role: FTE, people of a stated FTE each, cells of a salary schedule, or a ratio."""

    model_config = ConfigDict(json_schema_extra=_cells_as_keys)

    fte: Annotated[
        FteMore | None,
        Field(
            description="FTE, or in a change a share of today's: -10%; beside a ratio: FTE for each of what it counts."
        ),
    ] = None
    cost: Annotated[
        Amount | None, Field(description="All pay and benefits of these FTE together, as a budget book has the line.")
    ] = None
    people: Annotated[PeopleMore | None, Field(description="A number of people, or a share of today's: -10%.")] = None
    fte_each: Annotated[FteEach | None, Field(description="The FTE of each of them; left out: 1.")] = None
    hours: Annotated[HoursADay | None, Field(description="Hours a day of each; with months, it gives their FTE.")] = (
        None
    )
    months: Annotated[
        TableMonths | None,
        Field(description="Months that they are paid for in every year; with hours, it gives their FTE instead."),
    ] = None
    first_year_months: Annotated[
        TableMonths | None, Field(description="Months that posts added are paid for in the year that adds them.")
    ] = None
    per_students: Annotated[Students | None, Field(description="One FTE for so many students.")] = None
    per: Annotated[
        Names | None,
        Field(description="The role whose FTE a ratio counts, or several together: one for `each` so many."),
    ] = None
    each: Annotated[Each | None, Field(description="One FTE for so many FTE of the roles named by `per`.")] = None
    sections: Annotated[
        dict[Name, Students] | None,
        BeforeValidator(entries),
        Field(description="The class size of each grade: one FTE for each section of the grade's students."),
    ] = None
    classes: Annotated[
        Classes | None,
        Field(description="How many classes they teach, in all or by subject: {English: 24, mathematics: 22}."),
    ] = None
    periods: Annotated[
        Periods | None,
        Field(description="Periods that a class meets, for all or by subject; left out: `load` is in classes."),
    ] = None
    load: Annotated[
        Periods | None,
        Field(description="Periods that 1.0 FTE teaches in the same time (its teaching load), for all or by subject."),
    ] = None
    needed: Annotated[
        Text | None,
        Read(one_of(("learning",), "need"), {"enum": ["learning"]}),
        Field(description="learning: as many FTE as its modes, and coaching, ask of this role."),
    ] = None
    vacant: Annotated[
        PostsToday | None,
        Field(description="How many of them nobody holds; beside cells, so many more. Counted as the others are."),
    ] = None
    leaving: Annotated[
        PostsToday | None, Field(description="How many of them are held by people who leave at the end of the year.")
    ] = None
    rounding: Annotated[
        Rounding | None, Field(description="What a ratio's FTE are rounded to: none, up, nearest 0.5, up 0.5.")
    ] = None
    section_rounding: Annotated[
        Rounding | None, Field(description="What the sections of each grade are rounded to, before their FTE are.")
    ] = None
    begins: From = None
    until: Until = None
    cells: Annotated[
        dict[Name, FteChange] | None, Field(description="FTE on cells of the role's schedule, such as MA/7.")
    ] = None


def _staff(node: Any) -> Any:
    """A bare number is FTE; a key such as MA/7 is a cell of the role's schedule."""
    if isinstance(node, Text):
        block = Block({Text("fte"): node})
        block.place = node.place
        return block
    if isinstance(node, Block) and any("/" in key for key in node):
        block = Block((key, value) for key, value in node.items() if "/" not in key)
        block.place = node.place
        block[Text.at("cells", node.place)] = {key: value for key, value in node.items() if "/" in key}
        return block
    return node


def _or_a_number(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [*figure_schema("FTE", signed=True, block=False)["anyOf"], {"$ref": schema.pop("$ref")}]


StaffEntry = Annotated[Staff, BeforeValidator(_staff), Field(json_schema_extra=_or_a_number)]


Staffing = Annotated[dict[Name, StaffEntry], BeforeValidator(stated_entries)]


def _several(node: Any) -> Any:
    """The entries of one role, one after another; one that stands alone is the only one."""
    if isinstance(node, Items) and not node:
        raise wrong("an empty list", "write the number, or leave the role out", node.place)
    return list(node) if isinstance(node, Items) else [node]


def _one_or_several(schema: dict[str, Any]) -> None:
    several = {key: schema.pop(key) for key in list(schema)}
    schema["anyOf"] = [several["items"], {**several, "minItems": 1}]


Changes = Annotated[
    dict[Name, Annotated[list[StaffEntry], BeforeValidator(_several), Field(json_schema_extra=_one_or_several)]],
    BeforeValidator(stated_entries),
]
"""More and fewer, by role: one entry each, or several that are made one after another."""
