"""Does what a file states hold? Each check is judged against the measures that every other command shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.dates import Resolving
from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.measures import Part, measure, quotient
from staffcalc.costing.stated_measures import revenues
from staffcalc.costing.trying import Tried, Trying
from staffcalc.formula.words import money, people, percent, plain, rooms
from staffcalc.language.check import Check
from staffcalc.language.figures import Figure
from staffcalc.questions.exchanges import judge_exchange
from staffcalc.questions.fit import verdict
from staffcalc.questions.judgement import Judgement, Level
from staffcalc.questions.mending import mend, mend_budget
from staffcalc.questions.reach import Sized, sizes
from staffcalc.school.checks import OF_LEARNING, OF_POSTS, OF_ROOMS, OF_TEAMS, OF_WEEK

RATIO_PLACES = 4


def judge(ledger: Ledger) -> Iterator[Judgement]:
    """Every plan against its budget, and every check of the file against every plan it is about."""
    for plan in ledger.plans:
        if verdict(plan).good is not None:
            yield _judge_budget(plan, Trying(ledger, Tried(plan, ledger.baseline)))
    for check in ledger.school.checks:
        for of_year in _in_years(ledger, check):
            year = of_year.school.year
            limited: Check = check if year is None else Resolving(year).of(check)
            for plan in of_year.plans:
                if check.scenario is None or plan.name in check.scenario:
                    yield _judge(limited, plan, of_year.baseline, ledger, year if check.year else None)


def _in_years(ledger: Ledger, check: Check) -> Iterator[Ledger]:
    """The ledger of each year that a check is about: the file's own, or those of its forecast."""
    if check.year is None:
        yield ledger
        return
    from staffcalc.costing.later_years import in_year, years_ahead

    for year in check.year:
        ahead = years_ahead(ledger.stated, year)
        yield cost_school(in_year(ledger.stated, ahead, price=ledger.price), ledger.price)


def _judge_budget(plan: PlanLedger, trying: Trying) -> Judgement:
    found, place = verdict(plan), plan.plan.place
    level: Level = "passed" if found.good else "allowed" if plan.plan.may_exceed else "error"
    message = f"`{plan.name}` {'is ' if not found.good else ''}{found.text}"
    hint = mend_budget(plan, trying) if level == "error" else ""
    return Judgement("over-budget", "budget", plan.name, found.text, "within the budget", level, message, hint, place)


def _judge(check: Check, plan: PlanLedger, baseline: PlanLedger, ledger: Ledger, year: str | None) -> Judgement:
    if check.never_exchange is not None:
        return judge_exchange(check, plan, baseline, year)
    subject, say = _subject(check), _speaker(check)
    found, must = _found(check, plan, baseline), _must(check, say)

    def judgement(said: str, wrong: str) -> Judgement:
        level: Level = "passed" if not wrong else "warning" if check.level == "warn" else "error"
        because = f", because {check.because}" if check.because else ""
        when = f" in {year}" if year is not None else ""
        scenario = f"{plan.name}, {year}" if year is not None else plan.name
        message = f"{subject} of `{plan.name}`{when} {wrong or f'is {said}'}{because if wrong else ''}"
        trying = Trying(ledger, Tried(plan, baseline), year)
        hint = mend(check, lambda *beside: _short(check, *beside), plan, baseline, trying) if wrong else ""
        return Judgement(check.measure, subject, scenario, said, must, level, message, hint, check.measure.place)

    if check.per is not None and _divisor(check, plan, baseline) == 0:  # a rule for leaders, and no leaders
        return judgement(f"n/a, no {_named(check.per.role, check.per.category)}", "")
    if check.measure in ("team_size", "cost_per_seat") and not (found_teams := sizes(plan, _part(check))):
        return judgement("n/a, no teams", "")
    if check.measure == "team_size":
        return judgement(*_of_each_team(check, found_teams, plan, baseline))
    if found is None and check.measure in (*OF_WEEK, *OF_LEARNING):  # a rule for leaders, and no leaders
        return judgement("n/a, nobody", "")
    if plan.budget is None and _is_of_budget(check):
        return judgement("n/a" if found is None else say(found), "cannot be judged: no budget is stated")
    if found is None and check.measure in OF_TEAMS:
        return judgement("n/a", "is n/a: the file does not say how many students each team has")
    if check.measure in _OF_REVENUE and not revenues(plan, check.fund):
        return judgement("n/a", "cannot be judged: no revenue is stated")
    if found is None:
        return judgement("n/a", "is n/a: it would divide by nothing")
    return judgement(say(found), _against(check, found, plan, baseline)[0])


def _of_each_team(check: Check, found: list[Sized], plan: PlanLedger, baseline: PlanLedger) -> tuple[str, str]:
    """The sizes of all teams, which each must hold, and what is wrong with those that do not."""
    say = _speaker(check)
    least, most = (say(choose(one.size for one in found)) for choose in (min, max))
    judged = ((one.team, _against(check, one.size, plan, baseline)[0]) for one in found)
    wrong = [f"{what} in team `{team}`" for team, what in judged if what]
    return least if least == most else f"{least} to {most}", " and ".join(wrong)


def _is_of_budget(check: Check) -> bool:
    """Whether a check asks for the budget, or holds dollars against a share of it."""
    limits = (check.min, check.max, check.equals)
    shares = check.per is None and any(limit is not None and limit.unit == "rate" for limit in limits)
    return check.measure in ("budget", "left") or (check.measure == "cost" and shares)


