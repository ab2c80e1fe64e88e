"""`forecast`: what each scenario costs year by year, what moves it, when it no longer fits, and what ends."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools import Plain, ledger, school, school_files, written
from staffcalc.costing.ledger import PlanLedger, cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.costing.years.later_years import CAUSES, in_year
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.check.judging import judge
from staffcalc.questions.figures.growth_rules import moving
from staffcalc.questions.fit import verdict
from staffcalc.questions.forecast.forecast import RECORD_COLUMNS, forecast
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import Bar, Money, Verdict
from staffcalc.school.school import School

PLAN = """
school: Ranson
year: 2026-27
students: 400
budget: {general: 1_200_000, grant: 60_000}
funds: {grant: {ends: 2027-28}}
schedules:
  teachers: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000], 4: [46_000]}}
benefits:
  certified: {pension: {rate: 10%}, health: {per_person: 5_000}}
roles:
  teacher: {category: teacher, new_hire: BA/1, benefits: certified}
  lead: {category: leader, unit: teachers, salary: 60_000, supplement: 10_000, benefits: certified}
  aide: {category: support, hourly: 20, hours_per_week: 30, weeks: 40, funds: {grant: 100%}}
  nurse: {category: specialist, salary: 50_000}
baseline:
  teacher: {BA/1: 4, BA/3: 6}
  aide: 2
  nurse: {per_students: 400, rounding: up}
other_costs: {software: {per_student: 50}}
scenarios:
  leads: {change: {teacher: -2, lead: +2}}
"""


def costs(text: str, years: int = 3, scenario: str = "baseline") -> list[int]:
    """What a plan costs in each year."""
    return [int(year["cost"]) for year in answer(text, years)[scenario]["years"]]


def answer(text: str, years: int = 3) -> dict[str, Any]:
    """The JSON answer for a file, scenario by scenario."""
    data = json.loads(rendered(forecast([ledger(text)], years=years), Format.json))
    return {one["name"]: one for one in data["schools"][0]["scenarios"]} | {"units": data["schools"][0]["units"]}


def cost_in(text: str, number: int, role: str, component: str, scenario: str = "baseline") -> Decimal:
    """One component of one role, so many years after the file's."""
    plans = {plan.name: plan for plan in cost_school(in_year(school(text), number)).plans}
    return sum(
        (line.amount for line in plans[scenario].lines if (line.role, line.component) == (role, component)), Decimal(0)
    )


FROZEN = PLAN + "forecast: {steps: 0}\n"


def test_years_are_named_after_the_files_own() -> None:
    assert [year["year"] for year in answer(PLAN)["baseline"]["years"]] == ["2026-27", "2027-28", "2028-29"]
    plain = PLAN.replace("year: 2026-27", "year: 2026").replace("2027-28", "2027")
    assert [year["year"] for year in answer(plain)["baseline"]["years"]] == ["2026", "2027", "2028"]


def test_staff_on_a_schedule_gain_a_step_a_year_until_the_top() -> None:
    found = [cost_in(PLAN, number, "teacher", "salary") for number in range(4)]
    assert found == [
        4 * 40_000 + 6 * 44_000,
        4 * 42_000 + 6 * 46_000,
        4 * 44_000 + 6 * 46_000,
        4 * 46_000 + 6 * 46_000,
    ]


def test_people_of_a_roster_gain_a_step_a_year_each_on_their_own_lane() -> None:
    text = """
        school: S
        year: 2026-27
        schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 50_000], 2: [41_000, 55_000], 3: [42_000, 59_000]}}}
        roles: {teacher: {schedule: t}}
        roster:
          - {id: P-1, role: teacher, fte: 1, cell: BA/1}
          - {id: P-2, role: teacher, fte: 0.5, cell: MA/1}
          - {id: P-3, role: teacher, fte: 0.5, cell: MA/2}
        forecast: {steps: 1}
    """
    assert costs(text) == [
        40_000 + 25_000 + 27_500,
        41_000 + 27_500 + 29_500,
        42_000 + 29_500 + 29_500,
    ]


def test_a_freeze_and_half_a_step() -> None:
    text = PLAN + "forecast: {steps: {teachers: {2027-28: freeze, 2028-29: half}}}\n"
    found = [cost_in(text, number, "teacher", "salary") for number in range(4)]
    assert found == [
        424_000,
        424_000,
        4 * 41_000 + 6 * 45_000,
        4 * 43_000 + 6 * 46_000,  # one and a half: between 2 and 3, and beyond the top
    ]


