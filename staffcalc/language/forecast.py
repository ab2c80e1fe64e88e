"""How pay, benefits, students and budgets change from year to year."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AliasChoices, ConfigDict, Field

from staffcalc.language.described import Described
from staffcalc.language.rules import Rule, growth, raised, rule_of, share, steps
from staffcalc.language.values import (
    NOTES_SCHEMA,
    Read,
    figure_schema,
)
from staffcalc.language.written_numbers import Unit


def _rule(unit: Unit, description: str, *, signed: bool = True) -> dict[str, Any]:
    one: dict[str, Any] = {"anyOf": figure_schema(unit, signed=signed, dated=False)["anyOf"]}
    if unit == "number":
        words: dict[str, Any] = {"enum": ["freeze", "half"]}
        stated = {
            "type": "object",
            "properties": {"value": words, **NOTES_SCHEMA},
            "required": ["value"],
            "additionalProperties": False,
        }
        one["anyOf"] = [*one["anyOf"], words, stated]
    series = {"anyOf": [*one["anyOf"], {"type": "object", "properties": NOTES_SCHEMA, "additionalProperties": one}]}
    return {
        "anyOf": [*one["anyOf"], {"type": "object", "properties": NOTES_SCHEMA, "additionalProperties": series}],
        "description": description,
    }


Growth = Annotated[Rule, Read(rule_of(growth), _rule("rate", "A rate, or rates year by year."))]


def _with_months(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, where a rate may say for how many months of its first year it is paid."""
    blocks = [one for one in _blocks(schema) if "value" in one.get("properties", {})]
    for one in blocks:
        one["properties"] = {**one["properties"], "months": figure_schema("months", dated=False)}
    return schema


def _blocks(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for one in schema.get("anyOf", ()):
        yield from _blocks(one)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _blocks(schema["additionalProperties"])


Raise = Annotated[Rule, Read(rule_of(raised), _with_months(_rule("rate", "A rate, or rates year by year.")))]


Turnover = Annotated[Rule, Read(rule_of(share), _rule("rate", "A share, or shares year by year.", signed=False))]


StepsGained = Annotated[Rule, Read(rule_of(steps), _rule("number", "Steps a year: a number, freeze or half."))]


def _also_elsewhere(schema: dict[str, Any]) -> None:
    """The key that may be spelled as elsewhere, spelled so, too."""
    schema["properties"]["enrolment"] = schema["properties"]["enrollment"]


class Forecast(Described):
    """How pay, benefits, students and budgets change from year to year: one rate, or year by year, or by name."""

    model_config = ConfigDict(json_schema_extra=_also_elsewhere)

    cola: Annotated[
        Raise | None,
        Field(
            description="Growth of salaries, hourly pay and stipends, by unit; in the middle of a year: {value: 4%, "
            "months: 9}."
        ),
    ] = None
    steps: Annotated[StepsGained | None, Field(description="Steps gained on the schedule, by unit; left out: 1.")] = (
        None
    )
    turnover: Annotated[
        Turnover | None, Field(description="The share of the staff that new hires replace each year, by unit.")
    ] = None
    supplements: Annotated[Growth | None, Field(description="Growth of supplements, by unit.")] = None
    benefits: Annotated[
        Growth | None,
        Field(description="Growth of each benefit and cost of a role, of what it saves, and of substitutes, by name."),
    ] = None
    caps: Annotated[
        Growth | None, Field(description="Growth of the pay up to which a rate counts (`up_to`), by its name.")
    ] = None
    enrollment: Annotated[
        Growth | None,
        Field(
            validation_alias=AliasChoices("enrollment", "enrolment"),  # as it is spelled elsewhere
            description="Growth of the number of students.",
        ),
    ] = None
    other_costs: Annotated[
        Growth | None, Field(description="Growth of the costs that are not a role's: of all, or by name.")
    ] = None
    budget: Annotated[Growth | None, Field(description="Growth of the budget, by fund.")] = None
