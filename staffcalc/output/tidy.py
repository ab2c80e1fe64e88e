"""The records of an answer as CSV: raw, one observation a row, for a spreadsheet or a program."""

from __future__ import annotations

import re
from csv import writer
from io import StringIO

from staffcalc.output.cell_text import raw
from staffcalc.output.characters import HIDDEN, escaped
from staffcalc.output.problem import OutputProblem
from staffcalc.report import Cell, Report, Verdict

# What a spreadsheet takes for a formula, also behind blanks, and a build server for a command.
_FORMULA = re.compile(r"[\t\r\n]|[\s\ufeff\u200b]*(?:[=+\-@＝＋－＠]|::)")
_HIDDEN = re.compile(rf"(?!\t)[{HIDDEN}]")  # a field may hold a tab
_COMMAND = re.compile(r"#(?=#(?:\[|vso\[))")  # which a build server obeys anywhere in a line
_LINES = re.compile(r"\s*[\r\n]\s*")


def csv(report: Report) -> str:
    """The records with their header; figures are never touched, text never runs."""
    records = report.records()
    if not records.columns:
        raise OutputProblem("this answer has no CSV: choose another format")
    out = StringIO()
    rows = writer(out, lineterminator="\n")
    rows.writerow([harmless(name) for name in records.columns])
    rows.writerows([_field(cell) for cell in row] for row in records.rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: a formula gets an apostrophe in front, hidden characters are shown."""
    mark = "'" if _FORMULA.match(text) else ""
    text = _LINES.sub(" ", text)  # a line of its own could be a command to a build server that shows the answer
    text = _COMMAND.sub(r"\\x23", text)
    return mark + (text if text.isprintable() else _HIDDEN.sub(lambda hidden: escaped(hidden[0]), text))


def _field(cell: Cell) -> str:
    text = raw(cell) or ""
    return harmless(text) if isinstance(cell, str | Verdict) else text
