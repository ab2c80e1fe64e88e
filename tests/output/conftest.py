"""A small answer that has all that an answer can have."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import pytest

from staffcalc.output import Format
from staffcalc.output.formats import rendered
from staffcalc.report import (
    NA,
    Cell,
    Count,
    Finding,
    Fte,
    Money,
    Percent,
    Ratio,
    Records,
    Report,
    Table,
    TableColumn,
    TableRow,
    Verdict,
)

Show = Callable[[Report, str], str]


def money(amount: str, signed: bool = False) -> Money:
    return Money(Decimal(amount), signed)


def fte(value: str) -> Fte:
    return Fte(Decimal(value))


def compared(*schools: str, name: str = "classroom teacher") -> Report:
    """Two scenarios of each school side by side."""
    width = 2 * len(schools)

    def row(label: str, *cells: Cell, kind: str = "line", bad: str | None = None) -> TableRow:
        return TableRow((label, *(cells * len(schools))), kind, bad)  # type: ignore[arg-type]

    table = Table(
        "What each scenario costs",
        (
            TableColumn("", "left"),
            *(TableColumn(label, group=school) for school in schools for label in ("baseline", "lead teachers")),
        ),
        (
            TableRow(("Staffing", *[None] * width), "heading"),
            row(name, fte("62.0"), fte("59.25")),
            row("lead teacher", None, fte("3")),
            row("All staff", fte("62"), fte("62.25"), kind="total"),
            TableRow(("Money", *[None] * width), "heading"),
            row("Cost", money("4020000"), money("4023500")),
            row("Left", money("0"), money("-3500"), kind="total", bad="below nothing"),
            row("Change", money("0", True), money("3500", True)),
            row("Students", Count(Decimal("1100.0")), Count(Decimal("1100"))),
            row("Students per teacher", NA, Ratio(Decimal("17.70"))),
            row("Pension", Percent(Decimal("0.1532")), Percent(Decimal("0.2"))),
            row("", Verdict("fits", True), Verdict("over by $3,500", False), kind="verdict"),
        ),
    )
    return Report(
        (table,),
        lambda: Records(
            ("school", "role", "fte", "cost", "students_per_teacher"),
            [(school, name, fte("62.0"), money("-1234.50"), NA) for school in schools],
        ),
        lambda: {"schools": [{"school": school, "role": name, "cost": money("-1234.50")} for school in schools]},
        findings=tuple(finding("error", name, school) for school in schools),
    )


def finding(level: Literal["error", "warning", "passed"], name: str, school: str = "Ranson") -> Finding:
    """What a check found of a role of this name."""
    message = f"fte of `{name}` is 1 FTE, 2 FTE below the least of 3 FTE"
    return Finding(
        level, "fte", f"{school}: teams: fte of {name}", message, f"add 2 FTE of {name}", "ranson.yaml", 12, 5
    )


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Draw a report for a terminal of a given width."""

    def draw(report: Report, columns: int) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        return rendered(report, Format.table)

    return draw
