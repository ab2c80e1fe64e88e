"""What a program finds through the door: schools, plans, costs, measures, rows; and what it is told when it errs."""

from __future__ import annotations

import csv
import io
import json
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import staffcalc
from program.running import LIBRARY, ROOT
from program.running import staffcalc as run
from staffcalc.questions.measuring import ALL_MEASURES

PLAN = """
school: Example School
year: 2026-27
students: 100
rounding: cent
budget: {general: 500_000, title_i: 20_000}
benefits: {all: {pension: {rate: 10%}}}
roles:
  teacher: {category: teacher, salary: 50_000, benefits: all}
  tutor: {category: support, salary: 30_000, funds: {general: 50%, title_i: 50%}}
baseline: {teacher: 8, tutor: 1}
scenarios:
  tutoring: {change: {teacher: -1, tutor: +2}}
forecast: {cola: 3%}
"""


@pytest.fixture(scope="module")
def school() -> staffcalc.School:
    return staffcalc.read(text=PLAN)


# A school and its plans


def test_a_school_tells_its_name_its_years_and_its_plans(school: staffcalc.School) -> None:
    assert school.name == "Example School"
    assert school.year == "2026-27"
    assert school.years[:2] == ("2026-27", "2027-28")
    assert list(school.plans) == ["baseline", "tutoring"]
    assert school.plan().name == "baseline"
    assert school.plan("tutoring").name == "tutoring"


def test_every_year_that_is_told_can_be_asked_for(school: staffcalc.School) -> None:
    assert [school.plan().cost(year).year for year in school.years] == list(school.years)
    assert staffcalc.read(text=PLAN.replace("year: 2026-27\n", "").replace("forecast: {cola: 3%}", "")).years == ()


def test_a_file_is_read_by_its_path_and_may_extend_what_is_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "schools").mkdir()
    (tmp_path / "district.yaml").write_text(PLAN)
    (tmp_path / "schools" / "east.yaml").write_text("extends: ../district.yaml\nschool: East\n")
    with pytest.raises(staffcalc.SchoolFileError, match="lies outside the folder"):
        staffcalc.read(tmp_path / "schools" / "east.yaml")
    assert staffcalc.read(tmp_path / "schools" / "east.yaml", root=tmp_path).name == "East"


def test_a_text_may_extend_what_is_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "district.yaml").write_text(PLAN)
    monkeypatch.chdir(tmp_path)
    assert list(staffcalc.read(text="extends: district.yaml\nschool: West").plans) == ["baseline", "tutoring"]


def test_nothing_of_a_school_can_be_set(school: staffcalc.School) -> None:
    for thing, name in ((school, "name"), (school.plan(), "name"), (school.cost(), "year"), (school, "more")):
        with pytest.raises(AttributeError):
            setattr(thing, name, "another")
    with pytest.raises(TypeError):
        school.plans["mine"] = school.plan()  # type: ignore[index]


# Costs


def test_the_costs_of_all_plans_stand_by_name(school: staffcalc.School) -> None:
    costs = school.cost()
    assert list(costs) == ["baseline", "tutoring"]
    assert costs["tutoring"].measure("cost") == Decimal("475000.00")
    assert costs["tutoring"].verdict == "over by $25,000 in title_i"
    assert not costs["tutoring"].fits
    assert costs["baseline"].fits
    assert costs.get("no such plan") is None


def test_a_measure_can_be_narrowed(school: staffcalc.School) -> None:
    tutoring = school.cost()["tutoring"]
    assert tutoring.measure("left", fund="title_i") == Decimal("-25000.00")
    assert tutoring.measure("fte", role="tutor") == 3
    assert tutoring.measure("cost", category="teacher") == Decimal("385000.00")
    assert tutoring.measure("cost", category="teacher", component="pension") == Decimal("35000.00")
    assert tutoring.measure("change", component="salary") == Decimal("10000.00")


def test_a_measure_that_is_not_available_is_none(school: staffcalc.School) -> None:
    assert school.cost()["baseline"].measure("allotment_left") is None
    without = staffcalc.read(text=PLAN.replace("students: 100\n", ""))
    assert without.cost()["baseline"].measure("cost_per_student") is None


def test_a_later_year_and_another_price(school: staffcalc.School) -> None:
    assert school.cost(year="2027-28")["baseline"].measure("cost") == Decimal("484100.00")
    hired = staffcalc.read(text=PLAN.replace("salary: 50_000", "salary: 50_000, new_hire: 40_000"))
    assert hired.cost(price="new_hire")["baseline"].measure("cost") == Decimal("382000.00")


def test_one_plan_alone_costs_the_same(school: staffcalc.School) -> None:
    for year in (None, "2028-29"):
        alone = school.plan("tutoring").cost(year)
        assert alone.measures() == school.cost(year)["tutoring"].measures()
        assert alone.rows() == school.cost(year)["tutoring"].rows()


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_the_measures_are_those_that_compare_shows(path: Path) -> None:
    shown = run("compare", path, "--format", "json").out
    (told,) = json.loads(shown, parse_float=Decimal, parse_int=Decimal)["schools"]
    costs = staffcalc.read(path).cost()
    for plan in told["scenarios"]:
        if "teams" in plan:  # one by one
            plan["teams"] = sum(team["count"] for team in plan["teams"])
        assert costs[plan["name"]].measures() == {name: plan[name] for name in plan if name in ALL_MEASURES}


