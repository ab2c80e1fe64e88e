"""Benefits and further costs of a role: rates, caps, thresholds, and what a person or an FTE costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import costs


def benefit(component: str, staff: str, pay: str = "salary: 60_000") -> Decimal | None:
    """What one benefit costs for the staff of one role; None where the role has no such line."""
    text = f"""
        school: One benefit
        rounding: cent
        benefits: {{staff: {{benefit: {{{component}}}}}}}
        roles: {{role: {{{pay}, benefits: staff}}}}
        baseline: {{role: {staff}}}
    """
    return costs(text, "role").get("benefit")


ALL_PAY = "salary: 60_000, supplement: 6_000, stipend: 1_000"


@pytest.mark.parametrize(
    ("on", "pay", "expected"),
    [
        ("", ALL_PAY, 6_700),  # all pay, where nothing else is said
        (", on: [salary]", ALL_PAY, 6_000),
        (", on: supplement", ALL_PAY, 600),
        (", on: [salary, supplement]", ALL_PAY, 6_600),
        (", on: [stipend]", ALL_PAY, 100),
        (", on: [hourly]", ALL_PAY, None),  # no such pay, no such line
        (", on: [hourly, stipend]", "hourly: 20, hours_per_week: 10, weeks: 40, stipend: 500", 850),
        ("", "stipend: 24_000", 2_400),
    ],
)
def test_a_rate_counts_all_pay_or_the_kinds_it_names(on: str, pay: str, expected: int | None) -> None:
    assert benefit(f"rate: 10%{on}", "1", pay) == expected


@pytest.mark.parametrize(
    ("staff", "pay", "expected"),
    [
        ("3", "salary: 100_000", 18_600),  # each of three below the cap
        ("3", "salary: 118_500", 22_041),  # at the cap
        ("3", "salary: 130_000", 22_041),  # above it: 3 × $118,500 × 6.2%
        ("2.5", "salary: 130_000", 18_724),  # two capped, and half a salary of $65,000 that is not
        ("0.5", "salary: 240_000", 7_347),  # part time and capped all the same
        ("2.5", "salary: 240_000", 22_041),  # three people, all capped
        ("{people: 4, fte_each: 0.5}", "salary: 130_000", 16_120),  # 4 × $65,000: nobody reaches the cap
        ("1", "salary: 110_000, supplement: 13_000", 7_347),  # the cap lies between salary and whole pay
        ("1", "salary: 110_000, stipend: 13_000", 7_347),
        ("1.5", "salary: 110_000, stipend: 13_000", 11_563),  # $118,500, and $55,000 + $13,000
    ],
)
def test_a_cap_looks_at_the_pay_of_each_person(staff: str, pay: str, expected: int) -> None:
    assert benefit("rate: 6.2%, up_to: 118_500", staff, pay) == expected


def test_a_cap_looks_only_at_the_pay_its_rate_counts() -> None:
    pay = "salary: 110_000, supplement: 13_000"

    assert benefit("rate: 10%, up_to: 118_500, on: [salary]", "1", pay) == 11_000


@pytest.mark.parametrize(
    ("component", "staff", "expected"),
    [
        ("per_person: 5_471", "2", 10_942),
        ("per_person: 5_471", "2.5", 16_413),  # in full for each person
        ("per_person: 5_471, min_fte: 0.75", "2.5", 10_942),
        ("per_person: 5_471, min_fte: 0.75", "2.75", 16_413),
        ("per_person: 5_471, min_fte: 0.75", "2.74", 10_942),
        ("per_person: 5_471, min_fte: 0.75", "0.74", 0),
        ("per_person: 5_471, min_fte: 0.5", "{people: 4, fte_each: 0.5}", 21_884),
        ("per_person: 5_471, min_fte: 0.75", "{people: 4, fte_each: 0.5}", 0),
        ("per_fte: 8_000", "2.5", 20_000),  # prorated
        ("per_fte: 8_000, min_fte: 0.75", "2.5", 16_000),
        ("per_fte: 8_000, min_fte: 0.75", "2.8", 22_400),
        ("per_fte: 8_000, min_fte: 0.5", "{people: 3, fte_each: 0.6}", 14_400),
        ("rate: 10%", "2.5", 15_000),
        ("rate: 10%, min_fte: 0.75", "2.5", 12_000),
        ("rate: 10%, min_fte: 0.75", "2.75", 16_500),
        ("rate: 10%, min_fte: 1", "2.75", 12_000),
        ("rate: 10%, min_fte: 0.75", "{people: 3, fte_each: 0.5}", 0),
        ("rate: 10%, up_to: 50_000, min_fte: 0.75", "2.8", 14_800),  # 2 × $50,000, and $48,000 uncapped
    ],
)
def test_people_below_a_threshold_are_left_out(component: str, staff: str, expected: int) -> None:
    assert benefit(component, staff) == expected


def test_a_threshold_leaves_out_a_stipend_of_people_below_it() -> None:
    assert benefit("rate: 10%, min_fte: 0.75", "2.5", "salary: 60_000, stipend: 1_000") == 12_200  # two people


def test_a_capped_rate_of_no_pay_is_no_line() -> None:
    text = """
        benefits: {staff: {social security: {rate: 6.2%, up_to: 118_500}}}
        roles: {nurse: {benefits: staff, costs: {contract: {per_fte: 60_000}}}}
        baseline: {nurse: 1}
    """
    assert costs(text, "nurse") == {"contract": 60_000}


def test_a_cost_of_the_role_stands_beside_its_package() -> None:
    text = """
        school: Residents
        benefits: {staff: {medicare: {rate: 1.45%}}}
        roles:
          resident: {stipend: 24_000, benefits: staff, costs: {programme fee: {per_person: 3_000}}}
        baseline: {resident: 2}
    """

    assert costs(text, "resident") == {"stipend": 48_000, "medicare": 696, "programme fee": 6_000}
