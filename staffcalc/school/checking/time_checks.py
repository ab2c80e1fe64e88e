"""What must hold of time: a week has room for what is stated of it, and those who are coached are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.formula.words import plain
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of
from staffcalc.language.time import Coaching, Time
from staffcalc.school.drafts import Draft
from staffcalc.school.parts.needed import TEACHING, Needed, minutes_of
from staffcalc.school.school import Post
from staffcalc.school.stated import Stated
from staffcalc.school.time import PARTS, parts_of, week_of
from staffcalc.source.problems import Place, nearest

Wrong = tuple[Place, str, str]


def check_time(drafts: Iterable[Draft], stated: Stated) -> None:
    """The week has room for what is stated of it, and those who are coached are there."""
    drafts = list(drafts)
    if any(path[0] in ("roles", "week", "learning") for path in stated.broken):
        return
    staffed = {one.post.name for draft in drafts for one in draft.plan.staff}
    told: set[Place] = set()
    for place, message, hint in (*_of_posts(drafts, staffed), *_of_needed(drafts), *_without_effect(drafts)):
        if place not in told:  # a role that is like another one repeats what is wrong with it
            told.add(place)
            stated.problems.add(place, message, hint)


def _of_posts(drafts: Iterable[Draft], staffed: set[str]) -> Iterator[Wrong]:
    for draft in drafts:
        for post in draft.posts.values():
            role, week = post.role, week_of(post, draft.plan)
            if role.week is not None and role.hourly is not None:
                what = f"`{post.name}` is paid by the hour and has a `week`"
                yield role.week.place, what, "its week is its hours_per_week: leave `week` out"
            if role.time is None:
                continue
            if week is None:
                what = f"`{post.name}` says how it spends its `time`, and not how long its week is"
                yield _place(role.time, post), what, "add `week: 2_400` to the file, or to the role"
            else:
                yield from _above_the_week(post.name, role.time, week)
            if role.time.coaching is not None:
                yield from _of_coaching(post, role.time.coaching, draft.posts, staffed)


def _place(time: Time, post: Post) -> Place:
    figures = [*parts_of(time).values()]
    if time.coaching is not None:
        figures += [one for one in (time.coaching.minutes, time.coaching.visits) if one is not None]
    return min((one.place for one in figures), default=post.place)


def _above_the_week(name: str, time: Time, week: Figure) -> Iterator[Wrong]:
    """What is stated of the week is no more than it has, in the file's year and in each for which one is stated."""
    parts = parts_of(time)
    dated = (str(one.dated) for each in (week, *parts.values()) for one in each.dated_figures)
    for named in dict.fromkeys(["", *dated]):
        year = first_of(named)
        there = minutes_of(week.in_year(year))
        asked = sum((minutes_of(one.in_year(year), there) for one in parts.values()), Decimal(0))
        if asked > there:
            of = " + ".join(PARTS[key] for key in parts)
            when = f" in {named}" if named else ""
            what = f"`{name}` has {plain(asked)} minutes of {of}{when}, and its week has {plain(there)}"
            yield [*parts.values()][-1].in_year(year).place, what, "state less, or a longer `week`"
            return


def _of_coaching(post: Post, coaching: Coaching, posts: Mapping[str, Post], staffed: set[str]) -> Iterator[Wrong]:
    example = "write {minutes: 45, visits: 5, role: team teacher}"
    if coaching.role is None:
        place = post.place if coaching.minutes is None else coaching.minutes.place
        yield place, f"whom does `{post.name}` coach?", example
        return
    if coaching.minutes is None:
        yield coaching.role.place, f"how long does `{post.name}` coach `{coaching.role}`?", example
    if coaching.role not in posts:
        yield coaching.role.place, f"`{coaching.role}` is no role here", nearest(coaching.role, posts, "roles")
    elif coaching.role not in staffed:
        what = f"`{post.name}` coaches `{coaching.role}`, and no plan has any"
        yield coaching.role.place, what, "staff that role, or name another one"


def _of_needed(drafts: Iterable[Draft]) -> Iterator[Wrong]:
    """Whoever is needed is needed for something in some plan, and has minutes for it."""
    for_something: dict[Place, tuple[str, bool]] = {}
    for draft in drafts:
        for one in draft.plan.staff:
            for count in one.counts:
                if not isinstance(count, Needed):
                    continue
                asked = bool(count.asked or count.coached)
                for_something[count.place] = one.post.name, asked or for_something.get(count.place, ("", False))[1]
                if asked and not _has_minutes(count):
                    what = f"`{one.post.name}` is `needed`, and its week leaves no minutes for what it is needed for"
                    yield count.place, what, "state less of its `time`, or a longer `week`"
    for place, (role, asked) in for_something.items():
        if not asked:
            what = f"`{role}` is `needed`, and no mode of `learning` in any plan asks for it"
            yield place, what, f"add `by: {role}` to a mode, or state it in FTE"


def _has_minutes(count: Needed) -> bool:
    """Whether 1.0 FTE has minutes for each that is asked of it, in the file's year."""
    if count.week is None:
        return True  # which is told of what asks for it
    week = minutes_of(count.week)
    parts = {key: minutes_of(figure, week) for key, figure in count.parts}
    free = week - sum(parts.values()) > 0
    teaching = parts[TEACHING] > 0 if TEACHING in parts else free
    return (teaching or not count.asked) and (free or not count.coached)


def _without_effect(drafts: Iterable[Draft]) -> Iterator[Wrong]:
    """A week says something only where a role says how it is spent."""
    drafts = list(drafts)
    posts = [post for draft in drafts for post in draft.posts.values()]
    if any(post.role.time is not None for post in posts) or any(draft.plan.learning for draft in drafts):
        return
    weeks = [*(draft.plan.week for draft in drafts), *(post.role.week for post in posts)]
    for week in weeks:
        if week is not None:
            yield (
                week.place,
                "a `week`, and no role says how it spends its `time`",
                "add `time: {planning: 225}` to one",
            )
