"""What an answer rests on ends it in one line; what checks hold of revenue, rooms and assumed figures."""

from __future__ import annotations

import json

import jsonschema
import pytest

from schools import ledger, school
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.questions.shapes import answer_schema
from staffcalc.report import Report
from staffcalc.source.problems import SchoolFileError

SCHOOL = """
school: Example School
year: 2017-18
students: 100
rooms_available: 8
budget:
  general:
    revenue: {tuition: {per_student: 5_000, source: Charter, as_of: 2016-17}, aid: 25_000}
    staff_share: {value: 80%, assumed: true}
roles:
  teacher: {category: teacher, salary: 50_000, rooms: 1}
  lead: {like: teacher, category: leader, supplement: {value: 10_000, assumed: true}}
baseline: {teacher: 7}
forecast: {cola: 0%}
scenarios:
  leads: {change: {teacher: -1, lead: +2}}
"""
LINE = (
    "Rests on assumed figures: baseline $420,000 of the budget (100%); leads $20,000 of the cost "
    "(4.76%), $20,000 of the change (28.57%) and $420,000 of the budget (100%)."
)
UNMARKED = SCHOOL.replace("{value: 80%, assumed: true}", "80%").replace("{value: 10_000, assumed: true}", "10_000")


def last_line(report: Report, format: Format = Format.text) -> str:
    return rendered(report, format).rstrip("\n").split("\n")[-1]


def test_compare_and_check_end_with_what_rests_on_assumed_figures() -> None:
    assert last_line(compare([ledger(SCHOOL)])) == LINE
    assert last_line(check([ledger(SCHOOL)]).report) == LINE


def test_a_forecast_tells_it_of_its_last_year_and_of_the_change_since_the_first() -> None:
    line = last_line(
        forecast([ledger(SCHOOL.replace("cola: 0%", "cola: {each_year: {value: 2%, assumed: true}}"))], years=2)
    )
    assert line.startswith(
        "Rests on assumed figures in 2018-19: baseline $7,000 of the cost (1.96%), $7,000 of the change (100%)"
    )


def test_every_format_for_people_has_the_line() -> None:
    report = compare([ledger(SCHOOL)])
    assert LINE in rendered(report, Format.markdown)
    assert f"<p>{LINE}</p>" in rendered(report, Format.html)
    assert r"\noindent Rests on assumed figures: baseline \$420,000" in rendered(report, Format.latex)
    assert "Rests on" not in rendered(report, Format.csv)


@pytest.mark.parametrize("command", ["compare", "check", "forecast"])
def test_programs_are_told_by_plan(command: str) -> None:
    ledgers = [ledger(SCHOOL)]
    ask = {"compare": compare, "check": lambda of: check(of).report, "forecast": forecast}
    answer = json.loads(rendered(ask[command](ledgers), Format.json))
    jsonschema.validate(answer, answer_schema(command))
    leads = answer["schools"][0]["rests_on"]["plans"][1]
    assert (leads["name"], leads["cost"], leads["budget_share"]) == ("leads", 20_000, 1)


def test_of_many_scenarios_the_least_and_the_most_are_told() -> None:
    more = "".join(f"  leads {number}: {{change: {{lead: +{number}}}}}\n" for number in (2, 3, 4))
    line = last_line(compare([ledger(SCHOOL + more)]))
    assert "; 4 scenarios $20,000 to $40,000 of the cost (4.26% to 6.78%)" in line
    assert "$20,000 to $40,000 of the change" in line


def test_a_file_that_marks_nothing_as_assumed_says_so_and_one_without_marks_says_nothing() -> None:
    assert last_line(compare([ledger(UNMARKED)])) == "Rests on assumed figures: no figure is marked as assumed."
    silent = UNMARKED.replace(", source: Charter, as_of: 2016-17", "")
    report = compare([ledger(silent)])
    assert "assumed" not in rendered(report, Format.text)
    assert "rests_on" not in json.loads(rendered(report, Format.json))["schools"][0]


def test_without_a_budget_the_line_says_so() -> None:
    text = SCHOOL.replace(SCHOOL[SCHOOL.index("budget:") : SCHOOL.index("roles:")], "")
    assert last_line(compare([ledger(text)])).endswith("; no budget is stated.")


