"""Tables that others have published, to the dollar or the cent. The expected figures are theirs, not ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import costs, ledger, paid, plan_of, school
from staffcalc.costing.ledger import cost_school, total, totals_by
from staffcalc.costing.measures import measures

# Montgomery County Public Schools (MD), FY2017 budget, question 3: what it would cost to undo the class-size cuts.
# https://ww2.montgomeryschoolsmd.org/departments/budget/archiveDetail.aspx?id=12&year=2017
# A restored position costs what a new hire earns. The benefits rate is inferred; it reproduces every published row.
CLASS_SIZES = """
    school: Montgomery County Public Schools
    benefits: {new hire: {benefits: {rate: 29.02%}}}
    roles:
      grades 1-2: {category: teacher, salary: 52_795, benefits: new hire}
      grade 3:    {like: grades 1-2}
      grades 4-5: {like: grades 1-2}
      middle:     {like: grades 1-2}
      high:       {like: grades 1-2}
    baseline: {grades 1-2: 21, grade 3: 12, grades 4-5: 27, middle: 41, high: 51}
"""
CLASS_SIZE_ROWS = [
    # grades       salary     benefits    total
    ("grades 1-2", 1_108_695, 321_743, 1_430_438),
    ("grade 3", 633_540, 183_853, 817_393),
    ("grades 4-5", 1_425_465, 413_670, 1_839_135),
    ("middle", 2_164_595, 628_165, 2_792_760),
    ("high", 2_692_545, 781_377, 3_473_922),
]


@pytest.mark.parametrize(("grades", "salary", "benefits", "together"), CLASS_SIZE_ROWS)
def test_montgomery_county_class_sizes_row_by_row(grades: str, salary: int, benefits: int, together: int) -> None:
    found = costs(CLASS_SIZES, grades)

    assert found == {"salary": salary, "benefits": benefits}
    assert sum(found.values()) == together


def test_montgomery_county_class_sizes_in_total() -> None:
    plan = plan_of(ledger(CLASS_SIZES))

    assert totals_by(plan.lines, "component") == {"salary": 8_024_840, "benefits": 2_328_808}
    assert total(plan.lines) == 10_353_648


def test_the_published_total_is_the_sum_of_the_rows_not_the_rate_on_the_total() -> None:
    in_one_row = CLASS_SIZES.replace(
        "{grades 1-2: 21, grade 3: 12, grades 4-5: 27, middle: 41, high: 51}", "{high: 152}"
    )

    assert costs(in_one_row, "high") == {"salary": 8_024_840, "benefits": 2_328_809}  # one dollar more


# A site-budgeting exercise: a high school gives up three teachers. https://www.solutioninn.com (question 16927136)
POSITION_TRADE = """
    school: Rodeo High School
    budget: baseline
    roles:
      teacher:            {category: teacher, salary: 52_000}
      reading specialist: {category: specialist, salary: 52_000}
      aide:               {category: support, salary: 18_000}
    baseline: {teacher: 24}
    scenarios:
      position trade:
        change: {teacher: -3, reading specialist: +1, aide: +5}
        other_costs: {materials: {amount: 14_000}}
"""


def test_a_position_trade_is_neutral_to_the_dollar() -> None:
    traded = ledger(POSITION_TRADE)
    plan = plan_of(traded, "position trade")
    found = measures(plan, traded.baseline)

    assert totals_by(traded.baseline.lines, "role")["teacher"] - totals_by(plan.lines, "role")["teacher"] == 156_000
    assert totals_by(plan.lines, "role") == {"teacher": 21 * 52_000, "reading specialist": 52_000, "aide": 90_000}
    assert totals_by(plan.lines, "component")["materials"] == 14_000
    assert found.change == 0
    assert found.left == 0
    assert found.budget == 24 * 52_000


# Truckee Meadows Community College (NV), fringe benefits 2020-21.
# https://www.tmcc.edu/budget/downloads/budgets/fringe-benefit-rates
TRUCKEE_MEADOWS = """
    school: Truckee Meadows
    rounding: cent
    benefits:
      full time:
        health:               {per_fte: 9_093.96}
        workers compensation: {rate: 1.50%, up_to: 36_000}
        medicare:             {rate: 1.45%}
        unemployment:         {rate: 0.10%}
        retiree insurance:    {rate: 2.81%}
        pension:              {rate: 29.25%}
      part time:
        workers compensation: {rate: 1.50%}
        medicare:             {rate: 1.45%}
        social security:      {rate: 6.20%}
        unemployment:         {rate: 0.10%}
    roles:
      at the first 36,000: {salary: 36_000, benefits: full time}
      at 60,000:           {salary: 60_000, benefits: full time}
      part time:           {hourly: 25, hours_per_week: 20, weeks: 20, benefits: part time}
    baseline: {"at the first 36,000": 1, "at 60,000": 1, part time: 1}
