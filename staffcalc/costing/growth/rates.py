"""The rules of a plan for later years, year by year: its own before those it starts from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from staffcalc.formula.formula import Formula, Rounded, grown, of_figure, value
from staffcalc.language.figures import Figure
from staffcalc.language.rules import Rule, first_stated
from staffcalc.language.school_year import MOST_YEARS, first_of
from staffcalc.school.parts.growth import Growth, Rate
from staffcalc.school.school import Plan, Post, School, Staffed


class Rates:
    """The rates of one plan; years are counted from the file's own, which is 0."""

    def __init__(self, plan: Plan, first: int) -> None:
        self.plan, self._first = plan, first

    def in_year(self, key: str, name: str, year: int) -> Figure | None:
        """What the rules of a `key` say for a name (a unit, a benefit, a fund) in one year."""
        layers = zip(self.plan.forecast, self.plan.forecast_begins, strict=True)
        rules: Iterable[Rule | None] = (getattr(forecast, key) for forecast, begins in layers if begins <= year)
        return first_stated(rules, name, self._first + year)

    def growth(self, key: str, name: str, years: int, months: Figure | None = None) -> Growth:
        """The growth of the first so many years; rates of nothing are left out. A raise may be of the file's own year,
        and of a part of a year, which has so many `months`."""
        rates = [(year, self.in_year(key, name, year)) for year in range(1, years + 1)]
        own = self.in_year(key, name, 0) if key == "cola" else None
        if own is not None and own.dated is not None:
            rates.insert(0, (0, own))
        return Growth(tuple((year, rate) for year, rate in rates if rate is not None and rate.value), years, months)

    def steps(self, post: Post, after: int, years: int) -> Figure | None:
        """The steps gained from one year to another: one a year where no rule says otherwise."""
        found = [self.in_year("steps", post.unit, year) for year in range(after + 1, years + 1)]
        gained = sum((Decimal(1) if one is None else one.value for one in found), Decimal(0))
        if not gained:
            return None
        stated = next((one for one in reversed(found) if one is not None), None)
        return Figure(gained, "number", post.place) if stated is None else stated._replace(value=gained, dated=None)


def grown_figure(figure: Figure, growth: Iterable[Rate], places: int) -> Figure:
    """A stated figure after years of growth, rounded once, half away from zero."""
    amount: Formula = of_figure("", figure)
    rates = [one.rate for one in growth]
    for rate in rates:
        amount = grown(amount, of_figure("growth", rate))
    note = f"grown from {figure.value:,f} by {_rates_in_words(rates)}"
    return figure._replace(value=value(Rounded(amount, places)), note=note, dated_figures=(), relative=None)


def _rates_in_words(rates: Sequence[Figure]) -> str:
    """Rates in words: "+3% in each of 3 years", "+2%, +0.5%"."""
    words = [f"{rate.value * 100:+f}".rstrip("0").rstrip(".") + "%" for rate in rates]
    alike = len(words) > 1 and len(set(words)) == 1
    return f"{words[0]} in each of {len(words)} years" if alike else ", ".join(words)


def unreplaced(school: School, years: int) -> tuple[str, ...]:
    """The roles whose salaries turnover would change within so many years, had they a `new_hire`."""
    first = first_of(school.year or "") or 0
    found: dict[str, None] = {}
    for plan in school.plans:
        rates = Rates(plan, first)
        for post in (staffed.post for staffed in plan.staff):
            if post.salary is not None and post.new_hire is None and rates.growth("turnover", post.unit, years).rates:
                found[post.name] = None
    return tuple(found)


def years_ahead(school: School, year: str) -> int:
    """How many years after the file's a school year is. ValueError where either names none, or it is out of reach."""
    begins, first = first_of(school.year or ""), first_of(year)
    if begins is None or first is None or not begins <= first < begins + MOST_YEARS:
        raise ValueError(f"it is not among the {MOST_YEARS} school years from {school.year} on")
    return first - begins


def some_leave(today: Staffed) -> bool:
    """Whether some of today's staff leave at the end of the file's year, for new hires to follow them."""
    return today.leaving is not None or any(one.leaving for one in today.placements)