def test_a_figure_of_another_year_is_told_in_a_note() -> None:
    said = "the file is of 2017-18, and 1 figure is of another year: tuition per student, revenue of general (2016-17)"
    for report in (compare([ledger(SCHOOL)]), check([ledger(SCHOOL)]).report, forecast([ledger(SCHOOL)])):
        assert any(note.endswith(said) for note in report.notes)


def test_as_of_holds_for_what_is_under_it_until_another_source_is_named() -> None:
    text = """
        year: 2017-18
        roles:
          as_of: 2015-16
          source: Schedules
          teacher: {salary: 50_000}
          lead: {salary: {value: 60_000, as_of: 2016-17}}
          aide: {salary: {value: 20_000, source: A letter}}
        baseline: {teacher: 1, lead: 1, aide: 1}
    """
    posts = school(text).posts
    found = {name: (one.role.salary.source, one.role.salary.as_of) for name, one in posts.items()}  # type: ignore[union-attr]
    assert found == {
        "teacher": ("Schedules", "2015-16"),
        "lead": ("Schedules", "2016-17"),
        "aide": ("A letter", None),
    }


def test_as_of_is_a_school_year() -> None:
    with pytest.raises(SchoolFileError, match="`last year` is no school year"):
        school(SCHOOL.replace("as_of: 2016-17", "as_of: last year"))


# Checks


def results(checks: str, text: str = SCHOOL) -> list[tuple[str, str]]:
    found = check([ledger(f"{text}checks:\n{checks}")]).report
    rows = json.loads(rendered(found, Format.json))["schools"][0]["checks"]
    return [(row["found"], row["result"]) for row in rows if row["check"] != "budget" and row["scenario"] == "leads"]


@pytest.mark.parametrize(
    ("stated", "found", "result"),
    [
        ("measure: revenue, min: 525_000", "$525,000", "passed"),
        ("measure: revenue, part: tuition, min: 500_001", "$500,000", "failed"),
        ("measure: revenue, part: [tuition, aid], fund: general, equals: 525_000", "$525,000", "passed"),
        ("measure: staff_share, max: 75%", "80%", "failed"),
        ("measure: staff_share, equals: 81%, within: 1%", "80%", "passed"),
        ("measure: assumed_share, max: 5%", "4.76%", "passed"),
        ("measure: rooms_left, min: 0", "0 rooms", "passed"),
        ("measure: rooms_needed, role: lead, max: 1", "2 rooms", "failed"),
        ("measure: one_time, max: 0", "$0", "passed"),
    ],
)
def test_what_checks_hold(stated: str, found: str, result: str) -> None:
    assert results(f"  - {{{stated}}}") == [(found, result)]


def test_without_revenue_none_can_be_judged() -> None:
    text = SCHOOL.replace(SCHOOL[SCHOOL.index("budget:") : SCHOOL.index("roles:")], "budget: 500_000\n")
    assert results("  - {measure: revenue, min: 0}", text) == [("n/a", "failed")]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("measure: revenue, part: tuiton, min: 0", "`tuiton` is no part of a revenue here"),
        ("measure: cost, part: tuition, min: 0", "`cost` cannot be narrowed by part"),
        ("measure: staff_share, part: tuition, min: 0", "`staff_share` cannot be narrowed by part"),
    ],
)
def test_a_part_is_one_of_the_revenue(stated: str, message: str) -> None:
    with pytest.raises(SchoolFileError, match=message):
        ledger(f"{SCHOOL}checks:\n  - {{{stated}}}")


@pytest.mark.parametrize(("key", "measure"), [("rooms_available: 8\n", "rooms_left"), (", rooms: 1", "rooms_needed")])
def test_a_check_of_rooms_needs_what_it_is_about(key: str, measure: str) -> None:
    text = SCHOOL.replace("rooms_available: 8\n", "").replace(key, "")
    with pytest.raises(SchoolFileError, match=f"`{measure}` needs"):
        ledger(f"{text}checks:\n  - {{measure: {measure}, max: 5}}")


@pytest.mark.parametrize("name", ["revenue", "staff_share", "one_time", "rooms_needed", "rooms_left", "assumed_share"])
def test_each_measure_is_explained_down_to_itself(name: str) -> None:
    (top,) = explain([ledger(SCHOOL)], ["leads"], measure=name).explanation
    (measured,) = top.steps
    assert measured.steps[-1].cell == measured.cell
