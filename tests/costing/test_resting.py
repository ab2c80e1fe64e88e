"""What rests on a figure is what the file would cost less if the figure were 0: the file is edited and costed again."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schools import Plain, ledger, plan_of, school_files, written
from staffcalc.costing.ledger import Ledger
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.resting import Assumed, Assuming, Resting
from staffcalc.source.problems import Place, SchoolFileError

SCHOOL = """\
school: H
year: 2026-27
students: 100
budget: {general: 2_000_000, grant: 100_000}
schedules:
  t: {lanes: [BA], steps: {1: [40_000], 2: [42_000]}}
benefits:
  c: {dental: {per_fte: 500}, social security: {rate: 6.2%, up_to: 25_000}, health: {per_person: 1_000, min_fte: 0.5}}
roles:
  teacher: {category: teacher, new_hire: BA/1, schedule: t}
  aide: {salary: 30_000, benefits: c, vacancy: 10%, category: support, funds: {general: 50%, grant: 50%}}
baseline: {teacher: {BA/1: 2}, aide: {per_students: 10}}
other_costs: {software: {per_student: 20}}
"""
NUMBER = re.compile(r"'[^']*'|[^ ,}\]\n]+")


def rests(costed: Ledger, plan: str = "baseline") -> dict[Place, Decimal]:
    found = plan_of(costed, plan)
    return Resting().of((*found.lines, *found.nothing))


def on(text: str, stated: str) -> Decimal:
    """The dollars that rest on the number that stands after these words."""
    found = rests(ledger(text))
    start = text.index(stated) + len(stated)
    place = text[:start].count("\n") + 1, start - text[:start].rfind("\n")
    return next(dollars for one, dollars in found.items() if (one.line, one.column) == place)


def edited(text: str, place: Place) -> Ledger | None:
    """The file with the number of this place as 0; None where the language does not allow it."""
    lines = text.split("\n")
    before, rest = lines[place.line - 1][: place.column - 1], lines[place.line - 1][place.column - 1 :]
    lines[place.line - 1] = before + NUMBER.sub("'0'", rest, count=1)
    try:
        return ledger("\n".join(lines))
    except SchoolFileError:
        return None


def test_benefits_and_vacancies_go_with_the_pay_they_rest_on() -> None:
    pay, premiums = 300_000, 5_000 + 15_500 + 10_000
    assert on(SCHOOL, "salary: ") == (pay + 15_500) * Decimal("0.9")
    assert on(SCHOOL, "vacancy: ") == -(pay + premiums) * Decimal("0.1")
    assert on(SCHOOL, "dental: {per_fte: ") == 4_500
    assert on(SCHOOL, "up_to: ") == on(SCHOOL, "rate: ") == 13_950


def test_without_students_there_is_nothing_that_goes_by_students() -> None:
    assert on(SCHOOL, "students: ") == Decimal("0.9") * (300_000 + 5_000 + 15_500 + 10_000) + 2_000


def test_without_a_class_size_there_is_nobody() -> None:
    assert on(SCHOOL, "per_students: ") == Decimal("0.9") * (300_000 + 5_000 + 15_500 + 10_000)


def test_a_cell_that_teachers_and_new_hires_share_counts_once() -> None:
    assert on(SCHOOL, "1: [") == 80_000


def test_rounding_is_looked_at_as_if_there_were_none() -> None:
    held = "{students: 90, roles: {nurse: {salary: 50_000}}, baseline: {nurse: {per_students: 40, rounding: up 0.5}}}"
    assert on(held, "rounding: ") == (Decimal("2.5") - Decimal("2.25")) * 50_000


def test_what_a_fund_pays_rests_on_its_share() -> None:
    premiums = 300_000 + 5_000 + 15_500 + 10_000
    assert on(SCHOOL, "funds: {general: 50%, grant: ") == premiums * Decimal("0.9") / 2


@given(school_files(terms=True))
def test_what_rests_on_a_figure_is_what_an_edit_of_the_file_saves(file: Plain) -> None:
    text = written(file)
    costed = ledger(text)
    found = [(plan, rests(costed, plan.name)) for plan in costed.plans]
    for place in {place for _, own in found for place in own}:
        without = edited(text, place)
        if without is None:  # such as a baseline from which a scenario takes staff away
            continue
        for plan, own in found:
            saved = total(plan.lines) - total(plan_of(without, plan.name).lines)
            assert own.get(place, 0) == saved, (plan.name, text.split("\n")[place.line - 1])


# All assumed figures together

TWO_ASSUMED = (
    SCHOOL.replace("salary: 30_000", "salary: {value: 30_000, assumed: true}")
    .replace("per_student: 20", "per_student: {value: 20, assumed: true}")
    .replace("rate: 6.2%", "rate: {value: 6.2%, assumed: true}")
)


def test_figures_that_are_assumed_together_are_set_to_nothing_together() -> None:
    plan = ledger(TWO_ASSUMED).baseline
    # Pay and its social security are less by a tenth, since posts stand vacant; not their sum with the rate alone.
    assert Assuming().of(plan) == Assumed((300_000 + 15_500) * Decimal("0.9") + 2_000, total(plan.lines))
    assert measure("assumed_share", plan, plan) == Decimal("0.7536")


def test_without_a_cost_there_is_no_share_of_it() -> None:
    plan = ledger("{roles: {a: {salary: {value: 0, assumed: true}}}, baseline: {a: 1}}").baseline
    assert measure("assumed_share", plan, plan) is None


@given(school_files(terms=True), st.data())
def test_what_rests_on_assumed_figures_is_what_an_edit_of_all_of_them_saves(file: Plain, data: st.DataObject) -> None:
    text = written(file)
    costed = ledger(text)
    every = sorted({place for plan in costed.plans for place in rests(costed, plan.name)})
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True)) if every else []
    marked, emptied = text.split("\n"), text.split("\n")
    for place in sorted(chosen, reverse=True):
        for lines, by in ((marked, r"{value: \g<0>, assumed: true}"), (emptied, "'0'")):
            before, rest = lines[place.line - 1][: place.column - 1], lines[place.line - 1][place.column - 1 :]
            lines[place.line - 1] = before + NUMBER.sub(by, rest, count=1)
    try:
        assuming, without = ledger("\n".join(marked)), ledger("\n".join(emptied))
    except SchoolFileError:  # a block may not stand there, or not a zero
        return
    for plan in assuming.plans:
        saved = total(plan.lines) - total(plan_of(without, plan.name).lines)
        assert Assuming().of(plan).dollars == saved, plan.name