def test_a_cola_by_unit_compounds_and_raises_what_is_paid_on_it() -> None:
    text = FROZEN.replace("steps: 0", "steps: 0, cola: {teachers: 2%, other: {2028-29: 3%}}")
    assert [cost_in(text, number, "teacher", "salary") for number in range(3)] == [424_000, 432_480, 441_130]
    assert cost_in(text, 2, "teacher", "pension") == 44_113
    assert [cost_in(text, number, "nurse", "salary") for number in range(3)] == [50_000, 50_000, 51_500]
    assert [cost_in(text, number, "aide", "hourly") for number in range(3)] == [48_000, 48_000, 49_440]


def test_supplements_benefits_and_other_costs_have_rates_of_their_own() -> None:
    text = FROZEN.replace("steps: 0", "steps: 0, supplements: 5%, benefits: {health: 6%}, other_costs: 10%")
    assert cost_in(text, 1, "lead", "supplement", "leads") == 21_000
    assert cost_in(text, 2, "teacher", "health") == round(50_000 * Decimal("1.06") ** 2)
    assert [costs(text, 2)[1] - costs(text, 2)[0]] == [3_000 + 2_000]


def test_enrolment_moves_the_staff_by_ratio_and_what_goes_by_the_student() -> None:
    text = FROZEN.replace("steps: 0", "steps: 0, enrollment: 10%")
    found = answer(text)["baseline"]["years"]
    assert [year["students"] for year in found] == [400, 440, 484]
    assert cost_in(text, 1, "nurse", "salary") == 100_000
    assert found[1]["causes"]["staff"] == 50_000 + 40 * 50


def test_turnover_replaces_people_by_new_hires_who_gain_steps_themselves() -> None:
    text = PLAN + "forecast: {turnover: {teachers: 10%}}\n"
    assert cost_in(text, 1, "teacher", "salary") == round(Decimal("0.9") * (4 * 42_000 + 6 * 46_000) + 40_000)
    # In the second year the first ones who followed are on step 2, and a tenth of all leave again.
    first = Decimal("0.9") * (4 * 44_000 + 6 * 46_000) + 10 * Decimal("0.1") * 42_000
    assert cost_in(text, 2, "teacher", "salary") == round(Decimal("0.9") * first + 40_000)


def test_those_whom_a_plan_hires_gain_steps_too() -> None:
    text = PLAN.replace("{teacher: -2, lead: +2}", "{teacher: +1}")
    hired = [cost_in(text, number, "teacher", "salary", "leads") for number in range(3)]
    today = [cost_in(text, number, "teacher", "salary") for number in range(3)]
    assert [one - other for one, other in zip(hired, today, strict=True)] == [40_000, 42_000, 44_000]


def test_a_rule_may_be_checked_in_a_later_year() -> None:
    text = PLAN + "checks: [{measure: cost, year: [2027-28, 2028-29], max: 657_000, level: warn}]\n"
    found = [one for one in judge(ledger(text)) if one.rule == "cost"]
    assert [(one.scenario, one.level) for one in found] == [
        ("baseline, 2027-28", "passed"),
        ("leads, 2027-28", "warning"),
        ("baseline, 2028-29", "warning"),
        ("leads, 2028-29", "warning"),
    ]


def test_budgets_grow_by_fund_and_end() -> None:
    text = FROZEN.replace("steps: 0", "steps: 0, budget: {general: 1%}")
    years = answer(text)["baseline"]["years"]
    assert [{one["fund"]: one["budget"] for one in year["funds"]} for year in years] == [
        {"general": 1_200_000, "grant": 60_000},
        {"general": 1_212_000, "grant": 60_000},
        {"general": 1_224_120},
    ]


def test_a_bare_rate_grows_all_funds() -> None:
    text = FROZEN.replace("steps: 0", "steps: 0, budget: 10%")
    assert [year["budget"] for year in answer(text)["baseline"]["years"]] == [1_260_000, 1_386_000, 1_452_000]


def test_what_a_grant_paid_falls_to_the_general_fund() -> None:
    [cliff] = answer(FROZEN)["baseline"]["cliffs"]
    assert cliff == {"fund": "grant", "year": "2028-29", "paid": 48_000, "then": "general", "falls": 48_000, "stops": 0}
    funds = [{one["fund"]: one["cost"] for one in year["funds"]} for year in answer(FROZEN)["baseline"]["years"]]
    assert funds[2]["general"] == funds[1]["general"] + 48_000


