"""The answer in short: one row a plan, with what it costs, what changes, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from staffcalc.questions.measuring import MeasureCells
from staffcalc.questions.percents import IN_PERCENT, percent
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Cell, Fte, Money, Table, TableColumn, TableRow, Verdict


class Short(NamedTuple):
    """A plan, by what its school is called; with its own measures and those of the baseline."""

    school: str
    name: str
    own: MeasureCells
    today: MeasureCells
    verdict: Verdict


def last_lines(plans: Sequence[Short]) -> Table:
    """What one last sees of a comparison: what each plan costs, and whether it fits."""
    change = (TableColumn("change", spare=True), TableColumn(IN_PERCENT, spare=True))
    columns = (TableColumn("", "left"), TableColumn("cost"), *change, TableColumn("", "left"))
    rows = tuple(TableRow((one.name, one.own["cost"], *_change_of(one), one.verdict)) for one in plans)
    table = Table("In short", columns, rows)
    return table if any(one.own is not one.today for one in plans) else table.keeping([0, 1, 4])


def summary(plans: Sequence[Short]) -> tuple[Table, ...]:
    """One row a plan, as they are given; of several schools, those that do not fit stand once more at the end."""
    over = [one for one in plans if one.verdict.good is False]
    if len({one.school for one in plans}) < 2:
        return (_table(plans[0].school, [("", plans)]),)
    tables = (("Plans", plans), ("Over budget", over)) if over else (("Plans", plans),)
    return tuple(_table(title, groupby(some, lambda one: one.school)) for title, some in tables)


def _table(title: str, schools: Iterable[tuple[str, Iterable[Short]]]) -> Table:
    figures = ("change in FTE", IN_PERCENT, "cost", "change in cost", IN_PERCENT)
    columns = (TableColumn("", "left"), *map(TableColumn, figures), TableColumn("", "left"))
    rows: list[TableRow] = []
    for school, own in schools:
        if school:
            rows.append(TableRow((school, *[None] * len(columns[1:])), "heading"))
        rows += [TableRow(tuple(_cells(one))) for one in own]
    return Table(title, columns, tuple(rows))


def _cells(one: Short) -> Iterator[Cell]:
    own, today = one.own, one.today
    yield one.name
    yield from (None, None) if own is today else _change(own["fte"], today["fte"])
    yield own["cost"]
    yield from _change_of(one)
    yield one.verdict


def _change_of(one: Short) -> tuple[Cell, Cell]:
    """What a plan costs more than the baseline in dollars and in percent; blank of that itself."""
    return (None, None) if one.own is one.today else _of_cost(one.own["change"], one.today["cost"])


def _change(now: Cell, before: Cell) -> tuple[Cell, Cell]:
    """How many FTE more a plan has than the baseline, and what share of that; n/a where one of them is not known."""
    match now, before:
        case Fte(own), Fte(today):
            return Fte(own - today, signed=True), percent(own - today, today)
        case _:
            return NA, NA


def _of_cost(change: Cell, before: Cell) -> tuple[Cell, Cell]:
    """What a plan costs more than the baseline, and what share of that; n/a where one of them is not known."""
    match change, before:
        case Money(more), Money(today):
            return Money(more, signed=True), percent(more, today)
        case _:
            return NA, NA
