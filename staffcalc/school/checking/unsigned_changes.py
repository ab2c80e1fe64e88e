"""A number without a sign in a `change`: it is read as so many more, and may be meant as so many in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pydantic_core import PydanticCustomError

from staffcalc.formula.words import plain
from staffcalc.language.figures import value_in
from staffcalc.language.written_numbers import number_in
from staffcalc.source.tree import Block, Items, Text, Tree

_COUNTS = ("fte", "people")
_SIGNS = ("+", "-", "\N{MINUS SIGN}")


def unsigned_changes(tree: Block, today: Mapping[str, Decimal]) -> Iterator[str]:
    """What to look at again: the numbers without a sign in changes of roles of which there are some `today`, in FTE or
    in people, as the role is counted. `tree` is that of a file without problems."""
    scenarios = tree.get(Text("scenarios"))
    for scenario, one in scenarios.items() if isinstance(scenarios, Block) else ():
        change = one.get(Text("change")) if isinstance(one, Block) else None
        for role, node in change.items() if isinstance(change, Block) else ():
            if there := today.get(str(role)):
                for more in _unsigned(node):
                    yield _told(role, scenario, there, more)


def _unsigned(node: Tree) -> Iterator[Decimal]:
    """The numbers above zero that have no sign."""
    if isinstance(node, Items):
        for one in node:
            yield from _unsigned(one)
    elif isinstance(node, Block) and "value" not in node:
        yield from (more for key, one in node.items() if key in _COUNTS for more in _unsigned(one))
    elif isinstance(text := value_in(node), Text) and not text.strip().startswith(_SIGNS):
        try:
            more = number_in(text, "FTE")
        except PydanticCustomError:  # a fraction, a share of today's, or not stated
            return
        if more:
            yield more


def _told(role: Text, scenario: Text, there: Decimal, more: Decimal) -> str:
    to_all = f"{'+' if more > there else ''}{plain(more - there)}"
    return (
        f"change of {role} in `{scenario}` is {plain(more)} more than {plain(there)}, not {plain(more)} in all: write "
        f"+{plain(more)}, or {to_all} for {plain(more)} in all"
    )
