"""Where two features meet: a vacant post and a cell, released time and a fund that ends, one person and two roles.

Every test asks both calculators, as those of the findings do.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both, cost


@both
def test_of_a_cell_the_vacant_posts_go_first(calculate: Calculator) -> None:
    """In a later year, too, when those who hold theirs have climbed a step and the vacant post has not."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000]}}}
        roles: {teacher: {schedule: t, new_hire: 30_000}}
        roster:
          - {id: P-1, role: teacher, fte: 1.0, cell: BA/1}
          - {id: P-2, role: teacher, fte: 1.0, cell: BA/1, vacant: true}
        scenarios: {one: {change: {teacher: {BA/1: -1}}}, two: {change: {teacher: {BA/1: -2}}}}
        forecast: {steps: 1}
    """
    for years, pay in enumerate((40_000, 50_000)):
        plans = calculate(plain(text), years)
        assert {name: plan.people["teacher"] for name, plan in plans.items()} == {"baseline": 1, "one": 1, "two": 0}
        assert [cost(plans["one"], "teacher"), cost(plans["one"], "displaced staff")] == [pay, 0]
        assert [cost(plans["two"], "teacher"), cost(plans["two"], "displaced staff")] == [0, pay - 30_000]


@both
def test_hours_that_shrink_from_year_to_year_are_posts_given_up(calculate: Calculator) -> None:
    """Ten people at 0.8 FTE who work 0.6 give up two posts, as eight FTE do of which six are left."""
    text = """
        school: S
        year: 2026-27
        roles: {aide: {salary: 40_000, new_hire: 30_000}}
        baseline: {aide: %s}
    """
    people = "{people: 10, fte_each: {value: 0.8, years: {2027-28: 0.6}}}"
    for entry, heads in ((people, 10), ("{fte: {value: 8, years: {2027-28: 6}}}", 6)):
        plan = calculate(plain(text % entry), 1)["baseline"]
        assert [plan.fte["aide"], plan.people["aide"]] == [6, heads]
        assert [cost(plan, "aide"), cost(plan, "displaced staff")] == [240_000, 20_000]


@both
def test_what_a_programme_pays_does_not_change_when_a_grant_stops(calculate: Calculator) -> None:
    """The grant takes its half of the day that is not released along; a quarter of the day, and the whole supplement,
    are the programme's as before."""
    text = """
        school: S
        year: 2026-27
        budget: {general: 200_000, grant: 100_000, programme: 100_000}
        roles:
          lead:
            salary: 80_000
            supplement: 10_000
            funds: {general: 50%, grant: 50%}
            release: {share: 25%, charged_to: programme}
          aide: {salary: 1_000}
        baseline: {lead: 2, aide: {per: lead, each: 1}}
        funds: {grant: {ends: 2026-27, then: stop}}
    """
    now, then = (calculate(plain(text), years)["baseline"] for years in (0, 1))
    by_fund = [
        {fund: cost(plan, "lead", fund=fund) for fund in ("general", "grant", "programme")} for plan in (now, then)
    ]
    assert by_fund[0] == {"general": 60_000, "grant": 60_000, "programme": 60_000}
    assert by_fund[1] == {"general": 60_000, "grant": 0, "programme": 60_000}
    assert [float(then.fte["lead"]), float(then.fte["aide"])] == [1.25, 1.25]


@both
def test_a_programme_that_stops_takes_the_released_time_along(calculate: Calculator) -> None:
    text = """
        school: S
        year: 2026-27
        budget: {general: 200_000, programme: 100_000}
        roles: {lead: {salary: 80_000, supplement: 10_000, release: {share: 25%, charged_to: programme}}}
        baseline: {lead: 2}
        funds: {programme: {ends: 2026-27, then: stop}}
    """
    plan = calculate(plain(text), 1)["baseline"]
    assert [cost(plan, component=one) for one in ("salary", "supplement")] == [120_000, 0]
    assert plan.fte["lead"] == 1.5


@both
def test_a_benefit_limited_to_funds_knows_its_threshold_where_time_is_released(calculate: Calculator) -> None:
    text = """
        school: S
        budget: {general: 200_000, grant: 100_000, programme: 100_000}
        roles:
          lead:
            salary: 80_000
            supplement: 10_000
            funds: {general: 50%, grant: 50%}
            release: {share: 20%, charged_to: programme}
            costs: {pension: {rate: 10%, min_fte: 1, funds: [grant, programme]}}
        baseline: {lead: 0.5}
        scenarios: {full time: {staffing: {lead: 1}}}
    """
    plans = calculate(plain(text))
    assert cost(plans["baseline"], component="pension") == 0
    assert cost(plans["full time"], component="pension", fund="grant") == 3_200  # 80,000 × 50% × 80% × 10%
    assert cost(plans["full time"], component="pension", fund="programme") == 2_600  # 16,000 and 10,000


