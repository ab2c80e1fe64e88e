"""`diff --to-year`: what grows by itself, what is decided, and that `forecast` splits the same change alike."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from schools import ledger, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.years.later_years import in_year
from staffcalc.output.cell_text import shown
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.diff.walk import walk
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.report import NA, Money, Percent

FILE = """
    school: Example School
    year: 2026-27
    budget: {general: 700_000}
    benefits: {certified: {pension: {rate: 10%}}}
    roles:
      teacher: {category: teacher, salary: 60_000, new_hire: 50_000, benefits: certified}
      aide: {category: support, salary: 30_000, benefits: certified}
    baseline: {teacher: {fte: 10, leaving: 2}, aide: 2}
    forecast: {cola: 3%}
    scenarios:
      books: {from: 2027-28, other_costs: {books: {amount: 10_000, once: 2027-28}, van: {amount: 5_000}}}
      fewer: {from: 2027-28, change: {teacher: -3}}
      fewer at once: {change: {teacher: -1}}
      until: {until: 2027-28, change: {aide: +1}}
"""


def told(report: Any) -> dict[str, Any]:
    found: dict[str, Any] = report.data()
    return found


def walked(name: str, to_year: str = "2027-28", text: str = FILE) -> dict[str, int]:
    """The steps of the last year of a walk, and their dollars."""
    steps = told(walk(ledger(text), name, to_year))["scenario"]["walks"][-1]["steps"]
    return {f"{one['step']}: {one['what']}": int(one["amount"].amount) for one in steps}


def causes(name: str, number: int = 1, text: str = FILE) -> dict[str, int]:
    """What moved the cost in a year of the forecast."""
    [found] = told(forecast([ledger(text)], [name], years=number + 1))["schools"]
    [plan] = [one for one in found["scenarios"] if one["name"] == name]
    split = {cause: int(money.amount) for cause, money in plan["years"][number]["causes"].items()}
    return {cause: amount for cause, amount in split.items() if amount}


def test_a_cost_paid_once_by_a_plan_that_begins_later_is_decided() -> None:
    left = {"staff": -22_000, "COLA": 21_780, "interaction": -660}  # two at 60,000 leave for new hires at 50,000
    assert causes("books") == {**left, "decisions": 15_000}
    assert walked("books") == {
        **{f"grows: {cause}": amount for cause, amount in left.items()},
        "decided: books: $10,000 once added": 10_000,
        "decided: van: $5,000 added": 5_000,
        "budget: change of the budget": 0,
    }


def test_the_posts_of_those_who_leave_are_given_up_at_what_a_new_hire_earns_by_then() -> None:
    saved = -3 * 50_000 * Decimal("1.1") * Decimal("1.03")
    assert causes("fewer")["decisions"] == saved
    assert walked("fewer")["decided: 3 FTE of teacher fewer"] == saved


def test_whoever_leaves_is_followed_by_a_new_hire_and_that_is_a_change_of_staff() -> None:
    assert causes("fewer at once")["staff"] == -11_000  # of the two who leave, one post is given up
    assert causes("fewer at once", 2).keys() == {"COLA"}


@pytest.mark.parametrize("begins", ["", "from: 2027-28, "])
def test_whoever_was_hired_in_the_middle_of_a_year_is_paid_for_all_of_the_next_by_decision(begins: str) -> None:
    """Also where nothing else of the file begins later: no raise pays it. 3 months of 24,000 a year, then 10."""
    text = f"""
        school: S
        year: 2026-27
        roles: {{guard: {{salary: 24_000}}, lead: {{salary: 60_000}}}}
        baseline: {{guard: {{fte: 3, months: 10}}}}
        forecast: {{cola: 10%}}
        scenarios:
          more:
            {{{begins}change: {{guard: {{fte: +1, first_year_months: 3}}, lead: {{fte: +1, first_year_months: 6}}}}}}
    """
    year, grown = (1, 1) if not begins else (2, Decimal("1.1"))
    rest = {"guard": 14_000 * Decimal("1.1") * grown, "lead": 30_000 * Decimal("1.1") * grown}
    assert causes("more", year, text)["decisions"] == sum(rest.values())
    found = walked("more", "2028-29" if begins else "2027-28", text)
    assert found["decided: guard: paid for 10 months and 3 months → 10 months"] == rest["guard"]
    assert found["decided: lead: paid for 6 months → all of the year"] == rest["lead"]


def test_what_ends_is_decided_too() -> None:
    assert causes("until", 2)["decisions"] == walked("until", "2028-29")["decided: 1 FTE of aide fewer"]


@pytest.mark.parametrize("name", ["baseline", "books", "fewer", "fewer at once", "until"])
def test_a_forecast_and_a_walk_split_a_change_alike(name: str) -> None:
    for number, to_year in ((1, "2027-28"), (2, "2028-29"), (3, "2029-30")):
        split: dict[str, int] = defaultdict(int)
        for what, amount in walked(name, to_year).items():
            kind, cause = what.split(": ", 1)
            if kind != "budget":
                split[cause if kind == "grows" else "decisions"] += amount
        assert {cause: amount for cause, amount in split.items() if amount} == causes(name, number)


# The prices of the year, and what nobody has stated

GROWN = """
    school: Example School
    year: 2026-27
    budget: {general: 700_000, grant: 50_000}
    benefits: {certified: {health: {per_person: 5_000}, social security: {rate: 10%, up_to: 50_000}}}
    roles:
      teacher: {category: teacher, salary: 60_000, supplement: 1_000, benefits: certified}
      aide: {category: support, hourly: 20, hours_per_week: 30, weeks: 40, funds: {grant: 100%}}
      custodian: {category: operations, salary: not stated}
    baseline: {teacher: 10, aide: 1}
    other_costs: {van: {amount: 5_000}}
    forecast: {cola: 3%, supplements: 1%, benefits: {health: 6%}, caps: {social security: 2%}, other_costs: 2%}
    scenarios:
      more:
        roles: {teacher: {salary: 66_000, supplement: 2_000}, aide: {hourly: 22}}
        benefits: {certified: {health: {per_person: 6_000}, social security: {rate: 10%, up_to: 60_000}}}
        other_costs: {van: {amount: 6_000}}
      more later: {from: 2027-28, roles: {teacher: {salary: 66_000}}, other_costs: {van: {amount: 6_000}}}
      custodians: {change: {custodian: +2}}
