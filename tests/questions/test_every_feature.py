"""A file in which the features of the language meet: every command answers, and every figure stands up."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from questions.test_explain import recompute
from schools import ledger, school
from staffcalc.costing.bridge.bridge import bridge
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.years.later_years import in_year
from staffcalc.formula.formula import inputs
from staffcalc.output.formats import OF_FINDINGS, Format, rendered
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast

TEXT = Path(__file__).with_name("every_feature.yaml").read_text(encoding="utf-8")
ANSWERS = [format for format in Format if format not in OF_FINDINGS]
YEARS = (0, 1, 3)


@pytest.mark.parametrize("format", ANSWERS)
def test_every_command_answers_in_every_format(format: Format) -> None:
    costed = ledger(TEXT)
    reports = [ask([costed]) for ask in (compare, cost, explain, assumptions, forecast)]
    for report in (*reports, check([costed]).report, diff(costed, None, "smaller classes", None)):
        assert rendered(report, format).endswith("\n")


def test_the_steps_of_a_diff_add_up_both_ways() -> None:
    for number in YEARS:
        one = in_year(school(TEXT), number)
        costed = cost_school(one)
        for old, new in product(costed.plans, repeat=2):
            moves = bridge(old.plan, new.plan, one.rounded_to, one.rounded_to)
            assert sum(move.amount for move in moves) == total(new.lines) - total(old.lines)


@pytest.mark.parametrize("number", YEARS)
def test_every_line_can_be_done_by_hand_in_later_years_too(number: int) -> None:
    costed = cost_school(in_year(school(TEXT), number))
    for fund in {line.fund for plan in costed.plans for line in plan.lines}:
        for plan, root in zip(costed.plans, explain([costed], fund=fund).explanation, strict=True):
            lines = [line for line in plan.lines if line.fund == fund]
            for line, step in zip(lines, root.steps[: len(lines)], strict=True):
                assert recompute(step.steps) == Fraction(line.amount)


@pytest.mark.parametrize("number", YEARS)
def test_columns_come_to_what_single_schools_do(number: int) -> None:
    for plan in cost_school(in_year(school(TEXT), number)).plans:
        for line in plan.lines:
            columns = {given.figure: np.array([given.own] * 2, dtype=object) for given in inputs(line.formula)}
            digits = line.formula.digits(columns)
            assert [Fraction(one) / 10**line.formula.places for one in np.atleast_1d(digits)] in (
                [Fraction(line.amount)] * 2,
                [Fraction(line.amount)],  # nothing but constants
            )


def test_what_the_lines_of_a_role_say_of_its_staff_adds_up() -> None:
    for plan in ledger(TEXT).plans:
        for role in plan.staff:
            lines = [line for line in plan.lines if line.role == role.role and line.fte is not None]
            assert sum(line.fte or 0 for line in lines) == role.fte
            assert sum(line.people or 0 for line in lines) == role.people
