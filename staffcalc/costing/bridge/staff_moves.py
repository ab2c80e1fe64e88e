"""From the staff of one plan to another's: posts exchanged, fewer and more, at the old prices; then the new prices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from staffcalc.costing.bridge.component_prices import NONE
from staffcalc.costing.bridge.moves import Effect, Move, States, effects
from staffcalc.costing.bridge.prices import PriceChange, price_changes, same_base_pay, say_cells
from staffcalc.costing.lines import ZERO
from staffcalc.costing.staff.counts import coached_formula, taught_formula
from staffcalc.costing.staff.staff import staff
from staffcalc.formula.formula import Rounded, add, value
from staffcalc.formula.words import people, plain, say_figure, say_fte
from staffcalc.language.figures import Figure
from staffcalc.school.parts.needed import Needed
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.school import Plan, Post, Staffed


def _count(staffed: Staffed) -> Decimal:
    """How many hold the post, in FTE or in people, as the file counts them."""
    return sum_of(staffed.now.counts)


def _each(staffed: Staffed) -> Decimal | None:
    """The FTE of each person; None where FTE are counted."""
    if not staffed.people:
        return None
    each = staffed.now.each
    return Decimal(1) if each is None else each.value


def _changed(staffed: Staffed, by: Decimal, goal: Staffed) -> Staffed:
    """The same post with more or fewer to hold it, on the way to `goal`: as after a `change`, where the new plan is one
    of the same staff of today."""
    if _today(staffed) != _today(goal):
        staffed, by = goal, _count(staffed) + by - _count(goal)
    changed = staffed.changed(Figure(by, "people" if staffed.people else "FTE", staffed.post.place))
    return changed if goal.today is not None else changed._replace(today=staffed.today)


def _today(staffed: Staffed) -> Decimal:
    return sum_of((staffed.today or staffed).counts)


def _nobody(staffed: Staffed) -> bool:
    """Whether nobody holds the post, nor did: it is as if the plan did not have the role."""
    today = () if staffed.today is None else staffed.today.counts
    states = [staffed.counts, today, *(one.counts for one in staffed.later)]
    return not any(sum(count.value for count in counts) for counts in states)


def _none_of(staffed: Staffed) -> Staffed:
    return Staffed(staffed.post, (), staffed.each, staffed.people)


def _ends(old: Plan, new: Plan, states: States) -> tuple[dict[str, Staffed], dict[str, Staffed]]:
    """The staff at both ends at the old prices, and at the new for roles that the old plan does not have. Where people
    leave in the new plan, they do at its end; and on the way where neither plan displaces anybody of the role."""
    wanted = {one.post.name: one for one in new.staff}
    held = {one.post.name: one for one in old.staff if one.post.name not in wanted or not _nobody(one)}
    now = held | {name: _none_of(one) for name, one in wanted.items() if name not in held}
    displacing = states.displacing(old.staff) | states.displacing(new.staff)
    goal = {}
    for name, one in now.items():
        there = wanted.get(name, _none_of(one))
        nobody = name not in displacing and (one.today or there.today) is not None
        own = one.post.saves_own or there.post.saves_own or nobody
        goal[name] = there._replace(post=one.post._replace(saves_own=own))
    return now, goal


def staff_moves(old: Plan, new: Plan, states: States) -> Iterator[Move]:
    """From the old staff to the new."""
    now, goal = _ends(old, new, states)
    for name in sorted(now):
        yield from _cut(name, now, goal[name].post.saves_own, states)
    held = states.held(old.staff), states.held(new.staff)
    yield from _exchanges(now, goal, held, states)
    lines = states.cost(now.values())
    for name, one in sorted(now.items()):
        target = goal[name]
        if one == target:
            continue
        now[name] = target
        before, lines = lines, states.cost(now.values())
        parts = effects(before, lines)
        if parts or name in held[0] | held[1]:
            yield from _staff_move(name, one, target, parts)


def _staff_move(name: str, one: Staffed, target: Staffed, parts: tuple[Effect, ...]) -> Iterator[Move]:
    kind = _direction(one, target, sum((part.amount for part in parts), ZERO))
    before, after = _say_held(one), _say_held(target)
    if _each(one) == _each(target) and _count(one) == _count(target):
        if parts and one.led != target.led:
            sizes = _say_sizes(one), _say_sizes(target)
            yield Move("price", name, "team size", *sizes, f"teams of {name} {sizes[0]} → {sizes[1]}", parts)
        elif parts and _differ_in_months(one, target):
            months = _say_months(one), _say_months(target)
            yield Move("price", name, "months", *months, f"{name}: paid for {months[0]} → {months[1]}", parts)
        elif parts:
            yield Move("price", name, "staff", before, after, f"{name}: other people, or other pay of theirs", parts)
        return
    if _each(one) == _each(target):
        by = _say_count(target, abs(_count(target) - _count(one)))
        what = f"{by} of {name} {kind}{_asked_otherwise(one, target)}"
    else:
        what = f"{name}: {before} → {after}"
    yield Move(kind, name, "staff", before, after, what, parts)


def _asked_otherwise(one: Staffed, target: Staffed) -> str:
    """What is asked of staff that is needed, where that changes: ": 4,800 minutes asked, not 3,600"."""
    before, after = _asked_of(one), _asked_of(target)
    if before is None or after is None or before == after:
        return ""
    return f": {plain(after)} minutes asked, not {plain(before)}"


def _asked_of(staffed: Staffed) -> Decimal | None:
    """The minutes that are asked of staff that is needed; None where it is stated."""
    needed = [count for count in staffed.now.counts if isinstance(count, Needed)]
    asked = add(*(add(taught_formula(count), coached_formula(count)) for count in needed))
    return value(Rounded(asked, 2)).normalize() + 0 if needed else None


def _exchanges(
    now: dict[str, Staffed], goal: dict[str, Staffed], held: tuple[set[str], set[str]], states: States
) -> Iterator[Move]:
    """Posts given up for posts of the same base pay: what is left to pay is the difference between the two."""
    alike = {name: one for name, one in now.items() if _each(one) == _each(goal[name])}
    open_ = {name: _count(goal[name]) - _count(one) for name, one in alike.items()}
    # Those whom nobody pays any longer are not there to be exchanged.
    open_ = {name: change for name, change in open_.items() if name in (held[0] if change < 0 else held[1])}
    for gaining in sorted((name for name in open_ if open_[name] > 0), key=lambda name: (-open_[name], name)):
        for losing in _exchangeable(gaining, now, open_):
            count = min(open_[gaining], -open_[losing])
            if not count:
                continue
            one, other = _changed(now[losing], -count, goal[losing]), _changed(now[gaining], count, goal[gaining])
            before = states.cost(now.values())
            now[losing], now[gaining] = one, other
            parts = effects(before, states.cost(now.values()))
            open_[losing] += count
            open_[gaining] -= count
            what = f"{_say_count(one, count)} of {losing} exchanged for {gaining}"
            differing = [change for change in price_changes(one.post, other.post) if change.kind == "price"]
            if 0 < len(differing) <= 2:
                what += ": " + ", ".join(_say_change(change) for change in differing)
            yield Move("exchange", gaining, losing, losing, gaining, what, parts)


def _say_change(change: PriceChange) -> str:
    after = change.after if change.before == NONE else f"{change.before} → {change.after}"
    return f"{change.subject} {after}"


def _exchangeable(gaining: str, now: dict[str, Staffed], open_: dict[str, Decimal]) -> list[str]:
    """The roles that lose posts and are paid like the one that gains: the most alike first, then the largest loss."""
    post = now[gaining].post
    alike = [
        name
        for name, change in open_.items()
        if change < 0 and _each(now[name]) == _each(now[gaining]) and same_base_pay(now[name].post, post)
    ]
    return sorted(alike, key=lambda name: (len(list(price_changes(now[name].post, post))), open_[name], name))


def _direction(one: Staffed, target: Staffed, amount: Decimal) -> Literal["fewer", "more"]:
    """More or fewer: by FTE, or by people where the FTE stay, or by what they cost."""
    before, after = staff(one), staff(target)
    fte, heads = value(after.fte) - value(before.fte), value(after.people) - value(before.people)
    return "fewer" if (fte or heads or amount) < 0 else "more"


def _say_count(staffed: Staffed, count: Decimal) -> str:
    if not staffed.people:
        return say_fte(count)
    each = _each(staffed)
    return people(count) if each is None or each == 1 else f"{people(count)} at {say_fte(each)}"


def _say_held(staffed: Staffed) -> str:
    return _say_count(staffed, _count(staffed))


def _say_sizes(staffed: Staffed) -> str:
    """The teams that somebody leads, by their size: "2 of 4 and 1 of 2.5"."""
    sizes: dict[Decimal, Decimal] = {}
    for one in staffed.led:
        size = sum((member.value for member in one.members), ZERO)
        sizes[size] = sizes.get(size, ZERO) + (Decimal(1) if one.alike is None else one.alike.value)
    return " and ".join(f"{plain(count)} of {plain(size)}" for size, count in sizes.items()) or NONE


def _differ_in_months(one: Staffed, target: Staffed) -> bool:
    """Whether the same people are paid for another part of the year; of those on cells or in a roster only if these are
    paid alike, wherever they are stated."""
    return _say_months(one) != _say_months(target) and list(_paid(one)) == list(_paid(target))


def _paid(staffed: Staffed) -> Iterator[tuple[object, ...]]:
    """Those of the staff whose own pay is known, as they are paid for all of the year."""
    decided = ((by.year, one) for by in staffed.decided for one in by.placements)
    for year, one in (*((0, one) for one in staffed.placements), *decided):
        fte, wage, *paid = one
        yield year, fte.value, wage, *paid


def _say_months(staffed: Staffed) -> str:
    """How much of the year those are paid for who are paid for a part of it: "6 months"."""
    hired = (*staffed.hired, *(part for one in staffed.decided for part in one.hired))
    months = [staffed.months, *(one.first_year or one.months for one in hired)]
    return " and ".join(dict.fromkeys(say_figure(one) for one in months if one is not None)) or "all of the year"


# Prices and funds


def price_moves(old: Plan, new: Plan, states: States) -> Iterator[Move]:
    """From the old prices to the new, at the new staff, one figure at a time with the benefits it drags along."""
    _, now = _ends(old, new, states)
    lines, held = states.cost(now.values()), states.held(new.staff)
    for one in sorted(new.staff, key=lambda one: one.post.name):
        name = one.post.name
        if now[name] == one:
            continue
        for change in price_changes(now[name].post, one.post):
            now[name] = now[name]._replace(post=change.post)
            before, lines = lines, states.cost(now.values())
            what = f"{change.subject} of {name} {change.before} → {change.after}"
            parts = effects(before, lines)
            if parts or name in held:
                yield Move(change.kind, name, change.subject, change.before, change.after, what, parts)
        yield from _cut(name, now, one.post.saves_own, states)
        lines = states.cost(now.values())
        last, now[name] = now[name].post, one
        before, lines = lines, states.cost(now.values())
        yield from _rest(name, last, one.post, effects(before, lines))


def _cut(name: str, now: dict[str, Staffed], own: bool, states: States) -> Iterator[Move]:
    """Those who give up posts leave from now on, or stay; nothing is told where nobody is displaced."""
    if now[name].post.saves_own == own:
        return
    lines = states.cost(now.values())
    now[name] = now[name]._replace(post=now[name].post._replace(saves_own=own))
    if parts := effects(lines, states.cost(now.values())):
        before, after, do = ("new_hire", "own", "leave") if own else ("own", "new_hire", "stay")
        what = f"people who give up posts of {name} {do}: cut_saves {before} → {after}"
        yield Move("price", name, "cut_saves", before, after, what, parts)


def _rest(name: str, old: Post, new: Post, parts: tuple[Effect, ...]) -> Iterator[Move]:
    """What no figure of a price tells: other steps of a schedule, to which some have climbed by a later year."""
    if parts:
        before, after = say_cells(old, new), say_cells(new, old)
        what = f"schedule of {name} {before} → {after}" if before != after else f"other terms of pay of {name}"
        yield Move("price", name, "schedule", before, after, what, parts)
