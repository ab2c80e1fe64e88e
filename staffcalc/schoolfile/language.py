"""The language of a school file: one model a block, one field a key. What the JSON Schema says is read off here.

A model says what may stand in a block. What must hold between blocks (a role has a price, shares add up, names
exist) is the subject of `roles`, `plans` and `checks`.
"""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from staffcalc.schoolfile.figures import Figure, Unit, figure, in_years, wrong
from staffcalc.schoolfile.rules import Rule, growth, rule_of, share, steps
from staffcalc.schoolfile.tree import Block, Items, Text
from staffcalc.schoolfile.values import (
    MEASURE_NAMES,
    NOTES_SCHEMA,
    WORDS_SCHEMA,
    Amount,
    Categories,
    Category,
    CutSaves,
    Days,
    Each,
    Fte,
    FteChange,
    FteEach,
    FteRow,
    FundPart,
    HourlyPay,
    Hours,
    HoursADay,
    Limit,
    MinFte,
    MonthColumns,
    Months,
    Name,
    Names,
    Pay,
    PayKinds,
    PeopleChange,
    Rate,
    Read,
    Rounding,
    Salaries,
    Share,
    Students,
    TableMonths,
    Weeks,
    Yes,
    entries,
    figure_schema,
    one_of,
    shares_in_words,
    some_entries,
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

    @property
    def way(self) -> str:
        """The key by which it is priced; a checked component has exactly one."""
        return next((key for key in WAYS if getattr(self, key) is not None), WAYS[0])


WAYS = ("rate", "per_person", "per_fte", "per_day")
"""The keys of which a component has exactly one."""


class Differential(Described):
    """What comes on top of a cell: dollars or a rate of it, by step, by lane, or for those who hold it."""

    amount: Annotated[Amount | None, Field(description="Dollars on top of the cell.")] = None
    rate: Annotated[Rate | None, Field(description="A share of the cell: 10%.")] = None
    from_step: Annotated[Name | None, Field(description="From this step on.")] = None
    to_step: Annotated[Name | None, Field(description="Up to this step.")] = None
    lanes: Annotated[Names | None, Field(description="In these lanes only.")] = None


class Schedule(Described):
    """A salary schedule: what each step of each lane earns."""

    file: Annotated[
        Name | None, Field(description="A CSV file beside this one: step,LANE,LANE,… and a row a step.")
    ] = None
    lanes: Annotated[Names | None, Field(description="The lanes: [BA, BA+16, MA].")] = None
    steps: Annotated[
        dict[Name, Salaries] | None,
        BeforeValidator(entries),
        Field(description="The salaries of each step, lane by lane; null is an empty cell."),
    ] = None
    per: Annotated[
        Text | None,
        Read(one_of(("year", "month"), "period"), {"enum": ["year", "month"]}),
        Field(description="What an amount is for: a year (the default) or a month."),
    ] = None
    months: Annotated[
        Months | None, Field(description="The months that a yearly amount is for, or that are worked.")
    ] = None
    step_is: Annotated[
        Text | None,
        Read(one_of(("year", "row"), "meaning of a step"), {"enum": ["year", "row"]}),
        Field(
            description="Where steps leave gaps or halves. year: step 5 lasts until the next row's year; row: each row "
            "lasts one year."
        ),
    ] = None
    differentials: Annotated[
        dict[Name, Differential] | None,
        BeforeValidator(entries),
        Field(description="What comes on top: longevity, a certificate, a degree."),
    ] = None


class FteTable(Described):
    """A published table of the FTE of posts by their hours a day and months a year."""

    months: Annotated[MonthColumns, Field(description="The months of the columns.")]
    hours: Annotated[
        dict[Name, FteRow],
        BeforeValidator(entries),
        Field(description="The FTE of each number of hours a day, month by month."),
    ]


class Person(Described):
    """One of the staff of a roster, without a name."""

    id: Annotated[
        Name, Field(description="Any label, such as a number, no name; rows with the same one are one person's posts.")
    ]
    role: Annotated[Name, Field(description="The role held.")]
    fte: Annotated[FteEach, Field(description="The FTE of this person.")]
    salary: Annotated[Amount | None, Field(description="Dollars a year for 1.0 FTE; or else `pay`, or a cell.")] = None
    pay: Annotated[Amount | None, Field(description="Dollars a year that are paid for this FTE.")] = None
    cell: Annotated[Name | None, Field(description="The cell of the role's schedule: MA/7.")] = None
    lane: Annotated[Name | None, Field(description="The lane, beside the step.")] = None
    step: Annotated[Name | None, Field(description="The step, beside the lane.")] = None
    differentials: Annotated[
        Name | None, Field(alias="with", description="Personal differentials, joined by `and`.")
    ] = None
    fund: Annotated[Name | None, Field(description="The fund that pays this person; left out: the role's funds.")] = (
        None
    )
    funds: Annotated[
        dict[Name, Rate] | None,
        BeforeValidator(shares_in_words),
        Field(description="The share each fund pays of this person: {general: 60%, title_i: 40%}."),
    ] = None
    share: Annotated[
        Share | None, Field(description="The part of the person's post that stands in this row; left out: all of it.")
    ] = None
    vacant: Annotated[Yes, Field(description="true: a post that nobody holds.")] = False


def _rows(node: Any) -> Any:
    if not isinstance(node, Items):
        raise wrong("this should be a CSV file, or a list of people", "roster: staff.csv", node.place)
    return list(node)


def _or_file(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [WORDS_SCHEMA, {"type": schema.pop("type"), "items": schema.pop("items")}]


class Release(Described):
    """The part of the day that a leader is released from the classroom, who covers it, and what it is charged to."""

    share: Annotated[Share, Field(description="The share of the day released from the classroom.")]
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
    schedule: Annotated[
        Name | None, Field(description="The salary schedule of its cells; left out where there is only one.")
    ] = None
    months: Annotated[
        Months | None, Field(description="Months worked, where the schedule is by the month or for so many months.")
    ] = None
    salary: Annotated[
        Pay | None, Field(description="Dollars a year for 1.0 FTE, or a cell of the schedule such as MA/7.")
    ] = None
    average: Annotated[Pay | None, Field(description="What 1.0 FTE costs on average, as a district charges it.")] = None
    new_hire: Annotated[
        Pay | None, Field(description="What a new hire earns: the price of posts that a scenario adds or gives up.")
    ] = None
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
    vacancy: Annotated[Share | None, Field(description="The share of all its cost saved while posts are vacant.")] = (
        None
    )
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
        dict[Name, FundPart] | None,
        BeforeValidator(some_entries),
        Field(description="The share each fund pays; together 100%."),
    ] = None
    unit: Annotated[
        Name | None, Field(description="The bargaining unit, for the forecast; left out: its schedule, or `other`.")
    ] = None
    weight: Annotated[Fte | None, Field(description="Positions of the allotment that 1.0 FTE takes up.")] = None
    cut_saves: Annotated[
        CutSaves | None,
        Field(description="What a post given up saves: new_hire (its holder stays in the district), or own pay."),
    ] = None


class Staff(Described):
    """How many hold a role: FTE, people of a stated FTE each, cells of a salary schedule, or a ratio."""

    fte: Annotated[FteChange | None, Field(description="FTE; beside a ratio: FTE for each of what it counts.")] = None
    people: Annotated[PeopleChange | None, Field(description="A number of people.")] = None
    fte_each: Annotated[FteEach | None, Field(description="The FTE of each of them; left out: 1.")] = None
    hours: Annotated[HoursADay | None, Field(description="Hours a day of each; with months, it gives their FTE.")] = (
        None
    )
    months: Annotated[
        TableMonths | None, Field(description="Months a year of each; with hours, it gives their FTE.")
    ] = None
    per_students: Annotated[Students | None, Field(description="One FTE for so many students.")] = None
    per: Annotated[Name | None, Field(description="The role whose FTE a ratio counts: one for `each` so many.")] = None
    each: Annotated[Each | None, Field(description="One FTE for so many FTE of the role named by `per`.")] = None
    sections: Annotated[
        dict[Name, Students] | None,
        BeforeValidator(entries),
        Field(description="The class size of each grade: one FTE for each section of the grade's students."),
    ] = None
    rounding: Annotated[
        Rounding | None, Field(description="What a ratio's FTE are rounded to: none, up, nearest 0.5, up 0.5.")
    ] = None
    section_rounding: Annotated[
        Rounding | None, Field(description="What the sections of each grade are rounded to, before their FTE are.")
    ] = None
    cells: Annotated[
        dict[Name, FteChange] | None, Field(description="FTE on cells of the role's schedule, such as MA/7.")
    ] = None


def _staff(node: Any) -> Any:
    """A bare number is FTE; a key such as MA/7 is a cell of the role's schedule."""
    if isinstance(node, Text):
        block = Block({Text("fte"): node})
        block.place = node.place
        return block
    if isinstance(node, Block) and any("/" in key for key in node):
        block = Block((key, value) for key, value in node.items() if "/" not in key)
        block.place = node.place
        block[Text.at("cells", node.place)] = {key: value for key, value in node.items() if "/" in key}
        return block
    return node


_STAFF_UNITS: dict[str, Unit] = {
    "fte": "FTE",
    "people": "FTE",
    "fte_each": "FTE",
    "hours": "hours a day",
    "months": "months",
    "per_students": "students",
    "each": "number",
}
_UNDATED = ("hours", "months")
_STAFF_BLOCK: dict[str, Any] = {
    key: {
        **figure_schema(unit, signed=True, dated=key not in _UNDATED),
        "description": Staff.model_fields[key].description,
    }
    for key, unit in _STAFF_UNITS.items()
}
_STAFF_BLOCK["per"] = {**WORDS_SCHEMA, "description": Staff.model_fields["per"].description}
_STAFF_BLOCK["rounding"] = {"type": "string", "description": Staff.model_fields["rounding"].description}
_STAFF_BLOCK["section_rounding"] = {
    "type": "string",
    "description": Staff.model_fields["section_rounding"].description,
}
_STAFF_BLOCK["sections"] = {
    "type": "object",
    "properties": NOTES_SCHEMA,
    "additionalProperties": figure_schema("students"),
    "description": Staff.model_fields["sections"].description,
}
_STAFF_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            *figure_schema("FTE", signed=True, block=False)["anyOf"],
            {
                "type": "object",
                "additionalProperties": False,
                "properties": _STAFF_BLOCK | NOTES_SCHEMA,
                "patternProperties": {"/": figure_schema("FTE", signed=True)},
            },
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
        dict[Name, FundPart] | None,
        BeforeValidator(some_entries),
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
                *figure_schema("dollars")["anyOf"],
                {
                    "type": "object",
                    "properties": NOTES_SCHEMA,
                    "additionalProperties": figure_schema("dollars"),
                },
            ]
        }
    ),
]


