"""The answer on a terminal, by Rich: fitted to its width; colour only repeats what the words say."""

from __future__ import annotations

import os
from collections.abc import Iterator

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text
from rich.tree import Tree

from staffcalc.output.blocks import AIR, GAP, RULE, ColumnBlock, banner, blocks, lines
from staffcalc.output.characters import printable
from staffcalc.output.explanation import figure_of
from staffcalc.output.text_table import TextTable, text_table
from staffcalc.output.widths import asked_width, width, wrapped
from staffcalc.report import Cell, Count, ExplainedStep, Fte, Money, NotAvailable, Report, TableRow, Verdict

_BOLD, _DIM, _PLAIN = Style(bold=True), Style(dim=True), Style()
_END = Segment("\n")
_GREEN, _YELLOW, _RED = Style(color="green"), Style(color="yellow"), Style(color="red")


def terminal(report: Report) -> str:
    """The tables, the explanation and the last lines of a report as they go to the terminal, with its escape codes."""
    screen = console()
    wide = room(screen)
    with screen.capture() as capture:
        for number, table in enumerate(report.tables):
            if number:
                screen.print()
            # The blocks fit already, Rich gives them colour. Its own tables cannot name a group of columns,
            # and take seconds where hundreds of schools stand side by side.
            screen.print(Segments(_page(text_table(table, with_bars=True), wide)), soft_wrap=True, end="")
        for number, step in enumerate(report.explanation):
            if number or report.tables:
                screen.print()
            screen.print(_tree(step, _BOLD), width=wide)
        for line in report.closing():
            screen.print()
            screen.print(Text("\n".join(wrapped(line, wide))), soft_wrap=True)
    return capture.get()


def console() -> Console:
    """The terminal, whose width nothing but `room` tells."""
    sized = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    found = Console(_environ=sized)  # it would take any digits of any writing for a width
    return Console(color_system=None) if found.legacy_windows else found  # it would show escape codes as text


def room(screen: Console) -> int:
    """The columns of the terminal, or those that COLUMNS asks for."""
    return asked_width() or screen.width


def _tree(step: ExplainedStep, style: Style = _PLAIN) -> Tree:
    """A step with all it rests on. Labels are Text, which Rich does not search for markup."""
    label = Text(printable(step.text), style)
    if result := figure_of(step):
        label.append(" = ", _DIM).append(result, _BOLD + _style(step.cell))
    tree = Tree(label, guide_style=_DIM)
    tree.children.extend(map(_tree, step.steps))
    return tree


def _page(table: TextTable, room: int) -> Iterator[Segment]:
    for line in wrapped(table.title, room) if table.title else []:
        yield from (Segment(line, _BOLD), _END)
    for number, block in enumerate(blocks(table, room=room, wrap=True)):
        if number or table.title:
            yield _END
        for line in banner(table, block, "─"):
            yield from (Segment(line, _BOLD), _END)
        yield from _drawn(table, block)


def _drawn(table: TextTable, block: ColumnBlock) -> Iterator[Segment]:
    whole = sum(block.widths) + GAP * (len(block.widths) - 1)
    rule = Segment("─" * whole, _DIM)
    heads = [wrapped(table.heads[column], wide) for column, wide in zip(block.columns, block.widths, strict=True)]
    height = max(map(len, heads))
    heads = [[""] * (height - len(head)) + head for head in heads]  # heads stand on the rule
    yield from _row(table, block, heads, [_DIM] * len(heads))
    yield from (rule, _END)
    for line in lines(table, block):
        if line == RULE:
            yield from (rule, _END)
        elif line == AIR:
            yield _END
        elif table.table.rows[line].kind == "heading":
            for heading in wrapped(table.rows[line][0], whole):
                yield from (Segment(heading, _BOLD), _END)
        else:
            row, texts = table.table.rows[line], table.rows[line]
            base = _PLAIN if row.kind == "line" else _BOLD
            if _stands_alone(row):
                style = base + _style(row.cells[0], row.bad)
                for text in wrapped(texts[0], whole):
                    yield from (Segment(text, style), _END)
                continue
            cells = [
                _fitted(row.cells[column], texts[column], wide, table.is_text(column))
                for column, wide in zip(block.columns, block.widths, strict=True)
            ]
            yield from _row(
                table, block, cells, [base + _style(row.cells[column], row.bad) for column in block.columns]
            )


def _stands_alone(row: TableRow) -> bool:
    """Whether a row is a verdict and nothing else: it has the whole line, and is never said in short."""
    first, *others = row.cells
    return isinstance(first, Verdict) and all(other is None for other in others)


def _fitted(cell: Cell, text: str, wide: int, is_text: bool) -> list[str]:
    """The lines of a cell. A verdict above figures is said in short where all of it does not fit."""
    if width(text) <= wide:
        return [text]
    if isinstance(cell, Verdict) and not is_text:
        text = printable(cell.brief)
    return wrapped(text, wide)


def _row(table: TextTable, block: ColumnBlock, cells: list[list[str]], styles: list[Style]) -> Iterator[Segment]:
    """One row of cells, which may take several lines; without blanks at the ends of lines."""
    for at in range(max(map(len, cells))):
        blank = ""
        for column, wide, cell, style in zip(block.columns, block.widths, cells, styles, strict=True):
            text = cell[at] if at < len(cell) else ""
            spare = " " * (wide - width(text))
            if table.table.columns[column].align == "right":
                blank, spare = blank + spare, ""
            if text:
                yield Segment(blank)
                yield Segment(text, style)
                blank = ""
            blank += spare + " " * GAP
        yield _END


def _style(cell: Cell, bad: str | None = None) -> Style:
    match cell:
        case Money(figure) | Fte(figure) | Count(figure) if bad is not None and figure:
            return _RED if (figure < 0) == (bad == "below nothing") else _PLAIN
        case Verdict(_, good, warning):
            return _YELLOW if warning else _PLAIN if good is None else _GREEN if good else _RED
        case NotAvailable():
            return _DIM
    return _PLAIN
