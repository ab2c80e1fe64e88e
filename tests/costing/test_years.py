"""The school of a later year: its students and staff, who pays when funds have ended, and its budget."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import school
from staffcalc.costing.growth.endings import ended, payer
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.years.later_years import CAUSES, Cause, in_year, unreplaced, years_ahead
from staffcalc.formula.step_by_step import one_line

GRANTS = """
year: 2026-27
budget: {general: 500_000, a: 60_000, b: 60_000, c: 60_000}
benefits: {certified: {federal pension: {rate: 20%, funds: [a]}, health: {per_person: 1_000}}}
roles:
  teacher: {salary: 50_000, benefits: certified}
  coach: {salary: 40_000, funds: {a: 50%, general: 50%}, benefits: certified}
  tutor: {salary: 30_000, funds: {b: 100%}}
  aide: {salary: 20_000, funds: {c: 100%}}
baseline: {teacher: 3, coach: 2, tutor: 1, aide: 1}
"""
STOPPING = "funds: {b: {ends: 2026-27, then: stop}}\n"
BEFORE = {"general": 194_000, "a": 49_000, "b": 30_000, "c": 20_000}


def by_fund(funds: str, number: int) -> dict[str, int]:
    """What each fund pays so many years after the file's, by the rules of the funds."""
    costed = cost_school(in_year(school(f"{GRANTS}funds: {funds}\n"), number))
    return {fund: int(dollars) for fund, dollars in totals_by(costed.baseline.lines, "fund").items()}


def cost(text: str, number: int, *moved: Cause) -> int:
    """What the baseline costs so many years after the file's, where only some causes have moved in the last year."""
    return int(total(cost_school(in_year(school(text), number, moved=moved or CAUSES)).baseline.lines))


# Funds


def test_until_it_ends_a_fund_goes_on_paying() -> None:
    assert by_fund("{a: {ends: 2027-28}}", 1) == BEFORE


def test_after_its_end_another_fund_pays_but_for_what_only_its_own_pay_brings() -> None:
    assert by_fund("{a: {ends: 2027-28}}", 2) == {"general": 194_000 + 41_000, "b": 30_000, "c": 20_000}


def test_what_a_fund_paid_for_may_end_with_it() -> None:
    assert by_fund("{a: {ends: 2027-28, then: stop}}", 2) == {"general": 194_000, "b": 30_000, "c": 20_000}


def test_what_only_one_funds_pay_brings_stays_when_another_fund_stops() -> None:
    text = GRANTS.replace("{a: 50%, general: 50%}", "{a: 20%, b: 30%, general: 50%}")
    one = school(f"{text}other_costs: {{software: {{amount: 9_000, funds: {{b: 100%}}}}}}\n" + STOPPING)
    before, after = (cost_school(in_year(one, number)).baseline.lines for number in (0, 1))
    of_a = [[line.amount for line in some if line.component == "federal pension"] for some in (before, after)]
    assert of_a == [[3_200], [3_200]]  # 20% of a's 20% of $80,000
    assert "software" in totals_by(before, "component")
    assert "software" not in totals_by(after, "component")


def test_a_fund_may_go_over_to_one_that_ends_later() -> None:
    rules = "{a: {ends: 2026-27, then: b}, b: {ends: 2027-28, then: c}}"
    assert by_fund(rules, 1) == {"general": 194_000, "b": 71_000, "c": 20_000}
    assert by_fund(rules, 2) == {"general": 194_000, "c": 91_000}


def test_what_went_over_to_a_fund_ends_with_it() -> None:
    rules = "{a: {ends: 2027-28, then: b}, b: {ends: 2027-28, then: stop}}"
    assert by_fund(rules, 2) == {"general": 194_000, "c": 20_000}


def test_who_pays_depends_on_which_funds_have_ended() -> None:
    one = school(f"{GRANTS}funds: {{a: {{ends: 2026-27, then: b}}, b: {{ends: 2028-29, then: stop}}}}\n")
    assert (ended(one, 1), ended(one, 3)) == (("a",), ("a", "b"))
    assert [payer(one, "a", gone) for gone in ((), ("a",), ("a", "b"))] == ["a", "b", "stop"]


def test_an_ended_fund_has_no_budget_and_what_is_dated_has_its_own() -> None:
    rules = "{a: {ends: 2026-27}, b: {years: {2027-28: 70_000}}}"
    plan = cost_school(in_year(school(f"{GRANTS}funds: {rules}\nforecast: {{budget: 1%}}\n"), 1)).baseline
    assert dict(plan.budget or {}) == {"general": 505_000, "b": 70_000, "c": 60_600}


