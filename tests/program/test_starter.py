"""The starter file: it works at once, and all it says of itself is true."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffcalc.costing.ledger import cost_school
from staffcalc.formula.formula import inputs
from staffcalc.questions.figures.budget_inputs import budget_figures
from staffcalc.school.reading import read_school

from .running import staffcalc


@pytest.fixture(scope="module")
def starter() -> str:
    return staffcalc("init", "-").out


def compared(text: str) -> dict[str, Any]:
    """The scenarios of a file by name."""
    run = staffcalc("compare", "-", "--format", "json", stdin=text)
    assert run.code == 0, run.err
    return {one["name"]: one for one in json.loads(run.out, parse_float=Decimal)["schools"][0]["scenarios"]}


def fte(scenario: dict[str, Any]) -> dict[str, Decimal]:
    return {role["role"]: Decimal(role["fte"]) for role in scenario["roles"]}


def test_it_compares_at_once_and_is_not_written_over(tmp_path: Path) -> None:
    assert staffcalc("init", "plan.yaml", cwd=tmp_path).code == 0
    assert staffcalc("compare", "plan.yaml", cwd=tmp_path).code == 0
    mine = (tmp_path / "plan.yaml").read_text(encoding="utf-8") + "# mine\n"
    (tmp_path / "plan.yaml").write_text(mine, encoding="utf-8")
    refused = staffcalc("init", "plan.yaml", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == mine
    assert staffcalc("init", "plan.yaml", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == staffcalc("init", "-").out


def test_it_passes_its_checks_and_fails_without_the_exception_it_makes(starter: str) -> None:
    run = staffcalc("check", "-", stdin=starter)
    assert (run.code, "0 failed" in run.err) == (0, True)
    refused = staffcalc("check", "-", stdin=starter.replace("over_budget: allowed", "over_budget: refused"))
    assert (refused.code, "1 failed" in refused.err) == (1, True)


def test_its_notes_tell_what_is_exchanged(starter: str) -> None:
    plans = compared(starter)
    today, leads, residents = (fte(plans[name]) for name in ("baseline", "lead teachers", "residents"))

    def posts(staff: dict[str, Decimal]) -> Decimal:
        return staff["classroom teacher"] + staff.get("lead teacher", Decimal(0))

    assert posts(leads) == posts(today) - 2  # two posts …
    assert leads["lead teacher"] == 3  # … for three leads' supplements …
    assert leads["tutor"] == today["tutor"] + 2  # … and two more tutors
    assert posts(residents) == posts(leads) - 1
    assert residents["resident teacher"] == 2
    assert plans["lead teachers"]["left"] > 0
    assert plans["residents"]["left"] > 0


def test_what_does_not_fit_is_told_by_how_much(starter: str) -> None:
    plan = compared(starter)["everybody stays"]
    lacking = [fund for fund in plan["funds"] if fund["left"] < 0]
    assert lacking
    shown = staffcalc("compare", "-", stdin=starter).out
    assert f"over by ${sum(-fund['left'] for fund in lacking):,}" in shown


def test_its_comments_on_pay_are_true(starter: str) -> None:
    lines = list(csv.DictReader(io.StringIO(staffcalc("cost", "-", "--format", "csv", stdin=starter).out)))

    def paid(scenario: str, role: str, component: str) -> Decimal:
        own = [one for one in lines if (one["scenario"], one["role"], one["component"]) == (scenario, role, component)]
        return sum((Decimal(one["amount"]) for one in own), Decimal(0))

    assert paid("baseline", "classroom teacher", "salary") == 22 * 58_000
    assert paid("baseline", "tutor", "hourly") == 4 * 18 * 35 * 38
    assert paid("lead teachers", "lead teacher", "salary") == 3 * 58_000
    assert paid("lead teachers", "lead teacher", "supplement") == 3 * 10_000
    assert paid("residents", "resident teacher", "stipend") == 2 * 24_000
    assert paid("residents", "resident teacher", "program fee") == 2 * 3_000


def test_a_budget_left_out_gives_no_verdict_and_one_of_the_baseline_is_what_it_costs(starter: str) -> None:
    [line] = [line for line in starter.splitlines() if line.startswith("budget:")]
    plans = compared(starter.replace(line + "\n", ""))
    assert {(plan["budget"], plan["left"], plan["fits"]) for plan in plans.values()} == {(None, None, None)}
    plans = compared(starter.replace(line + "\n", "budget: baseline\n"))
    assert plans["baseline"]["left"] == 0
    assert {plan["budget"] for plan in plans.values()} == {plans["baseline"]["cost"]}


def test_positions_can_be_counted_as_it_says(starter: str) -> None:
    assert "`allotment: 30.0` here, and a `weight: 1.00` on each role" in starter
    roles = starter.replace("    category:", "    weight: 1.00\n    category:")
    plans = compared(f"{roles}\nallotment: 30.0\n")
    assert plans["baseline"]["allotment_used"] == plans["baseline"]["fte"]
    assert plans["baseline"]["allotment_left"] == 30 - plans["baseline"]["fte"]


def test_every_figure_is_marked_as_assumed_or_has_a_source(starter: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(starter, encoding="utf-8")
    ledger = cost_school(read_school(str(path)))
    figures = [one.figure for plan in ledger.plans for line in plan.lines for one in inputs(line.formula)]
    figures += [figure for plan in ledger.plans for _, _, figure in budget_figures(plan)]
    assert figures
    assert [str(figure.place) for figure in figures if not (figure.assumed or figure.source)] == []
