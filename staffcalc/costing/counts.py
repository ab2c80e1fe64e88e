"""Counts of staff as formulas: stated numbers, people who are alike, and ratios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from staffcalc.costing.shared import Shared
from staffcalc.formula.formula import (
    Formula,
    Input,
    Number,
    One,
    Quotient,
    Rounded,
    Stepped,
    add,
    times,
)
from staffcalc.formula.rows import Addend, Rows, every
from staffcalc.language.figures import Figure
from staffcalc.language.fractions import MOST_DECIMALS
from staffcalc.school.school import Alike, Count, Ratio


def count_formula(name: str, count: Count) -> Formula:
    """A count of staff: a stated number, people who are alike, or so many for each of what a ratio counts, rounded as
    the file says."""
    if isinstance(count, Alike):
        return so_many(count.people, Input.of(name, count.each))
    return Input.of(name, count) if isinstance(count, Figure) else _ratio(count)


def counts_formula(counts: Iterable[Count], people: bool) -> Formula:
    return add(*(count_formula("people" if people else "FTE", count) for count in counts))


def shared_counts(counts: tuple[Count, ...], people: bool, shared: Shared) -> Formula:
    """The same, made once: plans and years count most of their people alike."""
    return shared.once(("counts", people, *map(id, counts)), counts, lambda: every(_addends(counts, people)))


def _addends(counts: Iterable[Count], people: bool) -> Iterator[Addend]:
    """The counts one by one, and those of people of a roster as rows of one."""
    for of_roster, some in groupby(counts, key=lambda count: isinstance(count, Alike)):
        terms = [count_formula("people" if people else "FTE", count) for count in some]
        if of_roster:
            rows = Rows(range(len(terms)))
            yield rows, rows.column(terms)
        else:
            yield from ((None, term) for term in terms)


def so_many(people: int, of_each: Formula) -> Formula:
    return of_each if people == 1 else times(Number(people), of_each)


def each_formula(each: Figure | None) -> Formula:
    return One() if each is None else Input.of("FTE each", each)


def _ratio(ratio: Ratio) -> Formula:
    factors = [add(*(count_formula(ratio.name, count) for count in ratio.of))]
    factors += [Input.of("FTE each", ratio.of_each)] if ratio.of_each is not None else []
    factors += [Input.of("FTE for each", ratio.fte)] if ratio.fte is not None else []
    exact = times(*factors)
    if ratio.each is not None:
        exact = Quotient(exact, Input.of(f"{ratio.name} for each", ratio.each))
    if ratio.step is not None:
        step = Input.of("step", ratio.step)
        return Stepped(exact, step, ratio.up, step.places)
    return Rounded(exact, MOST_DECIMALS)