@both
def test_a_cap_is_shared_by_what_each_person_is_paid_of_each_kind(calculate: Calculator) -> None:
    """Who works half the time has the whole stipend: the programme that pays it pays more of their capped pay."""
    text = """
        school: S
        budget: {general: 200_000, programme: 100_000}
        roles:
          lead:
            salary: 60_000
            stipend: 30_000
            release: {share: 0%, charged_to: programme}
            costs: {pension: {rate: 10%, up_to: 30_000}}
        baseline: {lead: 1.5}
    """
    plan = calculate(plain(text))["baseline"]
    assert cost(plan, component="pension", fund="general") == 2_000 + 1_500
    assert cost(plan, component="pension", fund="programme") == 1_000 + 1_500


@both
def test_a_benefit_of_one_role_follows_the_post_in_it(calculate: Calculator) -> None:
    """Half of the posts of a role go: whoever has another role besides is insured there for as long as before."""
    text = """
        school: S
        roles:
          teacher: {salary: 60_000, costs: {laptop: {per_person: 1_000}}}
          coach: {salary: 60_000, costs: {phone: {per_person: 500}}}
        roster:
          - {id: P-1, role: teacher, fte: 0.5, salary: 60_000}
          - {id: P-1, role: coach, fte: 0.5, salary: 60_000}
          - {id: P-2, role: teacher, fte: 0.5, salary: 60_000}
        scenarios: {fewer: {change: {teacher: -0.5}}}
    """
    plan = calculate(plain(text))["fewer"]
    assert [cost(plan, component=one) for one in ("laptop", "phone")] == [1_000, 500]


@both
def test_a_person_of_two_roles_is_one_person_where_a_plan_states_both_anew(calculate: Calculator) -> None:
    text = """
        school: S
        students: 80
        schedules: {t: {lanes: [A], steps: {1: [60_000]}}}
        roles: {teacher: {salary: 60_000}, coach: {schedule: t}}
        roster:
          - {id: P-1, role: teacher, fte: 0.5, salary: 60_000}
          - {id: P-1, role: coach, fte: 0.5, cell: A/1}
        scenarios: {anew: {staffing: {teacher: {per_students: 40}, coach: {A/1: 0.5}}}}
    """
    plans = calculate(plain(text))
    assert sum(plans["baseline"].people.values()) == 1
    assert [float(plans["anew"].people[role]) for role in ("teacher", "coach")] == [2.5, 0.5]


@both
def test_cover_beside_people_of_a_roster_goes_with_the_release(calculate: Calculator) -> None:
    """Three teachers become two where nobody is released any more, and the people of the roster stay whole; half of the
    cover is a person of half a post."""
    text = """
        school: S
        benefits: {staff: {health: {per_person: 6_000}}}
        roles:
          lead: {category: leader, salary: 70_000, release: {share: 100%, cover: teacher}}
          teacher: {salary: 50_000, new_hire: 40_000, benefits: staff}
        roster:
          - {id: P-1, role: lead, fte: 1.0, salary: 70_000}
          - {id: P-2, role: teacher, fte: 1.0, salary: 60_000}
          - {id: P-3, role: teacher, fte: 1.0, salary: 62_000}
        scenarios: {taught: {change: {lead: -1}}, half: {change: {lead: -0.5}}}
    """
    plans = calculate(plain(text))
    for name, fte, heads in (("baseline", 3, 3), ("half", Fraction("2.5"), 3), ("taught", 2, 2)):
        assert [plans[name].fte["teacher"], plans[name].people["teacher"]] == [fte, heads]
        assert cost(plans[name], "teacher", "health") == heads * 6_000


