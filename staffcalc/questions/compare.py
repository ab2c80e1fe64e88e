"""`compare`: the baseline and every scenario side by side, against the existing budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, TypedDict, cast

from staffcalc.costing.ledger import ZERO, Ledger, PlanLedger, cost_school, total, totals_by
from staffcalc.costing.measures import FundUse, fund_uses, measures
from staffcalc.costing.pay import Price
from staffcalc.costing.remarks import remarks
from staffcalc.language.figures import Figure
from staffcalc.language.values import MeasureName
from staffcalc.questions.answers import (
    VERSION,
    Answer,
    Category,
    ComponentName,
    FundData,
    Note,
    OfPlan,
    OfSchoolYear,
    RoleName,
    Students,
    fund_data,
    row,
)
from staffcalc.questions.fit import verdict
from staffcalc.questions.measuring import MEASURES, STATED, MeasureCells, StatedCells, measure_cells, stated_cells
from staffcalc.questions.picking import pick
from staffcalc.report import NA, Cell, Column, Count, Fte, Money, Records, Report, Row, Table


class RoleData(TypedDict):
    """A role of a plan."""

    role: RoleName
    category: Category
    fte: Annotated[Fte, "The FTE of the role."]
    people: Annotated[Count, "How many people these are."]
    cost: Annotated[Money, "What the role costs, with benefits."]


class ComponentData(TypedDict):
    """A component of a plan's cost."""

    component: ComponentName
    cost: Annotated[Money, "What it costs for all roles."]


class ScenarioData(OfPlan, MeasureCells, StatedCells):
    """A plan: its measures, its verdict, and its cost by role, by component and by fund."""

    students: Students
    fits: Annotated[bool | None, "Whether no fund and no allotment is overspent; null: no budget is stated."]
    verdict: Annotated[str, "The same in words, with the amount."]
    note: Note
    prices: Annotated[
        Mapping[Price, Money] | None,
        "What the same staff cost at average, at actual and at new-hire pay; null: these are the same.",
    ]
    roles: Annotated[list[RoleData], "The roles of the plan."]
    components: Annotated[list[ComponentData], "The cost by component."]
    funds: Annotated[list[FundData], "The cost against the budget, fund by fund."]


class SchoolData(OfSchoolYear):
    """A school, and its plans side by side."""

    students: Students
    scenarios: Annotated[list[ScenarioData], "The baseline, and every scenario that is asked for."]


class CompareAnswer(Answer):
    """What `compare` answers."""

    schools: Annotated[list[SchoolData], "The schools, in the order of their files."]


class _Side:
    """One column of the comparison: a plan of a school."""

    def __init__(self, ledger: Ledger, plan: PlanLedger, priced: Mapping[Price, Decimal]) -> None:
        self.plan = plan
        self.priced = priced
        self.cells = measure_cells(measures(plan, ledger.baseline))
        self.stated = stated_cells(ledger.stated, plan, ledger.baseline)
        self.components = totals_by(plan.lines, "component")
        self.staff = {role.role: role for role in plan.staff}
        self.funds: dict[str, FundUse] = {use.fund: use for use in fund_uses(plan)}


def compare(ledgers: Sequence[Ledger], scenarios: Sequence[str] = (), *, differences: bool = False) -> Report:
    """The report on the schools' plans; `scenarios` picks columns (the baseline stays), `differences` hides rows
    that are the same in every column.

    Raises UnknownNameError for a scenario that no school has.
    """
    schools: list[tuple[Ledger, list[_Side]]] = []
    for ledger, plans in pick(ledgers, scenarios, with_baseline=True):
        priced = _priced(ledger)
        schools.append((ledger, [_Side(ledger, plan, priced.get(plan.name, {})) for plan in plans]))
    return Report(
        tables=(_table(schools, differences), *_notes_table(schools)),
        records=lambda: _records(schools),
        data=lambda: _data(schools),
        notes=notes([ledger for ledger, _ in schools]),
    )


_PRICES: Mapping[Price, str] = {
    "average": "at average pay",
    "actual": "at actual pay",
    "new_hire": "at new-hire pay",
}


def _priced(ledger: Ledger) -> dict[str, dict[Price, Decimal]]:
    """What each plan costs with everybody at average, at actual and at new-hire pay, where a file tells these apart."""
    staffed = [one for plan in ledger.school.plans for one in plan.staff]
    prices: list[Price] = []
    prices += ["average"] if any(one.placed or one.post.average is not None for one in staffed) else []
    prices += ["actual"]
    prices += ["new_hire"] if any(one.post.new_hire is not None for one in staffed) else []
    if ledger.price is not None or len(prices) == 1:
        return {}
    found: dict[str, dict[Price, Decimal]] = {}
    for price in prices:
        for plan in cost_school(ledger.school, price).plans:
            found.setdefault(plan.name, {})[price] = total(plan.lines)
    return found


