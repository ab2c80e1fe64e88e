"""Counts of staff as formulas: stated numbers, people who are alike, and ratios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.minutes import group_minutes, parts_formulas, week_formula
from staffcalc.formula.formula import (
    Formula,
    Number,
    One,
    Quotient,
    Rounded,
    Stepped,
    add,
    greater,
    less,
    of_figure,
    product,
    times,
)
from staffcalc.formula.rows import Addend, Rows, every
from staffcalc.language.figures import Figure
from staffcalc.language.fractions import MOST_DECIMALS
from staffcalc.school.parts.counts import Alike, StaffCount, StaffOfRole, StaffRatio
from staffcalc.school.parts.needed import TEACHING, AskedBy, Needed
from staffcalc.school.staff.classes import WITHOUT_SUBJECT

CHANGE = "change"
"""What a share of today's staff, more or fewer, is called in a formula."""
LOAD, PERIODS = "load", "periods of a class"
"""What the figures of a ratio to classes are called in a formula."""


def count_formula(name: str, count: StaffCount) -> Formula:
    """A count of staff: a stated number, people who are alike, or so many for each of what a ratio counts, rounded as
    the file says."""
    if isinstance(count, Alike):
        return so_many(count.people, of_figure(name, count.each))
    if isinstance(count, Needed):
        return stepped(needed_formula(count), count.step, count.up)
    return of_figure(name, count) if isinstance(count, Figure) else _ratio(count)


def counts_formula(counts: Iterable[StaffCount], people: bool) -> Formula:
    return add(*(count_formula("people" if people else "FTE", count) for count in counts))


def shared_counts(counts: tuple[StaffCount, ...], people: bool, shared: Shared) -> Formula:
    """The same, made once: plans and years count most of their people alike."""
    return shared.once(("counts", people, *map(id, counts)), counts, lambda: every(_addends(counts, people)))


def _addends(counts: Iterable[StaffCount], people: bool) -> Iterator[Addend]:
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
    return One() if each is None else of_figure("FTE each", each)


def _ratio(ratio: StaffRatio) -> Formula:
    if len(ratio.roles) == 1:
        factors = _factors_of_role(ratio.roles[0])
    else:
        name = f"{ratio.name} classes" if ratio.classes and ratio.name != WITHOUT_SUBJECT else ratio.name
        factors = [add(*(_counted(name, one) for one in ratio.of))]
    of_one = CHANGE if ratio.today else PERIODS if ratio.classes else "FTE for each"
    factors += [of_figure(of_one, ratio.fte)] if ratio.fte is not None else []
    exact = times(*factors)
    if ratio.each is not None:
        exact = Quotient(exact, of_figure(LOAD if ratio.classes else f"{ratio.name} for each", ratio.each))
    return stepped(exact, ratio.step, ratio.up)


def _counted(name: str, count: StaffCount | StaffOfRole) -> Formula:
    return times(*_factors_of_role(count)) if isinstance(count, StaffOfRole) else count_formula(name, count)


def _factors_of_role(one: StaffOfRole) -> list[Formula]:
    """The counts of a role that a ratio counts, and the FTE of each where these are people."""
    counts = add(*(count_formula(one.role, count) for count in one.counts))
    return [counts, *([of_figure("FTE each", one.each)] if one.each is not None else [])]


def stepped(exact: Formula, step: Figure | None, up: bool) -> Formula:
    """FTE in whole steps, or with the decimals that a figure may have."""
    if step is None:
        return Rounded(exact, MOST_DECIMALS)
    given = of_figure("step", step)
    return Stepped(exact, given, up, given.places)


def needed_formula(count: Needed) -> Formula:
    """The FTE that it takes for what is asked of a role, before they are rounded."""
    if count.week is None:
        return add()
    parts = parts_formulas(dict(count.parts), count.week)
    free = greater(add(), add(week_formula(count.week), *map(less, parts.values())))
    taught, coached = taught_formula(count), coached_formula(count)
    if TEACHING not in parts:
        return Quotient(add(taught, coached), free)
    return greater(Quotient(taught, parts[TEACHING]), Quotient(coached, free))


def taught_formula(count: Needed) -> Formula:
    """The minutes a week that modes of learning ask for."""
    return add(*map(asked_formula, count.asked))


def asked_formula(asked: AskedBy) -> Formula:
    """The minutes a week that one mode asks for."""
    each = group_minutes(asked.mode)
    return each if asked.adults is None else product(each, of_figure("adults", asked.adults))


def coached_formula(count: Needed) -> Formula:
    """The minutes a week of coaching that are asked for."""
    whom = add(*(count_formula("FTE", one) for one in count.coached))
    named = zip(("minutes of a visit", "visits"), count.visits, strict=False)
    return product(whom, *(of_figure(name, one) for name, one in named))
