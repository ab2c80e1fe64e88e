"""Posts that are vacant, of people who leave, or filled from another role, where they meet other features.

Every test asks both calculators, as those of the findings do.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from costing.agreement import Calculator, engine, plain
from costing.test_findings import both, cost
from staffcalc.source.problems import SchoolFileError

CELLS = """
    school: S
    year: 2026-27
    schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000], 3: [60_000]}}}
    roles:
      teacher: {schedule: t, new_hire: BA/1}
      coach: {schedule: t, new_hire: 30_000, filled_from: teacher}
    baseline: {teacher: TODAY, coach: 0}
    scenarios: {one: {change: CHANGE}}
"""


def cells(today: str, change: str) -> str:
    """A file in which teachers on cells become coaches, who bring their pay."""
    return CELLS.replace("TODAY", today).replace("CHANGE", change)


@both
def test_a_rate_counts_the_stipend_of_a_vacant_post(calculate: Calculator) -> None:
    text = """
        school: S
        roles: {resident: {stipend: 20_000, costs: {medicare: {rate: 1.45%}}}}
        baseline: {resident: {fte: 3, vacant: 1}}
    """
    plan = calculate(plain(text))["baseline"]
    assert plan.people["resident"] == 2
    assert [cost(plan, component=one) for one in ("stipend", "medicare")] == [60_000, 870]


@both
def test_a_rate_on_the_stipend_of_a_vacant_post_is_charged_where_the_stipend_is(calculate: Calculator) -> None:
    """Of each 12,000 that a rate counts the fund of the supplement pays a twelfth, whoever holds the post."""
    text = """
        school: S
        roles:
          coach:
            salary: 10_000
            stipend: 1_000
            supplement: {amount: 1_000, fund: grant}
            costs: {tax: {rate: 10%}}
        baseline: {coach: {fte: 3, vacant: 1}}
    """
    plan = calculate(plain(text))["baseline"]
    taxes = {line.fund: line.amount for line in plan.lines if line.component == "tax"}
    assert taxes == {"general": 3_300, "grant": 300}


@both
def test_a_vacant_post_costs_what_the_role_states_where_everybody_is_priced_at_actual_pay(
    calculate: Calculator,
) -> None:
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000]}}}
        roles: {teacher: {schedule: t, salary: BA/1, new_hire: 30_000}}
        baseline: {teacher: {fte: 2, vacant: 1}}
    """
    costs = [cost(calculate(plain(text), 1, price)["baseline"]) for price in (None, "actual", "new_hire")]
    assert costs == [50_000 + 30_000, 50_000 + 40_000, 30_000 + 30_000]


@both
def test_of_a_roster_and_of_people_added_to_it_the_same_share_of_fte_goes(calculate: Calculator) -> None:
    """Three FTE become one: the half FTE of A, and of the other 2.5 three fifths; two fifths of B's pay are left, and
    of 1.5 FTE that were added 0.6."""
    text = """
        school: S
        year: 2026-27
        roles: {tutor: {salary: 1_000}}
        roster:
          - {id: A, role: tutor, fte: 0.5, salary: 100, leaving: true}
          - {id: B, role: tutor, fte: 1, salary: 10_000}
        scenarios:
          people: {staffing: {tutor: {people: 2, fte_each: {value: 1.5, years: {2027-28: 0.5, 2028-29: 0.5}}}}}
    """
    plans = [calculate(plain(text), years)["people"] for years in range(3)]
    assert [plan.fte["tutor"] for plan in plans] == [3, 1, 1]
    assert [cost(plan) for plan in plans] == [50 + 10_000 + 1_500, 4_000 + 600, 4_000 + 600]


@both
def test_all_posts_of_one_person_in_a_role_are_laid_off(calculate: Calculator) -> None:
    text = """
        school: S
        roles: {teacher: {salary: 50_000}}
        roster:
          - {id: P-1, role: teacher, fte: 0.6, salary: 60_000}
          - {id: P-1, role: teacher, fte: 0.4, salary: 50_000}
          - {id: P-2, role: teacher, fte: 1, salary: 40_000}
        scenarios: {one: {laid_off: [P-1]}}
    """
    plan = calculate(plain(text))["one"]
    assert [plan.fte["teacher"], plan.people["teacher"], cost(plan)] == [1, 1, 40_000]


