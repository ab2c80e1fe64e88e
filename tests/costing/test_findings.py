"""Small files whose answer was wrong or misleading once, each beside the rule it stands for.

Every test asks both calculators: what the second one confirms, and what the engine must answer.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from costing.agreement import BOTH, Calculator, plain
from secondcalculator import Costed

both = pytest.mark.parametrize("calculate", BOTH, ids=lambda one: str(one.__name__))


def cost(plan: Costed, role: str | None = None, component: str | None = None, fund: str | None = None) -> Fraction:
    """The dollars of a plan, or of some of its lines."""
    return sum(
        (
            line.amount
            for line in plan.lines
            if role in (None, line.role) and component in (None, line.component) and fund in (None, line.fund)
        ),
        Fraction(0),
    )


def costs(calculate: Calculator, text: str, years: int = 0, price: str | None = None) -> dict[str, Fraction]:
    """What each plan of a text costs."""
    return {name: cost(plan) for name, plan in calculate(plain(text), years, price).items()}


@both
def test_none_is_none(calculate: Calculator) -> None:
    """Left out, at 0 and given up altogether are one plan: what is paid to people without a post is displaced staff."""
    text = """
        school: Zero
        students: 60
        roles:
          teacher: {category: teacher, salary: 70_000, new_hire: 40_000}
          aide: {category: support, salary: 30_000}
        baseline: {teacher: 3, aide: 1}
        scenarios:
          left out: {staffing: {aide: 1}}
          stated as 0: {staffing: {teacher: 0, aide: 1}}
          changed by -3: {change: {teacher: -3}}
          two fewer: {change: {teacher: -2}}
    """
    plans = calculate(plain(text))
    for name in ("left out", "stated as 0", "changed by -3"):
        assert cost(plans[name]) == 120_000
        assert cost(plans[name], "teacher") == 0
        assert cost(plans[name], "displaced staff", "salary") == 90_000
    assert cost(plans["two fewer"], "teacher") == 70_000
    assert cost(plans["two fewer"], "displaced staff") == 60_000


@both
def test_none_is_none_on_a_schedule(calculate: Calculator) -> None:
    """Staff on cells who are left out are given up like all others."""
    text = """
        school: Z
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [70_000]}}}
        roles: {teacher: {category: teacher, new_hire: BA/1}, other: {like: teacher}}
        baseline: {teacher: {BA/2: 3}, other: {BA/1: 1}}
        scenarios: {a: {staffing: {teacher: 0, other: {BA/1: 1}}}, b: {staffing: {other: {BA/1: 1}}}}
    """
    assert costs(calculate, text) == {"baseline": 250_000, "a": 130_000, "b": 130_000}


@both
def test_one_mix_has_one_cost(calculate: Calculator) -> None:
    """By a change, by a whole mix and by a zero."""
    text = """
        school: Z
        year: 2026-27
        budget: 2_000_000
        roles:
          teacher: {category: teacher, salary: 60_000, new_hire: 42_000}
          aide: {category: support, salary: 30_000}
        baseline: {teacher: 2, aide: 3}
        scenarios:
          by change: {change: {teacher: -2}}
          by staffing: {staffing: {aide: 3}}
          by zero: {staffing: {aide: 3, teacher: 0}}
    """
    assert costs(calculate, text) == {
        "baseline": 210_000,
        "by change": 126_000,
        "by staffing": 126_000,
        "by zero": 126_000,
    }


@both
def test_cover_is_added_like_any_post(calculate: Calculator) -> None:
    """Posts added cost what a new hire earns, however they come about: cover for released time, too."""
    text = """
        school: G
        year: 2026-27
        budget: 2_000_000
        schedules:
          t: {lanes: [BA, MA], steps: {1: [40_000, 45_000], 2: [42_000, 48_000]}}
        roles:
          placed: {category: teacher, new_hire: BA/1, schedule: t}
          avg: {category: teacher, new_hire: BA/1, average: 47_000, schedule: t}
          flat: {category: teacher, salary: 48_000, new_hire: 40_000}
          lead p: {category: leader, salary: 60_000, release: {share: 50%, cover: placed}}
          lead a: {category: leader, salary: 60_000, release: {share: 50%, cover: avg}}
          lead f: {category: leader, salary: 60_000, release: {share: 50%, cover: flat}}
        baseline: {placed: {MA/2: 4}, avg: {MA/2: 4}, flat: 4, lead p: 0, lead a: 0, lead f: 0}
        scenarios:
          two leads more: {change: {lead p: +2, lead a: +2, lead f: +2}}
          same and a teacher: {like: two leads more, change: {placed: +1, avg: +1, flat: +1}}
          only teacher: {change: {placed: +2, avg: +2, flat: +2}}
    """
    plans = calculate(plain(text))
    for role in ("placed", "avg", "flat"):
        assert cost(plans["two leads more"], role) == 232_000
        assert cost(plans["same and a teacher"], role) == cost(plans["only teacher"], role) == 272_000


@both
def test_posts_added_age_like_everybody(calculate: Calculator) -> None:
    """A number and a cell come to the same; a post that enrollment adds is a new hire of that year."""
    text = """
        school: Y
        year: 2026-27
        students: 200
        budget: 2_000_000
        schedules:
          t: {lanes: [BA], steps: {1: [40_000], 2: [41_000], 3: [42_000], 4: [43_000], 5: [44_000]}}
        roles:
          teacher: {category: teacher, schedule: t, new_hire: BA/1, attrition: 10%}
        baseline: {teacher: {BA/1: 4}}
        scenarios:
          ratio: {staffing: {teacher: {per_students: 50}}}
          added: {change: {teacher: +4}}
          placed: {change: {teacher: {BA/1: +4}}}
        forecast: {enrollment: {each_year: 0%, 2029-30: 50%}, turnover: 10%}
    """
    found = costs(calculate, text, 3)
    assert found["added"] == found["placed"] == 337_561
    assert found["ratio"] == found["baseline"] + 2 * 40_000


@both
def test_a_scenarios_rule_is_laid_over_the_files(calculate: Calculator) -> None:
    """What is said of a year for all replaces what the file says of it, for every unit."""
    text = """
        school: F
        year: 2026-27
        budget: 2_000_000
        roles:
          teacher: {category: teacher, salary: 50_000, unit: teachers}
          aide: {category: support, salary: 30_000, unit: aides}
        baseline: {teacher: 10, aide: 10}
        forecast:
          cola: {teachers: 2%, aides: {each_year: 2%, 2028-29: 0%}}
        scenarios:
          frozen: {forecast: {cola: {2028-29: 0%}}}
          zero: {forecast: {cola: 0%}}
          unit: {forecast: {cola: {teachers: {2028-29: 0%}}}}
    """
    assert costs(calculate, text, 2) == {"baseline": 826_200, "frozen": 816_000, "zero": 800_000, "unit": 816_000}


@both
def test_a_fund_that_stops_takes_its_share_of_the_people(calculate: Calculator) -> None:
    """What the other funds pay does not change: half a stipend stays half, and caps look at the person as before."""
    text = """
        school: J
        year: 2026-27
        budget: {general: 400_000, grant: 120_000}
        funds: {grant: {ends: 2026-27, then: stop}}
        benefits: {c: {health: {per_person: 6_000}, ss: {rate: 6.2%, up_to: 40_000}}}
        roles:
          resident: {category: trainee, stipend: 24_000, benefits: c, funds: {general: 50%, grant: 50%}}
          analyst: {category: specialist, salary: 60_000, benefits: c, funds: {general: 50%, grant: 50%}}
        baseline: {resident: 1, analyst: 1}
    """
    before, after = calculate(plain(text)), calculate(plain(text), 1)
    for role, dollars in (("resident", 15_744), ("analyst", 34_240)):
        assert cost(after["baseline"], role, fund="general") == dollars
        assert cost(before["baseline"], role, fund="general") == dollars
        assert cost(after["baseline"], role, fund="grant") == 0
        assert after["baseline"].fte[role] == after["baseline"].people[role] == Fraction(1, 2)


@both
def test_whoever_a_fund_pays_by_name_is_paid_by_it(calculate: Calculator) -> None:
    """Heads and caps included: each fund's part of a line is what the line comes to for its own people."""
    text = """
        school: L
        year: 2026-27
        budget: {general: 900_000, grant: 120_000}
        roster:
          - {id: a, role: teacher, fte: 1, cell: BA/1, fund: general}
          - {id: b, role: teacher, fte: 0.5, cell: MA/2, with: board, fund: grant}
          - {id: c, role: teacher, fte: 1, salary: 50000, fund: grant}
        schedules:
          m:
            lanes: [BA, MA]
            steps: {1: [4_000, 4_500], 2: [4_100, 4_600]}
            per: month
            months: 10
            differentials:
              longevity: {amount: 100, from_step: 2}
              degree: {rate: 10%, lanes: [MA]}
              board: {amount: 50}
        benefits: {c: {ss: {rate: 6.2%, up_to: 45_000}, health: {per_person: 6_000}}}
        roles: {teacher: {category: teacher, schedule: m, new_hire: BA/1, benefits: c}}
        scenarios: {more: {change: {teacher: +1}}}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, component="health", fund=fund) for fund in ("general", "grant")] == [6_000, 12_000]
    assert [cost(plan, component="ss", fund=fund) for fund in ("general", "grant")] == [2_480, 4_405]


@both
def test_attrition_is_of_the_pay_that_everybody_is_priced_at(calculate: Calculator) -> None:
    """By `--price average` it is the share of all FTE, times the average less what a new hire earns."""
    text = """
        school: C
        schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 45_000], 2: [41_000, 46_000], 3: [42_000, 48_000]}}}
        roles: {teacher: {category: teacher, new_hire: BA/1, average: 44_000, attrition: 5%}}
        baseline: {teacher: {BA/1: 2, MA/3: 1.5}}
        scenarios: {more: {change: {teacher: +1.7}}, less: {change: {teacher: -1.3}}}
    """
    plans = calculate(plain(text), 0, "average")
    assert {name: cost(plan, component="attrition") for name, plan in plans.items()} == {
        "baseline": -700,
        "more": -1_040,
        "less": -440,
    }


@both
def test_what_one_fund_saves_by_those_who_leave_and_another_pays_may_come_to_nothing(calculate: Calculator) -> None:
    """A tenth of the one earns $10,000 less than a hire, and of the other $10,000 more."""
    text = """
        school: S
        budget: {general: 90_000, grant: 90_000}
        roles: {teacher: {new_hire: 50_000, attrition: 10%}}
        roster:
          - {id: P-1, role: teacher, fte: 1, salary: 40_000, fund: general}
          - {id: P-2, role: teacher, fte: 1, salary: 60_000, fund: grant}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, component=one) for one in ("salary", "attrition")] == [100_000, 0]


