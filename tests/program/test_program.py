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

import jsonschema
import pytest
from rich.cells import cell_len

from .running import LIBRARY, OF_FILES, ROOT, environment, in_terminal, on_terminal, staffcalc, started

SCHOOL = ROOT / "tests" / "questions" / "middle_school.yaml"
FORMATS = ["table", "text", "markdown", "html", "latex", "csv", "json"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FIGURE = r"[−+]?\$\d[\d,]*(?:\.\d+)?"
NAMES = [path.stem for path in LIBRARY]
TOTAL = r"[^a-z]*(?:\\textbf\{|<tr.*<b>)?cost\b(?! \w)"  # how the row of the whole cost begins


@pytest.mark.parametrize("file", LIBRARY, ids=NAMES)
def test_every_format_of_every_library_file_tells_the_same_cost(file: Path) -> None:
    data = json.loads(staffcalc("compare", file, "--format", "json").out, parse_float=Decimal)
    scenarios = data["schools"][0]["scenarios"]
    told = {one["name"]: Decimal(one["cost"]) for one in scenarios if one["cost"] is not None}

    rows = list(csv.DictReader(io.StringIO(staffcalc("compare", file, "--format", "csv").out)))
    assert {row["scenario"]: Decimal(row["cost"]) for row in rows if row["cost"]} == told
    assert len(rows) == len(scenarios)

    lines = csv.DictReader(io.StringIO(staffcalc("cost", file, "--format", "csv").out))
    sums = dict.fromkeys(told, Decimal(0))
    for line in lines:
        sums[line["scenario"]] += Decimal(line["amount"])
    assert sums == told

    shown = {f"${cost:,}" for cost in told.values()}
    if any(told.values()):
        for format in ("text", "table", "markdown", "html", "latex"):
            answer = staffcalc("compare", file, "--format", format, COLUMNS="400").out.replace("\\$", "$")
            total = " ".join(line for line in answer.splitlines() if re.match(TOTAL, line))
            assert shown <= set(re.findall(r"\$[\d,]+(?:\.\d\d)?", total)), format


@pytest.mark.parametrize("format", FORMATS)
def test_a_pipe_gets_the_whole_answer_without_colour(format: str) -> None:
    run = started("compare", SCHOOL, "--format", format)
    assert (run.code, run.err) == (0, "")
    assert "\x1b" not in run.out
    for words in ("multi-classroom leadership", "reach associate"):
        assert format == "csv" or words in run.out


@pytest.mark.parametrize("command", OF_FILES)
@pytest.mark.parametrize("columns", [80, 120, 200])
def test_a_terminal_shows_every_figure_and_no_line_is_too_long(columns: int, command: str) -> None:
    run = on_terminal(columns, command, SCHOOL)
    plain = ANSI.sub("", run.out)
    assert run.code == 0
    assert max(map(cell_len, plain.splitlines())) <= columns
    piped = staffcalc(command, SCHOOL).out
    assert set(re.findall(FIGURE, piped)) <= set(re.findall(FIGURE, plain))
    assert "\x1b[" in run.out


def test_a_wide_comparison_repeats_its_labels_in_every_block() -> None:
    plain = ANSI.sub("", in_terminal(80, [sys.executable, "-m", "staffcalc", "compare", str(SCHOOL)], ROOT).out)
    assert plain.count("\nclassroom teacher ") == 2
    assert plain.count("\ncost per student ") == 2


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(variables: dict[str, str]) -> None:
    run = on_terminal(100, "compare", SCHOOL, **variables)  # type: ignore[arg-type]
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", run.out)
    assert "fits, " in ANSI.sub("", run.out)


def test_columns_narrows_a_pipe() -> None:
    out = staffcalc("compare", SCHOOL, "--format", "text", COLUMNS="90").out
    tables = out.split("\nNotes\n")[0]
    assert max(map(len, tables.splitlines())) <= 90
    assert "$6,070,574" in tables


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
@pytest.mark.parametrize("format", ["text", "table", "markdown", "html", "json"])
def test_any_console_can_show_it(encoding: str, format: str) -> None:
    asked = started if format == "text" else staffcalc
    run = asked("compare", SCHOOL, "--format", format, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (run.code, run.err) == (0, "")
    if format == "text":
        assert "-$346,574" in run.out


@pytest.mark.parametrize("ending", ["txt", "md", "html", "tex", "csv", "json"])
def test_the_ending_of_the_output_chooses_its_format(tmp_path: Path, ending: str) -> None:
    run = staffcalc("compare", SCHOOL, "--output", tmp_path / f"answer.{ending}")
    assert (run.code, run.out) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == [f"answer.{ending}"]
    names = {"txt": "text", "md": "markdown", "tex": "latex"}
    piped = staffcalc("compare", SCHOOL, "--format", names.get(ending, ending)).out
    assert (tmp_path / f"answer.{ending}").read_text(encoding="utf-8") == piped


def test_an_output_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("last year's")
    slip = tmp_path / "slip.yaml"
    slip.write_text("school: x\n")
    assert staffcalc("compare", slip, "--output", target).code == 2
    assert target.read_text() == "last year's"
    assert {path.name for path in tmp_path.iterdir()} == {"answer.csv", "slip.yaml"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_told() -> None:
    command = f'"{sys.executable}" -m staffcalc compare "{SCHOOL}" > /dev/full'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == 2
    assert done.stderr == "staffcalc: the answer could not be written to standard output: No space left on device\n"


def in_shell(words: str, cwd: Path = ROOT, **variables: str) -> tuple[int, str, str]:
    """Run a line of a shell in which `staffcalc` is the program: its exit code, standard output and error."""
    line = words.replace("staffcalc", f'"{sys.executable}" -m staffcalc')
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=environment(PYTHONPATH=str(ROOT), **variables),
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", ["--help", "--version", "compare --help", "init -", "schema"])
def test_whatever_is_said_into_a_full_device_or_to_nobody_is_a_problem(words: str) -> None:
    full = "staffcalc: the answer could not be written to standard output: No space left on device\n"
    assert in_shell(f"staffcalc {words} > /dev/full") == (2, "", full)
    assert in_shell(f"staffcalc {words} >&-") == (2, "", "staffcalc: standard output is closed: give an --output\n")


@pytest.mark.parametrize("words", ["--help", "--version", "compare --help", "init -", "schema"])
def test_a_reader_of_the_help_that_has_gone_is_no_problem(words: str) -> None:
    assert in_shell(f"staffcalc {words} | true") == (0, "", "")


def test_without_standard_error_the_answer_and_the_exit_code_stand(tmp_path: Path) -> None:
    assert in_shell("staffcalc compare scenarios/ranson.yaml 2>&-")[0] == 0
    assert in_shell("staffcalc compare none.yaml 2>&-") == (2, "", "")
    assert in_shell("staffcalc compare --nonsense 2>&-") == (2, "", "")
    answer = tmp_path / "answer.csv"
    assert in_shell(f"staffcalc compare scenarios/ranson.yaml --output '{answer}' <&- >&- 2>&-") == (0, "", "")
    assert answer.read_text().startswith("school,")


def test_a_closed_standard_input_is_told_with_its_place() -> None:
    code, out, err = in_shell("staffcalc compare - <&-")
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == "<stdin>:1:1: cannot be read: standard input is closed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("compare plan.yaml", "plan.yaml:1:1: cannot be read: No such file or directory"),
        ("compare - < /dev/null", "<stdin>:1:1: cannot be read: No such file or directory"),
        (f"compare '{SCHOOL}' --output a.csv", "staffcalc: a.csv could not be written: No such file or directory"),
        ("init", "staffcalc: school.yaml could not be written: No such file or directory"),
    ],
)
def test_a_working_folder_that_is_gone_is_told(words: str, said: str, tmp_path: Path) -> None:
    code, out, err = in_shell(f"mkdir gone; cd gone; rmdir ../gone; staffcalc {words}", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == said


def test_a_stream_that_the_shell_opens_is_read() -> None:
    plan = "{roles: {teacher: {category: teacher, salary: 50_000}}, baseline: {teacher: 2}}"
    code, out, _ = in_shell(f"staffcalc compare <(echo '{plan}')")
    assert code == 0
    assert "$100,000" in out


@pytest.mark.parametrize(
    "words", [("compare", SCHOOL, "--format", "table"), ("compare", SCHOOL), ("--help",), ("compare", "--help")]
)
def test_a_width_that_is_none_is_ignored(words: tuple[str | Path, ...]) -> None:
    usual = staffcalc(*words)
    for columns in NO_WIDTHS:
        assert staffcalc(*words, COLUMNS=columns) == usual, columns[:5]


def test_a_width_that_is_none_is_ignored_by_a_refusal() -> None:
    for columns in NO_WIDTHS:
        assert staffcalc("compare", "--nonsense", COLUMNS=columns).code == 2, columns[:5]


NO_WIDTHS = ["²", "0", "-80", "wide", "", "9" * 5_000]


@pytest.mark.parametrize("words", [["diff", SCHOOL], ["init"], ["compare"], ["compare", SCHOOL, "--output"]])
def test_a_name_longer_than_any_file_is_told(words: list[str | Path]) -> None:
    run = staffcalc(*words, "x" * 5_000)
    assert (run.code, run.out) == (2, "")
    assert "fault" not in run.err


def test_excel_gets_its_mark() -> None:
    assert staffcalc("compare", SCHOOL, "--format", "csv", "--excel").out.startswith("\ufeffschool,")
    run = staffcalc("compare", SCHOOL, "--format", "json", "--excel")
    assert run.code == 2
    assert "--excel goes with CSV" in run.err


def test_a_reader_that_has_heard_enough_is_no_problem() -> None:
    command = f'"{sys.executable}" -m staffcalc cost "{SCHOOL}" --format csv | head -n 1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment(), check=False)
    assert done.stdout.startswith("school,year,scenario,")
    assert done.stderr == ""


def test_standard_input_is_a_file() -> None:
    text = (ROOT / "scenarios" / "published" / "rodeo-position-trade.yaml").read_text(encoding="utf-8")
    assert "position trade" in started("compare", "-", stdin=text).out


def test_several_schools_stand_beside_one_another() -> None:
    two = [ROOT / "scenarios" / "ranson.yaml", ROOT / "scenarios" / "intrinsic.yaml"]
    data = json.loads(staffcalc("compare", *two, "--format", "json").out)
    assert [Path(school["file"]) for school in data["schools"]] == two
    text = staffcalc("compare", *two).out
    assert "Ranson IB Middle School" in text
    assert "Intrinsic" in text


def test_the_problems_of_all_files_are_told_together_below_the_answer_about_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("schol: A\nroles: {}\n")
    (tmp_path / "b.yaml").write_text("school: B\nbaseline: {teacher: 1}\n")
    run = staffcalc("compare", "a.yaml", SCHOOL, "b.yaml", "none.yaml", cwd=tmp_path)
    assert (run.code, run.out) == (2, staffcalc("compare", SCHOOL, cwd=tmp_path).out)
    assert "a.yaml:1:1: unknown key `schol`" in run.err
    assert "did you mean `school`?" in run.err
    assert "b.yaml:2:12: `teacher` is no role here" in run.err
    assert "none.yaml:1:1: cannot be read" in run.err


WRONG_CALLS: list[tuple[list[str | Path], str]] = [
    ([], "Missing argument"),
    ([SCHOOL, "--nonsense"], "No such option"),
    ([SCHOOL, "--format"], "requires an argument"),
    ([SCHOOL, "--output", "answer.pdf"], ".csv"),
    ([SCHOOL, "--output", "no-folder/answer.csv"], "No such file or directory"),
    (["no-such-plan.yaml"], "no-such-plan.yaml:1:1: cannot be read"),
    ([ROOT], "cannot be read"),
    ([ROOT / ".gitignore"], ".gitignore:1:1: not a school file"),
]
WRONG_FOR_ALL: list[tuple[list[str | Path], str]] = [
    ([SCHOOL, "--format", "pdf"], "'markdown'"),
    ([SCHOOL, "--excel"], "--excel goes with CSV"),
    (["-"], "<stdin>:1:1: the file is empty"),
]


@pytest.mark.parametrize(
    ("command", "words", "said"),
    [
        *(("compare", *call) for call in WRONG_CALLS),
        *((command, *call) for command in OF_FILES for call in WRONG_FOR_ALL),
    ],
)
def test_a_wrong_call_is_explained_and_answers_nothing(
    command: str, words: list[str | Path], said: str, tmp_path: Path
) -> None:
    run = staffcalc(command, *words, cwd=tmp_path, COLUMNS="200")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert "Traceback" not in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["compare", "cost"])
def test_an_unknown_scenario_names_the_nearest(command: str) -> None:
    run = staffcalc(command, SCHOOL, "--scenario", "resident")
    assert (run.code, run.out) == (2, "")
    assert "did you mean `residents`?" in run.err


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


def test_an_answer_never_takes_the_place_of_a_file_it_was_made_of(tmp_path: Path) -> None:
    base = "roles: {teacher: {category: teacher, salary: 50_000}}\n"
    (tmp_path / "base.yaml").write_text(base)
    (tmp_path / "plan.yaml").write_text("extends: base.yaml\nbaseline: {teacher: 2}\n")
    for name in ("plan.yaml", "base.yaml"):
        run = staffcalc("compare", "plan.yaml", "--format", "csv", "--output", name, cwd=tmp_path)
        assert run.code == 2
        assert "one of the files that were read" in run.err
    assert (tmp_path / "base.yaml").read_text() == base


def test_what_a_check_finds_never_takes_the_place_of_a_file_that_was_read(tmp_path: Path) -> None:
    roster = "id,role,fte\n1,teacher,1\n"
    (tmp_path / "roster.csv").write_text(roster)
    (tmp_path / "plan.yaml").write_text("roster: roster.csv\nroles: {teacher: {salary: no}}\n")
    run = staffcalc("check", "plan.yaml", "--format", "junit", "--output", "roster.csv", cwd=tmp_path)
    assert run.code == 2
    assert "one of the files that were read" in run.err
    assert (tmp_path / "roster.csv").read_text() == roster


def test_an_answer_never_takes_the_place_of_another_school_file(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("school: other\n")
    for words in (["compare", SCHOOL, "--format", "json"], ["schema"]):
        run = staffcalc(*words, "--output", "other.yaml", cwd=tmp_path)
        assert (run.code, run.out) == (2, "")
        assert "other.yaml is there already, and may be a school file: choose another --output" in run.err
    assert (tmp_path / "other.yaml").read_text() == "school: other\n"


def test_a_reason_with_a_line_break_starts_no_command() -> None:
    plan = "roles: {teacher: {salary: 1}}\nbaseline: {teacher: 1}\n"
    plan += 'checks: [{measure: fte, min: 5, because: "x\\n::error::y"}]\n'
    for format in [*FORMATS, "github", "junit", "sarif"]:
        out = staffcalc("check", "-", "--format", format, stdin=plan).out
        commands = [line for line in out.splitlines() if line.lstrip().startswith("::")]
        assert all(line.startswith("::error file=") for line in commands), format


def test_the_answer_stays_when_only_differences_are_shown() -> None:
    same = "budget: baseline\nroles: {teacher: {salary: 1}}\nbaseline: {teacher: 1}\nscenarios: {as today: {}}\n"
    out = staffcalc("compare", "-", "--differences", stdin=same).out
    assert out.count("fits, $0 left") == 4  # above the figures, and in short


def test_the_root_is_a_folder_that_is_there() -> None:
    run = staffcalc("compare", SCHOOL, "--root", "nowhere")
    assert (run.code, run.out) == (2, "")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such device here")
def test_an_output_may_be_a_device() -> None:
    assert started("compare", SCHOOL, "--format", "csv", "--output", "/dev/stdout").out.startswith("school,")


@pytest.mark.parametrize("command", OF_FILES)
def test_the_schema_of_an_answer_is_printed_and_the_answer_is_as_it_says(command: str) -> None:
    schema, answer = (
        json.loads(staffcalc(*words).out)
        for words in (["schema", "--answer", command], [command, SCHOOL, "--format", "json"])
    )
    jsonschema.Draft202012Validator(schema).validate(answer)
    assert next(iter(answer)) == "staffcalc"


def test_the_schema_of_an_answer_can_be_written_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    assert staffcalc("schema", "--answer", "diff", "--output", "diff.schema.json", cwd=tmp_path).code == 0
    assert json.loads((tmp_path / "diff.schema.json").read_text())["title"] == "The answer of staffcalc diff"

    run = staffcalc("schema", "--answer", "compar")
    assert (run.code, run.out) == (2, "")
    assert run.err == "staffcalc: no answer `compar`: did you mean `compare`?\n"
    assert "known answers: compare, cost, check, " in staffcalc("schema", "--answer", "guide").err


@pytest.mark.parametrize("format", ["junit", "sarif", "github", "json", "csv"])
def test_a_file_with_nothing_to_check_is_answered_in_every_format(format: str) -> None:
    run = staffcalc("check", "-", "--format", format, stdin="roles: {teacher: {salary: 1}}\nbaseline: {teacher: 1}\n")
    assert run.code == 0
    assert "held against a budget, since none is stated" in run.err


@pytest.mark.parametrize(("command", "instead"), [("check", "names its `year`"), ("forecast", "so many --years")])
def test_a_command_without_a_year_says_what_to_write_instead(command: str, instead: str) -> None:
    run = staffcalc(command, SCHOOL, "--year", "2028-29", COLUMNS="300")
    assert run.code == 2
    assert instead in run.err
    assert "staffcalc compare FILE --year 2028-29" in run.err
    assert "--year " not in staffcalc(command, "--help", COLUMNS="200").out