class PaysFor(Described):
    """What a fund may pay for: posts of these roles or categories, and these kinds of pay or components alone."""

    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None
    component: Annotated[Names | None, Field(description="Only these kinds of pay, benefits and costs.")] = None


class Fund(Described):
    """What is known of a fund besides its amount in the budget."""

    ends: Annotated[Name | None, Field(description="The last school year with its money: 2027-28.")] = None
    then: Annotated[
        Name | None,
        Field(description="The fund that pays afterwards; left out: general. `stop`: what it paid for ends."),
    ] = None
    pays_for: Annotated[PaysFor | None, Field(description="What it may pay for; left out: all.")] = None
    years: Annotated[
        tuple[Figure, ...] | None,
        Read(lambda node: in_years(node, lambda one: figure(one, "dollars")), {"type": "object"}),
        Field(description="Other amounts in single years: {2027-28: 280_000}."),
    ] = None


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
    year: Annotated[
        Names | None, Field(description="In these school years of the forecast; left out: the file's own year.")
    ] = None
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


def _rule(unit: Unit, description: str) -> dict[str, Any]:
    one: dict[str, Any] = {"anyOf": figure_schema(unit, signed=True, dated=False)["anyOf"]}
    if unit == "number":
        words: dict[str, Any] = {"enum": ["freeze", "half"]}
        stated = {
            "type": "object",
            "properties": {"value": words, **NOTES_SCHEMA},
            "required": ["value"],
            "additionalProperties": False,
        }
        one["anyOf"] = [*one["anyOf"], words, stated]
    series = {"anyOf": [*one["anyOf"], {"type": "object", "properties": NOTES_SCHEMA, "additionalProperties": one}]}
    return {
        "anyOf": [*one["anyOf"], {"type": "object", "properties": NOTES_SCHEMA, "additionalProperties": series}],
        "description": description,
    }


