"""As much staff as a plan gives up: what a ratio or a dated figure comes to in a year may be less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from staffcalc.formula.words import plain
from staffcalc.language.school_year import first_of
from staffcalc.school.parts.counts import StaffCount
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.refigured import AS_THEY_ARE, Refigured
from staffcalc.school.school import Plan, School
from staffcalc.source.problems import Problem


def overdrawn(plans: Iterable[Plan], year: str, as_of: Refigured = AS_THEY_ARE) -> Iterator[Problem]:
    """Roles of which plans give up more than there are in a year; the figures of the plans are those of that year, or
    are made so."""
    for plan in plans:
        for one in plan.staff:
            counts: tuple[StaffCount, ...] = as_of.of(one.now.counts)
            left = sum_of(counts)
            if left < 0:
                fewer = [count for count in counts if count.value < 0]
                gone = -sum_of(fewer)
                unit = "people" if one.people else "FTE"
                what = (
                    f"removes {plain(gone)} {unit} of `{one.post.name}`, but in {year} there are {plain(left + gone)}"
                )
                hint = f"give up fewer in `{plan.name}`, or end the change with `until`"
                yield Problem(fewer[-1].place, what, hint)


def overdrawn_at_once(school: School) -> Iterator[Problem]:
    """The same in the school's own year, of figures that the file states for that very year."""
    if school.dated and school.year is not None:
        first = first_of(school.year)
        of_year = Refigured(lambda figure: figure.in_year(first))
        yield from overdrawn((plan.in_force(0) for plan in school.plans), school.year, of_year)
