"""Whoever follows the page `adding` has a kind of benefit that every command knows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from staffcalc.guide import page

from .manual import of_kind
from .running import ROOT, Run, environment
from .running import started as staffcalc

PLAN = """
school: A school with tutors
year: 2026-27
budget: 200_000
benefits: {staff: {tutoring: {per_hour: 12, hours: 40}}}
roles: {teacher: {category: teacher, salary: 60_000, benefits: staff}}
baseline: {teacher: 2.5}
forecast: {benefits: {tutoring: 10%}}
"""
ENTRY, TEST = of_kind(page("adding"), "code")
FILES = {
    "plan.yaml": PLAN,
    "later.yaml": PLAN.replace("12, hours: 40", "15, hours: 50"),
    "slip.yaml": PLAN.replace(", hours: 40", ""),
    "stray.yaml": PLAN.replace("per_hour", "per_person"),
    "near.yaml": "extends: plan.yaml\nbenefits: {staff: {tutoring: {per_person: 300}}}\n",
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program and its tests, with the entry at the end of the table and the test in a file of its own."""
    folder = tmp_path_factory.mktemp("changed")
    for part in ("staffcalc", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    table = folder / ENTRY.name
    before, rest = table.read_text(encoding="utf-8").split("\nKINDS = (\n")
    kinds, after = rest.split("\n)\n", 1)
    entry = ENTRY.text.split("\n", 1)[1]
    table.write_text(f"{before}\nKINDS = (\n{kinds}\n{entry})\n{after}", encoding="utf-8")
    (folder / TEST.name).write_text(TEST.text, encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def said(folder: Path, *words: str) -> str:
    """What the changed program answers, blanks as one."""
    run = staffcalc(*words, cwd=folder)
    assert (run.code, run.err) == (0, "")
    return " ".join(run.out.split())


def refused(folder: Path, file: str) -> Run:
    run = staffcalc("check", file, cwd=folder)
    assert run.code == 2
    return run


def test_the_test_of_the_page_passes(changed: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", TEST.name]
    run = subprocess.run(words, cwd=changed, env=environment(), capture_output=True, text=True, check=False)
    assert "1 passed" in run.stdout, run.stdout + run.stderr


def test_without_the_entry_the_key_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    assert "unknown key `per_hour`" in refused(tmp_path, "plan.yaml").err


def test_check_knows_the_kind_and_what_must_stand_beside_it(changed: Path) -> None:
    assert staffcalc("check", "plan.yaml", cwd=changed).code == 0
    needed = "`tutoring` by the hour needs per_hour and hours\n    write {per_hour: 12, hours: 40}\n"
    for file in ("slip.yaml", "stray.yaml"):
        assert refused(changed, file).err == f"{file}:5:20: {needed}"


def test_a_nearer_file_displaces_it(changed: Path) -> None:
    assert "3 people × $300 $900" in said(changed, "cost", "near.yaml")


def test_cost_and_explain_tell_its_formula(changed: Path) -> None:
    assert "tutoring general 3 people × 40 hours × $12 an hour $1,440" in said(changed, "cost", "plan.yaml")
    told = said(changed, "explain", "plan.yaml", "--role", "teacher", "--component", "tutoring")
    assert "hours of tutoring: 40 hours; plan.yaml:5" in told
    assert "tutoring per hour: $12 an hour; plan.yaml:5" in told


def test_diff_tells_its_changes(changed: Path) -> None:
    told = said(changed, "diff", "plan.yaml", "later.yaml")
    assert "tutoring of teacher $12 an hour for each person → $15 an hour for each person" in told
    assert "tutoring hours of teacher 40 hours → 50 hours" in told


def test_assumptions_has_its_figures(changed: Path) -> None:
    register = said(changed, "assumptions", "plan.yaml")
    assert "tutoring per hour of staff $12 an hour" in register
    assert "tutoring hours of staff 40 hours" in register


def test_a_forecast_grows_its_price(changed: Path) -> None:
    [school] = json.loads(said(changed, "forecast", "plan.yaml", "--years", "2", "--format", "json"))["schools"]
    first, second = school["scenarios"][0]["years"]
    assert second["causes"]["benefits"] == second["cost"] - first["cost"] == 144


def test_the_json_schema_describes_and_checks_its_keys(changed: Path) -> None:
    schema = json.loads(staffcalc("schema", cwd=changed).out)
    component = schema["$defs"]["Component"]
    assert "`per_day` and `per_hour`" in component["description"]
    assert component["properties"]["per_hour"]["description"].startswith("Dollars an hour for each person")
    assert component["properties"]["hours"]["description"] == "Hours a year, for a cost by the hour."
    jsonschema.Draft202012Validator.check_schema(component)  # the whole is checked where the language is
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(yaml.safe_load(PLAN))
    assert not validator.is_valid(yaml.safe_load(PLAN.replace("hours: 40", "hours: 40%")))
