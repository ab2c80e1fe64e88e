"""How fast and how small: ratios against a bare Typer program, measured in one run. `make bench` runs it.

Machines vary and are shared, so every measurement is taken in turns, CPU time is counted beside wall time, and the
least of the runs decides.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SCHOOL = ROOT / "scenarios" / "ranson.yaml"
RUNS = 15
FILES = 300

BARE = """
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional
import typer

class Format(StrEnum):
    text = "text"
    table = "table"
    csv = "csv"

app = typer.Typer(pretty_exceptions_enable=False)

@app.callback()
def _options(version: Annotated[bool, typer.Option("--version")] = False) -> None: ...

@app.command()
def compare(
    files: Annotated[list[Path], typer.Argument(allow_dash=True)],
    scenario: Annotated[Optional[list[str]], typer.Option("--scenario", "-s")] = None,
    differences: Annotated[bool, typer.Option("--differences", "-d")] = False,
    format: Annotated[Optional[Format], typer.Option("--format", "-f")] = None,
    output: Annotated[Optional[Path], typer.Option("--output", "-o")] = None,
    excel: Annotated[bool, typer.Option("--excel")] = False,
    root: Annotated[Optional[Path], typer.Option("--root")] = None,
) -> None: ...

app()
"""


class Time(NamedTuple):
    """Seconds of one run."""

    cpu: float
    wall: float


def taken(command: list[str]) -> Time:
    """The time of one whole process."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Time(used, wall)


def least(times: list[Time]) -> Time:
    return Time(min(one.cpu for one in times), min(one.wall for one in times))


def peak_memory(command: list[str]) -> float:
    """MiB at the most, of the command alone: it is run by a process that starts nothing else."""
    measured = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", measured, *command], capture_output=True, check=True)
    return int(done.stdout) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def many(folder: Path) -> list[str]:
    """Three hundred school files: the eight schools of the library in turn, each under a name of its own."""
    schools = sorted((ROOT / "scenarios").glob("*.yaml"))
    paths = []
    for number in range(FILES):
        text = schools[number % len(schools)].read_text(encoding="utf-8")
        text = text.replace("extends: districts/", f"extends: {ROOT}/scenarios/districts/")
        path = folder / f"school-{number:03}.yaml"
        path.write_text(re.sub(r"^school: .*", f"school: School {number}", text, flags=re.M), encoding="utf-8")
        paths.append(str(path))
    return paths


def main() -> int:
    """Measure, print, and return 1 where a limit is passed."""
    program = [sys.executable, "-m", "staffcalc", "compare"]
    compile_all = [sys.executable, "-m", "compileall", "-q", str(ROOT / "staffcalc")]
    subprocess.run(compile_all, check=True)  # as an installed program is
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        files = many(folder)
        commands = {"bare": [sys.executable, str(folder / "bare.py"), "compare", str(SCHOOL)]}
        for format in ("text", "table", "csv"):
            commands[format] = [*program, str(SCHOOL), "--format", format]
        times: dict[str, list[Time]] = {label: [] for label in commands}
        for _ in range(RUNS):
            for label, command in commands.items():
                times[label].append(taken(command))
        bare = least(times.pop("bare"))
        results = [
            (f"compare, {label}: CPU time against a bare Typer program", least(own).cpu / bare.cpu, 1.6, "×")
            for label, own in times.items()
        ]
        results += [
            (f"compare, {label}: wall time against a bare Typer program", least(own).wall / bare.wall, 1.6, "×")
            for label, own in times.items()
        ]
        shared = [*program, "--root", "/"]
        one = least([taken([*shared, files[0]]) for _ in range(5)])
        all_of_them = least([taken([*shared, *files]) for _ in range(3)])
        results.append((f"{FILES} files: a file more", (all_of_them.cpu - one.cpu) / (FILES - 1) * 1000, 4, "ms"))
        results.append(("peak memory, one school as text", peak_memory([*program, str(SCHOOL)]), 60, "MiB"))
        results.append(
            ("peak memory, one school as a table", peak_memory([*program, str(SCHOOL), "--format", "table"]), 60, "MiB")
        )
    over = False
    for what, value, limit, unit in results:
        over |= value > limit
        print(f"{what:60} {value:7.2f} {unit:3}  limit {limit:g} {unit:3}  {'over' if value > limit else 'ok'}")
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
