"""`assumptions`: what the answer rests on, the largest first, and what is not in it."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from typer.testing import CliRunner

from schools import Plain, ledger, school_files, written
from staffcalc.cli import app
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.resting import Resting
from staffcalc.costing.years.later_years import in_year
from staffcalc.formula.formula import inputs
from staffcalc.language.figures import Figure
from staffcalc.output.formats import OF_FINDINGS, Format, rendered
from staffcalc.questions.assumptions.assumptions import assumptions, without_links
from staffcalc.questions.figures.as_of import other_year
from staffcalc.questions.selection import UnknownNameError
from staffcalc.school.reading import read_school
from staffcalc.source.problems import Place

LIBRARY = Path(__file__).parents[2] / "scenarios"
FILES = sorted(path for path in LIBRARY.rglob("*.yaml") if not {"districts", "rules"} & set(path.parts))
ANSWERS = [format for format in Format if format not in OF_FINDINGS]

PLAN = """\
school: Assumed School
year: 2017-18
students: {value: 1_100, assumed: true}
budget: {general: 4_020_000, title_i: 0}
benefits:
  certified:
    pension: {rate: 10%, as_of: 2012-13, source: "Pension system 2012-13, https://example.org/2018/rates"}
    federal pension: {rate: 20%, funds: [title_i]}
  unused: {medicare: {rate: 1.45%}}
roles:
  teacher: {category: teacher, salary: {value: 50_000, source: "Schedule, FY2018"}, benefits: certified}
  leader: {like: teacher, category: leader, supplement: {value: 13_000, assumed: true}}
  tutor: {category: support, salary: 20_000, costs: {bonus: {rate: 5%, on: [stipend]}}}
  fellow: {category: trainee, stipend: 24_000}
baseline: {teacher: 10, tutor: 0}
scenarios:
  teams:
    change: {teacher: -2, leader: +1}
    other_costs: {coaching: {amount: 5_000}}
