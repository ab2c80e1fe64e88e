"""A bridge from one plan's cost to another's, one change at a time: every step is costed by the ledger itself.

Each state between the two plans is a plan in its own right, costed and rounded like any other, and a step is the
difference between two neighbouring states. So the steps add up to the last dollar, and none has an arithmetic of
its own. The order is fixed: staff first, at the old prices; then prices, at the new staff; then funds; then costs
that are not a role's. It does not depend on the order in which a file names things. Only whether people leave who give
up posts changes where nobody is displaced on the way who is in neither plan: leaving before the staff, staying last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from staffcalc.costing.ledger import ZERO, CostLine, Known, RoleStaff, cost_school, staff_lines
from staffcalc.costing.prices import NONE, PriceChange, price_changes, same_base_pay, same_funds, say_funds
from staffcalc.costing.staff import staff
from staffcalc.formula.formula import Evaluation, value
from staffcalc.formula.words import TIMES, people, plain, say_figure
from staffcalc.language.figures import Figure
from staffcalc.language.fund import OtherCost
from staffcalc.school.school import FundShare, Plan, Post, School, Staffed
from staffcalc.source.problems import Place

Kind = Literal["exchange", "fewer", "more", "price", "funds", "other cost", "rounding"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of steps, in the order in which a bridge shows them."""


class Effect(NamedTuple):
    """What a step changes in one component of one role (None: a cost that is not a role's) in one fund, in dollars."""

    role: str | None
    component: str
    fund: str
    amount: Decimal


class Move(NamedTuple):
    """One step of a bridge. `name` is the role or the other cost it is about, `subject` what of it changes.

    `before` and `after` are in words, and `what` says all of it. Parts are dollars, the largest first; none is zero.
    """

    kind: Kind
    name: str
    subject: str
    before: str
    after: str
    what: str
    parts: tuple[Effect, ...]
    role: bool = True

    @property
    def amount(self) -> Decimal:
        """Dollars: above zero where the step makes the plan cost more."""
        return sum((part.amount for part in self.parts), ZERO)


def bridge(old: Plan, new: Plan, old_unit: Decimal, new_unit: Decimal) -> tuple[Move, ...]:
    """All steps from the old plan's cost to the new plan's, by kind, the largest first.

    Their amounts add up to the new cost less the old, where each is costed with its own rounding (`old_unit`,
    `new_unit`: Decimal("1") or Decimal("0.01")). A step may move no money, as one of a cap that nobody reaches.
    """
    states = _States(new_unit)
    moves = [
        *_rounding(old, old_unit, new_unit),
        *_staff_moves(old, new, states),
        *_price_moves(old, new, states),
        *_other_moves(old, new, new_unit),
    ]
    return tuple(
        sorted(moves, key=lambda move: (KINDS.index(move.kind), -abs(move.amount), move.name, move.subject, move.role))
    )


_EMPTY = Plan("", (), None, None, {}, Place(""))
_Lines = tuple[CostLine, ...]


class _States:
    """States between the two plans, costed by the ledger's own engine. Posts that do not change are costed once."""

    def __init__(self, unit: Decimal) -> None:
        self._places = 2 if unit != 1 else 0
        self._known: Known = {}
        self._evaluation = Evaluation()

    def cost(self, staff: Iterable[Staffed]) -> _Lines:
        """The lines of so much staff together: people may have several posts."""
        return tuple(self._of(staff)[1])

    def held(self, staff: Iterable[Staffed]) -> set[str]:
        """The roles that somebody holds, or that have vacant posts; not those whose people a fund took with it."""
        return {role.role for role in self._of(staff)[0] if role.fte or role.people}

    def _of(self, staff: Iterable[Staffed]) -> tuple[list[RoleStaff], list[CostLine], _Lines]:
        plan = _EMPTY._replace(staff=tuple(staff))
        return staff_lines(plan, self._places, None, self._known, self._evaluation)


def _cost(plan: Plan, unit: Decimal) -> _Lines:
    return cost_school(School("", "", None, None, unit, (plan,))).baseline.lines


def _parts(before: Iterable[CostLine], after: Iterable[CostLine]) -> tuple[Effect, ...]:
    sums: dict[tuple[str | None, str, str], Decimal] = {}
    for lines, sign in ((after, 1), (before, -1)):
        for line in lines:
            key = (line.role, line.component, line.fund)
            sums[key] = sums.get(key, ZERO) + sign * line.amount
    parts = [Effect(*key, amount) for key, amount in sums.items() if amount]
    return tuple(sorted(parts, key=lambda part: (-abs(part.amount), part.role or "", part.component, part.fund)))


