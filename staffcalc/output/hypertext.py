"""An answer, or a page for many readers, as one HTML file: read on a phone or a desk, in light and dark, and printed.

It needs no network and no script. Names come out literally, whatever they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from staffcalc.output.characters import printable
from staffcalc.output.explanation import items, step_in_line
from staffcalc.output.hypertable import tables, words
from staffcalc.output.marks import pictures
from staffcalc.output.text_table import text_table
from staffcalc.report import Drawing, Page, Part, Report, Sentence, Table

NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser is told: the page fetches nothing and runs nothing."""


def html(report: Report) -> str:
    """The tables of an answer, its explanation, and its last lines."""
    parts: list[str] = []
    found: list[str] = []
    for at, table in enumerate(report.tables):
        page = text_table(table)
        found.append(page.title)
        parts.append(_titled("h2", page.title, f"table-{at}") + tables(page, f"table-{at}" if page.title else ""))
    found += map(step_in_line, report.explanation)
    parts += (f"<h2>{escape(step_in_line(step))}</h2>\n{items(step.steps, escape)}" for step in report.explanation)
    parts += (f"<p>{words(line)}</p>\n" for line in report.closing())
    return _document(next(filter(None, found), "staffcalc"), "".join(parts), ())


def board(page: Page) -> str:
    """A page with its sections, which a list at its head leads to."""
    listed = "".join(
        f'<li><a href="#section-{at}">{escape(printable(section.title))}</a></li>\n'
        for at, section in enumerate(page.sections)
    )
    parts = [
        f"<header>\n<h1>{escape(printable(page.title))}</h1>\n<p>{words(page.about)}</p>\n</header>\n"
        f'<nav aria-label="Sections">\n<ul>\n{listed}</ul>\n</nav>\n<main>\n'
    ]
    for at, section in enumerate(page.sections):
        parts.append(f'<section>\n<h2 id="section-{at}">{escape(printable(section.title))}</h2>\n')
        parts += (_part(part, f"part-{at}-{number}") for number, part in enumerate(section.parts))
        parts.append("</section>\n")
    foot = " · ".join(map(printable, page.foot))
    parts.append(f"</main>\n<footer>{escape(foot)}</footer>\n")
    return _document(page.title, "".join(parts), page.foot)


def _part(scope: Part, name: str) -> str:
    match scope:
        case str():
            return f"<p>{words(scope)}</p>\n"
        case Table():
            page = text_table(scope)
            return _titled("h3", page.title, name) + tables(page, name if page.title else "")
        case Drawing():
            told = f'<p class="told">{words(scope.told)}</p>\n' if scope.told else ""
            many = " many" if len(scope.groups) > 1 else ""
            drawn = f'<div class="drawing{many}">\n{"".join(pictures(scope, name))}</div>\n'
            return _titled("h3", scope.title, name) + told + drawn
        case _:
            return f'<ul class="said">\n{"".join(map(_sentence, scope))}</ul>\n'


_JUDGED = {True: ("good", "✓"), False: ("bad", "✗"), None: ("open", "·")}
"""What a judgement looks like; the words beside it say the same."""


def _sentence(one: Sentence) -> str:
    kind, sign = _JUDGED[one.good]
    name = escape(printable(one.name))
    return (
        f'<li class="{kind}"><span class="sign" aria-hidden="true">{sign}</span><b>{name}</b> {words(one.text)}</li>\n'
    )


def _titled(level: str, title: str, name: str) -> str:
    return f'<{level} id="{name}">{words(title)}</{level}>\n' if title else ""


def _document(title: str, body: str, foot: Iterable[str]) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_ELSE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(printable(title))}</title>\n<style>\n{_style()}{_margins(foot)}</style>\n"
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _margins(foot: Iterable[str]) -> str:
    """What stands at the foot of each page of paper: the same as at the end, and the number of the page."""
    told = "".join(_in_css(" · ".join(map(printable, foot))))
    return f'@page {{ @bottom-left {{ content: "{told}"; }} }}\n' if told else ""


def _in_css(text: str) -> Iterator[str]:
    r"""Letters and digits as they are, and every other character as `\2d `: it can end nothing."""
    return (char if re.fullmatch(r"[A-Za-z0-9 ]", char) else rf"\{ord(char):x} " for char in text)
