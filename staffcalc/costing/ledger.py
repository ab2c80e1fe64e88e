"""School → ledger: every dollar is a cost line that carries its formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from staffcalc.costing.dates import in_its_year
from staffcalc.costing.formula import Formula, Input, Rounded, add, less, times, value
from staffcalc.costing.funds import Charges, Payers, payers, split
from staffcalc.costing.pay import Pay, Price, component_line, grown_price
from staffcalc.costing.staff import Staff, staff
from staffcalc.schoolfile.language import OtherCost
from staffcalc.schoolfile.school import FundShare, Plan, Post, School, Staffed
from staffcalc.schoolfile.values import PayKind

ZERO = Decimal(0)
BASE_FIRST: tuple[PayKind, ...] = ("salary", "hourly", "stipend", "supplement")
"""Kinds of pay in the order of the lines: the first that a role has is its base pay."""


class CostLine(NamedTuple):
    """One component of one role, paid by one fund, in dollars.

    `fte` and `people` stand on a role's base-pay line alone, shared by fund, so that they add up. A cost that is
    not a role's has neither role nor category.
    """

    role: str | None
    category: str | None
    fund: str
    component: str
    formula: Formula
    amount: Decimal
    fte: Decimal | None = None
    people: Decimal | None = None


class RoleStaff(NamedTuple):
    """The staff of one role in one plan: exact FTE and people, and the positions they take up in an allotment."""

    role: str
    category: str | None
    staff: Staff
    fte: Decimal
    people: Decimal
    positions: Decimal | None


class PlanLedger(NamedTuple):
    """The cost lines of one plan (the baseline or a scenario), its staff and its budget by fund, in dollars."""

    plan: Plan
    lines: tuple[CostLine, ...]
    staff: tuple[RoleStaff, ...]
    budget: Mapping[str, Decimal]

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


def total(lines: Iterable[CostLine]) -> Decimal:
    """The dollars of the lines together."""
    return sum((line.amount for line in lines), ZERO)


def totals_by(lines: Iterable[CostLine], key: str) -> dict[str, Decimal]:
    """The dollars of the lines by `role`, `category`, `fund` or `component`; lines without one are left out."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        name = getattr(line, key)
        if name is not None:
            sums[name] = sums.get(name, ZERO) + line.amount
    return sums


def cost_school(school: School, price: Price | None = None) -> Ledger:
    """The ledger of a school. Each line is rounded once, half away from zero, to the school's unit.

    `price`: everybody at average pay, at actual pay, or at what a new hire earns; None: those who hold a post today
    cost what they cost, and posts that a plan adds or gives up what a new hire would.
    """
    stated, school = school, in_its_year(school)
    places = 2 if school.unit != 1 else 0
    known: dict[int, tuple[RoleStaff, tuple[CostLine, ...]]] = {}
    plans: list[PlanLedger] = []
    for plan in school.plans:
        roles: list[RoleStaff] = []
        lines: list[CostLine] = []
        for staffed in plan.staff:
            # A scenario shares most of its staff with the plan it starts from: those lines are the same.
            if id(staffed) not in known:
                known[id(staffed)] = _role_lines(staffed, places, price)
            role, own = known[id(staffed)]
            roles.append(role)
            lines.extend(own)
        for name, (cost, funds) in plan.other_costs.items():
            lines.extend(_other_cost_lines(name, cost, funds, plan, places))
        budget = _budget(plan, plans[0].lines if plans else lines, stated=school.plans[0].budget is not None)
        plans.append(PlanLedger(plan, tuple(lines), tuple(roles), budget))
    return Ledger(school, tuple(plans), price, stated)


def _budget(plan: Plan, baseline: Iterable[CostLine], *, stated: bool) -> dict[str, Decimal]:
    """The budget by fund; where the school states none, it is what the baseline costs."""
    budget = {} if stated else totals_by(baseline, "fund")
    return budget | {str(fund): figure.value for fund, figure in (plan.budget or {}).items()}


