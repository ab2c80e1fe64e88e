"""Exchanges of posts: what a plan gives up for what, whom it displaces, and which exchanges a file forbids."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from staffcalc.costing.ledger import ZERO, PlanLedger
from staffcalc.formula.words import plain
from staffcalc.language.check import EXCHANGE, Check
from staffcalc.questions.judgement import Judgement, Level


def judge_exchange(check: Check, plan: PlanLedger, baseline: PlanLedger, year: str | None) -> Judgement:
    """Whether a plan has fewer of some roles and more of others, which may not take their place."""
    assert check.never_exchange is not None
    assert check.instead is not None
    subject = f"never {' or '.join(check.never_exchange)} exchanged for {' or '.join(check.instead)}"
    fewer, more = _changes(check.never_exchange, plan, baseline), _changes(check.instead, plan, baseline)
    said = f"{_told(check.never_exchange, fewer)}; {_told(check.instead, more)}"
    wrong = any(change < 0 for change in fewer) and any(change > 0 for change in more)
    level: Level = "passed" if not wrong else "warning" if check.level == "warn" else "error"
    scenario = plan.name if year is None else f"{plan.name}, {year}"
    when = "" if year is None else f" in {year}"
    because = f", because {check.because}" if check.because and wrong else ""
    message = f"`{plan.name}`{when} has {said}{because}"
    hint = "keep the one, or do without the other" if wrong else ""
    return Judgement(EXCHANGE, subject, scenario, said, "no exchange", level, message, hint, check.measure.place)


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
