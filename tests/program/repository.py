"""A git repository of school files, as a district keeps it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .running import environment

DISTRICT = """\
year: 2026-27
budget: {general: 1_300_000, title_i: 60_000}
roles:
  teacher: {category: teacher, salary: 58_000}
  tutor: {category: support, salary: 27_000, funds: {title_i: 100%}}
checks:
  - {measure: fte, role: teacher, min: 20}
"""
EAST = """\
extends: ../districts/ours.yaml
school: East
baseline: {teacher: 22}
scenarios:
  tutors: {change: {teacher: -1, tutor: +2}}
  fewer: {change: {teacher: -1}}
"""
WEST = "extends: ../districts/ours.yaml\nschool: West\nbaseline: {teacher: 21}\n"


SOMEBODY = {
    **{f"GIT_{who}_{what}": f"{what}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""Who commits, with no configuration of git but that of the repository."""


def git(folder: Path, *words: str) -> str:
    """Run git in a repository."""
    done = subprocess.run(["git", *words], cwd=folder, env=environment(**SOMEBODY), capture_output=True, check=True)
    return done.stdout.decode()


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of a repository."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode())


def commit(folder: Path) -> None:
    """Commit all that stands in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "as it stands")


def begin(folder: Path) -> Path:
    """A repository of a district's file and two schools that extend it, committed once on `main`."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    for name, text in {
        "districts/ours.yaml": DISTRICT,
        "schools/east.yaml": EAST,
        "schools/west.yaml": WEST,
    }.items():
        write(folder, name, text)
    commit(folder)
    return folder
