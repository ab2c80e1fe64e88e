"""What must hold."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from staffcalc.language.described import Described
from staffcalc.language.figures import words
from staffcalc.language.school_year import SPAN_EXAMPLE, SPAN_PATTERN, span
from staffcalc.language.values import (
    MEASURE_NAMES,
    Categories,
    Limit,
    Name,
    Names,
    Read,
    one_of,
)
from staffcalc.language.written_numbers import wrong
from staffcalc.source.tree import Block, Items, Text

EXCHANGE = "never_exchange"
"""What is measured by a check that names two roles: whether the one falls while the other rises."""


def _exchange_as_measure(node: Any) -> Any:
    """A check that names an exchange is about that."""
    if not isinstance(node, Block) or EXCHANGE not in node or "measure" in node:
        return node
    block = Block(node)
    block.place = node.place
    block[Text.at("measure", node.place)] = Text.at(EXCHANGE, node.place)
    return block


def _exchange_or_measure(schema: dict[str, Any]) -> None:
    schema["required"] = [key for key in schema["required"] if key != "measure"]
    schema["oneOf"] = [{"required": ["measure"]}, {"required": [EXCHANGE, "for"]}]


def _span(node: Any) -> Text:
    stated = words(node)
    if span(stated) is None:
        raise wrong(f"`{stated}` is not from one school year to a later one", SPAN_EXAMPLE, stated.place)
    return stated


EACH = ("role", "unit", "category", "fund", "team")
"""Of what there may be one rule for each."""


def list_of_checks(node: Any) -> Any:
    if not isinstance(node, Items):
        raise wrong(
            "this should be a list of checks", "begin each check with a dash: - {measure: left, min: 0}", node.place
        )
    return [_exchange_as_measure(one) for one in node]


class Per(Described):
    """What a ratio divides by: some roles or categories of the plan."""

    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None


class Check(Described):
    """What must hold of a measure, in every scenario or in some; or two roles of which none may replace the other."""

    model_config = ConfigDict(json_schema_extra=_exchange_or_measure)

    measure: Annotated[
        Text,
        Read(one_of((*MEASURE_NAMES, EXCHANGE), "measure"), {"enum": list(MEASURE_NAMES)}),
        Field(description="What is measured."),
    ]
    never_exchange: Annotated[
        Names | None, Field(description="Roles that may not become fewer where those of `for` become more.")
    ] = None
    instead: Annotated[
        Names | None, Field(alias="for", description="The roles that may not take the place of those.")
    ] = None
    scenario: Annotated[Names | None, Field(description="Only in these scenarios; left out: in all.")] = None
    year: Annotated[
        Names | None, Field(description="In these school years of the forecast; left out: the file's own year.")
    ] = None
    years: Annotated[
        Text | None,
        Read(_span, {"type": "string", "pattern": SPAN_PATTERN}),
        Field(description="The sum over these school years: 2026-27 to 2030-31."),
    ] = None
    against: Annotated[Name | None, Field(description="Against this scenario; left out: against the baseline.")] = None
    each: Annotated[
        Text | None,
        Read(one_of(EACH, "choice"), {"enum": list(EACH)}),
        Field(description="One rule for each of these."),
    ] = None
    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None
    component: Annotated[Names | None, Field(description="Only these components of pay, benefits and other costs.")] = (
        None
    )
    group: Annotated[Names | None, Field(description="Only these groups of other costs.")] = None
    fund: Annotated[Names | None, Field(description="Only these funds.")] = None
    part: Annotated[Names | None, Field(description="Only these parts of the revenue.")] = None
    mode: Annotated[Names | None, Field(description="Only these modes of learning.")] = None
    per: Annotated[Per | None, Field(description="Divide by the same measure of this part.")] = None
    min: Annotated[Limit | None, Field(description="At least: a number, or a share such as 2%.")] = None
    max: Annotated[Limit | None, Field(description="At most: a number, or a share such as 2%.")] = None
    equals: Annotated[Limit | None, Field(description="Exactly this, or `within` so much of it.")] = None
    within: Annotated[Limit | None, Field(description="How far from `equals` it may be.")] = None
    level: Annotated[
        Text | None,
        Read(one_of(("error", "warn"), "level"), {"enum": ["error", "warn"]}),
        Field(description="error (the default) fails; warn only warns."),
    ] = None
    because: Annotated[Name | None, Field(description="Why it must hold: printed when it does not.")] = None
