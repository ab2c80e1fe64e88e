"""Pages as a reader has them: in a real browser at several widths, in light and dark, and on paper."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import pytest

from schools import ledger
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.language.files import Files
from staffcalc.output import Format
from staffcalc.output.formats import rendered
from staffcalc.output.hypertext import board as as_html
from staffcalc.questions.board import board
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.school.reading import read_school

from .browser import Browser

LIBRARY = Path(__file__).parents[2] / "scenarios"
SEEN = Path(__file__).with_name("seen.js").read_text(encoding="utf-8")
WIDTHS = (360, 768, 1280)
PAPERS = {"A4": (8.27, 11.69), "A4 across": (11.69, 8.27), "Letter": (8.5, 11.0), "Letter across": (11.0, 8.5)}
HEADINGS = "h1, h2, h3, figcaption, tr.heading th"

TRYING = """\
school: Whatever may stand in a file
year: 2026-27
budget: {general: 22_000_000, title_i: 1_200_000_000}
funds: {title_i: {ends: 2027-28}}
roles:
  teacher: {category: teacher, salary: 61_234.56, note: "-", funds: {general: 50%, title_i: 50%}}
  a role whose name is so long that no column of any table has room for all of it: {salary: 1_000_000}
  donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter: {category: support, salary: 40_000}
  "<b>bold</b> & \\"quoted\\"": {category: support, hourly: 18, hours_per_week: 35, weeks: 38}
baseline:
  teacher: 300
  a role whose name is so long that no column of any table has room for all of it: 2
  donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter: 1
  "<b>bold</b> & \\"quoted\\"": 4
scenarios:
  "1.2": {change: not stated, note: more analysis is needed}
  later: {from: 2027-28, change: {teacher: -42}}
  a plan with a name that takes several lines wherever it stands: {change: {teacher: +200}}
  <script>alert(1)</script>: {change: {teacher: -1, "<b>bold</b> & \\"quoted\\"": +3}, note: "<i>note</i>"}
  half of them: {change: {teacher: -150}}
  none: {change: {teacher: -300}}
