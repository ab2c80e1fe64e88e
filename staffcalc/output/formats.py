"""The formats an answer can take. A new one needs a name, perhaps an ending, and a line in `rendered`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from staffcalc.report import Report


class Format(StrEnum):
    """How an answer is shown."""

    table = "table"
    text = "text"
    markdown = "markdown"
    html = "html"
    latex = "latex"
    csv = "csv"
    json = "json"
    github = "github"
    junit = "junit"
    sarif = "sarif"


OF_FINDINGS = frozenset({Format.github, Format.junit, Format.sarif})
"""What CI systems read: annotations and test reports, made of a report's findings."""

FOR_PEOPLE = frozenset({Format.table, Format.text, Format.markdown, Format.html, Format.latex})
"""What people read: the tables of a report, and the lines below them."""

ENDINGS = {
    ".txt": Format.text,
    ".md": Format.markdown,
    ".html": Format.html,
    ".htm": Format.html,
    ".tex": Format.latex,
    ".csv": Format.csv,
    ".json": Format.json,
    ".xml": Format.junit,
    ".sarif": Format.sarif,
}


def format_for(path: PurePath) -> Format | None:
    """The format that the ending of a file name asks for; None when the ending is not known."""
    return ENDINGS.get(path.suffix.lower())


def rendered(report: Report, format: Format) -> str:
    """The whole answer as text. A format is imported when it is asked for: Rich and tabulate load slowly."""
    match format:
        case Format.table:
            from staffcalc.output.terminal import terminal as render
        case Format.text:
            from staffcalc.output.text import text as render
        case Format.markdown:
            from staffcalc.output.markup import markdown as render
        case Format.html:
            from staffcalc.output.hypertext import html as render
        case Format.latex:
            from staffcalc.output.markup import latex as render
        case Format.csv:
            from staffcalc.output.tidy import csv as render
        case Format.json:
            from staffcalc.output.data import json as render
        case Format.github:
            from staffcalc.output.github import github as render
        case Format.junit:
            from staffcalc.output.junit import junit as render
        case Format.sarif:
            from staffcalc.output.sarif import sarif as render
    return render(report)
