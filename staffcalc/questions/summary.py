"""The answer in short: one row a plan, with what it costs, what changes, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from staffcalc.costing.measures import Measures, quotient
from staffcalc.report import NA, Cell, Column, Fte, Money, Percent, Row, Table, Verdict

PERCENT_PLACES = 4
"""A change is told to hundredths of a percent."""


class Short(NamedTuple):
    """A plan, by what its school is called; with its own measures and those of the baseline."""

    school: str
    name: str
    own: Measures
    today: Measures
    verdict: Verdict


def last_lines(plans: Sequence[Short]) -> Table:
    """What one last sees of a comparison: what each plan costs, and whether it fits."""
    columns = (Column("", "left"), Column("cost"), Column("", "left"))
    return Table("In short", columns, tuple(Row((one.name, Money(one.own.cost), one.verdict)) for one in plans))


def summary(plans: Sequence[Short]) -> tuple[Table, ...]:
    """One row a plan, as they are given; of several schools, those that do not fit stand once more at the end."""
    over = [one for one in plans if one.verdict.good is False]
    if len({one.school for one in plans}) < 2:
        return (_table(plans[0].school, [("", plans)]),)
    tables = (("Plans", plans), ("Over budget", over)) if over else (("Plans", plans),)
    return tuple(_table(title, groupby(some, lambda one: one.school)) for title, some in tables)


def _table(title: str, schools: Iterable[tuple[str, Iterable[Short]]]) -> Table:
    figures = ("change in FTE", "in %", "cost", "change in cost", "in %")
    columns = (Column("", "left"), *map(Column, figures), Column("", "left"))
    rows: list[Row] = []
    for school, own in schools:
        if school:
            rows.append(Row((school, *[None] * len(columns[1:])), "heading"))
        rows += [Row(tuple(_cells(one))) for one in own]
    return Table(title, columns, tuple(rows))


def _cells(one: Short) -> Iterator[Cell]:
    own, today = one.own, one.today
    yield one.name
    yield from (None, None) if own is today else (Fte(own.fte - today.fte, signed=True), _share(own.fte, today.fte))
    yield Money(own.cost)
    yield from (None, None) if own is today else (Money(own.change, signed=True), _share(own.cost, today.cost))
    yield one.verdict


def _share(now: Decimal, before: Decimal) -> Cell:
    share = quotient(now - before, before, PERCENT_PLACES)
    return NA if share is None else Percent(share, signed=True)
