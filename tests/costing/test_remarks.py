"""Figures that are no error and seldom meant: every command points them out, and says nothing where they are meant."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from schools import ledger, plan_of, school
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.remarks import remarks
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.diff.walk import walk
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.school.reading import read_school

CAPPED = """
school: S
year: 2024-25
budget: 500_000
benefits: {b: {social security: {rate: 6.2%, up_to: 168_600}}}
roles: {superintendent: {category: administrator, salary: 200_000, benefits: b}}
baseline: {superintendent: 1}
forecast: {cola: 3%}
"""
STILL = "school.yaml: social security still counts pay up to $168,600 in"
SAVING = """
school: G
budget: baseline
roles: {t: {category: teacher, salary: 50_000, saves: {subs: {per_day: 12_000, days: 20}}}}
baseline: {t: 1}
"""


def notes_of(costed: Ledger) -> set[tuple[str, ...]]:
    """What each command that costs a school says beside its answer."""
    asked = [compare([costed]), cost([costed]), explain([costed]), assumptions([costed])]
    return {tuple(report.notes) for report in (*asked, check([costed]).report)}


def test_a_forecast_says_where_a_wage_base_stands_still() -> None:
    assert [note for note in forecast([ledger(CAPPED)], years=3).notes if note.startswith(STILL)] == [
        f"{STILL} 2026-27: say in `forecast: {{caps: …}}` how its cap moves, or with `years` what it is then"
    ]
    assert forecast([ledger(CAPPED)], years=1).notes == ()


def test_every_command_says_so_in_a_later_year() -> None:
    [notes] = notes_of(cost_school(in_year(school(CAPPED), 2)))
    assert [note for note in notes if note.startswith(f"{STILL} 2026-27")]
    assert notes_of(ledger(CAPPED)) == {()}


STOPPED = """
school: S
year: 2026-27
budget: {general: 400_000, grant: 130_000}
funds: {grant: {name: the Grant, ends: 2026-27, then: stop}}
roles:
  teacher: {category: teacher, salary: 60_000}
  tutor: {category: support, salary: 30_000, funds: {general: 50%, grant: 50%}}
baseline: {teacher: 4, tutor: 2}
scenarios:
  keep: {from: 2027-28, change: {tutor: +2, teacher: +1}}
  alike: {like: keep, other_costs: {books: 500}}
  at once: {change: {tutor: +2}}
  by general: {from: 2027-28, change: {tutor: +2}, roles: {tutor: {fund: general}}}
forecast: {cola: 0%}
"""


def test_a_change_of_posts_whose_fund_has_stopped_says_so() -> None:
    """Two posts more are paid by half, as the fund that pays the other half is gone by then."""
    note = (
        "school.yaml: keep and alike: what changes of tutor in 2027-28 is without the share of the Grant, which has "
        "ended and stops: name who pays these posts, under `roles` of the scenario, if somebody does"
    )
    later = cost_school(in_year(school(STOPPED), 1))
    assert measure("change", plan_of(later, "keep"), later.baseline) == 90_000
    [notes] = notes_of(later)
    assert notes == (note,)
    assert note in check([ledger(STOPPED)]).report.notes
    assert note in forecast([ledger(STOPPED)], years=2).notes
    assert walk(ledger(STOPPED), "keep", "2027-28").notes == (note,)
    assert note not in forecast([ledger(STOPPED)], years=1).notes
    assert notes_of(cost_school(in_year(school(STOPPED.replace("then: stop", "then: general")), 1))) == {()}


def test_a_cap_that_is_dated_for_the_year_moves() -> None:
    text = CAPPED.replace("168_600", "{value: 168_600, years: {2025-26: 176_100}}")
    assert forecast([ledger(text)], years=2).notes == ()
    assert forecast([ledger(text)], years=3).notes != ()


def test_a_cap_that_a_rule_moves_in_one_of_the_years_moves() -> None:
    assert forecast([ledger(CAPPED.replace("cola: 3%", "cola: 3%, caps: {social security: 4%}"))], years=3).notes == ()
    of_one = CAPPED.replace("cola: 3%", "cola: 3%, caps: {social security: {2025-26: 4%}}")
    assert forecast([ledger(of_one)], years=3).notes == ()


def test_who_would_save_more_than_they_are_paid_is_named_by_every_command() -> None:
    wanted = ("school.yaml: t is paid $50,000 and `saves` $240,000: is each person counted as meant?",)
    assert notes_of(ledger(SAVING)) == {wanted}
    assert diff(ledger(SAVING)).notes[:1] == wanted
    assert notes_of(ledger(SAVING.replace("12_000", "120"))) == {()}


ROSTER = """
school: R
roles: {teacher: {category: teacher}}
roster: staff.csv
"""


def remarked(tmp_path: Path, *rows: str) -> list[str]:
    """What is said of a roster with these rows: FTE and salary."""
    (tmp_path / "school.yaml").write_text(dedent(ROSTER))
    people = [f"{at},teacher,{row}" for at, row in enumerate(rows)]
    (tmp_path / "staff.csv").write_text("\n".join(["id,role,fte,salary", *people]) + "\n")
    costed = cost_school(read_school(str(tmp_path / "school.yaml")))
    return [note.split("staff.csv:", 1)[1] for note in compare([costed]).notes]


def test_a_fifth_of_a_post_with_a_fifth_of_a_salary_is_pointed_out(tmp_path: Path) -> None:
    assert remarked(tmp_path, "1,88790", "0.2,17758") == [
        "3: 0.2 FTE of teacher with a salary of $17,758 looks like what is paid, and a salary is for 1.0 FTE "
        "(those in full time have $88,790 and more): name the column `pay` if so"
    ]


def test_several_of_them_are_one_remark(tmp_path: Path) -> None:
    [said] = remarked(tmp_path, "1,60000", "0.5,31000", "0.4,25000")
    assert "$31,000 (2 of them) looks like" in said


@pytest.mark.parametrize(
    "rows",
    [
        ("1,60000", "0.5,60000"),  # a salary for 1.0 FTE
        ("1,60000", "0.5,20000"),  # less than any full-time salary, however it is read
        ("1,60000", "0.5,50000"),  # too much for half a salary
        ("0.5,30000", "0.4,25000"),  # nobody in full time to compare with
    ],
)
def test_other_part_posts_are_left_alone(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert remarked(tmp_path, *rows) == []


PLUS = """
students: 100
budget: 200_000
benefits: {staff: {health: {per_person: 5_000}}}
roles:
  teacher: {category: teacher, salary: 50_000, benefits: staff}
  lead: {like: teacher, category: leader}
