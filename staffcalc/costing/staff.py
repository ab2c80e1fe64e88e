"""How many hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.counts import each_formula, shared_counts
from staffcalc.costing.filling import linked, stocks
from staffcalc.costing.holdings import Patterns, Staff, patterns_of, people_of_fte, placed_staff, staff_of_fte
from staffcalc.costing.shared import Shared
from staffcalc.costing.stock import Stock
from staffcalc.formula.formula import times
from staffcalc.formula.rows import every
from staffcalc.school.school import Staffed


def staff(staffed: Staffed, *, hires_apart: bool = True) -> Staff:
    """The staff formulas of a post by itself. FTE of 2.5 are two full-time people and one at 0.5.

    `hires_apart`: today's staff, posts added and posts given up are told apart, where the post says what a new hire
    earns.
    """
    return staffs([staffed], hires_apart=hires_apart)[0]


def staffs(posts: Sequence[Staffed], *, hires_apart: bool = True, shared: Shared | None = None) -> list[Staff]:
    """The staff formulas of several posts, whose people may take one another's."""
    together = linked(posts)
    shared = shared or Shared()
    patterns = None if together or any(map(_by_cell, posts)) else _patterns(posts, shared)
    linked_stocks = stocks(together, shared) if together else []
    known = {id(one): stock for one, stock in zip(together, linked_stocks, strict=True)}
    return [_staff(one, known.get(id(one)), shared, patterns, hires_apart=hires_apart) for one in posts]


def _by_cell(staffed: Staffed) -> bool:
    """Whether a plan tells the cells of today's staff apart."""
    today = staffed.today
    return today is not None and (staffed.restated or len(staffed.placed) > len(today.placed))


def _patterns(posts: Sequence[Staffed], shared: Shared) -> Patterns:
    placed = [(one.today or one).placed for one in posts]
    return shared.once(("patterns", *map(id, placed)), placed, lambda: patterns_of(placed))


def _staff(
    staffed: Staffed, stock: Stock | None, shared: Shared, patterns: Patterns | None, *, hires_apart: bool
) -> Staff:
    apart = hires_apart and staffed.post.new_hire is not None
    now, today = staffed.now, staffed.today or staffed
    whole = shared_counts(now.counts, staffed.people, shared)
    fte = times(whole, each_formula(now.each)) if staffed.people else whole
    told = staffed.placed or today.placed or today.vacant or today.leaving
    if stock is None and (told or (apart and (staffed.today is not None or staffed.later))):
        [stock] = stocks([staffed], shared, patterns)
    if stock is not None:
        holdings = stock.holdings()
        given_up = tuple(stock.given_up) if apart and not staffed.post.saves_own else ()
    else:
        holdings, given_up = (people_of_fte(whole, now.each) if staffed.people else staff_of_fte(whole),), ()
    people = every((holding.rows, holding.people) for holding in holdings)
    return Staff(fte, people, holdings, given_up, placed_staff(today.placed, shared, patterns))
