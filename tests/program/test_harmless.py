"""Names that would do something elsewhere come out as text, in every answer and every format, or are refused."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

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


@pytest.mark.parametrize("written", ["\\uFFFE", "\\uFFFF", "\\uFDD0", "\\U0001FFFE", "\U0010ffff"])
def test_what_is_no_character_is_refused_with_its_place(written: str) -> None:
    plan = f'baseline: {{}}\nroles: {{"red{written}": {{salary: 1}}}}\n'
    run = staffcalc("compare", "-", stdin=plan)
    assert (run.code, run.out) == (2, "")
    assert re.search(r"<stdin>:2:9: a control character \(U\+[0-9A-F]{4,6}\)", run.err)


def test_a_file_name_that_is_not_utf8_is_answered_in_every_format(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xe9cole.yaml")
    path.write_text(HOSTILE.replace("max: 9", "max: 0"))
    for format in FORMATS:
        assert staffcalc("compare", path.name, "--format", format, cwd=tmp_path).code == 0, format
    for format in [*FORMATS, "github", "junit", "sarif"]:
        run = staffcalc("check", path.name, "--format", format, cwd=tmp_path)
        assert run.code == 1, format
        assert "cole.yaml" in run.out, format
    path.write_text("school: x")
    run = staffcalc("compare", path.name, cwd=tmp_path)
    assert run.code == 2
    assert run.err.startswith(r"\udce9cole.yaml:1:1: ")


def test_a_limit_of_nothing_is_a_check_that_failed() -> None:
    plan = "{school: S, students: 100, roles: {teacher: {category: teacher, salary: 50_000}}, baseline: {teacher: 2}, "
    run = staffcalc("check", "-", stdin=plan + "checks: [{measure: students_per_teacher, max: 0}]}")
    assert run.code == 1
    assert "students_per_teacher of `baseline` is 50, 50 above the most of 0" in run.out
    assert "add " not in run.out
