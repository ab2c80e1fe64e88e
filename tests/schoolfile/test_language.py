"""What a file means: copies, changes, whole mixes, budgets, and where every figure comes from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import RICH, messages, pay, plan, post, staff
from schools import school
from staffcalc.language.figures import Figure
from staffcalc.school.reading import read_school
from staffcalc.school.school import Plan
from staffcalc.source.problems import SchoolFileError

PLAN = """
    students: 400
    budget: {general: 900_000, title_i: 100_000}
    benefits:
      certified: {pension: {rate: 15%}}
    roles:
      teacher: {category: teacher, salary: 50_000, benefits: certified}
      lead:    {like: teacher, category: leader, supplement: 10_000}
      aide:    {hourly: 15, hours_per_week: 40, weeks: 38, funds: {general: 50%, title_i: 50%}}
    baseline: {teacher: 10, aide: {people: 4, fte_each: 0.5}}
    other_costs: {software: {per_student: 38}}
    scenarios:
      leads:
        note: Two leads.
        change: {teacher: -3, lead: +2, aide: {people: +1}}
      richer leads:
        like: leads
        change: {lead: +1}
        roles: {lead: {supplement: 12_000}}
      small:
        staffing: {teacher: 5}
        students: 200
        budget: {general: 500_000, grant: 20_000}
        other_costs: {software: {amount: 0}, moving: {amount: 9_000}}
