"""A comparison as programs read it: every plan with its measures, its verdict and its cost by role, component, fund."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict, cast

from staffcalc.costing.ledger import Ledger
from staffcalc.costing.lines import ZERO, totals_by
from staffcalc.costing.measures.fund_use import worst_fund
from staffcalc.costing.pay.pay import Price
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
    money_or_none,
    row,
)
from staffcalc.questions.compare.plan_column import PlanColumn, Schools
from staffcalc.questions.figures.rests_on import RestsOn, RestsOnData, Told
from staffcalc.questions.fit import verdict
from staffcalc.questions.measuring import MEASURES, STATED, TEAM_MEASURES, MeasureCells, StatedCells
from staffcalc.questions.reach import TeamsData, of_teams, teams_data
from staffcalc.questions.weeks import WeeksData, weeks_data
from staffcalc.report import NA, Cell, Count, Fte, Money, NotAvailable, Records
from staffcalc.school.time import has_time


class RoleData(TypedDict):
    """A role of a plan."""

    role: RoleName
    category: Category
    fte: Annotated[Fte | NotAvailable, "The FTE of the role; null: not stated."]
    people: Annotated[Count | NotAvailable, "How many people these are; null: not stated."]
    cost: Annotated[
        Money | NotAvailable,
        "What the role costs, with benefits; null: its pay is not stated, or it is counted in positions alone.",
    ]


class ComponentData(TypedDict):
    """A component of a plan's cost."""

    component: ComponentName
    cost: Annotated[Money, "What it costs for all roles."]


class GroupData(TypedDict):
    """A group of a plan's other costs."""

    group: Annotated[str, "The group."]
    cost: Annotated[Money, "What all of it costs; below zero: what is saved."]


class CompareScenarioData(OfPlan, MeasureCells, StatedCells):
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
    cost_groups: NotRequired[Annotated[list[GroupData], "The groups of its other costs; left out: it has none."]]
    funds: Annotated[list[FundData], "The cost against the budget, fund by fund."]
    time: NotRequired[Annotated[WeeksData, "The weeks by role and by mode; left out: no plan says how time is spent."]]


class ScenarioWithTeamsData(CompareScenarioData, TeamsData):
    """The same with its teams, where some plan of the file has teams."""


AnyScenarioData = CompareScenarioData | ScenarioWithTeamsData


class CompareSchoolData(OfSchoolYear):
    """A school, and its plans side by side."""

    students: Students
    scenarios: Annotated[list[AnyScenarioData], "The baseline, and every scenario that is asked for."]
    rests_on: NotRequired[
        Annotated[RestsOnData, "What rests on assumed figures; left out: the file says of none where it is from."]
    ]


class CompareAnswer(Answer):
    """What `compare` answers."""

    schools: Annotated[list[CompareSchoolData], "The schools, in the order of their files."]


def records(schools: Schools) -> Records:
    """A column for each measure; those of what only some files state where one of these does."""
    stated = {name for _, sides in schools for side in sides for name in side.stated}
    further = [name for name in STATED if name in stated]
    columns = tuple(TEAM_MEASURES) if any(side.teams for _, sides in schools for side in sides) else ()
    rows = [
        (
            ledger.school.name,
            ledger.school.file,
            ledger.school.year,
            side.plan.name,
            None if side.plan.students is None else Count(side.plan.students),
            *row(MEASURES, side.cells),
            *(cast(Cell, side.stated.get(name)) for name in further),
            *(of_teams(side.teams, name) for name in columns),
            *_worst_fund(side),
        )
        for ledger, sides in schools
        for side in sides
    ]
    names = ("school", "file", "year", "scenario", "students", *MEASURES, *further, *columns)
    return Records((*names, "worst_fund", "worst_fund_left"), rows)


def _worst_fund(side: PlanColumn) -> tuple[Cell, Cell]:
    """The fund that has the least left, which decides where `left` of all funds together does not."""
    found = None if side.plan.plan.not_stated else worst_fund(side.plan)
    return (None, None) if found is None else (found.fund, money_or_none(found.left))


def compare_data(schools: Schools, rests_on: Sequence[RestsOn | Told]) -> CompareAnswer:
    found = [_school_data(*school, one) for school, one in zip(schools, rests_on, strict=True)]
    return {"staffcalc": VERSION, "schools": found}


def _school_data(ledger: Ledger, sides: Sequence[PlanColumn], rests_on: RestsOn | Told) -> CompareSchoolData:
    school = ledger.school
    found: CompareSchoolData = {
        "school": school.name,
        "file": school.file,
        "year": school.year,
        "students": None if school.students is None else Count(school.students.value),
        "scenarios": [_scenario_data(side, timed=has_time(school)) for side in sides],
    }
    if (rests := rests_on.data()) is not None:
        found["rests_on"] = rests
    return found


def _scenario_data(side: PlanColumn, *, timed: bool) -> AnyScenarioData:
    found, role_costs = verdict(side.plan), totals_by(side.plan.lines, "role")
    of_all = {
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
                "fte": NA if role.role in side.uncounted else Fte(role.fte),
                "people": NA if role.role in side.uncounted else Count(role.people),
                "cost": NA if role.role in side.without_price else Money(role_costs.get(role.role, ZERO)),
            }
            for role in side.plan.staff
        ],
        "components": [{"component": name, "cost": Money(amount)} for name, amount in side.components.items()],
        "funds": [fund_data(use) for use in side.fund_uses.values() if not side.plan.plan.not_stated],
    }
    data = cast(CompareScenarioData, of_all)  # whose other keys only some files have
    if side.groups:
        data["cost_groups"] = [{"group": group, "cost": Money(amount)} for group, amount in side.groups.items()]
    if timed:
        data["time"] = weeks_data(side.plan)
    return data if side.teams is None else cast(AnyScenarioData, {**data, **teams_data(side.plan, side.teams)})