@both
def test_rounding_comes_last(calculate: Calculator) -> None:
    """After `fte`; sections are not rounded by themselves where the entry has a rounding."""
    text = """
        school: S
        grades: {9: 88}
        roles: {drama: {category: teacher, salary: 27_000}}
        baseline: {drama: {sections: {9: 30}, fte: 0.2, rounding: up}}
        scenarios: {per students: {staffing: {drama: {per_students: 30, fte: 0.2, rounding: up}}}}
    """
    assert {name: plan.fte["drama"] for name, plan in calculate(plain(text)).items()} == {
        "baseline": 1,
        "per students": 1,
    }


@both
def test_grades_are_the_students(calculate: Calculator) -> None:
    """Of a scenario with its own grades, too."""
    text = """
        school: G
        students: 20
        grades: {9: 10, 10: 10}
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: {sections: {9: 10, 10: 10}}}
        scenarios: {more: {over_budget: allowed, grades: {9: 20}}}
    """
    plans = calculate(plain(text))
    assert {name: plan.students for name, plan in plans.items()} == {"baseline": 20, "more": 30}
    assert cost(plans["more"]) == 150_000


@both
@pytest.mark.parametrize("fund", ["aa", "zz"])
def test_the_name_of_a_fund_changes_no_figure(calculate: Calculator, fund: str) -> None:
    """Half a dollar goes to the fund that the file names first."""
    text = f"""
        school: S
        budget: {{general: 100_000, {fund}: 100_000}}
        roles: {{tutor: {{category: support, salary: 2_001, funds: {{general: 50%, {fund}: 50%}}}}}}
        baseline: {{tutor: 1}}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, fund=one) for one in ("general", fund)] == [1_001, 1_000]


@both
def test_steps_are_gained_and_then_new_hires_follow_a_share(calculate: Calculator) -> None:
    """Thirty teachers gain 60,000 by their steps, and a tenth of them being followed takes 12,000 of it."""
    text = """
        school: T
        year: 2025-26
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000], 4: [46_000], 5: [48_000]}}}
        roles: {teacher: {category: teacher, new_hire: BA/1, schedule: t}}
        baseline: {teacher: {BA/1: 10, BA/2: 10, BA/3: 10}}
        forecast: {turnover: 10%}
    """
    assert costs(calculate, text)["baseline"] == 1_260_000
    assert costs(calculate, text, 1)["baseline"] == 1_308_000


@both
def test_everything_that_has_a_price_can_grow(calculate: Calculator) -> None:
    """Substitutes and what a role saves, by their names among the benefits."""
    text = """
        school: S
        year: 2026-27
        roles:
          resident: {stipend: 24_000, saves: {substitute days: {per_day: 120, days: 20}}}
          teacher: {category: teacher, salary: 50_000, absence_days: 8, substitute_day_rate: 120}
        baseline: {teacher: 10, resident: 2}
        forecast: {cola: 3%, benefits: {substitutes: 5%, substitute days: 5%}}
    """
    plan = calculate(plain(text), 1)["baseline"]
    assert cost(plan, component="substitutes") == 10_080
    assert cost(plan, component="substitute days") == -5_040


@both
def test_the_files_own_year_has_one_figure(calculate: Calculator) -> None:
    """Where a figure is another one in the file's very year, it is that one everywhere: in ratios, too."""
    text = """
        school: A
        year: 2026-27
        grades: {K: 100}
        budget: {general: {value: 1_000_000, years: {2026-27: 900_000}}}
        roles:
          tutor: {salary: 50_000, category: teacher}
          coach: {salary: 60_000}
          aide: {salary: 1_000}
          clerk: {salary: 30_000}
        baseline:
          tutor: {sections: {K: {value: 20, years: {2026-27: 10}}}}
          coach: {per: tutor, each: {value: 5, years: {2026-27: 2}}}
          aide: {fte: {value: 1, years: {2026-27: 7}}, per_students: 50}
          clerk: {people: 4, fte_each: {value: 0.5, years: {2026-27: 1}}}
    """
    plan = calculate(plain(text))["baseline"]
    assert {role: int(fte) for role, fte in plan.fte.items()} == {"tutor": 10, "coach": 5, "aide": 14, "clerk": 4}
    assert plan.budget == {"general": Fraction(900_000)}
    later = calculate(plain(text), 1)["baseline"]
    assert {role: int(fte) for role, fte in later.fte.items()} == {"tutor": 5, "coach": 1, "aide": 2, "clerk": 2}


