"""Amounts where a block may stand: a bare number, or a number with its source, is the amount of the block."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Any

from pydantic_core import CoreSchema, core_schema

from staffcalc.language.values import CHANGE_SCHEMA, figure_schema
from staffcalc.source.tree import Block, Text


def is_figure(node: Any) -> bool:
    """Whether it is a number, or a block with a number and its source."""
    return isinstance(node, Text) or (isinstance(node, Block) and "value" in node)


def as_amount(node: Any) -> Any:
    """A block whose amount it is; what is no number stays as it stands."""
    if not is_figure(node):
        return node
    block = Block()
    block.place = node.place
    block[Text.at("amount", node.place)] = node
    return block


class OrChange:
    """A block that may also be written as a change of its price: by then that stands beside the file's own."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return handler(source)  # type: ignore[no-any-return]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"anyOf": [CHANGE_SCHEMA, handler(schema)]}


class OrAmount:
    """A block that may also be written as a bare number, or as a number with its source: its amount. `signed`: the
    amount may be below zero."""

    def __init__(self, *, signed: bool = False) -> None:
        self.signed = signed

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_before_validator_function(as_amount, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"anyOf": [*figure_schema("dollars", signed=self.signed)["anyOf"], handler(schema)]}
