"""What a file says that nobody knows: it is `not stated`."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any

from staffcalc.language.cells import pay
from staffcalc.language.figures import Figure, value_in
from staffcalc.language.relative import is_relative, own_and_change
from staffcalc.language.values import PAY_OR_CELL, Read, entries
from staffcalc.language.written_numbers import wrong
from staffcalc.source.tree import Block, Text

NOT_STATED = "not stated"
"""What a file says of a pay, a number of staff or a whole plan that nobody has published."""


def is_not_stated(node: Any) -> bool:
    """Whether a file says of something that nobody knows it: neither zero nor left out."""
    return isinstance(node, Text) and node.strip() == NOT_STATED


def stated_entries(node: Any) -> Any:
    """The named entries of a block, without those that are `not stated`; none of a block that is not."""
    if is_not_stated(node):
        return {}
    found = entries(node)
    return {name: one for name, one in found.items() if not is_not_stated(one)}


def salary(node: Any) -> Figure | Text:
    """Dollars, a cell of a salary schedule such as `MA/7`, or that nobody knows them."""
    if isinstance(node, Block) and is_relative(node):
        own, change = own_and_change(node)
        if is_not_stated(value_in(own)):
            raise wrong(f"`{value_in(change)}` of a salary that is not stated", "write the amount", change.place)
    return node if isinstance(node, Text) and is_not_stated(node) else pay(node)


def entries_or_not_stated(schema: dict[str, Any]) -> None:
    """What the JSON Schema says of entries each of which may be `not stated`."""
    schema["additionalProperties"] = {"anyOf": [_NOT_STATED_SCHEMA, *schema["additionalProperties"]["anyOf"]]}


def or_not_stated(schema: dict[str, Any]) -> None:
    """The same of a block that may be `not stated` as a whole."""
    entries_or_not_stated(schema)
    keys = [key for key in ("type", "additionalProperties", "properties") if key in schema]
    schema["anyOf"] = [_NOT_STATED_SCHEMA, {key: schema.pop(key) for key in keys}]


_NOT_STATED_SCHEMA = {"enum": [NOT_STATED]}
Salary = Annotated[Figure | Text, Read(salary, {"anyOf": [*PAY_OR_CELL, _NOT_STATED_SCHEMA]})]