"""


def register(text: str = PLAN, *scenarios: str) -> dict[str, dict[str, Any]]:
    """The inputs of the register by name, the largest first."""
    answer = json.loads(rendered(assumptions([ledger(text)], scenarios), Format.json), parse_float=Decimal)
    return {one["input"]: one for one in answer["schools"][0]["inputs"]}


def test_a_week_of_a_roles_own_is_named_by_the_role() -> None:
    text = """
        school: S
        week: 2_400
        roles:
          teacher: {category: teacher, salary: 50_000, time: {planning: 450}}
          aide: {category: support, salary: 20_000, week: 2_000, time: {planning: 225}}
        baseline: {teacher: 8, aide: 2}
    """
    weeks = {name: row["value"] for name, row in register(text).items() if "week" in name}
    assert weeks == {"week": 2_400, "week of aide": 2_000}


def not_costed(text: str = PLAN, *scenarios: str) -> list[tuple[str, str]]:
    answer = json.loads(rendered(assumptions([ledger(text)], scenarios), Format.json))
    return [(one["what"], one["why"]) for one in answer["schools"][0]["not_costed"]]


def test_every_input_is_listed_once_the_largest_first() -> None:
    assert [(name, one["dollars"], one["scenario"]) for name, one in register().items()] == [
        ("budget of general", 4_020_000, "baseline"),
        ("salary of teacher", 550_000, "baseline"),
        ("teacher", 550_000, "baseline"),
        ("change of teacher, teams", -110_000, "teams"),
        ("leader, teams", 69_300, "teams"),
        ("pension rate of certified", 50_000, "baseline"),
        ("supplement of leader", 14_300, "teams"),
        ("coaching, teams", 5_000, "teams"),
        ("budget of title_i", 0, "baseline"),
        ("students", None, "baseline"),
    ]


def test_the_status_is_what_the_file_says() -> None:
    assert {name: one["status"] for name, one in register().items()} == {
        "budget of general": "unmarked",
        "salary of teacher": "published",
        "teacher": "unmarked",
        "change of teacher, teams": "unmarked",
        "leader, teams": "unmarked",
        "pension rate of certified": "published",
        "supplement of leader": "assumed",
        "coaching, teams": "unmarked",
        "budget of title_i": "unmarked",
        "students": "assumed",
    }


def test_the_answer_begins_with_how_many_are_published_and_assumed() -> None:
    assert "10 inputs: 2 published, 2 assumed, 6 unmarked" in rendered(assumptions([ledger(PLAN)]), Format.text)


def test_a_figure_copied_by_like_stands_under_the_role_that_states_it() -> None:
    salary = register()["salary of teacher"]
    assert (salary["file"], salary["line"]) == ("school.yaml", 11)
    # In `teams` both roles rest on it, in the baseline ten teachers do.
    assert register(PLAN, "teams")["salary of teacher"]["dollars"] == 9 * 55_000


def test_a_figure_of_another_year_is_pointed_out() -> None:
    assert register()["pension rate of certified"]["year"] == "2012-13"
    assert register()["pension rate of certified"]["other_year"] == "2012-13"
    report = assumptions([ledger(PLAN)])
    assert "of 2012-13, the file of 2017-18" in rendered(report, Format.text)
    (note,) = [note for note in report.notes if "of another year" in note]
    assert note.endswith("the file is of 2017-18, and 1 figure is of another year: pension rate of certified (2012-13)")


def test_no_year_is_guessed_from_the_words_of_a_source() -> None:
    guessed = PLAN.replace("as_of: 2012-13, ", "")
    assert register(guessed)["pension rate of certified"]["year"] is None
    assert register(guessed)["pension rate of certified"]["other_year"] is None
    assert not [note for note in assumptions([ledger(guessed)]).notes if "of another year" in note]


@pytest.mark.parametrize(
    ("as_of", "dated", "year", "other"),
    [
        ("2015-16", None, "2015-16", None),
        ("2015", None, "2015-16", None),  # the same school year
        ("2014-15", None, "2015-16", "2014-15"),
        ("2016-17", "2017-18", "2015-16", "2016-17"),
        ("2017-18", "2017-18", "2015-16", None),  # of the year that it stands for
        ("2015-16", "2017-18", "2015-16", None),
        (None, None, "2015-16", None),
        ("2014-15", None, None, None),
        ("2014-15", None, "this year", None),
    ],
)
def test_the_year_of_a_figure(as_of: str | None, dated: str | None, year: str | None, other: str | None) -> None:
    figure = Figure(Decimal(1), "dollars", Place("school.yaml"), dated=dated, as_of=as_of)
    assert other_year(figure, year) == other


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Rates 2018, https://example.org/x", "Rates 2018"),
        ("Rates, https://example.org/x, page 3", "Rates, page 3"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_a_table_names_a_source_without_its_link(source: str, shown: str) -> None:
    assert without_links(source) == shown


def test_what_is_not_costed_is_listed_with_its_reason() -> None:
    assert not_costed() == [
        ("role fellow", "defined in school.yaml:14, but no staff is stated"),
        ("role tutor", "0 FTE in every scenario"),
        ("fund title_i", "has no money in every scenario"),
        ("fund title_i", "pays nothing in every scenario"),
        ("benefits unused", "no role with staff has them"),
        ("federal pension of teacher", "only on pay that title_i carries, and none of it does"),
        ("federal pension of leader", "only on pay that title_i carries, and none of it does"),
    ]


def test_a_rate_on_pay_that_a_role_does_not_have_is_not_costed() -> None:
    text = PLAN.replace("tutor: 0", "tutor: 1")
    assert ("bonus of tutor", "only on stipend, which the role does not have") in not_costed(text)


def test_what_is_left_blank_is_not_taken_for_zero() -> None:
    text = "school: S\nroles: {teacher: {category: teacher, salary: 1}}\nbaseline: {teacher: 1}"
    assert not_costed(text) == [
        ("budget", "not stated: no plan is judged against one"),
        ("students", "not stated: measures of students are n/a"),
    ]


def test_nothing_left_out_is_said() -> None:
    text = "school: S\nstudents: 1\nbudget: 1\nroles: {teacher: {category: teacher, salary: 1}}\nbaseline: {teacher: 1}"
    assert not_costed(text) == []
    assert rendered(assumptions([ledger(text)]), Format.text).rstrip().endswith("nothing")


def test_scenarios_narrow_the_register() -> None:
    assert {one["scenario"] for one in register(PLAN, "teams").values()} == {"teams"}
    with pytest.raises(UnknownNameError, match="did you mean `teams`"):
        assumptions([ledger(PLAN)], ["team"])


def test_csv_has_a_row_for_each_input_with_raw_numbers() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(assumptions([ledger(PLAN)]), Format.csv))))
    assert [row["dollars"] for row in rows][:2] == ["4020000", "550000"]
    (rate,) = [row for row in rows if row["input"] == "pension rate of certified"]
    assert (rate["value"], rate["unit"], rate["line"], rate["other_year"]) == ("0.10", "rate", "7", "2012-13")


CELLS = """
school: H
year: 2026-27
budget: 2_000_000
schedules:
  t: {lanes: [BA, MA], steps: {1: [40_000, 45_000], 2: [42_000, 48_000]}}
benefits:
  c: {dental: {per_fte: 500}}
