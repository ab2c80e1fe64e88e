"""A school file, and its scenarios."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated

from pydantic import BeforeValidator, Field

from staffcalc.language.amounts import OrChange
from staffcalc.language.check import Check, list_of_checks
from staffcalc.language.component import Component
from staffcalc.language.described import Described
from staffcalc.language.forecast import Forecast
from staffcalc.language.fund import Fund, OtherCosts
from staffcalc.language.learning import Learning
from staffcalc.language.revenue import Budget
from staffcalc.language.role import Roles
from staffcalc.language.schedule import FteTable, Schedule
from staffcalc.language.staff import Changes, Person, Staffing, or_a_file, people_in_rows
from staffcalc.language.team import Teams
from staffcalc.language.unstated import entries_or_not_stated, or_not_stated
from staffcalc.language.values import (
    Counted,
    CutSaves,
    From,
    Fte,
    Minutes,
    Name,
    Names,
    Read,
    Rooms,
    Students,
    Until,
    entries,
    one_of,
)
from staffcalc.source.tree import Text

OverBudget = Annotated[
    Text | None,
    Read(one_of(("allowed", "refused"), "answer"), {"enum": ["allowed", "refused"]}),
    Field(description="allowed: `check` accepts a plan over its budget."),
]


class Scenario(Described):
    """One way to staff the school: a change against the baseline, or a whole staffing."""

    like: Annotated[Name | None, Field(description="Start from this scenario instead of the baseline.")] = None
    begins: From = None
    until: Until = None
    change: Annotated[
        Changes | None,
        Field(
            description="FTE (or people) more and fewer, by role: +2, or -10% of today's; a ratio restates the role;"
            " or `not stated`.",
            json_schema_extra=or_not_stated,
        ),
    ] = None
    staffing: Annotated[
        Staffing | None, Field(description="The whole mix, by role; or `not stated`.", json_schema_extra=or_not_stated)
    ] = None
    budget: Annotated[Budget | None, Field(description="This scenario's own budget; funds not named keep theirs.")] = (
        None
    )
    allotment: Annotated[Fte | None, Field(description="This scenario's own allotment of positions.")] = None
    over_budget: OverBudget = None
    cut_saves: Annotated[
        CutSaves | None,
        Field(description="What posts given up save in this scenario, where their roles do not say: new_hire or own."),
    ] = None
    laid_off: Annotated[
        Names | None,
        Field(description="People of the roster, by id, who leave; their own pay is saved."),
    ] = None
    students: Annotated[Students | None, Field(description="This scenario's own number of students.")] = None
    grades: Annotated[
        dict[Name, Students] | None,
        BeforeValidator(entries),
        Field(description="This scenario's own students by grade; grades not named keep theirs."),
    ] = None
    student_groups: Annotated[
        dict[Name, Counted] | None,
        BeforeValidator(entries),
        Field(description="This scenario's own groups of students; groups not named keep their share."),
    ] = None
    rooms_available: Annotated[Rooms | None, Field(description="This scenario's own number of rooms.")] = None
    week: Annotated[Minutes | None, Field(description="This scenario's own minutes on duty a week of 1.0 FTE.")] = None
    benefits: Annotated[
        dict[Name, Annotated[dict[Name, Annotated[Component, OrChange()]], BeforeValidator(entries)]] | None,
        BeforeValidator(entries),
        Field(description="Benefits that differ in this scenario only; those not named stay."),
    ] = None
    roles: Annotated[Roles | None, Field(description="Roles that differ in this scenario only.")] = None
    teams: Annotated[
        Teams | None, Field(description="This scenario's own teams; those not named stay, and `null` drops one.")
    ] = None
    learning: Annotated[
        Learning | None,
        Field(description="How students spend their week here; modes not named stay, and `null` drops one."),
    ] = None
    forecast: Annotated[Forecast | None, Field(description="This scenario's own rules, laid over the file's.")] = None
    other_costs: Annotated[OtherCosts | None, Field(description="Costs that are not a role's, by name.")] = None


class SchoolFile(Described):
    """A school's staffing plan: today's staff, the budget, and the scenarios to compare."""

    extends: Annotated[Names | None, Field(description="Files this one starts from, relative to this file.")] = None
    school: Annotated[Name | None, Field(description="The school's name.")] = None
    students: Annotated[Students | None, Field(description="Number of students.")] = None
    grades: Annotated[
        dict[Name, Students] | None,
        BeforeValidator(entries),
        Field(description="Students by grade, for `sections`; the students are their sum."),
    ] = None
    student_groups: Annotated[
        dict[Name, Counted] | None,
        BeforeValidator(entries),
        Field(description="Groups of the students that revenue follows: numbers, or shares of the students."),
    ] = None
    core_subjects: Annotated[
        Names | None, Field(description="The subjects in each of which a student has a seat: what teams reach.")
    ] = None
    year: Annotated[Name | None, Field(description="The school year, as text: 2015-16.")] = None
    rounding: Annotated[
        Text | None,
        Read(one_of(("dollar", "cent"), "rounding"), {"enum": ["dollar", "cent"]}),
        Field(description="What each cost line is rounded to; left out: dollar."),
    ] = None
    budget: Annotated[
        Budget | None,
        Field(
            description="The budget for staff by fund, or `baseline`: what today's staff cost. Left out: no verdict."
        ),
    ] = None
    funds: Annotated[
        dict[Name, Fund] | None,
        BeforeValidator(entries),
        Field(description="What is known of the funds of the budget: when they end, what they may pay for."),
    ] = None
    allotment: Annotated[Fte | None, Field(description="A budget counted in positions; roles have a `weight`.")] = None
    rooms_available: Annotated[
        Rooms | None, Field(description="The rooms that there are; roles say in `rooms` how many they need.")
    ] = None
    week: Annotated[
        Minutes | None, Field(description="Minutes on duty a week of 1.0 FTE; a role may have its own.")
    ] = None
    over_budget: OverBudget = None
    cut_saves: Annotated[
        CutSaves | None,
        Field(description="What posts given up save, where nothing nearer says: new_hire (left out: this) or own."),
    ] = None
    schedules: Annotated[
        dict[Name, Schedule] | None, BeforeValidator(entries), Field(description="Salary schedules, by name.")
    ] = None
    fte_by_hours_and_months: Annotated[
        FteTable | None, Field(description="The FTE of posts by their hours a day and months a year.")
    ] = None
    roster: Annotated[
        list[Person] | None,
        BeforeValidator(people_in_rows),
        Field(description="Today's staff one by one: a CSV file beside this one.", json_schema_extra=or_a_file),
    ] = None
    benefits: Annotated[
        dict[Name, Annotated[dict[Name, Component], BeforeValidator(entries)]] | None,
        BeforeValidator(entries),
        Field(description="Benefit packages: components by name."),
    ] = None
    roles: Annotated[Roles | None, Field(description="The roles, by name.")] = None
    baseline: Annotated[
        Staffing | None,
        Field(description="Today's staff: FTE (or people) by role.", json_schema_extra=entries_or_not_stated),
    ] = None
    teams: Annotated[Teams | None, Field(description="Today's teams, by name.")] = None
    learning: Annotated[Learning | None, Field(description="How students spend their week today, by mode.")] = None
    other_costs: Annotated[
        OtherCosts | None, Field(description="Costs of every scenario that are not a role's, by name.")
    ] = None
    scenarios: Annotated[
        dict[Name, Scenario] | None, BeforeValidator(entries), Field(description="The scenarios, by name.")
    ] = None
    forecast: Annotated[Forecast | None, Field(description="How costs and budgets change from year to year.")] = None
    checks: Annotated[list[Check] | None, BeforeValidator(list_of_checks), Field(description="What must hold.")] = None
