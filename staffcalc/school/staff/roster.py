"""A roster: today's staff one by one, each with their own pay, without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from staffcalc.formula.words import percent
from staffcalc.language.figures import Figure
from staffcalc.language.fractions import in_decimals
from staffcalc.language.staff import Person
from staffcalc.records import NamedTuple
from staffcalc.school.parts.counts import Alike
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.roles import fund_shares
from staffcalc.school.schedules.grids import AND, WITH
from staffcalc.school.schedules.schedules import Schedules
from staffcalc.school.school import FundShare, Placement, Post, ScheduleCell, Wage
from staffcalc.school.stated import Stated
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text

_Known = dict[tuple[str, str], Wage]
"""What is paid on the cells of each role that have been looked up without a problem."""


class _OneRow(NamedTuple):
    """What a row says of somebody, as in `Placement`."""

    fte: Figure
    wage: Wage | None
    person: str
    fund_shares: tuple[FundShare, ...]
    vacant: bool
    several: bool
    leaving: bool
    named: bool


def placements(rows: Iterable[Person], posts: Mapping[str, Post], stated: Stated) -> dict[str, tuple[Placement, ...]]:
    """The people of a roster by role, in the order of its rows; those who are alike together. Rows with one `id` are
    posts of one person. Whom a scenario lays off is told apart."""
    named = {str(one) for scenario in stated.scenarios.values() for one in scenario.laid_off or ()}
    rows, problems = list(rows), stated.problems
    posts_of = Counter(str(row.id) for row in rows if not row.vacant)
    _check_shares(rows, problems)
    for row in rows:
        if row.vacant and posts_of[str(row.id)]:
            problems.add(row.id.place, f"`{row.id}` holds a post, and is vacant", "give the vacant post its own `id`")
    found: dict[str, list[_OneRow]] = {}
    known: _Known = {}
    for row in rows:
        if not _has_post(row, posts, stated):
            continue
        before = len(problems)
        wage = _wage(row, posts[str(row.role)], stated.schedules, known, problems)
        funds = _funds(row, stated.default_fund, problems)
        if len(problems) == before:
            several = not row.vacant and posts_of[str(row.id)] > 1
            label = str(row.id)
            one = _OneRow(_fte(row), wage, label, funds, row.vacant, several, row.leaving, label in named)
            found.setdefault(str(row.role), []).append(one)
    return {role: tuple(_together(rows)) for role, rows in found.items()}


def _has_post(row: Person, posts: Mapping[str, Post], stated: Stated) -> bool:
    """Whether the role is known and some FTE are worked; if not, it is reported."""
    broken, problems = stated.broken, stated.problems
    if row.role not in posts:
        if ("roles", str(row.role)) not in broken and ("roles",) not in broken:
            problems.add(row.role.place, f"`{row.role}` is no role here", nearest(row.role, posts, "roles"))
        return False
    if row.vacant and row.leaving:
        problems.add(row.id.place, f"`{row.id}` is vacant and leaving", "a post that nobody holds is vacant")
        return False
    if not row.fte.value:
        problems.add(row.fte.place, f"`{row.id}` has 0 FTE", "leave out who does not work here")
        return False
    return True


def _together(rows: Iterable[_OneRow]) -> Iterator[Placement]:
    """People who are alike as one, where the first of them stands; whoever has several posts is told apart."""
    alike: dict[tuple[object, ...], list[_OneRow]] = {}
    for row in rows:
        value, unit, _, *noted = row.fte  # wherever it stands
        apart = id(row) if row.several or row.named else None
        key = (value, unit, *noted, id(row.wage), row.fund_shares, row.vacant, row.leaving, apart)
        alike.setdefault(key, []).append(row)
    for some in alike.values():
        first = some[0]
        fte = Alike(first.fte, len(some))
        yield Placement(fte, *first[1:])


def _fte(row: Person) -> Figure:
    """The FTE that stands in this row: all of the post, or a share of it."""
    if row.share is None:
        return row.fte
    if row.fte.over is None and row.share.over is None:
        return row.fte._replace(value=row.fte.value * row.share.value)
    exact = row.fte.exact * row.share.exact
    return row.fte._replace(value=in_decimals(exact), over=exact.as_integer_ratio())


def _check_shares(rows: Iterable[Person], problems: Problems) -> None:
    """The parts of one person's post in several rows come to all of it."""
    parts: dict[tuple[str, str], list[Figure]] = {}
    for row in rows:
        if row.share is not None:
            parts.setdefault((str(row.id), str(row.role)), []).append(row.share)
    for (person, role), shares in parts.items():
        together = sum_of(shares)
        if together != 1:
            what = f"the rows of `{person}` hold {percent(together)} of the post of {role}"
            problems.add(shares[0].place, what, "their shares must come to 100%")


