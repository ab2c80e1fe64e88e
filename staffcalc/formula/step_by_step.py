"""A formula read out step by step, as one would do it on a pocket calculator.

Every figure shown is the value of a formula that stands in the ledger's own, or is made of its parts: nothing is
computed here.
"""

from __future__ import annotations

from decimal import Decimal

from staffcalc.formula.formula import (
    AtLeast,
    Blend,
    Capped,
    Formula,
    FullTime,
    FundedShare,
    Greater,
    Grown,
    Head,
    Input,
    Lesser,
    Negative,
    Number,
    One,
    PartTime,
    Product,
    Quotient,
    Rounded,
    Stepped,
    Sum,
    Tiered,
    add,
    parts,
    product,
    times,
    value,
)
from staffcalc.formula.units import result_unit
from staffcalc.formula.words import (
    MINUS,
    TIMES,
    added,
    cancelled,
    divides_by_one,
    money,
    percent,
    plain,
    say,
    say_in,
    say_share,
    say_value,
    tier,
)
from staffcalc.language.fractions import MOST_DECIMALS
from staffcalc.records import NamedTuple

NOBODY_COUNTS = "nobody counts"


class Calculation(NamedTuple):
    """One step: what is done, in words and figures, the formula it comes to, and the steps it rests on."""

    text: str
    result: Formula
    steps: tuple[Calculation, ...] = ()


def calculations(formula: Formula) -> tuple[Calculation, ...]:
    """The steps of a formula in order; the last one comes to its value. A figure of the file alone needs none."""
    match formula:
        case Rounded(exact=exact, places=places):
            steps, what = calculations(exact), _say_rounding(exact, formula, places)
            if places == MOST_DECIMALS and value(exact) == value(formula):
                return steps
            return (*steps, Calculation(what if steps else f"{say_value(exact)}, {what}", formula))
        case FundedShare():
            return (*calculations(formula.line), *_sharing(formula))
        case Product(factors=factors) if not _is_figure(formula):
            return _product(formula, factors)
        case Sum(terms=terms) if not _is_figure(formula):
            return _sum(formula, terms)
        case Capped(amount=amount, cap=cap):
            reached = "is above it" if value(amount) > value(cap) else "is not above it"
            what = f"each person's pay counts up to {say_value(cap)}, and {say_value(amount)} {reached}"
            return (*calculations(amount), Calculation(what, formula))
        case Grown(amount=amount, rate=rate):
            grown = f"{say_value(amount)} {TIMES} {plain(1 + value(rate))}"
            return (*calculations(amount), Calculation(grown, formula))
        case Blend(amount=amount, other=other, share=share):
            share_in_words = f"{percent(1 - value(share))} of {say_value(amount)} + {percent(value(share))} of"
            return (
                *calculations(amount),
                *calculations(other),
                Calculation(f"{share_in_words} {say_value(other)}", formula),
            )
        case Quotient(dividend=dividend) if divides_by_one(formula):
            return calculations(dividend)
        case Quotient(dividend=dividend, divisor=divisor):
            divided = f"{say_value(dividend)} ÷ {say_value(divisor)}"
            return (*calculations(dividend), *calculations(divisor), Calculation(divided, formula))
        case Stepped(exact=exact, step=step, up=up):
            which = "up to the next" if up else "to the nearest"
            text = f"{say_value(exact)}, rounded {which} {plain(value(step))} FTE"
            return (*calculations(exact), Calculation(text, formula))
        case Tiered(number=number):
            text = f"team of {plain(value(number))}: {say_value(tier(formula))}"
            return (*calculations(number), *calculations(tier(formula)), Calculation(text, formula))
        case Lesser(one=one, other=other) if not _is_figure(formula):
            return calculations(one) if value(one) <= value(other) else calculations(other)
        case Greater(one=one, other=other) if not _is_figure(formula):
            return calculations(one) if value(one) >= value(other) else calculations(other)
        case Negative(amount=amount):
            return (*calculations(amount), Calculation(f"{say_value(amount)} taken away", formula))
        case _:
            return ()


def told_once(formula: Formula) -> tuple[Calculation, ...]:
    """The steps of a formula, each of them told once: what is done again with the same figures is known by then."""
    return _once(calculations(formula), set(), set())


_Told = set[tuple[str, ...]]


