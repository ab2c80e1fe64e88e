"""A formula in words: "3 FTE × $13,000". What has no effect (a cap not reached, an empty group) is left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from staffcalc.formula.formula import (
    AtLeast,
    Blend,
    Capped,
    Evaluation,
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
from staffcalc.language.figures import MOST_DECIMALS, Figure

MINUS, TIMES = "−", "×"


def say(formula: Formula, known: Evaluation | None = None) -> str:
    """The formula with its numbers, in one line. `known` is what has been worked out, where many lines are told."""
    known = Evaluation() if known is None else known
    match formula:
        case Input(figure=figure):
            return say_figure(figure)
        case Sum(terms=terms):
            return _sum(formula, terms, known)
        case Product(factors=(Number(), count)) if (unit := _counted(count)) is not None:
            return _say_count(value(formula, known), unit)  # people of a roster who are alike
        case Product(factors=factors):
            return _product(factors, known)
        case Capped(amount=amount, cap=cap):
            return f"{say(cap, known)} (the cap)" if value(amount, known) > value(cap, known) else say(amount, known)
        case Lesser(one=one, other=other):
            return say(one, known) if value(one, known) <= value(other, known) else say(other, known)
        case Greater(one=one, other=other):
            return say(one, known) if value(one, known) >= value(other, known) else say(other, known)
        case Whole():
            return people(value(formula, known))
        case Head():
            return people(value(formula, known))
        case Part():
            return f"{plain(value(formula, known))} FTE"
        case One():
            return "1 FTE"
        case Number(number=number):
            return str(number)
        case AtLeast(fte=fte, threshold=threshold):
            return f"(1 from {say(threshold, known)} up, 0 at {plain(value(fte, known))})"
        case Rounded(exact=exact) if formula.places == MOST_DECIMALS:  # FTE by a ratio
            return f"{plain(value(formula, known))} FTE"
        case Rounded(exact=exact):
            return say(exact, known)
        case Stepped():
            return f"{plain(value(formula, known))} FTE"
        case Quotient(dividend=dividend, divisor=divisor):
            above = (
                f"({say(dividend, known)})"
                if isinstance(dividend, Sum) and _needs_brackets(dividend, known)
                else say(dividend, known)
            )
            return f"{above} ÷ {_divisor(divisor, known)}"
        case Grown(amount=amount, rate=rate):
            return f"{_bracketed(amount, known)} {TIMES} {_factor(rate, known)}"
        case Blend(amount=amount, other=other, share=share):
            rest = percent(1 - value(share, known))
            return (
                f"{rest} of {_bracketed(amount, known)} + {percent(value(share, known))} of {_bracketed(other, known)}"
            )
        case Negative(amount=amount):
            return (
                f"{MINUS}({say(amount, known)})" if _needs_brackets(amount, known) else f"{MINUS}{say(amount, known)}"
            )
        case Share(line=line):
            return f"{say_share(formula, known)} of {money(value(line, known))} ({say(line, known)})"


def say_share(formula: Share, known: Evaluation | None = None) -> str:
    """What a fund pays of a line: a share, or the pay it carries of all the pay that is shared."""
    known = Evaluation() if known is None else known
    own, of = formula.own, formula.of
    if isinstance(own, Input) and own.figure.unit == "rate":
        return say(own, known) if of is None else f"{say(own, known)} ÷ {percent(value(of, known))}"
    return f"{money(value(own, known))} ÷ {money(value(of, known))}" if of is not None else money(value(own, known))


def _bracketed(formula: Formula, known: Evaluation) -> str:
    return f"({say(formula, known)})" if _needs_brackets(formula, known) else say(formula, known)


def _divisor(divisor: Formula, known: Evaluation) -> str:
    return f"({say(divisor, known)})" if isinstance(divisor, Sum | Product | Quotient) else say(divisor, known)


def _factor(rate: Formula, known: Evaluation) -> str:
    """Growth of 2% as one multiplies by it: 1.02."""
    return plain(1 + value(rate, known))


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


def _sum(formula: Formula, terms: tuple[Formula, ...], known: Evaluation) -> str:
    if (unit := _counted(formula)) is not None:
        # Staff counts and the changes to them: what matters here is how many there are in the end.
        return _say_count(value(formula, known), unit)
    if terms and isinstance(terms[0], One):  # what is left of a whole: 100% − 30%
        return " ".join(["100%", *(say(term, known).replace(MINUS, f"{MINUS} ") for term in terms[1:])])
    told = [term for term in terms if value(term, known) != 0]
    shown = told if len(told) <= MOST_TERMS else told[: MOST_TERMS - 1]
    words = [say(term, known) for term in shown]
    if len(shown) < len(told):
        words.append(f"{len(told) - len(shown)} more")
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


def _product(factors: tuple[Formula, ...], known: Evaluation) -> str:
    effective = [factor for factor in factors if not (isinstance(factor, AtLeast) and value(factor, known) == 1)]
    return f" {TIMES} ".join(_say_factor(factor, known) for factor in effective)


def _say_factor(factor: Formula, known: Evaluation) -> str:
    """A factor in brackets where it needs them; the pay of many people is told as what it comes to."""
    said = _bracketed(factor, known)
    long = len(said) > LONGEST_FACTOR and isinstance(factor, Sum | Blend | Grown | Quotient)
    return money(value(factor, known)) if long else said


def _needs_brackets(factor: Formula, known: Evaluation) -> bool:
    match factor:
        case Capped(amount=amount, cap=cap):
            return value(amount, known) <= value(cap, known) and _needs_brackets(amount, known)
        case Sum(terms=terms):
            said = [term for term in terms if value(term, known) != 0]
            if len(said) == 1:
                return _needs_brackets(said[0], known)
            return any(sign in say(factor, known) for sign in (" + ", f" {MINUS} "))
        case Blend():
            return True
        case Lesser(one=one, other=other):
            return _needs_brackets(one if value(one, known) <= value(other, known) else other, known)
        case Greater(one=one, other=other):
            return _needs_brackets(one if value(one, known) >= value(other, known) else other, known)
        case Quotient(dividend=dividend) | Grown(amount=dividend):
            return _needs_brackets(dividend, known) and isinstance(dividend, Blend)
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