def _rounding(old: Plan, old_unit: Decimal, new_unit: Decimal) -> Iterator[Move]:
    if old_unit != new_unit:
        words = {True: "dollar", False: "cent"}
        before, after = words[old_unit == 1], words[new_unit == 1]
        what = f"lines rounded to the {after}, not the {before}"
        parts = _parts(_cost(old, old_unit), _cost(old, new_unit))
        yield Move("rounding", "rounding", "rounding", before, after, what, parts, role=False)


# Staff


def _count(staffed: Staffed) -> Decimal:
    """How many hold the post, in FTE or in people, as the file counts them."""
    return sum((count.value for count in staffed.now.counts), ZERO)


def _each(staffed: Staffed) -> Decimal | None:
    """The FTE of each person; None where FTE are counted."""
    if not staffed.people:
        return None
    each = staffed.now.each
    return Decimal(1) if each is None else each.value


def _changed(staffed: Staffed, by: Decimal, goal: Staffed) -> Staffed:
    """The same post with more or fewer to hold it, on the way to `goal`: as after a `change`, where this is one."""
    changed = staffed.changed(Figure(by, "people" if staffed.people else "FTE", staffed.post.place))
    return changed if goal.today is not None else changed._replace(today=staffed.today)


def _nobody(staffed: Staffed) -> bool:
    """Whether nobody holds the post, nor did: it is as if the plan did not have the role."""
    states = [staffed, *staffed.later, *([staffed.today] if staffed.today is not None else [])]
    return not any(sum(count.value for count in one.counts) for one in states)


def _none_of(staffed: Staffed) -> Staffed:
    return Staffed(staffed.post, (), staffed.each, staffed.people)


def _ends(old: Plan, new: Plan) -> tuple[dict[str, Staffed], dict[str, Staffed]]:
    """The staff at both ends at the old prices, and at the new for roles that the old plan does not have. Where people
    leave in the new plan, they do at its end."""
    wanted = {one.post.name: one for one in new.staff}
    held = {one.post.name: one for one in old.staff if one.post.name not in wanted or not _nobody(one)}
    now = held | {name: _none_of(one) for name, one in wanted.items() if name not in held}
    goal = {}
    for name, one in now.items():
        there = wanted.get(name, _none_of(one))
        goal[name] = there._replace(post=one.post._replace(saves_own=one.post.saves_own or there.post.saves_own))
    return now, goal


def _staff_moves(old: Plan, new: Plan, states: _States) -> Iterator[Move]:
    """From the old staff to the new."""
    now, goal = _ends(old, new)
    for name in sorted(now):
        if goal[name].post.saves_own and not now[name].post.saves_own:
            yield from _cut(name, now, goal[name].post, states)
    held = states.held(old.staff), states.held(new.staff)
    yield from _exchanges(now, goal, held, states)
    lines = states.cost(now.values())
    for name, one in sorted(now.items()):
        target = goal[name]
        if one == target:
            continue
        now[name] = target
        before, lines = lines, states.cost(now.values())
        parts = _parts(before, lines)
        if parts or name in held[0] | held[1]:
            yield from _staff_move(name, one, target, parts)


def _staff_move(name: str, one: Staffed, target: Staffed, parts: tuple[Effect, ...]) -> Iterator[Move]:
    kind = _direction(one, target, sum((part.amount for part in parts), ZERO))
    before, after = _say_held(one), _say_held(target)
    if _each(one) == _each(target) and _count(one) == _count(target):
        if parts:
            yield Move("price", name, "staff", before, after, f"{name}: other people, or other pay of theirs", parts)
        return
    if _each(one) == _each(target):
        what = f"{_say_count(target, abs(_count(target) - _count(one)))} of {name} {kind}"
    else:
        what = f"{name}: {before} → {after}"
    yield Move(kind, name, "staff", before, after, what, parts)


def _exchanges(
    now: dict[str, Staffed], goal: dict[str, Staffed], held: tuple[set[str], set[str]], states: _States
) -> Iterator[Move]:
    """Posts given up for posts of the same base pay: what is left to pay is the difference between the two."""
    alike = {name: one for name, one in now.items() if _each(one) == _each(goal[name])}
    open_ = {name: _count(goal[name]) - _count(one) for name, one in alike.items()}
    # Who is paid by nobody is not there, and cannot be exchanged.
    open_ = {name: change for name, change in open_.items() if name in held[change > 0]}
    for gaining in sorted((name for name in open_ if open_[name] > 0), key=lambda name: (-open_[name], name)):
        for losing in _exchangeable(gaining, now, open_):
            count = min(open_[gaining], -open_[losing])
            if not count:
                continue
            one, other = _changed(now[losing], -count, goal[losing]), _changed(now[gaining], count, goal[gaining])
            before = states.cost(now.values())
            now[losing], now[gaining] = one, other
            parts = _parts(before, states.cost(now.values()))
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
        return f"{plain(count)} FTE"
    each = _each(staffed)
    return people(count) if each is None or each == 1 else f"{people(count)} at {plain(each)} FTE"


