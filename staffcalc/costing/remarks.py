"""What a reader should look at again: figures that are no error, and are seldom meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from staffcalc.costing.growth.dates import is_of
from staffcalc.costing.growth.endings import ended, payer
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import ZERO
from staffcalc.formula.words import listed, money, plain
from staffcalc.language.figures import Figure
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.language.rules import Rule, first_stated
from staffcalc.language.school_year import first_of, later
from staffcalc.school.fund_rules import STOP
from staffcalc.school.parts.counts import Alike
from staffcalc.school.school import Plan, School, Wage

SPREAD = Decimal("0.25")
"""How far outside of the full-time salaries of its role a salary may lie and still be one of them."""
FULL_TIME = Decimal(1)


def caps_that_stand_still(school: School, number: int) -> Iterator[str]:
    """The caps of benefits that no rule and no dated figure moves, `number` years after the file's.

    `school` is as the file states it, in its own year; a wage base that stands still for years is seldom meant.
    """
    first = first_of(school.year or "")
    if number < 1 or first is None:
        return
    year = later(school.year or "", number)
    for name, cap in dict.fromkeys(_still(school, first, number)):
        yield (
            f"{name} still counts pay up to {money(cap)} in {year}: say in `forecast: {{caps: …}}` how its cap moves, "
            f"or with `years` what it is then"
        )


def _still(school: School, first: int, number: int) -> Iterator[tuple[str, Decimal]]:
    for plan in school.plans:
        for staffed in plan.staff:
            for name, component in staffed.post.components.items():
                cap = component.up_to
                if cap is not None and not _is_moved(name, cap, plan, first, number):
                    yield name, cap.value


def _is_moved(name: str, cap: Figure, plan: Plan, first: int, number: int) -> bool:
    rules: list[Rule | None] = [forecast.caps for forecast in plan.forecast]
    if any(first_stated(rules, name, first + year) is not None for year in range(1, number + 1)):
        return True
    return any(is_of(one, str(first + number)) for one in (cap, *cap.dated_figures))


def changes_of_ended_funds(school: School, number: int) -> Iterator[str]:
    """What plans decide, up to `number` years after the file's, of posts that a fund pays which has ended by then and
    whom nobody pays after it: its share of them is gone already, and is neither added nor given up.

    `school` is as the file states it, in its own year.
    """
    found: dict[tuple[str, int, str], list[str]] = {}
    for plan in (plan.in_force(number) for plan in school.plans):
        for staffed in plan.staff:
            for year in (one.year for one in staffed.decided if one.year <= number):
                gone = ended(school, year)
                paying = [str(share.fund) for share in staffed.post.fund_shares]
                for fund in (fund for fund in paying if payer(school, fund, gone) == STOP):
                    names = found.setdefault((staffed.post.name, year, plan.called(fund)), [])
                    names.append(plan.name)
    for (role, year, fund), names in found.items():
        yield (
            f"{listed(names)}: what changes of {role} in {later(school.year or '', year)} is without the share of "
            f"{fund}, which has ended and stops: name who pays these posts, under `roles` of the scenario, if somebody "
            f"does"
        )


def savings_above_pay(ledger: Ledger) -> Iterator[str]:
    """The roles that would save more than they are paid, once each, with the dollars of the first plan of which this
    is true."""
    seen: set[str] = set()
    for plan in ledger.plans:
        for staffed in plan.plan.staff:
            role, saves = staffed.post.name, staffed.post.role.saves
            if not saves or role in seen:
                continue
            saved = -_dollars(plan, role, [str(name) for name in saves])
            paid = _dollars(plan, role, PAY_KINDS)
            if saved > paid:
                seen.add(role)
                yield f"{role} is paid {money(paid)} and `saves` {money(saved)}: is each person counted as meant?"


def _dollars(plan: PlanLedger, role: str, components: Sequence[str]) -> Decimal:
    return sum((line.amount for line in plan.lines if line.role == role and line.component in components), ZERO)


def pay_already_prorated(school: School) -> Iterator[str]:
    """The people of a roster whose part of a post has, by all appearances, a part of a salary: one remark a role.

    A roster's `salary` is for 1.0 FTE. Below the least full-time salary of the role, and among the full-time salaries
    once it is divided by the FTE, it looks like what is paid.
    """
    for staffed in school.plans[0].staff:
        people = [
            (one.fte.each.value, one.wage.cells[0].amount)
            for one in staffed.placements
            if isinstance(one.fte, Alike) and one.wage is not None and one.wage == Wage((one.wage.cells[0],))
            for _ in range(one.fte.people)
        ]
        paid = [salary.value for fte, salary in people if fte >= FULL_TIME]
        suspect = [one for one in people if paid and _looks_paid(*one, min(paid), max(paid))]
        if suspect:
            fte, salary = suspect[0]
            others = f" ({len(suspect)} of them)" if len(suspect) > 1 else ""
            yield (
                f"{salary.place.file}:{salary.place.line}: {plain(fte)} FTE of {staffed.post.name} with a salary of "
                f"{money(salary.value)}{others} looks like what is paid, and a salary is for 1.0 FTE (those in full "
                f"time have {money(min(paid))} and more): name the column `pay` if so"
            )


def covers_of_a_part_of_the_year(school: School) -> Iterator[str]:
    """The roles that are paid for a part of the year, whose cover is paid for all of it: one remark a role."""
    found: dict[str, str] = {}
    for plan in school.plans:
        for staffed in plan.staff:
            release = staffed.post.role.release
            if staffed.part_of_year and release is not None and release.cover is not None:
                found.setdefault(staffed.post.name, str(release.cover))
    for name, cover in found.items():
        yield (
            f"{name} is paid for a part of the year, and {cover}, which covers its released time, for all of it: leave "
            f"`cover` out and count this {cover} with `months` where it is there as long as {name} is"
        )


def _looks_paid(fte: Decimal, salary: Figure, least: Decimal, most: Decimal) -> bool:
    of_full_time = least * (1 - SPREAD) * fte <= salary.value <= most * (1 + SPREAD) * fte
    return fte < FULL_TIME and salary.value < least and of_full_time


def remarks(ledgers: Iterable[Ledger]) -> tuple[str, ...]:
    """All that is remarkable in some schools, each remark with its file."""
    return tuple(
        f"{ledger.school.file}: {remark}"
        for ledger in ledgers
        for remark in (
            *savings_above_pay(ledger),
            *pay_already_prorated(ledger.school),
            *covers_of_a_part_of_the_year(ledger.school),
        )
    )
