"""Posts that are filled from another role, and vacant ones: what they name is there, and can be told from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from staffcalc.language.validation import Broken
from staffcalc.school.school import Plan, Post, Staffed
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Text


def linked(staff: Iterable[Staffed]) -> tuple[Staffed, ...]:
    """Of these staff those whose people may take posts of another, or whose posts are taken so."""
    by_name = {one.post.name: one for one in staff}
    names = {
        name
        for one in by_name.values()
        if (source := one.post.role.filled_from) is not None and source in by_name
        for name in (one.post.name, str(source))
    }
    return tuple(one for name, one in by_name.items() if name in names)


def check_filled(plans: Iterable[Mapping[str, Post]], broken: Broken, problems: Problems) -> None:
    """Each role is filled from another one that there is, and not from itself by way of others. `plans` are the posts
    of each plan by name."""
    told: set[Place] = set()
    for posts in plans:
        for post in posts.values():
            source = post.role.filled_from
            if source is not None and source.place not in told:
                told.update(_check_source(post, source, posts, broken, problems))


def _check_source(
    post: Post, source: Text, posts: Mapping[str, Post], broken: Broken, problems: Problems
) -> Iterable[Place]:
    """Reports what is wrong once; the places of which all is said now."""
    if source not in posts:
        if ("roles", str(source)) not in broken and ("roles",) not in broken:
            problems.add(source.place, f"`{source}` is no role here", nearest(source, posts, "roles"))
        return [source.place]
    line, at, places = [post.name], source, [source.place]
    while at not in line:
        line.append(str(at))
        following = posts[at].role.filled_from if at in posts else None
        if following is None:
            return places[:1]
        at = following
        places.append(at.place)
    if at == post.name:
        told = ", which is filled from ".join(f"`{name}`" for name in (*line[1:], post.name))
        what = f"a circle: `{post.name}` is filled from {told}"
        problems.add(source.place, what, "people move one way: leave `filled_from` out of one of them")
        return places
    return places[:1]


def check_told_apart(plans: Iterable[Plan], problems: Problems) -> None:
    """Where a plan counts a role otherwise than the baseline, nobody could tell which of today's posts it gives up."""
    told: set[Place] = set()
    for plan in plans:
        moving = {one.post.name for one in linked(plan.staff)}
        for one in plan.staff:
            place = one.counts[0].place if one.counts else one.post.place
            if one.today is None or place in told:
                continue
            told.add(place)
            _check_counted(one, one.today, one.post.name in moving, place, problems)


def _check_counted(one: Staffed, today: Staffed, moving: bool, place: Place, problems: Problems) -> None:
    name = one.post.name
    known = "vacant" if today.vacant is not None else "leaving" if today.leaving is not None else None
    known = known or ("filled_from" if moving else None)
    each = [None if staffed.each is None else staffed.each.value for staffed in (one, today)]
    alike = one.people == today.people and each[0] == each[1]
    if known is not None and today.counts and one.counts and not alike:
        hint = f"count it here as the baseline does: in {'people' if today.people else 'FTE'}"
        problems.add(place, f"`{name}` has `{known}`, and is counted in another way here", hint)
    elif one.restated and today.leaving is not None and not today.placements:
        what = f"`{name}` is placed on cells, and in the baseline nobody knows on which those who leave are"
        problems.add(place, what, "place the baseline on cells too, or give the FTE here")