def _role_lines(staffed: Staffed, places: int, price: Price | None) -> tuple[RoleStaff, tuple[CostLine, ...]]:
    post = staffed.post
    people = staff(staffed, hires_apart=price is None)
    weight = post.role.weight
    positions = None if weight is None else _short(value(times(people.fte, Input.of("weight", weight))))
    role = RoleStaff(post.name, post.category, people, _short(value(people.fte)), value(people.people), positions)
    if role.fte == 0 and role.people == 0 and len(people.holdings) == 1:
        return role, ()
    pay = Pay(post, people, price)
    charges = Charges(post, pay)
    lines: list[CostLine] = []
    counted = False
    for component, formula, paying, whole in _components(post, pay, charges):
        # The first line is the base pay: salary, else hourly, else stipend, else a cost that all of its funds pay.
        base = whole and not counted
        counted |= base
        line = Rounded(formula, places)
        shared = charges.staff_of(paying, (role.fte, role.people)) if base else {}
        for fund, part in split(line, paying):
            fte, heads = shared.get(fund, (None, None))
            lines.append(CostLine(post.name, post.category, fund, component, part, value(part), fte, heads))
    return role, tuple(lines)


def _short(fte: Decimal) -> Decimal:
    """Without the zeros that a ratio's eight decimals may end in; hundredths stay."""
    digits, exponent = fte.as_tuple().digits, fte.as_tuple().exponent
    assert isinstance(exponent, int)
    zeros = next((at for at, digit in enumerate(reversed(digits)) if digit), len(digits))
    return fte.quantize(Decimal(1).scaleb(min(exponent + zeros, -2))) if exponent < -2 else fte


def _components(post: Post, pay: Pay, charges: Charges) -> Iterator[tuple[str, Formula, Payers, bool]]:
    """Each component of a post with its formula, the funds that pay it, and whether all of the post's funds do:
    base pay first, then the rest."""
    if post.role.vacancy is None:
        yield from _costs(post, pay, charges)
    else:
        costs = list(_costs(post, pay, charges))
        yield from costs
        vacancy = Input.of("vacancy", post.role.vacancy)
        for paying in dict.fromkeys(paying for _, _, paying, _ in costs):
            together = add(*(formula for _, formula, payers, _ in costs if payers == paying))
            yield "vacancy", less(times(together, vacancy)), paying, False
    for name, component in (post.role.saves or {}).items():
        if (saved := component_line(str(name), component, pay, None)) is not None:
            yield str(name), less(saved), charges.of_component(component), False


def _costs(post: Post, pay: Pay, charges: Charges) -> Iterator[tuple[str, Formula, Payers, bool]]:
    """All that a post costs before what is saved on it."""
    role = post.role
    for kind in BASE_FIRST:
        if (formula := pay.line(kind)) is not None:
            yield kind, formula, charges.of_pay(kind), True
    if role.extra_days is not None and (extra := pay.extra_days()) is not None:
        yield "extra days", extra, charges.of_pay("extra days"), True
    if role.attrition is not None and (attrition := pay.attrition()) is not None:
        yield "attrition", attrition, charges.of_pay("salary"), True
    for name, component in post.components.items():
        every = charges.of_component(component)
        paying = every if component.funds is None else tuple(one for one in every if one.fund in component.funds)
        if paying and (cost := component_line(name, component, pay, charges.carried(paying, every))) is not None:
            yield name, cost, paying, len(paying) == len(every)
    if role.absence_days is not None and (substitutes := pay.substitutes()) is not None:
        yield "substitutes", substitutes, charges.of_people(), True


def _other_cost_lines(
    name: str, cost: OtherCost, funds: tuple[FundShare, ...], plan: Plan, places: int
) -> Iterator[CostLine]:
    if cost.amount is not None:
        formula = grown_price(name, cost.amount, plan.other_growth)
    else:
        assert cost.per_student is not None
        assert plan.students is not None
        price = grown_price(f"{name} per student", cost.per_student, plan.other_growth)
        formula = times(Input.of("students", plan.students), price)
    for fund, part in split(Rounded(formula, places), payers(funds)):
        yield CostLine(None, None, fund, name, part, value(part))