@both
def test_a_ratio_may_be_another_one_in_a_later_year(calculate: Calculator) -> None:
    """A figure dated for one year stands in that year alone."""
    text = """
        school: A
        year: 2026-27
        students: 100
        budget: 1_000_000
        roles: {tutor: {salary: 50_000, category: teacher}}
        baseline: {tutor: {per_students: {value: 50, years: {2027-28: 25}}}}
    """
    assert [costs(calculate, text, years)["baseline"] for years in range(3)] == [100_000, 200_000, 100_000]


@both
def test_steps_that_are_numbers_go_by_their_number(calculate: Calculator) -> None:
    """A schedule that is written from the top down is the same schedule."""
    down, up = "{3: [50000], 2: [45000], 1: [40000]}", "{1: [40000], 2: [45000], 3: [50000]}"
    for steps in (down, up):
        text = f"""
            school: S
            year: 2026-27
            budget: 1000000
            schedules: {{t: {{lanes: [A], steps: {steps}}}}}
            roles: {{teacher: {{category: teacher, schedule: t}}}}
            baseline: {{teacher: {{A/1: 2, A/2: 1}}}}
        """
        assert costs(calculate, text, 1)["baseline"] == 140_000


@both
def test_a_post_given_up_is_given_up_on_its_fund(calculate: Calculator) -> None:
    """The general fund gains nothing where a post that title_i pays by name goes."""
    text = """
        school: A Title I post goes
        budget: {general: 40_000, title_i: 140_000}
        roles: {interventionist: {category: specialist}, teacher: {category: teacher}}
        roster:
          - {id: 1, role: interventionist, fte: 1, salary: 60000, fund: title_i}
          - {id: 2, role: interventionist, fte: 1, salary: 60000, fund: title_i}
          - {id: 3, role: teacher, fte: 1, salary: 60000, fund: general}
        scenarios: {one fewer: {change: {interventionist: -1}}}
    """
    plan = calculate(plain(text))["one fewer"]
    assert [cost(plan, fund=fund) for fund in ("general", "title_i")] == [60_000, 60_000]


