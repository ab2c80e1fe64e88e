"""One set of formulas: computed for one school at a time, or for a column of schools at once, to the same cent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from schools import ledger
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.lines import CostLine
from staffcalc.formula.bounds import bounds, fits_machine, over_columns
from staffcalc.formula.formula import Formula, Input, Values, inputs, value
from staffcalc.language.figures import Figure

DRAWS = 1_000
READ = slice(None) if "STAFFCALC_SEARCH" in os.environ else slice(250)
"""The draws for each of which a file is read and costed, which is slow; a long search reads one for every draw."""

# Each name in capitals is a figure that is drawn; what it is in the file, and what it is drawn from.
FIGURES: dict[str, tuple[str, int | str, int | str, int]] = {
    "SALARY": ("52_795", 30_000, 130_000, 2),
    "SUPPLEMENT": ("13_000", 0, 23_000, 2),
    "HOURLY": ("15.50", 7, 40, 2),
    "STIPEND": ("24_000", 0, 40_000, 2),
    "TEACHERS": ("62", "0.01", 99, 2),  # whole in the file; drawn with parts of an FTE
    "ASSOCIATES": ("2.5", "0.01", 9, 2),
    "LEADERS": ("1", "0.01", "2.50", 2),
    "MORE": ("+0.5", 0, 5, 2),
    "HEADS": ("4", 1, 12, 0),
    "EACH": ("0.5", "0.01", "1.50", 2),
    "PENSION": ("15.32%", 0, "0.40", 4),
    "CAP": ("118_500", 20_000, 150_000, 2),
    "LEAST": ("0.75", 0, 1, 2),
    "HEALTH": ("5_471", 0, 12_000, 2),
    "LAPTOP": ("899.99", 0, 3_000, 2),
    "STUDENTS": ("1_100", 1, 2_000, 0),
    "SOFTWARE": ("38", 0, 90, 2),
}
TEXT = """
school: Drawn
students: STUDENTS
rounding: ROUNDING
benefits:
  staff:
    pension:         {rate: PENSION, on: [salary, supplement]}
    social security: {rate: 6.2%, up_to: CAP}
    threshold rate:  {rate: 7.65%, min_fte: LEAST}
    capped and all:  {rate: 1.5%, up_to: 36_000, min_fte: LEAST}
    health:
      per_person: HEALTH
      min_fte: LEAST
    laptop:          {per_fte: LAPTOP}
    lunch:           {per_fte: LAPTOP, min_fte: 0.5}
    federal pension: {rate: 36.06%, funds: [title_i]}
    two of three:    {rate: 1%, funds: [grants, title_i]}
roles:
  teacher:
    salary: SALARY
    benefits: staff
  leader:
    like: teacher
    supplement: SUPPLEMENT
    funds: {general: 33.33%, grants: 33.33%, title_i: 33.34%}
  associate:
    hourly: HOURLY
    hours_per_week: 40
    weeks: 38
    benefits: staff
    funds: {general: 60%, title_i: 40%}
  resident:
    stipend: STIPEND
    benefits: staff
baseline:
  teacher: TEACHERS
  leader: LEADERS
  associate: ASSOCIATES
  resident:
    people: HEADS
    fte_each: EACH
scenarios:
  more leaders:
    change:
      leader: MORE
    other_costs:
      software:
        per_student: SOFTWARE
        funds: {general: 50%, title_i: 50%}
