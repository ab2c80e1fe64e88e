"""Later years, at random: funds that end, and the rules of a forecast in all their forms."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import YEARS, Drawing, Plain, amounts, growths

LATER = YEARS[1:]
STOP = "stop"


def funds(drawing: Drawing) -> Plain:
    """What is known of funds: when they end and who pays then, their amounts in single years, what they pay for."""
    found: Plain = {}
    lasting = [fund for fund in drawing.funds if not drawing.year or drawing.chance(2)] or [drawing.default_fund]
    for fund in drawing.funds:
        block: Plain = {"name": f"The {fund} fund"} if drawing.chance(4) else {}
        if fund not in lasting:
            block["ends"] = drawing.one(*YEARS[:3])
            followers = [*lasting, STOP, STOP]
            if "general" not in lasting or drawing.chance(2):
                block["then"] = drawing.one(*followers)
        if drawing.year and drawing.chance(4):
            last = YEARS.index(block["ends"]) + 1 if "ends" in block else len(YEARS)
            block["years"] = {year: drawing.draw(amounts(5_000_000)) for year in drawing.some(YEARS[:last], most=2)}
        if block:
            found[fund] = block
    return found


def pays_for(drawing: Drawing, file: Plain, components: list[str]) -> Plain:
    """What some funds may pay for, so that all they pay is allowed: any role, or any kind of pay and component."""
    found: Plain = {}
    others = {name for one in (file, *file.get("scenarios", {}).values()) for name in one.get("other_costs", {})}
    for fund in drawing.some(drawing.funds, least=0, most=2):
        every = [*components, *sorted(others)]
        found[fund] = {"component": every}
        if not others and drawing.chance(2):
            found[fund] = {"role": list(file["roles"])}
    return found


def forecast(drawing: Drawing, units: list[str], components: list[str]) -> Plain:
    """Some rules for later years."""
    found: Plain = {}
    turnover = st.integers(0, 3_000).map(lambda points: f"{points / 100:.2f}%")
    steps = st.sampled_from(["1", "freeze", "half", "0", "2"])
    named = {
        "cola": (growths(), units),
        "steps": (steps, units),
        "turnover": (turnover, units),
        "supplements": (growths(), units),
        "enrollment": (growths(), []),
        "other_costs": (growths(), []),
        "budget": (growths(), list(drawing.funds)),
    }
    for key in drawing.some(list(named), least=1):
        numbers, names = named[key]
        found[key] = rule(drawing, numbers, names)
        if key == "cola" and "raises" in drawing.new:
            found[key] = in_mid_year(drawing, found[key])
    if components and drawing.chance(2):
        found["benefits"] = {name: series(drawing, growths()) for name in drawing.some(components, most=3)}
    if drawing.capped and "caps" in drawing.new and drawing.chance(2):
        found["caps"] = {name: series(drawing, growths()) for name in drawing.some(drawing.capped, most=2)}
    return found


def in_mid_year(drawing: Drawing, raises: Any) -> Any:
    """Raises, some of which are paid for a part of their first year; now and then one of the file's own year."""
    if isinstance(raises, dict) and "value" not in raises:
        found = {name: in_mid_year(drawing, one) for name, one in raises.items()}
        return {YEARS[0]: drawing.draw(growths()), **found} if drawing.chance(4) else found
    if not drawing.chance(3):
        return raises
    months = {"months": drawing.one("9", "6", "7.5", "0")}
    return {**raises, **months} if isinstance(raises, dict) else {"value": raises, **months}


def rule(drawing: Drawing, numbers: st.SearchStrategy[str], names: list[str]) -> Any:
    """One number, numbers by year, by name, or all of these together."""
    if not names or drawing.chance(2):
        return series(drawing, numbers)
    found: Plain = {name: series(drawing, numbers) for name in drawing.some(names, most=2)}
    general = series(drawing, numbers)
    return {**general, **found} if isinstance(general, dict) and "value" not in general else found


def series(drawing: Drawing, numbers: st.SearchStrategy[str]) -> Any:
    """One number for every year, or one by each_year and others by the year."""
    if drawing.chance(2):
        number = drawing.draw(numbers)
        return {"value": number, "source": "said so"} if drawing.chance(6) else number
    found: Plain = {year: drawing.draw(numbers) for year in drawing.some(LATER, least=0, most=2)}
    if not found or drawing.chance(2):
        found["each_year"] = drawing.draw(numbers)
    return found
