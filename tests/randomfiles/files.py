"""Whole files at random, with every key of the language; each is valid by the way it is made."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

from randomfiles.budgets import fund_budget, groups, with_levy
from randomfiles.decisions import is_drawn, term, with_months, with_months_of_change, with_years
from randomfiles.figures import FUNDS, OTHER_COSTS, PAY, YEARS, Drawing, Plain, amounts, rates, savings
from randomfiles.later import forecast, funds, pays_for
from randomfiles.pay import all_of, overlay, packages, roles, schedules
from randomfiles.relative import with_changes
from randomfiles.staff import HOURS, Held, Staffing
from randomfiles.teams import SUBJECTS, Drawn, all_of_them, enrolled, teams
from randomfiles.time import asks_for, learning, may_be_needed, other_time, with_time
from secondcalculator.pay import unit
from secondcalculator.read import LINE, Book, merged, with_amounts

OWN_LINES = ("extra days", "attrition", "substitutes", "vacancy")
IN_BASE = ("schedules", "benefits", "roles", "rounding", "fte_by_hours_and_months")
"""What a district's file states, where a file extends one."""


@st.composite
def every_feature(draw: st.DrawFn, new: Collection[str] = ()) -> list[Plain]:
    """Valid school files, each of which extends those before it: one alone, or a district's and a school's.

    `new` are keys and ways of writing, of `figures.NEW`, that are drawn besides what every reader knows.
    """
    drawing, file = _beginning(draw, frozenset(new))
    file["roles"] = roles(drawing)
    if "rooms" in drawing.new and drawing.chance(3):
        _with_rooms(drawing, file)
    staff = Staffing(drawing, file["roles"])
    held, file["baseline"] = staff.baseline()
    for name in file["baseline"]:
        with_months(drawing, file["baseline"], name, adds=False)
    file["fte_by_hours_and_months"] = HOURS
    if drawing.chance(3):
        placed, rows = staff.roster()
        held = {**{name: one for name, one in held.items() if name not in placed}, **placed}
        file["baseline"] = {name: one for name, one in file["baseline"].items() if name not in placed}
        file |= {"roster": rows} if rows else {}
    staff.held_today = dict(held)
    if not _staffed(file):
        file["baseline"] = {next(iter(file["roles"])): "0"}
    costs = _other_costs(drawing, {}, shares=isinstance(file.get("budget"), dict))
    file |= {"other_costs": costs} if costs else {}
    units, components = _units(file), _components(file)
    drawing.capped = _capped(file, components)
    if "teams" in drawing.new and drawing.chance(2):
        drawing.subjects = tuple(drawing.some(SUBJECTS))
        file["core_subjects"] = list(drawing.subjects)
    if "time" in drawing.new and held and drawing.chance(2):
        with_time(drawing, file, [*file["baseline"], *(row["role"] for row in file.get("roster", []))])
        learning(drawing, file, {}, list(file["roles"]))
        if "needed" in drawing.new and drawing.students and not drawing.chance(3):
            _with_needed(staff, file, held)
    drawn = teams(drawing, file, held, {}, all_of_them(enrolled(file)))
    file["scenarios"] = _scenarios(drawing, staff, held, units, components, file, drawn)
    if drawing.year and drawing.chance(2):
        file["forecast"] = forecast(drawing, units, _growing(drawing, file, components))
    if isinstance(file.get("budget"), dict):
        file |= _of_funds(drawing, file, components)
    return _extending(drawing, {key: value for key, value in file.items() if value != {}}, units, components)


