"""The budget, what is known of its funds, and costs that are not a role's."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated

from pydantic import BeforeValidator, Field

from staffcalc.language.amounts import OrAmount
from staffcalc.language.described import Described
from staffcalc.language.figures import Figure, figure, in_years
from staffcalc.language.values import (
    Categories,
    From,
    FundPart,
    Name,
    Names,
    Read,
    Share,
    SignedAmount,
    Until,
    entries,
    some_entries,
)


class OtherCost(Described):
    """A cost that is not a role's: a fixed amount, dollars for each student, or a share of a fund's budget; of every
    year, or of one. What is below zero is saved."""

    amount: Annotated[SignedAmount | None, Field(description="Dollars a year; below zero: what is saved.")] = None
    per_student: Annotated[SignedAmount | None, Field(description="Dollars a year for each student.")] = None
    budget_share: Annotated[Share | None, Field(description="A share of the budget of a fund.")] = None
    of: Annotated[
        Name | None, Field(description="The fund whose budget it is a share of; left out: the one that pays it.")
    ] = None
    group: Annotated[Name | None, Field(description="What it is added up with in a comparison: facilities.")] = None
    once: Annotated[
        Name | None, Field(description="The one school year in which it is paid: 2018-19; left out: every year.")
    ] = None
    begins: From = None
    until: Until = None
    fund: Annotated[Name | None, Field(description="The fund that pays all of it; or else `funds`.")] = None
    funds: Annotated[
        dict[Name, FundPart] | None,
        BeforeValidator(some_entries),
        Field(description="The share each fund pays; together 100%."),
    ] = None

    @property
    def price(self) -> Figure | None:
        """What it comes to, for each student or as a share of a budget; None where it is stated in no way."""
        return next((one for one in (self.amount, self.per_student, self.budget_share) if one is not None), None)


class PaysFor(Described):
    """What a fund may pay for: posts of these roles or categories, and these kinds of pay or components alone."""

    role: Annotated[Names | None, Field(description="Only these roles.")] = None
    category: Annotated[Categories | None, Field(description="Only these categories.")] = None
    component: Annotated[Names | None, Field(description="Only these kinds of pay, benefits and costs.")] = None


class Fund(Described):
    """What is known of a fund besides its amount in the budget."""

    name: Annotated[
        Name | None, Field(description="What people call it, in tables and verdicts: Title I; left out: the key.")
    ] = None
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


OtherCosts = Annotated[dict[Name, Annotated[OtherCost, OrAmount(signed=True)]], BeforeValidator(entries)]
