"""A forecast as programs read it: every plan year by year, the funds that end, and what a raise costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict, cast

from staffcalc.costing.lines import total
from staffcalc.costing.measures.fund_use import fund_uses
from staffcalc.costing.measures.measures import MeasureFormulas, measure, team_measures
from staffcalc.costing.measures.teams import has_teams
from staffcalc.language.unstated import NOT_STATED
from staffcalc.questions.answers import (
    VERSION,
    Answer,
    FundData,
    OfPlan,
    OfSchoolYear,
    Students,
    fund_data,
    money_or_none,
)
from staffcalc.questions.figures.rests_on import RestsOnData
from staffcalc.questions.forecast.outlooks import Cliff, Mover, Outlook, Outlooks, UnitRaise, Year
from staffcalc.questions.measuring import TeamCells, TimeCells, team_cells, time_cells
from staffcalc.report import Count, Fte, Money, Percent
from staffcalc.school.school import School
from staffcalc.school.time import has_time


class YearData(TypedDict):
    """A plan in one year."""

    year: Annotated[str, "The school year."]
    students: Students
    fte: Annotated[Fte, "The FTE of all staff."]
    cost: Annotated[Money | None, "What the plan costs; null: it is counted in positions alone."]
    budget: Annotated[Money | None, "The budget of all funds; null: none is stated."]
    left: Annotated[Money | None, "Budget less cost; null: no budget is stated."]
    change: Annotated[Money | None, "Cost less the cost of the year before; null in the first year."]
    change_from_baseline: Annotated[Money | None, "Cost less the baseline's of the same year; null: not known."]
    fits: Annotated[bool | None, "Whether no fund is overspent; null: the file says nothing of growth."]
    verdict: Annotated[str, "The same in words, with the amount."]
    causes: Annotated[Mapping[Mover, Money], "What moved the cost since the year before; empty in the first year."]
    funds: Annotated[list[FundData], "The cost against the budget, fund by fund."]
    levy: NotRequired[Annotated[Money, "What the rest of the revenue must raise; left out: no part is the rest."]]
    levy_change: NotRequired[
        Annotated[Percent | None, "How much more that is than in the year before; null: that is not known."]
    ]
    team_measures: NotRequired[
        Annotated[TeamCells, "The measures of the teams; left out: no plan of the file has any."]
    ]
    time: NotRequired[Annotated[TimeCells, "The measures of time; left out: no plan says how it is spent."]]


class RecurringData(TypedDict):
    """The last year on recurring money alone."""

    cost: Annotated[Money | None, "What the plan costs then; null: the plan is not stated."]
    budget: Annotated[Money | None, "The budget without the money that ends; null: none is stated."]


class CliffData(TypedDict):
    """A fund that ends."""

    fund: Annotated[str, "The fund that ends."]
    year: Annotated[str, "The first school year without it."]
    paid: Annotated[Money, "What it paid in the year before."]
    then: Annotated[str, "The fund that pays afterwards; `stop`: what it paid for ends."]
    falls: Annotated[Money, "What falls to that fund in the year."]
    stops: Annotated[Money, "What ends with it."]
    once: NotRequired[Annotated[Money, "What it paid that is paid once, and falls to nobody; left out: nothing."]]


class ForecastScenarioData(OfPlan):
    """A plan over the years."""

    first_year_over: Annotated[str | None, "The first school year in which it does not fit; null: none."]
    sustainable: Annotated[bool | None, "Whether money that does not end pays for it; null: no growth is stated."]
    verdict: Annotated[str, "The same in words."]
    change_from_baseline: Annotated[Money | None, "The same in all of these years together; null: not known."]
    recurring: Annotated[RecurringData, "The last year on recurring money alone."]
    years: Annotated[list[YearData], "Every year, the file's own the first; none of a plan that is not stated."]
    cliffs: Annotated[list[CliffData], "The funds that end in these years."]


class RaiseData(OfPlan):
    """What a raise costs in a plan."""

    one_percent: Annotated[Money, "What 1% more pay costs, with benefits."]
    one_step: Annotated[Money | None, "What one step costs, with benefits; null: the unit has no steps."]


class UnitData(TypedDict):
    """A bargaining unit."""

    unit: Annotated[str, "The bargaining unit."]
    scenarios: Annotated[list[RaiseData], "What a raise of it costs in the file's own year."]


class ForecastSchoolData(OfSchoolYear):
    """A school, and its plans over the years."""

    scenarios: Annotated[list[ForecastScenarioData], "The baseline, and every scenario that is asked for."]
    units: Annotated[list[UnitData], "The bargaining units."]
    rests_on: NotRequired[
        Annotated[RestsOnData, "What rests on assumed figures; left out: the file says of none where it is from."]
    ]


class ForecastAnswer(Answer):
    """What `forecast` answers."""

    schools: Annotated[list[ForecastSchoolData], "The schools, in the order of their files."]


def forecast_data(schools: Sequence[tuple[School, Outlooks]]) -> ForecastAnswer:
    """The answer in the types above."""
    return {"staffcalc": VERSION, "schools": [_school_data(school, found) for school, found in schools]}


def _school_data(school: School, found: Outlooks) -> ForecastSchoolData:
    answer: ForecastSchoolData = {
        "school": school.name,
        "file": school.file,
        "year": school.year,
        "scenarios": [
            *(_outlook_data(outlook, school) for outlook in found.all),
            *map(_not_stated, found.not_stated),
        ],
        "units": [_unit_data(unit, [outlook.name for outlook in found.all]) for unit in found.units],
    }
    if (rests := found.rests_on.data()) is not None:
        answer["rests_on"] = rests
    return answer


def _unit_data(unit: UnitRaise, names: Sequence[str]) -> UnitData:
    return {
        "unit": unit.name,
        "scenarios": [
            {
                "name": name,
                "one_percent": Money(unit.one_percent[name]),
                "one_step": None if unit.one_step is None else Money(unit.one_step[name]),
            }
            for name in names
        ],
    }


def _outlook_data(outlook: Outlook, school: School) -> ForecastScenarioData:
    over = outlook.first_over
    return {
        "name": outlook.name,
        "first_year_over": None if over is None else over.name,
        "sustainable": None if outlook.sustainable is None else outlook.sustainable.good,
        "verdict": outlook.not_judged if outlook.sustainable is None else outlook.sustainable.text,
        "change_from_baseline": money_or_none(outlook.change_from_baseline),
        "recurring": {
            "cost": Money(total(outlook.recurring.lines)),
            "budget": money_or_none(measure("budget", outlook.recurring, outlook.recurring)),
        },
        "years": [_year_data(year, outlook.not_judged, school) for year in outlook.years],
        "cliffs": [_cliff_data(cliff) for cliff in outlook.cliffs],
    }


def _not_stated(name: str) -> ForecastScenarioData:
    """A plan of which nothing is known."""
    return {
        "name": name,
        "first_year_over": None,
        "sustainable": None,
        "verdict": f"n/a: the plan is {NOT_STATED}",
        "change_from_baseline": None,
        "recurring": {"cost": None, "budget": None},
        "years": [],
        "cliffs": [],
    }


def _cliff_data(cliff: Cliff) -> CliffData:
    found: CliffData = {
        "fund": cliff.fund,
        "year": cliff.year,
        "paid": Money(cliff.paid),
        "then": cliff.then,
        "falls": Money(cliff.falls),
        "stops": Money(cliff.stops),
    }
    if cliff.once:
        found["once"] = Money(cliff.once)
    return found


def _year_data(year: Year, not_judged: str, school: School) -> YearData:
    found: YearData = {
        "year": year.name,
        "students": None if year.plan.students is None else Count(year.plan.students),
        "fte": Fte(year.found.fte),
        "cost": money_or_none(year.found.cost),
        "budget": money_or_none(year.found.budget),
        "left": money_or_none(year.found.left),
        "change": None if year.change is None else Money(year.change),
        "change_from_baseline": money_or_none(year.found.change),
        "fits": None if year.fits is None else year.fits.good,
        "verdict": not_judged if year.fits is None else year.fits.text,
        "causes": {mover: Money(amount) for mover, amount in year.split.items()},
        "funds": [fund_data(use) for use in fund_uses(year.plan)],
    }
    if year.levy is not None:
        found["levy"] = Money(year.levy)
        found["levy_change"] = None if year.levy_change is None else Percent(year.levy_change)
    if has_teams(school):
        found["team_measures"] = team_cells(team_measures(year.plan, year.plan))
    if has_time(school):
        found["time"] = cast(TimeCells, time_cells(school, MeasureFormulas(year.plan, year.plan)))
    return found
