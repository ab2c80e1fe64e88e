"""Where a check that fails is told: at the scenario in the school's own file, with the place of the rule beside it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from staffcalc.costing.ledger import cost_school
from staffcalc.language.files import Files
from staffcalc.questions.check.check import check
from staffcalc.report import Finding
from staffcalc.school.reading import read_school

DISTRICT = """\
budget: 200_000
roles: {teacher: {category: teacher, salary: 50_000}}
scenarios:
  fewer: {change: {teacher: -1}}
checks:
  - {measure: fte, role: teacher, min: 4}
"""
SCHOOL = """\
extends: ../districts/ours.yaml
school: East
baseline: {teacher: 4}
scenarios:
  more: {change: {teacher: +1}}
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What is wrong with a school whose rules stand in its district's file."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"districts/ours.yaml": DISTRICT, "schools/east.yaml": SCHOOL}.items():
        Path(name).parent.mkdir()
        Path(name).write_text(dedent(text), encoding="utf-8")
    school = read_school("schools/east.yaml", Files(Path()))
    return [one for one in check([cost_school(school)]).report.findings or () if one.level != "passed"]


def test_a_rule_of_the_district_fails_in_the_school_s_file(found: list[Finding]) -> None:
    assert [(one.subject, one.file, one.line, str(one.rule_at)) for one in found] == [
        ("East: more: budget", "schools/east.yaml", 5, "None"),
        ("East: fewer: fte of teacher", "schools/east.yaml", 3, "districts/ours.yaml:6:15"),
    ]  # `fewer` is the district's: what it changes is the staff of the school, in line 3
