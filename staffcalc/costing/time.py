"""The week of the adults of a plan as formulas: what each role has, whom it coaches, and what is asked of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.teams import how_many
from staffcalc.formula.formula import (
    Formula,
    Head,
    Input,
    Number,
    Quotient,
    add,
    finite,
    greater,
    less,
    minus,
    product,
    times,
)
from staffcalc.language.figures import Figure
from staffcalc.language.time import Coaching
from staffcalc.school.school import Plan, Post, Team
from staffcalc.school.time import MINUTES_AN_HOUR, PARTS, parts_of, week_of


class Coached(NamedTuple):
    """Those of a role whom a `coach` visits: the FTE of them, in these `teams` (None: shared by FTE with the other
    roles that coach them), and the minutes a week for each 1.0 FTE."""

    coach: str
    role: str
    fte: Formula
    teams: tuple[Team, ...] | None
    each: Formula

    @property
    def minutes(self) -> Formula:
        return times(self.fte, self.each)


class Spent(NamedTuple):
    """The week of one role. `week` and its `parts` (planning, planning together, teaching) are the minutes of 1.0 FTE;
    `teaching` is None where it is what the rest leaves. `coaching` are the minutes that all of them are asked for."""

    role: str
    fte: Formula
    week: Formula
    parts: dict[str, Formula]
    coaching: tuple[Coached, ...]

    @property
    def free(self) -> Formula:
        """The minutes of 1.0 FTE that are left for what is asked of it."""
        return add(self.week, *map(less, self.parts.values()))

    @property
    def asked(self) -> Formula:
        """The minutes that are asked of all of them."""
        return add(*(one.minutes for one in self.coaching))

    @property
    def short(self) -> Formula:
        """What is asked of them above the minutes that there are."""
        return greater(add(), minus(self.asked, times(self.fte, self.free)))


class Weeks:
    """The weeks of a plan's staff."""

    def __init__(self, plan: PlanLedger) -> None:
        self.plan = plan.plan
        self.posts = {one.post.name: one.post for one in plan.plan.staff}
        self.fte = {one.role: finite(one.staff.fte) for one in plan.staff if one.role in self.posts}
        self._coaches = {name: one for name, post in self.posts.items() if (one := _coaching(post)) is not None}

    def of(self, only: Collection[str] | None = None) -> Iterator[Spent]:
        """The weeks of those roles that say how they spend them; `only` of these."""
        for name, post in self.posts.items():
            week = week_of(post, self.plan)
            if post.role.time is None or week is None or (only is not None and name not in only):
                continue
            yield Spent(name, self.fte[name], week_formula(week), parts_formulas(post, week), tuple(self._by(name)))

    def coached(self, only: Collection[str] | None = None) -> list[Coached]:
        """Who is coached by whom; `only` those who are of these roles."""
        every = (one for coach in self._coaches for one in self._by(coach))
        return [one for one in every if only is None or one.role in only]

    def coaches_of(self, role: str) -> list[str]:
        """The roles that coach a role."""
        return [name for name, one in self._coaches.items() if one.role == role]

    def _by(self, coach: str) -> Iterator[Coached]:
        coaching = self._coaches.get(coach)
        if coaching is None or coaching.role not in self.fte:
            return
        role = str(coaching.role)
        coaches = self.coaches_of(role)
        if any(self._teams(one, role) for one in coaches):
            teams = self._teams(coach, role)
            fte = add(*(_in_team(team, role) for team in teams))
            yield Coached(coach, role, fte, teams, each_formula(coaching))
            return
        shared = Quotient(times(self.fte[role], self.fte[coach]), add(*(self.fte[one] for one in coaches)))
        yield Coached(coach, role, shared, None, each_formula(coaching))

    def _teams(self, leader: str, member: str) -> tuple[Team, ...]:
        return tuple(
            team
            for team in self.plan.teams
            if team.leader == leader and any(one.role == member for one in team.members)
        )


def _coaching(post: Post) -> Coaching | None:
    return None if post.role.time is None else post.role.time.coaching


def _in_team(team: Team, role: str) -> Formula:
    """The FTE of a role that all teams of a name have as members."""
    each = add(*(Input.of(f"{role} in {team.name}", one.fte) for one in team.members if one.role == role))
    return each if team.alike is None else product(how_many(team), each)


def each_formula(coaching: Coaching) -> Formula:
    """The minutes a week that 1.0 FTE is coached."""
    assert coaching.minutes is not None
    minutes = Input.of("minutes of a visit", coaching.minutes)
    return minutes if coaching.visits is None else product(minutes, Input.of("visits", coaching.visits))


def week_formula(week: Figure) -> Formula:
    """The minutes of a week, which is stated in minutes or in hours."""
    stated = Input.of("week", week)
    return product(stated, Number(MINUTES_AN_HOUR)) if week.unit == "hours a week" else stated


def parts_formulas(post: Post, week: Figure) -> dict[str, Formula]:
    """The minutes of each part of the week that a role states."""
    assert post.role.time is not None
    found: dict[str, Formula] = {}
    for key, figure in parts_of(post.role.time).items():
        stated = Input.of(PARTS[key], figure)
        found[key] = product(week_formula(week), stated) if figure.unit == "rate" else stated
    return found


def time_figures(plan: Plan, only: Collection[str] | None = None) -> Iterator[tuple[str, Figure]]:
    """The figures that time rests on, with their names; `only` those of these roles, and of their coaches."""
    for one in plan.staff:
        post, time = one.post, one.post.role.time
        if time is None:
            continue
        coaching = time.coaching
        if only is not None and post.name not in only and (coaching is None or coaching.role not in only):
            continue
        if (week := week_of(post, plan)) is not None and week.unit == "minutes":
            yield ("week" if post.role.week is None else f"week of {post.name}"), week
        for key, figure in parts_of(time).items():
            yield f"{PARTS[key]} of {post.name}", figure
        if coaching is not None:
            named = (("minutes of a visit", coaching.minutes), ("visits", coaching.visits))
            yield from ((f"{said} of {post.name}", figure) for said, figure in named if figure is not None)


def anybody(fte: Iterable[Formula]) -> Formula:
    """1 where somebody is there, and 0 where nobody is."""
    return Head(add(*fte))
