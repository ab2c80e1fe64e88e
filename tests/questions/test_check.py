"""`check`: what a file states must hold, and every plan within its budget, unless the file allows it."""

from __future__ import annotations

import csv
import io
import json
from textwrap import dedent

import pytest
from hypothesis import given

from schools import Plain, ledger, plan_of, school_files, written
from staffcalc.output import Format
from staffcalc.output.formats import rendered
from staffcalc.questions.check.check import check
from staffcalc.questions.check.judgement import Judgement
from staffcalc.questions.check.judging import judge
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.fit import verdict
from staffcalc.source.problems import SchoolFileError

SCHOOL = """
school: Example School
students: 440
budget: {general: 1_000_000, title_i: 100_000}
roles:
  teacher:   {category: teacher, salary: 50_000}
  lead:      {category: leader, salary: 50_000, supplement: 10_000}
  counselor: {category: specialist, salary: 60_000}
  tutor:     {category: support, salary: 25_000, funds: {title_i: 100%}}
baseline: {teacher: 18, counselor: 1, tutor: 2}
scenarios:
  teams: {change: {teacher: -3, lead: +2}}
  more of all: {change: {tutor: +3, lead: +1}}
"""


FIRST_CHECK = SCHOOL.count("\n") + 3
"""The line of the first check, below `over_budget` and `checks`."""


def judged(checks: str, school: str = SCHOOL) -> list[Judgement]:
    """What the checks of a file find, without the budget that is always checked."""
    text = dedent(school) + "over_budget: allowed\nchecks:\n" + dedent(checks)
    return [one for one in judge(ledger(text)) if one.rule != "over-budget"]


def found(checks: str, school: str = SCHOOL) -> dict[str, tuple[str, str]]:
    """What was found in each scenario, and the level."""
    return {one.scenario: (one.found, one.level) for one in judged(checks, school)}


def test_a_limit_holds_in_every_scenario_and_the_baseline_is_one() -> None:
    assert found("- {measure: students_per_teacher, max: 25}") == {
        "baseline": ("24.44", "passed"),
        "teams": ("25.88", "error"),
        "more of all": ("23.16", "passed"),
    }


def test_a_check_can_be_about_some_scenarios() -> None:
    assert found("- {measure: change, scenario: [teams], max: 0}") == {"teams": ("−$30,000", "passed")}


@pytest.mark.parametrize(
    ("narrowed", "teams"),
    [
        ("measure: fte, role: counselor, min: 2", ("1 FTE", "error")),
        ("measure: fte, category: [leader, teacher], min: 17", ("17 FTE", "passed")),
        ("measure: cost, role: lead, max: 120_000", ("$120,000", "passed")),
        ("measure: cost, fund: title_i, max: 50%", ("$50,000", "passed")),
        ("measure: left, fund: general, min: $70000.00", ("$70,000", "passed")),
        ("measure: left, fund: title_i, min: 51%", ("$50,000", "error")),
        ("measure: budget, fund: title_i, equals: 100_000", ("$100,000", "passed")),
        ("measure: people, role: [lead, counselor], equals: 3", ("3 people", "passed")),
        ("measure: cost_per_student, max: 2_227.27", ("$2,227.27", "passed")),
        ("measure: average_teacher_pay, min: 102%", ("$51,176.47", "passed")),
    ],
)
def test_a_measure_is_narrowed_by_role_category_or_fund(narrowed: str, teams: tuple[str, str]) -> None:
    assert found(f"- {{{narrowed}}}")["teams"] == teams


def test_a_share_is_of_the_budget_or_of_the_baseline() -> None:
    # The budget is 1,100,000 in all; the baseline costs 1,010,000.
    assert found("- {measure: left, min: 10%}")["teams"] == ("$120,000", "passed")
    assert found("- {measure: left, min: 11%}")["teams"] == ("$120,000", "error")
    assert found("- {measure: change, max: 13%}")["more of all"] == ("$135,000", "error")
    assert found("- {measure: change, max: 14%}")["more of all"] == ("$135,000", "passed")


def test_a_figure_may_be_within_so_much_of_another() -> None:
    assert found("- {measure: cost, scenario: teams, equals: 979_999, within: 1}")["teams"][1] == "passed"
    assert found("- {measure: cost, scenario: teams, equals: 979_998, within: 1}")["teams"][1] == "error"
    assert found("- {measure: cost, scenario: teams, equals: 970_000, within: 2%}")["teams"][1] == "passed"


