"""A line is rounded once, half away from zero, and its funds together pay exactly the line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from costing.agreement import BOTH, Calculator, plain
from schools import costs, ledger, paid, plan_of
from staffcalc.costing.lines import totals_by
from staffcalc.formula.formula import Input, Rounded, value
from staffcalc.language.figures import Figure
from staffcalc.source.problems import Place


@pytest.mark.parametrize(
    ("rounding", "salary", "expected"),
    [
        ("dollar", "0.49", "0"),
        ("dollar", "0.50", "1"),
        ("dollar", "1.50", "2"),
        ("dollar", "2.50", "3"),  # not to the even dollar
        ("dollar", "61_250.49", "61250"),
        ("cent", "0.004", "0"),
        ("cent", "0.005", "0.01"),
        ("cent", "0.015", "0.02"),
        ("cent", "0.025", "0.03"),
        ("cent", "61_250.995", "61251"),
    ],
)
def test_half_a_unit_rounds_away_from_zero(rounding: str, salary: str, expected: str) -> None:
    text = f"""
        school: Halves
        rounding: {rounding}
        roles: {{tutor: {{salary: {salary}}}}}
        baseline: {{tutor: 1}}
    """

    assert costs(text, "tutor") == {"salary": Decimal(expected)}


@pytest.mark.parametrize(("exact", "dollars"), [("-0.49", 0), ("-0.5", -1), ("-1.5", -2), ("1.5", 2)])
def test_a_negative_half_rounds_away_from_zero_too(exact: str, dollars: int) -> None:
    figure = Figure(Decimal(exact), "dollars", Place("school.yaml"))

    assert value(Rounded(Input.of("change", figure), 0)) == dollars


def test_a_line_is_rounded_once_and_not_its_parts() -> None:
    text = """
        school: Once
        benefits: {staff: {medicare: {rate: 1.45%}, half: {rate: 50%}}}
        roles: {tutor: {salary: 10.40, benefits: staff}}
        baseline: {tutor: 2.5}
    """

    # $26 of salary; 1.45% of it is 37.7 cents; half of 2.5 × $10.40 is $13, not 2 × $5 + $3.
    assert costs(text, "tutor") == {"salary": 26, "medicare": 0, "half": 13}


def test_a_rate_is_applied_to_exact_pay_not_to_rounded_pay() -> None:
    text = """
        school: Exact pay
        benefits: {staff: {double: {rate: 200%}}}
        roles: {tutor: {salary: 0.40, benefits: staff}}
        baseline: {tutor: 1}
    """

    assert costs(text, "tutor") == {"salary": 0, "double": 1}


@pytest.mark.parametrize(
    ("rounding", "salary", "funds", "expected"),
    [
        ("cent", "100", "{a: 33.33%, b: 33.33%, c: 33.34%}", {"a": "33.33", "b": "33.33", "c": "33.34"}),
        ("cent", "0.01", "{a: 50%, b: 50%}", {"a": "0.01", "b": "0"}),
        ("dollar", "100", "{a: 33.33%, b: 33.33%, c: 33.34%}", {"a": "33", "b": "34", "c": "33"}),
        ("dollar", "101", "{a: 50%, b: 50%}", {"a": "51", "b": "50"}),
        ("dollar", "1", "{a: 25%, b: 25%, c: 25%, d: 25%}", {"a": "0", "b": "1", "c": "0", "d": "0"}),
        (  # more digits than a float holds
            "cent",
            "999_999_990_098.56",
            "{a: 33.335%, b: 50%, c: 16.665%}",
            {"a": "333_349_996_699.35", "b": "499_999_995_049.28", "c": "166_649_998_349.93"},
        ),
        ("dollar", "50_001", "{a: 60%, b: 40%}", {"a": "30001", "b": "20000"}),
        ("dollar", "50_001", "{b: 40%, a: 60%}", {"a": "30001", "b": "20000"}),  # however the file orders them
        ("dollar", "50_001", "{a: 100%}", {"a": "50001"}),
        ("dollar", "50_001", "{a: 0%, b: 100%}", {"b": "50001"}),
    ],
)
def test_the_shares_of_the_funds_add_up_to_the_line(
    rounding: str, salary: str, funds: str, expected: dict[str, str]
) -> None:
    text = f"""
        school: Shares
        rounding: {rounding}
        roles: {{tutor: {{salary: {salary}, funds: {funds}}}}}
        baseline: {{tutor: 1}}
    """

    assert paid(text, "salary") == {fund: Decimal(amount) for fund, amount in expected.items()}
    assert sum(paid(text, "salary").values()) == Decimal(salary.replace("_", ""))


LIMITED = """
    school: Limited to funds
    rounding: cent
    benefits:
      staff:
        local:   {rate: 10%, funds: [general]}
        outside: {rate: 10%, funds: [grants, title_i]}
        fee:     {per_person: 300, funds: [title_i]}
        capped:  {rate: 10%, up_to: 50_000, funds: [grants]}
        all:     {rate: 10%, funds: [general, grants, title_i]}
        none:    {rate: 10%, funds: [state]}
    budget: {general: 1, grants: 1, title_i: 1, state: 1}
    roles:
      coach: {salary: 100_000, benefits: staff, funds: {general: 50%, grants: 20%, title_i: 30%}}
    baseline: {coach: 1}
