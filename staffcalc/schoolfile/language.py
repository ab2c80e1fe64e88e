"""The language of a school file: one model a block, one field a key. What the JSON Schema says is read off here.

A model says what may stand in a block. What must hold between blocks (a role has a price, shares add up, names
exist) is the subject of `roles`, `plans` and `checks`.
"""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from staffcalc.schoolfile.figures import wrong
from staffcalc.schoolfile.tree import Block, Items, Text
from staffcalc.schoolfile.values import (
    MEASURE_NAMES,
    NOTES_SCHEMA,
    Amount,
    Categories,
    Category,
    Days,
    Fte,
    FteChange,
    FteEach,
    HourlyPay,
    Hours,
    Limit,
    MinFte,
    Name,
    Names,
    PayKinds,
    PeopleChange,
    Rate,
    Read,
    Share,
    Students,
    Weeks,
    Yes,
    entries,
    figure_schema,
    one_of,
)


class Described(BaseModel):
    """What may stand on any block."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    note: Annotated[Name | None, Field(description=NOTES_SCHEMA["note"]["description"])] = None
    source: Annotated[Name | None, Field(description=NOTES_SCHEMA["source"]["description"])] = None
    assumed: Annotated[Yes, Field(description=NOTES_SCHEMA["assumed"]["description"])] = False


class Component(Described):
    """A benefit or another cost of a role: by exactly one of `rate`, `per_person`, `per_fte` and `per_day`."""

    rate: Annotated[Rate | None, Field(description="A share of pay: 15.32% or 0.1532.")] = None
    on: Annotated[PayKinds | None, Field(description="The kinds of pay the rate applies to; left out: all.")] = None
    up_to: Annotated[Amount | None, Field(description="Each person's pay counts up to this amount.")] = None
    per_person: Annotated[Amount | None, Field(description="Dollars for each person, in full.")] = None
    per_fte: Annotated[Amount | None, Field(description="Dollars for 1.0 FTE, prorated.")] = None
    per_day: Annotated[Amount | None, Field(description="Dollars a day for each person, for so many `days`.")] = None
    days: Annotated[Days | None, Field(description="Days a year, for a cost by the day.")] = None
    min_fte: Annotated[MinFte | None, Field(description="People below this FTE are left out.")] = None
    funds: Annotated[Names | None, Field(description="Only on the share of pay that these funds carry.")] = None


class Release(Described):
    """The part of the day that a leader is released from the classroom, who covers it, and what it is charged to."""

    share: Annotated[Rate, Field(description="The share of the day released from the classroom.")]
    cover: Annotated[Name | None, Field(description="The role that covers it: so much more FTE of that role.")] = None
    charged_to: Annotated[
        Name | None,
        Field(description="The fund charged with the released share of salary and benefits, and with all supplements."),
    ] = None


class Role(Described):
    """A role: what kind of post it is, what it is paid, and which funds pay it."""

    like: Annotated[Name | None, Field(description="Start as a copy of this role.")] = None
    category: Annotated[
        Text | None,
        Read(one_of(get_args(Category), "category"), {"enum": list(get_args(Category))}),
        Field(description="Which measures count the role."),
    ] = None
    salary: Annotated[Amount | None, Field(description="Dollars a year for 1.0 FTE.")] = None
    supplement: Annotated[Amount | None, Field(description="Dollars a year on top of the salary, for 1.0 FTE.")] = None
    hourly: Annotated[
        HourlyPay | None, Field(description="Dollars an hour; one FTE works hours_per_week for weeks.")
    ] = None
    hours_per_week: Annotated[Hours | None, Field(description="Hours a week of 1.0 FTE, for hourly pay.")] = None
    weeks: Annotated[Weeks | None, Field(description="Weeks a year, for hourly pay.")] = None
    stipend: Annotated[Amount | None, Field(description="Dollars a year for a person, whatever the FTE.")] = None
    extra_days: Annotated[Days | None, Field(description="Days beyond the contract, each at the daily rate.")] = None
    contract_days: Annotated[Days | None, Field(description="Days of the contract, for the daily rate.")] = None
    attrition: Annotated[
        Share | None, Field(description="The share of the staff that new hires follow during the year.")
    ] = None
    vacancy: Annotated[Share | None, Field(description="The share of all its cost saved while posts are vacant.")] = None
    absence_days: Annotated[Days | None, Field(description="Days a year that a substitute covers 1.0 FTE.")] = None
    substitute_day_rate: Annotated[Amount | None, Field(description="Dollars a day for a substitute.")] = None
    release: Annotated[Release | None, Field(description="Release time from the classroom, with its cover.")] = None
    benefits: Annotated[Name | None, Field(description="The benefit package.")] = None
    costs: Annotated[
        dict[Name, Component] | None,
        BeforeValidator(entries),
        Field(description="Further costs of the role, by name."),
    ] = None
    saves: Annotated[
        dict[Name, Component] | None,
        BeforeValidator(entries),
        Field(description="What the role saves elsewhere (substitutes, vacancies), by name."),
    ] = None
    funds: Annotated[
        dict[Name, Rate] | None,
        BeforeValidator(entries),
        Field(description="The share each fund pays; together 100%."),
    ] = None
    weight: Annotated[Fte | None, Field(description="Positions of the allotment that 1.0 FTE takes up.")] = None


class Staff(Described):
    """How many hold a role: FTE, or people of a stated FTE each."""

    fte: Annotated[FteChange | None, Field(description="FTE.")] = None
    people: Annotated[PeopleChange | None, Field(description="A number of people.")] = None
    fte_each: Annotated[FteEach | None, Field(description="The FTE of each of them; left out: 1.")] = None


def _staff(node: Any) -> Any:
    """A bare number is FTE."""
    if isinstance(node, Text):
        block = Block({Text("fte"): node})
        block.place = node.place
        return block
    return node


_STAFF_BLOCK = {
    key: {**figure_schema("FTE", signed=True), "description": Staff.model_fields[key].description}
    for key in ("fte", "people", "fte_each")
} | NOTES_SCHEMA
_STAFF_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            *figure_schema("FTE", signed=True, block=False)["anyOf"],
            {"type": "object", "additionalProperties": False, "properties": _STAFF_BLOCK},
        ]
    }
)
StaffEntry = Annotated[Staff, BeforeValidator(_staff), _STAFF_SCHEMA]
Staffing = Annotated[dict[Name, StaffEntry], BeforeValidator(entries)]


class OtherCost(Described):
    """A cost that is not a role's: a fixed amount, or dollars for each student."""

    amount: Annotated[Amount | None, Field(description="Dollars a year.")] = None
    per_student: Annotated[Amount | None, Field(description="Dollars a year for each student.")] = None
    funds: Annotated[
        dict[Name, Rate] | None,
        BeforeValidator(entries),
        Field(description="The share each fund pays; together 100%."),
    ] = None


