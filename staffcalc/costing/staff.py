"""How many hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.counts import each_formula, shared_counts
from staffcalc.costing.filling import stocks
from staffcalc.costing.holdings import (
    GivenUp,
    PartYear,
    Patterns,
    Staff,
    part_year,
    patterns_of,
    people_of_fte,
    placed_staff,
    staff_of_fte,
)
from staffcalc.costing.leaders import apart, leading
from staffcalc.costing.shared import Shared
from staffcalc.costing.stock import Stock
from staffcalc.formula.formula import times
from staffcalc.formula.rows import every
from staffcalc.language.team import BySize
from staffcalc.school.filled import linked
from staffcalc.school.school import Staffed


def staff(staffed: Staffed, *, hires_apart: bool = True) -> Staff:
    """The staff formulas of a post by itself. FTE of 2.5 are two full-time people and one at 0.5.

    `hires_apart`: today's staff, posts added and posts given up are told apart, where the post says what a new hire
    earns. Those who lead teams are told apart, where their supplement is by the size of these.
    """
    return staffs([staffed], hires_apart=hires_apart)[0]


def staffs(posts: Sequence[Staffed], *, hires_apart: bool = True, shared: Shared | None = None) -> list[Staff]:
    """The staff formulas of several posts, whose people may take one another's."""
    together = linked(posts)
    shared = shared or Shared()
    patterns = None if together or any(map(_told_apart, posts)) else _patterns(posts, shared)
    linked_stocks = stocks(together, shared) if together else []
    known = {id(one): stock for one, stock in zip(together, linked_stocks, strict=True)}
    return [_staff(one, known.get(id(one)), shared, patterns, hires_apart=hires_apart) for one in posts]


def _told_apart(staffed: Staffed) -> bool:
    """Whether a plan says of single cells or people of today's staff what becomes of them, so that they are no rows."""
    today = staffed.today or staffed
    by_cell = staffed.today is not None and (staffed.restated or len(staffed.placed) > len(today.placed))
    by_share = today.leaving is not None or today.vacant is not None
    by_cell = by_cell or staffed.part_of_year or any(one.placed or one.laid_off for one in staffed.decided)
    return by_cell or by_share or isinstance(staffed.post.role.supplement, BySize)


def _patterns(posts: Sequence[Staffed], shared: Shared) -> Patterns:
    placed = [(one.today or one).placed for one in posts]
    return shared.once(("patterns", *map(id, placed)), placed, lambda: patterns_of(placed))


def _staff(
    staffed: Staffed, stock: Stock | None, shared: Shared, patterns: Patterns | None, *, hires_apart: bool
) -> Staff:
    told_apart = hires_apart and staffed.post.new_hire is not None
    now, today = staffed.now, staffed.today or staffed
    whole = shared_counts(now.counts, staffed.people, shared)
    fte = times(whole, each_formula(now.each)) if staffed.people else whole
    told = bool(staffed.placed or today.placed or today.vacant or today.leaving or staffed.hired)
    told = told or any(one.placed or one.hired for one in staffed.decided)
    if stock is None and (told or (told_apart and (staffed.today is not None or staffed.later))):
        [stock] = stocks([staffed], shared, patterns)
    if stock is not None:
        holdings = stock.holdings()
        given_up = tuple(stock.given_up) if told_apart and not staffed.post.saves_own else ()
    else:
        holdings, given_up = (people_of_fte(whole, now.each) if staffed.people else staff_of_fte(whole),), ()
    if staffed.months is not None:
        part = part_year(staffed.months, staffed.post.months)
        holdings = tuple(one if one.part else one._replace(part=part) for one in holdings)
        given_up = tuple(_paid_for(part, one) for one in given_up)
    people = every((holding.rows, holding.people) for holding in holdings)
    found = Staff(fte, people, holdings, given_up, placed_staff(today.placed, shared, patterns))
    if not isinstance(staffed.post.role.supplement, BySize):
        return found
    led = leading(staffed, fte)
    return found._replace(holdings=tuple(apart(holdings, led, fte)), leading=led)


def _paid_for(part: PartYear, gone: GivenUp) -> GivenUp:
    """Those who give up posts of a line that is paid for a part of the year."""
    return gone if gone.holding.part else gone._replace(holding=gone.holding._replace(part=part))