@both
def test_who_follows_one_who_leaves_is_not_that_person(calculate: Calculator) -> None:
    """P-1 leaves one of two posts: whoever comes into it is somebody else, insured by themselves."""
    text = """
        school: S
        year: 2026-27
        benefits: {b: {health: {per_person: 6_000}}}
        roles: {teacher: {salary: 50_000, benefits: b}, coach: {salary: 50_000, benefits: b}}
        roster:
          - {id: P-1, role: teacher, fte: 0.5, salary: 60_000}
          - {id: P-1, role: coach, fte: 0.5, salary: 60_000, leaving: true}
    """
    now, then = (calculate(plain(text), years)["baseline"] for years in (0, 1))
    assert [sum(now.people.values()), sum(then.people.values())] == [1, 2]
    assert [cost(now, component="health"), cost(then, component="health")] == [6_000, 12_000]


@both
def test_who_stays_on_a_cell_is_whole_whether_the_others_move_or_not(calculate: Calculator) -> None:
    for change in ("{teacher: {BA/2: -1.5}, coach: +1}", "{teacher: {BA/2: -1.5}}"):
        plan = calculate(plain(cells("{BA/2: 2.5}", change)))["one"]
        assert plan.people["teacher"] == 1


@both
def test_of_those_on_a_cell_who_are_leaving_whole_ones_are_left(calculate: Calculator) -> None:
    plan = calculate(plain(cells("{BA/2: 2.5, leaving: 0.5}", "{teacher: {BA/2: -0.5}}")))["one"]
    assert [plan.fte["teacher"], plan.people["teacher"]] == [2, 2]
    assert cost(plan, "displaced staff") == 0


@both
def test_who_moves_from_a_cell_brings_its_pay(calculate: Calculator) -> None:
    plan = calculate(plain(cells("{BA/1: 2, BA/3: 2}", "{teacher: {BA/3: -1}, coach: +1}")))["one"]
    assert [cost(plan, role) for role in ("teacher", "coach", "displaced staff")] == [140_000, 60_000, 0]


@pytest.mark.parametrize("names", [("BA/2", "BA/3"), ("BA/3", "BA/2")])
@both
def test_of_several_cells_the_same_share_moves(calculate: Calculator, names: tuple[str, str]) -> None:
    """In whichever order they are named: of the two who give up a post one moves, half of either."""
    change = f"{{teacher: {{{names[0]}: -1, {names[1]}: -1}}, coach: +1}}"
    plan = calculate(plain(cells("{BA/2: 2, BA/3: 2}", change)))["one"]
    assert [cost(plan, role) for role in ("coach", "displaced staff")] == [55_000, 5_000 + 10_000]


@both
def test_what_some_bring_is_paid_to_nobody_else(calculate: Calculator) -> None:
    """Three of a role that is paid by contract stay without a salary when a teacher joins them with one."""
    text = """
        school: S
        roles:
          teacher: {salary: 50_000}
          tutor: {costs: {contract: {per_fte: 9_000}}, filled_from: teacher}
        baseline: {teacher: 2, tutor: 3}
        scenarios: {one: {change: {teacher: -1, tutor: +1}}}
    """
    for price in (None, "actual", "new_hire"):
        plan = calculate(plain(text), 0, price)["one"]
        assert [cost(plan, "tutor", one) for one in ("salary", "contract")] == [50_000, 36_000]


