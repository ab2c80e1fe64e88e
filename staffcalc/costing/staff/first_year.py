"""From today's staff to the plan's, in the year of a decision: by numbers, by cells, by people, or by a whole mix."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from staffcalc.costing.staff.changes import as_people, people_lost
from staffcalc.costing.staff.counted_staff import CountedStaff
from staffcalc.costing.staff.counts import count_formula, counts_formula, each_formula, shared_counts
from staffcalc.costing.staff.going import gone_from_cell, left_on_cell, moved_to_another, who_stay
from staffcalc.costing.staff.positions import Position, more_fte, staff_of_fte
from staffcalc.costing.staff.stock import Stock
from staffcalc.costing.staff.unplaced import at_pay, fte_today, go_of_today, place, to_covers
from staffcalc.formula.formula import Formula, Quotient, add, greater, lesser, minus, product, times
from staffcalc.formula.rows import every
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.parts.counts import StaffCount, StaffRatio
from staffcalc.school.school import Decided, Hired, Placement, Wage


class _Cell(NamedTuple):
    """Those who are there at one pay, and how many FTE they are to be. `people`: they are people of a roster."""

    there: Sequence[Position]
    now: Formula
    wage: Wage | None
    people: bool

    @property
    def before(self) -> Formula:
        """The FTE that are there."""
        return every((one.rows, one.fte) for one in self.there)

    @property
    def stays(self) -> Formula:
        """How many of these stay."""
        return lesser(self.before, self.now)


class FirstYear:
    """The first year of a stock, or a later one in which something is decided of its staff: what the plan makes of
    those who are there."""

    def __init__(self, stock: Stock, year: int = 0) -> None:
        self.stock, self.year = stock, year
        self.stated = stock.staffed.placements
        self.known = (*stock.today.placements, *self.stated)

    def decide(self, decided: Decided) -> None:
        """What a later year decides of single cells, of people by name, or of the whole mix by cells."""
        so_far = (one for one in self.stock.staffed.decided if one.year <= decided.year)
        self.known = (*self.known, *(placement for one in so_far for placement in one.placements))
        if decided.restated:
            self.stated = decided.placements
            self._restate(decided.counts)
        elif decided.placements:
            self._move(self.stock.today.placements, decided.placements, decided.hired)
        if decided.laid_off:
            self._lay_off(decided.laid_off)
        if counted := _numbers(decided.hired, decided.placements):
            self._hire(self.stock.staffed.later[self.year - 1].counts, counted)
        self.stock.before = self.stock.number()

    def begin(self) -> None:
        """From today's staff to the plan's. Beside staff whose own pay is known, the cover of released time stands
        apart: it goes with the release, and what a plan says of the others does not touch it."""
        staffed, today = self.stock.staffed, self.stock.today
        if staffed.today is None:
            return
        if self.stock.heads.otherwise and not staffed.restated:
            self._count_otherwise()
        elif not today.placements:
            self._begin_with(staffed.counts)
        else:
            before = [one for one in self.stock.counted if not one.vacant]
            self.stock.counted = [one for one in self.stock.counted if one.vacant]
            covers = [count for count in staffed.counts if _is_cover(count)]
            self._begin_with(tuple(count for count in staffed.counts if not _is_cover(count)))
            if before or covers:
                to_covers(self.stock, before[0].left if before else None, counts_formula(covers, False))

    def _begin_with(self, counts: tuple[StaffCount, ...]) -> None:
        """From today's staff to as many as these counts are."""
        staffed, today = self.stock.staffed, self.stock.today
        if staffed.restated:
            parts = {one.number for one in staffed.hired}
            some = [one for one in staffed.placements if one.fte in parts]
            self.stated = tuple(one for one in staffed.placements if one.fte not in parts)
            self._restate(tuple(count for count in counts if count not in parts))
            self._move(today.placements, some, staffed.hired)
            if counted := _numbers(staffed.hired, some):
                self._hire(counts, counted)
            return
        moved = staffed.placements[len(today.placements) :]
        if moved:
            self._move(today.placements, moved, staffed.hired)
        if staffed.laid_off:
            self._lay_off(staffed.laid_off)
        named = {one.fte for one in moved}
        rest = tuple(count for count in counts if count not in named) if named else counts
        before = tuple(count for count in today.counts if not (today.placements and _is_cover(count)))
        if counted := _numbers(staffed.hired, moved):
            self._hire(counts, counted)
        elif rest != before or staffed.laid_off:
            self.stock.to(self.stock.number(), shared_counts(counts, staffed.people, self.stock.shared), 0)

    def _hire(self, counts: tuple[StaffCount, ...], hired: Sequence[Hired]) -> None:
        """From so many to so many, of whom some are added for a part of the year: these are added last."""
        stock = self.stock
        others = shared_counts(_without(hired, counts), stock.staffed.people, stock.shared)
        stock.to(stock.number(), others, self.year)
        self._add(hired)

    def _add(self, hired: Sequence[Hired]) -> None:
        """Posts that are added for a part of the year, on no cell."""
        for one in hired:
            number = counts_formula([one.number], self.stock.staffed.people)
            self.stock.add(CountedStaff(self.year, number, part=self.stock.part_of(one)))

    def _lay_off(self, people: Collection[str]) -> None:
        """People who leave by name: their own pay is saved."""
        for one in self.stock.positions:
            if one.label in people:
                self.stock.gone(one.fte)
                self.stock.changes.go_by_name(one)
        self.stock.positions = [one for one in self.stock.positions if one.label not in people]

    def _move(self, before: Sequence[Placement], moved: Sequence[Placement], hired: Sequence[Hired]) -> None:
        """Changes of single cells: each takes from those at that very pay, and adds to them; who is added for a part of
        the year stands apart."""
        parts = {one.number: one for one in hired}
        some = [one for one in moved if one.fte in parts]
        cells: dict[int, list[Placement]] = {}
        for one in (one for one in moved if one.fte not in parts):
            cells.setdefault(at_pay(one), []).append(one)
        changed: list[_Cell] = []
        of_hires: list[Formula] = []
        for pay, changes in cells.items():
            people = any(one.person for one in before if at_pay(one) == pay)
            there = self._at(pay)
            change = add(*(count_formula("FTE", one.fte) for one in changes))
            now = every([*((one.rows, one.fte) for one in there), (None, change)])
            adds = sum(one.fte.value for one in changes) >= 0
            if self._have_left() and not adds:
                # who has left the cell is followed by hires, who are on none: posts of theirs are given up
                of_hires.append(lesser(add(), now))
                now = greater(add(), now)
            if there or adds:
                changed.append(_Cell(there, now, changes[0].wage, people))
        self._to_cells(changed)
        if of_hires:
            number = self.stock.number()
            self.stock.to(number, add(number, *of_hires), self.year)
        for one in some:
            position = staff_of_fte(count_formula("FTE", one.fte))
            self.stock.changes.added.append(position.fte)
            part = self.stock.part_of(parts[one.fte])
            self.stock.positions.append(position._replace(wage=one.wage, added=self.year, part=part))

    def _have_left(self) -> bool:
        """Whether some of today's people were leaving, and have left by now."""
        today = self.stock.today
        return self.year > 0 and (today.leaving is not None or any(one.leaving for one in today.placements))

    def _at(self, pay: int) -> list[Position]:
        return [one for one in self.stock.positions if at_pay(one) == pay]

    def _to_cells(self, cells: Sequence[_Cell]) -> None:
        """From cell to cell; of those who take posts of another role each cell gives its part."""
        giving = [one for one in cells if one.there]
        parts = iter(self.stock.parts([(one.there, one.before, one.stays) for one in giving]))
        for one in cells:
            if one.there:
                self._to_cell(one, next(parts))
                continue
            self.stock.changes.added.append(one.now)
            self.stock.positions.append(staff_of_fte(one.now)._replace(wage=one.wage, added=self.year))

    def _to_cell(self, cell: _Cell, part: Formula | None) -> None:
        """So many FTE at one pay, of which some are there today. Of people of a roster, posts that nobody holds go
        first, and the others by the same share."""
        there, before, stays, wage = cell.there, cell.before, cell.stays, cell.wage
        added = minus(cell.now, stays)
        self.stock.changes.added.append(added)
        at = next(at for at, one in enumerate(self.stock.positions) if one is there[0])
        self.stock.positions = [one for one in self.stock.positions if all(one is not other for other in there)]
        going = self.stock.going(there, before, stays, part)
        self.stock.gone(minus(before, stays))
        if cell.people:
            left = [one.times(going.share_left(one)) for one in there]
            gone: Iterable[Position] = [one.times(going.goes) for one in there]
            more = staff_of_fte(added)
        else:
            left = list(left_on_cell(there, going, stays))
            people = people_lost(who_stay(there), who_stay(left), moved_to_another(going))
            gone = as_people(list(gone_from_cell(there, going)), people)
            more = more_fte(stays, added)
        self.stock.give_up(gone, self.year)
        self.stock.positions[at:at] = [*left, more._replace(wage=wage, added=self.year)]

    def _restate(self, counts: tuple[StaffCount, ...]) -> None:
        """A whole mix by cells, as changes from today's cells to it, or from so many FTE. It says who is there."""
        own = {one.fte for one in self.stated}
        others = [count for count in counts if count not in own]
        for vacant in [one for one in self.stock.everybody() if one.vacant]:
            self.stock.gone(vacant.left)
            self.stock.changes.empty.append(vacant.left)
        self.stock.positions = [one for one in self.stock.positions if not one.vacant]
        self.stock.counted = [one for one in self.stock.counted if not one.vacant]
        covers = [count for count in others if isinstance(count, StaffRatio)]
        if self.stock.positions or (not self.year and self.stock.today.placements):
            self._restate_cells()
            self._restate_others(counts_formula(covers, False))
        else:
            place(self.stock, self.stated, counts_formula(covers, False) if covers else None, self.year)
        if any(isinstance(count, Figure) for count in others):
            self.stock.to(self.stock.number(), counts_formula(counts, False), self.year)

    def _restate_others(self, covers: Formula) -> None:
        """Of those on no cell there are as many as cover for others: a mix names none of the rest."""
        stock = self.stock
        if stock.counted:
            placed, stock.positions = stock.positions, []
            stock.to(add(*(one.left for one in stock.counted)), covers, self.year)
            stock.positions = placed

    def _restate_cells(self) -> None:
        today = self.stock.today
        wages = {at_pay(one): one.wage for one in self.known if not one.vacant}
        cells: list[_Cell] = []
        for pay, wage in wages.items():
            stated = add(*(count_formula("FTE", one.fte) for one in self.stated if at_pay(one) == pay))
            people = any(one.person for one in today.placements if at_pay(one) == pay)
            cells.append(_Cell(self._at(pay), stated, wage, people))
        # the hires after those who left are on no cell: a whole mix names none of their posts
        others = {at_pay(one) for one in self.stock.positions} - wages.keys()
        self._to_cells([*cells, *(_Cell(self._at(pay), add(), None, True) for pay in others)])

    def _count_otherwise(self) -> None:
        """Today's staff are counted in people and the plan's in FTE, or the other way: by FTE, what stays is paid as
        today. Who is added on a cell, or for a part of the year, stands apart."""
        staffed, today = self.stock.staffed, self.stock.today
        moved = staffed.placements[len(today.placements) :]
        parts = _numbers(staffed.hired, moved)
        count = counts_formula(_without(parts, staffed.counts), staffed.people)
        now = product(count, each_formula(staffed.each)) if staffed.people else count
        before = fte_today(self.stock)
        if moved:  # none of today's has a place: the plan is in FTE, as cells are
            of_today = before
            self._move(today.placements, moved, staffed.hired)
            before = every([(None, of_today), *((one.rows, one.fte) for one in self.stock.positions)])
        stays = lesser(before, now)
        gone = minus(before, stays)
        self.stock.changes.given_up.append(gone)
        if today.placements:
            self.stock.shrink(before, stays, 0)
            kept = list(self.stock.counted)
        else:
            kept = [CountedStaff(None, stays if not staffed.people else times(count, Quotient(stays, now)))]
        if moved:
            share = Quotient(stays, before)
            self.stock.shrink_alike()
            self.stock.give_up([one.times(Quotient(gone, before)) for one in self.stock.positions], 0)
            self.stock.positions = [one.times(share) for one in self.stock.positions]
            kept = [CountedStaff(None, of_today, share)]
        added = minus(now, stays)
        new = CountedStaff(0, added if not staffed.people else times(count, Quotient(added, now)))
        if not today.placements:
            go_of_today(self.stock, before, gone, list(self.stock.people([*kept, new], 0))[:1])
        self.stock.counted = [*kept, new]
        self.stock.changes.added.append(added)
        self._add(parts)


def _numbers(hired: Sequence[Hired], placements: Sequence[Placement]) -> list[Hired]:
    """Those added for a part of the year who are on no cell."""
    cells = {one.fte for one in placements}
    return [one for one in hired if one.number not in cells]


def _without(hired: Sequence[Hired], counts: tuple[StaffCount, ...]) -> tuple[StaffCount, ...]:
    """What is counted of all but those added for a part of the year."""
    those = {one.number for one in hired}
    return tuple(count for count in counts if count not in those)


def _is_cover(count: StaffCount) -> bool:
    return isinstance(count, StaffRatio) and count.cover