"""


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        ("local", {"general": 5_000}),  # 10% of the half that the general fund pays
        ("outside", {"grants": 2_000, "title_i": 3_000}),
        ("fee", {"title_i": 90}),
        ("capped", {"grants": 1_000}),  # the cap looks at the person, not at the fund
        ("all", {"general": 5_000, "grants": 2_000, "title_i": 3_000}),
        ("none", {}),  # the state pays no part of this post
    ],
)
def test_a_component_may_be_limited_to_what_some_funds_carry(component: str, expected: dict[str, int]) -> None:
    assert paid(LIMITED, component) == expected


def test_a_school_with_one_fund_pays_everything_from_it() -> None:
    text = """
        school: One fund
        budget: {instructional: 70_000}
        roles: {tutor: {salary: 30_000}}
        baseline: {tutor: 2}
        other_costs: {furniture: {amount: 500}}
    """

    assert totals_by(plan_of(ledger(text)).lines, "fund") == {"instructional": 60_500}


def test_other_costs_by_amount_and_by_student_are_shared_like_any_line() -> None:
    text = """
        school: Other costs
        students: 333
        budget: {general: 100_000, title_i: 100_000}
        roles: {tutor: {salary: 30_000}}
        baseline: {tutor: 1}
        other_costs:
          furniture: {amount: 12_001, funds: {general: 50%, title_i: 50%}}
        scenarios:
          tutoring: {other_costs: {software: {per_student: 37.50}}}
          bigger:   {like: tutoring, students: 400}
    """

    assert paid(text, "furniture") == {"general": 6_001, "title_i": 6_000}
    assert paid(text, "software", "tutoring") == {"general": 12_488}  # $12,487.50
    assert paid(text, "furniture", "tutoring") == {"general": 6_001, "title_i": 6_000}
    assert paid(text, "software", "bigger") == {"general": 15_000}


@pytest.mark.parametrize("calculate", BOTH)
@pytest.mark.parametrize(("named", "pays"), [("fund: grants", "grants"), ("fund: general", "state")])
def test_a_fund_is_named_where_a_role_names_it_alone(calculate: Calculator, named: str, pays: str) -> None:
    """Of a dollar that two funds share by halves, the one that the file names first pays it."""
    text = f"""
        school: S
        roles:
          teacher: {{salary: 50_000}}
          tutor: {{salary: 20_000, {named}}}
          aide: {{salary: 20_000, funds: {{state: 50%, grants: 50%}}}}
        baseline: {{tutor: 0, aide: 0}}
        roster: [{{id: P-1, role: teacher, fte: 1, salary: 1, funds: {{grants: 50%, state: 50%}}}}]
    """
    plan = calculate(plain(text))["baseline"]
    assert {line.fund: line.amount for line in plan.lines} == {pays: 1}