@both
def test_nobody_costs_nothing(calculate: Calculator) -> None:
    """Two of four half-time aides go: half of every line goes, and half of the people."""
    text = """
        school: Four half-time aides
        budget: 200_000
        benefits: {b: {health: {per_person: 10_000}}}
        roles: {aide: {category: support, benefits: b}, teacher: {category: teacher, benefits: b}}
        roster:
          - {id: a, role: aide, fte: 0.5, salary: 30000}
          - {id: b, role: aide, fte: 0.5, salary: 30000}
          - {id: c, role: aide, fte: 0.5, salary: 30000}
          - {id: d, role: aide, fte: 0.5, salary: 30000}
          - {id: e, role: teacher, fte: 1, salary: 60000}
        scenarios:
          all aides go: {change: {aide: -2}}
          the same, left out: {staffing: {teacher: 1}}
          two of the four go: {change: {aide: -1}}
    """
    plans = calculate(plain(text))
    assert cost(plans["all aides go"]) == cost(plans["the same, left out"]) == 70_000
    assert cost(plans["all aides go"], "aide") == 0
    assert cost(plans["two of the four go"], "aide", "health") == 20_000
    assert plans["two of the four go"].people["aide"] == 2


@both
def test_a_step_that_spans_years_is_left_over_as_many_years(calculate: Calculator) -> None:
    """Of ten teachers on a step of five years, two go on each year."""
    text = """
        school: Ten teachers of 5 to 9 years
        year: 2015-16
        schedules:
          state:
            lanes: [Bachelor]
            steps: {0-4: [35000], 5-9: [36500], 10-14: [40000], 15-19: [43500], 20-24: [46500], 25+: [50000]}
        roles: {teacher: {category: teacher, schedule: state}}
        baseline: {teacher: {Bachelor/5-9: 10}}
    """
    found = [costs(calculate, text, years)["baseline"] for years in range(7)]
    assert found == [365_000, 372_000, 379_000, 386_000, 393_000, 400_000, 407_000]


@both
def test_the_wage_base_can_grow(calculate: Calculator) -> None:
    """A rule for caps, by the component's name."""
    text = """
        school: Wage base over the years
        year: 2024-25
        budget: 500_000
        benefits: {b: {social security: {rate: 6.2%, up_to: 168_600}}}
        roles: {superintendent: {category: administrator, salary: 200_000, benefits: b}}
        baseline: {superintendent: 1}
        forecast: {cola: 3%, caps: {social security: 4%}}
    """
    # 168,600 x 1.04 x 1.04 = 182,357.76; of it 6.2%.
    assert cost(calculate(plain(text), 2)["baseline"], component="social security") == 11_306


@both
def test_one_person_is_one_person(calculate: Calculator) -> None:
    """Two posts of one person have one cap, one threshold and one head between them."""
    text = """
        school: One person, two posts
        rounding: cent
        benefits:
          b:
            social security: {rate: 6.2%, up_to: 168_600}
            health: {per_person: 10_000}
            dental: {per_person: 1_000, min_fte: 0.75}
        roles:
          principal: {category: administrator, benefits: b}
          director: {category: administrator, benefits: b}
        roster:
          - {id: 7, role: principal, fte: 0.6, salary: 200000}
          - {id: 7, role: director, fte: 0.4, salary: 200000}
    """
    plan = calculate(plain(text))["baseline"]
    found = [cost(plan, component=one) for one in ("social security", "health", "dental")]
    assert found == [Fraction("10453.20"), 10_000, 1_000]
    assert sum(plan.people.values()) == 1


@both
def test_pay_is_what_is_paid(calculate: Calculator) -> None:
    """`pay` is for the row's FTE, `salary` for 1.0."""
    text = """
        school: A position roster
        roles: {Regular Teacher: {category: teacher}}
        roster:
          - {id: 400012, role: Regular Teacher, fte: 1, pay: 88790}
          - {id: 400001, role: Regular Teacher, fte: 0.2, pay: 17758}
    """
    assert costs(calculate, text)["baseline"] == 106_548


@both
def test_saves_come_off_the_cost(calculate: Calculator) -> None:
    """More than the pay, if the file says so (a warning tells)."""
    text = """
        school: G
        budget: 100
        roles: {t: {salary: 50_000, category: teacher, saves: {subs: {per_day: 12_000, days: 20}}}}
        baseline: {t: 1}
    """
    assert costs(calculate, text)["baseline"] == -190_000


@both
def test_a_role_with_its_own_salary_takes_no_new_hire_from_another(calculate: Calculator) -> None:
    """`like` copies no new_hire, average or attrition to a role that states its salary."""
    text = """
        school: S
        roles:
          teacher: {category: teacher, salary: 60_000, new_hire: 40_000, attrition: 10%}
          lead: {like: teacher, salary: 80_000}
          same: {like: teacher}
        baseline: {lead: 2, same: 2}
        scenarios: {fewer: {change: {lead: -1, same: -1}}}
    """
    plans = calculate(plain(text))
    assert cost(plans["fewer"], "lead") == 80_000
    assert cost(plans["fewer"], "displaced staff") == 20_000 - 2_000
    assert cost(plans["baseline"], "lead") == 160_000


