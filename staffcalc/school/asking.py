"""What a plan asks of roles that are `needed`: the modes that they lead, and those whom they coach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from staffcalc.language.figures import Figure
from staffcalc.language.time import Coaching
from staffcalc.records import NamedTuple
from staffcalc.school.parts.counts import StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.parts.needed import AskedBy, Needed
from staffcalc.school.parts.team import PlanTeam
from staffcalc.school.school import Post
from staffcalc.school.time import parts_of, week_figure
from staffcalc.source.problems import Problems


class Asking(NamedTuple):
    """What the staff of a plan are asked for: its modes of learning, its teams, and the week of its roles."""

    modes: tuple[LearningMode, ...]
    teams: Collection[PlanTeam]
    week: Figure | None


def needed(
    count: Needed, post: Post, asking: Asking, staffed: Collection[str], posts: Mapping[str, Post], problems: Problems
) -> Needed:
    """The count of a role with what a plan asks of it; the problem is told where that depends on the count itself."""
    time = post.role.time
    asked: list[AskedBy] = []
    for mode in asking.modes:
        for one in mode.adults:
            if one.role == post.name and mode.together:
                others = next(other.role for other in mode.adults if other.role != one.role)
                what = f"it shares the groups of `{mode.name}` with `{others}`"
                _circle(count, post, what, "make a mode of its own for each of them, or state it in FTE", problems)
            if one.role == post.name:
                asked.append(AskedBy(mode, one.number))
    coached, visits = _of_coaching(count, post, asking, staffed, posts, problems)
    return count._replace(
        week=week_figure(post.role, asking.week),
        parts=() if time is None else tuple(parts_of(time).items()),
        asked=tuple(asked),
        coached=coached,
        visits=visits,
    )


def _circle(count: Needed, post: Post, what: str, hint: str, problems: Problems) -> None:
    if all(problem.place != count.place for problem in problems):  # a plan like another one repeats what is wrong
        problems.add(
            count.place, f"a circle: how many `{post.name}` are needed depends on how many there are: {what}", hint
        )


def _of_coaching(
    count: Needed, post: Post, asking: Asking, staffed: Collection[str], posts: Mapping[str, Post], problems: Problems
) -> tuple[tuple[StaffCount, ...], tuple[Figure, ...]]:
    """Whom a role coaches, and the minutes of a visit with how many there are: in its own teams, or where no team of a
    coach has any of them, all of them."""
    coaching = _coaching(post)
    if coaching is None or coaching.role is None or coaching.minutes is None or coaching.role not in staffed:
        return (), ()
    role = str(coaching.role)
    coaches = [name for name, one in posts.items() if (its := _coaching(one)) is not None and its.role == role]
    teams = [team for team in asking.teams if any(one.role == role for one in team.members)]
    if any(team.leader in coaches and team.leader in staffed for team in teams):
        coached = tuple(_members(role, [team for team in teams if team.leader == post.name]))
    else:
        coached = (StaffRatio(role, (StaffOfRole(role, coaching.role.place),), coaching.role.place),)
        if others := [name for name in coaches if name != post.name]:
            what = f"it shares the coaching of `{role}` with `{others[0]}`"
            _circle(count, post, what, "give each coach its teams, or state it in FTE", problems)
    visits = tuple(one for one in (coaching.minutes, coaching.visits) if one is not None)
    return coached, visits


def _members(role: str, teams: Iterable[PlanTeam]) -> Iterator[StaffRatio]:
    """The members of a role in some teams."""
    for team in teams:
        yield from (
            StaffRatio(team.name, (one.fte,), team.place, team.alike) for one in team.members if one.role == role
        )


def _coaching(post: Post) -> Coaching | None:
    return None if post.role.time is None else post.role.time.coaching