"""


def in_words(report: Any) -> list[str]:
    return [step["what"] for step in told(report)["steps"]]


def test_a_difference_in_a_later_year_tells_the_prices_of_that_year() -> None:
    assert set(in_words(diff(cost_school(in_year(school(GROWN), 2)), first="more"))) == {
        "salary of teacher $63,654 → $70,019.40",  # 60,000 and 66,000, 3% up twice
        "supplement of teacher $1,020.10 → $2,040.20",
        "social security cap of teacher $52,020 → $62,424",
        "health of teacher $5,618 a person → $6,741.60 a person",
        "hourly pay of aide $21.22 an hour → $23.34 an hour",
        "van $5,202 → $6,242.40",
    }


def test_a_walk_tells_a_decision_at_the_prices_of_the_year_in_which_it_begins() -> None:
    steps = walked("more later", text=GROWN)
    assert steps["decided: salary of teacher $61,800 → $66,000"] == 42_000
    assert steps["decided: van $5,100 → $6,000"] == 900


def test_a_price_restated_as_it_was_is_a_decision_all_the_same_once_others_have_grown() -> None:
    text = GROWN.replace("{salary: 66_000}", "{salary: 60_000}")
    assert walked("more later", text=text)["decided: salary of teacher $61,800 → $60,000"] == -18_000


def test_what_nobody_has_stated_the_cost_of_is_not_nothing() -> None:
    report = diff(ledger(GROWN), first="custodians")
    [bridge] = [table for table in report.tables if ": from " in table.title]
    rows = {str(row.cells[0]): row.cells[1:3] for row in bridge.rows}
    assert rows["2 FTE of custodian more, at a cost that is not stated"] == (NA, NA)
    assert rows["custodians, as far as stated"] == (Money(Decimal(739_000)), NA)
    assert rows["budget"] == (Money(Decimal(750_000)), None)
    [funds] = [table for table in report.tables if table.title.endswith(": funds")]
    assert {row.cells[0]: row.cells[3:] for row in funds.rows} == {
        "general": (NA, NA),  # which would pay the custodians
        "grant": (Money(Decimal(0), signed=True), Percent(Decimal("0.0000"), signed=True)),
        "cost, as far as stated": (NA, NA),
    }
    assert told(report)["steps"][0]["amount"] is NA
    assert [row[-3:-1] for row in report.records().rows if row[3] == "more"] == [
        ("2 FTE of custodian more, at a cost that is not stated", None)
    ]


def test_so_in_a_walk() -> None:
    text = GROWN.replace("custodians: {", "custodians: {from: 2027-28, ")
    report = walk(ledger(text), "custodians", "2027-28")
    rows = {str(row.cells[0]): row.cells[1:] for row in report.tables[0].rows}
    assert rows["2 FTE of custodian more, at a cost that is not stated"] == (NA, NA)
    assert rows["cost in 2027-28, as far as stated"][1] is NA
    assert "cost in 2026-27" in rows


def test_a_pay_that_a_newer_file_states_comes_from_one_that_is_not_stated() -> None:
    text = GROWN.replace("aide: 1}", "aide: 1, custodian: 2}")
    report = diff(ledger(text.replace("salary: not stated", "salary: 40_000"), "new.yaml"), ledger(text))
    assert told(report)["change"] is NA
    assert [(step["what"], step["amount"]) for step in told(report)["steps"]] == [
        ("pay of custodian not stated → salary of $40,000", NA)
    ]


def test_a_number_that_nobody_knows_is_a_step() -> None:
    text = GROWN.replace("{custodian: +2}", "{aide: not stated}")
    assert in_words(diff(ledger(text), first="custodians")) == ["aide: 1 FTE → not stated"]


def test_the_budgets_own_change_stands_beside_what_the_plan_costs_more_or_less() -> None:
    text = GROWN.replace("custodians: {", "cut: {budget: {general: 630_000, grant: 50_000}, ").replace(
        "{custodian: +2}", "{teacher: -1}"
    )
    report = diff(ledger(text), first="cut")
    [bridge] = [table for table in report.tables if ": from " in table.title]
    assert [(row.cells[0], *map(shown, row.cells[1:3])) for row in bridge.rows[2:5]] == [
        ("cut", "$668,000", "−9.61%"),
        ("budget of baseline", "$750,000", ""),
        ("budget of cut", "$680,000", "−9.33%"),
    ]
    assert [int(one.amount) for one in told(report)["budgets"]] == [750_000, 680_000]
    assert [row[-2:] for row in report.records().rows if row[3] == "budget"] == [
        (Money(Decimal(-70_000)), Percent(Decimal("-0.0933")))
    ]


def test_each_step_of_a_walk_is_a_row_of_a_csv_file_with_its_amount() -> None:
    walk_to = walk(ledger(FILE), "books", "2027-28")
    rows = list(csv.DictReader(io.StringIO(rendered(walk_to, Format.csv))))
    assert list(rows[0]) == ["school", "scenario", "from", "to", "step", "what", "amount", "share"]
    steps = [step for one in told(walk_to)["scenario"]["walks"] for step in one["steps"]]
    assert [row["what"] for row in rows] == [step["what"] for step in steps]
    assert [row["amount"] for row in rows] == [str(step["amount"].amount) for step in steps]
