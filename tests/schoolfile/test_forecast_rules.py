"""The rules of a forecast: what a rule says in a year, and how rules are laid over one another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from schools import school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.years.later_years import in_year
from staffcalc.language.rules import first_stated, growth, rule_of, steps
from staffcalc.language.schema import json_schema
from staffcalc.language.school_year import first_of, later
from staffcalc.school.reading import read_school
from staffcalc.school.school import School
from staffcalc.source.tree import Tree, read_tree

SCHOOL = """
year: 2026-27
roles: {teacher: {salary: 100_000, unit: teachers}, aide: {salary: 100_000, unit: support}}
baseline: {teacher: 1, aide: 1}
"""


def stated(*rules: str, name: str = "teachers") -> list[str]:
    """What the rules say of a name in the school years that begin in 2027, 2028 and 2029, the nearest rule first."""
    read = [rule_of(growth)(tree(rule)) for rule in rules]
    found = [first_stated(read, name, year) for year in (2027, 2028, 2029)]
    return ["none" if one is None else f"{(one.value * 100).normalize():f}%" for one in found]


def tree(rule: str) -> Tree:
    found: Tree = read_tree(f"rule: {rule}", "school.yaml")[0]["rule"]  # type: ignore[index]
    return found


def raises(one: School, scenario: str = "baseline") -> list[list[int]]:
    """By how much each year's salaries are above the year before, of the teacher and of the aide."""
    years: list[list[Decimal]] = []
    for number in range(4):
        plan = next(plan for plan in cost_school(in_year(one, number)).plans if plan.name == scenario)
        years.append([total([line for line in plan.lines if line.role == role]) for role in ("teacher", "aide")])
    return [[int(now[i] - before[i]) for before, now in pairwise(years)] for i in range(2)]


@pytest.fixture
def extended(tmp_path: Path) -> tuple[Path, Path]:
    """A district's file, and a school's that extends it."""
    (near := tmp_path / "near.yaml").write_text("extends: far.yaml\n", encoding="utf-8")
    return tmp_path / "far.yaml", near


# One rule


def test_a_bare_rate_is_that_of_every_year_and_every_name() -> None:
    assert stated("2%") == ["2%", "2%", "2%"]
    assert stated("{value: 2%, source: contract}") == ["2%", "2%", "2%"]


def test_a_dated_rate_replaces_that_of_each_year_in_its_year_alone() -> None:
    assert stated("{each_year: 2%, 2028-29: 0%}") == ["2%", "0%", "2%"]


def test_without_a_rate_of_each_year_nothing_is_said_of_other_years() -> None:
    assert stated("{2028-29: 3%}") == ["none", "3%", "none"]


def test_a_name_has_its_own_rates_and_others_those_of_all() -> None:
    rule = "{each_year: 1%, teachers: {each_year: 2%, 2028-29: 0%}}"
    assert stated(rule) == ["2%", "0%", "2%"]
    assert stated(rule, name="support") == ["1%", "1%", "1%"]


def test_what_a_name_does_not_say_of_a_year_is_said_for_all() -> None:
    assert stated("{each_year: 1%, teachers: {2028-29: 0%}}") == ["1%", "0%", "1%"]


@pytest.mark.parametrize(("written", "gained"), [("freeze", "0"), ("half", "0.5"), ("1", "1"), ("2.5", "2.5")])
def test_steps_are_a_number_a_freeze_or_half(written: str, gained: str) -> None:
    assert steps(tree(written)).value == Decimal(gained)


@pytest.mark.parametrize(
    ("year", "first"), [("2026-27", 2026), ("2026", 2026), ("2099-00", 2099), ("2026-28", None), ("next year", None)]
)
def test_a_school_year_is_known_by_the_year_in_which_it_begins(year: str, first: int | None) -> None:
    assert first_of(year) == first


def test_later_years_are_named_in_the_form_of_the_first() -> None:
    assert [later("2098-99", number) for number in range(3)] == ["2098-99", "2099-00", "2100-01"]
    assert later("2026", 4) == "2030"


# Rules over one another: a scenario's over the file's, a file's over what it extends; both alike