def test_what_a_grant_paid_may_end_with_it() -> None:
    text = FROZEN.replace("{grant: {ends: 2027-28}}", "{grant: {ends: 2027-28, then: stop}}")
    [cliff] = answer(text)["baseline"]["cliffs"]
    assert (cliff["falls"], cliff["stops"]) == (0, 48_000)
    assert costs(text)[2] == costs(text)[1] - 48_000


def test_only_what_goes_on_falls_to_another_fund() -> None:
    """A pension that only pay from the grant brings with it stops, and so does what another grant paid for."""
    text = FROZEN.replace("{grant: {ends: 2027-28}}", "{grant: {ends: 2027-28}, other: {ends: 2027-28, then: stop}}")
    text = text.replace("grant: 60_000}", "grant: 60_000, other: 50_000}")
    text = text.replace("funds: {grant: 100%}}", "funds: {grant: 100%}, costs: {federal: {rate: 25%, funds: [grant]}}}")
    text = text.replace("nurse: {category: specialist,", "nurse: {category: specialist, funds: {other: 100%},")
    assert answer(text)["baseline"]["cliffs"] == [
        {"fund": "grant", "year": "2028-29", "paid": 60_000, "then": "general", "falls": 48_000, "stops": 12_000},
        {"fund": "other", "year": "2028-29", "paid": 50_000, "then": "stop", "falls": 0, "stops": 50_000},
    ]
    assert costs(text)[2] == costs(text)[1] - 62_000


def test_the_first_year_that_does_not_fit_is_named() -> None:
    text = FROZEN.replace("general: 1_200_000", "general: 590_000")
    found = answer(text)["baseline"]
    cost = [year["cost"] - 48_000 for year in found["years"]]
    assert cost[:2] == [586_400, 586_400]  # the general fund's part
    assert found["first_year_over"] == "2028-29"
    assert [year["fits"] for year in found["years"]] == [True, True, False]


def test_money_that_ends_does_not_make_a_plan_sustainable() -> None:
    text = FROZEN.replace("general: 1_200_000", "general: 590_000")
    short = answer(text, years=2)["baseline"]  # it fits in both years, but only with the grant
    assert short["first_year_over"] is None
    assert short["sustainable"] is False
    assert short["verdict"] == "no: over by $44,400 in 2027-28 without the money that ends"
    assert lasts(text, years=2).startswith("fits now, and does not last: over by $44,400 in 2027-28 without")
    assert answer(FROZEN)["baseline"]["sustainable"] is True


def test_restricted_money_left_over_does_not_hide_an_overspent_general_fund() -> None:
    text = FROZEN.replace("{general: 1_200_000, grant: 60_000}", "{general: 500_000, grant: 900_000}")
    found = answer(text)["baseline"]
    assert found["first_year_over"] == "2026-27"
    assert found["years"][0]["verdict"] == "over by $86,400 in general"


def test_what_one_fund_has_left_is_not_taken_off_what_others_are_over_by() -> None:
    """Over by $86,400 in one fund and $47,000 in another, or with $2,000 left in that: every command says so."""
    for grant, over in ((1_000, "$86,400 in general, $47,000 in grant"), (50_000, "$86,400 in general")):
        text = FROZEN.replace("{general: 1_200_000, grant: 60_000}", f"{{general: 500_000, grant: {grant}}}")
        assert answer(text)["baseline"]["years"][0]["verdict"] == f"over by {over}"
        assert verdict(ledger(text).baseline).text == f"over by {over}"
        assert next(iter(judge(ledger(text)))).message == f"`baseline` is over by {over}"


def test_a_percent_and_a_step_of_each_unit_with_benefits() -> None:
    units = {unit["unit"]: unit["scenarios"][0] for unit in answer(PLAN)["units"]}
    assert units["teachers"]["one_percent"] == 4_240 + 424
    assert units["teachers"]["one_step"] == (4 * 2_000 + 6 * 2_000) * Decimal("1.1")
    assert units["other"]["one_percent"] == 480 + 500
    assert units["other"]["one_step"] is None


