"""One entry of a plan as it is counted: FTE, people, cells of a schedule, or a ratio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from staffcalc.formula.words import plain
from staffcalc.language.figures import Figure, percent_of
from staffcalc.language.kinds import LINE
from staffcalc.language.schedule import FteTable
from staffcalc.language.staff import Staff
from staffcalc.language.validation import Broken
from staffcalc.records import NamedTuple
from staffcalc.school.enrollment import Enrollment
from staffcalc.school.parts.counts import StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.parts.needed import Needed
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.schedules.schedules import Schedules, fte_from_table
from staffcalc.school.school import BASELINE, Placement, Post, Staffed
from staffcalc.school.staff.ratios import is_ratio, ratios
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text


class EntryNames(NamedTuple):
    """What the entries of a plan may name: its roles and its students, the salary schedules, the table of FTE; and for
    a change the staff of `today`."""

    posts: Mapping[str, Post]
    enrollment: Enrollment
    schedules: Schedules
    table: FteTable | None
    broken: Broken
    problems: Problems
    today: Mapping[str, Staffed] | None = None


class Entry(NamedTuple):
    """One entry of a plan as it is counted."""

    counts: tuple[StaffCount, ...]
    each: Figure | None
    people: bool
    placements: tuple[Placement, ...]
    vacant: Figure | None = None
    leaving: Figure | None = None
    months: Figure | None = None
    first_year: Figure | None = None

    @property
    def total(self) -> Decimal:
        return sum_of(self.counts)


def is_role(name: Text, known: EntryNames) -> bool:
    posts, broken = known.posts, known.broken
    if name in posts or ("roles", str(name)) in broken or ("roles",) in broken:
        return True
    roles = [*posts, *(str(path[1]) for path in broken if path[0] == "roles" and len(path) > 1)]
    hint = nearest(name, roles, "roles")
    if name in ("months", "first_year_months") and roles:
        hint = f"it is said of an entry: {{{roles[0]}: {{fte: {'1' if name == 'months' else '+1'}, {name}: 5}}}}"
    known.problems.add(name.place, f"`{name}` is no role here", hint)
    return False


def counted_entry(name: Text, entry: Staff, known: EntryNames) -> Entry | None:
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


def _can_be_paid(name: Text, one: Entry, known: EntryNames) -> bool:
    """Whether the months that an entry is paid for are there in the year of its role."""
    whole = known.posts[name].months if name in known.posts else None
    most = Decimal(12) if whole is None else whole.value
    for figure in (one.months, one.first_year):
        if figure is not None and figure.value > most:
            what = f"`{name}` is paid for {plain(figure.value)} months, and its year has {plain(most)}"
            known.problems.add(figure.place, what, "leave the key out where it is the whole year")
            return False
    return one.first_year is None or _can_begin_in_the_year(name, one.first_year, known)


def _can_begin_in_the_year(name: Text, months: Figure, known: EntryNames) -> bool:
    """Whether posts may be paid from the middle of a year on: whoever comes from another role would have been paid
    there, or on no post, for the months before."""
    source = known.posts[name].role.filled_from if name in known.posts else None
    if source is None or source not in known.posts or known.posts[source].saves_own:
        return True
    what = f"`{name}` is filled from `{source}`, whose people nobody pays before these {plain(months.value)} months"
    hint = f"leave `first_year_months` out; or write `cut_saves: own` of `{source}`, whose people are not paid then"
    known.problems.add(months.place, what, hint)
    return False


def _with_posts_of_today(name: Text, entry: Staff, one: Entry, problems: Problems) -> Entry | None:
    """The entry with the posts that nobody holds, and those of people who are leaving; None, with the problem, where
    there are fewer posts. Vacant posts beside cells are on none of them: they are so many more."""
    vacant, leaving = entry.vacant, entry.leaving
    if vacant is None and leaving is None:
        return one
    if vacant is not None and one.placements:
        one = one._replace(counts=(*one.counts, vacant))
    follows = any(map(_of_another_role, one.counts))  # how many there are is not known before the others are counted
    if not follows and not _has_posts_of_today(name, (vacant, leaving), one.counts, one.people, problems):
        return None
    return one._replace(vacant=vacant, leaving=leaving)


def check_posts_of_today(staff: Mapping[str, Staffed], problems: Problems) -> None:
    """Of a role whose number follows that of another, as many posts are there as are vacant or leaving; said of staff
    that has been counted. Cover of released time is not among the posts that an entry states."""
    for name, one in staff.items():
        counts = [count for count in one.counts if not (isinstance(count, StaffRatio) and count.cover)]
        if any(map(_of_another_role, counts)):
            _has_posts_of_today(name, (one.vacant, one.leaving), counts, one.people, problems)


def _has_posts_of_today(
    name: str,
    of_today: Iterable[Figure | None],
    counts: Iterable[StaffCount],
    people: bool,
    problems: Problems,
) -> bool:
    """Whether a role has as many posts as its entry says of today's; if not, it is reported."""
    stated = [figure for figure in of_today if figure is not None]
    said, there, unit = sum_of(stated), sum_of(counts), "people" if people else "FTE"
    if said <= there:
        return True
    what = f"{plain(said)} {unit} of `{name}` are vacant or leaving, but there are {plain(there)}"
    problems.add(stated[-1].place, what, "the posts of a role are those that somebody holds and those that are vacant")
    return False


