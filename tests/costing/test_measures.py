"""What is said of a plan: cost against budget, ratios, and whether it fits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import ledger, plan_of
from staffcalc.costing.measures.fund_use import FundUse, fund_uses
from staffcalc.costing.measures.measures import Measures, measure, measures
from staffcalc.costing.scope import Scope
from staffcalc.questions.fit import verdict


def measured(text: str, scenario: str = "baseline") -> Measures:
    costed = ledger(text)
    return measures(plan_of(costed, scenario), costed.baseline)


STAFF = """
    school: One of each category
    students: 90
    budget: 700_000
    roles:
      lead:      {category: leader, salary: 70_000, supplement: 10_000}
      teacher:   {category: teacher, salary: 50_000, stipend: 500}
      coach:     {category: specialist, salary: 40_000}
      resident:  {category: trainee, salary: 30_000}
      aide:      {category: support, salary: 20_000}
      principal: {category: administrator, salary: 100_000}
      custodian: {category: operations, salary: 35_000}
      visitor:   {salary: 1_000}
    baseline: {lead: 1, teacher: 3.5, coach: 0.5, resident: 2, aide: 1, principal: 1, custodian: 1, visitor: 1}
    scenarios:
      no teachers:  {staffing: {principal: 1}}
      no students:  {students: 0}
"""


def test_every_measure() -> None:
    found = measured(STAFF)

    # lead 80,000 + teacher 175,000 and 4 stipends of 500 + coach 20,000 + residents 60,000 + aide 20,000
    # + principal 100,000 + custodian 35,000 + visitor 1,000
    assert found.cost == 493_000
    assert found.budget == 700_000
    assert found.left == 207_000
    assert found.change == 0
    assert found.fte == 11
    assert found.people == 12  # 3.5 teachers are four people, half a coach is one
    assert found.cost_per_student == Decimal("5477.78")
    assert found.students_per_teacher == 20  # 90 ÷ 4.5 leaders and teachers
    assert found.students_per_adult == 10  # 90 ÷ 9.0: all but the principal and the custodian
    assert found.average_teacher_pay == Decimal("56666.67")  # (80,000 + 175,000) ÷ 4.5; a stipend is no salary


def test_a_measure_that_would_divide_by_nothing_is_not_available() -> None:
    no_teachers, no_students = measured(STAFF, "no teachers"), measured(STAFF, "no students")

    assert (no_teachers.students_per_teacher, no_teachers.students_per_adult) == (None, None)
    assert no_teachers.average_teacher_pay is None
    assert no_teachers.cost_per_student == Decimal("1111.11")
    assert no_students.cost_per_student is None
    assert no_students.students_per_teacher == 0  # nobody to teach: zero divided by teachers, not by nothing


def test_without_a_number_of_students_nothing_is_said_by_student() -> None:
    found = measured("""
        school: No students stated
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: 2}
    """)

    assert (found.cost_per_student, found.students_per_teacher, found.students_per_adult) == (None, None, None)
    assert found.average_teacher_pay == 50_000


def test_teachers_without_a_salary_have_no_average_pay_rather_than_zero() -> None:
    found = measured("""
        school: Paid by the hour
        students: 30
        roles: {teacher: {category: teacher, hourly: 40, hours_per_week: 20, weeks: 36}}
        baseline: {teacher: 1}
    """)

    assert found.average_teacher_pay is None
    assert found.students_per_teacher == 30


BUDGETS = """
    school: Budgets
    budget: {general: 150_000, title_i: 40_000}
    roles:
      teacher: {salary: 50_000}
      aide:    {salary: 20_000, funds: {title_i: 100%}}
    baseline: {teacher: 3, aide: 2}
    scenarios:
      own budget:    {budget: {title_i: 60_000}, change: {aide: +1}}
      from there:    {like: own budget, change: {teacher: -1}}
      two more:      {change: {teacher: +2}}
      aides instead: {change: {teacher: -1, aide: +1}}
      everything:    {change: {teacher: +1, aide: +1}}
