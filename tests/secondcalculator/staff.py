"""Who holds a role: those of today, posts added, posts given up, and who moves, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Any

from secondcalculator.change import Change, Went
from secondcalculator.counts import Counts
from secondcalculator.entries import Hired
from secondcalculator.figures import ONE, ZERO, Plain, known, people
from secondcalculator.pay import Wage
from secondcalculator.people import Gone, Moved, Part, Slot, State, Tranche, fte_of
from secondcalculator.read import BASELINE, Book, Count, cell


class Staff:
    """The staff of all plans of a book. `whole`: roles that are present with all FTE, whatever funds have ended, while
    it is counted who of them is left."""

    def __init__(self, book: Book, whole: frozenset[str] = frozenset()) -> None:
        self.book, self.whole = book, whole
        self.counts = Counts(book, self.present)
        self.state = cache(self._state)
        self.changed = cache(self._changed)
        self.within = cache(self._within)

    def roles(self, plan: str) -> list[str]:
        """The roles of a plan, those of the baseline among them: one that is left out has no staff."""
        staffed = [*self.book.plan(BASELINE, 0).staff, *self.book.plans[plan].staff]
        blocks = [*self.book.plans[BASELINE].roles.values(), *self.book.plans[plan].roles.values()]
        return list(
            dict.fromkeys([*staffed, *(one["release"]["cover"] for one in blocks if "cover" in one.get("release", {}))])
        )

    def present(self, plan: str, role: str, year: int) -> Fraction:
        """The FTE that are there, without what an ended fund took with it."""
        from secondcalculator.funds import Funds, ended

        if role in self.whole:
            return self.counts.fte(plan, role, year)
        funds = Funds(self.book, self.book.plans[plan].roles[role], year)
        over = any(ended(self.book, fund, year) for fund in self.book.file.get("funds", {}))
        if not over or not any("fund" in row or "funds" in row for row in self.book.roster if row["role"] == role):
            return self.counts.fte(plan, role, year) * funds.left(Slot(ONE, ONE))
        slots = self.within(role).slots(plan, role, year)
        return sum((slot.fte * slot.count * funds.left(slot) for slot in slots), ZERO)

    def _within(self, role: str) -> Staff:
        """The same staff while it is counted who of one role is left."""
        return Staff(self.book, self.whole | {role})

    def slots(self, plan: str, role: str, year: int) -> list[Slot]:
        """Everybody who holds the role, and its vacant posts."""
        state = self.state(plan, role, year)
        empty = self._empty(plan, role, year, state.vacant)
        return [*state.placed, *self._unplaced(plan, role, year, state.tranches), *empty]

    def gone(self, plan: str, role: str, year: int) -> tuple[Gone, ...]:
        """Those whose posts have been given up by then, and who are displaced."""
        return self.state(plan, role, year).gone

    # People

    def _unplaced(self, plan: str, role: str, year: int, tranches: Iterable[Tranche]) -> list[Slot]:
        """Tranches of FTE as people: of so many FTE each; or whole and one part, each tranche those of the running
        total with it less those without it; where today is counted in people, each tranche its share of all."""
        tranches = [one for one in tranches if one.fte]
        if self._of_people(plan, role):
            each = self.counts.each(plan, role, year)
            return [one.slot(each, one.fte / each) for one in tranches]
        if self._of_people(BASELINE, role):
            return self._shares_of_all(tranches)
        found: list[Slot] = []
        running = ZERO
        for one in tranches:
            some = difference(running, running + one.whole, one.slot(ONE, ONE))
            found += [slot.times(one.kept) for slot in some]
            running += one.whole
        return found

    def _empty(self, plan: str, role: str, year: int, vacant: Fraction) -> list[Slot]:
        """Vacant posts that no row places: of so many FTE each, or whole ones and one part."""
        if self._of_people(plan, role) and vacant:
            each = self.counts.each(plan, role, year)
            return [Slot(each, vacant / each, vacant=True)]
        return [Slot(one, ONE, vacant=True) for one in people(vacant)]

    def _shares_of_all(self, tranches: list[Tranche]) -> list[Slot]:
        together = sum((one.whole for one in tranches), ZERO)
        return [one.slot(fte, one.fte / together) for one in tranches for fte in people(together)]

    def _of_people(self, plan: str, role: str) -> bool:
        """Whether a role is counted in people: by the first plan, from today on, that knows how many it has."""
        counts = (self.book.plan(plan, year).staff.get(role) for year in range(len(self.book.history)))
        return next((one.counts_people for one in counts if one is not None and not one.unknown), False)

    # Year by year

    def _state(self, plan: str, role: str, year: int) -> State:
        """After a change, with those who have come from another role; and who was leaving has been followed by hires
        once the file's year is over."""
        added, vacant, moved = self._granted(plan, role, year)
        state = self.changed(plan, role, year).state(added, vacant, moved)
        return state.with_followers() if year == 1 else state

    def _changed(self, plan: str, role: str, year: int) -> Change:
        """What a plan, or a year, changes of a role, before anybody comes from another one."""
        if year == 0:
            return self._start(plan, role)
        change = Change(self.state(plan, role, year - 1), self._claimed(plan, role, year))
        self._decide(change, plan, role, year)
        before, now = (self.book.plan(plan, one).staff.get(role, Count()) for one in (year - 1, year))
        if before.unknown and not now.unknown and not now.cells and not now.changes and self._is_unknown_today(role):
            change.tranches = self._others_as_today(plan, role, now, year)
        self._to_all(change, self.counts.fte(plan, role, year), plan, role, year, now.hired[len(before.hired) :])
        if self._stay_in_district(plan, role):
            change.call_back(year)
        return change

    def _stay_in_district(self, plan: str, role: str) -> bool:
        """Whether those whose post is given up stay and wait for another; else they leave, and their pay is saved."""
        block = self.book.plans[plan].roles[role]
        return "new_hire" in block and block.get("cut_saves", self.book.plans[plan].cut_saves) == "new_hire"

    def _to_all(self, change: Change, fte: Fraction, plan: str, role: str, year: int, hired: tuple[Hired, ...]) -> None:
        """Posts added or given up by number; last those that are added for a part of the year."""
        each = self.counts.each(plan, role, year)
        by_number = [one for one in hired if one.cell is None]
        added = [self.counts.entry(one.number, plan, role, year) * each for one in by_number]
        self._to(change, fte - sum(added, ZERO), plan, role, year)
        for one, number in zip(by_number, added, strict=True):
            change.add(Tranche(year, number, part=Part(one.months, one.first, year)))

    def _decide(self, change: Change, plan: str, role: str, year: int) -> None:
        """What is decided in a later year of single cells, and of people by name."""
        before, now = self.book.plan(plan, year - 1), self.book.plan(plan, year)
        change.lay_off(now.laid_off[len(before.laid_off) :], year)
        counts = [one.staff.get(role, Count()) for one in (before, now)]
        more: dict[str | None, Fraction] = {}
        hired = counts[1].hired[len(counts[0].hired) :]
        self._hire_on_cells(change, hired, year)
        for name, fte in _not_hired(counts[1].changes[len(counts[0].changes) :], hired):
            more[cell(name)] = more.get(cell(name), ZERO) + known(fte, self.book.year(0)).value
        mix = counts[1].cells
        restated = mix is not None and _restated(*counts)
        if mix is not None and restated:  # it says who is there: nobody's post is, nor anybody on another cell
            change.drop_vacant()
            cells = {cell(name): known(fte, self.book.year(0)).value for name, fte in mix.items()}
            if not change.placed:
                self._place(change, cells, plan, role, year)
                restated = False
            for slot in change.placed if restated else ():
                more[slot.at] = more.get(slot.at, ZERO) - slot.fte * slot.count
            for name, fte in cells.items() if restated else ():
                more[name] = more.get(name, ZERO) + fte
        named = {slot.at for slot in self.state(BASELINE, role, 0).placed if slot.person is not None}
        there = {name: fte_of(slot for slot in change.placed if slot.at == name) for name in more}
        fewer = {name: min(-fte, there[name]) for name, fte in more.items() if fte < 0}
        change.take_from_cells({name: fte for name, fte in fewer.items() if fte}, year)
        beyond = sum((-more[name] - fte for name, fte in fewer.items()), ZERO)
        if beyond:  # who has left the cell by then is followed by hires, who are on none
            self._to(change, change.fte - beyond, plan, role, year)
        for at, fte in more.items():
            if fte > 0 and at is not None:
                of = ZERO if at in named else there[at]
                change.added_slots += difference(of, of + fte, Slot(ONE, ONE, Wage(at), hired=year))
        if restated:
            self._restate_others(change, plan, role, year)

    def _restate_others(self, change: Change, plan: str, role: str, year: int) -> None:
        """Of those on no cell there are as many as cover for others; a number beside the cells takes from everybody."""
        there = _fte(change.tranches)
        now = self.counts.cover(plan, role, year)
        if now > there:
            change.add(Tranche(year, now - there))
        if now < there:
            self._go(change, change.take_unplaced(there - now), plan, role, year)

    def _to(self, change: Change, fte: Fraction, plan: str, role: str, year: int) -> None:
        """Posts added or given up by number."""
        more = fte - change.fte
        if more < 0:
            self._go(change, change.take(-more, not self._of_people(plan, role), year), plan, role, year)
            return
        if more > 0:
            change.add(Tranche(year, more))
        held = [one for one in change.tranches if not one.leaving]
        self._go(change, Went(held, held, [], []), plan, role, year)

    def _go(self, change: Change, went: Went, plan: str, role: str, year: int) -> None:
        """Those who go of staff who are not placed: what is still paid to them, and how many people fewer there are,
        beyond those who have moved. A plan that counts in another way may have fewer of as many FTE."""
        change.pay_on(self._unplaced_gone(plan, role, year, went.displaced, went.before), year)
        unit = BASELINE if year == 0 else plan
        there, moved = (
            _heads(self._unplaced(of, role, year, some)) for of, some in ((unit, went.before), (plan, went.moved))
        )
        added = change.added_tranches if year == 0 and self._otherwise(plan, role) else []
        left = self._unplaced(plan, role, year, [*went.left, *added])
        kept = _heads(slot for slot in left if slot.hired != year or not added)
        change.without_post(_fte(went.displaced), there - kept - moved, year)

    def _otherwise(self, plan: str, role: str) -> bool:
        """Whether a plan counts in FTE of whom there are so many people today."""
        return self._of_people(BASELINE, role) and not self._of_people(plan, role)

    def _unplaced_gone(
        self, plan: str, role: str, year: int, gone: Iterable[Tranche], before: Iterable[Tranche]
    ) -> list[Slot]:
        """Posts given up are people of today's unit in the file's year, and of the plan's own afterwards."""
        unit = BASELINE if year == 0 else plan
        if unit == BASELINE and not self._of_people(BASELINE, role) and self._of_people(plan, role):
            together = sum((one.fte for one in before), ZERO)
            return [one.slot(fte, one.fte / together) for one in gone for fte in people(together) if one.fte]
        return self._unplaced(unit, role, year, gone)

    # From another role

    def _claimants(self, plan: str, role: str) -> list[str]:
        """The roles whose posts are taken by holders of this one."""
        roles = self.book.plans[plan].roles
        return [one for one in self.roles(plan) if roles[one].get("filled_from") == role]

    def _claimed(self, plan: str, role: str, year: int) -> Fraction:
        """The FTE that holders of this role could take elsewhere in a year."""
        claims = [self.changed(plan, one, year) for one in self._claimants(plan, role)]
        return sum((one.added_fte + one.vacant_fte for one in claims), ZERO)

    def _granted(self, plan: str, role: str, year: int) -> tuple[Fraction, Fraction, Moved]:
        """The FTE of added and of vacant posts that people of another role take, and who these are. Of several roles
        that are filled from one, the added posts go in the order of the staff, then the vacant ones."""
        source = self.book.plans[plan].roles[role].get("filled_from")
        if source is None or not {role, source} <= set(self.roles(plan)):
            return ZERO, ZERO, Moved(year, ())
        moved = self.changed(plan, source, year).moved
        left = fte_of(moved)
        claimants = {one: self.changed(plan, one, year) for one in self._claimants(plan, source)}
        taken: dict[tuple[str, bool], Fraction] = {}
        for vacant in (False, True):
            for one, change in claimants.items():
                taken[one, vacant] = min(left, change.vacant_fte if vacant else change.added_fte)
                left -= taken[one, vacant]
        return taken[role, False], taken[role, True], Moved(year, tuple((source, slot) for slot in moved if slot.count))

    # The file's own year

    def _start(self, plan: str, role: str) -> Change:
        today = self.book.plan(BASELINE, 0).staff.get(role, Count())
        state = self._today(role, today)
        if plan == BASELINE:
            return Change(state, ZERO)
        count = self.book.plan(plan, 0).staff.get(role, Count())
        claimed = self._claimed(plan, role, 0)
        if today.unknown and not count.unknown:
            return self._as_today(plan, role, count, claimed)
        if count.cells is not None and not state.placed:
            return self._newly_placed(plan, role, count, state, claimed)
        cover = sum((one.fte for one in state.tranches), ZERO)
        named = bool(today.cells) or any(row["role"] == role for row in self.book.roster)
        if not named or self._of_people(plan, role):
            change = Change(state, claimed)
            change.lay_off(self.book.plan(plan, 0).laid_off, 0)
            self._by_cells(change, today, count)
            self._to_all(change, self.counts.fte(plan, role, 0), plan, role, 0, count.hired)
            return change
        # Beside people who are named, cover stands apart: it goes and comes with the release.
        change = Change(state._replace(tranches=()), claimed)
        change.lay_off(self.book.plan(plan, 0).laid_off, 0)
        self._by_cells(change, today, count)
        without_cover = self.counts.fte(plan, role, 0) - self.counts.cover(plan, role, 0)
        self._to_all(change, without_cover, plan, role, 0, count.hired)
        self._other_cover(change, cover, plan, role)
        return change

    def _other_cover(self, change: Change, today: Fraction, plan: str, role: str) -> None:
        """Beside the others, the cover of the plan in the place of the cover of today."""
        now = self.counts.cover(plan, role, 0)
        stays = min(today, now)
        change.tranches = [Tranche(None, today)] if today else []
        if today > now:
            self._go(change, change.take_unplaced(today - now), plan, role, 0)
        change.tranches, change.cover = [], (Tranche(None, stays), Tranche(0, now - stays))

    def _today(self, role: str, count: Count) -> State:
        """Those of the file's year: of people on cells, whose place is known, everybody leaves by the same share."""
        year = self.book.year(0)
        slots = [self._row(row, year) for row in self.book.roster if row["role"] == role]
        each = self.counts.each(BASELINE, role, 0)
        vacant, leaving = (known(one, year).value * each for one in (count.vacant, count.leaving))
        on_cells = {name: known(fte, year).value for name, fte in (count.cells or {}).items()}
        share = leaving / sum(on_cells.values(), ZERO) if leaving and on_cells else ZERO
        for name, fte in on_cells.items():
            slots += [slot for one in people(fte) for slot in parted(Slot(one, ONE, Wage(name)), share)]
        others = self.counts.without_cell(BASELINE, role, 0) - vacant
        unplaced = ZERO if on_cells else leaving
        tranches = (Tranche(None, others - unplaced), Tranche(None, unplaced, leaving=True))
        return State(tuple(slots), tuple(one for one in tranches if one.fte), vacant)

    def _row(self, row: Plain, year: int | None) -> Slot:
        """A row of the roster. `share`: this row is that share of the post. `pay`: what is paid for the row's FTE."""
        named = row.get("cell", f"{row['lane']}/{row['step']}" if "lane" in row else None)
        if named is not None and "with" in row:
            named = f"{named} with {row['with']}"
        wage = Wage(cell(named)) if named is not None else Wage(row["salary"]) if "salary" in row else None
        if "pay" in row:
            wage = Wage(row["pay"], row["fte"])
        funds = row.get("funds", {row["fund"]: "100%"} if "fund" in row else None)
        shares = None if funds is None else tuple((fund, known(share, year).value) for fund, share in funds.items())
        fte = known(row["fte"], year).value * known(row.get("share", "1"), year).value
        vacant, leaving = row.get("vacant") == "true", row.get("leaving") == "true"
        person = None if vacant else row["id"]
        return Slot(fte, ONE, wage, funds=shares, person=person, vacant=vacant, leaving=leaving)

    def _by_cells(self, change: Change, today: Count, count: Count) -> None:
        """A change that names a cell takes from it, or adds to it; a whole mix by cells is such a change, and says who
        is there: vacant posts and people without a cell are not."""
        year = self.book.year(0)
        more: dict[str, Fraction] = {}
        if count.cells is not None:
            for name in today.cells or {}:
                more[name] = more.get(name, ZERO) - known((today.cells or {})[name], year).value
            for slot in change.placed:
                if slot.person is not None and slot.on_cell:
                    more[str(slot.at)] = more.get(str(slot.at), ZERO) - slot.fte
        for name, fte in [*(count.cells or {}).items(), *_not_hired(count.changes, count.hired)]:
            more[cell(name)] = more.get(cell(name), ZERO) + known(fte, year).value
        if count.cells is not None and count.cells is not today.cells:
            change.drop_vacant()
            for at in {slot.at for slot in change.placed if not slot.on_cell}:
                more[str(at)] = -fte_of(slot for slot in change.placed if slot.at == at)
        change.take_from_cells({name: -fte for name, fte in more.items() if fte < 0}, 0)
        self._hire_on_cells(change, count.hired, 0)
        for name, fte in more.items():
            if fte > 0:
                before = known((today.cells or {}).get(name, "0"), year).value
                change.added_slots += difference(before, before + fte, Slot(ONE, ONE, Wage(name), hired=0))

    def _hire_on_cells(self, change: Change, hired: Iterable[Hired], year: int) -> None:
        """Posts added on cells for a part of the year are people of their own."""
        for one in hired:
            if one.cell is not None:
                part = Part(one.months, one.first, year)
                like = Slot(ONE, ONE, Wage(cell(one.cell)), hired=year, part=part)
                change.added_slots += [like.of(fte, ONE) for fte in people(known(one.number, self.book.year(0)).value)]

    def _newly_placed(self, plan: str, role: str, count: Count, state: State, claimed: Fraction) -> Change:
        """A whole mix by cells of a role that is not placed today: each of the mix is kept by the share that was
        there, and beyond it added."""
        year = self.book.year(0)
        today = sum((one.fte for one in state.tranches), ZERO)
        cells: dict[str, Fraction] = {}
        for name, fte in [*(count.cells or {}).items(), *_not_hired(count.changes, count.hired)]:
            cells[cell(name)] = cells.get(cell(name), ZERO) + known(fte, year).value
        change = Change(State((), (Tranche(None, today),) if today else ()), claimed)
        self._place(change, cells, plan, role, 0)
        self._hire_on_cells(change, count.hired, 0)
        self._to_all(change, self.counts.fte(plan, role, 0), plan, role, 0, count.hired)
        return change

    def _as_today(self, plan: str, role: str, count: Count, claimed: Fraction) -> Change:
        """Where nobody knows how many there are today, nobody knows who of a plan is new, but for those whom it adds
        for a part of the year."""
        year = self.book.year(0)
        cells: dict[str, Fraction] = {}
        for name, fte in [*(count.cells or {}).items(), *_not_hired(count.changes, count.hired)]:
            cells[cell(name)] = cells.get(cell(name), ZERO) + known(fte, year).value
        slots = [Slot(one, ONE, Wage(name)) for name, fte in cells.items() for one in people(fte)]
        others = self._others_as_today(plan, role, count, 0)
        change = Change(State(tuple(slots), tuple(others)), claimed)
        self._hire_on_cells(change, count.hired, 0)
        self._to_all(change, self.counts.fte(plan, role, 0), plan, role, 0, count.hired)
        return change

    def _is_unknown_today(self, role: str) -> bool:
        return self.book.plan(BASELINE, 0).staff.get(role, Count()).unknown

    def _others_as_today(self, plan: str, role: str, count: Count, year: int) -> list[Tranche]:
        """Those on no cell whom a plan does not add for a part of the year."""
        added = [self.counts.entry(one.number, plan, role, year) for one in count.hired if one.cell is None]
        others = self.counts.without_cell(plan, role, year) - sum(added, ZERO) * self.counts.each(plan, role, year)
        return [Tranche(None, others)] if others > 0 else []

    def _place(self, change: Change, cells: dict[str, Fraction], plan: str, role: str, year: int) -> None:
        """Those who are there without a place come to the cells of a whole mix, and to its cover."""
        before = list(change.tranches)
        there = _fte(before)
        rest = self.counts.cover(plan, role, year)
        whole = sum(cells.values(), ZERO) + rest
        kept = min(ONE, there / whole) if whole else ZERO
        slots = [Slot(one, ONE, Wage(name), placed=year) for name, fte in cells.items() for one in people(fte)]
        held, displaced, others = self._unplaced(BASELINE if year == 0 else plan, role, year, before), ZERO, ZERO
        if there > whole:
            went = change.take_unplaced(there - whole)
            change.pay_on(self._unplaced_gone(plan, role, year, went.displaced, before), year)
            displaced, moved = _fte(went.displaced), _fte(went.moved)
            leaving = there - whole - displaced - moved  # whom a mix keeps is not leaving any more
            others = Fraction(len(people(moved)) + len(people(leaving)))
        left = kept * _heads(slots) + len(people(rest * kept))
        change.without_post(displaced, _heads(held) - left - others, year)
        change.placed = [slot.times(kept) for slot in slots if kept]
        change.tranches = [Tranche(None, rest * kept)] if rest * kept else []
        if kept < 1:
            change.added_slots = [slot.hired_in(year).times(1 - kept) for slot in slots]
            change.added_tranches = [Tranche(year, rest * (1 - kept))] if rest else []


