"""A second calculator, slow and plain: it goes from person to person with fractions, straight from the written rules.

It shares no code with staffcalc: it reads the plain dicts of a school file by itself. What both agree on is right,
or wrong in the same way twice.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

Plain = dict[str, Any]
People = list[Fraction]
"""The people of a role, each by their FTE."""


class Held(NamedTuple):
    """The people who hold a role, and those who held it at the start; what they differ in are new hires."""

    people: People
    today: People


NOTHING = Fraction(0)


class Line(NamedTuple):
    role: str | None
    fund: str
    component: str
    amount: Fraction


class Costed(NamedTuple):
    lines: list[Line]
    people: dict[str, People]
    budget: dict[str, Fraction]
    students: Fraction | None
    categories: dict[str, str | None]


def number(text: str) -> Fraction:
    """A number as people write it: $61,250.50, 61_250, 15.32%."""
    plain = text.replace("$", "").replace(",", "").replace("_", "").strip()
    return Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)


def rounded(exact: Fraction, unit: Fraction) -> Fraction:
    """To the nearest unit, half away from zero."""
    units = exact / unit
    whole, rest = divmod(abs(units), 1)
    return unit * (whole + (1 if rest >= Fraction(1, 2) else 0)) * (-1 if units < 0 else 1)


def costed(file: Plain) -> dict[str, Costed]:
    """Every plan of the file, by name."""
    unit = Fraction(1, 100) if file.get("rounding") == "cent" else Fraction(1)
    stated = {fund: number(text) for fund, text in file["budget"].items()} if "budget" in file else None
    default = next(iter(stated)) if stated and len(stated) == 1 else "general"
    scenarios = file.get("scenarios", {})

    def roles_of(name: str) -> Plain:
        if name == "baseline":
            return {role: _copied(role, file["roles"]) for role in file["roles"]}
        roles = roles_of(scenarios[name].get("like", "baseline"))
        own = scenarios[name].get("roles", {})
        return {role: {**roles[role], **own.get(role, {})} for role in roles}

    def staff_of(name: str) -> Plain:
        """By role: (FTE, None), or (people, FTE of each)."""
        if name == "baseline":
            return {role: _stated(entry) for role, entry in file["baseline"].items()}
        scenario = scenarios[name]
        if "staffing" in scenario:
            return {role: _stated(entry) for role, entry in scenario["staffing"].items()}
        staff = staff_of(scenario.get("like", "baseline"))
        for role, entry in scenario.get("change", {}).items():
            count, each = _stated(entry)
            staff[role] = (staff[role][0] + count, staff[role][1]) if role in staff else (count, each)
        return staff

    def costs_of(name: str) -> Plain:
        if name == "baseline":
            return dict(file.get("other_costs", {}))
        start = costs_of(scenarios[name].get("like", "baseline"))
        return {**start, **scenarios[name].get("other_costs", {})}

    def students_of(name: str) -> Fraction | None:
        if name == "baseline":
            return number(file["students"]) if "students" in file else None
        if "students" in scenarios[name]:
            return number(scenarios[name]["students"])
        return students_of(scenarios[name].get("like", "baseline"))

    def budget_of(name: str) -> dict[str, Fraction]:
        if name == "baseline":
            if stated is not None:
                return stated
            spent: dict[str, Fraction] = {}
            for line in lines_of("baseline"):
                spent[line.fund] = spent.get(line.fund, NOTHING) + line.amount
            return spent
        start = budget_of(scenarios[name].get("like", "baseline"))
        return {**start, **{fund: number(text) for fund, text in scenarios[name].get("budget", {}).items()}}

    def lines_of(name: str) -> list[Line]:
        lines: list[Line] = []
        roles = roles_of(name)
        today = staff_of("baseline")
        for role, held in staff_of(name).items():
            people = _people(*held)
            before = today.get(role, (NOTHING, held[1]))
            alike = (before[1] is None) == (held[1] is None)
            # A whole staffing that counts in another way says itself who is there.
            start = _people(*before) if alike else people
            holding = Held(people, start)
            lines += _role_lines(role, roles[role], holding, file.get("benefits", {}), default, unit)
        for cost, block in costs_of(name).items():
            students = students_of(name)
            if "amount" in block:
                exact = number(block["amount"])
            else:
                assert students is not None
                exact = number(block["per_student"]) * students
            shares = {fund: number(text) for fund, text in block.get("funds", {default: "100%"}).items()}
            lines += [Line(None, fund, cost, part) for fund, part in _shared(rounded(exact, unit), shares, unit)]
        return lines

    return {
        name: Costed(
            lines_of(name),
            {role: _people(*held) for role, held in staff_of(name).items()},
            budget_of(name),
            students_of(name),
            {role: block.get("category") for role, block in roles_of(name).items()},
        )
        for name in ["baseline", *scenarios]
    }


def _copied(role: str, roles: Plain) -> Plain:
    own = roles[role]
    if "like" not in own:
        return dict(own)
    base = _copied(own["like"], roles)
    copied = {**base, **{key: value for key, value in own.items() if key != "like"}}
    if "costs" in base or "costs" in own:
        copied["costs"] = {**base.get("costs", {})}
        for cost, block in own.get("costs", {}).items():
            copied["costs"][cost] = _merged(copied["costs"].get(cost, {}), block)
    return copied


def _merged(base: Plain, own: Plain) -> Plain:
    """A nearer price displaces the others, and with a rate goes what narrows it."""
    ways = {"rate": ("rate", "on", "up_to"), "per_person": ("per_person",), "per_fte": ("per_fte",)}
    displaced = {key for way in ways if way in own for other in ways if other != way for key in ways[other]}
    return {**{key: value for key, value in base.items() if key not in displaced}, **own}


def _stated(entry: Any) -> tuple[Fraction, Fraction | None]:
    if isinstance(entry, dict):
        return number(entry["people"]), number(entry.get("fte_each", "1"))
    return number(entry), None


def _people(count: Fraction, each: Fraction | None) -> People:
    """2.5 FTE are two full-time people and one at 0.5."""
    if each is not None:
        return [each] * int(count)
    whole, part = divmod(count, 1)
    return [Fraction(1)] * int(whole) + ([part] if part else [])


def _role_lines(role: str, block: Plain, held: Held, packages: Plain, default: str, unit: Fraction) -> list[Line]:
    if not held.people and (not held.today or "new_hire" not in block):
        return []
    shares = {fund: number(text) for fund, text in block.get("funds", {default: "100%"}).items() if number(text)}
    lines: list[Line] = []
    exacts: list[tuple[Fraction, dict[str, Fraction]]] = []

    def line(name: str, exact: Fraction, carrying: dict[str, Fraction]) -> None:
        exacts.append((exact, carrying))
        lines.extend(Line(role, fund, name, part) for fund, part in _shared(rounded(exact, unit), carrying, unit))

    def of_all(price: Callable[[Plain, Fraction], Fraction]) -> Fraction:
        """So much for each who is there today at their own pay, and for the others, more or fewer, at a new hire's."""
        if "new_hire" not in block:
            return sum((price(block, fte) for fte in held.people), NOTHING)
        hired = {**block, "salary": block["new_hire"]}
        own = sum((price(block, fte) for fte in held.today), NOTHING)
        return (
            own
            + sum((price(hired, fte) for fte in held.people), NOTHING)
            - sum((price(hired, fte) for fte in held.today), NOTHING)
        )

    for kind in ("salary", "hourly", "stipend", "supplement"):
        if kind in block:
            line(kind, of_all(lambda paid, fte, kind=kind: _pay(paid, fte, [kind])), shares)  # type: ignore[misc]
    leaving = _leaving(block)
    if "extra_days" in block:
        line("extra days", of_all(lambda paid, fte: _extra(_after(paid, block), fte)), shares)
    if leaving:
        line("attrition", -sum((fte * leaving for fte in held.today), NOTHING), shares)
    for name, component in {**packages.get(block.get("benefits", ""), {}), **block.get("costs", {})}.items():
        kinds = component.get("on", ["salary", "supplement", "hourly", "stipend"])
        if "rate" in component and not any(kind in block for kind in kinds):
            continue
        carrying = {fund: share for fund, share in shares.items() if fund in component.get("funds", shares)}
        if not carrying:
            continue
        exact = of_all(
            lambda paid, fte, component=component, kinds=kinds: _component(  # type: ignore[misc]
                component, _after(paid, block), fte, kinds
            )
        )
        line(name, exact * sum(carrying.values()), carrying)
    if "absence_days" in block:
        days = number(block["absence_days"]) * number(block["substitute_day_rate"])
        line("substitutes", sum((fte * days for fte in held.people), NOTHING), shares)
    if "vacancy" in block:
        costs: dict[tuple[tuple[str, Fraction], ...], Fraction] = {}
        for exact, carrying in exacts:
            key = tuple(sorted(carrying.items()))
            costs[key] = costs.get(key, NOTHING) + exact
        for key, exact in costs.items():
            saved = rounded(-exact * number(block["vacancy"]), unit)
            lines += [Line(role, fund, "vacancy", part) for fund, part in _shared(saved, dict(key), unit)]
    return lines


