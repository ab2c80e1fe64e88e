"""Every line of random schools, against a second calculator that knows nothing of staffcalc.

A long search: `STAFFCALC_SEARCH=2000 pytest tests/costing/test_oracle.py`; each part alone: `-k "in_its_own_year"`,
`-k "later"`, `-k "price"`, `-k "simple"`.
"""

from __future__ import annotations

import os
from fractions import Fraction

from hypothesis import event, given, reject, settings
from hypothesis import strategies as st

from costing.agreement import differences, in_words, of_school, read, second
from costing.newer import known
from schools import Plain, every_feature, ledger, school_files, written
from secondcalculator import Costed, costed
from secondcalculator.figures import ZERO, rounded
from staffcalc.costing.measures.measures import measures
from staffcalc.school.school import School
from staffcalc.source.problems import SchoolFileError

CENT = Fraction(1, 100)
EXAMPLES = int(os.environ.get("STAFFCALC_SEARCH", "30"))
PRICES = ("average", "actual", "new_hire")
searching = settings(max_examples=EXAMPLES, derandomize="STAFFCALC_SEARCH" not in os.environ)
of_all = st.deferred(lambda: every_feature(new=known()))
"""Files with all keys that the reader knows."""


@searching
@given(school_files(terms=True))
def test_every_line_of_a_simple_file(file: Plain) -> None:
    _agree([file], 0, None)


@searching
@given(of_all)
def test_every_line_in_its_own_year(files: list[Plain]) -> None:
    _agree(files, 0, None)


@searching
@given(of_all, st.integers(1, 5))
def test_every_line_of_later_years(files: list[Plain], years: int) -> None:
    _agree(files, years if "year" in files[-1] else 0, None)


@searching
@given(of_all, st.integers(0, 2), st.sampled_from(PRICES))
def test_every_line_at_one_price(files: list[Plain], years: int, price: str) -> None:
    _agree(files, years if "year" in files[-1] else 0, price)


def test_the_reader_accepts_what_is_drawn() -> None:
    tried, refused = 0, 0

    @settings(max_examples=100, database=None)
    @given(of_all)
    def reading(files: list[Plain]) -> None:
        nonlocal tried, refused
        tried += 1
        try:
            read(files)
        except SchoolFileError:
            refused += 1

    reading()
    assert refused <= tried / 10


def _agree(files: list[Plain], years: int, price: str | None) -> None:
    found = in_words(of_school(_read(files), years, price))
    assert differences(in_words(second(files, years, price)), found) == []


def _read(files: list[Plain]) -> School:
    """The school; a file that the reader refuses is not looked at, and counted (`--hypothesis-show-statistics`)."""
    try:
        return read(files)
    except SchoolFileError as error:
        event(f"refused: {error.problems[0].message}")
        reject()


@given(school_files(terms=True))
def test_every_measure_is_what_a_second_calculator_finds(file: Plain) -> None:
    found, expected = ledger(written(file)), costed(file)

    for plan in found.plans:
        own = measures(plan, found.baseline)._asdict()
        other = _measures(expected[plan.name], expected["baseline"])
        assert {name: None if own[name] is None else Fraction(own[name]) for name in other} == other


def _measures(plan: Costed, baseline: Costed) -> dict[str, Fraction | None]:
    def fte(*categories: str | None) -> Fraction:
        return sum((plan.fte[role] for role in plan.fte if plan.categories[role] in categories), ZERO)

    def ratio(above: Fraction | None, below: Fraction) -> Fraction | None:
        return None if above is None or below == 0 else rounded(above / below, CENT)

    cost = sum((line.amount for line in plan.lines), ZERO)
    teachers = fte("leader", "teacher")
    pay = [
        line.amount
        for line in plan.lines
        if line.role is not None
        and plan.categories.get(line.role) in ("leader", "teacher")
        and line.component in ("salary", "supplement")
    ]
    paid = None if plan.budget is None else sum(plan.budget.values(), ZERO)
    return {
        "cost": cost,
        **({} if paid is None else {"budget": paid, "left": paid - cost}),
        "change": cost - sum(line.amount for line in baseline.lines),
        "fte": sum(plan.fte.values(), ZERO),
        "people": sum(plan.people.values(), ZERO),
        "cost_per_student": ratio(cost, plan.students or ZERO),
        "students_per_teacher": ratio(plan.students, teachers),
        "students_per_adult": ratio(plan.students, fte("leader", "teacher", "specialist", "trainee", "support", None)),
        "average_teacher_pay": ratio(sum(pay, ZERO), teachers) if pay else None,  # no salary is not a salary of zero
    }
