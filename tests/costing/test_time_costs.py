"""What coaching and planning together are of the cost, what supplements are of salaries, and what is left without
money that ends: worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from costing.test_time import LEADER, TWO, judged, minutes
from schools import ledger, plan_of
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.explain.explain import explain
from staffcalc.report import Count, Money, Percent


def test_coaching_costs_the_time_of_those_who_give_it_and_of_those_who_get_it() -> None:
    # The leader gives 1,350 of 2,400 minutes of $60,000; each of six teachers gets 225 of 2,400 of $50,000.
    assert minutes(LEADER, "coaching_cost") == 33_750 + 28_125 == 61_875
    assert minutes(LEADER, "coaching_cost", role="leader") == 33_750
    assert minutes(LEADER, "coaching_cost", role="team teacher") == 28_125
    assert minutes(LEADER, "coaching_cost", "baseline") == 0


def test_planning_together_costs_the_time_of_all_who_do() -> None:
    assert minutes(LEADER, "shared_planning_cost") == 19 * 50_000 * 90 / Decimal(2_400) == 35_625


def test_neither_is_more_than_what_the_people_cost() -> None:
    # Fifty visits of 45 minutes to six are 13,500 minutes: teaching and planning leave 1,455 of the leader's 2,400.
    text = LEADER.replace("visits: 5", "visits: 50")
    assert minutes(text, "coaching_cost", role="leader") == 60_000 * 1_455 / Decimal(2_400)
    assert minutes(text, "coaching_cost", role="team teacher") == Decimal("30_313")  # 50,000 × 1,455 ÷ 2,400
    alone = text.replace("teaching: 30%, planning: 225, ", "")
    assert minutes(alone, "coaching_cost", role="leader") == 60_000


def test_both_are_in_the_cost_and_never_added_to_it() -> None:
    costed = ledger(LEADER)
    without = ledger(LEADER.replace(", coaching: {minutes: 45, visits: 5, role: team teacher}", ""))
    assert [measure("cost", one, one) for one in costed.plans] == [measure("cost", one, one) for one in without.plans]
    rows = {row.cells[0]: row.cells[1:] for row in compare([costed]).tables[0].rows}
    # Of seven 1,575 minutes are asked and 1,455 can be given: 1,455 of 2,400 of $60,000 and of $50,000 are 66,687.50.
    assert rows["coaching cost"] == (Money(Decimal(0)), Money(Decimal(61_875)), Money(Decimal(66_688)))


def test_of_people_without_a_stated_week_it_is_not_known() -> None:
    text = LEADER.replace("    week: 2_400\n", "").replace("salary: 60_000", "salary: 60_000\n        week: 2_400")
    text = text.replace(", time: {planning: 450, shared planning: 90}", "")
    assert minutes(text, "coaching_cost") is None
    assert minutes(text, "coaching_cost", role="leader") == 33_750


LEADS = """
    school: S
    year: 2026-27
    budget: {general: 300_000, grant: 50_000, gift: 10_000}
    funds: {grant: {ends: 2027-28, then: general}, gift: {ends: 2026-27, then: stop}}
    week: 2_400
    roles:
      teacher: {category: teacher, salary: 50_000}
      lead: {category: leader, salary: 50_000, supplement: 12_000, time: {planning: 480, teaching: 30%}}
      aide: {category: support, hourly: 10, hours_per_week: 25, weeks: 40, funds: {gift: 100%}}
    baseline: {teacher: 4, lead: 1, aide: 1}
    other_costs:
      software: {amount: 20_000, fund: grant}
      desks: {amount: 7_000, once: 2026-27, fund: grant}
