"""`cost`: every cost line of a plan, role by role and component by component, with its calculation in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Annotated, TypedDict

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import CostLine, total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.unknown import uncounted, unpriced
from staffcalc.costing.scope import group_of
from staffcalc.formula.formula import Evaluation
from staffcalc.formula.words import people, plain, say
from staffcalc.language.unstated import NOT_STATED
from staffcalc.questions.answers import (
    VERSION,
    Answer,
    Category,
    ComponentName,
    FundName,
    OfPlan,
    OfSchoolYear,
    RoleOrNone,
    row,
)
from staffcalc.questions.fit import verdict
from staffcalc.questions.labels import school_labels
from staffcalc.questions.notes import school_notes
from staffcalc.questions.selection import select_plans
from staffcalc.questions.to_come import to_come
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Records, Report, Table, TableColumn, TableRow

LEDGER_COLUMNS = (
    "school",
    "year",
    "scenario",
    "role",
    "category",
    "fund",
    "component",
    "fte",
    "people",
    "amount",
)


class LineCells(TypedDict):
    """A cost line as the ledger lists it."""

    role: RoleOrNone
    category: Category
    fund: FundName
    component: ComponentName
    fte: Annotated[Fte | None, "The FTE of the role that the fund pays, on its base pay alone; null elsewhere."]
    people: Annotated[Count | None, "The people of the role likewise; a fund may pay a share of one."]
    amount: Annotated[Money | NotAvailable, "What it comes to; null: the pay is not stated."]


class CostLineData(LineCells):
    """A cost line, and how it comes about."""

    calculation: Annotated[str, "The calculation in words."]


class CostScenarioData(OfPlan):
    """A plan, and all of its cost lines."""

    cost: Annotated[Money | NotAvailable, "What the plan costs, as far as it is stated; null: it is not."]
    lines: Annotated[list[CostLineData], "The cost lines, which add up to it."]


class CostSchoolData(OfSchoolYear):
    """A school, and its plans."""

    scenarios: Annotated[list[CostScenarioData], "The plans that are asked for."]


class CostAnswer(Answer):
    """What `cost` answers."""

    schools: Annotated[list[CostSchoolData], "The schools, in the order of their files."]


def cost(ledgers: Sequence[Ledger], scenarios: Sequence[str] = ()) -> Report:
    """The ledger of the named scenarios, or of the baseline and all scenarios; its records are one line a row.

    Raises UnknownNameError for a scenario that no school has.
    """
    selected = select_plans(ledgers, scenarios, with_baseline=False)
    return Report(
        tables=tuple(_table(ledger, plan) for ledger, plans in selected for plan in plans),
        records=lambda: _records(selected),
        data=lambda: _data(selected),
        notes=(*school_notes([ledger for ledger, _ in selected]), *to_come(selected)),
    )


def _records(selected: Sequence[tuple[Ledger, Sequence[PlanLedger]]]) -> Records:
    """One line a row; where some other cost has a group, with a column for it."""
    lines = [
        (ledger, plan, cells, group)
        for ledger, plans in selected
        for plan in plans
        for cells, group in (
            *((_line_cells(line), group_of(line, plan)) for line in plan.lines),
            *((cells, None) for cells in _not_stated(plan)),
        )
    ]
    grouped = any(group is not None for *_, group in lines)
    rows = [
        (
            ledger.school.name,
            ledger.school.year,
            plan.name,
            *row(LEDGER_COLUMNS[3:], cells),
            *((group,) if grouped else ()),
            ledger.school.file,
        )
        for ledger, plan, cells, group in lines
    ]
    return Records((*LEDGER_COLUMNS, *(("group",) if grouped else ()), "file"), rows)


def _line_cells(line: CostLine) -> LineCells:
    return {
        "role": line.role,
        "category": line.category,
        "fund": line.fund,
        "component": line.component,
        "fte": None if line.fte is None else Fte(line.fte),
        "people": None if line.people is None else Count(line.people),
        "amount": Money(line.amount),
    }


def _line_data(line: LineCells, calculation: str) -> CostLineData:
    return {**line, "calculation": calculation}


def _not_stated(plan: PlanLedger) -> Iterator[LineCells]:
    """Staff whose pay, or number, nobody knows: counted as far as they are, and without an amount."""
    unknown, number = unpriced(plan), uncounted(plan)
    for role in plan.staff:
        if role.role in unknown:
            counted = role.role not in number
            yield {
                "role": role.role,
                "category": role.category,
                "fund": "",
                "component": NOT_STATED,
                "fte": Fte(role.fte) if counted else None,
                "people": Count(role.people) if counted else None,
                "amount": NA,
            }


def _table(ledger: Ledger, plan: PlanLedger) -> Table:
    [name] = school_labels([ledger])
    columns = (
        TableColumn("", "left"),
        TableColumn("fund", "left"),
        TableColumn("calculation", "left"),
        TableColumn("cost"),
    )
    staff = {role.role: role for role in plan.staff}
    rows: list[TableRow] = []
    known = Evaluation()
    for role, grouped in groupby(plan.lines, key=lambda line: line.role):
        lines = list(grouped)
        heading = "other costs"
        if role is not None:
            heading = f"{role}: {plain(staff[role].fte)} FTE, {people(staff[role].people)}"
        rows.append(TableRow((heading, None, None, None), "heading"))
        rows.extend(
            TableRow((line.component, plan.plan.called(line.fund), say(line.formula, known), Money(line.amount)))
            for line in lines
        )
        rows.append(TableRow((role or heading, None, None, Money(total(lines))), "total"))
    for unknown in _not_stated(plan):
        fte = unknown["fte"]
        counted = "" if fte is None else f": {plain(fte.value)} FTE"
        rows.append(TableRow((f"{unknown['role']}{counted}", None, NOT_STATED, NA)))
    label = "cost, as far as stated" if unpriced(plan) else "cost"
    rows.append(TableRow((label, None, None, _cost(plan)), "total"))
    budget = measure("budget", plan, plan)
    rows.append(TableRow(("budget", None, None, NA if budget is None else Money(budget)), "line"))
    rows.append(TableRow(("", None, verdict(plan), None), "verdict"))
    return Table(f"{name}: {plan.name}", columns, tuple(rows))


def _cost(plan: PlanLedger) -> Money | NotAvailable:
    return NA if plan.plan.not_stated else Money(total(plan.lines))


def _data(selected: Sequence[tuple[Ledger, Sequence[PlanLedger]]]) -> CostAnswer:
    return {"staffcalc": VERSION, "schools": [_school_data(ledger, plans) for ledger, plans in selected]}


def _school_data(ledger: Ledger, plans: Sequence[PlanLedger]) -> CostSchoolData:
    known = Evaluation()
    return {
        "school": ledger.school.name,
        "file": ledger.school.file,
        "year": ledger.school.year,
        "scenarios": [
            {
                "name": plan.name,
                "cost": _cost(plan),
                "lines": [
                    *[_line_data(_line_cells(line), say(line.formula, known)) for line in plan.lines],
                    *[_line_data(line, NOT_STATED) for line in _not_stated(plan)],
                ],
            }
            for plan in plans
        ],
    }