def test_a_printed_percentage_is_judged_to_its_last_digit() -> None:
    # 135,000 of 1,010,000 are 13.366…%; a least and a most are exact.
    more = "scenario: more of all"
    for printed, level in {"13%": "passed", "13.4%": "passed", "13.37%": "passed", "13.36%": "error"}.items():
        assert found(f"- {{measure: change, {more}, equals: {printed}}}") == {"more of all": ("$135,000", level)}
    assert found(f"- {{measure: change, {more}, min: 13.37%}}")["more of all"][1] == "error"
    assert found(f"- {{measure: change, {more}, equals: 13.3%, within: 1%}}")["more of all"][1] == "passed"
    assert found("- {measure: fte, role: lead, per: {category: [leader, teacher]}, equals: 11.8%}")["teams"] == (
        "11.76%",
        "passed",
    )


def test_a_change_is_against_another_scenario() -> None:
    # teams costs 980,000 and more of all 1,145,000.
    assert found("- {measure: change, scenario: more of all, against: teams, equals: 165_000}") == {
        "more of all": ("$165,000", "passed")
    }
    assert found("- {measure: change, scenario: teams, against: more of all, equals: -14.4%}")["teams"] == (
        "−$165,000",
        "passed",
    )
    assert found("- {measure: fte, scenario: teams, against: more of all, min: 75%}")["teams"] == ("20 FTE", "passed")


def test_what_would_mend_a_change_against_another_scenario_leaves_that_one_as_it_is() -> None:
    [one] = judged("- {measure: change, scenario: more of all, against: teams, max: 125_000}")
    assert one.message == ("change against teams of `more of all` is $165,000, $40,000 above the most of $125,000")
    assert one.remedy == "free $40,000: give up 0.8 FTE of teacher, for example"
    [today] = judged("- {measure: change, scenario: baseline, against: teams, max: 0}")
    assert today.remedy == ""  # teams is a change of the baseline: it would move along


def test_a_rule_for_each_role_names_those_that_break_it() -> None:
    rule = "- {measure: change, scenario: teams, each: role, min: -100_000}"
    assert [(one.found, one.level, one.message) for one in judged(rule)] == [
        (
            "teacher: −$150,000",
            "error",
            "change of teacher of `teams` is −$150,000, $50,000 below the least of −$100,000",
        )
    ]
    assert found(rule.replace("100_000", "200_000")) == {"teams": ("−$150,000 to $120,000", "passed")}
    assert judged(rule)[0].subject == "change of each role"


@pytest.mark.parametrize(
    ("rule", "teams"),
    [
        ("measure: fte, each: category, min: 1", ("1 FTE to 15 FTE", "passed")),
        ("measure: fte, each: role, category: [leader, teacher], min: 2", ("2 FTE to 15 FTE", "passed")),
        ("measure: given_up, each: role, max: 16.7%", ("0 FTE to 3 FTE", "passed")),
        ("measure: given_up, each: role, max: 16.6%", ("teacher: 3 FTE", "error")),
        ("measure: left, each: fund, min: 50_000", ("$50,000 to $70,000", "passed")),
        ("measure: left, each: fund, min: 50_001", ("title_i: $50,000", "error")),
        ("measure: fte, each: unit, min: 1", ("n/a, no unit", "passed")),
        ("measure: cost_per_fte, each: role, max: 60_000", ("$25,000 to $60,000", "passed")),
        ("measure: cost_per_fte, category: teacher, equals: 50_000", ("$50,000", "passed")),
        ("measure: cost_per_fte, equals: 49_000", ("$49,000", "passed")),  # 980,000 ÷ 20
        ("measure: cost, component: supplement, equals: 20_000", ("$20,000", "passed")),
    ],
)
def test_one_rule_for_each_of_a_kind(rule: str, teams: tuple[str, str]) -> None:
    assert found(f"- {{{rule}}}")["teams"] == teams


