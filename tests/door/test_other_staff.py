"""Plans that a program makes: they cost, to the cent, what the same plans cost as scenarios of a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import event, given, reject, settings
from hypothesis import strategies as st

import staffcalc
from costing.newer import known
from program.running import ROOT
from schools import Plain, every_feature, written

EXAMPLES = int(os.environ.get("STAFFCALC_SEARCH", "30"))
PRICES = (None, "average", "actual", "new_hire")
searching = settings(max_examples=EXAMPLES, derandomize="STAFFCALC_SEARCH" not in os.environ)
of_all = st.deferred(lambda: every_feature(new=known()))

PLAN = """
school: Example School
year: 2026-27
students: 420
budget: {general: 700_000}
schedules: {pay: {lanes: [BA], steps: {1: [40_000], 2: [41_000]}}}
roles:
  teacher: {category: teacher, salary: 60_000, new_hire: 45_000}
  aide: {category: support, salary: 25_000}
  tutor: {category: support, salary: 30_000}
  nurse: {category: support, salary: BA/1}
baseline: {teacher: 10, aide: {people: 4, fte_each: 0.5}, nurse: {BA/1: 1}}
scenarios:
  tutors: {change: {tutor: +1}}
forecast: {cola: 2%}
"""
YEARS = ("2026-27", "2027-28", "2028-29")


@pytest.fixture(scope="module")
def school() -> staffcalc.School:
    return staffcalc.read(text=PLAN)


def fte(plan: staffcalc.Plan, role: str) -> Decimal | None:
    return plan.cost().measure("fte", role=role)


# By example


def test_roles_that_are_named_have_so_many_and_the_others_stay(school: staffcalc.School) -> None:
    plan = school.plan("tutors").with_staff({"tutor": "2.5", "nurse": 2})
    assert [fte(plan, role) for role in ("tutor", "nurse", "teacher", "aide")] == [Decimal("2.5"), 2, 10, 2]


def test_a_whole_mix_leaves_nobody_else(school: staffcalc.School) -> None:
    plan = school.plan("tutors").with_staff({"teacher": 11}, whole=True)
    assert [fte(plan, role) for role in ("teacher", "aide", "tutor")] == [11, 0, 0]


def test_a_change_is_more_and_fewer(school: staffcalc.School) -> None:
    plan = school.plan("tutors").with_change({"tutor": +1, "teacher": "-0.5", "aide": {"people": -1}})
    assert [fte(plan, role) for role in ("tutor", "teacher", "aide")] == [2, Decimal("9.5"), Decimal("1.5")]


def test_posts_added_cost_a_new_hire_and_posts_given_up_displace(school: staffcalc.School) -> None:
    baseline = school.plan()
    assert baseline.with_change({"teacher": +1}).cost().measure("change") == 45_000
    assert baseline.with_staff({"teacher": 11}).cost().measure("change") == 45_000
    fewer = baseline.with_staff({"teacher": 9}).cost()
    assert fewer.measure("change") == -45_000
    assert fewer.measure("cost", role="displaced staff") == 15_000


@pytest.mark.parametrize("number", [2.5, "2.5", "2.50", Decimal("2.5"), Decimal("25E-1")])
def test_a_number_may_be_written_in_any_way(school: staffcalc.School, number: staffcalc.Number) -> None:
    assert fte(school.plan().with_staff({"tutor": number}), "tutor") == Decimal("2.5")


def test_a_role_may_have_what_a_file_may_say_of_it(school: staffcalc.School) -> None:
    plan = school.plan().with_staff(
        {"aide": {"people": 3, "fte_each": 0.5}, "nurse": {"BA/1": 1, "BA/2": "0.5"}, "tutor": {"per_students": 100}}
    )
    assert [fte(plan, role) for role in ("aide", "nurse", "tutor")] == [Decimal("1.5"), Decimal("1.5"), Decimal("4.2")]
    assert plan.cost().measure("cost", role="nurse") == 60_500


def test_a_ratio_costs_what_the_number_costs_that_it_comes_to(school: staffcalc.School) -> None:
    """The rows are equal in value, however many decimals an FTE is written with."""
    ratio, number = (
        school.plan().with_staff({"tutor": staff}, name="tutors for all").cost()
        for staff in ({"per_students": 140}, "3.00")
    )
    assert ratio.rows() == number.rows()
    assert ratio.measures() == number.measures()


def test_a_plan_can_be_made_of_one_that_was_made(school: staffcalc.School) -> None:
    first = school.plan("tutors").with_change({"tutor": +1})
    second = first.with_change({"tutor": +1})
    assert [first.name, second.name] == ["tutors, changed", "tutors, changed"]
    assert [fte(first, "tutor"), fte(second, "tutor")] == [2, 3]
    assert first.with_change({"teacher": -1}, name="fewer teachers").name == "fewer teachers"


@pytest.mark.parametrize("scenario", ["", "later: {from: 2028-29, change: {tutor: +2}}"])
def test_what_a_change_says_of_single_years_holds_in_these_as_it_does_in_a_file(scenario: str) -> None:
    made = "made: {like: tutors, change: {teacher: [{fte: +2, until: 2026-27}, {fte: -1, from: 2028-29}]}}"
    in_a_file = staffcalc.read(text=PLAN.replace("scenarios:", f"scenarios:\n  {scenario}\n  {made}")).plan("made")
    school = staffcalc.read(text=PLAN.replace("scenarios:", f"scenarios:\n  {scenario}"))
    entries: Any = [{"fte": +2, "until": "2026-27"}, {"fte": -1, "from": "2028-29"}]
    given = school.plan("tutors").with_change({"teacher": entries}, name="made")
    assert [given.cost(year).measure("fte", role="teacher") for year in YEARS] == [12, 10, 9]
    assert [given.cost(year).measures() for year in YEARS] == [in_a_file.cost(year).measures() for year in YEARS]


def test_a_change_of_a_plan_that_begins_later_begins_with_it() -> None:
    text = PLAN.replace("scenarios:", "scenarios:\n  later: {from: 2027-28, change: {teacher: -2}}")
    plan = staffcalc.read(text=text).plan("later").with_change({"tutor": +1, "teacher": +1})
    found = [[plan.cost(year).measure("fte", role=role) for role in ("teacher", "tutor")] for year in YEARS]
    assert found == [[10, 0], [9, 1], [9, 1]]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"fte": +1, "from": "2020-21"}, "`2020-21` is before 2026-27, the file's own year"),
        ({"fte": +1, "from": "2060-61"}, "`2060-61` is in no forecast of this file"),
    ],
)
def test_years_of_a_change_that_cannot_be_are_refused(entry: Any, message: str) -> None:
    with pytest.raises(staffcalc.StaffingError, match=message):
        staffcalc.read(text=PLAN).plan().with_change({"teacher": entry})


def test_what_a_plan_is_made_of_stays_as_it_is(school: staffcalc.School) -> None:
    before = school.cost().rows()
    school.plan("tutors").with_staff({"teacher": 1, "nurse": {"BA/2": 3}}).cost("2028-29")
    assert school.cost().rows() == before
    assert list(school.plans) == ["baseline", "tutors"]


def test_threads_may_share_a_school(school: staffcalc.School) -> None:
    def left(number: int) -> Decimal | None:
        return school.plan("tutors").with_staff({"tutor": number, "nurse": {"BA/2": number}}).cost().measure("left")

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(left, range(24))) == [left(number) for number in range(24)]


@pytest.mark.parametrize(
    ("staff", "told"),
    [
        ({"tuter": 1}, "`tuter` is no role here\n    did you mean `tutor`?"),
        ({"tutor": -1}, "a negative number of `tutor`"),
        ({"tutor": "2,5"}, "`2,5` is not a number of FTE in tutor"),
        ({"tutor": float("nan")}, "`nan` is not a number of FTE in tutor"),
        ({"tutor": 0.1 + 0.2}, "has 17 decimals in tutor"),
        ({"tutor": None}, "`None` is not a number of FTE"),
        ({"tutor": True}, "`True` is not a number of FTE"),
        ({"tutor": {"pepole": 2}}, "unknown key `pepole` in tutor\n    did you mean `people`?"),
        ({"nurse": {"BA/3": 1}}, "`3` is no step of `pay`"),
        ({"tutor\x1b[2J": 1}, "a control character"),
        ("tutor", "this should be a block"),
        ({"tutor": 1, 2: 1, "2": 1}, "`2` is given twice"),
    ],
)
def test_what_does_not_go_with_the_school_is_refused(school: staffcalc.School, staff: Any, told: str) -> None:
    with pytest.raises(staffcalc.StaffingError) as found:
        school.plan().with_staff(staff)
    assert told in str(found.value)
    assert "\x1b" not in str(found.value)


def test_all_problems_are_told_together(school: staffcalc.School) -> None:
    with pytest.raises(staffcalc.StaffingError) as found:
        school.plan("tutors").with_change({"tutor": -2, "techer": 1, "aide": 1})
    assert [one.message for one in found.value.problems] == [
        "removes 2 FTE of `tutor`, but there are 1",
        "`techer` is no role here",
        "`aide` is counted in people, and this change in FTE",
    ]


def test_a_problem_of_the_file_keeps_its_place() -> None:
    text = PLAN.replace("tutor: {category: support, salary: 30_000}", "tutor: {}").split("scenarios")[0]
    unpriced = staffcalc.read(text=text)
    with pytest.raises(staffcalc.StaffingError, match=r"<text>:10:3: `tutor` .*price"):
        unpriced.plan().with_staff({"tutor": 1})


def test_a_name_is_of_one_plan(school: staffcalc.School) -> None:
    for name in ("baseline", "tutors"):
        with pytest.raises(staffcalc.StaffingError):
            school.plan().with_change({}, name=name)


# At random

Making = Callable[[staffcalc.School], staffcalc.Plan]


@searching
@given(of_all, st.data())
def test_a_change_costs_what_it_costs_in_a_file(files: list[Plain], data: st.DataObject) -> None:
    like, how, entries = _drawn(files, data, "change")
    _same(files, {"like": like, how: entries}, lambda school: school.plan(like).with_change(entries, name="new"), data)


@searching
@given(of_all, st.data())
def test_a_whole_mix_costs_what_it_costs_in_a_file(files: list[Plain], data: st.DataObject) -> None:
    like, _, entries = _drawn(files, data, "staffing")
    making = partial(_made, like=like, staff=entries, whole=True)
    _same(files, {"like": like, "staffing": entries}, making, data)


@searching
@given(of_all, st.data())
def test_some_roles_of_a_mix_cost_what_the_mix_costs_in_a_file(files: list[Plain], data: st.DataObject) -> None:
    like, _, entries = _drawn(files, data, "staffing")
    _, _, others = _drawn(files, data, "staffing")
    files = _with(files, "mix", {"like": like, "staffing": entries})
    making = partial(_made, like="mix", staff=others, whole=False)
    _same(files, {"like": like, "staffing": {**entries, **others}}, making, data)


def _made(school: staffcalc.School, *, like: str, staff: Plain, whole: bool) -> staffcalc.Plan:
    return school.plan(like).with_staff(staff, whole=whole, name="new")


def _drawn(files: list[Plain], data: st.DataObject, how: str) -> tuple[str, str, Plain]:
    """A change or a whole mix that the file states, and the plan it begins with. The baseline is a mix, too."""
    scenarios = files[-1].get("scenarios", {})
    stated = [(one.get("like", "baseline"), how, one[how]) for one in scenarios.values() if how in one]
    if how == "staffing":
        stated += [(like, how, files[-1].get("baseline", {})) for like in ("baseline", *scenarios)]
    if not stated:
        reject()
    found: tuple[str, str, Plain] = data.draw(st.sampled_from(stated))
    return found


def _with(files: list[Plain], name: str, scenario: Plain) -> list[Plain]:
    return [*files[:-1], {**files[-1], "scenarios": {**files[-1].get("scenarios", {}), name: scenario}}]


def _read(files: list[Plain]) -> staffcalc.School:
    with TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            base = {"extends": f"{number - 1}.yaml"} if number else {}
            (Path(folder) / f"{number}.yaml").write_text(written({**base, **file}), encoding="utf-8")
        return staffcalc.read(Path(folder) / f"{len(files) - 1}.yaml")


def _same(files: list[Plain], scenario: Plain, making: Making, data: st.DataObject) -> None:
    """The plan that is made costs what the scenario costs, or both are refused for the same."""
    try:
        school = _read(files)
    except staffcalc.SchoolFileError:
        reject()
    try:
        stated, problems = _read(_with(files, "new", scenario)).plan("new"), set()
    except staffcalc.SchoolFileError as error:
        stated, problems = None, {one.message for one in error.problems}
    if stated is None:
        event("refused")
        with pytest.raises(staffcalc.StaffingError) as refused:
            making(school)
        assert {one.message for one in refused.value.problems} == problems
        return
    event("costed")
    made = making(school)
    price = cast(Any, data.draw(st.sampled_from(PRICES)))
    for year in (None, *school.years[1:4:2]):
        try:
            costs = stated.cost(year, price)
        except staffcalc.SchoolFileError:
            with pytest.raises(staffcalc.SchoolFileError):
                made.cost(year, price)
            continue
        assert _sorted(made.cost(year, price)) == _sorted(costs)
        assert made.cost(year, price).measures() == costs.measures()


def _sorted(costs: staffcalc.PlanCosts) -> list[list[tuple[str, str]]]:
    told_of_file = ("school", "file")
    return sorted([(key, _said(cell)) for key, cell in row.items() if key not in told_of_file] for row in costs.rows())


def _said(cell: object) -> str:
    """A cell by its value: 13.00 FTE are as many as the 13.00000000 that a ratio comes to."""
    return str(Fraction(cell) if isinstance(cell, Decimal) else cell)


def test_the_library_can_be_changed_in_every_plan() -> None:
    school = staffcalc.read(ROOT / "scenarios" / "ranson.yaml")
    for plan in school.plans.values():
        assert plan.with_staff({}).cost().measures() == plan.cost().measures()
        assert plan.with_change({}).cost("2019-20").measures() == plan.cost("2019-20").measures()