@both
def test_who_brought_a_pay_is_displaced_at_it(calculate: Calculator) -> None:
    """Of two who moved, at 60,000 and 20,000, half a post each is given up: 20,000 above a new hire's pay are paid on
    for the one, and nothing for the other. On average they earn what a new hire does."""
    text = """
        school: S
        year: 2026-27
        roles:
          aide: {category: support}
          teacher: {new_hire: 40_000, filled_from: aide}
        roster:
          - {id: A, role: aide, fte: 1, salary: 60_000}
          - {id: B, role: aide, fte: 1, salary: 20_000}
        scenarios:
          two: {change: {aide: -2, teacher: +2}}
          one: {like: two, change: {teacher: {fte: -1, from: 2027-28}}}
    """
    years = [calculate(plain(text), years)["one"] for years in range(2)]
    assert [cost(year, "teacher") for year in years] == [80_000, 40_000]
    assert [cost(year, "displaced staff") for year in years] == [0, 10_000]


@both
def test_who_takes_a_vacant_post_on_a_cell_gains_steps_from_then_on(calculate: Calculator) -> None:
    """While nobody holds the post it gains none."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000], 3: [60_000]}}}
        roles:
          aide: {salary: 20_000}
          teacher: {schedule: t, filled_from: aide}
        baseline: {aide: 2}
        roster: [{id: A, role: teacher, fte: 1, cell: BA/1, vacant: true}]
        scenarios:
          none: {change: {}}
          now: {change: {aide: -1}}
          a year later: {change: {aide: {fte: -1, from: 2027-28}}}
    """
    years = [calculate(plain(text), years) for years in range(3)]
    assert [cost(year["none"], "teacher") for year in years] == [40_000, 40_000, 40_000]
    assert [cost(year["now"], "teacher") for year in years] == [40_000, 50_000, 60_000]
    assert [cost(year["a year later"], "teacher") for year in years] == [40_000, 40_000, 50_000]


