"""The staff of a post from today to a plan and through the years after it: who stays, who is given up, who is added.

What there is no more is given up; what there is more is added. A number without a name takes from everybody by the same
share, after those whose posts go first; a change of a cell takes from that cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from staffcalc.costing.changes import Changes
from staffcalc.costing.counts import count_formula, counts_formula, each_formula
from staffcalc.costing.going import Going
from staffcalc.costing.holdings import (
    GivenUp,
    Holding,
    more_fte,
    people_of_fte,
    placed_staff,
    staff_of_fte,
)
from staffcalc.costing.unplaced import Heads, OwnPay, Unplaced
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


class Stock:
    """The staff of a post from today on: what a plan, and each later year, takes from it and adds to it.

    `placed` are those whose pay is known. The others are `unplaced`, where the plan counts people in people of so many
    FTE as each has in the file's year. `_alike` is 1 once placed people have shrunk by the same share as the others,
    and 0 where there turn out to be none, or none any more: they are whole ones and one part of what is left, or of what
    there was, each there by the share that is left.

    A year is taken by `step` and then `fill`: those who give up a post may take one of another role.
    """

    def __init__(self, staffed: Staffed) -> None:
        self.staffed = staffed
        self.today = staffed.today or staffed
        self.heads = Heads(staffed)
        self.given_up: list[GivenUp] = []
        self.changes = Changes()
        self.placed = list(placed_staff(self.today.placed))
        self.unplaced: list[Unplaced] = list(self._of_today())
        self._alike: Formula | None = None
        self._claimed: Formula | None = None
        self._moved: list[Formula] = []
        self._leave_from_cells()
        self._before = counts_formula(staffed.counts, staffed.people)

    def _of_today(self) -> Iterator[Unplaced]:
        """Today's staff without a place: those who stay, those who are leaving, and posts that nobody holds."""
        today = self.today
        own = {one.fte for one in today.placed}
        others = [count for count in today.counts if count not in own and not (today.placed and count is today.vacant)]
        kinds = {"vacant": today.vacant, "leaving": None if today.placed else today.leaving}
        some = {kind: count_formula(kind, figure) for kind, figure in kinds.items() if figure is not None}
        if others:
            number = counts_formula(others, today.people)
            for kind, part in some.items():
                number = number if today.placed and kind == "vacant" else minus(number, part)
            yield Unplaced(None, number)
        for kind in ("leaving", "vacant"):
            if kind in some:
                yield Unplaced(None, some[kind], vacant=kind == "vacant", leaving=kind == "leaving")

    def _leave_from_cells(self) -> None:
        """Of those on cells, whom nobody names leave by the same share."""
        leaving = self.today.leaving
        if leaving is None or not self.placed:
            return
        share = Quotient(count_formula("leaving", leaving), add(*(one.fte for one in self.placed)))
        stay = [one.times(minus(One(), share)) for one in self.placed]
        self.placed = [*stay, *(one.times(share)._replace(leaving=True) for one in self.placed)]

    # A year

    def step(self, year: int, claimed: Formula | None = None) -> None:
        """From a year to the next, or from today to the plan (0). `claimed` are the FTE of posts of other roles that
        those who give up one of these would take."""
        self._claimed = None if claimed is None else self.heads.number(claimed)
        self._moved = []
        if year == 0:
            if self.staffed.today is not None:
                self._begin()
        elif year <= len(self.staffed.later):
            one = self.staffed.later[year - 1]
            now = times(counts_formula(one.counts, self.staffed.people), *self.heads.part_of_each(year, 0))
            if now != self._before:
                self._to(self._before, now, year)
            self._before = now

    def settle(self, year: int) -> None:
        """The end of a year's changes: those who have left are followed by new hires of the year after."""
        if year != 1:
            return
        self.placed = [
            one._replace(wage=None, added=1, leaving=False, person="") if one.leaving else one for one in self.placed
        ]
        self.unplaced = [one._replace(added=1, leaving=False) if one.leaving else one for one in self.unplaced]

    @property
    def moved(self) -> Formula:
        """The FTE of those who have taken a post of another role in this year."""
        return self.heads.fte(add(*self._moved))

    def added(self, year: int) -> Formula:
        """The FTE of posts that this year has added."""
        return add(*(self._fte(one) for one in self._those(year)))

    @property
    def vacant(self) -> Formula | None:
        """The FTE of posts that nobody holds; None where the file says nothing of such."""
        some = [self._fte(one) for one in (*self.placed, *self.unplaced) if one.vacant]
        return add(*some) if some else None

    def _fte(self, one: Holding | Unplaced) -> Formula:
        return one.fte if isinstance(one, Holding) else self.heads.fte(one.left)

    def _those(self, year: int) -> list[Holding | Unplaced]:
        return [one for one in (*self.placed, *self.unplaced) if one.added == year and not one.moved]

    def fill(self, year: int, added: Formula | None, vacant: Formula | None, bring: tuple[OwnPay, ...]) -> None:
        """So many of the posts that this year has added, and of the vacant ones, are taken by people who gave up a post
        of another role. They bring their own pay where this role states none."""
        for those, taken in ((self._those(year), added), ([one for one in self._every() if one.vacant], vacant)):
            if taken is not None and those:
                share = Quotient(taken, add(*(self._fte(one) for one in those)))
                for one in those:
                    self._take(one, share, taken if len(those) == 1 else None, year, bring)

    def _every(self) -> list[Holding | Unplaced]:
        return [*self.placed, *self.unplaced]

    def _take(
        self, one: Holding | Unplaced, share: Formula, alone: Formula | None, year: int, bring: tuple[OwnPay, ...]
    ) -> None:
        """Of some posts a share is taken; of the only ones, so many."""
        if isinstance(one, Unplaced):
            taken = times(one.number, share) if alone is None else self.heads.number(alone)
            at = _at(one, self.unplaced)
            moved = one._replace(added=year, number=taken, vacant=False, moved=True, bring=bring)
            self.unplaced[at : at + 1] = [moved, one._replace(number=minus(one.number, taken))]
            return
        at = _at(one, self.placed)
        rest, some = one.times(minus(One(), share)), one.times(share)
        people = add(*(group.people for group in some.groups))
        some = some._replace(people=people, added=year, vacant=False, moved=True)
        self.placed[at : at + 1] = [*_with_own_pay(some, bring), rest]

    def own_pay(self) -> tuple[OwnPay, ...]:
        """What those earn who hold the post and stay: each pay with the share of them who have it."""
        held = [one for one in self._every() if not (one.vacant or one.leaving)]
        wages = {id(wage): wage for wage in map(self._wage, held)}
        if len(wages) == 1:
            return tuple(OwnPay(One(), wage) for wage in wages.values())
        every = add(*(self._fte(one) for one in held))
        return tuple(OwnPay(Quotient(self._fte(one), every), self._wage(one)) for one in held)

    def _wage(self, one: Holding | Unplaced) -> Wage | None:
        post = self.staffed.post
        if isinstance(one, Holding) and one.wage is not None:
            return one.wage
        if isinstance(one, Unplaced) and one.bring:
            return one.bring[0].wage
        if one.added is not None and post.new_hire is not None and not one.moved:
            hires = post.hires or (post.new_hire,)
            return hires[min(one.added, len(hires) - 1)]
        return post.salary or post.average or post.new_hire

    def holdings(self) -> tuple[Holding, ...]:
        """All who hold the post: the placed, what is left of the others, and what each year has added."""
        found = (*self.placed, *self._people(self.unplaced, len(self.staffed.later)))
        return found or (staff_of_fte(add()),)

    def _people(self, unplaced: Sequence[Unplaced], year: int) -> Iterator[Holding]:
        return self.heads.of(unplaced, self._alike, year)

    def _all(self) -> Formula:
        """How many there are by now."""
        return add(*(one.fte for one in self.placed), *(one.left for one in self.unplaced))

    def _going(self, there: Sequence[Holding | Unplaced], before: Formula, stays: Formula) -> Going:
        """Who goes of some; those who take another post are asked for no more."""
        going = Going(there, before, stays, self._claimed)
        if going.moved is not None and self._claimed is not None:
            self._claimed = minus(self._claimed, going.moved)
            self._moved.append(going.moved)
        return going

    def _gone(self, number: Formula) -> None:
        self.changes.given_up.append(self.heads.fte(number))

    def _add(self, one: Unplaced) -> None:
        self.changes.added.append(self.heads.fte(one.number))
        self.unplaced.append(one)

    # The file's year

    def _begin(self) -> None:
        """From today's staff to the plan's. Beside placed staff, the cover of released time stands apart: it goes with
        the release, and what a plan says of the others does not touch it."""
        staffed, today = self.staffed, self.today
        if self.heads.otherwise and not staffed.restated:
            self._count_otherwise()
        elif not today.placed:
            self._begin_with(staffed.counts)
        else:
            before = [one for one in self.unplaced if not one.vacant]
            self.unplaced = [one for one in self.unplaced if one.vacant]
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
        if staffed.laid_off:
            self._lay_off(staffed.laid_off)
        named = {one.fte for one in moved}
        rest = tuple(count for count in counts if count not in named)
        before = tuple(count for count in today.counts if not (today.placed and _is_cover(count)))
        if rest != before or staffed.laid_off:
            self._to(self._all(), counts_formula(counts, staffed.people), 0)

    def _lay_off(self, people: Collection[str]) -> None:
        """People who leave by name: their own pay is saved."""
        for one in self.placed:
            if one.label in people:
                self._gone(one.fte)
                self.changes.leave(one)
        self.placed = [one for one in self.placed if one.label not in people]

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
            self.changes.added.append(now)
            self.placed.append(staff_of_fte(now)._replace(wage=wage, added=0))
            return
        before = add(*(one.fte for one in there))
        stays = lesser(before, now)
        added = minus(now, stays)
        self.changes.added.append(added)
        at = next(at for at, one in enumerate(self.placed) if one is there[0])
        self.placed = [one for one in self.placed if all(one is not other for other in there)]
        going = self._going(there, before, stays)
        self._gone(minus(before, stays))
        if people or len(there) > 1 or going.moved is not None:
            left = [one.times(going.share_left(one)) for one in there]
            self._give_up([one.times(going.goes) for one in there], 0)
            more = staff_of_fte(added)
        else:
            left = [staff_of_fte(stays)._replace(wage=wage)]
            self._give_up([staff_of_fte(going.displaced)._replace(wage=wage)], 0)
            more = more_fte(stays, added)
        self.placed[at:at] = [*left, more._replace(wage=wage, added=0)]

    def _restate(self, counts: tuple[Count, ...]) -> None:
        """A whole mix by cells, as changes from today's cells to it, or from so many FTE. It says who is there."""
        staffed, today = self.staffed, self.today
        own = {one.fte for one in staffed.placed}
        others = [count for count in counts if count not in own]
        for vacant in [one for one in (*self.placed, *self.unplaced) if one.vacant]:
            self._gone(vacant.left)
        self.placed = [one for one in self.placed if not one.vacant]
        self.unplaced = [one for one in self.unplaced if not one.vacant]
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
        wages = {_pay(one): one.wage for one in (*today.placed, *staffed.placed) if not one.vacant}
        for pay, wage in wages.items():
            stated = add(*(count_formula("FTE", one.fte) for one in staffed.placed if _pay(one) == pay))
            people = any(one.person for one in today.placed if _pay(one) == pay)
            self._to_cell(self._at(pay), stated, wage, people=people)

    def _to_covers(self, before: Formula | None, now: Formula) -> None:
        """From today's cover of released time to the plan's."""
        if before is None:
            self._add(Unplaced(0, now))
            return
        stays = lesser(before, now)
        gone = minus(before, stays)
        self._gone(gone)
        self._give_up([staff_of_fte(gone)], 0)
        self.unplaced.append(Unplaced(None, stays))
        self._add(Unplaced(0, minus(now, stays)))

    def _place(self, whole: Formula, covers: Formula | None) -> None:
        """From staff whose places nobody knows to a whole mix by cells: of each cell, as large a share as was there
        is theirs, and the rest is added."""
        before = self._fte_today()
        stays = lesser(before, whole)
        if self.unplaced:
            self._gone(minus(before, stays))
            self._go_of_today(before, self._going(self.unplaced, before, stays).displaced)
        kept, added = Quotient(stays, whole), Quotient(minus(whole, stays), whole)
        self.changes.added.append(minus(whole, stays))
        cells: dict[int, list[Placed]] = {}
        for one in self.staffed.placed:
            cells.setdefault(_pay(one), []).append(one)
        for some in cells.values():
            cell = staff_of_fte(add(*(count_formula("FTE", one.fte) for one in some)))._replace(wage=some[0].wage)
            self.placed += [cell.times(kept), cell.times(added)._replace(added=0)]
        self.unplaced = []
        if covers is not None:
            self.unplaced = [Unplaced(None, times(covers, kept)), Unplaced(0, times(covers, added))]

    def _count_otherwise(self) -> None:
        """Today's staff are counted in people and the plan's in FTE, or the other way: by FTE, what stays is paid as
        today."""
        staffed, today = self.staffed, self.today
        count = counts_formula(staffed.counts, staffed.people)
        now = product(count, each_formula(staffed.each)) if staffed.people else count
        before = self._fte_today()
        stays = lesser(before, now)
        self.changes.given_up.append(minus(before, stays))
        if today.placed:
            self._shrink(before, stays, 0)
            kept = list(self.unplaced)
        else:
            self._go_of_today(before, minus(before, stays))
            kept = [Unplaced(None, stays if not staffed.people else times(count, Quotient(stays, now)))]
        added = minus(now, stays)
        self.unplaced = kept
        self.changes.added.append(added)
        self.unplaced.append(Unplaced(0, added if not staffed.people else times(count, Quotient(added, now))))

    def _fte_today(self) -> Formula:
        return product(self._all(), each_formula(self.today.each)) if self.today.people else self._all()

    def _go_of_today(self, before: Formula, goes: Formula) -> None:
        """Of so many FTE of today's staff some are given up, as people of today."""
        if not self.today.people and not self.heads.otherwise:
            self._give_up([staff_of_fte(goes)], 0)
            return
        count = counts_formula(self.today.counts, self.today.people)
        every = people_of_fte(count, self.today.each) if self.today.people else staff_of_fte(count)
        self._give_up([every.times(Quotient(goes, before))], 0)

    # From one number to another

    def _to(self, before: Formula, now: Formula, year: int) -> None:
        """From so many to so many: what goes, goes from everybody by the same share; what comes is added."""
        if not self.placed and not self.unplaced:
            self._add(Unplaced(year, now))
            return
        stays = lesser(before, now)
        self._gone(minus(before, stays))
        self._shrink(before, stays, year)
        self._add(Unplaced(year, minus(now, stays)))

    def _shrink(self, before: Formula, stays: Formula, year: int) -> None:
        """Fewer of all: those go first whose posts do, and of all others the same share."""
        held = [one.fte for one in self.placed if not one.vacant]
        if held:
            every = add(*held)
            self._alike = Quotient(every, every)
        there = [*self.placed, *self.unplaced]
        going = self._going(there, before, stays)
        rest = [one for one in self.unplaced if not (one.vacant or one.leaving)]
        if len(rest) == 1 and not self.placed:
            gone = [rest[0]._replace(number=going.displaced)]
        else:
            gone = [self._by(one, going.goes) for one in rest]
        self._give_up([one.times(going.goes) for one in self.placed], year)
        self._give_up(list(self._people(gone, year)), year)
        self.placed = [one.times(going.share_left(one)) for one in self.placed]
        if len(there) == 1 and going.moved is None and rest:
            self.unplaced = [rest[0]._replace(number=stays)]
        elif self._alike is None:
            self.unplaced = [one._replace(number=going.left(one)) for one in self.unplaced]
        else:
            self.unplaced = [self._by(one, going.share_left(one)) for one in self.unplaced]

    def _by(self, one: Unplaced, share: Formula) -> Unplaced:
        if self._alike is None or self.staffed.people or one.vacant:
            return one._replace(number=times(one.number, share))
        return one._replace(kept=times(one.kept, share))

    def _give_up(self, gone: Sequence[Holding], year: int) -> None:
        """Those who go without another post, of whom the vacant and the leaving are none."""
        for one in gone:
            if not one.vacant and not one.leaving:
                self.given_up.append(GivenUp(one, year))
                self.changes.leave(one)


def _with_own_pay(holding: Holding, bring: tuple[OwnPay, ...]) -> Iterator[Holding]:
    """Those who take posts of a stated pay, or without one at the pay that they bring."""
    if holding.wage is not None or not bring:
        yield holding
        return
    for one in bring:
        yield (holding if type(one.share) is One else holding.times(one.share))._replace(wage=one.wage)


def _at(one: Holding | Unplaced, among: Sequence[Holding | Unplaced]) -> int:
    return next(at for at, other in enumerate(among) if other is one)


def _is_cover(count: Count) -> bool:
    return isinstance(count, Ratio) and count.cover


def _pay(one: Placed | Holding) -> int:
    """What tells one pay from another, also where some of those who have it gain steps and some do not."""
    return id(one.wage and one.wage.rungs)
