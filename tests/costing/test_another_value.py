"""Another value of one figure: the measures of a plan, worked out again, are those of the file with that value."""

from __future__ import annotations

import re
from decimal import Decimal
from textwrap import dedent

from hypothesis import given, settings

from schools import Plain, every_feature, ledger, plan_of, school_files, written
from staffcalc.costing.ledger import Ledger
from staffcalc.costing.measures.measure_values import worked_out
from staffcalc.costing.measures.measures import MeasureFormulas, Measures, measure_formula, measures
from staffcalc.costing.measures.unknown import without_price
from staffcalc.formula.formula import Evaluation, Input, Negative, Quotient, Rounded, Sum, inputs
from staffcalc.source.problems import Place, SchoolFileError

NUMBER = re.compile(r"'[^']*'|[^ ,}\]\n]+")
OTHERS = {"FTE": "3.25", "dollars": "12_345.67", "dollars an hour": "17.25", "students": "777"}


def figures(costed: Ledger) -> dict[Place, set[Input]]:
    """The inputs of all measures, by the place of their figures."""
    found: dict[Place, set[Input]] = {}
    for plan in costed.plans:
        for name in Measures._fields:
            formula = measure_formula(name, plan, costed.baseline)
            for one in inputs(formula) if formula is not None else ():
                found.setdefault(one.figure.place, set()).add(one)
    return found


def edited(text: str, place: Place, number: str) -> Ledger | None:
    """The file with this number at the place; None where the language does not allow it."""
    lines = text.split("\n")
    before, rest = lines[place.line - 1][: place.column - 1], lines[place.line - 1][place.column - 1 :]
    lines[place.line - 1] = before + NUMBER.sub(f"'{number}'", rest, count=1)
    return read("\n".join(lines))


def read(text: str) -> Ledger | None:
    """The costed school; None where the language refuses it."""
    try:
        return ledger(text)
    except SchoolFileError:
        return None


def differences(text: str) -> list[tuple[object, ...]]:
    """Where another value of a figure gives other measures than the edited file has."""
    costed = ledger(text)
    plans = [(plan.name, MeasureFormulas(plan, costed.baseline)) for plan in costed.plans]
    found: list[tuple[object, ...]] = []
    for place, named in figures(costed).items():
        one = next(iter(named))
        number = OTHERS.get(one.figure.unit)
        if number is None or (other := edited(text, place, number)) is None:
            continue
        values = Evaluation({one.figure: one.scaled(Decimal(number)) for one in named})
        for name, formulas in plans:
            again = Measures._make(worked_out(formulas.of(measure), values) for measure in Measures._fields)
            costed_again = measures(plan_of(other, name), other.baseline)
            again = _as_far_as_known(again, other, name)
            if again != costed_again:
                line = text.split("\n")[place.line - 1]
                found.append((name, line, one.name, again, costed_again))
    return found


def _as_far_as_known(again: Measures, other: Ledger, name: str) -> Measures:
    """Without what is n/a in the edited file since somebody is there whose pay is not stated: that nobody is there in
    this one is no part of what the others cost."""
    plan = plan_of(other, name)
    if not (without_price(plan) or without_price(other.baseline)):
        return again
    edited = measures(plan, other.baseline)
    return Measures._make(None if its is None else one for one, its in zip(again, edited, strict=True))


@given(school_files(terms=True))
@settings(max_examples=20)
def test_another_value_gives_the_measures_of_the_edited_file(file: Plain) -> None:
    assert differences(written(file)) == []


@given(every_feature())
@settings(max_examples=20)
def test_another_value_of_a_file_with_every_feature(files: list[Plain]) -> None:
    if len(files) == 1 and read(written(files[0])) is not None:
        assert differences(written(files[0])) == []


def test_equal_parts_of_measures_are_one_node() -> None:
    costed = ledger("{students: 9, budget: 9, roles: {aide: {salary: 4}}, baseline: {aide: 2}}")
    formulas = MeasureFormulas(costed.baseline, costed.baseline)
    left, by_student = formulas.of("left"), formulas.of("cost_per_student")
    assert isinstance(left, Sum)
    assert isinstance(left.terms[1], Negative)
    assert isinstance(by_student, Rounded)
    assert isinstance(by_student.exact, Quotient)
    assert left.terms[1].amount is by_student.exact.dividend is formulas.of("cost")


def test_a_line_that_comes_to_nothing_is_shared_by_nobody() -> None:
    """With no other value of a figure does a measure divide by what nobody is paid."""
    text = """
        school: S
        grades: {K: 27}
        roles: {lead teacher: {}}
        roster: [{id: P-1, role: lead teacher, fte: 1, salary: 60_000, funds: {general: 50%, grant: 50%}}]
        scenarios:
          by students: {change: {lead teacher: {per_students: 32, rounding: nearest 0.5}}}
    """
    assert differences(dedent(text)) == []
