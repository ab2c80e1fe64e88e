"""A school file's plain dicts, with `extends` and `like` carried out: the plans as they stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from secondcalculator.decisions import ALONE, OWN_COSTS, at
from secondcalculator.entries import UNKNOWN, Count, cell, counted, is_ratio
from secondcalculator.figures import CHANGE, ONE, Plain, known, year_of

BASELINE = "baseline"
PRICED = ("rate", "per_person", "per_fte", "per_day", "cost", "amount", "per_student", "budget_share")
NOTES = ("note", "source", "assumed", "derived")
LINE = "pay and benefits"
OF_SALARY = ("new_hire", "average", "attrition")
WAYS: dict[str, tuple[str, ...]] = {
    "rate": ("rate", "on", "up_to"),
    "per_person": ("per_person",),
    "per_fte": ("per_fte",),
    "per_day": ("per_day", "days"),
    "cost": ("cost", "fte"),
    "salary": ("salary", *OF_SALARY, "extra_days", "contract_days", "week"),
    "hourly": ("hourly", "hours_per_week", "weeks"),
    "daily": ("daily", "days"),
    "amount": ("amount",),
    "per_student": ("per_student",),
    "budget_share": ("budget_share", "of"),
    "value": ("value", "years"),
    "by_team_size": ("by_team_size",),
    "fund": ("fund",),
    "funds": ("funds",),
    "share": ("share",),
    "grades": ("grades",),
}
"""Ways of pricing, each with the keys that go with it."""
INSTEAD = (
    ("rate", "per_person", "per_fte", "per_day", "cost"),
    ("salary", "hourly", "daily"),
    ("amount", "per_student", "budget_share"),
    ("value", "amount", "by_team_size"),
    ("fund", "funds"),
    ("share", "grades"),
)


def beside(far: Plain, near: Plain) -> Plain:
    """What stays of a block beside a nearer one that prices in another way."""
    dropped = {
        key
        for ways in INSTEAD
        for own in ways
        if own in near
        for other in ways
        if other != own
        for key in WAYS[other]
        if key not in near
    }
    return {key: value for key, value in far.items() if key not in dropped}


def merged(far: Any, near: Any) -> Any:
    """Blocks merge by key and the nearer wins; the nearer way of pricing takes the place of the other, with its keys.

    The shares of `funds`, the steps of a schedule, lanes and rosters are one statement each.
    """
    if not (isinstance(far, dict) and isinstance(near, dict)) or CHANGE in far or CHANGE in near or ALONE in near:
        return near
    found = beside(far, near)
    if "other_costs" in found and "other_costs" in near:
        found["other_costs"] = with_amounts(found["other_costs"])
        near = {**near, "other_costs": with_amounts(near["other_costs"])}
    for key, value in near.items():
        shares = key == "funds" and not (isinstance(value, dict) and all(isinstance(x, dict) for x in value.values()))
        if key in ("supplement", "stipend") and any("fund" in _on_fund(one) for one in (found.get(key, {}), value)):
            found[key], value = _on_fund(found.get(key, {})), _on_fund(value)
        whole = shares or key in ("lanes", "roster", "steps", "by_team_size", "by")
        found[key] = merged(found[key], value) if key in found and not whole else value
    return found


def with_amounts(costs: Plain) -> Plain:
    """Other costs of which a bare number is the amount."""
    return {name: one if name in NOTES else _on_fund(one) for name, one in costs.items()}


def _on_fund(pay: Any) -> Plain:
    """Pay as a block that may say its fund beside its amount."""
    return {"amount": pay} if not isinstance(pay, dict) or "value" in pay else pay


@dataclass(frozen=True)
class Plan:
    """The baseline or a scenario, with all that it takes from where it starts."""

    name: str
    roles: dict[str, Plain]
    staff: dict[str, Count]
    grades: dict[str, Any]
    students: Any
    budget: dict[str, Any] | None
    budget_of_baseline: bool
    in_years: dict[str, Plain]
    costs: dict[str, Plain]
    rules: list[Plain]
    cut_saves: str
    groups: dict[str, tuple[Any, str]]
    teams: dict[str, tuple[Plain, str]]
    rooms: Any = None
    packages: dict[str, Plain] = field(default_factory=dict)
    laid_off: tuple[str, ...] = ()
    learning: dict[str, Plain] = field(default_factory=dict)
    unknown: bool = False


@dataclass
class Book:
    """A school file."""

    file: Plain
    plans: dict[str, Plan] = field(default_factory=dict)
    history: list[dict[str, Plan]] = field(default_factory=list)

    def plan(self, name: str, year: int) -> Plan:
        """A plan as it was in a year, of what is still in force in the last one."""
        return self.history[min(year, len(self.history) - 1)][name]

    @property
    def first(self) -> int | None:
        return year_of(self.file["year"]) if "year" in self.file else None

    @property
    def unit(self) -> Fraction:
        return Fraction(1, 100) if self.file.get("rounding") == "cent" else ONE

    @property
    def roster(self) -> list[Plain]:
        return [{key: one for key, one in row.items() if one != ""} for row in self.file.get("roster", [])]

    @property
    def default_fund(self) -> str:
        budget = by_fund(self.file["budget"]) if self.file.get("budget", BASELINE) != BASELINE else {}
        return next(iter(budget)) if len(budget) == 1 else "general"

    def year(self, after: int) -> int | None:
        return None if self.first is None else self.first + after


def book(files: list[Plain], years: int = 0) -> Book:
    """The plans of a file and of those it extends, the farthest first, as they are in force after so many years."""
    whole: Plain = {}
    rules: list[Plain] = []
    for one in files:
        plain = {key: value for key, value in one.items() if key not in ("forecast", "extends")}
        whole = merged(whole, plain)
        rules.insert(0, one.get("forecast", {}))
    read = Book(whole)
    read.history = [_plans(at(whole, years, begun), rules) for begun in range(years + 1)]
    read.plans = read.history[-1]
    return read


def _plans(whole: Plain, rules: list[Plain]) -> dict[str, Plan]:
    """All plans of a file in which every decision is in force."""
    read = Book(whole)
    roles = _with_lines(_copied({}, whole["roles"]), _entries(whole.get(BASELINE, {})))
    baseline = Plan(
        BASELINE,
        roles,
        {name: replace(counted(entry, whole), hired=()) for name, entry in _entries(whole.get(BASELINE, {})).items()},
        _entries(whole.get("grades", {})),
        whole.get("students"),
        by_fund(whole["budget"]) if whole.get("budget", BASELINE) != BASELINE else None,
        whole.get("budget") == BASELINE,
        {fund: one["years"] for fund, one in whole.get("funds", {}).items() if "years" in one},
        with_amounts(_entries(whole.get("other_costs", {}))),
        rules,
        whole.get("cut_saves", "new_hire"),
        {group: (stated, BASELINE) for group, stated in whole.get("student_groups", {}).items()},
        _teams({}, whole, BASELINE),
        whole.get("rooms_available"),
        whole.get("benefits", {}),
        learning=_modes({}, whole),
    )
    for row in read.roster:
        baseline.staff.setdefault(row["role"], Count(of_roster=True))
    read.plans[BASELINE] = baseline
    scenarios = {name: _beside_own(one, whole) for name, one in _entries(whole.get("scenarios", {})).items()}

    def scenario(name: str) -> Plan:
        if name not in read.plans:
            start = scenario(scenarios[name].get("like", BASELINE))
            read.plans[name] = _scenario(name, scenarios[name], start, baseline, whole)
        return read.plans[name]

    for name in scenarios:
        scenario(name)
    return {name: _known(read.plans[name]) for name in (BASELINE, *scenarios)}


def _known(plan: Plan) -> Plan:
    """A plan without the numbers of those who follow a role of which nobody knows how many there are."""
    staff = dict(plan.staff)
    more = {name for name, one in staff.items() if one.unknown}
    unknown = set(more)
    while more:
        covers = {plan.roles[name].get("release", {}).get("cover") for name in more} - {None}
        entries = {name: one.entries for name, one in staff.items() if name not in unknown}
        following = {name for name, some in entries.items() if any(_follows(one, name, unknown, plan) for one in some)}
        more = (covers | following) - unknown
        unknown |= more
    return replace(plan, staff=staff | dict.fromkeys(unknown, Count(unknown=True)))


def _follows(entry: Any, name: str, unknown: set[str], plan: Plan) -> bool:
    """Whether an entry counts one of these roles, or asks for as many as coach one of them."""
    if not isinstance(entry, dict) or "value" in entry:
        return False
    per = entry.get("per", [])
    coached = plan.roles[name].get("time", {}).get("coaching", {}).get("role") if "needed" in entry else None
    return coached in unknown or not unknown.isdisjoint(per if isinstance(per, list) else [per])


def _scenario(name: str, own: Plain, start: Plan, baseline: Plan, file: Plain) -> Plan:
    staff = dict(start.staff)
    unknown = UNKNOWN in (own.get("change"), own.get("staffing")) or (start.unknown and "staffing" not in own)
    own = {key: one for key, one in own.items() if one != UNKNOWN}
    if "staffing" in own:
        staff = {role: replace(counted(entry, file), hired=()) for role, entry in _entries(own["staffing"]).items()}
    for role, several in _entries(own.get("change", {})).items():
        today = baseline.staff.get(role, Count())
        for entry in several if isinstance(several, list) else [several]:
            if role not in staff and today.counts_people and isinstance(entry, dict) and "people" in entry:
                entry = {"fte_each": today.each, **entry}  # whoever comes back does so as today's
            staff[role] = _after(staff.get(role), role, entry, file)
    named = {**_entries(own.get("staffing", {})), **_entries(own.get("change", {}))}
    for row in Book(file).roster:
        if row["id"] in own.get("laid_off", ()) and row["role"] not in named:
            fte = known(row["fte"], None).value * known(row.get("share", "1"), None).value
            staff[row["role"]] = _changed(staff[row["role"]], Count(entries=(str(-fte),)))
    grades = {**start.grades, **_entries(own.get("grades", {}))}
    return Plan(
        name,
        _with_lines(_copied(start.roles, _entries(own.get("roles", {}))), _entries(own.get("staffing", {}))),
        staff,
        grades,
        own.get("students", start.students),
        *_budget(start, own, baseline.in_years),
        merged(start.costs, with_amounts(_entries(own.get("other_costs", {})))),
        [own.get("forecast", {}), *start.rules],
        own.get("cut_saves", start.cut_saves),
        {**start.groups, **{group: (stated, name) for group, stated in own.get("student_groups", {}).items()}},
        _teams(start.teams, own, name),
        own.get("rooms_available", start.rooms),
        merged(start.packages, own.get("benefits", {})),
        (*(() if "staffing" in own else start.laid_off), *own.get("laid_off", ())),
        _modes(start.learning, own),
        unknown,
    )


def _beside_own(scenario: Plain, file: Plain) -> Plain:
    """A scenario in which every signed percentage stands with the figure of the file that it changes."""
    roles = _copied({}, file["roles"])
    own = {
        **{key: file.get(key) for key in ("students", "grades", "rooms_available", "benefits")},
        "budget": by_fund(file["budget"]) if file.get("budget", BASELINE) != BASELINE else None,
        "other_costs": with_amounts(_entries(file.get(OWN_COSTS) or file.get("other_costs", {}))),
        "roles": {name: roles.get(name, roles.get(one.get("like"))) for name, one in scenario.get("roles", {}).items()},
    }
    return {key: _beside(own[key], node) if own.get(key) else node for key, node in scenario.items()}


def _beside(own: Any, node: Any) -> Any:
    stated = node.get("value") if isinstance(node, dict) else node
    if isinstance(stated, str) and stated[:1] in ("+", "-") and stated.endswith("%"):
        if isinstance(own, dict) and "value" not in own:
            [price] = [way for way in PRICED if way in own]
            return {price: _beside(own[price], node)}
        return {**(own if isinstance(own, dict) else {"value": own}), CHANGE: stated}
    if not isinstance(node, dict) or not isinstance(own, dict):
        return node
    return {key: _beside(own.get(key), one) for key, one in node.items()}


def _with_lines(roles: dict[str, Plain], entries: Plain) -> dict[str, Plain]:
    """The roles with the lines of a budget book: so many FTE cost so much, all pay and benefits."""
    lines = {role: one for role, one in entries.items() if isinstance(one, dict) and "cost" in one}
    costs = {role: {LINE: {"cost": one["cost"], "fte": one["fte"]}} for role, one in lines.items()}
    return {name: {**role, "costs": costs[name]} if name in costs else role for name, role in roles.items()}


def _teams(start: dict[str, tuple[Plain, str]], own: Plain, plan: str) -> dict[str, tuple[Plain, str]]:
    """The teams of a plan, each with the plan that states its students; `null` drops one."""
    found = dict(start)
    for name, one in _entries(own.get("teams", {})).items():
        if one == "null":
            found.pop(name, None)
            continue
        before, stated = found.get(name, ({}, plan))
        found[name] = merged(before, one), plan if "students" in one else stated
    return found


def _modes(start: dict[str, Plain], own: Plain) -> dict[str, Plain]:
    """The modes of learning of a plan; `null` drops one."""
    found = dict(start)
    for name, one in _entries(own.get("learning", {})).items():
        if one == "null":
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name, {}), one)
    return found


def _budget(start: Plan, own: Plain, of_file: dict[str, Plain]) -> tuple[dict[str, Any] | None, bool, dict[str, Plain]]:
    """The budget of a scenario, whether it is besides what the baseline costs, and what funds have in single years."""
    if "budget" not in own:
        return start.budget, start.budget_of_baseline, start.in_years
    if own["budget"] == BASELINE:
        return None, True, {}
    before, stated = start.budget or {}, by_fund(own["budget"])
    in_years = {fund: years for fund, years in start.in_years.items() if fund not in stated}
    for fund, one in stated.items():  # a percentage of the file's own budget is of what it has in a single year, too
        amount = one["amount"] if isinstance(one, dict) and "amount" in one else one
        if isinstance(amount, dict) and CHANGE in amount and fund in of_file:
            in_years[fund] = {year: _beside(of_year, amount[CHANGE]) for year, of_year in of_file[fund].items()}
    laid = {fund: _laid(before.get(fund), one) for fund, one in stated.items()}
    return {**before, **laid}, start.budget_of_baseline, in_years


def _laid(far: Any, near: Any) -> Any:
    """Parts of a revenue take the place of those of the same names; an amount stands alone."""
    stated = isinstance(near, dict) and ("revenue" in near or "staff_share" in near)
    if not (stated and isinstance(far, dict) and "revenue" in far):
        return near
    return {**far, **near, "revenue": {**far["revenue"], **near.get("revenue", {})}}


def _after(before: Count | None, role: str, entry: Any, file: Plain) -> Count:
    """The staff of a role after one entry of a change: a ratio is all of it, a percentage a share of today's."""
    if is_ratio(entry):
        return replace(counted(entry, file), hired=())
    stated = entry.get("fte", entry.get("people")) if isinstance(entry, dict) and "value" not in entry else entry
    if isinstance(stated, str) and stated.endswith("%"):
        return _changed(before, Count(entries=({"of today": role, "share": stated},)))
    return _changed(before, counted(entry, file))


