"""The kinds of pay, and who counts as a person."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import costs, ledger, plan_of
from staffcalc.costing.measures.measures import measures

EVERY_PAY = """
    school: Every kind of pay
    rounding: cent
    roles:
      lead teacher:    {salary: 60_000, supplement: 13_000}
      reach associate: {hourly: 15.50, hours_per_week: 37.5, weeks: 38}
      resident:        {stipend: 24_000}
      mentor:          {salary: 50_000, stipend: 1_200}
"""


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ("lead teacher: 3", {"salary": 180_000, "supplement": 39_000}),
        ("lead teacher: 2.5", {"salary": 150_000, "supplement": 32_500}),
        ("reach associate: 1", {"hourly": Decimal("22087.50")}),  # 37.5 hours × 38 weeks × $15.50
        ("reach associate: 0.5", {"hourly": Decimal("11043.75")}),
        ("resident: 1", {"stipend": 24_000}),
        ("resident: 0.5", {"stipend": 24_000}),  # for a person, whatever the FTE
        ("resident: 2.5", {"stipend": 72_000}),  # three people
        ("resident: {people: 4, fte_each: 0.5}", {"stipend": 96_000}),
        ("mentor: 1.25", {"salary": 62_500, "stipend": 2_400}),  # two people
        ("lead teacher: {people: 4, fte_each: 0.6}", {"salary": 144_000, "supplement": 31_200}),
        ("lead teacher: {people: 2}", {"salary": 120_000, "supplement": 26_000}),  # of 1.0 FTE where none is stated
        ("lead teacher: 0", {}),
        ("lead teacher: {people: 0, fte_each: 0.5}", {}),
    ],
)
def test_pay_by_the_year_and_the_hour_follows_fte_and_a_stipend_follows_people(
    staff: str, expected: dict[str, Decimal]
) -> None:
    role = staff.partition(":")[0]

    assert costs(EVERY_PAY + f"    baseline: {{{staff}}}\n", role) == expected


@pytest.mark.parametrize(
    ("staff", "fte", "people"),
    [
        ("2.5", "2.5", 3),
        ("3", "3", 3),
        ("0.4", "0.4", 1),
        ("0", "0", 0),
        ("{people: 5, fte_each: 0.5}", "2.5", 5),
        ("{people: 3, fte_each: 1.2}", "3.6", 3),
    ],
)
def test_fte_and_people(staff: str, fte: str, people: int) -> None:
    costed = ledger(f"""
        school: Heads
        roles: {{tutor: {{salary: 30_000}}}}
        baseline: {{tutor: {staff}}}
    """)
    found = measures(costed.baseline, costed.baseline)

    assert (found.fte, found.people) == (Decimal(fte), Decimal(people))


PEOPLE_AND_FTE = """
    school: Changes
    roles: {tutor: {salary: 30_000}, aide: {salary: 20_000}}
    baseline: {tutor: {people: 4, fte_each: 0.5}, aide: 3}
    scenarios:
      more:   {change: {tutor: {people: +2}, aide: -0.5}}
      fewer:  {like: more, change: {tutor: {people: -5}}}
      other:  {staffing: {aide: 1}}
"""


@pytest.mark.parametrize(
    ("scenario", "tutors", "aides"),
    [
        ("baseline", {"salary": 60_000}, {"salary": 60_000}),
        ("more", {"salary": 90_000}, {"salary": 50_000}),
        ("fewer", {"salary": 15_000}, {"salary": 50_000}),
        ("other", {}, {"salary": 20_000}),
    ],
)
def test_a_change_is_against_what_the_scenario_starts_from_and_staffing_states_the_whole_mix(
    scenario: str, tutors: dict[str, Decimal], aides: dict[str, Decimal]
) -> None:
    assert costs(PEOPLE_AND_FTE, "tutor", scenario) == tutors
    assert costs(PEOPLE_AND_FTE, "aide", scenario) == aides


PAID_MORE = """
    school: Paid more
    roles:
      teacher: {salary: 50_000}
      leader:  {like: teacher, supplement: 10_000}
    baseline: {teacher: 10, leader: 1}
    scenarios:
      higher supplement: {roles: {leader: {supplement: 16_000}}}
      and residents:     {like: higher supplement, change: {teacher: -1}}
      higher salary:     {roles: {teacher: {salary: 60_000}}}
"""


@pytest.mark.parametrize(
    ("scenario", "teacher", "leader"),
    [
        ("baseline", 500_000, 60_000),
        ("higher supplement", 500_000, 66_000),
        ("and residents", 450_000, 66_000),  # a scenario keeps what it starts from
        ("higher salary", 600_000, 60_000),  # a role that began as a copy stays as it was
    ],
)
def test_a_scenario_may_pay_a_role_otherwise(scenario: str, teacher: int, leader: int) -> None:
    assert sum(costs(PAID_MORE, "teacher", scenario).values()) == teacher
    assert sum(costs(PAID_MORE, "leader", scenario).values()) == leader


def test_a_contracted_post_has_no_pay_and_is_counted_on_its_first_cost_that_all_its_funds_pay() -> None:
    plan = plan_of(
        ledger("""
            school: Contract
            budget: {general: 100_000, title_i: 100_000}
            roles:
              coach:
                funds: {general: 50%, title_i: 50%}
                costs:
                  federal report: {per_person: 100, funds: [title_i]}
                  contract:       {per_fte: 80_000}
            baseline: {coach: 1.5}
        """)
    )

    assert [(line.component, line.fund, line.amount, line.fte, line.people) for line in plan.lines] == [
        ("federal report", "title_i", Decimal(100), None, None),  # half of $100 for each of two people
        ("contract", "general", Decimal(60_000), Decimal("0.75"), Decimal(1)),
        ("contract", "title_i", Decimal(60_000), Decimal("0.75"), Decimal(1)),
    ]
