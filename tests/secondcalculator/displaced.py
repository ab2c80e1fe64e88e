"""Who keeps no post, by role: in FTE, and as people. Who has several posts and keeps one is not displaced."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from secondcalculator.figures import ONE, ZERO
from secondcalculator.people import Slot, State
from secondcalculator.read import BASELINE
from secondcalculator.staff import Staff

ByRole = dict[str, Fraction]


def without_post(staff: Staff, plan: str, roles: Iterable[str], year: int) -> tuple[ByRole, ByRole]:
    """The displaced of a plan, after so many years."""
    roles = list(roles)
    states = {role: staff.state(plan, role, year) for role in roles}
    fte = {role: sum((one.fte for one in state.no_post), ZERO) for role, state in states.items()}
    several = _several(staff, roles)
    heads = dict.fromkeys(roles, ZERO)
    for role, state in states.items():
        heads[role] += sum(
            (one.heads for one in state.no_post if one.post is None or one.post.person not in several), ZERO
        )
    for posts in several.values():
        gone = [_gone(states[role], post) / posts.count((role, post)) for role, post in posts]
        stayed = [(role, post.fte) for role, post in posts if not post.leaving]
        together = sum((fte for _, fte in stayed), ZERO)
        for role, part in stayed:
            heads[role] += min(gone) * part / together
    return fte, heads


def _several(staff: Staff, roles: Iterable[str]) -> dict[str, list[tuple[str, Slot]]]:
    """Those of the roster who have several posts, with their roles and posts of today."""
    found: dict[str, list[tuple[str, Slot]]] = {}
    for role in roles:
        for slot in staff.state(BASELINE, role, 0).placed:
            if slot.person is not None:
                found.setdefault(slot.person, []).append((role, slot))
    return {person: posts for person, posts in found.items() if len(posts) > 1}


def _gone(state: State, post: Slot) -> Fraction:
    """How much of a post, or of several alike, its holder has no longer, without another in its place."""
    if not post.leaving:
        return sum((one.heads for one in state.no_post if one.post == post), ZERO)
    kept = (one.count for one in state.placed if one.of(one.fte, ONE) == post)
    return 1 - sum(kept, ZERO)