def _not_hired(changes: Iterable[tuple[str, Any]], hired: Iterable[Hired]) -> list[tuple[str, Any]]:
    """The changes of cells that are no posts added for a part of the year."""
    those = {id(one.number) for one in hired if one.cell is not None}
    return [(name, fte) for name, fte in changes if id(fte) not in those]


def _restated(before: Count, now: Count) -> bool:
    """Whether a whole mix has begun, and does not merely go on with others beside it."""
    return now.cells != before.cells or now.entries[: len(before.entries)] != before.entries


def _fte(tranches: Iterable[Tranche]) -> Fraction:
    return sum((one.fte for one in tranches), ZERO)


def _heads(slots: Iterable[Slot]) -> Fraction:
    return sum((slot.count for slot in slots), ZERO)


def parted(slot: Slot, leaving: Fraction) -> list[Slot]:
    """Those who stay, and the share of them that is leaving."""
    both = (slot.times(1 - leaving), slot.times(leaving).who_leaves())
    return [one for one in both if one.count]


def difference(before: Fraction, after: Fraction, like: Slot) -> list[Slot]:
    """The people of `after` less those of `before`: whole ones and parts, some of them less than nothing."""
    counts: dict[Fraction, int] = {}
    for one in people(after):
        counts[one] = counts.get(one, 0) + 1
    for one in people(before):
        counts[one] = counts.get(one, 0) - 1
    return [like.of(fte, Fraction(count)) for fte, count in counts.items() if count]


__all__ = ["Moved", "Slot", "Staff"]
