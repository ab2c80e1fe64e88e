"""School years: one grammar wherever a file, an option or a rule names one; figures that hold in single years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import messages, problems
from schools import costs, ledger, school
from staffcalc.costing.growth.dates import in_its_year
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.years.later_years import in_year, years_ahead
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of, is_meant, later, stated_twice
from staffcalc.questions.check.judging import judge
from staffcalc.questions.diff.walk import walk
from staffcalc.questions.selection import in_the_year
from staffcalc.school.school import Plan
from staffcalc.source.problems import SchoolFileError

WRITTEN = ["2027-28", "2027/28", "2027–28", "2027-2028", "2027", " 2027-28 "]


@pytest.mark.parametrize("year", WRITTEN)
def test_a_school_year_is_the_one_in_which_it_begins_however_it_is_written(year: str) -> None:
    assert first_of(year) == 2027


@pytest.mark.parametrize(
    "year", ["2027-29", "2027-27", "2027-2029", "27-28", "2027-8", "2027_28", "FY", "FY7", "FY027", "", "٢٠٢٧"]
)
def test_what_is_no_school_year(year: str) -> None:
    assert first_of(year) is None


@pytest.mark.parametrize("year", ["FY28", "fy28", "FY 28", "FY2028", "FY '28"])
def test_a_fiscal_year_is_the_school_year_that_ends_in_it(year: str) -> None:
    assert first_of(year) == 2027


FISCAL = """
year: FY27
roles: {teacher: {category: teacher, salary: 60_000}}
baseline: {teacher: 10}
forecast: {cola: {FY28: 3%}}
scenarios: {fewer: {from: FY28, change: {teacher: -1}}}
checks: [{measure: cost, years: FY27 to FY28, max: 1_218_000}, {measure: cost, year: 2027-28, max: 618_000}]
"""


@pytest.mark.parametrize("asked", ["FY28", "FY2028", "2027/28", "2027-28", "2027"])
def test_a_file_and_whoever_asks_of_it_may_write_a_year_in_different_forms(asked: str) -> None:
    costed = cost_school(in_the_year(school(FISCAL), asked, None))
    assert costed.school.year == "FY28"
    assert [total(plan.lines) for plan in costed.plans] == [618_000, 556_200]
    assert [one.level for one in judge(ledger(FISCAL))] == ["passed"] * 4
    [year] = walk(ledger(FISCAL), "fewer", asked).tables
    assert year.title.endswith("from FY27 to FY28")


def test_a_slip_in_a_year_is_still_meant_as_one() -> None:
    assert is_meant("2027-29")
    assert not is_meant("teachers")


@pytest.mark.parametrize(
    ("year", "two_later"),
    [
        ("2027-28", "2029-30"),
        ("2027/28", "2029/30"),
        ("2027-2028", "2029-2030"),
        ("2098-99", "2100-01"),
        ("2027", "2029"),
        ("FY28", "FY30"),
        ("FY 2028", "FY 2030"),
        ("FY99", "FY01"),
    ],
)
def test_later_years_are_named_in_the_form_of_the_first(year: str, two_later: str) -> None:
    assert later(year, 2) == two_later


def test_the_same_year_twice_is_found_in_any_spelling() -> None:
    assert stated_twice(["2026", "2027-28", "2027"]) == ("2027-28", "2027")
    assert stated_twice(["2026", "2027-28", "note"]) is None


FILE = """
year: 2026-27
students: 100
budget: {{general: 900_000, grant: 50_000}}
funds: {{grant: {{ends: {ends}, then: general, years: {{{fund}: 40_000}}}}}}
roles: {{teacher: {{category: teacher, salary: {{value: 50_000, years: {{{figure}: 60_000}}}}}}}}
baseline: {{teacher: 2}}
forecast: {{cola: {{{rule}: 10%}}}}
checks: [{{measure: cost, year: {check}, min: 0}}]
"""


def amount(plan: Plan, fund: str) -> Decimal:
    """What is stated of a fund."""
    budget = (plan.budget or {})[fund]
    assert isinstance(budget, Figure)
    return budget.value


@pytest.mark.parametrize("year", WRITTEN)
def test_every_key_reads_a_year_in_every_spelling(year: str) -> None:
    quoted = f"'{year}'"
    read = school(FILE.format(ends=quoted, fund=quoted, figure=quoted, rule=quoted, check=quoted))
    assert years_ahead(read, year) == 1
    found = in_year(read, 1)
    assert amount(found.plans[0], "grant") == 40_000
    assert found.plans[0].staff[0].post.role.salary is not None
    assert [one.rate.value for one in found.plans[0].staff[0].post.growth["salary"].since(0)] == [Decimal("0.1")]


@pytest.mark.parametrize("key", ["ends", "fund", "figure", "rule", "check"])
def test_a_year_that_does_not_follow_is_refused_everywhere(key: str) -> None:
    years = dict.fromkeys(("ends", "fund", "figure", "rule", "check"), "2027-28")
    (problem,) = problems(FILE.format(**{**years, key: "2027-29"}))
    assert problem.message.startswith("`2027-29` is no school year")
    assert problem.hint == "write it as 2027-28"


def test_an_amount_of_a_fund_after_its_end_is_refused() -> None:
    years = dict.fromkeys(("figure", "rule", "check"), "2027-28")
    (message,) = messages(FILE.format(**years, ends="2027", fund="2028/29"))
    assert message == "`grant` has an amount in 2028/29, after its end"


def test_the_amount_of_a_fund_in_another_year_leaves_this_year_alone() -> None:
    years = dict.fromkeys(("ends", "fund", "figure", "rule", "check"), "2027-28")
    assert amount(in_its_year(school(FILE.format(**years))).plans[0], "grant") == 50_000


LIMITS = """
year: 2026-27
budget: 100_000
roles: {t: {salary: 50_000, category: teacher}}
baseline: {t: 1}
checks:
  - {measure: left, year: [2026-27, 2027-28], %s}