def _beginning(draw: st.DrawFn, new: frozenset[str]) -> tuple[Drawing, Plain]:
    some = draw(st.lists(st.sampled_from(FUNDS[1:]), max_size=3, unique=True))
    alone = len(some) == 1 and draw(st.booleans())  # the only fund need not be `general`
    names = (*some,) if alone else ("general", *some)
    names = tuple(draw(st.permutations(names)))
    drawing = Drawing(draw, new, draw(st.integers(0, 4)) > 0, names, names[0] if len(names) == 1 else "general")
    file: Plain = {"school": "Random School"}
    if drawing.year:
        file["year"] = YEARS[0]
    if drawing.chance(3):
        file["rounding"] = drawing.one("dollar", "cent")
    if drawing.chance(2):
        drawing.grades = file["grades"] = {
            grade: drawing.figure(_students(90)) for grade in drawing.some(("K", "1", "9"))
        }
    elif drawing.chance(2):
        file["students"] = drawing.figure(_students(1_500))
    drawing.students = "students" in file or "grades" in file
    if drawing.students and drawing.chance(2):
        drawing.groups = file["student_groups"] = groups(drawing, file)
    if alone or not drawing.chance(4):
        file["budget"] = {fund: fund_budget(drawing) for fund in names}
        drawing.levied = with_levy(drawing, file["budget"])
        drawing.limits = names
    elif drawing.chance(2):
        file["budget"] = "baseline"
    if "cut_saves" in new and drawing.chance(4):
        file["cut_saves"] = drawing.one("own", "new_hire")
    schedules(drawing)
    packages(drawing)
    file |= {"schedules": drawing.schedules, "benefits": drawing.packages}
    return drawing, file


