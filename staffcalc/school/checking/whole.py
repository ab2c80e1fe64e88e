"""What is checked when all plans of a file are there: prices, funds, released time, the rules for later years."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from staffcalc.language.fund import OtherCost
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.records import NamedTuple
from staffcalc.school.checking.checks import Names, check_checks
from staffcalc.school.checking.effects import check_effects, check_fund_blocks
from staffcalc.school.checking.time_checks import check_time
from staffcalc.school.drafts import Draft, Drafts
from staffcalc.school.fund_rules import check_fund, check_other_spending, check_spending, paid_by
from staffcalc.school.not_stated import check_unpriced
from staffcalc.school.parts.budgets import parts_of_revenue, rest_of
from staffcalc.school.roles import check_cover, check_limits, check_paid, check_price, is_priced
from staffcalc.school.school import BASELINE, GENERAL, Plan, Post
from staffcalc.school.staff.filled import check_filled, check_told_apart
from staffcalc.school.stated import Stated
from staffcalc.school.time import is_stated
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text


class _Budgeted(NamedTuple):
    """The funds of a stated budget; `own` names the scenario whose own it is, in a file that states none."""

    funds: Collection[str]
    own: Text | None = None


_Checked = set[tuple[int, int, bool]]
"""The posts that are checked already, each with the budget and the allotment that it was checked against."""


def check_plans(stated: Stated, drafts: Drafts) -> None:
    """What is staffed has a price, what is paid has a fund, and what rules name is there, in one plan or another."""
    plans = [draft.plan for draft in drafts.values()]
    posts = [one for draft in drafts.values() for one in draft.posts.values()]
    check_effects(posts, [staffed for plan in plans for staffed in plan.staff], stated.schedules, stated.problems)
    _check_funds(stated, plans, posts)
    _check_rooms(stated, plans, posts)
    check_time(drafts.values(), stated)
    _check_covers(stated, posts)
    check_filled([draft.posts for draft in drafts.values()], stated.broken, stated.problems)
    check_told_apart(plans, stated.problems)
    named = {str(fund) for one in posts for fund in one.role.funds or ()}  # also one that pays 0% for now
    named.update(str(fund) for one in posts for fund in one.pay_funds.values())
    checked: _Checked = set()
    for draft in drafts.values():
        budget = _budgeted(stated, draft, drafts)
        _check_posts(stated, draft.plan, budget, named, checked)
        _check_other_costs(stated, draft.plan, budget)
        check_unpriced(draft.plan.staff, stated.problems)
    _check_later_years(stated, plans, posts)


def check_own_checks(stated: Stated, drafts: Drafts) -> None:
    """The file's own `checks` can be judged."""
    plans = [draft.plan for draft in drafts.values()]
    known = Names(
        scenarios=tuple(drafts),
        roles=tuple(dict.fromkeys(name for draft in drafts.values() for name in draft.posts)),
        funds=tuple(dict.fromkeys(fund for plan in plans for fund in _funds_of(plan))),
        students=drafts[BASELINE].plan.students is not None,
        allotment=all(plan.allotment is not None for plan in plans),
        teams=any(plan.teams for plan in plans),
        rooms=any(one.role.rooms is not None for draft in drafts.values() for one in draft.posts.values()),
        rooms_available=all(plan.rooms_available is not None for plan in plans),
        time=any(map(is_stated, plans)),
        rest=any(rest_of(one) is not None for plan in plans for one in (plan.budget or {}).values()),
        modes=tuple(dict.fromkeys(mode.name for plan in plans for mode in plan.learning)),
        parts=tuple(dict.fromkeys(name for plan in plans for name in parts_of_revenue(plan.budget))),
        groups=cost_groups(plans),
        components=_components_known(plans, [one for draft in drafts.values() for one in draft.posts.values()]),
        year=str(stated.file.year) if stated.file.year is not None else None,
    )
    check_checks(stated.file.checks or (), known, stated.path, stated.broken, stated.problems)


def _check_funds(stated: Stated, plans: Collection[Plan], posts: Collection[Post]) -> None:
    """What is told of funds is told of those that there are."""
    if stated.is_budget_in_doubt:
        return
    known, roles = _funds_known(plans), {one.name for one in posts}
    for fund, rule in stated.fund_rules.items():
        check_fund(fund, rule, known, roles, stated.problems)


def _check_rooms(stated: Stated, plans: Collection[Plan], posts: Collection[Post]) -> None:
    """Rooms that there are, are needed by somebody."""
    if any(one.role.rooms is not None for one in posts) or any(path[0] == "roles" for path in stated.broken):
        return
    for figure in dict.fromkeys(plan.rooms_available for plan in plans if plan.rooms_available is not None):
        what = "there are `rooms_available`, and no role says how many rooms it needs"
        stated.problems.add(figure.place, what, "add `rooms: 1` to the roles that need one")


def _check_covers(stated: Stated, posts: Collection[Post]) -> None:
    roles = {one.name for one in posts}
    for one in posts:
        check_cover(one, roles, stated.broken, stated.problems)


