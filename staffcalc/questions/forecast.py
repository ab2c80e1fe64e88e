"""`forecast`: every scenario year by year against the budget of each year, and what moves its cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from staffcalc.costing.causes import DECISIONS
from staffcalc.costing.fund_use import fund_uses
from staffcalc.costing.later_years import CAUSES, unreplaced
from staffcalc.costing.ledger import ZERO, Ledger, PlanLedger
from staffcalc.costing.measures import MeasureFormulas, team_measures
from staffcalc.costing.pay import Price
from staffcalc.costing.remarks import caps_that_stand_still
from staffcalc.costing.teams import has_teams
from staffcalc.costing.unknown import unpriced
from staffcalc.language.school_year import MOST_YEARS, first_of
from staffcalc.language.unstated import NOT_STATED
from staffcalc.questions.answers import money_or_none
from staffcalc.questions.as_of import year_notes
from staffcalc.questions.compare import compare_notes, school_labels
from staffcalc.questions.fit import called
from staffcalc.questions.lasting import lasts
from staffcalc.questions.measuring import TEAM_MEASURES, TeamCells, team_cells, time_cells, time_label
from staffcalc.questions.outlooks import EVERY_MOVER, MOVERS, Outlooks, Year
from staffcalc.questions.reach import of_teams
from staffcalc.questions.rests_on import closing
from staffcalc.questions.selection import UnknownNameError, select_plans
from staffcalc.questions.yearly import forecast_data
from staffcalc.report import (
    NA,
    Bar,
    Cell,
    Count,
    Fte,
    Money,
    Percent,
    Records,
    Report,
    Table,
    TableColumn,
    TableRow,
    Verdict,
)
from staffcalc.school.checks import OF_LEVY
from staffcalc.school.school import OTHER_UNIT, School

COSTED_A_YEAR = len(CAUSES) + 1
"""How often a school is costed for each year: as a whole, and for each cause alone."""
Picked = tuple[str, Ledger, list[PlanLedger]]
"""A school by its label, and the plans of it that are asked for."""
RECORD_COLUMNS = (
    "school",
    "file",
    "scenario",
    "year",
    "students",
    "fte",
    "cost",
    "budget",
    "left",
    "change",
    "fits",
    "first_year_over",
    *(mover.lower().replace(" ", "_") for mover in MOVERS),
    "change_from_baseline",
)


def forecast(
    ledgers: Sequence[Ledger],
    scenarios: Sequence[str] = (),
    *,
    years: int = 5,
    in_turn: Callable[[Sequence[Picked]], Iterable[Picked]] = iter,
) -> Report:
    """The forecast of the named scenarios and the baseline over `years` school years, the file's own the first.

    `in_turn` goes through the schools one by one, and may show how far it is.

    Raises UnknownNameError for a scenario that no school has, for a number of years that makes no sense, and for a
    file without a school year.
    """
    check_years(years)
    for ledger in ledgers:
        if ledger.school.year is None or first_of(ledger.school.year) is None:
            stated = "no `year`" if ledger.school.year is None else f"`{ledger.school.year}` is no school year"
            raise UnknownNameError(f"{ledger.school.file}: {stated}: a forecast begins in one, such as year: 2026-27")
    selected = select_plans(ledgers, scenarios, with_baseline=True)
    labels = school_labels([ledger for ledger, _ in selected])
    answers = [
        _Answer(label, ledger.stated, [plan.name for plan in plans], years, ledger.price)
        for label, ledger, plans in in_turn([(label, *one) for label, one in zip(labels, selected, strict=True)])
    ]
    return Report(
        tables=tuple(table for answer in answers for table in answer.tables()),
        records=lambda: _records(answers),
        data=lambda: forecast_data([(answer.school, answer.found) for answer in answers]),
        closing=lambda: closing(labels, [answer.found.rests_on for answer in answers]),
        notes=_notes([ledger for ledger, _ in selected], years),
    )


def check_years(years: int) -> None:
    """Raises UnknownNameError for a number of years that makes no sense."""
    if not 1 <= years <= MOST_YEARS:
        raise UnknownNameError(f"a forecast of {years} years: it may be of 1 to {MOST_YEARS}")


def _records(answers: Sequence[_Answer]) -> Records:
    """One row for each plan and year. What is decided has a column where some file says of a decision when it begins
    or ends, and a levy and teams have their columns where some file has any."""
    deciding = any(DECISIONS in answer.found.moving for answer in answers)
    levied = any(year.levy is not None for answer in answers for one in answer.outlooks for year in one.years)
    teamed = any(has_teams(answer.school) for answer in answers)
    left_out = {
        *(() if deciding else (DECISIONS,)),
        *(() if levied else OF_LEVY),
        *(() if teamed else TEAM_MEASURES),
    }
    kept = [at for at, name in enumerate(_EVERY_COLUMN) if name not in left_out]
    rows = [tuple(row[at] for at in kept) for answer in answers for row in answer.records()]
    return Records(tuple(_EVERY_COLUMN[at] for at in kept), rows)


_EVERY_COLUMN = (*RECORD_COLUMNS, DECISIONS, *OF_LEVY, *TEAM_MEASURES)


def _notes(ledgers: Sequence[Ledger], years: int) -> tuple[str, ...]:
    still = (
        f"{ledger.school.file}: {note}"
        for ledger in ledgers
        for note in caps_that_stand_still(ledger.stated, years - 1)
    )
    return (*compare_notes(ledgers), *year_notes(ledgers), *_turnover_notes(ledgers, years), *still)


def _turnover_notes(ledgers: Sequence[Ledger], years: int) -> list[str]:
    """Which rules of turnover come to nothing."""
    missing = ((ledger, unreplaced(ledger.stated, years - 1)) for ledger in ledgers)
    return [
        f"{ledger.school.file}: turnover changes no pay where `new_hire` is missing: {', '.join(roles)}"
        for ledger, roles in missing
        if roles
    ]


class _Answer:
    """The forecast of one school, as it is shown."""

    def __init__(self, label: str, school: School, names: Sequence[str], years: int, price: Price | None) -> None:
        self.label, self.school = label, school
        self.found = Outlooks(school, names, years, price)
        self.outlooks, self.units, self.years = self.found.all, self.found.units, years

    # For people

    def tables(self) -> list[Table]:
        return [
            self._side_by_side(),
            *self._against_baseline(),
            *self._cliff_table(),
            *self._split_table(),
            *self._team_table(),
            *self._time_table(),
            self._unit_table(),
            *self._chart(),
            self._verdicts(),  # the answer is what one last sees
        ]

    def _columns(self, first: int = 0) -> tuple[TableColumn, ...]:
        return (TableColumn("", "left"), *(TableColumn(year.name) for year in self.outlooks[0].years[first:]))

    def _side_by_side(self) -> Table:
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            years = outlook.years
            rows.append(TableRow((outlook.name, *[None] * len(years)), "heading"))
            label = "cost, as far as stated" if unpriced(years[0].plan) else "cost"
            rows.append(TableRow((label, *(Money(year.found.cost) for year in years))))
            rows.append(TableRow(("budget", *(_money(year.found.budget) for year in years))))
            levied = list(_levied(years))
            if not levied or any(year.found.left is not None for year in years):
                rows.append(TableRow(("left", *(_money(year.found.left) for year in years)), "total", "below nothing"))
            rows.extend(_failing_funds(years))
            rows.extend(levied)
            rows.append(TableRow(("change from the year before", *(_change(year.change) for year in years))))
        for name in self.found.not_stated:
            rows.append(TableRow((f"{name}, {NOT_STATED}", *[NA] * len(self.outlooks[0].years))))
        return Table(f"{self.label}: forecast", self._columns(), tuple(rows))

    def _against_baseline(self) -> list[Table]:
        """What each scenario costs more than the baseline, or less, year by year and in all years together."""
        others = [one for one in self.outlooks if one.name != self.school.plans[0].name]
        if not others:
            return []
        rows = [
            TableRow((one.name, *(_change(year.found.change) for year in one.years), _change(one.change_from_baseline)))
            for one in others
        ]
        columns = (*self._columns(), TableColumn("together"))
        return [Table(f"{self.label}: change from the baseline", columns, tuple(rows))]

    def _verdicts(self) -> Table:
        columns = (TableColumn("", "left"), TableColumn("does it fit?", "left"))
        rows = [TableRow((one.name, lasts(one)), "verdict") for one in self.outlooks]
        unknown = Verdict(f"n/a: the plan is {NOT_STATED}", good=None)
        rows += [TableRow((name, unknown), "verdict") for name in self.found.not_stated]
        return Table(f"{self.label}: does it last?", columns, tuple(rows))

    def _cliff_table(self) -> list[Table]:
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            for cliff in outlook.cliffs:
                for outcome, dollars in cliff.outcomes:
                    cells = (
                        outlook.name,
                        called(outlook.years[0].plan, cliff.fund),
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
        return [Table(f"{self.label}: funding cliff", columns, tuple(rows))]

    def _split_table(self) -> list[Table]:
        if self.years < 2:
            return []
        rows: list[TableRow] = []
        for outlook in self.outlooks:
            years = outlook.years[1:]
            rows.append(TableRow((outlook.name, *[None] * len(years)), "heading"))
            for mover in EVERY_MOVER:
                if any(year.split.get(mover) for year in years):
                    rows.append(TableRow((mover, *(Money(year.split[mover], signed=True) for year in years))))
            rows.append(TableRow(("change", *(_change(year.change) for year in years)), "total"))
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

    def _unit_table(self) -> Table:
        columns = (
            TableColumn("", "left"),
            *(TableColumn(one.name, again=not at) for at, one in enumerate(self.outlooks)),
        )
        rows: list[TableRow] = []
        named = [unit.name for unit in self.units] != [OTHER_UNIT]
        for unit in self.units:
            whom = unit.name if named else "everybody"
            for raised, by in (("1%", unit.one_percent), ("one step", unit.one_step)):
                if by is not None:
                    amounts = (Money(by[one.name], signed=True) for one in self.outlooks)
                    rows.append(TableRow((f"{raised} for {whom}", *amounts)))
        return Table(f"{self.label}: what a raise costs in {self.outlooks[0].years[0].name}", columns, tuple(rows))

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

    # For programs

    def records(self) -> list[tuple[Cell, ...]]:
        found: list[tuple[Cell, ...]] = [
            (
                self.school.name,
                self.school.file,
                outlook.name,
                year.name,
                None if year.plan.students is None else Count(year.plan.students),
                Fte(year.found.fte),
                Money(year.found.cost),
                money_or_none(year.found.budget),
                money_or_none(year.found.left),
                None if year.change is None else Money(year.change),
                None if year.fits is None or year.fits.good is None else "yes" if year.fits.good else "no",
                None if outlook.first_over is None else outlook.first_over.name,
                *(Money(year.split[mover]) if year.split else None for mover in MOVERS),
                money_or_none(year.found.change),
                Money(year.split[DECISIONS]) if DECISIONS in year.split else None,
                money_or_none(year.levy),
                None if year.levy_change is None else Percent(year.levy_change),
                *(of_teams(_teams(self.school, year), name) for name in TEAM_MEASURES),
            )
            for outlook in self.outlooks
            for year in outlook.years
        ]
        blank = [None] * (len(_EVERY_COLUMN) - 4)
        for name in self.found.not_stated:
            found += [(self.school.name, self.school.file, name, one.name, *blank) for one in self.outlooks[0].years]
        return found


def _or_na(number: Decimal | None, kind: Callable[[Decimal], Cell]) -> Cell:
    return NA if number is None else kind(number)


def _failing_funds(years: Sequence[Year]) -> Iterator[TableRow]:
    """What each fund has left that is short in some year, where there are several."""
    uses = [{use.fund: use for use in fund_uses(year.plan)} for year in years]
    funds = dict.fromkeys(fund for year in uses for fund in year)
    for fund in funds if len(funds) > 1 else ():
        lefts = [year[fund].left if fund in year else None for year in uses]
        if any(left is not None and left < 0 for left in lefts):
            yield TableRow((f"{called(years[0].plan, fund)}: left", *map(_money, lefts)), bad="below nothing")


def _teams(school: School, year: Year) -> TeamCells | None:
    return team_cells(team_measures(year.plan, year.plan)) if has_teams(school) else None


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