"""


def drawn() -> dict[str, list[Decimal]]:
    """A thousand values of every figure; the first of each are the smallest and the largest."""
    random = np.random.default_rng(20260703)
    draws: dict[str, list[Decimal]] = {}
    for name, (_, least, most, decimals) in FIGURES.items():
        low, high = (int(Decimal(end).scaleb(decimals)) for end in (least, most))
        numbers = [low, high, *random.integers(low, high + 1, DRAWS - 2).tolist()]
        draws[name] = [Decimal(number).scaleb(-decimals) for number in numbers]
    return draws


def with_figures(rounding: str, figures: dict[str, str]) -> str:
    text = TEXT.replace("ROUNDING", rounding)
    for name, written in figures.items():
        text = text.replace(name, written)
    return text


def lines(costed: Ledger) -> Iterator[tuple[str, CostLine]]:
    for plan in costed.plans:
        yield from ((plan.name, line) for line in plan.lines)


def figures_by_name(costed: Ledger) -> dict[str, set[Input]]:
    """The inputs of the ledger that stand where the text has a name in capitals."""
    places = {
        (number, line.index(name) + 1): name
        for number, line in enumerate(TEXT.split("\n"), start=1)
        for name in FIGURES
        if f" {name}" in line
    }
    found: dict[str, set[Input]] = {name: set() for name in FIGURES}
    for _, line in lines(costed):
        for named in inputs(line.formula):
            place = named.figure.place
            if (place.line, place.column) in places:
                found[places[place.line, place.column]].add(named)
    return found


def columns(costed: Ledger, draws: dict[str, list[Decimal]], dtype: Any) -> dict[Figure, Any]:
    """The draws in place of the figures, at the inputs' places."""
    return {
        named.figure: np.array([named.scaled(number) for number in draws[name]], dtype=dtype)
        for name, found in figures_by_name(costed).items()
        for named in found
    }


def in_units(formula: Formula, values: Values) -> list[int]:
    return [int(amount) for amount in np.broadcast_to(formula.digits(values), DRAWS)]


