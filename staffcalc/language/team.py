"""Teams: a leader of a role, the members beside the leader, and the students whom they reach together."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
import re
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure, figure
from staffcalc.language.values import NOTES_SCHEMA, Fte, Name, entries, figure_schema, number, some_dropped
from staffcalc.language.written_numbers import wrong
from staffcalc.records import NamedTuple
from staffcalc.source.problems import Place
from staffcalc.source.tree import ANNOTATIONS, Block, Text

_RANGE = r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6})|\s*(\+))?"
_EXAMPLE = "write {1-2: 6_800, 3-5: 11_400, 6+: 18_300}"


class Team(Described):
    """A team, or several that are alike: its leader, its members, and its students."""

    leader: Annotated[Name | None, Field(description="The role of the one who leads the team.")] = None
    members: Annotated[
        dict[Name, Fte] | None,
        BeforeValidator(entries),
        Field(description="FTE beside the leader, by role; left out: the leader alone."),
    ] = None
    students: Annotated[
        Annotated[Figure, number("students", whole=True)] | None,
        Field(description="The students of the team; they grow and shrink with the school."),
    ] = None
    subject: Annotated[
        Name | None,
        Field(description="The core subject it teaches: a seat a student. Left out: all seats of each student."),
    ] = None
    count: Annotated[
        Annotated[Figure, number("number", whole=True, most=Decimal(100_000))] | None,
        Field(description="How many teams are alike, each with such members and students; left out: 1."),
    ] = None


Teams = Annotated[dict[Name, Team | None], BeforeValidator(some_dropped)]


class OfSize(NamedTuple):
    """The supplement of those whose team has so many members: from `least` on, to `most` (None: however many)."""

    least: int
    most: int | None
    amount: Figure

    @property
    def in_words(self) -> str:
        """The range as it is read: 3-5, 2, 6+."""
        if self.most is None:
            return f"{self.least}+"
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


class BySize(NamedTuple):
    """A supplement by the size of the team that someone leads. The ranges follow one another without a gap; a size
    between two of them is in the lower one."""

    ranges: tuple[OfSize, ...]
    place: Place

    def has(self, size: Decimal) -> bool:
        """Whether a size is in one of the ranges."""
        last = self.ranges[-1].most
        return size >= self.ranges[0].least and (last is None or size <= last)


def supplement(node: Any) -> Figure | BySize:
    """Dollars for 1.0 FTE, or by the size of the team: `{by_team_size: {1-2: 6_800, 3-5: 11_400}}`."""
    key = node.key("by_team_size") if isinstance(node, Block) else None
    if key is None:
        return figure(node, "dollars")
    for other in node:
        if other not in ("by_team_size", *ANNOTATIONS):
            raise wrong(f"unknown key `{other}` beside `by_team_size`", "state the supplement one way", other.place)
    stated = entries(node[key])
    ranges = sorted((_of_size(name, amount) for name, amount in stated.items()), key=lambda one: one[1].least)
    if not ranges:
        raise wrong("`by_team_size` names no size", _EXAMPLE, key.place)
    for (_, before), (name, after) in pairwise(ranges):
        if before.most is None or after.least <= before.most:
            raise wrong(
                f"teams of {after.least} are in two ranges", f"`{before.in_words}` and `{name}` overlap", name.place
            )
        if after.least > before.most + 1:
            what = f"no supplement for teams of {before.most + 1}"
            raise wrong(what, f"`{before.in_words}` and `{name}` leave a gap", name.place)
    return BySize(tuple(one for _, one in ranges), key.place)


def _of_size(name: Text, amount: Any) -> tuple[Text, OfSize]:
    match = re.fullmatch(_RANGE, name.strip(), re.ASCII)
    if match is None:
        raise wrong(f"`{name}` is no size of a team", _EXAMPLE, name.place)
    least = int(match[1])
    most = None if match[3] else int(match[2] or match[1])
    if most is not None and most < least:
        raise wrong(f"`{name}` ends before it begins", f"write {most}-{least}", name.place)
    return name, OfSize(least, most, figure(amount, "dollars"))


SUPPLEMENT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        *figure_schema("dollars")["anyOf"],
        {
            "type": "object",
            "required": ["by_team_size"],
            "additionalProperties": False,
            "properties": {
                "by_team_size": {
                    "type": "object",
                    "description": "By the FTE beside the leader: {1-2: 6_800, 3-5: 11_400, 6+: 18_300}.",
                    "properties": NOTES_SCHEMA,
                    "patternProperties": {r"^\s*\d+(\s*[-–]\s*\d+|\s*\+)?\s*$": figure_schema("dollars")},
                    "additionalProperties": False,
                },
                **NOTES_SCHEMA,
            },
        },
    ]
}
