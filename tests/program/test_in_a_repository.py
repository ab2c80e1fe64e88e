"""The workflow and the hook of the guide in a real repository: a change of a district's file checks its schools."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml

from .manual import GUIDE, of_kind, path_of
from .repository import DISTRICT, SOMEBODY, begin, commit, git, write
from .running import COMMANDS, ROOT, Run, environment, staffcalc

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in GUIDE)
[WORKFLOW], [HOOK] = ([yaml.safe_load(one.text) for one in of_kind(TEXT, kind)] for kind in ("workflow", "hook"))
HOOKS = ROOT / ".pre-commit-hooks.yaml"


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A district's repository, beside a folder in which a shell finds the program."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "staffcalc").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m staffcalc "$@"\n')
    (tmp_path / "bin" / "staffcalc").chmod(0o755)
    (tmp_path / "district").mkdir()
    return begin(tmp_path / "district")


def shell(folder: Path, script: str, **variables: str) -> Run:
    """Run a script as a workflow does."""
    modules = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    around = environment(PATH=path_of(folder.parent), PYTHONPATH=modules, **SOMEBODY, **variables)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=around,
        capture_output=True,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


# The examples of the help


def further_examples() -> list[str]:
    """The commands that a help shows after its first example, without their words for what they do."""
    helps = (staffcalc(command, "--help", COLUMNS="200").out for command in COMMANDS)
    return [
        line for text in helps for line in re.findall(r"^ (?!Example: )[A-Z][a-z ]+: (staffcalc .+?) *$", text, re.M)
    ]


def test_every_example_of_a_help_works_in_a_repository(district: Path) -> None:
    examples = further_examples()
    assert len(examples) == 3
    for line in (None, "# seen by the board"):  # written, and changed since
        text = staffcalc("init", "-").out
        write(district, "my-school.yaml", text if line is None else f"{text}{line}\n")
        commit(district)
    for example in examples:
        run = shell(district, example)
        assert (run.code, bool(run.out), "Traceback" in run.err) == (0, True, False), (example, run)


# The workflow


def step(name: str) -> str:
    """What a step of the workflow runs."""
    [script] = [one["run"] for one in WORKFLOW["jobs"]["check"]["steps"] if one.get("name") == name]
    return str(script)


def test_the_workflow_runs_for_what_schools_are_made_of() -> None:
    triggers = WORKFLOW[True]  # `on` is true to a YAML reader
    assert triggers["pull_request"]["paths"] == ["schools/**", "districts/**"]


def test_a_pull_request_for_a_district_s_file_fails_in_the_schools_that_extend_it(district: Path) -> None:
    write(district, "districts/ours.yaml", DISTRICT.replace("min: 20", "min: 22"))
    run = shell(district, step("check"))
    assert run.code == 1
    first, *_, last = run.out.splitlines()
    assert first.startswith("::error file=schools/east.yaml,line=5,col=3,title=East%3A tutors%3A fte of teacher::")
    assert last.startswith("::error file=schools/west.yaml,line=3,col=1,title=West%3A baseline%3A fte of teacher::")
    assert last.endswith("; the rule: districts/ours.yaml:7:15")


def test_a_pull_request_tells_what_became_of_every_plan(district: Path) -> None:
    git(district, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(district, "districts/ours.yaml", DISTRICT.replace("58_000", "59_000"))
    write(district, "schools/north.yaml", "extends: ../districts/ours.yaml\nschool: North\nbaseline: {teacher: 20}\n")
    write(district, "schools/south.yaml", "extends: ../districts/ours.yaml\nbaseline: {techer: 20}\n")
    run = shell(district, step("changes"), GITHUB_BASE_REF="main")
    assert run.code == 0
    told = (district / "changes.md").read_text(encoding="utf-8")
    for school in ("East", "West"):
        assert f"## {school}, 2026-27: since origin/main\n" in told
    assert "changed: fits, $62,000 left" in told
    assert "## North, 2026-27" in told
    assert "schools/south.yaml cannot be read.\n" in told
    assert "`techer`" in run.err


# The hook


def staged(folder: Path, files: str) -> list[str]:
    """The files that pre-commit gives to a hook: what is staged, and not deleted, of those that it asks for."""
    names = git(folder, "diff", "--cached", "--name-only", "-z", "--diff-filter=d").split("\0")
    return [name for name in names if name and re.search(files, name)]


def test_the_guide_names_a_hook_that_there_is() -> None:
    [hook] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    [used] = HOOK["repos"][0]["hooks"]
    assert used == {"id": hook["id"]}


def hooked(folder: Path) -> Run:
    """What the hook says of a commit, called as pre-commit calls it."""
    git(folder, "add", "--all")
    [hook] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program, *words = shlex.split(hook["entry"])
    assert program == "staffcalc"
    return staffcalc(*words, *staged(folder, hook["files"]), cwd=folder)


def test_a_changed_school_is_checked_and_no_other(district: Path) -> None:
    write(district, "schools/west.yaml", "extends: ../districts/ours.yaml\nschool: West\nbaseline: {teacher: 19}\n")
    run = hooked(district)
    assert (run.code, run.err) == (1, "2 checks in 1 file: 1 passed, 0 warnings, 1 failed\n")
    assert run.out.startswith("West, 2026-27\n")


def test_a_changed_district_s_file_checks_the_schools_that_extend_it(district: Path) -> None:
    write(district, "alone.yaml", "roles: {teacher: {salary: 1}}\nbaseline: {teacher: 1}\n")
    commit(district)
    write(district, "districts/ours.yaml", DISTRICT.replace("min: 20", "min: 22"))
    run = hooked(district)
    assert run.code == 1
    assert "FAILED East, 2026-27: tutors: fte of teacher; fewer: fte of teacher\n" in run.err
    assert "FAILED West, 2026-27: baseline: fte of teacher\n" in run.err
    assert "alone" not in run.out


def test_so_does_a_changed_roster(district: Path) -> None:
    write(district, "plan.yaml", "budget: 90_000\nroles: {teacher: {category: teacher}}\nroster: sheets/staff.csv\n")
    write(district, "sheets/staff.csv", "id,role,fte,salary\n1,teacher,1,50000\n")
    commit(district)
    write(district, "sheets/staff.csv", "id,role,fte,salary\n1,teacher,1,50000\n2,teacher,1,50000\n")
    run = hooked(district)
    assert (run.code, run.err) == (1, "1 check in 1 file: 0 passed, 0 warnings, 1 failed\n")


def test_other_files_of_the_repository_are_none_of_its_business(district: Path) -> None:
    write(district, ".github/workflows/staffing.yml", "on: push\njobs: {}\n")
    write(district, "compose.yaml", "services: {web: {image: nginx}}\n")
    write(district, "list.yml", "- one\n- two\n")
    write(district, "figures.csv", "a,b\n1,2\n")
    run = hooked(district)
    assert (run.code, run.err) == (0, "0 checks in 0 files: 0 passed, 0 warnings, 0 failed\n")


def test_a_name_that_is_no_file_s_is_remarked(district: Path) -> None:
    run = staffcalc("check", "--among", ".", "schools/eats.yaml", cwd=district)
    assert run.code == 0  # a file that is gone is in the list of what changed, too
    assert run.err.startswith("note: schools/eats.yaml: no such file, and no school below . extends or reads one\n")
    assert "note:" not in staffcalc("check", "--among", ".", "schools/east.yaml", cwd=district).err


def test_a_district_s_file_that_cannot_be_read_is_told_once(district: Path) -> None:
    write(district, "districts/ours.yaml", DISTRICT.replace("category", "categry", 1))
    run = hooked(district)
    assert run.code == 2
    assert (
        run.err == "districts/ours.yaml:4:13: unknown key `categry` in roles › teacher\n    did you mean `category`?\n"
    )


def pre_commit(folder: Path, hook_repository: Path) -> Run:
    """Run pre-commit itself on what is staged, the hook taken from a repository that has it; the program is there."""
    head = git(hook_repository, "rev-parse", "HEAD").strip()
    [hook] = HOOK["repos"][0]["hooks"]
    config: dict[str, Any] = {
        "repos": [{"repo": str(hook_repository), "rev": head, "hooks": [{**hook, "language": "system"}]}]
    }
    write(folder, ".pre-commit-config.yaml", yaml.safe_dump(config))
    git(folder, "add", "--all")
    home = str(folder.parent / "cache")
    return shell(folder, f'"{sys.executable}" -m pre_commit run staffcalc-check', PRE_COMMIT_HOME=home)


def test_pre_commit_runs_it(district: Path, tmp_path: Path) -> None:
    if importlib.util.find_spec("pre_commit") is None:
        left_out = "pre-commit is not installed: the hook was not run by it"
        warnings.warn(left_out, stacklevel=1)
        pytest.skip(left_out)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    git(hooks, "init", "--quiet")
    shutil.copy(HOOKS, hooks)
    commit(hooks)
    write(district, "districts/ours.yaml", DISTRICT.replace("58_000", "58_100"))
    run = pre_commit(district, hooks)
    assert (run.code, run.err) == (0, "")
    assert "Passed" in run.out
    write(district, "districts/ours.yaml", DISTRICT.replace("min: 20", "min: 22"))
    run = pre_commit(district, hooks)
    assert run.code == 1
    assert "FAILED West, 2026-27: baseline: fte of teacher" in run.out
