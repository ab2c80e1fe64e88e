"""Percentages beside dollars, and what a budget itself gains or loses: alike in every answer that tells a change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from staffcalc.costing.measures.measure_values import quotient
from staffcalc.report import NA, Cell, Money, Percent

Budgets = tuple[Decimal | None, Decimal | None]
"""A budget before and after, in dollars; None: it is not stated."""
CHANGE_OF_BUDGET = "change of the budget"
IN_PERCENT = "in %"


def share(amount: Decimal | None, of: Decimal | None) -> Percent | None:
    """What an amount is of another, to a hundredth of a percent; None of nothing, and where one is not known."""
    found = quotient(amount, of, 4)
    return None if found is None else Percent(found)


def percent(amount: Decimal | None, of: Decimal | None) -> Cell:
    """The same as a cell: a change, with its sign."""
    found = share(amount, of)
    return NA if found is None else Percent(found.value, signed=True)


def budget_change(budgets: Budgets) -> Decimal | None:
    """What a budget gains, or below zero loses; None where it is not stated on both sides."""
    old, new = budgets
    return None if old is None or new is None else new - old


def budget_rows(phrase: tuple[str, str], budgets: Budgets) -> Iterator[tuple[str, Cell, Cell]]:
    """The budget before and after, each as `said`, in dollars and in percent; one row where it stays, and nothing where
    none is stated."""
    old, new = budgets
    if old is not None and old == new:
        yield "budget", Money(old), None
        return
    for label, budget, before in zip(phrase, budgets, (None, old), strict=True):
        if budget is not None:
            yield label, Money(budget), None if before is None else percent(budget - before, before)
