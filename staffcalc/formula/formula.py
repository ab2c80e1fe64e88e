"""Formulas over named inputs: made, worked out for one school, and taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from staffcalc.formula.inputs import Digits, Evaluation, Input, Values, digits_of
from staffcalc.formula.nodes import (
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
    rounded_quotient,
)
from staffcalc.language.figures import Figure
from staffcalc.language.fractions import MOST_DECIMALS

__all__ = [
    "AtLeast",
    "Blend",
    "Capped",
    "Digits",
    "Each",
    "Evaluation",
    "Formula",
    "FullTime",
    "FundedShare",
    "Greater",
    "Grown",
    "Head",
    "Input",
    "Lesser",
    "Negative",
    "Number",
    "One",
    "PartTime",
    "Product",
    "Quotient",
    "Rounded",
    "Stepped",
    "Sum",
    "Tiered",
    "Values",
    "add",
    "blend",
    "capped",
    "change_of",
    "digits_of",
    "greater",
    "grown",
    "inputs",
    "less",
    "lesser",
    "minus",
    "of_figure",
    "parts",
    "product",
    "tiered",
    "times",
    "value",
]


def of_figure(name: str, figure: Figure) -> Formula:
    """A figure of the file, by the name it has in the formula. One that is relative to the file's own is that one,
    grown by the change."""
    if figure.relative is None:
        return Input.of(name, figure)
    own, change = figure.relative
    return grown(Input.of(name, own), Input.of(change_of(name), change))


def change_of(name: str) -> str:
    """What the change of a figure is called: "change of salary"."""
    return f"change of {name}"


def add(*terms: Formula) -> Formula:
    """The sum; a sum of one term is the term."""
    return terms[0] if len(terms) == 1 else Sum(terms, max([term.places for term in terms], default=0))


def times(*factors: Formula) -> Formula:
    """The product; a person who is full time (`One`) needs no factor."""
    others = [factor for factor in factors if type(factor) is not One]
    return product(*others) if others else One()


def product(*factors: Formula) -> Formula:
    """The product of these very factors; a product of one factor is the factor."""
    return factors[0] if len(factors) == 1 else Product(factors, sum([factor.places for factor in factors]))


def capped(amount: Formula, cap: Formula) -> Formula:
    """The amount up to the cap."""
    return Capped(amount, cap, max(amount.places, cap.places))


def lesser(one: Formula, other: Formula) -> Formula:
    """The lesser of the two."""
    return Lesser(one, other, max(one.places, other.places))


def greater(one: Formula, other: Formula) -> Formula:
    """The greater of the two."""
    return Greater(one, other, max(one.places, other.places))


def minus(amount: Formula, other: Formula) -> Formula:
    """The amount without the other."""
    return add(amount, less(other))


def grown(amount: Formula, rate: Formula) -> Formula:
    """The amount and the rate of it together."""
    return Grown(amount, rate, amount.places + rate.places)


def blend(amount: Formula, other: Formula, share: Formula) -> Formula:
    """The other amount for this share, and the first for the rest."""
    return Blend(amount, other, share, max(amount.places, other.places) + share.places)


def tiered(number: Formula, tiers: Iterable[tuple[int, Formula]]) -> Formula:
    """The amount of the tier that a number is in; each is given with the least number of it, the lowest first."""
    pairs = tuple(tiers)
    amounts = tuple(amount for _, amount in pairs)
    least = tuple(Number(least) for least, _ in pairs)
    return Tiered(number, least, amounts, max([amount.places for amount in amounts], default=0))


def less(amount: Formula) -> Formula:
    """The amount taken away."""
    return Negative(amount, amount.places)


def value(formula: Formula, values: Values | None = None) -> Decimal:
    """The exact value for one school; a quotient that has no end is rounded to eight decimals, as for reading."""
    digits = digits_of(formula, values or {})
    if type(digits) is not int:  # a fraction
        numerator, denominator = digits.as_integer_ratio()
        if denominator != 1:
            finer = max(MOST_DECIMALS - formula.places, 0)
            rounded = rounded_quotient(numerator * 10**finer, denominator)
            return Decimal(f"{rounded}e-{formula.places + finer}")
        digits = numerator
    return Decimal(f"{digits}e-{formula.places}") if formula.places else Decimal(digits)


def inputs(formula: Formula, told: set[int] | None = None) -> Iterator[Input]:
    """Every input of a formula, in reading order; those of a part that stands in it again are told once, and so are
    those of a part that has been `told` before: its formula must be kept as long as that is."""
    told = set() if told is None else told
    ahead = [formula]
    while ahead:
        one = ahead.pop()
        if isinstance(one, Input):
            yield one
        elif id(one) not in told:
            told.add(id(one))
            ahead.extend(reversed(parts(one)))


def parts(formula: Formula) -> tuple[Formula, ...]:
    """The formulas a formula is made of."""
    found: list[Formula] = []
    for name in formula.made_of:
        field = getattr(formula, name)
        if type(field) is tuple:
            found += field
        elif field is not None:
            found.append(field)
    return tuple(found)