def test_a_budget_that_has_grown_says_by_how_much() -> None:
    rules = "{general: {each_year: 2%, 2028-29: 0.5%}}"
    plan = cost_school(in_year(school(f"{GRANTS}forecast: {{budget: {rules}}}\n"), 2)).baseline
    assert plan.budget is not None
    assert plan.budget["general"] == 512_550
    assert one_line(plan.money["general"]) == "$500,000 × 1.02 × 1.005"


@pytest.mark.parametrize(
    ("growth", "said"),
    [("3%", "from 1,000 by +3% in each of 2 years"), ("{each_year: 3%, 2027-28: -0.5%}", "from 1,000 by -0.5%, +3%")],
)
def test_students_who_have_grown_say_from_how_many_and_by_how_much(growth: str, said: str) -> None:
    one = in_year(school(f"{GRANTS}students: 1_000\nforecast: {{enrollment: {growth}}}\n"), 2)
    assert one.plans[0].students is not None
    assert one.plans[0].students.note == f"grown {said}"


# A budget of today's staff


@pytest.mark.parametrize("price", [None, "average", "new_hire"])
def test_a_budget_of_the_baseline_is_what_todays_staff_cost_at_their_own_pay_however_they_are_priced(
    price: Price | None,
) -> None:
    one = school("""
        year: 2026-27
        budget: baseline
        roles: {teacher: {salary: 50_000, average: 60_000, new_hire: 40_000}}
        baseline: {teacher: 10}
        forecast: {budget: 2%, cola: 5%}
        """)
    budgets = [cost_school(in_year(one, number, price=price), price).baseline.budget for number in range(2)]
    assert budgets == [{"general": Decimal(500_000)}, {"general": Decimal(510_000)}]


# Students and staff


def test_students_are_whole_and_rounded_once() -> None:
    text = "year: 2026\nstudents: 150\nroles: {a: {salary: 1}}\nbaseline: {a: 1}\nforecast: {enrollment: 1%}\n"
    found = [in_year(school(text), number).plans[0].students for number in range(4)]
    assert [one.value for one in found if one is not None] == [150, 152, 153, 155]  # 151.5, 153.015, 154.54515


def test_staff_that_growth_adds_are_hired_and_those_here_today_stay_who_they_are() -> None:
    text = """
        year: 2026-27
        students: 400
        roles: {nurse: {salary: 80_000, new_hire: 50_000}}
        baseline: {nurse: {per_students: 200}}
        forecast: {enrollment: 50%}
        """
    assert [cost(text, number) for number in range(2)] == [2 * 80_000, 2 * 80_000 + 50_000]


def test_a_count_dated_for_a_year_holds_in_that_year_alone() -> None:
    text = """
        year: 2026-27
        roles: {aide: {salary: 20_000}}
        baseline: {aide: {fte: {value: 2, years: {2028-29: 3}}}}
        """
    assert [cost(text, number) for number in range(4)] == [40_000, 40_000, 60_000, 40_000]


# What is stated for a year, and what grows beside it

TEACHERS = """
year: 2026-27
schedules:
  t:
    lanes: [BA]
    steps: {{1: [{cell}]}}
    differentials: {{master's: {{amount: {differential}}}, national board: {{rate: 12%}}}}
roles: {{teacher: {{}}}}
baseline: {{teacher: {{BA/1 with master's and national board: 1}}}}
forecast: {{cola: 10%}}
"""


@pytest.mark.parametrize(
    ("cell", "differential", "dollars"),
    [
        ("40_000", "1_000", 44_000 + 1_100 + 5_280),
        ("40_000", "{value: 1_000, years: {2027-28: 1_500}}", 44_000 + 1_500 + 5_280),
        ("{value: 40_000, years: {2027-28: 41_000}}", "1_000", 41_000 + 1_100 + 4_920),
        (
            "{value: 40_000, years: {2027-28: 41_000}}",
            "{value: 1_000, years: {2027-28: 1_500}}",
            41_000 + 1_500 + 4_920,
        ),
    ],
)
def test_a_cell_and_its_differentials_grow_unless_they_are_stated_for_the_year(
    cell: str, differential: str, dollars: int
) -> None:
    assert cost(TEACHERS.format(cell=cell, differential=differential), 1) == dollars


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("BA/3", "1 FTE × (50% of $40,000 + 50% of $42,000)"),
        ("BA/4", "1 FTE × (50% of $42,000 + 50% of $45,000)"),
        ("BA/0", "1 FTE × $40,000"),  # still within the band
        ("BA/5", "1 FTE × $45,000"),  # the top
    ],
)
def test_half_a_step_is_a_way_between_two_amounts(cell: str, said: str) -> None:
    one = school(f"""
        year: 2026-27
        schedules: {{t: {{lanes: [BA], steps: {{0-3: [40_000], 4: [42_000], 5: [45_000]}}}}}}
        roles: {{teacher: {{}}}}
        baseline: {{teacher: {{{cell}: 1}}}}
        forecast: {{steps: half}}
    """)
    (line,) = cost_school(in_year(one, 1)).baseline.lines
    assert one_line(line.formula) == said


