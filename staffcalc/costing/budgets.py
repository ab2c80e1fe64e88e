"""What a fund has, as a formula: a stated amount, or the money that follows the students of a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from staffcalc.costing.growth.wages import grown_price
from staffcalc.formula.formula import Evaluation, Formula, Input, Quotient, Rounded, add, of_figure, times, value
from staffcalc.language.figures import Figure
from staffcalc.school.parts.budgets import Budget, GrownAmount, Revenue, RevenuePart, RevenueTerm, StudentGroup
from staffcalc.school.parts.growth import Growth


def budget_formula(called: str, budget: Budget, places: int) -> Formula:
    """What a fund, which is `called` so, has in dollars: an amount as stated, or grown and rounded once; or its revenue
    times the share of it that is for staff, rounded once."""
    if isinstance(budget, Figure):
        stated = of_figure(f"budget of {called}", budget)
        return stated if isinstance(stated, Input) else Rounded(stated, places)
    if isinstance(budget, GrownAmount):
        return Rounded(grown_price(f"budget of {called}", budget.amount, budget.growth), places)
    whole = revenue_formula(budget, places)
    if budget.staff_share is None:
        return whole
    return Rounded(times(whole, of_figure("staff share", budget.staff_share)), places)


def amount(budget: Formula, evaluation: Evaluation) -> Decimal:
    """The dollars of a budget; a stated amount has the decimals that the file gives it."""
    return budget.figure.value if isinstance(budget, Input) else value(budget, evaluation)


def revenue_formula(revenue: Revenue, places: int, only: Collection[str] | None = None) -> Formula:
    """What comes in, in dollars: each part rounded once, and added up; `only` these parts."""
    parts = [part for part in revenue.parts if only is None or part.name in only]
    return add(*(Rounded(_part(part, revenue.growth), places) for part in parts))


def _part(part: RevenuePart, growth: Growth) -> Formula:
    return add(*(_term(part.name, term, growth) for term in part.terms))


def _term(name: str, term: RevenueTerm, growth: Growth) -> Formula:
    if term.students is None:
        return grown_price(name, term.dollars, growth)
    weight = [] if term.weight is None else [of_figure("weight", term.weight)]
    students = group_formula(term.students) if isinstance(term.students, StudentGroup) else _students(term.students)
    return times(students, *weight, grown_price(f"{name} per student", term.dollars, growth))


def group_formula(group: StudentGroup) -> Formula:
    """How many students of a plan are of a group: the stated number, or its share of them, in whole students."""
    stated = of_figure(group.name, group.counted)
    if group.counted.unit == "rate":
        return Rounded(times(_students(group.now), stated), 0)
    if group.now == group.all:
        return stated
    return Rounded(times(_students(group.now), Quotient(stated, _students(group.all))), 0)


def _students(figures: Iterable[Figure]) -> Formula:
    return add(*(of_figure("students", figure) for figure in figures))
