"""Today's staff of whom nobody knows who they are: as many as cover for others, put on the cells of a whole mix, or
counted in another way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from staffcalc.costing.staff.changes import as_people, people_lost
from staffcalc.costing.staff.counted_staff import CountedStaff
from staffcalc.costing.staff.counts import count_formula, counts_formula, each_formula
from staffcalc.costing.staff.going import moved_to_another
from staffcalc.costing.staff.positions import Position, people_of_fte, staff_of_fte
from staffcalc.costing.staff.stock import Stock
from staffcalc.formula.formula import Formula, Quotient, add, lesser, minus, product, times
from staffcalc.school.school import Placement


def to_covers(stock: Stock, before: Formula | None, now: Formula) -> None:
    """From today's cover of released time to the plan's."""
    if before is None:
        stock.add(CountedStaff(0, now))
        return
    stays = lesser(before, now)
    stock.gone(minus(before, stays))
    going = stock.going([CountedStaff(None, before)], before, stays)
    people = people_lost([staff_of_fte(before)], [staff_of_fte(stays)], moved_to_another(going))
    stock.give_up(as_people([staff_of_fte(going.displaced)], people), 0)
    stock.counted.append(CountedStaff(None, stays))
    stock.add(CountedStaff(0, minus(now, stays)))


def place(stock: Stock, stated: Sequence[Placement], covers: Formula | None, year: int) -> None:
    """From staff whose places nobody knows to a whole mix by cells, and to as many as cover: of each cell, as large a
    share as was there is theirs, and the rest is added."""
    whole = counts_formula([one.fte for one in stated], False)
    whole = whole if covers is None else add(whole, covers)
    before = stock.number() if year else fte_today(stock)
    stays = lesser(before, whole)
    kept, added = Quotient(stays, whole), Quotient(minus(whole, stays), whole)
    cells: dict[int, list[Placement]] = {}
    for one in stated:
        cells.setdefault(at_pay(one), []).append(one)
    mix = [
        staff_of_fte(add(*(count_formula("FTE", one.fte) for one in some)))._replace(wage=some[0].wage)
        for some in cells.values()
    ]
    there = [cell.times(kept)._replace(placed=year) for cell in mix]
    covering = [] if covers is None else [CountedStaff(None, times(covers, kept))]
    if stock.counted:
        _go(stock, before, stays, [*there, *stock.people(covering, year)], year)
    stock.changes.added.append(minus(whole, stays))
    new = [cell.times(added)._replace(added=year) for cell in mix]
    stock.positions += [one for both in zip(there, new, strict=True) for one in both]
    stock.counted = [*covering, *([] if covers is None else [CountedStaff(year, times(covers, added))])]


def _go(stock: Stock, before: Formula, stays: Formula, kept: Iterable[Position], year: int) -> None:
    """Who is given up where a mix says who is there: people whom it keeps are not leaving any more."""
    held = [one for one in stock.counted if not one.vacant]
    stock.gone(minus(before, stays))
    going = stock.going(stock.counted, before, stays)
    others = moved_to_another(going)
    others += [] if going.leaving is None else [staff_of_fte(going.leaving.gone)]
    if not year:
        go_of_today(stock, before, going.displaced, kept, others)
        return
    those = [one._replace(number=times(one.number, going.goes)) for one in stock.counted]
    people = people_lost(stock.people(held, year), kept, others)
    stock.give_up(as_people(list(stock.people(those, year)), people), year)


def go_of_today(
    stock: Stock, before: Formula, goes: Formula, kept: Iterable[Position], others: Sequence[Position] = ()
) -> None:
    """Of so many FTE of today's staff some are given up, as people of today; `others` go and are not displaced."""
    today = stock.today
    if not today.people and not stock.heads.otherwise:
        held = stock.people([one for one in stock.counted if not one.vacant], 0)
        stock.give_up(as_people([staff_of_fte(goes)], people_lost(held, kept, others)), 0)
        return
    count = counts_formula(today.counts, today.people)
    every = people_of_fte(count, today.each) if today.people else staff_of_fte(count)
    gone = every.times(Quotient(goes, before))
    stock.give_up(as_people([gone], people_lost([every], kept, others)), 0)


def fte_today(stock: Stock) -> Formula:
    """The FTE of today's staff."""
    every = stock.number()
    return product(every, each_formula(stock.today.each)) if stock.today.people else every


def at_pay(one: Placement | Position) -> int:
    """What tells one pay from another, also where some of those who have it gain steps and some do not."""
    return id(one.wage and one.wage.cells)