def test_who_is_in_the_first_year_of_a_band_climbs_when_all_its_years_are_over() -> None:
    text = """
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {0-2: [40_000], 3: [50_000]}}}
        roles: {teacher: {}}
        baseline: {teacher: {BA/0: 1}}
    """
    assert [cost(text, number) for number in range(4)] == [40_000, 40_000, 40_000, 50_000]


def test_a_whole_step_is_the_next_amount_alone() -> None:
    one = school("""
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [45_000]}}}
        roles: {teacher: {}}
        baseline: {teacher: {BA/1: 1}}
        forecast: {steps: 1}
    """)
    (line,) = cost_school(in_year(one, 1)).baseline.lines
    assert one_line(line.formula) == "1 FTE × $42,000"


# Causes apart

MOVING = """
year: 2026-27
students: 100
schedules: {teachers: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000]}}}
benefits: {certified: {health: {per_person: 5_000}}}
roles:
  teacher: {salary: BA/1, supplement: 1_000, benefits: certified}
  nurse: {salary: 50_000}
baseline: {teacher: 10, nurse: {per_students: 100}}
other_costs: {software: {amount: 10_000}}
forecast: {cola: 2%, supplements: 10%, benefits: {health: 6%}, enrollment: 10%, other_costs: 3%}
"""


@pytest.mark.parametrize(
    ("cause", "dollars"),
    [
        ("staff", 5_000),
        ("step", 20_000),
        ("COLA", 9_000),
        ("supplements", 1_000),
        ("benefits", 3_000),
        ("other costs", 300),
        ("fund shift", 0),
    ],
)
def test_each_cause_moves_alone_from_the_year_before(cause: Cause, dollars: int) -> None:
    assert cost(MOVING, 1, cause) - cost(MOVING, 0) == dollars


DATED = """
year: 2026-27
roles: {teacher: {salary: 50_000, supplement: {value: 1_000, years: {2027-28: 3_000}}}}
baseline: {teacher: 2}
forecast: {cola: 10%}
"""


@pytest.mark.parametrize(("cause", "dollars"), [("supplements", 4_000), ("COLA", 10_000), ("benefits", 0)])
def test_a_supplement_stated_for_a_year_moves_with_the_supplements(cause: Cause, dollars: int) -> None:
    assert cost(DATED, 1, cause) - cost(DATED, 0) == dollars


def test_who_is_hired_in_a_year_earns_what_a_new_hire_is_paid_then() -> None:
    text = """
        year: 2026-27
        students: 100
        roles: {teacher: {salary: 60_000, new_hire: {value: 40_000, years: {2027-28: 45_000}}}}
        baseline: {teacher: {per_students: 50}}
        forecast: {enrollment: 50%}
    """
    assert [cost(text, number) for number in (0, 1)] == [120_000, 120_000 + 45_000]


def test_causes_that_have_not_moved_stay_where_they_were_a_year_before() -> None:
    assert cost(MOVING, 2, "fund shift") == cost(MOVING, 1)


def test_the_files_year_is_the_school_as_it_stands() -> None:
    assert cost(MOVING, 0) == 10 * (40_000 + 1_000 + 5_000) + 50_000 + 10_000


# What comes to nothing, and what cannot be


def test_turnover_changes_no_pay_where_nobody_says_what_a_new_hire_earns() -> None:
    one = school("""
        year: 2026-27
        roles:
          teacher: {salary: 50_000, unit: teachers}
          coach: {salary: 50_000, new_hire: 40_000, unit: teachers}
          nurse: {salary: 50_000}
        baseline: {teacher: 1, coach: 1, nurse: 1}
        forecast: {turnover: {teachers: {2028-29: 10%}}}
        """)
    assert (unreplaced(one, 1), unreplaced(one, 2)) == ((), ("teacher",))


@pytest.mark.parametrize("year", ["2025-26", "2056-57", "later"])
def test_a_year_before_the_files_or_out_of_reach_is_refused(year: str) -> None:
    with pytest.raises(ValueError, match="30 school years from 2026-27"):
        years_ahead(school(MOVING), year)
