"""How measures of what only some files state come about: one-time costs, rooms, revenue, assumed figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.lines import ZERO, total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.stated_measures import paid_once, recurring, revenues, supplements, with_rooms
from staffcalc.costing.resting import Assuming
from staffcalc.costing.scope import Scope
from staffcalc.formula.words import MINUS, money, plain, rooms
from staffcalc.questions.explain.asked_measure import AskedMeasure
from staffcalc.questions.explain.explained_budget import revenue_parts
from staffcalc.questions.figures.provenance import origin, where
from staffcalc.report import ExplainedStep, Money, Percent


def one_time(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    lines = list(paid_once(asked.plan, asked.scope))
    year = asked.ledger.school.year
    if not lines:
        yield ExplainedStep(f"nothing is paid once in {year}" if year else "nothing is paid once", asked.cell)
        return
    yield from asked.line_steps(lines)
    for name in dict.fromkeys(line.component for line in lines):
        once = asked.plan.plan.other_costs[name][0].once
        if once is not None:
            yield ExplainedStep(f"{name} is paid in {once} alone; {where(once.place)}")
    yield ExplainedStep("added up", asked.cell)


def rooms_needed(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    if not asked.plan.plan.counts_rooms:
        yield ExplainedStep("not available: no role says how many rooms it needs", asked.cell)
        return
    posts = {one.post.name: one.post.role.rooms for one in asked.plan.plan.staff}
    for role, _ in with_rooms(asked.plan, asked.scope):
        stated = posts[role.role]
        assert stated is not None
        cell = asked.cell_of("rooms_needed", Scope((role.role,)))
        phrase = ExplainedStep(f"rooms of 1.0 FTE: {plain(stated.value)}; {origin(asked.ledger.school, stated)}")
        last = ExplainedStep(f"{plain(role.fte)} FTE × {rooms(stated.value)}", cell)
        yield ExplainedStep(role.role, cell, (*asked.count_steps(role), phrase, last))
    yield ExplainedStep("added up", asked.cell_of("rooms_needed"))


def rooms_left(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    there = asked.plan.plan.rooms_available
    needed = measure("rooms_needed", asked.plan, asked.ledger.baseline)
    if there is None or needed is None:
        missing = "how many rooms there are" if there is None else "how many rooms a role needs"
        yield ExplainedStep(f"not available: the file does not say {missing}", asked.cell)
        return
    yield ExplainedStep(f"rooms available: {plain(there.value)}; {origin(asked.ledger.school, there)}")
    yield ExplainedStep("rooms needed", asked.cell_of("rooms_needed"), tuple(rooms_needed(asked)))
    yield ExplainedStep(f"{plain(there.value)} {MINUS} {plain(needed)}", asked.cell)


def revenue(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    found = revenues(asked.plan, asked.scope.funds)
    if not found:
        yield ExplainedStep("not available: the file states no revenue", asked.cell)
        return
    for fund, one in found.items():
        of_fund = asked.cell_of("revenue", asked.scope._replace(funds=(fund,)))
        yield ExplainedStep(
            asked.plan.plan.called(fund),
            of_fund,
            tuple(revenue_parts(asked.ledger.school, one, asked.scope.of_revenue)),
        )
    yield ExplainedStep("added up", asked.cell)


def levy(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """What the fund pays, less the other parts of its revenue."""
    for fund, one in revenues(asked.plan).items():
        if one.rest is None:
            continue
        paid = sum((line.amount for line in asked.plan.lines if line.fund == fund), Decimal(0))
        lines = [line for line in asked.plan.lines if line.fund == fund]
        others = [part.name for part in one.parts]
        known = measure(
            "revenue", asked.plan, asked.ledger.baseline, Scope(funds=(fund,), of_revenue=others)
        ) or Decimal(0)
        yield ExplainedStep(f"{asked.plan.plan.called(fund)} pays", Money(paid), tuple(asked.line_steps(lines)))
        yield ExplainedStep("other revenue", Money(known), tuple(revenue_parts(asked.ledger.school, one)))
        raised = asked.cell_of("levy")
        yield ExplainedStep(f"{one.rest.name}: {money(paid)} {MINUS} {money(known)}", raised)
        return
    yield ExplainedStep("not available: no part of the revenue is the rest", asked.cell)


def levy_change(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """The levy against that of the year before."""
    raised = asked.cell_of("levy")
    yield ExplainedStep("levy", raised, tuple(levy(asked)))
    before = next((one.rest.last_year for one in revenues(asked.plan).values() if one.rest is not None), None)
    if before is None or not isinstance(raised, Money):
        yield ExplainedStep("not available: that of the year before is not stated", asked.cell)
        return
    yield ExplainedStep(f"the year before: {money(before.value)}; {origin(asked.ledger.school, before)}")
    yield ExplainedStep(f"({money(raised.amount)} {MINUS} {money(before.value)}) ÷ {money(before.value)}", asked.cell)


def staff_share(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    found = revenues(asked.plan, asked.scope.funds)
    if not found:
        yield ExplainedStep("not available: the file states no revenue", asked.cell)
        return
    for fund, one in found.items():
        whole = asked.cell_of("revenue", Scope(funds=(fund,)))
        share = one.staff_share
        phrase = (
            ExplainedStep("all of it is for staff")
            if share is None
            else ExplainedStep(origin(asked.ledger.school, share))
        )
        told = "1" if share is None else f"{plain(share.value * 100)}%"
        amount = money(whole.amount) if isinstance(whole, Money) else ""
        yield ExplainedStep(f"{asked.plan.plan.called(fund)}: {told} of {amount}", None, (phrase,))
    yield ExplainedStep("together" if len(found) > 1 else "of its revenue", asked.cell)


def supplement_share(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    of_supplement, of_salary = supplements(asked.plan._replace(nothing=()), asked.scope)
    amounts = [Money(total(lines)) for lines in (of_supplement, of_salary)]
    for phrase, lines, amount in zip(("supplements", "salaries"), (of_supplement, of_salary), amounts, strict=True):
        yield ExplainedStep(phrase, amount, tuple(asked.line_steps(lines)))
    if isinstance(asked.cell, Percent):
        yield ExplainedStep(f"{money(amounts[0].amount)} ÷ {money(amounts[1].amount)}", asked.cell)
    else:
        yield ExplainedStep("not available: nobody has a salary", asked.cell)


def left_recurring(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    plan = asked.plan
    if plan.budget is None:
        yield ExplainedStep("not available: the file states no budget", asked.cell)
        return
    funds, lines = recurring(plan._replace(nothing=()))
    budgets = [ExplainedStep(plan.plan.called(fund), Money(plan.budget.get(fund, ZERO))) for fund in funds]
    budget, cost = sum((plan.budget.get(fund, ZERO) for fund in funds), ZERO), total(lines)
    yield ExplainedStep("budget of funds that do not end", Money(budget), tuple(budgets))
    yield ExplainedStep("cost that goes on", Money(cost), tuple(asked.line_steps(lines)))
    yield ExplainedStep(f"{money(budget)} {MINUS} {money(cost)}", asked.cell)


def assumed_share(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    found = Assuming().of(asked.plan)
    yield ExplainedStep("cost", Money(found.cost))
    yield ExplainedStep("cost with every assumed figure at nothing", Money(found.cost - found.dollars))
    yield ExplainedStep("rests on assumed figures", Money(found.dollars))
    if isinstance(asked.cell, Percent):
        yield ExplainedStep(f"{money(found.dollars)} ÷ {money(found.cost)}", asked.cell)
    else:
        yield ExplainedStep("not available: there is no cost", asked.cell)


STEPS: Mapping[str, Callable[[AskedMeasure], Iterable[ExplainedStep]]] = {
    "one_time": one_time,
    "rooms_needed": rooms_needed,
    "rooms_left": rooms_left,
    "revenue": revenue,
    "staff_share": staff_share,
    "levy": levy,
    "levy_change": levy_change,
    "assumed_share": assumed_share,
    "supplement_share": supplement_share,
    "left_recurring": left_recurring,
}
