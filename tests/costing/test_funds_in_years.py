"""What a fund has in single years, and a scenario's own budget beside it."""

from __future__ import annotations

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both
from schools import school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.years.later_years import in_year
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.cost import cost

GRANT = """
year: 2026-27
funds: {grant: {years: {2026-27: 55_000, 2027-28: 70_000}}}
roles: {teacher: {category: teacher, salary: 50_000, funds: {general: 90%, grant: 10%}}}
baseline: {teacher: 10}
scenarios:
  own:      {budget: {grant: 90_000}}
  like own: {like: own, change: {teacher: +1}}
  general:  {budget: {general: 1}}
  of today: {budget: baseline}
"""


@both
@pytest.mark.parametrize(
    ("years", "of_file", "own"),
    [(0, 55_000, 90_000), (1, 70_000, 90_000), (2, 50_000, 90_000)],
    ids=["the file's year", "the next", "one without an amount of its own"],
)
@pytest.mark.parametrize("budget", ["{general: 1_000_000, grant: 50_000}", "baseline"])
def test_a_scenarios_own_budget_stands_in_every_year(
    calculate: Calculator, budget: str, years: int, of_file: int, own: int
) -> None:
    found = {
        name: plan.budget["grant"]
        for name, plan in calculate(plain(f"budget: {budget}\n{GRANT}"), years).items()
        if plan.budget is not None
    }
    assert found == {"baseline": of_file, "own": own, "like own": own, "general": of_file, "of today": 50_000}


@both
@pytest.mark.parametrize(
    ("years", "of_file", "less", "more"),
    [(0, 90_001, 60_031, 99_001), (1, 80_001, 53_361, 88_001), (2, 102_000, 68_034, 112_200)],
    ids=["the file's year", "the next", "one without an amount of its own"],
)
def test_a_percentage_is_of_what_the_fund_has_in_that_year(
    calculate: Calculator, years: int, of_file: int, less: int, more: int
) -> None:
    """Also where a scenario before has its own amount; a year without one has grown twice by 1%."""
    text = """
year: 2026-27
budget: {general: 500_000, grant: 99_990.20}
funds: {grant: {years: {2026-27: 90_001, 2027-28: 80_001}}}
roles: {teacher: {category: teacher, salary: 50_000}}
baseline: {teacher: 2}
forecast: {budget: {grant: 1%}}
scenarios:
  less:     {budget: {grant: -33.3%}}
  own:      {like: less, budget: {grant: 7}}
  more:     {like: own, budget: {grant: +10%}}
"""
    found = {name: plan.budget["grant"] for name, plan in calculate(plain(text), years).items() if plan.budget}
    assert found.pop("own") == 7
    assert found == {"baseline": of_file, "less": less, "more": more}


@both
def test_a_fund_that_pays_nobody_today_has_what_is_stated_for_it(calculate: Calculator) -> None:
    text = """
year: 2026-27
budget: baseline
funds: {grant: {years: {2027-28: 70_000}}}
roles:
  teacher: {category: teacher, salary: 50_000}
  coach: {category: teacher, salary: 60_000, funds: {grant: 100%}}
baseline: {teacher: 10}
scenarios: {one coach: {change: {coach: +1}}}
"""
    found = calculate(plain(text), 1)["one coach"].budget
    assert found is not None
    assert found["grant"] == 70_000


def test_the_fund_that_pays_afterwards_has_the_shares_of_both() -> None:
    text = """
        year: 2026-27
        funds: {grant: {ends: 2026-27, then: general}}
        roles:
          teacher: {category: teacher, salary: 1_001, funds: {general: 50%, grant: 50%}}
          tutor: {salary: 99, funds: {general: 1/3, grant: 1/3, gift: 1/3}}
        baseline: {teacher: 1, tutor: 1}
    """
    told = rendered(cost([cost_school(in_year(school(text), 1))]), Format.text)
    words = [" ".join(line.split()) for line in told.splitlines() if line.startswith("salary")]
    assert words == [
        "salary general 1 FTE × $1,001 $1,001",  # and not 100% of it
        "salary general 2/3 of $99 (1 FTE × $99) $66",
        "salary gift 1/3 of $99 (1 FTE × $99) $33",
    ]
