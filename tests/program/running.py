"""The real program in a process of its own: piped, or in a terminal of a given width.

Most runs are forked from the tests, which have imported the program already: the start of Python and of the libraries
takes three times as long as an answer. `started` and `in_terminal` start it as a shell does.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import importlib
import io
import os
import pkgutil
import pty
import runpy
import struct
import subprocess
import sys
import termios
import traceback
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple, NoReturn

import typer.main

import staffcalc as package
from staffcalc.cli import app

ROOT = Path(__file__).parents[2]
FOLDERS = ("scenarios", "scenarios/published", "scenarios/patterns")
LIBRARY = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/*.yaml"))

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OF_FILES = [
    name
    for name, command in COMMANDS.items()
    if "format" in (options := {one.name for one in command.params}) and {"file", "files"} & options
]
"""The commands that answer a question about school files, in any format."""


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
    """Run the program with its answer in files. Of the variables that Python itself heeds, only the encoding counts."""
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    with _file(stdin) as given, _file() as out, _file() as err:
        process = _forked(words, cwd, (given, out, err), variables)
        return Run(_ended(process), _written(out, encoding), _written(err, encoding))


def started(*words: str | Path, cwd: Path = ROOT, stdin: str = "", **variables: str) -> Run:
    """Run the program, started by Python, with its answer piped."""
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


def on_terminal(
    columns: int, *words: str | Path, cwd: Path = ROOT, stdin: str = "", problems: bool = False, **variables: str
) -> Run:
    """Run the program in a pseudo-terminal; what it sends is `out`, escape codes and all, with its `problems` or
    without."""
    ours, theirs = _terminal(columns)
    with _file(stdin) as given, _file() as err, open(theirs, "wb", buffering=0) as screen:
        process = _forked(words, cwd, (given, screen, screen if problems else err), variables)
        screen.close()
        out = _sent(ours)
        return Run(_ended(process), out, _written(err))


def in_terminal(columns: int, command: Sequence[str], cwd: Path, stdin: str = "", **variables: str) -> Run:
    """Run any command in a pseudo-terminal."""
    ours, theirs = _terminal(columns)
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
    out = _sent(ours)
    _, err = process.communicate()
    return Run(process.returncode, out, err.decode())


# Terminals and files


def _terminal(columns: int) -> tuple[int, int]:
    """Our side and the program's side of a pseudo-terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    return ours, theirs


def _sent(ours: int) -> str:
    """All that is sent to a terminal until its other side is closed."""
    sent = b""
    with open(ours, "rb", buffering=0) as terminal:
        while True:
            try:
                part = terminal.read(65536)
            except OSError:
                part = b""
            if not part:
                return sent.decode().replace("\r\n", "\n")
            sent += part


@contextlib.contextmanager
def _file(text: str = "") -> Iterator[IO[bytes]]:
    """A file without a name that holds this text."""
    with TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        yield file


def _written(file: IO[bytes], encoding: str = "utf-8") -> str:
    file.seek(0)
    return file.read().decode(encoding)


# A process that is forked


@functools.cache
def _imported() -> None:
    """Import every module of the program, once."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _forked(words: Sequence[str | Path], cwd: Path, streams: Sequence[IO[bytes]], variables: dict[str, str]) -> int:
    """Run `python -m staffcalc` in a process that is forked from this one: the number of the process."""
    _imported()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside the threads of those who run the tests
        process = os.fork()
    if process == 0:
        _run(words, cwd, streams, environment(**variables))
    return process


def _run(words: Sequence[str | Path], cwd: Path, streams: Sequence[IO[bytes]], variables: dict[str, str]) -> NoReturn:
    """Be the program, with these standard streams, and end."""
    code = 1
    try:
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(variables)
        for at, stream in enumerate(streams):
            os.dup2(stream.fileno(), at)
        given, out, err = (io.BufferedReader(io.FileIO(0)), *(io.BufferedWriter(io.FileIO(at, "w")) for at in (1, 2)))
        encoding = variables.get("PYTHONIOENCODING", "utf-8")
        strange = "strict" if "PYTHONIOENCODING" in variables else "surrogateescape"
        sys.stdin = io.TextIOWrapper(given, encoding, strange)
        sys.stdout = io.TextIOWrapper(out, encoding, strange, "\n", line_buffering=os.isatty(1))
        sys.stderr = io.TextIOWrapper(err, encoding, "backslashreplace", "\n", line_buffering=True)
        sys.argv = ["staffcalc", *map(str, words)]
        code = _exit_code()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:  # whatever happens, there is no second process that goes on with the tests
        os._exit(code)


def _exit_code() -> int:
    """Run the program to its end."""
    try:
        runpy.run_module("staffcalc", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _ended(process: int) -> int:
    """The exit code of a process, when it has ended."""
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)
