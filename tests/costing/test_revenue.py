"""Money that follows students: a budget of named parts by student, grade and group, and the share for staff."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both
from schools import school
from staffcalc.costing.ledger import cost_school
from staffcalc.language.schema import json_schema
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.judging import judge
from staffcalc.report import Money
from staffcalc.school.reading import read_school
from staffcalc.source.problems import SchoolFileError

STAFF = """
roles: {teacher: {category: teacher, salary: 50_000}}
baseline: {teacher: 1}
"""


def budgets(calculate: Calculator, text: str, years: int = 0) -> dict[str, Any]:
    """What the fund general has in each plan."""
    return {
        name: None if plan.budget is None else plan.budget.get("general")
        for name, plan in calculate(plain(text + STAFF), years).items()
    }


# Published revenues, to the dollar


@both
def test_tuition_of_687_students(calculate: Calculator) -> None:
    text = "students: 687\nbudget: {revenue: {tuition: {per_student: 14_027}}}"
    assert budgets(calculate, text) == {"baseline": 9_636_549}


@both
def test_tuition_by_grade(calculate: Calculator) -> None:
    text = """
        grades: {7: 98, 8: 0, 9: 180, 10: 171}
        budget: {revenue: {tuition: {per_student: {7-8: 7_166, 9-10: 8_194}}}}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": 3_578_362}


@both
def test_grades_before_the_first_are_climbed_in_their_order(calculate: Calculator) -> None:
    text = """
        grades: {PK: 5, TK: 7, K: 10, 1: 20}
        budget: {revenue: {early: {per_student: {PK-K: 100}}, school: {per_student: {TK-1: 1_000}}}}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": 22 * 100 + 37 * 1_000}


@both
def test_the_share_for_staff_is_taken_of_all_parts_together(calculate: Calculator) -> None:
    text = "budget: {revenue: {four parts: 5_864_527}, staff_share: 76%}"
    assert budgets(calculate, text) == {"baseline": 4_457_041}  # 4,457,040.52


# How the students count


@both
def test_a_weight_counts_students_of_some_grades_more(calculate: Calculator) -> None:
    text = """
        grades: {8: 100, 9: 50, 10: 50}
        budget: {revenue: {aid: {per_student: 1_000, grades: {9-10: 1.24}}}}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": 100_000 + 124_000}


@both
def test_a_group_keeps_its_share_of_the_students_in_whole_students(calculate: Calculator) -> None:
    """Of 300 students 20 are a group, so of 310 they are 20.67, and that is 21; 5% of 310 are 15.5, and that is 16."""
    text = """
        students: 300
        student_groups: {disabilities: 20, English learners: 5%}
        budget:
          revenue:
            aid: {per_student: 10_000, of: disabilities}
            lessons: {per_student: 1_000, of: English learners}
        scenarios:
          more:   {students: 310}
          stated: {students: 310, student_groups: {disabilities: 30}}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": 215_000, "more": 226_000, "stated": 316_000}


@both
def test_a_school_without_students_yet_states_its_groups_with_those_to_come(calculate: Calculator) -> None:
    text = """
        year: 2026-27
        students: {value: 0, years: {2027-28: 200}}
        student_groups: {disabilities: {value: 0, years: {2027-28: 30}}, English learners: 5%}
        budget:
          revenue:
            aid: {per_student: 10_000, of: disabilities}
            lessons: {per_student: 1_000, of: English learners}
    """
    assert [budgets(calculate, plain_text(text), years)["baseline"] for years in (0, 1)] == [0, 310_000]


@both
def test_each_part_is_rounded_once_and_so_is_the_whole(calculate: Calculator) -> None:
    text = """
        students: 3
        budget: {revenue: {one: {per_student: 0.5}, other: {per_student: 0.5}}, staff_share: 50%}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": 2}  # 1.5 + 1.5 → 2 + 2; half of 4


# Later years


