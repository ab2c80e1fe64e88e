"""Figures of scenarios that are relative to the file's own, and benefits that a scenario restates, at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import Drawing, Plain, amounts, digits, rates
from randomfiles.pay import all_of

PRICES = ("per_person", "per_fte", "per_day")
OF_COSTS = ("amount", "per_student", "budget_share")


def changes(least: int = -10_000, most: int = 2_000) -> st.SearchStrategy[str]:
    """So much more or less of a figure, in percent."""
    signed = st.integers(least, most).map(lambda points: f"{'+' if points >= 0 else ''}{digits(points, 2)}%")
    return st.one_of(signed, st.sampled_from(["+2%", "+0%", f"{'+' if least >= 0 else '-'}100%"]))


def with_changes(drawing: Drawing, file: Plain, scenario: Plain) -> None:
    """Some figures of a scenario written as a change of the file's own; and some benefits that it restates."""
    if "relative" not in drawing.new:
        return
    for name, role in scenario.get("roles", {}).items():
        own = all_of(name, file["roles"])
        for key in ("salary", "new_hire"):
            _change(drawing, role, key, own.get(key))
    for name, cost in scenario.get("other_costs", {}).items():
        own = file.get("other_costs", {}).get(name)
        if isinstance(own, dict) and isinstance(cost, dict) and "once" not in {**own, **cost}:
            for way in OF_COSTS[:2]:
                _change(drawing, cost, way, own.get(way))
    if isinstance(file.get("budget"), dict) and isinstance(scenario.get("budget"), dict):
        for fund in scenario["budget"]:
            _change(drawing, scenario["budget"], fund, file["budget"].get(fund))
            _parts(drawing, scenario["budget"][fund], file["budget"].get(fund))
    more = changes(least=0)
    if "students" in scenario:
        _change(drawing, scenario, "students", file.get("students"), more)
    for grade in scenario.get("grades", {}):
        _change(drawing, scenario["grades"], grade, file["grades"].get(grade), more)
    if drawing.packages and drawing.chance(3):
        scenario["benefits"] = {
            one: _package(drawing, drawing.packages[one]) for one in drawing.some([*drawing.packages])
        }


def _parts(drawing: Drawing, budget: Any, own: Any) -> None:
    """The parts of a revenue that are amounts in both."""
    if isinstance(budget, dict) and isinstance(own, dict) and "revenue" in budget and "revenue" in own:
        for part in budget["revenue"]:
            _change(drawing, budget["revenue"], part, own["revenue"].get(part))


def _change(drawing: Drawing, block: Plain, key: str, own: Any, numbers: st.SearchStrategy[str] | None = None) -> None:
    """A change in the place of a figure, where the file has one of its own."""
    if key in block and is_figure(own) and drawing.chance(2):
        change = drawing.draw(changes() if numbers is None else numbers)
        block[key] = {"value": change, "source": "a notice"} if drawing.chance(6) else change


def is_figure(own: Any) -> bool:
    """Whether it is a number, or one with others in single years; no cell, and no block of another kind."""
    return (isinstance(own, str) and "/" not in own) or (isinstance(own, dict) and "value" in own)


def _package(drawing: Drawing, own: Plain) -> Plain:
    found: Plain = {}
    for name in drawing.some(list(own)):
        way = next(key for key in ("rate", *PRICES) if key in own[name])
        anew = drawing.figure(rates() if way == "rate" else amounts(9_000))
        if way == "rate":
            found[name] = {way: anew}
            if "up_to" in own[name] and drawing.chance(2):
                found[name] = {"up_to": drawing.draw(changes())}
        else:
            found[name] = drawing.one({way: anew}, {way: drawing.draw(changes())}, drawing.draw(changes()))
    return found
