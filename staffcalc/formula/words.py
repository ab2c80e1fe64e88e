"""A formula in words: "3 FTE × $13,000". What has no effect (a cap not reached, an empty group) is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Literal

from staffcalc.formula.formula import (
    AtLeast,
    Blend,
    Capped,
    Evaluation,
    Formula,
    FundedShare,
    Greater,
    Grown,
    Input,
    Lesser,
    Negative,
    Number,
    One,
    Product,
    Quotient,
    Rounded,
    Sum,
    Tiered,
    value,
)
from staffcalc.formula.units import ResultUnit, result_unit
from staffcalc.language.figures import Figure
from staffcalc.language.fractions import MOST_DECIMALS, as_told
from staffcalc.records import NamedTuple

MINUS, TIMES = "−", "×"
MOST_TERMS, LONGEST_FACTOR = 6, 100
_LARGEST_PART = 99
"""No post is told in smaller parts than these."""


class _Binds(IntEnum):
    """What holds a text together, the loosest first: it stands in brackets where something closer is done with it."""

    SUM = 0
    PRODUCT = 1
    FIGURE = 2


class _Told(NamedTuple):
    """A formula in words, and what holds them together."""

    text: str
    binds: _Binds

    def within(self, binds: _Binds) -> str:
        """The words as a part of what is held together so."""
        return self.text if self.binds >= binds else f"({self.text})"


def say(formula: Formula, known: Evaluation | None = None) -> str:
    """The formula with its numbers, in one line. `known` is what has been worked out, where many lines are told."""
    return _tell(formula, Evaluation() if known is None else known).text


def say_value(formula: Formula, known: Evaluation | None = None) -> str:
    """What a formula comes to, in its unit."""
    return (
        say_figure(formula.figure)
        if isinstance(formula, Input)
        else say_in(result_unit(formula), value(formula, known))
    )


def say_share(share: FundedShare, known: Evaluation | None = None) -> str:
    """What a fund pays of a line: a share, or what the line comes to for those it pays, of what it does for all."""
    own = say_value(share.own, known)
    return own if share.of is None else f"{own} ÷ {say_value(share.of, known)}"


def _tell(formula: Formula, known: Evaluation) -> _Told:
    match formula:
        case Sum(terms=terms):
            return _sum(formula, terms, known)
        case Product(factors=(Number(), count)) if result_unit(count) in ("FTE", "people"):
            return _figure(formula, known)  # people of a roster who are alike
        case Product(factors=factors):
            return _product(formula, factors, known)
        case Quotient(dividend=dividend) if divides_by_one(formula, known):
            return _tell(dividend, known)
        case Quotient(dividend=dividend, divisor=divisor):
            above, below = (_tell(one, known) for one in (dividend, divisor))
            return _Told(f"{above.within(_Binds.PRODUCT)} ÷ {below.within(_Binds.FIGURE)}", _Binds.PRODUCT)
        case Grown(amount=amount, rate=rate):  # a growth of 2% as one multiplies by it: 1.02
            grown = f"{_tell(amount, known).within(_Binds.PRODUCT)} {TIMES} {signed(1 + value(rate, known))}"
            return _Told(grown, _Binds.PRODUCT)
        case Blend(amount=amount, other=other, share=share):
            shares = (1 - value(share, known), value(share, known))
            parts = (_tell(one, known).within(_Binds.PRODUCT) for one in (amount, other))
            both = (f"{percent(part)} of {phrase}" for part, phrase in zip(shares, parts, strict=True))
            return _Told(" + ".join(both), _Binds.SUM)
        case Negative(amount=amount):
            return _taken_away(_tell(amount, known))
        case Capped(amount=amount, cap=cap):
            if value(amount, known) <= value(cap, known):
                return _tell(amount, known)
            most = _tell(cap, known)
            return _Told(f"{most.text} (the cap)", most.binds)
        case Lesser(one=one, other=other):
            return _tell(one if value(one, known) <= value(other, known) else other, known)
        case Greater(one=one, other=other):
            return _tell(one if value(one, known) >= value(other, known) else other, known)
        case AtLeast(fte=fte, threshold=threshold):
            out = f"(1 from {say(threshold, known)} up, 0 at {plain(value(fte, known))})"
            return _Told(out, _Binds.FIGURE)
        case Rounded(exact=exact) if formula.places != MOST_DECIMALS and result_unit(formula) != "students":
            return _tell(exact, known)
        case Tiered(number=number):
            phrase = say_value(tier(formula, known), known)
            return _Told(f"{phrase} (team of {plain(value(number, known))})", _Binds.FIGURE)
        case FundedShare(line=line):
            paid = f"{say_share(formula, known)} of {say_value(line, known)} ({say(line, known)})"
            return _Told(paid, _Binds.PRODUCT)
        case _:
            return _figure(formula, known)


def tier(formula: Tiered, known: Evaluation | None = None) -> Formula:
    """The amount of the tier that the number is in; below all of them that is nothing."""
    number = value(formula.number, known)
    reached = zip(formula.least, formula.amounts, strict=True)
    return next((one for least, one in reversed(list(reached)) if value(least) <= number), Sum((), 0))


def _figure(formula: Formula, known: Evaluation) -> _Told:
    return _Told(say_value(formula, known), _Binds.FIGURE)


def _taken_away(told: _Told) -> _Told:
    phrase = told.within(_Binds.PRODUCT)
    return _Told(
        f"{MINUS}({phrase})" if phrase.startswith(MINUS) else f"{MINUS}{phrase}", max(told.binds, _Binds.PRODUCT)
    )


def _sum(formula: Formula, terms: tuple[Formula, ...], known: Evaluation) -> _Told:
    if terms and isinstance(terms[0], One):  # what is left of a whole: 100% − 30%
        return _Told(added(["100%", *(say(term, known) for term in terms[1:])]), _Binds.SUM)
    counted = [term for term in terms if value(term, known) != 0]
    if not counted or result_unit(formula) in ("FTE", "people"):
        # Staff counts and the changes to them: what matters here is how many there are in the end.
        return _figure(formula, known)
    if len(counted) == 1:
        return _tell(counted[0], known)
    shown = counted if len(counted) <= MOST_TERMS else counted[: MOST_TERMS - 1]
    words = [say(term, known) for term in shown]
    if rest := counted[len(shown) :]:
        together = sum((value(term, known) for term in rest), Decimal(0))
        words.append(f"{say_in(result_unit(formula), together)} ({len(rest)} more)")
    return _Told(added(words), _Binds.SUM)


def listed(words: Iterable[str]) -> str:
    """Words in a row: "a, b and c"."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def added(words: Sequence[str]) -> str:
    """Amounts in words added up: "$3 + $4 − $2"."""
    text = words[0]
    for one in words[1:]:
        text += f" {MINUS} {one.removeprefix(MINUS)}" if one.startswith(MINUS) else f" + {one}"
    return text


