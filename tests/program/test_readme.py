"""What the README shows is what the program does, and everything the program has is in the README."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from staffcalc.cli import app
from staffcalc.output import Format
from staffcalc.schoolfile.values import MEASURE_NAMES

from .running import ROOT, environment, staffcalc

README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, flags=re.S | re.M)
EXAMPLES = [block.split("\n", 1) for block in SESSIONS]
YAML = re.findall(r"^```yaml\n(.*?)^```$", README, flags=re.S | re.M)
SHELL = [
    line.split("  #")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```$", README, flags=re.S | re.M)
    for line in block.splitlines()
]
IN_WORDS = [" ".join(command.split()) for command in re.findall(r"`(staffcalc [^`]+)`", README)]
IN_WORDS.remove("staffcalc --install-completion")  # it would change the tester's shell
ELLIPSIS = "…"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the README's commands work on, and the program on the path."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    (folder / "tests" / "program").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "program" / "slip.yaml", folder / "tests" / "program")
    (folder / "bin").mkdir()
    _program(folder, "staffcalc", f'exec "{sys.executable}" -m staffcalc "$@"')
    _program(folder, "generate-plan", "cat scenarios/published/rodeo-position-trade.yaml")
    for reader in ("jq", "less"):
        if shutil.which(reader) is None:
            _program(folder, reader, "exec cat")
    return folder


@pytest.fixture(scope="module")
def started() -> str:
    """What a plan begins as."""
    return staffcalc("init", "-").out


@pytest.fixture
def with_plans(project: Path, started: str, tmp_path: Path) -> Path:
    """A copy of its own for each recipe, which may write files, with the plans that the recipes are about."""
    folder = tmp_path / "readme"
    shutil.copytree(project, folder)
    for plan in ("my-school.yaml", "last-year/my-school.yaml", "schools/east.yaml", "schools/west.yaml"):
        (folder / plan).parent.mkdir(exist_ok=True)
        (folder / plan).write_text(started, encoding="utf-8")
    return folder


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def done(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A command of the README, as a shell runs it."""
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment(PATH=f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"),
        check=False,
    )


def run(command: str, folder: Path) -> str:
    return done(command, folder).stdout.decode()


def test_every_screen_is_what_the_program_prints(project: Path) -> None:
    assert len(EXAMPLES) >= 7
    for prompt, shown in EXAMPLES:
        printed = [line.rstrip() for line in run(prompt.removeprefix("$ "), project).rstrip("\n").split("\n")]
        expected = shown.rstrip("\n").split("\n")
        if ELLIPSIS in expected:
            cut = expected.index(ELLIPSIS)
            rest = expected[cut + 1 :]
            assert printed[:cut] == expected[:cut], prompt
            assert printed[len(printed) - len(rest) :] == rest, prompt
        else:
            assert printed == expected, prompt


@pytest.mark.parametrize("command", [line for line in SHELL if not line.startswith("make ")])
def test_every_recipe_works(command: str, with_plans: Path) -> None:
    ended = done(command, with_plans)
    assert ended.returncode == 0, ended.stdout.decode()
    written = re.search(r"(?:--output|>) (\S+)", command)
    assert written is None or (with_plans / written[1]).stat().st_size > 0


@pytest.mark.parametrize("command", IN_WORDS)
def test_every_command_in_the_words_works(command: str, with_plans: Path) -> None:
    assert done(command, with_plans).returncode == 0


def test_every_make_target_is_there_and_ci_runs_the_test_command() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    named = re.findall(r"\bmake ([a-z]+)\b(?= +#|`)", README)
    assert {"run", "test", "check", "bench", "schema", "clean"} <= set(named) <= set(targets)
    assert "make --no-print-directory test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_workflow_and_the_hook_call_the_program_rightly(with_plans: Path) -> None:
    workflow, hook = (yaml.safe_load(block) for block in YAML if "jobs:" in block or "repos:" in block)
    *_, check = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert done(check, with_plans).returncode == 0
    entry = hook["repos"][0]["hooks"][0]
    assert re.search(entry["files"], "schools/east.yaml")
    assert not re.search(entry["files"], "schools/districts/ours.yaml")
    assert done(f"{entry['entry']} schools/east.yaml", with_plans).returncode == 0


def test_every_file_that_is_linked_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_measure_format_and_column_is_in_the_readme() -> None:
    missing = [name for name in (*MEASURE_NAMES, *Format) if f"`{name}`" not in README]
    assert missing == []
    assert staffcalc("cost", "scenarios/ranson.yaml", "--format", "csv").out.splitlines()[0] in README


def test_the_language_shown_is_a_school_file_that_compares(tmp_path: Path) -> None:
    example = next(block for block in YAML if block.startswith("# yaml-language-server"))
    without_district = example.replace("extends: districts", "# extends: districts")
    run_ = staffcalc("compare", "-", "--format", "json", stdin=without_district, cwd=tmp_path)
    assert run_.code == 0, run_.err
    names = [scenario["name"] for scenario in json.loads(run_.out)["schools"][0]["scenarios"]]
    assert names == ["baseline", "multi-classroom leadership", "residents", "full mix"]


def test_the_further_language_shown_is_a_school_file_that_compares_and_forecasts(tmp_path: Path) -> None:
    example = next(block for block in YAML if "\nschedules:" in block)
    compared = staffcalc("compare", "-", "--format", "json", stdin=example, cwd=tmp_path)
    assert compared.code == 0, compared.err
    assert staffcalc("forecast", "-", "--years", "5", stdin=example, cwd=tmp_path).code == 0
    assert staffcalc("check", "-", stdin=example, cwd=tmp_path).code in (0, 1)


def test_the_checks_shown_can_be_judged(tmp_path: Path) -> None:
    language = next(block for block in YAML if block.startswith("# yaml-language-server"))
    language = language.replace("extends: districts", "# extends: districts").split("checks:")[0]
    language = language.replace(
        "multi-classroom leader:\n", "team teacher: {like: classroom teacher}\n  multi-classroom leader:\n"
    )
    shown = next(block for block in YAML if block.startswith("checks:"))
    assert staffcalc("check", "-", stdin=language + shown, cwd=tmp_path).code in (0, 1)


def _keys(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {key for part in schema for key in _keys(part)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own | {key for part in schema.values() for key in _keys(part)}


def test_every_key_of_the_language_is_in_the_readme() -> None:
    schema = json.loads(staffcalc("schema").out)
    missing = [key for key in sorted(_keys(schema)) if not re.search(rf"\b{key}\b", README)]
    assert missing == []


def test_every_command_and_option_is_in_the_readme() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        assert f"`{name} " in README or f"`{name}`" in README, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in README, f"{name} {option}"
