"""Who holds a role: those of today, posts added, posts given up, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from secondcalculator.counts import Counts
from secondcalculator.figures import ONE, ZERO, Plain, known, people
from secondcalculator.pay import Wage
from secondcalculator.read import BASELINE, Book, Count, cell


@dataclass(frozen=True)
class Slot:
    """People who are alike: `fte` of each, as caps and thresholds see them, and how many there are.

    `wage`: their own; None: the role's. `hired`: the year in which the plan hired them; None: they were there.
    `funds` pay them where the roster says so. `person`: the id of a roster. `vacant`: a post that nobody holds.
    """

    fte: Fraction
    count: Fraction
    wage: Wage | None = None
    hired: int | None = None
    funds: tuple[tuple[str, Fraction], ...] | None = None
    person: str | None = None
    vacant: bool = False

    def times(self, share: Fraction) -> Slot:
        return replace(self, count=self.count * share)


class Gone(NamedTuple):
    """People whose post was given up in a year."""

    slot: Slot
    year: int


class Tranche(NamedTuple):
    """FTE that are not placed: today's (`hired` is None) or those hired in a year. `kept`: the share of them that is
    left, where they have shrunk with placed people and as these do."""

    hired: int | None
    whole: Fraction
    kept: Fraction = ONE

    @property
    def fte(self) -> Fraction:
        return self.whole * self.kept


class State(NamedTuple):
    """The staff of a role in one year. `placed`: people by their cell or their own pay. `tranches`: FTE of those who
    are not placed, today's first (None), then by the year in which they were hired. `gone`: of all years so far."""

    placed: tuple[Slot, ...]
    tranches: tuple[Tranche, ...]
    gone: tuple[Gone, ...] = ()

    @property
    def fte(self) -> Fraction:
        return fte_of(self.placed) + sum((one.fte for one in self.tranches), ZERO)


def fte_of(slots: Iterable[Slot]) -> Fraction:
    """The FTE of some people."""
    return sum((slot.fte * slot.count for slot in slots), ZERO)