@both
def test_who_moves_in_a_later_year_begins_on_the_cell_that_the_role_states(calculate: Calculator) -> None:
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000], 3: [60_000]}}}
        roles:
          aide: {salary: 20_000}
          teacher: {schedule: t, salary: BA/1, new_hire: 30_000, filled_from: aide}
        baseline:
          aide: {fte: {value: 2, years: {2027-28: 1, 2028-29: 1}}}
          teacher: {fte: {value: 1, years: {2027-28: 2, 2028-29: 2}}}
    """
    costs = [cost(calculate(plain(text), years)["baseline"], "teacher") for years in range(3)]
    assert costs == [40_000, 50_000 + 40_000, 60_000 + 50_000]


@both
def test_of_a_cell_that_somebody_has_left_the_post_of_the_hire_goes_first(calculate: Calculator) -> None:
    """C leaves BA/2, and a hire at 40,000 follows, on no cell. In the next year A earns 50,000 and B 60,000: one post
    of the cell is the hire's, two are the hire's and B's, who is displaced; A, laid off by name, is paid no more."""
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [50_000], 3: [60_000]}}}
        roles: {teacher: {schedule: t, new_hire: BA/1}}
        roster:
          - {id: A, role: teacher, fte: 1, cell: BA/1}
          - {id: B, role: teacher, fte: 1, cell: BA/2}
          - {id: C, role: teacher, fte: 1, cell: BA/2, leaving: true}
        scenarios:
          one: {from: 2027-28, change: {teacher: {BA/2: -1}}}
          two: {from: 2027-28, change: {teacher: {BA/2: -2}}}
          by name: {from: 2027-28, laid_off: [A]}
        forecast: {cola: 0%}
    """
    assert {cost(plan) for plan in calculate(plain(text)).values()} == {140_000}
    plans = calculate(plain(text), 1)
    found = {name: [cost(plan, role) for role in ("teacher", "displaced staff")] for name, plan in plans.items()}
    assert found == {"baseline": [150_000, 0], "one": [110_000, 0], "two": [50_000, 20_000], "by name": [100_000, 0]}


@both
def test_who_has_moved_once_and_moves_again_brings_what_they_earn(calculate: Calculator) -> None:
    """A teacher at 50,000 joins two coaches at 30,000; two thirds of these three become deans, and half of those go
    again, who would have been paid no more than they are."""
    text = """
        school: S
        year: 2026-27
        roles:
          teacher: {salary: 50_000, new_hire: 45_000}
          coach: {new_hire: 30_000, filled_from: teacher}
          dean: {new_hire: 70_000, filled_from: coach}
        baseline: {teacher: 4, coach: 2, dean: 0}
        scenarios:
          first: {change: {coach: +1, teacher: -1}}
          next: {like: first, from: 2027-28, change: {dean: +2, coach: -2}}
          last: {like: next, from: 2028-29, change: {dean: -1}}
        forecast: {cola: 0%}
    """
    roles = ("teacher", "coach", "dean", "displaced staff")
    found = [[cost(calculate(plain(text), year)["last"], role) for role in roles] for year in range(3)]
    assert found == [[150_000, 110_000, 0, 0], [150_000, 36_667, 73_333, 0], [150_000, 36_667, 36_667, 0]]


@both
def test_who_moves_stands_after_earlier_hires(calculate: Calculator) -> None:
    """One and a half are there, and half a post has been added; half a vacant one is taken in the year after. So who is
    hired makes the half a whole one, and who moves has half a post; the cap looks at each of them."""
    text = """
        school: S
        year: 2026-27
        roles:
          aide: {salary: 20_000}
          teacher: {salary: 50_000, new_hire: 10_000, filled_from: aide, costs: {tax: {rate: 10%, up_to: 20_000}}}
        baseline:
          aide: {fte: {value: 2, years: {2027-28: 1.5}}}
          teacher: {fte: 2, vacant: 0.5}
        scenarios: {one: {change: {teacher: +0.5}}}
    """
    plan = calculate(plain(text), 1)["one"]
    assert [plan.fte["teacher"], plan.people["teacher"]] == [2.5, 3]
    today, hired, moved = 2_000 + 2_000, 1_000 - 500, 2_000
    assert cost(plan, "teacher", "tax") == today + hired + moved


@both
def test_who_moves_takes_the_same_share_of_posts_for_all_and_for_a_part_of_the_year(calculate: Calculator) -> None:
    """Of two posts a teacher at 50,000 takes half of each, and hires at 30,000 the rest; one is of half a year."""
    text = """
        school: S
        year: 2026-27
        roles:
          teacher: {salary: 50_000, new_hire: 40_000}
          coach: {new_hire: 30_000, filled_from: teacher}
        baseline: {teacher: 4, coach: 2}
        scenarios: {one: {change: {coach: [+1, {fte: +1, months: 6}], teacher: -1}}}
    """
    plan = calculate(plain(text))["one"]
    assert [cost(plan, one) for one in ("coach", "teacher")] == [60_000 + 40_000 + 20_000, 150_000]


@both
def test_a_ratio_to_a_role_that_is_filled_from_the_one_it_counts(calculate: Calculator) -> None:
    """Ten aides for a teacher, who was an aide: half of the teachers go with a grant, and of the aides as many."""
    text = """
        school: S
        year: 2026-27
        budget: {general: 500_000, grant: 100_000}
        roles:
          teacher: {salary: 50_000, filled_from: aide, funds: {general: 50%, grant: 50%}}
          aide: {salary: 20_000}
        baseline: {teacher: 2, aide: {per: teacher, each: 0.5}}
        funds: {grant: {ends: 2026-27, then: stop}}
    """
    now, then = (calculate(plain(text), years)["baseline"] for years in (0, 1))
    assert [now.fte["aide"], then.fte["aide"]] == [4, 2]


def test_nobody_is_laid_off_whose_post_has_been_given_up() -> None:
    text = """
        school: S
        roles: {teacher: {salary: 50_000}}
        roster:
          - {id: P-1, role: teacher, fte: 1, salary: 60_000}
        scenarios:
          one: {change: {teacher: -0.5}}
          two: {like: one, laid_off: [P-1]}
    """
    with pytest.raises(SchoolFileError, match=r"FTE of `teacher` are laid off by name, but there are 0\.5"):
        engine(plain(text))


def test_a_post_of_somebody_is_not_vacant() -> None:
    """Whoever holds a post holds all that stand under their `id`, whether or not a plan lays them off."""
    text = """
        school: S
        roles: {teacher: {salary: 50_000}, coach: {salary: 60_000}}
        roster:
          - {id: P-1, role: teacher, fte: 0.5, salary: 60_000}
          - {id: P-1, role: coach, fte: 0.5, vacant: true}
        scenarios: {one: %s}
    """
    for plan in ("{laid_off: [P-1]}", "{change: {teacher: +1}}"):
        with pytest.raises(SchoolFileError, match="`P-1` holds a post, and is vacant"):
            engine(plain(text % plan))


def test_nobody_is_laid_off_of_a_vacant_post() -> None:
    text = """
        school: S
        roles: {teacher: {salary: 50_000}, coach: {salary: 60_000}}
        roster:
          - {id: V-1, role: teacher, fte: 0.5, vacant: true}
          - {id: V-1, role: coach, fte: 0.5, vacant: true}
        scenarios: {one: {laid_off: [V-1]}}
    """
    with pytest.raises(SchoolFileError, match="`V-1` is a vacant post"):
        engine(plain(text))


@both
def test_people_of_two_salaries_share_the_vacant_posts_that_they_take_and_bring_their_pay(
    calculate: Calculator,
) -> None:
    """Of one post that two teachers give up each brings half; the post that stays vacant is a hire's."""
    text = """
        school: S
        roles: {teacher: {category: teacher}, lead: {category: leader, new_hire: 30_000, filled_from: teacher}}
        roster:
          - {id: P-1, role: teacher, fte: 1, salary: 40_000}
          - {id: P-2, role: teacher, fte: 1, salary: 60_000}
          - {id: V-1, role: lead, fte: 1, vacant: true}
          - {id: V-2, role: lead, fte: 1, vacant: true}
        scenarios: {both: {change: {teacher: -2}}, one: {change: {teacher: -1}}}
    """
    plans = calculate(plain(text))
    assert [cost(plan, "lead") for plan in plans.values()] == [60_000, 40_000 + 60_000, 50_000 + 30_000]
    assert [plan.people["lead"] for plan in plans.values()] == [0, 2, 1]


