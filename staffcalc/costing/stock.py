"""The staff of a post from today to a plan and through the years after it: who stays, who is given up, who is added.

What there is no more is given up; what there is more is added. A number without a name takes from everybody by the same
share; a change of a cell takes from that cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from staffcalc.costing.counts import count_formula, counts_formula, each_formula
from staffcalc.costing.holdings import (
    GivenUp,
    Holding,
    either,
    more_fte,
    people_of_fte,
    placed_staff,
    staff_of_fte,
)
from staffcalc.formula.formula import (
    Formula,
    One,
    Quotient,
    add,
    lesser,
    minus,
    product,
    times,
)
from staffcalc.language.figures import Figure
from staffcalc.school.school import Count, Placed, Ratio, Staffed, Wage


class _Counted(NamedTuple):
    """Staff counted in one number: those of today (`added` is None), or those whom a year has added. `kept` is the
    share of them that is there still, after placed people and they have shrunk alike."""

    added: int | None
    number: Formula
    kept: Formula = One()

    @property
    def left(self) -> Formula:
        return times(self.number, self.kept)


class Stock:
    """The staff of a post from today on: what a plan, and each later year, takes from it and adds to it.

    `placed` are those whose pay is known. The others are `counted`, where the plan counts people in people of so many
    FTE as each has in the file's year. `alike` is 1 once placed people have shrunk by the same share as the others, and
    0 where there turn out to be none, or none any more: they are whole ones and one part of what is left, or of what
    there was, each there by the share that is left.
    """

    def __init__(self, staffed: Staffed) -> None:
        self.staffed = staffed
        self.today = staffed.today or staffed
        self.given_up: list[GivenUp] = []
        self.placed = list(placed_staff(self.today.placed))
        own = {one.fte for one in self.today.placed}
        others = [count for count in self.today.counts if count not in own]
        self.counted: list[_Counted] = []
        self.alike: Formula | None = None
        if others:
            self.counted.append(_Counted(None, counts_formula(others, self.today.people)))
        self.otherwise = not self._counted_alike()
        self.each = [staffed.each, *(one.each for one in staffed.later)]
        if staffed.today is not None:
            self._begin()
        before = counts_formula(staffed.counts, staffed.people)
        for number, one in enumerate(staffed.later, 1):
            now = times(counts_formula(one.counts, staffed.people), *self._part_of_each(number, 0))
            if now != before:
                self._to(before, now, number)
            before = now

    def holdings(self) -> tuple[Holding, ...]:
        """All who hold the post: the placed, what is left of the others, and what each year has added."""
        found = (*self.placed, *self._people(self.counted, len(self.staffed.later)))
        return found or (staff_of_fte(add()),)

    def _people(self, counted: Sequence[_Counted], of: int) -> Iterator[Holding]:
        """The counted as people of one year."""
        left = self._heads([(one.added, one.left) for one in counted], of)
        if self.alike is None or self.staffed.people:
            yield from left
            return
        whole = self._heads([(one.added, one.number) for one in counted], of)
        for one, of_left, of_whole in zip(counted, left, whole, strict=True):
            yield either(self.alike, of_whole.times(one.kept), of_left)

    def _heads(self, counted: Sequence[tuple[int | None, Formula]], of: int) -> Iterator[Holding]:
        """People of so many FTE as they have in one year: whole ones and one part of all together, each year's those
        that it makes more."""
        if self.staffed.people:
            part = self._part_of_each(0, of)
            for year, count in counted:
                yield people_of_fte(times(count, *part), self.each[of])._replace(added=year)
        elif self.otherwise and len(counted) > 1:
            every = staff_of_fte(add(*(count for _, count in counted)))
            yield from (
                every.times(Quotient(count, every.fte))._replace(fte=count, added=year) for year, count in counted
            )
        else:
            running: Formula | None = None
            for year, count in counted:
                yield more_fte(running, count)._replace(added=year)
                running = count if running is None else add(running, count)

    def _part_of_each(self, year: int, of: int) -> tuple[Formula, ...]:
        """The FTE of each person in one year for every FTE in another; nothing where they are the same."""
        one, other = self.each[year], self.each[of]
        if not self.staffed.people or (one and one.value) == (other and other.value):
            return ()
        return (Quotient(each_formula(one), each_formula(other)),)

    def _all(self) -> Formula:
        """How many there are by now."""
        return add(*(one.fte for one in self.placed), *(one.left for one in self.counted))

    # The file's year

    def _begin(self) -> None:
        """From today's staff to the plan's. Beside placed staff, the cover of released time stands apart: it goes with
        the release, and what a plan says of the others does not touch it."""
        staffed, today = self.staffed, self.today
        if self.otherwise and not staffed.restated:
            self._count_otherwise()
        elif not today.placed:
            self._begin_with(staffed.counts)
        else:
            before, self.counted = self.counted, []
            covers = [count for count in staffed.counts if _is_cover(count)]
            self._begin_with(tuple(count for count in staffed.counts if not _is_cover(count)))
            if before or covers:
                self._to_covers(before[0].left if before else None, counts_formula(covers, False))

    def _begin_with(self, counts: tuple[Count, ...]) -> None:
        """From today's staff to as many as these counts are."""
        staffed, today = self.staffed, self.today
        if staffed.restated:
            self._restate(counts)
            return
        moved = staffed.placed[len(today.placed) :]
        if moved:
            self._move(today.placed, moved)
        named = {one.fte for one in moved}
        rest = tuple(count for count in counts if count not in named)
        if rest != tuple(count for count in today.counts if not (today.placed and _is_cover(count))):
            self._to(self._all(), counts_formula(counts, staffed.people), 0)

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
            cells.setdefault(_pay(one), []).append(one)
        for pay, changes in cells.items():
            people = any(one.person for one in before if _pay(one) == pay)
            there = self._at(pay)
            change = add(*(count_formula("FTE", one.fte) for one in changes))
            self._to_cell(there, add(*(one.fte for one in there), change), changes[0].wage, people=people)

    def _at(self, pay: int) -> list[Holding]:
        return [one for one in self.placed if _pay(one) == pay]

    def _to_cell(self, there: Sequence[Holding], now: Formula, wage: Wage | None, *, people: bool) -> None:
        """So many FTE at one pay, of which these are there today. Of people of a roster, posts that nobody holds go
        first, and the others by the same share."""
        if not there:
            self.placed.append(staff_of_fte(now)._replace(wage=wage, added=0))
            return
        before = add(*(one.fte for one in there))
        stays = lesser(before, now)
        gone, added = minus(before, stays), minus(now, stays)
        at = next(at for at, one in enumerate(self.placed) if one is there[0])
        self.placed = [one for one in self.placed if all(one is not other for other in there)]
        if people or len(there) > 1:
            fewer = _Fewer(there, before, stays)
            left = [fewer.left(one) for one in there]
            self.given_up += [GivenUp(fewer.gone(one), 0) for one in there if not one.vacant]
            more = staff_of_fte(added)
        else:
            left = [staff_of_fte(stays)._replace(wage=wage)]
            self.given_up.append(GivenUp(staff_of_fte(gone)._replace(wage=wage), 0))
            more = more_fte(stays, added)
        self.placed[at:at] = [*left, more._replace(wage=wage, added=0)]

    def _restate(self, counts: tuple[Count, ...]) -> None:
        """A whole mix by cells, as changes from today's cells to it, or from so many FTE."""
        staffed, today = self.staffed, self.today
        own = {one.fte for one in staffed.placed}
        others = [count for count in counts if count not in own]
        if today.placed:
            self._restate_cells()
        else:
            covers = [count for count in others if isinstance(count, Ratio)]
            stated = counts_formula([*(one.fte for one in staffed.placed), *covers], False)
            self._place(stated, counts_formula(covers, False) if covers else None)
        if any(isinstance(count, Figure) for count in others):
            self._to(self._all(), counts_formula(counts, False), 0)

    def _restate_cells(self) -> None:
        staffed, today = self.staffed, self.today
        self.placed = [one for one in self.placed if not one.vacant]  # the mix says who is there
        wages = {_pay(one): one.wage for one in (*today.placed, *staffed.placed) if not one.vacant}
        for pay, wage in wages.items():
            stated = add(*(count_formula("FTE", one.fte) for one in staffed.placed if _pay(one) == pay))
            people = any(one.person for one in today.placed if _pay(one) == pay)
            self._to_cell(self._at(pay), stated, wage, people=people)

    def _to_covers(self, before: Formula | None, now: Formula) -> None:
        """From today's cover of released time to the plan's."""
        if before is None:
            self.counted.append(_Counted(0, now))
            return
        stays = lesser(before, now)
        self.given_up.append(GivenUp(staff_of_fte(minus(before, stays)), 0))
        self.counted += [_Counted(None, stays), _Counted(0, minus(now, stays))]

    def _place(self, whole: Formula, covers: Formula | None) -> None:
        """From staff whose places nobody knows to a whole mix by cells: of each cell, as large a share as was there
        is theirs, and the rest is added."""
        today = self.today
        before = self._fte_today()
        stays = lesser(before, whole)
        if self.counted:
            goes = minus(before, stays)
            gone = self._gone_of_today(before, goes) if today.people else staff_of_fte(goes)
            self.given_up.append(GivenUp(gone, 0))
        kept, added = Quotient(stays, whole), Quotient(minus(whole, stays), whole)
        cells: dict[int, list[Placed]] = {}
        for one in self.staffed.placed:
            cells.setdefault(_pay(one), []).append(one)
        for some in cells.values():
            cell = staff_of_fte(add(*(count_formula("FTE", one.fte) for one in some)))._replace(wage=some[0].wage)
            self.placed += [cell.times(kept), cell.times(added)._replace(added=0)]
        self.counted = []
        if covers is not None:
            self.counted = [_Counted(None, times(covers, kept)), _Counted(0, times(covers, added))]

    def _count_otherwise(self) -> None:
        """Today's staff are counted in people and the plan's in FTE, or the other way: by FTE, what stays is paid as
        today."""
        staffed, today = self.staffed, self.today
        count = counts_formula(staffed.counts, staffed.people)
        now = product(count, each_formula(staffed.each)) if staffed.people else count
        before = self._fte_today()
        stays = lesser(before, now)
        if today.placed:
            self._shrink(before, stays, 0)
            kept = list(self.counted)
        else:
            self.given_up.append(GivenUp(self._gone_of_today(before, minus(before, stays)), 0))
            kept = [_Counted(None, stays if not staffed.people else times(count, Quotient(stays, now)))]
        added = minus(now, stays)
        self.counted = [*kept, _Counted(0, added if not staffed.people else times(count, Quotient(added, now)))]

    def _fte_today(self) -> Formula:
        return product(self._all(), each_formula(self.today.each)) if self.today.people else self._all()

    def _gone_of_today(self, fte: Formula, goes: Formula) -> Holding:
        """So many FTE of today's staff, as people of today."""
        count = counts_formula(self.today.counts, self.today.people)
        every = people_of_fte(count, self.today.each) if self.today.people else staff_of_fte(count)
        return every.times(Quotient(goes, fte))

    # From one number to another

    def _to(self, before: Formula, now: Formula, year: int) -> None:
        """From so many to so many: what goes, goes from everybody by the same share; what comes is added."""
        if not self.placed and not self.counted:
            self.counted.append(_Counted(year, now))
            return
        stays = lesser(before, now)
        if len(self.counted) == 1 and not self.placed:
            only = self.counted[0]
            self._give_up([only._replace(number=minus(before, stays))], year)
            self.counted = [only._replace(number=stays)]
        else:
            self._shrink(before, stays, year)
        self.counted.append(_Counted(year, minus(now, stays)))

    def _shrink(self, before: Formula, stays: Formula, year: int) -> None:
        """Vacant posts go first; whom nobody names go by the same share."""
        held = [one.fte for one in self.placed if not one.vacant]
        if held:
            every = add(*held)
            self.alike = Quotient(every, every)
        fewer = _Fewer(self.placed, before, stays)
        self.given_up += [GivenUp(fewer.gone(one), year) for one in self.placed if not one.vacant]
        self._give_up([self._of(one, fewer.goes) for one in self.counted], year)
        self.placed = [fewer.left(one) for one in self.placed]
        self.counted = [self._of(one, fewer.stays) for one in self.counted]

    def _of(self, one: _Counted, share: Formula) -> _Counted:
        if self.alike is None or self.staffed.people:
            return one._replace(number=times(one.number, share))
        return one._replace(kept=times(one.kept, share))

    def _give_up(self, counted: Sequence[_Counted], year: int) -> None:
        self.given_up += [GivenUp(one, year) for one in self._people(counted, year)]


class _Fewer:
    """Of so many FTE some stay: posts that nobody holds go first, then of everybody the share `goes`."""

    def __init__(self, there: Iterable[Holding], before: Formula, stays: Formula) -> None:
        vacant = [one.fte for one in there if one.vacant]
        gone = minus(before, stays)
        if vacant:
            every = add(*vacant)
            first = lesser(gone, every)
            self._of_vacant = minus(One(), Quotient(first, every))
            self.goes = Quotient(minus(gone, first), minus(before, every))
            self.stays = minus(One(), self.goes)
        else:
            self.goes, self.stays = Quotient(gone, before), Quotient(stays, before)

    def gone(self, holding: Holding) -> Holding:
        """Those of a holding who go."""
        return holding.times(self.goes)

    def left(self, holding: Holding) -> Holding:
        """Those of a holding who stay."""
        return holding.times(self._of_vacant if holding.vacant else self.stays)


def _is_cover(count: Count) -> bool:
    return isinstance(count, Ratio) and count.cover


def _pay(one: Placed | Holding) -> int:
    """What tells one pay from another, also where some of those who have it gain steps and some do not."""
    return id(one.wage and one.wage.rungs)
