"""Every line of random schools, against a second calculator that knows nothing of staffcalc."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from costing.oracle import Costed, Line, costed, rounded
from schools import Plain, ledger, school_files, written
from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures import measures

CENT, ZERO = Fraction(1, 100), Fraction(0)


@given(school_files(terms=True))
def test_every_line_is_what_a_second_calculator_finds(file: Plain) -> None:
    found, expected = ledger(written(file)), costed(file)

    assert [plan.name for plan in found.plans] == list(expected)
    for plan in found.plans:
        assert _lines(plan) == sorted(map(str, expected[plan.name].lines))


@given(school_files(terms=True))
def test_every_measure_is_what_a_second_calculator_finds(file: Plain) -> None:
    found, expected = ledger(written(file)), costed(file)

    for plan in found.plans:
        own = measures(plan, found.baseline)._asdict()
        other = _measures(expected[plan.name], expected["baseline"])
        assert {name: None if own[name] is None else Fraction(own[name]) for name in other} == other
        assert {fund: Fraction(amount) for fund, amount in plan.budget.items()} == expected[plan.name].budget


def _lines(plan: PlanLedger) -> list[str]:
    return sorted(str(Line(line.role, line.fund, line.component, Fraction(line.amount))) for line in plan.lines)


def _measures(plan: Costed, baseline: Costed) -> dict[str, Fraction | None]:
    def fte(*categories: str | None) -> Fraction:
        roles = [role for role in plan.people if plan.categories[role] in categories]
        return sum((one for role in roles for one in plan.people[role]), ZERO)

    def ratio(above: Fraction | None, below: Fraction) -> Fraction | None:
        return None if above is None or below == 0 else rounded(above / below, CENT)

    cost = sum((line.amount for line in plan.lines), ZERO)
    teachers = fte("leader", "teacher")
    pay = [
        line.amount
        for line in plan.lines
        if line.role is not None
        and plan.categories[line.role] in ("leader", "teacher")
        and line.component in ("salary", "supplement")
    ]
    return {
        "cost": cost,
        "budget": sum(plan.budget.values(), ZERO),
        "left": sum(plan.budget.values()) - cost,
        "change": cost - sum(line.amount for line in baseline.lines),
        "fte": sum((one for people in plan.people.values() for one in people), ZERO),
        "people": Fraction(sum(len(people) for people in plan.people.values())),
        "cost_per_student": ratio(cost, plan.students or ZERO),
        "students_per_teacher": ratio(plan.students, teachers),
        "students_per_adult": ratio(plan.students, fte("leader", "teacher", "specialist", "trainee", "support", None)),
        "average_teacher_pay": ratio(sum(pay, ZERO), teachers) if pay else None,  # no salary is not a salary of zero
    }
