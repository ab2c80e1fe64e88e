"""Baseline and scenarios → plans: `like`, `change` and `staffing` carried out and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from staffcalc.formula.words import plain
from staffcalc.language.figures import Figure, percent_of
from staffcalc.language.kinds import LINE
from staffcalc.language.schedule import FteTable
from staffcalc.language.staff import Staff
from staffcalc.language.validation import Broken
from staffcalc.school.counts import Count, Ratio
from staffcalc.school.needed import Needed
from staffcalc.school.ratios import Enrolment, is_ratio, ratios
from staffcalc.school.schedules import Schedules, fte_from_table
from staffcalc.school.school import BASELINE, Hired, Placed, Post, Staffed
from staffcalc.school.sums import sum_of
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text

Staffing = dict[str, Staffed]


class Known(NamedTuple):
    """What the entries of a plan may name: its roles and its students, the salary schedules, the table of FTE; and for
    a change the staff of `today`."""

    posts: Mapping[str, Post]
    enrolment: Enrolment
    schedules: Schedules
    table: FteTable | None
    broken: Broken
    problems: Problems
    today: Mapping[str, Staffed] | None = None


class _Entry(NamedTuple):
    """One entry of a plan as it is counted."""

    counts: tuple[Count, ...]
    each: Figure | None
    people: bool
    placed: tuple[Placed, ...]
    vacant: Figure | None = None
    leaving: Figure | None = None
    months: Figure | None = None
    first_year: Figure | None = None

    @property
    def total(self) -> Decimal:
        return sum_of(self.counts)


def whole_staff(entries: Mapping[Text, Staff], known: Known, today: Staffing | None = None) -> Staffing:
    """The staff that a `baseline` or a `staffing` states, by role. `today` is that of the baseline for a `staffing`: a
    role that it leaves out has nobody."""
    staff: Staffing = {}
    for name, entry in entries.items():
        if today is not None and not _says_nothing_of_today(name, entry, known.problems):
            continue
        if (stated := _whole(name, entry, known)) is not None:
            before = None if today is None else today.get(name)
            staff[str(name)] = stated if today is None else _after(stated, before)
            if entry.cost is not None and before is not None and before.placed:
                what = f"`{name}` has a `cost`, and its people have their own pay"
                known.problems.add(entry.cost.place, what, "write the FTE alone, or make another role of the line")
    left_out = {name: one for name, one in (today or {}).items() if name not in entries and name in known.posts}
    return staff | {name: Staffed(known.posts[name], (), one.each, one.people) for name, one in left_out.items()}


def _whole(name: Text, entry: Staff, known: Known) -> Staffed | None:
    """The staff of one role; None, with the problem, where there can be none such."""
    if not _known(name, known):
        known.broken.add((BASELINE,))  # perhaps a role by another name: what a change takes from it is unknown
        return None
    one = _entry(name, entry, known)
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
        post, one.counts, one.each, one.people, one.placed, vacant=one.vacant, leaving=one.leaving, months=one.months
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
    if stated.placed:
        return stated._replace(restated=True)
    if before is None or before.people != stated.people:
        return stated
    return stated._replace(placed=before.placed)


def changed_staff(start: Staffing, changes: Mapping[Text, Iterable[Staff]], known: Known) -> Staffing:
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
            counts, placed = (*there.counts, *one.counts), (*there.placed, *one.placed)
            hired = (*there.hired, *_hired(one))
            staff[str(name)] = there._replace(counts=counts, placed=placed, hired=hired)
    return staff


def _hired(one: _Entry) -> Iterator[Hired]:
    """The posts that an entry adds for a part of the year."""
    if one.months is not None or one.first_year is not None:
        yield from (Hired(count, one.months, one.first_year) for count in one.counts)


def _restated(name: Text, entry: Staff, known: Known) -> Staffing:
    """The staff of one role as an entry states all of it; nothing, with the problem, where it cannot."""
    if not _says_nothing_of_today(name, entry, known.problems):
        return {}
    whole = _whole(name, entry, known)
    return {} if whole is None else {str(name): _after(whole, (known.today or {}).get(name))}


def _nobody(post: Post, one: _Entry, before: Staffed | None = None) -> Staffed:
    """A post without staff, which an entry will count in its own way: people who come are of the FTE that it says, else
    of that which those `before` them have."""
    as_before = before is not None and before.people and one.people and one.each is None
    return Staffed(post, (), before.each if before is not None and as_before else one.each, one.people)


def _change(name: Text, entry: Staff, before: Staffed | None, known: Known) -> _Entry | None:
    """What a change says of one role; None, with the problem, where it cannot be made."""
    if not _says_nothing_of_today(name, entry, known.problems):
        return None
    if not _known(name, known) or (one := _entry(name, entry, known)) is None or name not in known.posts:
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


def _enough(name: Text, one: _Entry, before: Staffed, problems: Problems) -> bool:
    """Whether there is as much staff as a change takes away."""
    there = sum_of(before.counts)
    if there + one.total >= 0 or not one.counts:
        return True
    what = f"removes {plain(-one.total)} {'people' if one.people else 'FTE'} of `{name}`, but there are {plain(there)}"
    problems.add(one.counts[0].place, what, f"at most {plain(there)} can be removed")
    return False


def _enough_on_cells(name: Text, one: _Entry, before: Staffed, problems: Problems) -> bool:
    """Whether there is as much staff on each cell as a change takes from it."""
    for placed in one.placed:
        assert placed.wage is not None
        there = sum_of(other.fte for other in before.placed if other.wage is placed.wage)
        if there + placed.fte.value < 0:
            cell = placed.wage.rungs[0].name
            what = f"removes {plain(-placed.fte.value)} FTE of `{name}` from {cell}, but there are {plain(there)}"
            problems.add(placed.fte.place, what, f"at most {plain(there)} can be removed from this cell")
            return False
    return True


def _known(name: Text, known: Known) -> bool:
    posts, broken = known.posts, known.broken
    if name in posts or ("roles", str(name)) in broken or ("roles",) in broken:
        return True
    known.problems.add(
        name.place,
        f"`{name}` is no role here",
        nearest(name, [*posts, *(str(path[1]) for path in broken if path[0] == "roles" and len(path) > 1)], "roles"),
    )
    return False


def _entry(name: Text, entry: Staff, known: Known) -> _Entry | None:
    """How an entry counts its staff; None, with the problem, where it says nothing or two things."""
    found = _counted(name, entry, known)
    if found is not None and not _is_by_table(entry):
        found = found._replace(months=entry.months, first_year=entry.first_year_months)
        found = found if _can_be_paid(name, found, known) else None
    if found is not None:
        found = _with_posts_of_today(name, entry, found, known.problems)
    if found is None:
        known.broken.add((BASELINE, str(name)))
    return found


def _is_by_table(entry: Staff) -> bool:
    """Whether the months of an entry are those of the table of FTE."""
    return entry.hours is not None and entry.first_year_months is None


def _can_be_paid(name: Text, one: _Entry, known: Known) -> bool:
    """Whether the months that an entry is paid for are there in the year of its role."""
    whole = known.posts[name].months if name in known.posts else None
    most = Decimal(12) if whole is None else whole.value
    for figure in (one.months, one.first_year):
        if figure is not None and figure.value > most:
            what = f"`{name}` is paid for {plain(figure.value)} months, and its year has {plain(most)}"
            known.problems.add(figure.place, what, "leave the key out where it is the whole year")
            return False
    return True


def _only_adds(name: Text, one: _Entry, problems: Problems) -> bool:
    """Whether an entry of a change that is paid for a part of the year adds posts, by one number."""
    said = one.first_year or one.months
    if said is None:
        return True
    key = "months" if one.first_year is None else "first_year_months"
    if any(count.value <= 0 for count in one.counts):
        what = f"`{key}` of `{name}`, of which no posts are added"
        problems.add(said.place, what, "say it of posts that a change adds: {fte: +1, first_year_months: 5}")
        return False
    if any(isinstance(count, Figure) and count.years for count in one.counts):
        what = f"`{key}` of `{name}`, whose number is another one in single years"
        problems.add(said.place, what, "state one number, or several scenarios with `from`")
        return False
    return True


def _with_posts_of_today(name: Text, entry: Staff, one: _Entry, problems: Problems) -> _Entry | None:
    """The entry with the posts that nobody holds, and those of people who are leaving; None, with the problem, where
    there are fewer posts. Vacant posts beside cells are on none of them: they are so many more."""
    vacant, leaving = entry.vacant, entry.leaving
    if vacant is None and leaving is None:
        return one
    if vacant is not None and one.placed:
        one = one._replace(counts=(*one.counts, vacant))
    said = [figure for figure in (vacant, leaving) if figure is not None]
    of_today, unit = sum_of(said), "people" if one.people else "FTE"
    if of_today > one.total:
        what = f"{plain(of_today)} {unit} of `{name}` are vacant or leaving, but there are {plain(one.total)}"
        problems.add(
            said[-1].place, what, "the posts of a role are those that somebody holds and those that are vacant"
        )
        return None
    return one._replace(vacant=vacant, leaving=leaving)


def _counted(name: Text, entry: Staff, known: Known) -> _Entry | None:
    problems = known.problems
    if is_ratio(entry) or entry.each is not None:
        counts = ratios(name, entry, known.enrolment, known.posts, problems)
        return None if counts is None else _Entry(counts, None, False, ())
    if entry.rounding is not None:
        problems.add(name.place, f"`{name}` has a rounding but no ratio", "only the FTE of a ratio are rounded")
        return None
    if entry.cells is not None:
        return _on_cells(name, entry, known)
    if (entry.fte is None) == (entry.people is None):
        problems.add(name.place, f"how many `{name}`?", "write FTE (`2.5`), or {people: 4, fte_each: 0.5}")
        return None
    return _in_number(name, entry, known)


def _in_number(name: Text, entry: Staff, known: Known) -> _Entry | None:
    """An entry in FTE, or in people of so many FTE each."""
    each = entry.fte_each
    if each is not None and entry.people is None:
        known.problems.add(name.place, f"`{name}` has fte_each without people", "write {people: 4, fte_each: 0.5}")
    if each is not None and each.value == 0:
        known.problems.add(each.place, f"people of 0 FTE each in `{name}`", "fte_each is above zero")
    if entry.hours is not None:
        each = _by_hours(name, entry, known)
        if each is None:
            return None
    count = entry.people if entry.people is not None else entry.fte
    assert count is not None
    if count.unit == "rate":
        return _share_of_today(name, entry, count, known)
    return _Entry((count,), each, entry.people is not None, ())


def _share_of_today(name: Text, entry: Staff, share: Figure, known: Known) -> _Entry | None:
    """So much more or fewer of a role as a share of its staff of today; None, with the problem, where there is none."""
    said, problems = f"{'+' if share.value >= 0 else ''}{percent_of(share.value)}", known.problems
    if known.today is None:
        hint = "write the number; a share of today's staff stands under `change` in a scenario"
        problems.add(share.place, f"`{said}` of `{name}`, where all of it is stated", hint)
        return None
    today = known.today.get(name)
    if today is None or not today.counts:
        if (BASELINE, str(name)) not in known.broken and (BASELINE,) not in known.broken:
            there = "nobody knows how many there are" if today is not None and today.not_counted else "there are none"
            problems.add(share.place, f"`{said}` of `{name}`, and {there} today", "write how many: +2")
        return None
    if any(_of_another_role(count) for count in today.counts):
        what = f"`{said}` of `{name}`, whose number follows that of another role"
        problems.add(share.place, what, "write how many, or state another ratio")
        return None
    ratio = Ratio(str(name), today.counts, share.place, share, today=True)
    if today.people and ratio.value != ratio.value.to_integral_value():
        there = plain(sum((count.value for count in today.counts), Decimal(0)))
        what = f"`{said}` of {there} people of `{name}` is {plain(abs(ratio.value))} people"
        problems.add(share.place, what, "people are counted whole: write {people: -2}")
        return None
    return _Entry((ratio,), None, today.people or entry.people is not None, ())


def _of_another_role(count: Count) -> bool:
    if isinstance(count, Needed):
        return True
    return isinstance(count, Ratio) and (count.role is not None or any(map(_of_another_role, count.of)))


def _by_hours(name: Text, entry: Staff, known: Known) -> Figure | None:
    """The FTE of people who work so many hours a day for so many months, by the file's table."""
    example = "write {people: 3, hours: 6, months: 9}"
    assert entry.hours is not None
    if entry.months is None or entry.people is None or entry.fte_each is not None:
        known.problems.add(name.place, f"`{name}` needs people, hours and months together", example)
        return None
    if known.table is None:
        if ("fte_by_hours_and_months",) not in known.broken:
            what = f"`{name}` is by hours and months, but there is no table of their FTE"
            known.problems.add(entry.hours.place, what, "add `fte_by_hours_and_months:`, or write fte_each")
        return None
    return fte_from_table(known.table, entry.hours, entry.months, known.problems)


def _on_cells(name: Text, entry: Staff, known: Known) -> _Entry | None:
    if entry.fte is not None or entry.people is not None or entry.fte_each is not None:
        what = f"`{name}` is placed on cells and counted besides"
        known.problems.add(name.place, what, "give the FTE of each cell: {MA/7: 3, BA/1: 4.5}")
        return None
    post = known.posts.get(name)
    if post is None:
        return None
    if LINE in post.components:
        what = f"`{name}` is a line of FTE and dollars, and is placed on cells here"
        known.problems.add(name.place, what, "write the FTE alone, or make another role for those on cells")
        return None
    cells, role = entry.cells or {}, post.role
    wages = [(fte, known.schedules.wage(cell, role.schedule, role.months)) for cell, fte in cells.items()]
    if any(wage is None for _, wage in wages):
        return None
    return _Entry(tuple(cells.values()), None, False, tuple(Placed(fte, wage) for fte, wage in wages))


def _counts_alike(name: Text, entry: Staff, one: _Entry, before: Staffed, problems: Problems) -> bool:
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