def _checks(node: Any) -> Any:
    if not isinstance(node, Items):
        raise wrong(
            "this should be a list of checks", "begin each check with a dash: - {measure: left, min: 0}", node.place
        )
    return list(node)


def _budget(node: Any) -> Any:
    """A bare number is one fund, general."""
    if isinstance(node, Text) or (isinstance(node, Block) and "value" in node):
        return {Text.at("general", node.place): node}
    return entries(node)


Budget = Annotated[
    dict[Name, Amount],
    BeforeValidator(_budget),
    WithJsonSchema(
        {
            "anyOf": [
                *figure_schema("dollars", block=False)["anyOf"],
                {
                    "type": "object",
                    "properties": NOTES_SCHEMA,
                    "additionalProperties": figure_schema("dollars"),
                },
            ]
        }
    ),
]
Roles = Annotated[dict[Name, Role], BeforeValidator(entries)]
OtherCosts = Annotated[dict[Name, OtherCost], BeforeValidator(entries)]


class Part(Described):
    """The part of a plan that a ratio is taken of: some roles or categories."""

    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None


class Check(Described):
    """What must hold of a measure, in every scenario or in some."""

    measure: Annotated[
        Text,
        Read(one_of(MEASURE_NAMES, "measure"), {"enum": list(MEASURE_NAMES)}),
        Field(description="What is measured."),
    ]
    scenario: Annotated[Names | None, Field(description="Only in these scenarios; left out: in all.")] = None
    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None
    fund: Annotated[Names | None, Field(description="Only these funds.")] = None
    per: Annotated[Part | None, Field(description="Divide by the same measure of this part.")] = None
    min: Annotated[Limit | None, Field(description="At least: a number, or a share such as 2%.")] = None
    max: Annotated[Limit | None, Field(description="At most: a number, or a share such as 2%.")] = None
    equals: Annotated[Limit | None, Field(description="Exactly this, or `within` so much of it.")] = None
    within: Annotated[Limit | None, Field(description="How far from `equals` it may be.")] = None
    level: Annotated[
        Text | None,
        Read(one_of(("error", "warn"), "level"), {"enum": ["error", "warn"]}),
        Field(description="error (the default) fails; warn only warns."),
    ] = None
    because: Annotated[Name | None, Field(description="Why it must hold: printed when it does not.")] = None