def notes(ledgers: Sequence[Ledger]) -> tuple[str, ...]:
    """What the files leave open, and what is remarkable in them, for the reader."""
    left_open = (f"{ledger.school.file}: {note}" for ledger in ledgers for note in ledger.school.notes)
    return (*left_open, *remarks(ledgers))


Schools = Sequence[tuple[Ledger, list[_Side]]]


def _table(schools: Schools, differences: bool) -> Table:
    sides = [side for _, own in schools for side in own]
    labels = school_labels([ledger for ledger, _ in schools])
    columns = tuple(
        Column(side.plan.name, group=label) for (_, own), label in zip(schools, labels, strict=True) for side in own
    )
    rows: list[Row] = []
    for heading, section in _sections(sides):
        shown = [row for row in section if not differences or row.kind == "verdict" or len(set(row.cells[1:])) > 1]
        if heading and shown:
            rows.append(Row((heading, *[None] * len(sides)), "heading"))
        rows.extend(shown)
    return Table(
        labels[0] if len(schools) == 1 else f"{len(schools)} schools",
        (Column("", "left"), *columns),
        tuple(rows),
    )


def _notes_table(schools: Schools) -> tuple[Table, ...]:
    """What the files say of their scenarios, for the reader of one school's comparison."""
    if len(schools) > 1:
        return ()
    said = [(side.plan.name, side.plan.plan.note) for _, sides in schools for side in sides if side.plan.plan.note]
    if not said:
        return ()
    columns = (Column("scenario", "left"), Column("note", "left"))
    return (Table("Notes", columns, tuple(Row((name, " ".join(note.split()))) for name, note in said)),)


Sides = Sequence[_Side]


def _sections(sides: Sides) -> list[tuple[str, list[Row]]]:
    """The rows of the comparison under their headings."""
    sections = [
        ("", [Row(("", *(verdict(side.plan) for side in sides)), "verdict")]),
        ("Staff (FTE)", _staff_rows(sides)),
    ]
    if any(side.plan.lines or side.plan.budget for side in sides):  # else it is counted in positions alone
        sections.append(("Cost by component", _cost_rows(sides)))
        if any(side.priced for side in sides):
            sections.append(("Cost of the same staff", _price_rows(sides)))
        sections.append(("Against the existing budget", _budget_rows(sides)))
    if any(side.plan.plan.allotment for side in sides):
        sections.append(("Against the allotment (positions)", _allotment_rows(sides)))
    ratios = [_measure_row(sides, name.replace("_", " "), name) for name in _RATIOS]
    sections.append(("Measures", [*ratios, *_stated_rows(sides, "rooms_needed", "rooms_left")]))
    return sections


_RATIOS: tuple[MeasureName, ...] = (
    "cost_per_student",
    "students_per_teacher",
    "students_per_adult",
    "average_teacher_pay",
)


def _staff_rows(sides: Sides) -> list[Row]:
    roles = dict.fromkeys(role for side in sides for role in side.staff)
    rows = [Row((role, *(_role_fte(side, role) for side in sides))) for role in roles]
    return [*rows, _measure_row(sides, "FTE", "fte", total=True), _measure_row(sides, "people", "people")]


def _cost_rows(sides: Sides) -> list[Row]:
    components = dict.fromkeys(component for side in sides for component in side.components)
    rows = [Row((name, *(_component_cost(side, name) for side in sides))) for name in components]
    return [*rows, _measure_row(sides, "cost", "cost", total=True), *_stated_rows(sides, "one_time")]


def _budget_rows(sides: Sides) -> list[Row]:
    funds = dict.fromkeys(fund for side in sides for fund in side.funds)
    by_fund = [
        Row((f"{fund}: {what}", *(_fund_cell(side, fund, what) for side in sides)))
        for fund in (funds if len(funds) > 1 else ())
        for what in ("cost", "budget", "left")
        if what == "cost" or any(side.plan.budget is not None for side in sides)
    ]
    return [
        *by_fund,
        _measure_row(sides, "budget", "budget", total=bool(by_fund)),
        _measure_row(sides, "left", "left"),
        Row(("change from baseline", *map(_signed_change, sides))),
    ]


