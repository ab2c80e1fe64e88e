"""The real program, run as a process: piped, or in a terminal of a given width."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer.main

from staffcalc.cli import app

ROOT = Path(__file__).parents[2]
FOLDERS = ("scenarios", "scenarios/published", "scenarios/patterns")
LIBRARY = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/*.yaml"))

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OF_FILES = [name for name, command in COMMANDS.items() if {"file", "files"} & {one.name for one in command.params}]
"""The commands that answer a question about school files."""


class Run(NamedTuple):
    """What a run of the program came to."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """The environment of the tests without what would colour or narrow an answer."""
    unwanted = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "GITHUB_ACTIONS")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1", **more}


def staffcalc(*words: str | Path, cwd: Path = ROOT, stdin: str = "", **variables: str) -> Run:
    """Run the program with its answer piped."""
    done = subprocess.run(
        [sys.executable, "-m", "staffcalc", *map(str, words)],
        cwd=cwd,
        input=stdin.encode(),
        capture_output=True,
        env=environment(**variables),
        check=False,
    )
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    return Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def on_terminal(columns: int, *words: str | Path, cwd: Path = ROOT, stdin: str = "", **variables: str) -> Run:
    """Run the program in a pseudo-terminal; what it sends is `out`, escape codes and all."""
    return in_terminal(columns, [sys.executable, "-m", "staffcalc", *map(str, words)], cwd, stdin, **variables)


def in_terminal(columns: int, command: Sequence[str], cwd: Path, stdin: str = "", **variables: str) -> Run:
    """Run any command in a pseudo-terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(**variables),
    )
    os.close(theirs)
    assert process.stdin is not None
    process.stdin.write(stdin.encode())
    process.stdin.close()
    process.stdin = None
    sent = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        sent += part
    os.close(ours)
    _, err = process.communicate()
    return Run(process.returncode, sent.decode().replace("\r\n", "\n"), err.decode())