@both
def test_students_grow_and_so_do_the_prices_of_the_parts(calculate: Calculator) -> None:
    text = """
        year: 2026-27
        students: 100
        student_groups: {disabilities: 10}
        budget:
          revenue:
            tuition: {per_student: 10_000}
            aid: {per_student: 1_000, of: disabilities}
            rent: {value: 5_000, years: {2027-28: 6_000}}
        forecast: {enrollment: 4%, budget: 10%}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": 1_000_000 + 10_000 + 5_000}
    assert budgets(calculate, plain_text(text), 1) == {"baseline": 104 * 11_000 + 10 * 1_100 + 6_000}


@both
def test_a_fund_that_has_ended_brings_nothing(calculate: Calculator) -> None:
    text = """
        year: 2026-27
        students: 100
        budget: {general: 60_000, grant: {revenue: {aid: {per_student: 100}}}}
        funds: {grant: {ends: 2026-27}}
    """
    found = [calculate(plain(plain_text(text) + STAFF), years)["baseline"].budget for years in (0, 1)]
    assert [{fund: int(dollars) for fund, dollars in (one or {}).items()} for one in found] == [
        {"general": 60_000, "grant": 10_000},
        {"general": 60_000},
    ]


# No budget, and the budget of today's staff


@both
def test_a_budget_of_the_baseline_and_none_at_all(calculate: Calculator) -> None:
    text = """
        scenarios:
          two:      {change: {teacher: +1}}
          of today: {like: two, budget: baseline}
          own:      {like: two, budget: 70_000}
    """
    assert budgets(calculate, plain_text(text)) == {"baseline": None, "two": None, "of today": 50_000, "own": 70_000}


def plain_text(text: str) -> str:
    """The lines of an indented text from its margin on."""
    from textwrap import dedent

    return dedent(text)


# What cannot be


AMONG_NONE = "what share of these students are `x`? They are stated where there are no students"
REFUSED = {
    "students: 5\nbudget: {revenue: {a: {of: x}}}": "how much is `a`?",
    "budget: {revenue: {a: {per_student: 5}}}": "`a` is per student, but `students` is missing",
    "students: 5\nbudget: {revenue: {a: {per_student: {9: 5}}}}": "`a` is by grade, and there are no `grades`",
    "grades: {9: 5}\nbudget: {revenue: {a: {per_student: {10: 5}}}}": "`10` is no grade here",
    "grades: {9: 5, 10: 5}\nbudget: {revenue: {a: {per_student: {9-10: 5, 9: 6}}}}": "grade `9` is named twice",
    "students: 5\nbudget: {revenue: {a: {per_student: 5, of: x}}}": "`x` is no group of students here",
    "students: 0\nstudent_groups: {x: 0}\nscenarios: {more: {students: 5}}": AMONG_NONE,
    "year: 2026-27\nstudents: {value: 0, years: {2027-28: 5}}\nstudent_groups: {x: 0}": AMONG_NONE,
    "students: 5\nstudent_groups: {x: 2.5}": "`2.5` is not a whole number in student_groups › x",
    "students: 5\nstudent_groups: {x: 6}\nbudget: 5": "`x` are more than the students are",
    "budget: {revenue: {a: {amount: 5, of: x}}}": "`a` has `of` and an amount",
    "budget: {general: {amount: 5, revenue: {a: 5}}}": "the budget of `general` is stated in two ways",
    "budget: {general: {amount: 5, staff_share: 50%}}": "`general` has a `staff_share` and no `revenue`",
    "budget: {general: {note: none}}": "no budget of `general` is stated",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        school(text + STAFF)
    assert REFUSED[text] in [problem.message for problem in caught.value.problems]


def test_what_is_rounded_is_exact() -> None:
    """No float: a share of 76.1% of 5,864,527.50 in cents."""
    text = "rounding: cent\nbudget: {revenue: {a: 5_864_527.50}, staff_share: 76.1%}"
    assert cost_school(school(text + STAFF)).baseline.budget == {"general": Decimal("4462905.43")}


# A file over a file, a scenario over the file


def test_parts_of_a_revenue_are_laid_over_those_of_the_file_by_name() -> None:
    text = """