forecast: {cola: 3%, budget: 2%}
"""


@cache
def costed(name: str) -> Ledger:
    """A school of the library, or the one that tries the page."""
    if name == "trying":
        return ledger(TRYING, "trying.yaml")
    return cost_school(read_school(str(LIBRARY / f"{name}.yaml"), Files()))


@cache
def page(name: str) -> str:
    """A page as HTML: the one for a board, or the answer of a command."""
    command, _, file = name.rpartition(" ")
    school = costed(file)
    match command:
        case "compare":
            return rendered(compare([school]), Format.html)
        case "diff":
            return rendered(diff(school), Format.html)
        case "forecast":
            return rendered(forecast([school]), Format.html)
        case _:
            return as_html(board(school))


BOARDS = ("brooklyn-laboratory", "trying")
ANSWERS = ("compare ranson", "diff ranson", "forecast brooklyn-laboratory")
SEEN_AT = [*product(BOARDS, WIDTHS), ("ranson", 768), *product(ANSWERS, (360, 768))]


@pytest.mark.parametrize(("name", "width"), SEEN_AT)
def test_nothing_is_cut_off_and_no_figure_breaks(name: str, width: int, browser: Browser) -> None:
    browser.open(page(name), width)
    assert browser.run("document.documentElement.clientWidth") in range(width - 20, width + 1)
    assert browser.run(SEEN) == []


@pytest.mark.parametrize(
    ("theme", "ink", "paper"),
    [("light", "rgb(27, 29, 33)", "rgb(255, 255, 255)"), ("dark", "rgb(232, 234, 238)", "rgb(21, 23, 27)")],
)
def test_a_reader_has_the_page_light_or_dark(theme: str, ink: str, paper: str, browser: Browser) -> None:
    browser.open(page("trying"), theme="dark" if theme == "dark" else "light")
    shown = browser.run("(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))")
    assert shown == [ink, paper]
    assert browser.run('getComputedStyle(document.querySelector("text")).fill') == ink


def test_names_of_a_file_are_text_and_nothing_else(browser: Browser) -> None:
    browser.open(page("trying"))
    assert browser.run("document.querySelectorAll('script, i, main b b').length") == 0
    told = browser.run("document.body.innerText")
    for name in ("<script>alert(1)</script>", '<b>bold</b> & "quoted"', "<i>note</i>"):
        assert name in told


def test_every_drawing_has_words_for_those_who_do_not_see_it(browser: Browser) -> None:
    browser.open(page("brooklyn-laboratory"))
    titles = browser.run(
        '[...document.querySelectorAll(".picture svg[role=img] > title")].map((one) => one.textContent)'
    )
    told = browser.run('[...document.querySelectorAll(".picture svg > desc")].map((one) => one.textContent)')
    assert browser.run('document.querySelectorAll(".picture svg").length') == len(titles) == len(told)
    assert told[titles.index("Cost against the budget")].startswith("baseline: $7,777,888 of $9,323,777; ")
    left = told[titles.index("Left of the budget, year by year: without the grant")]
    assert left.startswith("2018-19: −$454,111; 2019-20: −$454,111")
    assert browser.run("document.querySelectorAll('svg:not([role=img])').length") == 0


def test_rows_and_columns_have_their_heads(browser: Browser) -> None:
    browser.open(page("brooklyn-laboratory"))
    scopes = browser.run("[...new Set([...document.querySelectorAll('th')].map((one) => one.scope))].sort()")
    assert scopes == ["col", "colgroup", "row", "rowgroup"]
    headless = "[...document.querySelectorAll('tbody tr')].filter((row) => !row.querySelector('th')).length"
    verdicts = "document.querySelectorAll('tbody tr.verdict').length"
    assert browser.run(headless) <= browser.run(verdicts)  # only a verdict needs no head
    assert browser.run("[...document.querySelectorAll('th')].filter((one) => !one.textContent).length") == 0
    levels = browser.run("[...document.querySelectorAll('h1, h2, h3')].map((one) => +one.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# On paper


PRINTED = [("ranson", "A4"), ("ranson", "Letter across"), ("trying", "Letter"), ("trying", "A4 across")]


@pytest.mark.parametrize(("name", "paper"), [*PRINTED, ("compare ranson", "Letter"), ("forecast trying", "A4")])
def test_paper_cuts_nothing_off_and_leaves_no_heading_alone(
    name: str, paper: str, browser: Browser, tmp_path: Path
) -> None:
    width, height = PAPERS[paper]
    browser.open(page(name))
    told = browser.run("document.querySelector('main, body').innerText")
    browser.run(f"[...document.querySelectorAll('{HEADINGS}')].forEach((one) => one.prepend('§ '))")
    browser.paper(tmp_path / "page.pdf", width, height)
    pages = _printed(tmp_path / "page.pdf")
    assert all(left > 0 and right < width * 72 for words in pages for left, right, _, _ in words)

    lines = [_lines(words) for words in pages]
    assert sum(line.startswith("§") for body in lines for line in body) >= len(lines) // 2
    last = [[line for line in body if not re.search(r"\d+ / \d+$", line)][-1] for body in lines]
    assert [line for line in last if line.startswith("§")] == []

    printed = "".join("".join(line.split()) for body in lines for line in body)
    figures = set(re.findall(r"[−+]?\$\d[\d,]*(?:\.\d+)?", told))
    assert {figure for figure in figures if figure not in printed} == set()


def test_a_table_that_goes_on_has_its_head_again_and_each_page_its_number(browser: Browser, tmp_path: Path) -> None:
    browser.open(page("brooklyn-laboratory"))
    browser.paper(tmp_path / "page.pdf", *PAPERS["A4"])
    lines = [_lines(words) for words in _printed(tmp_path / "page.pdf")]
    assert [body[-1] for body in lines] == [
        f"brooklyn-laboratory.yaml {at} / {len(lines)}" for at in range(1, len(lines) + 1)
    ]
    listing = [body for body in lines if sum("published" in line or "assumed" in line for line in body) > 10]
    assert len(listing) > 1
    assert all(any("status, source" in line for line in body) for body in listing)


Word = tuple[float, float, float, str]


def _printed(path: Path) -> list[list[Word]]:
    """The words of each page: where each begins and ends, how far down it stands, and the word."""
    told = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
    word = re.compile(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    return [
        [(float(left), float(right), float(low), text) for left, right, low, text in word.findall(one)]
        for one in told.split("<page ")[1:]
    ]


def _lines(words: list[Word]) -> list[str]:
    """The words of a page in lines, from top to bottom."""
    lines: list[tuple[float, list[Word]]] = []
    for word in sorted(words, key=lambda word: word[2]):
        if lines and word[2] - lines[-1][0] < 3:
            lines[-1][1].append(word)
        else:
            lines.append((word[2], [word]))
    return [" ".join(word[3] for word in sorted(line)) for _, line in lines]
