"""Changes by a share of today's staff, by a ratio, and by several entries of one role."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import problems, staff
from schools import school

FILE = """
students: 100
roles: {teacher: {salary: 5}, aide: {salary: 4}, tutor: {salary: 3}, lead: {salary: 6}}
baseline: {teacher: {per_students: 20}, aide: 8.5, tutor: {people: 10}, lead: {per: teacher, each: 5}}
scenarios: {first: {change: {aide: -10%%}}, other: %s}
"""


def held(scenario: str, role: str) -> Decimal:
    """How many hold a role in the scenario."""
    return staff(school(FILE % scenario), "other")[role]


@pytest.mark.parametrize(
    ("scenario", "role", "number"),
    [
        ("{change: {aide: -10%}}", "aide", "7.65"),
        ("{change: {aide: {fte: +20%}}}", "aide", "10.2"),
        ("{like: first, change: {aide: -10%}}", "aide", "6.8"),
        ("{change: {tutor: -20%}}", "tutor", "8"),
        ("{change: {tutor: {people: -20%}}}", "tutor", "8"),
        ("{students: 200, change: {teacher: -10%}}", "teacher", "9.5"),
        ("{change: {aide: [-10%, +1]}}", "aide", "8.65"),
        ("{change: {aide: {per_students: 20}}}", "aide", "5"),
        ("{change: {aide: [{per_students: 20}, +2]}}", "aide", "7"),
        ("{like: first, change: {lead: {per: aide, each: 5}}}", "lead", "1.53"),
        ("{change: {tutor: {per_students: 10}}}", "tutor", "10"),
    ],
)
def test_a_change_may_be_a_share_of_today_or_a_ratio_or_several_entries(scenario: str, role: str, number: str) -> None:
    assert held(scenario, role) == Decimal(number)


@pytest.mark.parametrize(
    ("scenario", "what", "hint"),
    [
        ("{change: {aide: 10%}}", "`10%` is no number of FTE", "has a sign: +10% or -10%"),
        ("{change: {aide: -110%}}", "takes away more than there is", "the least is -100%"),
        ("{change: {tutor: -25%}}", "`-25%` of 10 people of `tutor` is 2.5 people", "people are counted whole"),
        ("{change: {lead: -10%}}", "whose number follows that of another role", "state another ratio"),
        ("{staffing: {aide: -10%}}", "where all of it is stated", "stands under `change`"),
        ("{change: {aide: {per_students: 20, fte: +5%}}}", "a ratio and a share of today's", "two entries"),
        ("{change: {aide: []}}", "an empty list", "write the number"),
        ("{change: {aide: {peple: 2}}}", "unknown key `peple` in scenarios › other › change › aide", "`people`"),
    ],
)
def test_what_no_change_can_be_is_told_with_what_would_be_right(scenario: str, what: str, hint: str) -> None:
    [problem] = problems(FILE % scenario)
    assert what in problem.message
    assert hint in problem.hint
