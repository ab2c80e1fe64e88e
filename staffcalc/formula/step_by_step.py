"""A formula read out step by step, as one would do it on a pocket calculator.

Every figure shown is the value of a formula that stands in the ledger's own, or is made of its parts: nothing is
computed here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from staffcalc.formula.formula import (
    AtLeast,
    Blend,
    Capped,
    Formula,
    Greater,
    Grown,
    Head,
    Input,
    Lesser,
    Negative,
    Number,
    One,
    Part,
    Product,
    Quotient,
    Rounded,
    Share,
    Stepped,
    Sum,
    Whole,
    add,
    parts,
    times,
    value,
)
from staffcalc.formula.words import TIMES, added, money, people, percent, plain, say, say_share, signed
from staffcalc.language.figures import MOST_DECIMALS

Measured = Literal["dollars", "rate", "FTE", "people", "students", "hours", "months", "days", "number"]
"""What a formula, or a part of one, comes out in."""


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
        case Share():
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
            parts_said = f"{percent(1 - value(share))} of {say_value(amount)} + {percent(value(share))} of"
            return (
                *calculations(amount),
                *calculations(other),
                Calculation(f"{parts_said} {say_value(other)}", formula),
            )
        case Quotient(dividend=dividend, divisor=divisor):
            divided = f"{say_value(dividend)} ÷ {say_value(divisor)}"
            return (*calculations(dividend), *calculations(divisor), Calculation(divided, formula))
        case Stepped(exact=exact, step=step, up=up):
            which = "up to the next" if up else "to the nearest"
            text = f"{say_value(exact)}, rounded {which} {plain(value(step))} FTE"
            return (*calculations(exact), Calculation(text, formula))
        case Lesser(one=one, other=other) if not _is_figure(formula):
            return calculations(one) if value(one) <= value(other) else calculations(other)
        case Greater(one=one, other=other) if not _is_figure(formula):
            return calculations(one) if value(one) >= value(other) else calculations(other)
        case Negative(amount=amount):
            return (*calculations(amount), Calculation(f"{say_value(amount)} taken away", formula))
        case _:
            return ()


def say_people(formula: Formula) -> str | None:
    """Who the FTE of a formula are, where it looks at each person: "2.5 FTE are 2 people at 1 FTE and 1 person at 0.5".

    None where it looks at no person, or at people of a stated FTE.
    """
    match formula:
        case Whole(fte=fte):
            part = Part(fte, fte.places)
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
            said = say(exact)
            if value(exact) == value(formula):
                return said
            return f"{said} = {money(value(exact))}, rounded"
        case Share(line=line, own=own, of=of):
            share = say_share(formula)
            whole = of is None and value(times(line, own)) == value(formula)
            return f"{share} of {say_value(line)} ({one_line(line)})" + ("" if whole else ", rounded")
        case _:
            return say(formula)


def measured(formula: Formula) -> Measured:
    """What the formula comes out in."""
    match formula:
        case Input(figure=figure):
            match figure.unit:
                case "dollars" | "dollars an hour":
                    return "dollars"
                case "hours a week" | "hours a day" | "weeks":
                    return "hours"
                case unit:
                    return unit
        case Product(factors=factors):
            units = {measured(factor) for factor in factors if not isinstance(factor, AtLeast)}
            order: tuple[Measured, ...] = ("dollars", "hours", "days", "months", "FTE", "people", "students", "rate")
            return next((unit for unit in order if unit in units), "number")
        case Sum(terms=(One(), *_)):
            return "rate"
        case Sum(terms=terms):
            return measured(terms[0]) if terms else "number"
        case Rounded(places=places) if places == MOST_DECIMALS:
            return "FTE"
        case Capped() | Rounded() | Share():
            return "dollars"
        case Stepped():
            return "FTE"
        case Quotient(dividend=one, divisor=other) if measured(one) == measured(other):
            return "number"
        case Quotient(dividend=one) | Grown(amount=one) | Blend(amount=one) | Negative(amount=one):
            return measured(one)
        case Lesser(one=one) | Greater(one=one):
            return measured(one)
        case Whole() | Head():
            return "people"
        case Part() | One():
            return "FTE"
        case AtLeast() | Number():
            return "number"


def say_value(formula: Formula) -> str:
    """What a formula comes to, with its unit."""
    if isinstance(formula, Input):
        return say(formula)
    number = value(formula)
    match measured(formula):
        case "dollars":
            return money(number)
        case "rate":
            return percent(number)
        case "people":
            return people(number)
        case "number":
            return signed(number.normalize() if number else number)
        case unit:
            return f"{signed(number)} {unit}"


def _is_figure(formula: Formula) -> bool:
    """A figure as one reads it: it needs no calculation, or one that is told where its inputs are."""
    if isinstance(formula, Sum):
        one_each = [_one_of_alike(term) for term in formula.terms]
        return bool(one_each) and (
            all(isinstance(one, Input) and measured(one) in ("FTE", "people") for one in one_each)
            or all(isinstance(one, Whole | Head) for one in one_each)
        )
    return isinstance(_one_of_alike(formula), Input | One | Number | Whole | Head | Part)


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
        return tuple(step for factor in factors if _leaves_all_out(factor) for step in calculations(factor))
    before = tuple(step for factor in factors for step in calculations(factor))
    steps: list[Calculation] = []
    for position in range(2, len(factors) + 1):
        so_far, factor = times(*factors[: position - 1]), factors[position - 1]
        steps.append(Calculation(f"{say_value(so_far)} {TIMES} {say_value(factor)}", times(*factors[:position])))
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
        return bool(formula.terms) and all(_leaves_all_out(term) for term in formula.terms)
    empty = isinstance(formula, Whole | Head | Part) or _eligibility(formula) is not None
    return (empty and value(formula) == 0) or (
        isinstance(formula, Product) and any(_leaves_all_out(factor) for factor in formula.factors)
    )


def _sum(formula: Sum, terms: tuple[Formula, ...]) -> tuple[Calculation, ...]:
    if terms and isinstance(terms[0], One):  # what is left of a whole
        return (Calculation(say(formula), formula),)
    said: list[Calculation] = []
    counted = [term for term in terms if not _leaves_all_out(term)]
    for term in terms:
        steps = calculations(term)
        if len(counted) > 1 and len(steps) > 1 and term in counted:
            said.append(Calculation(_group(term), term, steps))
        else:
            said.extend(steps)
    if len(counted) > 1:
        said.append(Calculation(added([say_value(term) for term in counted]), formula))
    elif not counted:
        said.append(Calculation("nobody counts", formula))
    return tuple(said)


def _group(term: Formula) -> str:
    """Whose part of a sum it is: "2 people at 1 FTE"."""
    match term:
        case Product(factors=(Whole() as count, *_)):
            return f"{say_value(count)} at 1 FTE"
        case Product(factors=(Head(part=part) as count, *_)):
            return f"{say_value(count)} at {plain(value(part))} FTE"
        case Product(factors=(Product(factors=(count, AtLeast(fte=fte))), *_)):
            return f"{say_value(count)} at {plain(value(fte))} FTE"
        case _:
            return say(term)


def _sharing(share: Share) -> tuple[Calculation, ...]:
    """The fund's share: the line's running totals with and without it are rounded, so that the shares add up."""
    line, before, own, of = share.line, share.before, share.own, share.of
    whole = "" if of is None else f" ÷ {say_value(of)}"
    steps = [*calculations(of)] if of is not None else []
    rounding = "the dollar" if share.places == 0 else "the cent"
    if value(before) == 0:
        what = f"{say_value(line)} {TIMES} {say_value(own)}{whole}, rounded to {rounding}"
        return (*steps, Calculation(what, share))
    ahead = share.ahead
    together = Share(line, add(), add(before, own), of, share.places)
    earlier = Share(line, add(), before, of, share.places)
    names = " and ".join(ahead)
    paid = f"paid by {names}: {say_value(line)} {TIMES} {say_value(before)}{whole}, rounded to {rounding}"
    own_too = say_value(together.own)
    paid_with = f"with this fund's {say_value(own)}: {say_value(line)} {TIMES} {own_too}{whole}, rounded to {rounding}"
    left = f"{say_value(together)} − {say_value(earlier)}, so that the shares add up to the line"
    return (*steps, Calculation(paid_with, together), Calculation(paid, earlier), Calculation(left, share))
