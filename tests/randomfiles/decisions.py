"""Years in which decisions begin and end, at random."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from randomfiles.figures import YEARS, Drawing, Plain
from randomfiles.pay import UNKNOWN, all_of
from randomfiles.staff import Held


def term(drawing: Drawing) -> Plain:
    """When a decision begins, when it ends, or both."""
    found: Plain = {}
    begins = drawing.draw_index(len(YEARS))
    if drawing.chance(3):
        found["until"] = YEARS[drawing.draw_index(len(YEARS) - begins) + begins]
    if "until" not in found or drawing.chance(2):
        found["from"] = f"FY{YEARS[begins][-2:]}" if drawing.chance(4) else YEARS[begins]
    return found


def is_drawn(drawing: Drawing, of: int) -> bool:
    """Whether a decision has years."""
    return drawing.year and "decisions" in drawing.new and drawing.chance(of)


def with_months_of_change(drawing: Drawing, scenario: Plain, roles: Plain) -> None:
    """Posts that are added for a part of the year; from the middle of the first one only where nobody who moves would
    be paid for the months before."""
    change = scenario.get("change", {})
    for role, entry in change.items():
        where: Any = enumerate(entry) if isinstance(entry, list) else [(role, entry)]
        for at, one in list(where):
            if is_adding(one):
                source = all_of(role, roles).get("filled_from")
                adds = source is None or all_of(source, roles).get("cut_saves") == "own"
                with_months(drawing, entry if isinstance(entry, list) else change, at, adds=adds)
    for role in scenario.get("staffing", {}):
        with_months(drawing, scenario["staffing"], role, adds=False)


def with_years(drawing: Drawing, scenario: Plain, start: dict[str, Held], after: dict[str, Held]) -> dict[str, Held]:
    """Years on a scenario and on entries of its change; and who is there in every year, so that what is like it never
    takes more than there is. A whole mix that counts a role otherwise begins at once."""
    if not (drawing.year and "decisions" in drawing.new):
        return after
    if "staffing" in scenario:
        otherwise = any(one.people != start[name].people for name, one in after.items() if name in start)
        if otherwise or drawing.chance(2):
            scenario["from"], scenario["until"] = YEARS[0], "2050-51"
            return after
        scenario |= term(drawing)
        return {name: _least(start.get(name), after.get(name, Held())) for name in (start | after)}
    if drawing.chance(3):
        scenario |= term(drawing)
    change, least = scenario.get("change", {}), dict(after)
    for role, entry in change.items():
        if drawing.chance(4):
            dated = entry[-1] if isinstance(entry, list) else entry
            dated = {**_block(dated), **term(drawing)}
            change[role] = [*entry[:-1], dated] if isinstance(entry, list) else dated
        least[role] = _least(start.get(role), after[role])
    return least


def _block(entry: Any) -> Plain:
    return entry if isinstance(entry, dict) and "value" not in entry else {"fte": entry}


def _least(before: Held | None, after: Held) -> Held:
    """Who is there whether a change holds or not."""
    before = before or Held()
    cells = {cell: min(fte, before.cells.get(cell, 0)) for cell, fte in after.cells.items()}
    number = min(before.number, after.number)
    return replace(after, number=number, cells=cells)


def with_months(drawing: Drawing, entries: Any, role: Any, *, adds: bool) -> None:
    """The months for which an entry is paid: in every year, and of posts that are added, in the first one."""
    entry = entries[role]
    if "months" not in drawing.new or not drawing.chance(5) or (isinstance(entry, dict) and "hours" in entry):
        return
    if entry == UNKNOWN:  # how many they are is not stated, so neither is for how long
        return
    months = {"months": drawing.one("5", "7.5", "9", "1")}
    if adds:
        months = drawing.one(months, {"first_year_months": "4"}, {**months, "first_year_months": "3"})
    entries[role] = {**_block(entry), **months}


def is_adding(entry: Any) -> bool:
    """Whether every number of an entry of a change is more than nothing, and one for all years."""
    if isinstance(entry, str):
        return _is_more(entry)
    numbers = [one for key, one in entry.items() if key in ("fte", "people") or "/" in key]
    return "value" not in entry and bool(numbers) and all(isinstance(one, str) and _is_more(one) for one in numbers)


def _is_more(number: str) -> bool:
    return not number.startswith("-") and not number.endswith("%") and any(digit in "123456789" for digit in number)
