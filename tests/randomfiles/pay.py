"""Salary schedules, benefits and roles, at random."""

from __future__ import annotations

from hypothesis import strategies as st

from randomfiles.figures import (
    BENEFITS,
    CATEGORIES,
    PAY,
    ROLE_COSTS,
    ROLES,
    Drawing,
    Plain,
    amounts,
    rates,
)

LANES = ("BA", "BA+16", "MA")
BANDS = ("0-4", "5-9", "10-14", "15-15", "16+")


def schedules(drawing: Drawing) -> None:
    """Up to two schedules: by the year or the month, steps as numbers or bands, lanes that begin late or end early."""
    for name in drawing.some(("teachers", "support staff"), least=0):
        lanes = drawing.some(LANES)
        steps = list(map(str, range(1, 2 + int(drawing.whole(1, 4)))))
        if "bands" in drawing.new and drawing.chance(3):
            steps = list(BANDS[: len(steps)])
        if "top down" in drawing.new and drawing.chance(4):
            steps.reverse()
        monthly = drawing.chance(4)
        most = 8_000 if monthly else 90_000
        ends = {lane: drawing.one((0, 0), (0, 0), (1, 0), (0, 1)) if len(steps) > 2 else (0, 0) for lane in lanes}
        filled = {lane: steps[low : len(steps) - high] for lane, (low, high) in ends.items()}
        block: Plain = {
            "lanes": lanes,
            "steps": {
                step: [drawing.draw(amounts(most)) if step in filled[lane] else None for lane in lanes]
                for step in steps
            },
        }
        if monthly:
            block |= {"per": "month", "months": drawing.one("9", "10", "12")}
        elif drawing.chance(3):
            block["months"] = drawing.one("9", "10", "12")
        differentials = _differentials(drawing, lanes, steps, 300 if monthly else 4_000)
        if differentials:
            block["differentials"] = differentials
        personal = [one for one in ("board", "certificate") if one in differentials]
        cells = [f"{lane}/{step}" for lane in lanes for step in filled[lane]]
        held = [f"{cell} with {' and '.join(drawing.some(personal))}" for cell in cells[:2] if personal]
        drawing.schedules[name], drawing.cells[name] = block, [*cells, *held]


def _differentials(drawing: Drawing, lanes: list[str], steps: list[str], most: int) -> Plain:
    found: Plain = {}
    for name in drawing.some(("longevity", "early", "degree", "board", "certificate"), least=0):
        price = {"rate": drawing.figure(rates())} if drawing.chance(2) else {"amount": drawing.figure(amounts(most))}
        where: Plain = {}
        if name == "longevity":
            where = {"from_step": drawing.one(*steps)}
        elif name == "early":
            where = {"to_step": drawing.one(*steps)}
        elif name == "degree":
            where = {"lanes": drawing.some(lanes)}
        found[name] = price | where
    return found


def component(drawing: Drawing, limited: bool = True) -> Plain:
    """A benefit or a cost by any of the ways; now and then one that stands in the file already."""
    if limited and drawing.blocks and drawing.chance(8):
        return drawing.one(*drawing.blocks)
    found: Plain = {}
    ways = ("rate", "rate", "per_person", "per_fte", "per_day") if limited else ("per_person", "per_fte")
    way = drawing.one(*ways, *["cost"] * ("lines" in drawing.new))
    found[way] = drawing.figure(rates() if way == "rate" else amounts(200 if way == "per_day" else 12_000))
    if way == "per_day":
        found["days"] = drawing.figure(_few("20", "0", "10.5"))
    if way == "cost":
        found["fte"] = drawing.one("1", "3", "12.62", "0.4", *["2 1/3"] * ("fractions" in drawing.new))
    if way == "rate" and drawing.chance(2):
        found["on"] = drawing.some((*PAY, "daily") if "daily" in drawing.new else PAY)
    if way == "rate" and drawing.chance(2):
        found["up_to"] = drawing.figure(amounts())
    if limited and drawing.chance(2):
        found["min_fte"] = drawing.one("0.5", "0.75", "1", "0", "0.8", *["2/3"] * ("fractions" in drawing.new))
    if limited and drawing.chance(4):
        found["funds"] = drawing.some(drawing.limits)
    if limited:
        drawing.blocks.append(found)
    return found


def packages(drawing: Drawing) -> None:
    """Up to two packages of benefits."""
    for package in drawing.some(("certified", "hourly staff"), least=0):
        drawing.packages[package] = {name: component(drawing) for name in drawing.some(BENEFITS, most=4)}