def _found(check: Check, plan: PlanLedger, baseline: PlanLedger) -> Decimal | None:
    """What a check looks at: the measure of its part of the plan, or the ratio of two parts."""
    found = measure(check.measure, plan, baseline, _part(check))
    if check.per is None or found is None:
        return found
    return quotient(found, _divisor(check, plan, baseline), RATIO_PLACES)


def _divisor(check: Check, plan: PlanLedger, baseline: PlanLedger) -> Decimal:
    assert check.per is not None
    return measure(check.measure, plan, baseline, Part(check.per.role, check.per.category)) or Decimal(0)


def _part(check: Check) -> Part:
    return Part(check.role, check.category, check.fund, of_revenue=check.part, modes=check.mode)


def _short(check: Check, plan: PlanLedger, baseline: PlanLedger) -> Decimal | None:
    """How much a check misses: above zero what is missing, below zero what is too much, 0 where it holds."""
    found = _found(check, plan, baseline)
    if plan.budget is None and _is_of_budget(check):
        return None
    if found is None:
        return Decimal(0) if check.per is not None else None
    return _against(check, found, plan, baseline)[1]


def _against(check: Check, found: Decimal, plan: PlanLedger, baseline: PlanLedger) -> tuple[str, Decimal]:
    """What is wrong, in words, and how much is missing (above zero) or too much (below). Nothing wrong: no words."""
    say = _speaker(check)

    def absolute(limit: Figure) -> Decimal:
        return _absolute(limit, check, plan, baseline)

    if check.min is not None and found < (least := absolute(check.min)):
        return f"is {say(found)}, {say(least - found)} below the least of {say(least)}", least - found
    if check.max is not None and found > (most := absolute(check.max)):
        return f"is {say(found)}, {say(found - most)} above the most of {say(most)}", most - found
    if check.equals is not None:
        wanted = absolute(check.equals)
        slack = Decimal(0)
        if check.within is not None:
            of_it = check.within.unit == "rate" and check.measure not in _SHARES
            slack = check.within.value * (abs(wanted) if of_it else 1)
        if abs(found - wanted) > slack:
            return f"is {say(found)}, {say(abs(found - wanted))} off {say(wanted)}", wanted - found
    return "", Decimal(0)


def _absolute(limit: Figure, check: Check, plan: PlanLedger, baseline: PlanLedger) -> Decimal:
    """A limit in the measure's own unit. A share is of the budget (cost, budget, left), of the baseline's cost
    (change), of today's FTE (posts given up, added, vacant or displaced), of the baseline's figure (all others); of a
    ratio, and of a measure that is a share, it is this itself."""
    part = _part(check)
    if limit.unit != "rate" or check.per is not None or check.measure in _SHARES:
        return limit.value
    if check.measure in ("cost", "left", "budget"):
        whole = measure("budget", plan, baseline, Part(funds=part.funds))
    elif check.measure == "change":
        whole = measure("cost", baseline, baseline, part)
    elif check.measure in OF_POSTS:
        whole = measure("people" if check.measure == "displaced_people" else "fte", baseline, baseline, part)
    else:
        whole = measure(check.measure, baseline, baseline, part)
    return limit.value * (whole or Decimal(0))


_MONEY = frozenset(
    {
        *("cost", "budget", "left", "change", "cost_per_student", "average_teacher_pay"),
        *("one_time", "revenue", "cost_per_seat"),
    }
)
_SHARES = frozenset({"staff_share", "assumed_share", "reach"})
_OF_REVENUE = frozenset({"revenue", "staff_share"})
_UNITS: Mapping[str, str] = {
    "fte": " FTE",
    "allotment_used": " positions",
    "allotment_left": " positions",
    **dict.fromkeys(("vacant", "given_up", "added", "displaced"), " FTE"),
    **dict.fromkeys((*OF_WEEK, "student_minutes"), " minutes"),
    "seats_reached": " seats",
    "teachers_without_team": " FTE",
}


def _speaker(check: Check) -> Callable[[Decimal], str]:
    """How figures of the measure are written."""
    limits = [limit for limit in (check.min, check.max, check.equals) if limit is not None]
    if check.per is not None:
        return percent if all(limit.unit == "rate" for limit in limits) else plain
    if check.measure in _MONEY:
        return money
    if check.measure in _SHARES:
        return percent
    if check.measure in OF_ROOMS:
        return rooms
    if check.measure in ("people", "displaced_people"):
        return people
    return lambda value: f"{plain(value)}{_UNITS.get(check.measure, '')}"


def _must(check: Check, say: Callable[[Decimal], str]) -> str:
    def limit(figure: Figure) -> str:
        return percent(figure.value) if figure.unit == "rate" else say(figure.value)

    asked = []
    if check.min is not None:
        asked.append(f"at least {limit(check.min)}")
    if check.max is not None:
        asked.append(f"at most {limit(check.max)}")
    if check.equals is not None:
        within = f" (within {limit(check.within)})" if check.within is not None else ""
        asked.append(f"{limit(check.equals)}{within}")
    return ", ".join(asked)


def _subject(check: Check) -> str:
    of = [*(check.role or ()), *(check.category or ()), *(check.part or ()), *(check.mode or ())]
    named = (
        check.measure + (f" of {', '.join(of)}" if of else "") + (f" in {', '.join(check.fund)}" if check.fund else "")
    )
    return f"{named} per {_named(check.per.role, check.per.category)}" if check.per is not None else named


def _named(roles: tuple[str, ...] | None, categories: tuple[str, ...] | None) -> str:
    return " or ".join([*(roles or ()), *(categories or ())])
