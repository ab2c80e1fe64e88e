"""How many hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.counts import each_formula, shared_counts
from staffcalc.costing.staff.filling import stocks
from staffcalc.costing.staff.leaders import apart, leading
from staffcalc.costing.staff.positions import (
    GivenUp,
    PartYear,
    Patterns,
    PostStaff,
    part_year,
    patterns_of,
    people_of_fte,
    positions_of,
    staff_of_fte,
)
from staffcalc.costing.staff.stock import Stock
from staffcalc.formula.formula import times
from staffcalc.formula.rows import every
from staffcalc.language.team import BySize
from staffcalc.school.school import Staffed
from staffcalc.school.staff.filled import linked


def staff(staffed: Staffed, *, hires_apart: bool = True) -> PostStaff:
    """The staff formulas of a post by itself. FTE of 2.5 are two full-time people and one at 0.5.

    `hires_apart`: today's staff, posts added and posts given up are told apart, where the post says what a new hire
    earns. Those who lead teams are told apart, where their supplement is by the size of these.
    """
    return staffs([staffed], hires_apart=hires_apart)[0]


def staffs(posts: Sequence[Staffed], *, hires_apart: bool = True, shared: Shared | None = None) -> list[PostStaff]:
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
    by_cell = staffed.today is not None and (staffed.restated or len(staffed.placements) > len(today.placements))
    by_share = today.leaving is not None or today.vacant is not None
    by_cell = by_cell or staffed.part_of_year or any(one.placements or one.laid_off for one in staffed.decided)
    return by_cell or by_share or isinstance(staffed.post.role.supplement, BySize)


def _patterns(posts: Sequence[Staffed], shared: Shared) -> Patterns:
    placements = [(one.today or one).placements for one in posts]
    return shared.once(("patterns", *map(id, placements)), placements, lambda: patterns_of(placements))


def _staff(
    staffed: Staffed, stock: Stock | None, shared: Shared, patterns: Patterns | None, *, hires_apart: bool
) -> PostStaff:
    told_apart = hires_apart and staffed.post.new_hire is not None
    now = staffed.now
    whole = shared_counts(now.counts, staffed.people, shared)
    fte = times(whole, each_formula(now.each)) if staffed.people else whole
    if stock is None and (_told(staffed) or (told_apart and (staffed.today is not None or staffed.later))):
        [stock] = stocks([staffed], shared, patterns)
    if stock is not None:
        positions = stock.all_positions()
        given_up = tuple(stock.given_up) if told_apart and not staffed.post.saves_own else ()
    else:
        positions, given_up = (people_of_fte(whole, now.each) if staffed.people else staff_of_fte(whole),), ()
    if staffed.months is not None:
        part = part_year(staffed.months, staffed.post.months)
        positions = tuple(one if one.part else one._replace(part=part) for one in positions)
        given_up = tuple(_paid_for(part, one) for one in given_up)
    people = every((position.rows, position.people) for position in positions)
    found = PostStaff(
        fte, people, positions, given_up, positions_of((staffed.today or staffed).placements, shared, patterns)
    )
    if not isinstance(staffed.post.role.supplement, BySize):
        return found
    led = leading(staffed, fte)
    return found._replace(positions=tuple(apart(positions, led, fte)), leading=led)


def _told(staffed: Staffed) -> bool:
    """Whether something is said of those who hold the post, beyond how many they are."""
    today = staffed.today or staffed
    told = staffed.placements or today.placements or today.vacant or today.leaving or staffed.hired
    return bool(told) or any(one.placements or one.hired for one in staffed.decided)


def at_one_price(staffed: Staffed) -> bool:
    """Whether those who hold the post earn the same at average, at actual and at new-hire pay, for all that is known of
    this post alone: the role states one pay, and nothing is said of the people."""
    return staffed.post.new_hire is None and staffed.post.average is None and not _told(staffed)


def _paid_for(part: PartYear, gone: GivenUp) -> GivenUp:
    """Those who give up posts of a line that is paid for a part of the year."""
    return gone if gone.position.part else gone._replace(position=gone.position._replace(part=part))
