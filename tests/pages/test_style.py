"""What the style promises, computed from its own colors; and what a page is without any browser."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffcalc.output.hypertext import board as as_html
from staffcalc.output.marks import pictures
from staffcalc.report import Drawing, Mark, Money, Page, Section, Sentence, Table, TableColumn, TableRow

STYLE = (Path(__file__).parents[2] / "staffcalc" / "output" / "page.css").read_text(encoding="utf-8")
THEMES = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)]
READ = ("ink", "quiet", "good", "bad", "warning", "link")
SEEN = ("mark", "over", "limit", "quiet")


def luminance(color: str) -> float:
    """How light a color is, as the WCAG define it."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colors, from 1 to 21."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_and_white_is_known() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_text_and_marks_have_the_contrast_of_level_aa(theme: dict[str, str]) -> None:
    assert {
        name: contrast(theme[name], theme["paper"]) for name in READ if contrast(theme[name], theme["paper"]) < 4.5
    } == {}
    assert {
        name: contrast(theme[name], theme["paper"]) for name in SEEN if contrast(theme[name], theme["paper"]) < 3
    } == {}


def test_a_style_has_two_themes_and_no_color_beside_them() -> None:
    assert len(THEMES) == 2
    assert set(THEMES[0]) == set(THEMES[1])
    beside = re.sub(r":root \{.*?\}|@page \{.*\}", "", STYLE, flags=re.S)
    assert re.findall(r"(?<![\w&])#[0-9a-f]{3,8}\b|\brgb", beside) == []


def money(amount: int) -> Money:
    return Money(Decimal(amount), signed=True)


def steps(*amounts: int) -> Drawing:
    """A bridge from 100 dollars on."""
    marks = [Mark("today", Money(Decimal(100)), Decimal(100), Decimal(100))]
    for amount in amounts:
        start = marks[-1].end
        marks.append(Mark(f"a step of {amount}", money(amount), start, start + amount))
    return Drawing("The way", "steps", (("", tuple(marks)),), "")


def test_bars_stand_where_their_amounts_are_and_differ_without_color() -> None:
    [drawn] = pictures(steps(-40, 20), "way")
    assert '<line class="less" x1="0%" x2="100%"' in drawn
    assert '<line class="more" x1="0%" x2="50%"' in drawn
    assert ">$60</text>" in drawn  # the least on the way, which is where the drawing begins
    assert re.search(r"line\.more \{ stroke-dasharray", STYLE)
    assert not re.search(r"line\.less", STYLE)


def test_what_is_above_a_limit_is_apart() -> None:
    marks = (Mark("plan", money(120), Decimal(0), Decimal(120), limit=Decimal(90)),)
    [drawn] = pictures(Drawing("Cost", "held", (("", marks),), ""), "cost")
    assert '<line class="plain" x1="0%" x2="75%"' in drawn
    assert '<line class="over" x1="75%" x2="100%"' in drawn
    assert '<line class="limit" x1="75%" x2="75%"' in drawn


def test_a_drawing_of_nothing_and_one_of_many_bars_are_drawn() -> None:
    nothing = (Mark("plan", money(0), Decimal(0), Decimal(0)),)
    assert list(pictures(Drawing("Cost", "around", (("", nothing),), ""), "cost"))
    assert len(list(pictures(steps(*range(1, 40)), "way"))) == 4  # no picture is taller than paper


HOSTILE = '</style><script>alert(1)</script>"; } @import url(//x); \\'


def test_a_page_fetches_nothing_and_runs_nothing_whatever_stands_in_a_file() -> None:
    table = Table(HOSTILE, (TableColumn(HOSTILE, "left"), TableColumn(HOSTILE)), (TableRow((HOSTILE, HOSTILE)),))
    parts = (HOSTILE, (Sentence(HOSTILE, HOSTILE, True),), table, steps(1)._replace(title=HOSTILE, told=HOSTILE))
    page = as_html(Page(HOSTILE, HOSTILE, (Section(HOSTILE, parts),), (HOSTILE,)))
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert re.findall(r'\b(?:src|srcset|data|action|xlink:href)="', page) == []
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', page))
    style = page.split("<style>")[1].split("</style>")[0]
    assert "@import" not in style
    assert "url(" not in style
    assert "<p>&lt;/style&gt;" in page


def test_a_page_tells_its_day_and_its_file_at_the_foot() -> None:
    day = f"{date(2026, 11, 30):%B %d, %Y}"
    page = as_html(Page("School", "About", (), ("plan.yaml", day)))
    assert "<footer>plan.yaml · November 30, 2026</footer>" in page
    assert r"@bottom-left { content: " + '"plan' + r"\2e yaml \b7  November 30\2c  2026" in page