def _say_held(staffed: Staffed) -> str:
    return _say_count(staffed, _count(staffed))


def _cut(name: str, now: dict[str, Staffed], post: Post, states: _States) -> Iterator[Move]:
    """Those who give up posts leave from now on, or stay; nothing to tell where nobody is displaced."""
    lines = states.cost(now.values())
    now[name] = now[name]._replace(post=post)
    if parts := _parts(lines, states.cost(now.values())):
        before, after = ("new_hire", "own") if post.saves_own else ("own", "new_hire")
        leave = "leave" if post.saves_own else "stay"
        what = f"people who give up posts of {name} {leave}: cut_saves {before} → {after}"
        yield Move("price", name, "cut_saves", before, after, what, parts)


# Prices, funds and other costs


def _price_moves(old: Plan, new: Plan, states: _States) -> Iterator[Move]:
    """From the old prices to the new, at the new staff, one figure at a time with the benefits it drags along."""
    _, now = _ends(old, new)
    wanted = {one.post.name: one.post for one in new.staff}
    lines, held = states.cost(now.values()), states.held(new.staff)
    for name in sorted(now.keys() & wanted.keys()):
        for change in price_changes(now[name].post, wanted[name]):
            now[name] = now[name]._replace(post=change.post)
            before, lines = lines, states.cost(now.values())
            what = f"{change.subject} of {name} {change.before} → {change.after}"
            parts = _parts(before, lines)
            if parts or name in held:
                yield Move(change.kind, name, change.subject, change.before, change.after, what, parts)
        if now[name].post.saves_own and not wanted[name].saves_own:
            yield from _cut(name, now, now[name].post._replace(saves_own=False), states)
            lines = states.cost(now.values())


class _Other(NamedTuple):
    """Another cost in one state: its price, the funds that pay it, the students it may be for, and how it has grown."""

    cost: OtherCost
    funds: tuple[FundShare, ...]
    students: Figure | None
    growth: tuple[Figure, ...] = ()


def _other_moves(old: Plan, new: Plan, unit: Decimal) -> Iterator[Move]:
    for name in sorted({*old.other_costs, *new.other_costs}):
        one, other = _other(old, name), _other(new, name)
        lines = _other_lines(name, one, unit)
        for kind, subject, before, after, state in _other_changes(name, one, other):
            last, lines = lines, _other_lines(name, state, unit)
            parts = _parts(last, lines)
            if kind != "funds" or parts:
                what = _say_other_change(name, subject, before, after)
                yield Move(kind, name, subject, before, after, what, parts, role=False)


def _other(plan: Plan, name: str) -> _Other | None:
    if name not in plan.other_costs:
        return None
    return _Other(*plan.other_costs[name], plan.students, plan.other_growth.get(name, ()))


def _other_lines(name: str, state: _Other | None, unit: Decimal) -> tuple[CostLine, ...]:
    if state is None:
        return ()
    costs = {name: (state.cost, state.funds)}
    plan = _EMPTY._replace(students=state.students, other_costs=costs)
    return _cost(plan._replace(other_growth={name: state.growth}), unit)


def _other_changes(
    name: str, one: _Other | None, other: _Other | None
) -> Iterator[tuple[Kind, str, str, str, _Other | None]]:
    """Students first, then the price, then the funds; a cost that comes, goes or is told another way, all at once."""
    if one is None or other is None:
        yield "other cost", name, _say_other(one), _say_other(other), other
        return
    now = one._replace(students=other.students)
    per_student = one.cost.per_student is not None and other.cost.per_student is not None
    if per_student and one.students and other.students and one.students.value != other.students.value:
        yield "other cost", "students", plain(one.students.value), plain(other.students.value), now
    now = now._replace(cost=other.cost, growth=other.growth)
    if _say_other(one) != _say_other(other):
        yield "other cost", name, _say_other(one), _say_other(other), now
    if not same_funds(one.funds, other.funds):
        yield "funds", "funds", say_funds(one.funds), say_funds(other.funds), other


def _say_other_change(name: str, subject: str, before: str, after: str) -> str:
    if subject != name:
        return f"{subject} of {name} {before} → {after}"
    if NONE in (before, after):
        return f"{name}: {after} added" if before == NONE else f"{name}: {before} dropped"
    return f"{name} {before} → {after}"


def _say_other(state: _Other | None) -> str:
    if state is None:
        return NONE
    grown = "".join(f" {TIMES} {plain(1 + rate.value)}" for rate in state.growth)
    if state.cost.amount is not None:
        return f"{say_figure(state.cost.amount)}{grown}"
    assert state.cost.per_student is not None
    return f"{say_figure(state.cost.per_student)}{grown} a student"
