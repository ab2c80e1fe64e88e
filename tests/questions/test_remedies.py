"""What `check` says would help: a reader who does it finds that it does."""

from __future__ import annotations

import re
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schools import Plain, ledger, school_files, written
from staffcalc.questions.check.check import check
from staffcalc.questions.check.judgement import Judgement
from staffcalc.questions.check.judging import judge

TWO_FUNDS_OVER = """
school: Hint
budget: {general: 480_000, grant: 10_000}
roles:
  teacher: {category: teacher, salary: 50_000}
  tutor: {category: support, salary: 25_000, funds: {grant: 100%}}
baseline: {teacher: 10, tutor: 1}
"""
HINT = re.compile(r"(add|give up) ([\d,.]+) (FTE|people|person)(?: at [\d.]+ FTE)? of (.+?)(?:, for example)?$")


def hints(text: str) -> dict[str, str]:
    """What would make the budget hold of each plan."""
    return {one.scenario: one.remedy for one in judge(ledger(text)) if one.rule == "over-budget"}


def test_the_hint_names_the_fund_that_is_over_and_a_role_that_it_pays() -> None:
    text = TWO_FUNDS_OVER.replace("480_000", "500_000")
    assert hints(text)["baseline"] == "free $15,000 in grant: give up 0.6 FTE of tutor"


def test_a_hint_mends_every_fund_that_is_over() -> None:
    assert hints(TWO_FUNDS_OVER)["baseline"] == (
        "free $20,000 in general: give up 0.4 FTE of teacher; free $15,000 in grant: give up 0.6 FTE of tutor"
    )


def test_where_one_fund_cannot_be_mended_the_hint_says_so() -> None:
    text = TWO_FUNDS_OVER + "other_costs: {furniture: {amount: 12_000, funds: {grant: 100%}}}\n"
    assert hints(text)["baseline"] == (
        "free $20,000 in general: give up 0.4 FTE of teacher; free $27,000 in grant: no one role is enough"
    )


def test_no_hint_is_better_than_one_that_does_not_mend() -> None:
    text = TWO_FUNDS_OVER.replace("480_000", "500_000") + "other_costs: {a: {amount: 12_000, funds: {grant: 100%}}}\n"
    assert hints(text)["baseline"] == ""


def test_posts_that_a_scenario_gives_up_save_what_a_new_hire_earns() -> None:
    text = """
        school: H
        budget: 190_000
        roles: {teacher: {category: teacher, salary: 50_000, new_hire: 40_000}}
        baseline: {teacher: 4}
        scenarios: {as today: {note: nothing changes}}
    """
    assert hints(text) == {
        "baseline": "free $10,000: give up 0.2 FTE of teacher",
        "as today": "free $10,000: give up 0.3 FTE of teacher",
    }


def test_staff_by_a_ratio_goes_with_what_it_counts() -> None:
    """Each teacher less is a fifth of a coach less as well."""
    text = """
        school: H
        budget: 640_000
        roles: {teacher: {category: teacher, salary: 50_000}, coach: {category: support, salary: 100_000}}
        baseline: {teacher: 10, coach: {per: teacher, each: 5}}
    """
    assert hints(text)["baseline"] == "free $60,000: give up 0.9 FTE of teacher, for example"


def test_people_are_given_up_whole() -> None:
    text = """
        school: H
        budget: 100_000
        roles: {aide: {category: support, salary: 40_000}}
        baseline: {aide: {people: 6, fte_each: 0.5}}
    """
    assert hints(text)["baseline"] == "free $20,000: give up 1 person at 0.5 FTE of aide"


def test_positions_are_given_up_by_their_weight() -> None:
    text = """
        allotment: 4.0
        roles: {teacher: {category: teacher, weight: 1}, lead: {category: leader, weight: 1.3}}
        baseline: {teacher: 3, lead: 1}
    """
    assert hints(text)["baseline"] == "free 0.3 positions: give up 0.3 FTE of teacher, for example"


