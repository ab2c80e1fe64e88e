"""A role: what kind of post it is, what it is paid, and which funds pay it."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from staffcalc.language.component import Component
from staffcalc.language.described import Described
from staffcalc.language.figures import words
from staffcalc.language.funded_pay import Stipend, Supplement
from staffcalc.language.time import Time
from staffcalc.language.unstated import Salary
from staffcalc.language.values import (
    Amount,
    Category,
    CutSaves,
    Days,
    Fte,
    FundPart,
    HourlyPay,
    Hours,
    Minutes,
    Months,
    Name,
    Pay,
    Read,
    Rooms,
    Share,
    Weeks,
    entries,
    one_of,
    some_entries,
)
from staffcalc.source.tree import Block, Text


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

    model_config = ConfigDict(defer_build=False)  # it is read by itself too, and so built once for both

    @model_validator(mode="before")
    @classmethod
    def _one_fund(cls, node: Any) -> Any:
        """A `fund` that pays all of a role is its share of 100%."""
        key = node.key("fund") if isinstance(node, Block) and "funds" not in node else None
        if key is None:
            return node
        share, whole = Block(), Block((name, one) for name, one in node.items() if name != key)
        share.place = key.place
        whole.place = node.place
        share[words(node[key])] = Text.at("100%", key.place)
        whole[Text.at("funds", key.place)] = share
        return whole

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
        Salary | None,
        Field(description="Dollars a year for 1.0 FTE, a cell of the schedule such as MA/7, or `not stated`."),
    ] = None
    average: Annotated[Pay | None, Field(description="What 1.0 FTE costs on average, as a district charges it.")] = None
    new_hire: Annotated[
        Pay | None, Field(description="What a new hire earns: the price of posts that a scenario adds or gives up.")
    ] = None
    supplement: Annotated[
        Supplement | None,
        Field(description="Dollars a year on top of the salary, for 1.0 FTE, or by the size of the team they lead."),
    ] = None
    hourly: Annotated[
        HourlyPay | None, Field(description="Dollars an hour; one FTE works hours_per_week for weeks.")
    ] = None
    hours_per_week: Annotated[Hours | None, Field(description="Hours a week of 1.0 FTE, for hourly pay.")] = None
    weeks: Annotated[Weeks | None, Field(description="Weeks a year, for hourly pay.")] = None
    daily: Annotated[Amount | None, Field(description="Dollars a day; one FTE works so many days.")] = None
    days: Annotated[Days | None, Field(description="Days a year of 1.0 FTE, for daily pay.")] = None
    stipend: Annotated[Stipend | None, Field(description="Dollars a year for a person, whatever the FTE.")] = None
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
    fund: Annotated[Name | None, Field(description="The fund that pays all of it; or else `funds`.")] = None
    funds: Annotated[
        dict[Name, FundPart] | None,
        BeforeValidator(some_entries),
        Field(description="The share each fund pays; together 100%."),
    ] = None
    unit: Annotated[
        Name | None, Field(description="The bargaining unit, for the forecast; left out: its schedule, or `other`.")
    ] = None
    filled_from: Annotated[
        Name | None,
        Field(description="The role whose holders take its added and vacant posts, where a plan gives up posts of it."),
    ] = None
    weight: Annotated[Fte | None, Field(description="Positions of the allotment that 1.0 FTE takes up.")] = None
    rooms: Annotated[Rooms | None, Field(description="Rooms that 1.0 FTE needs.")] = None
    week: Annotated[
        Minutes | None,
        Field(
            description="Minutes on duty a week of 1.0 FTE; left out: the file's. Hourly pay has its hours_per_week."
        ),
    ] = None
    time: Annotated[Time | None, Field(description="How its week is spent, beside teaching.")] = None
    cut_saves: Annotated[
        CutSaves | None,
        Field(description="What a post given up saves: new_hire (its holder stays in the district), or own pay."),
    ] = None


Roles = Annotated[dict[Name, Role], BeforeValidator(entries)]
