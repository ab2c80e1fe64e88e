"""The week of the adults of a plan as formulas: what each role has, whom it coaches, and what is asked of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.teams import how_many
from staffcalc.costing.staff.minutes import group_minutes, mode_figures, parts_formulas, week_formula
from staffcalc.formula.formula import (
    Formula,
    Head,
    Quotient,
    add,
    greater,
    less,
    lesser,
    minus,
    of_figure,
    product,
    times,
)
from staffcalc.formula.rows import finite
from staffcalc.language.figures import Figure
from staffcalc.language.time import Coaching
from staffcalc.records import NamedTuple
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.parts.team import PlanTeam
from staffcalc.school.school import Plan, Post
from staffcalc.school.time import PARTS, parts_of, week_of


class Coached(NamedTuple):
    """Those of a role whom a `coach` visits: the FTE of them, in these `teams` (None: shared by FTE with the other
    roles that coach them), and the minutes a week for each 1.0 FTE."""

    coach: str
    role: str
    fte: Formula
    teams: tuple[PlanTeam, ...] | None
    each: Formula

    @property
    def minutes(self) -> Formula:
        return times(self.fte, self.each)


class Taught(NamedTuple):
    """The minutes that a mode of learning asks of a role."""

    mode: LearningMode
    minutes: Formula


class Spent(NamedTuple):
    """The week of one role. `week` and its `parts` (planning, shared planning, teaching) are the minutes of 1.0 FTE;
    where teaching is stated, it is for students alone and the rest for coaching. `coaching` and `taught` are what all
    of them are asked for."""

    role: str
    fte: Formula
    week: Formula
    parts: dict[str, Formula]
    coaching: tuple[Coached, ...]
    taught: tuple[Taught, ...] = ()

    @property
    def free(self) -> Formula:
        """The minutes of 1.0 FTE that its parts leave: for coaching, and for students where these have no part."""
        return add(self.week, *map(less, self.parts.values()))

    @property
    def coaches(self) -> Formula:
        """The minutes of coaching that all of them are asked for."""
        return add(*(one.minutes for one in self.coaching))

    @property
    def teaches(self) -> Formula:
        """The minutes with students that all of them are asked for."""
        return add(*(one.minutes for one in self.taught))

    @property
    def room(self) -> Formula:
        """The minutes that all of them have for students."""
        if (teaching := self.parts.get("teaching")) is not None:
            return times(self.fte, teaching)
        return greater(add(), minus(times(self.fte, self.free), self.coaches))

    @property
    def short_by(self) -> tuple[tuple[Formula, Formula], ...]:
        """What is asked above the minutes there are, each with the minutes that 1.0 FTE has for it."""
        teaching = self.parts.get("teaching")
        if teaching is None:
            return ((_above(add(self.teaches, self.coaches), self.fte, self.free), self.free),)
        return (
            (_above(self.teaches, self.fte, teaching), teaching),
            (_above(self.coaches, self.fte, self.free), self.free),
        )

    @property
    def short(self) -> Formula:
        """What is asked of them above the minutes that there are."""
        return add(*(short for short, _ in self.short_by))


def _above(asked: Formula, fte: Formula, each: Formula) -> Formula:
    return greater(add(), minus(asked, times(fte, each)))


class Weeks:
    """The weeks of a plan's staff, and its `ledger`."""

    def __init__(self, plan: PlanLedger) -> None:
        self.ledger, self.plan = plan, plan.plan
        self.posts = {one.post.name: one.post for one in plan.plan.staff}
        self.fte = {one.role: finite(one.staff.fte) for one in plan.staff if one.role in self.posts}
        self._coaches = {name: one for name, post in self.posts.items() if (one := _coaching(post)) is not None}

    def of(self, only: Collection[str] | None = None) -> Iterator[Spent]:
        """The weeks of those roles that say how they spend them, or that are with students; `only` of these."""
        taught = self.taught()
        for name in dict.fromkeys([*self.posts, *taught]):
            if (only is None or name in only) and (one := self._alone.get(name)) is not None:
                yield one._replace(taught=tuple(taught.get(name, ())))

    @cached_property
    def _alone(self) -> dict[str, Spent]:
        """The weeks without what students ask for."""
        found: dict[str, Spent] = {}
        asked = {one.role for mode in self.plan.learning for one in mode.adults}
        for name, post in self.posts.items():
            week = week_of(post, self.plan)
            if week is not None and (post.role.time is not None or name in asked):
                parts = {} if post.role.time is None else parts_formulas(parts_of(post.role.time), week)
                found[name] = Spent(name, self.fte[name], week_formula(week), parts, tuple(self._by(name)))
        nobody = (name for name in asked if name not in self.posts)
        return found | {name: Spent(name, add(), add(), {}, ()) for name in sorted(nobody)}

    def taught(self) -> dict[str, list[Taught]]:
        """What the modes of learning ask of each role."""
        found: dict[str, list[Taught]] = {}
        for mode in self.plan.learning:
            for role, minutes in self._asked(mode):
                found.setdefault(role, []).append(Taught(mode, minutes))
        return found

    def _asked(self, mode: LearningMode) -> Iterator[tuple[str, Formula]]:
        """The minutes that a mode asks of each role. Several roles together share them by the minutes that they have;
        the first of them is asked for the rest, and for all where none of them has any."""
        if not mode.adults:
            return
        minutes = group_minutes(mode)
        if not mode.together:
            for one in mode.adults:
                yield one.role, minutes if one.number is None else product(minutes, of_figure("adults", one.number))
            return
        room = {one.role: self._alone[one.role].room for one in mode.adults}
        every = add(*room.values())
        others = {role: Quotient(product(minutes, room[role]), every) for role in [*room][1:]}
        yield next(iter(room)), add(minutes, *map(less, others.values()))
        yield from others.items()

    def coached(self, only: Collection[str] | None = None) -> list[Coached]:
        """Who is coached by whom; `only` those who are of these roles."""
        every = (one for coach in self._coaches for one in self._by(coach))
        return [one for one in every if only is None or one.role in only]

    def given(self, one: Coached) -> Formula:
        """The minutes that a coach has for what is asked of them: all of these, or what the week leaves."""
        spent = self._alone.get(one.coach)
        return one.minutes if spent is None else lesser(one.minutes, times(spent.fte, spent.free))

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
            yield Coached(coach, role, fte, teams, coached_minutes(coaching))
            return
        shared = Quotient(times(self.fte[role], self.fte[coach]), add(*(self.fte[one] for one in coaches)))
        yield Coached(coach, role, shared, None, coached_minutes(coaching))

    def _teams(self, leader: str, member: str) -> tuple[PlanTeam, ...]:
        return tuple(
            team
            for team in self.plan.teams
            if team.leader == leader and any(one.role == member for one in team.members)
        )


def _coaching(post: Post) -> Coaching | None:
    return None if post.role.time is None else post.role.time.coaching


def _in_team(team: PlanTeam, role: str) -> Formula:
    """The FTE of a role that all teams of a name have as members."""
    each = add(*(of_figure(f"{role} in {team.name}", one.fte) for one in team.members if one.role == role))
    return each if team.alike is None else product(how_many(team), each)


def coached_minutes(coaching: Coaching) -> Formula:
    """The minutes a week that 1.0 FTE is coached."""
    assert coaching.minutes is not None
    minutes = of_figure("minutes of a visit", coaching.minutes)
    return minutes if coaching.visits is None else product(minutes, of_figure("visits", coaching.visits))


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
            yield from ((f"{phrase} of {post.name}", figure) for phrase, figure in named if figure is not None)
    asked = (mode for mode in plan.learning if only is None or any(each.role in only for each in mode.adults))
    for mode in asked:
        yield from mode_figures(mode)


def anybody(fte: Iterable[Formula]) -> Formula:
    """1 where somebody is there, and 0 where nobody is."""
    return Head(add(*fte))
