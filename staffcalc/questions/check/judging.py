"""Does what a file states hold? Each check is judged against the measures that every other command shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from staffcalc.costing.growth.dates import Resolving
from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.lines import ZERO
from staffcalc.costing.measures.fund_use import worst_fund
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.stated_measures import revenues
from staffcalc.costing.trying import Tried, Trying
from staffcalc.language.check import Check
from staffcalc.language.school_year import span
from staffcalc.questions.check.check_limits import (
    Side,
    Sides,
    divisor,
    found_in,
    has_no_share,
    held_against,
    is_of_budget,
    is_of_nothing,
    measured,
    must_be,
    named,
    part_of,
    short,
    speaker,
    subject_of,
)
from staffcalc.questions.check.exchanges import judge_exchange
from staffcalc.questions.check.judgement import AgainstLimit, Judgement, Level, tightest
from staffcalc.questions.check.members import RuleMember, members
from staffcalc.questions.check.remedies import budget_remedy, remedy
from staffcalc.questions.check.unjudged import not_stated
from staffcalc.questions.figures.growth_rules import rules_missing
from staffcalc.questions.fit import verdict
from staffcalc.questions.reach import Sized, sizes
from staffcalc.records import NamedTuple
from staffcalc.report import Fte, Money
from staffcalc.school.checking.checks import OF_LEARNING, OF_LEVY, OF_TEAMS, OF_WEEK, TEACHING_SHARE
from staffcalc.source.problems import Place


def judge(ledger: Ledger) -> Iterator[Judgement]:
    """Every plan against its budget, and every check of the file against every plan it is about."""
    for plan in ledger.plans:
        yield from _judge_budget(plan, ledger)
    for check in ledger.school.checks:
        if check.against is not None and all(plan.name != check.against for plan in ledger.plans):
            continue  # a district's, about a scenario that this school does not have
        for moment in _moments(ledger, check):
            year = moment.ledgers[0].school.year
            limited: Check = check if year is None else Resolving(year).of(check)
            for sides in zip(*(_sides(check, of_year) for of_year in moment.ledgers), strict=True):
                asked = check.scenario is None or sides[0].plan.name in check.scenario
                if asked and (moment.plans is None or sides[0].plan.name in moment.plans):
                    at = _in_own_file(sides[0].plan, ledger)
                    yield from (one._replace(at=at) for one in _judge_plan(limited, sides, ledger, moment.when))


def _in_own_file(plan: PlanLedger, ledger: Ledger) -> Place:
    """Where a plan stands in the school's own file; of one that comes from a file that it extends, where today's staff
    stand, or where the file begins."""
    own = ledger.school.place
    stands = (plan.plan.place, ledger.baseline.plan.place)
    return next((place for place in stands if place.file == own.file), own)


class _Moment(NamedTuple):
    """What a check looks at: one year, or several to be added up; `when` names it where the check does. `plans`: only
    these; None: all of them."""

    when: str | None
    ledgers: tuple[Ledger, ...]
    plans: tuple[str, ...] | None = None


def _moments(ledger: Ledger, check: Check) -> Iterator[_Moment]:
    """The file's own year, or for a plan that begins later the year in which it does; each of the years that the check
    names, or all of them together."""
    if check.years is not None:
        yield _Moment(str(check.years), tuple(_in_year(ledger, year) for year in span(check.years) or ()))
        return
    if check.year is None:
        awaiting = {plan.name: plan.plan.awaits for plan in ledger.plans}
        yield _Moment(None, (ledger,), tuple(name for name, begins in awaiting.items() if begins is None))
        for begins in dict.fromkeys(filter(None, awaiting.values())):
            those = tuple(name for name, year in awaiting.items() if year == begins)
            yield _Moment(begins, (_in_year(ledger, begins),), those)
    for year in check.year or ():
        of_year = _in_year(ledger, year)
        yield _Moment(of_year.school.year, (of_year,))


def _in_year(ledger: Ledger, year: str) -> Ledger:
    from staffcalc.costing.years.later_years import in_checked_year, years_ahead

    ahead = years_ahead(ledger.stated, year)
    return cost_school(in_checked_year(ledger.stated, ahead, price=ledger.price), ledger.price)


def _sides(check: Check, ledger: Ledger) -> list[Side]:
    """Every plan of a year, beside the plan that the check holds it against."""
    other = next((plan for plan in ledger.plans if plan.name == check.against), ledger.baseline)
    return [Side(plan, other) for plan in ledger.plans]


def _judge_budget(plan: PlanLedger, ledger: Ledger) -> Iterator[Judgement]:
    """Whether a plan fits its budget in the year in which it begins; nothing where none is stated."""
    year, baseline = plan.plan.awaits, ledger.baseline
    if year is not None:
        if rules_missing(ledger.stated):
            return  # without growth there is no verdict on a later year
        then = _in_year(ledger, year)
        plan, baseline = next(one for one in then.plans if one.name == plan.name), then.baseline
    found, place = verdict(plan), plan.plan.place
    if found.good is None:
        return
    level: Level = "passed" if found.good else "allowed" if plan.plan.may_exceed else "error"
    name, when = (plan.name, "") if year is None else (f"{plan.name}, {year}", f" in {year}")
    message = f"`{plan.name}`{when} {'is ' if not found.good else ''}{found.text}"
    hint = budget_remedy(plan, Trying(ledger, Tried(plan, baseline), year)) if level == "error" else ""
    must, at = "within the budget", _in_own_file(plan, ledger)
    yield Judgement("over-budget", "budget", name, found.text, must, level, message, hint, place, _least_left(plan), at)


def _least_left(plan: PlanLedger) -> AgainstLimit | None:
    """What the fund has left that has the least, or the allotment where that is overspent or the only budget."""
    positions, worst = measure("allotment_left", plan, plan), worst_fund(plan)
    if positions is not None and (positions < 0 or worst is None or not plan.lines):
        return AgainstLimit(Fte(positions), Fte(ZERO), "min", Fte(positions), "positions")
    if worst is None or worst.left is None:
        return None
    return AgainstLimit(Money(worst.left), Money(ZERO), "min", Money(worst.left), "dollars", worst.fund)


def _judge_plan(check: Check, sides: Sides, ledger: Ledger, when: str | None) -> Iterator[Judgement]:
    """A check of one plan: one judgement, or, of a rule for each role or the like, one of each that breaks it."""
    if check.never_exchange is not None and not sides[0].plan.plan.not_stated:
        yield judge_exchange(check, sides[0].plan, sides[0].other, when)
        return
    subject = subject_of(check, sides[0].plan.plan.fund_names)
    if check.against is not None and (awaits := sides[0].other.plan.awaits) is not None:
        subject = f"{subject} (which begins in {awaits})"
    together = f"{subject} {'in' if check.each == 'fund' else 'of'} each {check.each}"
    single = check.each in (None, "team")
    if why := not_stated(check, sides):
        yield _not_judged(check, sides, when, subject if single else together, why)
        return
    if single:
        yield _judge(check, sides, ledger, when, subject)
        return
    there = members(check, sides)
    judged = [(one, _judge_member(one, sides, ledger, when)) for one in there]
    wrong = [(one, judgement) for one, judgement in judged if judgement.level != "passed"]
    for one, judgement in wrong:
        yield judgement._replace(subject=together, found=f"{one.name}: {judgement.found}")
    if not wrong:
        yield _all_hold(check, there, sides, when, together)


def _judge_member(one: RuleMember, sides: Sides, ledger: Ledger, when: str | None) -> Judgement:
    if why := not_stated(one.check, sides):
        return _not_judged(one.check, sides, when, one.subject, why)
    return _judge(one.check, sides, ledger, when, one.subject)


def _not_judged(check: Check, sides: Sides, when: str | None, subject: str, why: str) -> Judgement:
    plan, must = sides[0].plan.name, must_be(check, speaker(check))
    scenario = f"{plan}, {when}" if when is not None else plan
    message = f"{subject} of `{plan}`{f' in {when}' if when else ''} cannot be judged: {why}"
    return Judgement(check.measure, subject, scenario, f"n/a, {why}", must, "n/a", message, "", check.measure.place)


def _all_hold(check: Check, there: Sequence[RuleMember], sides: Sides, when: str | None, subject: str) -> Judgement:
    """What a rule for each finds where all hold: the least and the most of them."""
    say, place = speaker(check), check.measure.place
    known = [(one.check, number) for one in there if (number := found_in(one.check, sides)) is not None]
    phrase, nearest = f"n/a, no {check.each}", None
    if known:
        found = [number for _, number in known]
        nearest = tightest(measured(check, number, sides) for check, number in known)
        least, most = say(min(found)), say(max(found))
        phrase = least if least == most else f"{least} to {most}"
    plan = sides[0].plan.name
    message = f"{subject} of `{plan}`{f' in {when}' if when else ''} is {phrase}"
    scenario = f"{plan}, {when}" if when else plan
    return Judgement(
        check.measure, subject, scenario, phrase, must_be(check, say), "passed", message, "", place, nearest
    )


def _judge(check: Check, sides: Sides, ledger: Ledger, when: str | None, subject: str) -> Judgement:
    plan, say = sides[0].plan, speaker(check)
    found, must = found_in(check, sides), must_be(check, say)

    def judgement(phrase: str, wrong: str) -> Judgement:
        level: Level = "passed" if not wrong else "warning" if check.level == "warn" else "error"
        because = f", because {check.because}" if check.because else ""
        in_year = f" in {when}" if when is not None else ""
        scenario = f"{plan.name}, {when}" if when is not None else plan.name
        message = f"{subject} of `{plan.name}`{in_year} {wrong or f'is {phrase}'}{because if wrong else ''}"
        hint = _remedy(check, sides, ledger, when) if wrong else ""
        place = check.measure.place
        return Judgement(check.measure, subject, scenario, phrase, must, level, message, hint, place, nearest)

    nearest = _nearest(check, found, sides)
    if (unjudged := _nothing_found(check, found, sides)) is not None:
        return judgement(*unjudged)
    if check.measure == "team_size":
        return judgement(*_of_each_team(check, sizes(plan, part_of(check)), sides))
    assert found is not None
    return judgement(say(found), held_against(check, found, sides)[0])


def _nothing_found(check: Check, found: Decimal | None, sides: Sides) -> tuple[str, str] | None:
    """What stands in the place of a figure that there is not, and what is wrong with that, if anything is; None where
    there is one to be judged."""
    plan = sides[0].plan
    if (nobody := _of_nobody(check, found, sides)) is not None:
        return nobody
    if plan.budget is None and is_of_budget(check):
        phrase = "n/a" if found is None else speaker(check)(found)
        return phrase, "cannot be judged: no budget is stated"
    if check.measure in _OF_REVENUE and not revenues(plan, check.fund):
        return "n/a", "cannot be judged: no revenue is stated"
    if found is not None and is_of_nothing(check, sides):
        phrase = speaker(check)(found)
        return phrase, f"is {phrase}, and `{sides[0].other.name}` has none that the limit could be a share of"
    return None if found is not None or check.measure == "team_size" else ("n/a", _why_nothing(check.measure))


def _of_nobody(check: Check, found: Decimal | None, sides: Sides) -> tuple[str, str] | None:
    """The same of a rule for people that there are not, such as one for leaders where there are no leaders."""
    plan, part = sides[0].plan, part_of(check)
    if check.per is not None and divisor(check, sides) == 0:
        return f"n/a, no {named(check.per.role, check.per.category)}", ""
    if check.measure in ("team_size", "cost_per_seat") and not sizes(plan, part):
        return "n/a, no teams", ""
    if found is None and check.measure == "coaching_minutes" and any(one.fte for one in part.staff(plan)):
        none = held_against(check, Decimal(0), sides)[0]  # there are people to be coached, and nobody does it
        return "n/a, nobody coaches them", "is n/a: nobody coaches them" if none else ""
    if found is None and check.measure in _OF_SOMEBODY:
        return "n/a, nobody", ""
    return None


def _why_nothing(measure: str) -> str:
    """Why nothing is found of a measure."""
    if measure in OF_TEAMS:
        return "is n/a: the file does not say how many students each team has"
    if measure == "levy":
        return "cannot be judged: no part of the revenue is the rest"
    if measure in OF_LEVY:
        return "cannot be judged: `last_year` is not stated"
    if measure == "left":
        return "is n/a: a levy meets what is paid; check `levy` or `levy_change`"
    return "is n/a: it would divide by nothing"


def _nearest(check: Check, found: Decimal | None, sides: Sides) -> AgainstLimit | None:
    """What was found beside its limit; of teams, which each must hold, the size of the one that is nearest to it. None
    where there is nothing to find, or no budget that a limit could be a share of."""
    plan = sides[0].plan
    if check.measure == "team_size":
        return tightest(measured(check, one.size, sides) for one in sizes(plan, part_of(check)))
    none = found is None or (plan.budget is None and is_of_budget(check)) or has_no_share(check, sides)
    return None if none or found is None else measured(check, found, sides)


_OF_SOMEBODY = frozenset({*OF_WEEK, *OF_LEARNING, "supplement_share", TEACHING_SHARE})
_OF_REVENUE = frozenset({"revenue", "staff_share"})


def _remedy(check: Check, sides: Sides, ledger: Ledger, when: str | None) -> str:
    """What would fix a check of one year; where it is against another scenario, what leaves that as it is."""
    if len(sides) > 1:
        return ""
    [side] = sides
    if check.against is not None and any(one.name == side.plan.name for one in _starts_from(side.other, ledger)):
        return ""
    trying = Trying(ledger, Tried(side.plan, side.other), when)

    def missing(plan: PlanLedger, baseline: PlanLedger) -> Decimal | None:
        return short(check, (Side(plan, baseline if check.against is None else side.other),))

    return remedy(check, missing, side.plan, side.other, trying)


def _starts_from(plan: PlanLedger, ledger: Ledger) -> Iterator[PlanLedger]:
    """A plan, and those that it starts from, the baseline last."""
    plans = {one.name: one for one in ledger.plans}
    at: PlanLedger | None = plan
    while at is not None:
        yield at
        at = plans.get(at.plan.like or "")
    yield ledger.baseline


def _of_each_team(check: Check, found: list[Sized], sides: Sides) -> tuple[str, str]:
    """The sizes of all teams, which each must hold, and what is wrong with those that do not."""
    say = speaker(check)
    least, most = (say(choose(one.size for one in found)) for choose in (min, max))
    judged = ((one.team, held_against(check, one.size, sides)[0]) for one in found)
    wrong = [f"{what} in team `{team}`" for team, what in judged if what]
    return least if least == most else f"{least} to {most}", " and ".join(wrong)
