"""CSV files beside a school file: how the columns of a roster are named, and how long it may be."""

from __future__ import annotations

import pytest

from staffcalc.language.csv_files import MOST_FIELDS, MOST_ROWS, roster, schedule
from staffcalc.source.problems import Place, SchoolFileError
from staffcalc.source.tree import Text


def people(count: int) -> str:
    return "id,role,fte,salary\n" + "".join(f"P-{number},teacher,1.0,50000\n" for number in range(count))


def test_a_roster_has_at_most_ten_thousand_people_and_the_header_is_none_of_them() -> None:
    credit = Text.at("staff.csv", Place("plan.yaml"))
    assert len(roster(people(MOST_ROWS), "staff.csv", credit)) == MOST_ROWS
    with pytest.raises(SchoolFileError, match=r"staff\.csv:10002:1: more than 10,000 rows"):
        roster(people(MOST_ROWS + 1), "staff.csv", credit)


def test_a_schedule_with_too_many_fields_is_told_where_its_last_row_begins() -> None:
    lanes = MOST_FIELDS // 100 - 1  # with the step, a hundred rows have as many fields as there may be
    rows = [",".join(["step", *(f"L{lane}" for lane in range(lanes))])]
    rows += [",".join([str(step), *["50000"] * lanes]) for step in range(100)]
    credit = Text.at("wide.csv", Place("plan.yaml"))
    assert len(schedule("\n".join(rows[:100]), "wide.csv", credit)[0]) == lanes
    with pytest.raises(SchoolFileError, match=r"wide\.csv:101:1: more than 200,000 fields"):
        schedule("\n".join(rows), "wide.csv", credit)


def test_the_columns_of_a_roster_are_named_in_small_letters_or_large() -> None:
    credit = Text.at("staff.csv", Place("plan.yaml"))
    (person,) = roster("ID,Role,FTE,Salary\n101,Teacher,1,50000\n", "staff.csv", credit)
    assert person == {"id": "101", "role": "Teacher", "fte": "1", "salary": "50000"}
