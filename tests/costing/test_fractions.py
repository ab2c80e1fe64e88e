"""`1/3` is an exact number, wherever FTE or a share is read."""

from __future__ import annotations

import jsonschema
import pytest

from schools import costs, ledger, paid, plan_of, school
from staffcalc.costing.measures.measures import measure
from staffcalc.language.schema import json_schema
from staffcalc.source.problems import SchoolFileError

THIRDS = """
    school: Thirds
    budget: {general: 500_000, title_i: 100_000}
    roles:
      nurse: {salary: 60_001, funds: {general: 1/3, title_i: 2/3}}
      aide: {salary: 30_000}
    baseline: {nurse: 1/3, aide: {people: 3, fte_each: 2/3}}
    scenarios:
      three thirds: {change: {nurse: 2/3}}
      none: {change: {nurse: -1/3}}
      more: {change: {nurse: +2 1/3}}
"""


def test_three_thirds_are_one() -> None:
    costed = ledger(THIRDS)

    assert measure("fte", plan_of(costed, "three thirds"), costed.baseline) == 3
    assert costs(THIRDS, "nurse", "three thirds") == {"salary": 60_001}
    assert costs(THIRDS, "nurse", "more") == {"salary": 160_003}
    assert costs(THIRDS, "nurse", "none") == {}
    assert costs(THIRDS, "aide") == {"salary": 60_000}


def test_shares_of_funds_in_thirds_come_to_the_whole() -> None:
    assert paid(THIRDS, "salary", "three thirds")["title_i"] == 40_001


def test_a_share_of_a_row_and_the_rows_together() -> None:
    text = """
        school: S
        roles: {nurse: {}, aide: {}}
        roster:
          - {id: 1, role: nurse, fte: 1, share: 1/3, salary: 60_000}
          - {id: 1, role: nurse, fte: 1, share: 2/3, salary: 60_000}
          - {id: 2, role: aide, fte: 1/3, salary: 30_000}
    """
    assert costs(text, "nurse") == {"salary": 60_000}
    assert costs(text, "aide") == {"salary": 10_000}


@pytest.mark.parametrize("wrong", ["1/0", "1/3/4", "1//3", "1/-3"])
def test_what_is_no_fraction_is_refused(wrong: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        school(f"{{school: S, roles: {{aide: {{salary: 5}}}}, baseline: {{aide: {wrong}}}}}")
    assert f"`{wrong}` is not a number of FTE" in str(caught.value)


def test_more_than_there_is_is_still_too_much() -> None:
    with pytest.raises(SchoolFileError) as caught:
        school(THIRDS.replace("{nurse: -1/3}", "{nurse: -1/2}"))
    assert "removes 0.5 FTE of `nurse`, but there are 0.33333333" in str(caught.value)


def test_the_schema_knows_them() -> None:
    file = {"school": "S", "roles": {"aide": {"salary": 5, "attrition": "1/3"}}, "baseline": {"aide": "2 1/3"}}
    jsonschema.validate(file, json_schema())
