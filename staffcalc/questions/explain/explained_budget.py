"""How the budget comes about: fund by fund, and the parts of a revenue down to the figures of the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from staffcalc.costing.budgets import group_formula, revenue_formula
from staffcalc.formula.formula import Rounded, value
from staffcalc.formula.words import money, percent, say, say_figure
from staffcalc.questions.explain.asked_measure import AskedMeasure
from staffcalc.questions.figures.provenance import formula_step, origin
from staffcalc.report import Count, ExplainedStep, Money
from staffcalc.school.parts.budgets import GrownAmount, Revenue, RevenuePart, StudentGroup
from staffcalc.school.school import School


def budget_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """What each fund has, and how that comes about."""
    if asked.plan.budget is None:
        yield ExplainedStep("not available: the file states no budget", asked.cell)
        return
    for fund, amount in asked.plan.budget.items():
        if asked.has(fund):
            yield _budget_step(asked, fund, amount)
    yield ExplainedStep("added up", asked.cell_of("budget"))


def _budget_step(asked: AskedMeasure, fund: str, amount: Decimal) -> ExplainedStep:
    stated, name = (asked.plan.plan.budget or {}).get(fund), asked.plan.plan.called(fund)
    match stated:
        case None:
            return ExplainedStep(f"{name}; what the baseline costs", Money(amount))
        case Revenue():
            return ExplainedStep(name, Money(amount), tuple(_revenue_steps(asked.ledger.school, stated, amount)))
        case GrownAmount(amount=figure):
            before = ExplainedStep(f"{say_figure(figure)}; {origin(asked.ledger.school, figure)}")
            return formula_step(name, asked.plan.money[fund], [before])
        case _:
            return ExplainedStep(f"{name}; {origin(asked.ledger.school, stated)}", Money(amount))


def _revenue_steps(school: School, revenue: Revenue, amount: Decimal) -> Iterator[ExplainedStep]:
    whole = value(revenue_formula(revenue, school.places))
    yield from revenue_parts(school, revenue)
    if revenue.rest is not None:
        yield ExplainedStep(f"{revenue.rest.name}: the rest of what the fund pays", Money(amount - whole))
        yield ExplainedStep("added up", Money(amount))
        return
    yield ExplainedStep("added up", Money(whole))
    if (share := revenue.staff_share) is not None:
        told = f"{money(whole)} × {percent(share.value)} for staff, rounded; {origin(school, share)}"
        yield ExplainedStep(told, Money(amount))


def revenue_parts(school: School, revenue: Revenue, only: Collection[str] | None = None) -> Iterator[ExplainedStep]:
    """The parts of a revenue (`only` these), each with its calculation and the places of its figures."""
    for part in revenue.parts:
        if only is not None and part.name not in only:
            continue
        formula = revenue_formula(revenue, school.places, {part.name})
        groups = (_group_step(term.students) for term in part.terms if isinstance(term.students, StudentGroup))
        yield formula_step(part.name, formula, (*_noted_students(school, part), *groups))


def _noted_students(school: School, part: RevenuePart) -> Iterator[ExplainedStep]:
    """Students of a part of whom there is something to say, as that they are those of the file and their growth."""
    counted = (term.students.now if isinstance(term.students, StudentGroup) else term.students for term in part.terms)
    for students in dict.fromkeys(one for some in counted for one in some or () if one.note):
        yield ExplainedStep(f"{say_figure(students)}; {origin(school, students)}")


def _group_step(group: StudentGroup) -> ExplainedStep:
    formula = group_formula(group)
    how = f"{say(formula.exact)}, in whole students" if isinstance(formula, Rounded) else "as stated"
    return ExplainedStep(f"{group.name}: {how}", Count(value(formula)))