def test_a_rule_for_each_unit_adds_up_its_roles() -> None:
    units = SCHOOL.replace("lead:      {", "lead:      {unit: T, ").replace("teacher:   {", "teacher:   {unit: T, ")
    assert found("- {measure: fte, each: unit, min: 17}", units)["teams"] == ("17 FTE", "passed")
    [one] = judged("- {measure: fte, scenario: teams, each: unit, min: 18}", units)
    assert one.message == "fte of unit T of `teams` is 17 FTE, 1 FTE below the least of 18 FTE"


def test_what_would_mend_a_plan_that_begins_later_is_no_more_than_it_takes() -> None:
    """Two tutors to 7 of 10 teachers: three more make them 20%. 80,000 are 1.33 teachers."""
    text = """
        school: S
        year: 2026-27
        budget: 490_000
        roles: {teacher: {salary: 60_000}, tutor: {salary: 30_000}}
        baseline: {teacher: 10, tutor: 2}
        scenarios: {fewer: {from: 2027-28, change: {teacher: -3}, other_costs: {books: 30_000}}}
        forecast: {cola: 0%, other_costs: 0%, budget: 0%}
    """
    rule = "- {measure: fte, scenario: fewer, role: tutor, per: {role: teacher}, max: 20%}"
    assert [one.remedy for one in judged(rule, text)] == ["add 3 FTE of teacher"]
    over = text.replace("490_000", "460_000")
    rule = "- {measure: left, scenario: fewer, min: 30_000}"
    assert [one.remedy for one in judged(rule, over)] == ["free $80,000: give up 1.4 FTE of teacher, for example"]


def test_a_unit_misses_a_role_that_a_plan_gives_up_altogether() -> None:
    """Two of six posts go, of 5% of six; and the aides' unit costs what those who stay do."""
    text = """
        school: S
        roles: {aide: {unit: B, salary: 30_000}, nurse: {unit: B, salary: 50_000}, tutor: {unit: B, salary: 40_000}}
        baseline: {aide: 4, nurse: 2}
        scenarios: {no nurses: {change: {nurse: -2, tutor: +1}}}
    """
    assert found("- {measure: given_up, each: unit, max: 30%}", text)["no nurses"] == ("B: 2 FTE", "error")
    assert found("- {measure: given_up, each: unit, max: 34%}", text)["no nurses"] == ("2 FTE", "passed")
    assert found("- {measure: change, each: unit, max: 0}", text)["no nurses"] == ("−$60,000", "passed")
    assert found("- {measure: cost_per_fte, each: unit, max: 32_000}", text)["no nurses"] == ("$32,000", "passed")


@pytest.mark.parametrize("nurse", ["salary: not stated, unit: B}", "salary: 50_000, unit: B}"])
@pytest.mark.parametrize("each", ["unit", "role"])
def test_a_rule_for_each_holds_for_nobody_of_whom_something_is_not_stated(nurse: str, each: str) -> None:
    many = "not stated" if "50_000" in nurse else 2
    text = f"""
        school: S
        roles: {{aide: {{unit: B, salary: 30_000}}, nurse: {{{nurse}}}
        baseline: {{aide: 4, nurse: {many}}}
    """
    [one] = judged(f"- {{measure: cost_per_fte, each: {each}, max: 99_000}}", text)
    assert (one.level, one.found) == ("n/a", f"{'B' if each == 'unit' else 'nurse'}: n/a, nurse not stated")


def test_years_are_added_up() -> None:
    later = SCHOOL.replace("students: 440", "students: 440\nyear: 2026-27\nforecast: {cola: {each_year: 10%}}")
    rule = "- {measure: change, scenario: teams, years: 2026-27 to 2028-29, equals: -105_500}"
    # −50,000 × (1 + 1.1 + 1.21), and three supplements of 20,000 that do not grow
    assert found(rule, later) == {"teams, 2026-27 to 2028-29": ("−$105,500", "passed")}
    assert found(rule.replace("-105_500", "-3.2%"), later)["teams, 2026-27 to 2028-29"][1] == "passed"
    [one] = judged(rule.replace("equals: -105_500", "max: -110_000"), later)
    assert one.message.startswith("change of `teams` in 2026-27 to 2028-29 is −$105,500, $4,500 above the most")


def test_a_leader_leads_three_to_eight_teachers() -> None:
    ratio = "- {measure: fte, role: teacher, per: {role: lead}, min: 3, max: 8}"
    assert found(ratio) == {
        "baseline": ("n/a, no lead", "passed"),
        "teams": ("7.5", "passed"),
        "more of all": ("18", "error"),
    }