@both
def test_who_moves_beside_named_people_stands_before_the_cover(calculate: Calculator) -> None:
    """A quarter of a post of today's cover stays beside one on a cell: of those who come, nobody has less than 0.75."""
    text = """
        school: S
        schedules: {t: {lanes: [BA], steps: {1: [40_000]}}}
        roles:
          lead: {salary: 70_000, release: {share: 25%, cover: teacher}}
          aide: {salary: 20_000}
          teacher:
            schedule: t
            salary: BA/1
            filled_from: aide
            costs: {health: {per_person: 8_000, min_fte: 0.75}}
        baseline: {lead: 1, aide: 2, teacher: {BA/1: 1}}
        scenarios: {one: {change: {aide: -0.75, teacher: +0.75}}}
    """
    plan = calculate(plain(text))["one"]
    assert [plan.fte["teacher"], cost(plan, "teacher", "health")] == [2, 16_000]


@both
def test_a_pay_that_is_not_stated_is_not_stated_of_whoever_brings_it(calculate: Calculator) -> None:
    """Of the lead nothing is claimed, neither a salary nor what is said of it."""
    text = """
        school: S
        roles:
          custodian: {salary: not stated}
          lead: {new_hire: 40_000, costs: {training: {per_person: 1_000}}, filled_from: custodian}
        baseline: {custodian: 4}
        scenarios:
          one: {change: {custodian: -1, lead: +1}}
          hired: {change: {lead: +1}}
    """
    plans = calculate(plain(text))
    assert plans["one"].fte["lead"] == 1
    assert cost(plans["one"]) == 0
    assert plans["one"].cost_per_fte is None
    assert cost(plans["hired"]) == 41_000


