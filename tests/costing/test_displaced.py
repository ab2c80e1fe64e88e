"""How many people keep no post: a person is one person, whatever posts they have, and who keeps a part stays."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both, cost
from schools import ledger, plan_of
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.measures.measures import post_measures
from staffcalc.costing.years.later_years import in_year

ROSTER = """
    roles: {teacher: {category: teacher}, coach: {category: specialist}}
    roster:
      - {id: P, role: teacher, fte: 0.5, salary: 60_000}
      - {id: P, role: coach, fte: 0.5, salary: 60_000}
      - {id: Q, role: teacher, fte: 0.4, salary: 50_000}
      - {id: Q, role: teacher, fte: 0.6, salary: 50_000}
      - {id: R, role: teacher, fte: 1, salary: 50_000}
      - {id: S, role: teacher, fte: 1, salary: 50_000}
    scenarios:
"""


@both
@pytest.mark.parametrize(
    ("plan", "teachers", "coaches", "kept"),
    [
        ("change: {teacher: -3.5}", 3, 0, 1),  # P is a coach still; Q, with two posts, is one person
        ("change: {teacher: -3.5, coach: -0.5}", 3.5, 0.5, 0),  # P is half of each
        ("change: {teacher: -0.7}", 0.6, 0, 3.4),  # a fifth of Q, R and S, and none of P
        ("change: {teacher: -1.75, coach: -0.1}", 1.6, 0.1, 2.3),  # half of three, and a fifth of P
        ("laid_off: [P, Q]", 1.5, 0.5, 2),
        ("laid_off: [Q], change: {teacher: -2}", 1.8, 0, 2.2),  # Q, and two fifths of R and S
    ],
)
def test_who_has_several_posts_is_one_person_and_not_displaced_who_keeps_one(
    calculate: Calculator, plan: str, teachers: float, coaches: float, kept: float
) -> None:
    found = calculate(plain(f"{ROSTER}      plan: {{{plan}}}"))["plan"]
    assert found.displaced_people is not None
    expected = [Fraction(str(one)) for one in (teachers, coaches, kept)]
    assert [found.displaced_people["teacher"], found.displaced_people["coach"], sum(found.people.values())] == expected
    assert sum(found.displaced_people.values()) + sum(found.people.values()) == 4


@both
def test_two_rows_that_say_the_same_of_one_person_are_one_person(calculate: Calculator) -> None:
    """P is full time, and has the premium of those who are."""
    text = """
        schedules: {t: {lanes: [A], steps: {1: [40_000]}}}
        benefits: {all: {health: {per_person: 1_000, min_fte: 0.75}}}
        roles: {aide: {schedule: t, benefits: all}}
        roster:
          - {id: P, role: aide, fte: 0.5, cell: A/1}
          - {id: P, role: aide, fte: 0.5, cell: A/1}
          - {id: Q, role: aide, fte: 0.5, cell: A/1}
        scenarios: {none: {change: {aide: -1.5}}}
    """
    today, none = calculate(plain(text)).values()
    assert [today.people["aide"], cost(today, "aide", "health")] == [2, 1_000]
    assert (none.displaced_people or {})["aide"] == 2


@both
def test_who_leaves_anyway_is_not_displaced_by_name(calculate: Calculator) -> None:
    text = """
        roles: {aide: {}}
        roster: [{id: P, role: aide, fte: 1, salary: 4, leaving: true}, {id: Q, role: aide, fte: 1, salary: 4}]
        scenarios: {both: {laid_off: [P, Q]}}
    """
    plan = calculate(plain(text))["both"]
    assert [(plan.displaced or {})["aide"], (plan.displaced_people or {})["aide"]] == [1, 1]


@both
@pytest.mark.parametrize(
    ("baseline", "plan", "displaced", "heads"),
    [
        ("3.6", "change: {aide: -0.6}", "0.6", 1),  # 4 people: 1, 1, 1 and 0.6
        ("3.6", "change: {aide: -0.3}", "0.3", 0),  # 4 people of 3.3 FTE
        ("3.6", "change: {aide: -1.3}", "1.3", 1),  # 3 people of 2.3 FTE
        ("3.6", "change: {aide: -1.6}", "1.6", 2),
        ("{people: 6, fte_each: 0.6}", "change: {aide: {people: -2}}", "1.2", 2),
        ("{people: 6, fte_each: 0.6}", "staffing: {aide: {people: 6, fte_each: 0.5}}", "0.6", 0),  # less of each
        ("{people: 6, fte_each: 0.6}", "staffing: {aide: 3}", "0.6", 3),  # 3 people at full time
        ("{people: 4, fte_each: 0.5}", "staffing: {aide: 2}", "0", 2),
        ("{people: 2, fte_each: 1}", "staffing: {aide: {people: 4, fte_each: 0.5}}", "0", 0),
        ("{fte: 3, leaving: 0.5}", "change: {aide: -0.5}", "0", 0),
        ("{fte: 3.6, leaving: 1, vacant: 0.4}", "change: {aide: -1.6}", "0.2", 1),  # of 2.2 FTE, 3 people, 2 stay
        ("{fte: 3.6, vacant: 2}", "change: {aide: -2.6}", "0.6", 1),
        ("{A/1: 2.5, A/2: 1}", "change: {aide: {A/1: -0.3}}", "0.3", 0),
        ("{A/1: 2.5, A/2: 1}", "change: {aide: {A/1: -0.5}}", "0.5", 1),
        ("{A/1: 2.5, A/2: 1}", "change: {aide: {A/1: -1, A/2: +1}}", "1", 1),
        ("3.5", "staffing: {aide: {A/1: 3.2}}", "0.3", 0),
        ("3.5", "staffing: {aide: {A/1: 1, A/2: 1.5}}", "1", 1),
    ],
)
def test_who_keeps_a_part_of_a_post_keeps_one(
    calculate: Calculator, baseline: str, plan: str, displaced: str, heads: int
) -> None:
    text = f"""
        schedules: {{t: {{lanes: [A], steps: {{1: [40_000], 2: [41_000]}}}}}}
        roles: {{aide: {{schedule: t, average: 40_000, new_hire: 30_000}}}}
        baseline: {{aide: {baseline}}}
        scenarios: {{plan: {{{plan}}}}}
    """
    found = calculate(plain(text))["plan"]
    assert found.displaced is not None
    assert found.displaced_people is not None
    assert [found.displaced["aide"], found.displaced_people["aide"]] == [Decimal(displaced), heads]


@both
@pytest.mark.parametrize(
    ("change", "displaced", "heads"),
    [
        ("{aide: -1, tutor: +0.5}", "0.5", 0),  # one of ten works half time, as a tutor
        ("{aide: -2.5, tutor: +2}", "0.5", 0),  # two move, and one stays at half time
        ("{aide: -3, tutor: +2}", "1", 1),
        ("{aide: -2, tutor: +0.5}", "1.5", 1),
    ],
)
def test_who_moves_is_not_displaced(calculate: Calculator, change: str, displaced: str, heads: int) -> None:
    text = f"""
        roles: {{aide: {{salary: 30_000}}, tutor: {{salary: 35_000, filled_from: aide}}}}
        baseline: {{aide: 10}}
        scenarios: {{plan: {{change: {change}}}}}
    """
    found = calculate(plain(text))["plan"]
    assert found.displaced is not None
    assert found.displaced_people is not None
    assert [found.displaced["aide"], found.displaced_people["aide"]] == [Decimal(displaced), heads]


def test_of_people_who_are_displaced_in_one_year_some_come_back_in_the_next() -> None:
    """Of two who keep no post one is called back to the post that a tutor has from the second year on."""
    file = """
        year: 2026-27
        forecast: {cola: 0%, steps: 0}
        roles: {aide: {salary: 30_000, new_hire: 25_000}, tutor: {salary: 35_000, filled_from: aide}}
        baseline: {aide: 10}
        scenarios: {plan: {change: {aide: -2, tutor: {fte: +1, from: 2027-28}}}}
    """
    school = ledger(file).school
    found = [cost_school(in_year(school, years)) for years in (0, 1)]
    assert [post_measures(plan_of(one, "plan")).displaced_people for one in found] == [2, 1]


def test_shares_of_people_are_added_up_before_they_are_rounded() -> None:
    """Of 1.5 FTE of three roles a third of each goes: half a post, and not 0.49999999."""
    file = """
        roles: {{a: {{salary: 3}}, b: {{salary: 3}}, c: {{salary: 3}}}}
        baseline: {{{0}}}
        scenarios: {{plan: {{staffing: {{{1}}}}}}}
    """
    each = "{{people: 3, fte_each: {}}}"
    today = ", ".join(f"{role}: {each.format('1/6')}" for role in "abc")
    plan = ", ".join(f"{role}: 1/3" for role in "abc")
    posts = post_measures(plan_of(ledger(file.format(today, plan)), "plan"))
    assert [posts.given_up, posts.displaced] == [Decimal("0.5"), Decimal("0.5")]
