"""Many schools at once: the answer is short, failures stand last and by name, and one broken file hides no other."""

from __future__ import annotations

import csv
import gc
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from schools import ledger
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.report import Report

from .running import staffcalc

SCHOOL = """\
school: {name}
year: 2026-27
budget: {{general: 200_000, title_i: {title_i}}}
roles:
  teacher: {{category: teacher, salary: 50_000}}
  tutor: {{category: support, salary: 25_000, funds: {{title_i: 100%}}}}
baseline: {{teacher: 3}}
scenarios:
  tutors: {{change: {{tutor: +1}}}}
checks:
  - {{measure: fte, role: teacher, min: 4, level: warn}}
"""
BROKEN = "school: Broken\nroles: {teacher: {salry: 50_000}}\nbaseline: {teacher: 3}\n"
TOLD = "broken.yaml:2:19: unknown key `salry` in roles › teacher\n    did you mean `salary`?\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two schools of which the second fails, and a file that cannot be read."""
    for name, title_i in {"West": "20_000", "East": "30_000"}.items():
        (tmp_path / f"{name.lower()}.yaml").write_text(SCHOOL.format(name=name, title_i=title_i), encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_a_school_that_passes_is_a_line_and_one_that_fails_is_told_in_full_and_by_name(folder: Path) -> None:
    run = staffcalc("check", "west.yaml", "east.yaml", cwd=folder)
    overview, _, details = run.out.partition("\n\nWest, 2026-27\n\n")
    assert overview.splitlines()[4:] == [
        "East, 2026-27  2 passed, 2 warnings",
        "West, 2026-27  FAILED: 1 passed, 2 warnings, 1 failed",
    ]
    assert "tutors over by $5,000 in title_i FAILED" in " ".join(details.split())
    assert "warning" not in details
    assert run.err == "FAILED West, 2026-27: tutors: budget\n8 checks in 2 files: 3 passed, 4 warnings, 1 failed\n"
    assert run.code == 1


def test_everything_is_shown_where_it_is_asked_for(folder: Path) -> None:
    run = staffcalc("check", "west.yaml", "east.yaml", "--verbose", cwd=folder)
    assert run.out.count("fte of teacher: at least 4 FTE") == 2
    assert run.out.count("  passed\n") == 3
    assert run.err == "8 checks in 2 files: 3 passed, 4 warnings, 1 failed\n"


def test_one_broken_file_hides_no_other(folder: Path) -> None:
    run = staffcalc("check", "west.yaml", "broken.yaml", "east.yaml", cwd=folder)
    assert (run.code, run.out.splitlines()[6]) == (2, "broken.yaml    not readable")
    assert run.err == (
        f"{TOLD}FAILED West, 2026-27: tutors: budget\nNOT READABLE broken.yaml\n"
        "8 checks in 2 files: 3 passed, 4 warnings, 1 failed; 1 not readable\n"
    )


@pytest.mark.parametrize("command", ["compare", "cost", "explain", "assumptions", "forecast"])
def test_other_commands_answer_for_the_files_that_can_be_read(command: str, folder: Path) -> None:
    run = staffcalc(command, "broken.yaml", "east.yaml", "--format", "json", cwd=folder)
    assert [school["school"] for school in json.loads(run.out)["schools"]] == ["East"]
    assert run.err.endswith(TOLD)
    assert run.code == 2


def test_what_is_asked_for_may_stand_in_the_file_that_cannot_be_read(folder: Path) -> None:
    run = staffcalc("compare", "broken.yaml", "east.yaml", "--scenario", "pods", cwd=folder)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"{TOLD}staffcalc: no scenario `pods`: known scenarios: baseline, tutors\n"


def test_where_no_file_can_be_read_there_is_no_answer(folder: Path) -> None:
    for command in ("check", "compare"):
        run = staffcalc(command, "broken.yaml", cwd=folder)
        assert (run.code, run.out, run.err) == (2, "", TOLD)


def test_programs_are_told_of_the_file_that_cannot_be_read(folder: Path) -> None:
    def answer(format: str) -> str:
        run = staffcalc("check", "east.yaml", "broken.yaml", "--format", format, cwd=folder)
        assert run.code == 2
        return run.out

    found = json.loads(answer("json"))
    assert found["passed"] is False
    assert [(one["file"], one["line"], one["mend"]) for one in found["problems"]] == [
        ("broken.yaml", 2, "did you mean `salary`?")
    ]
    *_, last = csv.DictReader(answer("csv").splitlines())
    assert (last["file"], last["check"], last["result"]) == ("broken.yaml", "school file", "failed")
    assert answer("github").startswith("::error file=broken.yaml,line=2,col=19,title=school file::")
    assert 'name="broken.yaml" tests="1" failures="1"' in answer("junit")


def test_what_failed_in_a_school_is_a_short_line(tmp_path: Path) -> None:
    text = "budget: 100_000\nroles: {teacher: {salary: 60_000}}\nbaseline: {teacher: 2}\nscenarios:\n"
    text += "".join(f"  plan {at}: {{change: {{teacher: +{at}}}}}\n" for at in range(1, 9))
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    [line, _, _] = staffcalc("check", "one.yaml", "two.yaml", cwd=tmp_path).err.splitlines()[-3:]
    assert line == "FAILED one: baseline: budget; plan 1: budget; plan 2: budget and 6 more"


@pytest.mark.parametrize(
    "ask", [lambda ledgers: compare(ledgers, tables_alone=True), lambda ledgers: check(ledgers).report]
)
def test_of_many_schools_what_was_told_already_is_not_kept(ask: Callable[[Iterable[Ledger]], Report]) -> None:
    kept: list[int] = []

    def in_turn() -> Iterator[Ledger]:
        before = ledgers_kept()
        for number in range(8):
            kept.append(ledgers_kept() - before)
            yield ledger(SCHOOL.format(name=f"School {number}", title_i="20_000"))

    report = ask(in_turn())
    assert report.tables[0].rows
    assert max(kept) <= 3 * PLANS


PLANS = 2
"""The baseline of such a school, and its scenario."""


def ledgers_kept() -> int:
    """How many costed plans there are in memory."""
    gc.collect()
    return sum(isinstance(one, PlanLedger) for one in gc.get_objects())
