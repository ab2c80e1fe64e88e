"""What comes of the checks as programs read it: every check of every plan, with its figures and places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, NotRequired, TypedDict

from staffcalc.questions.answers import Answer, OfSchool, row
from staffcalc.questions.check.judgement import Judgement, LimitIs
from staffcalc.questions.figures.rests_on import RestsOnData
from staffcalc.report import Cell, Finding, Number
from staffcalc.source.problems import Problem

COLUMNS = (
    *("school", "file", "line", "column", "check", "scenario", "found", "must_be", "result", "message", "mend"),
    *("value", "limit", "limit_is", "distance", "unit", "scenario_file", "scenario_line", "scenario_column"),
    "fund",
)


class CheckData(TypedDict):
    """One check of one plan."""

    file: Annotated[str, "The file in which the check stands."]
    line: Annotated[int, "The line of the file, counted from 1."]
    column: Annotated[int, "The column of the line, counted from 1."]
    check: Annotated[str, "What is checked: the measure, and of whom."]
    scenario: Annotated[str, "The scenario, and the year where the check is about a later one."]
    found: Annotated[str, "What was found, in words."]
    must_be: Annotated[str, "What it must be, in words."]
    result: Annotated[
        Literal["passed", "allowed", "n/a", "warning", "failed"],
        "What came of it; allowed: over the budget, which the file permits; n/a: what it rests on is not stated.",
    ]
    message: Annotated[str, "The result as a sentence."]
    mend: Annotated[str, "What would fix it; empty where nothing need be or can be."]
    value: Annotated[Number | None, "What was found; of the budget, what the fund has left that has the least."]
    limit: Annotated[Number | None, "The limit that it comes nearest to, or misses by most, in the same unit."]
    limit_is: Annotated[LimitIs | None, "Whether that is a least (min), a most (max), or what it must be (equals)."]
    distance: Annotated[Number | None, "`value` less `limit`: below zero of a least, or above it of a most, it fails."]
    unit: Annotated[str | None, "What these are counted in: dollars, FTE, share …; null: there is nothing to find."]
    scenario_file: Annotated[str, "The school's own file."]
    scenario_line: Annotated[int, "The line in which the scenario stands there, or the school's own staff."]
    scenario_column: Annotated[int, "The column of that line."]
    fund: Annotated[
        str | None, "Of the budget, the fund that `value` is left of; null: of positions, or another check."
    ]


class CheckSchoolData(OfSchool):
    """A school, and its checks."""

    checks: Annotated[list[CheckData], "Every plan against its budget, then every check of the file."]
    rests_on: NotRequired[
        Annotated[RestsOnData, "What rests on assumed figures; left out: the file says of none where it is from."]
    ]


class ProblemData(TypedDict):
    """A problem of a file that cannot be read, so that nothing in it is judged."""

    file: Annotated[str, "The file."]
    line: Annotated[int, "The line of the file, counted from 1."]
    column: Annotated[int, "The column of the line, counted from 1."]
    message: Annotated[str, "What is wrong."]
    mend: Annotated[str, "What would be right; empty where that is not known."]


class CheckAnswer(Answer):
    """What `check` answers."""

    passed: Annotated[bool, "Whether no check failed."]
    summary: Annotated[str, "How many checks passed, warn and failed, in words."]
    schools: Annotated[list[CheckSchoolData], "The schools, in the order of their files."]
    problems: NotRequired[Annotated[list[ProblemData], "What is wrong with files that cannot be read; left out: none."]]


def check_data(one: Judgement) -> CheckData:
    measured, at = one.measured, one.at or one.place
    return {
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "check": one.subject,
        "scenario": one.scenario,
        "found": one.found,
        "must_be": one.must,
        "result": "failed" if one.level == "error" else one.level,
        "message": one.message,
        "mend": one.remedy,
        "value": measured and measured.value,
        "limit": measured and measured.limit,
        "limit_is": measured and measured.limit_is,
        "distance": measured and measured.distance,
        "unit": measured and measured.unit,
        "scenario_file": at.file,
        "scenario_line": at.line,
        "scenario_column": at.column,
        "fund": measured and measured.fund,
    }


def problem_data(problem: Problem) -> ProblemData:
    """A problem for a program."""
    return {**problem.place._asdict(), "message": problem.message, "mend": problem.hint}  # type: ignore[typeddict-item]


def record(school: str, one: Judgement) -> tuple[Cell, ...]:
    """A check as a row."""
    return (school, *row(COLUMNS[1:], check_data(one)))


def record_of_problem(problem: Problem) -> tuple[Cell, ...]:
    """A problem of a file as a row among those of the checks."""
    told = {"check": SCHOOL_FILE, "result": "failed", "found": "cannot be read", **problem_data(problem)}
    return tuple(told.get(column) for column in COLUMNS)  # type: ignore[misc]


SCHOOL_FILE = "school file"


def findings_of(school: str, judged: Iterable[Judgement]) -> Iterable[Finding]:
    """The checks of a school as findings for the formats of CI systems."""
    for one in judged:
        level = one.level if one.level == "error" or one.level == "warning" else "passed"
        at, subject = one.at or one.place, f"{school}: {one.scenario}: {one.subject}"
        rule_at = None if at == one.place else one.place
        yield Finding(level, one.rule, subject, one.message, one.remedy, *at, rule_at)


def finding_of_problem(problem: Problem) -> Finding:
    """A problem of a file that cannot be read as such a finding."""
    return Finding("error", "school-file", SCHOOL_FILE, problem.message, problem.hint, *problem.place)
