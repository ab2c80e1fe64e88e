"""A bridge from one plan's cost to another's, one change at a time: every step is costed by the ledger itself.

Each state between the two plans is a plan in its own right, costed and rounded like any other, and a step is the
difference between two neighbouring states. So the steps add up to the last dollar, and none has an arithmetic of
its own. The order is fixed: staff first, at the old prices; then prices, at the new staff; then funds; then costs
that are not a role's. It does not depend on the order in which a file names things. Only whether people leave who give
up posts changes where nobody is displaced on the way who is in neither plan: leaving before the staff, staying last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.bridge.book_lines import lines_as_one
from staffcalc.costing.bridge.component_prices import NONE
from staffcalc.costing.bridge.moves import KINDS, NO_PLAN, Kind, Move, States, effects
from staffcalc.costing.bridge.prices import same_funds, say_funds
from staffcalc.costing.bridge.staff_moves import price_moves, staff_moves
from staffcalc.costing.growth.wages import price_now
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import CostLine
from staffcalc.costing.other_costs import shared_budget
from staffcalc.formula.formula import value
from staffcalc.formula.words import money, plain, say_figure
from staffcalc.language.figures import Figure
from staffcalc.language.fund import OtherCost
from staffcalc.records import NamedTuple
from staffcalc.school.parts.budgets import Budget
from staffcalc.school.parts.growth import NO_GROWTH, Growth
from staffcalc.school.school import DISPLACED, FundShare, Plan, School, places_of


def bridge(old: Plan, new: Plan, old_unit: Decimal, new_unit: Decimal) -> tuple[Move, ...]:
    """All steps from the old plan's cost to the new plan's, by kind, the largest first.

    Their amounts add up to the new cost less the old, where each is costed with its own rounding (`old_unit`,
    `new_unit`: Decimal("1") or Decimal("0.01")). A step may move no money, as one of a cap that nobody reaches.
    """
    states = States(new_unit)
    moves = [
        *_rounding(old, old_unit, new_unit),
        *staff_moves(old, new, states),
        *price_moves(old, new, states),
        *_other_moves(old, new, new_unit),
    ]
    moves = [move._replace(what=f"{move.what}{_of_others(move)}") for move in lines_as_one(moves)]
    return tuple(
        sorted(moves, key=lambda move: (KINDS.index(move.kind), -abs(move.amount), move.name, move.subject, move.role))
    )


def _of_others(move: Move) -> str:
    """What a step moves in roles that it is not about, in words: people who are in both share their caps and heads."""
    own = {None, DISPLACED, move.name, *((move.subject,) if move.kind == "exchange" else ())}
    sums: dict[str, Decimal] = {}
    for part in move.parts:
        if move.role and part.role not in own:
            sums[str(part.role)] = sums.get(str(part.role), Decimal(0)) + part.amount
    phrases = [f"{'+' if sums[role] > 0 else ''}{money(sums[role])} in {role}" for role in sorted(sums) if sums[role]]
    whose = "both roles" if len(phrases) == 1 else "several roles"
    return f" (of which {' and '.join(phrases)}, for people in {whose})" if phrases else ""


def _rounding(old: Plan, old_unit: Decimal, new_unit: Decimal) -> Iterator[Move]:
    if old_unit != new_unit:
        words = {True: "dollar", False: "cent"}
        before, after = words[old_unit == 1], words[new_unit == 1]
        what = f"lines rounded to the {after}, not the {before}"
        parts = effects(_cost(old, old_unit), _cost(old, new_unit))
        yield Move("rounding", "rounding", "rounding", before, after, what, parts, role=False)


def _cost(plan: Plan, unit: Decimal) -> tuple[CostLine, ...]:
    return cost_school(School("", "", None, None, unit, (plan,))).baseline.lines


# Costs that are not a role's


class _Other(NamedTuple):
    """Another cost in one state: its price, the funds that pay it, the students it may be for, how it has grown, and
    the budget it may be a share of; and what people call funds that have a name."""

    cost: OtherCost
    funds: tuple[FundShare, ...]
    students: Figure | None
    growth: Growth
    budget: Mapping[str, Budget] | None
    fund_names: Mapping[str, str]

    @property
    def shared_of(self) -> str:
        """What people call the fund of whose budget it is a share."""
        return self.fund_names.get(str(self.cost.of), str(self.cost.of))


def _other_moves(old: Plan, new: Plan, unit: Decimal) -> Iterator[Move]:
    for name in sorted({*old.other_costs, *new.other_costs}):
        one, other = _other(old, name), _other(new, name)
        lines = _other_lines(name, one, unit)
        for kind, subject, before, after, state in _other_changes(name, one, other, unit):
            last, lines = lines, _other_lines(name, state, unit)
            parts = effects(last, lines)
            if kind != "funds" or parts:
                what = _say_other_change(name, subject, before, after)
                yield Move(kind, name, subject, before, after, what, parts, role=False)


def _other(plan: Plan, name: str) -> _Other | None:
    if name not in plan.other_costs:
        return None
    budget = plan.budget if plan.shared_budget is None else plan.shared_budget
    return _Other(
        *plan.other_costs[name], plan.students, plan.other_growth.get(name, NO_GROWTH), budget, plan.fund_names
    )


def _other_lines(name: str, state: _Other | None, unit: Decimal) -> tuple[CostLine, ...]:
    if state is None:
        return ()
    costs = {name: (state.cost, state.funds)}
    plan = NO_PLAN._replace(students=state.students, other_costs=costs, shared_budget=state.budget)
    return _cost(plan._replace(other_growth={name: state.growth}), unit)


def _other_changes(
    name: str, one: _Other | None, other: _Other | None, unit: Decimal
) -> Iterator[tuple[Kind, str, str, str, _Other | None]]:
    """Students or the budget first, then the price, then the funds; a cost that comes, goes or is told another way, all
    at once."""
    if one is None or other is None:
        yield "other cost", name, _say_other(one), _say_other(other), other
        return
    now = one._replace(students=other.students)
    per_student = one.cost.per_student is not None and other.cost.per_student is not None
    if per_student and one.students and other.students and one.students.value != other.students.value:
        yield "other cost", "students", plain(one.students.value), plain(other.students.value), now
    if one.cost.budget_share is not None and one.cost.of == other.cost.of:
        now = now._replace(budget=other.budget)
        before, after = (money(_shared(state, unit)) for state in (one, now))
        if before != after and other.cost.budget_share is not None:
            yield "other cost", f"budget of {one.shared_of}", before, after, now
    now = now._replace(cost=other.cost, growth=other.growth, budget=other.budget)
    if _price(one) != _price(other):
        yield "other cost", name, _say_other(one), _say_other(other), now
    if not same_funds(one.funds, other.funds):
        yield "funds", "funds", say_funds(one.funds, one.fund_names), say_funds(other.funds, other.fund_names), other


def _shared(state: _Other, unit: Decimal) -> Decimal:
    """The budget of which a cost is a share."""
    return value(shared_budget(str(state.cost.of), NO_PLAN._replace(shared_budget=state.budget), places_of(unit)))


def _say_other_change(name: str, subject: str, before: str, after: str) -> str:
    if subject.startswith("budget of "):
        return f"{subject}, for {name} {before} → {after}"
    if subject != name:
        return f"{subject} of {name} {before} → {after}"
    if NONE in (before, after):
        return f"{name}: {after} added" if before == NONE else f"{name}: {before} dropped"
    return f"{name} {before} → {after}"


def _price(state: _Other) -> tuple[object, ...]:
    """What it costs, exactly: as stated, and how that has grown."""
    cost, growth = state.cost, state.growth
    price = cost.price
    grown = [] if price is None else [one.rate.value for one in growth.since(price.since)]
    stated = [None if one is None else one.value for one in (cost.amount, cost.budget_share, cost.per_student)]
    return *stated, str(cost.of), grown, cost.once is None


def _say_other(state: _Other | None) -> str:
    """What it costs, at the price of the year."""
    if state is None:
        return NONE
    once = "" if state.cost.once is None else " once"
    if state.cost.budget_share is not None:
        return f"{say_figure(state.cost.budget_share)} of the budget of {state.shared_of}{once}"
    price = state.cost.price
    assert price is not None
    each = "" if state.cost.per_student is None else " a student"
    return f"{say_figure(price_now(price, state.growth))}{each}{once}"
