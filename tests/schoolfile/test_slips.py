"""Slips that a reader of the file would make, and where they are told: one line each, its place and its message."""

from __future__ import annotations

import pytest

from schoolfile.helpers import messages, problems
from schools import costs, paid, school

FILE = """
year: 2026-27
students: 100
budget: {general: 900_000, a: 1, b: 1, c: 1}
benefits: {staff: {fica: {rate: 6%, up_to: 90_000}, health: {per_person: 5_000}}}
schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [41_000]}}}
roles:
  teacher: {category: teacher, salary: 50_000, benefits: staff, saves: {vacancies: {per_fte: 5}}}
  tutor: {category: support, schedule: t}
  lead: {category: leader, salary: 60_000, release: {share: 50%, cover: teacher}}
  sub: {category: support, salary: 9, absence_days: 8, substitute_day_rate: 120}
other_costs: {software: {amount: 5_000}}
"""
STAFF = "baseline: {teacher: 10, tutor: {BA/1: 2, BA/2: 4}, lead: 2, sub: 1}\n"

SLIPS = {
    "funds that end in a circle with a tail": (
        STAFF + "funds: {a: {ends: 2027-28, then: b}, b: {ends: 2027-28, then: c}, c: {ends: 2027, then: b}}\n",
        "14:34: `a` ends, and so does whatever would pay after it",
    ),
    "a ratio beside cells": (
        "baseline: {tutor: {per_students: 20, BA/1: 3}}\n",
        "13:12: `tutor` is stated in two ways",
    ),
    "a circle through the cover of released time": (
        "baseline: {teacher: 10, lead: {per: teacher, each: 5}}\n",
        "13:37: a circle: `lead` counts `teacher`, which counts `lead`",
    ),
    "a unit that nobody is in, in a scenario's rules": (
        STAFF + "scenarios: {x: {forecast: {cola: {tt: 2%}}}}\n",
        "14:35: `tt` is no unit here",
    ),
    "an assumption that is neither true nor false": (
        STAFF + "forecast: {cola: {2027-28: 2%, assumed: maybe}}\n",
        "14:41: neither true nor false in forecast › cola",
    ),
    "more taken from a cell than is there": (
        STAFF + "scenarios: {x: {change: {tutor: {BA/1: -3}}}}\n",
        "14:40: removes 3 FTE of `tutor` from BA/1, but there are 2",
    ),
    "a note in a list among dated figures": (
        STAFF.replace("teacher: 10", "teacher: {fte: {value: 10, years: {note: [a], 2027-28: 5}}}"),
        "13:53: a list where words are meant in baseline › teacher › fte",
    ),
    "a cap on what has none": (
        STAFF + "forecast: {caps: {health: 2%}}\n",
        "14:19: `health` is no capped component here",
    ),
    "a cap for all": (
        STAFF + "forecast: {enrollment: {t: 2%}}\n",
        "14:25: `enrollment` is one rule for all, and names `t`",
    ),
    "another cost that is not there": (
        STAFF + "forecast: {other_costs: {sofware: 2%}}\n",
        "14:26: `sofware` is no other cost here",
    ),
    "a check narrowed by what its measure does not have": (
        STAFF + "checks: [{measure: left, category: teacher, min: 0}]\n",
        "14:36: `left` cannot be narrowed by category",
    ),
    "a check of a year that nobody forecasts": (
        STAFF + "checks: [{measure: left, year: 2056-57, min: 0}]\n",
        "14:32: `2056-57` is in no forecast of this file",
    ),
    "a fund that pays for another role": (
        STAFF + "funds: {general: {pays_for: {role: [teacher, tutor, lead]}}}\n",
        "11:3: `general` may not pay for `sub`",
    ),
    "parts of a post in two rows that are less than all of it": (
        "roster:\n  - {id: 1, role: teacher, fte: 1, salary: 9, fund: a, share: 60%}\n"
        "  - {id: 1, role: teacher, fte: 1, salary: 9, fund: b, share: 30%}\n",
        "14:63: the rows of `1` hold 90% of the post of teacher",
    ),
    "a schedule that the file does not have": (
        "baseline: {lead: {PhD/1: 1}}\n",
        "13:19: `PhD` is no lane of `t`",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_place(slip: str) -> None:
    text, expected = SLIPS[slip]
    first = problems(FILE + text)[0]
    assert f"{first.place.line}:{first.place.column}: {first.message}" == expected
    assert first.hint


def test_a_ratio_to_students_needs_students() -> None:
    text = FILE.replace("students: 100\n", "") + "baseline: {teacher: {per_students: 20}}\n"
    (problem,) = problems(text)
    assert problem.message == "`teacher` is by the number of students, which is missing"


def test_the_last_year_that_may_be_forecast_may_be_checked() -> None:
    school(FILE + STAFF + "checks: [{measure: left, year: 2055-56, min: 0}]\n")


def test_whatever_has_a_price_may_grow_by_its_name() -> None:
    benefits = "{health: 5%, fica: 0%, vacancies: 3%, substitutes: 2%}"
    rules = f"benefits: {benefits}, caps: {{fica: 4%}}, other_costs: {{2028: 1%, software: 2%}}"
    (forecast,) = school(FILE + STAFF + f"forecast: {{{rules}}}\n").plans[0].forecast
    assert forecast.caps is not None
    assert forecast.other_costs is not None
    assert list(forecast.caps.named) == ["fica"]
    assert list(forecast.other_costs.named) == ["software"]


def test_where_no_substitutes_are_paid_their_pay_does_not_grow() -> None:
    plan = "roles: {teacher: {salary: 5}}\nbaseline: {teacher: 2}\nforecast: {benefits: {substitutes: 2%}}\n"
    assert messages(f"year: 2026-27\n{plan}") == ["`substitutes` is no benefit here"]


@pytest.mark.parametrize("amount", ["' $12,000 '", "'12_000 '", "+12_000", "{value: ' 12,000', note: 2015}"])
def test_blanks_around_a_quoted_figure_are_nothing(amount: str) -> None:
    assert costs(f"roles: {{teacher: {{salary: {amount}}}}}\nbaseline: {{teacher: 1}}\n", "teacher") == {
        "salary": 12_000
    }


def test_a_quoted_percentage_may_have_blanks() -> None:
    text = "roles: {teacher: {salary: 100, costs: {fee: {rate: ' 5 % '}}}}\nbaseline: {teacher: 1}\n"
    assert costs(text, "teacher")["fee"] == 5


def test_a_cell_is_told_of_beside_what_is_wrong_elsewhere_but_not_beside_schedules_that_are_wrong() -> None:
    cells = "roles: {teacher: {}}\nbaseline: {teacher: {BA/1: 1}}\n"
    first, second = problems(f"students: many\n{cells}")
    assert first.place.line == 1
    assert second.message == "`BA/1` is a cell, but the file has no salary schedule"
    (only,) = problems(f"schedules: [BA]\n{cells}")
    assert only.place.line == 1


@pytest.mark.parametrize(
    ("salary", "plans", "told"),
    [
        ("many", "roster: [{id: 1, role: teacher, fte: 1, salary: 5}]", "`many` is not an amount"),
        (
            "5",
            "baseline: {teacher: 2}\nscenarios: {x: {roles: {teacher: {like: tutor}}, staffing: {aide: 1}}}",
            "`teacher` is like `tutor`, which is no role here",
        ),
    ],
)
def test_a_role_that_is_wrong_is_told_once_wherever_it_is_named(salary: str, plans: str, told: str) -> None:
    (message,) = messages(f"roles: {{teacher: {{salary: {salary}}}, aide: {{salary: 5}}}}\n{plans}\n")
    assert message.startswith(told)


def test_a_component_that_is_wrong_is_told_once_though_a_check_names_it() -> None:
    text = """
benefits: {staff: {pension: {rate: much}}}
roles: {teacher: {salary: 5, benefits: staff}}
baseline: {teacher: 2}
checks: [{measure: cost, component: pension, max: 3}]
"""
    (message,) = messages(text)
    assert message.startswith("`much` is not a rate")


def test_a_mode_of_learning_that_is_wrong_is_told_once_though_a_check_measures_it() -> None:
    learning = "learning: {whole class: {minutes: many, group_size: 25}}\n"
    (message,) = messages(f"{FILE}{STAFF}{learning}checks: [{{measure: group_size, max: 25}}]\n")
    assert message.startswith("`many` is not a number of minutes")


def test_a_grade_that_is_wrong_is_told_once_though_a_mode_of_learning_names_it() -> None:
    learning = "learning: {whole class: {minutes: 900, group_size: 25, grades: [6]}}\n"
    (message,) = messages(
        f"grades: {{6: many, 7: 80}}\nroles: {{aide: {{salary: 5}}}}\nbaseline: {{aide: 3}}\n{learning}"
    )
    assert message.startswith("`many` is not a number of students")


def test_a_team_that_is_wrong_is_told_once_though_a_check_measures_it() -> None:
    teams = "teams: {one: {leader: lede}}\n"
    (message,) = messages(f"{FILE}{STAFF}{teams}checks: [{{measure: team_size, min: 3}}]\n")
    assert message == "`lede` is no role here"


def test_a_change_in_people_of_a_role_in_fte_is_told_once_however_many_it_takes() -> None:
    (problem,) = problems(f"{FILE}{STAFF}scenarios: {{x: {{change: {{lead: {{people: -5}}}}}}}}\n")
    assert problem.message == "`lead` is counted in FTE, and this change in people"


def test_a_schedule_that_is_wrong_is_told_once_though_a_role_is_paid_by_it() -> None:
    text = """
schedules: {s: {lanes: [BA], steps: {1: [many]}}}
roles: {teacher: {schedule: s}}
baseline: {teacher: {BA/1: 2}}
"""
    (message,) = messages(text)
    assert message.startswith("`many` is not an amount")


def test_in_a_row_of_roles_that_fill_each_other_the_one_that_is_not_there_is_told() -> None:
    roles = "{lead: {salary: 5, filled_from: coach}, coach: {salary: 6, filled_from: techer}, teacher: {salary: 4}}"
    (problem,) = problems(f"roles: {roles}\nbaseline: {{teacher: 1, coach: 1, lead: 1}}\n")
    assert (problem.message, problem.hint) == ("`techer` is no role here", "did you mean `teacher`?")


def test_a_fund_pays_another_cost_that_it_names() -> None:
    text = """
    budget: {general: 900, grant: 900}
    roles: {aide: {salary: 5}}
    baseline: {aide: 1}
    other_costs: {software: {amount: 9, funds: {grant: 100%}}}
    funds: {grant: {pays_for: {component: [software]}}}
    """
    assert paid(text, "software") == {"grant": 9}
    (problem,) = problems(text.replace("[software]", "[salary]"))
    assert (problem.message, problem.hint) == ("`grant` may not pay for `software`", "it pays only for salary")


def test_a_long_line_of_ratios_is_told_where_it_begins() -> None:
    entries = [f"  role {number}: {{per: role {number + 1}, each: 2}}" for number in range(59)]
    roles = ", ".join(f"role {number}: {{salary: 5}}" for number in range(60))
    (problem,) = problems("\n".join([f"roles: {{{roles}}}", "baseline:", *entries, "  role 59: 1", ""]))
    assert (problem.place.line, problem.place.column) == (3, 17)
    assert problem.message == "more than 50 ratios and covers, each counting the next"


def test_a_schedule_of_several_is_named_by_the_role() -> None:
    text = """
    schedules: {t: {lanes: [BA], steps: {1: [40]}}, u: {lanes: [BA], steps: {1: [50]}}}
    roles: {teacher: {schedule: u}, aide: {}}
    baseline: {teacher: {BA/1: 1}}
    """
    assert costs(text, "teacher") == {"salary": 50}
    (problem,) = problems(text.replace("1}}\n", "1}, aide: {BA/1: 1}}\n"))
    assert (problem.message, problem.hint) == ("`BA/1` may be of several schedules", "give the role a `schedule`: t, u")


def test_the_funds_that_are_known_are_told_in_the_order_of_the_file() -> None:
    text = """
        budget: {cc: 1, aa: 2, bb: 3}
        roles: {teacher: {salary: 1, funds: {bb: 100%}}}
        baseline: {teacher: 1}
        checks: [{measure: budget, fund: zzzz, min: 0}]
    """
    (problem,) = problems(text)
    assert problem.hint == "known funds: cc, aa, bb"


@pytest.mark.parametrize(
    ("slip", "hint"),
    [
        (
            "scenarios: {x: {change: {teacher: -1, from: 2027-28}}}",
            "write {teacher: {fte: -1, from: 2027-28}}, or `from` beside `change` for all of the scenario",
        ),
        (
            "scenarios: {x: {change: {until: 2027-28, tutor: {BA/1: -1}}}}",
            "write {tutor: {…, until: 2027-28}}, or `until` beside `change` for all of the scenario",
        ),
        (
            "scenarios: {x: {change: {teacher: +1, first_year_months: 5}}}",
            "it is said of an entry: {teacher: {fte: +1, first_year_months: 5}}",
        ),
        (
            "scenarios: {x: {change: {teacher: +1, months: 5}}}",
            "it is said of an entry: {teacher: {fte: 1, months: 5}}",
        ),
        (
            "scenarios: {x: {budget: {a: {amount: 5, years: {2027-28: 4}}}}}",
            "amounts of single years stand under `funds`, a key of the file: funds: {a: {years: …}}",
        ),
    ],
)
def test_years_and_months_in_the_place_of_a_role_or_beside_an_amount(slip: str, hint: str) -> None:
    (problem,) = problems(FILE + STAFF + slip + "\n")
    assert problem.hint == hint
