"""As much staff as a plan gives up: what a ratio or a dated figure comes to in a year may be less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from staffcalc.formula.words import plain
from staffcalc.language.school_year import first_of, later
from staffcalc.school.parts.counts import StaffCount
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.refigured import AS_THEY_ARE, Refigured
from staffcalc.school.school import Placement, Plan, School, Staffed
from staffcalc.source.problems import Problem


def overdrawn(plans: Iterable[Plan], year: str, as_of: Refigured = AS_THEY_ARE) -> Iterator[Problem]:
    """Roles of which plans give up more than there are in a year; the figures of the plans are those of that year, or
    are made so."""
    for plan in plans:
        for one in plan.staff:
            unit = "people" if one.people else "FTE"
            yield from _overdrawn(plan, as_of.of(one.now.counts), f"{unit} of `{one.post.name}`", year)


def overdrawn_on_cells(school: School, number: int) -> Iterator[Problem]:
    """The same of single cells, so many years after the file's own: those who are on a cell by the file, whatever step
    they have reached since."""
    year = later(school.year or "", number)
    as_of = _as_of(year)
    for plan in school.plans:
        in_force = plan.in_force(number)
        for one in in_force.staff:
            for cell, counts in _by_cell(one, number):
                yield from _overdrawn(in_force, as_of.of(counts), f"FTE of `{one.post.name}` from {cell}", year)


def overdrawn_at_once(school: School) -> Iterator[Problem]:
    """Both in the school's own year, of figures that the file states for that very year."""
    if school.dated and school.year is not None:
        yield from overdrawn((plan.in_force(0) for plan in school.plans), school.year, _as_of(school.year))
        yield from overdrawn_on_cells(school, 0)


def _as_of(year: str) -> Refigured:
    first = first_of(year)
    return Refigured(lambda figure: figure.in_year(first))


def _by_cell(staffed: Staffed, number: int) -> Iterator[tuple[str, tuple[StaffCount, ...]]]:
    """Who is on each cell, and what is changed of it by a year."""
    placements = list[Placement](staffed.placements)
    for decided in staffed.decided:
        if decided.year <= number:
            placements = [*(() if decided.restated else placements), *decided.placements]
    cells: dict[str, list[StaffCount]] = {}
    for one in placements:
        if one.wage is not None and (cell := one.wage.cells[0].name):
            cells.setdefault(cell, []).append(one.fte)
    yield from ((cell, tuple(counts)) for cell, counts in cells.items())


def _overdrawn(plan: Plan, counts: Sequence[StaffCount], what: str, year: str) -> Iterator[Problem]:
    """The problem where counts are less than nothing together; `what` they are follows their number."""
    left = sum_of(counts)
    if left < 0:
        fewer = [count for count in counts if count.value < 0]
        gone = -sum_of(fewer)
        message = f"removes {plain(gone)} {what}, but in {year} there are {plain(left + gone)}"
        hint = f"give up fewer in `{plan.name}`, or end the change with `until`"
        yield Problem(fewer[-1].place, message, hint)
