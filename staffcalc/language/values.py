"""What one value of a school file may be: how names, lists and numbers are read, and what the JSON Schema says."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import Field
from pydantic_core import CoreSchema, core_schema

from staffcalc.language.cells import cells, pay
from staffcalc.language.figures import (
    Figure,
    check_annotations,
    counted,
    figure,
    is_share,
    limit,
    school_year,
    value_in,
    whether,
    words,
)
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.language.relative import is_change
from staffcalc.language.school_year import PATTERN as YEAR_PATTERN
from staffcalc.language.written_numbers import Unit, wrong
from staffcalc.source.problems import nearest
from staffcalc.source.tree import ANNOTATIONS, Block, Items, Text, Tree

Category = Literal["leader", "teacher", "specialist", "trainee", "support", "administrator", "operations"]
MeasureName = Literal[
    "cost",
    "budget",
    "left",
    "change",
    "fte",
    "people",
    "cost_per_student",
    "students_per_teacher",
    "students_per_adult",
    "average_teacher_pay",
    "allotment_used",
    "allotment_left",
    "vacant",
    "given_up",
    "added",
    "displaced",
    "displaced_people",
    "teams",
    "team_size",
    "seats_reached",
    "reach",
    "cost_per_seat",
    "teachers_without_team",
    "one_time",
    "rooms_needed",
    "rooms_left",
    "revenue",
    "staff_share",
    "minutes_short",
    "planning_minutes",
    "shared_planning_minutes",
    "coaching_minutes",
    "teaching_share",
    "student_minutes",
    "group_size",
    "coaching_cost",
    "shared_planning_cost",
    "supplement_share",
    "left_recurring",
    "assumed_share",
    "cost_per_fte",
    "levy",
    "levy_change",
]
MEASURE_NAMES: tuple[MeasureName, ...] = get_args(MeasureName)

WORDS_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
"""Every scalar is text to the reader, whatever an editor takes it for: 2015, true, null."""
YES_SCHEMA: dict[str, Any] = {"enum": [True, False, "true", "false"]}
SCHOOL_YEAR_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string", "pattern": YEAR_PATTERN}, {"type": "integer", "minimum": 1000, "maximum": 9999}]
}
NOTES_SCHEMA: dict[str, Any] = {
    "note": {**WORDS_SCHEMA, "description": "Words for the reader."},
    "source": {**WORDS_SCHEMA, "description": "Who published the numbers of this block, and when."},
    "assumed": {**YES_SCHEMA, "description": "true: the numbers of this block are assumed, not published."},
    "derived": {**WORDS_SCHEMA, "description": "How the numbers of this block are derived from others."},
    "as_of": {**SCHOOL_YEAR_SCHEMA, "description": "The school year that the numbers of this block are of: 2015-16."},
}
CHANGE_SCHEMA: dict[str, Any] = {"type": "string", "pattern": r"^\s*[+−-]([0-9][0-9,_]*(\.[0-9]+)?|\.[0-9]+)\s*%\s*$"}
"""A change of the file's own figure, in a scenario: +2%."""
OF_ALL_YEARS = "it holds in every year: write one number"


class Read:
    """How a value is read, and what the JSON Schema says of it. (Lighter at each start than a PlainValidator.)"""

    def __init__(self, read: Callable[[Any], Any], schema: dict[str, Any]) -> None:
        self.read, self.schema = read, schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return self.schema


def figure_schema(unit: Unit, *, signed: bool = False, block: bool = True, dated: bool = True) -> dict[str, Any]:
    """What the JSON Schema says of a figure: a number or a text, or a `block` with its source and, where it may be
    `dated`, with other figures in single years."""
    plain = _plain(unit, signed)
    return {"anyOf": [*plain, _block_schema(plain, dated)] if block else plain}


