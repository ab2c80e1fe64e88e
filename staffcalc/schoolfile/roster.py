"""A roster: today's staff one by one, each with their own pay, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from staffcalc.schoolfile.language import Person
from staffcalc.schoolfile.problems import Problems, nearest
from staffcalc.schoolfile.schedules import AND, WITH, Schedules
from staffcalc.schoolfile.school import Placed, Post, Rung, Wage
from staffcalc.schoolfile.tree import Text
from staffcalc.schoolfile.validation import Broken


def people(
    rows: Iterable[Person], posts: Mapping[str, Post], schedules: Schedules, problems: Problems, broken: Broken
) -> dict[str, tuple[Placed, ...]]:
    """The people of a roster by role, in the order of its rows. An `id` only tells them apart in problems."""
    found: dict[str, list[Placed]] = {}
    seen: dict[str, Text] = {}
    for row in rows:
        if (first := seen.setdefault(str(row.id), row.id)) is not row.id:
            what = f"`{row.id}` stands in the roster twice"
            problems.add(row.id.place, what, f"the first is in line {first.place.line}: give each person an id")
        if row.role not in posts:
            if ("roles", str(row.role)) not in broken and ("roles",) not in broken:
                problems.add(row.role.place, f"`{row.role}` is no role here", nearest(row.role, posts, "roles"))
            continue
        if not row.fte.value:
            problems.add(row.fte.place, f"`{row.id}` has 0 FTE", "leave out who does not work here")
            continue
        wage = _wage(row, posts[str(row.role)], schedules, problems)
        if wage is not None:
            fund = row.fund if row.fund is not None else None
            found.setdefault(str(row.role), []).append(Placed(row.fte, wage, True, fund))
    return {role: tuple(placed) for role, placed in found.items()}


def _wage(row: Person, post: Post, schedules: Schedules, problems: Problems) -> Wage | None:
    if (row.lane is None) != (row.step is None):
        there, missing = ("lane", "step") if row.step is None else ("step", "lane")
        problems.add(row.id.place, f"`{row.id}` has a {there} but no {missing}", "give both, or a cell such as MA/7")
        return None
    cell = row.cell
    if row.lane is not None and row.step is not None:
        if cell is not None:
            problems.add(cell.place, f"`{row.id}` has a cell and a lane with a step", "give one of them")
            return None
        cell = Text.at(f"{row.lane}/{row.step}", row.lane.place)
    if (cell is None) == (row.salary is None):
        what = f"`{row.id}` has {'no pay' if cell is None else 'a salary and a cell'}"
        problems.add(row.id.place, what, "give a salary, or a cell of the schedule: a lane and a step")
        return None
    if row.salary is not None:
        return Wage((Rung("", row.salary),))
    assert cell is not None
    if row.differentials is not None:
        held = AND.join(part.strip() for part in row.differentials.split(AND))
        cell = Text.at(f"{cell}{WITH}{held}", cell.place)
    return schedules.wage(cell, post.role.schedule, post.role.months)
