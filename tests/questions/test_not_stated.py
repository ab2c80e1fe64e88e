"""What nobody knows (a pay, a number of staff, a whole plan) is n/a in every answer, and a total says what it lacks."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest

from schools import ledger, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.measures.fund_use import fund_uses
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.check import check
from staffcalc.questions.check.judging import judge
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.diff.walk import walk
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.fit import verdict
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import NA, Report
from staffcalc.source.problems import SchoolFileError

TEXT = """
    school: South Portland
    year: 2026-27
    students: 400
    budget: 400_000
    roles:
      teacher: {category: teacher, salary: 60_000}
      custodian: {category: operations, salary: not stated}
      nurse: {category: specialist, salary: 50_000}
    baseline: {teacher: 5, custodian: 4}
    scenarios:
      "1.2": {note: more analysis is needed, change: not stated}
      fewer: {change: {teacher: -1}}
      no custodians: {change: {custodian: -4}}
      nurses: {change: {nurse: not stated}}
      after it: {like: "1.2", change: {teacher: -1}}
    checks:
      - {measure: cost, max: 500_000}
      - {measure: change, max: 0}
      - {measure: fte, role: teacher, max: 5}
      - {measure: given_up, each: role, max: 100%}
      - {never_exchange: teacher, for: nurse}