def test_at_most_fifteen_percent_of_teachers_lead() -> None:
    share = "- {measure: fte, category: leader, per: {category: [leader, teacher]}, max: 15%}"
    assert found(share)["teams"] == ("11.76%", "passed")


def test_the_message_says_by_how_much_where_and_why_and_what_would_mend_it() -> None:
    one = next(one for one in judged("- {measure: fte, role: counselor, min: 2.5, because: the board promised it}"))
    assert one.message == (
        "fte of counselor of `baseline` is 1 FTE, 1.5 FTE below the least of 2.5 FTE, because the board promised it"
    )
    assert one.remedy == "add 1.5 FTE of counselor"
    assert (one.place.file, one.place.line) == ("school.yaml", FIRST_CHECK)


@pytest.mark.parametrize(
    ("checked", "mended"),
    [
        # 440 students at 22 each are 20 teachers; teams has 17 and the baseline 18.
        ("measure: students_per_teacher, scenario: teams, max: 22", "add 3 FTE of teacher, for example"),
        # Of 17 FTE of dearest staff, 850,000 dollars: one FTE of teacher is 50,000.
        ("measure: left, scenario: teams, min: 160_000", "free $40,000: give up 0.8 FTE of teacher, for example"),
        ("measure: average_teacher_pay, scenario: teams, min: 52_000", ""),  # no number of posts is known to do it
        (
            "measure: cost, fund: title_i, scenario: teams, max: 40%",
            "free $10,000 in title_i: give up 0.4 FTE of tutor",
        ),
        ("measure: cost_per_student, scenario: teams, max: 2_000", "give up 2 FTE of teacher, for example"),
        ("measure: people, category: specialist, scenario: teams, min: 3", "add 2 FTE of counselor"),
        # 15 teachers to 2 leads are 7.5: a third lead makes it 5.
        ("measure: fte, role: teacher, per: {role: lead}, scenario: teams, max: 5", "add 1 FTE of lead"),
        ("measure: fte, role: teacher, per: {role: lead}, scenario: teams, min: 8", "add 1 FTE of teacher"),
        (
            "measure: fte, role: lead, per: {role: [lead, teacher]}, scenario: teams, max: 10%",
            "add 3 FTE of teacher, for example",
        ),
        ("measure: students_per_adult, scenario: teams, min: 25", "give up 2.4 FTE of teacher, for example"),
        ("measure: left, scenario: teams, max: 100_000", ""),  # there is no need to spend it on posts
        ("measure: change, scenario: teams, max: -40_000", "free $10,000: give up 0.2 FTE of teacher, for example"),
        ("measure: fte, role: teacher, scenario: teams, max: 14", "give up 1 FTE of teacher"),
    ],
)
def test_what_would_mend_it_is_enough(checked: str, mended: str) -> None:
    assert [one.remedy for one in judged(f"- {{{checked}}}")] == [mended]


def test_a_warning_warns_and_fails_when_strict() -> None:
    costed = ledger(SCHOOL + "checks: [{measure: fte, role: counselor, min: 2, level: warn}]\nover_budget: allowed\n")
    outcome = check([costed])
    assert not outcome.failed
    assert outcome.summary == "6 checks in 1 file: 3 passed, 3 warnings, 0 failed"
    assert check([costed], strict=True).failed


def test_a_plan_over_its_budget_fails_without_any_check_unless_the_file_allows_it() -> None:
    over = SCHOOL.replace("general: 1_000_000", "general: 900_000")
    assert check([ledger(over)]).failed
    levels = {one.scenario: one.level for one in judge(ledger(over))}
    assert levels == {"baseline": "error", "teams": "error", "more of all": "error"}
    assert not check([ledger(over + "over_budget: allowed\n")]).failed
    one = over.replace("change: {teacher: -3", "over_budget: allowed, change: {teacher: -3")
    assert {one.scenario: one.level for one in judge(ledger(one))}["teams"] == "allowed"


