"""The `forecast` of a file and of its scenarios: whether its years can come, and whether what it names is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Forecast, Fund
from staffcalc.schoolfile.problems import Problems, nearest
from staffcalc.schoolfile.rules import Rule
from staffcalc.schoolfile.tree import Text
from staffcalc.schoolfile.years import first_of, later


class Known(NamedTuple):
    """What the rules of a forecast may name, and the file's year."""

    units: Collection[str]
    components: Collection[str]
    funds: Collection[str]
    year: Text | None


_BY_UNIT = ("cola", "steps", "turnover", "supplements")
_OF_ALL = ("enrolment", "other_costs")


def check_forecast(forecast: Forecast, known: Known, problems: Problems) -> None:
    """Every rule names what there is, and years after the file's own, each once."""
    for key in (*_BY_UNIT, "benefits", "budget", *_OF_ALL):
        rule: Rule | None = getattr(forecast, key)
        if rule is None:
            continue
        names, what = _names(key, known)
        for name in rule.named:
            if key in _OF_ALL:
                hint = "write one rate, or {each_year: 1%, 2028-29: 0%}"
                problems.add(name.place, f"`{key}` is one rule for all, and names `{name}`", hint)
            elif name not in names:
                problems.add(name.place, f"`{name}` is no {what} here", nearest(name, names, f"{what}s"))
        if key == "benefits":
            for figure in (*rule.general.years, *filter(None, [rule.general.each_year])):
                problems.add(figure.place, "`benefits` names no benefit", "write {health: 6%, pension: 2%}")
        for series in (rule.general, *rule.named.values()):
            _check_years(series.years, known.year, problems)


def _names(key: str, known: Known) -> tuple[Collection[str], str]:
    if key == "benefits":
        return known.components, "benefit"
    return (known.funds, "fund") if key == "budget" else (known.units, "unit")


def _check_years(figures: tuple[Figure, ...], file_year: Text | None, problems: Problems) -> None:
    seen: dict[int, Figure] = {}
    for figure in figures:
        assert figure.dated is not None
        first = first_of(figure.dated)
        if first is None:
            problems.add(figure.place, f"`{figure.dated}` is no school year", "write it as 2027-28")
        elif first in seen:
            what = f"`{figure.dated}` and `{seen[first].dated}` are the same year"
            problems.add(figure.place, what, "keep one")
        else:
            seen[first] = figure
            _check_later(figure, first, file_year, problems)


def _check_later(figure: Figure, first: int, file_year: Text | None, problems: Problems) -> None:
    begins = None if file_year is None else first_of(file_year)
    if file_year is not None and begins is not None and first <= begins:
        what = f"`{figure.dated}` is not after {file_year}, the file's own year"
        problems.add(figure.place, what, f"the first year that a rule changes is {later(file_year, 1)}")


def check_ends(funds: Mapping[Text, Fund], file_year: Text | None, problems: Problems) -> None:
    """A fund ends in a school year, and not before the file's own; its amounts are dated in school years."""
    begins = None if file_year is None else first_of(file_year)
    for name, fund in funds.items():
        if fund.ends is not None:
            ends = first_of(fund.ends)
            if ends is None:
                problems.add(fund.ends.place, f"`{fund.ends}` is no school year", "write it as 2027-28")
            elif begins is not None and ends < begins:
                what = f"`{name}` has ended before {file_year}"
                problems.add(fund.ends.place, what, "leave it out of the budget")
        for figure in fund.years or ():
            assert figure.dated is not None
            first = first_of(figure.dated)
            if first is None:
                problems.add(figure.place, f"`{figure.dated}` is no school year", "write it as 2027-28")
            elif fund.ends is not None and (last := first_of(fund.ends)) is not None and first > last:
                what = f"`{name}` has an amount in {figure.dated}, after its end"
                problems.add(figure.place, what, f"it ends in {fund.ends}")