@both
def test_the_shares_of_an_order_that_stands_in_the_file(calculate: Calculator) -> None:
    """One post, or all of it, given up: the holder's pay less the hire's is on the fund that paid the post."""
    text = """
        school: S
        budget: {general: 500_000, grant: 500_000}
        benefits: {b: {pension: {rate: 10%}, health: {per_person: 6_000}}}
        roles:
          teacher: {salary: 60_000, new_hire: 40_000, benefits: b, funds: {grant: 75%, general: 25%}}
        baseline: {teacher: 3}
        scenarios: {fewer: {change: {teacher: -1}}, own: {cut_saves: own, change: {teacher: -1}}}
    """
    plan = calculate(plain(text))["fewer"]
    assert cost(plan, "displaced staff", "salary", "grant") == 15_000
    assert cost(plan, "displaced staff", "pension", "general") == 500
    assert cost(plan, "displaced staff", "health") == 0
    assert cost(calculate(plain(text))["own"], "displaced staff") == 0


@both
def test_a_cap_of_the_displaced_looks_at_the_pay_that_its_rate_counts(calculate: Calculator) -> None:
    """Of 60,000 the cap leaves 50,000, and a hire has 40,000: the supplement is none of either."""
    text = """
        school: S
        roles:
          teacher:
            salary: 60_000
            supplement: 10_000
            new_hire: 40_000
            costs: {tax: {rate: 10%, up_to: 50_000, on: salary}, fee: {rate: 10%, up_to: 65_000}}
        baseline: {teacher: 3}
        scenarios: {fewer: {change: {teacher: -1}}}
    """
    plan = calculate(plain(text))["fewer"]
    found = [cost(plan, "displaced staff", one) for one in ("salary", "tax", "fee")]
    assert found == [20_000, 1_000, 1_500]  # 70,000 with the supplement up to 65,000, less the 50,000 of a hire


@both
def test_what_a_person_of_two_posts_saves_is_one_head(calculate: Calculator) -> None:
    """`saves` looks at the person, as every other component does."""
    text = """
        school: S
        roles: {aide: {salary: 100, saves: {subs: {per_day: 1, days: 3, min_fte: 0.75}}}}
        roster:
          - {id: 1, role: aide, fte: 0.5, salary: 80}
          - {id: 1, role: aide, fte: 0.4, salary: 60}
    """
    assert cost(calculate(plain(text))["baseline"], component="subs") == -3


@both
def test_of_a_person_with_two_posts_all_that_has_a_threshold_looks_at_both(calculate: Calculator) -> None:
    """A works 0.8 FTE in two roles and C in one, and B only half: a rate, so much for 1.0 FTE and so much for a person
    leave B out alone. The second post of C is on the grant, with what falls to it."""
    text = """
        school: S
        budget: {general: 900_000, grant: 100_000}
        benefits:
          b:
            retirement: {rate: 10%, min_fte: 0.75}
            savings: {per_fte: 1_000, min_fte: 0.75}
            dental: {per_person: 600, min_fte: 0.75}
        roles: {principal: {benefits: b}, coach: {benefits: b, stipend: 3_000}}
        roster:
          - {id: A, role: principal, fte: 0.5, salary: 100_000}
          - {id: A, role: coach, fte: 0.3, salary: 60_000}
          - {id: B, role: coach, fte: 0.5, salary: 50_000}
          - {id: C, role: coach, fte: 0.6, salary: 50_000}
          - {id: C, role: coach, fte: 0.2, salary: 40_000, fund: grant}
    """
    plan = calculate(plain(text))["baseline"]
    found = {
        (line.role, line.component): [cost(plan, line.role, line.component, fund) for fund in ("general", "grant")]
        for line in plan.lines
    }
    assert found == {
        ("principal", "salary"): [50_000, 0],
        ("principal", "retirement"): [5_000, 0],
        ("principal", "savings"): [500, 0],
        ("principal", "dental"): [375, 0],  # 600 × 0.5 of 0.8 FTE
        ("coach", "salary"): [18_000 + 25_000 + 30_000, 8_000],
        ("coach", "stipend"): [3_000 + 3_000 + 2_250, 750],
        ("coach", "retirement"): [2_100 + 3_225, 875],  # of the stipend, too
        ("coach", "savings"): [300 + 600, 200],
        ("coach", "dental"): [225 + 450, 150],
    }


@both
def test_a_stipend_is_for_a_person_of_the_role_whatever_else_they_do(calculate: Calculator) -> None:
    """A is a principal besides, and C a coach in two rows: each has one stipend, and the rate counts the same."""
    text = """
        school: S
        roles:
          principal: {costs: {tax: {rate: 10%}}}
          coach: {stipend: 3_000, costs: {tax: {rate: 10%}, fee: {rate: 10%, up_to: 90_000, on: stipend}}}
        roster:
          - {id: A, role: principal, fte: 0.5, salary: 100_000}
          - {id: A, role: coach, fte: 0.3, salary: 60_000}
          - {id: C, role: coach, fte: 0.6, salary: 50_000}
          - {id: C, role: coach, fte: 0.2, salary: 40_000}
        scenarios: {half: {change: {coach: -0.55}}, half a principal: {change: {principal: -0.25}}}
    """
    plans = calculate(plain(text))
    kinds = ("salary", "stipend", "tax", "fee")
    found = {name: [cost(plan, "coach", kind) for kind in kinds] for name, plan in plans.items()}
    assert found == {
        "baseline": [56_000, 6_000, 6_200, 600],
        "half": [28_000, 3_000, 3_100, 300],
        "half a principal": [56_000, 6_000, 6_200, 600],
    }


