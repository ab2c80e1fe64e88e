"""What each fund has: as stated, as today's staff cost, or as it follows the students."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from secondcalculator.counts import Counts
from secondcalculator.figures import CHANGE, ONE, ZERO, Known, Plain, known, rounded
from secondcalculator.funds import ended
from secondcalculator.read import Book, Plan
from secondcalculator.rules import grown

Money = dict[str, Fraction]


Today = tuple[Money, set[str]]
"""What today's staff cost in the file's year by fund, and the funds of which nobody knows it."""


def budget(book: Book, plan: Plan, years: int, counts: Counts, baseline: Callable[[], Today]) -> Money | None:
    """What each fund has after so many years, where that is known; None where no budget is stated."""
    if plan.budget is None and not plan.budget_of_baseline:
        return None
    found: Money = {}
    today, unknown = baseline() if plan.budget_of_baseline else ({}, set[str]())
    of_today = {fund: _text(cost) for fund, cost in today.items() if fund not in unknown}
    funds = {**of_today, **(plan.budget or {})}
    if plan.budget_of_baseline:  # also one that pays for nobody today
        funds |= {fund: "0" for fund in plan.in_years if fund not in funds and _of_year(book, plan, fund, years).dated}
    for fund, one in funds.items():
        if not ended(book, fund, years):
            found[fund] = _Fund(book, plan, years, counts, fund).has(one)
    return found


def parts_of(budget: Any) -> list[Any]:
    """The parts of a revenue; none of an amount."""
    return list(budget["revenue"].values()) if isinstance(budget, dict) and "revenue" in budget else []


def is_rest(part: Any) -> bool:
    """Whether a part of a revenue is the rest of what its fund pays."""
    return isinstance(part, dict) and part.get("rest") == "true"


def _of_year(book: Book, plan: Plan, fund: str, years: int) -> Known:
    """What the file says a fund has in this year alone, where the plan states no budget of its own for it."""
    return known({"value": "0", "years": plan.in_years.get(fund, {})}, book.year(years))


def _text(dollars: Fraction) -> str:
    cents = dollars * 100
    assert cents.denominator == 1
    return f"{cents.numerator}e-2" if cents else "0"


class _Fund:
    def __init__(self, book: Book, plan: Plan, years: int, counts: Counts, fund: str) -> None:
        self.book, self.plan, self.years, self.counts, self.fund = book, plan, years, counts, fund
        self.year = book.year(years)

    def has(self, one: Any) -> Fraction:
        stated = _of_year(self.book, self.plan, self.fund, self.years)
        if stated.dated:
            changed = any(CHANGE in of_year for of_year in self.plan.in_years[self.fund].values())
            return rounded(stated.value, self.book.unit) if changed else stated.value
        if not isinstance(one, dict) or "value" in one or "amount" in one:
            amount = one["amount"] if isinstance(one, dict) and "amount" in one else one
            own = known(amount, self.year)
            growth = self._growth(own)
            changed = isinstance(amount, dict) and CHANGE in amount
            return rounded(own.value * growth, self.book.unit) if growth != 1 or changed else own.value
        whole = sum((self._part(part) for part in one["revenue"].values() if not is_rest(part)), ZERO)
        if "staff_share" not in one:
            return whole
        return rounded(whole * known(one["staff_share"], self.year).value, self.book.unit)

    def _part(self, part: Any) -> Fraction:
        return rounded(self._exact(part), self.book.unit)

    def _exact(self, part: Any) -> Fraction:
        if not isinstance(part, dict) or "value" in part:
            return self._price(part)
        if "amount" in part:
            return self._price(part["amount"])
        per = part["per_student"]
        if "of" in part:
            return self._group(part["of"]) * self._price(per)
        by_grade = isinstance(per, dict) and "value" not in per
        if not by_grade and "grades" not in part:
            return (self._students() or ZERO) * self._price(per)
        total = ZERO
        for grade, figure in self.plan.grades.items():
            price = self._of(grade, per) if by_grade else per
            if price is not None:
                weight = self._of(grade, part.get("grades", {}))
                times = ONE if weight is None else known(weight, self.year).value
                total += self.counts.grown(figure, self.plan.name, self.years) * times * self._price(price)
        return total

    def _price(self, figure: Any) -> Fraction:
        one = known(figure, self.year)
        return one.value * self._growth(one)

    def _growth(self, price: Known) -> Fraction:
        """By what a price has grown since the year that it is of; what is stated for this very year has not."""
        if price.dated:
            return ONE
        return grown(self.plan.rules, "budget", self.fund, self.book.first, self.years, price.since)

    def _students(self) -> Fraction | None:
        return self.counts.students(self.plan.name, self.years)

    def _group(self, name: str) -> Fraction:
        """The group's number; where the students are others than those it was stated with, the same share, whole."""
        stated, among = self.plan.groups[name]
        now = self._students() or ZERO
        text = stated["value"] if isinstance(stated, dict) else stated
        if text.strip().endswith("%"):
            return rounded(now * known(stated, self.year).value, ONE)
        one = known(stated, self.year)
        then = self._among(among, self.years if one.dated else 0)
        return rounded(now * one.value / then, ONE) if then else ZERO

    def _among(self, plan: str, years: int) -> Fraction:
        """The students of the plan that states a group, as this plan's rules let them grow."""
        stated = self.book.plans[plan]
        figures = list(stated.grades.values()) or ([] if stated.students is None else [stated.students])
        return sum((self.counts.grown(figure, self.plan.name, years) for figure in figures), ZERO)

    def _of(self, grade: str, block: Plain) -> Any:
        """What a block says of a grade: by its name, or by a range."""
        for name, figure in block.items():
            first, dash, last = name.partition("-")
            if name == grade or (dash and _climbed(first) <= _climbed(grade) <= _climbed(last)):
                return figure
        return None


def _climbed(grade: str) -> int:
    before_first = ("PK", "TK", "K")
    return before_first.index(grade) - 2 if grade in before_first else int(grade)