@both
def test_a_person_counts_in_each_role_by_the_fte_of_the_post_there(calculate: Calculator) -> None:
    text = """
        school: S
        benefits: {staff: {health: {per_person: 8_000}}}
        roles: {teacher: {salary: 60_000, benefits: staff}, coach: {salary: 60_000, benefits: staff}}
        roster:
          - {id: P-1, role: teacher, fte: 0.75, salary: 60_000}
          - {id: P-1, role: coach, fte: 0.25, salary: 60_000}
          - {id: P-2, role: teacher, fte: 1, salary: 60_000}
    """
    plan = calculate(plain(text))["baseline"]
    assert plan.people == {"teacher": Fraction("1.75"), "coach": Fraction("0.25")}
    assert [cost(plan, role, "health") for role in ("teacher", "coach")] == [14_000, 2_000]


@both
def test_who_is_added_on_a_cell_does_not_leave_in_the_same_year(calculate: Calculator) -> None:
    """A tenth of the two who are there leave during the year; of the one who comes, nobody does."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000]}}}
        roles: {teacher: {schedule: t, new_hire: BA/1, attrition: 10%}}
        baseline: {teacher: {BA/2: 2}}
        scenarios: {more: {change: {teacher: {BA/2: +1}}}}
    """
    plans = calculate(plain(text)).values()
    assert [cost(plan, "teacher", "salary") for plan in plans] == [100_000, 150_000]
    assert [cost(plan, "teacher", "attrition") for plan in plans] == [-2_000, -2_000]


@both
def test_who_moves_into_a_cell_that_is_added_may_leave_in_the_same_year(calculate: Calculator) -> None:
    """A tenth of the two leads and of the teacher who becomes the third: each leaves $2,000 to a hire."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [50_000]}}}
        roles:
          teacher: {schedule: t}
          lead: {schedule: t, new_hire: BA/1, attrition: 10%, filled_from: teacher}
        baseline: {teacher: {BA/3: 4}, lead: {BA/2: 2}}
        scenarios: {more: {change: {teacher: -1, lead: {BA/2: +1}}}}
    """
    plans = calculate(plain(text)).values()
    assert [cost(plan, "lead", "salary") for plan in plans] == [84_000, 126_000]
    assert [cost(plan, "lead", "attrition") for plan in plans] == [-400, -600]


@both
def test_a_whole_mix_by_cells_stands_beside_people_counted_at_half_time(calculate: Calculator) -> None:
    """Two FTE stay two FTE, and nobody is displaced: four people at half time, or two of a cell at full time."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000]}}}
        roles: {teacher: {schedule: t, average: 50_000, new_hire: 30_000}}
        baseline: {teacher: {people: 4, fte_each: 0.5}}
        scenarios: {cells: {staffing: {teacher: {BA/1: 2}}}, more: {staffing: {teacher: {BA/1: 5}}}}
    """
    plans = list(calculate(plain(text)).values())
    assert [cost(plan) for plan in plans] == [100_000, 80_000, 200_000]
    assert [plan.fte["teacher"] for plan in plans] == [2, 2, 5]
    assert [plan.people["teacher"] for plan in plans] == [4, 2, 5]


@both
def test_cover_that_a_whole_mix_by_cells_has_less_of_is_given_up(calculate: Calculator) -> None:
    """One lead of two stays, and half of the cover of their released time: half a hire is saved of it."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000]}}}
        roles:
          lead: {salary: 70_000, release: {share: 50%, cover: teacher}}
          teacher: {schedule: t, new_hire: BA/1}
        baseline: {lead: 2, teacher: {BA/2: 2}}
        scenarios: {one lead: {staffing: {lead: 1, teacher: {BA/2: 2}}}}
    """
    today, fewer = calculate(plain(text)).values()
    assert [cost(today, "teacher"), cost(fewer, "teacher")] == [150_000, 125_000]
    assert cost(fewer, "displaced staff") == 5_000


@both
def test_who_comes_beside_a_part_time_post_is_a_full_time_hire(calculate: Calculator) -> None:
    """Today's two and a half stay two people and a half, each with their own pay up to the cap."""
    text = """
        school: S
        roles: {teacher: {salary: 60_000, new_hire: 40_000, costs: {pension: {rate: 10%, up_to: 45_000}}}}
        baseline: {teacher: 2.5}
        scenarios: {more: {change: {teacher: +1}}}
    """
    today, more = calculate(plain(text)).values()
    assert cost(today, "teacher", "pension") == 2 * 4_500 + 3_000
    assert cost(more, "teacher", "pension") == 2 * 4_500 + 3_000 + 4_000