def test_an_override_dated_for_one_year_leaves_other_years_untouched() -> None:
    plain = [cost_in(FROZEN, number, "nurse", "salary") for number in range(4)]
    text = FROZEN.replace("nurse: {category: specialist, salary: 50_000}", "nurse: {salary: STATED}")
    dated = text.replace("STATED", "{value: 50_000, years: {2028-29: 58_000}}")
    found = [cost_in(dated, number, "nurse", "salary") for number in range(4)]
    assert found == [*plain[:2], 58_000, plain[3]]


def test_a_figure_dated_for_a_year_is_what_it_says_and_does_not_grow() -> None:
    text = FROZEN.replace("steps: 0", "cola: 2%").replace(
        "nurse: {category: specialist, salary: 50_000}",
        "nurse: {salary: {value: 50_000, years: {2026-27: 49_000, 2028-29: 58_000}}}",
    )
    assert [cost_in(text, number, "nurse", "salary") for number in range(4)] == [49_000, 51_000, 58_000, 53_060]


def test_a_fund_may_have_another_amount_in_one_year() -> None:
    text = FROZEN.replace("{grant: {ends: 2027-28}}", "{general: {years: {2027-28: 1_000_000}}}")
    assert [year["budget"] for year in answer(text)["baseline"]["years"]] == [1_260_000, 1_060_000, 1_260_000]


def test_a_scenarios_own_rule_is_laid_over_the_files() -> None:
    text = FROZEN.replace("steps: 0", "steps: 0, cola: 2%").replace(
        "change: {teacher: -2, lead: +2}", "forecast: {cola: {2028-29: 0%}}"
    )
    assert costs(text, 3, "leads")[:2] == costs(text, 3)[:2]
    assert cost_in(text, 2, "nurse", "salary", "leads") == 51_000
    assert cost_in(text, 2, "nurse", "salary") == 52_020
    assert cost_in(text, 3, "nurse", "salary", "leads") == 52_020


def test_the_split_tells_what_moved_the_cost() -> None:
    text = PLAN + "forecast: {cola: 2%, benefits: {health: 6%}}\n"
    year = answer(text)["baseline"]["years"][1]
    causes = year["causes"]
    assert causes["step"] == (4 * 2_000 + 6 * 2_000) * Decimal("1.1")
    assert causes["COLA"] == (424_000 + 48_000 + 50_000) * Decimal("0.02") + 848
    assert causes["benefits"] == 3_000
    assert causes["interaction"] == 20_000 * Decimal("0.02") * Decimal("1.1")
    assert sum(causes.values()) == year["change"]


def test_csv_is_one_row_for_each_scenario_and_year() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(forecast([ledger(PLAN)], years=4), Format.csv))))
    assert tuple(rows[0]) == RECORD_COLUMNS
    assert [(row["scenario"], row["year"]) for row in rows][:5] == [
        ("baseline", "2026-27"),
        ("baseline", "2027-28"),
        ("baseline", "2028-29"),
        ("baseline", "2029-30"),
        ("leads", "2026-27"),
    ]
    assert [row["cost"] for row in rows[:4]] == [str(cost) for cost in costs(PLAN, 4)]


def test_csv_names_the_first_year_that_does_not_fit_on_every_row() -> None:
    text = FROZEN.replace("general: 1_200_000", "general: 590_000")
    rows = csv.DictReader(io.StringIO(rendered(forecast([ledger(text)], ["leads"], years=3), Format.csv)))
    assert {(row["scenario"], row["first_year_over"]) for row in rows} == {
        ("baseline", "2028-29"),
        ("leads", "2026-27"),
    }


def test_a_note_tells_where_turnover_comes_to_nothing() -> None:
    text = PLAN + "forecast: {turnover: 10%}\n"
    assert forecast([ledger(text)]).notes == (
        "school.yaml: turnover changes no pay where `new_hire` is missing: nurse, lead",
    )
    assert forecast([ledger(text)], years=1).notes == ()


@pytest.mark.parametrize("years", [0, -1, 31])
def test_a_number_of_years_that_makes_no_sense_is_refused(years: int) -> None:
    with pytest.raises(UnknownNameError, match="1 to 30"):
        forecast([ledger(PLAN)], years=years)


@pytest.mark.parametrize("year", ["", "year: next year"])
def test_a_file_without_a_school_year_is_told_what_is_missing(year: str) -> None:
    text = PLAN.replace("year: 2026-27", year).replace("funds: {grant: {ends: 2027-28}}", "")
    with pytest.raises(UnknownNameError, match="such as year: 2026-27"):
        forecast([ledger(text)])


# What must always hold

