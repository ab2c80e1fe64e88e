"""What 1.0 FTE earns: cells of a schedule, steps, months and differentials, new hires, turnover, and prices."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from secondcalculator.figures import ONE, ZERO, Plain, known, number
from secondcalculator.read import Book, Plan, cell
from secondcalculator.rules import grown, raised, rate


class Wage(NamedTuple):
    """What a holder is paid by name: a cell, or dollars for 1.0 FTE; `of` so much FTE where these are what is paid."""

    stated: Any
    of: Any = "1"


class Lot(NamedTuple):
    """Of those who hold posts the `share` of whom new hires have followed in a year (None: who have held them since
    they came), and what 1.0 FTE of them earns."""

    share: Fraction
    pay: Fraction
    year: int | None = None


def average(lots: Iterable[Lot]) -> Fraction:
    """What all of them earn for 1.0 FTE."""
    return sum((lot.share * lot.pay for lot in lots), ZERO)


def unit(book: Book, role: Plain) -> str:
    """The bargaining unit: as stated, else the schedule that the role is on, else `other`."""
    dollars = any(key in role and not _is_cell(role[key]) for key in ("salary", "hourly", "daily", "stipend"))
    schedules = book.file.get("schedules", {})
    only = next(iter(schedules)) if len(schedules) == 1 and not dollars else None
    return str(role.get("unit") or role.get("schedule") or only or "other")


class Pay:
    """The wages of one role in one plan, so many years after the file's. `growing`: the role whose raises they have,
    where that is another."""

    def __init__(self, book: Book, plan: Plan, role: Plain, years: int, growing: Plain | None = None) -> None:
        self.book, self.plan, self.role, self.years = book, plan, role, years
        self.unit = unit(book, role)
        self.raised_as = growing or role
        self.growing = unit(book, self.raised_as)
        self._cells: dict[tuple[str, Fraction], Fraction] = {}  # computed once

    def dollars(self, stated: Any, rule: str = "cola") -> Fraction:
        """A price after the growth of the years since the file's; what is stated for this very year does not grow."""
        if isinstance(stated, dict) and "amount" in stated:  # beside its fund
            stated = stated["amount"]
        figure = known(stated, self.book.year(self.years))
        if figure.dated:
            return figure.value
        if rule == "cola" and self.book.first is not None:
            years, months = (self.book.first, self.years), self.year_months()
            return figure.value * raised(self.plan.rules, self.growing, years, figure.since, months)
        return figure.value * grown(self.plan.rules, rule, self.growing, self.book.first, self.years, figure.since)

    def wage(self, wage: Wage, since: int | None) -> Fraction:
        """A cell with the steps gained since a year (None: none), or dollars, which have no steps."""
        if _is_cell(wage.stated):
            name = wage.stated["value"] if isinstance(wage.stated, dict) else wage.stated
            asked = name, ZERO if since is None else self._steps(since)
            if asked not in self._cells:
                self._cells[asked] = self._cell(*asked)
            return self._cells[asked]
        return self.dollars(wage.stated) / known(wage.of, self.book.year(self.years)).value

    def hire(self, since: int) -> Fraction:
        """What a new hire of a year earns by now, if nobody has followed them."""
        return self.wage(Wage(self.role["new_hire"]), since)

    def aged(self, wage: Wage, since: int) -> list[Lot]:
        """The pay of those who came, or are known, since a year: each year after it, new hires follow a share."""
        return self._turned(self.places(wage, since), since)

    def turned(self, pay: Fraction, since: int) -> list[Lot]:
        """A pay of this year, and those of the hires who have followed a share of all each year since another."""
        return self._turned([Lot(ONE, pay)], since)

    def places(self, wage: Wage, since: int) -> list[Lot]:
        """What people earn who are spread over the years of a step, by where they have got to; all others alike."""
        stated = wage.stated["value"] if _is_cell(wage.stated) and isinstance(wage.stated, dict) else wage.stated
        if not _is_cell(wage.stated):
            return [Lot(ONE, self.wage(wage, since))]
        place, _, _ = cell(stated).partition(" with ")
        lane, _, step = place.partition("/")
        schedule, gained = self._schedule, self._steps(since)
        years = self._years(schedule, lane, step)
        found: dict[tuple[str, str], list[Fraction]] = {}
        for start in range(span(step)):
            now, following = (years[min(start + int(gained) + more, len(years) - 1)] for more in (0, 1))
            found.setdefault((now, following), []).append(self._cell(stated, gained, start))
        each = Fraction(1, span(step))
        return [Lot(each * len(pay), pay[0], 0 if number else None) for number, pay in enumerate(found.values())]

    def _turned(self, lots: list[Lot], since: int) -> list[Lot]:
        for year in range(since + 1, self.years + 1):
            share = self.share("turnover", year)
            if share and "new_hire" in self.role:
                lots = [lot._replace(share=lot.share * (1 - share)) for lot in lots]
                lots.append(Lot(share, self.hire(year), year))
        return lots

    def hired(self, since: int) -> list[Lot]:
        """What those earn whom a plan hired in a year."""
        return self.turned(self.hire(since), since)

    def own(self, since: int = 0) -> list[Lot] | None:
        """What a holder since a year earns whose place is not known, by the role; None where it does not say."""
        stated = self.role.get("salary", self.role.get("average"))
        if stated is None:
            return None
        return self.aged(Wage(stated), since) if "salary" in self.role else self.turned(self.average(), since)

    def average(self) -> Fraction:
        """The average that is stated: it is of the whole staff, and gains no steps."""
        return self.wage(Wage(self.role["average"]), None)

    def share(self, rule: str, year: int) -> Fraction:
        """The number of a rule for this unit in one year."""
        assert self.book.first is not None
        return rate(self.plan.rules, rule, self.unit, self.book.first + year) or ZERO

    def _steps(self, since: int) -> Fraction:
        """The steps gained after a year: one a year where no rule says otherwise."""
        gained = ZERO
        for year in range(since + 1, self.years + 1):
            assert self.book.first is not None
            one = rate(self.plan.rules, "steps", self.unit, self.book.first + year)
            gained += ONE if one is None else one
        return gained

    @property
    def _schedule(self) -> Plain:
        schedules = self.book.file["schedules"]
        found: Plain = schedules[self.role["schedule"]] if "schedule" in self.role else next(iter(schedules.values()))
        return found

    def _years(self, schedule: Plain, lane: str, step: str) -> list[str]:
        """The step of each year from the beginning of one on."""
        at = schedule["lanes"].index(lane)
        ladder = [one for one in in_order(schedule["steps"]) if _there(schedule["steps"][one][at])]
        return [one for one in ladder[ladder.index(step) :] for _ in range(span(one))]

    def _cell(self, name: str, gained: Fraction, start_at: int | None = None) -> Fraction:
        """A step is a year, and half a step is half way to the next. A step that spans years is left over as many
        years, evenly: of those on a step of five, a fifth goes on each year. `start_at`: of those of one year alone."""
        place, _, personal = cell(name).partition(" with ")
        lane, _, step = place.partition("/")
        schedule = self._schedule
        years = self._years(schedule, lane, step)
        whole, part = divmod(gained, 1)

        def after(steps: int) -> Fraction:
            starts = range(span(step)) if start_at is None else (start_at,)
            return sum(
                (self._amount(schedule, lane, years[min(start + steps, len(years) - 1)], personal) for start in starts),
                ZERO,
            ) / len(starts)

        pay = after(int(whole)) if not part else (1 - part) * after(int(whole)) + part * after(int(whole) + 1)
        return pay * self._months(schedule)

    def _amount(self, schedule: Plain, lane: str, step: str, personal: str) -> Fraction:
        """A cell with its differentials: those of its steps and lanes, and those that are held."""
        amount = self.dollars(schedule["steps"][step][schedule["lanes"].index(lane)])
        names = in_order(schedule["steps"])
        pay = amount
        for name, one in schedule.get("differentials", {}).items():
            if not any(key in one for key in ("from_step", "to_step", "lanes")):
                holds = name in personal.split(" and ")
            else:
                low, high = one.get("from_step", names[0]), one.get("to_step", names[-1])
                holds = names.index(low) <= names.index(step) <= names.index(high) and lane in one.get("lanes", [lane])
            if holds:
                year = self.book.year(self.years)
                pay += self.dollars(one["amount"]) if "amount" in one else amount * known(one["rate"], year).value
        return pay

    def year_months(self) -> Fraction:
        """The months of the year of whoever is raised: those the role works, else its schedule's, else twelve."""
        year, schedules = self.book.year(self.years), self.book.file.get("schedules", {})
        if "months" in self.raised_as:
            return known(self.raised_as["months"], year).value
        own = [self.raised_as[key] for key in ("salary", "hourly", "daily", "stipend") if key in self.raised_as]
        dollars = any(not _is_cell(one) for one in own)
        only = next(iter(schedules)) if len(schedules) == 1 and not dollars else None
        name = self.raised_as.get("schedule", only)
        if name is None or "months" not in schedules[name]:
            return Fraction(12)
        return known(schedules[name]["months"], year).value

    def _months(self, schedule: Plain) -> Fraction:
        """By the month: times the months worked; a yearly amount for so many months: in proportion."""
        year = self.book.year(self.years)
        worked = self.role.get("months", schedule.get("months"))
        if schedule.get("per") == "month":
            return known(worked, year).value
        return known(worked, year).value / known(schedule["months"], year).value if "months" in schedule else ONE


def span(step: str) -> int:
    """The years of a step: 5-9 are five; the last one, 25+, is never left."""
    first, dash, last = step.partition("-")
    return int(last) - int(first) + 1 if dash and first.isdigit() and last.isdigit() else 1


def in_order(steps: Iterable[str]) -> list[str]:
    """Steps that are numbers by their number, all others as they stand."""
    names = list(steps)
    starts = [name.rstrip("+").partition("-")[0] for name in names]
    if all(start.replace(".", "", 1).isdigit() for start in starts):
        return [name for _, name in sorted(zip(map(number, starts), names, strict=True))]
    return names


def _there(figure: Any) -> bool:
    return figure is not None and figure not in ("", "~", "-", "null")


def _is_cell(stated: Any) -> bool:
    return "/" in (stated.get("value", "") if isinstance(stated, dict) else stated)