@both
def test_who_comes_after_all_of_a_roster_have_gone_is_counted_like_everybody(calculate: Calculator) -> None:
    """Three hires of whom a post and a half are left are two people, where nobody of the roster shrinks with them."""
    text = """
        school: S
        year: 2026-27
        roles: {teacher: {new_hire: 40_000}}
        roster:
          - {id: P-1, role: teacher, fte: 1, salary: 60_000}
          - {id: P-2, role: teacher, fte: 1, salary: 60_000}
        scenarios:
          anew: {change: {teacher: {fte: {value: 0, years: {2027-28: -2, 2028-29: +1, 2029-30: -0.5}}}}}
    """
    plans = [calculate(plain(text), years)["anew"] for years in range(4)]
    assert [plan.fte["teacher"] for plan in plans] == [2, 0, 3, 1.5]
    assert [plan.people["teacher"] for plan in plans] == [2, 0, 3, 2]


@both
def test_a_rate_counts_the_stipend_of_each_person_where_hires_earn_less(calculate: Calculator) -> None:
    text = """
        school: S
        roles: {teacher: {salary: 50_000, new_hire: 40_000, stipend: 1_000, costs: {pension: {rate: 10%}}}}
        baseline: {teacher: 3}
        scenarios: {more: {change: {teacher: +1}}}
    """
    plans = calculate(plain(text)).values()
    assert [cost(plan, "teacher", "pension") for plan in plans] == [15_300, 19_400]


@both
def test_a_raise_of_half_a_year_counts_the_months_of_the_role_that_they_have_now(calculate: Calculator) -> None:
    """Six months of a year of ten are 60% of a raise, also of the pay that somebody brings to it."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [50_000]}, months: 10}}
        roles:
          teacher: {salary: 100_000, unit: staff}
          coach: {schedule: t, unit: staff, costs: {fee: {per_fte: 1}}, filled_from: teacher}
        baseline: {teacher: 4, coach: 0}
        scenarios: {one: {change: {teacher: -1, coach: +1}}}
        forecast: {cola: {staff: {value: 2%, months: 6}}}
    """
    plan = calculate(plain(text), 1)["one"]
    assert [cost(plan, "teacher"), cost(plan, "coach", "salary")] == [303_000, 101_200]


@both
def test_a_cell_at_nothing_changes_no_pay_that_movers_bring(calculate: Calculator) -> None:
    """Where nobody's cell is known, they bring what the role's hires earn; where one is, what those there do."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [70_000]}}}
        roles:
          teacher: {schedule: t, new_hire: 40_000}
          coach: {costs: {fee: {per_fte: 1}}, filled_from: teacher}
        baseline: {teacher: 3, coach: 0}
        scenarios:
          none: {change: {teacher: -1, coach: +1}}
          nobody: {change: {teacher: [{BA/1: +0}, -1], coach: +1}}
          somebody: {change: {teacher: [{BA/1: +1}, -1], coach: +1}}
    """
    plans = calculate(plain(text))
    assert {name: cost(plan, "coach", "salary") for name, plan in plans.items()} == {
        "baseline": 0,
        "none": 40_000,
        "nobody": 40_000,
        "somebody": 70_000,
    }


@both
def test_who_is_displaced_takes_a_post_that_begins_in_a_later_year(calculate: Calculator) -> None:
    """One of two displaced comes to the post of the next year, at the pay of the post that was given up; the other
    waits on. Those who left the district with their post do not come back, and a hire takes it."""
    text = """
        school: S
        year: 2026-27
        roles:
          teacher: {salary: 70_000, new_hire: 50_000}
          coach: {new_hire: 45_000, filled_from: teacher}
        baseline: {teacher: 10, coach: 0}
        scenarios:
          one: {change: {teacher: -2, coach: {fte: +1, from: 2027-28}}}
          left: {like: one, cut_saves: own}
    """
    before, *after = (calculate(plain(text), years) for years in range(3))
    assert [cost(before["one"], role) for role in ("coach", "displaced staff")] == [0, 40_000]
    for plans in after:
        assert [cost(plans["one"], role) for role in ("teacher", "coach", "displaced staff")] == [
            560_000,
            70_000,
            20_000,
        ]
        assert [cost(plans["left"], role) for role in ("coach", "displaced staff")] == [45_000, 0]