RULES = """
cola: 2%
supplements: {each_year: 1%, 2028-29: 0%}
enrollment: -3%
other_costs: 4%
budget: 1%
"""


def plans(one: School) -> Sequence[Any]:
    return [(plan.name, plan.lines, plan.budget) for plan in cost_school(one).plans]


@given(school_files())
def test_the_first_year_is_the_plain_cost(file: Plain) -> None:
    one = school(written({**file, "year": "2026-27"}))
    for (name, lines, budget), (same, plain, stated) in zip(plans(in_year(one, 0)), plans(one), strict=True):
        assert (name, [line.amount for line in lines], budget) == (same, [line.amount for line in plain], stated)


@given(school_files(), st.integers(1, 9))
def test_with_no_growth_every_year_is_equal(file: Plain, number: int) -> None:
    one = school(written({**file, "year": "2026-27"}))
    for (_, lines, budget), (_, plain, stated) in zip(plans(in_year(one, number)), plans(one), strict=True):
        assert ([line.amount for line in lines], budget) == ([line.amount for line in plain], stated)


@given(school_files())
def test_the_split_adds_up_to_the_dollar(file: Plain) -> None:
    text = written({**file, "year": "2026-27"}) + "forecast:" + RULES.replace("\n", "\n  ").rstrip() + "\n"
    rows = list(csv.DictReader(io.StringIO(rendered(forecast([ledger(text)], years=4), Format.csv))))
    columns = [cause.lower().replace(" ", "_") for cause in CAUSES] + ["interaction"]
    for before, row in pairwise(rows):
        if row["change"]:
            assert Decimal(row["change"]) == Decimal(row["cost"]) - Decimal(before["cost"])
            assert Decimal(row["change"]) == sum(Decimal(row[column]) for column in columns)


@given(school_files())
def test_every_dollar_of_a_grant_that_ends_is_paid_by_another_fund(file: Plain) -> None:
    """The cost stays, but for what only the ended fund's pay brings with it."""
    text = written({**file, "year": "2026-27"})
    one = school(text)
    funds = {fund for plan in cost_school(one).plans for fund in totals_by(plan.lines, "fund")} - {"general"}
    blocks = [*file.get("benefits", {}).values(), *(role.get("costs", {}) for role in file["roles"].values())]
    limited = {name for block in blocks for name, component in block.items() if "funds" in component}

    def unlimited(plan: PlanLedger) -> Decimal:
        return total(line for line in plan.lines if line.component not in limited)

    for fund in funds:
        rest = cost_school(in_year(one._replace(fund_rules={}), 1))
        gone = cost_school(in_year(_ending(one, fund), 1))
        for plan, other in zip(rest.plans, gone.plans, strict=True):
            assert unlimited(other) == unlimited(plan)
            assert fund not in totals_by(other.lines, "fund")
            assert fund not in (other.budget or {})


def _ending(one: School, fund: str) -> School:
    from staffcalc.language.fund import Fund
    from staffcalc.source.problems import Place
    from staffcalc.source.tree import Text

    return one._replace(fund_rules={fund: Fund.model_validate({"ends": Text.at("2026-27", Place("plan.yaml"))})})


# Where a file says nothing of growth

SILENT = """
school: S
year: 2026-27
students: 100
budget: 500_000
benefits: {b: {health: {per_person: 5_000}}}
roles: {teacher: {category: teacher, salary: 50_000, benefits: b}}
baseline: {teacher: 5}
"""


def lasts(text: str, years: int = 3) -> str:
    """Whether the baseline fits and lasts, as a reader sees it at the end."""
    table = forecast([ledger(text)], years=years).tables[-1]
    assert "does it last" in table.title
    verdict = table.rows[0].cells[1]
    assert isinstance(verdict, Verdict)
    return verdict.text


def test_without_a_word_on_growth_there_is_no_verdict_on_later_years() -> None:
    why = "n/a: the file says nothing of growth (cola, benefits, enrollment, budget)"
    assert lasts(SILENT) == f"2026-27 fits, $225,000 left; later years {why}"
    found = answer(SILENT)["baseline"]
    assert [year["fits"] for year in found["years"]] == [True, None, None]
    assert (found["sustainable"], found["verdict"], found["first_year_over"]) == (None, why, None)
    rows = csv.DictReader(io.StringIO(rendered(forecast([ledger(SILENT)], years=3), Format.csv)))
    assert [row["fits"] for row in rows] == ["yes", "", ""]


