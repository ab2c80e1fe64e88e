"""`explain --measure`: the steps as a reader sees them, and the rows as a spreadsheet gets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from schools import ledger
from staffcalc.cli import app
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.explain.explain import explain

SCHOOL = """
school: Small School
year: 2026-27
students: 100
budget: {general: 400_000, grant: 30_000}
allotment: 6
roles:
  teacher: {category: teacher, salary: 50_000, weight: 1}
  lead: {category: leader, salary: 50_000, supplement: 10_000, weight: 1.5}
  tutor: {category: support, salary: 20_000, weight: 0.5, funds: {general: 40%, grant: 60%}}
baseline: {teacher: 4, tutor: {people: 2, fte_each: 0.5}}
other_costs: {software: {per_student: 20}}
scenarios:
  teams: {change: {teacher: -1.5, lead: +1}}
  nobody: {staffing: {tutor: {people: 1}}}
"""
TEACHER = [
    "4 FTE in the baseline; school.yaml:11; no source given",
    "−1.5 FTE by teams; school.yaml:14; no source given",
    "3 people of 2.5 FTE together",
]
TUTOR = [
    "2 people in the baseline; school.yaml:11; no source given",
    "FTE each: 0.5 FTE; school.yaml:11; no source given",
    "2 people of 1 FTE together",
]
LEAD = ["1 FTE by teams; school.yaml:14; no source given"]
TEACHER_LINE = ["salary, general: 2.5 FTE × $50,000 = $125,000", "  from school.yaml:8,11,14"]
TUTOR_LINES = [
    "salary, general: 40% of $20,000 (2 people × 0.5 FTE × $20,000) = $8,000",
    "  from school.yaml:10,11",
    "salary, grant: 60% of $20,000 (2 people × 0.5 FTE × $20,000) = $12,000",
    "  from school.yaml:10,11",
]
LEAD_LINES = [
    "salary, general: 1 FTE × $50,000 = $50,000",
    "  from school.yaml:9,14",
    "supplement, general: 1 FTE × $10,000 = $10,000",
    "  from school.yaml:9,14",
]


def under(head: str, *steps: str) -> list[str]:
    return [head, *(f"  {step}" for step in steps)]


def steps(measure: str, scenario: str = "teams", text: str = SCHOOL, **narrowed: str) -> list[str]:
    """The explanation of a measure, its own figure first."""
    shown = rendered(explain([ledger(text)], [scenario], measure=measure, **narrowed), Format.text).split("\n")
    return [line[2:] for line in shown[1:-1]]


def test_the_cost_per_student_is_divided_in_the_open() -> None:
    cost = under(
        "cost = $207,000",
        *under("teacher = $125,000", *TEACHER_LINE),
        *under("tutor = $20,000", *TUTOR_LINES),
        *under("lead = $60,000", *LEAD_LINES),
        "software, general: 100 students × $20 = $2,000",
        "  from school.yaml:4,12",
        "added up = $207,000",
    )
    assert steps("cost_per_student") == under(
        "cost per student = $2,070.00",
        *cost,
        "100 students; school.yaml:4; no source given",
        "$207,000 ÷ 100 students, rounded to two decimals = $2,070.00",
    )


def test_the_average_pay_of_teachers_tells_their_pay_and_their_posts() -> None:
    assert steps("average_teacher_pay") == under(
        "average teacher pay = $52,857.14",
        *under(
            "salary and supplement of leaders and teachers = $185,000",
            *under("teacher = $125,000", *TEACHER_LINE),
            *under("lead = $60,000", *LEAD_LINES),
        ),
        *under(
            "leaders and teachers = 3.5 FTE",
            *under("teacher = 2.5 FTE", *TEACHER),
            *under("lead = 1 FTE", *LEAD),
        ),
        "$185,000 ÷ 3.5 FTE, rounded to two decimals = $52,857.14",
    )


USED = [
    *under("teacher = 2.5", *TEACHER, "weight: 1; school.yaml:8; no source given", "2.5 FTE × 1 = 2.5"),
    *under("tutor = 0.5", *TUTOR, "weight: 0.5; school.yaml:10; no source given", "1 FTE × 0.5 = 0.5"),
    *under("lead = 1.5", *LEAD, "weight: 1.5; school.yaml:9; no source given", "1 FTE × 1.5 = 1.5"),
    "added up = 4.5",
]


def test_positions_are_posts_by_their_weight() -> None:
    assert steps("allotment_used") == under("allotment used = 4.5", *USED)
    assert steps("allotment_left") == under(
        "allotment left = 1.5",
        "allotment: 6; school.yaml:6; no source given",
        *under("positions used = 4.5", *USED),
        "6 − 4.5 = 1.5",
    )


def test_people_are_counted_role_by_role() -> None:
    assert steps("people") == under(
        "people = 6",
        *under("teacher = 3", *TEACHER),
        *under("tutor = 2", *TUTOR),
        *under("lead = 1", *LEAD),
        "added up = 6",
    )


def test_the_posts_that_a_fund_pays_are_a_share_of_them() -> None:
    shown = steps("fte", "baseline", fund="grant")
    tutor = under("tutor = 0.6 FTE", *TUTOR, "the share paid by grant")
    assert shown[0] == "fte = 0.6 FTE"
    assert shown[-len(tutor) - 1 :] == [*(f"  {one}" for one in tutor), "  added up = 0.6 FTE"]


def test_a_change_sets_two_costs_side_by_side() -> None:
    assert steps("change", role="teacher") == under(
        "change = −$75,000",
        *under("cost of teams = $125,000", *under("teacher = $125,000", *TEACHER_LINE), "added up = $125,000"),
        *under(
            "cost of baseline = $200,000",
            *under("teacher = $200,000", "salary, general: 4 FTE × $50,000 = $200,000", "  from school.yaml:8,11"),
            "added up = $200,000",
        ),
        "$125,000 − $200,000 = −$75,000",
    )


def test_the_baseline_is_not_told_twice_in_its_own_change() -> None:
    shown = steps("change", "baseline")
    assert shown.count("  cost of baseline = $222,000") == 1
    assert shown[-1] == "  $222,000 − $222,000 = $0"


def test_what_a_fund_has_left_is_its_budget_less_its_cost() -> None:
    assert steps("left", "baseline", fund="grant") == under(
        "left = $18,000",
        *under("budget = $30,000", "grant; school.yaml:5; no source given = $30,000", "added up = $30,000"),
        *under("cost = $12,000", *under("tutor = $12,000", *TUTOR_LINES[2:]), "added up = $12,000"),
        "$30,000 − $12,000 = $18,000",
    )


@pytest.mark.parametrize("measure", ["average_teacher_pay", "students_per_teacher"])
def test_nobody_to_divide_by(measure: str) -> None:
    assert steps(measure, "nobody")[-1] == "  not available: there are no leaders and no teachers = n/a"


def inputs(measure: str) -> list[tuple[str, ...]]:
    """Role, input and value of each row of the CSV."""
    text = rendered(explain([ledger(SCHOOL)], ["teams"], measure=measure), Format.csv)
    return [(row["role"], row["input"], row["value"]) for row in csv.DictReader(io.StringIO(text))]


def test_a_spreadsheet_gets_the_figures_that_a_measure_counts_and_divides_by() -> None:
    posts = [
        ("teacher", "FTE", "4"),
        ("teacher", "FTE", "-1.5"),
        ("tutor", "people", "2"),
        ("tutor", "FTE each", "0.5"),
    ]
    assert inputs("fte") == [*posts, ("lead", "FTE", "1")]
    assert inputs("students_per_adult") == [*posts, ("lead", "FTE", "1"), ("", "students", "100")]
    assert inputs("allotment_used") == [
        *posts[:2],
        ("teacher", "weight", "1"),
        *posts[2:],
        ("tutor", "weight", "0.5"),
        ("lead", "FTE", "1"),
        ("lead", "weight", "1.5"),
        ("", "allotment", "6"),
    ]


def test_a_spreadsheet_gets_the_figures_of_every_line_and_those_beside_them() -> None:
    assert inputs("left") == [
        *inputs("cost"),
        ("", "budget of general", "400000"),
        ("", "budget of grant", "30000"),
    ]
    assert inputs("cost_per_student") == [*inputs("cost"), ("", "students", "100")]
    assert [one for one in inputs("cost") if one[0] == "lead"] == [
        ("lead", "FTE", "1"),
        ("lead", "salary", "50000"),
        ("lead", "FTE", "1"),
        ("lead", "supplement", "10000"),
    ]


# From the command line, in a later year and at another pay

GROWING = SCHOOL + "forecast: {cola: 2%}\n"
PLACED = """
school: P
year: 2026-27
schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000]}}}
roles: {teacher: {category: teacher, schedule: t, new_hire: BA/1}}
baseline: {teacher: {BA/1: 2, BA/2: 1}}
"""


def run(tmp_path: Path, text: str, *words: str) -> str:
    file = tmp_path / "school.yaml"
    file.write_text(text)
    result = CliRunner().invoke(app, [words[0], str(file), *words[1:]])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_later_year_is_read_out_with_its_growth(tmp_path: Path) -> None:
    lead = run(tmp_path, GROWING, "explain", "--year", "2028-29", "-s", "teams", "--role", "lead")
    assert "$50,000 × 1.02 = $51,000" in lead
    assert "$51,000 × 1.02 = $52,020" in lead
    assert "Small School, 2028-29: teams" in lead


ENDING = SCHOOL + "funds: {grant: {ends: 2026-27}}\nforecast: {cola: 0%}\n"
AFTER = ("explain", "--fund", "grant", "--year", "2027-28", "-s", "baseline")


def test_a_fund_that_has_ended_is_answered_with_nothing_and_when_it_ended(tmp_path: Path) -> None:
    has_ended = "grant has ended: its last year was 2026-27"
    assert run(tmp_path, ENDING, *AFTER).split("\n")[1:-1] == [f"  no cost line of fund grant: {has_ended}"]
    assert run(tmp_path, ENDING, *AFTER, "--measure", "left").split("\n")[1:3] == [f"  {has_ended}", "  left = $0"]
    assert len(run(tmp_path, ENDING, *AFTER, "--format", "csv").splitlines()) == 1
    assert has_ended not in run(tmp_path, ENDING, "explain", "--fund", "grant")


@pytest.mark.parametrize("command", ["compare", "cost", "diff", "explain", "assumptions"])
def test_every_command_answers_for_a_later_year(tmp_path: Path, command: str) -> None:
    now = run(tmp_path, GROWING, command, "--format", "json")
    later = run(tmp_path, GROWING, command, "--format", "json", "--year", "2027-28")
    assert json.loads(now) != json.loads(later)
    assert now == run(tmp_path, GROWING, command, "--format", "json", "--year", "2026-27")


def test_the_register_of_a_later_year_has_its_growth(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, GROWING, "assumptions", "--format", "json", "--year", "2027-28", "-s", "baseline"))
    dollars = {one["input"]: one["dollars"] for one in found["schools"][0]["inputs"]}
    assert dollars["salary of teacher"] == 204_000
    assert dollars["COLA"] == 4_400  # of the salaries of teachers and tutors


def test_cells_and_steps_are_read_out(tmp_path: Path) -> None:
    shown = run(tmp_path, PLACED, "explain", "--role", "teacher", "--year", "2027-28")
    assert "salary BA/2: $42,000" in shown
    assert "2 FTE × $42,000 = $84,000" in shown
    assert "1 FTE × $44,000 = $44,000" in shown


def test_one_price_for_all_is_read_out(tmp_path: Path) -> None:
    assert "3 FTE × $40,000 = $120,000" in run(tmp_path, PLACED, "explain", "--role", "teacher", "--price", "new_hire")


DISPLACED = """
school: Small School
roles: {teacher: {category: teacher, salary: 50_000, new_hire: 40_000}}
baseline: {teacher: 2}
scenarios: {fewer: {change: {teacher: -1}}}
"""


@pytest.mark.parametrize("measure", ["fte", "people", "students_per_teacher", "students_per_adult"])
def test_displaced_staff_hold_no_post_and_are_not_counted(measure: str, tmp_path: Path) -> None:
    told = run(tmp_path, DISPLACED, "explain", "--measure", measure, "--scenario", "fewer")
    assert "−1 FTE by fewer" in told
    assert "displaced staff" not in told


def test_what_displaced_staff_cost_can_be_explained(tmp_path: Path) -> None:
    told = run(tmp_path, DISPLACED, "explain", "--role", "displaced staff", "--scenario", "fewer")
    assert "displaced staff: salary, paid by general = $10,000" in told


# Budgets that follow the students, and those of later years

FOLLOWS = """
school: Small School
year: 2026-27
students: 100
budget: {general: 400_001, grant: {revenue: {tuition: {per_student: 300}, aid: 5_000}}}
roles: {teacher: {category: teacher, salary: 50_000}}
baseline: {teacher: 4}
forecast: {enrollment: 3%, budget: {general: {each_year: 2%, 2027-28: 0.5%}}}
"""


def test_a_grown_budget_can_be_worked_out_from_its_words(tmp_path: Path) -> None:
    told = run(tmp_path, FOLLOWS, "explain", "--measure", "budget", "--year", "2028-29").split("\n")[1:-1]
    file = tmp_path / "school.yaml"
    assert [line[2:] for line in told] == under(
        "budget = $446,841",
        *under(
            "general: $400,001 × 1.005 × 1.02 = $410,041.0251, rounded = $410,041",
            f"$400,001; {file}:5; no source given",
            f"from {file}:5,8",
        ),
        *under(
            "grant = $36,800",
            *under(
                "tuition: 106 students × $300 = $31,800",
                f"106 students; {file}:4; no source given; note: grown from 100 by +3% in each of 2 years",
                f"from {file}:4,5",
            ),
            *under("aid: $5,000 = $5,000", f"from {file}:5"),
            "added up = $36,800",
        ),
        "added up = $446,841",
    )


def test_a_spreadsheet_gets_all_that_a_budget_rests_on(tmp_path: Path) -> None:
    rows = run(tmp_path, FOLLOWS, "explain", "--measure", "budget", "--year", "2028-29", "--format", "csv")
    assert [(row["input"], row["value"]) for row in csv.DictReader(io.StringIO(rows))] == [
        ("budget of general", "400001"),
        ("growth of the budget of general in 2027-28", "0.005"),
        ("growth of the budget of general", "0.02"),
        ("students", "106"),
        ("tuition per student, revenue of grant", "300"),
        ("aid, revenue of grant", "5000"),
    ]


def test_a_grown_budget_of_todays_staff_says_what_it_grew_from(tmp_path: Path) -> None:
    text = FOLLOWS.replace(
        "{general: 400_001, grant: {revenue: {tuition: {per_student: 300}, aid: 5_000}}}", "baseline"
    )
    told = run(tmp_path, text, "explain", "--measure", "budget", "--year", "2027-28")
    assert "general: $200,000 × 1.005 = $201,000\n" in told
    assert "note: what the baseline costs in 2026-27\n" in told


# People with several posts

THREE_POSTS = """
school: Three Posts
year: 2026-27
benefits: {c: {social security: {rate: 10%, up_to: 50_000}, health: {per_person: 8_000}}}
roles:
  teacher: {category: teacher, benefits: c}
  coach: {category: specialist, benefits: c}
  tutor: {category: support, benefits: c}