"""


@pytest.mark.parametrize(
    ("scenario", "words", "fits"),
    [
        ("baseline", "fits, $0 left", True),
        ("own budget", "fits, $0 left", True),  # the fund it does not name keeps its money
        ("from there", "fits, $50,000 left", True),
        ("two more", "over by $100,000 in general", False),
        ("aides instead", "over by $20,000 in title_i", False),  # $50,000 left in the general fund does not hide it
        ("everything", "over by $50,000 in general, $20,000 in title_i", False),
    ],
)
def test_whether_a_plan_fits(scenario: str, words: str, fits: bool) -> None:
    found = verdict(plan_of(ledger(BUDGETS), scenario))

    assert (found.text, found.good) == (words, fits)


@pytest.mark.parametrize(
    ("rounding", "budget", "salary", "words"),
    [
        ("dollar", "127_888", "100_000", "fits, $27,888 left"),
        ("dollar", "87_600", "100_000", "over by $12,400"),
        ("dollar", "100_000", "100_000.49", "fits, $0 left"),  # judged on the line that is printed
        ("cent", "100_000", "100_000.49", "over by $0.49"),
        ("cent", "100_000.50", "100_000", "fits, $0.50 left"),
    ],
)
def test_the_words_of_a_verdict(rounding: str, budget: str, salary: str, words: str) -> None:
    text = f"""
        school: Words
        rounding: {rounding}
        budget: {budget}
        roles: {{principal: {{salary: {salary}}}}}
        baseline: {{principal: 1}}
    """

    assert verdict(plan_of(ledger(text))).text == words


def test_each_fund_is_held_against_its_own_budget() -> None:
    assert fund_uses(plan_of(ledger(BUDGETS), "aides instead")) == (
        FundUse("general", Decimal(100_000), Decimal(150_000)),
        FundUse("title_i", Decimal(60_000), Decimal(40_000)),
    )


def test_a_budget_of_the_baseline_is_what_it_costs_fund_by_fund() -> None:
    text = """
        school: Today's money
        budget: baseline
        roles:
          teacher: {salary: 50_000}
          aide:    {salary: 20_001, funds: {general: 50%, title_i: 50%}}
        baseline: {teacher: 2, aide: 1}
        scenarios:
          fewer:  {change: {teacher: -1}}
          moved:  {change: {teacher: -1, aide: +1}}
          raised: {budget: {title_i: 30_000}, change: {teacher: -1, aide: +1}}
    """
    costed = ledger(text)

    assert costed.baseline.budget == {"general": Decimal(110_001), "title_i": Decimal(10_000)}
    assert verdict(plan_of(costed, "fewer")).text == "fits, $50,000 left"
    assert verdict(plan_of(costed, "moved")).text == "over by $10,001 in title_i"
    assert plan_of(costed, "raised").budget == {"general": Decimal(110_001), "title_i": Decimal(30_000)}
    assert verdict(plan_of(costed, "raised")).text == "fits, $49,999 left"


def test_where_no_budget_is_stated_there_is_no_verdict() -> None:
    text = """
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: 2}
        scenarios:
          fewer: {change: {teacher: -1}}
          told:  {change: {teacher: -1}, budget: 40_000}
    """
    costed = ledger(text)
    found = measures(plan_of(costed, "fewer"), costed.baseline)
    assert (found.budget, found.left, found.change) == (None, None, Decimal(-50_000))
    assert verdict(plan_of(costed, "fewer")) == ("no budget stated", None, False)
    assert verdict(plan_of(costed, "told")).text == "over by $10,000"


def test_a_fund_without_a_budget_is_overspent_by_all_it_pays() -> None:
    text = """
        school: A new fund
        budget: baseline
        roles: {tutor: {salary: 30_000}, fellow: {salary: 20_000, funds: {grants: 100%}}}
        baseline: {tutor: 1}
        scenarios: {fellows: {staffing: {fellow: 1}}}
    """

    assert verdict(plan_of(ledger(text), "fellows")).text == "over by $20,000 in grants"


def test_the_staff_of_a_fund_are_those_whose_pay_it_carries() -> None:
    costed = ledger("""
        benefits: {staff: {health: {per_person: 5_000}}}
        roles:
          coach: {salary: 60_000, supplement: 2_000, benefits: staff, funds: {title_i: 25%, general: 75%}}
          tutor: {hourly: 20, hours_per_week: 40, weeks: 38, benefits: staff, funds: {title_i: 100%}}
        baseline: {coach: 2, tutor: {people: 4, fte_each: 0.5}}
    """)
    found = [
        [measure(name, costed.baseline, costed.baseline, Scope(funds=(fund,))) for name in ("fte", "people")]
        for fund in ("title_i", "general")
    ]
    assert found == [[Decimal("2.5"), Decimal("4.5")], [Decimal("1.5"), Decimal("1.5")]]
