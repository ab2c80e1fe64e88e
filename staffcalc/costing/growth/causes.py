"""What moves the cost of a plan from one year to the next."""

from __future__ import annotations

from typing import Literal, get_args

from staffcalc.records import NamedTuple

Cause = Literal[
    "decisions", "staff", "step", "turnover", "COLA", "supplements", "benefits", "other costs", "fund shift"
]
DECISIONS: Cause = "decisions"
"""What begins or ends in a year, where the file says so of something."""
EVERY_CAUSE: tuple[Cause, ...] = get_args(Cause)
CAUSES = tuple(cause for cause in EVERY_CAUSE if cause != DECISIONS)
"""What moves the cost of any plan from one year to the next, in the order in which it is told."""


class Years(NamedTuple):
    """How many years each cause has moved."""

    number: int
    moved: frozenset[Cause]

    def of(self, cause: Cause) -> int:
        return self.number if cause in self.moved else max(self.number - 1, 0)
