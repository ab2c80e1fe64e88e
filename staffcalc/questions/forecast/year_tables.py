"""The tables of a forecast: each plan year by year, against the baseline, what moves it, and whether it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import cast

from staffcalc.costing.lines import ZERO
from staffcalc.costing.measures.fund_use import fund_uses
from staffcalc.costing.measures.measures import MeasureFormulas, team_measures
from staffcalc.costing.measures.unknown import unpriced
from staffcalc.language.unstated import NOT_STATED
from staffcalc.questions.forecast.lasting import lasts
from staffcalc.questions.forecast.outlooks import EVERY_MOVER, Outlooks, Year
from staffcalc.questions.measuring import time_cells, time_label
from staffcalc.questions.percents import CHANGE_OF_BUDGET, IN_PERCENT, budget_change, percent
from staffcalc.report import NA, Bar, Cell, Count, Money, Percent, Table, TableColumn, TableRow, Verdict
from staffcalc.school.school import OTHER_UNIT, School

FORECAST, CHANGE, CLIFF, LASTS = "forecast", "change", "cliff", "lasts"
"""The names of the tables that a page picks."""


class YearTables:
    """The tables of one school's plans over the years, as people read them."""

    def __init__(self, label: str, school: School, found: Outlooks) -> None:
        self.label, self.school, self.found, self.outlooks = label, school, found, found.all

    def all(self) -> list[Table]:
        """The tables in the order in which they are read; the answer is what one last sees."""
        return [
            self._side_by_side(),
            *self._against_baseline(),
            *self._cliff_table(),
            *self._split_table(),
            *self._team_table(),
            *self._time_table(),
            *self._unit_table(),
            *self._chart(),
            self._verdicts(),
        ]

    def _columns(self, first: int = 0) -> tuple[TableColumn, ...]:
        return (TableColumn("", "left"), *(TableColumn(year.name) for year in self.outlooks[0].years[first:]))

    def _side_by_side(self) -> Table:
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            years = outlook.years
            rows.append(TableRow((outlook.name, *[None] * len(years)), "heading"))
            label = "cost, as far as stated" if unpriced(years[0].plan) else "cost"
            rows.append(TableRow((label, *(_money(year.found.cost) for year in years))))
            rows.append(TableRow(("budget", *(_money(year.found.budget) for year in years))))
            levied = list(_levied(years))
            if not levied or any(year.found.left is not None for year in years):
                rows.append(TableRow(("left", *(_money(year.found.left) for year in years)), "total", "below nothing"))
            rows.extend(_failing_funds(years))
            rows.extend(levied)
            rows.append(TableRow(("change from the year before", *(_change(year.change) for year in years))))
            rows.extend(_in_percent(years))
        for name in self.found.not_stated:
            rows.append(TableRow((f"{name}, {NOT_STATED}", *[NA] * len(self.outlooks[0].years))))
        return Table(f"{self.label}: forecast", self._columns(), tuple(rows), name=FORECAST)

    def _against_baseline(self) -> list[Table]:
        """What each scenario costs more than the baseline, or less, year by year and in all years together."""
        others = [one for one in self.outlooks if one.name != self.school.plans[0].name]
        if not others:
            return []
        rows: list[TableRow] = []
        for one in others:
            changes = [*(year.found.change for year in one.years), one.change_from_baseline]
            costs = [year.dollars - (year.found.change or ZERO) for year in one.years]
            costs.append(sum(costs, ZERO))  # of the baseline
            rows.append(TableRow((one.name, *map(_change, changes))))
            rows.append(TableRow((IN_PERCENT, *map(_share, changes, costs))))
        columns = (*self._columns(), TableColumn("together"))
        return [Table(f"{self.label}: change from the baseline", columns, tuple(rows), name=CHANGE)]

    def _verdicts(self) -> Table:
        columns = (TableColumn("", "left"), TableColumn("does it fit?", "left"))
        rows = [TableRow((one.name, lasts(one)), "verdict") for one in self.outlooks]
        unknown = Verdict(f"n/a: the plan is {NOT_STATED}", good=None)
        rows += [TableRow((name, unknown), "verdict") for name in self.found.not_stated]
        return Table(f"{self.label}: does it last?", columns, tuple(rows), name=LASTS)

    def _cliff_table(self) -> list[Table]:
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            for cliff in outlook.cliffs:
                for outcome, dollars in cliff.outcomes:
                    cells = (
                        outlook.name,
                        outlook.years[0].plan.plan.called(cliff.fund),
                        cliff.year,
                        Money(cliff.paid),
                        outcome,
                        Money(dollars),
                    )
                    rows.append(TableRow(cells))
        if not rows:
            return []
        columns = (
            TableColumn("", "left"),
            TableColumn("fund", "left"),
            TableColumn("gone from"),
            TableColumn("paid the year before"),
            TableColumn("then", "left"),
            TableColumn("that year"),
        )
        return [Table(f"{self.label}: funding cliff", columns, tuple(rows), name=CLIFF)]

    def _split_table(self) -> list[Table]:
        if len(self.found.year_names) < 2:
            return []
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            years = outlook.years[1:]
            rows.append(TableRow((outlook.name, *[None] * len(years)), "heading"))
            for mover in EVERY_MOVER:
                if any(year.split.get(mover) for year in years):
                    rows.append(TableRow((mover, *(Money(year.split[mover], signed=True) for year in years))))
            rows.append(TableRow(("change", *(_change(year.change) for year in years)), "total"))
            rows.append(TableRow((IN_PERCENT, *(_share(year.change, year.cost_before) for year in years))))
        return [Table(f"{self.label}: what changes from year to year", self._columns(1), tuple(rows))]

    def _team_table(self) -> list[Table]:
        """What teams reach from year to year, where the file has any."""
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            if outlook.years[0].plan.plan.teams:
                found = [team_measures(year.plan, year.plan) for year in outlook.years]
                rows.append(TableRow((outlook.name, *[None] * len(found)), "heading"))
                rows.append(TableRow(("seats reached", *(_or_na(one.seats_reached, Count) for one in found))))
                rows.append(TableRow(("reach", *(_or_na(one.reach, Percent) for one in found))))
                rows.append(TableRow(("cost per seat", *(_or_na(one.cost_per_seat, Money) for one in found))))
        return [Table(f"{self.label}: teams", self._columns(), tuple(rows))] if rows else []

    def _time_table(self) -> list[Table]:
        """The weeks from year to year, where the file says how time is spent."""
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            found = [
                cast(Mapping[str, Cell], time_cells(self.school, MeasureFormulas(year.plan, year.plan)))
                for year in outlook.years
            ]
            if any(found):
                rows.append(TableRow((outlook.name, *[None] * len(found)), "heading"))
                told = [name for name in found[0] if any(one[name] not in (NA, Money(ZERO)) for one in found)]
                rows += [TableRow((time_label(name), *(one[name] for one in found))) for name in told]
        return [Table(f"{self.label}: time (minutes a week)", self._columns(), tuple(rows))] if rows else []

    def _unit_table(self) -> list[Table]:
        columns = (
            TableColumn("", "left"),
            *(TableColumn(one.name, again=not at) for at, one in enumerate(self.outlooks)),
        )
        rows: list[TableRow] = []
        named = [unit.name for unit in self.found.units] != [OTHER_UNIT]
        for unit in self.found.units:
            whom = unit.name if named else "everybody"
            for raised, by in (("1%", unit.one_percent), ("one step", unit.one_step)):
                if by is not None:
                    amounts = [(by[one.name], one.years[0].dollars) for one in self.outlooks]
                    rows.append(TableRow((f"{raised} for {whom}", *(_change(amount) for amount, _ in amounts))))
                    rows.append(TableRow((IN_PERCENT, *(_share(*one) for one in amounts))))
        title = f"{self.label}: what a raise costs in {self.outlooks[0].years[0].name}"
        return [Table(title, columns, tuple(rows))] if rows else []

    def _chart(self) -> list[Table]:
        """What is left year by year, with bars around nothing, and what a plan is over by."""
        lefts = [year.found.left for one in self.outlooks for year in one.years]
        largest = max((abs(left) for left in lefts if left is not None), default=None)
        if largest is None:
            return []
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            rows.append(TableRow((outlook.name, None, None, None), "heading"))
            for year in outlook.years:
                left = year.found.left
                bar = None if left is None else Bar(left / (largest or Decimal(1)))
                over = year.fits if year.fits is not None and year.fits.good is False else None
                rows.append(TableRow((year.name, _money(left), bar, over), bad="below nothing"))
        columns = (TableColumn("", "left"), TableColumn("left"), TableColumn("", "left"), TableColumn("", "left"))
        return [Table(f"{self.label}: what is left", columns, tuple(rows))]


