"""How a plan counts a role: FTE, people, cells or a ratio, and the months that an entry is paid for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from secondcalculator.figures import Plain, number

UNKNOWN = "not stated"


@dataclass(frozen=True)
class Count:
    """How a plan counts a role.

    `cells`: the FTE on each cell, where the whole mix is stated by cells. `changes`: FTE more or fewer on a cell.
    `entries`: numbers and ratios without a cell. `of_roster`: the people of the roster, and what has changed since.
    `vacant` and `leaving`: so many of today's posts, counted as the entry is. `unknown`: nobody knows how many.
    """

    cells: dict[str, Any] | None = None
    changes: tuple[tuple[str, Any], ...] = ()
    entries: tuple[Any, ...] = ()
    counts_people: bool = False
    each: Any = "1"
    of_roster: bool = False
    vacant: Any = "0"
    leaving: Any = "0"
    months: Any = None
    hired: tuple[Hired, ...] = ()
    unknown: bool = False


class Hired(NamedTuple):
    """What a change adds for a part of the year, on a cell or by number: for these months of every year, or of the
    first."""

    cell: str | None
    number: Any
    months: Any
    first: Any


def counted(entry: Any, file: Plain) -> Count:
    """An entry of a plan, with the months that it is paid for."""
    count = _without_months(entry, file)
    if not isinstance(entry, dict) or "value" in entry or "hours" in entry:
        return count
    months, first = entry.get("months"), entry.get("first_year_months")
    if months is None and first is None:
        return count
    those = [*((None, one) for one in count.entries), *(count.cells or {}).items()]
    return replace(count, months=months, hired=tuple(Hired(name, one, months, first) for name, one in those))


def _without_months(entry: Any, file: Plain) -> Count:
    """An entry of a plan: FTE, people of so many FTE each (or by hours and months), cells, or a ratio."""
    if entry == UNKNOWN:
        return Count(unknown=True)
    if not isinstance(entry, dict) or "value" in entry:
        return Count(entries=(entry,))
    vacant, leaving = entry.get("vacant", "0"), entry.get("leaving", "0")
    if cells := {cell(key): fte for key, fte in entry.items() if "/" in key}:
        beside = (vacant,) if "vacant" in entry else ()
        return Count(cells=cells, entries=beside, vacant=vacant, leaving=leaving)
    if "people" not in entry:
        return Count(entries=(entry if is_ratio(entry) else entry["fte"],), vacant=vacant, leaving=leaving)
    each = entry.get("fte_each", "1")
    if "hours" in entry:
        table = file["fte_by_hours_and_months"]
        row = next(row for hours, row in table["hours"].items() if number(hours) == number(entry["hours"]))
        each = next(
            fte for months, fte in zip(table["months"], row, strict=False) if number(months) == number(entry["months"])
        )
    return Count(entries=(entry["people"],), counts_people=True, each=each, vacant=vacant, leaving=leaving)


def is_ratio(entry: Any) -> bool:
    """Whether an entry states its staff by formula."""
    return isinstance(entry, dict) and any(
        key in entry for key in ("per_students", "per", "sections", "classes", "needed")
    )


def cell(name: str) -> str:
    """The cell by one spelling: MA/7 with a and b."""
    place, _, personal = name.partition(" with ")
    lane, _, step = place.partition("/")
    held = sorted(part.strip() for part in personal.split(" and ")) if personal else []
    return f"{lane.strip()}/{step.strip()}" + (f" with {' and '.join(held)}" if held else "")