def test_only_the_rules_that_matter_are_missed() -> None:
    text = "{school: S, year: 2026-27, roles: {teacher: {salary: 50_000}}, baseline: {teacher: 5}}"
    assert answer(text)["baseline"]["verdict"] == "n/a: the file says nothing of growth (cola)"


def test_the_first_year_is_judged_all_the_same() -> None:
    text = SILENT.replace("500_000", "200_000")
    over = "over by $75,000"
    assert lasts(text) == f"from 2026-27 {over}"
    assert answer(text)["baseline"]["verdict"] == f"no: {over} in 2026-27"
    assert [year["fits"] for year in answer(text)["baseline"]["years"]] == [False, None, None]
    assert lasts(SILENT, years=1) == "fits, least left $225,000 in 2026-27"
    assert answer(SILENT, years=1)["baseline"]["verdict"] == "yes: $225,000 left in 2026-27"


@pytest.mark.parametrize(
    "said",
    [
        "forecast: {cola: 0%}",
        "forecast: {steps: freeze}",
        "funds: {general: {years: {2027-28: 510_000}}}",
        "scenarios: {other: {forecast: {budget: 0%}}}",
    ],
)
def test_a_growth_of_nothing_is_a_word_on_growth(said: str) -> None:
    assert lasts(SILENT + said + "\n").startswith("fits, least left")


def test_a_figure_dated_for_a_later_year_is_a_word_on_growth() -> None:
    text = SILENT.replace("salary: 50_000", "salary: {value: 50_000, years: {2027-28: 51_000}}")
    assert [year["fits"] for year in answer(text)["baseline"]["years"]] == [True, True, True]


# What moves the cost

TURNOVER = """
school: T
year: 2025-26
schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000], 4: [46_000], 5: [48_000]}}}
roles: {teacher: {category: teacher, new_hire: BA/1, schedule: t}}
baseline: {teacher: {BA/1: 10, BA/2: 10, BA/3: 10}}
forecast: {turnover: 10%}
"""


def split(text: str) -> list[tuple[object, ...]]:
    """What changes from year to year, row by row."""
    table = next(one for one in forecast([ledger(text)], years=2).tables if "what changes" in one.title)
    return [(row.cells[0], row.cells[1].amount) for row in table.rows if isinstance(row.cells[1], Money)]


def test_turnover_is_told_apart_from_the_steps_it_follows() -> None:
    assert split(TURNOVER) == [("step", 60_000), ("turnover", -12_000), ("change", 48_000)]
    assert RECORD_COLUMNS[RECORD_COLUMNS.index("step") + 1] == "turnover"


def test_turnover_without_steps_and_steps_without_turnover() -> None:
    frozen = TURNOVER.replace("turnover: 10%", "turnover: 10%, steps: freeze")
    assert split(frozen) == [("turnover", -6_000), ("change", -6_000)]
    assert split(TURNOVER.replace("turnover: 10%", "turnover: 0%")) == [("step", 60_000), ("change", 60_000)]


EVERY_RULE = {
    "staff": "forecast: {enrollment: 25%}",
    "step": "",
    "turnover": "forecast: {turnover: 10%}",
    "COLA": "forecast: {cola: 2%}",
    "supplements": "forecast: {supplements: 5%}",
    "benefits": "forecast: {benefits: {health: 6%}}",
    "other costs": "forecast: {other_costs: 4%}",
    "fund shift": "funds: {grant: {ends: 2026-27, then: stop}}",
}


@pytest.mark.parametrize("cause", EVERY_RULE)
def test_each_cause_moves_the_cost_by_its_own_rule(cause: str) -> None:
    text = PLAN.replace("funds: {grant: {ends: 2027-28}}\n", "") + EVERY_RULE[cause] + "\n"
    year = answer(text)["leads"]["years"][1]
    assert {one for one, dollars in year["causes"].items() if dollars} - {"step"} - {"interaction"} == {cause} - {
        "step"
    }
    assert sum(year["causes"].values()) == year["change"]


@given(school_files(terms=True), st.sets(st.sampled_from(sorted(set(EVERY_RULE) - {"fund shift", "benefits", "step"}))))
def test_what_is_not_costed_would_have_moved_nothing(file: Plain, stated: set[str]) -> None:
    rules = {EVERY_RULE[cause].split("{", 1)[1].rstrip("}") for cause in stated}
    one = school(written({**file, "year": "2026-27"}) + f"forecast: {{{', '.join(sorted(rules))}}}\n")
    for cause in set(CAUSES) - set(moving(one)):
        still, moved = plans(in_year(one, 1, moved=())), plans(in_year(one, 1, moved=(cause,)))
        assert [[line.amount for line in lines] for _, lines, _ in moved] == [
            [line.amount for line in lines] for _, lines, _ in still
        ]


