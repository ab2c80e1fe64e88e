"""Cells: pay that is stated as one of a salary schedule, and the rows of schedules and tables."""

from __future__ import annotations

import re

from staffcalc.language.figures import Figure, check_annotations, figure, value_in, words
from staffcalc.language.relative import is_relative, own_and_change
from staffcalc.language.written_numbers import Unit, wrong
from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree


def is_cell(node: Tree) -> bool:
    """Whether pay is stated as a cell of a salary schedule, such as `MA/7`."""
    stated = value_in(node)
    return isinstance(stated, Text) and "/" in stated and re.search(r"[^\d\s]", stated) is not None


def pay(node: Tree) -> Figure | Text:
    """Dollars, or a cell of a salary schedule such as `MA/7`."""
    if not is_cell(node):
        return figure(node, "dollars")
    stated = value_in(node)
    if isinstance(node, Block) and is_relative(node):
        _, change = own_and_change(node)
        raise wrong(f"the pay of `{stated}`, a cell of a schedule, is no one figure", "write the amount", change.place)
    if isinstance(node, Block):
        check_annotations(node)
        for key in node:
            if key not in ("value", *ANNOTATIONS):
                hint = "date the cells of the schedule, or make a role for the other cell"
                raise wrong(f"`{key}` cannot stand beside the cell `{stated}`", hint, key.place)
    return words(stated)


_EMPTY = ("", "null", "~", "-", "–", "—", "n/a", "reserved")


def is_empty(cell: str) -> bool:
    """Whether a cell of a schedule or a table says that there is nothing in it."""
    return cell.strip().lower() in _EMPTY


def cells(node: Tree, unit: Unit, *, undated: str = "") -> tuple[Figure | None, ...]:
    """A row of a salary schedule or of a table; an empty cell is None."""
    if not isinstance(node, list):
        raise wrong("this should be a row of cells", "write [40_000, 43_000, null]", node.place)
    return tuple(
        None if isinstance(one, Text) and is_empty(one) else figure(one, unit, undated=undated) for one in node
    )