roster:
  - {id: Ann, role: teacher, fte: 0.3, pay: 30_000}
  - {id: Ann, role: coach, fte: 0.3, pay: 30_000}
  - {id: Ann, role: tutor, fte: 0.3, pay: 30_000}
  - {id: Bob, role: teacher, fte: 1, pay: 60_000}
scenarios: {less coaching: {change: {coach: -0.1}}}
"""


def told(tmp_path: Path, *words: str) -> list[str]:
    """The steps below a line, without where their figures stand."""
    shown = run(tmp_path, THREE_POSTS, "explain", *words).split("\n")[2:-1]
    return [line[4:].split(";")[0] for line in shown]


def test_three_thirds_of_a_person_are_one(tmp_path: Path) -> None:
    rows = run(tmp_path, THREE_POSTS, "compare", "--format", "csv")
    assert [row["people"] for row in csv.DictReader(io.StringIO(rows))] == ["2", "2"]
    people = run(tmp_path, THREE_POSTS, "explain", "--measure", "people", "-s", "baseline")
    assert "  people = 2\n" in people
    assert "1/3 of a person of 0.3 FTE together" in people
    assert "1 1/3 people of 1.3 FTE together" in people


def test_a_cap_shared_by_the_posts_of_a_person_is_told_in_few_steps(tmp_path: Path) -> None:
    assert told(tmp_path, "--role", "coach", "--component", "social security", "-s", "baseline") == [
        "coach: 0.3 FTE in the baseline",
        "FTE of Ann as teacher: 0.3 FTE",
        "FTE of Ann as tutor: 0.3 FTE",
        "salary: $30,000",
        "salary of Ann as teacher: $30,000",
        "FTE paid of Ann as teacher: 0.3 FTE",
        "salary of Ann as tutor: $30,000",
        "FTE paid of Ann as tutor: 0.3 FTE",
        "cap: $50,000",
        "social security rate: 10%",
        "$30,000 + $30,000 + $30,000 = $90,000",
        "each person's pay counts up to $50,000, and $90,000 is above it = $50,000",
        "$30,000 ÷ $90,000 = 0.33333333",
        "1 person × $50,000 = $50,000",
        "$50,000 × 0.33333333 = $16,666.66666667",
        "$16,666.66666667 × 10% = $1,666.66666667",
        "rounded once to the dollar, half away from zero = $1,667",
    ]


def test_what_is_paid_of_a_post_that_is_given_up_in_part(tmp_path: Path) -> None:
    assert told(tmp_path, "--role", "coach", "--component", "salary", "-s", "less coaching")[-4:] == [
        "salary: $30,000",
        "$30,000 ÷ 0.3 FTE = $100,000",
        "0.2 FTE × $100,000 = $20,000",
        "needs no rounding to the dollar = $20,000",
    ]
