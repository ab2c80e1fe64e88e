"""The staff of a post from today to a plan and through the years after it: who stays, who is given up, who is added.

What there is no more is given up; what there is more is added. A number without a name takes from everybody by the same
share, after those whose posts go first; a change of a cell takes from that cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from staffcalc.costing.growth.raises import further_on
from staffcalc.costing.growth.wages import entering_wage
from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.changes import Changes, as_people, people_lost
from staffcalc.costing.staff.counted_staff import CountedStaff, Heads, OwnPay, with_own_pay
from staffcalc.costing.staff.counts import shared_counts
from staffcalc.costing.staff.going import Going, who_stay
from staffcalc.costing.staff.of_today import counted_today, placed_today
from staffcalc.costing.staff.positions import (
    GivenUp,
    PartYear,
    Patterns,
    Position,
    part_year,
    staff_of_fte,
)
from staffcalc.formula.formula import (
    Formula,
    One,
    Quotient,
    add,
    lesser,
    minus,
    times,
)
from staffcalc.formula.rows import every
from staffcalc.school.school import Hired, Staffed, Wage


class Stock:
    """The staff of a post from today on: what a plan, and each later year, takes from it and adds to it.

    `positions` are those whose pay is known. The others are `counted`, where the plan counts people in people of so
    many FTE as each has in the file's year. `_alike` is 1 once people of known pay have shrunk by the same share as the
    others, and 0 where there turn out to be none, or none any more: they are whole ones and one part of what is left,
    or of what there was, each there by the share that is left.

    A year is taken by `step` and then `fill`: those who give up a post may take one of another role.
    """

    def __init__(self, staffed: Staffed, shared: Shared, patterns: Patterns | None = None) -> None:
        self.staffed, self.shared = staffed, shared
        self.today = staffed.today or staffed
        self.heads = Heads(staffed)
        self.given_up: list[GivenUp] = []
        self.changes = Changes()
        self.positions = placed_today(self.today, shared, patterns)
        self.counted: list[CountedStaff] = list(counted_today(self.today, shared))
        self._alike: Formula | None = None
        self.claimed: Formula | None = None
        self._moved: list[Formula] = []
        self._leaving_with: list[tuple[Formula, Wage]] = []
        self.before = shared_counts(staffed.counts, staffed.people, shared)

    def part_of(self, hired: Hired) -> PartYear | None:
        """The part of the year for which posts are paid that a plan adds."""
        months = hired.first_year or hired.months
        return None if months is None else part_year(months, self.staffed.post.months)

    # A year

    def claim(self, fte: Formula | None) -> None:
        """In the year to come, those who give up one of these posts would take so many of other roles."""
        self.claimed = None if fte is None else self.heads.number(fte)
        self._moved, self._leaving_with = [], []

    def step(self, year: int) -> None:
        """From the year before to this one; today's staff become the plan's in `first_year`."""
        if year <= len(self.staffed.later):
            one = self.staffed.later[year - 1]
            now = times(shared_counts(one.counts, self.staffed.people, self.shared), *self.heads.part_of_each(year, 0))
            if now != self.before:
                self.to(self.before, now, year)
            self.before = now

    def settle(self, year: int) -> None:
        """The end of a year's changes: those who have left are followed by new hires of the year after."""
        if year != 1:
            return
        self.positions = [
            one._replace(wage=None, wages=None, added=1, leaving=False, person="") if one.leaving else one
            for one in self.positions
        ]
        self.counted = [one._replace(added=1, leaving=False) if one.leaving else one for one in self.counted]

    @property
    def moved(self) -> Formula:
        """The FTE of those who have taken a post of another role in this year."""
        return self.heads.fte(add(*self._moved))

    def added(self, year: int) -> Formula:
        """The FTE of posts that this year has added."""
        return every((one.rows, self._fte(one)) for one in self.added_in(year))

    @property
    def vacant(self) -> Formula | None:
        """The FTE of posts that nobody holds; None where the file says nothing of such."""
        some = [(one.rows, self._fte(one)) for one in self.everybody() if one.vacant]
        return every(some) if some else None

    def _fte(self, one: Position | CountedStaff) -> Formula:
        return one.fte if isinstance(one, Position) else self.heads.fte(one.left)

    def added_in(self, year: int) -> list[Position | CountedStaff]:
        """Who holds the posts that this year has added, before anybody has moved to them."""
        return [one for one in self.everybody() if one.added == year and not one.moved]

    def fill(self, year: int, added: Formula | None, vacant: Formula | None, bring: tuple[OwnPay, ...]) -> None:
        """So many of the posts that this year has added, and of the vacant ones, are taken by people who gave up a post
        of another role. They bring their own pay where this role states none."""
        for those, taken in ((self.added_in(year), added), ([one for one in self.everybody() if one.vacant], vacant)):
            if taken is not None and those:
                share = Quotient(taken, every((one.rows, self._fte(one)) for one in those))
                for one in those:
                    self._take(one, share, taken if len(those) == 1 else None, year, bring)

    def everybody(self) -> list[Position | CountedStaff]:
        """All who are there."""
        return [*self.positions, *self.counted]

    def _take(
        self, one: Position | CountedStaff, share: Formula, alone: Formula | None, year: int, bring: tuple[OwnPay, ...]
    ) -> None:
        """Of some posts a share is taken; of the only ones, so many."""
        if isinstance(one, CountedStaff):
            taken = times(one.number, share) if alone is None else self.heads.number(alone)
            moved = one._replace(added=year, number=taken, vacant=False, moved=True, bring=bring)
            self.counted[_at(one, self.counted)] = one._replace(number=minus(one.number, taken))
            self.counted.insert(self._before_hires(year), moved)
            return
        at = _at(one, self.positions)
        rest, some = one.times(minus(One(), share)), self._climbing(one, year).times(share)
        people = add(*(group.people for group in some.groups))
        some = some._replace(people=people, added=year, vacant=False, moved=True)
        self.positions[at : at + 1] = [*with_own_pay(some, bring), rest]

    def _climbing(self, one: Position, year: int) -> Position:
        """Posts that nobody holds, as they are for those who come to them: from that year on they gain steps."""
        if not one.vacant or not self.staffed.post.gained:
            return one
        gained = self.staffed.post.gained[min(year, len(self.staffed.post.gained) - 1)]

        def further(wage: Wage) -> Wage:
            return self.shared.once(("further", id(wage), gained), wage, lambda: further_on(wage, gained))

        wages = one.wages and one.wages._replace(each=tuple(map(further, one.wages.each)))
        return one._replace(wage=one.wage and further(one.wage), wages=wages)

    def _before_hires(self, year: int) -> int:
        """Where in the order those stand who have moved in a year: after all who came before, and before its hires."""
        hires = [at for at, one in enumerate(self.counted) if one.added == year and not one.moved]
        return min(hires, default=len(self.counted))

    def own_pay(self) -> tuple[OwnPay, ...]:
        """What those earned who have moved in this year: each pay with the share of them who had it."""
        wages = {id(wage): wage for _, wage in self._leaving_with}
        if len(wages) == 1:
            return tuple(OwnPay(One(), wage) for wage in wages.values())
        together = add(*(fte for fte, _ in self._leaving_with))
        return tuple(OwnPay(Quotient(fte, together), wage) for fte, wage in self._leaving_with)

    def _own_pay(self, one: Position | CountedStaff) -> Iterator[tuple[Formula, Wage]]:
        """The FTE of some of the staff by the pay they have, where they have one of their own or the role states it."""
        post, fte = self.staffed.post, self._fte(one)
        hires = post.hires or (() if post.new_hire is None else (post.new_hire,))
        if isinstance(one, CountedStaff) and one.bring:
            for brought in one.bring:
                if brought.wage is not None:
                    yield times(fte, brought.share), brought.wage
            return
        wage = one.wage if isinstance(one, Position) else None
        if wage is None and one.added is not None and not one.moved and hires:
            wage = hires[min(one.added, len(hires) - 1)]
        if wage is None and one.added is not None and one.moved:
            wage = entering_wage(post, one.added)
        wage = wage or post.salary or post.average
        if wage is not None:
            yield fte, wage
        elif hires:
            # where anybody's pay is known, whose is not earns what those do on average
            known = every((one.rows, one.fte) for one in self.positions)
            alone = [minus(One(), Quotient(known, known))] if self.positions else []
            yield times(fte, *alone), hires[0]

    def all_positions(self) -> tuple[Position, ...]:
        """All who hold the post: those of known pay, what is left of the others, and what each year has added."""
        found = (*self.positions, *self.people(self.counted, len(self.staffed.later)))
        return found or (staff_of_fte(add()),)

    def people(self, counted: Sequence[CountedStaff], year: int) -> Iterator[Position]:
        return self.heads.of(counted, self._alike, year)

    def number(self) -> Formula:
        """How many there are by now."""
        return every((one.rows, one.left) for one in self._counted(self.everybody()))

    def _counted(self, some: Iterable[Position | CountedStaff]) -> list[Position | CountedStaff]:
        """The same staff in one unit: beside others whom the plan counts in people, those of known pay as so many of
        these."""
        if not (self.staffed.people and self.counted):
            return list(some)
        return [self.heads.counted(one) if isinstance(one, Position) else one for one in some]

    def going(
        self,
        there: Sequence[Position | CountedStaff],
        before: Formula,
        stays: Formula,
        part: Formula | None = None,
    ) -> Going:
        """Who goes of some; those who take another post are asked for no more. `part`: of what is claimed of several
        cells, these are to give so much."""
        going = Going(self._counted(there), before, stays, self.claimed if part is None else part)
        if going.moved is not None and going.moves is not None:
            self.move(going.moved, going.moves, [one for one in there if not (one.vacant or one.leaving)])
        for first, gone in ((going.vacant, self.changes.empty), (going.leaving, self.changes.leaving)):
            if first is not None:
                gone.append(self.heads.fte(first.gone))
        return going

    def move(self, moved: Formula, share: Formula, those: Iterable[Position | CountedStaff]) -> None:
        """So many take a post of another role, a share of each of those."""
        if self.claimed is not None:
            self.claimed = minus(self.claimed, moved)
        self._moved.append(moved)
        for one in those:
            self._leaving_with += [(times(fte, share), wage) for fte, wage in self._own_pay(one)]
        self.changes.moved.append(self.heads.fte(moved))

    def parts(self, cells: Sequence[tuple[Sequence[Position], Formula, Formula]]) -> list[Formula | None]:
        """What each of several cells gives of what is claimed: of all that they can give the same share. A cell is
        those who are there, their FTE before, and how many of these stay."""
        if self.claimed is None or len(cells) < 2:
            return [None for _ in cells]
        could = [lesser(minus(before, stays), _held(there)) for there, before, stays in cells]
        together = add(*could)
        share = Quotient(lesser(together, self.claimed), together)
        return [times(one, share) for one in could]

    def gone(self, number: Formula) -> None:
        self.changes.given_up.append(self.heads.fte(number))

    def add(self, one: CountedStaff) -> None:
        self.changes.added.append(self.heads.fte(one.number))
        self.counted.append(one)

    # From one number to another

    def to(self, before: Formula, now: Formula, year: int) -> None:
        """From so many to so many: what goes, goes from everybody by the same share; what comes is added."""
        if not self.positions and not self.counted:
            self.add(CountedStaff(year, now))
            return
        stays = lesser(before, now)
        self.gone(minus(before, stays))
        self.shrink(before, stays, year)
        self.add(CountedStaff(year, minus(now, stays)))

    def shrink(self, before: Formula, stays: Formula, year: int) -> None:
        """Fewer of all: those go first whose posts do, and of all others the same share."""
        self.shrink_alike()
        there = self.everybody()
        going = self.going(there, before, stays)
        rest = self.rest
        if len(rest) == 1 and not self.positions:
            gone = [rest[0]._replace(number=going.displaced)]
        else:
            gone = [self._by(one, going.goes) for one in rest]
        moved = [] if going.moves is None else [self._by(one, going.moves) for one in rest]
        self.give_up([one.times(going.goes) for one in self.positions], year)
        self.positions = [one.times(going.share_left(one)) for one in self.positions]
        if len(there) == 1 and going.moved is None and rest:
            self.counted = [rest[0]._replace(number=stays)]
        elif self._alike is None:
            self.counted = [one._replace(number=going.left(one)) for one in self.counted]
        else:
            self.counted = [self._by(one, going.share_left(one)) for one in self.counted]
        of_rest = (self.people(some, year) for some in (rest, self.rest, moved))
        self.give_up(as_people(list(self.people(gone, year)), people_lost(*of_rest)), year)

    @property
    def rest(self) -> list[CountedStaff]:
        """Of those whose pay is not known, the people who hold a post and are not leaving."""
        return [one for one in self.counted if not (one.vacant or one.leaving)]

    def shrink_alike(self) -> None:
        """From now on the others shrink as those of known pay do, where there are any."""
        held = [(one.rows, one.fte) for one in self.positions if not one.vacant]
        if held:
            together = every(held)
            self._alike = Quotient(together, together)

    def _by(self, one: CountedStaff, share: Formula) -> CountedStaff:
        if self._alike is None or self.staffed.people or one.vacant:
            return one._replace(number=times(one.number, share))
        return one._replace(kept=times(one.kept, share))

    def give_up(self, gone: Iterable[Position], year: int) -> None:
        """Those who go without another post, of whom the vacant and the leaving are none."""
        for one in gone:
            if not one.vacant and not one.leaving:
                self.given_up.append(GivenUp(one, year))
                self.changes.leave(one)


def _held(there: Iterable[Position]) -> Formula:
    return every((one.rows, one.fte) for one in who_stay(there))


def _at(one: Position | CountedStaff, among: Sequence[Position | CountedStaff]) -> int:
    return next(at for at, other in enumerate(among) if other is one)
