"""The README and the pages of the guide as their readers follow them: what each page shows, and what comes of doing it.

A page shows blocks of these kinds, and no others:

- `console`: a command and what it prints in a terminal. A line `…` stands for lines that are left out.
- `yaml` that begins with a comment such as `# plan.yaml`: a school file of this name, which the commands below it read;
  a base for others, where it has no staff of its own; a file with slips, where its name is `slips.yaml`.
- `yaml` without one: a part of a school file, which is laid over the last school file above it on the page.
- `yaml` of a workflow or of a hook.
- `python` that begins with a comment such as `# tests/costing/test_pay.py`: what a programmer adds to this file.
- `csv NAME`: a table of this name beside the school files.
- `sh`: commands without their answers, each of which works.
- `python`: lines of a program, which go on from those above them on the page. What a line comes to stands behind
  `# →`. `python LIBRARY` needs a library that is no dependency of the program.
- `output`: what the lines of a program above it print.
- `text`: a drawing.

`python -m program.manual` in the folder of the tests writes the screens anew: what the commands print today.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from staffcalc.language.starter import starter

from .repository import SOMEBODY
from .running import ROOT, environment, in_terminal, on_terminal, staffcalc

README = ROOT / "README.md"
GUIDE = sorted((ROOT / "staffcalc" / "guide").glob("*.md"))
PAGES = [README, *GUIDE]
COLUMNS = 78
"""What a page shows fits into a terminal of 80 columns, with a blank on either side."""
ANSI = re.compile(r"\x1b\[[0-9;]*m")
ELLIPSIS = "…"
_FENCED = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.S | re.M)
_OF_A_SHELL = re.compile(r"[|&;<>*$]")
_NAMED = re.compile(r"# ([\w./-]+\.(?:yaml|py))\n")


class Block(NamedTuple):
    """One block of a page: its kind as told above, the name of the file that it is, and what stands in it."""

    kind: str
    name: str
    text: str

    @property
    def command(self) -> str:
        """The command of a screen."""
        return self.text.split("\n", 1)[0].removeprefix("$ ")

    @property
    def shown(self) -> list[str]:
        """The lines of a screen below its command."""
        return self.text.split("\n", 1)[1].rstrip("\n").split("\n")


def blocks(page: str) -> list[Block]:
    """The blocks of a page. Raises ValueError for one of no known kind: nothing on a page goes unseen."""
    return [_block(info, text) for info, text in _FENCED.findall(page)]


def _block(info: str, text: str) -> Block:
    language, _, name = info.partition(" ")
    named = _NAMED.match(text)
    match language:
        case "yaml" if named is not None and not name:
            staffed = any(f"\n{key}:" in text for key in ("extends", "baseline", "roster"))
            return Block("slips" if named[1] == "slips.yaml" else "school file" if staffed else "base", named[1], text)
        case "yaml" if not name:
            kind = "workflow" if "\njobs:" in text else "hook" if text.startswith("repos:") else "part"
            return Block(kind, "", text)
        case "python" if named is not None and not name:
            return Block("code", named[1], text)
        case "csv" if name.endswith(".csv"):
            return Block("table", name, text)
        case "console" if text.startswith("$ ") and not name:
            return Block("screen", "", text)
        case "python":
            return Block("python", name, text)
        case "sh" | "text" | "output" if not name:
            return Block(language, "", text)
    raise ValueError(f"a block of no known kind: {info!r}, {text[:60]!r}")


def of_kind(page: str, *kinds: str) -> list[Block]:
    """The blocks of these kinds."""
    return [block for block in blocks(page) if block.kind in kinds]


def recipes(page: str) -> list[str]:
    """The commands that a page shows without their answers, in blocks and in words."""
    in_blocks = [line.split("  #")[0].strip() for block in of_kind(page, "sh") for line in block.text.splitlines()]
    in_words = [" ".join(words.split()) for words in re.findall(r"`(staffcalc [^`]+)`", page)]
    return list(dict.fromkeys([*in_blocks, *in_words]))


# What a reader has


def begin(folder: Path) -> None:
    """Make the folder of a reader: the library, a plan with slips, and the program on the path."""
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    (folder / "tests" / "program").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "program" / "slip.yaml", folder / "tests" / "program")
    if shutil.which("git") is not None:
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    (folder / "bin").mkdir()
    _program(folder, "staffcalc", f'exec "{sys.executable}" -m staffcalc "$@"')
    _program(folder, "generate-plan", "cat scenarios/published/rodeo-position-trade.yaml")
    for reader in ("jq", "less"):
        if shutil.which(reader) is None:
            _program(folder, reader, "exec cat")


def add_plans(folder: Path) -> None:
    """Put the plans there that recipes are about: a school's own, last year's, and those of two schools."""
    for plan in ("my-school.yaml", "last-year/my-school.yaml", "schools/east.yaml", "schools/west.yaml"):
        (folder / plan).parent.mkdir(exist_ok=True)
        (folder / plan).write_text(starter(), encoding="utf-8")


def add_files(folder: Path, shown: Iterable[Block]) -> None:
    """Put the files there that a page shows to a reader; code is for those who change the program."""
    for block in shown:
        if block.name and block.kind not in ("python", "code"):
            (folder / block.name).parent.mkdir(exist_ok=True)
            (folder / block.name).write_text(block.text, encoding="utf-8")


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


# What a reader does


def done(command: str, folder: Path) -> tuple[int, str]:
    """What comes of a command as a shell runs it: its exit code, and all that it says."""
    words = _of_the_program(command)
    if words is not None:
        run = staffcalc(*words, cwd=folder)
        return run.code, run.out + run.err
    shell = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment(PATH=path_of(folder)),
        check=False,
    )
    return shell.returncode, shell.stdout.decode()


def _of_the_program(command: str) -> list[str] | None:
    """The words of a command that calls the program alone; None for one that needs a shell."""
    words = shlex.split(command)
    return words[1:] if words[0] == "staffcalc" and not _OF_A_SHELL.search(command) else None


def path_of(folder: Path) -> str:
    """The path on which a reader's shell finds the program."""
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"


