"""`check`: does what the files state hold, and does every plan fit its budget?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.measures.unknown import budget_without, unpriced
from staffcalc.costing.remarks import changes_of_ended_funds, remarks
from staffcalc.language.school_year import MOST_YEARS
from staffcalc.questions.answers import VERSION
from staffcalc.questions.check.checked import (
    COLUMNS,
    CheckAnswer,
    CheckSchoolData,
    check_data,
    finding_of_problem,
    findings_of,
    problem_data,
    record,
    record_of_problem,
)
from staffcalc.questions.check.judgement import Judgement
from staffcalc.questions.check.judging import judge
from staffcalc.questions.figures.as_of import year_notes
from staffcalc.questions.figures.rests_on import RestsOn, Told, closing, closing_of_many
from staffcalc.questions.fit import unpriced_then, verdict
from staffcalc.questions.labels import label_of, labels_apart
from staffcalc.questions.notes import Kinds, by_kind, left_open
from staffcalc.questions.to_come import to_come
from staffcalc.records import NamedTuple
from staffcalc.report import Records, Report, Table, TableColumn, TableRow, Verdict
from staffcalc.source.problems import Problem, SchoolFileError, Unread

MOST_NAMED = 3
"""So many of a school's checks that failed are named in one line."""


class Outcome(NamedTuple):
    """What `check` answers: the report, one line that sums it up, whether something failed, and how many schools were
    judged; of many files also the lines that name what did."""

    report: Report
    summary: str
    failed: bool
    schools: int
    by_name: tuple[str, ...] = ()


class _Judged(NamedTuple):
    """A school with what came of its checks, what it is called, what its plans rest on, and the notes on it, of which
    those that files have in common are said once (`common`)."""

    label: str
    name: str
    file: str
    checks: tuple[Judgement, ...]
    rests_on: Told
    common: Kinds
    notes: Kinds

    @property
    def wrong(self) -> tuple[Judgement, ...]:
        """The checks that failed or would warn."""
        return tuple(one for one in self.checks if one.level in ("error", "warning"))

    @property
    def failed(self) -> tuple[Judgement, ...]:
        return tuple(one for one in self.checks if one.level == "error")


def check(
    ledgers: Iterable[Ledger], unread: Sequence[Unread] = (), *, strict: bool = False, verbose: bool = False
) -> Outcome:
    """Judge every check of every school, each as its ledger is taken. `strict` lets a warning fail. `unread` are files
    that cannot be judged, as far as is known after the last ledger: they fail. Of many files each school is a line, and
    what failed follows; `verbose` shows everything."""
    judged = [_judged(ledger, strict) for ledger in ledgers]
    labels = labels_apart([school.label for school in judged], [school.file for school in judged])
    judged = [school._replace(label=label) for school, label in zip(judged, labels, strict=True)]
    summary = _summary([one for school in judged for one in school.checks], len(judged), len(unread))
    failed = bool(unread) or any(school.failed for school in judged)
    rests_on = [school.rests_on for school in judged]
    in_short = not verbose and len(judged) + len(unread) > 1
    problems = SchoolFileError(problem for one in unread for problem in one.error.problems).problems
    report = Report(
        tables=tuple(_in_short(judged, unread) if in_short else _in_full(judged)),
        records=lambda: Records(
            COLUMNS,
            [
                *(record(school.name, one) for school in judged for one in school.checks),
                *map(record_of_problem, problems),
            ],
        ),
        data=lambda: _data(judged, problems, summary, failed),
        notes=(
            *dict.fromkeys(by_kind(school.common for school in judged)),
            *by_kind(school.notes for school in judged),
        ),
        closing=lambda: closing_of_many(rests_on) if in_short else closing(labels, rests_on),
        findings=(
            *map(finding_of_problem, problems),
            *(one for school in judged for one in findings_of(school.name, school.checks)),
        ),
    )
    return Outcome(report, summary, failed, len(judged), tuple(_by_name(judged, unread)) if in_short else ())


def _judged(ledger: Ledger, strict: bool) -> _Judged:
    """All that is said of a school, so that its ledger need not be kept."""
    baseline, rests_on = ledger.baseline, RestsOn(ledger.school, ledger.plans, lambda _: baseline)
    return _Judged(
        label_of(ledger),
        ledger.school.name,
        ledger.school.file,
        tuple(_strictly(one, strict) for one in judge(ledger)),
        rests_on.told,
        (left_open(ledger), remarks([ledger]), tuple(_to_come([ledger])), tuple(_of_ended_funds([ledger]))),
        (tuple(year_notes([ledger])), tuple(_not_judged([ledger]))),
    )


def _data(judged: Sequence[_Judged], problems: Sequence[Problem], summary: str, failed: bool) -> CheckAnswer:
    schools = list(map(_school_data, judged))
    answer: CheckAnswer = {"staffcalc": VERSION, "passed": not failed, "summary": summary, "schools": schools}
    if problems:
        answer["problems"] = list(map(problem_data, problems))
    return answer


def _school_data(school: _Judged) -> CheckSchoolData:
    found: CheckSchoolData = {
        "school": school.name,
        "file": school.file,
        "checks": [check_data(one) for one in school.checks],
    }
    if (rests := school.rests_on.data()) is not None:
        found["rests_on"] = rests
    return found


