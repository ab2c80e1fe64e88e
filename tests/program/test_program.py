"""The program as people use it: piped, in a terminal, into files, and with files that are wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from .running import LIBRARY, ROOT, environment, on_terminal, staffcalc

RANSON = ROOT / "scenarios" / "ranson.yaml"
FORMATS = ["table", "text", "markdown", "html", "latex", "csv", "json"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
NAMES = [path.stem for path in LIBRARY]

HOSTILE = """
school: "[red]School[/red] <script>alert(1)</script>"
roles:
  "=cmd()|'/c calc'!A1": {category: teacher, salary: 50_000}
  "::error::stop": {category: teacher, salary: 50_000}
  "{{7*7}} $x^2$ \\\\input{x} | `a` *b*": {category: support, salary: 50_000}
baseline:
  "=cmd()|'/c calc'!A1": 1
  "::error::stop": 1
  "{{7*7}} $x^2$ \\\\input{x} | `a` *b*": 1
"""


@pytest.mark.parametrize("file", LIBRARY, ids=NAMES)
def test_every_format_of_every_library_file_tells_the_same_cost(file: Path) -> None:
    data = json.loads(staffcalc("compare", file, "--format", "json").out, parse_float=Decimal)
    told = {one["name"]: Decimal(one["cost"]) for one in data["schools"][0]["scenarios"]}

    rows = list(csv.DictReader(io.StringIO(staffcalc("compare", file, "--format", "csv").out)))
    assert {row["scenario"]: Decimal(row["cost"]) for row in rows} == told

    lines = csv.DictReader(io.StringIO(staffcalc("cost", file, "--format", "csv").out))
    sums = dict.fromkeys(told, Decimal(0))
    for line in lines:
        sums[line["scenario"]] += Decimal(line["amount"])
    assert sums == told

    text = staffcalc("compare", file).out
    shown = {f"${cost:,}" for cost in told.values()}
    if any(told.values()):
        [total] = [line for line in text.splitlines() if line.startswith("cost  ")][:1]
        assert shown <= set(total.split())


@pytest.mark.parametrize("format", FORMATS)
def test_a_pipe_gets_the_whole_answer_without_colour(format: str) -> None:
    run = staffcalc("compare", RANSON, "--format", format)
    assert (run.code, run.err) == (0, "")
    if format != "table":
        assert "\x1b" not in run.out
    for words in ("multi-classroom leadership", "reach associate"):
        assert format == "csv" or words in run.out


@pytest.mark.parametrize("columns", [80, 120, 200])
def test_a_terminal_shows_every_figure_and_no_line_is_too_long(columns: int) -> None:
    run = on_terminal(columns, "compare", RANSON)
    plain = ANSI.sub("", run.out)
    assert run.code == 0
    assert max(map(len, plain.splitlines())) <= columns
    piped = staffcalc("compare", RANSON).out
    assert set(re.findall(r"[−+]?\$[\d,.]+", piped)) <= set(re.findall(r"[−+]?\$[\d,.]+", plain))
    assert "\x1b[" in run.out


def test_a_wide_comparison_repeats_its_labels_in_every_block() -> None:
    plain = ANSI.sub("", on_terminal(80, "compare", RANSON).out)
    assert plain.count("\nclassroom teacher ") == 2
    assert plain.count("\ncost per student ") == 2


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(variables: dict[str, str]) -> None:
    run = on_terminal(100, "compare", RANSON, **variables)  # type: ignore[arg-type]
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", run.out)
    assert "fits, " in ANSI.sub("", run.out)


def test_columns_narrows_a_pipe() -> None:
    out = staffcalc("compare", RANSON, "--format", "text", COLUMNS="90").out
    tables = out.split("\nNotes\n")[0]
    assert max(map(len, tables.splitlines())) <= 90
    assert "$6,070,574" in tables


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
@pytest.mark.parametrize("format", ["text", "table", "markdown", "html", "json"])
def test_any_console_can_show_it(encoding: str, format: str) -> None:
    run = staffcalc("compare", RANSON, "--format", format, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (run.code, run.err) == (0, "")
    if format == "text":
        assert "-$346,574" in run.out


@pytest.mark.parametrize("ending", ["txt", "md", "html", "tex", "csv", "json"])
def test_the_ending_of_the_output_chooses_its_format(tmp_path: Path, ending: str) -> None:
    run = staffcalc("compare", RANSON, "--output", tmp_path / f"answer.{ending}")
    assert (run.code, run.out) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == [f"answer.{ending}"]
    names = {"txt": "text", "md": "markdown", "tex": "latex"}
    piped = staffcalc("compare", RANSON, "--format", names.get(ending, ending)).out
    assert (tmp_path / f"answer.{ending}").read_text(encoding="utf-8") == piped


def test_an_output_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("last year's")
    slip = tmp_path / "slip.yaml"
    slip.write_text("school: x\n")
    assert staffcalc("compare", slip, "--output", target).code == 2
    assert target.read_text() == "last year's"
    run = staffcalc("compare", RANSON, "--output", tmp_path / "answer.xyz")
    assert run.code == 2
    assert ".csv" in run.err


def test_excel_gets_its_mark() -> None:
    assert staffcalc("compare", RANSON, "--format", "csv", "--excel").out.startswith("\ufeffschool,")
    run = staffcalc("compare", RANSON, "--format", "json", "--excel")
    assert run.code == 2
    assert "--excel goes with CSV" in run.err


def test_a_reader_that_has_heard_enough_is_no_problem() -> None:
    command = f'"{sys.executable}" -m staffcalc cost "{RANSON}" --format csv | head -n 1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment(), check=False)
    assert done.stdout.startswith("school,year,scenario,")
    assert done.stderr == ""


def test_standard_input_is_a_file() -> None:
    text = (ROOT / "scenarios" / "published" / "rodeo-position-trade.yaml").read_text(encoding="utf-8")
    assert "position trade" in staffcalc("compare", "-", stdin=text).out


def test_several_schools_stand_beside_one_another() -> None:
    two = [ROOT / "scenarios" / "ranson.yaml", ROOT / "scenarios" / "intrinsic.yaml"]
    data = json.loads(staffcalc("compare", *two, "--format", "json").out)
    assert [Path(school["file"]) for school in data["schools"]] == two
    text = staffcalc("compare", *two).out
    assert "Ranson IB Middle School" in text
    assert "Intrinsic" in text


def test_the_problems_of_all_files_are_told_together_and_nothing_is_answered(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("schol: A\nroles: {}\n")
    (tmp_path / "b.yaml").write_text("school: B\nbaseline: {teacher: 1}\n")
    run = staffcalc("compare", "a.yaml", RANSON, "b.yaml", "none.yaml", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "a.yaml:1:1: unknown key `schol`" in run.err
    assert "did you mean `school`?" in run.err
    assert "b.yaml:2:12: `teacher` is no role here" in run.err
    assert "none.yaml:1:1: cannot be read" in run.err


@pytest.mark.parametrize("command", ["compare", "cost", "check"])
def test_an_unknown_scenario_or_option_is_a_wrong_call(command: str) -> None:
    for words in (["--nonsense"], ["--format", "pdf"], *([["--scenario", "resident"]] if command != "check" else [])):
        run = staffcalc(command, RANSON, *words)
        assert (run.code, run.out) == (2, "")
        assert "Traceback" not in run.err
    if command != "check":
        assert "did you mean `residents`?" in staffcalc(command, RANSON, "--scenario", "resident").err


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("command", ["compare", "cost", "check"])
def test_hostile_names_come_out_as_harmless_text(command: str, format: str) -> None:
    run = staffcalc(command, "-", "--format", format, stdin=HOSTILE)
    assert run.code == 0
    for line in run.out.splitlines():
        assert not line.lstrip().startswith("::")
        if format == "csv":
            assert all(not cell.startswith(("=", "+", "@")) for cell in next(csv.reader([line])))
    if format == "html":
        assert "<script>" not in run.out
    if format not in ("table", "html", "latex", "markdown", "json"):
        assert "\x1b" not in run.out


def test_control_characters_are_refused_with_their_place() -> None:
    run = staffcalc("compare", "-", stdin='roles: {"\\e[31mred": {salary: 1}}\nbaseline: {}\n')
    assert run.code == 2
    assert "<stdin>:1:9: a control character (U+001B)" in run.err
    assert "\x1b" not in run.err


def test_version_and_completion() -> None:
    assert re.fullmatch(r"staffcalc \d+\.\d+\.\d+\n", staffcalc("--version").out)
    script = staffcalc("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1").out
    assert "staffcalc" in script


@pytest.mark.parametrize("command", ["compare", "cost", "check", "explain", "diff", "assumptions", "init", "schema"])
def test_every_help_shows_an_example_that_works(command: str, tmp_path: Path) -> None:
    run = staffcalc(command, "--help", COLUMNS="200")
    assert run.code == 0
    found = re.search(r"Example: staffcalc (.+?) *$", run.out, flags=re.M)
    assert found is not None
    words = re.findall(r'"[^"]+"|\S+', found[1])
    given: list[str] = []
    for word in (one.strip('"') for one in words):
        if word.startswith("scenarios/"):
            given += [str(path) for path in sorted(ROOT.glob(word))]
        else:
            given.append(word)
    assert staffcalc(*given, cwd=tmp_path).code == 0


def test_the_starter_compares_at_once_and_is_not_written_over(tmp_path: Path) -> None:
    assert staffcalc("init", "plan.yaml", cwd=tmp_path).code == 0
    assert staffcalc("compare", "plan.yaml", cwd=tmp_path).code == 0
    mine = (tmp_path / "plan.yaml").read_text(encoding="utf-8") + "# mine\n"
    (tmp_path / "plan.yaml").write_text(mine, encoding="utf-8")
    assert staffcalc("init", "plan.yaml", cwd=tmp_path).code == 2
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == mine
    assert staffcalc("init", "plan.yaml", "--force", cwd=tmp_path).code == 0


def test_the_starter_passes_its_checks() -> None:
    starter = staffcalc("init", "-").out
    run = staffcalc("check", "-", stdin=starter)
    assert (run.code, "0 failed" in run.err) == (0, True)


def test_check_tells_ci_by_its_exit_code(tmp_path: Path) -> None:
    plan = "budget: {budget}\nroles: {{teacher: {{category: teacher, salary: 50_000}}}}\nbaseline: {{teacher: 2}}\n"
    assert staffcalc("check", "-", stdin=plan.format(budget=100_000)).code == 0
    run = staffcalc("check", "-", "--format", "github", stdin=plan.format(budget=90_000))
    assert run.code == 1
    assert run.out.startswith("::error file=<stdin>,line=3,")
    assert run.err == "1 check in 1 file: 0 passed, 0 warnings, 1 failed\n"
    run = staffcalc("check", "-", "--format", "github", stdin="roles: []\nbaseline: {}\n")
    assert run.code == 2
    assert run.out.startswith("::error file=<stdin>,line=1,")