def test_a_scenario_may_refuse_what_the_file_allows() -> None:
    over = SCHOOL.replace("general: 1_000_000", "general: 900_000") + "over_budget: allowed\n"
    strict = over.replace("teams: {", "teams: {over_budget: refused, ")
    assert {one.scenario: one.level for one in judge(ledger(strict))} == {
        "baseline": "allowed",
        "teams": "error",
        "more of all": "allowed",
    }


def test_money_left_in_one_fund_does_not_hide_another_fund_overspent() -> None:
    short = SCHOOL.replace("title_i: 100_000", "title_i: 40_000")
    outcome = check([ledger(short)])
    assert outcome.failed
    [first, *_] = outcome.report.findings or ()
    assert first.message == "`baseline` is over by $10,000 in title_i"
    assert first.hint == "free $10,000 in title_i: give up 0.4 FTE of tutor"


ALLOTMENT = """
allotment: 4.0
roles:
  classroom teacher:         {category: teacher, weight: 1.00}
  reach associate:           {category: support, weight: 0.65}
  senior reach teacher:      {category: teacher, weight: 1.15}
  multi-classroom leader:    {category: leader, weight: 1.30}
baseline: {classroom teacher: 4}
scenarios:
  reach:     {change: {classroom teacher: -3, reach associate: +1, senior reach teacher: +2}}
  too many:  {change: {multi-classroom leader: +1, classroom teacher: -1}}
"""


def test_a_budget_can_be_counted_in_positions() -> None:
    # Public Impact, Charlotte-Mecklenburg position exchange, 2015: 0.65 + 2 × 1.15 + 1.00 = 3.95.
    levels = {one.scenario: (one.found, one.level) for one in judge(ledger(ALLOTMENT))}
    assert levels == {
        "baseline": ("fits, 0 positions left", "passed"),
        "reach": ("fits, 0.05 positions left", "passed"),
        "too many": ("over by 0.3 positions", "error"),
    }


@pytest.mark.parametrize(
    ("limit", "level"),
    [
        ("allotment_used, max: 100%", "error"),  # 4.3 of 4 positions, whatever is used today
        ("allotment_left, min: 1%", "error"),
        ("allotment_used, category: leader, max: 32.5%", "passed"),  # 1.3 of the 4
    ],
)
def test_a_share_of_positions_is_of_the_allotment(limit: str, level: str) -> None:
    [found] = judged(f"- {{measure: {limit}, scenario: too many}}", f"school: S{ALLOTMENT}")
    assert found.level == level


def test_a_plan_over_in_dollars_and_in_positions_says_both() -> None:
    text = """
        school: S
        budget: 100_000
        allotment: 2
        roles: {teacher: {salary: 50_000, weight: 1}}
        baseline: {teacher: 2}
        scenarios: {more: {change: {teacher: +1}}}
    """
    assert verdict(plan_of(ledger(text), "more")).text == "over by $50,000, 1 position"


@pytest.mark.parametrize(
    ("limit", "level"),
    [("rooms_left, min: 20%", "passed"), ("rooms_left, min: 21%", "error"), ("rooms_needed, max: 80%", "passed")],
)
def test_a_share_of_rooms_is_of_those_there_are(limit: str, level: str) -> None:
    text = """
        school: S
        rooms_available: 10
        roles: {teacher: {salary: 50_000, rooms: 1}}
        baseline: {teacher: 8}
    """
    [found] = judged(f"- {{measure: {limit}}}", text)
    assert found.level == level


def test_one_position_is_told_as_one_and_a_negative_number_with_its_sign() -> None:
    text = ALLOTMENT.replace("classroom teacher: -1}", "classroom teacher: -0.3}")
    [left] = judged("- {measure: allotment_left, min: 0, scenario: too many}", f"school: S{text}")
    assert left.found == "−1 position"
    verdicts = [one.found for one in judge(ledger(text)) if one.scenario == "too many"]
    assert verdicts == ["over by 1 position"]


