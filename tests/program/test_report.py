"""`report`: the page for a board as people ask for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .running import LIBRARY, ROOT, staffcalc
from .test_harmless import HOSTILE

SCHOOL = ROOT / "tests" / "questions" / "middle_school.yaml"
SECTIONS = re.compile(r'<h2 id="section-\d+">(.*?)</h2>')


def test_the_same_file_makes_the_same_page_on_standard_output_and_in_a_file(tmp_path: Path) -> None:
    words = ("report", SCHOOL, "--date", "2026-11-30")
    run = staffcalc(*words, PYTHONHASHSEED="1")
    assert (run.code, run.err) == (0, "")
    assert staffcalc(*words, "--output", tmp_path / "page.html", PYTHONHASHSEED="2").out == ""
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == run.out
    assert "<footer>middle_school.yaml · November 30, 2026</footer>" in run.out


def test_the_page_has_what_a_board_asks_for() -> None:
    page = staffcalc("report", "scenarios/brooklyn-laboratory.yaml").out
    plans = ["without the grant", "without the grant, 65% for staff", "fellows paid as residents", "38 teachers in all"]
    plans += ["a grade 11", "as many fellows as tutoring needs"]
    told = ["In short", "Side by side", *plans, "Teams and time", "The years ahead", "What it rests on"]
    assert SECTIONS.findall(page) == told
    for title in (
        "Does it last?",
        "Forecast",
        "Change from the baseline",
        "Funding cliff",
        "Assumptions",
        "Not costed",
    ):
        assert f">{title}</h3>" in page
    said = "<b>without the grant</b> costs $7,777,888, as much as today. It is over the budget by $454,111 in general."
    assert said in page
    assert "published; Chalkbeat" in page


@pytest.mark.parametrize("file", LIBRARY, ids=[path.stem for path in LIBRARY])
def test_every_verdict_of_the_library_is_said_in_a_sentence(file: Path) -> None:
    said = re.findall(r"<li class=\"\w+\"><span class=.*?</li>", staffcalc("report", file).out)
    assert said
    for one in said:
        assert re.search(
            r"It fits, with |It is over the budget by |It is met by |No budget is stated|is not known", one
        )


def test_a_plan_of_a_later_year_is_told_of_in_that_year(tmp_path: Path) -> None:
    plan = "{year: 2025-26, roles: {teacher: {salary: 100}}, baseline: {teacher: 10}, forecast: {cola: 10%}, "
    plan += "scenarios: {cut: {from: 2026-27, change: {teacher: -4}}, open: {change: not stated, note: soon}}}"
    page = re.sub(r'<span class="figure">(.*?)</span>', r"\1", staffcalc("report", "-", stdin=plan).out)
    assert "<b>cut</b> begins in 2026-27, and then costs $660, $440 less than today's staff" in page.replace(
        "&#x27;", "'"
    )
    assert "<b>open</b> is not stated, and so it is not costed. soon" in page
    assert "cut, in 2026-27" in SECTIONS.findall(page)
    assert "open" not in SECTIONS.findall(page)
    assert "<footer>standard input</footer>" in page


def test_options_narrow_the_page() -> None:
    page = staffcalc("report", "scenarios/ranson.yaml", "--scenario", "one team", "--years", "2").out
    assert SECTIONS.findall(page)[1:3] == ["Side by side", "one team"]
    assert "three teams" not in page
    assert "2016-17" in page
    assert "2017-18" not in page.split("The years ahead</h2>")[1].split("What it rests on</h2>")[0]
    later = staffcalc("report", "scenarios/brooklyn-laboratory.yaml", "--year", "2021-22").out
    assert "<h1>Brooklyn Laboratory Charter Schools, 2021-22</h1>" in later


def test_a_file_without_growth_or_a_year_says_so() -> None:
    plan = "roles: {teacher: {category: teacher, salary: 50_000}}\nbaseline: {teacher: 2}\n"
    assert "names no school year" in staffcalc("report", "-", stdin=plan).out
    assert "says nothing of growth (cola)" in staffcalc("report", "-", stdin=f"year: 2026-27\n{plan}").out


def test_hostile_names_are_harmless_text() -> None:
    run = staffcalc("report", "-", stdin=HOSTILE)
    assert run.code == 0
    assert "<script" not in run.out
    assert "<b>bold" not in run.out
    assert not [line for line in (run.out + run.err).splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Missing argument"),
        ([SCHOOL, "--output", "page.pdf"], "page.pdf: the page is HTML: end its name in .html"),
        ([SCHOOL, "--output", "page.csv"], "page.csv: the page is HTML: end its name in .html"),
        ([SCHOOL, "--date", "30.11.2026"], "2026"),
        ([SCHOOL, "--scenario", "resident"], "did you mean `residents`?"),
        ([SCHOOL, "--years", "99"], "a forecast of 99 years"),
        ([SCHOOL, "--year", "1999-00"], "no year 1999-00"),
        (["none.yaml"], "none.yaml:1:1: cannot be read"),
    ],
)
def test_a_wrong_call_is_explained_and_answers_nothing(words: list[str | Path], said: str, tmp_path: Path) -> None:
    run = staffcalc("report", *words, cwd=tmp_path, COLUMNS="200")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_school_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("school: other\n")
    run = staffcalc("report", SCHOOL, "--output", "other.yaml", cwd=tmp_path)
    assert run.code == 2
    assert (tmp_path / "other.yaml").read_text() == "school: other\n"
