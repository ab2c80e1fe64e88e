"""A formula in words: "3 FTE × $13,000". What has no effect (a cap not reached, an empty group) is left out."""

from __future__ import annotations

from decimal import Decimal

from staffcalc.costing.formula import (
    AtLeast,
    Capped,
    Formula,
    Head,
    Input,
    One,
    Part,
    Product,
    Rounded,
    Share,
    Sum,
    Whole,
    value,
)
from staffcalc.schoolfile.figures import Figure

MINUS, TIMES = "−", "×"


def say(formula: Formula) -> str:
    """The formula with its numbers, in one line."""
    match formula:
        case Input(figure=figure):
            return say_figure(figure)
        case Sum(terms=terms):
            return _sum(formula, terms)
        case Product(factors=factors):
            return _product(factors)
        case Capped(amount=amount, cap=cap):
            return f"{say(cap)} (the cap)" if value(amount) > value(cap) else say(amount)
        case Whole():
            return people(value(formula))
        case Head():
            return people(value(formula))
        case Part():
            return f"{plain(value(formula))} FTE"
        case One():
            return "1 FTE"
        case AtLeast(fte=fte, threshold=threshold):
            return f"(1 from {say(threshold)} up, 0 at {plain(value(fte))})"
        case Rounded(exact=exact):
            return say(exact)
        case Share(line=line, own=own, of=of):
            share = say(own) if of is None else f"{say(own)} ÷ {percent(value(of))}"
            return f"{share} of {money(value(line))} ({say(line)})"


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
        case unit:
            return f"{plain(number)} {unit}"


def _sum(formula: Formula, terms: tuple[Formula, ...]) -> str:
    counted = {term.figure.unit for term in terms if isinstance(term, Input)}
    if terms and counted <= {"FTE", "people"} and all(isinstance(term, Input) for term in terms):
        # A staff count and the changes to it: what matters here is how many there are in the end.
        return people(value(formula)) if "people" in counted else f"{plain(value(formula))} FTE"
    if all(isinstance(term, (Whole, Head)) for term in terms):
        return people(value(formula))
    said = [say(term) for term in terms if value(term) != 0]
    return " + ".join(said) if said else "0"


def _product(factors: tuple[Formula, ...]) -> str:
    said = [
        f"({say(factor)})" if _needs_brackets(factor) else say(factor)
        for factor in factors
        if not (isinstance(factor, AtLeast) and value(factor) == 1)
    ]
    return f" {TIMES} ".join(said)


def _needs_brackets(factor: Formula) -> bool:
    match factor:
        case Capped(amount=amount, cap=cap):
            return value(amount) <= value(cap) and _needs_brackets(amount)
        case Sum(terms=terms):
            said = [term for term in terms if value(term) != 0]
            return _needs_brackets(said[0]) if len(said) == 1 else " + " in say(factor)
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
    return "1 person" if number == 1 else f"{plain(number)} people"
