"""Pay by the day: so many dollars a day, for so many days of 1.0 FTE."""

from __future__ import annotations

import pytest

from schools import costs, school
from staffcalc.source.problems import SchoolFileError

TEXT = """
    school: S
    year: 2026-27
    benefits: {hourly: {fica: {rate: 7.65%}, pension: {rate: 10%, on: daily}}}
    roles:
      tutor: {daily: 165, days: 90, benefits: hourly, fund: title_i}
      teacher: {salary: 60_000}
    baseline: {tutor: 2.5, teacher: 1}
    forecast: {cola: 2%}
"""


def test_one_fte_works_so_many_days() -> None:
    paid = 2.5 * 165 * 90

    assert costs(TEXT, "tutor") == {"daily": paid, "fica": round(paid * 0.0765), "pension": 3_713}


def test_a_nearer_way_to_pay_takes_the_place_of_the_other() -> None:
    text = TEXT.replace("forecast", "scenarios: {paid by the year: {roles: {tutor: {salary: 20_000}}}}\n    forecast")

    assert costs(text, "tutor", "paid by the year")["salary"] == 50_000
    assert "daily" not in costs(text, "tutor", "paid by the year")


@pytest.mark.parametrize(
    ("pay", "said"),
    [
        ("daily: 165", "`tutor` is paid by the day but has no `days`"),
        ("salary: 5, days: 90", "`tutor` has `days` but no `daily` pay"),
        ("salary: 5, daily: 165, days: 90", "`tutor` has a salary and daily pay"),
        ("hourly: 5, hours_per_week: 5, weeks: 5, daily: 165, days: 90", "`tutor` has hourly and daily pay"),
        ("daily: 165, days: 90, extra_days: 5, contract_days: 190", "`tutor` has extra days and daily pay"),
        ("salary: 5, fund: a, funds: {a: 100%}", "`tutor` has a fund and funds"),
    ],
)
def test_what_does_not_go_together_is_refused(pay: str, said: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        school(f"{{school: S, roles: {{tutor: {{{pay}}}}}, baseline: {{tutor: 1}}}}")
    assert said in str(caught.value)