def roles(drawing: Drawing) -> Plain:
    """One to five roles of every kind of pay, some like an earlier one."""
    found: Plain = {}
    for name in drawing.some(ROLES, most=5):
        found[name] = _role(drawing, found)
    if "filled_from" in drawing.new and len(found) > 1 and drawing.chance(2):
        _filled_from(drawing, found)
    return found


def _filled_from(drawing: Drawing, roles: Plain) -> None:
    """One role whose posts are taken by people of another; now and then a chain of two. Nobody is like such a role: one
    claims the posts of another."""
    alone = [name for name in roles if all(name != role.get("like") for role in roles.values())]
    if not alone:
        return
    first = drawing.one(*alone)
    source = drawing.one(*(name for name in roles if name != first))
    roles[first]["filled_from"] = source
    others = [name for name in alone if name not in (first, source)]
    if others and drawing.chance(3):
        roles[drawing.one(*others)]["filled_from"] = first


LINE = ("category", "funds", "unit")
"""All that a role may say whose staff are a line of a budget book."""


def is_line(role: Plain) -> bool:
    """Whether the role has no price: its staff are lines of a budget book."""
    return set(role) <= {*LINE, "rooms", "week", "time", "filled_from"}


UNKNOWN = "not stated"


def is_unknown(role: Plain) -> bool:
    """Whether nobody knows what its people earn."""
    return role.get("salary") == UNKNOWN


def _line(drawing: Drawing) -> Plain:
    role: Plain = {"category": drawing.one(*CATEGORIES)} if drawing.chance(2) else {}
    if drawing.chance(2):
        role["funds"] = drawing.shares()
    return role


def _role(drawing: Drawing, earlier: Plain) -> Plain:
    if "lines" in drawing.new and drawing.chance(5):
        return _line(drawing)
    if "not stated" in drawing.new and drawing.chance(8):
        return {"salary": UNKNOWN, **_line(drawing)}
    role: Plain = {}
    earlier = {name: one for name, one in earlier.items() if not is_line(one) and not is_unknown(one)}
    if earlier and drawing.chance(5):
        role["like"] = drawing.one(*earlier)
        if drawing.chance(2) and not {"hourly", "daily"} & set(all_of(role["like"], earlier)):
            role["salary"] = drawing.figure(amounts())
    else:
        _paid(drawing, role)
    whole = all_of("", {"": role, **earlier})
    paid = any(kind in whole for kind in ("salary", "average", "new_hire", "hourly", "daily", "stipend", "schedule"))
    if paid and drawing.chance(2):
        role["supplement"] = supplement(drawing)
    by_the_day = any(kind in whole for kind in ("salary", "average", "new_hire", "schedule"))
    if by_the_day and not {"hourly", "daily"} & set(whole) and drawing.chance(4):
        role["extra_days"] = drawing.figure(_few("0", "5", "12.5"))
        role["contract_days"] = drawing.one("190", "187")
    if paid and drawing.chance(4):
        role["vacancy"] = drawing.figure(rates())
    if paid and drawing.chance(4):
        role["absence_days"] = drawing.figure(_few("8", "0", "10.5"))
        role["substitute_day_rate"] = drawing.figure(amounts(300))
    if drawing.chance(2):
        role["category"] = drawing.one(*CATEGORIES)
    if drawing.chance(2):
        role["funds"] = drawing.shares()
    elif "daily" in drawing.new and drawing.chance(5):
        role["fund"] = drawing.one(*drawing.funds)
    if drawing.chance(5):
        role["unit"] = drawing.one("aides", "specialists")
    if drawing.packages and drawing.chance(2):
        role["benefits"] = drawing.one(*drawing.packages)
    if drawing.chance(4):
        role["costs"] = {**role.get("costs", {}), drawing.one(*ROLE_COSTS): component(drawing)}
    if paid and drawing.chance(5):
        role["saves"] = {"substitute days": component(drawing)}
    if "cut_saves" in drawing.new and "new_hire" in whole and drawing.chance(5):
        role["cut_saves"] = drawing.one("own", "new_hire")
    release_of = [name for name in earlier if not {"hourly", "daily"} & set(earlier[name])]
    if "salary" in whole and release_of and drawing.chance(4):
        thirds = st.sampled_from(["1/3", "2/7"]) if "fractions" in drawing.new and drawing.chance(4) else rates()
        role["release"] = {"share": drawing.figure(thirds), "cover": drawing.one(*release_of)}
        if drawing.chance(2):
            role["release"]["charged_to"] = drawing.one(*drawing.funds)
    return role