students: 10
budget: {general: {revenue: {tuition: {per_student: 100}, rent: 500}, staff_share: 50%}}
scenarios:
  dearer: {budget: {general: {revenue: {tuition: {per_student: 200}}}}}
  amount: {budget: {general: 900}}
"""
    found = [plan.budget for plan in cost_school(school(text + STAFF)).plans]
    assert [(one or {})["general"] for one in found] == [750, 1_250, 900]


@pytest.mark.parametrize(
    ("far", "near", "budget"),
    [
        ("500", "{xq: 1_000}", {"general": 500, "xq": 1_000}),
        ("{revenue: {a: 5}}", "{xq: 1_000}", {"general": 5, "xq": 1_000}),
        ("{revenue: {a: 5, b: 6}}", "{general: {revenue: {a: 7}}}", {"general": 13}),
        ("{revenue: {a: 5}, staff_share: 50%}", "{amount: 700}", {"general": 700}),
        ("{general: {value: 5, source: Board}}", "{revenue: {a: 7}}", {"general": 7}),
        ("baseline", "700", {"general": 700}),
        ("{general: 5, xq: 6}", "baseline", {"general": 50_000}),
    ],
)
def test_a_budget_over_another_is_one_by_fund_however_it_is_written(
    far: str, near: str, budget: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / "far.yaml").write_text(f"budget: {far}\n{STAFF}")
    (tmp_path / "near.yaml").write_text(f"extends: far.yaml\nbudget: {near}\n")
    found = cost_school(read_school(str(tmp_path / "near.yaml"))).baseline.budget
    assert {fund: int(dollars) for fund, dollars in (found or {}).items()} == budget


def test_the_schema_takes_a_part_that_is_a_number() -> None:
    import jsonschema

    budget = {"general": {"revenue": {"a": 225_000, "b": {"value": 7, "source": "Board"}}, "staff_share": "76%"}}
    file = {"roles": {"teacher": {"salary": 1}}, "baseline": {"teacher": 1}}
    for one in (budget, 5, "baseline", {"revenue": {"a": {"per_student": {"9-12": 5}}}}, {"xq": {"amount": 5}}):
        jsonschema.Draft202012Validator(json_schema()).validate({**file, "budget": one})


# What is said of it


def test_a_check_that_asks_for_a_budget_nobody_states_cannot_be_judged() -> None:
    checks = "checks: [{measure: left, min: 0}, {measure: cost, max: 98%}, {measure: cost, max: 60_000}]\n"
    found = [(one.level, one.message, one.remedy) for one in judge(cost_school(school(checks + STAFF)))]
    assert found == [
        ("error", "left of `baseline` cannot be judged: no budget is stated", ""),
        ("error", "cost of `baseline` cannot be judged: no budget is stated", ""),
        ("passed", "cost of `baseline` is $50,000", ""),
    ]


def test_what_rests_on_the_figures_of_a_revenue_is_the_budget_without_them() -> None:
    text = "students: 10\nbudget: {general: {revenue: {a: {per_student: 100}, b: 500}, staff_share: 50%}}"
    rows = assumptions([cost_school(school(text + STAFF))]).records().rows
    columns = assumptions([cost_school(school(text + STAFF))]).records().columns
    name, dollars = columns.index("input"), columns.index("dollars")
    found = {str(row[name]): row[dollars] for row in rows if "revenue of general" in str(row[name])}
    assert found == {
        "a per student, revenue of general": Money(Decimal(500)),
        "b, revenue of general": Money(Decimal(250)),
        "staff share, revenue of general": Money(Decimal(750)),
    }
