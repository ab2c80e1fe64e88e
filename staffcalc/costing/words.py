"""A formula in words: "3 FTE × $13,000". What has no effect (a cap not reached, an empty group) is left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from staffcalc.costing.formula import (
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
    value,
)
from staffcalc.schoolfile.figures import MOST_DECIMALS, Figure

MINUS, TIMES = "−", "×"


def say(formula: Formula) -> str:
    """The formula with its numbers, in one line."""
    match formula:
        case Input(figure=figure):
            return say_figure(figure)
        case Sum(terms=terms):
            return _sum(formula, terms)
        case Product(factors=(Number(), count)) if (unit := _counted(count)) is not None:
            return _say_count(value(formula), unit)  # people of a roster who are alike
        case Product(factors=factors):
            return _product(factors)
        case Capped(amount=amount, cap=cap):
            return f"{say(cap)} (the cap)" if value(amount) > value(cap) else say(amount)
        case Lesser(one=one, other=other):
            return say(one) if value(one) <= value(other) else say(other)
        case Greater(one=one, other=other):
            return say(one) if value(one) >= value(other) else say(other)
        case Whole():
            return people(value(formula))
        case Head():
            return people(value(formula))
        case Part():
            return f"{plain(value(formula))} FTE"
        case One():
            return "1 FTE"
        case Number(number=number):
            return str(number)
        case AtLeast(fte=fte, threshold=threshold):
            return f"(1 from {say(threshold)} up, 0 at {plain(value(fte))})"
        case Rounded(exact=exact) if formula.places == MOST_DECIMALS:  # FTE by a ratio
            return f"{plain(value(formula))} FTE"
        case Rounded(exact=exact):
            return say(exact)
        case Stepped():
            return f"{plain(value(formula))} FTE"
        case Quotient(dividend=dividend, divisor=divisor):
            above = f"({say(dividend)})" if isinstance(dividend, Sum) and _needs_brackets(dividend) else say(dividend)
            return f"{above} ÷ {_divisor(divisor)}"
        case Grown(amount=amount, rate=rate):
            return f"{_bracketed(amount)} {TIMES} {_factor(rate)}"
        case Blend(amount=amount, other=other, share=share):
            rest = percent(1 - value(share))
            return f"{rest} of {_bracketed(amount)} + {percent(value(share))} of {_bracketed(other)}"
        case Negative(amount=amount):
            return f"{MINUS}({say(amount)})" if _needs_brackets(amount) else f"{MINUS}{say(amount)}"
        case Share(line=line):
            return f"{say_share(formula)} of {money(value(line))} ({say(line)})"


def say_share(formula: Share) -> str:
    """What a fund pays of a line: a share, or the pay it carries of all the pay that is shared."""
    own, of = formula.own, formula.of
    if isinstance(own, Input) and own.figure.unit == "rate":
        return say(own) if of is None else f"{say(own)} ÷ {percent(value(of))}"
    return f"{money(value(own))} ÷ {money(value(of))}" if of is not None else money(value(own))


def _bracketed(formula: Formula) -> str:
    return f"({say(formula)})" if _needs_brackets(formula) else say(formula)


def _divisor(divisor: Formula) -> str:
    return f"({say(divisor)})" if isinstance(divisor, Sum | Product | Quotient) else say(divisor)


def _factor(rate: Formula) -> str:
    """Growth of 2% as one multiplies by it: 1.02."""
    return plain(1 + value(rate))


def say_figure(figure: Figure) -> str:
    """A figure with its unit."""
    number = figure.value
    match figure.unit:
        case "dollars":
            return money(number)
        case "dollars an hour":
            return f"{money(number)} an hour"
        case "rate":
            return percent(number)
        case "people":
            return people(number)
        case "number":
            return signed(number)
        case "hours a day":
            return f"{plain(number)} hours a day"
        case unit:
            return f"{signed(number)} {unit}"


MOST_TERMS, LONGEST_FACTOR = 6, 100


def _counted(formula: Formula) -> str | None:
    """FTE or people, where a formula is a count of either; None for all else."""
    match formula:
        case Input(figure=figure) if figure.unit in ("FTE", "people"):
            return figure.unit
        case Whole() | Head():
            return "people"
        case Stepped() | Rounded(places=8):
            return "FTE"
        case Negative(amount=amount) | Lesser(one=amount) | Greater(one=amount):
            return _counted(amount)
        case Product(factors=(count, AtLeast()) | (Number(), count)):
            return _counted(count)
        case Sum(terms=terms) if terms:
            units = {_counted(term) for term in terms}
            return units.pop() if len(units) == 1 else None
        case _:
            return None


def _sum(formula: Formula, terms: tuple[Formula, ...]) -> str:
    if (unit := _counted(formula)) is not None:
        # Staff counts and the changes to them: what matters here is how many there are in the end.
        return _say_count(value(formula), unit)
    if terms and isinstance(terms[0], One):  # what is left of a whole: 100% − 30%
        return " ".join(["100%", *(say(term).replace(MINUS, f"{MINUS} ") for term in terms[1:])])
    words = [say(term) for term in terms if value(term) != 0]
    if len(words) > MOST_TERMS:
        words = [*words[: MOST_TERMS - 1], f"{len(words) - MOST_TERMS + 1} more"]
    return added(words) if words else "0"


def _say_count(number: Decimal, unit: str) -> str:
    said = people(abs(number)) if unit == "people" else f"{plain(abs(number))} FTE"
    return f"{MINUS}{said}" if number < 0 else said


def added(words: Sequence[str]) -> str:
    """Amounts in words added up: "$3 + $4 − $2"."""
    text = words[0]
    for one in words[1:]:
        text += f" {MINUS} {one.removeprefix(MINUS)}" if one.startswith(MINUS) else f" + {one}"
    return text


def _product(factors: tuple[Formula, ...]) -> str:
    effective = [factor for factor in factors if not (isinstance(factor, AtLeast) and value(factor) == 1)]
    return f" {TIMES} ".join(map(_say_factor, effective))


def _say_factor(factor: Formula) -> str:
    """A factor in brackets where it needs them; the pay of many people is told as what it comes to."""
    said = _bracketed(factor)
    long = len(said) > LONGEST_FACTOR and isinstance(factor, Sum | Blend | Grown | Quotient)
    return money(value(factor)) if long else said


def _needs_brackets(factor: Formula) -> bool:
    match factor:
        case Capped(amount=amount, cap=cap):
            return value(amount) <= value(cap) and _needs_brackets(amount)
        case Sum(terms=terms):
            said = [term for term in terms if value(term) != 0]
            if len(said) == 1:
                return _needs_brackets(said[0])
            return any(sign in say(factor) for sign in (" + ", f" {MINUS} "))
        case Blend():
            return True
        case Lesser(one=one, other=other):
            return _needs_brackets(one if value(one) <= value(other) else other)
        case Greater(one=one, other=other):
            return _needs_brackets(one if value(one) >= value(other) else other)
        case Quotient(dividend=dividend) | Grown(amount=dividend):
            return _needs_brackets(dividend) and isinstance(dividend, Blend)
        case _:
            return False


def money(amount: Decimal) -> str:
    """Dollars with as many decimals as they have, two where there are cents."""
    size = abs(amount)
    cents = size != size.to_integral_value()
    decimals = max(2, -int(size.normalize().as_tuple().exponent)) if cents else 0
    return f"{MINUS if amount < 0 else ''}${size:,.{decimals}f}"


def percent(share: Decimal) -> str:
    """A share as a percentage, without trailing zeros."""
    return f"{plain(share * 100)}%"


def plain(number: Decimal) -> str:
    """A number without trailing zeros or an exponent."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def people(number: Decimal) -> str:
    """A number of people."""
    return "1 person" if number == 1 else f"{signed(number)} people"


def signed(number: Decimal) -> str:
    """A number with a minus sign as it is printed."""
    return f"{MINUS if number < 0 else ''}{plain(abs(number))}"
