"""A figure that is derived says how: it is neither published nor assumed."""

from __future__ import annotations

import json

from schools import ledger
from staffcalc.costing.measures.measures import measure
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.explain.explain import explain

TEXT = """
    school: Derived
    year: 2026-27
    source: a budget book
    roles:
      nurse: {salary: {value: 60_000, derived: "480,000 ÷ 8 posts, page 7"}}
      aide: {salary: 30_000, assumed: true}
    baseline: {nurse: 3, aide: {fte: 2, derived: counted on the plan}}
"""
COSTED = ledger(TEXT)


def test_the_register_counts_it_apart_and_says_how() -> None:
    report = assumptions([COSTED])
    found = json.loads(rendered(report, Format.json))["schools"][0]
    statuses = {one["input"]: one["status"] for one in found["inputs"]}

    assert (found["published"], found["assumed"], found["derived"], found["unmarked"]) == (1, 1, 2, 0)
    assert statuses == {
        "nurse": "published",
        "salary of nurse": "derived",
        "aide": "derived",
        "salary of aide": "assumed",
    }
    assert "derived: 480,000 ÷ 8 posts, page 7" in rendered(report, Format.text)
    assert "1 published, 1 assumed, 2 derived, 0 unmarked" in rendered(report, Format.text)


def test_explain_says_how() -> None:
    [step] = explain([COSTED], role="nurse").explanation
    assert "salary: $60,000; school.yaml:6; derived: 480,000 ÷ 8 posts, page 7" in str(step)


def test_no_assumed_dollar_rests_on_it() -> None:
    assert measure("assumed_share", COSTED.baseline, COSTED.baseline) == 60_000 / 240_000
    assert "(25%); figures that are derived are not among them" in rendered(compare([COSTED]), Format.text)


def test_a_nearer_mark_ends_what_was_said_around_it() -> None:
    text = TEXT.replace("source: a budget book", "derived: from the total")
    found = json.loads(rendered(assumptions([ledger(text)]), Format.json))["schools"][0]

    assert (found["published"], found["assumed"], found["derived"]) == (0, 1, 3)


def test_a_file_without_it_has_no_count_of_it() -> None:
    text = TEXT.replace(', derived: "480,000 ÷ 8 posts, page 7"', "").replace(", derived: counted on the plan", "")

    assert "derived" not in rendered(assumptions([ledger(text)]), Format.json)


def test_students_who_are_a_sum_say_how_each_grade_was_found() -> None:
    text = """
        school: Grades
        grades: {6: {value: 40, derived: the roll of October}, 7: {value: 30, derived: the roll of May}}
        roles: {teacher: {salary: 1_000}}
        baseline: {teacher: {per_students: 10}}
    """
    register = rendered(assumptions([ledger(text)]), Format.text)
    [students] = [line for line in register.splitlines() if line.startswith("students  ")]
    assert "derived: the roll of October; the roll of May" in students
