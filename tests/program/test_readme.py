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

from staffcalc.cli import app

from .running import ROOT, environment, staffcalc

README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, flags=re.S | re.M)
EXAMPLES = [block.split("\n", 1) for block in SESSIONS]
YAML = re.findall(r"^```yaml\n(.*?)^```$", README, flags=re.S | re.M)
ELLIPSIS = "…"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the README's commands work on, and the program on the path."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    (folder / "tests" / "program").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "program" / "slip.yaml", folder / "tests" / "program")
    (folder / "bin").mkdir()
    script = folder / "bin" / "staffcalc"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m staffcalc "$@"\n')
    script.chmod(0o755)
    return folder


def run(command: str, folder: Path) -> str:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment(PATH=path),
        check=False,
    )
    return done.stdout.decode()


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


def test_the_language_shown_is_a_school_file_that_compares(tmp_path: Path) -> None:
    example = next(block for block in YAML if block.startswith("# yaml-language-server"))
    without_district = example.replace("extends: districts", "# extends: districts")
    run_ = staffcalc("compare", "-", "--format", "json", stdin=without_district, cwd=tmp_path)
    assert run_.code == 0, run_.err
    names = [scenario["name"] for scenario in json.loads(run_.out)["schools"][0]["scenarios"]]
    assert names == ["baseline", "multi-classroom leadership", "residents", "full mix"]


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