def _plain(unit: Unit, signed: bool) -> list[dict[str, Any]]:
    digits = r"([0-9][0-9,_]*(\.[0-9]+)?|\.[0-9]+)"
    dollar = r"\$?" if unit.startswith("dollars") or unit == "number" else ""
    number = f"[+−-]?{dollar}{digits}" if signed else f"([+]?{dollar}{digits}|[−-]{dollar}[0,_.]+)"
    percent = r"\s*%?" if unit == "rate" else ""
    least = {} if signed else {"minimum": 0}
    fraction = rf"^\s*{'[+−-]?' if signed else '[+]?'}([0-9]+\s+)?[0-9]+/[0-9]*[1-9][0-9]*\s*$"
    divided = [{"type": "string", "pattern": fraction}] if unit in ("FTE", "rate") else []
    change = [] if unit == "rate" else [CHANGE_SCHEMA]
    written = {"type": "string", "pattern": rf"^\s*{number}{percent}\s*$"}
    return [{"type": "number", **least}, written, *divided, *change]


def _block_schema(plain: list[dict[str, Any]], dated: bool) -> dict[str, Any]:
    one = {"type": "object", "required": ["value"], "additionalProperties": False}
    undated = {**one, "properties": {"value": {"anyOf": plain}, **NOTES_SCHEMA}}
    if not dated:
        return undated
    years = {
        "type": "object",
        "description": "Other figures in single years, such as 2027-28.",
        "properties": NOTES_SCHEMA,
        "patternProperties": {YEAR_PATTERN: {"anyOf": [*plain, undated]}},
        "additionalProperties": False,
    }
    return {**one, "properties": {"value": {"anyOf": plain}, "years": years, **NOTES_SCHEMA}}


def number(unit: Unit, *, signed: bool = False, undated: str = "", **limits: Any) -> Read:
    """How a figure of this unit is read; `undated`: it holds in every year, and the hint says why."""
    return Read(
        lambda node: figure(node, unit, signed=signed, undated=undated, **limits),
        figure_schema(unit, signed=signed, dated=not undated),
    )


def change(unit: Unit, **limits: Any) -> Read:
    """How so many more or fewer are read: a number, or a share of today's (its unit is then "rate")."""

    def read(node: Any) -> Figure:
        if not is_share(node):
            return figure(node, unit, signed=True, **limits)
        rate = figure(node, "rate", signed=True, undated=_OF_EACH_YEAR)
        if not is_change(node):
            stated = value_in(node)
            hint = f"write 3 or 2.5; in a change a share of today's has a sign: +{stated} or -{stated}"
            raise wrong(f"`{stated}` is no number of {unit}", hint, rate.place)
        if rate.value < -1:
            raise wrong(f"`{value_in(node)}` takes away more than there is", "the least is -100%", rate.place)
        return rate

    return Read(read, figure_schema(unit, signed=True))


_OF_EACH_YEAR = "it is a share of the staff of each year: write one percentage"


def one_of(known: tuple[str, ...], what: str) -> Callable[[Any], Text]:
    def choose(node: Any) -> Text:
        name = words(node)
        if name not in known:
            raise wrong(f"`{name}` is no {what}", nearest(name, known, "choices"), name.place)
        return name

    return choose


def list_of(one: Callable[[Any], Text]) -> Callable[[Any], tuple[Text, ...]]:
    def items(node: Any) -> tuple[Text, ...]:
        if isinstance(node, Items) and not node:
            raise wrong("an empty list", "name one, or leave the key out", node.place)
        return tuple(one(item) for item in (node if isinstance(node, Items) else [node]))

    return items


def entries(node: Any) -> Any:
    """The named entries of a block, without the keys that only describe it."""
    if isinstance(node, Block):
        check_annotations(node)
        return {key: value for key, value in node.items() if key not in ANNOTATIONS}
    if isinstance(node, Text) and not node.strip():
        raise wrong("blank where a block is meant", "write its entries below, or leave the key out", node.place)
    raise wrong(
        "this should be a block of `name: …` entries",
        "write `name: …` below, or {name: …, name: …}",
        node.place,
    )