"""


def found(text: str, name: str, role: str | None = None) -> Decimal | None:
    costed = ledger(text)
    return measure(name, costed.baseline, costed.baseline, Scope(None if role is None else (role,)))


def test_a_supplement_is_a_share_of_the_salary() -> None:
    assert found(LEADS, "supplement_share", "lead") == Decimal("0.24")  # 12,000 of 50,000
    assert found(LEADS, "supplement_share") == Decimal("0.048")  # of 250,000
    assert found(LEADS, "supplement_share", "teacher") == 0
    assert found(LEADS, "supplement_share", "aide") is None  # who has no salary


def test_without_money_that_ends_others_pay_what_goes_on() -> None:
    # 250,000 of salaries, 12,000 and the software at 20,000 against 300,000; the aide goes, and desks are bought once.
    assert found(LEADS, "left_recurring") == 300_000 - 250_000 - 12_000 - 20_000 == 18_000
    assert found(LEADS.replace("then: stop", "then: general"), "left_recurring") == 8_000  # and the aide at 10,000
    assert found(LEADS.replace("then: stop", "then: grant"), "left_recurring") == 8_000  # whom the grant hands on
    assert found(LEADS, "left") == 61_000
    assert (
        found(LEADS.replace("budget", "note: no budget  #").replace("    funds: {grant", "    #"), "left_recurring")
        is None
    )


def test_what_people_teach_is_a_share_of_their_week() -> None:
    assert found(LEADS, "teaching_share", "lead") == Decimal("0.3")
    assert found(LEADS.replace(", teaching: 30%", ""), "teaching_share", "lead") == Decimal("0.8")
    assert found(LEADS, "teaching_share", "teacher") is None  # who do not say how they spend it


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("measure: supplement_share, role: lead, min: 25%", "24%, 1% below the least of 25%"),
        ("measure: left_recurring, min: 20_000", "$18,000, $2,000 below the least of $20,000"),
        ("measure: teaching_share, role: lead, min: 35%", "30%, 5% below the least of 35%"),
        ("measure: coaching_cost, min: 1", "$0, $1 below the least of $1"),
    ],
)
def test_a_check_holds_each(check: str, said: str) -> None:
    *_, one = judged(f"{LEADS}    checks: [{{{check}}}]\n")
    assert said in one.message


def test_rules_for_many_schools_may_name_roles_that_only_some_of_them_have() -> None:
    from costing.agreement import read
    from staffcalc.costing.ledger import cost_school
    from staffcalc.questions.check.judging import judge

    rules = {"checks": [{"measure": "supplement_share", "role": ["team teacher"], "min": "20%"}]}
    school = {"roles": {"teacher": {"salary": "50000"}}, "baseline": {"teacher": "1"}}
    assert [one.found for one in judge(cost_school(read([rules, school])))] == ["n/a, nobody"]


def test_the_bridge_tells_the_minutes_that_change_and_what_they_cost() -> None:
    text = LEADER + "        roles: {leader: {time: {coaching: {visits: 1}}}}\n"
    [table] = [one for one in diff(ledger(text), first="six", second="seven").tables if one.title.endswith(": time")]
    rows = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert rows["visits of leader"] == ("5", "1")
    assert rows["coaching minutes"] == (Count(Decimal(225)), Count(Decimal(45)))
    # Once a week 315 of 2,400 minutes of the leader's $60,000, and seven times 45 of $50,000.
    assert rows["coaching cost"] == (Money(Decimal(61_875)), Money(Decimal(14_438)))
    same = diff(ledger(LEADER), first="baseline", second="baseline").tables
    assert not [one for one in same if one.title.endswith(": time")]


NAMES = ["coaching_cost", "shared_planning_cost", "supplement_share", "teaching_share"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("plan", ["baseline", "six", "seven"])
def test_each_is_explained_down_to_itself(name: str, plan: str) -> None:
    for text in (LEADER, TWO):
        costed = ledger(text)
        (step,) = explain([costed], [plan], measure=name).explanation[0].steps
        known = measure(name, plan_of(costed, plan), costed.baseline)
        assert known is not None
        assert step.steps[-1].cell == step.cell == (Money(known) if name.endswith("cost") else Percent(known))


def test_so_is_what_is_left_on_money_that_goes_on() -> None:
    (step,) = explain([ledger(LEADS)], measure="left_recurring").explanation[0].steps
    assert [one.cell for one in step.steps] == [Money(Decimal(n)) for n in (300_000, 282_000, 18_000)]
