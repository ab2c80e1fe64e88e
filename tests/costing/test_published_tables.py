"""Tables that others have published, to the dollar or the cent. The expected figures are theirs, not ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import costs, ledger, paid, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.costing.measures.measures import measures

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


# Charlotte-Mecklenburg Schools, position exchange of 2015, Public Impact. https://slideplayer.com/slide/15333942
# What one position is worth in dollars is not published: 50,000 is an example, in which each weight is a round sum.
EXCHANGE = """
    school: Charlotte-Mecklenburg, four positions
    allotment: 4
    budget: {general: 200_000}
    roles:
      classroom teacher:        {category: teacher, weight: 1.00, salary: 50_000}
      reach associate:          {category: support, weight: 0.65, salary: 32_500}
      reach team teacher:       {category: teacher, weight: 1.05, salary: 52_500}
      senior reach teacher:     {category: teacher, weight: 1.15, salary: 57_500}
      master reach teacher:     {category: teacher, weight: 1.25, salary: 62_500}
      multi-classroom leader 1: {category: leader, weight: 1.30, salary: 65_000}
      multi-classroom leader 2: {category: leader, weight: 1.45, salary: 72_500}
    baseline: {classroom teacher: 4}
    scenarios: {exchange: {staffing: {MIX}}}
"""


@pytest.mark.parametrize(
    ("mix", "published"),
    [
        ("reach associate: 1, senior reach teacher: 2, classroom teacher: 1", "3.95"),
        ("reach associate: 1, multi-classroom leader 1: 1, classroom teacher: 2", "3.95"),
        ("reach associate: 1, multi-classroom leader 1: 1, reach team teacher: 1, classroom teacher: 1", "4.00"),
    ],
)
def test_four_positions_are_exchanged_by_weights_and_by_dollars(mix: str, published: str) -> None:
    costed = ledger(EXCHANGE.replace("MIX", mix))
    found = measures(plan_of(costed, "exchange"), costed.baseline)

    assert found.allotment_used == Decimal(published)
    assert found.allotment_left == 4 - Decimal(published)
    assert found.cost == Decimal(published) * 50_000
    assert found.left == (4 - Decimal(published)) * 50_000


def test_one_vacancy_pays_for_a_leader_a_team_teacher_and_an_associate() -> None:
    vacant = EXCHANGE.replace("{classroom teacher: 4}", "{classroom teacher: {fte: 4, vacant: 1}}")
    mix = "reach associate: 1, multi-classroom leader 1: 1, reach team teacher: 1, classroom teacher: 1"
    costed = ledger(vacant.replace("MIX", mix))

    assert measures(plan_of(costed, "exchange"), costed.baseline).change == 0  # 1.00 = 0.30 + 0.05 + 0.65


# Iowa, as above: a mentor is released for 25% of the day and a lead teacher for 50%; others cover for them. A fully
# released leader's whole pay and benefits are charged to the program, a partly released one's share, and of one who is
# not released the supplement and its benefits alone. Pay and benefits are an example.
IOWA = """
    school: Iowa
    budget: {general: 5_750_000, program: 1_000_000}
    benefits: {teachers: {benefits: {rate: 15%}}}
    roles:
      teacher:        {category: teacher, salary: 50_000, benefits: teachers}
      model teacher:  {like: teacher, category: leader, supplement: 2_000, release: {share: 0%, charged_to: program}}
      mentor teacher: {like: model teacher, supplement: 5_000, release: {share: 25%, cover: teacher}}
      lead teacher:   {like: model teacher, supplement: 10_000, release: {share: 50%, cover: teacher}}
      fully released: {like: model teacher, supplement: 10_000, release: {share: 100%}}
    baseline: {teacher: 100}
    scenarios:
      leadership: {change: {teacher: -25, model teacher: +10, mentor teacher: +10, lead teacher: +5}}
      one of each: {staffing: {model teacher: 1, mentor teacher: 1, fully released: 1}}