@both
def test_who_gives_up_a_post_in_the_year_goes_before_those_who_wait(calculate: Calculator) -> None:
    text = """
        school: S
        year: 2026-27
        roles:
          teacher: {salary: 70_000, new_hire: 50_000}
          coach: {salary: 75_000, filled_from: teacher}
        baseline: {teacher: 10, coach: 0}
        scenarios:
          one: {change: {teacher: [-1, {fte: -1, from: 2027-28}], coach: {fte: %s, from: 2027-28}}}
    """
    for posts, still_paid in (("+1", 20_000), ("+1.5", 10_000), ("+3", 0)):
        plan = calculate(plain(text % posts), 1)["one"]
        assert cost(plan, "displaced staff") == still_paid


@both
def test_a_cost_priced_in_another_way_before_the_files_own_begins(calculate: Calculator) -> None:
    """A scenario's dollars for each student take the place of the file's share of a budget, in all its years."""
    text = """
        school: S
        year: 2026-27
        students: 10
        budget: {general: 1_000_000}
        roles: {teacher: {salary: 50_000}}
        baseline: {teacher: 1}
        other_costs: {software: {budget_share: 10%, of: general, from: 2027-28}}
        scenarios: {one: {other_costs: {software: {per_student: 30, from: 2026-27}}}}
    """
    for years, of_file in enumerate((0, 100_000)):
        plans = calculate(plain(text), years)
        assert [cost(plan, component="software") for plan in plans.values()] == [of_file, 300]


@both
def test_a_whole_mix_by_cells_begins_in_a_later_year(calculate: Calculator) -> None:
    """It names the cells of today's people, who have climbed a step by then; whom it leaves out keeps what a hire
    would not earn, and who is new on a cell earns what the cell says."""
    text = """
        school: S
        year: 2026-27
        schedules: {pay: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000], 4: [46_000]}}}
        roles: {teacher: {schedule: pay, new_hire: BA/1}}
        baseline: {teacher: {BA/1: 2, BA/3: 1}}
        scenarios:
          one fewer: {from: 2027-28, staffing: {teacher: {BA/1: 1, BA/3: 1}}}
          one more: {from: 2027-28, staffing: {teacher: {BA/1: 2, BA/3: 2}}}
        forecast: {steps: 1}
    """
    found = [calculate(plain(text), years) for years in range(3)]
    assert [cost(plans["baseline"], "teacher") for plans in found] == [124_000, 130_000, 134_000]
    assert [cost(plans["one fewer"], "teacher") for plans in found] == [124_000, 42_000 + 46_000, 44_000 + 46_000]
    assert [cost(plans["one fewer"], "displaced staff") for plans in found] == [0, 2_000, 2_000]
    assert [cost(plans["one more"], "teacher") for plans in found] == [124_000, 130_000 + 44_000, 134_000 + 46_000]


@both
@pytest.mark.parametrize(
    ("plan", "added", "dollars"),
    [
        ("3", "{fte: +1, first_year_months: 6}", 80_000 + 30_000 + 15_000),
        ("{people: 6, fte_each: 0.75}", "{people: +2, first_year_months: 6}", 80_000 + 75_000 + 22_500),
        ("3", "{BA/2: +1}", 80_000 + 30_000 + 60_000),
        ("3", "{BA/2: +1, first_year_months: 6}", 80_000 + 30_000 + 30_000),
    ],
)
def test_who_is_added_beside_staff_counted_otherwise_is_paid_for_their_months_and_by_their_cell(
    calculate: Calculator, plan: str, added: str, dollars: int
) -> None:
    """Two FTE of today stay, who were counted in people; others are hired, one of them for half a year or on a cell."""
    text = f"""
        school: S
        schedules: {{t: {{lanes: [BA], steps: {{1: [30_000], 2: [60_000]}}}}}}
        roles: {{aide: {{schedule: t, salary: 40_000, new_hire: BA/1}}}}
        baseline: {{aide: {{people: 4, fte_each: 0.5}}}}
        scenarios: {{otherwise: {{staffing: {{aide: {plan}}}}}, more: {{like: otherwise, change: {{aide: {added}}}}}}}
    """
    assert cost(calculate(plain(text))["more"]) == dollars


@both
def test_a_budget_that_a_decision_states_has_not_grown_in_its_own_year(calculate: Calculator) -> None:
    """It is as the file gives it, to the cent; in the next year it has grown by 5%, in whole dollars."""
    text = """
        school: S
        year: 2026-27
        budget: {general: 103_625, grant: 144.50}
        roles: {teacher: {salary: 50_000}}
        baseline: {teacher: 1}
        scenarios: {one: {from: 2027-28, budget: {general: 135.30}}}
        forecast: {budget: {2027-28: 2%, 2028-29: 5%}}
    """
    for years, amount in enumerate(("103625", "135.30", "142")):
        budget = calculate(plain(text), years)["one"].budget
        assert budget is not None
        assert budget["general"] == Fraction(amount)