@both
def test_those_who_cover_and_are_released_are_covered(calculate: Calculator) -> None:
    """Two leads of four posts released need two mentors, and these, a tenth released, 0.2 aides."""
    text = """
        school: S
        roles:
          aide: {salary: 10_000}
          mentor: {salary: 50_000, release: {share: 10%, cover: aide}}
          lead: {salary: 60_000, release: {share: 50%, cover: mentor}}
        baseline: {lead: 4}
    """
    fte = {role: fte for role, fte in calculate(plain(text))["baseline"].fte.items() if fte}
    assert fte == {"lead": 4, "mentor": 2, "aide": Fraction(1, 5)}
    fte = calculate(plain(text.replace("lead: 4", "lead: 4, aide: 1, mentor: 1")))["baseline"].fte
    assert fte == {"lead": 4, "mentor": 3, "aide": 1 + Fraction(3, 10)}  # each is covered once


@both
def test_vacant_posts_go_first(calculate: Calculator) -> None:
    """Before anybody who holds a post, and nothing is paid to nobody."""
    text = """
        school: S
        roles: {teacher: {new_hire: 40_000}}
        roster:
          - {id: 1, role: teacher, fte: 1, salary: 60000}
          - {id: 2, role: teacher, fte: 1, salary: 50000, vacant: true}
        scenarios: {one: {change: {teacher: -1}}, more: {change: {teacher: -1.5}}, mix: {staffing: {teacher: 1}}}
    """
    assert costs(calculate, text) == {"baseline": 110_000, "one": 60_000, "more": 40_000, "mix": 60_000}
    assert calculate(plain(text))["baseline"].people["teacher"] == 1


@both
def test_a_change_of_nothing_changes_nothing(calculate: Calculator) -> None:
    """Nobody on a cell is nobody, also where nobody is left in the role."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000]}}}
        roles: {teacher: {schedule: t, new_hire: 38_000}, aide: {salary: 1}}
        baseline: {teacher: 3, aide: 1}
        scenarios: {gone: {change: {teacher: -3}}, same: {like: gone, change: {teacher: {BA/2: +0}}}}
    """
    found = costs(calculate, text)
    assert found["gone"] == found["same"] == 1


@both
def test_a_number_after_a_mix_by_cells_takes_from_every_cell(calculate: Calculator) -> None:
    """Whom nobody names go by the same share, also where a whole mix has been stated before."""
    text = """
        school: S
        schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 50_000]}}}
        roles: {teacher: {new_hire: 30_000}}
        baseline: {teacher: {BA/1: 2, MA/1: 2}}
        scenarios: {mix: {staffing: {teacher: {BA/1: 2, MA/1: 2}}}, less: {like: mix, change: {teacher: -1}}}
    """
    plans = calculate(plain(text))
    assert cost(plans["mix"]) == 180_000
    assert cost(plans["less"], "teacher") == 135_000
    assert cost(plans["less"], "displaced staff") == 15_000


@both
def test_a_mix_by_cells_says_who_is_there(calculate: Calculator) -> None:
    """A post that nobody holds is none of it."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000]}}}
        roles: {teacher: {new_hire: 30_000}}
        roster:
          - {id: 1, role: teacher, fte: 1, cell: BA/1}
          - {id: 2, role: teacher, fte: 1, cell: BA/1, vacant: true}
        scenarios: {one: {staffing: {teacher: {BA/1: 1}}}, two: {staffing: {teacher: {BA/1: 2}}}}
    """
    plans = calculate(plain(text))
    assert {name: cost(plan) for name, plan in plans.items()} == {"baseline": 80_000, "one": 40_000, "two": 80_000}
    assert {name: plan.people["teacher"] for name, plan in plans.items()} == {"baseline": 1, "one": 1, "two": 2}


@both
def test_a_mix_by_cells_after_a_number_keeps_those_who_are_there(calculate: Calculator) -> None:
    """Posts that the mix has less are given up by today's staff, who are paid what the role says."""
    text = """
        school: S
        schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 50_000]}}}
        roles: {teacher: {salary: 45_000, new_hire: 30_000}}
        baseline: {teacher: 4}
        scenarios: {more: {staffing: {teacher: {BA/1: 2, MA/1: 3}}}, fewer: {staffing: {teacher: {BA/1: 1, MA/1: 1}}}}
    """
    plans = calculate(plain(text))
    assert [cost(plans["more"]), cost(plans["more"], "teacher")] == [230_000, 230_000]
    assert [cost(plans["fewer"], "teacher"), cost(plans["fewer"], "displaced staff")] == [90_000, 30_000]


@both
@pytest.mark.parametrize("begins", ["", "from: 2027-28, "])
def test_a_mix_by_cells_and_its_cover_keep_those_who_are_there(calculate: Calculator, begins: str) -> None:
    """Of seven posts, two of them cover, today's five teachers hold five sevenths, and what is new of the cover is paid
    as a hire is; of three posts they hold all, and two of them are displaced at 60,000 less 30,000."""
    text = f"""
        school: S
        year: 2026-27
        schedules: {{t: {{lanes: [BA, MA], steps: {{1: [40_000, 50_000]}}}}}}
        roles:
          teacher: {{salary: 60_000, new_hire: 30_000, schedule: t}}
          lead: {{salary: 70_000, release: {{share: 50%, cover: teacher}}}}
        baseline: {{teacher: 4, lead: 2}}
        scenarios:
          larger: {{{begins}staffing: {{teacher: {{BA/1: 2, MA/1: 3}}, lead: 4}}}}
          smaller: {{{begins}staffing: {{teacher: {{BA/1: 1, MA/1: 1}}, lead: 2}}}}
        forecast: {{cola: 0%}}
    """
    plans = calculate(plain(text), 1)
    assert {name: plan.fte["teacher"] for name, plan in plans.items()} == {"baseline": 5, "larger": 7, "smaller": 3}
    # 5/7 of 80,000 + 150,000 + 2 × 60,000, and 2/7 of 80,000 + 150,000 + 2 × 30,000
    assert {name: cost(plan, "teacher") for name, plan in plans.items()} == {
        "baseline": 300_000,
        "larger": 332_857,
        "smaller": 150_000,
    }
    assert cost(plans["smaller"], "displaced staff") == 60_000