roles:
  teacher: {category: teacher, new_hire: BA/1, schedule: t}
  aide: {salary: 30_000, benefits: c, vacancy: 10%, category: support}
baseline: {teacher: {BA/1: 2, MA/2: 1}, aide: 10}
scenarios:
  more: {change: {teacher: +1}}
  other: {change: {teacher: {BA/1: +1}}}
"""


def test_what_rests_on_a_figure_is_what_goes_when_it_is_nothing() -> None:
    assert [(name, one["dollars"], one["scenario"]) for name, one in register(CELLS).items()] == [
        ("budget of general", 2_000_000, "baseline"),
        ("aide", 274_500, "baseline"),
        ("salary of aide", 270_000, "baseline"),
        ("salary BA/1 of teacher", 120_000, "more"),
        ("teacher BA/1", 80_000, "baseline"),
        ("salary MA/2 of teacher", 48_000, "baseline"),
        ("teacher MA/2", 48_000, "baseline"),
        ("change of teacher BA/1, other", 40_000, "other"),
        ("change of teacher, more", 40_000, "more"),
        ("vacancy of aide", -30_500, "baseline"),
        ("dental per FTE of c", 4_500, "baseline"),
    ]


@given(school_files(terms=True))
def test_every_input_of_every_line_is_in_the_register_the_largest_first(file: Plain) -> None:
    costed = ledger(written(file))
    most: dict[Place, Decimal] = {}
    for plan in costed.plans:
        shown = {given.figure.place for line in plan.lines for given in inputs(line.formula)}
        for place, dollars in Resting().of((*plan.lines, *plan.nothing)).items():
            if dollars or place in shown:  # what moves nothing where nobody is moves nothing
                most[place] = max(most.get(place, Decimal(0)), dollars, key=abs)
    rows = list(csv.DictReader(io.StringIO(rendered(assumptions([costed]), Format.csv))))
    found = [Decimal(row["dollars"]) for row in rows if row["dollars"] and not row["input"].startswith("budget of")]
    assert sorted(found) == sorted(most.values())
    listed = [abs(Decimal(row["dollars"])) for row in rows if row["dollars"]]
    assert listed == sorted(listed, reverse=True)
    assert {row["dollars"] for row in rows[len(listed) :]} <= {""}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_the_library_in_every_format(path: Path) -> None:
    report = assumptions([cost_school(read_school(str(path)))])
    for format in ANSWERS:
        assert rendered(report, format).strip()
    data = json.loads(rendered(report, Format.json))["schools"][0]
    assert data["published"] + data["assumed"] + data["unmarked"] == len(data["inputs"]) > 0
    assert len({(one["file"], one["line"], one["input"]) for one in data["inputs"]}) == len(data["inputs"])


def test_from_the_command_line() -> None:
    good = CliRunner().invoke(app, ["assumptions", str(LIBRARY / "ranson.yaml"), "-s", "three teams"])
    assert good.exit_code == 0
    assert re.search(r"\d+ inputs: \d+ published, \d+ assumed, 0 unmarked", good.output)


def test_benefits_that_only_a_role_at_zero_has_are_not_costed() -> None:
    text = """
    benefits: {hourly: {medicare: {rate: 1.45%}}}
    roles:
      teacher: {category: teacher, salary: 50_000}
      tutor: {category: support, salary: 25_000, benefits: hourly}
    baseline: {teacher: 1, tutor: 0}
    """
    shown = rendered(assumptions([ledger(text)]), Format.text)
    assert re.search(r"benefits hourly +no role with staff has them", shown)


def test_posts_that_are_filled_from_another_role_are_named_by_their_own() -> None:
    text = """
    roles:
      teacher: {category: teacher, salary: 50_000}
      leader: {category: leader, filled_from: teacher, salary: 52_000}
    baseline: {teacher: 10}
    scenarios: {teams: {change: {teacher: -3, leader: +2}}}
    """
    data = json.loads(rendered(assumptions([ledger(text)], ["teams"]), Format.json))["schools"][0]
    found = {one["input"]: one["value"] for one in data["inputs"] if one["unit"] == "FTE"}
    assert found == {"teacher": 10, "change of teacher, teams": -3, "leader, teams": 2}


LATER = """
school: H
year: 2026-27
students: 300
budget: 2_000_000
benefits: {c: {health: {per_person: 7_500}}}
roles:
  teacher: {category: teacher, salary: 58_000, benefits: c, unit: teachers}
  tutor: {category: support, salary: 30_000, benefits: c}
  lead: {category: leader, salary: 80_000}