@both
@pytest.mark.parametrize(
    "today",
    ["baseline: {lead: 3}", "baseline: {lead: 3}\nroster: [{id: P-1, role: coach, fte: 0.5, salary: 52_000}]"],
    ids=["nobody", "a person at their own pay"],
)
def test_who_comes_with_a_mix_by_cells_that_begins_later_costs_the_cell(calculate: Calculator, today: str) -> None:
    """Whatever the role says that others earn; a person at their own pay is not in the mix, and leaves."""
    text = f"""
school: S
year: 2026-27
schedules: {{t: {{lanes: [BA], steps: {{1: [40_000], 2: [60_000]}}}}}}
roles:
  lead: {{salary: 50_000}}
  coach: {{schedule: t, salary: 45_000, filled_from: lead}}
{today}
scenarios: {{mix: {{from: 2027-28, staffing: {{lead: 2, coach: {{BA/2: 1.5}}}}}}}}
forecast: {{steps: 0}}
"""
    plan = calculate(plain(text), 1)["mix"]
    assert [plan.fte["coach"], plan.people["coach"]] == [Fraction("1.5"), 2]
    assert cost(plan, "coach") == 90_000


@both
def test_who_is_put_on_cells_later_is_there_in_that_year(calculate: Calculator) -> None:
    """Whoever left in the years before has been followed by those who are there; from then on a tenth leaves again."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [60_000]}}}
        roles: {teacher: {schedule: t, salary: 45_000, new_hire: 30_000}}
        baseline: {teacher: 2}
        scenarios: {mix: {from: 2028-29, staffing: {teacher: {BA/1: 1, BA/2: 1}}}}
        forecast: {steps: 0, turnover: 10%}
    """
    dollars = [cost(calculate(plain(text), years)["mix"]) for years in range(4)]
    assert dollars == [90_000, 87_000, 100_000, 90_000 + 2 * 3_000]


@both
def test_a_mix_by_cells_of_fewer_that_begins_later_gives_up_hires_and_others_alike(calculate: Calculator) -> None:
    """Of two and a hire half is left: of the post and a half that go, one is of today and pays $15,000 more than a
    hire."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000]}}}
        roles: {teacher: {schedule: t, salary: 45_000, new_hire: 30_000}}
        baseline: {teacher: 2}
        scenarios:
          more: {change: {teacher: +1}}
          mix: {like: more, from: 2027-28, staffing: {teacher: {BA/1: 1.5}}}
        forecast: {steps: 0}
    """
    plan = calculate(plain(text), 1)["mix"]
    assert [cost(plan, "teacher"), cost(plan, "displaced staff")] == [60_000, 15_000]


@both
def test_where_nobody_knows_how_many_there_are_today_nobody_is_known_to_be_new(calculate: Calculator) -> None:
    """A plan's staff are as today's; whom it adds for a part of the year, or in a later one, are hires."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [MA], steps: {1: [36_000]}}}
        roles:
          nurse: {salary: 50_000, new_hire: 40_000}
          aide: {schedule: t, new_hire: 20_000}
        baseline: {nurse: not stated, aide: not stated}
        scenarios:
          stated: {staffing: {nurse: 3}}
          half a year: {like: stated, change: {nurse: {fte: +1, first_year_months: 6}}}
          next year: {like: stated, change: {nurse: {fte: +1, from: 2027-28}}}
          on a cell: {staffing: {aide: {MA/1: 2}}}
          one more: {like: on a cell, change: {aide: +1}}
        forecast: {steps: 0}
    """
    dollars = [{name: int(cost(plan)) for name, plan in calculate(plain(text), years).items()} for years in (0, 1)]
    assert {name: (dollars[0][name], dollars[1][name]) for name in dollars[0]} == {
        "baseline": (0, 0),
        "stated": (150_000, 150_000),
        "half a year": (170_000, 190_000),
        "next year": (150_000, 190_000),
        "on a cell": (72_000, 72_000),
        "one more": (108_000, 108_000),
    }


