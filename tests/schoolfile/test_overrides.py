"""The nearer way to state something stands: in a file over what it extends, in a scenario's roles, and by `like`."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from schoolfile.helpers import pay, plan, post
from schools import school
from staffcalc.costing.ledger import cost_school
from staffcalc.language.merging import merge
from staffcalc.school.reading import read_school
from staffcalc.school.school import School
from staffcalc.source.tree import Block, read_tree


def laid(far: str, near: str) -> dict[str, str]:
    """What a block comes to when another is laid over it."""
    merged = merge(read_tree(f"x: {far}", "far.yaml")[0], read_tree(f"x: {near}", "near.yaml")[0])
    assert isinstance(merged, Block)
    (block,) = merged.values()
    return {str(key): str(value) for key, value in block.items()}


PRICED = ["{rate: 5%, on: salary, up_to: 9}", "{per_person: 5}", "{per_fte: 5}", "{per_day: 5, days: 20}"]
PAID = [
    "{salary: 9, new_hire: 8, average: 9, attrition: 1%, extra_days: 5, contract_days: 190}",
    "{hourly: 9, hours_per_week: 30, weeks: 36}",
]


@pytest.mark.parametrize(
    ("far", "near"),
    [
        *permutations(PRICED, 2),
        *permutations(PAID, 2),
        *permutations(["{amount: 5}", "{per_student: 5}"], 2),
        *permutations(["{amount: 5}", "{rate: 5%}"], 2),
        *permutations(["{students: 5}", "{grades: {K: 5}}"], 2),
    ],
)
def test_the_nearer_way_to_price_or_to_count_takes_the_place_of_any_other(far: str, near: str) -> None:
    assert laid(far, near) == laid(near, near)


def test_another_figure_of_the_same_way_leaves_the_rest() -> None:
    assert laid(PRICED[0], "{rate: 6%}") == {"rate": "6%", "on": "salary", "up_to": "9"}
    assert laid(PAID[0], "{new_hire: 7}")["salary"] == "9"
    assert laid(PAID[1], "{weeks: 40}") == {"hourly": "9", "hours_per_week": "30", "weeks": "40"}


def test_a_stipend_stands_beside_any_pay() -> None:
    assert laid("{stipend: 5}", "{hourly: 9}") == {"stipend": "5", "hourly": "9"}
    assert laid("{salary: 9}", "{stipend: 5}") == {"salary": "9", "stipend": "5"}


def test_a_school_may_price_a_districts_benefit_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "far.yaml").write_text(
        "benefits: {staff: {cover: {rate: 5%}}}\n"
        "roles: {teacher: {salary: 50_000, benefits: staff}}\nbaseline: {teacher: 10}\n",
        encoding="utf-8",
    )
    near = tmp_path / "near.yaml"
    near.write_text("extends: far.yaml\nbenefits: {staff: {cover: {per_day: 120, days: 20}}}\n", encoding="utf-8")
    lines = cost_school(read_school(str(near))).baseline.lines
    assert [int(line.amount) for line in lines] == [500_000, 24_000]


# A role that is like another

LIKE = """
roles:
  teacher: {salary: 50_000, new_hire: 42_000, average: 48_000, attrition: 5%, supplement: 1_000}
  lead: {like: teacher, salary: 60_000}
  coach: {like: teacher, supplement: 2_000}
  dean: {like: teacher, salary: 70_000, new_hire: 65_000}
baseline: {teacher: 1, lead: 1, coach: 1, dean: 1}
scenarios: {raise: {roles: {teacher: {salary: 55_000}}}}
"""


def terms(read: School, role: str, name: str = "baseline") -> list[str]:
    """The terms of pay that a role has in a plan."""
    keys = ("salary", "new_hire", "average", "attrition", "supplement")
    return [key for key in keys if getattr(post(read, role, name).role, key) is not None]


def test_a_role_with_a_salary_of_its_own_inherits_no_other_pay_that_goes_with_a_salary() -> None:
    read = school(LIKE)
    assert terms(read, "lead") == ["salary", "supplement"]
    assert terms(read, "dean") == ["salary", "new_hire", "supplement"]
    assert terms(read, "coach") == ["salary", "new_hire", "average", "attrition", "supplement"]


def test_a_role_that_is_laid_over_keeps_its_new_hire() -> None:
    assert pay(school(LIKE), "teacher", "new_hire", "raise").value == 42_000


def test_months_taken_over_by_like_leave_a_salary_in_dollars_alone_and_hold_for_those_on_cells() -> None:
    read = school("""
        schedules: {t: {lanes: [A], steps: {1: [40_000]}, months: 10}}
        roles: {clerk: {salary: A/1, months: 12}, chief: {like: clerk, salary: 60_000}, lead: {like: chief}}
        baseline: {clerk: 1, chief: 1, lead: {A/1: 1}}
    """)
    assert [line.amount for line in cost_school(read).baseline.lines] == [48_000, 60_000, 48_000]


@pytest.mark.parametrize("where", ["{cut_saves: own, %s}", "{%s, scenarios: {x: {cut_saves: new_hire}}}"])
def test_what_a_post_given_up_saves_may_be_said_of_a_file_and_a_scenario(where: str) -> None:
    staff = "roles: {teacher: {salary: 5, cut_saves: own}}, baseline: {teacher: 1}"
    assert plan(school(where % staff)).staff[0].post.role.cut_saves == "own"


# Where a figure comes from is what stands around it, not around what names it again


@pytest.mark.parametrize(
    ("around_a", "around_b", "source", "assumed"),
    [
        ("source: State rates, ", "", "State rates", False),
        ("assumed: true, ", "source: State rates, ", None, True),
        ("", "source: State rates, ", None, False),
    ],
)
def test_an_alias_has_the_source_of_its_anchor(around_a: str, around_b: str, source: str, assumed: bool) -> None:
    read = school(f"""
        benefits:
          a: {{{around_a}pension: &pension {{rate: 10%}}, dental: {{per_fte: &amount 500}}}}
          b: {{{around_b}pension: *pension, dental: {{per_fte: *amount}}}}
        roles: {{teacher: {{salary: 50_000, benefits: a}}, aide: {{salary: 20_000, benefits: b}}}}
        baseline: {{teacher: 10, aide: 2}}
    """)
    for role in ("teacher", "aide"):
        components = post(read, role).components
        for figure in (components["pension"].price, components["dental"].price):
            assert figure is not None
            assert (figure.source, figure.assumed) == (source, assumed)


def test_a_figure_keeps_its_source_where_a_file_with_another_extends_it(tmp_path: Path) -> None:
    (tmp_path / "far.yaml").write_text(
        "roles: {source: District, teacher: {salary: 50_000}}\nbaseline: {teacher: 1}\n", encoding="utf-8"
    )
    near = tmp_path / "near.yaml"
    near.write_text(
        "extends: far.yaml\nroles: {source: School, teacher: {supplement: 5}, lead: {like: teacher}}\n"
        "baseline: {lead: 1}\n",
        encoding="utf-8",
    )
    read = read_school(str(near))
    assert [pay(read, role).source for role in ("teacher", "lead")] == ["District", "District"]
    assert pay(read, "lead", "supplement").source == "School"