def _product(formula: Formula, factors: tuple[Formula, ...], known: Evaluation) -> _Told:
    effective = [factor for factor in cancelled(factors, known) if not _without_effect(factor, known)]
    if len(effective) < 2:
        return _tell(effective[0], known) if effective else _figure(formula, known)
    return _Told(f" {TIMES} ".join(_say_factor(factor, known) for factor in effective), _Binds.PRODUCT)


def cancelled(factors: Sequence[Formula], known: Evaluation | None = None) -> list[Formula]:
    """Without figures that a quotient among the factors divides by: 0.3 FTE × $30,000 ÷ 0.3 FTE are $30,000."""
    left = list(factors)
    for factor in factors:
        if isinstance(factor, Quotient) and isinstance(factor.divisor, Input) and value(factor.divisor, known):
            same = next((one for one in left if isinstance(one, Input) and one.figure == factor.divisor.figure), None)
            if same is not None:
                left[left.index(factor)] = factor.dividend
                left.remove(same)
    return left


def divides_by_one(quotient: Quotient, known: Evaluation | None = None) -> bool:
    """Whether it is for one of another unit, as for one person: that is what is divided."""
    return result_unit(quotient.dividend) != result_unit(quotient.divisor) and value(quotient.divisor, known) == 1


def _without_effect(factor: Formula, known: Evaluation) -> bool:
    """A threshold that is reached, or a share that is all: where nobody goes, those who stay of those there were."""
    return (isinstance(factor, AtLeast | Sum) or _is_share(factor)) and (
        result_unit(factor) in ("number", "rate") and value(factor, known) == 1
    )