@both
def test_a_whole_mix_by_cells_that_begins_later_names_no_post_of_those_hired_by_then(calculate: Calculator) -> None:
    """A hire has followed the one who left, one more was hired, and one on a cell: 15,000 + 30,000 + 40,000."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 50_000]}}}
        roles: {analyst: {schedule: t, new_hire: 30_000}}
        roster:
        - {id: P-1, role: analyst, fte: 0.5, salary: 70_000, leaving: true}
        - {id: P-2, role: analyst, fte: 1, cell: MA/1}
        scenarios:
          more: {from: 2027-28, change: {analyst: [+1, {BA/1: +1}]}}
          mix: {like: more, from: 2028-29, staffing: {analyst: {MA/1: 4.75}}}
          fewer: {like: more, from: 2028-29, staffing: {analyst: {MA/1: 0.75}}}
        forecast: {steps: 0}
    """
    for years, dollars in enumerate((85_000, 50_000 + 85_000)):
        assert cost(calculate(plain(text), years)["mix"]) == dollars
    for years in (2, 3):
        plans = calculate(plain(text), years)
        staff = {name: [cost(plans[name], role) for role in ("analyst", "displaced staff")] for name in plans}
        # Who was hired on BA/1 stays in the district and saves a hire; so does a quarter of the one on MA/1.
        assert staff["mix"] == [4.75 * 50_000, 10_000]
        assert staff["fewer"] == [0.75 * 50_000, 10_000 + 5_000]
        assert [plans[name].people["analyst"] for name in ("mix", "fewer")] == [5, Fraction("0.75")]


@both
def test_of_one_of_two_posts_that_is_paid_for_five_months_a_capped_rate_counts_five_months(
    calculate: Calculator,
) -> None:
    """The other post is a whole year's; the cap is of the person, whole."""
    text = """
        school: S
        year: 2026-27
        benefits: {staff: {pension: {rate: 10%, up_to: CAP}}}
        roles: {coach: {benefits: staff}, tutor: {benefits: staff}}
        roster:
        - {id: P-1, role: coach, fte: 0.5, salary: 60_000}
        - {id: P-1, role: tutor, fte: 0.5, salary: 48_000}
        scenarios: {part: {staffing: {coach: 0.5, tutor: {fte: 0.25, months: 5}}}}
    """
    for cap, coach, tutor in ((100_000, 3_000, 500), (34_000, 2_914, 486)):
        plan = calculate(plain(text.replace("CAP", str(cap))))["part"]
        assert [cost(plan, role) for role in ("coach", "tutor")] == [30_000 + coach, 5_000 + tutor]


@both
def test_what_a_decision_states_takes_the_place_of_a_figure_with_all_of_its_years(calculate: Calculator) -> None:
    """As it does in a scenario that begins at once; what keeps the years says so, by stating the value alone."""
    text = """
        school: S
        year: 2026-27
        benefits: {staff: {dues: {per_fte: {value: 100, years: {2028-29: 700}}}}}
        roles: {teacher: {salary: {value: 50_000, years: {2028-29: 90_000}}, benefits: staff}}
        baseline: {teacher: 2}
        scenarios:
          now: {roles: {teacher: {salary: 60_000}}, benefits: {staff: {dues: {per_fte: 200}}}}
          next: {from: 2027-28, roles: {teacher: {salary: 60_000}}, benefits: {staff: {dues: {per_fte: 200}}}}
          value: {from: 2027-28, roles: {teacher: {salary: {value: 60_000}}}}
    """
    found = [{name: int(cost(plan)) for name, plan in calculate(plain(text), year).items()} for year in range(3)]
    assert found == [
        {"baseline": 100_200, "now": 120_400, "next": 100_200, "value": 100_200},
        {"baseline": 100_200, "now": 120_400, "next": 120_400, "value": 120_200},
        {"baseline": 181_400, "now": 120_400, "next": 120_400, "value": 181_400},
    ]


@both
def test_what_one_fund_saves_and_another_pays_is_rounded_by_itself(calculate: Calculator) -> None:
    """Whoever follows the one saves $1,000.40, and whoever follows the other costs $1,001, or as much as that saves:
    the little that is left of the line is no measure of what each fund pays."""
    text = """
        school: S
        roles: {teacher: {new_hire: 50_000, attrition: 10%%, funds: {a: 50%%, b: 50%%}}}
        roster:
          - {id: P-1, role: teacher, fte: 1, pay: 60_004, fund: a}
          - {id: P-2, role: teacher, fte: 1, pay: %s, fund: b}
    """
    for pay, dollars in ("39_990", [-1_000, 1_001]), ("39_996", [-1_000, 1_000]):
        plan = calculate(plain(text % pay))["baseline"]
        assert [cost(plan, component="attrition", fund=fund) for fund in "ab"] == dollars