baseline: {teacher: 2, lead: 1}
other_costs: {software: 5_000}
scenarios:
  plan: {SAID}
"""


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        (
            "roles: {teacher: {salary: +2_000}}",
            "salary of teacher in `plan` is $2,000, not $2,000 more than $50,000: write +4% or 52_000",
        ),
        (
            "roles: {lead: {salary: {value: +333, source: a notice}}}",
            "salary of lead in `plan` is $333, not $333 more than $50,000: write 50_333",
        ),
        (
            "budget: +50_000",
            "budget of general in `plan` is $50,000, not $50,000 more than $200,000: write +25% or 250_000",
        ),
        (
            "benefits: {staff: {health: {per_person: +500}}}",
            "per_person of health of staff in `plan` is $500, not $500 more than $5,000: write +10% or 5_500",
        ),
        ("other_costs: {software: +100}", "software in `plan` is $100, not $100 more than $5,000: write +2% or 5_100"),
        ("students: +20", "students in `plan` are 20, not 20 more than 100: write +20% or 120"),
    ],
)
def test_an_amount_with_a_plus_in_the_place_of_the_files_own(said: str, noted: str) -> None:
    assert school(PLUS.replace("SAID", said)).notes == (noted,)


@pytest.mark.parametrize(
    "said",
    [
        "change: {teacher: +1}",
        "roles: {teacher: {salary: +4%}}",
        "roles: {teacher: {salary: 52_000, supplement: +2_000}}",  # there was none before
        "other_costs: {training: +5_000}",
        "budget: 250_000",
    ],
)
def test_where_a_plus_says_what_is_meant(said: str) -> None:
    assert school(PLUS.replace("SAID", said)).notes == ()


@pytest.mark.parametrize(
    ("change", "noted"),
    [
        ("{teacher: 5}", ["change of teacher in `plan` is 5 more than 2, not 5 in all: write +5, or +3 for 5 in all"]),
        (
            "{teacher: [{fte: 0.5, until: 2030-31}, -1], lead: {fte: {value: 1, source: the board}}}",
            [
                "change of teacher in `plan` is 0.5 more than 2, not 0.5 in all: write +0.5, or -1.5 for 0.5 in all",
                "change of lead in `plan` is 1 more than 1, not 1 in all: write +1, or 0 for 1 in all",
            ],
        ),
        ("{teacher: +5, lead: -1}", []),
        ("{teacher: -10%, lead: {per_students: 25}}", []),
        ("{coach: 2}", []),  # of whom there are none today: 2 more are 2 in all
    ],
)
def test_a_change_without_a_sign_may_be_meant_as_all(change: str, noted: list[str]) -> None:
    text = PLUS.replace("lead: {like", "coach: {like: teacher}\n  lead: {like").replace("SAID", f"change: {change}")
    assert list(school(f"year: 2026-27\n{text}").notes) == noted


def test_cover_that_is_paid_longer_than_whom_it_covers() -> None:
    """The cover of three leads who are there for half a year is paid for the whole of it, and that is said."""
    text = """
        school: S
        year: 2026-27
        roles:
          teacher: {category: teacher, salary: 60_000}
          lead: {category: leader, salary: 70_000, release: {share: 50%%, cover: teacher}}
        baseline: {teacher: 10, lead: {fte: 2%s}}
        scenarios: {more: {change: {lead: {fte: +1%s}}}}
    """
    noted = (
        "school.yaml: lead is paid for a part of the year, and teacher, which covers its released time, for all of it: "
        "leave `cover` out and count this teacher with `months` where it is there as long as lead is"
    )
    for months, more in ((", months: 6", ""), ("", ", first_year_months: 6")):
        assert remarks([ledger(text % (months, more))]) == (noted,)
    assert remarks([ledger(text % ("", ""))]) == ()
