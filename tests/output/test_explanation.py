"""An explanation: a tree on a terminal, indented text in a pipe, nested lists in documents; names stay text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from staffcalc.output import Format
from staffcalc.output.formats import rendered
from staffcalc.output.widths import width
from staffcalc.report import NA, Count, ExplainedStep, Fte, Money, Report

DOCUMENTS = [Format.text, Format.markdown, Format.html, Format.latex]
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def explained(name: str = "teacher", deep: int = 0) -> Report:
    steps: tuple[ExplainedStep, ...] = (
        ExplainedStep(
            f"{name}: 56 FTE", None, (ExplainedStep("62 FTE in the baseline"), ExplainedStep("−6 FTE by teams"))
        ),
        ExplainedStep("people", Count(Decimal("56.0"))),
        ExplainedStep("staff", Fte(Decimal("56.25"))),
        ExplainedStep("56 FTE × $52,795", Money(Decimal(2956520))),
        ExplainedStep("per teacher", NA),
    )
    for _ in range(deep):
        steps = (ExplainedStep("deeper", None, steps),)
    return Report(
        (),
        explanation=(
            ExplainedStep("School: baseline", None, (ExplainedStep(name, Money(Decimal(-5)), steps),)),
            ExplainedStep("B"),
        ),
    )


def screen(answer: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", answer)


def test_text_is_indented_and_each_step_is_a_line() -> None:
    assert rendered(explained(), Format.text) == (
        "School: baseline\n"
        "  teacher = −$5\n"
        "    teacher: 56 FTE\n"
        "      62 FTE in the baseline\n"
        "      −6 FTE by teams\n"
        "    people = 56\n"
        "    staff = 56.25 FTE\n"
        "    56 FTE × $52,795 = $2,956,520\n"
        "    per teacher = n/a\n"
        "\n"
        "B\n"
    )


def test_a_terminal_shows_a_tree(on_screen: Callable[..., str]) -> None:
    assert screen(on_screen(explained(), 60)).split("\n")[:8] == [
        "School: baseline",
        "└── teacher = −$5",
        "    ├── teacher: 56 FTE",
        "    │   ├── 62 FTE in the baseline",
        "    │   └── −6 FTE by teams",
        "    ├── people = 56",
        "    ├── staff = 56.25 FTE",
        "    ├── 56 FTE × $52,795 = $2,956,520",
    ]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_tree_fits_the_terminal_and_loses_nothing(columns: int, on_screen: Callable[..., str]) -> None:
    long = "a note of many words " * 10 + "scenarios/districts/a-long-name-without-a-blank/" * 4
    shown = screen(on_screen(explained(long), columns))
    assert max(width(line.rstrip()) for line in shown.split("\n")) <= columns
    letters = re.sub(r"[\s│├└─]", "", shown)
    assert letters.count(re.sub(r"\s", "", long)) == 2


def test_rich_markup_stays_text(on_screen: Callable[..., str]) -> None:
    assert "[red]x[/red] :smile: [link=x]" in screen(on_screen(explained("[red]x[/red] :smile: [link=x]"), 120))


@pytest.mark.parametrize("format", [Format.table, *DOCUMENTS])
def test_nothing_of_a_name_is_obeyed(format: Format) -> None:
    answer = rendered(explained("\x1b[31mred\x9b\u202e\u2028\x00"), format)
    assert not CONTROLS.search(screen(answer))
    assert "31mred" in answer
    assert not re.search(r"^[\s│├└─-]*::", rendered(explained("::error::x"), format), re.M)


def test_markdown_and_html_are_nested_lists() -> None:
    markdown = rendered(explained("a*b <i>"), Format.markdown)
    assert markdown.startswith("## School: baseline\n\n- a\\*b \\<i\\> = −$5\n  - a\\*b \\<i\\>: 56 FTE\n    - 62 FTE")
    html = rendered(explained("<script>"), Format.html)
    assert "<script" not in html
    assert "<h2>School: baseline</h2>\n<ul>\n<li>&lt;script&gt; = −$5<ul>\n" in html
    assert html.count("<ul>") == html.count("</ul>") == 3

    class Balanced(HTMLParser):
        open: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.open.append(tag) if tag in ("ul", "li") else None

        def handle_endtag(self, tag: str) -> None:
            assert tag not in ("ul", "li") or self.open.pop() == tag

    Balanced().feed(html)
    assert Balanced.open == []


def test_latex_goes_deeper_than_its_own_lists() -> None:
    answer = rendered(explained(r"\input{x} 5%", deep=8), Format.latex)
    assert r"\textbackslash{}input\{x\} 5\% = $-$\$5\par" in answer
    assert r"\noindent\hspace*{15em}$-$6 FTE by teams\par" in answer
    assert "itemize" not in answer
