"""Costs of one year alone, and the rooms that staff needs: worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schools import ledger, paid, plan_of, school
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.forecast.outlooks import Outlook, Outlooks
from staffcalc.source.problems import SchoolFileError

SCHOOL = """
school: Example School
year: 2017-18
students: 100
budget: {general: 500_000, transition: 20_000}
funds: {transition: {ends: 2018-19}}
rooms_available: 10
roles:
  teacher: {category: teacher, salary: 50_000, rooms: 1}
  tutor: {category: support, salary: 20_000, rooms: 0.5}
  principal: {category: administrator, salary: 0}
baseline: {teacher: 8, principal: 1}
forecast: {other_costs: 10%}
other_costs: {software: {per_student: 40, funds: {transition: 100%}}}
scenarios:
  furnished: {other_costs: {furniture: {amount: 12_000, once: 2018-19, fund: transition}}}
  tutored: {change: {teacher: -1, tutor: +7}, rooms_available: {value: 10, years: {2018-19: 12}}}
"""


def later(years: int, text: str = SCHOOL) -> Ledger:
    return cost_school(in_year(school(text), years))


def one_time(costed: Ledger, plan: str, fund: str | None = None) -> Decimal | None:
    return measure("one_time", plan_of(costed, plan), costed.baseline, Scope(funds=None if fund is None else (fund,)))


def test_what_is_paid_once_is_cost_of_that_year_alone_and_does_not_grow() -> None:
    by_year = [total(plan_of(later(years), "furnished").lines) for years in range(4)]
    assert by_year == [404_000, 404_400 + 12_000, 404_840, 405_324]  # software grows by 10% from $4,000
    assert [one_time(later(years), "furnished") for years in range(4)] == [0, 12_000, 0, 0]
    assert one_time(later(1), "baseline") == 0


def test_what_is_paid_once_is_paid_by_its_fund() -> None:
    assert one_time(later(1), "furnished", "transition") == 12_000
    assert one_time(later(1), "furnished", "general") == 0


def test_once_for_each_student() -> None:
    text = (
        SCHOOL.replace("{amount: 12_000, once", "{per_student: 120, once")
        + "  more: {like: furnished, students: 110}\n"
    )
    assert one_time(later(1, text), "furnished") == 12_000
    assert one_time(later(1, text), "more") == 13_200


def outlook(text: str = SCHOOL, plan: str = "furnished", years: int = 4) -> Outlook:
    of = school(text)
    found = Outlooks(of, [one.name for one in of.plans], years, None)
    return next(one for one in found.all if one.name == plan)


def test_one_time_money_of_a_fund_that_ends_is_no_cliff() -> None:
    (cliff,) = outlook().cliffs
    assert [cliff.paid, cliff.falls, cliff.once] == [16_400, 4_840, 12_000]
    assert [*cliff.outcomes] == [("falls to general", Decimal(4_840)), ("$12,000 was paid once: no cliff", Decimal(0))]
    (before,) = outlook(plan="baseline").cliffs
    assert [before.falls, before.once] == [4_840, 0]


def test_the_change_of_a_cost_that_comes_and_goes_is_one_of_other_costs_alone() -> None:
    years = outlook().years
    assert [year.split["other costs"] for year in years[1:]] == [12_400, -11_560, 484]
    assert [year.split["interaction"] for year in years[1:]] == [0, 0, 0]


def test_what_is_paid_once_by_money_that_ends_needs_no_recurring_money() -> None:
    last = outlook(years=2)  # the furniture is bought in the last year
    assert total(last.recurring.lines) == 404_400
    by_general = outlook(SCHOOL.replace(", fund: transition", ""), years=2)
    assert total(by_general.recurring.lines) == 416_400


OVER = """
school: Example School
year: 2017-18
students: 100
budget: {general: 500_000, title_i: 100_000}
roles: {teacher: {salary: 50_000}}
baseline: {teacher: 8}
other_costs: {software: {per_student: 38, funds: {title_i: 100%}}, rent: {amount: 5_000, once: 2018-19}}
scenarios:
  dearer: {other_costs: {software: {per_student: 40}}}
  by amount: {like: dearer, other_costs: {software: {amount: 1_000}}}
  by general: {like: dearer, other_costs: {software: {fund: general}}}
  now: {other_costs: {rent: {once: 2017-18}}}
