"""Staff by formula: so many for each student, for each of another role, for each section of a grade."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools import ledger, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.staff.counts import count_formula
from staffcalc.costing.years.later_years import in_year
from staffcalc.formula.formula import value
from staffcalc.language.figures import Figure
from staffcalc.school.parts.counts import StaffRatio
from staffcalc.source.problems import Place, SchoolFileError


def fte(entry: str, students: int = 400, scenario: str = "baseline", more: str = "") -> Decimal:
    """The FTE of a nurse stated so, beside ten teachers."""
    enrolled = "grades: {K: 66, 1: 67}" if "sections" in entry else f"students: {students}"
    class_ = "grades: {K: 89}" if "sections" in entry else "note: as it is"
    text = f"""
{enrolled}
roles: {{teacher: {{salary: 50_000}}, nurse: {{salary: 60_000}}}}
baseline: {{teacher: 10, nurse: {entry}}}
scenarios:
  more students: {{{"note: as it is" if "sections" in entry else "students: 700"}}}
  more teachers: {{change: {{teacher: +2}}}}
  another nurse: {{change: {{nurse: +1}}}}
  another class: {{{class_}}}
"""
    return next(role.fte for role in plan_of(ledger(text), scenario).staff if role.role == "nurse")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{per_students: 250}", "1.6"),
        ("{per_students: 250, rounding: none}", "1.6"),
        ("{per_students: 250, rounding: up}", "2"),
        ("{per_students: 250, rounding: nearest 0.5}", "1.5"),
        ("{per_students: 250, rounding: up 0.5}", "2"),
        ("{per_students: 250, rounding: nearest}", "2"),
        ("{fte: 1.253, per_students: 400}", "1.253"),
        ("{per: teacher, each: 6}", "1.66666667"),
        ("{per: teacher, each: 6, rounding: up}", "2"),
        ("{fte: 0.5, per: teacher, each: 5}", "1"),
        ("{sections: {K: 22, 1: 22}}", "7"),
        ("{sections: {K: 22, 1: 22}, fte: 1.2}", "8.4"),
        ("{sections: {K: 22, 1: 22}, fte: 1.1, rounding: up}", "8"),  # 3.3 and 3.35 are four each
        ("{sections: {K: 22, 1: 22}, fte: 1.1, rounding: nearest}", "6"),
        ("{sections: {K: 22, 1: 22}, section_rounding: up, fte: 1.1, rounding: up}", "9"),  # of 3 and of 4: 4 and 5
        ("{sections: {K: 22, 1: 22}, section_rounding: up, fte: 1.1, rounding: nearest}", "7"),
    ],
)
def test_a_ratio_comes_to_so_many_fte(entry: str, expected: str) -> None:
    assert fte(entry) == Decimal(expected)


def test_a_ratio_to_people_counts_their_fte() -> None:
    text = """
        roles: {aide: {salary: 20_000}, lead: {salary: 60_000}}
        baseline: {aide: {people: 6, fte_each: 0.5}, lead: {per: aide, each: 2}}
        scenarios: {more: {change: {aide: {people: +2}}}}
    """
    found = ledger(text)
    leads = [role.fte for plan in found.plans for role in plan.staff if role.role == "lead"]
    assert leads == [Decimal("1.5"), 2]


PER_ROLES = """
    year: 2026-27
    funds: {grant: {ends: 2027-28, then: stop}}
    roles:
      teacher: {salary: 50_000}
      team teacher: {salary: 55_000, fund: grant}
      aide: {salary: 20_000}
      coach: {salary: 60_000, release: {share: 50%, cover: substitute}}
      substitute: {salary: 30_000}
    baseline:
      teacher: 10
      team teacher: 2
      aide: {people: 8, fte_each: 0.5}
      coach: {per: [teacher, team teacher, aide], each: 6, rounding: up 0.5}
    scenarios:
      more teachers: {change: {teacher: +3}}
      other teachers: {change: {team teacher: +2, aide: {people: -4}}}
      without teachers: {staffing: {aide: {people: 8, fte_each: 0.5}, coach: {per: [teacher, aide], each: 2}}}
      another coach: {change: {coach: {per: [teacher, aide], each: 14}}}
