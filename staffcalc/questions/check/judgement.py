"""What comes of a check."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from staffcalc.records import NamedTuple
from staffcalc.report import Number
from staffcalc.source.problems import Place

Level = Literal["error", "warning", "passed", "allowed", "n/a"]
LimitIs = Literal["min", "max", "equals"]


class AgainstLimit(NamedTuple):
    """The figure that was found, and the limit that it comes nearest to, or misses by most; `distance` is how far above
    the limit the figure is, and `unit` is what the three are counted in. `fund`: of the budget, the one that the figure
    is of."""

    value: Number
    limit: Number
    limit_is: LimitIs
    distance: Number
    unit: str
    fund: str | None = None

    @property
    def room(self) -> Decimal:
        """How much there is between the figure and its limit: below zero where it is missed."""
        above = self.distance[0]
        return {"min": above, "max": -above, "equals": -abs(above)}[self.limit_is]


def tightest(found: Iterable[AgainstLimit | None]) -> AgainstLimit | None:
    """Of several the one with the least room; None of none."""
    return min(filter(None, found), key=lambda one: one.room, default=None)


class Judgement(NamedTuple):
    """One check of one scenario: what was found, what it must be, and what would fix it. `place` is that of the rule,
    `at` that of the scenario in the school's own file."""

    rule: str
    subject: str
    scenario: str
    found: str
    must: str
    level: Level
    message: str
    remedy: str
    place: Place
    measured: AgainstLimit | None = None
    at: Place | None = None
