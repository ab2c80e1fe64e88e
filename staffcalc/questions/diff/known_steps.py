"""The bridge between two plans of which not all is stated: a step that nobody has stated the cost of says so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from staffcalc.costing.bridge.bridge import bridge
from staffcalc.costing.bridge.moves import Kind, Move
from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.unknown import uncounted, unpriced
from staffcalc.formula.words import people, plain, say_fte
from staffcalc.language.unstated import NOT_STATED


def known_bridge(old: PlanLedger, new: PlanLedger, old_unit: Decimal, new_unit: Decimal) -> tuple[Move, ...]:
    """The steps from one plan to another. Those of people whose pay, or whose number, is not stated move no dollars
    that anybody knows."""
    counting = list(_counting(old, new))
    without = unlike(old, new)
    counted = {move.name for move in counting}
    moves = bridge(old.plan, new.plan, old_unit, new_unit)
    kept = [move for move in moves if not (move.role and move.name in counted)]
    told = counted | {move.name for move in kept if move.role}
    held = (_held_otherwise(role, old, new) for role in sorted(without - told))
    return (*counting, *held, *(_as_known(move) if move.role and move.name in without else move for move in kept))


def unlike(old: PlanLedger, new: PlanLedger) -> frozenset[str]:
    """The roles of which nobody knows what they cost in one of two plans, and whose staff are not the same in both."""
    one, other = _unknown(old), _unknown(new)
    return frozenset(role for role in {**one, **other} if one.get(role) != other.get(role))


def _unknown(plan: PlanLedger) -> dict[str, object]:
    """Of whom nobody knows what they cost, how many they are; of some nobody knows that either."""
    counted = {role.role: (role.fte, role.people) for role in plan.staff}
    return {role: NOT_STATED if role in uncounted(plan) else counted[role] for role in unpriced(plan)}


def _as_known(move: Move) -> Move:
    staff = move.kind in ("fewer", "more")
    what = f"{move.what}, at a cost that is {NOT_STATED}" if staff else move.what
    return move._replace(what=what, known=False)


def _counting(old: PlanLedger, new: PlanLedger) -> Iterator[Move]:
    """The roles of which one of the plans does not state how many hold them."""
    before, after = uncounted(old), uncounted(new)
    for role in sorted({*before} ^ {*after}):
        kind: Kind = "more" if role in after else "fewer"
        was, becomes = (NOT_STATED if role in uncounted(plan) else _fte(plan, role) for plan in (old, new))
        yield Move(kind, role, "staff", was, becomes, f"{role}: {was} → {becomes}", (), known=False)


def _held_otherwise(role: str, old: PlanLedger, new: PlanLedger) -> Move:
    """Of a role without a stated pay, as many posts as before that are held otherwise: one more of them is vacant, or
    paid by a fund that has ended."""
    (fte, heads), (fte_after, heads_after) = (_staff(plan, role) for plan in (old, new))
    kind: Kind = "more" if (fte_after, heads_after) > (fte, heads) else "fewer"
    same = fte == fte_after
    was, becomes = (people(heads), people(heads_after)) if same else (say_fte(fte), say_fte(fte_after))
    what = f"{role}: {was} → {becomes}, at a cost that is {NOT_STATED}"
    return Move(kind, role, "staff", was, becomes, what, (), known=False)


def _staff(plan: PlanLedger, role: str) -> tuple[Decimal, Decimal]:
    """The FTE and the people of a role."""
    found = ((one.fte, one.people) for one in plan.staff if one.role == role)
    return next(found, (Decimal(0), Decimal(0)))


def _fte(plan: PlanLedger, role: str) -> str:
    return f"{plain(_staff(plan, role)[0])} FTE"
