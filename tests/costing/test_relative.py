"""Figures of a scenario that are so many percent more or less than the file's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import pay, problems
from schools import costs, ledger, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.years.later_years import in_year

FILE = """
school: S
year: 2026-27
students: 110
budget: {general: {amount: 1_000_000}, tax: {revenue: {aid: 5_000, tuition: {per_student: 10}}}}
schedules: {t: {lanes: [A], steps: {1: [40_000]}}}
benefits: {staff: {health: {per_person: 15_000}, pension: {rate: 10%%, up_to: 60_000}}}
roles:
  teacher: {salary: {value: 50_000, years: {2027-28: 52_000}}, benefits: staff}
  lead: {like: teacher, supplement: {amount: 5_000, fund: tax}}
  clerk: {salary: A/1}
baseline: {teacher: 10, lead: 1, clerk: 1}
other_costs: {software: 12_000}
scenarios: {other: %s, further: {like: other, roles: {teacher: {salary: -1%%}}}}
"""


def other(scenario: str, role: str, plan: str = "other") -> dict[str, int]:
    """What a role costs in the scenario, by component."""
    return {name: int(amount) for name, amount in costs(FILE % scenario, role, plan).items()}


def test_a_signed_percentage_is_of_the_files_own_figure() -> None:
    assert other("{roles: {teacher: {salary: +2%}}}", "teacher")["salary"] == 510_000


def test_a_scenario_that_starts_from_another_is_relative_to_the_file_all_the_same() -> None:
    assert other("{roles: {teacher: {salary: +2%}}}", "teacher", "further")["salary"] == 495_000


def test_a_role_that_a_scenario_makes_is_relative_to_the_one_it_is_like() -> None:
    scenario = "{roles: {chief: {like: teacher, salary: +10%}}, change: {chief: 1}}"
    assert other(scenario, "chief")["salary"] == 55_000


def test_what_a_role_has_by_like_is_the_files_own_figure_too() -> None:
    assert other("{roles: {lead: {salary: +2%, supplement: -10%}}}", "lead") == {
        "salary": 51_000,
        "supplement": 4_500,
        "health": 15_000,
        "pension": 5_550,
    }


def test_benefits_may_differ_in_a_scenario() -> None:
    assert other("{benefits: {staff: {health: +5.14%}}}", "teacher")["health"] == 157_710
    assert other("{benefits: {staff: {health: {per_person: 16_000}}}}", "teacher")["health"] == 160_000
    assert other("{benefits: {staff: {pension: {up_to: -50%}}}}", "teacher")["pension"] == 30_000
    assert other("{benefits: {staff: {dental: {per_fte: 500}}}}", "teacher")["dental"] == 5_000


def test_the_benefits_of_a_scenario_hold_in_those_that_start_from_it() -> None:
    assert other("{benefits: {staff: {health: +10%}}}", "teacher", "further")["health"] == 165_000


def test_each_year_has_its_own_figure_changed_alike() -> None:
    read = in_year(school(FILE % "{roles: {teacher: {salary: +10%}}}"), 1)
    salary = [line for line in cost_school(read).plans[1].lines if (line.role, line.component) == ("teacher", "salary")]
    assert total(salary) == 572_000


@pytest.mark.parametrize(
    ("scenario", "name", "found"),
    [
        ("{budget: -3%}", "budget", "976_100"),
        ("{budget: {tax: {revenue: {tuition: +50%}}}}", "budget", "1_006_650"),
        ("{students: +10%}", "cost_per_student", "6_838.84"),
        ("{other_costs: {software: -10%}}", "change", "-1_200"),
        ("{other_costs: {software: {amount: -10%, fund: tax}}}", "change", "-1_200"),
    ],
)
def test_any_figure_of_the_file_may_be_changed_so(scenario: str, name: str, found: str) -> None:
    read = ledger(FILE % scenario)
    assert measure(name, plan_of(read, "other"), read.baseline) == Decimal(found)


def test_a_change_keeps_its_own_source_beside_that_of_the_figure() -> None:
    read = school(FILE % "{roles: {teacher: {salary: {value: +2%, source: Board}}}}")
    figure = pay(read, "teacher", name="other")
    assert figure.value == 51_000
    assert figure.source == "Board"
    assert figure.relative is not None
    assert [one.value for one in figure.relative] == [50_000, Decimal("0.02")]


@pytest.mark.parametrize(
    ("scenario", "what", "hint"),
    [
        (
            "{benefits: {staff: {pension: {rate: +2%}}}}",
            "`+2%` of a rate",
            "12% are so many points, 10.2% such a share",
        ),
        ("{benefits: {staff: {pension: +2%}}}", "`+2%` of a rate", "write the rate itself"),
        ("{benefits: {staff: {dental: +2%}}}", "`+2%` of what?", "there is none here"),
        ("{roles: {clerk: {salary: +2%}}}", "pay of `A/1`, a cell of a schedule", "write the amount"),
        ("{roles: {teacher: {stipend: +2%}}}", "`+2%` is not an amount", "of a figure that the file has"),
        ("{roles: {teacher: {salary: -120%}}}", "`-120%` takes away more than there is", "the least is -100%"),
        ("{budget: {tax: +2%}}", "`+2%` is not an amount", "a signed percentage stands in a scenario"),
    ],
)
def test_what_has_no_figure_to_be_changed_is_refused_with_its_line(scenario: str, what: str, hint: str) -> None:
    [problem, *_] = problems(FILE % scenario)
    assert what in problem.message
    assert hint in problem.hint
    assert problem.place.line == 14


def test_a_group_of_students_is_whole() -> None:
    text = "students: 100\nstudent_groups: {english: 25}\nroles: {a: {salary: 1}}\nbaseline: {a: 1}\n"
    [problem] = problems(text + "scenarios: {more: {student_groups: {english: +10%}}}")
    assert "comes to 27.5" in problem.message


def test_in_the_file_itself_there_is_nothing_to_be_relative_to() -> None:
    [problem] = problems("roles: {a: {salary: +2%}}\nbaseline: {a: 1}")
    assert "a signed percentage stands in a scenario" in problem.hint


def test_a_saving_is_so_many_percent_more() -> None:
    text = """
        roles: {teacher: {salary: 50_000}}
        baseline: {teacher: 1}
        other_costs: {building: {amount: -10_000}}
        scenarios: {closed for longer: {other_costs: {building: {amount: +10%}}}}
    """
    assert total(plan_of(ledger(text), "closed for longer").lines) == 50_000 - 11_000
