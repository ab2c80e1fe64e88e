"""A report → everything that can be shown; knows no school and no costing.

The answer goes to standard output or to a file, remarks go to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from staffcalc.output.characters import printable
from staffcalc.output.destination import columns, is_terminal, prepare, to_file, to_stderr, to_stdout, unwritten
from staffcalc.output.formats import ENDINGS, FOR_PEOPLE, OF_FINDINGS, Format, format_for, rendered
from staffcalc.output.problem import OutputProblem
from staffcalc.output.widths import asked_width, wrapped
from staffcalc.report import Page, Report

__all__ = [
    "Format",
    "OutputProblem",
    "format_for",
    "is_terminal",
    "notes",
    "prepare",
    "printable",
    "problems",
    "remark",
    "say",
    "show",
    "show_document",
    "show_page",
    "shows_findings",
    "shows_tables",
    "unwritten",
]


SCHOOL_FILES = (".yaml", ".yml")
"""Endings of files that people write: an answer takes the place of an earlier answer, and never of one of these."""


def show(report: Report, *, format: Format | None, path: Path | None, excel: bool = False) -> None:
    """Show the whole answer on standard output, or write it to `path`; its notes follow on standard error.

    Without a format, the ending of the path decides, or else whether a person or a pipe reads the answer. Raises
    OutputProblem for what cannot be shown so, and for a path where a school file stands.
    """
    chosen = format or _fitting(path)
    if chosen in OF_FINDINGS and report.findings is None:
        raise OutputProblem(f"--format {chosen} shows what `staffcalc check` finds; choose another for this command")
    if excel and chosen is not Format.csv:
        raise OutputProblem("--excel goes with CSV: add --format csv, or an --output that ends in .csv")
    _spare(path)
    if path is not None and chosen is Format.table:
        chosen = Format.text  # a file has no width and no colour
    answer = rendered(report, chosen)
    if excel:
        answer = "\ufeff" + answer  # by this mark Excel knows UTF-8
    if path is None:
        to_stdout(answer, chosen)
    else:
        to_file(answer, path)
    remark(report.notes)


def show_page(page: Page, *, path: Path | None) -> None:
    """Show a page as HTML on standard output, or write it to `path`; its notes follow on standard error.

    Raises OutputProblem for a path whose ending is not that of a page, and for one where a school file stands.
    """
    from staffcalc.output.hypertext import board

    if path is None:
        to_stdout(board(page), Format.html)
    else:
        _spare(path)
        if format_for(path) is not Format.html:
            raise OutputProblem(f"{path}: the page is HTML: end its name in .html")
        to_file(board(page), path)
    remark(page.notes)


def show_line(line: str) -> None:
    """Answer with one line on standard output."""
    to_stdout(f"{line}\n", Format.text)


def show_document(markdown: str) -> None:
    """Show a page of Markdown: laid out on a terminal, as it stands in a pipe."""
    if is_terminal(sys.stdout):
        from staffcalc.output.document import document

        markdown = document(markdown)
    to_stdout(markdown, Format.markdown)


def shows_findings(format: Format | None, path: Path | None) -> bool:
    """Whether the format is one of a CI system, made of findings alone."""
    return (format or (format_for(path) if path is not None else None)) in OF_FINDINGS


def shows_tables(format: Format | None, path: Path | None) -> bool:
    """Whether the format shows the tables of an answer to people: no program reads it."""
    return (format or (format_for(path) if path is not None else Format.text)) in FOR_PEOPLE


def remark(phrase: Iterable[str]) -> None:
    """Say on standard error what the reader of the answer should know besides."""
    problems(f"note: {note}" for note in phrase)


def _spare(path: Path | None) -> None:
    if path is not None and path.suffix.lower() in SCHOOL_FILES and os.path.exists(path):
        raise OutputProblem(f"{path} is there already, and may be a school file: choose another --output")


def problems(lines: Iterable[str]) -> None:
    """Say on standard error what is wrong, control characters shown, not sent; on a terminal no word is broken."""
    said = (printable(line) for text in lines for line in text.split("\n"))
    if is_terminal(sys.stderr):
        room = asked_width() or columns(sys.stderr)
        said = (part for line in said for part in _within(line, room))
    to_stderr("".join(f"{line}\n" for line in said))


def _within(line: str, room: int) -> list[str]:
    """A line in as many as it takes, all indented as it is."""
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return [indent + part for part in wrapped(line, max(room - len(indent), 1))]


def _fitting(path: Path | None) -> Format:
    if path is None:
        return Format.table if is_terminal(sys.stdout) else Format.text
    found = format_for(path)
    if found is None:
        *first, last = ENDINGS
        raise OutputProblem(
            f"the ending of {path} names no format: end it in {', '.join(first)} or {last}, or give --format"
        )
    return found
