"""Splits a wide table into blocks of columns that fit, each with the labels again: nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from staffcalc.output.characters import printable
from staffcalc.output.text_table import TextTable
from staffcalc.output.widths import folded, width, wrapped
from staffcalc.records import NamedTuple
from staffcalc.report import Verdict

GAP = 2
RULE, AIR = -1, -2  # lines of a block that are not rows
TEXT_ROOM = 24  # a column of sentences gets at least this much
BOLD = 125  # percent of the letters that are not bold, as a verdict on a page is


class ColumnBlock(NamedTuple):
    """Some columns of a table, their widths, and the rows that say something in them."""

    columns: list[int]
    widths: list[int]
    rows: list[int]


def blocks(
    table: TextTable,
    *,
    room: int | None = None,
    wrap: bool = False,
    most: int | None = None,
    whole: bool = False,
    in_full: bool = False,
) -> list[ColumnBlock]:
    """The blocks of a table: `room` columns of the screen wide, with at most `most` columns of values.

    With `wrap`, as on a terminal, text may break into lines; figures never do. What cannot fit stands out, as does a
    table that is to stay `whole`. `in_full`: no column is spared, and verdicts take few lines where they have no room;
    else they are said in short.
    """
    measure = _Measure(table, room, wrap, in_full)
    labels = list(range(table.table.labels))
    values = list(range(table.table.labels, len(table.table.columns)))
    return [
        ColumnBlock(columns, measure.widths(columns), _rows(table, values))
        for values in ([values] if whole else _parts(measure, most))
        for columns in [labels + values]
    ]


def lines(table: TextTable, block: ColumnBlock) -> Iterator[int]:
    """The lines of a block from top to bottom: rows, AIR above a heading, a RULE above the totals."""
    before = ""
    for row in block.rows:
        kind = table.table.rows[row].kind
        if kind == "heading" and before:
            yield AIR
        if kind == "total" and before not in ("", "total"):
            yield RULE
        yield row
        before = kind


def banner(table: TextTable, block: ColumnBlock, stroke: str) -> list[str]:
    """The lines above the heads that name each group over a rule across its columns; none without groups."""
    if not any(table.groups[column] for column in block.columns):
        return []
    spans = []
    for name, run in groupby(zip(block.columns, block.widths, strict=True), lambda pair: table.groups[pair[0]]):
        span = sum(wide + GAP for _, wide in run) - GAP
        spans.append((span, wrapped(name, span), stroke if name else " "))
    height = max(len(names) for _, names, _ in spans)
    names = [[""] * (height - len(names)) + names for _, names, _ in spans]
    texts = [
        [_centred(line, span) for (span, _, _), line in zip(spans, row, strict=True)]
        for row in zip(*names, strict=True)
    ]
    texts.append([mark * span for span, _, mark in spans])
    return [(" " * GAP).join(row).rstrip() for row in texts]


def _centred(text: str, room: int) -> str:
    spare = max(room - width(text), 0)
    return " " * (spare // 2) + text + " " * (spare - spare // 2)


def _rows(table: TextTable, values: list[int]) -> list[int]:
    """The rows of a block without lines that are blank in it, and without headings that nothing follows."""
    kept: list[int] = []
    heading = None
    for at, row in enumerate(table.table.rows):
        if row.kind == "heading":
            heading = at
        elif row.kind != "line" or not values or any(row.cells[column] is not None for column in values):
            kept += [at] if heading is None else [heading, at]
            heading = None
    return kept


def _parts(measure: _Measure, most: int | None) -> list[list[int]]:
    """The value columns of each block. A group stays whole where it fits into a block by itself; where it goes on in
    another block, the column that comes again stands there too. Bars stand beside their figures or nowhere; spare
    columns do not where all the others go into one block and something would be squeezed for them."""
    table = measure.table
    values = list(range(table.table.labels, len(table.table.columns)))

    def fits(columns: list[int]) -> bool:
        return (most is None or len(columns) <= most) and measure.fits(columns)

    spare = [column for column in values if table.table.columns[column].spare]
    if spare and not measure.in_full and fits([column for column in values if column not in spare]):
        while spare and not measure.is_roomy(values):
            values.remove(spare.pop())
    if not fits(values):
        values = [column for column in values if column not in table.table.barred]
    parts: list[list[int]] = [[]]
    for name, run in groupby(values, lambda column: table.groups[column]):
        group = list(run)
        again = [column for column in group if table.table.columns[column].again]
        for piece in [group] if name and fits(group) else [[column] for column in group]:
            if parts[-1] and not fits(parts[-1] + piece):
                parts.append([])
                if piece != group and not set(again) & {*piece} and fits(again + piece):
                    parts[-1] += again
            parts[-1] += piece
    return parts


class _Style(NamedTuple):
    """The lines that a head and words in a cell may take; whether labels keep to a third of the screen. A verdict never
    takes two: it is said in short."""

    head: int
    cells: int
    squeeze: bool = False


_TIGHT = _Style(2, 2, squeeze=True)
_STYLES = (
    _Style(1, 1),
    _Style(2, 1),
    _Style(3, 1),
    _Style(2, 2),
    _Style(3, 3),
    _TIGHT,
    _Style(3, 3, squeeze=True),
)


class _Measure:
    """The widths that columns need, from roomy to tight."""

    def __init__(self, table: TextTable, room: int | None, wrap: bool, in_full: bool) -> None:
        self.table, self.room, self.wrap, self.in_full = table, room, wrap and room is not None, in_full
        self._words: list[list[str]] = [[head] for head in table.heads]
        self._verdicts: list[list[Verdict]] = [[] for _ in table.heads]
        self._figures = [0] * len(table.heads)
        for row, texts in zip(table.table.rows, table.rows, strict=True):
            if row.kind == "heading" and self.wrap:  # stands alone on its line, over all columns
                continue
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                if isinstance(cell, Verdict) and not table.is_text(column):
                    self._verdicts[column].append(cell)
                elif isinstance(cell, str) or (isinstance(cell, Verdict) and self._is_long(text)):
                    self._words[column].append(text)
                elif text:  # figures are plain: a character is a column of the screen
                    self._figures[column] = max(self._figures[column], len(text))
        self._natural = [
            max([figures, *map(width, words), *(width(printable(one.text)) for one in verdicts)])
            for figures, words, verdicts in zip(self._figures, self._words, self._verdicts, strict=True)
        ]

    def _is_long(self, verdict: str) -> bool:
        """Whether a verdict in a column of sentences may be broken into lines like one."""
        return self.room is None or 2 * width(verdict) > self.room

    def fits(self, values: list[int]) -> bool:
        """Whether these columns go into one block beside the labels."""
        columns = [*range(self.table.table.labels), *values]
        return self.room is None or _total(self._sized(columns, _TIGHT)) <= self.room

    def is_roomy(self, values: list[int]) -> bool:
        """Whether these columns go into one block with nothing broken into lines."""
        columns = [*range(self.table.table.labels), *values]
        return self.room is None or _total([self._natural[column] for column in columns]) <= self.room

    def widths(self, columns: list[int]) -> list[int]:
        """The roomiest widths that fit: heads on one line if they can be; sentences get what is left."""
        for style in _STYLES:
            sizes = self._sized(columns, style)
            if self.room is None or _total(sizes) <= self.room:
                break
        for at, column in enumerate(columns):
            if self.wrap and self.room and self._is_flowing(column):
                spare = max(self.room - _total(sizes), 0)
                sizes[at] += min(spare, max(self._natural[column] - sizes[at], 0))
        return sizes

    def _is_flowing(self, column: int) -> bool:
        return column < self.table.table.labels or self.table.is_text(column)

    def _sized(self, columns: list[int], style: _Style) -> list[int]:
        sizes = [self._size(column, style) for column in columns]
        if any(self.table.groups):
            spots = groupby(range(len(columns)), lambda at: self.table.groups[columns[at]])
            for name, run in ((name, list(spot)) for name, spot in spots if name):
                needed = folded(name, style.head if self.wrap else 1) - _total([sizes[at] for at in run])
                for share, at in enumerate(run):  # a group is at least as wide as its name
                    sizes[at] += max((needed + share) // len(run), 0)
        return sizes

    def _size(self, column: int, style: _Style) -> int:
        natural, labels = self._natural[column], self.table.table.labels
        if not self.wrap or self.room is None:
            return natural
        if column < labels:
            return min(natural, max(self.room // (3 * labels), 12)) if style.squeeze else natural
        if self.table.is_text(column):
            return min(natural, max(self._figures[column], TEXT_ROOM))
        head, *cells = self._words[column]
        words = max([folded(head, style.head), *(folded(cell, style.cells) for cell in cells)])
        told = max((self._told(one, style) for one in self._verdicts[column]), default=0)
        return max(self._figures[column], min(max(words, told), self.room * 2 // 3 - GAP))

    def _told(self, verdict: Verdict, style: _Style) -> int:
        """How wide a verdict above figures is."""
        if self.in_full:
            return folded(printable(verdict.text), 3 if style.squeeze else 2) * BOLD // 100
        return width(printable(verdict.text if style.cells == 1 else verdict.brief))


def _total(sizes: list[int]) -> int:
    return sum(sizes) + GAP * (len(sizes) - 1)
