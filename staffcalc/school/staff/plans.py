"""Baseline and scenarios → plans: `like`, `change` and `staffing` carried out and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.formula.words import plain
from staffcalc.language.figures import Figure
from staffcalc.language.staff import Staff
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.school import BASELINE, Hired, Post, Staffed
from staffcalc.school.staff.entries import Entry, EntryNames, counted_entry, is_role
from staffcalc.school.staff.ratios import is_ratio
from staffcalc.source.problems import Problems
from staffcalc.source.tree import Text

Staffing = dict[str, Staffed]


def whole_staff(entries: Mapping[Text, Staff], known: EntryNames, today: Staffing | None = None) -> Staffing:
    """The staff that a `baseline` or a `staffing` states, by role. `today` is that of the baseline for a `staffing`: a
    role that it leaves out has nobody."""
    staff: Staffing = {}
    for name, entry in entries.items():
        if today is not None and not _says_nothing_of_today(name, entry, known.problems):
            continue
        if (stated := _whole(name, entry, known)) is not None:
            before = None if today is None else today.get(name)
            staff[str(name)] = stated if today is None else _after(stated, before)
            if entry.cost is not None and before is not None and before.placements:
                what = f"`{name}` has a `cost`, and its people have their own pay"
                known.problems.add(entry.cost.place, what, "write the FTE alone, or make another role of the line")
    left_out = {name: one for name, one in (today or {}).items() if name not in entries and name in known.posts}
    return staff | {name: Staffed(known.posts[name], (), one.each, one.people) for name, one in left_out.items()}


def _whole(name: Text, entry: Staff, known: EntryNames) -> Staffed | None:
    """The staff of one role; None, with the problem, where there can be none such."""
    if not is_role(name, known):
        known.broken.add((BASELINE,))  # perhaps a role by another name: what a change takes from it is unknown
        return None
    one = counted_entry(name, entry, known)
    if one is None:
        return None
    if one.first_year is not None:
        hint = "say it in a `change`, of posts that it adds; here `months` are those of every year"
        known.problems.add(one.first_year.place, f"`first_year_months` of `{name}`, which nobody adds here", hint)
    below = next((count for count in one.counts if count.value < 0), None)
    if below is not None:
        known.problems.add(below.place, f"a negative number of `{name}`", "only a `change` takes staff away")
        known.broken.add((BASELINE, str(name)))
    if below is not None or name not in known.posts:
        return None
    post = known.posts[name]
    return Staffed(
        post,
        one.counts,
        one.each,
        one.people,
        one.placements,
        vacant=one.vacant,
        leaving=one.leaving,
        months=one.months,
    )


def _says_nothing_of_today(name: Text, entry: Staff, problems: Problems) -> bool:
    """Whether an entry of a scenario leaves out what is known of today's posts alone; if not, it is reported."""
    for key in ("vacant", "leaving"):
        figure: Figure | None = getattr(entry, key)
        if figure is not None:
            what = f"`{key}` of `{name}` is said of today's posts, and this is a scenario"
            problems.add(figure.place, what, "state it in the `baseline`: a plan gives up such posts first")
            return False
    return True


def _after(stated: Staffed, before: Staffed | None) -> Staffed:
    """The same staff with those who hold the post today, whose pay is known."""
    if stated.placements:
        return stated._replace(restated=True)
    if before is None or before.people != stated.people:
        return stated
    return stated._replace(placements=before.placements)


def changed_staff(start: Staffing, changes: Mapping[Text, Iterable[Staff]], known: EntryNames) -> Staffing:
    """The staff after a `change`; each changed role keeps its counts, so that a formula can tell them apart. A ratio
    restates the role: it is as if a `staffing` stated it."""
    staff = dict(start)
    for name, entry in ((name, entry) for name, entries in changes.items() for entry in entries):
        before = staff.get(name)
        if before is not None and is_ratio(entry):
            staff |= _restated(name, entry, known)
        elif before is not None and before.not_counted:
            continue  # more or fewer than nobody knows
        elif (one := _change(name, entry, before, known)) is not None:
            there = before if before is not None and before.counts else _nobody(known.posts[name], one, before)
            counts, placements = (*there.counts, *one.counts), (*there.placements, *one.placements)
            hired = (*there.hired, *_hired(one))
            staff[str(name)] = there._replace(counts=counts, placements=placements, hired=hired)
    return staff


def _hired(one: Entry) -> Iterator[Hired]:
    """The posts that an entry adds for a part of the year."""
    if one.months is not None or one.first_year is not None:
        yield from (Hired(count, one.months, one.first_year) for count in one.counts)


