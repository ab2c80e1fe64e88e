"""What a plan, or a year, changes in one role: who goes, in which order, and which posts are added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from secondcalculator.figures import ONE, ZERO, people
from secondcalculator.people import Gone, Moved, NoPost, Slot, State, Tranche, fte_of


class Shares(NamedTuple):
    """Of posts given up: the share of those who move, and of those who are displaced, among all who stay in the
    district; and the shares that go of vacant posts and of people who are leaving."""

    moved: Fraction
    displaced: Fraction
    vacant: Fraction
    leaving: Fraction

    def of(self, slot: Slot) -> Fraction:
        """The share of some people that goes."""
        return self.vacant if slot.vacant else self.leaving if slot.leaving else self.moved + self.displaced


class Went(NamedTuple):
    """Of staff who are not placed: those who were there, who stay, who are displaced, and who have moved. Whoever is
    leaving is none of them."""

    before: list[Tranche]
    left: list[Tranche]
    displaced: list[Tranche]
    moved: list[Tranche]


class Change:
    """The staff of a role while it changes. `claimed`: so many FTE that its people could take in other roles.

    `added_slots` and `added_tranches` are posts that are added; `moved` are those who give up theirs for another role.
    `cover`: beside named people, the cover of today that stays, and what is added to it; they stand after the others.
    """

    def __init__(self, before: State, claimed: Fraction) -> None:
        self.placed, self.tranches = list(before.placed), list(before.tranches)
        self.vacant, self.gone, self.no_post = before.vacant, list(before.gone), list(before.no_post)
        self.claimed = claimed
        self.added_slots: list[Slot] = []
        self.added_tranches: list[Tranche] = []
        self.moved: list[Slot] = []
        self.cover: tuple[Tranche, ...] = ()

    # What there is

    @property
    def added_fte(self) -> Fraction:
        return fte_of(self.added_slots) + _fte(self.added_tranches) + _fte(self.cover[1:])

    @property
    def vacant_fte(self) -> Fraction:
        return self.vacant + fte_of(slot for slot in self.placed if slot.vacant)

    @property
    def fte(self) -> Fraction:
        return fte_of(self.placed) + _fte(self.tranches) + self.vacant + self.added_fte

    # What changes

    def add(self, tranche: Tranche) -> None:
        """Posts that are added."""
        self.added_tranches.append(tranche)

    def take(self, fewer: Fraction, shrinks: bool, year: int) -> Went:
        """Posts given up by number. Who goes of those who are not placed is the answer."""
        staying = fte_of(slot for slot in [*self.placed, *self.added_slots] if slot.stays)
        staying += _fte(one for one in self.tranches if not one.leaving)
        leaving = fte_of(slot for slot in self.placed if slot.leaving) + _fte(
            one for one in self.tranches if one.leaving
        )
        share = self._shares(fewer, staying, self.vacant_fte, leaving)
        # Beside placed people, the others shrink as these do; alone they stay whole ones and a part.
        key = "kept" if shrinks and any(not slot.vacant for slot in [*self.placed, *self.added_slots]) else "whole"
        gone = self._go_unplaced(share, key)
        self.placed = self._go(self.placed, share, year)
        self.added_slots = self._go(self.added_slots, share, year)
        self.vacant *= 1 - share.vacant
        return gone

    def take_unplaced(self, fewer: Fraction) -> Went:
        """Posts given up of those alone who are not placed."""
        return self._go_unplaced(self._shares(fewer, _fte(self.tranches), ZERO, ZERO), "whole")

    def take_from_cells(self, fewer: Mapping[str | None, Fraction], year: int) -> None:
        """Posts given up on cells (or at one pay). Each gives its part of those who move: of all that the cells could
        give the same share."""
        could = {
            name: min(fte, fte_of(slot for slot in self.placed if slot.at == name and slot.stays))
            for name, fte in fewer.items()
        }
        every, claimed = sum(could.values(), ZERO), self.claimed
        share = min(ONE, claimed / every) if every else ZERO
        for name, fte in fewer.items():
            self.claimed = could[name] * share
            self._take_from_cell(fte, name, year)
        self.claimed = claimed - every * share

    def _take_from_cell(self, fewer: Fraction, name: str | None, year: int) -> None:
        """People of a roster go by the same share; the FTE of a cell stay whole and one part."""
        there = [slot for slot in self.placed if slot.at == name]
        if any(slot.person is not None or slot.vacant for slot in there):
            self._take_rows(fewer, there, year)
            return
        before, leaving = fte_of(there), fte_of(slot for slot in there if slot.leaving)
        share = self._shares(fewer, before - leaving, ZERO, leaving)
        left, staying = before - fewer, before - leaving
        self.placed = [slot for slot in self.placed if slot.at != name]
        for like, fte in _alike(there):
            of_left = fte * (1 - share.of(like)) / left if left else ZERO
            self.placed += [like.of(one, of_left) for one in people(left) if of_left]
            if like.stays:
                self.moved.append(like.of(ONE, share.moved * fte))
                gone = people(share.displaced * staying)
                self.pay_on((like.of(one, fte / staying) for one in gone), year)
        heads = sum((slot.count for slot in there if slot.stays), ZERO)
        heads -= sum((slot.count for slot in self.placed if slot.at == name and slot.stays), ZERO)
        self.without_post(share.displaced * staying, heads - len(people(share.moved * staying)), year)

    def _take_rows(self, fewer: Fraction, some: list[Slot], year: int) -> None:
        share = self._shares(
            fewer,
            fte_of(slot for slot in some if slot.stays),
            fte_of(slot for slot in some if slot.vacant),
            fte_of(slot for slot in some if slot.leaving),
        )
        others = [slot for slot in self.placed if slot not in some]
        self.placed = [*others, *self._go(some, share, year)]

    def drop_vacant(self) -> None:
        """Posts that nobody holds, where a mix says who is there."""
        self.vacant = ZERO
        self.placed = [slot for slot in self.placed if not slot.vacant]

    def lay_off(self, ids: Collection[str], year: int) -> None:
        """People leave by name, and are paid no more."""
        out = [slot for slot in self.placed if slot.person is not None and slot.person in ids]
        self.placed = [slot for slot in self.placed if slot not in out]
        own = [NoPost(slot.fte * slot.count, slot.count, year, slot.of(slot.fte, ONE), True) for slot in out]
        self.no_post += [one for one, slot in zip(own, out, strict=True) if slot.stays]

    def call_back(self, year: int) -> None:
        """The displaced of years before take what posts elsewhere are left, of all of them the same share."""
        waiting = [one for one in self.gone if one.year < year]
        share = _part(min(self.claimed, there := fte_of(one.slot for one in waiting)), there)
        self.moved += [replace(one.slot.times(share), beside_placed=bool(self.placed)) for one in waiting if share]
        self.gone = [one._replace(slot=one.slot.times(1 - share)) if one.year < year else one for one in self.gone]
        self.no_post = [
            one
            if one.named or one.year == year
            else one._replace(fte=one.fte * (1 - share), heads=one.heads * (1 - share))
            for one in self.no_post
        ]

    def displace(self, slots: Iterable[Slot], year: int) -> None:
        """Those who keep no post, each as much of a person as goes."""
        slots = list(slots)
        self.pay_on(slots, year)
        for slot in slots:
            post = None if slot.person is None else slot.of(slot.fte, ONE)
            self.no_post.append(NoPost(slot.fte * slot.count, slot.count, year, post))

    def pay_on(self, slots: Iterable[Slot], year: int) -> None:
        """What is still paid to those who keep no post goes by their pay."""
        self.gone += [Gone(slot, year) for slot in slots if slot.count]

    def without_post(self, fte: Fraction, heads: Fraction, year: int) -> None:
        """So many people keep no post; who keeps a part of one is none of them."""
        self.no_post.append(NoPost(fte, max(ZERO, heads), year))

    def state(self, added: Fraction, vacant: Fraction, moved: Moved) -> State:
        """The staff when others have come: they take so many FTE of the posts that are added, and of vacant ones."""
        of_added = added / self.added_fte if added else ZERO
        of_vacant = vacant / self.vacant_fte if vacant else ZERO
        placed = [slot.times(1 - of_vacant) if slot.vacant else slot for slot in self.placed]
        came = [slot.times(of_vacant) for slot in self.placed if slot.vacant]
        came += [slot.times(of_added) for slot in self.added_slots]
        placed += [slot.who_came(moved) for slot in came]
        placed += [slot.times(1 - of_added) for slot in self.added_slots]
        came_to = [(one.fte * of_added, one.part) for one in (*self.added_tranches, *self.cover[1:])]
        came_to.append((self.vacant * of_vacant, None))
        others = [Tranche(None, fte, moved=moved, part=part) for fte, part in came_to]
        after = (*self.added_tranches, *self.cover)
        hired = [one if one.hired is None else one._replace(whole=one.whole * (1 - of_added)) for one in after]
        return State(
            tuple(slot for slot in placed if slot.count),
            tuple(one for one in (*self.tranches, *others, *hired) if one.fte),
            self.vacant * (1 - of_vacant),
            tuple(one for one in self.gone if one.slot.count),
            tuple(self.no_post),
        )

    # Who goes

    def _shares(self, fewer: Fraction, staying: Fraction, vacant: Fraction, leaving: Fraction) -> Shares:
        """First those who move, then vacant posts, then those of people who are leaving, then the rest."""
        moved = min(self.claimed, fewer, staying)
        self.claimed -= moved
        of_vacant = min(fewer - moved, vacant)
        of_leaving = min(fewer - moved - of_vacant, leaving)
        displaced = fewer - moved - of_vacant - of_leaving
        return Shares(*map(_part, (moved, displaced, of_vacant, of_leaving), (staying, staying, vacant, leaving)))

    def _go(self, slots: list[Slot], share: Shares, year: int) -> list[Slot]:
        self.moved += [slot.times(share.moved) for slot in slots if slot.stays]
        self.displace((slot.times(share.displaced) for slot in slots if slot.stays), year)
        return [slot.times(ONE - share.of(slot)) for slot in slots if share.of(slot) < 1]

    def _go_unplaced(self, share: Shares, key: str) -> Went:
        def part(one: Tranche, factor: Fraction) -> Tranche:
            return one._replace(**{key: getattr(one, key) * factor})

        staying = [one for one in self.tranches if not one.leaving]
        beside = bool(self.placed or self.added_slots)
        some = [one.slot(ONE, one.fte * share.moved) for one in staying if share.moved]
        self.moved += [replace(slot, beside_placed=beside) for slot in some]
        goes = share.moved + share.displaced
        left = [part(one, 1 - (share.leaving if one.leaving else goes)) for one in self.tranches]
        self.tranches = [one for one in left if one.fte]
        displaced, moved = ([part(one, of) for one in staying] for of in (share.displaced, share.moved))
        return Went(staying, [one for one in left if not one.leaving], displaced, moved)


def _alike(slots: Iterable[Slot]) -> list[tuple[Slot, Fraction]]:
    """One of those on a cell who came in the same year and leave or do not, and the FTE of all of these."""
    found: dict[Slot, Fraction] = {}
    for slot in slots:
        like = slot.of(ONE, ONE)
        found[like] = found.get(like, ZERO) + slot.fte * slot.count
    return list(found.items())


def _fte(tranches: Iterable[Tranche]) -> Fraction:
    return sum((one.fte for one in tranches), ZERO)


def _part(some: Fraction, whole: Fraction) -> Fraction:
    return some / whole if some else ZERO
