"""School → ledger: every dollar is a cost line that carries its formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from staffcalc.costing.budgets import amount, budget_formula
from staffcalc.costing.growth.dates import in_its_year
from staffcalc.costing.lines import ZERO, CostLine, RoleStaff
from staffcalc.costing.other_costs import other_cost_lines
from staffcalc.costing.pay.benefits import Benefits
from staffcalc.costing.pay.charges import Carried, Charged, Charges
from staffcalc.costing.pay.displaced import still_paid
from staffcalc.costing.pay.pay import Basis, Pay, Price
from staffcalc.costing.pay.persons import Posts, people_of, with_heads
from staffcalc.costing.pay.savings import less_savings
from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.filling import states_pay
from staffcalc.costing.staff.positions import PostStaff
from staffcalc.costing.staff.staff import staffs
from staffcalc.formula.formula import Evaluation, Formula, FundedShare, Sum, add, of_figure, times, value
from staffcalc.formula.rows import finite
from staffcalc.language.pay_kinds import BASE_FIRST
from staffcalc.records import NamedTuple
from staffcalc.school.fund_rules import paid_by
from staffcalc.school.parts.budgets import rest_of
from staffcalc.school.school import DISPLACED, NOBODY, Plan, School, Staffed
from staffcalc.school.staff.filled import linked


class PlanLedger(NamedTuple):
    """The cost lines of one plan (the baseline or a scenario), its staff and its budget by fund, in dollars; None: none
    is stated. `money` are the formulas of the budget, of funds too that nobody is there for. A fund that has what staff
    costs is not in the budget where nobody knows what some cost: `budget_without` names these roles.

    `nothing` are lines that come to nothing, since nobody is there: they would not, were some figure another one.
    """

    plan: Plan
    lines: tuple[CostLine, ...]
    staff: tuple[RoleStaff, ...]
    budget: Mapping[str, Decimal] | None
    nothing: tuple[CostLine, ...] = ()
    money: Mapping[str, Formula] = MappingProxyType({})
    budget_without: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def students(self) -> Decimal | None:
        return self.plan.students.value if self.plan.students is not None else None


class Ledger(NamedTuple):
    """All plans of a school in its year, the baseline first. `price`: at what pay everybody is priced; None: at their
    own. `stated` is the school with the figures of all years."""

    school: School
    plans: tuple[PlanLedger, ...]
    price: Price | None
    stated: School

    @property
    def baseline(self) -> PlanLedger:
        return self.plans[0]


def cost_school(school: School, price: Price | None = None, shared: Shared | None = None) -> Ledger:
    """The ledger of a school. Each line is rounded once, half away from zero, to the school's unit.

    `price`: everybody at average pay, at actual pay, or at what a new hire earns; None: those who hold a post today
    cost what they cost, and posts that a plan adds or gives up what a new hire would. `shared` is what
    other schools, such as those of other years, have in common with this one.
    """
    stated, school = school, in_its_year(school)
    places = school.places
    shared = shared or Shared()
    evaluation = shared.evaluation
    plans: list[PlanLedger] = []
    for plan in school.plans:
        roles, lines, nothing = staff_lines(plan, places, price, shared)
        for name, fund, formula in other_cost_lines(plan, places, evaluation):
            lines.append(CostLine(None, None, fund, name, formula, value(formula, evaluation)))
        costed = PlanLedger(plan, tuple(lines), tuple(roles), None, nothing)
        plans.append(_with_budget(costed, plans[0] if plans else costed, school, price, evaluation))
    return Ledger(school, tuple(plans), price, stated)


class _Costed(NamedTuple):
    """A post as it was costed."""

    staff: RoleStaff
    lines: tuple[CostLine, ...]
    nothing: tuple[CostLine, ...]


def staff_lines(
    plan: Plan, places: int, price: Price | None, shared: Shared
) -> tuple[list[RoleStaff], list[CostLine], tuple[CostLine, ...]]:
    """The staff of a plan and its cost lines, role by role; last what is still paid to people without a post. And
    apart the lines that come to nothing."""
    several = costed_together(plan.staff)
    together = {id(one) for one in several}
    costed: list[_Costed] = []
    for one in plan.staff:  # scenarios share most of their staff, and so do the states between two plans
        posts = several if id(one) in together else (one,)
        key = ("posts", places, price, *map(id, posts))
        found = shared.once(key, posts, lambda posts=posts: tuple(_costed(posts, places, price, shared)))  # type: ignore[misc]
        costed.append(found[next(at for at, post in enumerate(posts) if post is one)])
    own = [line for one in costed for line in one.lines if line.role != DISPLACED]
    displaced = [line for one in costed for line in one.lines if line.role == DISPLACED]
    roles = [one.staff for one in costed]
    if displaced:
        roles.append(RoleStaff(DISPLACED, None, PostStaff(add(), add(), ()), ZERO, ZERO, None))
    return roles, own + displaced, tuple(line for one in costed for line in one.nothing)


def costed_together(staff: Iterable[Staffed]) -> tuple[Staffed, ...]:
    """The posts that no one can be costed without the others: those of people who have several, and those that are
    filled from others."""
    staff = tuple(staff)
    moving = {id(one) for one in linked(staff)}
    return tuple(
        one
        for one in staff
        if id(one) in moving or any(placement.several for placement in (one.today or one).placements)
    )


def _costed(posts: tuple[Staffed, ...], places: int, price: Price | None, shared: Shared) -> Iterator[_Costed]:
    """Each of these posts, whose people may have several of them."""
    apart = price is None
    key = ("staffs", apart, *map(id, posts))  # the same staff at whatever one price
    every = shared.once(key, posts, lambda: staffs(posts, hires_apart=apart, shared=shared))
    people = [people_of(every, number) for number in range(len(posts))]  # whose own post is told first
    pays = [Pay(one.post, with_heads(every, number, people[number]), price, shared) for number, one in enumerate(posts)]
    for one, pay, its in zip(posts, pays, people, strict=True):
        yield _costed_post(one, Benefits(pay, Posts(its, pays)), places, _brings_unknown(pay, posts, price))


def _brings_unknown(pay: Pay, posts: Iterable[Staffed], price: Price | None) -> bool:
    """Whether somebody has come to a post with a pay of their own that is not stated."""
    source = pay.post.role.filled_from
    if states_pay(pay.post) or all(one.post.name != source or not one.post.not_priced for one in posts):
        return False
    if price == "average" or (price == "new_hire" and pay.post.new_hire is not None):
        return False  # everybody is priced one way
    moved = (position.fte for position in pay.staff.positions if position.moved)
    return any(value(fte, pay.evaluation) for fte in moved)


def _costed_post(one: Staffed, benefits: Benefits, places: int, brings_unknown: bool) -> _Costed:
    pay = benefits.pay
    charges = Charges(one.post, pay, pay.staff.positions)
    role = _role_staff(one, charges)
    if one.not_counted or one.post.not_priced or brings_unknown:
        paying = (*paid_by(one), *(paid_by(one.today) if one.today is not None else ()))
        funds = frozenset(str(fund) for fund, share in paying if fund != NOBODY and (share is None or share.value))
        not_priced = one.post.not_priced or brings_unknown
        role = role._replace(not_priced=not_priced, not_counted=one.not_counted, funds=funds)
    priced = (one.now.counts or one.placements) and not role.not_priced
    own = tuple(_lines(benefits, charges, places)) if priced else ()
    displaced = list(_displaced(benefits, places)) if pay.staff.given_up else []
    paid = [line for line in displaced if value(_whole(line), pay.evaluation)]
    not_paid = [line for line in displaced if not value(_whole(line), pay.evaluation)]
    if role.fte or role.people:
        return _Costed(role, (*own, *paid), tuple(not_paid))
    return _Costed(role, tuple(paid), (*own, *not_paid))


def _whole(line: CostLine) -> Formula:
    """The line of which this one is a fund's share."""
    return line.formula.line if isinstance(line.formula, FundedShare) else line.formula


