"""How students spend their week: by mode, in groups of what size, and with which adults."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure, figure, words
from staffcalc.language.values import (
    NOTES_SCHEMA,
    WORDS_SCHEMA,
    Minutes,
    Name,
    Names,
    Read,
    Share,
    Students,
    entries,
    figure_schema,
    list_of,
    one_of,
    some_dropped,
)
from staffcalc.language.written_numbers import wrong
from staffcalc.records import NamedTuple
from staffcalc.source.tree import Block, Items, Text


class By(NamedTuple):
    """Who is with each group: roles with their numbers (None: one), or several that are `together` one adult."""

    roles: tuple[tuple[Text, Figure | None], ...]
    together: bool


def _by(node: Any) -> By:
    """One role, `[several, that share it]`, or `{role: adults with each group}`."""
    if isinstance(node, Block):
        adults = entries(node)
        if not adults:
            raise wrong("nobody is named", "write {lab aide: 1}, or leave `by` out", node.place)
        return By(tuple((name, figure(one, "number")) for name, one in adults.items()), together=False)
    roles = list_of(words)(node)
    seen: set[str] = set()
    for role in roles:
        if role in seen:
            raise wrong(f"`{role}` is named twice", "name it once", role.place)
        seen.add(str(role))
    return By(tuple((role, None) for role in roles), together=isinstance(node, Items) and len(roles) > 1)


_BY_SCHEMA: dict[str, Any] = {
    "anyOf": [
        WORDS_SCHEMA,
        {"type": "array", "items": WORDS_SCHEMA, "minItems": 1},
        {"type": "object", "properties": NOTES_SCHEMA, "additionalProperties": figure_schema("number")},
    ]
}


class Mode(Described):
    """A way in which students spend a part of their week."""

    minutes: Annotated[Minutes | None, Field(description="Minutes a week of each student in it.")] = None
    group_size: Annotated[Students | None, Field(description="Students in a group.")] = None
    by: Annotated[
        Annotated[By, Read(_by, _BY_SCHEMA)] | None,
        Field(description="Who is with each group: a role, several together, or {role: adults}; left out: nobody."),
    ] = None
    share: Annotated[Share | None, Field(description="The share of the students who do; left out: all.")] = None
    grades: Annotated[Names | None, Field(description="The grades that do; left out: all.")] = None
    rounding: Annotated[
        Text | None,
        Read(one_of(("none", "up"), "rounding"), {"enum": ["none", "up"]}),
        Field(description="up: groups are whole, and the last may be smaller; left out: none."),
    ] = None


Learning = Annotated[dict[Name, Mode | None], BeforeValidator(some_dropped)]