def test_the_rows_are_those_of_the_csv() -> None:
    file = ROOT / "scenarios" / "ranson.yaml"
    printed = csv.DictReader(io.StringIO(run("cost", file, "--format", "csv").out))
    rows = staffcalc.read(file).cost().rows()
    assert list(rows[0]) == list(printed.fieldnames or ())
    assert list(rows[0]) == list(staffcalc.Row.__annotations__)
    as_text = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]
    numbers = ("fte", "people", "amount")
    for row, line in zip(as_text, printed, strict=True):
        assert {key: cell for key, cell in row.items() if key not in numbers} == {
            key: cell for key, cell in line.items() if key not in numbers
        }
        assert [Decimal(row[key] or "0") for key in numbers] == [Decimal(line[key] or "0") for key in numbers]


def test_the_rows_of_a_plan_add_up_to_its_cost(school: staffcalc.School) -> None:
    for costs in school.cost().values():
        assert sum(row["amount"] for row in costs.rows()) == costs.measure("cost")
        assert sum(row["fte"] or 0 for row in costs.rows()) == costs.measure("fte")


def test_the_notes_are_those_of_compare() -> None:
    file = "scenarios/ranson.yaml"
    told = run("compare", file, "--year", "2018-19").err
    notes = staffcalc.read(ROOT / file).cost("2018-19").notes
    assert notes
    assert all(note.split(": ", 1)[1] in told for note in notes)


# Errors


def test_every_problem_of_a_file_is_told_with_its_place() -> None:
    with pytest.raises(staffcalc.SchoolFileError) as found:
        staffcalc.read(text=PLAN.replace("salary: 50", "salry: 50").replace("tutor: 1}", "tutr: 1}"))
    assert [(one.place.line, one.message.split(" in ")[0], one.hint) for one in found.value.problems] == [
        (9, "unknown key `salry`", "did you mean `salary`?"),
        (11, "`tutr` is no role here", "did you mean `tutor`?"),
    ]
    assert str(found.value).startswith("<text>:9:32: unknown key `salry`")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("\x00", "control character"),
        ("a: \ud800", "not UTF-8"),
        ("- 1", "not a school file"),
    ],
)
def test_a_text_that_is_no_school_file_is_refused(text: str, told: str) -> None:
    with pytest.raises(staffcalc.SchoolFileError, match=told):
        staffcalc.read(text=text)


def test_a_name_that_there_is_not_names_the_nearest(school: staffcalc.School) -> None:
    costs = school.cost()
    for asked, told in (
        (lambda: school.plan("tutorng"), "no scenario `tutorng`: did you mean `tutoring`?"),
        (lambda: costs["tutorng"], "no scenario `tutorng`: did you mean `tutoring`?"),
        (lambda: costs["baseline"].measure("lft"), "no measure `lft`: did you mean `left`?"),
        (lambda: costs["baseline"].measure("cost", role="teachr"), "no role `teachr`: did you mean `teacher`?"),
        (lambda: costs["baseline"].measure("left", fund="title"), "no fund `title`: did you mean `title_i`?"),
        (lambda: costs["baseline"].measure("cost", component="pensions"), "did you mean `pension`?"),
        (lambda: costs["baseline"].measure("left", role="tutor"), "cannot be narrowed by role: only by fund"),
        (lambda: costs["baseline"].measure("fte", component="salary"), "only by category or fund or role"),
        (lambda: costs["baseline"].measure("students_per_adult", role="tutor"), "it is of a plan as a whole"),
        (lambda: school.cost(year="2019-20"), "no year 2019-20: it is not among the 30 school years from 2026-27 on"),
        (lambda: school.cost(price="averge"), "no price `averge`: did you mean `average`?"),  # type: ignore[arg-type]
    ):
        with pytest.raises(staffcalc.UnknownNameError) as found:
            asked()
        assert told in str(found.value)


def test_every_error_is_a_staffcalc_error_and_comes_whole_out_of_another_process(school: staffcalc.School) -> None:
    for failing in (
        lambda: staffcalc.read("no-such-file.yaml"),
        lambda: school.plan("x"),
        lambda: school.plan().with_staff({"teachr": 1}),
    ):
        with pytest.raises(staffcalc.StaffcalcError) as found:
            failing()
        copied = pickle.loads(pickle.dumps(found.value))
        assert (type(copied), str(copied)) == (type(found.value), str(found.value))


def test_a_call_with_nothing_to_read_is_wrong() -> None:
    with pytest.raises(TypeError):
        staffcalc.read()  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        staffcalc.read("plan.yaml", text=PLAN)  # type: ignore[call-overload]


# The module


def test_the_door_has_what_it_names_and_nothing_else() -> None:
    assert [name for name in staffcalc.__all__ if getattr(staffcalc, name, None) is None] == []
    assert dir(staffcalc) == sorted(staffcalc.__all__)
    assert [name for name in staffcalc.__all__ if not getattr(staffcalc, name).__doc__] == []
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        staffcalc.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_it_imports_nothing_else() -> None:
    told = "import sys; before = set(sys.modules); import staffcalc; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['staffcalc']"
