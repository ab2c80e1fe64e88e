"""How many people hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from typing import NamedTuple

from staffcalc.costing.formula import Formula, Head, Input, One, Part, Whole, add, times
from staffcalc.schoolfile.school import Staffed


class Group(NamedTuple):
    """People of the same FTE: how many, and the FTE of each."""

    people: Formula
    each: Formula


class Staff(NamedTuple):
    """The staff of one post. `groups` tell people apart where a cap or a threshold looks at each person."""

    fte: Formula
    people: Formula
    groups: tuple[Group, ...]


def staff(staffed: Staffed) -> Staff:
    """The staff formulas of a post. FTE of 2.5 are two full-time people and one at 0.5."""
    name = "people" if staffed.people else "FTE"
    count = add(*(Input.of(name, figure) for figure in staffed.counts))
    if staffed.people:
        each: Formula = Input.of("FTE each", staffed.each) if staffed.each is not None else One()
        return Staff(times(count, each), count, (Group(count, each),))
    whole, part = Whole(count), Part(count, count.places)
    # The part stands in the formula of a whole number too, so that the same formula holds for any other FTE.
    groups = (Group(whole, One()), Group(Head(part), part))
    return Staff(count, add(*(group.people for group in groups)), groups)