@pytest.fixture(scope="module", params=["dollar", "cent"])
def rounding(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def costed(rounding: str) -> Ledger:
    return ledger(with_figures(rounding, {name: written for name, (written, *_) in FIGURES.items()}))


@pytest.fixture(scope="module")
def one_at_a_time(rounding: str) -> dict[tuple[str, str | None, str, str], list[int]]:
    """Every line's amount in dollars or cents, a file with other figures read and costed for each of these draws."""
    draws = drawn()
    amounts: dict[tuple[str, str | None, str, str], list[int]] = {}
    for position in range(DRAWS)[READ]:
        figures = {name: f"{numbers[position]:f}" for name, numbers in draws.items()}
        alone = ledger(with_figures(rounding, {**figures, "MORE": "+" + figures["MORE"]}))
        for plan, line in lines(alone):
            unit = 100 if rounding == "cent" else 1
            amounts.setdefault((plan, line.role, line.component, line.fund), []).append(int(line.amount * unit))
    return amounts


def test_every_drawn_figure_is_an_input_of_some_line(costed: Ledger) -> None:
    assert [name for name, found in figures_by_name(costed).items() if not found] == []


@pytest.mark.parametrize("dtype", [object, np.int64])
def test_a_column_of_schools_costs_what_each_school_costs(
    dtype: Any, costed: Ledger, one_at_a_time: dict[tuple[str, str | None, str, str], list[int]]
) -> None:
    values = columns(costed, drawn(), dtype)

    for plan, line in lines(costed):
        found = in_units(line.formula, values)[READ]
        assert found == one_at_a_time[plan, line.role, line.component, line.fund], (plan, line.role, line.component)


def test_a_column_costs_what_its_values_cost_one_by_one(costed: Ledger) -> None:
    arrays = columns(costed, drawn(), object)

    for _, line in lines(costed):
        column = in_units(line.formula, arrays)
        for position in range(0, DRAWS, 50):
            alone = {figure: numbers[position] for figure, numbers in arrays.items()}
            assert line.formula.digits(alone) == column[position]
            assert value(line.formula, alone) == Decimal(column[position]).scaleb(-line.formula.places)


def test_without_columns_a_formula_has_the_amount_of_its_line(costed: Ledger) -> None:
    for _, line in lines(costed):
        assert value(line.formula) == line.amount


def test_the_funds_shares_of_a_column_add_up_to_the_line_in_every_draw(costed: Ledger) -> None:
    values = columns(costed, drawn(), np.int64)
    whole = cost_school(costed.school)  # the same lines again: nothing is kept between readings
    totals: dict[tuple[str, str | None, str], Any] = {}
    exact: dict[tuple[str, str | None, str], Any] = {}
    for plan, line in lines(whole):
        key = (plan, line.role, line.component)
        totals[key] = totals.get(key, 0) + line.formula.digits(values)
        exact[key] = getattr(line.formula, "line", line.formula).digits(values)

    for key, total in totals.items():
        assert np.array_equal(total, exact[key]), key


def test_a_figure_that_a_role_copied_is_the_same_figure(costed: Ledger) -> None:
    (salary,) = {named.figure for named in figures_by_name(costed)["SALARY"]}
    dearer = {salary: np.array([60_000_00])}

    paid = {
        line.role
        for plan, line in lines(costed)
        if plan == "baseline" and line.component == "salary" and line.formula.digits(dearer) != line.formula.digits({})
    }
    assert paid == {"teacher", "leader"}  # the leader's salary stands in the file once, at the teacher


def test_a_column_holds_cents_and_hundredths_of_a_percent_but_no_more_than_its_places() -> None:
    costed = ledger("""
        school: Places
        roles: {tutor: {salary: 30_000, costs: {pension: {rate: 15%}}}}
        baseline: {tutor: 1}
    """)
    salary, pension = (
        next(named for named in inputs(line.formula) if named.name == name)
        for line, name in zip(costed.baseline.lines, ("salary", "pension rate"), strict=True)
    )

    assert salary.scaled(Decimal("30_000.25")) == 30_000_25
    assert pension.scaled(Decimal("0.1532")) == 1532
    with pytest.raises(ValueError, match=r"salary: 0\.005 has more than 2 decimals"):
        salary.scaled(Decimal("0.005"))


def test_bounds_hold_every_draw_and_machine_integers_are_used_where_they_suffice(costed: Ledger) -> None:
    values = columns(costed, drawn(), object)
    limits = {figure: (min(column), max(column)) for figure, column in values.items()}

    for _, line in lines(costed):
        own = {named.figure: values[named.figure] for named in inputs(line.formula) if named.figure in values}
        found, (low, high) = in_units(line.formula, values), bounds(line.formula, limits)
        assert low <= min(found) <= max(found) <= high, line
        assert np.broadcast_to(over_columns(line.formula, own), DRAWS).tolist() == found


def test_a_large_column_does_not_overflow() -> None:
    [line] = ledger("{roles: {aide: {salary: 40_000}}, baseline: {aide: 2}}").baseline.lines
    salary = next(one for one in inputs(line.formula) if one.name == "salary")
    usual, huge = np.array([50_000_00, 60_000_00]), np.array([4 * 10**18, 1])

    assert over_columns(line.formula, {salary.figure: usual}).tolist() == [100_000, 120_000]
    assert over_columns(line.formula, {salary.figure: usual}).dtype == np.int64
    assert over_columns(line.formula, {salary.figure: huge}).tolist() == [8 * 10**16, 0]
    assert not fits_machine(line.formula, {salary.figure: (1, 4 * 10**18)})
    assert line.formula.digits({salary.figure: huge}).tolist() != [8 * 10**16, 0]  # what machine integers would say


def test_a_figure_that_the_formula_does_not_hold_cannot_be_a_column() -> None:
    costed = ledger("{students: 9, roles: {aide: {salary: 40_000}}, baseline: {aide: 2}}")
    [line], students = costed.baseline.lines, costed.school.plans[0].students
    assert students is not None
    with pytest.raises(ValueError, match="1:12: the figure cannot be a column: the formula does not hold it"):
        over_columns(line.formula, {students: np.array([1, 2])})
    salary = next(one for one in inputs(line.formula) if one.name == "salary")
    with pytest.raises(ValueError, match="a column holds whole numbers"):
        over_columns(line.formula, {salary.figure: np.array([1.5])})