"""
COSTED = ledger(TEXT)


def asked(name: str, scenario: str, **part: Any) -> Any:
    return measure(name, plan_of(COSTED, scenario), COSTED.baseline, Scope(**part))


def data(report: Report) -> Any:
    return json.loads(rendered(report, Format.json))["schools"][0]["scenarios"]


def records(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered(report, Format.csv))))


@pytest.mark.parametrize("name", ["cost", "left", "change", "fte", "people", "budget", "given_up", "cost_per_fte"])
@pytest.mark.parametrize("plan", ["1.2", "after it"])
def test_nothing_is_known_of_a_plan_that_is_not_stated(name: str, plan: str) -> None:
    assert asked(name, plan) is None
    assert verdict(plan_of(COSTED, plan)).text == "n/a: the plan is not stated"


def test_a_total_is_without_a_pay_that_is_not_stated_and_what_rests_on_all_of_it_is_not_known() -> None:
    assert asked("cost", "baseline") == 300_000
    assert asked("cost", "baseline", roles=("custodian",)) is None
    assert asked("fte", "baseline") == 9
    assert [asked(name, "baseline") for name in ("left", "cost_per_student", "cost_per_fte")] == [None, None, None]
    assert verdict(COSTED.baseline).text == "n/a: custodian not stated"
    assert verdict(COSTED.baseline).good is None


def test_a_change_is_known_where_as_many_as_before_have_no_stated_pay() -> None:
    assert asked("change", "fewer") == -60_000
    assert asked("change", "no custodians") is None


def test_where_nobody_without_a_pay_is_left_there_is_a_verdict() -> None:
    assert verdict(plan_of(COSTED, "no custodians")).text == "fits, $100,000 left"


def test_a_number_that_is_not_stated_is_n_a_and_so_is_what_it_costs() -> None:
    assert asked("fte", "nurses", roles=("nurse",)) is None
    assert asked("fte", "nurses") == 9
    assert asked("students_per_adult", "nurses") is None
    assert verdict(plan_of(COSTED, "nurses")).text == "n/a: custodian and nurse not stated"


def test_nobody_is_displaced_from_a_role_of_which_nobody_knows_how_many_stay() -> None:
    text = """
        school: S
        roles: {teacher: {salary: 60_000, new_hire: 40_000}, aide: {salary: 20_000}}
        baseline: {teacher: 3, aide: 2}
        scenarios: {fewer: {change: {teacher: -2}}, not yet: {like: fewer, change: {teacher: not stated}}}
    """
    plan = plan_of(ledger(text), "not yet")
    assert {line.role: line.amount for line in plan.lines} == {"aide": 40_000}


def test_compare_says_n_a_in_every_format() -> None:
    report = compare([COSTED])
    unknown = next(one for one in data(report) if one["name"] == "1.2")
    rows = {row.cells[0]: row.cells[1:3] for row in report.tables[0].rows}
    record = next(row for row in records(report) if row["scenario"] == "1.2")

    assert (unknown["cost"], unknown["left"], unknown["fits"], unknown["roles"]) == (None, None, None, [])
    assert (record["cost"], record["fte"], record["budget"]) == ("", "", "")
    assert [cell.__class__.__name__ for cell in rows["custodian: not stated"]] == ["NotAvailable", "NotAvailable"]
    assert "cost, as far as stated" in rows
    assert data(report)[0]["roles"][1] == {
        "role": "custodian",
        "category": "operations",
        "fte": 4,
        "people": 4,
        "cost": None,
    }
    assert data(report)[0]["funds"][0]["left"] is None


def test_cost_lists_who_has_no_stated_pay_without_an_amount() -> None:
    report = cost([COSTED], ["baseline"])

    assert records(report)[1] | {"school": "", "year": ""} == {
        "school": "",
        "year": "",
        "scenario": "baseline",
        "role": "custodian",
        "category": "operations",
        "fund": "",
        "component": "not stated",
        "fte": "4",
        "people": "4",
        "amount": "",
        "file": "school.yaml",
    }
    assert data(report)[0]["lines"][1]["amount"] is None
    assert data(cost([COSTED], ["1.2"])) == [{"name": "1.2", "cost": None, "lines": []}]


def test_a_check_of_what_is_not_stated_is_n_a_and_says_so() -> None:
    outcome = check([COSTED])
    judged = json.loads(rendered(outcome.report, Format.json))["schools"][0]["checks"]
    found = {(one["check"], one["scenario"]): (one["result"], one["found"]) for one in judged}

    assert found["cost", "1.2"] == ("n/a", "n/a, the plan is not stated")
    assert found["cost", "baseline"] == ("n/a", "n/a, custodian not stated")
    assert found["change", "fewer"] == ("passed", "−$60,000")
    assert found["change", "no custodians"][0] == "n/a"
    assert found["given_up of each role", "1.2"][0] == "n/a"
    assert found["given_up of each role", "nurses"] == ("n/a", "nurse: n/a, nurse not stated")
    assert found["never_exchange", "1.2"][0] == "n/a"
    assert found["fte of teacher", "baseline"] == ("passed", "5 FTE")
    assert not outcome.failed
    assert ", 16 n/a, 0 warnings, 0 failed" in outcome.summary


def test_explain_says_why() -> None:
    [step] = explain([COSTED], ["1.2"], measure="left").explanation
    assert "not available: the plan 1.2 is not stated" in str(step)
    [step] = explain([COSTED], ["baseline"], role="custodian").explanation
    assert "no cost line of role custodian: custodian not stated" in str(step)
    [step] = explain([COSTED], ["baseline"]).explanation
    assert "without what nobody knows: custodian not stated" in str(step)


def test_a_fund_of_the_supplement_alone_of_people_without_a_pay_pays_nobody_knows_what() -> None:
    [today] = ledger("""
        budget: {grant: {revenue: {local tax: {rest: true}}}, general: 9_000}
        roles: {teacher: {salary: not stated, supplement: {amount: 3_000, fund: grant}}}
        baseline: {teacher: 3}
    """).plans
    assert measure("levy", today, today) is None
    assert measure("budget", today, today) is None


def test_diff_tells_that_posts_without_a_pay_are_held_by_others() -> None:
    # As many posts, of which four more are vacant: what a vacant post costs is as little known as what a holder earns.
    text = (
        "{roles: {nurse: {salary: not stated}, aide: {salary: 9}}, baseline: {nurse: {people: 9, vacant: 4}, aide: 1}}"
    )
    more_vacant = ledger(text.replace("vacant: 4", "vacant: 8"))
    answer = json.loads(rendered(diff(more_vacant, ledger(text), "baseline", "baseline"), Format.json))
    [step] = answer["steps"]
    assert (step["role"], step["from"], step["to"], step["amount"]) == ("nurse", "5 people", "1 person", None)
    [post] = answer["posts"]
    assert (post["role"], post["change"]) == ("nurse", {"fte": 0, "people": -4, "cost": None})
    assert answer["change"] is None


def test_diff_says_that_nobody_has_stated_what_differs() -> None:
    answer = json.loads(rendered(diff(COSTED, first="1.2"), Format.json))

    assert (answer["to"]["cost"], answer["change"], answer["steps"]) == (None, None, [])
    assert json.loads(rendered(diff(COSTED, first="no custodians"), Format.json))["change"] is None
    assert json.loads(rendered(diff(COSTED, first="fewer"), Format.json))["change"] == -60_000


def test_forecast_has_no_years_of_it() -> None:
    report = forecast([COSTED], [], years=2)
    unknown = next(one for one in data(report) if one["name"] == "1.2")

    assert (unknown["verdict"], unknown["years"]) == ("n/a: the plan is not stated", [])
    assert {row["cost"] for row in records(report) if row["scenario"] == "1.2"} == {""}


@pytest.mark.parametrize("form", [one for one in Format if one is not Format.json])
def test_every_format_shows_it(form: Format) -> None:
    for report in (compare([COSTED]), cost([COSTED]), forecast([COSTED], [], years=2), check([COSTED]).report):
        if form.value in ("github", "junit", "sarif") and report.findings is None:
            continue
        assert rendered(report, form) or form.value in ("github", "sarif")


def test_todays_staff_is_stated_role_by_role() -> None:
    with pytest.raises(SchoolFileError) as caught:
        school("{school: S, roles: {aide: {salary: 5}}, baseline: not stated}")
    assert "`baseline` is not stated" in str(caught.value)


def test_a_rule_for_each_fund_of_a_plan_without_a_pay_is_n_a() -> None:
    text = """
        school: N
        budget: {general: 900_000, grant: 100_000}
        roles:
          teacher: {salary: 50_000, funds: {general: 100%}}
          nurse: {salary: not stated, funds: {general: 50%, grant: 50%}}
        baseline: {teacher: 10}
        scenarios: {nurses: {change: {nurse: +2}}}
        checks: [{measure: left, each: fund, min: 0}]
    """
    outcome = check([ledger(text)])
    assert not outcome.failed
    assert "general: n/a, nurse not stated" in rendered(outcome.report, Format.text)


def test_in_short_a_change_from_a_plan_without_a_pay_is_n_a() -> None:
    text = """
        school: N
        roles: {teacher: {salary: 50_000}, guard: {salary: not stated}}
        baseline: {teacher: 2, guard: 1}
        scenarios: {no guard: {change: {guard: -1}}}
    """
    [table] = compare([ledger(text)], in_short=True).tables
    assert table.rows[1].cells[4:6] == (NA, NA)


def test_nobody_walks_with_a_plan_that_is_not_stated() -> None:
    text = """
        school: N
        year: 2026-27
        roles: {teacher: {salary: 50_000}}
        baseline: {teacher: 2}
        scenarios: {later: {change: not stated}}
        forecast: {cola: 0%}
    """
    with pytest.raises(UnknownNameError, match="no walk of `later`"):
        walk(ledger(text), "later", "2027-28")


WAITING = """
year: 2026-27
budget: 1_900_000
roles:
  teacher: {category: teacher, salary: 58_000}
  lead: {category: leader, salary: not stated}
