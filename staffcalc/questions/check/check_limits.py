"""What a check asks of a measure: what it looks at, its limits in the measure's own unit, and both in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.measure_values import quotient
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import WHOLE_PLAN, Scope
from staffcalc.formula.words import money, people, percent, plain, positions, rooms
from staffcalc.language.check import Check
from staffcalc.language.figures import Figure
from staffcalc.questions.check.judgement import AgainstLimit, LimitIs, tightest
from staffcalc.records import NamedTuple
from staffcalc.report import Count, Fte, Money, Number, Percent, Ratio
from staffcalc.school.checking.checks import OF_POSITIONS, OF_POSTS, OF_ROOMS, OF_TIME_COST, OF_WEEK, TEACHING_SHARE

RATIO_PLACES = 4


class Side(NamedTuple):
    """A plan in one year, and the plan that it is held against: the baseline, or another."""

    plan: PlanLedger
    other: PlanLedger


Sides = Sequence[Side]
"""What a check looks at: the plan in one year, or in each of several, which are added up."""


def is_of_budget(check: Check) -> bool:
    """Whether a check asks for the budget, or holds dollars against a share of it."""
    limits = (check.min, check.max, check.equals)
    shares = check.per is None and any(limit is not None and limit.unit == "rate" for limit in limits)
    return check.measure in ("budget", "left", "left_recurring") or (check.measure == "cost" and shares)


def found_in(check: Check, sides: Sides) -> Decimal | None:
    """What a check looks at: the measure of its part of the plan, added up over the years, or a ratio of two parts."""
    found = _measured(Looked(check.measure, sides, part_of(check)))
    if check.per is None or found is None:
        return found
    return quotient(found, divisor(check, sides), RATIO_PLACES)


def divisor(check: Check, sides: Sides) -> Decimal:
    """What the ratio of a check divides by."""
    assert check.per is not None
    return _measured(Looked(check.measure, sides, Scope(check.per.role, check.per.category))) or Decimal(0)


class Looked(NamedTuple):
    """A measure of a part of a plan that a check looks at."""

    name: str
    sides: Sides
    scope: Scope


def looked_at(check: Check, sides: Sides) -> Iterator[Looked]:
    """All that a check looks at: what it measures, what it divides by, and what a limit in percent is a share of."""
    yield Looked(check.measure, sides, part_of(check))
    if check.per is not None:
        yield Looked(check.measure, sides, Scope(check.per.role, check.per.category))
    if _is_of_share(check) and not _holds_of_any(check, sides):
        yield _shared(check, sides)


def _measured(looked: Looked) -> Decimal | None:
    """A measure of a part of the plan, added up over the years; None where it is n/a in one of them."""
    found = [measure(looked.name, side.plan, side.other, looked.scope) for side in looked.sides]
    known = [number for number in found if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


def part_of(check: Check) -> Scope:
    """The part of a plan that a check is about."""
    return Scope(check.role, check.category, check.fund, check.component, check.part, check.mode, check.group)


def short(check: Check, sides: Sides) -> Decimal | None:
    """How much a check misses: above zero what is missing, below zero what is too much, 0 where it holds."""
    found = found_in(check, sides)
    if (sides[0].plan.budget is None and is_of_budget(check)) or is_of_nothing(check, sides):
        return None
    if found is None:
        return Decimal(0) if check.per is not None else None
    return held_against(check, found, sides)[1]


def held_against(check: Check, found: Decimal, sides: Sides) -> tuple[str, Decimal]:
    """What is wrong, in words, and how much is missing (above zero) or too much (below). Nothing wrong: no words."""
    say = speaker(check)

    def absolute(limit: Figure) -> Decimal:
        return limit.value * _whole(limit, check, sides)

    if check.min is not None and found < (least := absolute(check.min)):
        return f"is {say(found)}, {say(least - found)} below the least of {say(least)}", least - found
    if check.max is not None and found > (most := absolute(check.max)):
        return f"is {say(found)}, {say(found - most)} above the most of {say(most)}", most - found
    if check.equals is not None and not _equal(check, check.equals, found, sides):
        wanted = absolute(check.equals)
        return f"is {say(found)}, {say(abs(found - wanted))} off {say(wanted)}", wanted - found
    return "", Decimal(0)


def measured(check: Check, found: Decimal, sides: Sides) -> AgainstLimit | None:
    """The figure beside the limit that it comes nearest to, or misses by most, in the measure's own unit."""
    limits: dict[LimitIs, Figure | None] = {"min": check.min, "max": check.max, "equals": check.equals}
    cell, unit = _counted_in(check)
    return tightest(
        AgainstLimit(cell(found), cell(absolute), kind, cell(found - absolute), unit)
        for kind, limit in limits.items()
        if limit is not None
        for absolute in [limit.value * _whole(limit, check, sides)]
    )


def _equal(check: Check, wanted: Figure, found: Decimal, sides: Sides) -> bool:
    """Whether a figure is the one that is wanted, or `within` so much of it. A percentage is a printed one: it is
    judged to its last digit."""
    whole = _whole(wanted, check, sides)
    if check.within is None and wanted.unit == "rate" and whole:
        places = max(-int(wanted.value.as_tuple().exponent), 0)
        return quotient(found, whole, places) == wanted.value
    slack = Decimal(0)
    if check.within is not None:
        of_it = check.within.unit == "rate" and check.measure not in _SHARES
        slack = check.within.value * (abs(wanted.value * whole) if of_it else 1)
    return abs(found - wanted.value * whole) <= slack


