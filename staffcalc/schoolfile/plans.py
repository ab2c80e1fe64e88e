"""Baseline and scenarios → plans: `like`, `change` and `staffing` carried out and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Scenario, Staff
from staffcalc.schoolfile.problems import Problems, nearest
from staffcalc.schoolfile.school import Post, Staffed
from staffcalc.schoolfile.tree import Text
from staffcalc.schoolfile.validation import Broken

Staffing = dict[str, Staffed]


def whole_staff(
    entries: Mapping[Text, Staff], posts: Mapping[str, Post], broken: Broken, problems: Problems
) -> Staffing:
    """The staff that a `baseline` or a `staffing` states, by role."""
    staff: Staffing = {}
    for name, entry in entries.items():
        if _known(name, posts, broken, problems) and (count := _count(name, entry, problems)) is not None:
            if count.value < 0:
                problems.add(count.place, f"a negative number of `{name}`", "only a `change` takes staff away")
            elif name in posts:
                staff[name] = Staffed(posts[name], (count,), entry.fte_each, entry.people is not None)
    return staff


def changed_staff(
    start: Staffing,
    entries: Mapping[Text, Staff],
    posts: Mapping[str, Post],
    broken: Broken,
    problems: Problems,
) -> Staffing:
    """The staff after a `change`; each changed role keeps its counts, so that a formula can tell them apart."""
    staff = dict(start)
    for name, entry in entries.items():
        if (
            not _known(name, posts, broken, problems)
            or (count := _count(name, entry, problems)) is None
            or name not in posts
        ):
            continue
        if ("baseline", str(name)) in broken:
            continue
        before = start.get(name)
        if before is not None and not _counts_alike(name, entry, count, before, problems):
            continue
        counts = (*(before.counts if before else ()), count)
        there = sum((figure.value for figure in counts[:-1]), Decimal(0))
        if there + count.value < 0:
            unit = "people" if entry.people is not None else "FTE"
            problems.add(
                count.place,
                f"removes {-count.value:f} {unit} of `{name}`, but there are {there:f}",
                f"at most {-there:f} can be removed",
            )
            continue
        each = before.each if before else entry.fte_each
        staff[name] = Staffed(posts[name], counts, each, entry.people is not None)
    return staff


def _known(name: Text, posts: Mapping[str, Post], broken: Broken, problems: Problems) -> bool:
    if name in posts or ("roles", str(name)) in broken or ("roles",) in broken:
        return True
    problems.add(
        name.place,
        f"`{name}` is no role here",
        nearest(name, [*posts, *(str(path[1]) for path in broken if path[0] == "roles" and len(path) > 1)], "roles"),
    )
    return False


def _count(name: Text, entry: Staff, problems: Problems) -> Figure | None:
    if (entry.fte is None) == (entry.people is None):
        problems.add(name.place, f"how many `{name}`?", "write FTE (`2.5`), or {people: 4, fte_each: 0.5}")
        return None
    if entry.fte_each is not None and entry.people is None:
        problems.add(name.place, f"`{name}` has fte_each without people", "write {people: 4, fte_each: 0.5}")
    if entry.fte_each is not None and entry.fte_each.value == 0:
        problems.add(entry.fte_each.place, f"people of 0 FTE each in `{name}`", "fte_each is above zero")
    return entry.people if entry.people is not None else entry.fte


def _counts_alike(name: Text, entry: Staff, count: Figure, before: Staffed, problems: Problems) -> bool:
    if before.people and entry.people is None:
        hint = f"write {{people: {count.value:+f}}}"
        problems.add(count.place, f"`{name}` is counted in people, and this change in FTE", hint)
        return False
    if not before.people and entry.people is not None:
        problems.add(
            count.place, f"`{name}` is counted in FTE, and this change in people", "write the change in FTE: +2 or -1.5"
        )
        return False
    stated = before.each.value if before.each is not None else Decimal(1)
    if entry.fte_each is not None and entry.fte_each.value != stated:
        what = f"`{name}` are people of {stated:f} FTE each, and this change is of {entry.fte_each.value:f}"
        problems.add(entry.fte_each.place, what, "make a second role (`like` the first) for the other FTE")
        return False
    return True


def repost(staff: Staffing, posts: Mapping[str, Post]) -> Staffing:
    """The same staff under the posts of another plan (whose pay may differ)."""
    return {
        name: one if one.post is posts[name] else one._replace(post=posts[name])
        for name, one in staff.items()
        if name in posts
    }


def in_order(
    scenarios: Mapping[Text, Scenario],
    broken: Broken,
    problems: Problems,
    make: Callable[[Text, Scenario], None],
) -> None:
    """Call `make` for every scenario, each after the one it is `like`. Circles and unknown names are reported."""
    made: set[str] = set()

    def visit(name: Text, chain: tuple[str, ...]) -> bool:
        if name in made:
            return True
        like = scenarios[name].like
        if like is not None and like != "baseline":
            if like in (*chain, name):
                problems.add(
                    like.place,
                    f"a circle: `{name}` is like `{like}`, which is like `{name}`",
                    "start one of them from the baseline",
                )
                return False
            if like not in scenarios:
                if ("scenarios", str(like)) not in broken:
                    problems.add(
                        like.place,
                        f"`{name}` is like `{like}`, which is no scenario here",
                        nearest(like, scenarios, "scenarios"),
                    )
                return False
            base = next(key for key in scenarios if key == like)
            if not visit(base, (*chain, name)):
                return False
        made.add(name)
        make(name, scenarios[name])
        return True

    for name in scenarios:
        visit(name, ())
