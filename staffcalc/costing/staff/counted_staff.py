"""Staff counted in one number, and the people whom such numbers are: whole ones and a part, or of so many FTE each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffcalc.costing.staff.counts import each_formula
from staffcalc.costing.staff.positions import PartYear, Position, either, more_fte, people_of_fte, staff_of_fte
from staffcalc.formula.formula import Formula, One, Quotient, add, times
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.school import Staffed, Wage


class OwnPay(NamedTuple):
    """The share of some people who earn a wage that they bring along."""

    share: Formula
    wage: Wage | None


class CountedStaff(NamedTuple):
    """Staff counted in one number: those of today (`added` is None), or those whom a year has added. `kept` is the
    share of them that is there still, after people of known pay and they have shrunk alike.

    Nobody holds `vacant` posts; those who are `leaving` do at the end of the file's year; those who have `moved` gave
    up a post of another role, and `bring` its pay where the role states none. `part`: they are paid for a part of the
    year.
    """

    added: int | None
    number: Formula
    kept: Formula = One()
    vacant: bool = False
    leaving: bool = False
    moved: bool = False
    bring: tuple[OwnPay, ...] = ()
    part: PartYear | None = None

    @property
    def rows(self) -> None:
        """They are no people of a roster."""

    @property
    def left(self) -> Formula:
        return times(self.number, self.kept)


class Heads:
    """The counted staff of a post as people. `otherwise`: today's are counted in people and the plan's in FTE, or the
    other way round."""

    def __init__(self, staffed: Staffed) -> None:
        self._people = staffed.people
        self._each = [staffed.each, *(one.each for one in staffed.later)]
        self.otherwise = not _counted_alike(staffed, staffed.today or staffed)

    def fte(self, number: Formula) -> Formula:
        """So many, as counted in the file's year, in FTE."""
        return times(number, each_formula(self._each[0])) if self._people else number

    def number(self, fte: Formula) -> Formula:
        """So many FTE as they are counted in the file's year."""
        return Quotient(fte, each_formula(self._each[0])) if self._people else fte

    def counted(self, one: Position) -> Position:
        """Staff of known pay as so many of those who are counted."""
        return one._replace(fte=self.number(one.fte))

    def of(self, counted: Sequence[CountedStaff], alike: Formula | None, year: int) -> Iterator[Position]:
        """Counted staff as people of one year. `alike` is 1 where people of known pay have shrunk by the same share."""
        left = self._of_numbers(counted, [one.left for one in counted], year)
        if alike is None or self._people:
            whole = left
        else:
            numbers = self._of_numbers(counted, [one.number for one in counted], year)
            whole = [
                of_left if one.vacant else either(alike, of_number.times(one.kept), of_left)
                for one, of_left, of_number in zip(counted, left, numbers, strict=True)
            ]
        for one, position in zip(counted, whole, strict=True):
            yield from _with_pay(one, position)

    def _of_numbers(self, counted: Sequence[CountedStaff], numbers: Sequence[Formula], year: int) -> list[Position]:
        """People of so many FTE as they have in one year: whole ones and one part of all together, each year's those
        that it makes more. Vacant posts stand apart, for whoever will hold them."""
        held = [number for one, number in zip(counted, numbers, strict=True) if not one.vacant]
        people, apart = iter(self._heads(held, year)), self._people or self.otherwise
        return [
            next(people)
            if not one.vacant
            else (next(iter(self._heads([number], year))) if apart else staff_of_fte(number))
            for one, number in zip(counted, numbers, strict=True)
        ]

    def _heads(self, numbers: Sequence[Formula], year: int) -> Iterator[Position]:
        if self._people:
            part = self.part_of_each(0, year)
            for number in numbers:
                yield people_of_fte(times(number, *part), self._each[year])
        elif self.otherwise and len(numbers) > 1:
            every = staff_of_fte(add(*numbers))
            yield from (every.times(Quotient(number, every.fte))._replace(fte=number) for number in numbers)
        else:
            running: Formula | None = None
            for number in numbers:
                yield more_fte(running, number)
                running = number if running is None else add(running, number)

    def part_of_each(self, year: int, of: int) -> tuple[Formula, ...]:
        """The FTE of each person in one year for every FTE in another; nothing where they are the same."""
        one, other = self._each[year], self._each[of]
        if not self._people or (one and one.value) == (other and other.value):
            return ()
        return (Quotient(each_formula(one), each_formula(other)),)


def _with_pay(one: CountedStaff, position: Position) -> Iterator[Position]:
    position = position._replace(
        added=one.added, vacant=one.vacant, leaving=one.leaving, moved=one.moved, part=one.part
    )
    if one.vacant:
        position = position._replace(people=add())
    if not one.bring:
        yield position
    for brought in one.bring:
        some = position if type(brought.share) is One else position.times(brought.share)
        yield some._replace(wage=brought.wage, brings=True)


def with_own_pay(position: Position, bring: tuple[OwnPay, ...]) -> Iterator[Position]:
    """Those who take posts of a stated pay, or without one at the pay that they bring."""
    if position.wage is not None or not bring:
        yield position
        return
    for one in bring:
        some = position if type(one.share) is One else position.times(one.share)
        yield some._replace(wage=one.wage, brings=True)


def _counted_alike(staffed: Staffed, today: Staffed) -> bool:
    if not today.counts or not staffed.counts:
        return True
    each: list[Figure | None] = [staffed.each, today.each]
    values = [None if one is None else one.value for one in each]
    return staffed.people == today.people and values[0] == values[1]