"""


@pytest.mark.parametrize(
    "limit",
    [
        "min: {value: 0, years: {2027-28: 60_000}}",
        "max: {value: 50_000, years: {2027/28: 40_000}}",
        "equals: {value: 50_000, years: {2027: 60_000}}",
        "equals: 60_000, within: {value: 10_000, years: {2027-28: 1}}",
        "min: {value: 10%, years: {2027-28: 60%}}",
    ],
)
def test_a_limit_is_that_of_the_year_which_is_judged(limit: str) -> None:
    judged = [one for one in judge(ledger(LIMITS % limit)) if one.rule == "left"]
    assert [(one.scenario, one.level) for one in judged] == [
        ("baseline, 2026-27", "passed"),
        ("baseline, 2027-28", "error"),
    ]


def test_a_check_without_a_year_has_the_limit_of_the_year_that_is_asked_for() -> None:
    text = LIMITS.replace("year: [2026-27, 2027-28], ", "") % "min: {value: 0, years: {2026-27: 60_000}}"
    (judged,) = (one for one in judge(ledger(text)) if one.rule == "left")
    assert judged.message == "left of `baseline` is $50,000, $10,000 below the least of $60,000"


def test_figures_of_a_schedule_may_be_dated() -> None:
    text = """
        year: 2026-27
        schedules:
          t:
            lanes: [BA]
            steps: {1: [{value: 40_000, years: {2026-27: 41_000}}]}
            differentials: {board: {amount: {value: 1_000, years: {2026-27: 2_000}}}}
        roles: {teacher: {}}
        baseline: {teacher: {BA/1 with board: 1}}
    """
    assert costs(text, "teacher") == {"salary": 43_000}


@pytest.mark.parametrize(
    ("own", "laid", "says"),
    [
        ("{amount: 10_000}", "{until: 2026-27}", "{amount: 0, from: 2027-28} ends it"),
        ("{per_student: 10}", "{from: 2028-29, note: later}", "{per_student: 0, from: 2028-29} ends it"),
        ("{amount: 10_000, from: 2027-28}", "{from: 2028-29}", "`from` of `software` has no effect"),
        ("{amount: 10_000, until: 2027-28}", "{amount: 5_000, from: 2028-29}", "state both `from` and `until` here"),
    ],
)
def test_years_without_effect_on_a_cost_that_the_file_has_are_refused(own: str, laid: str, says: str) -> None:
    with pytest.raises(SchoolFileError) as refused:
        school(f"""
            year: 2026-27
            students: 100
            roles: {{teacher: {{salary: 50_000}}}}
            baseline: {{teacher: 1}}
            other_costs: {{software: {own}}}
            scenarios: {{s: {{other_costs: {{software: {laid}}}}}}}
        """)
    [problem] = refused.value.problems
    assert says in str(problem)


@pytest.mark.parametrize(
    ("today", "more", "told"),
    [
        ("{fte: {value: 5, years: {2026-27: 1.5}}}", "", "in 2026-27 there are 1.5"),
        ("{fte: {value: 5, years: {2028-29: 1}}}", "", "in 2028-29 there are 1"),
        ("{per_students: 100}", "forecast: {enrollment: -30%}", "in 2028-29 there are 1.96"),
    ],
)
def test_a_plan_that_gives_up_more_than_there_are_by_then_is_refused(today: str, more: str, told: str) -> None:
    text = f"""
        year: 2026-27
        students: 400
        roles: {{teacher: {{salary: 50_000}}}}
        baseline: {{teacher: {today}}}
        scenarios: {{fewer: {{change: {{teacher: -2}}}}, for two years: {{until: 2027-28, change: {{teacher: -2}}}}}}
        {more}
    """
    with pytest.raises(SchoolFileError) as caught:
        in_the_year(school(text), "2028-29", None)
    assert f"removes 2 FTE of `teacher`, but {told}" in str(caught.value.problems[0])


@pytest.mark.parametrize(
    ("dated", "change", "told"),
    [
        ("{value: 5, years: {2026-27: 1}}", "-2", "removes 2 FTE of `teacher` from BA/1, but in 2026-27 there are 1"),
        ("{value: 5, years: {2028-29: 1}}", "-2", "removes 2 FTE of `teacher` from BA/1, but in 2028-29 there are 1"),
        ("5", "{value: -2, years: {2028-29: -6}}", "removes 6 FTE of `teacher` from BA/1, but in 2028-29 there are 5"),
    ],
)
def test_a_cell_has_as_many_as_a_change_takes_from_it(dated: str, change: str, told: str) -> None:
    # There are enough of the role: ten more on another cell.
    text = f"""
        year: 2026-27
        schedules: {{s: {{lanes: [BA, MA], steps: {{1: [40_000, 45_000], 2: [41_000, 46_000]}}}}}}
        roles: {{teacher: {{schedule: s}}}}
        baseline: {{teacher: {{BA/1: {dated}, MA/1: 10}}}}
        scenarios: {{fewer: {{change: {{teacher: {{BA/1: {change}}}}}}}}}
    """
    with pytest.raises(SchoolFileError) as caught:
        in_the_year(school(text), "2028-29", None)
    assert told in str(caught.value.problems[0])


def test_who_takes_no_more_than_is_on_a_cell_in_any_year_is_not_refused() -> None:
    then = in_the_year(
        school("""
        year: 2026-27
        schedules: {s: {lanes: [BA], steps: {1: [40_000], 2: [41_000]}}}
        roles: {teacher: {schedule: s}}
        baseline: {teacher: {BA/1: {value: 5, years: {2028-29: 2}}, BA/2: 1}}
        scenarios: {fewer: {change: {teacher: {BA/1: -2}}}}
        """),
        "2028-29",
        None,
    )
    assert [sum(count.value for count in plan.staff[0].now.counts) for plan in then.plans] == [3, 1]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("{per_students: {value: 20, years: {2027-28: 0}}}", "one `tutor` for every 0"),
        ("{per: coach, each: {value: 5, years: {2027-28: 0}}}", "one `tutor` for every 0"),
        ("{sections: {K: {value: 20, years: {2027-28: 0}}}}", "sections of 0 students in `K`"),
        ("{people: 2, fte_each: {value: 0.5, years: {2027-28: 0}}}", "people of 0 FTE each in `tutor`"),
    ],
)
def test_nothing_is_divided_by_in_a_single_year_either(stated: str, message: str) -> None:
    text = f"""
        school: S
        year: 2026-27
        grades: {{K: 100}}
        roles: {{tutor: {{salary: 50_000}}, coach: {{salary: 60_000}}}}
        baseline: {{coach: 1, tutor: {stated}}}
    """
    [problem] = problems(text)
    assert problem.message == message
