"""Whatever happens to a file of the library, the program answers or tells what is wrong, with a place that exists."""

from __future__ import annotations

import io
import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolfile.damage import damaged
from schoolfile.helpers import RICH
from staffcalc import cli

from .running import LIBRARY, ROOT

COMMANDS = [
    ("compare",),
    ("cost", "--format", "csv"),
    ("check",),
    ("check", "--strict", "--format", "junit"),
    ("assumptions", "--format", "csv"),
    ("explain", "--measure", "left"),
    ("forecast", "--years", "3"),
    ("diff", "baseline"),
    ("time", "--format", "csv"),
]
LOCATED = re.compile(r"^(?P<file>[^\s:]+\.(?:yaml|csv)):(?P<line>\d+):(?P<column>\d+): ", re.MULTILINE)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library, in which files may be damaged; the whole-language file is beside it."""
    copy = tmp_path_factory.mktemp("library") / "scenarios"
    shutil.copytree(ROOT / "scenarios", copy)
    shutil.copytree(RICH.parent, copy / "tests", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def run(*words: str) -> tuple[object, str, str]:
    """The exit code, standard output and standard error of the program, run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.object(sys, "argv", ["staffcalc", *words]), redirect_stdout(out), redirect_stderr(err):
        try:
            cli.main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


def is_answered_or_refused(path: Path, text: str, command: tuple[str, ...]) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")
    name, *options = command
    code, out, err = run(name, str(path), *options)
    assert code in (0, 1, 2), err
    assert "fault of the program" not in err, err
    assert out or code == 2
    assert code != 2 or path.name in err, err
    for found in LOCATED.finditer(err):
        lines = len(Path(found["file"]).read_text(encoding="utf-8").splitlines()) or 1
        assert 1 <= int(found["line"]) <= lines + 1, err  # what is missing at the end stands below the last line


FILES = [*LIBRARY, RICH]
ASKED = st.sampled_from(COMMANDS)


def in_copy(file: Path, library: Path) -> Path:
    """Where a damaged file stands, so that it extends what it extended before."""
    folder = library / "tests" if file == RICH else library / file.parent.relative_to(ROOT / "scenarios")
    return folder / "damaged.yaml"


@given(st.sampled_from(FILES).flatmap(lambda file: st.tuples(st.just(file), damaged(file.read_text("utf-8")))), ASKED)
@settings(suppress_health_check=list(HealthCheck))
def test_a_damaged_file_is_answered_or_refused(
    library: Path, found: tuple[Path, str], command: tuple[str, ...]
) -> None:
    file, text = found
    is_answered_or_refused(in_copy(file, library), text, command)


@pytest.mark.search
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
@given(data=st.data(), command=ASKED)
@settings(suppress_health_check=list(HealthCheck))
def test_every_damaged_file_is_answered_or_refused(
    file: Path, library: Path, data: st.DataObject, command: tuple[str, ...]
) -> None:
    is_answered_or_refused(in_copy(file, library), data.draw(damaged(file.read_text("utf-8"))), command)
