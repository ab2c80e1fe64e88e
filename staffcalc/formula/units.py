"""The unit in which a formula comes out: the units of its inputs, carried through the arithmetic."""

from __future__ import annotations

from typing import Literal

from staffcalc.formula.formula import (
    AtLeast,
    Blend,
    Capped,
    Each,
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
)
from staffcalc.language.fractions import MOST_DECIMALS

ResultUnit = Literal[
    "dollars",
    "hours",
    "minutes",
    "days",
    "months",
    "FTE",
    "people",
    "students",
    "rooms",
    "classes",
    "periods",
    "rate",
    "number",
]

_STRONGEST_FIRST: tuple[ResultUnit, ...] = (
    "dollars",
    "rooms",
    "hours",
    "minutes",
    "days",
    "months",
    "FTE",
    "people",
    "periods",
    "classes",
    "students",
    "rate",
    "number",
)
"""What a product comes out in: FTE × dollars are dollars, FTE × rooms are rooms, people × FTE are FTE, dollars × rate
are dollars, classes × periods are periods."""


def result_unit(formula: Formula) -> ResultUnit:
    """The unit of what a formula comes to; a plain share, such as dollars ÷ dollars, is a number."""
    match formula:
        case Input(figure=figure):
            match figure.unit:
                case "dollars" | "dollars an hour":
                    return "dollars"
                case "hours a week" | "hours a day" | "weeks":
                    return "hours"
                case unit:
                    return unit
        case Product(factors=(hours, Number(number=60))) if result_unit(hours) == "hours":
            return "minutes"
        case Product(factors=factors):
            return min(map(result_unit, factors), key=_STRONGEST_FIRST.index)
        case Sum(terms=(One(), *_)):  # what is left of a whole
            return "rate"
        case Sum(terms=terms) | Each(cells=terms):  # a share of 1.0 FTE stands beside FTE as a rate alone
            return min(map(result_unit, terms), key=_STRONGEST_FIRST.index, default="number")
        case Lesser(one=one, other=other) | Greater(one=one, other=other):
            return _first(one, other)
        case Quotient(dividend=dividend, divisor=divisor):
            above, below = result_unit(dividend), result_unit(divisor)
            return "number" if above == below or (above == "months" and below == "number") else above  # of 12 months
        case Capped(amount=amount) | Grown(amount=amount) | Blend(amount=amount) | Negative(amount=amount):
            return result_unit(amount)
        case Tiered(amounts=amounts):
            return _first(*amounts)
        case Rounded(exact=exact):
            return "FTE" if formula.places == MOST_DECIMALS else result_unit(exact)  # FTE by a ratio
        case FundedShare(line=line):
            return result_unit(line)
        case FullTime() | Head():
            return "people"
        case PartTime() | One() | Stepped():
            return "FTE"
        case AtLeast() | Number():
            return "number"


def _first(*alike: Formula) -> ResultUnit:
    """The unit of formulas that have the same, but for those of nothing, which have none."""
    return next((unit for unit in map(result_unit, alike) if unit != "number"), "number")
