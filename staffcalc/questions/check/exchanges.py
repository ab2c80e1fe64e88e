"""Exchanges of posts: what a plan gives up for what, whom it displaces, and which exchanges a file forbids."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import ZERO, total
from staffcalc.costing.staff.posts import PostsOfRoles
from staffcalc.formula.formula import value
from staffcalc.formula.words import listed, money, people, plain
from staffcalc.language.check import EXCHANGE, Check
from staffcalc.questions.check.judgement import Judgement, Level
from staffcalc.school.school import DISPLACED

_GO_FIRST = (
    ("moved", "moves", "move", "to another post"),
    ("empty", "was", "were", "vacant"),
    ("leaving", "was", "were", "of people who leave"),
)
"""Those of posts given up who are not displaced, in the order in which they go, and the words for one and for more."""


def judge_exchange(check: Check, plan: PlanLedger, baseline: PlanLedger, year: str | None) -> Judgement:
    """Whether a plan has fewer of some roles and more of others, which may not take their place."""
    assert check.never_exchange is not None
    assert check.instead is not None
    subject = f"never {' or '.join(check.never_exchange)} exchanged for {' or '.join(check.instead)}"
    fewer, more = _changes(check.never_exchange, plan, baseline), _changes(check.instead, plan, baseline)
    phrase = f"{_told(check.never_exchange, fewer)}; {_told(check.instead, more)}"
    wrong = any(change < 0 for change in fewer) and any(change > 0 for change in more)
    level: Level = "passed" if not wrong else "warning" if check.level == "warn" else "error"
    scenario = plan.name if year is None else f"{plan.name}, {year}"
    when = "" if year is None else f" in {year}"
    because = f", because {check.because}" if check.because and wrong else ""
    message = f"`{plan.name}`{when} has {phrase}{because}"
    hint = "keep the one, or do without the other" if wrong else ""
    return Judgement(EXCHANGE, subject, scenario, phrase, "no exchange", level, message, hint, check.measure.place)


def exchange(old: PlanLedger, new: PlanLedger, *, today: bool) -> str:
    """What one plan has of posts more and fewer than another, at what price, and whom it displaces, in a sentence.
    `today`: the other plan is today's staff, whom it may displace."""
    roles = list(dict.fromkeys(role.role for plan in (new, old) for role in plan.staff if role.role != DISPLACED))
    changes = dict(zip(roles, _changes(roles, new, old), strict=True))
    gone = listed(f"{plain(-change)} FTE of {role}" for role, change in changes.items() if change < 0)
    come = listed(f"{plain(change)} FTE of {role}" for role, change in changes.items() if change > 0)
    price = total(new.lines) - total(old.lines)
    cost = "at the same cost" if not price else f"for {money(abs(price))} {'more' if price > 0 else 'less'}"
    if gone and come:
        phrase = f"{gone} exchanged for {come}, {cost}"
    elif gone or come:
        phrase = f"{gone or come} {'fewer' if gone else 'more'}, {cost}"
    else:
        phrase = f"no post is exchanged for another, {cost}"
    return f"{phrase}; {_displaced(new)}" if today else phrase


def _displaced(plan: PlanLedger) -> str:
    """Who of today's staff keeps no post, and who goes before them."""
    posts = PostsOfRoles(plan.plan.staff)
    roles = [role.role for role in plan.staff]

    def how_many(kind: str) -> Decimal:
        return value(posts.together(kind, roles))

    first = [f"{plain(found)} FTE {_verb(found, *words)}" for kind, *words in _GO_FIRST if (found := how_many(kind))]
    displaced, persons = how_many("displaced"), how_many("displaced_people")
    last = (
        f"{plain(displaced)} FTE ({people(persons)}) {_verb(displaced, 'is', 'are', 'displaced')}"
        if displaced or persons
        else "nobody is displaced"
    )
    return ", ".join([*first, last])


def _verb(number: Decimal, one: str, more: str, rest: str) -> str:
    return f"{one if number <= 1 else more} {rest}"


def _changes(roles: Iterable[str], plan: PlanLedger, baseline: PlanLedger) -> list[Decimal]:
    """The FTE of each role, more or fewer than in the baseline."""
    now, before = ({role.role: role.fte for role in one.staff} for one in (plan, baseline))
    return [now.get(role, ZERO) - before.get(role, ZERO) for role in roles]


def _told(roles: Iterable[str], changes: Iterable[Decimal]) -> str:
    told = (
        f"{plain(abs(change))} FTE {'fewer' if change < 0 else 'more'} of {role}" if change else f"{role} as today"
        for role, change in zip(roles, changes, strict=True)
    )
    return ", ".join(told)
