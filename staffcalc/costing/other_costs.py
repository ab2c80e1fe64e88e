"""Costs that are not a role's, as lines: an amount, dollars for each student, or a share of a fund's budget."""

from __future__ import annotations

from collections.abc import Iterator

from staffcalc.costing.budgets import budget_formula
from staffcalc.costing.growth.wages import grown_price
from staffcalc.costing.pay.charges import lasting, payers, split, together
from staffcalc.formula.formula import Evaluation, Formula, Rounded, add, of_figure, times
from staffcalc.school.parts.growth import NO_GROWTH
from staffcalc.school.school import Plan


def other_cost_lines(plan: Plan, places: int, evaluation: Evaluation) -> Iterator[tuple[str, str, Formula]]:
    """The other costs of a plan, each with the funds that pay it and what each of them does."""
    for name, (_, funds) in plan.other_costs.items():
        every = payers(funds, plan.fund_names)
        paying = lasting(every)
        if not paying:
            continue
        formula = _formula(name, plan, places)
        if len(paying) < len(every):
            formula = times(formula, together(paying))
        line = Rounded(formula, places)
        yield from ((name, fund, part) for fund, part in split(line, paying, plan.fund_names, evaluation))


def _formula(name: str, plan: Plan, places: int) -> Formula:
    cost, growth = plan.other_costs[name][0], plan.other_growth.get(name, NO_GROWTH)
    if cost.amount is not None:
        return grown_price(name, cost.amount, growth)
    if cost.per_student is not None:
        return times(students_formula(plan), grown_price(f"{name} per student", cost.per_student, growth))
    assert cost.budget_share is not None
    budget = shared_budget(str(cost.of), plan, places)
    return times(budget, of_figure(f"{name} share of the budget", cost.budget_share))


def shared_budget(fund: str, plan: Plan, places: int) -> Formula:
    """The budget of a fund that another cost is a share of; nothing where the fund has ended."""
    budgets = (plan.budget if plan.shared_budget is None else plan.shared_budget) or {}
    return budget_formula(plan.called(fund), budgets[fund], places) if fund in budgets else add()


def students_formula(plan: Plan) -> Formula:
    """The students of a plan: those of all grades together, where the file gives grades."""
    figures = tuple(plan.grades.values()) or ((plan.students,) if plan.students is not None else ())
    return add(*(of_figure("students", figure) for figure in figures))
