"""What is told of a difference comes to the difference, between plans and from year to year; a year is one year."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from costing.agreement import differences, in_words, of_school, read
from costing.newer import known
from schools import Plain, every_feature
from staffcalc.costing.bridge.bridge import bridge
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.unknown import is_unknown
from staffcalc.costing.years.later_years import CAUSES, in_year
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.school.school import School
from staffcalc.source.problems import SchoolFileError

few = settings(max_examples=20)
of_all = st.deferred(lambda: every_feature(new=known()))


@few
@given(of_all, st.integers(0, 3))
def test_every_bridge_closes(files: list[Plain], years: int) -> None:
    one = _read(files)
    costed = cost_school(in_year(one, years) if "year" in files[-1] else one)
    for old, new in product(costed.plans, repeat=2):
        moves = bridge(old.plan, new.plan, one.rounded_to, one.rounded_to)
        assert sum(move.amount for move in moves) == total(new.lines) - total(old.lines)


@few
@given(of_all)
def test_every_change_of_a_year_closes(files: list[Plain]) -> None:
    assume("year" in files[-1])
    answer = rendered(forecast([cost_school(_read(files))], years=4), Format.csv)
    rows = list(csv.DictReader(io.StringIO(answer)))
    columns = [cause.lower().replace(" ", "_") for cause in CAUSES] + ["interaction"]
    columns += ["decisions"] if "decisions" in rows[0] else []
    for before, row in pairwise(rows):
        if row["change"]:
            assert Decimal(row["change"]) == Decimal(row["cost"]) - Decimal(before["cost"])
            assert Decimal(row["change"]) == sum(Decimal(row[column]) for column in columns)


@few
@given(of_all)
def test_the_files_own_year_is_one(files: list[Plain]) -> None:
    """As it stands, asked for by its year, and as the first year of the forecast."""
    assume("year" in files[-1])
    one = _read(files)
    plain = of_school(one, 0, None)
    asked = of_school(in_year(one, 0), 0, None)
    if "budget" not in {key for file in files for key in file}:  # a year states what it takes for the budget
        asked = {name: plan._replace(budget=None) for name, plan in asked.items()}
    assert differences(in_words(plain), in_words(asked)) == []
    rows = csv.DictReader(io.StringIO(rendered(forecast([cost_school(one)], years=1), Format.csv)))
    costs = {row["scenario"]: Fraction(row["cost"]) for row in rows if row["cost"]}
    known = [plan.name for plan in cost_school(one).plans if not is_unknown("cost", plan, plan)]
    assert costs == {name: sum((line.amount for line in plain[name].lines), Fraction(0)) for name in known}


def _read(files: list[Plain]) -> School:
    try:
        return read(files)
    except SchoolFileError:
        reject()
