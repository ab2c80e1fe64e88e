"""How the adults of a plan spend their week: how long it is, and the parts that their roles state."""

from __future__ import annotations

from staffcalc.language.figures import Figure
from staffcalc.language.role import Role
from staffcalc.language.time import Time
from staffcalc.school.school import Plan, Post, School

PARTS = {"teaching": "teaching", "planning": "planning", "shared_planning": "shared planning"}
"""The parts of a week that a role states for itself, and what they are called."""


def is_stated(plan: Plan) -> bool:
    """Whether some role of the plan's staff, or its students, say how they spend their time."""
    return bool(plan.learning) or any(one.post.role.time is not None for one in plan.staff)


def has_time(school: School) -> bool:
    """Whether some plan says how time is spent."""
    return any(map(is_stated, school.plans))


def week_of(post: Post, plan: Plan) -> Figure | None:
    """The figure that the week of 1.0 FTE comes from: hours of hourly pay, else minutes; None: none is stated."""
    return week_figure(post.role, plan.week)


def week_figure(role: Role, week: Figure | None) -> Figure | None:
    """The same by the role and the week of a plan."""
    return role.hours_per_week if role.hourly is not None else role.week or week


def parts_of(time: Time) -> dict[str, Figure]:
    """The parts of the week that a role states, by their keys."""
    return {key: figure for key in PARTS if (figure := getattr(time, key)) is not None}
