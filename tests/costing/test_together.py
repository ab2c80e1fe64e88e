"""Lines of a budget book, what is not stated, derived figures and fractions, with figures that are relative to them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import problems
from schools import costs, ledger, plan_of, school
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import dollars_of_groups

TEXT = """
    school: Both
    budget: {general: {revenue: {aid: 400_000, tax: {rest: true}}}}
    benefits: {full: {line: {cost: 30_000, fte: 3}, fund: {per_fte: 9_000, min_fte: 2/3}}}
    roles:
      teacher: {salary: {value: 60_000, derived: "480,000 ÷ 8 posts"}, benefits: full}
      aide: {}
      nurse: {salary: not stated, benefits: full}
    baseline: {teacher: 8, aide: {fte: 10, cost: 300_000}, nurse: 1/3}
    other_costs: {rent: {amount: 500, group: facilities}, saved: -300}
    scenarios:
      raised: {roles: {teacher: {salary: +2%}}, benefits: {full: {line: +10%}}}
      fewer: {change: {aide: -10%}}
      thirds: {change: {teacher: [+1/3, 2/3], nurse: -10%}}
      by ratio: {students: 120, change: {aide: {per_students: 60}}}
      unknown: {change: not stated}
      paid: {roles: {nurse: {salary: 50_000}}}
"""
COSTED = ledger(TEXT)


def test_a_derived_salary_and_a_line_of_a_package_grow_by_a_percentage() -> None:
    assert costs(TEXT, "teacher", "raised") == {"salary": 489_600, "line": 88_000, "fund": 72_000}


def test_a_percentage_or_a_ratio_of_a_line_carries_its_share() -> None:
    assert costs(TEXT, "aide", "fewer") == {"pay and benefits": 270_000}
    assert costs(TEXT, "aide", "by ratio") == {"pay and benefits": 60_000}


def test_thirds_in_a_list_are_one_and_a_percentage_of_a_third_is_counted() -> None:
    staff = {role.role: role.fte for role in plan_of(COSTED, "thirds").staff}
    assert staff == {"teacher": 9, "aide": 10, "nurse": Decimal("0.3")}


def test_a_restated_package_gives_nobody_benefits_whose_pay_is_not_stated() -> None:
    assert costs(TEXT, "nurse", "raised") == {}


def test_a_group_stands_beside_a_plan_that_is_not_stated() -> None:
    assert dollars_of_groups(plan_of(COSTED, "fewer")) == {"facilities": 500}
    assert dollars_of_groups(plan_of(COSTED, "unknown")) == {}


@pytest.mark.parametrize("scenario", ["baseline", "fewer", "unknown"])
def test_what_must_be_levied_is_not_known_where_a_pay_is_not(scenario: str) -> None:
    assert measure("levy", plan_of(COSTED, scenario), COSTED.baseline) is None


def test_it_is_known_where_all_is_stated() -> None:
    assert measure("levy", plan_of(COSTED, "paid"), COSTED.baseline) is not None


@pytest.mark.parametrize(
    ("scenario", "what"),
    [
        ("{roles: {nurse: {salary: +2%}}}", "`+2%` of a salary that is not stated"),
        ("{staffing: {aide: {fte: -10%, cost: 3}}}", "`-10%` of `aide`, where all of it is stated"),
        ("{change: {aide: [-1, {fte: 2, cost: 50_000}]}}", "a change of `aide` with a `cost`"),
    ],
)
def test_what_cannot_be_together_is_told(scenario: str, what: str) -> None:
    [problem] = problems(TEXT + f"      wrong: {scenario}\n")
    assert what in problem.message
    assert problem.hint


def test_a_third_made_fewer_by_a_percentage_is_exact() -> None:
    figure = school(TEXT + "      least: {benefits: {full: {fund: {min_fte: -50%}}}}\n").plans[-1]
    component = figure.packages["full"]["fund"]
    assert component.min_fte is not None
    assert component.min_fte.over == (1, 3)
