"""The steps of a bridge as a board reads them: at most fifteen lines, or each step with its components."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from staffcalc.costing.bridge.moves import Move
from staffcalc.costing.lines import ZERO
from staffcalc.records import NamedTuple
from staffcalc.school.school import DISPLACED, Plan

MOST_STEPS = 15
"""A board reads the bridge in fifteen lines."""


class Line(NamedTuple):
    """One line of the bridge as it is shown; `known`: somebody has stated what it costs."""

    what: str
    amount: Decimal
    parts: tuple[tuple[str, Decimal], ...] = ()
    known: bool = True


def detailed(move: Move, plan: Plan) -> Line:
    """A step to a plan with its components, or with its funds where only funds change; those of other roles that it
    moves, since people are in both, by their names."""
    own = {None, DISPLACED, move.name, move.subject}
    sums: dict[str, Decimal] = {}
    for part in move.parts:
        name = plan.called(part.fund) if move.kind == "funds" else part.component
        name = f"{name} of {part.role}" if move.role and part.role not in own else name
        sums[name] = sums.get(name, ZERO) + part.amount
    parts = sorted(((name, amount) for name, amount in sums.items() if amount), key=lambda one: (-abs(one[1]), one[0]))
    alone = len(parts) == 1 and move.kind not in ("exchange", "funds") and parts[0][0] == move.subject
    return Line(move.what, move.amount, () if alone else tuple(parts), move.known)


def grouped(moves: Sequence[Move]) -> list[Line]:
    """At most fifteen lines: the same change of several roles is one; if need be, so is the same figure of several
    roles; and the smallest are taken together, at the end."""
    lines = _merged(moves, lambda move: (move.kind, move.subject, move.before, move.after))
    if len(lines) > MOST_STEPS:
        lines = _merged(moves, lambda move: (move.kind, move.subject))
    if len(lines) <= MOST_STEPS:
        return lines
    kept, small = lines[: MOST_STEPS - 1], lines[MOST_STEPS - 1 :]
    together = sum((line.amount for line in small), ZERO)
    return [*kept, Line(f"{len(small)} smaller changes", together, known=all(line.known for line in small))]


def by_size(lines: Iterable[Line]) -> list[Line]:
    """What nobody has stated the cost of, then the largest first; those of one size in the order in which a plan
    changes."""
    return sorted(lines, key=lambda line: (line.known, -abs(line.amount)))


def _merged(moves: Sequence[Move], alike: Callable[[Move], tuple[str, ...]]) -> list[Line]:
    groups: dict[tuple[str, ...], list[Move]] = {}
    for at, move in enumerate(moves):
        shared = move.kind in ("price", "funds") or move.subject == "students"
        groups.setdefault(alike(move) if shared and move.known else (str(at),), []).append(move)
    return by_size(map(_line, groups.values()))


def _line(group: Sequence[Move]) -> Line:
    return Line(_say(group), sum((move.amount for move in group), ZERO), known=all(move.known for move in group))


def _say(group: Sequence[Move]) -> str:
    first = group[0]
    if len(group) == 1:
        return first.what
    names = {(move.role, move.name) for move in group}
    roles, costs = sum(role for role, _ in names), sum(not role for role, _ in names)
    counted = [f"{count} {what}" for count, what in ((roles, "roles"), (costs, "other costs")) if count]
    whom = " and ".join(counted)
    if len({(move.before, move.after) for move in group}) == 1:
        return f"{first.subject} {first.before} → {first.after} ({whom})"
    return f"{first.subject} of {whom}"
