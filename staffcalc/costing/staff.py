"""How many people hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from staffcalc.costing.formula import Formula, Head, Input, One, Part, Whole, add, times, value
from staffcalc.schoolfile.school import Staffed


@dataclass(frozen=True, slots=True)
class Group:
    """People of the same FTE: how many, and the FTE of each."""

    count: Formula
    each: Formula


@dataclass(frozen=True)
class Staff:
    """The staff of one post. `groups` tell people apart where a cap or a threshold looks at each person."""

    fte: Formula
    people: Formula
    groups: tuple[Group, ...]

    @cached_property
    def is_empty(self) -> bool:
        return value(self.fte) == 0 and value(self.people) == 0


def staff(staffed: Staffed) -> Staff:
    """The staff formulas of a post. FTE of 2.5 are two full-time people and one at 0.5."""
    name = "people" if staffed.people else "FTE"
    count = add(*(Input.of(name, figure) for figure in staffed.counts))
    if staffed.people:
        each: Formula = Input.of("FTE each", staffed.each) if staffed.each is not None else One()
        return Staff(times(count, each), count, (Group(count, each),))
    whole, part = Whole(count), Part(count, count.places)
    groups: tuple[Group, ...] = (Group(whole, One()),)
    if value(part):
        groups = (*groups, Group(Head(part), part))
    return Staff(count, add(*(group.count for group in groups)), groups)