def _or_na(number: Decimal | None, kind: Callable[[Decimal], Cell]) -> Cell:
    return NA if number is None else kind(number)


def _failing_funds(years: Sequence[Year]) -> Iterator[TableRow]:
    """What each fund has left that is short in some year, where there are several."""
    uses = [{use.fund: use for use in fund_uses(year.plan)} for year in years]
    funds = dict.fromkeys(fund for year in uses for fund in year)
    for fund in funds if len(funds) > 1 else ():
        lefts = [year[fund].left if fund in year else None for year in uses]
        if any(left is not None and left < 0 for left in lefts):
            yield TableRow((f"{years[0].plan.plan.called(fund)}: left", *map(_money, lefts)), bad="below nothing")


def _levied(years: Sequence[Year]) -> Iterator[TableRow]:
    """The levy of each year, and how much more it is than in the year before."""
    if any(year.levy is not None for year in years):
        changes = (NA if year.levy_change is None else Percent(year.levy_change, signed=True) for year in years)
        yield TableRow(("levy", *(_money(year.levy) for year in years)), "total")
        yield TableRow(("levy change", *changes))


def _money(amount: Decimal | None) -> Cell:
    return NA if amount is None else Money(amount)


def _change(change: Decimal | None) -> Cell:
    return None if change is None else Money(change, signed=True)


def _share(change: Decimal | None, of: Decimal | None) -> Cell:
    """A change in percent; blank where there is none."""
    return None if change is None else percent(change, of)


def _in_percent(years: Sequence[Year]) -> Iterator[TableRow]:
    """The change of cost from each year to the next in percent, and that of the budget where it moves."""
    yield TableRow((IN_PERCENT, *(_share(year.change, year.cost_before) for year in years)))
    budgets = [year.found.budget for year in years]
    if len({*budgets}) > 1:
        changes = (budget_change(both) for both in pairwise(budgets))
        yield TableRow((f"{CHANGE_OF_BUDGET} {IN_PERCENT}", None, *map(_share, changes, budgets)))