"""


def test_truckee_meadows_at_36_000_the_published_sum_of_rates_is_paid() -> None:
    fringe = costs(TRUCKEE_MEADOWS, "at the first 36,000")
    del fringe["salary"]

    assert fringe.pop("health") == Decimal("9093.96")
    assert sum(fringe.values()) == Decimal("12639.60") == 36_000 * Decimal("35.11") / 100


def test_truckee_meadows_above_36_000_workers_compensation_counts_the_first_36_000_alone() -> None:
    assert costs(TRUCKEE_MEADOWS, "at 60,000") == {
        "salary": 60_000,
        "health": Decimal("9093.96"),
        "workers compensation": 540,
        "medicare": 870,
        "unemployment": 60,
        "retiree insurance": 1_686,
        "pension": 17_550,
    }


def test_truckee_meadows_part_time() -> None:
    fringe = costs(TRUCKEE_MEADOWS, "part time")

    assert fringe.pop("hourly") == 10_000
    assert fringe == {"workers compensation": 150, "medicare": 145, "social security": 620, "unemployment": 10}
    assert sum(fringe.values()) == 10_000 * Decimal("9.25") / 100


# UNC Wilmington, benefit rates 2022-23. https://uncw.edu/budget/budget_resources_benefit_rates.html
# Salary: the state's average teacher pay of 2021-22.
NORTH_CAROLINA = """
    school: North Carolina
    rounding: cent
    benefits:
      permanent:
        social security and medicare: {rate: 7.65%}
        retirement:                   {rate: 24.50%}
        medical:                      {per_person: 7_397, min_fte: 0.75}
      temporary:
        social security and medicare: {rate: 7.65%}
    roles:
      full time:        {salary: 56_675, benefits: permanent}
      three quarters:   {like: full time}
      just below:       {like: full time}
      temporary:        {hourly: 20, hours_per_week: 20, weeks: 38, benefits: temporary}
    baseline: {full time: 1, three quarters: 0.75, just below: 0.74, temporary: 1}
"""


@pytest.mark.parametrize(
    ("person", "pay", "social_security", "retirement", "medical"),
    [
        ("full time", "56675", "4335.64", "13885.38", "7397"),
        ("three quarters", "42506.25", "3251.73", "10414.03", "7397"),
        ("just below", "41939.50", "3208.37", "10275.18", "0"),
    ],
)
def test_north_carolina_pays_medical_in_full_from_three_quarters(
    person: str, pay: str, social_security: str, retirement: str, medical: str
) -> None:
    assert costs(NORTH_CAROLINA, person) == {
        "salary": Decimal(pay),
        "social security and medicare": Decimal(social_security),
        "retirement": Decimal(retirement),
        "medical": Decimal(medical),
    }


def test_north_carolina_temporary_staff_have_social_security_alone() -> None:
    assert costs(NORTH_CAROLINA, "temporary") == {"hourly": 15_200, "social security and medicare": Decimal("1162.80")}


# Teachers' Retirement System of Illinois, 2015-16: 0.58% on all pay, and 36.06% besides on what a federal fund pays.
# Employer guide, chapter 4, https://www.trsil.org/node/62
ILLINOIS = """
    school: Illinois
    budget: {general: 90_000, title_i: 90_000}
    benefits:
      teachers:
        pension:         {rate: 0.58%}
        federal pension: {rate: 36.06%, funds: [title_i]}
    roles:
      teacher: {salary: 60_000, benefits: teachers, funds: {FUNDS}}
    baseline: {teacher: 1}
"""


@pytest.mark.parametrize(
    ("funds", "pension", "federal"),
    [
        ("general: 100%", {"general": 348}, {}),
        ("title_i: 100%", {"title_i": 348}, {"title_i": 21_636}),
        ("general: 60%, title_i: 40%", {"general": 209, "title_i": 139}, {"title_i": 8_654}),  # of 348, and 8,654.40
    ],
)
def test_in_illinois_the_fund_that_pays_decides_the_rate(
    funds: str, pension: dict[str, int], federal: dict[str, int]
) -> None:
    text = ILLINOIS.replace("FUNDS", funds)

    assert paid(text, "pension") == pension
    assert paid(text, "federal pension") == federal


# Iowa Teacher Leadership and Compensation System, proposal of 2013.
# https://iowaed.wordpress.com/2013/01/29/teacher-leadership-and-compensation-proposal/
def test_iowa_supplements_are_120_000_for_each_100_teachers() -> None:
    plan = plan_of(
        ledger("""
            school: Iowa
            roles:
              teacher:        {category: teacher, salary: 0}
              model teacher:  {category: leader, salary: 0, supplement: 2_000}
              mentor teacher: {category: leader, salary: 0, supplement: 5_000}
              lead teacher:   {category: leader, salary: 0, supplement: 10_000}
            baseline: {teacher: 100}
            scenarios:
              leadership: {change: {teacher: -25, model teacher: +10, mentor teacher: +10, lead teacher: +5}}
        """),
        "leadership",
    )

    assert totals_by(plan.lines, "role") == {
        "teacher": 0,
        "model teacher": 20_000,
        "mentor teacher": 50_000,
        "lead teacher": 50_000,
    }
    assert total(plan.lines) == 120_000


# Allovue, "A tale of two teacher salaries", 2016. https://allovue.com/blog/2016/tale-of-two-teacher-salaries
AVERAGE_OR_ACTUAL = """
    school: School {school}
    roles: {{teacher: {{category: teacher, salary: {earns:_}, average: 55_000}}}}
    baseline: {{teacher: 1}}
"""


@pytest.mark.parametrize(("number", "earns", "more"), [(1, 45_000, 10_000), (2, 65_000, -10_000)])
def test_a_school_charged_at_the_average_pays_more_or_less_than_its_teacher_earns(
    number: int, earns: int, more: int
) -> None:
    one = school(AVERAGE_OR_ACTUAL.format(school=number, earns=earns))

    assert total(cost_school(one).baseline.lines) == earns
    assert total(cost_school(one, "actual").baseline.lines) == earns
    assert total(cost_school(one, "average").baseline.lines) == earns + more
