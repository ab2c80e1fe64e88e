"""How many hold a post, and how many FTE they are: the staff formulas that every price is applied to.

Today's staff and the plan's are laid side by side. What there is no more is given up; what there is more is added.
A number without a name takes from everybody by the same share; a change of a cell takes from that cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from staffcalc.costing.formula import (
    Formula,
    Head,
    Input,
    Number,
    One,
    Part,
    Quotient,
    Rounded,
    Stepped,
    Whole,
    add,
    less,
    lesser,
    minus,
    times,
)
from staffcalc.schoolfile.figures import MOST_DECIMALS, Figure
from staffcalc.schoolfile.school import Alike, Count, FundShare, Placed, Ratio, Staffed, Wage


class Group(NamedTuple):
    """People of the same FTE: how many, and the FTE of each."""

    people: Formula
    each: Formula


class Holding(NamedTuple):
    """Those of a post's staff who earn the same. `wage`: their own pay, where it is known; None: the pay of the role.

    `added` is the year of the forecast in which a plan added them (0: the file's own); None: they are there today.
    `funds` pay them alone; left empty: the role's funds. `person` has further posts. Nobody holds a `vacant` post.
    `stays` is the share of them that is left when a fund of theirs has ended, and `before` their FTE without that end.
    """

    fte: Formula
    people: Formula
    groups: tuple[Group, ...]
    wage: Wage | None = None
    added: int | None = None
    funds: tuple[FundShare, ...] = ()
    vacant: bool = False
    person: str = ""
    stays: Figure | None = None
    before: Formula | None = None

    @property
    def whole(self) -> Formula:
        """The FTE as if no fund had ended."""
        return self.fte if self.before is None else self.before

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
    and `placed` are those of today whose pay is known."""

    fte: Formula
    people: Formula
    holdings: tuple[Holding, ...]
    given_up: tuple[GivenUp, ...] = ()
    placed: tuple[Holding, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The people of all holdings."""
        if len(self.holdings) == 1:
            return self.holdings[0].groups
        return tuple(group for holding in self.holdings for group in holding.groups)


def staff(staffed: Staffed, *, hires_apart: bool = True) -> Staff:
    """The staff formulas of a post. FTE of 2.5 are two full-time people and one at 0.5.

    `hires_apart`: today's staff, posts added and posts given up are told apart, where the post says what a new hire
    earns.
    """
    apart = hires_apart and staffed.post.new_hire is not None
    placed = bool(staffed.placed or (staffed.today is not None and staffed.today.placed))
    whole = _counted(staffed.now, staffed.people)
    fte = times(whole, _each(staffed)) if staffed.people else whole
    if placed or (apart and (staffed.today is not None or staffed.later)):
        stock = _Stock(staffed)
        holdings = stock.holdings()
        given_up = tuple(stock.given_up) if apart and not staffed.post.saves_own else ()
    else:
        holdings, given_up = (_holding(whole, staffed),), ()
    if staffed.stays is not None or any(holding.stays is not None for holding in holdings):
        holdings = tuple(_left(holding, staffed.stays) for holding in holdings)
        given_up = tuple(one._replace(holding=_left(one.holding, staffed.stays)) for one in given_up)
        fte = add(*(holding.fte for holding in holdings))
    people = holdings[0].people if len(holdings) == 1 else add(*(holding.people for holding in holdings))
    return Staff(fte, people, holdings, given_up, tuple(_placed((staffed.today or staffed).placed)))


def _left(holding: Holding, of_role: Figure | None) -> Holding:
    """What is left of a holding when a fund that paid it has ended and nobody follows."""
    stays = holding.stays if holding.funds else of_role
    if stays is None:
        return holding._replace(stays=None)
    left = holding.times(Input.of("share that goes on", stays))._replace(stays=stays, before=holding.fte)
    return left if not holding.person else left._replace(groups=holding.groups)  # told by the posts of the person


def count_formula(name: str, count: Count) -> Formula:
    """A count of staff: a stated number, people who are alike, or so many for each of what a ratio counts, rounded as
    the file says."""
    if isinstance(count, Alike):
        return _so_many(count.people, Input.of(name, count.each))
    return Input.of(name, count) if isinstance(count, Figure) else _ratio(count)


def _so_many(people: int, of_each: Formula) -> Formula:
    return of_each if people == 1 else times(Number(people), of_each)


def _counted(counts: Iterable[Count], people: bool) -> Formula:
    return add(*(count_formula("people" if people else "FTE", count) for count in counts))


def _ratio(ratio: Ratio) -> Formula:
    factors = [add(*(count_formula(ratio.name, count) for count in ratio.of))]
    factors += [Input.of("FTE each", ratio.of_each)] if ratio.of_each is not None else []
    factors += [Input.of("share that goes on", ratio.stays)] if ratio.stays is not None else []
    factors += [Input.of("FTE for each", ratio.fte)] if ratio.fte is not None else []
    exact = times(*factors)
    if ratio.each is not None:
        exact = Quotient(exact, Input.of(f"{ratio.name} for each", ratio.each))
    if ratio.step is not None:
        step = Input.of("step", ratio.step)
        return Stepped(exact, step, ratio.up, step.places)
    return Rounded(exact, MOST_DECIMALS)


def _each(staffed: Staffed) -> Formula:
    return Input.of("FTE each", staffed.each) if staffed.each is not None else One()


def _holding(count: Formula, staffed: Staffed) -> Holding:
    """All who hold the post, as the plan counts them."""
    if not staffed.people:
        return _of_fte(count)
    each = _each(staffed)
    return Holding(times(count, each), count, (Group(count, each),))


def _of_fte(fte: Formula) -> Holding:
    groups = _full_and_part_time(fte)
    return Holding(fte, add(*(group.people for group in groups)), groups)


def _full_and_part_time(fte: Formula) -> tuple[Group, ...]:
    # The part stands in the formula of a whole number too, so that the same formula holds for any other FTE.
    whole, part = Whole(fte), Part(fte, fte.places)
    return (Group(whole, One()), Group(Head(part), part))


class _Stock:
    """The staff of a post from today on: what a plan, and each later year, takes from it and adds to it.

    `placed` are those whose pay is known. The others are `counted` in one number for those who are left of today's
    (None) and one for each year that has added some; in people where the plan counts people.
    """

    def __init__(self, staffed: Staffed) -> None:
        self.staffed = staffed
        self.today = staffed.today or staffed
        self.given_up: list[GivenUp] = []
        self.placed = list(_placed(self.today.placed))
        own = {one.fte for one in self.today.placed}
        others = [count for count in self.today.counts if count not in own]
        self.counted: list[tuple[int | None, Formula]] = []
        if others:
            self.counted.append((None, _counted(others, self.today.people)))
        self.otherwise = not self._counted_alike()
        if staffed.today is not None:
            self._begin()
        before = _counted(staffed.counts, staffed.people)
        for number, counts in enumerate(staffed.later, 1):
            now = _counted(counts, staffed.people)
            if now != before:
                self._to(before, now, number)
            before = now

    def holdings(self) -> tuple[Holding, ...]:
        """All who hold the post: the placed, what is left of the others, and what each year has added."""
        found = (*self.placed, *self._people(self.counted))
        return found or (_holding(add(), self.staffed),)

    def _people(self, counted: Sequence[tuple[int | None, Formula]]) -> Iterator[Holding]:
        """People of so many FTE: whole ones and one part of all together, each year's those that it makes more."""
        if self.staffed.people:
            yield from (_holding(count, self.staffed)._replace(added=year) for year, count in counted)
        elif self.otherwise and len(counted) > 1:
            every = _of_fte(add(*(count for _, count in counted)))
            yield from (
                every.times(Quotient(count, every.fte))._replace(fte=count, added=year) for year, count in counted
            )
        else:
            running: Formula | None = None
            for year, count in counted:
                yield _more(running, count)._replace(added=year)
                running = count if running is None else add(running, count)

    def _all(self) -> Formula:
        """How many there are by now."""
        return add(*(one.fte for one in self.placed), *(count for _, count in self.counted))

    # The file's year

    def _begin(self) -> None:
        staffed, today = self.staffed, self.today
        if staffed.restated:
            self._restate()
        elif self.otherwise:
            self._count_otherwise()
        else:
            moved = staffed.placed[len(today.placed) :]
            if moved:
                self._move(today.placed, moved)
            named = {one.fte for one in moved}
            if tuple(count for count in staffed.counts if count not in named) != today.counts:
                self._to(self._all(), _counted(staffed.counts, staffed.people), 0)

    def _counted_alike(self) -> bool:
        staffed, today = self.staffed, self.today
        if not today.counts or not staffed.counts:
            return True
        each = [None if one.each is None else one.each.value for one in (staffed, today)]
        return staffed.people == today.people and each[0] == each[1]

    def _move(self, before: Sequence[Placed], moved: Sequence[Placed]) -> None:
        """Changes of single cells: each takes from those at that very pay, and adds to them."""
        cells: dict[int, list[Placed]] = {}
        for one in moved:
            cells.setdefault(id(one.wage), []).append(one)
        for key, changes in cells.items():
            held = [one for one in before if id(one.wage) == key]
            there = self._at(key)
            change = add(*(count_formula("FTE", one.fte) for one in changes))
            self._to_cell(there, add(*(one.fte for one in there), change), people=any(one.person for one in held))
            if not there:
                self.placed.append(_of_fte(change)._replace(wage=changes[0].wage, added=0))

    def _at(self, wage: int) -> list[Holding]:
        return [one for one in self.placed if id(one.wage) == wage]

    def _to_cell(self, there: Sequence[Holding], now: Formula, *, people: bool) -> None:
        """So many FTE at one pay, where there are others today: people of a roster go by the same share."""
        if not there:
            return
        before = add(*(one.fte for one in there))
        stays = lesser(before, now)
        gone, added = minus(before, stays), minus(now, stays)
        at = next(at for at, one in enumerate(self.placed) if one is there[0])
        self.placed = [one for one in self.placed if all(one is not other for other in there)]
        if people or len(there) > 1:
            left = [one.times(Quotient(stays, before)) for one in there]
            self.given_up += [GivenUp(one.times(Quotient(gone, before)), 0) for one in there]
            more = _of_fte(added)
        else:
            left = [_of_fte(stays)._replace(wage=there[0].wage)]
            self.given_up.append(GivenUp(_of_fte(gone)._replace(wage=there[0].wage), 0))
            more = _more(stays, added)
        self.placed[at:at] = [*left, more._replace(wage=there[0].wage, added=0)]

    def _restate(self) -> None:
        """A whole mix by cells, as changes from today's cells to it, or from so many FTE."""
        staffed, today = self.staffed, self.today
        own = {one.fte for one in staffed.placed}
        others = [count for count in staffed.counts if count not in own]
        covers = [count for count in others if isinstance(count, Ratio)]
        stated = _counted([*(one.fte for one in staffed.placed), *covers], False)
        if today.placed:
            self._restate_cells()
            before = self.counted
            self.counted = []
            if before or covers:
                self._to_covers(before[0][1] if before else None, _counted(covers, False))
        else:
            self._place(stated, _counted(covers, False) if covers else None)
        if any(isinstance(count, Figure) for count in others):
            self._to(self._all(), _counted(staffed.counts, False), 0)

    def _restate_cells(self) -> None:
        staffed, today = self.staffed, self.today
        self.placed = [one for one in self.placed if not one.vacant]  # the mix says who is there
        pay = {id(one.wage): one.wage for one in (*today.placed, *staffed.placed)}
        for key, wage in pay.items():
            there = self._at(key)
            stated = add(*(count_formula("FTE", one.fte) for one in staffed.placed if id(one.wage) == key))
            if there:
                self._to_cell(there, stated, people=any(one.person for one in today.placed if id(one.wage) == key))
            else:
                self.placed.append(_of_fte(stated)._replace(wage=wage, added=0))

    def _to_covers(self, before: Formula | None, now: Formula) -> None:
        """From today's cover of released time to the plan's."""
        if before is None:
            self.counted.append((0, now))
            return
        stays = lesser(before, now)
        self.given_up.append(GivenUp(_of_fte(minus(before, stays)), 0))
        self.counted += [(None, stays), (0, minus(now, stays))]

    def _place(self, whole: Formula, covers: Formula | None) -> None:
        """From staff whose places nobody knows to a whole mix by cells: of each cell, as large a share as was there
        is theirs, and the rest is added."""
        today = self.today
        before = self._fte_today()
        stays = lesser(before, whole)
        if self.counted:
            goes = minus(before, stays)
            gone = self._gone_of_today(before, goes) if today.people else _of_fte(goes)
            self.given_up.append(GivenUp(gone, 0))
        kept, added = Quotient(stays, whole), Quotient(minus(whole, stays), whole)
        cells: dict[int, list[Placed]] = {}
        for one in self.staffed.placed:
            cells.setdefault(id(one.wage), []).append(one)
        for some in cells.values():
            cell = _of_fte(add(*(count_formula("FTE", one.fte) for one in some)))._replace(wage=some[0].wage)
            self.placed += [cell.times(kept), cell.times(added)._replace(added=0)]
        self.counted = [] if covers is None else [(None, times(covers, kept)), (0, times(covers, added))]

    def _count_otherwise(self) -> None:
        """Today's staff are counted in people and the plan's in FTE, or the other way: by FTE, what stays is paid as
        today."""
        staffed, today = self.staffed, self.today
        count = _counted(staffed.counts, staffed.people)
        now = times(count, _each(staffed)) if staffed.people else count
        before = self._fte_today()
        stays = lesser(before, now)
        if today.placed:
            self._shrink(before, stays, 0)
            kept: list[tuple[int | None, Formula]] = list(self.counted)
        else:
            self.given_up.append(GivenUp(self._gone_of_today(before, minus(before, stays)), 0))
            kept = [(None, stays if not staffed.people else times(count, Quotient(stays, now)))]
        added = minus(now, stays)
        self.counted = [*kept, (0, added if not staffed.people else times(count, Quotient(added, now)))]

    def _fte_today(self) -> Formula:
        return times(self._all(), _each(self.today)) if self.today.people else self._all()

    def _gone_of_today(self, fte: Formula, goes: Formula) -> Holding:
        """So many FTE of today's staff, as people of today."""
        return _holding(_counted(self.today.counts, self.today.people), self.today).times(Quotient(goes, fte))

    # From one number to another

    def _to(self, before: Formula, now: Formula, year: int) -> None:
        """From so many to so many: what goes, goes from everybody by the same share; what comes is added."""
        if not self.placed and not self.counted:
            self.counted.append((year, now))
            return
        stays = lesser(before, now)
        if len(self.counted) == 1 and not self.placed:
            self._give_up([(self.counted[0][0], minus(before, stays))], year)
            self.counted = [(self.counted[0][0], stays)]
        else:
            self._shrink(before, stays, year)
        self.counted.append((year, minus(now, stays)))

    def _shrink(self, before: Formula, stays: Formula, year: int) -> None:
        """Vacant posts go first; whom nobody names go by the same share."""
        vacant = [one.fte for one in self.placed if one.vacant]
        goes, of_vacant = Quotient(minus(before, stays), before), add()
        if vacant:
            gone, every = minus(before, stays), add(*vacant)
            of_vacant = Quotient(lesser(gone, every), every)
            goes = Quotient(minus(gone, lesser(gone, every)), minus(before, every))
        left = Quotient(stays, before) if not vacant else minus(One(), goes)
        self.given_up += [GivenUp(one.times(goes), year) for one in self.placed if not one.vacant]
        self.placed = [one.times(minus(One(), of_vacant) if one.vacant else left) for one in self.placed]
        self._give_up([(added, times(count, goes)) for added, count in self.counted], year)
        self.counted = [(added, times(count, left)) for added, count in self.counted]

    def _give_up(self, counted: Sequence[tuple[int | None, Formula]], year: int) -> None:
        self.given_up += [GivenUp(one, year) for one in self._people(counted)]


def _more(before: Formula | None, count: Formula) -> Holding:
    """So many FTE more than there were: the people of all of them less those of before."""
    if before is None:
        return _of_fte(count)
    was, now = _full_and_part_time(before), _full_and_part_time(add(before, count))
    full_time = Group(minus(now[0].people, was[0].people), One())
    groups = (full_time, now[1], Group(less(was[1].people), was[1].each))
    return Holding(count, add(*(group.people for group in groups)), groups)


def _placed(placed: Iterable[Placed]) -> Iterator[Holding]:
    """One for each cell with all that is placed on it, and one for all people of a roster who are alike: of the same
    pay, FTE and funds."""
    alike: dict[tuple[object, ...], list[Placed]] = {}
    for one in placed:
        told = one.person if one.several else ""
        fte = one.fte.each.value if isinstance(one.fte, Alike) else None
        stays = None if one.stays is None else one.stays.value
        key = (id(one.wage), fte, one.funds, stays, one.vacant, told, bool(one.person))
        alike.setdefault(key, []).append(one)
    for some in alike.values():
        yield _alike(some)


def _alike(some: Sequence[Placed]) -> Holding:
    first = some[0]
    alike = [(one.fte.people, Input.of("FTE", one.fte.each)) for one in some if isinstance(one.fte, Alike)]
    if not alike:
        holding = _of_fte(add(*(count_formula("FTE", one.fte) for one in some)))
    else:
        people = add(*(_so_many(number, Head(each)) for number, each in alike))
        fte = add(*(_so_many(number, each) for number, each in alike))
        holding = Holding(fte, people, (Group(people, alike[0][1]),))
    if first.vacant:
        holding = holding._replace(people=add())
    told = first.person if first.several else ""
    return holding._replace(wage=first.wage, funds=first.funds, vacant=first.vacant, person=told, stays=first.stays)