@both
@pytest.mark.parametrize(
    ("today", "more", "fewer", "people"),
    [
        ("{people: 4, fte_each: 0.5}", "3", "1.5", (4, 3, 2)),
        ("2", "{people: 6, fte_each: 0.5}", "{people: 3, fte_each: 0.5}", (2, 6, 3)),
        ("{people: 4, fte_each: 0.5}", "{people: 4, fte_each: 0.75}", "{people: 2, fte_each: 0.75}", (4, 4, 2)),
    ],
)
def test_a_plan_that_counts_otherwise_keeps_those_who_are_there(
    calculate: Calculator, today: str, more: str, fewer: str, people: tuple[int, ...]
) -> None:
    """People one day and FTE, or other hours, the other: who stays is paid as today, and each person is insured."""
    text = f"""
        school: S
        benefits: {{b: {{health: {{per_person: 1_000}}}}}}
        roles: {{aide: {{salary: 40_000, new_hire: 30_000, benefits: b}}}}
        baseline: {{aide: {today}}}
        scenarios: {{more: {{staffing: {{aide: {more}}}}}, fewer: {{staffing: {{aide: {fewer}}}}}}}
    """
    plans = calculate(plain(text)).values()
    assert tuple(plan.people["aide"] for plan in plans) == people
    assert [cost(plan, "aide", "salary") for plan in plans] == [80_000, 110_000, 60_000]
    assert [cost(plan, "aide", "health") for plan in plans] == [1_000 * heads for heads in people]
    assert [cost(plan, "displaced staff") for plan in plans] == [0, 0, 5_000]


@both
def test_a_plan_that_counts_otherwise_and_gives_up_posts_has_a_share_of_the_cell_that_it_added(
    calculate: Calculator,
) -> None:
    """Two FTE of today at 30,000 and one on the cell at 40,000: of the three one is left, at their average, and of each
    the rest is paid what a hire at 20,000 is not."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000]}}}
        roles: {aide: {salary: 30_000, new_hire: 20_000, schedule: t}}
        baseline: {aide: {people: 4, fte_each: 0.5}}
        scenarios:
          more: {staffing: {aide: 3}}
          on a cell: {like: more, change: {aide: {BA/1: +1}}}
          fewer: {like: on a cell, change: {aide: -3}}
    """
    plans = calculate(plain(text))
    found = {name: [cost(plan, role) for role in ("aide", "displaced staff")] for name, plan in plans.items()}
    assert found == {
        "baseline": [60_000, 0],
        "more": [80_000, 0],
        "on a cell": [120_000, 0],
        "fewer": [33_333, 26_667],  # a third of 100,000, and two thirds of 2 × 10,000 + 20,000
    }


@both
def test_who_comes_by_a_plan_of_later_years_is_counted_as_it_says(calculate: Calculator) -> None:
    """29 people who work 1.5 FTE each are 29 heads, and not 44, also where nobody has the role before."""
    text = """
        school: S
        year: 2026-27
        roles: {teacher: {salary: 50_000}, resident: {salary: 10_000, costs: {fee: {per_person: 100}}}}
        baseline: {teacher: 1}
        scenarios: {later: {from: 2027-28, staffing: {teacher: 1, resident: {people: 29, fte_each: 1.5}}}}
        forecast: {cola: 0%}
    """
    now, then = (calculate(plain(text), year)["later"] for year in (0, 1))
    assert [now.people.get("resident", 0), cost(now)] == [0, 50_000]
    assert [then.people["resident"], cost(then, "resident", "salary"), cost(then, component="fee")] == [
        29,
        435_000,
        2_900,
    ]


@both
def test_a_ratio_counts_those_whom_an_ended_fund_has_left(calculate: Calculator) -> None:
    """Half of ten teachers go with the grant, and with them one of two leads."""
    text = """
        school: S
        year: 2026-27
        budget: {general: 900_000, grant: 300_000}
        roles: {teacher: {salary: 50_000, funds: {general: 50%, grant: 50%}}, lead: {salary: 70_000}}
        baseline: {teacher: 10, lead: {per: teacher, each: 5}}
        funds: {grant: {ends: 2026-27, then: stop}}
    """
    now, then = (calculate(plain(text), years)["baseline"].fte for years in (0, 1))
    assert now == {"teacher": 10, "lead": 2}
    assert then == {"teacher": 5, "lead": 1}


@both
def test_a_vacant_post_without_pay_costs_a_new_hire(calculate: Calculator) -> None:
    """And where nobody says what a hire earns, what the role does."""
    text = """
        school: S
        roles: {teacher: {salary: 60_000, new_hire: 40_000}}
        roster:
          - {id: 1, role: teacher, fte: 1, salary: 70000}
          - {id: 2, role: teacher, fte: 1, vacant: true}
    """
    assert costs(calculate, text) == {"baseline": 110_000}
    assert costs(calculate, text.replace(", new_hire: 40_000", "")) == {"baseline": 130_000}