"""


def test_an_other_cost_of_a_scenario_keeps_what_it_does_not_name() -> None:
    assert paid(OVER, "software", "dearer") == {"title_i": 4_000}
    assert paid(OVER, "software", "by amount") == {"title_i": 1_000}  # one way of pricing replaces the other
    assert paid(OVER, "software", "by general") == {"general": 4_000}  # and one way of naming funds the other
    assert paid(OVER, "rent", "baseline") == {}
    assert paid(OVER, "rent", "now") == {"general": 5_000}


@pytest.mark.parametrize(
    ("cost", "message"),
    [
        ("{amount: 5, once: soon}", "`soon` is no school year"),
        ("{amount: 5, once: 2016-17}", "`desks` is of 2016-17, before 2017-18, the file's own year"),
        ("{amount: 5, once: 2050-51}", "`2050-51` is in no forecast of this file"),
        ("{once: 2018-19}", "the other cost `desks` has no price"),
        ("{amount: 5, fund: general, funds: {general: 100%}}", "`desks` has `fund` and `funds`"),
        (
            "{amount: {value: 5, years: {2018-19: 6}}, once: 2018-19}",
            "`desks` is of 2018-19 alone, and has figures of single years",
        ),
        ("{amount: 5, fund: grants}", "`desks` is paid from `grants`, which is not in the budget"),
    ],
)
def test_what_makes_no_sense_of_a_cost_is_refused_with_its_line(cost: str, message: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        school(SCHOOL + f"  desks: {{other_costs: {{desks: {cost}}}}}\n")
    (problem,) = caught.value.problems
    assert problem.message == message
    assert problem.place.line == len(SCHOOL.split("\n"))


def test_a_file_without_a_year_has_no_cost_of_one_year() -> None:
    with pytest.raises(SchoolFileError, match="`rent` is of one school year, and the file has no `year`"):
        school(OVER.replace("year: 2017-18\n", ""))


def test_a_rule_of_growth_names_no_cost_of_one_year() -> None:
    rent = OVER.replace("baseline:", "forecast: {other_costs: {rent: 3%}}\nbaseline:")
    with pytest.raises(SchoolFileError, match="`rent` is of 2017-18 alone, and does not grow"):
        school(rent)


def rooms(plan: str, costed: Ledger) -> tuple[Decimal | None, Decimal | None]:
    found = [measure(name, plan_of(costed, plan), costed.baseline) for name in ("rooms_needed", "rooms_left")]
    return found[0], found[1]


def test_rooms_are_those_of_all_fte() -> None:
    costed = ledger(SCHOOL)
    assert list(rooms("baseline", costed)) == [8, 2]
    assert rooms("tutored", costed) == (Decimal("10.5"), Decimal("-0.5"))
    assert rooms("tutored", later(1)) == (Decimal("10.5"), Decimal("1.5"))  # there are 12 in that year
    assert measure("rooms_needed", plan_of(costed, "tutored"), costed.baseline, Scope(roles=("tutor",))) == Decimal(
        "3.5"
    )


def test_where_no_room_is_stated_nothing_is_said_of_rooms() -> None:
    assert rooms("baseline", ledger(OVER)) == (None, None)
    assert rooms("baseline", ledger(SCHOOL.replace("rooms_available: 10\n", ""))) == (Decimal(8), None)


def test_rooms_that_nobody_needs_are_refused() -> None:
    with pytest.raises(SchoolFileError, match="no role says how many rooms it needs"):
        school(OVER.replace("baseline:", "rooms_available: 5\nbaseline:"))
