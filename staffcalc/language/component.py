"""A benefit or another cost of a role."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated

from pydantic import Field

from staffcalc.language.described import Described
from staffcalc.language.values import (
    Amount,
    Days,
    MinFte,
    Names,
    PayKinds,
    Rate,
)


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