def _is_share(formula: Formula) -> bool:
    return isinstance(formula, Quotient) and result_unit(formula) == "number"


def _say_factor(factor: Formula, known: Evaluation) -> str:
    """A factor in brackets where it needs them; the pay of many people is told as what it comes to, and so is what has
    been rounded before it is multiplied."""
    if isinstance(factor, Rounded) and value(factor, known) != value(factor.exact, known):
        return say_value(factor, known)
    ratio = isinstance(factor, Quotient) and result_unit(factor) in ("number", "people", "FTE")
    phrase = _tell(factor, known).within(_Binds.FIGURE if ratio else _Binds.PRODUCT)
    long = len(phrase) > LONGEST_FACTOR and isinstance(factor, Sum | Blend | Grown | Quotient)
    return say_value(factor, known) if long else phrase


def say_figure(figure: Figure) -> str:
    """A figure with its unit."""
    if figure.over is not None:
        return f"{say_fraction(*figure.over)}{f' {figure.unit}' if figure.unit != 'rate' else ''}"
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
        case "rooms" | "classes" | "periods" as unit:
            return _counted(number, unit)
        case unit:
            return f"{signed(number)} {unit}"


def say_fraction(above: int, below: int) -> str:
    """A number as the file writes it: "1/3", "−2/3", "2 1/3"."""
    whole, rest = divmod(abs(above), below)
    phrase = f"{rest}/{below}" if not whole else f"{whole} {rest}/{below}" if rest else str(whole)
    return f"{MINUS}{phrase}" if above < 0 else phrase


def say_in(unit: ResultUnit, number: Decimal) -> str:
    """A number in its unit."""
    match unit:
        case "dollars":
            return money(number)
        case "rate":
            return percent(number)
        case "people":
            return people(number)
        case "number":
            return signed(number)
        case "rooms" | "classes" | "periods":
            return _counted(number, unit)
        case _:
            return f"{signed(number)} {unit}"


def money(amount: Decimal) -> str:
    """Dollars with as many decimals as they have, two where there are cents."""
    size = abs(amount)
    cents = size != size.to_integral_value()
    decimals = max(2, -int(size.normalize().as_tuple().exponent)) if cents else 0
    return f"{MINUS if amount < 0 else ''}${size:,.{decimals}f}"


def percent(share: Decimal) -> str:
    """A share as a percentage, without trailing zeros."""
    return f"{signed(share * 100)}%"


def plain(number: Decimal) -> str:
    """A number without trailing zeros or an exponent."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say_fte(number: Decimal) -> str:
    """So many FTE in a sentence: a number without an end to three decimals, as tables have it."""
    return f"{plain(as_told(number))} FTE"


def people(number: Decimal) -> str:
    """A number of people; a part that has no end as a fraction: "1/3 of a person", "2 1/3 people"."""
    if (parts := _in_parts(number)) is not None:
        return parts
    return "1 person" if number == 1 else f"{signed(number)} people"


def rooms(number: Decimal) -> str:
    """A number of rooms."""
    return _counted(number, "rooms")


def positions(number: Decimal) -> str:
    """A number of positions of an allotment."""
    return _counted(number, "positions")


_ONE = {"rooms": "room", "classes": "class", "periods": "period", "positions": "position"}


def _counted(number: Decimal, unit: Literal["rooms", "classes", "periods", "positions"]) -> str:
    return f"{signed(number)} {_ONE[unit] if abs(number) == 1 else unit}"


def _in_parts(number: Decimal) -> str | None:
    """A number that was rounded to eight decimals as the fraction it is; None for all others."""
    from fractions import Fraction

    exact = Fraction(number).limit_denominator(_LARGEST_PART)
    whole, part = divmod(exact, 1)
    if number <= 0 or exact == number or abs(exact - Fraction(number)) > Fraction(1, 10**MOST_DECIMALS):
        return None
    return f"{whole:,} {part} people" if whole else f"{part} of a person"


def signed(number: Decimal) -> str:
    """A number with a minus sign as it is printed."""
    return f"{MINUS if number < 0 else ''}{plain(abs(number))}"
