"""The years of decisions: of a scenario, of an entry of a change, of an other cost."""

from __future__ import annotations

from typing import Protocol

from staffcalc.language.described import Described
from staffcalc.language.file import Scenario
from staffcalc.language.fund import OtherCost
from staffcalc.language.school_year import MOST_YEARS, first_of, later
from staffcalc.records import NamedTuple
from staffcalc.school.likes import LONGEST_LINE
from staffcalc.school.not_stated import is_unknown_plan
from staffcalc.school.other_costs import OtherCosts
from staffcalc.school.refigured import Begun, begun_in
from staffcalc.school.school import Plan
from staffcalc.school.stated import Stated
from staffcalc.source.problems import Place, Problems
from staffcalc.source.tree import Block, Text, Tree


class Dated(Protocol):
    """What may begin in a year, and end after one."""

    @property
    def begins(self) -> Text | None: ...
    @property
    def until(self) -> Text | None: ...


class Term(NamedTuple):
    """The years in which a decision is in force, counted from the file's; `ends`: the last one, if there is any."""

    begins: int = 0
    ends: int | None = None

    def holds(self, year: int, begun: int) -> bool:
        """Whether it is in force in a year, and has begun by another."""
        return self.begins <= begun and (self.ends is None or year <= self.ends)


def term(one: Dated, file_year: Text | None) -> Term:
    """The years of a decision, in a file of this year."""
    first = None if file_year is None else first_of(file_year)
    if first is None:
        return Term()
    begins, ends = (None if text is None else first_of(text) for text in (one.begins, one.until))
    return Term(max((begins or first) - first, 0), None if ends is None else ends - first)


def years_of(scenario: Scenario, start: Plan, stated: Stated) -> tuple[int, int | None]:
    """When a scenario begins and ends, counted from the file's year: as it says, or else as the one it is like."""
    own = term(scenario, stated.file.year)
    begins = start.begins if scenario.begins is None else own.begins
    return begins, start.ends if scenario.until is None else own.ends


_NO_DECISION = {*Described.model_fields, "like", "begins", "until", "over_budget"}
"""What of a scenario is in force in no year more than in another."""


def _check_decides(name: Text, scenario: Scenario, stated: Stated) -> None:
    """A scenario with years has something that begins or ends in them: its own, or that of the scenario it is like,
    which it may bring forward."""
    if not {"begins", "until"} & scenario.model_fields_set or scenario.model_fields_set - _NO_DECISION:
        return
    if _begins(scenario, stated) < _begins(_like(scenario, stated), stated):
        return
    for key, year in (("from", scenario.begins), ("until", scenario.until)):
        if year is not None:
            as_what = f"`{scenario.like}`" if scenario.like is not None else "the baseline"
            what = f"`{name}` is as {as_what} in every year, and says nothing that has `{key}`"
            stated.problems.add(year.place, what, "leave it out, or say what is changed then")


def _like(scenario: Scenario | None, stated: Stated) -> Scenario | None:
    return None if scenario is None or scenario.like is None else stated.scenarios.get(scenario.like)


def _begins(scenario: Scenario | None, stated: Stated) -> int:
    """When a scenario begins, by itself or as the one it is like."""
    for _ in range(LONGEST_LINE):
        if scenario is None or scenario.begins is not None:
            break
        scenario = _like(scenario, stated)
    return 0 if scenario is None else term(scenario, stated.file.year).begins


def costs_begun(trees: Tree | None, costs: OtherCosts, begins: int, stated: Stated) -> Begun:
    """The amounts of other costs that begin later than the plan that states them."""
    found: dict[Place, int] = {}
    for name, tree in trees.items() if isinstance(trees, Block) else ():
        if name in costs and (year := term(costs[name][0], stated.file.year).begins) > begins:
            found.update(begun_in(tree, year))
    return found


# Whether the years can come