def _paid(drawing: Drawing, role: Plain) -> None:
    """A pay of its own: dollars or a cell, by the hour, a stipend; or none at all, but a contract."""
    kinds = ["salary", "salary", "salary stipend", "hourly", "stipend", "hourly stipend", ""]
    if drawing.schedules:
        kinds += ["schedule"] * 4
    kinds += ["daily"] * 2 * ("daily" in drawing.new)
    for kind in drawing.one(*kinds).split():
        if kind == "schedule":
            _on_schedule(drawing, role)
        elif kind == "daily":
            role |= {"daily": drawing.figure(amounts(400)), "days": drawing.figure(_few("90", "182.5"))}
        elif kind == "hourly":
            role["hourly"] = drawing.figure(amounts(90))
            role |= {"hours_per_week": drawing.one("40", "37.5"), "weeks": drawing.figure(_few("38", "36.6"))}
        else:
            role[kind] = drawing.figure(amounts())
            if kind == "stipend":
                role[kind] = on_a_fund(drawing, role[kind])
            if kind == "salary" and drawing.chance(2):
                role["new_hire"] = drawing.figure(amounts())
                if drawing.chance(2):
                    role["attrition"] = drawing.figure(rates())
                if drawing.chance(4):
                    role["average"] = drawing.figure(amounts())
    if not role:
        role["costs"] = {"contract": component(drawing, limited=False)}


def _on_schedule(drawing: Drawing, role: Plain) -> None:
    name = drawing.one(*drawing.schedules)
    if len(drawing.schedules) > 1 or drawing.chance(2):
        role["schedule"] = name
    if drawing.chance(3):
        role["salary"] = drawing.one(*drawing.cells[name])
        if "months" in drawing.schedules[name] and not drawing.chance(3):
            role["months"] = drawing.one("10", "11", "12")
    if drawing.chance(4):
        role["average"] = drawing.figure(amounts())
    if drawing.chance(2) or not ("salary" in role or "average" in role):
        role["new_hire"] = drawing.one(*drawing.cells[name]) if drawing.chance(2) else drawing.draw(amounts())
        if drawing.chance(3):
            role["attrition"] = drawing.figure(rates())


def all_of(name: str, roles: Plain) -> Plain:
    """A role with what it takes from the one it is like; a salary of its own takes no new hire."""
    role: Plain = roles[name]
    base = all_of(role["like"], roles) if "like" in role else {}
    if "salary" in role:
        base = {key: value for key, value in base.items() if key not in ("new_hire", "average", "attrition")}
    return {**base, **role}


def schedule_of(role: Plain, drawing: Drawing) -> str | None:
    """The schedule whose cells the staff of a role may stand on; none where it is paid in another way."""
    if not drawing.schedules or is_unknown(role) or any(kind in role for kind in ("hourly", "daily", "stipend")):
        return None
    if "schedule" in role:
        return str(role["schedule"])
    return next(iter(drawing.schedules)) if len(drawing.schedules) == 1 else None


def overlay(drawing: Drawing, role: Plain) -> Plain:
    """What differs in a scenario, or in a nearer file."""
    found: Plain = {"supplement": supplement(drawing)}
    if "salary" in role and not {"hourly", "daily"} & set(role) and drawing.chance(3):
        found["salary"] = drawing.figure(amounts())
    if "new_hire" in role and drawing.chance(3):
        found["new_hire"] = drawing.figure(amounts())
    if "cut_saves" in drawing.new and "new_hire" in role and drawing.chance(3):
        found["cut_saves"] = drawing.one("own", "new_hire")
    return found


def _few(*numbers: str) -> st.SearchStrategy[str]:
    return st.sampled_from(numbers)


__all__ = ["all_of", "component", "is_line", "overlay", "packages", "roles", "schedule_of", "schedules"]


def supplement(drawing: Drawing) -> object:
    """Dollars, or dollars by the size of the team that somebody leads, for every size."""
    if "teams" not in drawing.new or not drawing.chance(3):
        return on_a_fund(drawing, drawing.figure(amounts(20_000)))
    table = drawing.one(("0-1", "2-5", "6+"), ("0", "1+"), ("0+",), ("0-2", "3-4", "5-99999"))
    by_size = {"by_team_size": {name: drawing.figure(amounts(20_000)) for name in table}}
    if "fund of pay" in drawing.new and drawing.chance(3):
        return {**by_size, "fund": drawing.one(*drawing.funds)}
    return by_size


def on_a_fund(drawing: Drawing, amount: object) -> object:
    """Pay as it is, or on a fund of its own."""
    if "fund of pay" not in drawing.new or not drawing.chance(3):
        return amount
    return {"amount": amount, "fund": drawing.one(*drawing.funds)}