def test_a_hint_for_a_later_year_is_judged_in_that_year() -> None:
    text = """
        school: H
        year: 2026-27
        students: 100
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: 5}
        forecast: {enrollment: 10%}
        checks: [{measure: students_per_teacher, year: 2028-29, max: 20}]
    """
    assert [one.remedy for one in judge(ledger(text))][-1] == "add 1.1 FTE of teacher"


def test_a_limit_of_nothing_is_a_failed_check_without_a_hint() -> None:
    text = """
        students: 100
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: 2}
        checks: [{measure: students_per_teacher, max: 0}]
    """
    outcome = check([ledger(text)])
    assert outcome.failed
    assert [one.hint for one in outcome.report.findings or ()] == [""]


@st.composite
def checked_files(draw: st.DrawFn) -> Plain:
    """Random school files with checks that often fail."""
    file = draw(school_files(terms=True))
    role = st.lists(st.sampled_from(sorted(file["roles"])), min_size=1, max_size=2, unique=True)
    limit = st.sampled_from(["min", "max", "equals"])
    dollars, few = st.integers(0, 3_000_000).map(str), st.integers(0, 60).map(str)
    kinds: list[st.SearchStrategy[Plain]] = [
        st.fixed_dictionaries({"measure": st.sampled_from(["fte", "people"]), "role": role, "limit": limit, "of": few}),
        st.fixed_dictionaries({"measure": st.sampled_from(["left", "cost"]), "limit": limit, "of": dollars}),
        st.fixed_dictionaries({"measure": st.just("fte"), "role": role, "per": st.fixed_dictionaries({"role": role}),
                               "limit": limit, "of": few}),
    ]  # fmt: skip
    if "students" in file:
        of_students = st.sampled_from(["students_per_teacher", "students_per_adult", "cost_per_student"])
        kinds.append(st.fixed_dictionaries({"measure": of_students, "limit": limit, "of": few}))
    checks = draw(st.lists(st.one_of(kinds), min_size=1, max_size=3))
    file["checks"] = [{**one, one["limit"]: one["of"]} for one in checks]
    for one in file["checks"]:
        del one["limit"], one["of"]
    return file


def in_order(text: str) -> dict[str, list[Judgement]]:
    """The judgements of each plan: of its budget, then of each check."""
    found: dict[str, list[Judgement]] = {}
    for one in judge(ledger(text)):
        found.setdefault(one.scenario, []).append(one)
    return found


def done(file: Plain, scenario: str, hint: str) -> dict[str, Any]:
    """The file after a reader has done what the hint says: in the baseline itself, or in a scenario like the other."""
    file = deepcopy(file)
    changes: dict[str, Decimal] = {}
    for part in hint.split("; "):
        match = HINT.search(part)
        assert match, part
        by = Decimal(match[2].replace(",", ""))
        changes[match[4]] = changes.get(match[4], Decimal(0)) + (by if match[1] == "add" else -by)
    in_people = {match[4] for part in hint.split("; ") if (match := HINT.search(part)) and match[3] != "FTE"}
    if scenario == "baseline":
        del file["scenarios"]
        for role, by in changes.items():
            held = file["baseline"].get(role, "0")
            if role in in_people:
                file["baseline"][role] = {**held, "people": f"{Decimal(held['people']) + by:f}"}
            else:
                file["baseline"][role] = f"{Decimal(held) + by:f}"
        return file
    change = {role: {"people": f"{by:+f}"} if role in in_people else f"{by:+f}" for role, by in changes.items()}
    file["scenarios"]["mended"] = {"like": scenario, "change": change}
    return file


@settings(max_examples=20)
@given(checked_files())
def test_every_hint_that_is_followed_makes_its_check_pass(file: Plain) -> None:
    file.setdefault("scenarios", {"same": {"note": "as today"}})
    for scenario, judged in in_order(written(file)).items():
        for at, one in enumerate(judged):
            if not one.remedy or "no one role is enough" in one.remedy:
                continue
            mended = in_order(written(done(file, scenario, one.remedy)))
            assert mended["baseline" if scenario == "baseline" else "mended"][at].level == "passed", one.remedy
