"""Numbers as a file writes them, and how they are rounded."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

Plain = dict[str, Any]
"""A block of a school file as plain dicts; every number is text, as a person writes it."""

CHANGE = "changed by"
"""The key of a percentage by which a scenario changes the file's own figure, which stands around it."""
ZERO, ONE = Fraction(0), Fraction(1)
SMALLEST = Fraction(1, 10**8)
"""Staff by a ratio keep so many decimals where the file rounds them to nothing else."""


class Known(NamedTuple):
    """The number of one year; `dated` where the file states it for this very year, so that it does not grow. `since`:
    it is of the year so many after the file's, and grows from then on."""

    value: Fraction
    dated: bool
    since: int = 0


@cache
def number(text: str) -> Fraction:
    """A number as people write it: $61,250.50, 61_250, 15.32%, 1/3, 2 1/3."""
    if "/" in text:
        *whole, part = text.split()
        return Fraction(part) + sum(map(Fraction, whole))
    plain = text.replace("$", "").replace(",", "").replace("_", "").replace("+", "").strip()
    return Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)


def year_of(name: str) -> int:
    """The calendar year in which a school year begins: 2027-28, or FY28, which ends in 2028."""
    name = name.strip()
    return 2000 + int(name[2:]) - 1 if name.startswith("FY") else int(name[:4])


def known(figure: Any, year: int | None) -> Known:
    """A figure is a number, or a block with another number for single years: that year alone, as it stands."""
    if not isinstance(figure, dict):
        return Known(number(figure), False)
    if CHANGE in figure:
        own = known({key: one for key, one in figure.items() if key != CHANGE}, year)
        return own._replace(value=own.value * (1 + number(figure[CHANGE])))
    for name, stated in figure.get("years", {}).items():
        if year is not None and str(name)[:4].isdigit() and year_of(name) == year:
            return Known(known(stated, None).value, True)
    return Known(number(figure["value"]), False, figure.get("since", 0))


def rounded(exact: Fraction, unit: Fraction) -> Fraction:
    """To the nearest unit, half away from zero."""
    whole, rest = divmod(abs(exact / unit), 1)
    return unit * (whole + (1 if rest >= Fraction(1, 2) else 0)) * (-1 if exact < 0 else 1)


def stepped(exact: Fraction, way: str | None) -> Fraction:
    """As a ratio's `rounding` says: none, up, up 0.5, nearest, nearest 0.5; left out, to eight decimals."""
    words = (way or "none").split()
    if words == ["none"]:
        return rounded(exact, SMALLEST)
    step = number(words[1]) if len(words) > 1 else ONE
    return step * -(-exact / step // 1) if words[0] == "up" else rounded(exact, step)


def people(fte: Fraction) -> list[Fraction]:
    """2.5 FTE are two full-time people and one at 0.5."""
    whole, part = divmod(fte, 1)
    return [ONE] * int(whole) + ([part] if part else [])