def _students(most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(str)


def _staffed(file: Plain) -> bool:
    return bool(file["baseline"] or file.get("roster"))


def _with_needed(staff: Staffing, file: Plain, held: dict[str, Held]) -> None:
    """One of the roles is needed: as many of it as learning asks for."""
    drawing, whole = staff.drawing, {name: _laid_over(name, file["roles"]) for name in file["roles"]}
    able = [name for name in may_be_needed(file, whole) if staff.may_be_needed(name, held, file["baseline"])]
    if not able:
        return
    staff.needed = name = drawing.one(*able)
    asks_for(drawing, file, name)
    if "teaching" in whole[name].get("time", {}):
        file["roles"][name].setdefault("time", {})["teaching"] = "20%"
    held[name], entry = staff.as_needed()
    if "posts of today" in drawing.new and drawing.chance(8):  # small: few of these may be needed
        entry |= {drawing.one("vacant", "leaving"): drawing.one("0", "0.01", "0.2")}
    file["baseline"][name] = entry


def _laid_over(name: str, roles: Plain) -> Plain:
    """A role over the one it is like, key by key within blocks, too."""
    role: Plain = roles[name]
    return merged(_laid_over(role["like"], roles), role) if "like" in role else role


def _with_rooms(drawing: Drawing, file: Plain) -> None:
    """Rooms that some roles need, and perhaps those that there are."""
    for name in drawing.some(list(file["roles"])):
        file["roles"][name]["rooms"] = drawing.figure(st.sampled_from(["1", "0", "0.5", "1.25", "2"]))
    if drawing.chance(2):
        file["rooms_available"] = drawing.figure(_students(30))


def _other_costs(drawing: Drawing, start: Plain, *, shares: bool) -> Plain:
    """Some other costs; of one that is there at the `start`, sometimes only what is another one. `shares`: there are
    budgets that they may be shares of."""
    found: Plain = {}
    for name in drawing.some(OTHER_COSTS, least=0):
        block: Plain = {}
        before = start.get(name, {})
        once = "once" in drawing.new and drawing.year and (drawing.chance(3) or "once" in before)
        if not before or drawing.chance(2):
            way = drawing.one("amount", "per_student") if drawing.students else "amount"
            numbers = savings(500) if "saved" in drawing.new and drawing.chance(4) else amounts(500)
            block[way] = drawing.draw(numbers) if once else drawing.figure(numbers)
            stated = [fund for fund in drawing.funds if fund != drawing.levied]
            if shares and stated and "budget share" in drawing.new and drawing.chance(4):
                own = before.get("fund") in stated and drawing.chance(2)
                of = {} if own else {"of": drawing.one(*stated)}
                block = {"budget_share": drawing.draw(rates()) if once else drawing.figure(rates()), **of}
        priced = ("amount", "per_student", "budget_share")
        if once and not any(isinstance(before.get(way), dict) for way in priced if way not in block):
            block["once"] = drawing.one(*YEARS)
        if drawing.chance(2):
            block["funds"] = drawing.shares()
        elif "once" in drawing.new and drawing.chance(3):
            block["fund"] = drawing.one(*drawing.funds)
        if (block or before) and not once and is_drawn(drawing, 3):
            years = term(drawing)
            both = {key: one for key, one in before.items() if key in ("from", "until")} | years
            block |= years if both.get("from", "") <= both.get("until", "9") else {}
        if "group" in drawing.new and drawing.chance(4):
            block["group"] = drawing.one("facilities", "federal")
        if block:
            bare = "saved" in drawing.new and set(block) == {"amount"} and drawing.chance(2)
            found[name] = block["amount"] if bare else block
    return found


def _units(file: Plain) -> list[str]:
    book = Book(file)
    return list(dict.fromkeys(unit(book, all_of(name, file["roles"])) for name in file["roles"]))


def _components(file: Plain) -> list[str]:
    """The names of the benefits and costs of all roles."""
    every = [all_of(name, file["roles"]) for name in file["roles"]]
    names = [name for role in every for name in file["benefits"].get(role.get("benefits", ""), {})]
    lines = [LINE for one in file["baseline"].values() if isinstance(one, dict) and "cost" in one]
    return list(dict.fromkeys([*names, *(name for role in every for name in role.get("costs", {})), *lines]))


def _capped(file: Plain, components: list[str]) -> list[str]:
    """Those that count pay up to an amount wherever they stand."""
    every = [*file["benefits"].values(), *(role.get("costs", {}) for role in file["roles"].values())]
    return [name for name in components if name != LINE and all("up_to" in one[name] for one in every if name in one)]


def _growing(drawing: Drawing, file: Plain, components: list[str]) -> list[str]:
    """What a rule of benefits may name."""
    if "growth of all" not in drawing.new:
        return components
    every = [all_of(name, file["roles"]) for name in file["roles"]]
    saved = {name for role in every for name in role.get("saves", {})}
    return [*components, *sorted(saved), *(["substitutes"] if any("absence_days" in role for role in every) else [])]


def _scenarios(
    drawing: Drawing,
    staff: Staffing,
    held: dict[str, Held],
    units: list[str],
    components: list[str],
    file: Plain,
    drawn: Drawn,
) -> Plain:
    staffs, found, led = {"baseline": held}, Plain(), {"baseline": drawn}
    costs, implied = {"baseline": with_amounts(file.get("other_costs", {}))}, set[str]()
    students = {"baseline": enrolled(file)}
    modes = {"baseline": file.get("learning", {})}
    for name in drawing.some(("one", "two", "three"), least=0):
        scenario: Plain = {}
        like = drawing.one(*staffs)
        if like != "baseline":
            scenario["like"] = like
        after = staffs[like]
        how = drawing.one("change", "change", "change", "staffing", "")
        if how:
            after, scenario[how] = staff.change(after) if how == "change" else staff.staffing()
            if not scenario[how]:
                after = staffs[like]
                del scenario[how]
        with_months_of_change(drawing, scenario, file["roles"])
        after = with_years(drawing, scenario, staffs[like], dict(after))
        if "not stated" in drawing.new and drawing.chance(12):
            after = staffs[like]
            scenario.pop(how, None)
            scenario["change"] = "not stated"
            scenario.pop("from", None)
            scenario.pop("until", None)
        staffs[name] = after = dict(after)
        paid = [one for one in staff.roles if "salary" in staff.whole[one] or "new_hire" in staff.whole[one]]
        if paid and drawing.chance(3):
            scenario["roles"] = {one: overlay(drawing, staff.whole[one]) for one in drawing.some(paid, most=2)}
        if "budget" in file and drawing.chance(4):
            own = {drawing.one(*drawing.funds): fund_budget(drawing)}
            for one in own.values() if drawing.levied in own else ():
                if isinstance(one, dict):  # a part is still the rest, and no share of it is for staff
                    one.pop("staff_share", None)
            shared = any("budget_share" in one for one in costs[like].values() if isinstance(one, dict))
            scenario["budget"] = "baseline" if drawing.chance(5) and not shared else own
        if like in implied or scenario.get("budget") == "baseline":
            implied.add(name)
        if drawing.grades and drawing.chance(4):
            scenario["grades"] = {drawing.one(*drawing.grades): drawing.figure(_students(90))}
        elif drawing.students and not drawing.grades and drawing.chance(4):
            scenario["students"] = drawing.figure(_students(1_500))
        if drawing.chance(3):  # as many as today, or more, where what is said of them is relative to that
            scenario |= {"students": file["students"]} if "students" in scenario else {}
            scenario |= (
                {"grades": {one: file["grades"][one] for one in scenario.get("grades", {})}} if drawing.grades else {}
            )
        students[name] = enrolled(scenario, students[like])
        led[name] = teams(drawing, scenario, after, led[like], all_of_them(students[name]))
        modes[name] = modes[like]
        if "week" in file:
            modes[name] = learning(drawing, scenario, modes[like], list(file["roles"]), staff.needed)
            other_time(drawing, file, scenario)
        shares = isinstance(file.get("budget"), dict) and name not in implied
        own = _other_costs(drawing, costs[like], shares=shares) if drawing.chance(4) else {}
        costs[name] = merged(with_amounts(costs[like]), with_amounts(own))
        scenario |= {"other_costs": own} if own else {}
        if "rooms_available" in file and drawing.chance(3):
            scenario["rooms_available"] = drawing.figure(_students(30))
        if drawing.year and drawing.chance(3):
            scenario["forecast"] = forecast(drawing, units, components)
        if "cut_saves" in drawing.new and drawing.chance(4):
            scenario["cut_saves"] = drawing.one("own", "new_hire")
        is_known = scenario.get("change") != "not stated"
        if (
            "laid_off" in drawing.new
            and is_known
            and drawing.chance(2)
            and (laid_off := staff.laid_off(after, scenario))
        ):
            scenario["laid_off"] = laid_off
        with_changes(drawing, file, scenario)
        if scenario.keys() <= {"like", "note", "over_budget", "from", "until"}:  # what decides nothing has no years
            scenario = {key: one for key, one in scenario.items() if key not in ("from", "until")}
        found[name] = scenario or {"note": "as today"}
    return found


def _of_funds(drawing: Drawing, file: Plain, components: list[str]) -> Plain:
    if drawing.chance(3):
        return {}
    known = funds(drawing)
    every = [*PAY, *["daily"] * ("daily" in drawing.new), *OWN_LINES, *components, "substitute days", "vacancy"]
    for fund, may in pays_for(drawing, file, list(dict.fromkeys(every))).items():
        known[fund] = {**known.get(fund, {}), "pays_for": may}
    return {"funds": known}


def _extending(drawing: Drawing, file: Plain, units: list[str], components: list[str]) -> list[Plain]:
    """The file alone; or what a district states apart, with the school's own terms laid over it."""
    if not drawing.chance(4):
        return [file]
    base = {key: file[key] for key in IN_BASE if key in file}
    near = {key: value for key, value in file.items() if key not in base}
    paid = [name for name, role in file["roles"].items() if "salary" in role]
    if paid:
        near["roles"] = {name: overlay(drawing, file["roles"][name]) for name in drawing.some(paid, most=2)}
    if drawing.year:
        base = {"year": file["year"], **base}
        if drawing.chance(2):
            base["forecast"] = forecast(drawing, units, components)
    return [base, near]