@both
def test_a_ratio_to_a_role_that_is_not_counted_counts_none_and_claims_nothing(calculate: Calculator) -> None:
    text = """
        school: S
        roles:
          nurse: {salary: 50_000, release: {share: 50%, cover: substitute}}
          aide: {salary: 20_000}
          coach: {salary: 60_000}
          substitute: {salary: 30_000, rooms: 1}
        baseline: {aide: 4, nurse: not stated, coach: {per: [aide, nurse], each: 2}}
        scenarios: {one: {change: {nurse: {per: aide, each: 2}}}}
    """
    plans = calculate(plain(text))
    assert {role: fte for role, fte in plans["baseline"].fte.items() if fte} == {"aide": 4}
    assert cost(plans["baseline"]) == 80_000
    assert plans["baseline"].rooms is None
    assert {role: fte for role, fte in plans["one"].fte.items() if fte} == {
        "aide": 4,
        "nurse": 2,
        "coach": 3,
        "substitute": 1,
    }


@both
def test_who_covers_for_two_roles_of_which_one_is_not_counted_is_not_counted(calculate: Calculator) -> None:
    """What is known of the other one, 0.4 FTE, is not told as if it were all."""
    text = """
        school: S
        roles:
          nurse: {salary: 50_000, release: {share: 50%, cover: substitute}}
          aide: {salary: 20_000, release: {share: 10%, cover: substitute}}
          substitute: {salary: 30_000}
        baseline: {aide: 4, nurse: not stated}
        scenarios: {one: {staffing: {aide: 4, nurse: 2}}}
    """
    plans = calculate(plain(text))
    assert {role: fte for role, fte in plans["baseline"].fte.items() if fte} == {"aide": 4}
    assert cost(plans["baseline"]) == 80_000
    assert plans["one"].fte["substitute"] == Fraction(7, 5)
    assert cost(plans["one"]) == 222_000


LATE = """
    school: S
    year: 2026-27
    roles:
      tutor: {salary: 50_000}
    roster: [{id: P-1, role: tutor, fte: 1, salary: 80_000}]
    scenarios:
      two: {change: {tutor: {fte: +1, first_year_months: 6}}}
      one: {like: two, change: {tutor: -0.5}}
"""


@both
@pytest.mark.parametrize(("years", "pay"), [(0, 65_000), (1, 90_000), (4, 90_000)])
def test_who_is_hired_in_the_middle_of_a_year_stays_apart_from_those_who_were_there(
    calculate: Calculator, years: int, pay: int
) -> None:
    """Half of the first post is given up, and the one that is added is paid for six months, then for all twelve."""
    plan = calculate(plain(LATE), years)["one"]
    assert (plan.fte["tutor"], plan.people["tutor"]) == (Fraction(3, 2), Fraction(3, 2))
    assert cost(plan) == pay


FILLED_LATE = """
school: S
year: 2026-27
roles:
  teacher: {salary: 60_000, new_hire: 40_000}
  lead: {salary: 70_000, filled_from: teacher}
baseline: {teacher: 4}
scenarios:
  one: {change: {teacher: -1, lead: {fte: +1, first_year_months: 5}}}
"""


def test_months_before_a_post_that_is_filled_from_another_role_are_refused_since_nobody_pays_them() -> None:
    with pytest.raises(SchoolFileError) as refused:
        engine(plain(FILLED_LATE))
    [problem] = refused.value.problems
    assert problem.message == "`lead` is filled from `teacher`, whose people nobody pays before these 5 months"
    assert "`cut_saves: own` of `teacher`" in problem.hint


@both
def test_who_moves_in_the_middle_of_a_year_is_not_paid_before_where_the_own_pay_of_the_old_post_is_saved(
    calculate: Calculator,
) -> None:
    text = FILLED_LATE.replace("new_hire: 40_000", "new_hire: 40_000, cut_saves: own")
    plans = calculate(plain(text))
    assert cost(plans["one"], role="lead") == 29_167  # five months of 70,000
    assert cost(plans["one"]) == 180_000 + 29_167
    assert cost(calculate(plain(text), 1)["one"]) == 180_000 + 70_000