def test_a_fund_that_is_short_in_some_year_stands_in_the_table_and_the_year_is_marked() -> None:
    text = FROZEN.replace("general: 1_200_000", "general: 590_000")
    tables = {table.title.partition(": ")[2]: table for table in forecast([ledger(text)], ["baseline"], years=3).tables}
    [short] = [row for row in tables["forecast"].rows if row.cells[0] == "general: left"]
    assert short.bad == "below nothing"
    assert short.cells[1:] == tuple(Money(Decimal(left)) for left in (3_600, 3_600, -44_400))
    marked = {row.cells[0]: row.cells[3] for row in tables["what is left"].rows[1:]}
    over = Verdict("over by $44,400", good=False)  # the grant has ended: one fund is left
    assert marked == {"2026-27": None, "2027-28": None, "2028-29": over}
    bars = [cast(Bar, row.cells[2]).share for row in tables["what is left"].rows[1:]]
    assert bars[2] < 0 < bars[0]


def test_the_tables_of_a_forecast_go_scenario_by_scenario() -> None:
    tables = {table.title.removeprefix("Ranson: ").removeprefix("Ranson, 2026-27: "): table
              for table in forecast([ledger(FROZEN)], years=3).tables}  # fmt: skip
    for title in ("forecast", "what changes from year to year", "what is left"):
        headings = [row.cells for row in tables[title].rows if row.kind == "heading"]
        assert [cells[0] for cells in headings] == ["baseline", "leads"]
        assert {len(cells) for cells in headings} == {len(tables[title].columns)}
        assert {cell for cells in headings for cell in cells[1:]} == {None}


# Teams and a levy, year by year

TEAMS = """
school: Teams
year: 2026-27
students: 100
roles:
  lead: {category: leader, salary: 60_000}
  teacher: {category: teacher, salary: 50_000}
baseline: {lead: 1, teacher: 4}
teams: {science: {leader: lead, members: {teacher: 2}, students: 50}}
forecast: {enrolment: 10%, cola: 10%}
"""


def test_programs_read_what_teams_reach_in_each_year() -> None:
    years = [year["team_measures"] for year in answer(TEAMS, 2)["baseline"]["years"]]
    assert [(one["teams"], one["team_size"], one["seats_reached"], one["reach"]) for one in years] == [
        (1, 2, 50, 0.5),
        (1, 2, 55, 0.5),
    ]
    assert [one["cost_per_seat"] for one in years] == [3_200, 3_200]  # 160,000 for 50, and 176,000 for 55
    rows = list(csv.DictReader(io.StringIO(rendered(forecast([ledger(TEAMS)], years=2), Format.csv))))
    assert [(row["teams"], row["seats_reached"], row["cost_per_seat"]) for row in rows] == [
        ("1", "50", "3200.00"),
        ("1", "55", "3200.00"),
    ]
    assert "team_measures" not in answer(FROZEN)["baseline"]["years"][0]


LEVIED = """
school: Levied
year: 2026-27
budget: {general: {revenue: {aid: 500_000, tax: {rest: true, last_year: 90_000}}}}
roles: {teacher: {category: teacher, salary: 60_000}}
baseline: {teacher: 10}
forecast: {cola: 3%, budget: {grant: 0%}}
"""


def does_it_last(text: str) -> str:
    tables = {table.title.split(": ")[-1]: table for table in forecast([ledger(text)], years=3).tables}
    return str(tables["does it last?"].rows[0].cells[1])


def test_a_plan_that_a_levy_meets_tells_the_levy_and_not_that_nothing_is_left() -> None:
    alone = LEVIED.replace("forecast: {cola: 3%, budget: {grant: 0%}}", "forecast: {cola: 3%}")
    assert "met by a levy of $100,000 in 2026-27 to $136,540 in 2028-29" in does_it_last(alone)
    beside = LEVIED.replace("90_000}}}}", "90_000}}}, grant: 5_000}")
    assert "fits, least left $5,000 in 2026-27, and the rest is met by a levy of $100,000" in does_it_last(beside)
