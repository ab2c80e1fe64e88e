"""Baseline and scenarios → plans: `like`, `change` and `staffing` carried out and checked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Staff
from staffcalc.schoolfile.problems import Problems, nearest
from staffcalc.schoolfile.school import BASELINE, Post, Staffed
from staffcalc.schoolfile.tree import Text
from staffcalc.schoolfile.validation import Broken

Staffing = dict[str, Staffed]


def whole_staff(
    entries: Mapping[Text, Staff], posts: Mapping[str, Post], broken: Broken, problems: Problems
) -> Staffing:
    """The staff that a `baseline` or a `staffing` states, by role."""
    staff: Staffing = {}
    for name, entry in entries.items():
        if not _known(name, posts, broken, problems):
            broken.add((BASELINE,))  # perhaps a role by another name: what a change takes from it cannot be judged
        elif (count := _count(name, entry, broken, problems)) is None:
            continue
        elif count.value < 0:
            problems.add(count.place, f"a negative number of `{name}`", "only a `change` takes staff away")
            broken.add((BASELINE, str(name)))
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
            or (count := _count(name, entry, broken, problems)) is None
            or name not in posts
        ):
            continue
        before = start.get(name)
        if (BASELINE, str(name)) in broken or (before is None and (BASELINE,) in broken):
            continue
        if before is not None and not _counts_alike(name, entry, count, before, problems):
            continue
        counts = (*(before.counts if before else ()), count)
        there = sum((figure.value for figure in counts[:-1]), Decimal(0))
        if there + count.value < 0:
            unit = "people" if entry.people is not None else "FTE"
            problems.add(
                count.place,
                f"removes {-count.value:f} {unit} of `{name}`, but there are {there:f}",
                f"at most {there:f} can be removed",
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


def _count(name: Text, entry: Staff, broken: Broken, problems: Problems) -> Figure | None:
    if (entry.fte is None) == (entry.people is None):
        broken.add((BASELINE, str(name)))
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