def _displaced(benefits: Benefits, places: int) -> Iterator[CostLine]:
    """What is still paid to people whose posts are given up, on the funds that paid these."""
    pay = benefits.pay
    positions = [one.position for one in pay.staff.given_up]
    charges = Charges(pay.post, pay, positions)
    for component, charged in still_paid(benefits, charges):
        for fund, part in charges.split(charged, places):
            yield CostLine(DISPLACED, None, fund, component, part, value(part, pay.evaluation), post=pay.post.name)


def _with_budget(
    costed: PlanLedger, baseline: PlanLedger, school: School, price: Price | None, evaluation: Evaluation
) -> PlanLedger:
    """The plan with its budget by fund, and the formulas of it; without one where none is stated."""
    plan = costed.plan
    if plan.budget is None and not plan.budget_of_baseline:
        return costed
    stated = _stated_money(costed, school.places)
    paying, implied, without = set(stated), dict[str, Formula](), plan.budget_without
    if plan.budget_of_baseline:
        if price is not None:  # today's staff at their own pay, however everybody is priced now
            baseline = cost_school(school._replace(plans=school.plans[:1])).baseline
        paying |= {line.fund for line in baseline.lines}
        implied, without = _implied(baseline), not_stated_of(baseline)
    money = {fund: one for fund, one in implied.items() if fund not in without} | stated
    unknown = {fund: roles for fund, roles in without.items() if fund not in stated} | _rests_without(costed)
    budget = {fund: amount(money[fund], evaluation) for fund in money if fund in paying and fund not in unknown}
    return costed._replace(budget=budget, money=money, budget_without=unknown)