def _check_posts(
    stated: Stated, plan: Plan, budget: _Budgeted | None, named: Collection[str], checked: _Checked
) -> None:
    """Every staffed post has a price, and funds that may pay for it. Most scenarios share their posts and their budget
    with the baseline: none is checked twice."""
    problems = stated.problems
    funds = sorted({*named, GENERAL, *(budget.funds if budget is not None else ())})
    posts = {staffed.post.name: staffed.post for staffed in plan.staff}
    for staffed in plan.staff:
        one = staffed.post
        if (key := (id(one), id(plan.budget), plan.allotment is None)) in checked:
            continue
        checked.add(key)
        original = posts.get(one.role.like or "")
        if original is None or original is one or is_priced(original.role):
            check_price(staffed, plan.allotment is not None, problems)
        check_limits(one, funds, problems)
        check_spending(staffed, stated.fund_rules, problems)
        if budget is not None:
            check_paid(one.name, paid_by(staffed), one.place, budget.funds, budget.own, problems)


def _check_other_costs(stated: Stated, plan: Plan, budget: _Budgeted | None) -> None:
    """Every other cost has what it is counted by, and funds that may pay for it."""
    problems = stated.problems
    for name, (cost, shares) in plan.other_costs.items():
        price = cost.price
        if cost.per_student is not None and plan.students is None and ("students",) not in stated.broken:
            what = f"`{name}` is per student, but `students` is missing"
            problems.add(cost.per_student.place, what, "add `students:` to the file")
        _check_share_of_budget(name, cost, plan, problems)
        check_other_spending(name, cost, shares, stated.fund_rules, problems)
        if budget is not None and price is not None:
            check_paid(name, shares, price.place, budget.funds, budget.own, problems)


def _check_share_of_budget(name: str, cost: OtherCost, plan: Plan, problems: Problems) -> None:
    """What is a share of a budget is one of a budget that does not rest on the cost itself."""
    if cost.budget_share is None or cost.of is None:
        return
    if plan.budget is not None and cost.of in plan.budget:
        if rest_of(plan.budget[str(cost.of)]) is not None:
            what = f"`{name}` is a share of the budget of `{cost.of}`, which is what that fund pays"
            problems.add(cost.of.place, what, "write an amount")
        return
    what = f"`{name}` is a share of the budget of `{cost.of}`, and none is stated"
    hint = nearest(cost.of, plan.budget, "funds") if plan.budget else "add `budget:` to the file"
    if plan.budget_of_baseline:
        what, hint = f"`{name}` is a share of a budget that is what today's staff cost", "state the budget as an amount"
    problems.add(cost.of.place, what, hint)


def _check_later_years(stated: Stated, plans: Collection[Plan], posts: Collection[Post]) -> None:
    """Figures of single years, the rules of forecasts and the ends of funds, where there are any."""
    year, problems = stated.file.year, stated.problems
    check_fund_blocks(stated.tree, problems)
    if stated.is_dated:
        from staffcalc.school.forecasts import check_dated

        check_dated(stated.tree, year, problems)
    if not stated.fund_rules and not any(plan.forecast for plan in plans):
        return
    from staffcalc.school.forecasts import check_ends, check_forecasts

    funds = sorted(_funds_known(plans))
    check_forecasts(plans, posts, funds, year, problems)
    check_ends(stated.fund_rules, [*funds, GENERAL] if stated.is_budget_in_doubt else funds, year, problems)


def _budgeted(stated: Stated, draft: Draft, drafts: Drafts) -> _Budgeted | None:
    """The funds of a stated budget; None where none is stated fund by fund, or where it is itself in doubt."""
    if draft.stated_budget.by_fund is None or draft.stated_budget.of_baseline or stated.is_budget_in_doubt:
        return None
    funds = set(draft.stated_budget.by_fund)
    if drafts[BASELINE].stated_budget.by_fund is not None:
        return _Budgeted(funds)
    first = draft
    while (before := drafts[first.plan.like or BASELINE]).stated_budget.by_fund is not None:
        first = before
    if any(path[:3] == ("scenarios", first.plan.name, "budget") for path in stated.broken):
        return None
    place = min(fund.place for fund in first.stated_budget.by_fund or ())
    return _Budgeted(funds, Text.at(first.plan.name, place))


def _funds_known(plans: Collection[Plan]) -> set[str]:
    return {fund for plan in plans for fund in _funds_of(plan)}


def _components_known(plans: Iterable[Plan], posts: Iterable[Post]) -> tuple[str, ...]:
    """The components of which a plan may have lines: kinds of pay, benefits, costs of roles, other costs."""
    of_posts = (name for post in posts for name in post.components)
    return tuple(
        dict.fromkeys([*PAY_KINDS, "extra days", *of_posts, *(name for plan in plans for name in plan.other_costs)])
    )


def cost_groups(plans: Iterable[Plan]) -> tuple[str, ...]:
    """The groups of the other costs of all plans."""
    costs = (cost for plan in plans for cost, _ in plan.other_costs.values())
    return tuple(dict.fromkeys(str(cost.group) for cost in costs if cost.group is not None))


def _funds_of(plan: Plan) -> list[str]:
    """The funds of a plan, in the order of its budget, then of its staff, then of its other costs."""
    paid = (str(share.fund) for staffed in plan.staff for share in paid_by(staffed))
    others = (str(share.fund) for _, shares in plan.other_costs.values() for share in shares)
    return list(dict.fromkeys([*(plan.budget or ()), *paid, *others]))