def test_a_post_without_a_weight_is_not_taken_for_free() -> None:
    with pytest.raises(SchoolFileError, match="`reach associate` has no `weight` in the allotment"):
        ledger(ALLOTMENT.replace(", weight: 0.65", ""))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("measure: lef, min: 0", "`lef` is no measure"),
        ("min: 0", "`measure` is missing"),
        ("measure: left", "nothing is asked of `left`"),
        ("measure: left, min: many", "`many` is not a number"),
        ("measure: left, role: tutor, min: 0", "`left` cannot be narrowed by role"),
        ("measure: fte, role: tutr, min: 0", "`tutr` is no role here"),
        ("measure: left, fund: title_1, min: 0", "`title_1` is no fund here"),
        ("measure: left, scenario: team, min: 0", "`team` is no scenario here"),
        ("measure: fte, category: techer, min: 0", "`techer` is no category"),
        ("measure: fte, min: 3, max: 2", "`max` is below `min`"),
        ("measure: fte, min: 3, within: 2", "`within` without `equals`"),
        ("measure: left, per: {role: tutor}, min: 0", "`left` cannot be divided by a part of the plan"),
        ("measure: fte, role: tutor, per: {}, min: 0", "`per` names nothing to divide by"),
        ("measure: allotment_left, min: 0", "`allotment_left` needs an `allotment`"),
        ("measure: fte, mim: 3", "unknown key `mim`"),
    ],
)
def test_a_check_that_cannot_be_judged_is_an_error_with_its_place(wrong: str, told: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        judged(f"- {{measure: fte, min: 0}}\n- {{{wrong}}}")
    assert any(told in problem.message for problem in caught.value.problems)
    assert all(problem.place.line == FIRST_CHECK + 1 for problem in caught.value.problems)


def test_students_must_be_stated_where_a_check_divides_them() -> None:
    with pytest.raises(SchoolFileError, match="`students_per_teacher` needs `students`"):
        judged("- {measure: students_per_teacher, max: 20}", SCHOOL.replace("students: 440\n", ""))


def test_a_measure_that_would_divide_by_nothing_does_not_pass() -> None:
    nobody = SCHOOL + "  nobody: {staffing: {tutor: 1}}\n"
    assert found("- {measure: students_per_teacher, max: 30}", nobody)["nobody"] == ("n/a", "error")


def test_staff_that_a_fund_pays_can_be_checked() -> None:
    shared = SCHOOL.replace("funds: {title_i: 100%}", "funds: {general: 50%, title_i: 50%}")
    [one] = judged("- {measure: fte, role: tutor, fund: title_i, scenario: teams, min: 1.2}", shared)
    assert one.message == "fte of tutor in title_i of `teams` is 1 FTE, 0.2 FTE below the least of 1.2 FTE"
    assert one.remedy == "add 0.4 FTE of tutor"  # half of which this fund pays
    [two] = judged("- {measure: people, category: support, fund: title_i, scenario: teams, max: 0}", shared)
    assert two.message == "people of support in title_i of `teams` is 1 person, 1 person above the most of 0 people"


def test_several_roles_and_funds_are_named_in_the_order_of_the_check() -> None:
    [one] = judged("- {measure: cost, role: [lead, tutor], fund: [title_i, general], scenario: teams, min: 0}")
    assert one.subject == "cost of lead, tutor in title_i, general"
    assert one.found == "$170,000"


@given(school_files())
def test_check_and_compare_never_disagree(file: Plain) -> None:
    costed = ledger(written(file))
    levels = {one.scenario: one.level for one in judge(costed)}
    said = {True: "passed", False: "error", None: None}
    for plan in costed.plans:
        assert levels.get(plan.name) == said[verdict(plan).good]


def test_posts_of_one_role_may_not_take_the_place_of_another() -> None:
    costed = ledger("""
        roles: {teacher: {salary: 50_000}, aide: {salary: 30_000}, associate: {salary: 32_000}}
        baseline: {teacher: 20, aide: 6}
        scenarios:
          exchanged: {change: {aide: -2, associate: +2}}
          fewer: {change: {aide: -2}}
        checks:
          - {never_exchange: aide, for: associate, because: the state says so}
    """)
    assert [(one.scenario, one.level) for one in judge(costed)] == [
        ("baseline", "passed"),
        ("exchanged", "error"),
        ("fewer", "passed"),
    ]
    wrong = next(one for one in judge(costed) if one.level == "error")
    assert wrong.message == ("`exchanged` has 2 FTE fewer of aide; 2 FTE more of associate, because the state says so")


def test_a_limit_on_posts_given_up_in_percent_is_of_the_posts_that_there_are_today() -> None:
    costed = ledger("""
        roles: {teacher: {salary: 50_000}, aide: {salary: 30_000}}
        baseline: {teacher: 20, aide: 6}
        scenarios: {fewer: {change: {teacher: -2, aide: -1}}}
        checks:
          - {measure: given_up, role: teacher, max: 10%}
          - {measure: given_up, max: 10%}
          - {measure: displaced_people, max: 3}
    """)
    judged = [(one.subject, one.level) for one in judge(costed) if one.scenario == "fewer"]
    assert judged == [("given_up of teacher", "passed"), ("given_up", "error"), ("displaced_people", "passed")]


# For programs


def figures(checks: str, school: str = SCHOOL) -> dict[str, tuple[str, ...]]:
    """The figures of each check as its CSV has them: value, limit, which limit it is, distance and unit."""
    outcome = check([ledger(dedent(school) + "over_budget: allowed\nchecks:\n" + dedent(checks))])
    header, *rows = csv.reader(rendered(outcome.report, Format.csv).splitlines())
    found = [dict(zip(header, row, strict=True)) for row in rows]
    names = ("value", "limit", "limit_is", "distance", "unit")
    return {one["scenario"]: tuple(one[name] for name in names) for one in found if one["check"] != "budget"}


@pytest.mark.parametrize(
    ("asked", "teams"),
    [
        ("measure: students_per_teacher, max: 25", ("25.88", "25", "max", "0.88", "ratio")),
        ("measure: left, fund: title_i, min: 51%", ("50000", "51000.00", "min", "-1000.00", "dollars")),
        ("measure: fte, role: lead, min: 1, max: 8", ("2", "1", "min", "1", "FTE")),
        ("measure: fte, role: lead, min: 1, max: 2.5", ("2", "2.5", "max", "-0.5", "FTE")),
        ("measure: people, role: [lead, counselor], equals: 4", ("3", "4", "equals", "-1", "people")),
        ("measure: fte, role: lead, per: {role: teacher}, max: 15%", ("0.1333", "0.15", "max", "-0.0167", "share")),
        ("measure: left, each: fund, min: 10_000", ("50000", "10000", "min", "40000", "dollars")),
        ("never_exchange: teacher, for: lead", ("", "", "", "", "")),
    ],
)
def test_programs_get_what_was_found_the_limit_and_the_distance_as_numbers(asked: str, teams: tuple[str, ...]) -> None:
    assert figures(f"- {{{asked}}}")["teams"] == teams


def test_of_the_budget_programs_get_what_the_worst_fund_has_left() -> None:
    short = ledger(SCHOOL.replace("title_i: 100_000", "title_i: 40_000"))
    data = json.loads(rendered(check([short]).report, Format.json))
    [first, *_] = data["schools"][0]["checks"]
    assert (first["found"], first["value"], first["limit"], first["distance"], first["unit"]) == (
        *("over by $10,000 in title_i", -10_000, 0, -10_000),
        "dollars",
    )


def test_an_allotment_is_counted_in_positions_for_programs_too() -> None:
    data = json.loads(rendered(check([ledger(ALLOTMENT)]).report, Format.json))
    assert [(one["value"], one["unit"]) for one in data["schools"][0]["checks"]] == [
        *((0, "positions"), (0.05, "positions")),
        (-0.3, "positions"),
    ]


def test_the_comparison_as_csv_names_the_worst_fund_beside_what_all_have_left() -> None:
    short = ledger(SCHOOL.replace("title_i: 100_000", "title_i: 40_000"))
    header, today, *_ = csv.reader(rendered(compare([short]), Format.csv).splitlines())
    found = dict(zip(header, today, strict=True))
    assert header[-2:] == ["worst_fund", "worst_fund_left"]
    assert (found["left"], found["worst_fund"], found["worst_fund_left"]) == ("30000", "title_i", "-10000")


def test_a_check_against_a_plan_that_begins_later_says_when_that_is() -> None:
    text = """
        school: Later
        year: 2026-27
        roles: {teacher: {category: teacher, salary: 60_000}}
        baseline: {teacher: 10}
        scenarios: {now: {change: {teacher: +1}}, later: {from: 2028-29, change: {teacher: +3}}}
        checks: [{measure: change, scenario: now, against: later, max: 0}]
    """
    [found] = [one for one in judge(ledger(text)) if one.rule == "change"]
    assert found.subject == "change against later (which begins in 2028-29)"
    assert found.found == "$60,000"


def test_a_rule_and_what_would_fix_it_speak_of_funds_by_the_name_people_read() -> None:
    text = SCHOOL.replace("title_i: 100_000}", "title_i: 40_000}\nfunds: {title_i: {name: Title I}}", 1)
    text += "checks: [{measure: left, fund: title_i, min: 0}, {measure: cost, each: fund, max: 45_000}]\n"
    found = {one.subject: one for one in judge(ledger(text)) if one.scenario == "baseline"}
    assert "left in Title I of `baseline` is" in found["left in Title I"].message
    told = [f"{one.subject} {one.found} {one.message} {one.remedy}" for one in judge(ledger(text))]
    assert "free $10,000 in Title I" in " ".join(told)
    assert "title_i" not in " ".join(told)


def test_programs_are_told_of_which_fund_the_budget_s_figure_is() -> None:
    short = SCHOOL.replace("title_i: 100_000}", "title_i: 40_000}", 1)
    rows = list(csv.DictReader(io.StringIO(rendered(check([ledger(short)]).report, Format.csv))))
    assert {(row["check"], row["fund"], row["value"]) for row in rows if row["scenario"] == "baseline"} == {
        ("budget", "title_i", "-10000")
    }


ROLES_ALONE = """
roles:
  teacher: {category: teacher, salary: 50_000}
  tutor:   {category: support, salary: 25_000, funds: {title_i: 100%}}
baseline: {teacher: 10, tutor: 2}
"""


def test_a_plan_that_spends_all_of_its_budget_and_of_each_fund_fits() -> None:
    # 10 × $50,000 of general, 2 × $25,000 of Title I
    costed = ledger(SCHOOL.split("budget:")[0] + "budget: {general: 500_000, title_i: 50_000}\n" + ROLES_ALONE)
    assert verdict(costed.baseline).text == "fits, $0 left"
    assert [(one.found, one.level) for one in judge(costed)] == [("fits, $0 left", "passed")]


def test_a_fund_that_spends_all_it_has_is_not_named_among_those_that_are_over() -> None:
    costed = ledger(SCHOOL.split("budget:")[0] + "budget: {general: 500_000, title_i: 40_000}\n" + ROLES_ALONE)
    assert verdict(costed.baseline).text == "over by $10,000 in title_i"


def test_what_would_fix_a_school_is_said_below_the_line_in_which_it_is_wrong() -> None:
    outcome = check([ledger(SCHOOL + "checks:\n- {measure: fte, role: counselor, min: 2}\n")])
    fixes = next(table for table in outcome.report.tables if table.title == "What to fix")
    plan, check_line = f"school.yaml:{FIRST_CHECK - 3}:3", f"school.yaml:{FIRST_CHECK - 1}:13"
    assert [row.cells[0] for row in fixes.rows if row.kind == "heading"] == [plan, check_line]
    assert [row.cells[1] for row in fixes.rows if row.kind == "line"] == [
        "free $20,000 in general: give up 0.4 FTE of teacher, for example; "
        "free $25,000 in title_i: give up 1 FTE of tutor",
        *["add 1 FTE of counselor"] * 3,  # in each plan
    ]


def test_a_share_of_an_average_of_nobody_is_no_limit() -> None:
    """There is no lead today: 110% of what one costs is not $0, and 90% of it is no least that holds."""
    rules = "measure: cost_per_fte, role: lead, scenario: teams"
    [most] = judged(f"- {{{rules}, max: 110%}}")
    [least] = judged(f"- {{{rules}, min: 90%}}")
    assert (most.found, most.level, least.level) == ("$60,000", "error", "error")
    assert most.message.endswith("is $60,000, and `baseline` has none that the limit could be a share of")


def test_a_budget_in_percent_is_of_that_of_today() -> None:
    cut = SCHOOL.replace("lead: +1}}", "lead: +1}, budget: {general: 900_000}}")
    assert found("- {measure: budget, min: 95%}", cut) == {  # of 1,100,000: 1,045,000
        "baseline": ("$1,100,000", "passed"),
        "teams": ("$1,100,000", "passed"),
        "more of all": ("$1,000,000", "error"),
    }