def _stated_money(plan: PlanLedger, places: int) -> dict[str, Formula]:
    """What each fund has by the file; of which a part is the rest, all that it pays."""
    return {
        fund: budget_formula(plan.plan.called(fund), one, places)
        if rest_of(one) is None
        else _needed_of_fund(fund, (*plan.lines, *plan.nothing), places)
        for fund, one in (plan.plan.budget or {}).items()
    }


def _rests_without(plan: PlanLedger) -> dict[str, tuple[str, ...]]:
    """The funds that have all that they pay where nobody knows what that is, with the roles without which they do."""
    budget = plan.plan.budget or {}
    return {fund: roles for fund, roles in not_stated_of(plan).items() if rest_of(budget.get(fund)) is not None}


def not_stated_of(plan: PlanLedger) -> dict[str, tuple[str, ...]]:
    """Of each fund the roles that it may pay and of which nobody knows what they cost."""
    unpriced = [role for role in plan.staff if role.unpriced]
    funds = dict.fromkeys(fund for role in unpriced for fund in sorted(role.funds))
    return {fund: tuple(role.role for role in unpriced if fund in role.funds) for fund in funds}


def _implied(baseline: PlanLedger) -> dict[str, Formula]:
    """What each fund pays for the baseline, also if that is nothing."""
    found: dict[str, list[Formula]] = {}
    for line in (*baseline.lines, *baseline.nothing):
        found.setdefault(line.fund, []).append(line.formula)
    return {fund: add(*formulas) for fund, formulas in found.items()}


def _role_staff(staffed: Staffed, charges: Charges) -> RoleStaff:
    post, evaluation = staffed.post, charges.pay.evaluation
    there = charges.paying.left(charges.pay.staff)
    weight = post.role.weight
    weighed = None if weight is None else finite(times(there.fte, of_figure("weight", weight)))
    positions = None if weighed is None else _short(value(weighed, evaluation))
    fte, people = _short(value(there.fte, evaluation)), value(there.people, evaluation)
    return RoleStaff(post.name, post.category, there, fte, people, positions, weighed)


def _short(fte: Decimal) -> Decimal:
    """Without the zeros that a ratio's eight decimals may end in; hundredths stay."""
    digits, exponent = fte.as_tuple().digits, fte.as_tuple().exponent
    assert isinstance(exponent, int)
    zeros = next((at for at, digit in enumerate(reversed(digits)) if digit), len(digits))
    return fte.quantize(Decimal(1).scaleb(min(exponent + zeros, -2))) if exponent < -2 else fte


def _lines(benefits: Benefits, charges: Charges, places: int) -> Iterator[CostLine]:
    """The lines of those who hold a post: base pay first, with the staff that each fund pays."""
    pay, post = charges.pay, charges.post
    counted = False
    for component, charged in _charged(benefits, charges):
        # The first line is the base pay: salary, else hourly, else stipend, else a cost that all of its funds pay.
        base = charged.all_pay and not counted
        counted |= base
        shared = charges.staff_of(charged) if base else {}
        for fund, part in charges.split(charged, places):
            own = CostLine(post.name, post.category, fund, component, part, value(part, pay.evaluation), post=post.name)
            yield _carrying(own, shared[fund], pay.evaluation) if fund in shared else own


def _carrying(line: CostLine, staff: Carried, evaluation: Evaluation) -> CostLine:
    fte, people = value(staff.fte, evaluation), value(staff.people, evaluation)
    return line._replace(fte=fte, people=people, carried=staff)


def _charged(benefits: Benefits, charges: Charges) -> Iterator[tuple[str, Charged]]:
    """Each component of a post with who pays it: base pay first, then the rest, last what is saved on it."""
    return less_savings(_costs(benefits, charges), benefits.pay.post, charges, benefits.basis)


def _costs(benefits: Benefits, charges: Charges) -> Iterator[tuple[str, Charged]]:
    """All that a post costs before what is saved on it."""
    pay, post = benefits.pay, benefits.pay.post
    own: list[tuple[str, Basis | None]] = [(kind, pay.line(kind)) for kind in BASE_FIRST]
    own += [("extra days", pay.extra_days()), ("attrition", pay.attrition())]
    for kind, basis in own:
        if basis is not None and (charged := charges.charge(basis)) is not None:
            yield kind, charged
    for name, component in post.components.items():
        basis = benefits.basis(name, component)
        if basis is not None and (charged := charges.charge(basis, component.funds)) is not None:
            yield name, charged
    if (basis := pay.substitutes()) is not None and (charged := charges.charge(basis)) is not None:
        yield "substitutes", charged


def _needed_of_fund(fund: str, lines: Iterable[CostLine], places: int) -> Formula:
    """What a fund must have where the rest of its revenue is what it costs: all that it pays, in dollars of so many
    decimals."""
    return Sum(tuple(line.formula for line in lines if line.fund == fund), places)
