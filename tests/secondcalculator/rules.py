"""The rules of a forecast, laid over one another."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from secondcalculator.figures import Plain, number, year_of

STEPS = {"freeze": "0", "half": "0.5"}
HOLDS = "\0holds"
"""The year from which a layer holds, where it is of a scenario that begins later."""
NOTES = ("note", "source", "assumed")


class Said(NamedTuple):
    """What one layer says of a year: the number, and whether it is for that `year`, `each_year`, or a `bare` one."""

    number: Fraction
    how: str
    months: Any = None


def rate(layers: list[Plain], key: str, name: str, year: int) -> Fraction | None:
    """The number for a name (a unit, a benefit, a fund) in a year. The layers stand the nearest first.

    The layer above wins where it names that year, or each year, for this name or for all; a year of a layer below
    stands against an `each_year` above, and not against a bare number.
    """
    said = stated(layers, key, name, year)
    return None if said is None else said.number


def stated(layers: list[Plain], key: str, name: str, year: int) -> Said | None:
    """The same, and how it is said."""
    above: Said | None = None
    for layer in layers:
        said = _said(layer[key], name, year) if key in layer and layer.get(HOLDS, year) <= year else None
        if said is None:
            continue
        if said.how == "year":
            return said
        above = said if above is None else above
        if said.how == "bare" or _names(layer[key], year):
            return above
    return above


def grown(layers: list[Plain], key: str, name: str, first: int | None, years: int, since: int = 0) -> Fraction:
    """By what a price is multiplied after so many years, where it is that of a year `since` the file's."""
    factor = Fraction(1)
    for year in range(since + 1, years + 1):
        assert first is not None
        factor *= 1 + (rate(layers, key, name, first + year) or 0)
    return factor


def raised(layers: list[Plain], name: str, years: tuple[int, int], since: int, of: Fraction) -> Fraction:
    """By what pay is multiplied after so many years: the last raise counts for its months of a year of so many. What
    the file states has a raise of the file's own year, where there is one; `years` are that one and how many follow."""
    factor, (first, number) = Fraction(1), years
    for year in range(0 if not since else since + 1, number + 1):
        said = stated(layers, "cola", name, first + year)
        if said is None or (year == 0 and said.how != "year"):
            continue
        part = Fraction(said.months) / of if said.months is not None and year == number else 1
        factor *= 1 + said.number * part
    return factor


def _months(stated: Any) -> Any:
    return stated.get("months") if isinstance(stated, dict) else None


def _said(rule: Any, name: str, year: int) -> Said | None:
    """Within a layer: the name's year, the name's each_year or bare number, the year for all, each_year or bare."""
    own = rule.get(name) if isinstance(rule, dict) and "value" not in rule else None
    return (None if own is None else _of_series(own, year)) or _of_series(rule, year)


def _names(rule: Any, year: int) -> bool:
    """Whether a layer states a year for all."""
    said = _of_series(rule, year)
    return said is not None and said.how == "year"


def _of_series(series: Any, year: int) -> Said | None:
    if not isinstance(series, dict):
        return Said(_number(series), "bare")
    if "value" in series:
        return Said(_number(series["value"]), "bare", series.get("months"))
    for name, stated in series.items():
        if name[:4].isdigit() and name not in NOTES and year_of(name) == year:
            return Said(_number(stated), "year", _months(stated))
    each = series.get("each_year")
    return Said(_number(each), "each_year", _months(each)) if "each_year" in series else None


def _number(stated: Any) -> Fraction:
    text: str = stated["value"] if isinstance(stated, dict) else stated
    return number(STEPS.get(text, text))
