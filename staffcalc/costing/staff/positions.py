"""The staff of a post as groups of people who earn the same: whole ones and a part, or people of a roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from staffcalc.costing.growth.wages import is_spread
from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.counts import count_formula, each_formula, so_many
from staffcalc.formula.formula import (
    Formula,
    FullTime,
    Head,
    Number,
    One,
    PartTime,
    Quotient,
    add,
    less,
    minus,
    of_figure,
    times,
)
from staffcalc.formula.rows import Rows
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.parts.counts import Alike
from staffcalc.school.school import FundShare, Placement, Wage


class PeopleGroup(NamedTuple):
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


class PartYear(NamedTuple):
    """The shares of a year for which some are paid: of their pay, and of premiums."""

    pay: Formula
    premiums: Formula


def part_year(months: Figure, of: Figure | None) -> PartYear:
    """So many months of a year of so many (None: twelve); premiums go by twelfths."""
    some, twelve = of_figure("months paid", months), Number(12)
    whole = twelve if of is None else of_figure("months of the year", of)
    return PartYear(Quotient(some, whole), Quotient(some, twelve))


class Wages(NamedTuple):
    """What each of many rows earns."""

    each: tuple[Wage, ...]
    rows: Rows


class Position(NamedTuple):
    """Those of a post's staff who earn the same. `wage`: their own pay, where it is known; None: the pay of the role.
    Or many `rows` of a roster who are costed alike, each with its own FTE and, where they differ, one of the `wages`.

    `added` is the year of the forecast in which a plan added them (0: the file's own); None: they are there today.
    `fund_shares` pay them alone; left empty: the role's funds. `person` has further posts. Nobody holds a `vacant`
    post. Whoever is `leaving` does at the end of the file's year. Those who have `moved` gave up a post of another role
    for this one; whoever `brings` a pay has it from there. `label` tells a person of whom some plan says what becomes.
    `part`: they are paid for a part of the year. `leading` are the teams that some of them lead, where their supplement
    is by the size of these. `placed` is the year in which a whole mix has put today's staff on this cell.
    `paid_once` is the part of a person's stipend that falls to this post, where it is not that of the head.
    """

    fte: Formula
    people: Formula
    groups: tuple[PeopleGroup, ...]
    wage: Wage | None = None
    added: int | None = None
    fund_shares: tuple[FundShare, ...] = ()
    vacant: bool = False
    person: str = ""
    leaving: bool = False
    moved: bool = False
    brings: bool = False
    label: str = ""
    rows: Rows | None = None
    wages: Wages | None = None
    part: PartYear | None = None

    def paid(self, amount: Formula) -> Formula:
        """What a year's pay comes to for the months that they are paid for."""
        return amount if self.part is None else times(amount, self.part.pay)

    def insured(self, amount: Formula) -> Formula:
        """What a year's premiums come to."""
        return amount if self.part is None else times(amount, self.part.premiums)

    @property
    def left(self) -> Formula:
        """How many they are, in FTE."""
        return self.fte

    @property
    def heads(self) -> Formula:
        """How many are paid what a person is paid once: a vacant post counts as whoever will hold it."""
        if self.vacant:
            return add(*(group.people for group in self.groups))
        return self.people if self.paid_once is None else self.paid_once

    @property
    def hired(self) -> bool:
        """Whether a plan has added them, and has taken nobody of its own for it."""
        return self.added is not None and not self.moved

    leading: tuple[Leading, ...] = ()
    placed: int | None = None
    paid_once: Formula | None = None

    def times(self, share: Formula) -> Position:
        """So much of them: each keeps their FTE, and counts for the share of a person."""
        groups = tuple(PeopleGroup(times(group.people, share), group.each) for group in self.groups)
        return self._replace(fte=times(self.fte, share), people=times(self.people, share), groups=groups)


class GivenUp(NamedTuple):
    """Posts that a plan gives up in a year of the forecast (0: the file's own), with those who hold them."""

    position: Position
    year: int


class PostStaff(NamedTuple):
    """The staff of one post. `groups` tell people apart where a cap or a threshold looks at each person, and
    `positions` where they earn differently; most posts are one position. `given_up` are posts that are there no more,
    and `today` are those of today whose pay is known. `leading`: the FTE that lead teams, where their supplement is by
    the size of these."""

    fte: Formula
    people: Formula
    positions: tuple[Position, ...]
    given_up: tuple[GivenUp, ...] = ()
    today: tuple[Position, ...] = ()
    leading: tuple[Leading, ...] = ()

    @property
    def groups(self) -> tuple[PeopleGroup, ...]:
        """The people of all positions."""
        if len(self.positions) == 1:
            return self.positions[0].groups
        return tuple(group for position in self.positions for group in position.groups)


def people_of_fte(count: Formula, each: Figure | None) -> Position:
    """So many people of so many FTE."""
    fte = each_formula(each)
    return Position(times(count, fte), count, (PeopleGroup(count, fte),))


def staff_of_fte(fte: Formula) -> Position:
    groups = _full_and_part_time(fte)
    return Position(fte, add(*(group.people for group in groups)), groups)


def _full_and_part_time(fte: Formula) -> tuple[PeopleGroup, ...]:
    # The part stands in the formula of a whole number too, so that the same formula holds for any other FTE.
    whole, part = FullTime(fte), PartTime(fte, fte.places)
    return (PeopleGroup(whole, One()), PeopleGroup(Head(part), part))


def more_fte(before: Formula | None, count: Formula) -> Position:
    """So many FTE more than there were: the people of all of them less those of before."""
    if before is None:
        return staff_of_fte(count)
    was, now = _full_and_part_time(before), _full_and_part_time(add(before, count))
    full_time = PeopleGroup(minus(now[0].people, was[0].people), One())
    groups = (full_time, now[1], PeopleGroup(less(was[1].people), was[1].each))
    return Position(count, add(*(group.people for group in groups)), groups)


def either(share: Formula, one: Position, other: Position) -> Position:
    """The one where a share is 1, and the other where it is 0: the same FTE as other people."""
    some, rest = one.times(share), other.times(minus(One(), share))
    return other._replace(people=add(some.people, rest.people), groups=(*some.groups, *rest.groups))


Patterns = Mapping[str, tuple[object, int]]
"""For people with several posts what these are, alike for some, and in which order they stand."""


def patterns_of(posts: Iterable[Sequence[Placement]]) -> Patterns:
    """Which of those who have several of these posts are costed alike: they hold as many of each, on the same funds."""
    held: dict[str, dict[tuple[object, ...], tuple[object, ...]]] = {}
    twice = set[str]()
    for number, placements in enumerate(posts):
        for one in placements:
            if one.several:
                own, key = held.setdefault(one.person, {}), (number, _likeness(one))
                twice |= {one.person} if key in own else set()
                own[key] = (number, one.fund_shares, one.leaving)
                twice |= {one.person} if one.named else set()
    return {person: (tuple(own.values()), at) for at, (person, own) in enumerate(held.items()) if person not in twice}


def positions_of(
    placements: tuple[Placement, ...], shared: Shared, patterns: Patterns | None = None
) -> tuple[Position, ...]:
    """One for each cell with all that stand on it, and one for all people of a roster who are alike: of the same
    pay, FTE and funds. Where `patterns` are known, people who differ in pay and FTE alone are rows of one."""
    key = ("placements", id(placements), id(patterns))
    return shared.once(key, (placements, patterns), lambda: tuple(_positions(placements, shared, patterns)))


def _positions(placements: tuple[Placement, ...], shared: Shared, patterns: Patterns | None) -> Iterator[Position]:
    """The positions as in other years, with the pay of this one."""
    numbers: dict[int, int] = {id(None): -1}
    key = tuple(
        (
            id(one.fte),
            numbers.setdefault(id(one.wage), len(numbers)),
            one.fund_shares,
            one.vacant,
            one.leaving,
            one.named,
            patterns.get(one.person) if patterns is not None and one.several else None,
            _spread(one),
        )
        for one in placements
    )
    layout = shared.once(("layout", patterns is None, key), placements, lambda: tuple(_layout(placements, patterns)))
    for position, members in layout:
        first = placements[members[0]].wage
        if position.wages is None:
            yield position._replace(wage=first)
        else:
            wages = tuple(wage for at in members if (wage := placements[at].wage) is not None)
            yield position._replace(wage=first, wages=Wages(wages, position.wages.rows))


_Member = tuple[int, int, Sequence[int]]
"""A row: where it stands among its like, and among all, and those that it is made of."""


def _layout(placements: Sequence[Placement], patterns: Patterns | None) -> Iterator[tuple[Position, Sequence[int]]]:
    """The positions, and the first of those whom each row is made of."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(placements):
        alike.setdefault((*_likeness(one), at if one.several else -1), []).append(at)
    kinds: dict[object, list[_Member]] = {}
    posts: dict[str, int] = {}
    for rank, some in enumerate(alike.values()):
        first, order = placements[some[0]], rank
        kind: tuple[object, ...] | None = None
        if (
            patterns is not None
            and len(some) == 1
            and isinstance(first.fte, Alike)
            and not (first.named or _spread(first))
        ):
            kind = (first.fund_shares, first.vacant, first.leaving, first.wage is None)
            if first.several:
                posts[first.person] = posts.get(first.person, 0) + 1
                pattern, order = patterns.get(first.person, (None, rank))
                kind = None if pattern is None else (*kind, pattern, posts[first.person])
        kinds.setdefault(rank if kind is None else kind, []).append((order, rank, some))
    for members in kinds.values():
        if len(members) == 1:
            _, rank, own = members[0]
            yield _alike([placements[at] for at in own])._replace(rows=Rows((rank,))), own
        else:
            members = sorted(members, key=lambda member: member[0])
            rows = Rows([rank for _, rank, _ in members])
            firsts = [some[0] for _, _, some in members]
            yield _rows([placements[at] for at in firsts], rows), firsts


def _spread(placement: Placement) -> bool:
    """Whether those who hold a post earn differently, as nobody knows their place in a band."""
    return placement.wage is not None and is_spread(placement.wage)


def _likeness(one: Placement) -> tuple[object, ...]:
    told = one.person if one.several or one.named else ""
    fte = one.fte.each.value if isinstance(one.fte, Alike) else None
    return id(one.wage), fte, one.fund_shares, one.vacant, one.leaving, told, bool(one.person)


def _rows(placements: Sequence[Placement], rows: Rows) -> Position:
    """People who differ in pay and FTE alone."""
    alike = [one.fte for one in placements if isinstance(one.fte, Alike)]
    each = [of_figure("FTE", one.each) for one in alike]
    fte = rows.column([so_many(one.people, own) for one, own in zip(alike, each, strict=True)])
    people = rows.column([so_many(one.people, Head(own)) for one, own in zip(alike, each, strict=True)])
    group = PeopleGroup(people, rows.column(each) if any(one.people > 1 for one in alike) else fte)
    first, wages = placements[0], tuple(one.wage for one in placements if one.wage is not None)
    return Position(
        fte,
        add() if first.vacant else people,
        (group,),
        wage=first.wage,
        fund_shares=first.fund_shares,
        vacant=first.vacant,
        person=first.person if first.several else "",
        leaving=first.leaving,
        rows=rows,
        wages=None if all(one is first.wage for one in wages) else Wages(wages, rows),
    )


def _alike(some: Sequence[Placement]) -> Position:
    first = some[0]
    alike = [(one.fte.people, of_figure("FTE", one.fte.each)) for one in some if isinstance(one.fte, Alike)]
    if not alike:
        position = staff_of_fte(add(*(count_formula("FTE", one.fte) for one in some)))
    else:
        people = add(*(so_many(number, Head(each)) for number, each in alike))
        fte = add(*(so_many(number, each) for number, each in alike))
        position = Position(fte, people, (PeopleGroup(people, alike[0][1]),))
    if first.vacant:
        position = position._replace(people=add())
    return position._replace(
        wage=first.wage,
        fund_shares=first.fund_shares,
        vacant=first.vacant,
        person=first.person if first.several else "",
        leaving=first.leaving,
        label=first.person if first.named else "",
    )
