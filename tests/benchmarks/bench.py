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
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SCHOOL = ROOT / "scenarios" / "ranson.yaml"
RUNS = 15
FILES = 300
COMPILING = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
COMPARE = [sys.executable, "-m", "staffcalc", "compare"]

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


LARGE = """
school: Large roster
year: 2026-27
students: 120_000
budget: {general: 700_000_000, title_i: 90_000_000}
schedules:
  teachers:
    lanes: [BA, BA+18, MA, MA+32, PhD]
    steps:
STEPS
benefits:
  certified:
    pension: {rate: 15.32%}
    social security: {rate: 6.2%, up_to: 60_000}
    medicare: {rate: 1.45%}
    health: {per_person: 5_471, min_fte: 0.75}
roles:
  teacher: {category: teacher, new_hire: BA/1, benefits: certified}
  special education teacher: {category: teacher, new_hire: BA/1, benefits: certified, supplement: 2_000}
  coach: {category: specialist, new_hire: MA/3, benefits: certified, unit: specialists}
roster: staff.csv
scenarios:
  fewer teachers: {change: {teacher: -60, coach: +15}}
  other mix: {change: {special education teacher: -20, teacher: +10}}
forecast: {cola: 2%, turnover: 6%, benefits: {health: 6%}, budget: {general: 2%, title_i: 1%}}
"""
"""A district with thousands of people on sixty cells, some with a fund, a salary or a second post of their own."""
PEOPLE = 9_999


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


class Measured(NamedTuple):
    """One line of the result. What decides is `least`, which other work on the machine disturbs the least."""

    what: str
    least: float
    median: float
    limit: float
    unit: str


def in_turns(commands: dict[str, list[str]], runs: int) -> dict[str, list[Time]]:
    """The times of each command, taken in turns, so that a busy minute falls on all of them."""
    times: dict[str, list[Time]] = {label: [] for label in commands}
    for command in commands.values():  # once before, which leaves every module compiled, as in an installed program
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=COMPILING)
    for _ in range(runs):
        for label, command in commands.items():
            times[label].append(taken(command))
    return times


def cpu(times: list[Time]) -> tuple[float, float]:
    """The least and the median CPU time."""
    return min(one.cpu for one in times), median(one.cpu for one in times)


def wall(times: list[Time]) -> tuple[float, float]:
    """The least and the median wall time."""
    return min(one.wall for one in times), median(one.wall for one in times)


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
        text = re.sub(r"districts/(?=[\w-]+\.yaml)", f"{ROOT}/scenarios/districts/", text)
        path = folder / f"school-{number:03}.yaml"
        path.write_text(re.sub(r"^school: .*", f"school: School {number}", text, flags=re.M), encoding="utf-8")
        paths.append(str(path))
    return paths


def starts(folder: Path) -> Iterator[Measured]:
    """A whole run of the program for each of three formats, against a bare Typer program."""
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    commands = {"bare": [sys.executable, str(folder / "bare.py"), "compare", str(SCHOOL)]}
    for format in ("text", "table", "csv"):
        commands[format] = [*COMPARE, str(SCHOOL), "--format", format]
    times = in_turns(commands, RUNS)
    bare = times.pop("bare")
    for kind, of in (("CPU time", cpu), ("wall time", wall)):
        for format, own in times.items():
            least, middle = (mine / theirs for mine, theirs in zip(of(own), of(bare), strict=True))
            yield Measured(f"compare, {format}: {kind} against a bare Typer program", least, middle, 1.7, "×")


def many_files(folder: Path) -> Iterator[Measured]:
    """What a file more costs in a call of three hundred, as a part of a bare Typer program's whole run."""
    files = many(folder)
    commands = {
        "bare": [sys.executable, str(folder / "bare.py"), "compare", str(SCHOOL)],
        "one": [*COMPARE, "--root", "/", files[0]],
        "all": [*COMPARE, "--root", "/", *files],
    }
    times = in_turns(commands, 5)
    least, middle = (
        (every - one) / (FILES - 1) / bare * 100
        for every, one, bare in zip(cpu(times["all"]), cpu(times["one"]), cpu(times["bare"]), strict=True)
    )
    yield Measured(f"compare, {FILES} files: CPU time of a file more", least, middle, 4, "%")


def large(folder: Path) -> str:
    """The file of a district whose roster is as long as a roster may be."""
    steps = range(1, 13)
    rows = [f"      {step}: {[38_000 + 1_350 * step + 3_100 * lane for lane in range(5)]}" for step in steps]
    (folder / "large.yaml").write_text(LARGE.replace("STEPS", "\n".join(rows)), encoding="utf-8")
    people = ["id,role,fte,cell,salary,fund"]
    for number in range(PEOPLE):
        role = ("teacher", "teacher", "special education teacher", "teacher", "coach")[number % 5]
        cell = f"{('BA', 'BA+18', 'MA', 'MA+32', 'PhD')[number % 7 % 5]}/{number % 12 + 1}"
        pay = f",{45_000 + number}" if number % 200 == 0 else f"{cell},"
        fte = 0.5 if number % 11 == 0 or number % 500 < 2 else 1
        person = number - 1 if number % 500 == 1 else number  # the second post of the one before
        people.append(f"{person},{role},{fte},{pay},{'title_i' if number % 25 == 3 else ''}")
    (folder / "staff.csv").write_text("\n".join(people), encoding="utf-8")
    return str(folder / "large.yaml")


def large_roster(folder: Path) -> Iterator[Measured]:
    """Whole runs on a long roster, as so many times a bare Typer program's."""
    file = large(folder)
    commands = {"bare": [sys.executable, str(folder / "bare.py"), "compare", str(SCHOOL)]}
    for command in ("compare", "forecast"):
        commands[command] = [sys.executable, "-m", "staffcalc", command, file]
    times = in_turns(commands, 3)
    bare = times.pop("bare")
    for command, own in times.items():
        least, middle = (mine / theirs for mine, theirs in zip(cpu(own), cpu(bare), strict=True))
        limit, seconds = {"compare": (6, 1.2), "forecast": (9, 1.5)}[command]
        yield Measured(f"{command}, {PEOPLE:,} people: CPU time against a bare program", least, middle, limit, "×")
        yield Measured(f"{command}, {PEOPLE:,} people: CPU time", *cpu(own), seconds, "s")


def memory() -> Iterator[Measured]:
    """The most memory that one school takes."""
    for format in ("text", "table", "csv"):
        peaks = [peak_memory([*COMPARE, str(SCHOOL), "--format", format]) for _ in range(3)]
        yield Measured(f"compare, {format}: peak memory", min(peaks), median(peaks), 60, "MiB")


def main() -> int:
    """Measure, print, and return 1 where a limit is passed."""
    over = False
    print(f"{'':58}{'least':>8}{'median':>8}{'limit':>7}")
    with tempfile.TemporaryDirectory() as name:
        for one in (*starts(Path(name)), *many_files(Path(name)), *large_roster(Path(name)), *memory()):
            passed = one.least > one.limit
            over |= passed
            figures = f"{one.least:8.2f}{one.median:8.2f}{one.limit:7g}"
            print(f"{one.what:58}{figures} {one.unit:3}  {'over' if passed else 'ok'}")
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
