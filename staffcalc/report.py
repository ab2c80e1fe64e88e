"""What an answer is made of: titled tables of typed cells, and notes; or a page with sections, sentences and drawings.
A report knows no school and no format.

A question builds a report; an output format shows it. A cell carries the exact figure, already rounded as the
rules of the numbers say, so no format has a number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from staffcalc.records import NamedTuple
from staffcalc.source.problems import Place


class Money(NamedTuple):
    """US dollars, shown with the decimals the amount has; `signed` shows a plus sign too, for a change."""

    amount: Decimal
    signed: bool = False


class Fte(NamedTuple):
    """Full-time equivalents, exact; a table shows all of its FTE with the same number of decimals."""

    value: Decimal
    signed: bool = False


class Count(NamedTuple):
    """People or students: whole, but for a share of a person that one fund pays."""

    value: Decimal


class Ratio(NamedTuple):
    """A figure without a unit, such as students per teacher, shown with the decimals it has."""

    value: Decimal


class Percent(NamedTuple):
    """A share; `value` 0.1532 is shown as 15.32%."""

    value: Decimal
    signed: bool = False


class Verdict(NamedTuple):
    """A judgement in words; colour only repeats what the words say. `good` is None where nothing can be judged. `brief`
    is said above the figures of a plan where there is no room for all of it."""

    text: str
    good: bool | None
    warning: bool = False

    @property
    def brief(self) -> str:
        """ "fits", "over", "n/a", or what else is said in short."""
        return re.split("[,:]| by ", self.text, maxsplit=1)[0]


class Bar(NamedTuple):
    """The size of a figure against the largest, from -1 to 1: drawn as a bar on a terminal, and nowhere else. In a
    column with bars below nothing all of them stand around an axis."""

    share: Decimal


class NotAvailable:
    """A measure that would divide by nothing: shown as n/a, null in JSON, empty in CSV."""


NA = NotAvailable()

Number = Money | Fte | Count | Ratio | Percent
"""A figure, and what it is counted in."""

Cell = str | int | Number | Verdict | Bar | NotAvailable | None
"""A cell of a table; None is a cell with nothing to say, shown blank. A bare number is a place, such as a line."""

Data = Cell | bool | Sequence["Data"] | Mapping[str, object]
"""The JSON answer: its leaves are cells, so that JSON holds the very figures the tables show. Each question gives its
shape as a TypedDict, which is what the keys of a mapping and their values are."""


class TableColumn(NamedTuple):
    """A column of a table; `group` names what several neighbouring columns have in common (a school). Where a wide
    table is split within a group, its column that comes `again` (the baseline) stands in every block. A `spare` one is
    left out where there is no room for it."""

    label: str
    align: Literal["left", "right"] = "right"
    group: str = ""
    again: bool = False
    spare: bool = False


RowKind = Literal["line", "heading", "total", "verdict"]


class TableRow(NamedTuple):
    """One row: as many cells as the table has columns. A heading fills its first cell alone. `bad`: figures below
    nothing (what is left), or above it (what is short), mean no good; of all others a sign alone means neither."""

    cells: tuple[Cell, ...]
    kind: RowKind = "line"
    bad: Literal["below nothing", "above nothing"] | None = None


class Table(NamedTuple):
    """A titled table. Its first `labels` columns are repeated when a wide table is split into blocks. By its `name`,
    where it has one, a page picks it out of an answer."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    labels: int = 1
    name: str = ""

    @property
    def barred(self) -> frozenset[int]:
        """Its columns of bars, which repeat what the figures beside them say."""
        return frozenset(at for row in self.rows for at, cell in enumerate(row.cells) if isinstance(cell, Bar))

    def keeping(self, columns: Sequence[int]) -> Table:
        """The table with these columns alone."""
        rows = (row._replace(cells=tuple(row.cells[at] for at in columns)) for row in self.rows)
        return self._replace(columns=tuple(self.columns[at] for at in columns), rows=tuple(rows))


class Records(NamedTuple):
    """Tidy rows for a spreadsheet: stable column names, one observation a row."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def _no_records() -> Records:
    return Records((), ())


def _no_data() -> Data:
    return {}


class ExplainedStep(NamedTuple):
    """One line of an explanation, and what it rests on. `cell` is the figure it arrives at."""

    text: str
    cell: Number | NotAvailable | None = None
    steps: tuple[ExplainedStep, ...] = ()


class Finding(NamedTuple):
    """What a check found, for programs that show it beside the line of the file it is about. `rule_at` is where the
    rule stands, where that is another place."""

    level: Literal["error", "warning", "passed"]
    rule: str
    subject: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    rule_at: Place | None = None


class Report(NamedTuple):
    """An answer, ready for every format: tables for people, records for CSV, data for JSON.

    Records, data and `closing` are made when a format asks for them. Notes go to standard error, never into the answer.
    `explanation` is shown after the tables, as a tree; `closing` are lines below all of it. `findings` are what the
    formats of CI systems are made of; None: the command finds none, and has no such formats.
    """

    tables: tuple[Table, ...]
    records: Callable[[], Records] = _no_records
    data: Callable[[], Data] = _no_data
    notes: tuple[str, ...] = ()
    explanation: tuple[ExplainedStep, ...] = ()
    closing: Callable[[], Iterable[str]] = tuple
    findings: tuple[Finding, ...] | None = None


class Mark(NamedTuple):
    """One bar of a drawing, from one amount to another; `figure` is what is written beside it. `limit`: the amount that
    it is held against."""

    label: str
    figure: Number | NotAvailable
    start: Decimal
    end: Decimal
    limit: Decimal | None = None


class Drawing(NamedTuple):
    """Bars of one scale, under the names of their groups ("" where there is one group alone).

    `held`: bars from nothing, which should not reach beyond their limits. `around`: bars to both sides of nothing; with
    `bad`, those below it mean no good. `steps`: each bar begins where the one before it ended. `told` says in words how
    to read it.
    """

    title: str
    kind: Literal["held", "around", "steps"]
    groups: tuple[tuple[str, tuple[Mark, ...]], ...]
    told: str
    bad: bool = False


class Sentence(NamedTuple):
    """A sentence about something, and whether it is good news: None where nothing can be judged."""

    name: str
    text: str
    good: bool | None = None


Part = str | tuple[Sentence, ...] | Table | Drawing
"""A part of a section: a paragraph, a list of sentences, a table or a drawing."""


class Section(NamedTuple):
    """A titled section of a page."""

    title: str
    parts: tuple[Part, ...]


class Page(NamedTuple):
    """A page to be read and printed: what it is about, its sections, and what stands at its foot. Notes go to standard
    error, as those of a report."""

    title: str
    about: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    notes: tuple[str, ...] = ()
