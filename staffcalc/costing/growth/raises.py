"""What staff are paid more: a unit by a rate or by a step, and everybody by the steps of a year."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from staffcalc.costing.growth.rates import Rates
from staffcalc.costing.shared import Shared
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import MOST_YEARS, first_of
from staffcalc.school.parts.growth import NO_GROWTH
from staffcalc.school.school import (
    Placement,
    Plan,
    School,
    Staffed,
    Wage,
)


def with_raise(school: School, unit: str, rate: Decimal) -> School:
    """The school with one unit's salaries, hourly pay and stipends raised by a rate."""

    def raised(staffed: Staffed) -> Staffed:
        post = staffed.post
        more = Figure(rate, "rate", post.place)
        before = post.growth.get("salary", NO_GROWTH)
        growth = {**post.growth, "salary": before._replace(rates=(*before.rates, (MOST_YEARS, more)))}
        return staffed._replace(post=post._replace(growth=growth))

    return _with_unit(school, unit, raised)


def raised_at_once(school: School) -> School:
    """The school of the file's own year with the raises of that very year."""
    first, known = first_of(school.year or ""), dict[tuple[int, ...], tuple[Staffed, Staffed]]()
    if first is None:
        return school

    def plan(one: Plan) -> Plan:
        rates = Rates(one, first)

        def raised(staffed: Staffed) -> Staffed:
            key = (id(staffed), *map(id, one.forecast))
            if key not in known:
                post = staffed.post
                growth = {**post.growth, "salary": rates.growth("cola", post.unit, 0, post.months)}
                known[key] = staffed, staffed._replace(post=post._replace(growth=growth))
            return known[key][1]

        return one._replace(staff=tuple(map(raised, one.staff)))

    return school._replace(plans=tuple(map(plan, school.plans)), raised=False)


def with_step(school: School, unit: str) -> School:
    """The school with those of one unit who are on a schedule a step further."""

    shared = Shared()

    def further(staffed: Staffed) -> Staffed:
        post = staffed.post
        one = Figure(Decimal(1), "number", post.place)
        hires = () if post.new_hire is None else (further_on(post.new_hire, one),)
        return with_steps_gained(
            staffed._replace(post=post._replace(hires=hires, entrants=(), gained=(one,))), one, shared
        )

    return _with_unit(school, unit, further)


def can_step(staffed: Staffed) -> bool:
    """Whether some of these staff are on a salary schedule."""
    wages = [one.wage for one in staffed.placements if one.wage is not None]
    wages += [staffed.post.salary] if staffed.post.salary is not None else []
    return any(wage.cells[0].name for wage in wages)


def _with_unit(school: School, unit: str, change: Callable[[Staffed], Staffed]) -> School:
    known: dict[int, Staffed] = {}

    def changed(staffed: Staffed) -> Staffed:
        if staffed.post.unit != unit:
            return staffed
        return known.setdefault(id(staffed), change(staffed))

    return school._replace(plans=tuple(plan._replace(staff=tuple(map(changed, plan.staff))) for plan in school.plans))


def further_on(wage: Wage, gained: Figure | None) -> Wage:
    """The wage so many steps further, where it is one of a schedule."""
    return wage if gained is None or len(wage.cells) < 2 else wage._replace(steps=gained)


def with_steps_gained(staffed: Staffed, gained: Figure, shared: Shared) -> Staffed:
    """Today's staff so many steps further; a post that nobody holds gains none."""

    def further(wage: Wage) -> Wage:
        return shared.once(("further", id(wage), gained), wage, lambda: further_on(wage, gained))

    def all_further(some: tuple[Placement, ...]) -> tuple[Placement, ...]:
        return shared.once(("further", id(some), gained), some, lambda: tuple(map(one_further, some)))

    def one_further(one: Placement) -> Placement:
        return one if one.wage is None or one.vacant else one._replace(wage=further(one.wage))

    post, today = staffed.post, staffed.today
    return staffed._replace(
        post=post if post.salary is None else post._replace(salary=further(post.salary)),
        placements=all_further(staffed.placements),
        today=None if today is None else today._replace(placements=all_further(today.placements)),
    )