def check_years(stated: Stated) -> None:
    """Every decision has years that can come, in a file that says of which year it is."""
    problems, year = stated.problems, stated.file.year
    for name, scenario in stated.scenarios.items():
        if is_unknown_plan(stated.tree[Text("scenarios")][name]):
            _refuse(f"`{name}`, a plan that is not stated", scenario, "leave it out until there is a plan", problems)
        check_term(f"`{name}`", scenario, year, problems)
        _check_decides(name, scenario, stated)
        _check_beside(name, scenario, stated)
        for role, entry in (scenario.staffing or {}).items():
            _refuse(f"`{role}` of a `staffing`", entry, "state it in a `change`, or on the scenario", problems)
        for role, entries in (scenario.change or {}).items():
            for entry in entries:
                check_term(f"the change of `{role}`", entry, year, problems)
        for cost, one in (scenario.other_costs or {}).items():
            _check_cost(cost, one, year, problems)
    for role, entry in (stated.file.baseline or {}).items():
        _refuse(
            f"`{role}` of the baseline", entry, "what begins or ends is a decision: state it in a scenario", problems
        )
    for cost, one in (stated.file.other_costs or {}).items():
        _check_cost(cost, one, year, problems)


def _check_beside(name: Text, scenario: Scenario, stated: Stated) -> None:
    """A scenario that states one of its years, and has the other of the one that it is like, is in force some time."""
    if (scenario.begins is None) == (scenario.until is None):
        return
    own = _years_beside(name, stated)
    if own.ends is None or own.begins <= own.ends:
        return
    if scenario.begins is not None:
        what = f"`{name}` begins after `{scenario.like}`, which it is like, has ended"
        stated.problems.add(scenario.begins.place, what, "state `until`, too")
    elif scenario.until is not None:
        what = f"`{name}` ends before `{scenario.like}`, which it is like, has begun"
        stated.problems.add(scenario.until.place, what, "state `from`, too")


def _years_beside(name: Text, stated: Stated) -> Term:
    """The years of a scenario, as it says, or else those of the one that it is like."""
    found, seen, begins, ends = Term(), set[Text](), False, False
    at: Text | None = name
    while at is not None and at in stated.scenarios and at not in seen:
        seen.add(at)
        one = stated.scenarios[at]
        own, at = term(one, stated.file.year), one.like
        if one.begins is not None and not begins:
            found, begins = found._replace(begins=own.begins), True
        if one.until is not None and not ends:
            found, ends = found._replace(ends=own.ends), True
    return found


def _check_cost(name: Text, cost: OtherCost, year: Text | None, problems: Problems) -> None:
    check_term(f"the other cost `{name}`", cost, year, problems)
    if cost.once is not None:
        _refuse(f"`{name}`, which is paid once", cost, "keep `once`: it is of that year alone", problems)


def _refuse(what: str, one: Dated, hint: str, problems: Problems) -> None:
    for key, text in (("from", one.begins), ("until", one.until)):
        if text is not None:
            problems.add(text.place, f"`{key}` on {what}", hint)


def check_term(what: str, one: Dated, file_year: Text | None, problems: Problems) -> None:
    """A decision begins in the file's year or later, and does not end before it begins."""
    years = [text for text in (one.begins, one.until) if text is not None]
    if not years:
        return
    begins = None if file_year is None else first_of(file_year)
    if file_year is None or begins is None:
        missing = "the file has no `year`" if file_year is None else f"`{file_year}`, the file's, is no school year"
        problems.add(years[0].place, f"{what} has years, and {missing}", "add `year: 2026-27` to the file")
        return
    for text in years:
        first = first_of(text) or 0
        if first < begins:
            problems.add(text.place, f"`{text}` is before {file_year}, the file's own year", "name a later year")
            return
        if first >= begins + MOST_YEARS:
            hint = f"at most {MOST_YEARS} years are forecast, up to {later(file_year, MOST_YEARS - 1)}"
            problems.add(text.place, f"`{text}` is in no forecast of this file", hint)
            return
    if one.begins is not None and one.until is not None and (first_of(one.until) or 0) < (first_of(one.begins) or 0):
        problems.add(one.until.place, f"{what} ends before it begins", "exchange `from` and `until`")