def _restated(name: Text, entry: Staff, known: EntryNames) -> Staffing:
    """The staff of one role as an entry states all of it; nothing, with the problem, where it cannot."""
    if not _says_nothing_of_today(name, entry, known.problems):
        return {}
    whole = _whole(name, entry, known)
    return {} if whole is None else {str(name): _after(whole, (known.today or {}).get(name))}


def _nobody(post: Post, one: Entry, before: Staffed | None = None) -> Staffed:
    """A post without staff, which an entry will count in its own way: people who come are of the FTE that it says, else
    of that which those `before` them have."""
    as_before = before is not None and before.people and one.people and one.each is None
    return Staffed(post, (), before.each if before is not None and as_before else one.each, one.people)


def _change(name: Text, entry: Staff, before: Staffed | None, known: EntryNames) -> Entry | None:
    """What a change says of one role; None, with the problem, where it cannot be made."""
    if not _says_nothing_of_today(name, entry, known.problems):
        return None
    if not is_role(name, known) or (one := counted_entry(name, entry, known)) is None or name not in known.posts:
        return None
    if (BASELINE, str(name)) in known.broken or (before is None and (BASELINE,) in known.broken):
        return None  # what there is to change is in doubt
    if before is None:
        before = _nobody(known.posts[name], one)
    if not _only_adds(name, one, known.problems):
        return None
    if before.counts and not _counts_alike(name, entry, one, before, known.problems):
        return None
    enough = _enough(name, one, before, known.problems) and _enough_on_cells(name, one, before, known.problems)
    return one if enough else None


def _enough(name: Text, one: Entry, before: Staffed, problems: Problems) -> bool:
    """Whether there is as much staff as a change takes away."""
    there = sum_of(before.counts)
    if there + one.total >= 0 or not one.counts:
        return True
    what = f"removes {plain(-one.total)} {'people' if one.people else 'FTE'} of `{name}`, but there are {plain(there)}"
    problems.add(one.counts[0].place, what, f"at most {plain(there)} can be removed")
    return False


def _enough_on_cells(name: Text, one: Entry, before: Staffed, problems: Problems) -> bool:
    """Whether there is as much staff on each cell as a change takes from it."""
    for placement in one.placements:
        assert placement.wage is not None
        there = sum_of(other.fte for other in before.placements if other.wage is placement.wage)
        if there + placement.fte.value < 0:
            cell = placement.wage.cells[0].name
            what = f"removes {plain(-placement.fte.value)} FTE of `{name}` from {cell}, but there are {plain(there)}"
            problems.add(placement.fte.place, what, f"at most {plain(there)} can be removed from this cell")
            return False
    return True


def _only_adds(name: Text, one: Entry, problems: Problems) -> bool:
    """Whether an entry of a change that is paid for a part of the year adds posts, by one number."""
    months = one.first_year or one.months
    if months is None:
        return True
    key = "months" if one.first_year is None else "first_year_months"
    if any(count.value <= 0 for count in one.counts):
        what = f"`{key}` of `{name}`, of which no posts are added"
        problems.add(months.place, what, "say it of posts that a change adds: {fte: +1, first_year_months: 5}")
        return False
    if any(isinstance(count, Figure) and count.dated_figures for count in one.counts):
        what = f"`{key}` of `{name}`, whose number is another one in single years"
        problems.add(months.place, what, "state one number, or several scenarios with `from`")
        return False
    return True


def _counts_alike(name: Text, entry: Staff, one: Entry, before: Staffed, problems: Problems) -> bool:
    place = one.counts[0].place if one.counts else name.place
    if before.people and not one.people:
        hint = f"write {{people: {one.total:+f}}}"
        problems.add(place, f"`{name}` is counted in people, and this change in FTE", hint)
        return False
    if not before.people and one.people:
        what = f"`{name}` is counted in FTE, and this change in people"
        problems.add(place, what, "write the change in FTE: +2 or -1.5")
        return False
    stated = before.each.value if before.each is not None else Decimal(1)
    if one.each is not None and one.each.value != stated:
        what = f"`{name}` are people of {stated:f} FTE each, and this change is of {one.each.value:f}"
        problems.add(one.each.place, what, "make a second role (`like` the first) for the other FTE")
        return False
    return True


def repost(staff: Staffing, posts: Mapping[str, Post]) -> Staffing:
    """The same staff under the posts of another plan (whose pay may differ)."""
    return {
        name: one if one.post is posts[name] else one._replace(post=posts[name])
        for name, one in staff.items()
        if name in posts
    }