baseline: {teacher: 20}
forecast: {cola: 2%}
scenarios: {later: {from: 2028-29, change: {lead: +1}}}
"""


def test_a_plan_that_begins_later_says_when_and_that_it_is_not_priced_then() -> None:
    costed = ledger(WAITING)
    reason = "begins in 2028-29, then n/a: lead not stated"
    assert verdict(costed.plans[1]).text == reason
    assert f"school.yaml: later: no verdict, {reason}" in check([costed]).report.notes
    assert reason in rendered(forecast([costed], years=3), Format.markdown)


FOLLOWING = """
    school: S
    year: 2026-27
    budget: 900_000
    roles:
      nurse: {category: specialist, salary: 50_000, release: {share: 50%, cover: substitute}}
      teacher: {category: teacher, salary: 60_000}
      coach: {category: specialist, salary: 70_000}
      head: {category: administrator, salary: 90_000}
      substitute: {category: support, salary: 30_000}
    baseline:
      teacher: 5
      nurse: not stated
      coach: {per: [teacher, nurse], each: 5}
      head: {per: coach, each: 2, rounding: up}
    scenarios:
      counted: {change: {nurse: {per: teacher, each: 5}}}
      another head: {change: {head: +1}}
      of teachers: {change: {coach: {per: teacher, each: 5}}}
