"""The answer as plain text, for pipes and files: no colour, nothing wrapped, nothing cut."""

from __future__ import annotations

from staffcalc.output.blocks import AIR, RULE, ColumnBlock, banner, blocks, lines
from staffcalc.output.characters import printable
from staffcalc.output.explanation import indented
from staffcalc.output.text_table import TextTable, text_table
from staffcalc.output.widths import asked_width, width
from staffcalc.report import Report

MOST_VALUES = 12  # columns of values beside each other, so that hundreds of schools can still be read


def text(report: Report) -> str:
    """The tables of a report as text; as wide as they are, unless COLUMNS says how wide they may be.

    An explanation is never broken into lines: a step is a line.
    """
    room = asked_width()
    explained = ["".join(f"{line}\n" for line in indented([step])) for step in report.explanation]
    closing = (f"{printable(line)}\n" for line in report.closing())
    return "\n".join([*(_page(text_table(table), room) for table in report.tables), *explained, *closing])


def _page(table: TextTable, room: int | None) -> str:
    drawn = "\n".join(_drawn(table, block) for block in blocks(table, room=room, most=MOST_VALUES))
    return f"{table.title}\n\n{drawn}" if table.title else drawn


def _drawn(table: TextTable, block: ColumnBlock) -> str:
    # The blocks know the width of every column already; tabulate would find it again, cell by cell.
    rule = "  ".join("-" * wide for wide in block.widths)
    aligns = [table.table.columns[column].align for column in block.columns]

    def padded(texts: list[str]) -> str:
        cells = zip(block.columns, block.widths, aligns, strict=True)
        return "  ".join(_padded(texts[column], wide, align) for column, wide, align in cells)

    special = {RULE: rule, AIR: ""}
    rows = (special[line] if line in special else padded(table.rows[line]) for line in lines(table, block))
    return "".join(f"{line.rstrip()}\n" for line in [*banner(table, block, "-"), padded(table.heads), rule, *rows])


def _padded(text: str, wide: int, align: str) -> str:
    blank = " " * (wide - width(text))
    return blank + text if align == "right" else text + blank
