"""The steps of a salary schedule: the order in which people climb, and for how many years they stay on each."""

from __future__ import annotations

import pytest

from schools import school
from staffcalc.school.school import School, Wage


def placed(steps: str, cell: str, more: str = "") -> School:
    """A school with one teacher on a cell of a schedule of one lane."""
    return school(f"""
        year: 2026-27
        schedules: {{teachers: {{lanes: [BA], steps: {{{steps}}}{more}}}}}
        roles: {{teacher: {{}}}}
        baseline: {{teacher: {{{cell}: 1}}}}
    """)


def wage(steps: str, cell: str, more: str = "") -> Wage:
    found = placed(steps, cell, more).plans[0].staff[0].placements[0].wage
    assert found is not None
    return found


def climbed(steps: str, cell: str, more: str = "") -> list[tuple[str, int]]:
    """The steps of which somebody is paid from a cell on, each with the years on it."""
    return [(rung.name.removeprefix("BA/"), rung.span) for rung in wage(steps, cell, more).cells]


@pytest.mark.parametrize("steps", ["1: [40], 2: [41], 3: [42]", "3: [42], 2: [41], 1: [40]"])
def test_people_climb_from_the_first_step_up_whichever_the_table_begins_with(steps: str) -> None:
    assert climbed(steps, "BA/1") == [("1", 1), ("2", 1), ("3", 1)]
    assert [rung.amount.value for rung in wage(steps, "BA/2").cells] == [41, 42]


def test_steps_with_a_word_before_their_number_are_in_the_order_of_the_numbers() -> None:
    assert climbed("Step 3: [42], Step 2: [41], Step 1: [40]", "BA/Step 2") == [("Step 2", 1), ("Step 3", 1)]


def test_steps_named_by_words_are_in_the_order_of_the_file() -> None:
    assert climbed("entry: [40], B: [41], A: [42]", "BA/entry") == [("entry", 1), ("B", 1), ("A", 1)]
    assert climbed("entry: [40], 1: [41], 2: [42], top: [50]", "BA/1") == [("1", 1), ("2", 1), ("top", 1)]


BANDS = "0-4: [35], 5-9: [36], 10-14: [40], 15+: [43]"


@pytest.mark.parametrize(
    "steps",
    [
        BANDS,
        "15 & above: [43], 10-14: [40], 5-9: [36], 0-4: [35]",
        "0–4: [35], 5 to 9: [36], 10-14: [40], 15 or more: [43]",
        "'0,1,2,3,4': [35], 5-9 years: [36], 10-14 years: [40], 15 years and above: [43]",
    ],
)
def test_a_band_lasts_for_its_years(steps: str) -> None:
    assert [span for _, span in climbed(steps, "BA/0")] == [5, 5, 5, 1]


def test_a_cell_may_be_named_by_a_year_of_its_band() -> None:
    assert (wage(BANDS, "BA/7").cells[0].name, wage(BANDS, "BA/7").place) == ("BA/5-9", 2)
    assert (wage(BANDS, "BA/5").cells[0].name, wage(BANDS, "BA/5").place) == ("BA/5-9", 0)
    assert wage(BANDS, "BA/5-9").place is None  # nobody knows
    assert (wage(BANDS, "BA/31").cells[0].name, wage(BANDS, "BA/31").place) == ("BA/15+", None)


GAPS = "'1,2,3': [Reserved], 4: [50], 5: [51], 27: [101], 29: [108]"


def test_where_years_are_left_out_a_forecast_must_ask() -> None:
    (question,) = placed(GAPS, "BA/4").questions
    assert str(question).startswith(
        "school.yaml:3:45: the steps of `teachers` leave years out between 5 and 27, and nobody says how long"
    )
    assert "step_is: year" in question.hint
    assert placed(GAPS, "BA/29").questions == ()  # nobody climbs from the top
    assert placed(GAPS, "BA/4", ", step_is: row").questions == ()


def test_a_step_of_years_lasts_until_the_next_one() -> None:
    assert climbed(GAPS, "BA/4", ", step_is: year") == [("4", 1), ("5", 22), ("27", 2), ("29", 1)]
    assert (wage(GAPS, "BA/20", ", step_is: year").cells[0].name, wage(GAPS, "BA/20", ", step_is: year").place) == (
        "BA/5",
        15,
    )


def test_a_step_of_a_row_lasts_one_year() -> None:
    assert climbed(GAPS, "BA/4", ", step_is: row") == [("4", 1), ("5", 1), ("27", 1), ("29", 1)]
    assert climbed(BANDS, "BA/5-9", ", step_is: row") == [("5-9", 1), ("10-14", 1), ("15+", 1)]


def test_a_half_step_is_half_a_year_or_a_year() -> None:
    halves = "1: [40], 1.5: [41], 2: [42], 3: [44]"
    assert len(placed(halves, "BA/1").questions) == 1
    assert climbed(halves, "BA/1", ", step_is: year") == [("1", 1), ("2", 1), ("3", 1)]
    assert climbed(halves, "BA/1.5", ", step_is: year") == [("1.5", 1), ("2", 1), ("3", 1)]
    assert climbed(halves, "BA/1", ", step_is: row") == [("1", 1), ("1.5", 1), ("2", 1), ("3", 1)]


@pytest.mark.parametrize("empty", ["null", "Reserved", "n/a", "N/A", "-", "—", "''"])
def test_an_empty_cell_may_be_written_as_tables_write_it(empty: str) -> None:
    assert climbed(f"1: [40], 2: [{empty}], 3: [42]", "BA/1") == [("1", 1), ("3", 1)]


def test_what_comes_with_a_step_comes_in_the_order_of_climbing() -> None:
    found = wage(
        "3: [42], 2: [41], 1: [40]", "BA/1", ", differentials: {longevity: {amount: 5, from_step: 2, to_step: 2}}"
    )
    assert [len(rung.differentials) for rung in found.cells] == [0, 1, 0]


def test_a_dated_month_of_the_schedule_is_not_taken_for_the_same_in_every_year() -> None:
    read = school("""
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000]}, months: {value: 10, years: {2027-28: 11}}}}
        roles: {teacher: {months: 10}}
        baseline: {teacher: {BA/1: 1}}
    """)
    found = read.plans[0].staff[0].placements[0].wage
    assert found is not None
    assert found.months is not None
    assert found.per_months is not None
    assert [one.value for one in found.per_months.dated_figures] == [11]
