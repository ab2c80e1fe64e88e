"""A table in HTML: it fits a page of paper, its rows and columns have their heads, and no figure breaks into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from staffcalc.output.blocks import GAP, ColumnBlock, blocks
from staffcalc.output.characters import printable
from staffcalc.output.text_table import TextTable
from staffcalc.report import Cell, TableRow, Verdict

PAPER = 96
"""As many letters of a table go beside one another on a page of paper that stands upright; wider tables are split."""
PHONE = 46
"""As many fit a phone; there, wider tables become lists."""
LONG = 28  # words in a column of figures that are longer are a sentence
_WHOLE = re.compile(r"[−+]\$[\d,]*(?:\.\d+)?|\b\d{4}[-–]\d\d\b")
_LONG_WORD = re.compile(r"\S{32}(?=\S)")


def words(text: str) -> str:
    """Any text as HTML, literally; no sign is parted from its figure, no year broken, and what is longer than any word
    may be."""
    broken = "<wbr>".join(map(escape, _LONG_WORD.sub(r"\g<0>\0", printable(text)).split("\0")))
    return _WHOLE.sub(lambda found: f'<span class="figure">{found[0]}</span>', broken)


def tables(table: TextTable, name: str) -> str:
    """The table, in as many parts as the width of paper asks for; `name` is the id of what it is titled by. Sentences
    break into lines instead."""
    flows = any(map(table.is_text, range(len(table.heads))))
    return "".join(
        _table(table, block, name) for block in blocks(table, room=PAPER, wrap=True, whole=flows, in_full=True)
    )


def _table(table: TextTable, block: ColumnBlock, name: str) -> str:
    wide = sum(block.widths) + GAP * (len(block.widths) - 1)
    named = f' aria-labelledby="{name}"' if name else ""
    kind = "fit wide" if wide > PHONE else "fit"
    return (
        f'<div class="{kind}" style="--letters:{wide}"><table{named}>\n{_widths(block)}'
        f"<thead>\n{''.join(_heads(table, block))}</thead>\n{''.join(_bodies(table, block))}</table></div>\n"
    )


def _widths(block: ColumnBlock) -> str:
    """How wide the columns are in letters, so that none takes the room of another."""
    columns = (f'<col style="--wide:{wide}">' for wide in block.widths)
    return f"<colgroup>{''.join(columns)}</colgroup>\n"


def _heads(table: TextTable, block: ColumnBlock) -> Iterator[str]:
    labels = table.table.labels
    if any(table.groups[column] for column in block.columns):
        cells = ["<td></td>" * labels]
        for group, run in groupby(block.columns[labels:], lambda column: table.groups[column]):
            cells.append(f'<th scope="colgroup" colspan="{len(list(run))}">{words(group)}</th>')
        yield f"<tr>{''.join(cells)}</tr>\n"
    cells = []
    for column in block.columns:
        head = table.heads[column]
        cells.append(f'<th scope="col"{_class(table, column)}>{words(head)}</th>' if head else "<td></td>")
    yield f"<tr>{''.join(cells)}</tr>\n"


def _class(table: TextTable, column: int) -> str:
    return ' class="right"' if table.table.columns[column].align == "right" else ""


def _bodies(table: TextTable, block: ColumnBlock) -> Iterator[str]:
    """The rows; each heading begins a body of its own, which it is the head of."""
    opened = False
    for at in block.rows:
        row, texts = table.table.rows[at], table.rows[at]
        if row.kind == "heading" or not opened:
            yield f"{'</tbody>' if opened else ''}<tbody>\n"
            opened = True
        if row.kind == "heading":
            head = f'<th scope="rowgroup" colspan="{len(block.columns)}">{words(texts[0])}</th>'
            yield f'<tr class="heading">{head}</tr>\n'
        else:
            kind = f' class="{row.kind}"' if row.kind != "line" else ""
            yield f"<tr{kind}>{''.join(_cells(table, block, row, texts))}</tr>\n"
    if opened:
        yield "</tbody>\n"


def _cells(table: TextTable, block: ColumnBlock, row: TableRow, texts: list[str]) -> Iterator[str]:
    labels = table.table.labels
    head = max((at for at in range(labels) if texts[at]), default=None)
    for column in block.columns:
        cell, text = row.cells[column], _shown(row.cells[column], texts[column], row.bad)
        if text and row.kind != "line":
            text = f"<b>{text}</b>"
        if column == head:
            yield f'<th scope="row">{text}</th>'
        elif column < labels:
            yield f"<td>{text}</td>"
        else:
            told = ": ".join(filter(None, (table.groups[column], table.heads[column])))
            told = f' data-head="{escape(told)}"' if told and text else ""
            yield f"<td{_kind(table, column, cell)}{told}>{text}</td>"


def _kind(table: TextTable, column: int, cell: Cell) -> str:
    """Figures stand to the right and keep together; words may break, and sentences begin at the left."""
    if table.table.columns[column].align == "left" or (isinstance(cell, str) and len(cell) > LONG):
        return ""
    return ' class="right"' if isinstance(cell, str | Verdict) else ' class="figure"'


def _shown(cell: Cell, text: str, bad: str | None) -> str:
    if isinstance(cell, Verdict):
        kind = "warning" if cell.warning else {True: "good", False: "bad", None: "open"}[cell.good]
        return f'<span class="{kind}">{words(text)}</span>'
    if isinstance(cell, str):
        return words(text)
    amount = getattr(cell, "amount", getattr(cell, "value", 0)) if bad else 0
    if amount and (amount < 0) == (bad == "below nothing"):
        return f'<span class="bad">{escape(text)}</span>'
    return escape(text)
