"""`cost`: the ledger, one line a row, and each line's calculation in words."""

from __future__ import annotations

import csv
import io
import json
from decimal import ROUND_HALF_UP, Decimal

import pytest

from schools import ledger, plan_of
from staffcalc.formula.words import say
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.cost import cost
from staffcalc.questions.selection import UnknownNameError

PLAN = """
    school: Ledger School
    year: 2017-18
    rounding: cent
    budget: {general: 700_000, title_i: 50_000}
    benefits:
      certified:
        pension: {rate: 15.32%}
        health:  {per_person: 5_471, min_fte: 0.75}
    roles:
      teacher:   {category: teacher, salary: 52_795, benefits: certified}
      associate: {category: support, hourly: 15.50, hours_per_week: 40, weeks: 38, funds: {general: 60%, title_i: 40%}}
    baseline: {teacher: 2.5, associate: {people: 3, fte_each: 0.5}}
    other_costs: {furniture: {amount: 12_001, funds: {title_i: 100%}}}
    scenarios:
      one more teacher: {change: {teacher: +1}}
      fewer associates: {change: {associate: {people: -1}}}
"""


def test_the_ledger_as_csv_has_one_line_a_row() -> None:
    assert rendered(cost([ledger(PLAN)], ["baseline"]), Format.csv) == (
        "school,year,scenario,role,category,fund,component,fte,people,amount,file\n"
        "Ledger School,2017-18,baseline,teacher,teacher,general,salary,2.5,3,131987.50,school.yaml\n"
        "Ledger School,2017-18,baseline,teacher,teacher,general,pension,,,20220.49,school.yaml\n"
        "Ledger School,2017-18,baseline,teacher,teacher,general,health,,,10942.00,school.yaml\n"
        "Ledger School,2017-18,baseline,associate,support,general,hourly,0.9,1.8,21204.00,school.yaml\n"
        "Ledger School,2017-18,baseline,associate,support,title_i,hourly,0.6,1.2,14136.00,school.yaml\n"
        "Ledger School,2017-18,baseline,,,title_i,furniture,,,12001.00,school.yaml\n"
    )


def test_the_ledger_of_all_scenarios_begins_with_the_baseline() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(cost([ledger(PLAN)]), Format.csv))))

    assert list(dict.fromkeys(row["scenario"] for row in rows)) == ["baseline", "one more teacher", "fewer associates"]


def test_named_scenarios_come_alone_and_in_the_order_of_the_file() -> None:
    report = cost([ledger(PLAN)], ["fewer associates", "one more teacher"])

    assert [table.title for table in report.tables] == [
        "Ledger School, 2017-18: one more teacher",
        "Ledger School, 2017-18: fewer associates",
    ]


def test_an_unknown_scenario_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean `one more teacher`"):
        cost([ledger(PLAN)], ["one more techer"])


def test_json_holds_each_line_as_numbers_with_its_calculation() -> None:
    answer = json.loads(rendered(cost([ledger(PLAN)], ["baseline"]), Format.json), parse_float=Decimal)
    (school,) = answer["schools"]
    (scenario,) = school["scenarios"]

    assert (school["school"], school["year"], scenario["name"]) == ("Ledger School", "2017-18", "baseline")
    assert scenario["cost"] == sum(line["amount"] for line in scenario["lines"]) == Decimal("210490.99")
    first = scenario["lines"][0]
    assert {key: first[key] for key in ("role", "category", "fund", "component", "fte", "people", "amount")} == {
        "role": "teacher",
        "category": "teacher",
        "fund": "general",
        "component": "salary",
        "fte": Decimal("2.5"),
        "people": 3,
        "amount": Decimal("131987.50"),
    }
    assert first["calculation"] == "2.5 FTE × $52,795"


def test_the_table_has_a_heading_and_a_total_for_each_role_and_ends_with_the_verdict() -> None:
    text = rendered(cost([ledger(PLAN)], ["baseline"]), Format.text)

    assert "teacher: 2.5 FTE, 3 people" in text
    assert "associate: 1.5 FTE, 3 people" in text
    assert "fits, $539,509.01 left" in text


# In words: a reader who follows the sentence by hand arrives at the same dollar.

WORDS = """
    school: Words
    students: 1_100
    budget: {general: 1, grants: 1, title_i: 1}
    benefits:
      staff:
        pension: {rate: 15.32%, on: [salary, supplement]}
        social security: {rate: 6.2%, up_to: 118_500}
        health: {per_person: 5_471, min_fte: 0.75}
        outside: {rate: 1%, funds: [grants, title_i]}
    roles:
      teacher:   {salary: 52_795, benefits: staff}
      leader:    {salary: 110_000, supplement: 13_000, benefits: staff}
      associate: {hourly: 15.50, hours_per_week: 40, weeks: 38}
      resident:  {stipend: 24_000, benefits: staff}
      coach:     {salary: 61_001, benefits: staff, funds: {general: 40%, grants: 20%, title_i: 40%}}
    baseline: {teacher: 62, leader: 2.5, associate: 1.5, resident: {people: 4, fte_each: 0.5}, coach: 1}
    other_costs: {software: {per_student: 38.25, funds: {general: 100%}}}
"""


@pytest.mark.parametrize(
    ("role", "component", "fund", "words", "by_hand"),
    [
        ("teacher", "salary", "general", "62 FTE × $52,795", 62 * 52795),
        ("teacher", "pension", "general", "62 FTE × $52,795 × 15.32%", 62 * 52795 * 0.1532),
        ("teacher", "health", "general", "62 people × $5,471", 62 * 5471),
        (
            "leader",
            "pension",
            "general",
            "2.5 FTE × ($110,000 + $13,000) × 15.32%",
            2.5 * (110000 + 13000) * 0.1532,
        ),
        (
            "leader",
            "social security",
            "general",
            "(2 people × $118,500 (the cap) + 1 person × 0.5 FTE × ($110,000 + $13,000)) × 6.2%",
            (2 * 118500 + 0.5 * (110000 + 13000)) * 0.062,
        ),
        ("leader", "health", "general", "2 people × $5,471", 2 * 5471),
        (
            "associate",
            "hourly",
            "general",
            "1.5 FTE × 40 hours a week × 38 weeks × $15.50 an hour",
            1.5 * 40 * 38 * 15.50,
        ),
        ("resident", "stipend", "general", "4 people × $24,000", 4 * 24000),
        ("coach", "salary", "general", "40% of $61,001 (1 FTE × $61,001)", 0.4 * 61001),
        # Two of three funds carry it: each pays its own part of what both carry.
        (
            "coach",
            "outside",
            "grants",
            "20% ÷ 60% of $366 (1 FTE × $61,001 × 1% × (20% + 40%))",
            0.2 / 0.6 * 366,
        ),
        (None, "software", "general", "1,100 students × $38.25", 1100 * 38.25),
    ],
)
def test_the_calculation_in_words_arrives_at_the_amount(
    role: str | None, component: str, fund: str, words: str, by_hand: float
) -> None:
    (line,) = (
        line
        for line in plan_of(ledger(WORDS)).lines
        if (line.role, line.component, line.fund) == (role, component, fund)
    )

    assert say(line.formula) == words
    assert line.amount == Decimal(str(by_hand)).quantize(Decimal(1), ROUND_HALF_UP)
