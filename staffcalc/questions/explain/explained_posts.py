"""How measures of posts come about: role by role, and of those displaced who goes before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.staff.posts import PostMeasures, PostsOfRoles
from staffcalc.formula.formula import value
from staffcalc.formula.words import MINUS, plain
from staffcalc.questions.explain.asked_measure import AskedMeasure
from staffcalc.report import ExplainedStep, Fte

_GO_FIRST = {
    "moved": "take a post of another role",
    "empty": "nobody holds",
    "leaving": "are of people who leave",
}
"""Those of posts given up who are not displaced, in the order in which they go."""


def post_steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """The posts of each role that has any of these, then all together."""
    posts = PostsOfRoles(asked.plan.plan.staff)
    for role in asked.scope.staff(asked.plan):
        cell = asked.cell_of(asked.name, asked.scope._replace(roles=(role.role,)))
        if not _fte(posts, asked.name, role.role):
            continue
        further = tuple(_given_up(posts, role.role)) if asked.name.startswith("displaced") else ()
        if asked.name == "displaced_people" and posts.have_several(role.role):
            further = (*further, ExplainedStep("who has several posts is one person, displaced where none is kept"))
        yield ExplainedStep(role.role, cell, (*asked.count_steps(role), *further))
    yield ExplainedStep("added up", asked.cell)


def _given_up(posts: PostsOfRoles, role: str) -> Iterator[ExplainedStep]:
    given_up = _fte(posts, "given_up", role)
    yield ExplainedStep("posts given up", Fte(given_up))
    for kind, phrase in _GO_FIRST.items():
        if gone := _fte(posts, kind, role):
            yield ExplainedStep(f"{MINUS} {plain(gone)} FTE that {phrase}")


def _fte(posts: PostsOfRoles, kind: str, role: str) -> Decimal:
    return value(posts.together(kind, [role]))


STEPS: Mapping[str, Callable[[AskedMeasure], Iterable[ExplainedStep]]] = dict.fromkeys(PostMeasures._fields, post_steps)
