"""Names that would do something elsewhere come out as text, in every answer and every format, or are refused."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from .running import OF_FILES, on_terminal, staffcalc

FORMATS = ["table", "text", "markdown", "html", "latex", "csv", "json"]
HOSTILE = """
school: "[red]School[/red] <script>alert(1)</script>"
year: 2026-27
roles:
  "=cmd()|'/c calc'!A1": {category: teacher, salary: 50_000}
  "::error::stop": {category: teacher, salary: 50_000}
  "{{7*7}} $x^2$ \\\\input{x} | `a` *b*": {category: support, salary: 50_000}
baseline:
  "=cmd()|'/c calc'!A1": 1
  "::error::stop": 1
  "{{7*7}} $x^2$ \\\\input{x} | `a` *b*": 1
scenarios:
  "@SUM(A1)":
    note: "::warning::<b>bold</b> [link=elsewhere]here[/link]"
    change: {"::error::stop": -1}
  "-2+3":
    change: {"=cmd()|'/c calc'!A1": -1}
checks:
  - {measure: fte, role: "::error::stop", max: 9, because: "::error::it is asked"}
"""


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("command", OF_FILES)
def test_hostile_names_come_out_as_harmless_text(command: str, format: str) -> None:
    run = staffcalc(command, "-", "--format", format, stdin=HOSTILE)
    assert run.code == 0
    assert "\x1b" not in run.out
    assert not [line for line in (run.out + run.err).splitlines() if line.lstrip().startswith("::")]
    if format == "csv":
        cells = [cell for row in csv.reader(io.StringIO(run.out)) for cell in row]
        formulas = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert [cell for cell in formulas if not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)] == []
    if format == "html":
        assert "<script" not in run.out
        assert "<b>bold" not in run.out
    if format == "json":
        json.loads(run.out)


@pytest.mark.parametrize("format", ["github", "junit", "sarif"])
def test_hostile_names_stay_inside_an_annotation(format: str) -> None:
    run = staffcalc("check", "-", "--format", format, stdin=HOSTILE.replace("max: 9", "max: 0"))
    assert run.code == 1
    assert "<script" not in run.out or format != "junit"
    commands = [line for line in run.out.splitlines() if line.lstrip().startswith("::")]
    if format == "github":
        assert len(commands) == len(run.out.splitlines())
        assert all(re.match(r"::error file=<stdin>,line=\d+,col=\d+,title=[^:]*::", line) for line in commands)
    else:
        assert commands == []


def test_rich_markup_in_a_name_is_shown_in_a_terminal_as_it_stands() -> None:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal(120, "compare", "-", stdin=HOSTILE).out)
    assert "[red]School[/red]" in plain
    assert "[link=elsewhere]here[/link]" in plain


def test_control_characters_are_refused_with_their_place() -> None:
    run = staffcalc("compare", "-", stdin='roles: {"\\e[31mred": {salary: 1}}\nbaseline: {}\n')
    assert (run.code, run.out) == (2, "")
    assert "<stdin>:1:9: a control character (U+001B)" in run.err
    assert "\x1b" not in run.err