def _changed(before: Count | None, more: Count) -> Count:
    if more.unknown or (before is not None and before.unknown):
        return Count(unknown=True)
    if before is None:
        added = replace(more, cells=None, changes=tuple((more.cells or {}).items()))
        return added if not more.hired else replace(added, months=None)
    changes = (*before.changes, *(more.cells or {}).items())
    hired = (*before.hired, *more.hired)
    return replace(before, changes=changes, entries=(*before.entries, *more.entries), hired=hired)


def _copied(school: dict[str, Plain], own: dict[str, Plain]) -> dict[str, Plain]:
    """The roles with every `like` carried out, laid over those of the school.

    A role that states its own salary takes neither new_hire nor average nor attrition from the one it is like.
    """
    done: dict[str, Plain] = {}

    def role(name: str) -> Plain:
        if name not in own:
            return school[name]
        if name not in done:
            block = own[name]
            if "like" in block and not (name in school and block["like"] == name):
                base = dict(role(block["like"]))
                if "salary" in block:
                    base = {key: value for key, value in base.items() if key not in OF_SALARY}
                block = merged(base, {key: value for key, value in block.items() if key != "like"})
            done[name] = merged(school[name], block) if name in school else block
        return done[name]

    every = {name: role(name) for name in (*school, *(name for name in own if name not in school))}
    return {name: {**one, "funds": {one["fund"]: "100%"}} if "fund" in one else one for name, one in every.items()}


def _entries(block: Plain) -> Plain:
    return {key: value for key, value in block.items() if key not in NOTES}


def by_fund(budget: Any) -> Plain:
    bare = not isinstance(budget, dict) or "value" in budget or "revenue" in budget
    return {"general": budget} if bare else _entries(budget)


__all__ = ["BASELINE", "UNKNOWN", "Book", "Count", "Plan", "book", "by_fund", "cell", "known", "merged"]
