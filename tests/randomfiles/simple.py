"""Simple school files at random: roles of all kinds of pay, their components, funds and scenarios."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from randomfiles.figures import (
    BENEFITS,
    CATEGORIES,
    FUNDS,
    OTHER_COSTS,
    PAY,
    ROLE_COSTS,
    ROLES,
    Plain,
    amounts,
    digits,
    fund_shares,
    rates,
)


class Held(NamedTuple):
    """How many hold a role in a plan being drawn: hundredths of FTE, or people of a stated FTE each."""

    number: int
    each: str | None = None
    people: bool = False


Staff = dict[str, Held]


@st.composite
def _component(draw: st.DrawFn, known: tuple[str, ...], limited: bool = True) -> Plain:
    component: Plain = {}
    kind = draw(st.sampled_from(["rate", "rate", "per_person", "per_fte"] if limited else ["per_person", "per_fte"]))
    component[kind] = draw(rates() if kind == "rate" else amounts(12_000))
    if kind == "rate" and draw(st.booleans()):
        component["on"] = draw(st.lists(st.sampled_from(PAY), min_size=1, unique=True))
    if kind == "rate" and draw(st.booleans()):
        component["up_to"] = draw(amounts())
    if limited and draw(st.booleans()):
        component["min_fte"] = draw(st.sampled_from(["0.5", "0.75", "1", "0", "0.8"]))
    if limited and draw(st.integers(0, 3)) == 0:
        component["funds"] = draw(st.lists(st.sampled_from(known), min_size=1, unique=True))
    return component


@st.composite
def _role(draw: st.DrawFn, earlier: Plain, funds: tuple[str, ...], terms: bool) -> Plain:
    role: Plain = {}
    if earlier and draw(st.integers(0, 3)) == 0:
        role["like"] = draw(st.sampled_from(sorted(earlier)))
    else:
        # A role without pay of its own is a contract: it has a cost that all of its funds pay, whatever the FTE.
        kinds = draw(st.sampled_from(["salary", "salary", "hourly", "stipend", "salary stipend", "hourly stipend", ""]))
        for kind in kinds.split():
            role[kind] = draw(amounts(90)) if kind == "hourly" else draw(amounts())
        if "hourly" in role:
            role["hours_per_week"] = draw(st.sampled_from(["40", "20", "37.5"]))
            role["weeks"] = draw(st.sampled_from(["38", "52", "36.6"]))
        if not kinds:
            role["costs"] = {"contract": draw(_component(FUNDS, limited=False))}
    if draw(st.booleans()) and _is_paid(role, earlier):
        role["supplement"] = draw(amounts(20_000))
    if terms:
        if "salary" in role and draw(st.integers(0, 2)) == 0:
            role["new_hire"] = draw(amounts())
            if draw(st.booleans()):
                role["attrition"] = draw(rates())
        if "salary" in role and draw(st.integers(0, 3)) == 0:
            role["extra_days"] = draw(st.sampled_from(["0", "5", "10", "12.5"]))
            role["contract_days"] = draw(st.sampled_from(["190", "200", "187"]))
        if draw(st.integers(0, 4)) == 0 and _is_paid(role, earlier):
            role["vacancy"] = draw(rates())
        if draw(st.integers(0, 4)) == 0 and _is_paid(role, earlier):
            role["absence_days"] = draw(st.sampled_from(["8", "0", "10.5"]))
            role["substitute_day_rate"] = draw(amounts(300))
    if draw(st.booleans()):
        role["category"] = draw(st.sampled_from(CATEGORIES))
    if draw(st.booleans()):
        role["funds"] = draw(fund_shares(funds))
    return role


def _is_paid(role: Plain, roles: Plain) -> bool:
    if "like" in role:
        return _is_paid(roles[role["like"]], roles)
    return any(kind in role for kind in ("salary", "hourly", "stipend"))


@st.composite
def _held(draw: st.DrawFn) -> Held:
    if draw(st.integers(0, 3)) == 0:
        each = draw(st.one_of(st.none(), st.integers(1, 200).map(lambda hundredths: digits(hundredths, 2))))
        return Held(draw(st.integers(0, 40)), each, people=True)
    return Held(draw(st.one_of(st.integers(0, 40).map(lambda whole: whole * 100), st.integers(0, 4_000))))


def _entry(held: Held, sign: str = "") -> Any:
    if not held.people:
        return f"{held.number / 100:{sign}.2f}"
    people = {"people": f"{held.number:{sign}}"}
    return people if held.each is None else {**people, "fte_each": held.each}


@st.composite
def _staffing(draw: st.DrawFn, roles: Plain) -> tuple[Staff, Plain]:
    staff = {role: draw(_held()) for role in draw(st.lists(st.sampled_from(sorted(roles)), min_size=1, unique=True))}
    return staff, {role: _entry(held) for role, held in staff.items()}


@st.composite
def _change(draw: st.DrawFn, start: Staff, roles: Plain) -> tuple[Staff, Plain]:
    staff, change = dict(start), {}
    for role in draw(st.lists(st.sampled_from(sorted(roles)), min_size=1, max_size=3, unique=True)):
        after = draw(_held())
        if role in start:
            before = start[role]
            after = before._replace(number=after.number // 100 if before.people and not after.people else after.number)
            change[role] = _entry(after._replace(number=after.number - before.number, each=None), "+")
        else:
            change[role] = _entry(after)
        staff[role] = after
    return staff, change


@st.composite
def _other_costs(draw: st.DrawFn, funds: tuple[str, ...], default: str, students: bool) -> Plain:
    costs: Plain = {}
    for name in draw(st.lists(st.sampled_from(OTHER_COSTS), unique=True)):
        way = draw(st.sampled_from(["amount", "per_student"])) if students else "amount"
        costs[name] = {way: draw(amounts(500))}
        if default not in funds or draw(st.booleans()):
            costs[name]["funds"] = draw(fund_shares(funds))
    return costs


@st.composite
def school_files(draw: st.DrawFn, terms: bool = False) -> Plain:
    """A valid school file: 1 to 8 roles, all pay kinds and components, 1 to 4 funds, up to 4 scenarios.

    With `terms`, roles also have new hires, attrition, extra days, vacancies and substitutes.
    """
    some = draw(st.lists(st.sampled_from(FUNDS[1:]), max_size=3, unique=True))
    alone = len(some) == 1 and draw(st.booleans())  # the only fund need not be `general`
    funds = (*some,) if alone else ("general", *some)
    stated = alone or draw(st.booleans())
    file: Plain = {"school": "Random School"}
    if students := draw(st.booleans()):
        file["students"] = draw(st.integers(0, 1_500).map(str))
    if draw(st.booleans()):
        file["rounding"] = draw(st.sampled_from(["dollar", "cent"]))
    if stated:
        file["budget"] = {fund: draw(amounts(5_000_000)) for fund in funds}
    elif draw(st.booleans()):
        file["budget"] = "baseline"

    roles: Plain = {}
    for name in draw(st.lists(st.sampled_from(ROLES), min_size=1, unique=True)):
        roles[name] = draw(_role(roles, funds, terms))
    paying = {fund for role in roles.values() for fund, share in role.get("funds", {}).items() if share.strip("0.%")}
    known = tuple(sorted({*paying, *(funds if stated else ()), "general"}))
    packages = {
        package: {
            component: draw(_component(known))
            for component in draw(st.lists(st.sampled_from(BENEFITS), min_size=1, max_size=5, unique=True))
        }
        for package in draw(st.lists(st.sampled_from(["certified", "hourly staff"]), unique=True))
    }
    if packages:
        file["benefits"] = packages
    for role in roles.values():
        if draw(st.booleans()) and packages:
            role["benefits"] = draw(st.sampled_from(sorted(packages)))
        if draw(st.integers(0, 3)) == 0:
            cost = draw(st.sampled_from(ROLE_COSTS))
            role["costs"] = {**role.get("costs", {}), cost: draw(_component(known))}
    file["roles"] = roles

    staff, file["baseline"] = draw(_staffing(roles))
    if other := draw(_other_costs(funds, funds[0], students)):
        file["other_costs"] = other
    staffs = {"baseline": staff}
    scenarios: Plain = {}
    for name in draw(st.lists(st.sampled_from(["one", "two", "three", "four"]), unique=True)):
        scenario: Plain = {}
        like = draw(st.sampled_from(sorted(staffs)))
        if like != "baseline":
            scenario["like"] = like
        how = draw(st.sampled_from(["change", "change", "staffing", ""]))
        after = staffs[like]
        if how == "change":
            after, scenario["change"] = draw(_change(after, roles))
        elif how == "staffing":
            after, scenario["staffing"] = draw(_staffing(roles))
        staffs[name] = after
        if draw(st.integers(0, 3)) == 0 and (paid_roles := [one for one in roles if _is_paid(roles[one], roles)]):
            scenario["roles"] = {draw(st.sampled_from(sorted(paid_roles))): {"supplement": draw(amounts(20_000))}}
        if "budget" in file and draw(st.integers(0, 3)) == 0:
            scenario["budget"] = {draw(st.sampled_from(funds)): draw(amounts(5_000_000))}
        if students and draw(st.integers(0, 3)) == 0:
            scenario["students"] = draw(st.integers(0, 1_500).map(str))
        if draw(st.integers(0, 3)) == 0 and (other := draw(_other_costs(funds, funds[0], students))):
            scenario["other_costs"] = other
        scenarios[name] = scenario
    if scenarios:
        file["scenarios"] = {name: scenario or {"note": "as today"} for name, scenario in scenarios.items()}
    return file
