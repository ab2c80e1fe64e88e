"""How many hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.counts import counts_formula, each_formula
from staffcalc.costing.filling import stocks
from staffcalc.costing.holdings import Staff, people_of_fte, placed_staff, staff_of_fte
from staffcalc.costing.leaders import apart, leading
from staffcalc.costing.stock import Stock
from staffcalc.formula.formula import (
    add,
    times,
)
from staffcalc.language.team import BySize
from staffcalc.school.filled import linked
from staffcalc.school.school import Staffed


def staff(staffed: Staffed, *, hires_apart: bool = True) -> Staff:
    """The staff formulas of a post by itself. FTE of 2.5 are two full-time people and one at 0.5.

    `hires_apart`: today's staff, posts added and posts given up are told apart, where the post says what a new hire
    earns. Those who lead teams are told apart, where their supplement is by the size of these.
    """
    return staffs([staffed], hires_apart=hires_apart)[0]


def staffs(posts: Sequence[Staffed], *, hires_apart: bool = True) -> list[Staff]:
    """The staff formulas of several posts, whose people may take one another's."""
    together = linked(posts)
    known = {id(one): stock for one, stock in zip(together, stocks(together), strict=True)} if together else {}
    return [_staff(one, known.get(id(one)), hires_apart=hires_apart) for one in posts]


def _staff(staffed: Staffed, stock: Stock | None, *, hires_apart: bool) -> Staff:
    told_apart = hires_apart and staffed.post.new_hire is not None
    now, today = staffed.now, staffed.today or staffed
    whole = counts_formula(now.counts, staffed.people)
    fte = times(whole, each_formula(now.each)) if staffed.people else whole
    told = staffed.placed or today.placed or today.vacant or today.leaving
    if stock is None and (told or (told_apart and (staffed.today is not None or staffed.later))):
        [stock] = stocks([staffed])
    if stock is not None:
        holdings = stock.holdings()
        given_up = tuple(stock.given_up) if told_apart and not staffed.post.saves_own else ()
    else:
        holdings, given_up = (people_of_fte(whole, now.each) if staffed.people else staff_of_fte(whole),), ()
    people = holdings[0].people if len(holdings) == 1 else add(*(holding.people for holding in holdings))
    found = Staff(fte, people, holdings, given_up, tuple(placed_staff(today.placed)))
    if not isinstance(staffed.post.role.supplement, BySize):
        return found
    led = leading(staffed, fte)
    return found._replace(holdings=tuple(apart(holdings, led, fte)), leading=led)