"""


@pytest.mark.parametrize(
    ("scenario", "staff", "without"),
    [
        # Coaches follow the nurses, the head the coaches; and half of the nurses' day is covered.
        ("baseline", {"teacher": 5}, "coach, head, nurse and substitute not stated"),
        ("counted", {"teacher": 5, "nurse": 1, "coach": Decimal("1.2"), "head": 1, "substitute": Decimal("0.5")}, None),
        ("another head", {"teacher": 5}, "coach, head, nurse and substitute not stated"),
        ("of teachers", {"teacher": 5, "coach": 1, "head": 1}, "nurse and substitute not stated"),
    ],
)
def test_who_follows_a_role_that_nobody_has_counted_is_not_counted(
    scenario: str, staff: dict[str, Decimal | int], without: str | None
) -> None:
    costed = ledger(FOLLOWING)
    plan = plan_of(costed, scenario)
    assert {role.role: role.fte for role in plan.staff if role.fte} == staff
    assert (f"n/a: {without}" if without else "fits, $361,000 left") == verdict(plan).text


MOVING = """
    school: S
    year: 2026-27
    budget: 900_000
    roles:
      teacher: {category: teacher, salary: 50_000}
      custodian: {category: operations, salary: not stated}
      lead: {category: operations, ROLE filled_from: custodian}
    baseline: {teacher: 3, custodian: 4}
    scenarios:
      leads: {change: {custodian: -2, lead: +1}}
      hired: {change: {lead: +1}}
"""


@pytest.mark.parametrize("role", ["costs: {training: {per_person: 1_000}},", "new_hire: 40_000,"])
def test_who_brings_a_pay_that_is_not_stated_makes_that_of_the_new_post_not_known(role: str) -> None:
    costed = ledger(MOVING.replace("ROLE", role))
    plan = plan_of(costed, "leads")
    assert verdict(plan).text == "n/a: custodian and lead not stated"
    assert not [line for line in plan.lines if line.role == "lead"]
    assert measure("cost", plan, costed.baseline) == 150_000
    assert measure("cost", plan, costed.baseline, Scope(roles=("lead",))) is None
    assert verdict(plan_of(costed, "hired")).text == "n/a: custodian not stated"


def test_who_moves_to_a_stated_pay_is_paid_it_whatever_they_earned() -> None:
    costed = ledger(MOVING.replace("ROLE", "salary: 45_000,"))
    assert verdict(plan_of(costed, "leads")).text == "n/a: custodian not stated"
    assert measure("cost", plan_of(costed, "leads"), costed.baseline, Scope(roles=("lead",))) == 45_000


def test_whose_salary_nobody_knows_is_in_no_unit_by_the_only_schedule() -> None:
    found = school("""
        schedules: {teachers: {lanes: [BA], steps: {1: [40_000]}}}
        roles: {teacher: {salary: BA/1}, custodian: {salary: not stated}}
        baseline: {teacher: 1, custodian: 1}
    """)
    assert {name: post.unit for name, post in found.posts.items()} == {"teacher": "teachers", "custodian": "other"}


def test_who_is_not_stated_today_and_anew_in_a_plan_need_not_be_as_many() -> None:
    """A plan that says so itself changes what nobody knows; one that leaves the role alone has as many as today."""
    costed = ledger("""
        school: S
        roles: {teacher: {salary: 60_000}, aide: {salary: 20_000}}
        baseline: {teacher: not stated, aide: 2}
        scenarios:
          alone: {change: {aide: +1}}
          anew: {change: {teacher: not stated, aide: +1}}
          like anew: {like: anew}
          whole mix: {staffing: {teacher: not stated, aide: 3}}
    """)
    change = {plan.name: measure("change", plan, costed.baseline) for plan in costed.plans}
    assert change == {"baseline": 0, "alone": 20_000, "anew": None, "like anew": None, "whole mix": None}


OF_A_LEVY = """
    school: x
    year: 2026-27
    budget: {general: {revenue: {aid: 100_000, tax: {rest: true, last_year: 50_000}}}}
    roles:
      teacher: {category: teacher, salary: 50_000}
      aide: {category: support, salary: 30_000}
      custodian: {category: operations, salary: not stated}
      nurse: {salary: 40_000}
    baseline: {teacher: 1, aide: 6, custodian: 2, nurse: not stated}
    scenarios:
      aides: {change: {aide: +1}}
      nurses: {like: aides, staffing: {teacher: 1, aide: 7, custodian: 2, nurse: 1}}
      custodians: {change: {custodian: -1}}
    checks:
      - {measure: levy, max: 60_000}
      - {measure: levy_change, max: 2%}
      - {measure: average_teacher_pay, min: 50_000}
      - {measure: change, role: custodian, max: 0}
      - {measure: change, role: custodian, max: -2%}
      - {measure: change, role: nurse, max: 3%}
      - {measure: change, each: role, max: 60_000}
      - {measure: change, max: -1}
