"""How many hold a post, and how many FTE they are: the staff formulas that every price is applied to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from staffcalc.costing.formula import (
    Formula,
    Head,
    Input,
    One,
    Part,
    Quotient,
    Rounded,
    Stepped,
    Whole,
    add,
    less,
    times,
)
from staffcalc.schoolfile.figures import MOST_DECIMALS, Figure
from staffcalc.schoolfile.school import Count, Placed, Ratio, Staffed, Wage


class Group(NamedTuple):
    """People of the same FTE: how many, and the FTE of each."""

    people: Formula
    each: Formula


class Holding(NamedTuple):
    """Those of a post's staff who earn the same. `wage`: their own pay, where it is known; None: the pay of the role.

    `beyond`: posts that the plan adds to today's staff, or gives up (then less than nothing). `fund` pays them alone.
    """

    fte: Formula
    people: Formula
    groups: tuple[Group, ...]
    wage: Wage | None = None
    fund: str | None = None
    beyond: bool = False


class Staff(NamedTuple):
    """The staff of one post. `groups` tell people apart where a cap or a threshold looks at each person, and
    `holdings` where they earn differently; most posts are one holding."""

    fte: Formula
    people: Formula
    holdings: tuple[Holding, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The people of all holdings."""
        if len(self.holdings) == 1:
            return self.holdings[0].groups
        return tuple(group for holding in self.holdings for group in holding.groups)


def staff(staffed: Staffed, *, hires_apart: bool = True) -> Staff:
    """The staff formulas of a post. FTE of 2.5 are two full-time people and one at 0.5.

    `hires_apart`: posts beyond today's staff are a holding of their own where the post says what a new hire earns.
    """
    today = staffed.counts if staffed.incumbents is None else staffed.incumbents
    whole = _counted(staffed.counts, staffed)
    beyond = _beyond(staffed, today, whole) if staffed.placed or staffed.post.new_hire is not None else None
    if not staffed.placed and (beyond is None or not hires_apart):
        one = _holding(whole, staffed)
        return Staff(one.fte, one.people, (one,))
    placed = {placed.fte for placed in staffed.placed}
    holdings = list(_placed_holdings(staffed.placed))
    if rest := [count for count in today if count not in placed]:
        holdings.append(_holding(_counted(rest, staffed), staffed))
    if beyond is not None:
        holdings.append(beyond)
    fte = whole if not staffed.people else times(whole, _each(staffed))
    return Staff(fte, add(*(holding.people for holding in holdings)), tuple(holdings))


def _counted(counts: Iterable[Count], staffed: Staffed) -> Formula:
    name = "people" if staffed.people else "FTE"
    return add(*(count_formula(name, count) for count in counts))


def count_formula(name: str, count: Count) -> Formula:
    """A count of staff: a stated number, or so many for each of what a ratio counts, rounded as the file says."""
    return Input.of(name, count) if isinstance(count, Figure) else _ratio(count)


def _ratio(ratio: Ratio) -> Formula:
    factors = [add(*(count_formula(ratio.name, count) for count in ratio.of))]
    factors += [Input.of("FTE each", ratio.of_each)] if ratio.of_each is not None else []
    factors += [Input.of("FTE for each", ratio.fte)] if ratio.fte is not None else []
    exact = times(*factors)
    if ratio.each is not None:
        exact = Quotient(exact, Input.of(f"{ratio.name} for each", ratio.each))
    if ratio.step is not None:
        step = Input.of("step", ratio.step)
        return Stepped(exact, step, ratio.up, step.places)
    return Rounded(exact, MOST_DECIMALS)


def _each(staffed: Staffed) -> Formula:
    return Input.of("FTE each", staffed.each) if staffed.each is not None else One()


def _holding(count: Formula, staffed: Staffed) -> Holding:
    if staffed.people:
        each = _each(staffed)
        return Holding(times(count, each), count, (Group(count, each),))
    groups = _full_and_part_time(count)
    return Holding(count, add(*(group.people for group in groups)), groups)


def _full_and_part_time(fte: Formula) -> tuple[Group, ...]:
    # The part stands in the formula of a whole number too, so that the same formula holds for any other FTE.
    whole, part = Whole(fte), Part(fte, fte.places)
    return (Group(whole, One()), Group(Head(part), part))


def _placed_holdings(placed: Iterable[Placed]) -> Iterable[Holding]:
    """One for each cell with all that is placed on it, and one for each person of a roster."""
    cells: dict[Wage, list[Formula]] = {}
    for one in placed:
        fte: Formula = Input.of("FTE", one.fte)
        if one.person:
            people = Head(fte)
            yield Holding(fte, people, (Group(people, fte),), one.wage, one.fund)
        else:
            cells.setdefault(one.wage, []).append(fte)
    for wage, counts in cells.items():
        together = add(*counts)
        groups = _full_and_part_time(together)
        yield Holding(together, add(*(group.people for group in groups)), groups, wage)


def _beyond(staffed: Staffed, today: tuple[Count, ...], whole: Formula) -> Holding | None:
    """The posts added or given up: what there is less what there was, so that both together are the whole staff.

    None where there are none.
    """
    added, gone = list(staffed.counts), list[Count]()
    for count in today:
        if count in added:
            added.remove(count)
        else:
            gone.append(count)
    if not added and not gone:
        return None
    changes = [_counted([count], staffed) for count in added]
    change = add(*changes, *(less(_counted([count], staffed)) for count in gone))
    if staffed.people or not today:
        return _holding(change, staffed)._replace(beyond=True)
    before, after = _full_and_part_time(_counted(today, staffed)), _full_and_part_time(whole)
    full_time = Group(add(after[0].people, less(before[0].people)), One())
    groups = (full_time, after[1], Group(less(before[1].people), before[1].each))
    return Holding(change, add(*(group.people for group in groups)), groups, beyond=True)