def _leaving(block: Plain) -> Fraction:
    """What 1.0 FTE saves where some leave during the year and new hires follow them."""
    if "attrition" not in block:
        return NOTHING
    return number(block["attrition"]) * (number(block["salary"]) - number(block["new_hire"]))


def _after(paid: Plain, block: Plain) -> Plain:
    """The block with the salary after some have left; a new hire's stays as it is."""
    if paid is not block or not _leaving(block):
        return paid
    return {**block, "salary": str(number(block["salary"]) - _leaving(block))}


def _extra(block: Plain, fte: Fraction) -> Fraction:
    if "salary" not in block or "extra_days" not in block:
        return NOTHING
    return fte * number(block["salary"]) * number(block["extra_days"]) / number(block["contract_days"])


def _pay(block: Plain, fte: Fraction, kinds: list[str]) -> Fraction:
    """The pay of one person, of the kinds that are asked for."""
    pay = NOTHING
    for kind in kinds:
        if kind not in block:
            continue
        if kind == "hourly":
            pay += fte * number(block["hourly"]) * number(block["hours_per_week"]) * number(block["weeks"])
        elif kind == "stipend":
            pay += number(block["stipend"])
        else:
            pay += fte * number(block[kind])
    return pay


def _counted(block: Plain, fte: Fraction, kinds: list[str]) -> Fraction:
    """The pay that a rate counts: with the salary, the extra days too."""
    return _pay(block, fte, kinds) + (_extra(block, fte) if "salary" in kinds else NOTHING)


def _component(component: Plain, block: Plain, fte: Fraction, kinds: list[str]) -> Fraction:
    """What a component costs for one person, as if all funds carried it."""
    if fte < number(component.get("min_fte", "0")):
        return NOTHING
    if "per_person" in component:
        return number(component["per_person"])
    if "per_fte" in component:
        return number(component["per_fte"]) * fte
    pay = _counted(block, fte, kinds)
    if "up_to" in component:
        pay = min(pay, number(component["up_to"]))
    return pay * number(component["rate"])


def _shared(line: Fraction, shares: dict[str, Fraction], unit: Fraction) -> list[tuple[str, Fraction]]:
    """In the order of the funds' names, each pays up to its rounded running total, so that no unit is lost."""
    paid: list[tuple[str, Fraction]] = []
    running, before = NOTHING, NOTHING
    for fund in sorted(fund for fund in shares if shares[fund]):
        running += shares[fund]
        upto = rounded(line * running / sum(shares.values()), unit)
        paid.append((fund, upto - before))
        before = upto
    return paid
