"""No key without effect: what could say nothing where it stands is refused with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from staffcalc.source.problems import Place, Problems
from staffcalc.source.tree import ANNOTATIONS, Block, Text

if TYPE_CHECKING:
    from staffcalc.school.schedules import Schedules
    from staffcalc.school.school import Post, Staffed, Wage

Wrong = tuple[str, str]
"""What is wrong, and what would be right."""

_STATE_WHAT_IS_PAID = "state what is paid for these months, or use a schedule that has `months`"


def check_effects(posts: Iterable[Post], staff: Iterable[Staffed], schedules: Schedules, problems: Problems) -> None:
    """What roles say of released time, months and extra days changes what somebody costs.

    A figure that other roles take over by `like` works where it does so for one of them, in some plan.
    """
    staff, posts = list(staff), list(posts)
    staffed_roles = {staffed.post.name for staffed in staff}
    wrong: dict[Place, Wrong | None] = {}
    carried = [(one.post, [placed.wage for placed in one.placed], True) for one in staff]
    carried += [(post, [], False) for post in posts if post.name not in staffed_roles]
    for post, placed, is_staffed in carried:
        wages = [wage for wage in (post.salary, post.average, post.new_hire, *placed) if wage is not None]
        for figure, found in (
            (post.role.months, _without_cell(post, wages, is_staffed, schedules)),
            (post.role.extra_days, _without_salary(post, wages, is_staffed)),
        ):
            if figure is not None and (found is None or wrong.setdefault(figure.place, found) is None):
                wrong[figure.place] = None
    for place, found in wrong.items():
        if found is not None:
            problems.add(place, *found)
    releases = {post.role.release.share.place: post for post in posts if post.role.release is not None}
    for place, post in releases.items():
        _check_release(post, place, problems)


def _without_cell(post: Post, wages: Iterable[Wage], is_staffed: bool, schedules: Schedules) -> Wrong | None:
    """What is wrong where a role states months: its pay is no cell, or one of a schedule that knows no months."""
    role = post.role
    may_be = not is_staffed and (role.schedule is not None or (role.salary is None and role.hourly is None))
    if not may_be and not any(wage.rungs[0].name for wage in wages):
        return f"`{post.name}` has `months`, but its pay is no cell", _STATE_WHAT_IS_PAID
    if schedules.is_of_whole_years(role.schedule):
        what = f"`{post.name}` has `months`, but its schedule does not say for how many months its amounts are"
        return what, "add `months: 10` to the schedule, or `per: month`"
    return None


def _without_salary(post: Post, wages: Collection[Wage], is_staffed: bool) -> Wrong | None:
    """What is wrong where a role states extra days: there is no salary that they could be a part of."""
    if wages or post.role.hourly is not None or not is_staffed:
        return None
    return (
        f"`{post.name}` has `extra_days`, but no salary by the day",
        "add `salary: 50_000`, or pay the days by a stipend",
    )


def _check_release(post: Post, place: Place, problems: Problems) -> None:
    release = post.role.release
    if release is not None and release.cover is None and release.charged_to is None:
        what = f"the released time of `{post.name}` is neither covered nor charged to a fund"
        problems.add(place, what, "add `cover:` with a role, or `charged_to:` with a fund")


def check_funds_said(tree: Block, problems: Problems) -> None:
    """What is told of funds says something of each."""
    key = tree.key("funds")
    funds = None if key is None else tree[key]
    if key is None or not isinstance(funds, Block):
        return
    hint = "say when it `ends`, what it `pays_for` or its amounts in single `years`, or leave it out"
    if not funds:
        problems.add(key.place, "`funds` names no fund", "leave it out")
    for name, fund in funds.items():
        if isinstance(fund, Block) and all(said in ANNOTATIONS for said in fund):
            problems.add(name.place, f"nothing is said of the fund `{name}`", hint)
        elif isinstance(fund, Block) and isinstance(may := fund.get(Text("pays_for")), Block) and not may:
            problems.add(may.place, f"`pays_for` of `{name}` names nothing", "pays_for: {category: [teacher]}")
