"""The rules of a plan for later years, year by year: its own before those it starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from staffcalc.formula.formula import Formula, Rounded, grown, of_figure, value
from staffcalc.language.figures import Figure
from staffcalc.language.rules import Rule, first_stated
from staffcalc.school.school import Plan, Post


class Rates:
    """The rates of one plan; years are counted from the file's own, which is 0."""

    def __init__(self, plan: Plan, first: int) -> None:
        self._plan, self._first = plan, first

    def in_year(self, key: str, name: str, year: int) -> Figure | None:
        """What the rules of a `key` say for a name (a unit, a benefit, a fund) in one year."""
        rules: Iterable[Rule | None] = (getattr(forecast, key) for forecast in self._plan.forecast)
        return first_stated(rules, name, self._first + year)

    def of(self, key: str, name: str, years: int) -> Iterator[Figure]:
        """The rates of the first so many years; those of nothing are left out."""
        for year in range(1, years + 1):
            rate = self.in_year(key, name, year)
            if rate is not None and rate.value:
                yield rate

    def steps(self, post: Post, after: int, years: int) -> Figure | None:
        """The steps gained from one year to another: one a year where no rule says otherwise."""
        found = [self.in_year("steps", post.unit, year) for year in range(after + 1, years + 1)]
        gained = sum((Decimal(1) if one is None else one.value for one in found), Decimal(0))
        if not gained:
            return None
        stated = next((one for one in reversed(found) if one is not None), None)
        return Figure(gained, "number", post.place) if stated is None else stated._replace(value=gained, dated=None)


def grown_figure(figure: Figure, growth: Iterable[Figure], places: int) -> Figure:
    """A stated figure after years of growth, rounded once, half away from zero."""
    amount: Formula = of_figure("", figure)
    rates = list(growth)
    for rate in rates:
        amount = grown(amount, of_figure("growth", rate))
    note = f"grown from {figure.value:,f} by {_said(rates)}"
    return figure._replace(value=value(Rounded(amount, places)), note=note, years=(), relative=None)


def _said(rates: Sequence[Figure]) -> str:
    """Rates in words: "+3% in each of 3 years", "+2%, +0.5%"."""
    words = [f"{rate.value * 100:+f}".rstrip("0").rstrip(".") + "%" for rate in rates]
    alike = len(words) > 1 and len(set(words)) == 1
    return f"{words[0]} in each of {len(words)} years" if alike else ", ".join(words)
