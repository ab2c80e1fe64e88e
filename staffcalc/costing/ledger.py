"""School → ledger: every dollar is a cost line that carries its formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from staffcalc.costing.formula import Formula, Input, Rounded, Share, add, times, value
from staffcalc.costing.pay import Pay, component_line
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
    """All plans of a school, the baseline first."""

    school: School
    plans: tuple[PlanLedger, ...]

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


def cost_school(school: School) -> Ledger:
    """The ledger of a school. Each line is rounded once, half away from zero, to the school's unit."""
    places = 2 if school.unit != 1 else 0
    known: dict[int, tuple[RoleStaff, tuple[CostLine, ...]]] = {}
    plans: list[PlanLedger] = []
    for plan in school.plans:
        roles: list[RoleStaff] = []
        lines: list[CostLine] = []
        for staffed in plan.staff:
            # A scenario shares most of its staff with the plan it starts from: those lines are the same.
            if id(staffed) not in known:
                known[id(staffed)] = _role_lines(staffed, places)
            role, own = known[id(staffed)]
            roles.append(role)
            lines.extend(own)
        for name, (cost, funds) in plan.other_costs.items():
            lines.extend(_other_cost_lines(name, cost, funds, plan, places))
        budget = _budget(plan, plans[0].lines if plans else lines, stated=school.plans[0].budget is not None)
        plans.append(PlanLedger(plan, tuple(lines), tuple(roles), budget))
    return Ledger(school, tuple(plans))


def _budget(plan: Plan, baseline: Iterable[CostLine], *, stated: bool) -> dict[str, Decimal]:
    """The budget by fund; where the school states none, it is what the baseline costs."""
    budget = {} if stated else totals_by(baseline, "fund")
    return budget | {str(fund): figure.value for fund, figure in (plan.budget or {}).items()}


class _Payer(NamedTuple):
    """A fund with the share it pays; `share` is None where it pays all."""

    fund: str
    share: Input | None


def _payers(funds: Iterable[FundShare]) -> tuple[_Payer, ...]:
    return tuple(
        _Payer(str(one.fund), None if one.share is None else Input.of(f"{one.fund} share", one.share)) for one in funds
    )


def _role_lines(staffed: Staffed, places: int) -> tuple[RoleStaff, tuple[CostLine, ...]]:
    post = staffed.post
    people = staff(staffed)
    weight = post.role.weight
    positions = None if weight is None else value(times(people.fte, Input.of("weight", weight)))
    role = RoleStaff(post.name, post.category, people, value(people.fte), value(people.people), positions)
    if role.fte == 0 and role.people == 0:
        return role, ()
    payers = _payers(post.funds)
    lines: list[CostLine] = []
    counted = False
    for component, formula, paying in _components(post, people, payers):
        # The first line is the base pay: salary, else hourly, else stipend, else a cost that all of its funds pay.
        base = role if not counted and len(paying) == len(payers) else None
        counted |= base is not None
        lines.extend(_by_fund(component, Rounded(formula, places), paying, post, base))
    return role, tuple(lines)


def _components(
    post: Post, people: Staff, payers: tuple[_Payer, ...]
) -> Iterator[tuple[str, Formula, tuple[_Payer, ...]]]:
    """Each component of a post with its formula and the funds that pay it: base pay first, then the rest."""
    pay = Pay(post.role, people)
    for kind in BASE_FIRST:
        if (formula := pay.line(kind)) is not None:
            yield kind, formula, payers
    for name, component in post.components.items():
        paying, carried = payers, None
        if component.funds is not None:
            paying = tuple(payer for payer in payers if payer.fund in component.funds)
            if not paying:
                continue
            if len(paying) < len(payers):
                carried = _together(paying)
        cost = component_line(name, component, pay, carried)
        if cost is not None:
            yield name, cost, paying


def _together(payers: Iterable[_Payer]) -> Formula:
    return add(*(payer.share for payer in payers if payer.share is not None))


def _by_fund(
    component: str, line: Rounded, payers: tuple[_Payer, ...], post: Post | None, role: RoleStaff | None
) -> Iterator[CostLine]:
    """The line shared among the funds that pay it, so that the shares add up to the line."""
    name, category = (post.name, post.category) if post is not None else (None, None)
    if len(payers) == 1:
        fte, people = (role.fte, role.people) if role is not None else (None, None)
        yield CostLine(name, category, payers[0].fund, component, line, value(line), fte, people)
        return
    carried = sum((payer.share.figure.value for payer in payers if payer.share is not None), ZERO)
    of = None if carried == 1 else _together(payers)
    for position, payer in enumerate(payers):
        assert payer.share is not None
        formula = Share(line, _together(payers[:position]), payer.share, of, line.places)
        part = payer.share.figure.value
        fte, people = (role.fte * part, role.people * part) if role is not None else (None, None)
        yield CostLine(name, category, payer.fund, component, formula, value(formula), fte, people)


def _other_cost_lines(
    name: str, cost: OtherCost, funds: tuple[FundShare, ...], plan: Plan, places: int
) -> Iterator[CostLine]:
    if cost.amount is not None:
        formula: Formula = Input.of(name, cost.amount)
    else:
        assert cost.per_student is not None
        assert plan.students is not None
        formula = times(Input.of("students", plan.students), Input.of(f"{name} per student", cost.per_student))
    yield from _by_fund(name, Rounded(formula, places), _payers(funds), None, None)