OverBudget = Annotated[
    Text | None,
    Read(one_of(("allowed", "refused"), "answer"), {"enum": ["allowed", "refused"]}),
    Field(description="allowed: `check` accepts a plan over its budget."),
]


class Scenario(Described):
    """One way to staff the school: a change against the baseline, or a whole staffing."""

    like: Annotated[Name | None, Field(description="Start from this scenario instead of the baseline.")] = None
    change: Annotated[Staffing | None, Field(description="FTE (or people) more and fewer, by role.")] = None
    staffing: Annotated[Staffing | None, Field(description="The whole mix, by role.")] = None
    budget: Annotated[Budget | None, Field(description="This scenario's own budget; funds not named keep theirs.")] = (
        None
    )
    allotment: Annotated[Fte | None, Field(description="This scenario's own allotment of positions.")] = None
    over_budget: OverBudget = None
    students: Annotated[Students | None, Field(description="This scenario's own number of students.")] = None
    roles: Annotated[Roles | None, Field(description="Roles that differ in this scenario only.")] = None
    other_costs: Annotated[OtherCosts | None, Field(description="Costs that are not a role's, by name.")] = None


class SchoolFile(Described):
    """A school's staffing plan: today's staff, the budget, and the scenarios to compare."""

    extends: Annotated[Names | None, Field(description="Files this one starts from, relative to this file.")] = None
    school: Annotated[Name | None, Field(description="The school's name.")] = None
    students: Annotated[Students | None, Field(description="Number of students.")] = None
    year: Annotated[Name | None, Field(description="The school year, as text: 2015-16.")] = None
    rounding: Annotated[
        Text | None,
        Read(one_of(("dollar", "cent"), "rounding"), {"enum": ["dollar", "cent"]}),
        Field(description="What each cost line is rounded to; left out: dollar."),
    ] = None
    budget: Annotated[
        Budget | None,
        Field(description="The existing staffing budget, by fund; left out: the baseline's cost."),
    ] = None
    allotment: Annotated[Fte | None, Field(description="A budget counted in positions; roles have a `weight`.")] = None
    over_budget: OverBudget = None
    benefits: Annotated[
        dict[Name, Annotated[dict[Name, Component], BeforeValidator(entries)]] | None,
        BeforeValidator(entries),
        Field(description="Benefit packages: components by name."),
    ] = None
    roles: Annotated[Roles | None, Field(description="The roles, by name.")] = None
    baseline: Annotated[Staffing | None, Field(description="Today's staff: FTE (or people) by role.")] = None
    other_costs: Annotated[
        OtherCosts | None, Field(description="Costs of every scenario that are not a role's, by name.")
    ] = None
    scenarios: Annotated[
        dict[Name, Scenario] | None, BeforeValidator(entries), Field(description="The scenarios, by name.")
    ] = None
    checks: Annotated[list[Check] | None, BeforeValidator(_checks), Field(description="What must hold.")] = None
