"""CSV files beside a school file: how the columns of a roster are named, and how long it may be."""

from __future__ import annotations

import pytest

from staffcalc.language.csv_files import MOST_ROWS, roster
from staffcalc.source.problems import Place, SchoolFileError
from staffcalc.source.tree import Text


def people(count: int) -> str:
    return "id,role,fte,salary\n" + "".join(f"P-{number},teacher,1.0,50000\n" for number in range(count))


def test_a_roster_has_at_most_ten_thousand_people_and_the_header_is_none_of_them() -> None:
    credit = Text.at("staff.csv", Place("plan.yaml"))
    assert len(roster(people(MOST_ROWS), "staff.csv", credit)) == MOST_ROWS
    with pytest.raises(SchoolFileError, match=r"staff\.csv:10002:1: more than 10,000 rows"):
        roster(people(MOST_ROWS + 1), "staff.csv", credit)


def test_the_columns_of_a_roster_are_named_in_small_letters_or_large() -> None:
    credit = Text.at("staff.csv", Place("plan.yaml"))
    (person,) = roster("ID,Role,FTE,Salary\n101,Teacher,1,50000\n", "staff.csv", credit)
    assert person == {"id": "101", "role": "Teacher", "fte": "1", "salary": "50000"}
