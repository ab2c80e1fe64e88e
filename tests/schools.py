"""School files for tests: read from text, taken apart for an assertion, and random valid ones for properties."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from textwrap import dedent
from typing import Any, NamedTuple

import yaml
from hypothesis import strategies as st

from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.schoolfile.files import Files, Readable
from staffcalc.schoolfile.reading import read_school
from staffcalc.schoolfile.school import School
from staffcalc.schoolfile.tree import read_tree

Plain = dict[str, Any]
"""A school file as plain dicts; every number is text, as a person writes it."""


class _Text(Files):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def tree(self, path: str) -> Readable:
        return read_tree(self._text, path)


def school(text: str, file: str = "school.yaml") -> School:
    """The checked school that a text states (without `extends`)."""
    return read_school(file, _Text(dedent(text)))


def ledger(text: str, file: str = "school.yaml") -> Ledger:
    """The costed school that a text states."""
    return cost_school(school(text, file))


def plan_of(costed: Ledger, name: str = "baseline") -> PlanLedger:
    """One plan by its name."""
    return next(plan for plan in costed.plans if plan.name == name)


def costs(text: str, role: str, scenario: str = "baseline") -> dict[str, Decimal]:
    """What one role costs in one plan, by component, all funds together."""
    found: dict[str, Decimal] = {}
    for line in plan_of(ledger(text), scenario).lines:
        if line.role == role:
            found[line.component] = found.get(line.component, Decimal(0)) + line.amount
    return found


def paid(text: str, component: str, scenario: str = "baseline") -> dict[str, Decimal]:
    """What each fund pays of one component in one plan, in the order of the lines."""
    return {line.fund: line.amount for line in plan_of(ledger(text), scenario).lines if line.component == component}


def written(plain: Plain) -> str:
    """The YAML text of a plain school file."""
    return str(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True))


# Random valid school files

ROLES = ("teacher", "lead teacher", "tutor", "resident", "reach associate", "analyst", "principal", "0123")
FUNDS = ("general", "title_i", "grants", "state")
CATEGORIES = ("leader", "teacher", "specialist", "trainee", "support", "administrator", "operations")
PAY = ("salary", "supplement", "hourly", "stipend")
BENEFITS = ("pension", "social security", "medicare", "health", "federal pension", "workers compensation")
ROLE_COSTS = ("programme fee", "laptop", "training")
OTHER_COSTS = ("learning software", "furniture")


class Held(NamedTuple):
    """How many hold a role in a plan being drawn: hundredths of FTE, or people of a stated FTE each."""

    number: int
    each: str | None = None
    people: bool = False


Staff = dict[str, Held]


def _digits(number: int, decimals: int) -> str:
    return f"{Decimal(number).scaleb(-decimals):f}"


def amounts(most: int = 150_000) -> st.SearchStrategy[str]:
    """Dollars in every way they may be written: 61250, 61_250, $61,250.50; often round, zero or with half a dollar."""
    return st.one_of(
        st.integers(0, most).map(str),
        st.integers(0, most).map(lambda dollars: f"{dollars:_}"),
        st.integers(0, most).map(lambda dollars: f"${dollars:,}.50"),
        st.integers(0, most * 100).map(lambda cents: f"{Decimal(cents).scaleb(-2):,f}"),
        st.sampled_from(["0", "0.5", "1", "1000", "0.005"]),
    )


def rates() -> st.SearchStrategy[str]:
    """Rates from 0 to 40%, in percent or as a share."""
    return st.one_of(
        st.integers(0, 4_000).map(lambda points: f"{_digits(points, 2)}%"),
        st.integers(0, 400_000).map(lambda points: f"{_digits(points, 4)}%"),
        st.integers(0, 4_000).map(lambda points: _digits(points, 4)),
        st.sampled_from(["6.2%", "50%", "0.5", "100%"]),
    )


@st.composite
def _fund_shares(draw: st.DrawFn, funds: tuple[str, ...]) -> dict[str, str]:
    paying = draw(st.lists(st.sampled_from(funds), min_size=1, max_size=len(funds), unique=True))
    decimals = draw(st.sampled_from([0, 2, 4]))  # of a percentage
    whole = 100 * 10**decimals
    cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=len(paying) - 1, max_size=len(paying) - 1)))
    shares = [high - low for low, high in pairwise([0, *cuts, whole])]
    return {fund: f"{_digits(share, decimals)}%" for fund, share in zip(paying, shares, strict=True)}


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
        role["funds"] = draw(_fund_shares(funds))
    return role


def _is_paid(role: Plain, roles: Plain) -> bool:
    if "like" in role:
        return _is_paid(roles[role["like"]], roles)
    return any(kind in role for kind in ("salary", "hourly", "stipend"))


@st.composite
def _held(draw: st.DrawFn) -> Held:
    if draw(st.integers(0, 3)) == 0:
        each = draw(st.one_of(st.none(), st.integers(1, 200).map(lambda hundredths: _digits(hundredths, 2))))
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
            costs[name]["funds"] = draw(_fund_shares(funds))
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
        if draw(st.integers(0, 3)) == 0:
            scenario["budget"] = {draw(st.sampled_from(funds)): draw(amounts(5_000_000))}
        if students and draw(st.integers(0, 3)) == 0:
            scenario["students"] = draw(st.integers(0, 1_500).map(str))
        if draw(st.integers(0, 3)) == 0 and (other := draw(_other_costs(funds, funds[0], students))):
            scenario["other_costs"] = other
        scenarios[name] = scenario
    if scenarios:
        file["scenarios"] = {name: scenario or {"note": "as today"} for name, scenario in scenarios.items()}
    return file
