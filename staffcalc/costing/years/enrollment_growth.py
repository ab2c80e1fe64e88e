"""What rests on the growth of students: a later year as it is, less the same year with one of its rates at nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.growth.rates import Rates
from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.lines import ZERO, total
from staffcalc.costing.years.later_years import in_year, years_ahead
from staffcalc.language.figures import Figure
from staffcalc.language.layers import Rule, Series
from staffcalc.language.school_year import first_of
from staffcalc.records import NamedTuple
from staffcalc.school.school import Plan, School


class OnGrowth(NamedTuple):
    """A rate by which students grow, and the dollars that rest on it in each plan: of its cost, or of its budget where
    that is more."""

    rate: Figure
    dollars: Mapping[str, Decimal]


def resting_on_growth(ledger: Ledger) -> Iterator[OnGrowth]:
    """Each rate by which the students of a later year have grown; none in the year of the file."""
    stated, year = ledger.school.of_file, ledger.school.year
    if stated is None or stated.students is None or year is None:
        return
    number, first = years_ahead(stated, year), first_of(stated.year or "") or 0
    rates = {
        one.place: one
        for plan in stated.plans
        for _, one in Rates(plan.in_force(number), first).growth("enrollment", "", number).rates
    }
    for rate in rates.values():
        school = in_year(_without(stated, rate), number, price=ledger.price)
        others = {plan.name: plan for plan in cost_school(school, ledger.price).plans}
        yield OnGrowth(rate, {plan.name: _most(plan, others[plan.name]) for plan in ledger.plans})


def _most(plan: PlanLedger, without: PlanLedger) -> Decimal:
    cost = total(plan.lines) - total(without.lines)
    budget = sum((plan.budget or {}).values(), ZERO) - sum((without.budget or {}).values(), ZERO)
    return max(cost, budget, key=abs)


def _without(school: School, rate: Figure) -> School:
    """The school as its file states it, with this rate at nothing."""
    return school._replace(plans=tuple(_plan_without(plan, rate) for plan in school.plans))


def _plan_without(plan: Plan, rate: Figure) -> Plan:
    rules = tuple(
        one if one.enrollment is None else one.model_copy(update={"enrollment": _rule_without(one.enrollment, rate)})
        for one in plan.forecast
    )
    later = tuple((begins, _plan_without(one, rate)) for begins, one in plan.later)
    return plan._replace(forecast=rules, later=later)


def _rule_without(rule: Rule[Figure], rate: Figure) -> Rule[Figure]:
    def without(figure: Figure) -> Figure:
        return figure._replace(value=ZERO) if figure.place == rate.place else figure

    def series(one: Series[Figure]) -> Series[Figure]:
        each = None if one.each_year is None else without(one.each_year)
        return Series(each, {year: without(figure) for year, figure in one.by_year.items()}, one.bare)

    return Rule(series(rule.general), {name: series(one) for name, one in rule.named.items()})
