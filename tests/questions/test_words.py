"""The words in which a cost line is said: whoever works them out arrives at the figure that is printed beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from costing.agreement import read
from costing.newer import known
from questions.spoken import LAST_DIGIT, NotArithmeticError, Said, heard
from schools import Plain, every_feature, ledger
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.lines import CostLine
from staffcalc.costing.years.later_years import in_year
from staffcalc.formula.step_by_step import one_line
from staffcalc.formula.words import say
from staffcalc.questions.explain.explain import explain
from staffcalc.report import Count, ExplainedStep, Fte, Money, Percent
from staffcalc.source.problems import SchoolFileError

searching = settings(
    max_examples=int(os.environ.get("STAFFCALC_SEARCH", "30")), derandomize="STAFFCALC_SEARCH" not in os.environ
)
of_all = st.deferred(lambda: every_feature(new=known()))
years = st.integers(0, 3)


def costed(files: list[Plain], number: int) -> Ledger:
    """The ledger of drawn files in a later year, where they have years; a file that is refused is not looked at."""
    try:
        school = read(files)
    except SchoolFileError:
        reject()
    return cost_school(in_year(school, number) if number and "year" in files[-1] else school)


def agrees(said: Said, shown: Fraction, unit: Fraction = Fraction(0)) -> bool:
    """Whether the words come to a printed figure, which may have been rounded to a unit."""
    return abs(said.value - shown) <= said.off + unit / 2 + LAST_DIGIT


@searching
@given(of_all, years)
def test_the_words_of_each_line_come_to_its_dollars(files: list[Plain], number: int) -> None:
    found = costed(files, number)
    unit = Fraction(found.school.rounded_to)
    for plan in found.plans:
        for line in plan.lines:
            check_line(line, say(line.formula), unit)
            check_line(line, one_line(line.formula), unit)


SHARE = re.compile(r"(?P<share>[^()]*) of (?P<line>−?\$[\d,.]+) \((?P<words>.*)\)")


def check_line(line: CostLine, words: str, unit: Fraction) -> None:
    """The words of a line, or of the line that a fund pays a share of, come to what is printed."""
    amount = Fraction(line.amount)
    words = words.removesuffix(", rounded")
    if (share := SHARE.fullmatch(words)) is not None and " + " not in share["share"]:
        whole, part = heard(share["line"]), heard(share["share"])
        assert part.unit in ("rate", "number"), words
        assert abs(whole.value * part.value - amount) <= unit + abs(whole.value) * part.off, words
        check_words(share["words"].removesuffix(", rounded"), whole.value, unit)
    else:
        check_words(words, amount, unit)


def check_words(words: str, amount: Fraction, unit: Fraction) -> None:
    """Words with what they come to before rounding, where that is said: "3 FTE × $1,000.50 = $3,001.50"."""
    words, _, exact = words.partition(" = ")
    said = heard(words)
    assert said.unit == "dollars", words
    assert agrees(said, amount, unit), (words, float(said.value), float(amount))
    if exact:
        assert agrees(said, heard(exact).value), (words, exact)


@searching
@given(of_all, years)
def test_each_step_of_each_line_comes_to_its_figure_and_unit(files: list[Plain], number: int) -> None:
    found = costed(files, number)
    for fund in {line.fund for plan in found.plans for line in plan.lines}:
        for root in explain([found], fund=fund).explanation:
            for step in every_step(root):
                assert re.fullmatch(r".*[^:\s]", step.text), step
                check_step(step)


def every_step(step: ExplainedStep) -> Iterator[ExplainedStep]:
    for one in step.steps:
        yield one
        yield from every_step(one)


def check_step(step: ExplainedStep) -> None:
    """A step of which the words are arithmetic and the figure is printed."""
    words = re.sub(r"^(?:paid by [^:]*|with this fund's [^:]*): ", "", step.text)
    words = re.sub(r", (?:so that the shares add up to the line|rounded to the (?:dollar|cent))$", "", words)
    if step.cell is None or not re.search(r" [×÷+−] ", words) or re.search(r"[^F] (?:at|paid by) ", words):
        return
    said = heard(words)
    unit = Fraction(1 if step.text.endswith("dollar") else "0.01" if step.text.endswith("cent") else 0)
    match step.cell:
        case Money(amount=amount):
            assert said.unit == "dollars", step
            assert agrees(said, Fraction(amount), unit), step
        case Percent(value=value):
            assert said.unit in ("rate", "number"), step
            assert agrees(said, Fraction(value)), step
        case Fte(value=value):
            assert said.unit == "FTE", step
            assert agrees(said, Fraction(value)), step
        case Count(value=value):
            assert said.unit not in ("dollars", "FTE"), step
            assert agrees(said, Fraction(value)), step
        case _:
            raise AssertionError(step)


def calculation(text: str, component: str) -> str:
    """The words of the first line of a component in the last plan of a file."""
    lines = ledger(text).plans[-1].lines
    return next(say(line.formula) for line in lines if line.component == component)


def test_a_difference_as_a_factor_stands_in_parentheses() -> None:
    text = """
        school: V
        roles: {teacher: {category: teacher, salary: 50_000, new_hire: 40_000}}
        roster:
          - {id: 1, role: teacher, fte: 1, salary: 60_000}
          - {id: 2, role: teacher, fte: 1, salary: 50_000}
          - {id: 9, role: teacher, fte: 1, vacant: true}
        scenarios: {less: {change: {teacher: NUMBER}}}
    """
    of_all = "1 FTE × (1 FTE ÷ 2 FTE) × $60,000 + 1 FTE × (1 FTE ÷ 2 FTE) × $50,000"
    assert calculation(text.replace("NUMBER", "-1"), "salary") == "1 FTE × $60,000 + 1 FTE × $50,000"
    assert calculation(text.replace("NUMBER", "-2"), "salary") == of_all.replace("1 FTE ÷ 2", "100% − 1 FTE ÷ 2")


def test_the_posts_of_a_person_share_the_pay_that_counts() -> None:
    text = """
        school: T
        benefits: {b: {tax: {rate: 6.2%, up_to: 40_000}}}
        roles: {cook: {salary: 1, benefits: b}, driver: {salary: 1, benefits: b}}
        roster:
          - {id: 7, role: cook, fte: 0.5, salary: 80_000}
          - {id: 7, role: driver, fte: 0.5, salary: 50_000}
    """
    of_pay = "(0.5 FTE × $80,000 ÷ (0.5 FTE × $80,000 + 0.5 FTE × $50,000))"
    assert calculation(text, "tax") == f"1 person × $40,000 (the cap) × {of_pay} × 6.2%"


def test_a_fund_that_pays_half_an_fte_of_one_pays_half_of_the_line() -> None:
    text = """
        school: T
        budget: {general: 0, title_i: 0}
        roles: {teacher: {salary: 50_000, supplement: 1_000, funds: {general: 100%}}}
        roster:
          - {id: 1, role: teacher, fte: 0.5, salary: 50_000, funds: {title_i: 100%}}
          - {id: 2, role: teacher, fte: 0.5, salary: 50_000}
    """
    assert calculation(text, "supplement") == "0.5 FTE ÷ 1 FTE of $1,000 (1 FTE × $1,000)"


@pytest.mark.parametrize(
    "words",
    [
        "$40,000 × $25,000",
        "2 people ÷ $3",
        "1 FTE + $5",
        "2 FTE × (100% − 50% × $4",
        "3 FTE × $5)",
        "3 FTE × many",
        "$5 ×",
    ],
)
def test_words_that_make_no_sense_are_told(words: str) -> None:
    with pytest.raises(NotArithmeticError):
        heard(words)
