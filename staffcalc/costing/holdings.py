"""The staff of a post as groups of people who earn the same: whole ones and a part, or people of a roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from staffcalc.costing.counts import count_formula, each_formula, so_many
from staffcalc.formula.formula import (
    Formula,
    Head,
    Input,
    One,
    Part,
    Whole,
    add,
    less,
    minus,
    times,
)
from staffcalc.language.figures import Figure
from staffcalc.school.school import Alike, FundShare, Placed, Wage


class Group(NamedTuple):
    """People of the same FTE: how many, and the FTE of each."""

    people: Formula
    each: Formula


class Leading(NamedTuple):
    """Those who lead teams of a size, and the FTE of each: a number of them, or a share of some people."""

    leaders: Formula
    each: Formula
    size: Formula

    @property
    def fte(self) -> Formula:
        """The FTE of them all."""
        return times(self.leaders, self.each)


class Holding(NamedTuple):
    """Those of a post's staff who earn the same. `wage`: their own pay, where it is known; None: the pay of the role.

    `added` is the year of the forecast in which a plan added them (0: the file's own); None: they are there today.
    `funds` pay them alone; left empty: the role's funds. `person` has further posts. Nobody holds a `vacant` post.
    Whoever is `leaving` does at the end of the file's year. Those who have `moved` gave up a post of another role for
    this one; whoever `brings` a pay has it from there. `label` tells a person of whom some plan says what becomes.
    `leading` are the teams that some of them lead, where their supplement is by the size of these.
    """

    fte: Formula
    people: Formula
    groups: tuple[Group, ...]
    wage: Wage | None = None
    added: int | None = None
    funds: tuple[FundShare, ...] = ()
    vacant: bool = False
    person: str = ""
    leaving: bool = False
    moved: bool = False
    brings: bool = False
    label: str = ""

    @property
    def left(self) -> Formula:
        """How many they are, in FTE."""
        return self.fte

    @property
    def heads(self) -> Formula:
        """How many are paid what a person is paid once: a vacant post counts as whoever will hold it."""
        return add(*(group.people for group in self.groups)) if self.vacant else self.people

    @property
    def hired(self) -> bool:
        """Whether a plan has added them, and has taken nobody of its own for it."""
        return self.added is not None and not self.moved

    leading: tuple[Leading, ...] = ()

    def times(self, share: Formula) -> Holding:
        """So much of them: each keeps their FTE, and counts for the share of a person."""
        groups = tuple(Group(times(group.people, share), group.each) for group in self.groups)
        return self._replace(fte=times(self.fte, share), people=times(self.people, share), groups=groups)


class GivenUp(NamedTuple):
    """Posts that a plan gives up in a year of the forecast (0: the file's own), with those who hold them."""

    holding: Holding
    year: int


class Staff(NamedTuple):
    """The staff of one post. `groups` tell people apart where a cap or a threshold looks at each person, and
    `holdings` where they earn differently; most posts are one holding. `given_up` are posts that are there no more,
    and `placed` are those of today whose pay is known. `leading`: the FTE that lead teams, where their supplement is by
    the size of these."""

    fte: Formula
    people: Formula
    holdings: tuple[Holding, ...]
    given_up: tuple[GivenUp, ...] = ()
    placed: tuple[Holding, ...] = ()
    leading: tuple[Leading, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The people of all holdings."""
        if len(self.holdings) == 1:
            return self.holdings[0].groups
        return tuple(group for holding in self.holdings for group in holding.groups)


def people_of_fte(count: Formula, each: Figure | None) -> Holding:
    """So many people of so many FTE."""
    fte = each_formula(each)
    return Holding(times(count, fte), count, (Group(count, fte),))


def staff_of_fte(fte: Formula) -> Holding:
    groups = _full_and_part_time(fte)
    return Holding(fte, add(*(group.people for group in groups)), groups)


def _full_and_part_time(fte: Formula) -> tuple[Group, ...]:
    # The part stands in the formula of a whole number too, so that the same formula holds for any other FTE.
    whole, part = Whole(fte), Part(fte, fte.places)
    return (Group(whole, One()), Group(Head(part), part))


def more_fte(before: Formula | None, count: Formula) -> Holding:
    """So many FTE more than there were: the people of all of them less those of before."""
    if before is None:
        return staff_of_fte(count)
    was, now = _full_and_part_time(before), _full_and_part_time(add(before, count))
    full_time = Group(minus(now[0].people, was[0].people), One())
    groups = (full_time, now[1], Group(less(was[1].people), was[1].each))
    return Holding(count, add(*(group.people for group in groups)), groups)


def either(share: Formula, one: Holding, other: Holding) -> Holding:
    """The one where a share is 1, and the other where it is 0: the same FTE as other people."""
    some, rest = one.times(share), other.times(minus(One(), share))
    return other._replace(people=add(some.people, rest.people), groups=(*some.groups, *rest.groups))


def placed_staff(placed: Iterable[Placed]) -> Iterator[Holding]:
    """One for each cell with all that is placed on it, and one for all people of a roster who are alike: of the same
    pay, FTE and funds."""
    alike: dict[tuple[object, ...], list[Placed]] = {}
    for one in placed:
        told = one.person if one.several or one.named else ""
        fte = one.fte.each.value if isinstance(one.fte, Alike) else None
        key = (id(one.wage), fte, one.funds, one.vacant, one.leaving, told, bool(one.person))
        alike.setdefault(key, []).append(one)
    for some in alike.values():
        yield _alike(some)


def _alike(some: Sequence[Placed]) -> Holding:
    first = some[0]
    alike = [(one.fte.people, Input.of("FTE", one.fte.each)) for one in some if isinstance(one.fte, Alike)]
    if not alike:
        holding = staff_of_fte(add(*(count_formula("FTE", one.fte) for one in some)))
    else:
        people = add(*(so_many(number, Head(each)) for number, each in alike))
        fte = add(*(so_many(number, each) for number, each in alike))
        holding = Holding(fte, people, (Group(people, alike[0][1]),))
    if first.vacant:
        holding = holding._replace(people=add())
    return holding._replace(
        wage=first.wage,
        funds=first.funds,
        vacant=first.vacant,
        person=first.person if first.several else "",
        leaving=first.leaving,
        label=first.person if first.named else "",
    )