"""


def test_in_iowa_five_teachers_cover_for_each_100() -> None:
    [teachers] = [role for role in plan_of(ledger(IOWA), "leadership").staff if role.role == "teacher"]

    assert teachers.fte == 100 - 25 + Decimal("5.0")  # 10 x 25% + 5 x 50%


@pytest.mark.parametrize(
    ("role", "charged"),
    [
        ("model teacher", 2_000 * Decimal("1.15")),
        ("mentor teacher", (50_000 * Decimal("0.25") + 5_000) * Decimal("1.15")),
        ("fully released", (50_000 + 10_000) * Decimal("1.15")),
    ],
)
def test_in_iowa_the_program_pays_what_is_released(role: str, charged: Decimal) -> None:
    lines = plan_of(ledger(IOWA), "one of each").lines

    assert sum(line.amount for line in lines if (line.role, line.fund) == (role, "program")) == charged


# Washington's prototypical schools, RCW 28A.150.260: staff units in proportion to students. A middle school of 432.
@pytest.mark.parametrize(
    ("level", "students", "units"),
    [
        ("elementary", 400, "1.253 0.663 0.416 0.311 0.104 0.993 1.012 2.088 1.657 0.079"),
        ("middle", 432, "1.353 0.519 0.888 0.088 0.024 1.716 0.776 2.401 1.942 0.092"),
        ("high", 600, "1.880 0.523 0.824 0.127 0.049 3.039 0.728 3.345 2.965 0.141"),
    ],
)
def test_a_prototypical_school_of_washington_has_its_units_and_one_of_twice_the_students_twice_as_many(
    level: str, students: int, units: str
) -> None:
    rows = [f"unit {at}: {{fte: {unit}, per_students: {students}}}" for at, unit in enumerate(units.split())]
    roles = [f"unit {at}: {{salary: 0}}" for at in range(len(rows))]
    plain = f"school: {level}\nroles: {{{', '.join(roles)}}}\nbaseline: {{{', '.join(rows)}}}\n"
    for times in (1, 2):
        plan = plan_of(ledger(f"{plain}students: {times * students}\n"))
        assert [role.fte for role in plan.staff] == [times * Decimal(unit) for unit in units.split()]


# Clark County School District budget FY2012-13, Explanation of Budget Allocations: what part of a post
# so many hours a day make.
@pytest.mark.parametrize(
    ("hours", "fte"),
    [(4, "0.37 0.42 0.46 0.50"), (6, "0.56 0.63 0.69 0.75"), (8, "0.74 0.84 0.92 1.00")],
)
def test_in_clark_county_hours_are_posts_by_the_published_table(hours: int, fte: str) -> None:
    for months, published in zip((9, 10, 11, 12), fte.split(), strict=True):
        one = f"""
            school: Clark County
            fte_by_hours_and_months:
              months: [9, 10, 11, 12]
              hours: {{4: [0.37, 0.42, 0.46, 0.50], 6: [0.56, 0.63, 0.69, 0.75], 8: [0.74, 0.84, 0.92, 1.00]}}
            roles: {{aide: {{category: support, salary: 10_000}}}}
            baseline: {{aide: {{people: 1, hours: {hours}, months: {months}}}}}
        """
        assert costs(one, "aide") == {"salary": 10_000 * Decimal(published)}


# Albemarle County (VA), staffing standards 2002-03, wheeleronboard.com: 258.66 students at 20.95 are 12.35 posts, and a
# full-time assistant counts as 0.33 of one. 258.66 are students as the county weights them, here in hundredths.
def test_albemarle_posts_by_a_standard() -> None:
    plan = plan_of(
        ledger("""
            school: Albemarle County
            students: 25_866
            roles: {teacher: {category: teacher, salary: 0}}
            baseline: {teacher: {per_students: 2_095, rounding: nearest 0.01}}
        """)
    )

    assert [role.fte for role in plan.staff] == [Decimal("12.35")]


def test_albemarle_three_assistants_are_one_post_but_for_a_hundredth() -> None:
    costed = ledger("""
        school: Albemarle County
        allotment: 12.35
        roles: {teacher: {category: teacher, weight: 1}, assistant: {category: support, weight: 0.33}}
        baseline: {teacher: 12.35}
        scenarios: {with assistants: {change: {teacher: -1, assistant: +3}}}
    """)

    assert measures(plan_of(costed, "with assistants"), costed.baseline).allotment_left == Decimal("0.01")


# KIPP Empower, Los Angeles, 2010 (Michael and Susan Dell Foundation): five classes of 20 became four of 28 to 29 when
# 115,000 and 85,000 were lost, about three salaries. What a salary is, is derived.
def test_kipp_empower_four_classes_and_the_money_that_was_lost() -> None:
    costed = ledger("""
        school: KIPP Empower
        students: 100
        budget: {general: {revenue: {class-size aid: 115_000, other: 85_000}}}
        roles: {teacher: {category: teacher, salary: 66_666.67}}
        baseline: {teacher: 5}
        scenarios: {rotation: {students: 115, change: {teacher: -1}}}
    """)
    planned, became = (measures(plan, costed.baseline) for plan in costed.plans)

    assert planned.budget == 200_000 == 3 * round(Decimal("66666.67")) - 1
    assert planned.students_per_teacher == 20
    assert became.students_per_teacher == Decimal("28.75")


# A school of Rocketship, 2009 (Scholastic; Joanne Jacobs): 450 students, three teachers for four classes, five posts
# saved that are worth 100,000 each with benefits.
def test_rocketship_five_posts_of_twenty_are_half_a_million() -> None:
    costed = ledger("""
        school: Rocketship
        students: 450
        roles: {teacher: {category: teacher, salary: 100_000}}
        baseline: {teacher: 20}
        scenarios: {learning lab: {change: {teacher: -25%}}}
    """)

    assert measures(plan_of(costed, "learning lab"), costed.baseline).change == -500_000


# Chicago Public Schools, student-based budgeting FY2016: 4,390 a student, more in kindergarten to grade 3 and in high
# school. https://vdocuments.mx/appendix-b-school-funding-formulas.html
def test_chicago_pays_grades_by_weight() -> None:
    plan = plan_of(
        ledger("""
            school: Chicago
            rounding: cent
            grades: {K: 1, 4: 1, 9: 1}
            budget:
              primary: {revenue: {base: {per_student: 4_390, grades: {K: 1.07, 4: 0, 9: 0}}}}
              middle:  {revenue: {base: {per_student: 4_390, grades: {K: 0, 4: 1.00, 9: 0}}}}
              high:    {revenue: {base: {per_student: 4_390, grades: {K: 0, 4: 0, 9: 1.24}}}}
            roles: {teacher: {salary: 0, funds: {high: 100%}}}
            baseline: {teacher: 1}
        """)
    )

    assert plan.budget == {"primary": Decimal("4697.30"), "middle": 4_390, "high": Decimal("5443.60")}