@both
def test_a_cap_looks_at_those_who_stay_and_at_those_who_follow(calculate: Calculator) -> None:
    """Half of ten people of $60,000 are followed by hires of $40,000: 10% of five times $50,000 and five times
    $40,000, and not of $50,000 for all, which is what they earn on average."""
    text = """
        school: Turning over
        year: 2026-27
        benefits: {certified: {pension: {rate: 10%, up_to: 50_000}}}
        roles: {teacher: {category: teacher, salary: 60_000, new_hire: 40_000, benefits: certified}}
        baseline: {teacher: {people: 10}}
        forecast: {turnover: 50%}
    """
    [later] = calculate(plain(text), 1).values()
    assert [cost(later, component=one) for one in ("salary", "pension")] == [500_000, 45_000]
    within_the_year = text.replace("benefits: certified}", "benefits: certified, attrition: 50%}")
    [now] = calculate(plain(within_the_year)).values()
    assert [cost(now, component=one) for one in ("salary", "attrition")] == [600_000, -100_000]
    assert cost(now, component="pension") == 45_000
    [twice] = calculate(plain(within_the_year), 1).values()
    assert cost(twice, component="pension") == (10 * 50_000 / 4 + 10 * 40_000 * 3 / 4) / 10


@both
def test_a_cap_looks_at_whoever_follows_a_person_with_two_posts(calculate: Calculator) -> None:
    """Whoever follows in one of the posts follows in the other: half of 2 × $30,000 up to the cap, half of
    2 × $20,000 below it, and each post has its part."""
    text = """
        school: Two posts
        year: 2026-27
        benefits: {certified: {pension: {rate: 10%, up_to: 50_000}}}
        roles:
          teacher: {category: teacher, salary: 60_000, new_hire: 40_000, benefits: certified}
          coach: {like: teacher, category: specialist}
        roster: [{id: 1, role: teacher, fte: 0.5, salary: 60_000}, {id: 1, role: coach, fte: 0.5, salary: 60_000}]
        forecast: {turnover: 50%}
    """
    [now], [later] = (calculate(plain(text), year).values() for year in (0, 1))
    assert [cost(now, role, "pension") for role in ("teacher", "coach")] == [2_500, 2_500]
    assert [cost(later, role, "pension") for role in ("teacher", "coach")] == [2_250, 2_250]


@both
def test_a_cap_looks_at_whose_post_was_given_up_and_at_who_would_have_followed(calculate: Calculator) -> None:
    """Of two holders given up after a year of turnover one is a hire of $40,000 by then, to whom nothing more is paid
    than to a hire; to the other $20,000 more are, $10,000 of which a cap of $50,000 counts."""
    text = """
        school: Given up
        year: 2026-27
        benefits: {certified: {pension: {rate: 10%, up_to: 50_000}}}
        roles: {teacher: {category: teacher, salary: 60_000, new_hire: 40_000, benefits: certified}}
        baseline: {teacher: 4}
        scenarios: {fewer: {change: {teacher: {fte: -2, from: 2027-28}}}}
        forecast: {turnover: 50%}
    """
    fewer = calculate(plain(text), 1)["fewer"]
    assert cost(fewer, "displaced staff", "salary") == 20_000
    assert cost(fewer, "displaced staff", "pension") == 1_000
    assert cost(fewer, "teacher", "pension") == (50_000 + 40_000) / 10


YEARS_OF_A_COST = """
    school: Costs of some years
    year: 2026-27
    students: 100
    budget: {general: 1_000_000, grant: 10_000}
    roles: {teacher: {category: teacher, salary: 100_000}}
    baseline: {teacher: 1}
    other_costs: {software: OWN}
    scenarios: {s: {other_costs: {software: LAID}}}
    forecast: {other_costs: 10%}
"""


@both
@pytest.mark.parametrize(
    ("own", "laid", "years"),
    [
        ("{amount: 10_000}", "{amount: 15_000, until: 2027-28}", [15_000, 16_500, 12_100, 13_310]),
        ("{amount: 10_000, from: 2027-28, until: 2028-29}", "{until: 2029-30}", [0, 10_000, 11_000, 12_100]),
        (
            "{amount: 10_000, from: 2027-28, until: 2028-29}",
            "{amount: 15_000, until: 2029-30}",
            [0, 15_000, 16_500, 18_150],
        ),
        ("{amount: 10_000, from: 2027-28}", "{from: 2026-27}", [10_000, 10_000, 11_000, 12_100]),
        ("{amount: 10_000, from: 2027-28}", "{amount: +10%, from: 2026-27}", [11_000, 11_000, 12_100, 13_310]),
    ],
)
def test_a_cost_laid_over_the_files_own_has_its_own_years(
    calculate: Calculator, own: str, laid: str, years: list[int]
) -> None:
    """It is whole in all of its years, also where the file's own has not begun or has ended; outside of them the
    file's own stands again."""
    text = YEARS_OF_A_COST.replace("OWN", own).replace("LAID", laid)
    assert [cost(calculate(plain(text), year)["s"], component="software") for year in range(4)] == years


@both
def test_people_of_a_band_go_on_over_its_years(calculate: Calculator) -> None:
    """Of ten teachers somewhere in five to nine years, two go on each year."""
    text = """
        year: 2015-16
        schedules: {state: {lanes: [Bachelor], steps: {0-4: [35_000], 5-9: [36_500], 10-14: [40_000]}}}
        roles: {teacher: {category: teacher, schedule: state}}
        baseline: {teacher: {Bachelor/5-9: 10}}
        scenarios: {one fewer: {change: {teacher: -1}}}
    """
    found = [calculate(plain(text), years) for years in range(6)]
    assert [cost(one["baseline"]) for one in found] == [365_000, 372_000, 379_000, 386_000, 393_000, 400_000]
    assert [cost(one["one fewer"]) for one in found][:2] == [328_500, 334_800]
