"""Every line of random schools, against a second calculator that knows nothing of staffcalc."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from costing.agreement import differences, engine, in_words, second
from schools import Plain, ledger, school_files, written
from secondcalculator import Costed, costed
from secondcalculator.figures import ZERO, rounded
from staffcalc.costing.measures import measures

CENT = Fraction(1, 100)


@given(school_files(terms=True))
def test_every_line_is_what_a_second_calculator_finds(file: Plain) -> None:
    assert differences(in_words(second(file)), in_words(engine(file))) == []


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
