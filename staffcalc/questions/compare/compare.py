"""`compare`: the baseline and every scenario side by side, against the existing budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, cast

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.language.figures import Figure
from staffcalc.language.values import MeasureName
from staffcalc.questions.compare.plan_column import PlanColumn, Prices, Schools
from staffcalc.questions.compare.summary import Short, last_lines, summary
from staffcalc.questions.figures.rests_on import RestsOn, Told, closing, closing_of_many
from staffcalc.questions.labels import AT_PRICE, label_of, labels_apart, school_labels
from staffcalc.questions.measuring import plan_cells, time_label
from staffcalc.questions.notes import Kinds, by_kind, notes_of
from staffcalc.questions.percents import IN_PERCENT, percent
from staffcalc.questions.reach import team_rows
from staffcalc.questions.selection import selected_in_turn
from staffcalc.questions.weeks import week_table
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Cell, Fte, Money, Records, Report, Table, TableColumn, TableRow
from staffcalc.school.checking.checks import OF_LEARNING, OF_LEVY, OF_POSTS, OF_TIME_COST, OF_WEEK
from staffcalc.school.time import has_time

if TYPE_CHECKING:
    from staffcalc.questions.compare.compared import CompareAnswer

OF_TIME, OF_TEAMS = "Time (minutes a week)", "Teams"
"""The headings of the comparison above what is no staff, cost or budget."""


class _Told(NamedTuple):
    """What is told of a school besides the columns of its plans; its plans not yet by what the school is called."""

    label: str
    file: str
    plans: list[Short]
    rests_on: RestsOn | Told
    notes: Kinds


def compare(
    ledgers: Iterable[Ledger],
    scenarios: Sequence[str] = (),
    *,
    differences: bool = False,
    in_short: bool | None = None,
    tables_alone: bool = False,
) -> Report:
    """The report on the schools' plans; `scenarios` picks columns (the baseline stays), `differences` hides rows
    that are the same in every column. `in_short` shows one row a plan; left out, that is done for several schools.
    Where nobody asks for more than these tables (`tables_alone`), a ledger is let go before the next is taken.

    Raises UnknownNameError for a scenario that no school has.
    """
    ledgers = iter(ledgers)
    start = list(islice(ledgers, 2))
    brief = len(start) > 1 if in_short is None else in_short
    kept = not (tables_alone and brief)
    schools: list[tuple[Ledger, list[PlanColumn]]] = []
    told: list[_Told] = []
    for ledger, plans in selected_in_turn(chain(start, ledgers), scenarios, with_baseline=True):
        prices, today = Prices(ledger), plan_cells(ledger.baseline, ledger.baseline)
        sides = [PlanColumn(ledger, plan, prices, today) for plan in plans]
        resting = RestsOn(ledger.school, plans, _beside(ledger))
        own = [Short("", side.plan.name, side.cells, today, side.verdict) for side in sides]
        rests = resting if kept else resting.told
        told.append(_Told(label_of(ledger), ledger.school.file, own, rests, notes_of(ledger, plans, scenarios)))
        if kept:
            schools.append((ledger, sides))
    labels = labels_apart([one.label for one in told], [one.file for one in told])
    shorts = [short._replace(school=label) for label, one in zip(labels, told, strict=True) for short in one.plans]
    rests_on = [one.rests_on for one in told]
    return Report(
        tables=summary(shorts)
        if brief
        else (_table(schools, differences), *_week_tables(schools), *_notes_table(schools), last_lines(shorts)),
        records=lambda: _records(schools),
        data=lambda: _data(schools, rests_on),
        notes=tuple(by_kind(one.notes for one in told)),
        closing=lambda: closing_of_many(rests_on) if brief and len(labels) > 1 else closing(labels, rests_on),
    )


# What programs read, and what it is made of, is imported when it is asked for.


def _records(schools: Schools) -> Records:
    from staffcalc.questions.compare.compared import records

    return records(schools)


def _data(schools: Schools, rests_on: Sequence[RestsOn | Told]) -> CompareAnswer:
    from staffcalc.questions.compare.compared import compare_data

    return compare_data(schools, rests_on)


def _beside(ledger: Ledger) -> Callable[[PlanLedger], PlanLedger]:
    """What the change of a plan is against: the baseline."""
    return lambda plan: ledger.baseline


def _table(schools: Schools, differences: bool) -> Table:
    sides = [side for _, own in schools for side in own]
    labels = school_labels([ledger for ledger, _ in schools])
    columns = tuple(
        TableColumn(side.plan.name, group=label, again=side.plan is ledger.baseline)
        for (ledger, own), label in zip(schools, labels, strict=True)
        for side in own
    )
    rows: list[TableRow] = []
    for heading, section in _sections(sides):
        shown = [row for row in section if not differences or row.kind == "verdict" or len(set(row.cells[1:])) > 1]
        if heading and shown:
            rows.append(TableRow((heading, *[None] * len(sides)), "heading"))
        rows.extend(shown)
    return Table(
        labels[0] if len(schools) == 1 else f"{len(schools)} schools",
        (TableColumn("", "left"), *columns),
        tuple(rows),
    )


def _week_tables(schools: Schools) -> tuple[Table, ...]:
    """The week by role, where one school is compared whose file says how time is spent."""
    if len(schools) > 1 or not has_time(schools[0][0].school):
        return ()
    return (week_table([side.plan for side in schools[0][1]], "The week by role"),)


def _notes_table(schools: Schools) -> tuple[Table, ...]:
    """What the files say of their scenarios, for the reader of one school's comparison."""
    if len(schools) > 1:
        return ()
    phrases = [(side.plan.name, side.plan.plan.note) for _, sides in schools for side in sides if side.plan.plan.note]
    columns = (TableColumn("scenario", "left"), TableColumn("note", "left"))
    table = Table("Notes", columns, tuple(TableRow((name, " ".join(note.split()))) for name, note in phrases))
    return (table,) if phrases else ()


