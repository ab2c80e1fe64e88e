"""What a file names and no dollar is counted for. Blank is never taken for zero: each is listed with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import ZERO, totals_by
from staffcalc.costing.measures.unknown import say_not_stated, unpriced
from staffcalc.formula.words import people, plain
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.language.school_year import first_of, later
from staffcalc.questions.figures.provenance import where
from staffcalc.records import NamedTuple
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.school import Plan, Post, Staffed


class Uncosted(NamedTuple):
    """Something without a cost, and why."""

    what: str
    why: str


def uncosted(ledger: Ledger, plans: Sequence[PlanLedger]) -> tuple[Uncosted, ...]:
    """Roles without staff, funds without money or cost, packages nobody has, components that reach no pay, and what
    the file does not state at all."""
    unknown, plans = list(_not_stated(ledger, plans)), [plan for plan in plans if not plan.plan.not_stated]
    return tuple(
        dict.fromkeys(
            [
                *unknown,
                *_roles(ledger, plans),
                *_funds(plans),
                *_of_other_years(ledger),
                *_packages(ledger, plans),
                *_components(plans),
            ]
        )
    )


def _not_stated(ledger: Ledger, every: Sequence[PlanLedger]) -> Iterator[Uncosted]:
    plans = [plan for plan in every if not plan.plan.not_stated]
    if any(plan.budget is None and plan.lines for plan in plans):
        yield Uncosted("budget", "not stated: no plan is judged against one")
    for plan in plans:
        for fund, roles in plan.budget_without.items():
            yield Uncosted(
                f"budget of {plan.plan.called(fund)}", f"it is what staff costs, and {say_not_stated(roles)}"
            )
    yield from (Uncosted(f"scenario {plan.name}", "not stated") for plan in every if plan.plan.not_stated)
    if any(plan.students is None for plan in plans):
        yield Uncosted("students", "not stated: measures of students are n/a")


def _roles(ledger: Ledger, plans: Sequence[PlanLedger]) -> Iterator[Uncosted]:
    held = {one.post.name for plan in plans for one in plan.plan.staff}
    for name, post in ledger.school.posts.items():
        if name not in held:
            later_on = _not_yet(ledger, plans, name)
            lacks = f"and {later_on}" if later_on else "but no staff is stated"
            yield Uncosted(f"role {name}", f"defined in {where(post.place)}, {lacks}")
    zero: dict[tuple[str, str], list[str]] = {}
    for plan in plans:
        priced, not_priced = {line.role for line in plan.lines}, unpriced(plan)
        for one in plan.plan.staff:
            count = _count(one)
            if one.not_counted:
                zero.setdefault((f"role {one.post.name}", "number not stated"), []).append(plan.name)
            elif not count:
                phrase = people(count) if one.people else f"{plain(count)} FTE"
                zero.setdefault((f"role {one.post.name}", phrase), []).append(plan.name)
            elif one.post.name not in priced:
                phrase = "pay not stated" if one.post.name in not_priced else "no price: counted in positions alone"
                zero.setdefault((f"role {one.post.name}", phrase), []).append(plan.name)
    for (what, why), names in zero.items():
        yield Uncosted(what, f"{why} {_in(names, plans)}")


def _not_yet(ledger: Ledger, plans: Sequence[PlanLedger], role: str) -> str:
    """In which later year a plan has staff in a role that none has now; empty where none ever has."""
    chosen, year = {plan.name for plan in plans}, ledger.stated.year
    begins = [
        (years, plan.name)
        for plan in ledger.stated.plans
        for years, version in plan.later
        if plan.name in chosen and any(one.post.name == role for one in version.staff)
    ]
    if not begins or year is None:
        return ""
    years, name = min(begins)
    return f"has staff in {name} from {later(year, years)} on"


def _count(one: Staffed) -> Decimal:
    """How many hold the post, in FTE or in people."""
    return sum_of(one.now.counts)


def _in(names: Sequence[str], plans: Sequence[PlanLedger]) -> str:
    return "in every scenario" if len(names) == len(plans) > 1 else f"in {', '.join(names)}"


def _funds(plans: Sequence[PlanLedger]) -> Iterator[Uncosted]:
    no_money: dict[str, list[str]] = {}
    no_cost: dict[str, list[str]] = {}
    for plan in plans:
        costs = totals_by(plan.lines, "fund")
        for fund in dict.fromkeys([*(plan.budget or ()), *costs]):
            if plan.budget is not None and fund not in plan.budget_without and not plan.budget.get(fund, ZERO):
                no_money.setdefault(fund, []).append(plan.name)
            if not costs.get(fund, ZERO):
                no_cost.setdefault(fund, []).append(plan.name)
    for fund, names in no_money.items():
        yield Uncosted(f"fund {plans[0].plan.called(fund)}", f"has no money {_in(names, plans)}")
    for fund, names in no_cost.items():
        yield Uncosted(f"fund {plans[0].plan.called(fund)}", f"pays nothing {_in(names, plans)}")


def _of_other_years(ledger: Ledger) -> Iterator[Uncosted]:
    """Costs of one year alone, which is not this one."""
    for plan in ledger.stated.plans if ledger.stated.once else ():
        for name, (cost, _) in plan.other_costs.items():
            if cost.once is not None and first_of(cost.once) != first_of(ledger.school.year or ""):
                yield Uncosted(name, f"paid in {cost.once} alone: {where(cost.once.place)}")


def _packages(ledger: Ledger, plans: Sequence[PlanLedger]) -> Iterator[Uncosted]:
    had = {one.post.role.benefits for plan in plans for one in plan.plan.staff if _count(one)}
    for package in ledger.school.packages:
        if package not in had:
            having = [name for name, post in ledger.school.posts.items() if post.role.benefits == package]
            later_on = (f"of {role}, which {when}" for role in having if (when := _not_yet(ledger, plans, role)))
            yield Uncosted(f"benefits {package}", next(later_on, "no role with staff has them"))


def _components(plans: Sequence[PlanLedger]) -> Iterator[Uncosted]:
    """Components of a role with staff that have no line: they reach none of its pay."""
    for plan in plans:
        lines = {(line.role, line.component) for line in plan.lines}
        priced = {role for role, _ in lines}
        for one in plan.plan.staff:
            if one.post.name not in priced:
                continue
            for name in one.post.components:
                if (one.post.name, name) not in lines:
                    yield Uncosted(f"{name} of {one.post.name}", _why_not(plan.plan, one.post, name))


def _why_not(plan: Plan, post: Post, name: str) -> str:
    component = post.components[name]
    paying = {*(str(share.fund) for share in post.fund_shares), *post.pay_funds.values()}
    if component.funds is not None and not paying.intersection(component.funds):
        return f"only on pay that {' or '.join(map(plan.called, component.funds))} carries, and none of it does"
    kinds = [kind for kind in component.on or PAY_KINDS if getattr(post.role, kind) is None]
    return f"only on {' or '.join(component.on or kinds)}, which the role does not have"
