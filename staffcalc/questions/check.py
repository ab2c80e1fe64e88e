"""`check`: does what the files state hold, and does every plan fit its budget?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Annotated, Literal, NamedTuple, NotRequired, TypedDict

from staffcalc.costing.ledger import Ledger
from staffcalc.costing.unknown import unpriced
from staffcalc.questions.answers import VERSION, Answer, OfSchool, row
from staffcalc.questions.as_of import year_notes
from staffcalc.questions.compare import notes, school_labels
from staffcalc.questions.fit import verdict
from staffcalc.questions.judgement import Judgement
from staffcalc.questions.judging import judge
from staffcalc.questions.rests_on import RestsOn, RestsOnData, closing
from staffcalc.questions.to_come import to_come
from staffcalc.report import Column, Finding, Records, Report, Row, Table, Verdict
from staffcalc.source.problems import Problem

_COLUMNS = ("school", "file", "line", "column", "check", "scenario", "found", "must_be", "result", "message", "mend")


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
    mend: Annotated[str, "What would mend it; empty where nothing need be or can be."]


class SchoolData(OfSchool):
    """A school, and its checks."""

    checks: Annotated[list[CheckData], "Every plan against its budget, then every check of the file."]
    rests_on: NotRequired[
        Annotated[RestsOnData, "What rests on assumed figures; left out: the file says of none where it is from."]
    ]


class CheckAnswer(Answer):
    """What `check` answers."""

    passed: Annotated[bool, "Whether no check failed."]
    summary: Annotated[str, "How many checks passed, warn and failed, in words."]
    schools: Annotated[list[SchoolData], "The schools, in the order of their files."]


class Outcome(NamedTuple):
    """What `check` answers: the report, one line that sums it up, and whether something failed."""

    report: Report
    summary: str
    failed: bool


def check(ledgers: Sequence[Ledger], *, strict: bool = False) -> Outcome:
    """Judge every check of every school. `strict` lets a warning fail."""
    judged = [(ledger, [_strictly(one, strict) for one in judge(ledger)]) for ledger in ledgers]
    everything = [one for _, own in judged for one in own]
    summary = _summary(everything, len(ledgers))
    failed = any(one.level == "error" for one in everything)
    labels = school_labels(ledgers)
    rests_on = [_rests_on(ledger) for ledger in ledgers]
    answer: CheckAnswer = {
        "staffcalc": VERSION,
        "passed": not failed,
        "summary": summary,
        "schools": [_school_data(ledger, own, one) for (ledger, own), one in zip(judged, rests_on, strict=True)],
    }
    report = Report(
        tables=tuple(table for label, (_, own) in zip(labels, judged, strict=True) for table in _tables(label, own)),
        records=lambda: Records(
            _COLUMNS, [(ledger.school.name, *row(_COLUMNS[1:], _data(one))) for ledger, own in judged for one in own]
        ),
        data=lambda: answer,
        notes=(*notes(ledgers), *_to_come(ledgers), *year_notes(ledgers), *_not_judged(ledgers)),
        closing=lambda: closing(labels, rests_on),
        findings=tuple(_finding(ledger.school.name, one) for ledger, own in judged for one in own),
    )
    return Outcome(report, summary, failed)


def _rests_on(ledger: Ledger) -> RestsOn:
    return RestsOn(ledger.school, ledger.plans, lambda _: ledger.baseline)


def _school_data(ledger: Ledger, judged: Sequence[Judgement], rests_on: RestsOn) -> SchoolData:
    found: SchoolData = {
        "school": ledger.school.name,
        "file": ledger.school.file,
        "checks": [_data(one) for one in judged],
    }
    if (rests := rests_on.data()) is not None:
        found["rests_on"] = rests
    return found


def _to_come(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """What a check that names no year does not look at yet."""
    return to_come(((ledger, ledger.plans) for ledger in ledgers), "a check without a `year` looks at")


def _not_judged(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """The plans that no budget is stated for, or of which too little is known: silence would be taken for a verdict."""
    for ledger in ledgers:
        unknown = [plan for plan in ledger.plans if plan.plan.not_stated or unpriced(plan)]
        yield from (f"{ledger.school.file}: {plan.name}: no verdict, {verdict(plan).text}" for plan in unknown)
        judged = [plan for plan in ledger.plans if plan not in unknown and plan.plan.awaits is None]
        names = [plan.name for plan in judged if verdict(plan).good is None]
        if names:
            which = "no plan is" if len(names) == len(ledger.plans) else f"{', '.join(names)}: not"
            yield f"{ledger.school.file}: {which} held against a budget, since none is stated"


def unreadable(problems: Iterable[Problem]) -> Report:
    """The problems of files that could not be read, as findings for the formats of CI systems."""
    return Report(
        (),
        findings=tuple(
            Finding("error", "school-file", "school file", problem.message, problem.hint, *problem.place)
            for problem in problems
        ),
    )


def _strictly(one: Judgement, strict: bool) -> Judgement:
    return one._replace(level="error") if strict and one.level == "warning" else one


def _summary(judged: Sequence[Judgement], files: int) -> str:
    count = {level: sum(one.level == level for one in judged) for level in _RESULTS}
    warnings = "1 warning" if count["warning"] == 1 else f"{count['warning']} warnings"
    where = "1 file" if files == 1 else f"{files} files"
    passed = count["passed"] + count["allowed"]
    checks = "1 check" if len(judged) == 1 else f"{len(judged)} checks"
    not_judged = f", {count['n/a']} n/a" if count["n/a"] else ""
    return f"{checks} in {where}: {passed} passed{not_judged}, {warnings}, {count['error']} failed"


_RESULTS = {
    "passed": Verdict("passed", good=True),
    "allowed": Verdict("allowed", good=True),
    "n/a": Verdict("n/a", good=None),
    "warning": Verdict("warning", good=False, warning=True),
    "error": Verdict("FAILED", good=False),
}


def _tables(label: str, judged: Sequence[Judgement]) -> list[Table]:
    rows: list[Row] = []
    for (subject, must, _), grouped in groupby(judged, key=lambda one: (one.subject, one.must, one.rule)):
        rows.append(Row((f"{subject}: {must}", None, None), "heading"))
        rows.extend(Row((one.scenario, one.found, _RESULTS[one.level])) for one in grouped)
    tables = [Table(label, (Column("", "left"), Column("found"), Column("result")), tuple(rows))]
    wrong = [one for one in judged if one.level in ("warning", "error")]
    if wrong:
        described = (Column("where", "left"), Column("what is wrong", "left"), Column("what would mend it", "left"))
        mending = tuple(Row((str(one.place), one.message, one.mend)) for one in wrong)
        tables.append(Table("What to mend", described, mending))
    return tables


def _data(one: Judgement) -> CheckData:
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
        "mend": one.mend,
    }


def _finding(school: str, one: Judgement) -> Finding:
    subject = f"{school}: {one.scenario}: {one.subject}"
    level = one.level if one.level == "error" or one.level == "warning" else "passed"
    return Finding(level, one.rule, subject, one.message, one.mend, *one.place)
