"""The answer as plain text, for pipes and files: no colour, nothing wrapped, nothing cut."""

from __future__ import annotations

import os

from tabulate import tabulate

from staffcalc.output.blocks import AIR, RULE, Block, banner, blocks, lines
from staffcalc.output.explanation import indented
from staffcalc.output.sheet import Sheet, sheet
from staffcalc.report import Report

MOST_VALUES = 12  # columns of values beside each other, so that hundreds of schools can still be read


def text(report: Report) -> str:
    """The tables of a report as text; as wide as they are, unless COLUMNS says how wide they may be.

    An explanation is never broken into lines: a step is a line.
    """
    asked = os.environ.get("COLUMNS", "")
    room = int(asked) if asked.isascii() and asked.isdigit() and int(asked) else None
    explained = ["".join(f"{line}\n" for line in indented([step])) for step in report.explanation]
    return "\n".join([*(_page(sheet(table), room) for table in report.tables), *explained])


def _page(page: Sheet, room: int | None) -> str:
    drawn = "\n".join(_drawn(page, block) for block in blocks(page, room=room, most=MOST_VALUES))
    return f"{page.title}\n\n{drawn}" if page.title else drawn


def _drawn(page: Sheet, block: Block) -> str:
    # The rule under the heads holds each column at its width, so that the banner stands right above it.
    rule = ["-" * wide for wide in block.widths]
    special = {RULE: rule, AIR: [""] * len(rule)}
    rows = [[page.heads[column] for column in block.columns], rule]
    rows += [special.get(line) or [page.rows[line][column] for column in block.columns] for line in lines(page, block)]
    drawn = tabulate(
        rows,
        tablefmt="plain",
        disable_numparse=True,
        colalign=[page.table.columns[column].align for column in block.columns],
    )
    return "".join(f"{line.rstrip()}\n" for line in [*banner(page, block, "-"), *drawn.split("\n")])