"""


def judged(check_of: str) -> list[tuple[str, str, str]]:
    return [(one.scenario, one.level, one.found) for one in judge(ledger(OF_A_LEVY)) if one.subject == check_of]


@pytest.mark.parametrize("measure", ["levy", "levy_change"])
def test_what_a_levy_must_raise_for_people_without_a_stated_pay_is_n_a(measure: str) -> None:
    for scenario, level, found in judged(measure):
        assert (level, "custodian" in found) == ("n/a", True), scenario


def test_the_average_pay_of_teachers_rests_on_teachers_alone() -> None:
    assert {level for _, level, _ in judged("average_teacher_pay")} == {"passed"}


def test_a_plan_that_leaves_a_role_alone_changes_nothing_of_it_whatever_it_costs() -> None:
    assert judged("change of custodian") == [
        *[(plan, "passed", "$0") for plan in ("baseline", "aides", "nurses")],
        ("custodians", "n/a", "n/a, custodian not stated"),
        *[(plan, "n/a", "n/a, custodian not stated") for plan in ("baseline", "aides", "nurses", "custodians")],
    ]
    assert judged("change of nurse") == [
        ("baseline", "passed", "$0"),
        ("aides", "passed", "$0"),
        ("nurses", "n/a", "n/a, nurse not stated"),
        ("custodians", "passed", "$0"),
    ]
    found = [(plan, level) for plan, level, _ in judged("change of each role")]
    assert found == [("baseline", "passed"), ("aides", "passed"), ("nurses", "n/a"), ("custodians", "n/a")]


def test_no_posts_of_today_change_what_a_plan_costs_more_than_today() -> None:
    hints = [(one.scenario, one.remedy) for one in judge(ledger(OF_A_LEVY)) if one.subject.startswith("change")]
    assert {remedy for scenario, remedy in hints if scenario == "baseline"} == {""}
    assert ("aides", "free $30,001: give up 1.1 FTE of aide, for example") in hints


def test_explain_says_why_nothing_changes_of_what_nobody_knows() -> None:
    [step] = explain([ledger(OF_A_LEVY)], ["aides"], role="custodian", measure="change").explanation
    assert "as many as today, whatever they cost" in str(step)


BASELINE_BUDGET = """
    school: N
    year: 2026-27
    students: 500
    budget: baseline
    roles:
      teacher: {category: teacher, salary: 60_000}
      aide: {category: support, salary: 30_000, funds: {grant: 100%}}
    baseline: {teacher: 10, aide: not stated}
    scenarios:
      whole: {staffing: {teacher: 11, aide: 2}}
      with a grant: {like: whole, budget: {grant: 50_000}}
    checks:
      - {measure: left, min: 0}
      - {measure: left, fund: general, min: 0}
      - {measure: cost, max: 110%}
    forecast: {cola: 3%}