LAID = [
    # the file's rule, the nearer one, and the raises of the teacher and of the aide in three years
    ("2%", "5%", ["5%"] * 3, ["5%"] * 3),
    ("2%", "{teachers: 5%}", ["5%"] * 3, ["2%"] * 3),
    ("2%", "{2028-29: 0%}", ["2%", "0%", "2%"], ["2%", "0%", "2%"]),
    ("2%", "{teachers: {2028-29: 0%}}", ["2%", "0%", "2%"], ["2%"] * 3),
    ("2%", "{value: 4%, source: contract}", ["4%"] * 3, ["4%"] * 3),
    ("{value: 2%, source: contract}", "{2028-29: 0%}", ["2%", "0%", "2%"], ["2%", "0%", "2%"]),
    ("{teachers: 2%, support: 1%}", "3%", ["3%"] * 3, ["3%"] * 3),
    ("{teachers: 2%, support: 1%}", "{teachers: {2028-29: 0%}}", ["2%", "0%", "2%"], ["1%"] * 3),
    ("{teachers: {2027-28: 9%}}", "{teachers: {2028-29: 4%}}", ["9%", "4%", "none"], ["none"] * 3),
    ("{teachers: {2028-29: 0%}}", "{teachers: {2028-29: 4%}}", ["none", "4%", "none"], ["none"] * 3),
    ("{each_year: 2%, 2028-29: 0%}", "{each_year: 3%}", ["3%", "0%", "3%"], ["3%", "0%", "3%"]),
    ("{each_year: 2%, 2028-29: 0%}", "{2028: 7%}", ["2%", "7%", "2%"], ["2%", "7%", "2%"]),
    ("{each_year: 2%, source: contract}", "{2028-29: 0%, note: freeze}", ["2%", "0%", "2%"], ["2%", "0%", "2%"]),
    ("{teachers: {2027-28: 9%, each_year: 1%}}", "{teachers: 2%}", ["2%"] * 3, ["none"] * 3),
]


@pytest.mark.parametrize(("far", "near", "teachers", "support"), LAID)
def test_a_nearer_rule_replaces_what_it_names(far: str, near: str, teachers: list[str], support: list[str]) -> None:
    assert stated(near, far) == teachers
    assert stated(near, far, name="support") == support


@pytest.mark.parametrize(("far", "near"), [(far, near) for far, near, _, _ in LAID])
def test_a_scenario_and_an_extending_file_mean_the_same(far: str, near: str, extended: tuple[Path, Path]) -> None:
    base, own = extended
    file = f"{SCHOOL}forecast: {{cola: {far}}}\n"
    base.write_text(f"{file}scenarios: {{other: {{forecast: {{cola: {near}}}}}}}\n", encoding="utf-8")
    own.write_text(f"extends: far.yaml\nforecast: {{cola: {near}}}\n", encoding="utf-8")
    assert raises(read_school(str(own))) == raises(read_school(str(base)), "other")


def test_a_rule_that_is_laid_over_keeps_the_other_rules(extended: tuple[Path, Path]) -> None:
    base, own = extended
    base.write_text(SCHOOL + "forecast: {cola: 2%, enrollment: 1%}\n", encoding="utf-8")
    own.write_text("extends: far.yaml\nstudents: 100\nforecast: {cola: 3%}\n", encoding="utf-8")
    found = in_year(read_school(str(own)), 1)
    assert found.plans[0].students is not None
    assert found.plans[0].students.value == 101


def test_enrollment_may_be_spelled_as_elsewhere_in_a_file_and_for_an_editor() -> None:
    text = "school: S\nyear: 2026-27\nstudents: 100\nroles: {a: {salary: 1}}\nbaseline: {a: 1}\nforecast: {WORD: 10%}\n"
    plans = [in_year(school(text.replace("WORD", word)), 1).plans[0] for word in ("enrollment", "enrolment")]
    assert [int(plan.students.value) for plan in plans if plan.students is not None] == [110, 110]
    words = json_schema()["$defs"]["Forecast"]["properties"]
    assert words["enrolment"] == words["enrollment"]