baseline: {teacher: 20, tutor: 2}
other_costs: {buses: 3_000}
forecast:
  cola: {teachers: 2%, each_year: 1%, 2028-29: 3%}
  benefits: {health: 6%}
  other_costs: 4%
scenarios:
  later: {from: 2028-29, change: {lead: +1, teacher: -1}}
"""


def test_the_growth_of_many_roles_is_called_by_its_rule() -> None:
    costed = cost_school(in_year(ledger(LATER).school, 2))
    answer = json.loads(rendered(assumptions([costed], ["baseline"]), Format.json))
    growing = {one["input"]: one["value"] for one in answer["schools"][0]["inputs"] if one["unit"] == "rate"}
    assert growing == {
        "COLA of teachers": 0.02,
        "COLA": 0.01,
        "COLA in 2028-29": 0.03,
        "growth of health": 0.06,
        "growth of other costs": 0.04,
    }


def test_the_register_knows_a_plan_that_begins_later_and_the_roles_that_wait_for_it() -> None:
    assert ("role lead", "defined in school.yaml:10, and has staff in later from 2028-29 on") in not_costed(LATER)
    notes = assumptions([ledger(LATER)]).notes
    assert "school.yaml: later begins in 2028-29; what rests on it is told with --year 2028-29" in notes
    assert assumptions([ledger(LATER)], ["baseline"]).notes == ()
    assert ("role lead", "defined in school.yaml:10, but no staff is stated") in not_costed(LATER, "baseline")
    assert "students" in register(LATER, "later")  # those of the file, not the plan's own


GROWING = """\
school: School
year: 2026-27
students: 300
budget: {general: 900_000, title_i: {revenue: {grant: {per_student: 300}}}}
funds: {title_i: {name: Title I}, general: {name: General fund}}
benefits: {coaches: {pension: {rate: 10%}}}
roles:
  teacher: {category: teacher, salary: 60_000, funds: {general: 80%, title_i: 20%}}
  aide: {category: support, salary: 30_000}
  coach: {category: leader, salary: 70_000, benefits: coaches}
baseline: {teacher: 10, aide: {per_students: 100}}
forecast: {cola: 0%, budget: {general: 2%}, enrollment: {2027-28: 5%, 2028-29: 10%}}
scenarios:
  coaches: {from: 2028-29, change: {coach: +1}}
"""


def growing(years: int) -> dict[str, Any]:
    """The dollars that rest on each input of the baseline so many years later."""
    costed = cost_school(in_year(ledger(GROWING).school, years))
    answer = json.loads(rendered(assumptions([costed], ["baseline"]), Format.json))
    return {one["input"]: one["dollars"] for one in answer["schools"][0]["inputs"]}


def test_funds_are_named_as_people_read_them() -> None:
    names = [name for name in growing(1) if "und" in name or "itle" in name]
    assert names == [
        "budget of General fund",
        "General fund share of teacher",
        "Title I share of teacher",
        "grant per student, revenue of Title I",
        "growth of the budget of General fund",
    ]


def test_what_rests_on_the_growth_of_students_is_the_year_less_the_year_without_it() -> None:
    assert growing(0).keys().isdisjoint({"growth of students in 2027-28", "growth of students in 2028-29"})
    assert growing(1)["growth of students in 2027-28"] == 4_500  # 15 students more, $300 each: no aide more
    two = growing(2)  # 347 students; without the one rate 330, without the other 315
    assert two["growth of students in 2027-28"] == 17 * 300
    assert two["growth of students in 2028-29"] == 32 * 300


def test_benefits_of_a_role_that_has_staff_later_on_say_so() -> None:
    assert ("benefits coaches", "of coach, which has staff in coaches from 2028-29 on") in not_costed(GROWING)
    assert ("benefits coaches", "no role with staff has them") in not_costed(GROWING, "baseline")


def test_each_of_several_loads_has_the_name_of_its_subject() -> None:
    text = """
        school: S
        roles: {teacher: {salary: 60_000}}
        baseline: {teacher: {classes: {English: 24, mathematics: 22}, periods: %s, load: %s}}
    """
    by_subject = ("{English: 5, mathematics: 6}", "{English: 25, mathematics: 20}")
    for (periods, load), names in (
        (
            by_subject,
            ["English load", "English periods of a class", "mathematics load", "mathematics periods of a class"],
        ),
        (("5", "25"), ["load", "periods of a class"]),
    ):
        found = json.loads(rendered(assumptions([ledger(text % (periods, load))]), Format.json))["schools"][0]["inputs"]
        assert sorted(one["input"] for one in found if "load" in one["input"] or "periods" in one["input"]) == [
            f"{name} of teacher" for name in names
        ]
