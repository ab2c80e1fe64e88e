"""The budget, what is known of its funds, and costs that are not a role's."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure, figure, in_years
from staffcalc.language.values import (
    NOTES_SCHEMA,
    Amount,
    Categories,
    FundPart,
    Name,
    Names,
    Read,
    entries,
    figure_schema,
    some_entries,
)
from staffcalc.source.tree import Block, Text


class OtherCost(Described):
    """A cost that is not a role's: a fixed amount, or dollars for each student."""

    amount: Annotated[Amount | None, Field(description="Dollars a year.")] = None
    per_student: Annotated[Amount | None, Field(description="Dollars a year for each student.")] = None
    funds: Annotated[
        dict[Name, FundPart] | None,
        BeforeValidator(some_entries),
        Field(description="The share each fund pays; together 100%."),
    ] = None


def _budget(node: Any) -> Any:
    """A bare number is one fund, general."""
    if isinstance(node, Text) or (isinstance(node, Block) and "value" in node):
        return {Text.at("general", node.place): node}
    return entries(node)


Budget = Annotated[
    dict[Name, Amount],
    BeforeValidator(_budget),
    WithJsonSchema(
        {
            "anyOf": [
                *figure_schema("dollars")["anyOf"],
                {
                    "type": "object",
                    "properties": NOTES_SCHEMA,
                    "additionalProperties": figure_schema("dollars"),
                },
            ]
        }
    ),
]


class PaysFor(Described):
    """What a fund may pay for: posts of these roles or categories, and these kinds of pay or components alone."""

    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None
    component: Annotated[Names | None, Field(description="Only these kinds of pay, benefits and costs.")] = None


class Fund(Described):
    """What is known of a fund besides its amount in the budget."""

    ends: Annotated[Name | None, Field(description="The last school year with its money: 2027-28.")] = None
    then: Annotated[
        Name | None,
        Field(description="The fund that pays afterwards; left out: general. `stop`: what it paid for ends."),
    ] = None
    pays_for: Annotated[PaysFor | None, Field(description="What it may pay for; left out: all.")] = None
    years: Annotated[
        tuple[Figure, ...] | None,
        Read(lambda node: in_years(node, lambda one: figure(one, "dollars")), {"type": "object"}),
        Field(description="Other amounts in single years: {2027-28: 280_000}."),
    ] = None


OtherCosts = Annotated[dict[Name, OtherCost], BeforeValidator(entries)]
