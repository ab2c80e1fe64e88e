"""Staff by formula: so many for each student, for each of another role, for each section of a grade."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools import ledger, plan_of
from staffcalc.costing.counts import count_formula
from staffcalc.formula.formula import value
from staffcalc.language.figures import Figure
from staffcalc.school.counts import StaffRatio
from staffcalc.source.problems import Place


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