@both
def test_half_a_dollar_of_a_line_that_costs_more_with_hires_rounds_away_from_zero(calculate: Calculator) -> None:
    """Hires earn $10,010 more than those who leave: of $1,001 each fund pays half, and the first one the odd dollar."""
    text = """
        school: S
        roles: {teacher: {new_hire: 50_010, attrition: 10%, funds: {a: 50%, b: 50%}}}
        roster:
          - {id: P-1, role: teacher, fte: 0.5, salary: 40_000, fund: a}
          - {id: P-2, role: teacher, fte: 0.5, salary: 40_000, fund: b}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, component="attrition", fund=fund) for fund in "ab"] == [501, 500]


@both
def test_of_a_mix_that_begins_later_nobody_knows_either_who_is_new(calculate: Calculator) -> None:
    """The same mix costs the same, whenever it begins; whom it adds for a part of the year is a hire."""
    text = """
        school: S
        year: 2026-27
        students: 100
        roles: {nurse: {salary: 50_000, new_hire: 40_000, attrition: 10%}, aide: {salary: 20_000}}
        baseline: {nurse: not stated, aide: 2}
        scenarios:
          in force: {staffing: {nurse: 4, aide: 2}}
          begins: {from: 2027-28, staffing: {nurse: 4, aide: 2}}
          people: {from: 2027-28, staffing: {nurse: {people: 8, fte_each: 0.5}, aide: 2}}
          ratio: {from: 2027-28, change: {nurse: {per_students: 25}}}
          one more: {like: begins, change: {nurse: {fte: +1, first_year_months: 6, from: 2027-28}}}
    """
    plans = calculate(plain(text), 1)
    assert {name: cost(plan, "nurse") for name, plan in plans.items()} == {
        "baseline": 0,
        "in force": 196_000,
        "begins": 196_000,
        "people": 196_000,
        "ratio": 196_000,
        "one more": 216_000,
    }
    assert plans["people"].people["nurse"] == 8


@both
@pytest.mark.parametrize(
    "staff",
    [
        "baseline: {teacher: {BA/1-3: 3}}",
        "roster: [{id: A, ROW}, {id: B, ROW}, {id: C, ROW}]".replace("ROW", "role: teacher, fte: 1, cell: BA/1-3"),
    ],
)
def test_a_cap_looks_at_each_of_those_who_are_spread_over_a_band(calculate: Calculator, staff: str) -> None:
    """One of three goes on to 60,000 each year: of the first 50,000 count, and of the others all that they earn."""
    text = f"""
        school: S
        year: 2026-27
        schedules: {{t: {{lanes: [BA], steps: {{1-3: [40_000], 4: [60_000], 5: [60_000]}}}}}}
        benefits: {{c: {{social security: {{rate: 10%, up_to: 50_000}}, pension: {{rate: 1%}}}}}}
        roles: {{teacher: {{schedule: t, benefits: c}}}}
        {staff}
        forecast: {{steps: 1}}
    """
    found = [calculate(plain(text), years)["baseline"] for years in range(4)]
    assert [cost(plan, component="salary") for plan in found] == [120_000, 140_000, 160_000, 180_000]
    assert [cost(plan, component="pension") for plan in found] == [1_200, 1_400, 1_600, 1_800]
    assert [cost(plan, component="social security") for plan in found] == [12_000, 13_000, 14_000, 15_000]


@both
def test_who_is_spread_over_a_band_is_kept_by_their_own_pay(calculate: Calculator) -> None:
    """Of three on a band one earns 60,000 in the next year, and a hire 45,000: given up, the post of each saves a
    hire's pay and never more than their own, 40,000 of two of them and 45,000 of the third."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1-3: [40_000], 4: [60_000]}}}
        roles: {teacher: {schedule: t, new_hire: 45_000}}
        baseline: {teacher: {BA/1-3: 3}}
        scenarios: {none: {change: {teacher: -3}}}
        forecast: {steps: 1}
    """
    plan = calculate(plain(text), 1)["none"]
    assert [cost(plan, "teacher"), cost(plan, "displaced staff")] == [0, 15_000]