Growth = Annotated[Rule, Read(rule_of(growth), _rule("rate", "A rate, or rates year by year."))]
Turnover = Annotated[Rule, Read(rule_of(share), _rule("rate", "A share, or shares year by year."))]
StepsGained = Annotated[Rule, Read(rule_of(steps), _rule("number", "Steps a year: a number, freeze or half."))]


class Forecast(Described):
    """How pay, benefits, students and budgets change from year to year: one rate, or year by year, or by name."""

    cola: Annotated[Growth | None, Field(description="Growth of salaries, hourly pay and stipends, by unit.")] = None
    steps: Annotated[StepsGained | None, Field(description="Steps gained on the schedule, by unit; left out: 1.")] = (
        None
    )
    turnover: Annotated[
        Turnover | None, Field(description="The share of the staff that new hires replace each year, by unit.")
    ] = None
    supplements: Annotated[Growth | None, Field(description="Growth of supplements, by unit.")] = None
    benefits: Annotated[
        Growth | None,
        Field(description="Growth of each benefit and cost of a role, of what it saves, and of substitutes, by name."),
    ] = None
    caps: Annotated[
        Growth | None, Field(description="Growth of the pay up to which a rate counts (`up_to`), by its name.")
    ] = None
    enrolment: Annotated[Growth | None, Field(description="Growth of the number of students.")] = None
    other_costs: Annotated[
        Growth | None, Field(description="Growth of the costs that are not a role's: of all, or by name.")
    ] = None
    budget: Annotated[Growth | None, Field(description="Growth of the budget, by fund.")] = None


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
    cut_saves: Annotated[
        CutSaves | None,
        Field(description="What posts given up save in this scenario, where their roles do not say: new_hire or own."),
    ] = None
    students: Annotated[Students | None, Field(description="This scenario's own number of students.")] = None
    grades: Annotated[
        dict[Name, Students] | None,
        BeforeValidator(entries),
        Field(description="This scenario's own students by grade; grades not named keep theirs."),
    ] = None
    roles: Annotated[Roles | None, Field(description="Roles that differ in this scenario only.")] = None
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
    funds: Annotated[
        dict[Name, Fund] | None,
        BeforeValidator(entries),
        Field(description="What is known of the funds of the budget: when they end, what they may pay for."),
    ] = None
    allotment: Annotated[Fte | None, Field(description="A budget counted in positions; roles have a `weight`.")] = None
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
        BeforeValidator(_rows),
        Field(description="Today's staff one by one: a CSV file beside this one.", json_schema_extra=_or_file),
    ] = None
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
    forecast: Annotated[Forecast | None, Field(description="How costs and budgets change from year to year.")] = None
    checks: Annotated[list[Check] | None, BeforeValidator(_checks), Field(description="What must hold.")] = None