class Staff:
    """The staff of all plans of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.counts = Counts(book, self.present)
        self.state = cache(self._state)

    def roles(self, plan: str) -> list[str]:
        """The roles of a plan, those of the baseline among them: one that is left out has no staff."""
        staffed = [*self.book.plans[BASELINE].staff, *self.book.plans[plan].staff]
        blocks = [*self.book.plans[BASELINE].roles.values(), *self.book.plans[plan].roles.values()]
        return list(
            dict.fromkeys([*staffed, *(one["release"]["cover"] for one in blocks if "cover" in one.get("release", {}))])
        )

    def present(self, plan: str, role: str, year: int) -> Fraction:
        """The FTE that are there, without what an ended fund took with it."""
        from secondcalculator.funds import Funds

        funds = Funds(self.book, self.book.plans[plan].roles[role], year)
        return sum((slot.fte * slot.count * funds.left(slot) for slot in self.slots(plan, role, year)), ZERO)

    def slots(self, plan: str, role: str, year: int) -> list[Slot]:
        """Everybody who holds the role."""
        state = self.state(plan, role, year)
        return [*state.placed, *self._unplaced(plan, role, year, state.tranches)]

    def gone(self, plan: str, role: str, year: int) -> tuple[Gone, ...]:
        """Those whose posts have been given up by then."""
        return self.state(plan, role, year).gone

    # People

    def _unplaced(self, plan: str, role: str, year: int, tranches: Iterable[Tranche]) -> list[Slot]:
        """Tranches of FTE as people: of so many FTE each; or whole and one part, each tranche those of the running
        total with it less those without it; where today is counted in people, each tranche its share of all."""
        tranches = [one for one in tranches if one.fte]
        if self._of_people(plan, role):
            each = self.counts.each(plan, role, year)
            return [Slot(each, one.fte / each, hired=one.hired) for one in tranches]
        if self._of_people(BASELINE, role):
            return self._shares_of_all(tranches)
        found: list[Slot] = []
        running = ZERO
        for one in tranches:
            some = _difference(running, running + one.whole, Slot(ONE, ONE, hired=one.hired))
            found += [slot.times(one.kept) for slot in some]
            running += one.whole
        return found

    def _shares_of_all(self, tranches: list[Tranche]) -> list[Slot]:
        together = sum((one.whole for one in tranches), ZERO)
        return [Slot(fte, one.fte / together, hired=one.hired) for one in tranches for fte in people(together)]

    def _of_people(self, plan: str, role: str) -> bool:
        count = self.book.plans[plan].staff.get(role)
        return count is not None and count.counts_people

    # Year by year

    def _state(self, plan: str, role: str, year: int) -> State:
        if year == 0:
            return self._start(plan, role)
        before = self.state(plan, role, year - 1)
        return self._adjusted(before, self.counts.fte(plan, role, year) - before.fte, plan, role, year)

    def _adjusted(self, state: State, more: Fraction, plan: str, role: str, year: int) -> State:
        """Posts added are hires of the year. Of posts given up, the vacant ones go first, then everybody by the same
        share."""
        if more > 0:
            return state._replace(tranches=(*state.tranches, Tranche(year, more)))
        if more == 0:
            return state
        vacant = fte_of(slot for slot in state.placed if slot.vacant)
        of_vacant = min(-more, vacant)
        left = state.fte - vacant
        share = (-more - of_vacant) / left if left else ZERO
        empty = of_vacant / vacant if vacant else ZERO
        placed = tuple(slot.times(1 - (empty if slot.vacant else share)) for slot in state.placed)
        gone = [slot.times(share) for slot in state.placed if not slot.vacant]
        # Beside placed people, the others shrink as these do; alone they stay whole ones and a part.
        key = "kept" if any(not slot.vacant for slot in state.placed) and not self._of_people(plan, role) else "whole"

        def times(factor: Fraction) -> list[Tranche]:
            return [one._replace(**{key: getattr(one, key) * factor}) for one in state.tranches]

        gone += self._unplaced_gone(plan, role, year, times(share), state)
        tranches = times(1 - share)
        return State(
            tuple(slot for slot in placed if slot.count),
            tuple(one for one in tranches if one.fte),
            (*state.gone, *(Gone(slot, year) for slot in gone if slot.count)),
        )

    def _unplaced_gone(self, plan: str, role: str, year: int, gone: Iterable[Tranche], before: State) -> list[Slot]:
        """Posts given up are people of today's unit in the file's year, and of the plan's own afterwards."""
        unit = BASELINE if year == 0 else plan
        if unit == BASELINE and not self._of_people(BASELINE, role) and self._of_people(plan, role):
            together = sum((one.fte for one in before.tranches), ZERO)
            return [
                Slot(fte, one.fte / together, hired=one.hired) for one in gone for fte in people(together) if one.fte
            ]
        return self._unplaced(unit, role, year, gone)

    # The file's own year

    def _start(self, plan: str, role: str) -> State:
        today = self.book.plans[BASELINE].staff.get(role, Count())
        placed = self._today(role, today)
        without_cell = self.counts.without_cell(BASELINE, role, 0)
        if plan == BASELINE:
            return State(placed, (Tranche(None, without_cell),) if without_cell else ())
        count = self.book.plans[plan].staff.get(role, Count())
        if count.cells is not None and not placed:
            return self._newly_placed(plan, role, count, without_cell)
        named = bool(today.cells) or any(row["role"] == role for row in self.book.roster)
        if not named or self._of_people(plan, role):
            state = State(placed, (Tranche(None, without_cell),) if without_cell else ())
            state = self._by_cells(state, role, today, count)
            return self._adjusted(state, self.counts.fte(plan, role, 0) - state.fte, plan, role, 0)
        # Beside people who are named, cover stands apart: it goes and comes with the release.
        state = self._by_cells(State(placed, ()), role, today, count)
        others = self.counts.fte(plan, role, 0) - self.counts.cover(plan, role, 0)
        state = self._adjusted(state, others - state.fte, plan, role, 0)
        return self._other_cover(state, without_cell, plan, role)

    def _other_cover(self, state: State, today: Fraction, plan: str, role: str) -> State:
        """Beside the others, the cover of the plan in the place of the cover of today."""
        now = self.counts.cover(plan, role, 0)
        stays = min(today, now)
        lost = self._unplaced_gone(plan, role, 0, [Tranche(None, today - stays)], State((), (Tranche(None, today),)))
        tranches = (*state.tranches, Tranche(None, stays), Tranche(0, now - stays))
        gone = (*state.gone, *(Gone(slot, 0) for slot in lost))
        return State(state.placed, tuple(one for one in tranches if one.fte), gone)

    def _today(self, role: str, count: Count) -> tuple[Slot, ...]:
        year = self.book.year(0)
        slots = [self._row(row, year) for row in self.book.roster if row["role"] == role]
        for name, fte in (count.cells or {}).items():
            slots += [Slot(one, ONE, Wage(name)) for one in people(known(fte, year).value)]
        return tuple(slots)

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
        vacant = row.get("vacant") == "true"
        return Slot(fte, ONE, wage, funds=shares, person=None if vacant else row["id"], vacant=vacant)

    def _by_cells(self, state: State, role: str, today: Count, count: Count) -> State:
        """A change that names a cell takes from it, or adds to it; a whole mix by cells is such a change."""
        year = self.book.year(0)
        change: dict[str, Fraction] = {}
        if count.cells is not None:
            for name in today.cells or {}:
                change[name] = change.get(name, ZERO) - known((today.cells or {})[name], year).value
            for slot in state.placed:
                if slot.person is not None and slot.wage is not None and "/" in str(slot.wage.stated):
                    change[slot.wage.stated] = change.get(slot.wage.stated, ZERO) - slot.fte
        for name, fte in [*(count.cells or {}).items(), *count.changes]:
            change[cell(name)] = change.get(cell(name), ZERO) + known(fte, year).value
        placed: list[Slot] = []
        gone: list[Slot] = []
        for slot in state.placed:
            if slot.person is None and not slot.vacant:
                continue  # counted by the cell, below
            at = slot.wage.stated if slot.wage is not None else None
            there = [one for one in state.placed if one.wage is not None and one.wage.stated == at]
            own = count.cells is not None and (slot.vacant or at is None or "/" not in str(at))
            there = [one for one in there if count.cells is None or not one.vacant]
            share = ONE if own else _share_gone(slot, there, -change.get(at, ZERO)) if at in change else ZERO
            placed.append(slot.times(1 - share))
            gone += [] if slot.vacant else [slot.times(share)]
        on_cells = {name: known(fte, year).value for name, fte in (today.cells or {}).items()}
        for name, before in on_cells.items():
            after = before + min(change.get(name, ZERO), ZERO)
            placed += [Slot(one, ONE, Wage(name)) for one in people(after)]
            gone += [Slot(one, ONE, Wage(name)) for one in people(before - after)]
        for name, more in change.items():
            if more > 0:
                before = on_cells.get(name, ZERO)
                placed += _difference(before, before + more, Slot(ONE, ONE, Wage(name), hired=0))
        return State(
            tuple(slot for slot in placed if slot.count),
            state.tranches,
            tuple(Gone(slot, 0) for slot in gone if slot.count),
        )

    def _newly_placed(self, plan: str, role: str, count: Count, today: Fraction) -> State:
        """A whole mix by cells of a role that is not placed today: each of the mix is kept by the share that was
        there, and beyond it added."""
        cells: dict[str, Fraction] = {}
        for name, fte in [*(count.cells or {}).items(), *count.changes]:
            cells[cell(name)] = cells.get(cell(name), ZERO) + known(fte, self.book.year(0)).value
        rest = self.counts.cover(plan, role, 0)
        whole = sum(cells.values(), ZERO) + rest
        kept = min(ONE, today / whole) if whole else ZERO
        slots = [Slot(one, ONE, Wage(name)) for name, fte in cells.items() for one in people(fte)]
        placed = [slot.times(kept) for slot in slots] + [replace(slot.times(1 - kept), hired=0) for slot in slots]
        tranches = (Tranche(None, rest * kept), Tranche(0, rest * (1 - kept)))
        state = State(tuple(slot for slot in placed if slot.count), tuple(one for one in tranches if one.fte))
        if today > whole:
            lost = self._unplaced_gone(
                plan, role, 0, [Tranche(None, today - whole)], State((), (Tranche(None, today),))
            )
            state = state._replace(gone=tuple(Gone(slot, 0) for slot in lost))
        return self._adjusted(state, self.counts.without_cell(plan, role, 0) - rest, plan, role, 0)


def _share_gone(slot: Slot, there: list[Slot], goes: Fraction) -> Fraction:
    """The share that goes of one of those who are on a cell: vacant posts first, then everybody alike."""
    vacant = fte_of(one for one in there if one.vacant)
    of_vacant = min(max(goes, ZERO), vacant)
    if slot.vacant:
        return of_vacant / vacant if vacant else ZERO
    held = fte_of(there) - vacant
    return min(ONE, max(goes - of_vacant, ZERO) / held)


def _difference(before: Fraction, after: Fraction, like: Slot) -> list[Slot]:
    """The people of `after` less those of `before`: whole ones and parts, some of them less than nothing."""
    counts: dict[Fraction, int] = {}
    for one in people(after):
        counts[one] = counts.get(one, 0) + 1
    for one in people(before):
        counts[one] = counts.get(one, 0) - 1
    return [replace(like, fte=fte, count=Fraction(count)) for fte, count in counts.items() if count]