def _price_rows(sides: Sides) -> list[Row]:
    return [
        Row((label, *(Money(side.priced[price]) if price in side.priced else None for side in sides)))
        for price, label in _PRICES.items()
        if any(price in side.priced for side in sides)
    ]


def _allotment_rows(sides: Sides) -> list[Row]:
    return [
        _measure_row(sides, "positions used", "allotment_used"),
        Row(("allotment", *(_positions(side.plan.plan.allotment) for side in sides))),
        _measure_row(sides, "positions left", "allotment_left"),
    ]


def _measure_row(sides: Sides, label: str, name: MeasureName, *, total: bool = False) -> Row:
    return Row((label, *(side.cells[name] for side in sides)), "total" if total else "line")


def _stated_rows(sides: Sides, *names: str) -> list[Row]:
    """Measures of what only some files state, where one of these does."""
    cells = {name: [side.stated.get(name) for side in sides] for name in names}
    return [
        Row((_SAID.get(name, name.replace("_", " ")), *(NA if cell is None else cell for cell in row)))  # type: ignore[arg-type]
        for name, row in cells.items()
        if any(cell is not None for cell in row)
    ]


_SAID = {"one_time": "of it paid once"}


def _positions(allotment: Figure | None) -> Cell:
    return NA if allotment is None else Fte(allotment.value)


def _component_cost(side: _Side, name: str) -> Cell:
    return Money(side.components[name]) if name in side.components else None


def _role_fte(side: _Side, role: str) -> Cell:
    """Nobody in a role is shown blank, whether the plan gave the role up or never had it."""
    return Fte(side.staff[role].fte) if role in side.staff and side.staff[role].fte else None


def _fund_cell(side: _Side, fund: str, what: str) -> Cell:
    if fund not in side.funds:
        return None
    amount = getattr(side.funds[fund], what)
    return NA if amount is None else Money(amount)


def _signed_change(side: _Side) -> Cell:
    change = side.cells["change"]
    return Money(change.amount, signed=True) if isinstance(change, Money) else change


def school_labels(ledgers: Sequence[Ledger]) -> list[str]:
    """What each school is called beside others: its name and year, and its file where two are named alike."""
    labels = [
        (f"{ledger.school.name}, {ledger.school.year}" if ledger.school.year else ledger.school.name)
        + (f", {_PRICES[ledger.price]}" if ledger.price is not None else "")
        for ledger in ledgers
    ]
    return [
        f"{label} ({ledger.school.file})" if labels.count(label) > 1 else label
        for label, ledger in zip(labels, ledgers, strict=True)
    ]


def _records(schools: Schools) -> Records:
    """A column for each measure; those of what only some files state where one of these does."""
    stated = {name for _, sides in schools for side in sides for name in side.stated}
    further = [name for name in STATED if name in stated]
    rows = [
        (
            ledger.school.name,
            ledger.school.file,
            ledger.school.year,
            side.plan.name,
            None if side.plan.students is None else Count(side.plan.students),
            *row(MEASURES, side.cells),
            *(cast(Cell, side.stated.get(name)) for name in further),
        )
        for ledger, sides in schools
        for side in sides
    ]
    return Records(("school", "file", "year", "scenario", "students", *MEASURES, *further), rows)


def _data(schools: Schools) -> CompareAnswer:
    return {"staffcalc": VERSION, "schools": [_school_data(ledger, sides) for ledger, sides in schools]}


def _school_data(ledger: Ledger, sides: Sequence[_Side]) -> SchoolData:
    school = ledger.school
    return {
        "school": school.name,
        "file": school.file,
        "year": school.year,
        "students": None if school.students is None else Count(school.students.value),
        "scenarios": [_scenario_data(side) for side in sides],
    }


def _scenario_data(side: _Side) -> ScenarioData:
    found, role_costs = verdict(side.plan), totals_by(side.plan.lines, "role")
    return {
        "name": side.plan.name,
        **side.cells,
        **side.stated,
        "students": None if side.plan.students is None else Count(side.plan.students),
        "fits": found.good,
        "verdict": found.text,
        "note": side.plan.plan.note,
        "prices": {price: Money(amount) for price, amount in side.priced.items()} or None,
        "roles": [
            {
                "role": role.role,
                "category": role.category,
                "fte": Fte(role.fte),
                "people": Count(role.people),
                "cost": Money(role_costs.get(role.role, ZERO)),
            }
            for role in side.plan.staff
        ],
        "components": [{"component": name, "cost": Money(amount)} for name, amount in side.components.items()],
        "funds": [fund_data(use) for use in side.funds.values()],
    }