"""


@pytest.mark.parametrize("year", [None, "2027-28"])
def test_a_budget_that_is_what_todays_staff_cost_is_not_known_where_that_is_not(year: str | None) -> None:
    """The whole mix states all its staff; what it is held against does not."""
    costed = ledger(BASELINE_BUDGET) if year is None else cost_school(in_year(school(BASELINE_BUDGET), 1))
    whole = plan_of(costed, "whole")

    for name in ("budget", "left"):
        assert measure(name, whole, costed.baseline) is None
        assert measure(name, whole, costed.baseline, Scope(funds=["grant"])) is None
    assert verdict(whole).text == "n/a: aide not stated"
    # The general fund pays nobody of whom nothing is stated: it has 10 × 60,000, and 11 × 60,000 are paid.
    left = Decimal(-60_000) if year is None else Decimal(600_000 - 679_800)
    assert measure("left", whole, costed.baseline, Scope(funds=["general"])) == left


def test_a_fund_whose_amount_is_stated_is_known_whatever_todays_staff_cost() -> None:
    granted = plan_of(ledger(BASELINE_BUDGET), "with a grant")
    # 600,000 of today's teachers and 50,000; 660,000 and 60,000 are paid.
    assert measure("left", granted, granted) == Decimal(-70_000)
    assert verdict(granted).text == "over by $60,000 in general, $10,000 in grant"


def test_every_answer_says_that_such_a_budget_is_not_known() -> None:
    costed = ledger(BASELINE_BUDGET)
    shown = rendered(compare([costed], ["whole"]), Format.text)
    assert "over by" not in shown
    assert re.search(r"^budget +n/a +n/a$", shown, re.MULTILINE)
    assert re.search(r"^grant: budget +n/a +n/a$", shown, re.MULTILINE)
    assert re.search(r"^general: left +\$0 +−\$60,000$", shown, re.MULTILINE)
    assert re.search(r"^budget +n/a$", rendered(cost([costed], ["whole"]), Format.text), re.MULTILINE)
    told = rendered(explain([costed], ["whole"], measure="left"), Format.text)
    assert "not available: aide not stated" in told
    assert "it is what staff costs, and aide not stated" in rendered(assumptions([costed]), Format.text)
    outcome = check([costed])
    found = rendered(outcome.report, Format.text)
    assert found.count("n/a, aide not stated") == 4  # two of the baseline, two of the whole mix
    assert "none is stated" not in "\n".join(outcome.report.notes)


def test_a_fund_that_pays_none_of_those_without_a_pay_has_a_verdict_of_its_own() -> None:
    text = """
        school: N
        budget: {general: 600_000, title_i: 130_000}
        roles:
          teacher: {category: teacher, salary: 60_000}
          tutor: {category: support, salary: 40_000, funds: {title_i: 100%}}
          aide: {category: support, salary: not stated}
        baseline: {teacher: 10, tutor: 3, aide: 3}
        checks: [{measure: left, fund: title_i, min: 0}, {measure: left, fund: general, min: 0}]
    """
    today = ledger(text).baseline
    assert measure("left", today, today, Scope(funds=["title_i"])) == Decimal(10_000)
    assert measure("left", today, today, Scope(funds=["general"])) is None
    assert {use.fund: use.left for use in fund_uses(today)} == {"general": None, "title_i": Decimal(10_000)}
    found = rendered(check([ledger(text)]).report, Format.text)
    assert re.search(r"baseline +\$10,000 +passed", found)
    assert re.search(r"baseline +n/a, aide not stated +n/a", found)


def test_a_rest_of_what_is_paid_is_not_known_where_not_all_is_that_is_paid() -> None:
    text = """
        school: N
        year: 2026-27
        budget:
          general: {revenue: {aid: 100_000, local tax: {rest: true, last_year: 400_000}}}
          title_i: 130_000
        roles:
          teacher: {category: teacher, salary: 60_000}
          aide: {category: support, salary: 30_000}
          tutor: {category: support, salary: not stated, funds: {title_i: 100%}}
        baseline: {teacher: 10, aide: 2, tutor: 1}
        scenarios: {nobody knows: {change: {aide: not stated}}}
        forecast: {cola: 0%}
    """
    today, unknown = ledger(text).plans
    for name in ("levy", "levy_change", "budget", "revenue"):
        assert measure(name, unknown, today) is None
    assert measure("revenue", unknown, today, Scope(of_revenue=["aid"])) == Decimal(100_000)
    assert unknown.budget == {"title_i": Decimal(130_000)}
    # Today, all is stated that the general fund pays: 10 × 60,000 + 2 × 30,000 − 100,000 of aid.
    assert measure("levy", today, today) == Decimal(560_000)


POSITIONS = """
    school: N
    year: 2026-27
    students: 500
    allotment: 12
    roles:
      teacher: {category: teacher, weight: 1}
      aide: {category: support, weight: 0.5}
    baseline: {teacher: 10, aide: 3}
    scenarios: {more: {change: {teacher: +1, aide: -1}}}
    checks: [{measure: allotment_left, min: 0}]
    forecast: {cola: 3%}
