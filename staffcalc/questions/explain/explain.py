"""`explain`: the formula read out, with the place and the source of every input, down to the ledger's own figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, TypedDict

from staffcalc.costing.growth.endings import ended
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import CostLine, total
from staffcalc.costing.measures.unknown import unpriced, why_unknown
from staffcalc.costing.scope import Scope
from staffcalc.formula.formula import value
from staffcalc.formula.step_by_step import Calculation, one_line, say_people, told_once
from staffcalc.formula.units import result_unit
from staffcalc.formula.words import plain
from staffcalc.language.figures import Figure
from staffcalc.questions.answers import (
    VERSION,
    Amount,
    Answer,
    Category,
    ComponentName,
    FundName,
    Note,
    OfPlan,
    OfSchoolYear,
    RoleOrNone,
    row,
)
from staffcalc.questions.explain.asked_measure import AskedMeasure
from staffcalc.questions.explain.explained_measures import measure_step
from staffcalc.questions.explain.narrowing import Narrowed, check_names
from staffcalc.questions.figures.provenance import InputCells, Named, cell, cells_of, input_steps, inputs_of, staffed
from staffcalc.questions.labels import school_labels
from staffcalc.questions.notes import school_notes
from staffcalc.questions.selection import select_plans
from staffcalc.report import NA, Cell, ExplainedStep, Money, NotAvailable, Number, Records, Report
from staffcalc.school.parts.counts import stated

RECORD_COLUMNS = (
    "school",
    "scenario",
    "role",
    "fund",
    "component",
    "input",
    "value",
    "unit",
    "file",
    "line",
    "source",
    "status",
)


class ExplainStepData(TypedDict):
    """A step of a calculation, and the steps that it rests on."""

    text: Annotated[str, "The step in words."]
    value: Annotated[Number | NotAvailable | None, "What it comes to; null: n/a, or the step is no calculation."]
    steps: Annotated[list[ExplainStepData], "What it rests on."]


class InputData(InputCells):
    """A figure of the file, with what the file notes of it."""

    note: Note


class ExplainLineData(TypedDict):
    """A cost line read out."""

    role: RoleOrNone
    category: Category
    fund: FundName
    component: ComponentName
    amount: Amount
    calculation: Annotated[str, "The whole calculation in a line."]
    inputs: Annotated[list[InputData], "The figures that it rests on."]
    steps: Annotated[list[ExplainStepData], "The calculation step by step, down to the amount."]


class LinesData(OfPlan):
    """The lines of a role, a component or a fund in a plan."""

    amount: Annotated[Money | NotAvailable, "What they come to; null: it is not stated."]
    lines: Annotated[list[ExplainLineData], "The cost lines, which add up to it."]


class MeasureData(OfPlan):
    """A measure of a plan read out."""

    measure: Annotated[str, "The measure."]
    value: Annotated[Number | NotAvailable, "What it is; null: n/a."]
    steps: Annotated[list[ExplainStepData], "How it comes about, step by step."]


class ExplainSchoolData(OfSchoolYear):
    """A school, and what is explained of its plans."""

    scenarios: Annotated[
        list[LinesData | MeasureData],
        "The plans that are asked for: the lines of a role, a component or a fund, or else a measure.",
    ]


class ExplainAnswer(Answer):
    """What `explain` answers."""

    schools: Annotated[list[ExplainSchoolData], "The schools, in the order of their files."]


def explain(
    ledgers: Sequence[Ledger],
    scenarios: Sequence[str] = (),
    *,
    role: str | None = None,
    component: str | None = None,
    fund: str | None = None,
    measure: str | None = None,
) -> Report:
    """The explanation of the lines of a role, a component or a fund, step by step; or of a measure, line by line.

    Left out, it is of the cost. A measure can be narrowed to a role or a fund where `check` could narrow it.
    Raises UnknownNameError for a name that no school has, and for a measure that cannot be narrowed so.
    """
    selected = select_plans(ledgers, scenarios, with_baseline=False)
    narrowed = Narrowed(role, component, fund)
    check_names(ledgers, narrowed, measure)
    answers = [
        _Answer(label, ledger, plan, narrowed.within(ledger), measure)
        for label, (ledger, plans) in zip(school_labels([one for one, _ in selected]), selected, strict=True)
        for plan in plans
    ]
    return Report(
        (),
        records=lambda: Records(RECORD_COLUMNS, [row for answer in answers for row in answer.records()]),
        data=lambda: _data([ledger for ledger, _ in selected], answers),
        notes=school_notes([ledger for ledger, _ in selected]),
        explanation=tuple(answer.step() for answer in answers),
    )


def _data(ledgers: Sequence[Ledger], answers: Sequence[_Answer]) -> ExplainAnswer:
    return {
        "staffcalc": VERSION,
        "schools": [
            {
                "school": ledger.school.name,
                "file": ledger.school.file,
                "year": ledger.school.year,
                "scenarios": [answer.data() for answer in answers if answer.ledger is ledger],
            }
            for ledger in ledgers
        ],
    }


class _Answer:
    """What is explained of one plan."""

    def __init__(self, label: str, ledger: Ledger, plan: PlanLedger, narrowed: Narrowed, measure: str | None) -> None:
        self.ledger, self.plan, self.narrowed = ledger, plan, narrowed
        self.title = f"{label}: {plan.name}"
        self.measured: AskedMeasure | None = None
        if measure is not None or narrowed == Narrowed():
            part = Scope(_only(narrowed.role), None, _only(narrowed.fund))
            self.measured = AskedMeasure(measure or "cost", ledger, plan, part)

    @property
    def lines(self) -> list[CostLine]:
        """The lines that are explained one by one."""
        return [line for line in self.plan.lines if self.narrowed.has(line)]

    def step(self) -> ExplainedStep:
        if self.measured is not None:
            has_ended = self._has_ended()
            return ExplainedStep(
                self.title, None, (*((ExplainedStep(has_ended),) if has_ended else ()), measure_step(self.measured))
            )
        lines = self.lines
        steps = [_line_step(self.ledger, self.plan, line) for line in lines]
        if not lines:
            steps.append(ExplainedStep(f"no cost line of {self.narrowed.words(self.plan.plan)}{self._why_not()}"))
        elif len(lines) > 1:
            steps.append(ExplainedStep(f"{len(lines)} lines added up", Money(total(lines))))
        return ExplainedStep(self.title, None, tuple(steps))

    def _has_ended(self) -> str:
        """That the fund has ended which is asked for; empty where it has not."""
        fund, school = self.narrowed.fund, self.ledger.school
        rule = school.fund_rules.get(fund or "")
        if fund is None or rule is None or rule.ends is None or fund not in ended(school, 0):
            return ""
        return f"{self.plan.plan.called(fund)} has ended: its last year was {rule.ends}"

    def _why_not(self) -> str:
        if has_ended := self._has_ended():
            return f": {has_ended}"
        role = self.narrowed.role
        if self._is_unknown:
            return f": {why_unknown(self.plan, self.plan, Scope(_only(role)))}"
        post = staffed(self.plan.plan, role) if role is not None else None
        if role is not None and (post is None or not any(count.value for count in post.now.counts)):
            return ": nobody holds this post here"
        return ""

    @property
    def _is_unknown(self) -> bool:
        """Whether nobody knows what the role costs that is asked for, or what the plan is."""
        return self.plan.plan.not_stated or self.narrowed.role in unpriced(self.plan)

    def records(self) -> Iterator[tuple[Cell, ...]]:
        """One row for each input of each line, or of what a measure counts and divides by."""
        lines = self.lines if self.measured is None else self.measured.lines
        for line in lines:
            for given in inputs_of(line.formula):
                yield self._record(line, given)
        if self.measured is None:
            return
        if not lines:
            for role in self.measured.roles:
                post = staffed(self.plan.plan, role.role)
                assert post is not None
                now = post.now
                weighed = {"allotment": ("weight", post.post.role.weight), "rooms": ("rooms", post.post.role.rooms)}
                by = weighed.get(self.measured.name.split("_")[0])
                named: list[tuple[str, Figure]] = [(figure.unit, figure) for figure in stated(now.counts)]
                named += [("FTE each", now.each)] if now.each is not None else []
                named += [(by[0], by[1])] if by is not None and by[1] is not None else []
                for name, figure in named:
                    yield self._record(None, Named(name, figure), role.role)
        for name, figure in self.measured.figures:
            yield self._record(None, Named(name, figure))

    def _record(self, line: CostLine | None, given: Named, role: str | None = None) -> tuple[Cell, ...]:
        return (
            self.ledger.school.name,
            self.plan.name,
            line.role if line is not None else role,
            line.fund if line is not None else None,
            line.component if line is not None else None,
            *row(RECORD_COLUMNS[5:], cells_of(given)),
        )

    def data(self) -> LinesData | MeasureData:
        if self.measured is not None:
            return {
                "name": self.plan.name,
                "measure": self.measured.name,
                "value": self.measured.cell,
                "steps": [_step_data(step) for step in measure_step(self.measured).steps],
            }
        lines = self.lines
        return {
            "name": self.plan.name,
            "amount": NA if self._is_unknown else Money(total(lines)),
            "lines": [_line_data(line) for line in lines],
        }


def _only(name: str | None) -> tuple[str, ...] | None:
    return None if name is None else (name,)


# One line


def _line_step(ledger: Ledger, plan: PlanLedger, line: CostLine) -> ExplainedStep:
    """The inputs of a line, then its calculation; the last step comes to the ledger's amount."""
    what = f"{line.role}: {line.component}" if line.role is not None else line.component
    who = say_people(line.formula)
    steps = (
        *input_steps(ledger.school, plan.plan, line.role, inputs_of(line.formula)),
        *((ExplainedStep(who),) if who is not None else ()),
        *map(_calculation_step, told_once(line.formula)),
    )
    return ExplainedStep(f"{what}, paid by {plan.plan.called(line.fund)}", Money(line.amount), steps)


def _calculation_step(one: Calculation) -> ExplainedStep:
    return ExplainedStep(one.text, _result(one), tuple(map(_calculation_step, one.steps)))


def _result(one: Calculation) -> Number:
    return cell(_short(value(one.result)), result_unit(one.result))


def _short(number: Decimal) -> Decimal:
    """The same number without zeros at its end; dollars keep both digits of their cents."""
    short = Decimal(plain(number).replace(",", ""))
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal("0.01")) if exponent == -1 else short


def _line_data(line: CostLine) -> ExplainLineData:
    return {
        "role": line.role,
        "category": line.category,
        "fund": line.fund,
        "component": line.component,
        "amount": Money(line.amount),
        "calculation": one_line(line.formula),
        "inputs": [{**cells_of(given), "note": given.figure.note} for given in inputs_of(line.formula)],
        "steps": [_calculation_data(step) for step in told_once(line.formula)],
    }


def _calculation_data(one: Calculation) -> ExplainStepData:
    return {"text": one.text, "value": _result(one), "steps": [_calculation_data(step) for step in one.steps]}


def _step_data(step: ExplainedStep) -> ExplainStepData:
    return {"text": step.text, "value": step.cell, "steps": [_step_data(one) for one in step.steps]}