def _once(steps: tuple[Calculation, ...], told: _Told, counted: _Told) -> tuple[Calculation, ...]:
    """Of the steps those that have not been `told`, and in any case the last two, which come to the result. Each group
    of people is told of its own what it is paid; how many stay of all is `counted` once."""
    left: list[Calculation] = []
    for at, step in enumerate(steps):
        key = (step.text, str(value(step.result)), *(one.text for one in step.steps))
        of_people = "person" in step.text or "people" in step.text  # who are others, though their figures are the same
        known = told if result_unit(step.result) == "dollars" else counted
        if key in known and not of_people and at < len(steps) - 2:
            continue
        known.add(key)
        left.append(step._replace(steps=_once(step.steps, set(told), counted)))
    return tuple(left)


def say_people(formula: Formula) -> str | None:
    """Who the FTE of a formula are, where it looks at each person: "2.5 FTE are 2 people at 1 FTE and 1 person at 0.5".

    None where it looks at no person, at people of a stated FTE, or at posts that have gone.
    """
    match formula:
        case FullTime(fte=fte) if value(fte):
            part = PartTime(fte, fte.places)
            groups = [f"{say_value(formula)} at 1 FTE"] if value(formula) else []
            if value(part):
                groups.append(f"{say_value(Head(part))} at {say_value(part)}")
            return f"{say_value(fte)}: {' and '.join(groups)}"
        case _:
            return next(filter(None, map(say_people, parts(formula))), None)


def one_line(formula: Formula) -> str:
    """The whole calculation in one line, without what it comes to: "12 FTE × $51,214 × 17.13%"."""
    match formula:
        case Rounded(exact=exact):
            phrase = say(exact)
            if value(exact) == value(formula):
                return phrase
            return f"{phrase} = {money(value(exact))}, rounded"
        case FundedShare(line=line, own=own, of=of):
            share = say_share(formula)
            whole = of is None and value(times(line, own)) == value(formula)
            return f"{share} of {say_value(line)} ({one_line(line)})" + ("" if whole else ", rounded")
        case _:
            return say(formula)


def _is_figure(formula: Formula) -> bool:
    """A figure as one reads it: it needs no calculation, or one that is told where its inputs are."""
    if isinstance(formula, Sum):
        one_each = [_one_of_alike(term) for term in formula.terms]
        return bool(one_each) and (
            all(isinstance(one, Input) and result_unit(one) in ("FTE", "people") for one in one_each)
            or all(isinstance(one, FullTime | Head) for one in one_each)
        )
    return isinstance(_one_of_alike(formula), Input | One | Number | FullTime | Head | PartTime)


def _one_of_alike(formula: Formula) -> Formula:
    """One of so many people of a roster who are alike; all else is itself."""
    match formula:
        case Product(factors=(Number(), Input() | Head() as one)):
            return one
        case _:
            return formula


def _say_rounding(exact: Formula, rounded: Formula, places: int) -> str:
    if places == MOST_DECIMALS:
        return f"kept to {places} decimals"
    unit = "dollar" if places == 0 else "cent"
    if value(exact) == value(rounded):
        return f"needs no rounding to the {unit}"
    return f"rounded once to the {unit}, half away from zero"


def _product(formula: Product, factors: tuple[Formula, ...]) -> tuple[Calculation, ...]:
    if (eligible := _eligibility(formula)) is not None:
        return eligible
    if any(_leaves_all_out(factor) for factor in factors):
        out = [factor for factor in factors if _leaves_all_out(factor) and not _is_nobody(factor)]
        return tuple(step for factor in out for step in calculations(factor))
    factors = tuple(cancelled(factors))
    before = tuple(step for factor in factors for step in calculations(factor))
    steps: list[Calculation] = []
    for position in range(2, len(factors) + 1):
        so_far, factor = product(*factors[: position - 1]), factors[position - 1]
        steps.append(Calculation(f"{say_value(so_far)} {TIMES} {say_value(factor)}", product(*factors[:position])))
    return (*before, *steps)


def _eligibility(formula: Formula) -> tuple[Calculation, ...] | None:
    """Whether people of the same FTE reach the threshold of a benefit; None where the formula is about no threshold."""
    match formula:
        case Product(factors=(count, AtLeast(fte=fte, threshold=threshold) as at_least)):
            reached = "at or above" if value(at_least) else "below"
            who = f"{say_value(count)} at {plain(value(fte))} FTE"
            effect = "counted" if value(at_least) else "left out"
            what = f"{who}: {reached} {say_value(threshold)}, so {effect}"
            return (*calculations(count), Calculation(what, formula)) if value(count) else ()
        case _:
            return None


