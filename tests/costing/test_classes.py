"""Staff by the classes of a master schedule: classes × periods ÷ load, whole posts subject by subject."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent

import pytest

from costing.agreement import differences, engine, in_words, plain, second
from schools import costs, plan_of, school
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.years.later_years import in_year
from staffcalc.source.problems import SchoolFileError

FILE = """
    year: 2026-27
    grades: {K: 60}
    roles:
      teacher: {salary: 50_000}
      coach: {salary: 60_000}
    baseline:
      teacher: ENTRY
      coach: {per: teacher, each: 6}
    scenarios:
      fewer classes:
        change: {teacher: [{classes: {English: 20, science: 12}, periods: 5, load: 25, rounding: up}, +1]}
      more students: {grades: {K: 90}}
"""
BY_SUBJECT = "{classes: {English: 24, mathematics: 22, science: 18}, periods: 5, load: 25, rounding: up}"


def of(entry: str) -> str:
    return FILE.replace("ENTRY", entry)


def fte(entry: str, scenario: str = "baseline", role: str = "teacher", years: int = 0) -> Decimal:
    costed = cost_school(in_year(school(of(entry)), years))
    return next(one.fte for one in plan_of(costed, scenario).staff if one.role == role)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (BY_SUBJECT, "14"),  # 4.8, 4.4 and 3.6: 5 + 5 + 4
        (BY_SUBJECT.replace(", rounding: up", ""), "12.8"),
        (BY_SUBJECT.replace("rounding: up", "rounding: nearest 0.5"), "13"),  # 5 + 4.5 + 3.5
        ("{classes: 64, periods: 5, load: 25, rounding: up}", "13"),  # all subjects together
        ("{classes: {English: 24, mathematics: 22, science: 18}, periods: 1, load: 5, rounding: up}", "14"),  # by day
        ("{classes: {English: 24, mathematics: 22, science: 18}, load: 5, rounding: up}", "14"),  # a load of 5 classes
        ("{classes: {English: 24, science: 18}, periods: {English: 5, science: 6}, load: 24}", "9.5"),  # 5 + 4.5
        ("{classes: {English: 24, science: 18}, periods: 5, load: {English: 20, science: 25}}", "9.6"),  # 6 + 3.6
        ("{classes: {English: 24, science: 12.5}, load: 6}", "6.08333333"),  # half a class: one term of two
        ("{classes: {English: 0, science: 10}, load: 5, rounding: up}", "2"),
        ("{classes: {K: 10, students: 10}, load: 5}", "4"),  # subjects, whatever they are called
    ],
)
def test_classes_take_so_many_fte(entry: str, expected: str) -> None:
    assert fte(entry) == Decimal(expected)


@pytest.mark.parametrize("entry", [BY_SUBJECT, "{classes: {K: 10, students: 10}, load: 5}"])
def test_classes_do_not_move_with_the_students(entry: str) -> None:
    assert fte(entry, "more students") == fte(entry)


def test_a_scenario_states_other_classes_and_more_on_top_of_them() -> None:
    assert fte(BY_SUBJECT, "fewer classes") == 8  # 4 + 2.4, up to 3; and one more


def test_a_ratio_counts_those_who_teach_the_classes() -> None:
    assert fte(BY_SUBJECT, role="coach") == Decimal("2.33333333")
    assert fte(BY_SUBJECT, "fewer classes", role="coach") == Decimal("1.33333333")


def test_classes_periods_and_load_may_be_other_ones_in_single_years() -> None:
    entry = """{classes: {English: {value: 24, years: {2027-28: 26}}}, rounding: up,
                periods: {value: 5, years: {2028-29: 6}}, load: {value: 25, years: {2029-30: 20}}}"""
    assert [fte(entry, years=year) for year in range(4)] == [5, 6, 6, 6]  # 4.8, 5.2, 5.76, 6


def test_a_load_in_classes_may_be_another_one_in_a_single_year() -> None:
    entry = "{classes: 24, load: {value: 5, years: {2027-28: 6}}}"
    assert [fte(entry, years=year) for year in range(2)] == [Decimal("4.8"), 4]


@pytest.mark.parametrize(
    ("entry", "at", "message", "hint"),
    [
        ("{classes: 24}", "24", "`teacher` has `classes` and no `load`", "periods: 5, load: 25"),
        ("{load: 25}", "25", "`teacher` has `load` without `classes`", "classes: {English: 24"),
        ("{fte: 3, periods: 5}", "5", "`teacher` has `periods` without `classes`", "load: 25"),
        ("{classes: 24, load: 0}", "0", "a load of 0 periods", "how many periods 1.0 FTE teaches"),
        ("{classes: 24, load: {value: 5, years: {2027-28: 0}}}", "0}", "a load of 0 periods", "1.0 FTE teaches"),
        (
            "{classes: {English: 24}, periods: {Englsh: 5}, load: 25}",
            "Englsh",
            "`Englsh` has `periods`, and no classes",
            "did you mean `English`?",
        ),
        (
            "{classes: {English: 24, art: 3}, periods: 5, load: {English: 25}}",
            "art",
            "`art` has classes, and no `load`",
            "write one `load` for all, or name each",
        ),
        ("{classes: 24, load: {art: 5}}", "5", "`load` by subject, and `classes` are one number", "classes: {"),
        ("{classes: 24, load: 5, fte: 1.2}", "1.2", "`teacher` has `classes` and `fte`", "periods ÷ load"),
        (
            "{classes: 24, load: 5, section_rounding: up}",
            "teacher: {",
            "`teacher` has a rounding of sections, and no sections",
            "`rounding` is of the FTE;",
        ),
        (
            "{classes: 24, load: 5, sections: {K: 20}}",
            "teacher: {",
            "`teacher` is stated in two ways",
            "classes, needed",
        ),
        ("{classes: 24, load: 5, people: 3}", "teacher: {", "`teacher` is stated in two ways", "classes, needed"),
        ("{classes: {}, load: 5}", "{}", "a block without entries", "write"),
        ("{classes: {art: many}, load: 5}", "many", "`many` is not a number of classes", ""),
        ("{classes: 24, load: -5}", "-5", "`-5` is negative", "a number of periods is zero or more"),
        ("{classes: $24, load: 5}", "$24", "`$24` is money where a number of classes is meant", "leave the $ out"),
    ],
)
def test_what_is_wrong_with_classes_is_told_with_its_place(entry: str, at: str, message: str, hint: str) -> None:
    text = dedent(of(entry))
    with pytest.raises(SchoolFileError) as refused:
        school(text)
    first = refused.value.problems[0]
    line = text.splitlines()[first.place.line - 1]
    assert entry in line
    assert line[first.place.column - 1 :].startswith(at)
    assert first.message.startswith(message)
    assert hint in first.hint


def test_a_nearer_file_states_the_classes_of_one_subject() -> None:
    base = plain(of(BY_SUBJECT))
    nearer = {"baseline": {"teacher": {"classes": {"science": "21"}}}}
    plans = engine([base, nearer])
    assert plans["baseline"].fte["teacher"] == 15  # 5 + 5 + 4.2, up to 5
    assert not differences(in_words(second([base, nearer])), in_words(plans))


def test_posts_of_classes_cost_their_salary() -> None:
    assert costs(of(BY_SUBJECT), "teacher") == {"salary": 700_000}