def _whole(limit: Figure, check: Check, sides: Sides) -> Decimal:
    """What a limit is a share of; 1 of a limit in the measure's own unit."""
    return (_measured(_shared(check, sides)) or Decimal(0)) if _is_share(limit, check) else Decimal(1)


def is_of_nothing(check: Check, sides: Sides) -> bool:
    """Whether a limit is a share of what there is not: of an average of the baseline's leaders, who are none."""
    return has_no_share(check, sides) and not _holds_of_any(check, sides)


def has_no_share(check: Check, sides: Sides) -> bool:
    """Whether what a limit could be a share of is n/a: it is not there, or nobody knows it."""
    return _is_of_share(check) and _measured(_shared(check, sides)) is None


def _holds_of_any(check: Check, sides: Sides) -> bool:
    """Whether nothing changes, and that is within the limits whatever they are a share of."""
    if check.measure != "change" or _measured(Looked("change", sides, part_of(check))) != 0:
        return False
    least, most, wanted = (0 if limit is None else limit.value for limit in (check.min, check.max, check.equals))
    return least <= 0 <= most and not wanted


def _is_of_share(check: Check) -> bool:
    """Whether a limit of a check is more or less than 0%, which is nothing of whatever it is of, or a printed share."""
    bounds = [limit for limit in (check.min, check.max) if limit is not None and limit.value]
    return any(_is_share(limit, check) for limit in [*bounds, *([check.equals] if check.equals is not None else [])])


def _is_share(limit: Figure, check: Check) -> bool:
    """Whether a limit is a share of another figure: of a ratio, and of a measure that is a share, it is this itself."""
    return limit.unit == "rate" and check.per is None and check.measure not in _SHARES


def _shared(check: Check, sides: Sides) -> Looked:
    """What a limit in percent is a share of: the budget (cost, left), the allotment (positions used or left), the
    rooms there are (needed or left), the cost of the plan it is held against (change), today's FTE (posts given up,
    added, vacant or displaced), the figure of the plan it is held against (all others)."""
    part, others = part_of(check), [Side(side.other, side.other) for side in sides]
    if check.measure in ("cost", "left", "left_recurring"):
        return Looked("budget", sides, Scope(funds=part.funds))
    if check.measure in OF_POSITIONS:
        return Looked("allotment", sides, WHOLE_PLAN)
    if check.measure in OF_ROOMS:
        return Looked("rooms_available", sides, WHOLE_PLAN)
    if check.measure == "change":
        return Looked("cost", others, part)
    if check.measure in OF_POSTS:
        return Looked("people" if check.measure == "displaced_people" else "fte", others, part)
    return Looked(check.measure, others, part)


_MONEY = frozenset(
    {
        *("cost", "budget", "left", "change", "cost_per_student", "average_teacher_pay"),
        *("one_time", "revenue", "cost_per_seat", "cost_per_fte", "left_recurring", "levy"),
        *OF_TIME_COST,
    }
)
_SHARES = frozenset({"staff_share", "assumed_share", "reach", "supplement_share", "levy_change", TEACHING_SHARE})
_UNITS: Mapping[str, str] = {
    "fte": " FTE",
    **dict.fromkeys(OF_POSITIONS, " positions"),
    **dict.fromkeys(("vacant", "given_up", "added", "displaced"), " FTE"),
    "seats_reached": " seats",
    "teachers_without_team": " FTE",
    **dict.fromkeys((*OF_WEEK, "student_minutes"), " minutes"),
}


def speaker(check: Check) -> Callable[[Decimal], str]:
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
    if check.measure in OF_POSITIONS:
        return positions
    if check.measure in ("people", "displaced_people"):
        return people
    return lambda value: f"{plain(value)}{_UNITS.get(check.measure, '')}"


def _counted_in(check: Check) -> tuple[Callable[[Decimal], Number], str]:
    """How figures of the measure are told to programs, and in which unit."""
    say, unit = speaker(check), _UNITS.get(check.measure, "").strip()
    if say is money:
        return Money, "dollars"
    if say is percent:
        return Percent, "share"
    if say is people:
        return Count, "people"
    if say is rooms:
        return Ratio, "rooms"
    return (Fte, "FTE") if unit == "FTE" else (Ratio, unit or "ratio")


def must_be(check: Check, say: Callable[[Decimal], str]) -> str:
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


def subject_of(check: Check, fund_names: Mapping[str, str]) -> str:
    """What is checked, in words; funds by what people call them."""
    named_in = (check.role, check.category, check.component, check.group, check.part, check.mode)
    of = [name for some in named_in for name in some or ()]
    funds = [fund_names.get(fund, fund) for fund in check.fund or ()]
    phrase = check.measure + (f" of {', '.join(of)}" if of else "") + (f" in {', '.join(funds)}" if funds else "")
    if check.against is not None:
        phrase += f" against {check.against}"
    return f"{phrase} per {named(check.per.role, check.per.category)}" if check.per is not None else phrase


def named(roles: Sequence[str] | None, categories: Sequence[str] | None) -> str:
    """The roles or categories that a ratio divides by."""
    return " or ".join([*(roles or ()), *(categories or ())])