def printed(command: str, folder: Path) -> list[str]:
    """What a command prints in a terminal, line by line."""
    words = _of_the_program(command)
    if words is None:
        run = in_terminal(COLUMNS, ["sh", "-c", f"{command} 2>&1"], folder, PATH=path_of(folder), **SOMEBODY)
    else:
        run = on_terminal(COLUMNS, *words, cwd=folder, problems=True)
    return [line.rstrip() for line in ANSI.sub("", run.out).rstrip("\n").split("\n")]


def followed(page: str, folder: Path) -> Iterator[tuple[Block, list[str]]]:
    """Each screen of a page with what its command prints, in order, the files saved where the page shows them."""
    for block in blocks(page):
        add_files(folder, [block])
        if block.kind == "screen":
            yield block, printed(block.command, folder)


class Ran(NamedTuple):
    """What a page says of its lines of Python, and what came of them, line by line."""

    shown: list[str]
    found: list[str]


def run_python(page: str, libraries: Collection[str] = ()) -> Ran:
    """Run the Python of a page from its top, in the working folder; of the blocks that need a library, those that need
    one of these."""
    ran, printed = Ran([], []), io.StringIO()
    names: dict[str, Any] = {}
    for block in of_kind(page, "python", "output"):
        if block.kind == "output":
            ran.shown.extend(block.text.splitlines())
            ran.found.extend(printed.getvalue().splitlines())
        elif not block.name or block.name in libraries:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                _run_block(block.text, names, ran)
    return ran


def _run_block(text: str, names: dict[str, Any], ran: Ran) -> None:
    """Run a block statement by statement."""
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        source = ast.get_source_segment(text, statement) or ""
        behind = lines[(statement.end_lineno or 0) - 1].partition("# →")[2].strip()
        if behind:
            ran.shown.append(f"{source}  # → {behind}")
            ran.found.append(f"{source}  # → {eval(source, names)!r}")
        else:
            exec(source, names)


def cut_like(lines: list[str], shown: list[str]) -> list[str]:
    """What is printed, with as much left out as on the screen that is shown."""
    if ELLIPSIS not in shown:
        return lines
    first = shown.index(ELLIPSIS)
    last = len(shown) - first - 1
    return [*lines[:first], ELLIPSIS, *lines[len(lines) - last :]]


def main() -> None:
    """Write every screen of the README and the guide anew."""
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        with TemporaryDirectory() as name:
            begin(Path(name))
            for block, lines in followed(page, Path(name)):
                new = "\n".join([f"$ {block.command}", *cut_like(lines, block.shown), ""])
                page = page.replace(f"```console\n{block.text}```", f"```console\n{new}```")
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
