"""Lines of a budget book: FTE with all that they cost, and no price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both, cost
from schools import costs, ledger, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.scope import Scope
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.report import Money, Table
from staffcalc.source.problems import SchoolFileError

BOOK = """
    school: South Portland
    year: 2026-27
    roles: {Brown teachers: {category: teacher}, Small teachers: {category: teacher}}
    baseline:
      Brown teachers: {fte: 15.00, cost: 1_263_462}
      Small teachers: {fte: 11.95, cost: 1_219_456}
    scenarios:
      April 2:
        staffing:
          Brown teachers: {fte: 14.57, cost: 1_263_462}
          Small teachers: {fte: 12.62, cost: 1_230_000}
      one fewer: {change: {Brown teachers: -1}}
      FTE alone: {staffing: {Brown teachers: 14, Small teachers: 11.95}}
      priced: {roles: {Brown teachers: {salary: 90_000}}}
      fewer yet: {like: April 2, change: {Brown teachers: -4.57}}
"""


LINES = BOOK.replace("{salary: 90_000}", "{category: leader}")
"""The same without a pay in any plan."""


def steps(text: str, first: str) -> list[tuple[Any, Any]]:
    """The steps of the bridge from the baseline, with their dollars."""
    table: Table = next(table for table in diff(ledger(text), first=first).tables if "from" in table.title)
    end = [row.kind for row in table.rows].index("total")
    return [(row.cells[0], row.cells[1].amount) for row in table.rows[1:end] if isinstance(row.cells[1], Money)]


def test_a_line_is_one_component_of_so_many_dollars() -> None:
    assert costs(BOOK, "Brown teachers") == {"pay and benefits": 1_263_462}


def test_fewer_fte_carry_their_share_however_they_are_said() -> None:
    share = round(Decimal(1_263_462) * 14 / 15)

    assert costs(BOOK, "Brown teachers", "one fewer") == {"pay and benefits": share}
    assert costs(BOOK, "Brown teachers", "FTE alone") == {"pay and benefits": share}


def test_a_line_that_is_restated_costs_what_it_says_and_those_after_it_their_share_of_that() -> None:
    assert costs(BOOK, "Brown teachers", "April 2") == {"pay and benefits": 1_263_462}
    assert costs(BOOK, "Brown teachers", "fewer yet") == {
        "pay and benefits": round(Decimal(1_263_462) * 10 / Decimal("14.57"))
    }


def test_a_scenario_that_states_a_pay_has_it_in_the_place_of_the_line() -> None:
    assert costs(BOOK, "Brown teachers", "priced") == {"salary": 15 * 90_000}


def test_diff_tells_fte_and_dollars_of_a_line_in_one_step() -> None:
    assert dict(steps(BOOK, "April 2")) == {
        "0.43 FTE of Brown teachers fewer at the same dollars": 0,
        "0.67 FTE of Small teachers more and $1,219,456 for 11.95 FTE → $1,230,000 for 12.62 FTE": 10_544,
    }
    assert dict(steps(BOOK, "one fewer")) == {"1 FTE of Brown teachers fewer": -84_231}


@pytest.mark.parametrize("price", ["average", "actual", "new_hire"])
def test_every_price_leaves_a_line_as_it_is(price: Price) -> None:
    costed = cost_school(school(BOOK), price)

    assert [total(plan.lines) for plan in costed.plans] == [total(plan.lines) for plan in ledger(BOOK).plans]


def test_the_cost_of_an_fte_and_no_average_pay() -> None:
    costed = ledger(BOOK)
    plan = plan_of(costed, "April 2")

    assert measure("cost_per_fte", plan, costed.baseline, Scope(roles=("Brown teachers",))) == Decimal("86716.68")
    assert measure("average_teacher_pay", plan, costed.baseline) is None


def test_a_line_grows_by_a_rule_of_its_own() -> None:
    text = BOOK + "    budget: 3_000_000\n    forecast: {benefits: {pay and benefits: 3%}}\n"
    table = forecast([ledger(text)], ["April 2"], years=2).tables[0]
    cost = next(row for row in table.rows[5:] if row.cells[0] == "cost")

    assert cost.cells[1:] == (Money(Decimal(2_493_462)), Money(Decimal(round(1_263_462 * 1.03) + 1_266_900)))


def test_without_a_rule_there_is_no_verdict_on_later_years() -> None:
    tables = forecast([ledger(LINES + "    budget: 3_000_000\n")], [], years=2).tables
    verdicts = next(table for table in tables if table.title.endswith("does it last?"))

    assert "n/a: the file says nothing of growth (benefits, budget)" in str(verdicts.rows[0].cells[1])


def test_nobody_knows_what_a_raise_costs_of_a_line() -> None:
    tables = forecast([ledger(LINES)], [], years=1).tables

    assert not any("raise" in table.title for table in tables)


def test_a_dated_cost_stands_for_its_year() -> None:
    text = BOOK.replace(
        "cost: 1_263_462}\n      Small", "cost: {value: 1_263_462, years: {2027-28: 1_300_000}}}\n      Small"
    )
    table = forecast([ledger(text)], ["one fewer"], years=2).tables[0]
    later = [row.cells[2] for row in table.rows if row.cells[0] == "cost"]

    assert later == [Money(Decimal(1_300_000 + 1_219_456)), Money(Decimal(round(1_300_000 * 14 / 15) + 1_219_456))]


def test_a_cost_of_so_many_fte_may_be_one_of_a_role() -> None:
    text = """
        school: S
        roles: {nurse: {salary: 50_000, costs: {contract: {cost: 9_000, fte: 3}}}}
        baseline: {nurse: 2}
    """
    assert costs(text, "nurse") == {"salary": 100_000, "contract": 6_000}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{people: 3, cost: 5}", "`aide` has a `cost`, which is of so many FTE"),
        ("{fte: 0, cost: 5}", "`aide` costs something, and is 0 FTE"),
        ("{fte: {value: 3, years: {2027-28: 4}}, cost: 5}", "others in single years are not"),
        ("{cost: 5}", "how many `aide`?"),
    ],
)
def test_a_line_is_of_fte_alone(entry: str, said: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        school(f"{{school: S, year: 2026-27, roles: {{aide: {{}}}}, baseline: {{aide: {entry}}}}}")
    assert said in caught.value.problems[0].message


def test_a_line_that_is_given_up_altogether_costs_nothing() -> None:
    text = BOOK.replace("{fte: 14.57, cost: 1_263_462}", "{fte: 0, cost: 0}").replace("-4.57", "+2")

    assert costs(text, "Brown teachers", "April 2") == {}
    assert costs(text, "Brown teachers", "fewer yet") == {"pay and benefits": round(Decimal(1_263_462) * 2 / 15)}


def test_a_role_of_a_line_has_no_other_price_and_a_change_restates_none() -> None:
    text = (
        BOOK.replace("{category: teacher}, Small", "{category: teacher, benefits: x}, Small")
        + "    benefits: {x: {h: {per_fte: 5}}}\n"
    )
    with pytest.raises(SchoolFileError) as caught:
        school(text.replace("Brown teachers: -1}", "Brown teachers: {fte: -1, cost: 5}}"))
    messages = [problem.message for problem in caught.value.problems]

    assert any(
        message.startswith("`Brown teachers` has `benefits`, and the `cost` of its line in") for message in messages
    )
    assert "a change of `Brown teachers` with a `cost`" in messages


@both
def test_a_line_that_a_later_plan_restates_is_of_the_year_in_which_that_begins(calculate: Calculator) -> None:
    """It grows by 3% from then on, and so does what a contract costs that the plan begins."""
    text = """
        school: S
        year: 2026-27
        roles: {Brown: {}, nurse: {salary: 0, costs: {contract: {cost: 8_000, fte: 1}}}}
        baseline: {Brown: {fte: 10, cost: 900_000}, nurse: 1}
        forecast: {benefits: {pay and benefits: 3%, contract: 3%}}
        scenarios:
          draft:
            from: 2027-28
            staffing: {Brown: {fte: 9, cost: 1_000_000}, nurse: 1}
            roles: {nurse: {costs: {contract: {cost: 10_000, fte: 1}}}}
          fewer: {like: draft, from: 2028-29, change: {Brown: -3}}
    """
    found = [calculate(plain(text), years) for years in range(3)]
    assert [cost(plans["baseline"], "Brown") for plans in found] == [900_000, 927_000, 954_810]
    assert [cost(plans["draft"], "Brown") for plans in found] == [900_000, 1_000_000, 1_030_000]
    assert [cost(plans["draft"], "nurse") for plans in found] == [8_000, 10_000, 10_300]
    assert [cost(plans["fewer"], "Brown") for plans in found] == [900_000, 1_000_000, 686_667]


def test_those_on_a_line_of_a_book_are_in_no_average_pay() -> None:
    """Three teachers at 60,000: what of a book's line is pay, nobody knows."""
    costed = ledger("""
        school: Mixed
        roles:
          on a line: {category: teacher}
          teacher: {category: teacher, salary: 60_000}
        baseline: {on a line: {fte: 10, cost: 777_777}, teacher: 3}
    """)
    assert measure("average_teacher_pay", costed.baseline, costed.baseline) == 60_000
    told = rendered(explain([costed], ["baseline"], measure="average_teacher_pay"), Format.text)
    assert "leaders and teachers whose pay is stated = 3 FTE" in told


def test_staff_counted_in_positions_alone_is_in_no_cost_per_fte() -> None:
    costed = ledger("""
        school: Positions
        allotment: 20
        roles:
          teacher: {category: teacher, salary: 60_000, weight: 1}
          assistant: {category: support, weight: 0.5}
        baseline: {teacher: 3, assistant: 6}
    """)
    assert measure("cost_per_fte", costed.baseline, costed.baseline) == 60_000
    told = rendered(explain([costed], ["baseline"], measure="cost_per_fte"), Format.text)
    assert "$180,000 ÷ 3 FTE, rounded to two decimals = $60,000.00" in told
