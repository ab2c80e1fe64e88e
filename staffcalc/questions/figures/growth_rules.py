"""What a file says of growth: which causes can move its cost from year to year, and which rules are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from staffcalc.costing.growth.causes import CAUSES, DECISIONS, Cause
from staffcalc.costing.growth.rates import some_leave
from staffcalc.language.figures import Figure
from staffcalc.language.kinds import LINE
from staffcalc.language.layers import Rule, Series
from staffcalc.school.school import Plan, School, Staffed
from staffcalc.source.tree import ANNOTATIONS

_CAUSE_OF: Mapping[str, Cause | None] = {
    "enrollment": "staff",
    "steps": "step",
    "turnover": "turnover",
    "cola": "COLA",
    "supplements": "supplements",
    "benefits": "benefits",
    "caps": "benefits",
    "other_costs": "other costs",
    "budget": None,
}
"""What each rule moves; a budget moves no cost but what is a share of it."""


_WORDS: Mapping[str, tuple[str, str]] = {
    "enrollment": ("growth of students", ""),
    "steps": ("steps gained", "steps gained by {}"),
    "turnover": ("turnover", "turnover of {}"),
    "cola": ("COLA", "COLA of {}"),
    "supplements": ("growth of supplements", "growth of supplements of {}"),
    "benefits": ("growth of benefits", "growth of {}"),
    "caps": ("growth of caps", "growth of the cap of {}"),
    "other_costs": ("growth of other costs", "growth of {}"),
    "budget": ("growth of the budget", "growth of the budget of {}"),
}
"""What the rate of each rule is called: that for all, and that of a unit, a benefit, a fund."""


def growth_names(plan: Plan) -> Iterator[tuple[str, Figure]]:
    """What a plan's rules for later years state, each with its name: "COLA of teachers in 2027-28"."""
    for forecast in plan.forecast:
        for key, (of_all, of_one) in _WORDS.items():
            rule: Rule[Figure] | None = getattr(forecast, key)
            if rule is not None:
                yield from _of_series(of_all, rule.general)
                for name, series in rule.named.items():
                    yield from _of_series(of_one.format(plan.called(name) if key == "budget" else name), series)


def _of_series(name: str, series: Series[Figure]) -> Iterator[tuple[str, Figure]]:
    if series.each_year is not None:
        yield name, series.each_year
    yield from ((f"{name} in {figure.dated}", figure) for figure in series.by_year.values())


def rules_missing(school: School) -> tuple[str, ...]:
    """The rules that a forecast would need, where the file says nothing of any later year; none where it says
    something, be it that nothing grows."""
    if school.dated or any(rule.years for rule in school.fund_rules.values()) or any(_rules(school)):
        return ()
    plans = [one for plan in school.plans for one in plan.versions]
    staffed = [one for plan in plans for one in plan.staff]
    needed = {
        "cola": any(LINE not in one.post.components for one in staffed),
        "supplements": any(one.post.role.supplement is not None for one in staffed),
        "benefits": any(one.post.components for one in staffed),
        "enrollment": school.students is not None,
        "other_costs": any(cost.once is None for plan in plans for cost, _ in plan.other_costs.values()),
        "budget": school.plans[0].budget is not None,
    }
    return tuple(rule for rule, is_needed in needed.items() if is_needed)


def moving(school: School) -> tuple[Cause, ...]:
    """The causes that can move the cost. One that has no rule and no dated figure moves nothing: each year it is as it
    was in the year before. Staff gain steps without a rule, and whoever leaves is followed by a new hire."""
    plans = [one for plan in school.plans for one in plan.versions]
    # Whoever was hired in the middle of the first year is paid for more of the next.
    hired = any(part.first_year is not None for plan in plans for one in plan.staff for part in one.hired)
    decisions: tuple[Cause, ...] = (DECISIONS,) if hired or any(plan.later for plan in school.plans) else ()
    causes = {_CAUSE_OF.get(rule, "unknown") for rule in _rules(school)}
    if school.dated or "unknown" in causes:  # by what a dated figure moves is not told by a rule
        return (*decisions, *CAUSES)
    staffed = [one for plan in plans for one in plan.staff]
    found = causes - {"step"}
    found |= {"step"} if any(map(_gains_steps, staffed)) else set()
    found |= {"staff"} if any(some_leave(one.today or one) for one in staffed) else set()
    found |= {"other costs"} if school.once or _shares_budgets(school) else set()
    found |= {"fund shift"} if any(rule.ends is not None for rule in school.fund_rules.values()) else set()
    return (*decisions, *(cause for cause in CAUSES if cause in found))


def _shares_budgets(school: School) -> bool:
    """Whether some other cost is a share of a budget, and moves as that does."""
    return any(cost.budget_share is not None for plan in school.plans for cost, _ in plan.other_costs.values())


def _rules(school: School) -> Iterator[str]:
    """The rules that the file and its scenarios state, by their keys."""
    for forecast in {
        id(one): one for plan in school.plans for version in plan.versions for one in version.forecast
    }.values():
        for key in type(forecast).model_fields:
            if key not in ANNOTATIONS and getattr(forecast, key) is not None:
                yield key


def _gains_steps(staffed: Staffed) -> bool:
    post = staffed.post
    wages = (*(one.wage for one in staffed.placements), post.salary, post.average, post.new_hire)
    return any(wage is not None and len(wage.cells) > 1 for wage in wages)