def _counted(name: Text, entry: Staff, known: EntryNames) -> Entry | None:
    problems = known.problems
    if entry.section_rounding is not None and entry.sections is None:
        hint = "`rounding` is of the FTE; only the sections of grades are rounded so"
        problems.add(name.place, f"`{name}` has a rounding of sections, and no sections", hint)
        return None
    if is_ratio(entry) or any(part is not None for part in (entry.each, entry.periods, entry.load)):
        counts = ratios(name, entry, known.enrollment, known.posts, problems)
        return None if counts is None else Entry(counts, None, False, ())
    if entry.rounding is not None:
        problems.add(name.place, f"`{name}` has a rounding but no ratio", "only the FTE of a ratio are rounded")
        return None
    if entry.cells is not None:
        return _on_cells(name, entry, known)
    if (entry.fte is None) == (entry.people is None):
        problems.add(name.place, f"how many `{name}`?", "write FTE (`2.5`), or {people: 4, fte_each: 0.5}")
        return None
    return _in_number(name, entry, known)


def _in_number(name: Text, entry: Staff, known: EntryNames) -> Entry | None:
    """An entry in FTE, or in people of so many FTE each."""
    each = entry.fte_each
    if each is not None and entry.people is None:
        known.problems.add(name.place, f"`{name}` has fte_each without people", "write {people: 4, fte_each: 0.5}")
    if each is not None and (nothing := each.nothing) is not None:
        known.problems.add(nothing.place, f"people of 0 FTE each in `{name}`", "fte_each is above zero")
    if entry.hours is not None:
        each = _by_hours(name, entry, known)
        if each is None:
            return None
    count = entry.people if entry.people is not None else entry.fte
    assert count is not None
    if count.unit == "rate":
        return _share_of_today(name, entry, count, known)
    return Entry((count,), each, entry.people is not None, ())


def _share_of_today(name: Text, entry: Staff, share: Figure, known: EntryNames) -> Entry | None:
    """So much more or fewer of a role as a share of its staff of today; None, with the problem, where there is none."""
    stated, problems = f"{'+' if share.value >= 0 else ''}{percent_of(share.value)}", known.problems
    if known.today is None:
        hint = "write the number; a share of today's staff stands under `change` in a scenario"
        problems.add(share.place, f"`{stated}` of `{name}`, where all of it is stated", hint)
        return None
    today = known.today.get(name)
    if today is None or not today.counts:
        if (BASELINE, str(name)) not in known.broken and (BASELINE,) not in known.broken:
            there = "nobody knows how many there are" if today is not None and today.not_counted else "there are none"
            problems.add(share.place, f"`{stated}` of `{name}`, and {there} today", "write how many: +2")
        return None
    if any(_of_another_role(count) for count in today.counts):
        what = f"`{stated}` of `{name}`, whose number follows that of another role"
        problems.add(share.place, what, "write how many, or state another ratio")
        return None
    ratio = StaffRatio(str(name), today.counts, share.place, share, today=True)
    if today.people and ratio.value != ratio.value.to_integral_value():
        there = plain(sum((count.value for count in today.counts), Decimal(0)))
        what = f"`{stated}` of {there} people of `{name}` is {plain(abs(ratio.value))} people"
        problems.add(share.place, what, "people are counted whole: write {people: -2}")
        return None
    return Entry((ratio,), None, today.people or entry.people is not None, ())


def _of_another_role(count: StaffCount | StaffOfRole) -> bool:
    if isinstance(count, Needed | StaffOfRole):
        return True
    return isinstance(count, StaffRatio) and any(map(_of_another_role, count.of))


def _by_hours(name: Text, entry: Staff, known: EntryNames) -> Figure | None:
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


def _on_cells(name: Text, entry: Staff, known: EntryNames) -> Entry | None:
    if any(one is not None for one in (entry.fte, entry.people, entry.fte_each, entry.hours)):
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
    return Entry(tuple(cells.values()), None, False, tuple(Placement(fte, wage) for fte, wage in wages))
