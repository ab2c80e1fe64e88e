"""An answer arrives: on standard output of any kind, or in a file that is whole or untouched."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from staffcalc.output import Format, OutputProblem, format_for, problems, show
from staffcalc.report import Report

from .conftest import compared

REPORT = compared("Ranson")


class Console(io.TextIOWrapper):
    """Standard output with an encoding of its own."""

    def __init__(self, encoding: str, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def bytes(self) -> bytes:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


def test_the_ending_chooses_the_format() -> None:
    found = {name: format_for(Path(name)) for name in ("a.txt", "a.MD", "a.htm", "a.tex", "a.csv", "a.json", "a.doc")}
    assert list(found.values()) == ["text", "markdown", "html", "latex", "csv", "json", None]


def test_a_pipe_gets_text_and_a_terminal_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    for terminal, stroke in (False, "----"), (True, "────"):
        console = Console("utf-8", terminal)
        monkeypatch.setattr(sys, "stdout", console)
        show(REPORT, format=None, path=None)
        assert stroke in console.bytes().decode()


def test_notes_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    show(REPORT._replace(notes=("rounded to dollars", "\x1b[2J")), format=Format.csv, path=None)
    captured = capsys.readouterr()
    assert captured.err == "note: rounded to dollars\nnote: \\x1b[2J\n"
    assert "note" not in captured.out


def test_a_problem_cannot_command_the_terminal_or_a_build_server(capsys: pytest.CaptureFixture[str]) -> None:
    problems(["a.yaml:1:1: \x1b[31mred\n    hint", "::error::x"])
    assert capsys.readouterr().err == "a.yaml:1:1: \\x1b[31mred\n    hint\n\\x3a:error\\x3a:x\n"


def test_a_file_of_another_ending_is_a_problem_that_says_what_is_right(tmp_path: Path) -> None:
    with pytest.raises(OutputProblem, match=r"\.md.*\.csv.*--format"):
        show(REPORT, format=None, path=tmp_path / "answer.doc")
    assert not list(tmp_path.iterdir())


def test_a_file_is_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md", "a.html", "a.tex", "a.csv", "a.json"):
        show(compared("Zoë"), format=None, path=tmp_path / name)
        content = (tmp_path / name).read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert b"\x1b" not in content
    assert "Zoë" in (tmp_path / "a.csv").read_text("utf-8")


def test_a_table_in_a_file_is_text(tmp_path: Path) -> None:
    show(REPORT, format=Format.table, path=tmp_path / "a")
    show(REPORT, format=Format.text, path=tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_excel_gets_its_mark_with_csv_alone(tmp_path: Path) -> None:
    show(REPORT, format=None, path=tmp_path / "a.csv", excel=True)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfschool,")
    with pytest.raises(OutputProblem, match="--excel goes with CSV"):
        show(REPORT, format=Format.json, path=None, excel=True)


@pytest.mark.parametrize("name", ["plan.yaml", "Plan.YML"])
def test_an_answer_takes_the_place_of_an_earlier_one_and_never_of_a_school_file(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        show(REPORT, format=None, path=tmp_path / "a.csv")
    (tmp_path / name).write_text("school: Ranson")
    with pytest.raises(OutputProblem, match="is there already, and may be a school file: choose another --output"):
        show(REPORT, format=Format.json, path=tmp_path / name)
    assert (tmp_path / name).read_text() == "school: Ranson"
    show(REPORT, format=Format.json, path=tmp_path / "new.yaml")


def test_an_answer_without_records_has_no_csv() -> None:
    with pytest.raises(OutputProblem, match="no CSV"):
        show(Report(REPORT.tables), format=Format.csv, path=None)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputProblem, match="No space left on device"):
        show(REPORT, format=None, path=path)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_a_file_keeps_its_permissions_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("old")
    old.chmod(0o604)
    before = os.umask(0o027)
    try:
        show(REPORT, format=None, path=old)
        show(REPORT, format=None, path=new)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o604, 0o640]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    show(REPORT, format=None, path=tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("school,")
    show(REPORT, format=Format.csv, path=Path(os.devnull))
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["missing/a.csv", ".", "file.txt/a.csv"])
def test_a_place_that_cannot_be_written_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").touch()
    with pytest.raises(OutputProblem):
        show(REPORT, format=Format.csv, path=tmp_path / name)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437"])
@pytest.mark.parametrize("format", list(Format))
def test_every_console_can_show_every_answer(monkeypatch: pytest.MonkeyPatch, encoding: str, format: Format) -> None:
    console = Console(encoding, terminal=True)
    monkeypatch.setattr(sys, "stdout", console)
    show(compared("Zoë 東", "B", name="× – … ✓ é"), format=format, path=None)
    answer = console.bytes().decode(encoding)
    if encoding == "ascii" and format in (Format.table, Format.text):
        assert "-$3,500" in answer
        assert "x - ... ok e" in answer
        assert "Zoe ?" in answer
    if format is Format.json:
        assert r"Zo\u00eb \u6771" in answer
    if format is Format.html:
        assert "Zo&#235; &#26481;" in answer


def test_piped_csv_is_utf8_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console("cp1252")
    monkeypatch.setattr(sys, "stdout", console)
    show(compared("Zoë 東"), format=Format.csv, path=None, excel=True)
    assert console.bytes().decode("utf-8").startswith("\ufeffschool,")
    assert "Zoë 東" in console.bytes().decode("utf-8")


def test_remarks_reach_a_console_without_their_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console("ascii")
    monkeypatch.setattr(sys, "stderr", console)
    problems(["−$5 × 2 …"])
    assert console.bytes() == b"-$5 x 2 ...\n"


SCRIPT = """
from decimal import Decimal
from pathlib import Path
from staffcalc.output import Format, show
from staffcalc.report import Money, Records, Report, Table, TableColumn, TableRow
rows = [(f"role {n}", Money(Decimal(n))) for n in range(9000)]
table = Table("T", (TableColumn("Role", "left"), TableColumn("Cost")), tuple(map(TableRow, rows)))
report = Report((table,), lambda: Records(("role", "cost"), rows), lambda: [list(row) for row in rows])
"""


@pytest.mark.parametrize("format", ["table", "text", "csv", "json"])
def test_a_reader_that_has_gone_away_is_no_problem(format: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT + f"show(report, format=Format.{format}, path=None)"],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_standard_output_that_cannot_be_written_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputProblem, match="closed"):
        show(REPORT, format=Format.csv, path=None)
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(OutputProblem, match="No space"):
            show(REPORT, format=Format.csv, path=None)


def test_csv_and_json_load_neither_rich_nor_tabulate() -> None:
    check = (
        "import sys\n"
        "for format in Format.csv, Format.json: show(report, format=format, path=None)\n"
        "sys.exit(bool({'rich', 'tabulate'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", SCRIPT + check], stdout=subprocess.DEVNULL, check=False)
    assert done.returncode == 0
