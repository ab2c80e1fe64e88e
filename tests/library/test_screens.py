"""Screens of the library: none is wider than its terminal, and the last one of 80 × 24 holds the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from library.test_library import ANSWERED, costed, names
from staffcalc.costing.ledger import Ledger
from staffcalc.output.formats import Format, rendered
from staffcalc.output.widths import width
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.fit import verdict
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.questions.time_spent import time_spent
from staffcalc.report import Report

WIDTHS = (60, 80, 120, 200)
ROWS = 24
COMMANDS: dict[str, Callable[[Ledger], Report]] = {
    "compare": lambda ledger: compare([ledger]),
    "compare in short": lambda ledger: compare([ledger], in_short=True),
    "cost": lambda ledger: cost([ledger]),
    "check": lambda ledger: check([ledger]).report,
    "diff": diff,
    "explain": lambda ledger: explain([ledger]),
    "forecast": lambda ledger: forecast([ledger]),
    "assumptions": lambda ledger: assumptions([ledger]),
    "time": lambda ledger: time_spent([ledger]),
}
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@cache
def ledger_of(path: Path) -> Ledger:
    return costed(path)


def is_dated(path: Path) -> bool:
    return ledger_of(path).school.year is not None


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_no_line_is_wider_than_the_terminal(path: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if command == "forecast" and not is_dated(path):
        return
    report = COMMANDS[command](ledger_of(path))
    for columns in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = ESCAPES.sub("", rendered(report, Format.table)).split("\n")
        assert [line for line in lines if width(line) > columns] == []


def last_screen(report: Report, *after: str) -> str:
    """What one sees at the end on 80 × 24: the answer, its notes, a line of the shell. COLUMNS is 80."""
    answer = ESCAPES.sub("", rendered(report, Format.table)).rstrip("\n").split("\n")
    told = [*(f"note: {note}" for note in report.notes), *after]
    lines = [*answer, *(note[at : at + 80] for note in told for at in range(0, len(note), 80))]
    return "\n".join(lines[1 - ROWS :])


@pytest.mark.parametrize("path", ANSWERED, ids=names(ANSWERED))
def test_the_last_screen_holds_the_answer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ledger = ledger_of(path)
    end = last_screen(compare([ledger])).partition("In short")[2]
    for plan in ledger.plans:
        assert re.search(rf"^{re.escape(plan.name)} .*(fits|over|no budget)", end, re.MULTILINE), plan.name

    found = check([ledger])
    assert found.summary in last_screen(found.report, found.summary)

    if len(ledger.plans) > 1:
        second = ledger.plans[1]
        assert verdict(second).text in last_screen(diff(ledger))

    if is_dated(path):
        end = last_screen(forecast([ledger])).partition("does it last?")[2]
        for plan in ledger.plans:
            assert re.search(rf"^{re.escape(plan.name)} ", end, re.MULTILINE), plan.name


def test_a_block_that_goes_on_repeats_the_baseline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    [brooklyn] = [path for path in ANSWERED if path.stem == "brooklyn-laboratory"]
    answer = rendered(compare([ledger_of(brooklyn)]), Format.table)
    assert answer.count("cost per student") == len(re.findall(r"^ .*baseline ", answer, re.MULTILINE)) == 2


def test_a_verdict_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ANSWERED:
        for columns in (80, 120, 200):
            monkeypatch.setenv("COLUMNS", str(columns))
            answer = ESCAPES.sub("", rendered(compare([ledger_of(path)]), Format.table))
            above = answer.partition("Staff (FTE)")[0].rpartition("─\n")[2]  # the figures, and under the heads
            assert len(above.strip().split("\n")) == 1