def some_dropped(node: Any) -> Any:
    """The entries of a block by name; None where `null` drops one."""
    found = entries(node)
    return {name: None if isinstance(one, Text) and one.strip() in _DROPPED else one for name, one in found.items()}


_DROPPED = ("null", "~")


def step_of(node: Tree) -> tuple[Figure | None, bool]:
    """How the FTE of a ratio are rounded: the step (None: not at all), and whether always up to the next one."""
    stated = words(node)
    way, _, step = stated.partition(" ")
    if stated == "none":
        return None, False
    if way not in ("up", "nearest"):
        raise wrong(f"`{stated}` is no rounding", "write none, up, nearest 0.5 or up 0.5", node.place)
    text = Text.at(step.strip() or "1", node.place).credited(stated)
    found = figure(text, "FTE")
    if not found.value:
        raise wrong("a step of 0 FTE", "write none, up, nearest 0.5 or up 0.5", node.place)
    return found, way == "up"


def shares_in_words(node: Any) -> Any:
    """The shares of funds as a block, or in one line, as in a field of a table: "general 60%, title_i 40%"."""
    if not isinstance(node, Text) or not node.strip():
        return entries(node)
    block = Block()
    block.place = node.place
    for one in node.split(","):
        fund, _, share = one.strip().rpartition(" ")
        if not fund:
            example = f"write {share} 100%, or shares of several: general 60%, title_i 40%"
            raise wrong(f"`{one.strip()}` is no fund with its share", example, node.place)
        key, rate = Text.at(fund.strip(), node.place), Text.at(share, node.place)
        block[key] = rate.credited(node)
    return block


def some_entries(node: Any) -> Any:
    """The named entries of a block that has at least one."""
    found = entries(node)
    if not found:
        raise wrong("a block without entries", "write `name: …` below, or leave the key out", node.place)
    return found


def months(node: Any) -> tuple[Figure, ...]:
    if not isinstance(node, Items):
        raise wrong("this should be a list of months", "write [9, 10, 11, 12]", node.place)
    return tuple(figure(one, "months", most=Decimal(12), undated=OF_ALL_YEARS, none=_NO_MONTHS) for one in node)


LIST_SCHEMA = {"anyOf": [WORDS_SCHEMA, {"type": "array", "items": WORDS_SCHEMA}]}
PAY_SCHEMA: dict[str, Any] = {"enum": list(PAY_KINDS)}
Name = Annotated[Text, Read(words, WORDS_SCHEMA)]
Names = Annotated[tuple[Text, ...], Read(list_of(words), LIST_SCHEMA)]
Categories = Annotated[
    tuple[Text, ...],
    Read(
        list_of(one_of(get_args(Category), "category")),
        {"anyOf": [{"enum": list(get_args(Category))}, {"type": "array", "items": {"enum": list(get_args(Category))}}]},
    ),
]
SOME_PAY = Read(
    list_of(one_of(PAY_KINDS, "kind of pay")), {"anyOf": [PAY_SCHEMA, {"type": "array", "items": PAY_SCHEMA}]}
)
"""How the names of some kinds of pay are read: one, or a list of them."""


_EMPTY_CELLS: list[dict[str, Any]] = [
    {"enum": [None]},
    {"type": "string", "pattern": r"^\s*(|~|-|–|—|[Nn]ull|NULL|[Nn]/[Aa]|[Rr]eserved|RESERVED)\s*$"},
]


def row_of(unit: Unit, *, undated: str = "") -> Read:
    """How a row of cells is read; `undated`: they hold in every year, and the hint says why."""
    of = figure_schema(unit, dated=not undated)["anyOf"]
    return Read(
        lambda node: cells(node, unit, undated=undated), {"type": "array", "items": {"anyOf": [*of, *_EMPTY_CELLS]}}
    )


