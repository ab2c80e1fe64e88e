"""Staff on the cells of a salary schedule: what each earns, what comes on top, and for how many months."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools import amounts, costs, ledger
from staffcalc.costing.lines import total

SCHEDULE = """
schedules:
  teachers:
    lanes: [BA, BA+16, MA]
    steps:
      1: [40_000, 42_000, 45_000]
      2: [41_000, 43_000, 46_500]
      3: [null, 44_000, 48_000]
    differentials:
      longevity: {amount: 1_500, from_step: 3}
      master's pay: {rate: 10%, lanes: [MA]}
      national board: {rate: 12%}
benefits:
  certified: {pension: {rate: 10%}, health: {per_person: 6_000, min_fte: 0.75}}
"""


def salary(placed: str, pay: str = "") -> Decimal:
    """What teachers placed so earn, before benefits."""
    text = SCHEDULE + f"roles: {{teacher: {{category: teacher{pay}}}}}\nbaseline: {{teacher: {placed}}}\n"
    return costs(text, "teacher")["salary"]


def test_each_cell_is_paid_what_the_schedule_says() -> None:
    assert salary("{BA/1: 4.5}") == Decimal("4.5") * 40_000
    assert salary("{BA+16/2: 2, BA/2: 1}") == 2 * 43_000 + 41_000


def test_longevity_comes_with_the_step() -> None:
    assert salary("{BA+16/2: 1}") == 43_000
    assert salary("{BA+16/3: 1}") == 44_000 + 1_500


def test_a_percentage_for_a_degree_comes_with_the_lane() -> None:
    assert salary("{MA/1: 2}") == 2 * 49_500


def test_a_certificate_comes_with_those_who_hold_it() -> None:
    assert salary("{BA/1: 2, BA/1 with national board: 1}") == 2 * 40_000 + 44_800


def test_what_comes_on_top_is_added_and_not_compounded() -> None:
    # 48,000 + 1,500 + 10% and 12% of 48,000.
    assert salary("{MA/3 with national board: 1}") == 48_000 + 1_500 + 4_800 + 5_760


def test_benefits_look_at_each_person_and_rates_at_all_their_pay() -> None:
    text = SCHEDULE + "roles: {teacher: {benefits: certified}}\nbaseline: {teacher: {MA/1: 2, BA/1: 1.5}}\n"
    found = costs(text, "teacher")
    assert found["pension"] == Decimal("0.1") * (2 * 49_500 + 60_000)
    assert found["health"] == 3 * 6_000  # the half-time teacher is below 0.75 FTE


def test_a_role_may_be_paid_like_a_cell() -> None:
    text = SCHEDULE + "roles: {lead: {salary: MA/2, supplement: 10_000}}\nbaseline: {lead: 2}\n"
    assert costs(text, "lead") == {"salary": 2 * (46_500 + 4_650), "supplement": 20_000}


MONTHLY = """
schedules:
  support:
    per: month
    months: 10
    lanes: [clerk]
    steps: {1: [3_000], 2: [3_100]}
roles:
  school clerk: {schedule: support}
  office clerk: {schedule: support, months: 12}
baseline: {school clerk: {clerk/1: 1}, office clerk: {clerk/2: 1}}
"""


def test_a_monthly_schedule_pays_for_the_months_worked() -> None:
    assert costs(MONTHLY, "school clerk") == {"salary": 30_000}
    assert costs(MONTHLY, "office clerk") == {"salary": 37_200}


def test_a_yearly_amount_for_ten_months_is_more_for_eleven() -> None:
    text = """
        schedules:
          nurses: {months: 10, lanes: [RN], steps: {1: [50_000]}}
        roles:
          nurse: {}
          summer nurse: {months: 11}
        baseline: {nurse: {RN/1: 1}, summer nurse: {RN/1: 1}}
    """
    assert costs(text, "nurse")["salary"] == 50_000
    assert costs(text, "summer nurse")["salary"] == 55_000


HOURS = """
fte_by_hours_and_months:
  months: [9, 12]
  hours: {6: [0.56, 0.75], 8.0: [0.74, 1.00]}
roles: {assistant: {salary: 30_000}}
baseline: {assistant: {people: 3, hours: %s, months: %s}}
"""


@pytest.mark.parametrize(("hours", "months", "each"), [("8", "12", "1"), ("8.0", "9", "0.74"), ("6", "9", "0.56")])
def test_hours_alone_are_not_fte(hours: str, months: str, each: str) -> None:
    plan = ledger(HOURS % (hours, months)).baseline
    assert plan.staff[0].fte == 3 * Decimal(each)
    assert total(plan.lines) == 3 * Decimal(each) * 30_000


@given(salary=amounts(), fte=st.integers(1, 4_000), rate=st.sampled_from(["0", "15.32%", "6.2%"]))
def test_a_schedule_of_one_cell_equals_a_plain_salary(salary: str, fte: int, rate: str) -> None:
    rest = """
        supplement: 1_000
        benefits: some
    """
    benefits = f"""
benefits:
    some:
        pension: {{rate: {rate}}}
        tax: {{rate: 6.2%, up_to: 50_000}}
        health: {{per_person: 5_000, min_fte: 0.5}}
"""
    staff = f"{Decimal(fte) / 100}"
    plain = f"""{benefits}
roles:
    teacher:
        salary: "{salary}"{rest}
baseline: {{teacher: {staff}}}
"""
    placed = f"""{benefits}
schedules: {{one: {{lanes: [A], steps: {{1: ["{salary}"]}}}}}}
roles:
    teacher:
        category: teacher{rest}
baseline: {{teacher: {{A/1: {staff}}}}}
"""
    assert costs(placed, "teacher") == costs(plain, "teacher")
    assert ledger(placed).baseline.staff[0].people == ledger(plain).baseline.staff[0].people
