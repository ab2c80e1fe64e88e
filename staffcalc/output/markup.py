"""The answer for documents: Markdown, HTML and LaTeX. Names come out literally, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from tabulate import tabulate

from staffcalc.output.characters import printable
from staffcalc.output.explanation import bullets, items, paragraphs, said
from staffcalc.output.latex import in_latex
from staffcalc.output.sheet import Sheet, sheet
from staffcalc.report import Report, Step, Verdict

Escape = Callable[[str], str]


def markdown(report: Report) -> str:
    """Pipe tables under headings, as GitHub shows them."""

    def page(sheet: Sheet) -> str:
        title = f"## {_in_markdown(sheet.title)}\n\n" if sheet.title else ""
        return title + _table(sheet, "pipe", _in_markdown, "**{}**", "{}: {}") + "\n"

    def explained(step: Step) -> str:
        return "\n".join([f"## {_in_markdown(said(step))}\n", *bullets(step.steps, _in_markdown)]) + "\n"

    closing = (f"{_in_markdown(printable(line))}\n" for line in report.closing())
    return "\n".join([*(page(sheet(table)) for table in report.tables), *map(explained, report.explanation), *closing])


def latex(report: Report) -> str:
    """Tables to be read into a document with \\input; they need no package."""

    def page(sheet: Sheet) -> str:
        title = f"\\subsection*{{{in_latex(sheet.title)}}}\n\n" if sheet.title else ""
        return title + _table(sheet, "latex_raw", in_latex, r"\textbf{{{}}}", "{}: {}") + "\n"

    def explained(step: Step) -> str:
        title = f"\\subsection*{{{in_latex(said(step))}}}\n"
        return "\n".join([title, *paragraphs(step.steps, in_latex)]) + "\n"

    closing = (f"\\noindent {in_latex(printable(line))}\\par\n" for line in report.closing())
    return "\n".join([*(page(sheet(table)) for table in report.tables), *map(explained, report.explanation), *closing])


def html(report: Report) -> str:
    """A complete small page that prints well and needs nothing from elsewhere."""
    sheets = [sheet(table) for table in report.tables]
    titles = [*(page.title for page in sheets if page.title), *map(said, report.explanation)]
    title = escape(titles[0] if titles else "staffcalc")
    body = "\n".join(
        (f"<h2>{escape(page.title)}</h2>\n" if page.title else "")
        + _table(page, "unsafehtml", escape, "<b>{}</b>", "<small>{}</small><br>{}")
        for page in sheets
    )
    body += "".join(f"<h2>{escape(said(step))}</h2>\n{items(step.steps, escape)}" for step in report.explanation)
    body += "".join(f"<p>{escape(printable(line))}</p>\n" for line in report.closing())
    body = re.sub(r'(?<=">) +| +(?=</t[dh]>)', "", body)  # tabulate pads cells, which a browser does not need
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>\n{_CSS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _table(page: Sheet, tablefmt: str, escaped: Escape, strong: str, grouped: str) -> str:
    heads = [
        grouped.format(escaped(group), escaped(head)) if group else escaped(head)
        for group, head in zip(page.groups, page.heads, strict=True)
    ]
    rows = []
    for row, texts in zip(page.table.rows, page.rows, strict=True):
        cells = [escaped(text) for text in texts]
        if row.kind != "line":
            cells = [strong.format(cell) if cell else "" for cell in cells]
        if tablefmt == "unsafehtml":
            cells = [_marked(cell, text) for cell, text in zip(row.cells, cells, strict=True)]
            cells[0] = f'<span class="{row.kind}">{cells[0]}</span>' if row.kind != "line" else cells[0]
        rows.append(cells)
    return str(
        tabulate(
            rows,
            heads,
            tablefmt=tablefmt,
            disable_numparse=True,
            colalign=page.aligns if rows else None,
        )
    )


def _marked(cell: object, text: str) -> str:
    if isinstance(cell, Verdict):
        kind = "warning" if cell.warning else {True: "good", False: "bad", None: "open"}[cell.good]
        return f'<span class="{kind}">{text}</span>'
    return text


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]|&~])", r"\\\1", text)


_CSS = """\
body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; margin: 2rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: left; vertical-align: top; }
thead th { font-weight: 600; vertical-align: bottom; border-bottom: 1px solid #888; }
tr:has(.heading) td { padding-top: 1rem; }
tr:has(.total) td { border-top: 1px solid #888; }
.good { color: #17692f; } .bad { color: #a31515; } .warning { color: #7a5200; }
@media print { body { margin: 0; font-size: 10pt; } thead { display: table-header-group; } }
"""
