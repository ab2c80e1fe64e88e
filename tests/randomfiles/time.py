"""Time at random: weeks that have room for what roles state, and modes of learning with adults of any role."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import Drawing, Plain

MODES = ("whole class", "small group", "online")


def _share(drawing: Drawing) -> Any:
    """No more than a third of the week."""
    return drawing.figure(st.integers(0, 33).map(lambda percent: f"{percent}%"))


def _minutes(drawing: Drawing, least: int, most: int) -> Any:
    return drawing.figure(st.integers(least, most).map(str))


def with_time(drawing: Drawing, file: Plain, staffed: list[str]) -> None:
    """A week, and roles that say how they spend it: who coaches, coaches one of the `staffed` roles."""
    file["week"] = _minutes(drawing, 1_500, 2_400)
    by_hour = any("hourly" in role for role in file["roles"].values())
    for name in drawing.some(list(file["roles"])):
        role = file["roles"][name]
        if "salary" in role and drawing.chance(4):
            role["week"] = _minutes(drawing, 1_500, 2_400)
        role["time"] = time = {}
        for part in drawing.some(("teaching", "planning", "shared planning"), least=0):
            time[part] = _share(drawing) if by_hour or drawing.chance(2) else _minutes(drawing, 0, 450)
        if drawing.chance(2):
            time["coaching"] = {"minutes": _minutes(drawing, 0, 90), "role": drawing.one(*staffed)}
            if drawing.chance(2):
                time["coaching"]["visits"] = drawing.figure(st.sampled_from(["1", "2", "5", "0", "0.5"]))


def other_time(drawing: Drawing, file: Plain, scenario: Plain) -> None:
    """In a scenario a role may spend its week in another way."""
    timed = [name for name, role in file["roles"].items() if "planning" in role.get("time", {})]
    if timed and drawing.chance(4):
        name, roles = drawing.one(*timed), scenario.setdefault("roles", {})
        before = file["roles"][name]["time"]["planning"]
        text = before["value"] if isinstance(before, dict) else before
        if isinstance(before, str):
            changed = _share(drawing) if text.endswith("%") else _minutes(drawing, 0, 450)
            roles[name] = {**roles.get(name, {}), "time": {"planning": changed}}


def may_be_needed(file: Plain, whole: Plain) -> list[str]:
    """The roles that lead no group together with others; and who coaches, coaches alone, and others than itself."""
    every = [mode.get("by", []) for mode in file.get("learning", {}).values()]
    together = {name for by in every if isinstance(by, list) and len(by) > 1 for name in by}
    coached = {name: role.get("time", {}).get("coaching", {}).get("role") for name, role in whole.items()}
    coaches = [one for one in coached.values() if one]
    alone = (name for name in whole if coaches.count(coached[name]) < 2 and coached[name] != name)
    return [name for name in alone if name not in together]


def asks_for(drawing: Drawing, file: Plain, name: str) -> None:
    """Some mode of the file asks for a role."""
    every = (mode.get("by", []) for mode in file.get("learning", {}).values())
    if not any(name == by or (not isinstance(by, str) and name in by) for by in every):
        mode: Plain = {
            "minutes": _minutes(drawing, 0, 1_500),
            "group_size": drawing.figure(st.integers(1, 40).map(str)),
        }
        mode["by"] = drawing.one(name, [name], {name: "2"})
        if drawing.chance(2):
            mode["share"] = drawing.figure(st.integers(0, 100).map(lambda percent: f"{percent}%"))
        file.setdefault("learning", {})["tutoring"] = mode


def learning(drawing: Drawing, plan: Plain, before: Plain, roles: list[str], needed: str = "") -> Plain:
    """The modes of a plan over those it starts from; `plan` gets what the file says of them. Whoever is `needed` leads
    no group together with others."""
    found, stated = dict(before), Plain()
    for name in drawing.some(MODES, least=0) if drawing.students else []:
        if name in found and drawing.chance(3):
            del found[name]
            stated[name] = "null"
        elif name in found:
            stated[name] = {"minutes": _minutes(drawing, 0, 1_500)}
            found[name] = {**found[name], **stated[name]}
        elif name not in before:
            found[name] = stated[name] = _mode(drawing, roles, needed)
    if stated:
        plan["learning"] = stated
    return found


def _mode(drawing: Drawing, roles: list[str], needed: str) -> Plain:
    block: Plain = {"minutes": _minutes(drawing, 0, 1_500)}
    if drawing.grades and drawing.chance(3):
        block["grades"] = drawing.some(list(drawing.grades))
    elif drawing.chance(2):
        block["share"] = drawing.figure(st.integers(0, 100).map(lambda percent: f"{percent}%"))
    if drawing.chance(4):
        return block
    block["group_size"] = drawing.figure(st.integers(1, 40).map(str))
    if drawing.chance(2):
        block["rounding"] = drawing.one("up", "none")
    match drawing.one("one", "several", "numbers", "nobody"):
        case "one":
            block["by"] = drawing.one(*roles)
        case "several":
            others = [role for role in roles if role != needed]
            block["by"] = drawing.some(others or roles)
        case "numbers":
            block["by"] = {role: drawing.figure(st.sampled_from(["1", "2", "0.5"])) for role in drawing.some(roles)}
    return block
