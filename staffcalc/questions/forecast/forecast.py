"""`forecast`: every scenario year by year against the budget of each year, and what moves its cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from staffcalc.costing.growth.causes import DECISIONS
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.measures.measures import team_measures
from staffcalc.costing.measures.teams import has_teams
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.remarks import caps_that_stand_still, changes_of_ended_funds
from staffcalc.costing.years.later_years import CAUSES, unreplaced
from staffcalc.language.school_year import MOST_YEARS, first_of
from staffcalc.questions.answers import money_or_none
from staffcalc.questions.figures.as_of import year_notes
from staffcalc.questions.figures.rests_on import closing
from staffcalc.questions.forecast.outlooks import MOVERS, Outlooks, Year
from staffcalc.questions.forecast.year_tables import YearTables
from staffcalc.questions.forecast.yearly import forecast_data
from staffcalc.questions.labels import school_labels
from staffcalc.questions.measuring import TEAM_MEASURES, TeamCells, team_cells
from staffcalc.questions.notes import school_notes
from staffcalc.questions.reach import of_teams
from staffcalc.questions.selection import UnknownNameError, select_plans
from staffcalc.report import (
    Cell,
    Count,
    Fte,
    Money,
    Percent,
    Records,
    Report,
)
from staffcalc.school.checking.checks import OF_LEVY
from staffcalc.school.school import School

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
        tables=tuple(table for answer in answers for table in answer.tables),
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
    last = years - 1
    still = (
        f"{ledger.school.file}: {note}"
        for ledger in ledgers
        for note in (*caps_that_stand_still(ledger.stated, last), *changes_of_ended_funds(ledger.stated, last))
    )
    return (*school_notes(ledgers), *year_notes(ledgers), *_turnover_notes(ledgers, years), *still)


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
        self.school = school
        self.found = Outlooks(school, names, years, price)
        self.outlooks = self.found.all
        self.tables = YearTables(label, school, self.found).all()

    def records(self) -> list[tuple[Cell, ...]]:
        found: list[tuple[Cell, ...]] = [
            (
                self.school.name,
                self.school.file,
                outlook.name,
                year.name,
                None if year.plan.students is None else Count(year.plan.students),
                Fte(year.found.fte),
                money_or_none(year.found.cost),
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


def _teams(school: School, year: Year) -> TeamCells | None:
    return team_cells(team_measures(year.plan, year.plan)) if has_teams(school) else None