"""


def test_the_baseline_comes_first_and_the_scenarios_follow_as_in_the_file() -> None:
    assert [one.name for one in school(PLAN).plans] == ["baseline", "leads", "richer leads", "small"]


def test_a_change_is_added_to_the_baseline_and_a_staffing_replaces_it() -> None:
    read = school(PLAN)
    assert staff(read) == {"teacher": 10, "aide": 4}
    assert staff(read, "leads") == {"teacher": 7, "lead": 2, "aide": 5}
    assert staff(read, "small") == {"teacher": 5, "aide": 0}


def test_a_scenario_like_another_starts_from_it() -> None:
    assert staff(school(PLAN), "richer leads") == {"teacher": 7, "lead": 3, "aide": 5}


def test_people_keep_the_fte_each_of_the_baseline() -> None:
    (aides,) = (one for one in plan(school(PLAN), "leads").staff if one.post.name == "aide")
    assert aides.people
    assert aides.each is not None
    assert aides.each.value == Decimal("0.5")


def test_a_role_like_another_is_a_copy_with_its_own_keys_on_top() -> None:
    lead = post(school(PLAN), "lead", "leads")
    assert lead.category == "leader"
    assert lead.salary is not None
    assert lead.salary.cells[0].amount.value == 50_000
    assert list(lead.components) == ["pension"]


def test_a_copied_figure_keeps_its_own_line() -> None:
    read = school(PLAN)
    assert pay(read, "lead", name="leads").place == pay(read, "teacher").place
    assert pay(read, "lead", "supplement", "leads").place.line == 8


def test_a_role_of_a_scenario_differs_there_only() -> None:
    read = school(PLAN)
    assert pay(read, "lead", "supplement", "richer leads").value == 12_000
    assert pay(read, "lead", "supplement", "leads").value == 10_000
    assert pay(read, "teacher", name="richer leads") == pay(read, "teacher")
    assert post(read, "lead", "richer leads").category == "leader"  # all else stays


def test_what_is_like_a_role_does_not_change_with_it_in_a_scenario() -> None:
    read = school(
        PLAN
        + """
      raise:
        roles: {teacher: {salary: 55_000}}
        change: {lead: +1}
    """
    )
    assert pay(read, "teacher", name="raise").value == 55_000
    assert pay(read, "lead", name="raise").value == 50_000


def test_a_new_role_of_a_scenario_is_like_the_role_as_it_is_there() -> None:
    read = school(
        PLAN
        + """
      coaches:
        roles: {coach: {like: teacher, supplement: 4_000}, teacher: {salary: 55_000}}
        change: {coach: +1}
    """
    )
    coach = post(read, "coach", "coaches")
    assert pay(read, "coach", name="coaches").value == 55_000
    assert (coach.category, list(coach.components)) == ("teacher", ["pension"])


def test_a_scenario_like_another_has_its_roles_too() -> None:
    read = school(PLAN + "      richest: {like: richer leads, roles: {lead: {salary: 60_000}}}\n")
    assert pay(read, "lead", "supplement", "richest").value == 12_000
    assert pay(read, "lead", "salary", "richest").value == 60_000


def amounts(one: Plan) -> dict[str, Decimal]:
    """The budget of a plan by fund, where it is stated in amounts."""
    return {fund: figure.value for fund, figure in (one.budget or {}).items() if isinstance(figure, Figure)}


def test_a_scenario_may_have_its_own_students_budget_and_other_costs() -> None:
    read = school(PLAN)
    small, leads = plan(read, "small"), plan(read, "leads")
    assert small.students is not None
    assert leads.students is not None
    assert [small.students.value, leads.students.value] == [200, 400]
    assert amounts(small) == {
        "general": 500_000,
        "title_i": 100_000,  # not named, so it keeps what it has
        "grant": 20_000,
    }
    assert sorted(small.other_costs) == ["moving", "software"]
    assert list(leads.other_costs) == ["software"]
    software, _ = small.other_costs["software"]
    assert software.per_student is None


@pytest.mark.parametrize("budget", ["900_000", "{value: 900_000, source: Board}", "{general: 900_000}"])
def test_a_bare_budget_is_one_fund_named_general(budget: str) -> None:
    read = school(f"{{budget: {budget}, roles: {{teacher: {{salary: 1}}}}, baseline: {{teacher: 1}}}}")
    assert amounts(plan(read)) == {"general": 900_000}


def test_a_budget_of_one_fund_pays_what_names_no_fund() -> None:
    read = school("{budget: {state: 900_000}, roles: {teacher: {salary: 1}}, baseline: {teacher: 1}}")
    assert [share.fund for share in post(read, "teacher").fund_shares] == ["state"]


def test_a_figure_has_the_source_of_the_nearest_block_that_names_one() -> None:
    read = school("""
        roles:
          source: Pay schedule
          teacher: {salary: 50_000}
          lead: {salary: {value: 60_000, source: Union}, supplement: 5_000, source: District}
          aide: {assumed: true, salary: 20_000}
        baseline: {teacher: 1, lead: 1, aide: 1}
    """)
    assert pay(read, "teacher").source == "Pay schedule"
    assert pay(read, "lead").source == "Union"
    assert pay(read, "lead", "supplement").source == "District"
    assert (pay(read, "aide").source, pay(read, "aide").assumed) == (None, True)


def test_a_copied_figure_keeps_its_source() -> None:
    read = school("""
        roles:
          teacher: {salary: 50_000, source: Pay schedule}
          lead: {like: teacher, supplement: 5_000, source: District}
        baseline: {lead: 1}
    """)
    assert (pay(read, "lead").source, pay(read, "lead", "supplement").source) == ("Pay schedule", "District")


def test_a_note_stays_with_its_figure() -> None:
    read = school("{roles: {teacher: {salary: {value: 50_000, note: of 2024}}}, baseline: {teacher: 1}}")
    assert pay(read, "teacher").note == "of 2024"


def test_what_is_written_once_with_an_anchor_may_be_used_again() -> None:
    read = school("""
        roles:
          teacher: {salary: &pay 50_000, funds: &half {general: 50%, title_i: 50%}}
          nurse: {salary: *pay, funds: *half}
        baseline: {teacher: 1, nurse: 1}
    """)
    assert pay(read, "nurse").value == 50_000
    assert [share.fund for share in post(read, "nurse").fund_shares] == ["general", "title_i"]


def test_the_note_of_a_scenario_is_its_own() -> None:
    read = school(PLAN)
    assert (plan(read, "leads").note, plan(read, "richer leads").note) == ("Two leads.", None)


def test_hourly_pay_displaces_the_salary_it_was_copied_with() -> None:
    read = school("""
        roles:
          teacher: {salary: 50_000}
          substitute: {like: teacher, hourly: 20, hours_per_week: 40, weeks: 10}
          salaried again: {like: substitute, salary: 30_000}
        baseline: {substitute: 1, salaried again: 1}
    """)
    assert post(read, "substitute").role.salary is None
    assert post(read, "salaried again").role.hourly is None


def test_the_shares_of_funds_are_one_statement() -> None:
    read = school("""
        roles:
          teacher: {salary: 50_000, funds: {general: 50%, title_i: 50%}}
          lead: {like: teacher, funds: {grant: 100%}}
        baseline: {lead: 1}
    """)
    assert [share.fund for share in post(read, "lead").fund_shares] == ["grant"]


def test_a_role_that_no_plan_staffs_needs_no_price() -> None:
    read = school("{roles: {teacher: {salary: 1}, someday: {category: support}}, baseline: {teacher: 1}}")
    assert staff(read) == {"teacher": 1}


def test_a_role_without_a_category_is_told_of() -> None:
    read = school("{roles: {teacher: {salary: 1}}, baseline: {teacher: 1}}")
    assert read.notes == ("no category, so counted neither as teachers nor as leaders: teacher",)


def test_all_that_there_is_can_be_removed() -> None:
    read = school("""
        roles: {teacher: {salary: 1}}
        baseline: {teacher: 1.5}
        scenarios: {none: {change: {teacher: -1.5}}}
    """)
    assert staff(read, "none") == {"teacher": 0}


def test_problems_of_copies_are_told_of_the_original_wherever_it_stands() -> None:
    for order in (("lead", "teacher"), ("teacher", "lead")):
        roles = {"teacher": "{salary: 5x}", "lead": "{like: teacher}"}
        listed = ", ".join(f"{name}: {roles[name]}" for name in order)
        assert messages(f"{{roles: {{{listed}}}, baseline: {{lead: 1}}}}") == [
            "`5x` is not an amount in roles › teacher › salary"
        ]


def test_a_file_that_uses_the_whole_language_reads() -> None:
    read = read_school(str(RICH))
    assert read.name == "0123"
    assert staff(read, "residents") == {
        "classroom teacher": Decimal("55"),
        "reach associate": 8,
        "no": 1,
        "lead teacher": 3,
        "resident": 2,
    }
    assert {role: held for role, held in staff(read, "full mix").items() if held} == {
        "classroom teacher": 58,
        "lead teacher": 3,
        "tutor": 1,
    }
    assert [one.may_exceed for one in read.plans] == [False, False, False, True, False]
    assert len(read.checks) == 5


def test_a_role_that_costs_only_a_rate_of_no_pay_has_no_price() -> None:
    text = "roles: {tutor: {costs: {fee: {rate: 5%}}}}\nbaseline: {tutor: 1}\n"
    with pytest.raises(SchoolFileError, match="`tutor` is staffed but has no price"):
        school(text)


def test_a_component_may_be_limited_to_a_fund_that_pays_nothing_for_now() -> None:
    text = """
    benefits: {staff: {federal pension: {rate: 20%, funds: [title_i]}}}
    roles: {tutor: {salary: 30_000, benefits: staff, funds: {general: 100%, title_i: 0%}}}
    baseline: {tutor: 1}
    """
    assert [staffed.post.name for staffed in school(text).plans[0].staff] == ["tutor"]
