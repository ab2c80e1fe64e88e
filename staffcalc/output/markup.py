"""The answer for documents: Markdown and LaTeX. Names come out literally, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Callable

from tabulate import tabulate

from staffcalc.output.characters import printable
from staffcalc.output.explanation import bullets, paragraphs, step_in_line
from staffcalc.output.latex import in_latex
from staffcalc.output.text_table import TextTable, text_table
from staffcalc.report import ExplainedStep, Report

Escape = Callable[[str], str]


def markdown(report: Report) -> str:
    """Pipe tables under headings, as GitHub shows them."""

    def page(table: TextTable) -> str:
        title = f"## {_in_markdown(table.title)}\n\n" if table.title else ""
        return title + _table(table, "pipe", _in_markdown, "**{}**", "{}: {}") + "\n"

    def explained(step: ExplainedStep) -> str:
        return "\n".join([f"## {_in_markdown(step_in_line(step))}\n", *bullets(step.steps, _in_markdown)]) + "\n"

    closing = (f"{_in_markdown(printable(line))}\n" for line in report.closing())
    return "\n".join(
        [*(page(text_table(table)) for table in report.tables), *map(explained, report.explanation), *closing]
    )


def latex(report: Report) -> str:
    """Tables to be read into a document with \\input; they need no package."""

    def page(table: TextTable) -> str:
        title = f"\\subsection*{{{in_latex(table.title)}}}\n\n" if table.title else ""
        return title + _table(table, "latex_raw", in_latex, r"\textbf{{{}}}", "{}: {}") + "\n"

    def explained(step: ExplainedStep) -> str:
        title = f"\\subsection*{{{in_latex(step_in_line(step))}}}\n"
        return "\n".join([title, *paragraphs(step.steps, in_latex)]) + "\n"

    closing = (f"\\noindent {in_latex(printable(line))}\\par\n" for line in report.closing())
    return "\n".join(
        [*(page(text_table(table)) for table in report.tables), *map(explained, report.explanation), *closing]
    )


def _table(table: TextTable, tablefmt: str, escaped: Escape, strong: str, grouped: str) -> str:
    heads = [
        grouped.format(escaped(group), escaped(head)) if group else escaped(head)
        for group, head in zip(table.groups, table.heads, strict=True)
    ]
    rows = []
    for row, texts in zip(table.table.rows, table.rows, strict=True):
        cells = [escaped(text) for text in texts]
        if row.kind != "line":
            cells = [strong.format(cell) if cell else "" for cell in cells]
        rows.append(cells)
    return str(
        tabulate(
            rows,
            heads,
            tablefmt=tablefmt,
            disable_numparse=True,
            colalign=table.aligns if rows else None,
        )
    )


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]|&~])", r"\\\1", text)
