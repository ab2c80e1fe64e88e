"""No key without effect: what could say nothing where it stands is refused with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.roles import is_priced
from staffcalc.source.problems import Place, Problems
from staffcalc.source.tree import ANNOTATIONS, Block, Text

if TYPE_CHECKING:
    from staffcalc.school.schedules.schedules import Schedules
    from staffcalc.school.school import Post, Staffed, Wage

Wrong = tuple[str, str]
"""What is wrong, and what would be right."""

_STATE_WHAT_IS_PAID = "state what is paid for these months, or use a schedule that has `months`"


class _Use(NamedTuple):
    """A post in one plan with the wages of its staff, and the months that some of them are paid for; or one that no
    plan staffs."""

    post: Post
    wages: Sequence[Wage]
    is_staffed: bool
    months: Sequence[Figure] = ()


def check_effects(posts: Iterable[Post], staff: Iterable[Staffed], schedules: Schedules, problems: Problems) -> None:
    """What roles say of released time, months and extra days changes what somebody costs.

    A figure that other roles take over by `like` works where it does so for one of them, in some plan.
    """
    posts = list(posts)
    found: dict[Place, list[Wrong | None]] = {}
    for use in _uses(posts, list(staff)):
        for place, wrong in _effects(use, schedules):
            found.setdefault(place, []).append(wrong)
    for place, (first, *others) in found.items():
        if first is not None and None not in others:
            problems.add(place, *first)
    releases = {post.role.release.share.place: post for post in posts if post.role.release is not None}
    for place, post in releases.items():
        _check_release(post, place, problems)


def _uses(posts: Iterable[Post], staff: Collection[Staffed]) -> Iterator[_Use]:
    for staffed in staff:
        own = [placement.wage for placement in staffed.placements if placement.wage is not None]
        yield _Use(staffed.post, [*staffed.post.wages, *own], True, list(_months(staffed)))
    staffed_roles = {staffed.post.name for staffed in staff}
    yield from (_Use(post, post.wages, False) for post in posts if post.name not in staffed_roles)


def _months(staffed: Staffed) -> Iterator[Figure]:
    """The months that an entry of a plan says that somebody is paid for."""
    hired = [*staffed.hired, *(one for decided in staffed.decided for one in decided.hired)]
    said = [staffed.months, *(months for one in hired for months in (one.months, one.first_year))]
    yield from (months for months in said if months is not None)


def _effects(use: _Use, schedules: Schedules) -> Iterator[tuple[Place, Wrong | None]]:
    """The figures that may be without effect, each with what is wrong; None: it works here."""
    role = use.post.role
    if role.months is not None:
        yield role.months.place, _without_cell(use, schedules)
    if role.extra_days is not None:
        yield role.extra_days.place, _without_salary(use)
    for months in use.months:
        yield months.place, _without_pay(use)


def _without_cell(use: _Use, schedules: Schedules) -> Wrong | None:
    """What is wrong where a role states months: its pay is no cell, or one of a schedule that knows no months."""
    role, name = use.post.role, use.post.name
    may_be = not use.is_staffed and (role.schedule is not None or (role.salary is None and role.hourly is None))
    if not may_be and not any(wage.cells[0].name for wage in use.wages):
        return f"`{name}` has `months`, but its pay is no cell", _STATE_WHAT_IS_PAID
    if schedules.is_of_whole_years(role.schedule):
        what = f"`{name}` has `months`, but its schedule does not say for how many months its amounts are"
        return what, "add `months: 10` to the schedule, or `per: month`"
    return None


def _without_salary(use: _Use) -> Wrong | None:
    """What is wrong where a role states extra days: there is no salary that they could be a part of."""
    if use.wages or use.post.role.hourly is not None or not use.is_staffed:
        return None
    what = f"`{use.post.name}` has `extra_days`, but no salary by the day"
    return what, "add `salary: 50_000`, or pay the days by a stipend"


def _without_pay(use: _Use) -> Wrong | None:
    """What is wrong where an entry states months: nobody is paid anything, where posts count as positions alone."""
    role, name = use.post.role, use.post.name
    if use.wages or is_priced(role) or use.post.components or role.saves or use.post.not_priced:
        return None
    what = f"`{name}` is paid for some months, but is counted in positions and has no pay"
    return what, "leave the months out, or state what is paid: `salary: 50_000`"


def _check_release(post: Post, place: Place, problems: Problems) -> None:
    release = post.role.release
    if release is not None and release.cover is None and release.charged_to is None:
        what = f"the released time of `{post.name}` is neither covered nor charged to a fund"
        problems.add(place, what, "add `cover:` with a role, or `charged_to:` with a fund")


def check_fund_blocks(tree: Block, problems: Problems) -> None:
    """What is told of funds says something of each."""
    key = tree.key("funds")
    if key is None or not isinstance(funds := tree[key], Block):
        return
    if not funds:
        problems.add(key.place, "`funds` names no fund", "leave it out")
    for name, fund in funds.items():
        if isinstance(fund, Block):
            _check_fund_block(name, fund, problems)


def _check_fund_block(name: Text, fund: Block, problems: Problems) -> None:
    may = fund.get(Text("pays_for"))
    if all(key in ANNOTATIONS for key in fund):
        hint = "say when it `ends`, what it `pays_for` or its amounts in single `years`, or leave it out"
        problems.add(name.place, f"nothing is said of the fund `{name}`", hint)
    elif isinstance(may, Block) and not may:
        problems.add(may.place, f"`pays_for` of `{name}` names nothing", "pays_for: {category: [teacher]}")
