"""What differs between two plans, as tables for people and as rows for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from staffcalc.costing.bridge.moves import Effect
from staffcalc.costing.lines import ZERO
from staffcalc.costing.measures.measures import MeasureFormulas, team_measures
from staffcalc.questions.diff.bridge_lines import by_size, detailed, grouped
from staffcalc.questions.diff.diff_posts import post_tables
from staffcalc.questions.diff.differing import Difference
from staffcalc.questions.fit import verdict
from staffcalc.questions.measuring import team_cells, time_cells, time_label
from staffcalc.questions.percents import CHANGE_OF_BUDGET, IN_PERCENT, budget_change, budget_rows, percent, share
from staffcalc.questions.reach import team_rows
from staffcalc.report import NA, Bar, Cell, Money, Table, TableColumn, TableRow, Verdict

RECORD_COLUMNS = ("school", "from", "to", "step", "role", "fund", "component", "what", "amount", "share")
"""The columns of the rows for programs."""


def tables_of(answer: Difference, details: bool) -> tuple[Table, ...]:
    """What differs between two plans: posts, funds, teams, time. The bridge comes last: where it leads to, and whether
    that fits, is what one last sees."""
    return (
        *post_tables(answer),
        *_fund_tables(answer),
        *_team_tables(answer),
        *_time_tables(answer),
        _bridge_table(answer, details),
    )


def _bridge_table(answer: Difference, details: bool) -> Table:
    old, new = answer.old, answer.new
    lines = by_size(detailed(move, new.plan.plan) for move in answer.moves) if details else grouped(answer.moves)
    largest = max((abs(line.amount) for line in lines if line.known), default=ZERO)
    figures = (*(["of it"] if details else []), "amount", f"of {old.label}", "running total")
    columns = [TableColumn("", "left"), *map(TableColumn, figures), TableColumn("", "left")]

    def row(
        what: Cell, amount: Cell, of: Cell = None, *, of_it: Cell = None, so_far: Cell = None, bar: Cell = None
    ) -> tuple[Cell, ...]:
        return (what, *([of_it] if details else []), amount, of, so_far, bar)

    rows = [TableRow(row(old.of_cost, old.total))]
    so_far = old.cost
    for line in lines:
        if not line.known:
            rows.append(TableRow(row(line.what, NA, NA)))
            continue
        so_far += line.amount
        bar = Bar(line.amount / largest) if largest else None
        signed = Money(line.amount, signed=True)
        rows.append(TableRow(row(line.what, signed, percent(line.amount, old.cost), so_far=Money(so_far), bar=bar)))
        rows += [TableRow(row(f"· {name}", None, of_it=Money(amount, signed=True))) for name, amount in line.parts]
    if not answer.is_stated:
        rows.append(TableRow(row("nobody has stated what differs", NA)))
    elif not lines:
        rows.append(
            TableRow(row("nothing differs in posts, prices and costs", Money(answer.new.cost - answer.old.cost)))
        )
    fits = verdict(new.plan)
    change = percent(new.cost - old.cost, old.cost) if answer.is_whole else NA
    rows.append(TableRow(row(new.of_cost, new.total, change), "total"))
    rows += [
        TableRow(row(*one)) for one in budget_rows((f"budget of {old.label}", f"budget of {new.label}"), answer.budgets)
    ]
    rows.append(TableRow(row(Verdict(fits.text, fits.good), None), "verdict"))
    return Table(answer.title, tuple(columns), tuple(rows))


def _fund_tables(answer: Difference) -> tuple[Table, ...]:
    old, new = answer.old, answer.new
    funds = sorted({**old.fund_totals, **new.fund_totals})
    if len(funds) < 2 or not answer.moves:
        return ()

    def row(label: str, before: Decimal, after: Decimal, known: bool) -> tuple[Cell, ...]:
        by = (Money(after - before, signed=True), percent(after - before, before)) if known else (NA, NA)
        return (label, Money(before), Money(after), *by)

    unknown = answer.funds_unknown
    rows = [
        TableRow(
            row(
                new.plan.plan.called(fund),
                old.fund_totals.get(fund, ZERO),
                new.fund_totals.get(fund, ZERO),
                fund not in unknown,
            )
        )
        for fund in funds
    ]
    label = "cost, as far as stated" if old.unpriced or new.unpriced else "cost"
    rows.append(TableRow(row(label, old.cost, new.cost, answer.is_whole), "total"))
    columns = (
        *(TableColumn("", "left"), TableColumn(old.label), TableColumn(new.label)),
        TableColumn("change"),
        TableColumn(IN_PERCENT),
    )
    return (Table(f"{answer.name}: funds", columns, tuple(rows)),)


def _team_tables(answer: Difference) -> tuple[Table, ...]:
    """The teams that differ, and what that does to what they reach."""
    if not answer.teams:
        return ()
    old, new = answer.old, answer.new
    rows = [TableRow((one.team, one.before, one.after)) for one in answer.teams]
    of_both = [team_cells(team_measures(end.plan, end.ledger.baseline)) for end in (old, new)]
    columns = (TableColumn("", "left"), TableColumn(old.label), TableColumn(new.label))
    return (Table(f"{answer.name}: teams", columns, (*rows, *team_rows(of_both))),)


def _time_tables(answer: Difference) -> tuple[Table, ...]:
    """The minutes, groups and shares that differ, and what that does to the weeks and to the cost of time."""
    if not answer.time:
        return ()
    old, new = answer.old, answer.new
    rows = [TableRow((one.what, one.before, one.after)) for one in answer.time]
    of_both = [time_cells(end.ledger.school, MeasureFormulas(end.plan, end.ledger.baseline)) for end in (old, new)]
    measured = [
        TableRow((time_label(name), *(cast(Cell, cells.get(name, NA)) for cells in of_both)))
        for name in dict.fromkeys([*of_both[0], *of_both[1]])
    ]
    columns = (TableColumn("", "left"), TableColumn(old.label), TableColumn(new.label))
    return (Table(f"{answer.name}: time", columns, (*rows, *measured)),)


def rows_of(answer: Difference) -> list[tuple[Cell, ...]]:
    """The steps as rows."""
    ends = (answer.new.ledger.school.name, answer.old.label, answer.new.label)
    rows: list[tuple[Cell, ...]] = []
    for move in answer.moves:
        whole = (Effect(move.name if move.role else None, "", "", ZERO),)
        for part in move.parts if move.known and move.parts else whole:
            told = (Money(part.amount), answer.share(part.amount)) if move.known else (None, None)
            rows.append((*ends, move.kind, *_part_cells(part), move.what, *told))
    if (by := budget_change(answer.budgets)) is not None:
        rows.append((*ends, "budget", None, None, None, CHANGE_OF_BUDGET, Money(by), share(by, answer.budgets[0])))
    return rows


def _part_cells(part: Effect) -> tuple[Cell, ...]:
    return (part.role, part.fund or None, part.component or None)
