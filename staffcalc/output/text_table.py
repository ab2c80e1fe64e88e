"""A table made ready for people: every cell already text, whatever the format that will show it."""

from __future__ import annotations

from itertools import chain

from staffcalc.output.cell_text import bars, fte_places, shown
from staffcalc.output.characters import printable
from staffcalc.records import NamedTuple
from staffcalc.report import Bar, Table


class TextTable(NamedTuple):
    """The texts of a table; `groups` are empty unless the table has several."""

    table: Table
    title: str
    heads: list[str]
    groups: list[str]
    rows: list[list[str]]

    def is_text(self, column: int) -> bool:
        """Whether a column holds sentences, such as a calculation, rather than figures."""
        return column >= self.table.labels and self.table.columns[column].align == "left"

    @property
    def aligns(self) -> list[str]:
        return [column.align for column in self.table.columns]


def text_table(table: Table, *, with_bars: bool = False) -> TextTable:
    """Write out every cell of a table. Bars are drawn on a terminal alone: no bar says what no number says."""
    if not with_bars:
        table = _without_bars(table)
    places = fte_places(chain.from_iterable(row.cells for row in table.rows))
    groups = [printable(column.group) for column in table.columns]
    several = len({group for group in groups if group}) > 1
    drawn = [bars([row.cells[at] for row in table.rows]) for at in range(len(table.columns))]
    rows = [
        [drawn[at][line] if isinstance(cell, Bar) else shown(cell, places) for at, cell in enumerate(row.cells)]
        for line, row in enumerate(table.rows)
    ]
    return TextTable(
        table,
        printable(table.title),
        [printable(column.label) for column in table.columns],
        groups if several else [""] * len(groups),
        rows,
    )


def _without_bars(table: Table) -> Table:
    barred = table.barred
    return table.keeping([at for at in range(len(table.columns)) if at not in barred]) if barred else table
