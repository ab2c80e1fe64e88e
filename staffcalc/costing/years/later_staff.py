"""The staff of a later year: as many as are decided, counted or needed then, with the steps that they have gained."""

from __future__ import annotations

from staffcalc.costing.growth.raises import further_on, with_steps_gained
from staffcalc.costing.growth.rates import Rates, some_leave
from staffcalc.costing.pay.charges import Paying
from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.staff import staffs
from staffcalc.costing.years.later_posts import LaterPosts
from staffcalc.costing.years.year_ahead import YearAhead
from staffcalc.formula.formula import Rounded, value
from staffcalc.language.figures import Figure
from staffcalc.school.parts.counts import Alike, StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.parts.needed import Needed
from staffcalc.school.school import NOBODY, Counted, Decided, Hired, Plan, Post, Staffed
from staffcalc.school.staff.filled import linked

_EXACT = 20
"""So many decimals of FTE that no rounding of a ratio can tell them from the exact ones."""


class LaterStaff:
    """Takes the staff of plans some years ahead; `shared` is what years have in common."""

    def __init__(self, ahead: YearAhead, shared: Shared) -> None:
        self.ahead, self.shared = ahead, shared
        self.posts = LaterPosts(ahead)
        self._known: dict[tuple[object, ...], Staffed] = {}
        self._leaving: list[str] = []

    def staffed(self, staffed: Staffed, plan: Plan, rates: Rates) -> Staffed:
        # Scenarios share their staff; where students and rules are the same, so is what becomes of them.
        key = (id(staffed), id(plan.students), tuple(map(id, plan.forecast)))
        if key not in self._known:
            self._known[key] = self._moved(staffed, plan, rates)
        return self._known[key]

    def _moved(self, staffed: Staffed, plan: Plan, rates: Rates) -> Staffed:
        staffed = self._counted(staffed, plan, rates, self.ahead.staff_years)
        led = self.ahead.figures(self.ahead.staff_years).of(staffed.led)
        staffed = staffed._replace(led=led, post=self.posts.post(staffed.post, rates))
        gained = rates.steps(staffed.post, 0, self.ahead.years.of("step"))
        if gained is not None:
            staffed = with_steps_gained(staffed, gained, self.shared)
        staffed = staffed._replace(
            decided=tuple(self._decided(one, staffed.post, rates) for one in staffed.decided),
            hired=self._hired(staffed.hired, 0),
        )
        return self.ahead.endings.staffed(staffed)

    def _decided(self, one: Decided, post: Post, rates: Rates) -> Decided:
        """What was decided in a year, with the steps that those have gained since whom it has put on cells."""
        gained = rates.steps(post, one.year, self.ahead.years.of("step"))
        placements = (
            each if each.wage is None else each._replace(wage=further_on(each.wage, gained)) for each in one.placements
        )
        return one._replace(placements=tuple(placements), hired=self._hired(one.hired, one.year))

    def _hired(self, hired: tuple[Hired, ...], year: int) -> tuple[Hired, ...]:
        """The posts added for a part of the year; after the first one for the months of every year, or all of it. They
        stay apart from the others: whoever went before they came went without them."""
        return hired if self.ahead.decided_years <= year else tuple(one._replace(first_year=None) for one in hired)

    def _counted(self, staffed: Staffed, plan: Plan, rates: Rates, number: int) -> Staffed:
        """The staff with their counts of each year up to one."""
        # Funds taken as ended in the file's own year change its counts, too.
        last = max([number, *(one.year for one in staffed.decided)])
        numbers = range(1, last + 1) or range(0 if self.ahead.ending is None else 1)
        later = tuple(self._counted_in(year, min(year, number), staffed, plan, rates) for year in numbers)
        staffed = self._of_this_year(staffed)
        moves = (
            bool(staffed.decided) or any(one != staffed.now for one in later) or some_leave(staffed.today or staffed)
        )
        return staffed._replace(later=later) if moves else staffed

    def _counted_in(self, decided: int, year: int, staffed: Staffed, plan: Plan, rates: Rates) -> Counted:
        """What has been decided by a year, counted as of one."""
        counts = next((one.counts for one in reversed(staffed.decided) if one.year <= decided), staffed.counts)
        if self.ahead.school.dated or not all(isinstance(count, Alike) for count in counts):
            counts = tuple(self._count(count, plan, rates, year) for count in counts)
        return Counted(counts, self.ahead.figures(year).of(staffed.each))

    def _of_this_year(self, staffed: Staffed) -> Staffed:
        """The staff of the file's year with the pay of this one."""
        first, pay = self.ahead.figures(0), self.ahead.figures(self.ahead.years.of("COLA"))
        placements = staffed.placements
        if self.ahead.school.dated:
            placements = tuple(one._replace(fte=first.of(one.fte), wage=pay.of(one.wage)) for one in placements)
        return staffed._replace(
            counts=first.of(staffed.counts),
            each=first.of(staffed.each),
            placements=placements,
            today=None if staffed.today is None else self._of_this_year(staffed.today),
            decided=tuple(one._replace(placements=pay.of(one.placements)) for one in staffed.decided),
            months=first.of(staffed.months),
        )

    def _count(self, count: StaffCount, plan: Plan, rates: Rates, number: int) -> StaffCount:
        """A count in one year: students grow, and a ratio counts what there is then of other roles."""
        if isinstance(count, Figure):
            if count.unit == "students":
                return self.ahead.enrolled(count, rates, number)
            dated: Figure = self.ahead.figures(number).of(count)
            return dated
        if isinstance(count, Alike):
            alike: Alike = self.ahead.figures(number).of(count)
            return alike
        if isinstance(count, Needed):
            return self._needed(count, plan, rates, number)
        ratio: StaffRatio = self.ahead.figures(number).of(count)
        of = tuple(
            self._of_role(one, plan, rates, number)
            if isinstance(one, StaffOfRole)
            else self._count(one, plan, rates, number)
            for one in count.of
        )
        return ratio if of == ratio.of else ratio._replace(of=of)

    def _of_role(self, one: StaffOfRole, plan: Plan, rates: Rates, number: int) -> StaffOfRole:
        """What there is in one year of a role that a ratio counts."""
        now: StaffOfRole = self.ahead.figures(number).of(one)
        other = next((other for other in plan.staff if other.post.name == one.role), None)
        if other is not None and (left := self._left(other, plan, rates, number)) is not None:
            return now._replace(counts=(left,), each=None)
        return now._replace(counts=tuple(self._count(count, plan, rates, number) for count in one.counts))

    def _needed(self, count: Needed, plan: Plan, rates: Rates, number: int) -> Needed:
        """As many as are asked for in one year: of its students, in its minutes, and by whom there is to coach."""
        now: Needed = self.ahead.figures(number).of(count)
        modes = (self.ahead.mode(one.mode, rates, number) for one in count.asked)
        return now._replace(
            asked=tuple(one._replace(mode=mode) for one, mode in zip(now.asked, modes, strict=True)),
            coached=tuple(self._count(one, plan, rates, number) for one in count.coached),
        )

    def _left(self, staffed: Staffed, plan: Plan, rates: Rates, number: int) -> Figure | None:
        """The FTE that are left in one year, where a fund has ended and nobody follows; None: all are. While those of a
        role are counted who move to other posts and from them, others who are so many to each of these take all."""
        endings, name = self.ahead.endings_after(number), staffed.post.name
        if NOBODY not in endings.after.values() or name in self._leaving:
            return None
        posts: list[Staffed] = []
        if any(placement.fund_shares for placement in (staffed.today or staffed).placements):
            # Only where people have funds of their own does it matter who they are: those who go to other posts, and
            # those who come from these, are then counted with them.
            moving = linked(plan.staff)
            posts = [one for one in moving if one is not staffed] if any(one is staffed for one in moving) else []
        self._leaving.append(name)
        now = [endings.staffed(self._counted(one, plan, rates, number)) for one in (staffed, *posts)]
        self._leaving.pop()
        whole = staffs([self.ahead.figures(number).of(one) for one in now])[0]
        left = Paying(now[0].post).left(whole)
        if left is whole:
            return None
        return Figure(
            value(Rounded(left.fte, _EXACT)), "FTE", staffed.post.place, note="what is left when a fund has ended"
        )
