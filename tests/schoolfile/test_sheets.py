"""CSV files beside a school file: how long a roster may be."""

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