CELL = {"type": "string", "pattern": "/"}
"""A cell of a salary schedule: MA/7."""
_CELL_BLOCK = {
    "type": "object",
    "properties": {"value": CELL, **NOTES_SCHEMA},
    "required": ["value"],
    "additionalProperties": False,
}
Amount = Annotated[Figure, number("dollars")]
SignedAmount = Annotated[Figure, number("dollars", signed=True)]
PAY_OR_CELL: list[dict[str, Any]] = [*figure_schema("dollars")["anyOf"], CELL, _CELL_BLOCK]
Pay = Annotated[Figure | Text, Read(pay, {"anyOf": PAY_OR_CELL})]
Salaries = Annotated[tuple[Figure | None, ...], row_of("dollars")]
FteRow = Annotated[tuple[Figure | None, ...], row_of("FTE", undated=OF_ALL_YEARS)]
HourlyPay = Annotated[Figure, number("dollars an hour")]
Rate = Annotated[Figure, number("rate")]
FundPart = Annotated[
    Figure, number("rate", undated="the shares of funds hold in every year: write a percentage, or make another role")
]
Students = Annotated[Figure, number("students")]
_OF_TODAY = "it is said of today's staff; later years follow from the plan"
PostsToday = Annotated[Figure, number("FTE", most=1_000_000, undated=_OF_TODAY)]
Fte = Annotated[Figure, number("FTE", most=1_000_000)]
FteChange = Annotated[Figure, number("FTE", most=1_000_000, signed=True)]
FteMore = Annotated[Figure, change("FTE", most=1_000_000)]
PeopleMore = Annotated[Figure, change("people", whole=True, most=1_000_000)]
FteEach = Annotated[Figure, number("FTE", most=2)]
People = Annotated[Figure, number("people", whole=True, most=1_000_000)]
Hours = Annotated[Figure, number("hours a week", most=168)]
Weeks = Annotated[Figure, number("weeks", most=53)]
Days = Annotated[Figure, number("days", most=366)]
Share = Annotated[Figure, number("rate", most=1)]
_LIMITS = [*_plain("number", signed=True), *_plain("rate", signed=True)]
_BY_TABLE = "the table gives one FTE for it; where it changes, write {people: 3, fte_each: {value: 0.5, years: …}}"
_NO_MONTHS = "posts of no month cost nothing: write for how many months they are paid, or leave the posts out"
HoursADay = Annotated[Figure, number("hours a day", most=24, undated=_BY_TABLE)]
Months = Annotated[Figure, number("months", most=12, none=_NO_MONTHS)]
YearMonths = Annotated[Figure, number("months", most=12)]
TableMonths = Annotated[Figure, number("months", most=12, undated=_BY_TABLE, none=_NO_MONTHS)]
MonthColumns = Annotated[
    tuple[Figure, ...], Read(months, {"type": "array", "items": figure_schema("months", dated=False)})
]
Each = Annotated[Figure, number("number", most=1_000_000)]
Weight = Annotated[Figure, number("number", most=1_000)]
Minutes = Annotated[Figure, number("minutes", most=10_080)]
Rooms = Annotated[Figure, number("rooms", most=1_000_000)]
_COUNTED = [one for unit in ("students", "rate") for one in figure_schema(unit)["anyOf"]]
Counted = Annotated[Figure, Read(counted, {"anyOf": _COUNTED})]
Rounding = Annotated[tuple[Figure | None, bool], Read(step_of, {"type": "string"})]
CutSaves = Annotated[Text, Read(one_of(("own", "new_hire"), "answer"), {"enum": ["own", "new_hire"]})]
Limit = Annotated[Figure, Read(limit, {"anyOf": [*_LIMITS, _block_schema(_LIMITS, dated=True)]})]
SchoolYear = Annotated[Text, Read(school_year, SCHOOL_YEAR_SCHEMA)]
From = Annotated[
    SchoolYear | None, Field(alias="from", description="The first school year in which it holds; left out: the file's.")
]
Until = Annotated[SchoolYear | None, Field(description="The last school year in which it holds; then it is undone.")]
Yes = Annotated[bool, Read(whether, YES_SCHEMA)]
