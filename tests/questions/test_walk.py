"""`diff --to-year`: what grows by itself, what is decided, and that `forecast` splits the same change alike."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from schools import ledger
from staffcalc.questions.forecast import forecast
from staffcalc.questions.walk import walk

FILE = """
    school: Example School
    year: 2026-27
    budget: {general: 700_000}
    benefits: {certified: {pension: {rate: 10%}}}
    roles:
      teacher: {category: teacher, salary: 60_000, new_hire: 50_000, benefits: certified}
      aide: {category: support, salary: 30_000, benefits: certified}
    baseline: {teacher: {fte: 10, leaving: 2}, aide: 2}
    forecast: {cola: 3%}
    scenarios:
      books: {from: 2027-28, other_costs: {books: {amount: 10_000, once: 2027-28}, van: {amount: 5_000}}}
      fewer: {from: 2027-28, change: {teacher: -3}}
      fewer at once: {change: {teacher: -1}}
      until: {until: 2027-28, change: {aide: +1}}
"""


def told(report: Any) -> dict[str, Any]:
    found: dict[str, Any] = report.data()
    return found


def walked(name: str, to_year: str = "2027-28", text: str = FILE) -> dict[str, int]:
    """The steps of the last year of a walk, and their dollars."""
    steps = told(walk(ledger(text), name, to_year))["scenario"]["walks"][-1]["steps"]
    return {f"{one['step']}: {one['what']}": int(one["amount"].amount) for one in steps}


def causes(name: str, number: int = 1, text: str = FILE) -> dict[str, int]:
    """What moved the cost in a year of the forecast."""
    [school] = told(forecast([ledger(text)], [name], years=number + 1))["schools"]
    [plan] = [one for one in school["scenarios"] if one["name"] == name]
    split = {cause: int(money.amount) for cause, money in plan["years"][number]["causes"].items()}
    return {cause: amount for cause, amount in split.items() if amount}


def test_a_cost_paid_once_by_a_plan_that_begins_later_is_decided() -> None:
    left = {"staff": -22_000, "COLA": 21_780, "interaction": -660}  # two at 60,000 leave for new hires at 50,000
    assert causes("books") == {**left, "decisions": 15_000}
    assert walked("books") == {
        **{f"grows: {cause}": amount for cause, amount in left.items()},
        "decided: books: $10,000 once added": 10_000,
        "decided: van: $5,000 added": 5_000,
        "budget: change of the budget": 0,
    }


def test_the_posts_of_those_who_leave_are_given_up_at_what_a_new_hire_earns_by_then() -> None:
    saved = -3 * 50_000 * Decimal("1.1") * Decimal("1.03")
    assert causes("fewer")["decisions"] == saved
    assert walked("fewer")["decided: 3 FTE of teacher fewer"] == saved


def test_whoever_leaves_is_followed_by_a_new_hire_and_that_is_a_change_of_staff() -> None:
    assert causes("fewer at once")["staff"] == -11_000  # of the two who leave, one post is given up
    assert causes("fewer at once", 2).keys() == {"COLA"}


def test_what_ends_is_decided_too() -> None:
    assert causes("until", 2)["decisions"] == walked("until", "2028-29")["decided: 1 FTE of aide fewer"]


@pytest.mark.parametrize("name", ["baseline", "books", "fewer", "fewer at once", "until"])
def test_a_forecast_and_a_walk_split_a_change_alike(name: str) -> None:
    for number, to_year in ((1, "2027-28"), (2, "2028-29"), (3, "2029-30")):
        split: dict[str, int] = defaultdict(int)
        for what, amount in walked(name, to_year).items():
            kind, cause = what.split(": ", 1)
            if kind != "budget":
                split[cause if kind == "grows" else "decisions"] += amount
        assert {cause: amount for cause, amount in split.items() if amount} == causes(name, number)
