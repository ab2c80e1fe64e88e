"""A measure read out: the lines, roles and funds it adds up or divides, down to their inputs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.lines import ZERO, total
from staffcalc.costing.measures.measure_values import worked_out
from staffcalc.costing.measures.measures import MeasureFormulas, measure
from staffcalc.costing.measures.unknown import is_unknown, say_not_stated, unpriced, why_unknown
from staffcalc.costing.scope import Scope, teachers
from staffcalc.formula.words import MINUS, money, plain, say_figure
from staffcalc.questions.explain.asked_measure import AskedMeasure
from staffcalc.questions.explain.explained_budget import budget_steps
from staffcalc.questions.explain.explained_posts import STEPS as OF_POSTS
from staffcalc.questions.explain.explained_stated import STEPS
from staffcalc.questions.explain.explained_teams import team_steps
from staffcalc.questions.explain.explained_time import STEPS as OF_TIME
from staffcalc.questions.figures.provenance import (
    origin,
    staffed,
)
from staffcalc.questions.measuring import TEAM_MEASURES
from staffcalc.report import NA, ExplainedStep, Fte, Money, NotAvailable, Number
from staffcalc.school.school import BASELINE


def measure_step(asked: AskedMeasure) -> ExplainedStep:
    """The explanation of a measure: the last of its steps comes to it."""
    if is_unknown(asked.name, asked.plan, asked.ledger.baseline, asked.scope):
        why = why_unknown(asked.plan, asked.ledger.baseline, asked.scope)
        steps: Iterable[ExplainedStep] = [ExplainedStep(f"not available: {why}", asked.cell)]
    elif asked.name in TEAM_MEASURES:
        steps = team_steps(asked.name, asked.ledger, asked.plan, asked.scope)
    else:
        steps = {**_STEPS, **STEPS, **OF_POSTS, **OF_TIME}[asked.name](asked)
    return ExplainedStep(asked.name.replace("_", " "), asked.cell, tuple(steps))


def cost_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    yield from asked.line_steps(asked.shown_lines())
    if unknown := unpriced(asked.plan, asked.scope):
        yield ExplainedStep(f"without what nobody knows: {say_not_stated(unknown)}")
    yield ExplainedStep("added up", asked.cell_of("cost"))


def left_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    budget, cost = asked.cell_of("budget"), asked.cell_of("cost")
    if asked.plan.budget is None:
        yield from budget_steps(asked)
        return
    yield ExplainedStep("budget", budget, tuple(budget_steps(asked)))
    yield ExplainedStep("cost", cost, tuple(cost_steps(asked)))
    yield ExplainedStep(f"{_cell_in_words(budget)} {MINUS} {_cell_in_words(cost)}", asked.cell_of("left"))


def change_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    baseline = AskedMeasure("cost", asked.ledger, asked.ledger.baseline, asked.scope)
    cost = asked.cell_of("cost")
    yield ExplainedStep(f"cost of {asked.plan.name}", cost, tuple(cost_steps(asked)))
    if asked.plan is not asked.ledger.baseline:
        yield ExplainedStep(f"cost of {BASELINE}", baseline.cell, tuple(cost_steps(baseline)))
    difference = f"{_cell_in_words(cost)} {MINUS} {_cell_in_words(baseline.cell)}"
    if isinstance(cost, NotAvailable) and not isinstance(asked.cell, NotAvailable):
        difference = "as many as today, whatever they cost"
    yield ExplainedStep(difference, asked.cell)


def staff_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    for role in asked.roles:
        part = Scope((role.role,), None, asked.scope.funds)
        shared = (
            ()
            if asked.scope.funds is None
            else (ExplainedStep(f"the share paid by {' and '.join(map(asked.plan.plan.called, asked.scope.funds))}"),)
        )
        steps = (*asked.count_steps(role), *shared)
        yield ExplainedStep(role.role, asked.cell_of(asked.name, part), steps)
    yield ExplainedStep("added up", asked.cell)


def students_step(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    students = asked.plan.plan.students
    if students is None:
        yield ExplainedStep("the file does not say how many students there are")
    else:
        yield ExplainedStep(f"{say_figure(students)}; {origin(asked.ledger.school, students)}")


def _fte(asked: AskedMeasure) -> Decimal:
    """The FTE of the roles whose staff is counted."""
    return sum((role.fte for role in asked.roles), ZERO)


def _fte_step(asked: AskedMeasure, what: str) -> ExplainedStep:
    steps = tuple(ExplainedStep(role.role, Fte(role.fte), tuple(asked.count_steps(role))) for role in asked.roles)
    return ExplainedStep(what, Fte(_fte(asked)), steps)


def _quotient(
    asked: AskedMeasure, dividend: str, divisor: Decimal | None, unit: str, nobody: str
) -> Iterator[ExplainedStep]:
    if not isinstance(asked.cell, type(NA)) and divisor is not None:
        yield ExplainedStep(f"{dividend} ÷ {plain(divisor)}{unit}, rounded to two decimals", asked.cell)
    else:
        why = "the number of students is missing" if divisor is None else nobody
        yield ExplainedStep(f"not available: {why}", asked.cell)


def cost_per_student_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    cost = asked.cell_of("cost")
    yield ExplainedStep("cost", cost, tuple(cost_steps(asked)))
    yield from students_step(asked)
    yield from _quotient(asked, _cell_in_words(cost), asked.plan.students, " students", "there are no students")


def cost_per_fte_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    dollars, lines = total(asked.lines), asked.lines
    yield ExplainedStep("pay and benefits", Money(dollars), tuple(asked.line_steps(lines)))
    if asked.scope.funds is None:
        yield _fte_step(asked, "FTE")
        fte = yield from _worked(asked, _fte(asked))
    else:
        counted = AskedMeasure("fte", asked.ledger, asked.plan, asked.scope)
        yield ExplainedStep("FTE", counted.cell, tuple(staff_steps(counted)))
        fte = measure("fte", asked.plan, asked.ledger.baseline, asked.scope) or ZERO
    yield from _quotient(asked, money(dollars), fte, " FTE", "nobody is there")


def _worked(asked: AskedMeasure, fte: Decimal) -> Generator[ExplainedStep, None, Decimal]:
    """The FTE by which pay is divided: of those who are paid for a part of the year, that part."""
    of_year = MeasureFormulas(asked.plan, asked.ledger.baseline).worked(asked.roles)
    if (worked := worked_out(of_year)) is None or worked == fte:
        return fte
    yield ExplainedStep("of those who are paid for a part of the year, that part of them", Fte(worked))
    return worked


def per_teacher_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    yield from students_step(asked)
    yield _fte_step(asked, "leaders and teachers")
    yield from _per_fte(asked, "there are no leaders and no teachers")


def per_adult_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    yield from students_step(asked)
    yield _fte_step(asked, "all but administrators and operations")
    yield from _per_fte(asked, "there are no adults who work with students")


def _per_fte(asked: AskedMeasure, nobody: str) -> Iterator[ExplainedStep]:
    students = asked.plan.students
    if students is None:
        yield ExplainedStep("not available: the number of students is missing", asked.cell)
    else:
        yield from _quotient(asked, f"{plain(students)} students", _fte(asked), " FTE", nobody)


def teacher_pay_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    pay, fte = asked.lines, _fte(asked)
    yield ExplainedStep(
        "salary and supplement of leaders and teachers", Money(total(pay)), tuple(asked.line_steps(pay))
    )
    there = [role.role for role in teachers(asked.plan) if role.fte]
    some = any(role not in {one.role for one in asked.roles} for role in there)
    yield _fte_step(asked, "leaders and teachers whose pay is stated" if some else "leaders and teachers")
    nobody = "no leader and no teacher has a salary" if there else "there are no leaders and no teachers"
    fte = yield from _worked(asked, fte)
    yield from _quotient(asked, money(total(pay)), fte, " FTE", nobody)


def used_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    if asked.plan.plan.allotment is None:
        yield ExplainedStep("not available: the file has no allotment", asked.cell)
        return
    for role in asked.roles:
        post = staffed(asked.plan.plan, role.role)
        assert post is not None
        assert post.post.role.weight is not None
        weight = post.post.role.weight
        counts = asked.count_steps(role)
        phrase = ExplainedStep(f"weight: {plain(weight.value)}; {origin(asked.ledger.school, weight)}")
        cell = asked.cell_of("allotment_used", Scope((role.role,)))
        last = ExplainedStep(f"{plain(role.fte)} FTE × {plain(weight.value)}", cell)
        yield ExplainedStep(role.role, cell, (*counts, phrase, last))
    yield ExplainedStep("added up", asked.cell_of("allotment_used"))


def allotment_left_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    allotment = asked.plan.plan.allotment
    if allotment is None:
        yield ExplainedStep("not available: the file has no allotment", asked.cell)
        return
    used = measure("allotment_used", asked.plan, asked.ledger.baseline)
    assert used is not None
    yield ExplainedStep(f"allotment: {plain(allotment.value)}; {origin(asked.ledger.school, allotment)}")
    yield ExplainedStep("positions used", asked.cell_of("allotment_used"), tuple(used_steps(asked)))
    yield ExplainedStep(f"{plain(allotment.value)} {MINUS} {plain(used)}", asked.cell)


_STEPS: Mapping[str, Callable[[AskedMeasure], Iterable[ExplainedStep]]] = {
    "cost": cost_steps,
    "budget": budget_steps,
    "left": left_steps,
    "change": change_steps,
    "fte": staff_steps,
    "people": staff_steps,
    "cost_per_student": cost_per_student_steps,
    "cost_per_fte": cost_per_fte_steps,
    "students_per_teacher": per_teacher_steps,
    "students_per_adult": per_adult_steps,
    "average_teacher_pay": teacher_pay_steps,
    "allotment_used": used_steps,
    "allotment_left": allotment_left_steps,
}


def _cell_in_words(cell: Number | NotAvailable) -> str:
    return money(cell.amount) if isinstance(cell, Money) else ""