"""


def coaches(scenario: str, year: int = 0, text: str = PER_ROLES) -> tuple[Decimal, ...]:
    """The FTE of coaches, and of those who cover for them."""
    found = {role.role: role.fte for role in plan_of(cost_school(in_year(school(text), year)), scenario).staff}
    return found["coach"], found["substitute"]


@pytest.mark.parametrize(
    ("scenario", "coach"),
    [
        ("baseline", "3"),  # 10 + 2 + 8 × 0.5 = 16, one for every 6
        ("more teachers", "3.5"),
        ("other teachers", "3"),
        ("without teachers", "2"),  # nobody of a role is none of them all
        ("another coach", "1"),  # a ratio in a change states them anew
    ],
)
def test_a_ratio_counts_several_roles_together(scenario: str, coach: str) -> None:
    assert coaches(scenario) == (Decimal(coach), Decimal(coach) / 2)


def test_a_ratio_to_several_roles_counts_those_who_are_left_in_each_year() -> None:
    assert coaches("baseline", 1)[0] == 3
    assert coaches("baseline", 2)[0] == Decimal("2.5")  # 14 are left when the grant has ended


def test_thirds_of_several_roles_are_counted_exactly() -> None:
    text = """
        roles: {a: {salary: 1}, b: {salary: 1}, c: {salary: 1}, lead: {salary: 60_000}}
        baseline: {a: 2/3, b: 2/3, c: 2/3, lead: {per: [a, b, c], each: 2, rounding: up}}
    """
    assert next(role.fte for role in plan_of(ledger(text), "baseline").staff if role.role == "lead") == 1


def test_a_role_may_be_dated_where_several_are_counted() -> None:
    text = PER_ROLES.replace("teacher: 10\n", "teacher: {fte: {value: 10, years: {2027-28: 20}}}\n")
    assert coaches("baseline", 0, text)[0] == 3
    assert coaches("baseline", 1, text)[0] == Decimal("4.5")


@pytest.mark.parametrize(
    ("per", "message"),
    [
        ("[teacher, team techer]", "`team techer` is no role here"),
        ("[teacher, aide, teacher]", "`teacher` is named twice"),
        ("[teacher, coach]", "a circle: `coach` counts `coach`"),
        ("[teacher, substitute]", "a circle: `coach` counts `substitute`, which counts `coach`"),
        ("[]", "an empty list"),
    ],
)
def test_a_ratio_to_several_roles_is_refused_with_what_is_wrong(per: str, message: str) -> None:
    wrong = PER_ROLES.replace("per: [teacher, team teacher, aide]", f"per: {per}")
    with pytest.raises(SchoolFileError) as refused:
        ledger(wrong)
    assert message in str(refused.value)


def test_other_students_move_the_staff() -> None:
    assert fte("{per_students: 250}", scenario="more students") == Decimal("2.8")
    assert fte("{per_students: 250}", students=500) == 2


def test_more_of_the_other_role_move_the_staff() -> None:
    assert fte("{per: teacher, each: 6}", scenario="more teachers") == 2


def test_one_student_more_may_open_a_section() -> None:
    assert fte("{sections: {K: 22}}") == 3
    assert fte("{sections: {K: 22}}", scenario="another class") == 5


def test_a_change_comes_on_top_of_the_ratio() -> None:
    assert fte("{per_students: 250, rounding: up}", scenario="another nurse") == 3


@given(
    students=st.integers(0, 100_000),
    hundredths=st.integers(1, 500),
    each=st.integers(1, 5_000),
    step=st.sampled_from([None, "0.5", "1", "0.001", "0.25"]),
    up=st.booleans(),
)
def test_the_file_and_the_ledger_count_alike(
    students: int, hundredths: int, each: int, step: str | None, up: bool
) -> None:
    def figure(number: Decimal | int) -> Figure:
        return Figure(Decimal(number), "number", Place("plan.yaml"))

    ratio = StaffRatio(
        "students",
        (figure(students),),
        Place("plan.yaml"),
        fte=figure(Decimal(hundredths) / 100),
        each=figure(each),
        step=None if step is None else figure(Decimal(step)),
        up=up and step is not None,
    )
    assert value(count_formula("FTE", ratio)) == ratio.value