def _funds(row: Person, default: str, problems: Problems) -> tuple[FundShare, ...]:
    """Who pays this person alone; nobody: the role's funds do."""
    if row.fund is not None and row.funds is not None:
        problems.add(row.fund.place, f"`{row.id}` has a fund and funds", "give one of them")
        return ()
    if row.fund is not None:
        return (FundShare(row.fund, None),)
    return () if row.funds is None else fund_shares(row, default, str(row.id), problems)


def _wage(row: Person, post: Post, schedules: Schedules, known: _Known, problems: Problems) -> Wage | None:
    """What this person earns; None, with the problem, where it is not stated once, and of a vacant post without pay."""
    if not _is_paid_one_way(row, problems):
        return None
    if row.salary is not None:
        return Wage((ScheduleCell("", row.salary),))
    if row.pay is not None:
        return Wage((ScheduleCell("", row.pay),), paid_for=row.fte)
    cell = _cell(row)
    if cell is None:
        return None
    if (wage := known.get((cell, post.name))) is not None:
        return wage
    before = len(problems)
    wage = schedules.wage(cell, post.role.schedule, post.role.months)
    if wage is not None and len(problems) == before:
        known[cell, post.name] = wage
    return wage


def _is_one_cell(row: Person, problems: Problems) -> bool:
    """Whether a row names a cell, a lane with its step, or neither."""
    if (row.lane is None) != (row.step is None):
        there, missing = ("lane", "step") if row.step is None else ("step", "lane")
        problems.add(row.id.place, f"`{row.id}` has a {there} but no {missing}", "give both, or a cell such as MA/7")
        return False
    if row.cell is not None and row.lane is not None:
        problems.add(row.cell.place, f"`{row.id}` has a cell and a lane with a step", "give one of them")
        return False
    return True


def _is_paid_one_way(row: Person, problems: Problems) -> bool:
    """Whether a row states pay once, or none for a vacant post; if not, it is reported."""
    if not _is_one_cell(row, problems):
        return False
    pay = (("a salary", row.salary), ("pay", row.pay), ("a cell", row.cell or row.lane))
    stated = [name for name, one in pay if one is not None]
    if len(stated) > 1 or (not stated and not row.vacant):
        what = f"`{row.id}` has {' and '.join(stated) or 'no pay'}"
        hint = "give a salary for 1.0 FTE, what is paid as `pay`, or a cell of the schedule: a lane and a step"
        problems.add(row.id.place, what, hint if stated else f"{hint}; write `vacant` where nobody holds the post")
        return False
    return True


def _cell(row: Person) -> Text | None:
    """The cell that a row names, or its lane and its step, with the differentials that this person has."""
    cell = row.cell
    if row.lane is not None and row.step is not None:
        cell = Text.at(f"{row.lane}/{row.step}", row.lane.place)
    if cell is None or row.differentials is None:
        return cell
    held = AND.join(part.strip() for part in row.differentials.split(AND))
    return Text.at(f"{cell}{WITH}{held}", cell.place)
