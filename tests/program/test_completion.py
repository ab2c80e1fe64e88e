"""What Tab completes, in the protocol by which bash, zsh and fish ask for it; and in a real bash, as somebody types."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staffcalc.cli import app
from staffcalc.output import Format

from .running import ROOT, environment

Complete = Callable[..., list[str]]
PLAN = """\
year: 2026-27
budget: {general: 1_000_000, Title I: 100_000}
benefits: {staff: {social security: {rate: 6.2%}}}
roles:
  teacher: {category: teacher, salary: 50_000, benefits: staff}
  lead teacher: {category: leader, salary: 60_000, funds: {Title I: 100%}}
baseline: {teacher: 4}
scenarios:
  three teams: {change: {lead teacher: +1}}
  three teams, board's way: {change: {lead teacher: +1}}
  pods: {change: {teacher: -1}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan, one that is broken, and the program by its own name."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "broken.yaml").write_text("roles: {", encoding="utf-8")
    (folder / "bin").mkdir()
    program = folder / "bin" / "staffcalc"
    program.write_text(f"#!{sys.executable}\nfrom staffcalc.__main__ import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


def around(folder: Path, **variables: str) -> dict[str, str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    modules = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return environment(PATH=path, PYTHONPATH=modules, **variables)


def asked(folder: Path, **variables: str) -> list[str]:
    """What the program answers to a shell that asks; nothing is said besides."""
    with contextlib.chdir(folder):
        answer = CliRunner().invoke(app, env=variables)
    assert answer.stderr == ""
    return answer.stdout.rstrip("\n").splitlines()


@pytest.fixture
def bash(folder: Path) -> Complete:
    """What bash is offered for a line whose last word, which may be empty, is completed."""

    def complete(*words: str) -> list[str]:
        line = " ".join(["staffcalc", *words])
        return asked(folder, _STAFFCALC_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words)))

    return complete


@pytest.fixture
def fish(folder: Path) -> Complete:
    """What fish is offered; it escapes by itself."""

    def complete(line: str) -> list[str]:
        action = {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_TYPER_COMPLETE_ARGS": f"staffcalc {line}"}
        return asked(folder, _STAFFCALC_COMPLETE="complete_fish", **action)

    return complete


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("compare plan.yaml --scenario p", ["pods"]),
        ("compare plan.yaml plan.yaml -s b", ["baseline"]),
        ("compare --scenario pods plan.yaml --scenario p", ["pods"]),
        ("explain plan.yaml --role t", ["teacher"]),
        ("explain plan.yaml --component s", ["salary", "social security"]),
        ("explain plan.yaml --fund ", ["general", "Title I"]),
        ("explain plan.yaml --measure students_per_t", ["students_per_teacher"]),
        ("cost plan.yaml --year 2029", ["2029-30"]),
        ("diff plan.yaml b", ["baseline"]),
        ("diff plan.yaml baseline p", ["pods"]),
        ("diff plan.yaml pods --to-year 2027", ["2027-28"]),
        ("compare plan.yaml --price a", ["average", "actual"]),
        ("compare plan.yaml --format ", [one for one in Format if one not in ("github", "junit", "sarif")]),
        ("check plan.yaml --format ", list(Format)),
        ("guide fi", ["first-plan"]),
        ("schema --answer com", ["compare"]),
    ],
)
def test_names_come_out_of_the_file_on_the_line(line: str, offered: list[str], fish: Complete) -> None:
    assert fish(line) == offered


@pytest.mark.parametrize(
    "line",
    [
        "compare --scenario ",
        "compare broken.yaml --scenario ",
        "compare nowhere.yaml --scenario ",
        "compare . --scenario ",
        "compare - --scenario ",
        "cost broken.yaml --year ",
        "compare plan.yaml --scenario x",
    ],
)
def test_nothing_is_offered_and_nothing_is_said_where_nothing_is_known(line: str, fish: Complete) -> None:
    assert fish(line) == []


@pytest.mark.parametrize("line", ["compare pl", "check plan.yaml ", "diff ", "compare --output ", "check --among "])
def test_the_shell_completes_the_names_of_files(line: str, fish: Complete, bash: Complete) -> None:
    assert fish(line) == [] == bash(*line.split(" "))


def test_bash_gets_blanks_escaped_unless_a_quotation_mark_is_open(bash: Complete) -> None:
    both = [r"three\ teams", r"three\ teams,\ board\'s\ way"]
    assert bash("compare", "plan.yaml", "-s", "thr") == both
    assert bash("compare", "plan.yaml", "-s", "three\\ t") == both
    assert bash("compare", "plan.yaml", "-s", '"three t') == ["three teams", "three teams, board's way"]
    assert bash("explain", "plan.yaml", "--role", "l") == [r"lead\ teacher"]


def test_zsh_gets_names_that_it_quotes_itself(folder: Path) -> None:
    line = "staffcalc explain plan.yaml --role l"
    answer = asked(folder, _STAFFCALC_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line)
    assert answer == ["""_arguments '*: :(("lead teacher"))'"""]
    line = "staffcalc explain pl"
    assert asked(folder, _STAFFCALC_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line) == ["_files"]


class Typed:
    """A bash in which somebody types."""

    def __init__(self, folder: Path) -> None:
        process, self.screen = pty.fork()
        if process == 0:
            os.chdir(folder)
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], around(folder, PS1="", COLUMNS="200"))
        self.process = process

    def types(self, keys: str, until: str) -> str:
        """Type, and read what is shown until something stands there."""
        os.write(self.screen, keys.encode())
        shown, ends = "", time.monotonic() + 60
        while until not in shown and time.monotonic() < ends:
            if select.select([self.screen], [], [], 0.2)[0]:
                shown += os.read(self.screen, 65536).decode("utf-8", "replace")
        assert until in shown, shown
        return shown


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_somebody_types_in_bash(folder: Path) -> None:
    script = subprocess.run(
        ["staffcalc", "--show-completion", "bash"],
        env=around(folder, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"),
        capture_output=True,
        check=True,
    ).stdout
    (folder / "completion.sh").write_bytes(script)
    bash = Typed(folder)
    bash.types("source completion.sh; bind 'set bell-style none'; echo 'rea''dy'\n", "ready")
    bash.types("staffcalc explain pl\t", "plan.yaml ")  # the name of the file
    bash.types("--role l\t", r"lead\ teacher ")
    bash.types("--fund T\t", r"Title\ I ")
    assert "lead teacher" in bash.types("-s three\t\\,\t; echo 'do''ne'\n", "done")
    os.write(bash.screen, b"exit\n")
    os.waitpid(bash.process, 0)
