"""The program as it is installed: the script, the version, the help, the completion; and that it keeps to itself."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from .running import COMMANDS, OF_FILES, ROOT, environment, staffcalc

SCRIPT = Path(sysconfig.get_path("scripts")) / "staffcalc"

# The program, with every attempt to use the network told.
WATCHED = """
import sys
def tell(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        print("network:", event, file=sys.stderr)
sys.addaudithook(tell)
from staffcalc.__main__ import main
main()
"""


def test_called_alone_it_says_how_to_begin() -> None:
    run = staffcalc(COLUMNS="100")
    assert all(name in run.out + run.err for name in COMMANDS)
    assert "staffcalc init" in run.out + run.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_shows_an_example_that_works(command: str, tmp_path: Path) -> None:
    run = staffcalc(command, "--help", COLUMNS="200")
    assert run.code == 0
    found = re.search(r"Example: staffcalc (.+?) *$", run.out, flags=re.M)
    assert found is not None
    given: list[str] = []
    for word in shlex.split(found[1]):
        given += map(str, sorted(ROOT.glob(word))) if word.startswith("scenarios/") else [word]
    example = staffcalc(*given, cwd=tmp_path)
    assert (example.code, "Traceback" in example.err) == (0, False)


def installed(*words: str, **variables: str) -> str:
    """What the installed script says."""
    done = subprocess.run([SCRIPT, *words], capture_output=True, text=True, env=environment(**variables), check=False)
    return done.stdout


def test_the_installed_script_is_the_program() -> None:
    assert re.fullmatch(r"staffcalc \d+\.\d+\.\d+\n", installed("--version"))
    assert staffcalc("--version").out == installed("--version")


@pytest.mark.parametrize(
    ("shell", "line"),
    [("bash", "complete -o default"), ("zsh", "#compdef staffcalc"), ("fish", "complete --command staffcalc")],
)
def test_each_shell_gets_a_completion_script(shell: str, line: str) -> None:
    assert line in installed(_STAFFCALC_COMPLETE=f"source_{shell}")


def test_show_completion_knows_the_shell_it_is_called_from() -> None:
    command = f'"{SCRIPT}" --show-completion; true'  # two commands, so that the shell waits for the first
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment(), check=True)
    assert "complete -o default" in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("staffcalc com", ["compare"]),
        ("staffcalc compare plan.yaml --dif", ["--differences"]),
        ("staffcalc guide ben", ["benefits"]),
        ("staffcalc schema --answer co", ["compare", "cost"]),
    ],
)
def test_tab_completes_commands_options_topics_and_answers(typed: str, offered: list[str]) -> None:
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    assert installed(_STAFFCALC_COMPLETE="complete_bash", **asked).split() == offered


@pytest.mark.parametrize("command", OF_FILES)
def test_it_uses_no_network_and_writes_nothing_unasked(command: str, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(staffcalc("init", "-").out, encoding="utf-8")
    before = (tmp_path / "plan.yaml").read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, command, "plan.yaml", "--format", "table"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0
    assert "network:" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]
    assert (tmp_path / "plan.yaml").read_bytes() == before
