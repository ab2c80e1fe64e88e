"""What comes of a check."""

from __future__ import annotations

from typing import Literal, NamedTuple

from staffcalc.source.problems import Place

Level = Literal["error", "warning", "passed", "allowed", "n/a"]


class Judgement(NamedTuple):
    """One check of one scenario: what was found, what it must be, and what would mend it."""

    rule: str
    subject: str
    scenario: str
    found: str
    must: str
    level: Level
    message: str
    mend: str
    place: Place