"""


def test_staff_that_is_counted_in_positions_alone_has_no_cost() -> None:
    costed = ledger(POSITIONS)
    more = plan_of(costed, "more")
    for name in ("cost", "change", "cost_per_student", "cost_per_fte", "left"):
        assert measure(name, more, costed.baseline) is None
    assert verdict(more).text == "fits, 0 positions left"


def test_no_answer_shows_dollars_of_positions() -> None:
    costed = ledger(POSITIONS)
    reports = (
        compare([costed]),
        cost([costed], ["more"]),
        diff(costed, first="baseline", second="more"),
        check([costed]).report,
        forecast([costed], years=2),
    )
    for report in reports:
        assert not re.search(r"\$[\d,]*[1-9]", rendered(report, Format.text))
    [_, more] = data(compare([costed]))
    assert (more["cost"], more["change"], more["roles"][0]["cost"]) == (None, None, None)


def test_where_some_are_priced_the_others_are_no_part_of_the_cost() -> None:
    text = POSITIONS.replace("weight: 0.5", "weight: 0.5, salary: 30_000")
    costed = ledger(text)
    today = costed.baseline
    assert measure("cost", today, today) == Decimal(90_000)
    assert measure("cost", today, today, Scope(roles=["teacher"])) is None


PART_UNKNOWN = """
    school: N
    year: 2026-27
    students: 100
    budget: 900_000
    roles:
      teacher: {category: teacher, salary: 50_000}
      lead: {category: leader, salary: 60_000}
      nurse: {category: specialist, salary: not stated}
      aide: {category: support, salary: 20_000}
    baseline: {teacher: 10, nurse: 1, aide: not stated}
    other_costs: {tablets: {amount: 6_000, group: technology}}
    scenarios:
      priced: {roles: {nurse: {salary: 50_000}}, staffing: {teacher: 9, lead: 1, nurse: 1, aide: 4}}
    checks:
"""


@pytest.mark.parametrize(
    ("rule", "today", "priced"),
    [
        # A share of what is not stated of today: 110% of it is not $0, and 90% is not held.
        ("measure: cost_per_student, max: 110%", "n/a", "n/a"),
        ("measure: cost_per_fte, role: nurse, min: 90%", "n/a", "n/a"),
        ("measure: fte, role: aide, min: 90%", "n/a", "n/a"),
        ("measure: people, max: 110%", "n/a", "n/a"),
        ("measure: added, role: aide, max: 10%", "n/a", "n/a"),
        ("measure: given_up, role: teacher, max: 10%", "passed", "passed"),  # 1 of 10
        ("measure: fte, role: aide, max: 4", "n/a", "passed"),
        # A ratio to those whom nobody has counted is not one to nobody.
        ("measure: fte, role: teacher, per: {role: aide}, max: 3", "n/a", "passed"),
        ("measure: cost, role: teacher, per: {role: nurse}, max: 10", "n/a", "passed"),
        # What rests on none of them is known.
        ("measure: average_teacher_pay, min: 100%", "passed", "passed"),  # 50,000, then 510,000 / 10
        ("measure: students_per_teacher, max: 10", "passed", "passed"),
        ("measure: cost, group: technology, max: 5_000", "error", "error"),
        ("measure: budget, min: 900_000", "passed", "passed"),
    ],
)
def test_a_limit_that_rests_on_what_is_not_stated_is_not_judged(rule: str, today: str, priced: str) -> None:
    of_rule = [one for one in judge(ledger(f"{PART_UNKNOWN}      - {{{rule}}}\n")) if one.rule != "over-budget"]
    assert [one.level for one in of_rule] == [today, priced]


def test_a_limit_of_none_holds_whatever_it_is_a_share_of() -> None:
    text = """
        school: N
        roles: {teacher: {salary: 60_000}, guard: {salary: not stated}}
        baseline: {teacher: 5, guard: 1}
        scenarios: {fewer: {change: {teacher: -1}}}
        checks: [{measure: change, max: 0%}, {measure: change, max: -5%}]
    """
    found = [(one.scenario, one.level) for one in judge(ledger(text))]
    assert found == [("baseline", "passed"), ("fewer", "passed"), ("baseline", "n/a"), ("fewer", "n/a")]


def test_what_is_paid_once_rests_on_no_staff() -> None:
    text = """
        school: N
        year: 2026-27
        roles: {guard: {salary: not stated}}
        baseline: {guard: 2}
        other_costs: {furniture: {amount: 12_000, once: 2026-27}}
        checks: [{measure: one_time, max: 12_000}]
    """
    assert re.search(r"baseline +\$12,000 +passed", rendered(check([ledger(text)]).report, Format.text))
