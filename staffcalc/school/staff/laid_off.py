"""People of a roster whom a scenario lets go by name: whose posts they are, and what else a plan says of these."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from staffcalc.formula.words import plain
from staffcalc.language.figures import Figure
from staffcalc.language.file import Scenario
from staffcalc.language.staff import Staff
from staffcalc.school.parts.sums import has_no_end, sum_of
from staffcalc.school.school import Placement, Staffed
from staffcalc.school.staff.plans import Staffing
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text


def without_laid_off(
    staff: Staffing, start: Staffing, scenario: Scenario, problems: Problems, *, later: bool
) -> Staffing:
    """The staff of a scenario without the people whom it lays off. They are among the posts that it gives up, where it
    says how many of the role these are, and are given up besides where it does not. `later`: it begins after the file's
    year, at whose end some have left."""
    found = dict(staff)
    for person in scenario.laid_off or ():
        posts = [(role, one, held) for role, one in found.items() for held in one.placements if held.person == person]
        if later and any(held.leaving for _, _, held in posts):
            what = f"`{person}` is leaving, and has left before this begins"
            problems.add(person.place, what, "leave it out here: a new hire holds the post by then")
        elif _can_go(person, posts, found.values(), problems):
            for role, _, held in posts:
                stated = _stated_change(role, scenario)
                less = () if stated is not None else (_less(held, person),)
                now = found[role]  # of which this person may have held another post
                found[role] = now._replace(counts=(*now.counts, *less), laid_off=(*now.laid_off, str(person)))
    for role, one in found.items():
        _check_enough(role, one, start.get(role), scenario, problems)
    return found


def _can_go(
    person: Text, posts: list[tuple[str, Staffed, Placement]], staff: Iterable[Staffed], problems: Problems
) -> bool:
    if not posts:
        people = [held.person for one in staff for held in one.placements if held.person and not held.vacant]
        problems.add(person.place, f"`{person}` is nobody of the roster", nearest(person, people, "people"))
    elif all(held.vacant for _, _, held in posts):
        problems.add(person.place, f"`{person}` is a vacant post", "vacant posts go first when a plan gives up posts")
    elif any(str(person) in one.laid_off for _, one, _ in posts):
        problems.add(person.place, f"`{person}` is laid off already", "leave it out here")
    else:
        return True
    return False


def _less(held: Placement, person: Text) -> Figure:
    exact = -held.fte.exact
    return Figure(-held.fte.value, "FTE", person.place, over=exact.as_integer_ratio() if has_no_end(held.fte) else None)


def _stated_change(role: str, scenario: Scenario) -> Text | None:
    """Where a scenario says how many of a role there are, or how many fewer."""
    return next((name for name in (scenario.change or scenario.staffing or {}) if name == role), None)


def _entries(role: Text, scenario: Scenario) -> list[Staff]:
    """What a scenario states of a role."""
    if scenario.change is not None:
        return scenario.change[role]
    return [] if scenario.staffing is None else [scenario.staffing[role]]


def _check_enough(role: str, one: Staffed, before: Staffed | None, scenario: Scenario, problems: Problems) -> None:
    """Whom a scenario lays off, of a role of which it says how many posts it gives up, are no more than these."""
    stated = _stated_change(role, scenario)
    own = [person for person in scenario.laid_off or () if str(person) in one.laid_off]
    if not own or before is None:
        return
    if stated is None:
        there = _total(before)
        if _total(one) < 0:
            what = f"{plain(there - _total(one))} FTE of `{role}` are laid off by name, but there are {plain(there)}"
            problems.add(own[0].place, what, "say under `change` how many posts are given up, these among them")
        return
    if any(entry.cells is not None for entry in _entries(stated, scenario)):
        what = f"`{role}` gives up posts of cells and of people by name"
        problems.add(stated.place, what, "name the cells, or the people as `laid_off`")
        return
    gone = _total(before) - _total(one)
    named = sum_of(held.fte for held in one.placements if held.person in own)
    if named > gone:
        what = f"{plain(named)} FTE of `{role}` are laid off by name, but {plain(max(gone, Decimal(0)))} are given up"
        problems.add(stated.place, what, f"leave `{role}` out here, or give up {plain(named)} FTE")


def _total(one: Staffed) -> Decimal:
    return sum_of(one.counts)
