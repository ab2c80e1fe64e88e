"""Figures dated for one year: in that year they stand in the place of the others, which stay as they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from staffcalc.costing.growth.raises import raised_at_once
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of
from staffcalc.school.refigured import Refigured
from staffcalc.school.school import Plan, School


def in_its_year(school: School) -> School:
    """The school with the costs and the figures that its file states for the school's very year, and the same school
    if there are none."""
    if school.year is None:
        return school
    year = school.year
    if school.once:
        begins = first_of(year)
        school = school._replace(plans=tuple(with_costs_of(begins, plan) for plan in school.plans))
    if school.raised:
        school = raised_at_once(school)
    if not school.dated:
        return school
    resolving = Resolving(year)
    return school._replace(
        students=resolving.of(school.students),
        plans=tuple(_with_amounts(resolving.of(plan), year) for plan in school.plans),
        posts=resolving.of(school.posts),
        packages=resolving.of(school.packages),
    )


def with_costs_of(begins: int | None, plan: Plan) -> Plan:
    """The plan without the costs of single years other than the one that begins in this calendar year."""
    costs = {
        name: one for name, one in plan.other_costs.items() if one[0].once is None or first_of(one[0].once) == begins
    }
    return plan if len(costs) == len(plan.other_costs) else plan._replace(other_costs=costs)


def amounts_of(plan: Plan, year: str) -> dict[str, Figure]:
    """What funds of a plan's budget have in this year alone."""
    return {
        fund: figure
        for fund, figures in plan.budget_in_years.items()
        for figure in figures
        if is_of(figure, year) and (plan.budget_of_baseline or fund in (plan.budget or ()))
    }


def _with_amounts(plan: Plan, year: str) -> Plan:
    plan, amounts = added_up(plan), amounts_of(plan, year)
    return plan._replace(budget={**(plan.budget or {}), **amounts}) if amounts else plan


def added_up(plan: Plan) -> Plan:
    """The plan with all students of its grades together."""
    if not plan.grades or plan.students is None:
        return plan
    together = sum((grade.value for grade in plan.grades.values()), Decimal(0))
    return (
        plan
        if together == plan.students.value
        else plan._replace(students=plan.students._replace(value=together, relative=None))
    )


def is_of(figure: Figure, year: str) -> bool:
    """2027 and 2027-28 are the same school year."""
    return figure.dated is not None and first_of(figure.dated) == first_of(year)


class Resolving(Refigured):
    """The figures of one year. Nothing has to be looked through where the file is not `dated`."""

    def __init__(self, year: str, *, dated: bool = True) -> None:
        super().__init__(lambda figure: next((one for one in figure.dated_figures if is_of(one, year)), figure))
        self._dated = dated

    def of(self, thing: Any) -> Any:
        return super().of(thing) if self._dated else thing