def _to_come(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """What a check that names no year does not look at yet."""
    return to_come(((ledger, ledger.plans) for ledger in ledgers), "a check without a `year` looks at")


def _of_ended_funds(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """A plan that begins later is judged in its year, also where the fund of what it changes has ended by then."""
    for ledger in ledgers:
        if ledger.stated.year is not None:
            for note in changes_of_ended_funds(ledger.stated, MOST_YEARS):
                yield f"{ledger.school.file}: {note}"


def _is_unknown(plan: PlanLedger) -> bool:
    """Whether too little is stated of a plan, or of what its budget rests on, for a verdict."""
    return bool(plan.plan.not_stated or unpriced(plan) or budget_without(plan) or unpriced_then(plan))


def _not_judged(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """The plans that no budget is stated for, or of which too little is known: silence would be taken for a verdict."""
    for ledger in ledgers:
        unknown = [plan for plan in ledger.plans if _is_unknown(plan)]
        yield from (f"{ledger.school.file}: {plan.name}: no verdict, {verdict(plan).text}" for plan in unknown)
        judged = [plan for plan in ledger.plans if plan not in unknown and plan.plan.awaits is None]
        names = [plan.name for plan in judged if verdict(plan).good is None]
        if names:
            which = "no plan is" if len(names) == len(ledger.plans) else f"{', '.join(names)}: not"
            yield f"{ledger.school.file}: {which} held against a budget, since none is stated"


def _strictly(one: Judgement, strict: bool) -> Judgement:
    return one._replace(level="error") if strict and one.level == "warning" else one


def _summary(judged: Sequence[Judgement], files: int, unread: int) -> str:
    checks = "1 check" if len(judged) == 1 else f"{len(judged)} checks"
    where = "1 file" if files == 1 else f"{files} files"
    return f"{checks} in {where}: {_count(judged)}" + (f"; {unread} not readable" if unread else "")


def _count(judged: Sequence[Judgement]) -> str:
    """ "13 passed, 2 warnings, 0 failed"."""
    count = {level: sum(one.level == level for one in judged) for level in _RESULTS}
    warnings = "1 warning" if count["warning"] == 1 else f"{count['warning']} warnings"
    not_judged = f", {count['n/a']} n/a" if count["n/a"] else ""
    return f"{count['passed'] + count['allowed']} passed{not_judged}, {warnings}, {count['error']} failed"


def _by_name(judged: Sequence[_Judged], unread: Sequence[Unread]) -> Iterator[str]:
    """The schools that failed, and what failed in each."""
    for school in judged:
        if school.failed:
            what = list(dict.fromkeys(f"{one.scenario}: {one.subject}" for one in school.failed))
            more = f" and {len(what) - MOST_NAMED} more" if len(what) > MOST_NAMED else ""
            yield f"FAILED {school.label}: {'; '.join(what[:MOST_NAMED])}{more}"
    yield from (f"NOT READABLE {one.file}" for one in unread)


_RESULTS = {
    "passed": Verdict("passed", good=True),
    "allowed": Verdict("allowed", good=None),
    "n/a": Verdict("n/a", good=None),
    "warning": Verdict("warning", good=False, warning=True),
    "error": Verdict("FAILED", good=False),
}


def _in_full(judged: Iterable[_Judged]) -> Iterator[Table]:
    """Every check of every school."""
    for school in judged:
        if school.checks:
            yield _table(school.label, school.checks)
        if school.wrong:
            yield _fixes((str(one.place), one.message, one.remedy) for one in school.wrong)


def _in_short(judged: Sequence[_Judged], unread: Sequence[Unread]) -> Iterator[Table]:
    """A line a school, those that fail last; then what failed, and what would fix it."""
    in_order = sorted(judged, key=lambda school: bool(school.failed))
    rows = [TableRow((school.label, _result(school))) for school in in_order]
    rows += [TableRow((one.file, Verdict("not readable", good=False))) for one in unread]
    yield Table(f"{len(rows)} files", (TableColumn("", "left"), TableColumn("result", "left")), tuple(rows))
    yield from (_table(school.label, school.failed) for school in judged if school.failed)
    if failed := [one for school in judged for one in school.failed]:
        yield _fixes((str(one.at), _with_rule(one), one.remedy) for one in failed)


def _result(school: _Judged) -> Verdict:
    """What came of all checks of a school."""
    if school.failed:
        return Verdict(f"FAILED: {_count(school.checks)}", good=False)
    passed = Verdict(_count(school.checks).removesuffix(", 0 failed").removesuffix(", 0 warnings"), good=True)
    return passed._replace(good=False, warning=True) if school.wrong else passed


def _table(label: str, judged: Sequence[Judgement]) -> Table:
    """What was found, check by check."""
    rows: list[TableRow] = []
    for (subject, must, _), grouped in groupby(judged, key=lambda one: (one.subject, one.must, one.rule)):
        rows.append(TableRow((f"{subject}: {must}", None, None), "heading"))
        rows.extend(TableRow((one.scenario, one.found, _RESULTS[one.level])) for one in grouped)
    return Table(label, (TableColumn("", "left"), TableColumn("found"), TableColumn("result")), tuple(rows))


def _with_rule(one: Judgement) -> str:
    """What is wrong in a school, with the place of the rule where that is another file's."""
    elsewhere = one.at is not None and one.at.file != one.place.file
    return f"{one.message}; the rule: {one.place}" if elsewhere else one.message


def _fixes(wrong: Iterable[tuple[str, str, str]]) -> Table:
    """What is wrong and what would fix it, under its place: a path is long, and is not broken into lines."""
    rows: list[TableRow] = []
    for place, those in groupby(wrong, key=lambda one: one[0]):
        rows.append(TableRow((place, None), "heading"))
        rows.extend(TableRow((message, fix)) for _, message, fix in those)
    columns = (TableColumn("what is wrong", "left"), TableColumn("what would fix it", "left"))
    return Table("What to fix", columns, tuple(rows))