def _leaves_all_out(formula: Formula) -> bool:
    """Nobody of a group counts, or nobody is in it: there is nothing more to be said of their pay."""
    if isinstance(formula, Sum):
        return bool(formula.terms) and (_is_nobody(formula) or all(map(_leaves_all_out, formula.terms)))
    empty = isinstance(formula, FullTime | Head | PartTime) or _eligibility(formula) is not None
    return (empty and value(formula) == 0) or (
        isinstance(formula, Product) and any(_leaves_all_out(factor) for factor in formula.factors)
    )


def _is_nobody(formula: Formula) -> bool:
    """Whether it counts posts of which none is left: as many were added as were given up."""
    return (
        isinstance(formula, Sum)
        and result_unit(formula) == "FTE"
        and value(formula) == 0
        and not all(map(_leaves_all_out, formula.terms))
    )


def _sum(formula: Sum, terms: tuple[Formula, ...]) -> tuple[Calculation, ...]:
    if terms and isinstance(terms[0], One):  # what is left of a whole
        return _rest(formula, terms[1:])
    told: list[Calculation] = []
    counts = [not _leaves_all_out(term) for term in terms]
    counted = [term for term, one in zip(terms, counts, strict=True) if one]
    for term, one in zip(terms, counts, strict=True):
        steps = calculations(term)
        if one and len(counted) > 1 and len(steps) > 1:
            of_group = _ending_in(value(term), steps)
            named = _group(term) != say_value(term)  # else its last step names it as well
            told += [Calculation(_group(term), term, of_group)] if named else of_group
        else:
            told.extend(step for step in steps if step.text != NOBODY_COUNTS)
    if len(counted) > 1:
        amounts = [say_in(result_unit(formula), value(term)) for term in counted]
        told.append(Calculation(added(amounts), formula))
    elif not counted:
        told.append(Calculation(NOBODY_COUNTS, formula))
    return tuple(told)


def _ending_in(amount: Decimal, steps: tuple[Calculation, ...]) -> tuple[Calculation, ...]:
    """The steps with those first, of people who do not count, that follow the one which comes to the amount."""
    at = max((at for at, step in enumerate(steps) if value(step.result) == amount), default=len(steps) - 1)
    return (*steps[at + 1 :], *steps[: at + 1])


def _rest(formula: Sum, shares: tuple[Formula, ...]) -> tuple[Calculation, ...]:
    """What is left of a whole, once each share that is taken away is known: "100% − 30%"."""
    steps: list[Calculation] = []
    words = ["100%"]
    for share in shares:
        taken = share.amount if isinstance(share, Negative) else share
        steps.extend(calculations(taken))
        words.append(f"{MINUS if taken is not share else ''}{percent(value(taken))}")
    return (*steps, Calculation(added(words), formula))


def _group(term: Formula) -> str:
    """Whose part of a sum it is: "2 people at 1 FTE"."""
    match term:
        case Product(factors=(FullTime() as count, *_)):
            return f"{say_value(count)} at 1 FTE"
        case Product(factors=(Head(part=part) as count, *_)):
            return f"{say_value(count)} at {plain(value(part))} FTE"
        case Product(factors=(Product(factors=(count, AtLeast(fte=fte))), *_)):
            return f"{say_value(count)} at {plain(value(fte))} FTE"
        case _:
            return say(term)


def _sharing(share: FundedShare) -> tuple[Calculation, ...]:
    """The fund's share: the line's running totals with and without it are rounded, so that the shares add up."""
    line, before, own, of = share.line, share.before, share.own, share.of
    steps = [*calculations(of)] if of is not None else []
    rounding = "the dollar" if share.places == 0 else "the cent"

    def of_line(part: Formula) -> str:
        phrase = say_value(part) if of is None else f"({say_value(part)} ÷ {say_value(of)})"
        return f"{say_value(line)} {TIMES} {phrase}, rounded to {rounding}"

    if value(before) == 0:
        return (*steps, Calculation(of_line(own), share))
    together = FundedShare(line, add(), add(before, own), of, share.places)
    earlier = FundedShare(line, add(), before, of, share.places)
    paid = f"paid by {' and '.join(share.ahead)}: {of_line(before)}"
    paid_with = f"with this fund's {say_value(own)}: {of_line(together.own)}"
    left = f"{say_value(together)} − {say_value(earlier)}, so that the shares add up to the line"
    return (*steps, Calculation(paid_with, together), Calculation(paid, earlier), Calculation(left, share))