Sides = Sequence[PlanColumn]


def _sections(sides: Sides) -> list[tuple[str, list[TableRow]]]:
    """The rows of the comparison under their headings."""
    sections = [
        ("", [TableRow(("", *(side.verdict for side in sides)), "verdict")]),
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
    time = _stated_rows(sides, *OF_WEEK, *OF_LEARNING, *OF_TIME_COST)
    if time := [row for row in time if any(cell not in (NA, Money(Decimal(0))) for cell in row.cells[1:])]:
        sections.append((OF_TIME, time))
    if posts := _stated_rows(sides, *OF_POSTS):
        sections.append(("Posts (FTE) against today", posts))
    if any(side.teams for side in sides):
        sections.append((OF_TEAMS, team_rows([side.teams for side in sides])))
    return sections


_RATIOS: tuple[MeasureName, ...] = (
    "cost_per_student",
    "students_per_teacher",
    "students_per_adult",
    "average_teacher_pay",
)


def _staff_rows(sides: Sides) -> list[TableRow]:
    roles = dict.fromkeys(role for side in sides for role in side.staff)
    rows = [TableRow((role, *(_role_fte(side, role) for side in sides))) for role in roles]
    return [*rows, _measure_row(sides, "FTE", "fte", total=True), _measure_row(sides, "people", "people")]


def _cost_rows(sides: Sides) -> list[TableRow]:
    components = dict.fromkeys(component for side in sides for component in side.components)
    rows = [TableRow((name, *(_component_cost(side, name) for side in sides))) for name in components]
    unknown = dict.fromkeys(role for side in sides for role in side.unpriced)
    rows += [TableRow((f"{role}: not stated", *(_if_unknown(side, role) for side in sides))) for role in unknown]
    label = "cost, as far as stated" if unknown else "cost"
    return [
        *rows,
        _measure_row(sides, label, "cost", total=True),
        *_stated_rows(sides, "one_time"),
        *_group_rows(sides),
    ]


def _group_rows(sides: Sides) -> list[TableRow]:
    """What of the cost is of each group of other costs."""
    groups = dict.fromkeys(group for side in sides for group in side.groups)
    return [
        TableRow((f"of it {group}", *(Money(side.groups[group]) if group in side.groups else None for side in sides)))
        for group in groups
    ]


def _budget_rows(sides: Sides) -> list[TableRow]:
    funds = dict.fromkeys(fund for side in sides for fund in side.fund_uses)
    by_fund = [
        TableRow(
            (f"{_called(sides, fund)}: {what}", *(_fund_cell(side, fund, what) for side in sides)), bad=_BAD.get(what)
        )
        for fund in (funds if len(funds) > 1 else ())
        for what in ("cost", "budget", "left")
        if what == "cost" or any(side.plan.budget is not None for side in sides)
        if what != "left" or not all(fund in side.fund_uses and side.fund_uses[fund].met for side in sides)
    ]
    levied = _stated_rows(sides, *OF_LEVY)
    left = [] if levied and all(side.cells["left"] is NA for side in sides) else [_measure_row(sides, "left", "left")]
    return [
        *by_fund,
        _measure_row(sides, "budget", "budget", total=bool(by_fund)),
        *left,
        *levied,
        TableRow(("change from baseline", *map(_signed_change, sides))),
        TableRow((IN_PERCENT, *(_change_in_percent(side) for side in sides))),
    ]


def _called(sides: Sides, fund: str) -> str:
    """What a fund is called in the first plan that has it."""
    return next(side.plan.plan for side in sides if fund in side.fund_uses).called(fund)


def _price_rows(sides: Sides) -> list[TableRow]:
    return [
        TableRow((label, *(Money(side.priced[price]) if price in side.priced else None for side in sides)))
        for price, label in AT_PRICE.items()
        if any(price in side.priced for side in sides)
    ]


def _allotment_rows(sides: Sides) -> list[TableRow]:
    return [
        _measure_row(sides, "positions used", "allotment_used"),
        TableRow(("allotment", *(_positions(side.plan.plan.allotment) for side in sides))),
        _measure_row(sides, "positions left", "allotment_left"),
    ]


def _measure_row(sides: Sides, label: str, name: MeasureName, *, total: bool = False) -> TableRow:
    cells = (cast(Mapping[str, Cell], side.cells)[name] for side in sides)
    return TableRow((label, *cells), "total" if total else "line", _BAD.get(name))


_BAD: Mapping[str, Literal["below nothing", "above nothing"]] = {
    "left": "below nothing",
    "allotment_left": "below nothing",
    "rooms_left": "below nothing",
    "minutes_short": "above nothing",
}
"""The measures that tell by their sign whether a plan can be."""


def _stated_rows(sides: Sides, *names: str) -> list[TableRow]:
    """Measures of what only some files state, where one of these does."""
    rows: list[TableRow] = []
    for name in names:
        cells = [cast(Cell, side.stated.get(name)) for side in sides]
        if any(cell is not None for cell in cells):
            rows.append(
                TableRow((time_label(name), *(NA if cell is None else cell for cell in cells)), bad=_BAD.get(name))
            )
    return rows


def _positions(allotment: Figure | None) -> Cell:
    return NA if allotment is None else Fte(allotment.value)


def _if_unknown(side: PlanColumn, role: str) -> Cell:
    """n/a in the plans in which nobody knows what a role costs."""
    return NA if role in side.unpriced or side.plan.plan.not_stated else None


def _component_cost(side: PlanColumn, name: str) -> Cell:
    if side.plan.plan.not_stated:
        return NA
    return Money(side.components[name]) if name in side.components else None


def _role_fte(side: PlanColumn, role: str) -> Cell:
    """Nobody in a role is shown blank, whether the plan gave the role up or never had it."""
    if role in side.uncounted or side.plan.plan.not_stated:
        return NA
    return Fte(side.staff[role].fte) if role in side.staff and side.staff[role].fte else None


def _fund_cell(side: PlanColumn, fund: str, what: str) -> Cell:
    if side.plan.plan.not_stated:
        return NA
    if fund not in side.fund_uses:
        return None
    amount = getattr(side.fund_uses[fund], what)
    return NA if amount is None else Money(amount)


def _signed_change(side: PlanColumn) -> Cell:
    change = side.cells["change"]
    return Money(change.amount, signed=True) if isinstance(change, Money) else change


def _change_in_percent(side: PlanColumn) -> Cell:
    """Blank where the change is not known, which the row above says."""
    change, today = side.cells["change"], side.today["cost"]
    return percent(change.amount, today.amount) if isinstance(change, Money) and isinstance(today, Money) else None
