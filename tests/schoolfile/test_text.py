"""What a person writes as text stays text, and what a person writes as a number is exactly that number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolfile.helpers import messages, pay, plan, post, staff
from schools import school
from staffcalc.source.problems import SchoolFileError

ODD_NAMES = [
    "0123",
    "1E10",
    "no",
    "1:30",
    "null",
    "~x",
    "2015-16",
    "true",
    "1_000",
    ".inf",
    "0x1F",
    "2025-08-01",
    "3.10",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_that_look_like_numbers_stay_as_written(name: str) -> None:
    """YAML alone would read 83, 10000000000.0, False, 90, None …"""
    read = school(f"""
        school: {name}
        year: {name}
        budget: {{{name}: 1_000_000}}
        benefits: {{{name}: {{{name}: {{rate: 1%}}}}}}
        roles: {{{name}: {{salary: 50_000, benefits: {name}, funds: {{{name}: 100%}}}}}}
        baseline: {{{name}: 2}}
        scenarios: {{{name}: {{change: {{{name}: -1}}}}}}
    """)
    assert (read.name, read.year) == (name, name)
    assert staff(read) == {name: 2}
    assert staff(read, name) == {name: 1}
    assert list(plan(read).budget or {}) == [name]
    assert list(post(read, name).components) == [name]
    assert [share.fund for share in post(read, name).fund_shares] == [name]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("61250", "61250"),
        ("61_250", "61250"),
        ('"61,250"', "61250"),
        ('"$61,250.00"', "61250.00"),
        ("$61_250.5", "61250.5"),
        ("+61250", "61250"),
        ("0", "0"),
        ("0.10", "0.1"),
        (".5", "0.5"),
        ("-0", "0"),
        ("1_000_000_000_000", "1000000000000"),
        ("12345.12345678", "12345.12345678"),
        ("{value: 61_250, source: Board}", "61250"),
    ],
)
def test_amounts_as_people_write_them(written: str, amount: str) -> None:
    read = school(f"{{roles: {{teacher: {{salary: {written}}}}}, baseline: {{teacher: 1}}}}")
    value = pay(read, "teacher").value
    assert value == Decimal(amount)
    assert not value.is_signed()


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("28.5%", "0.285"),
        ("0.285", "0.285"),
        ("28.5 %", "0.285"),
        ("1.45%", "0.0145"),
        ("0%", "0"),
        ("0", "0"),
        ("100%", "1"),
        ("1", "1"),
        ("1.0", "1"),
        ("150%", "1.5"),
        (".5%", "0.005"),
        ("6.12345678%", "0.0612345678"),
    ],
)
def test_rates_as_people_write_them(written: str, share: str) -> None:
    read = school(f"""
        benefits: {{certified: {{pension: {{rate: {written}}}}}}}
        roles: {{teacher: {{salary: 50_000, benefits: certified}}}}
        baseline: {{teacher: 1}}
    """)
    rate = post(read, "teacher").components["pension"].price
    assert rate is not None
    assert rate.value == Decimal(share)


@pytest.mark.parametrize("written", ["-1.5", "−1.5", '"-1.5"', "{fte: -1.5}", "{fte: {value: -1.5, source: Board}}"])
def test_a_change_may_take_away(written: str) -> None:
    read = school(f"""
        roles: {{teacher: {{salary: 50_000}}}}
        baseline: {{teacher: 10}}
        scenarios: {{fewer: {{change: {{teacher: {written}}}}}}}
    """)
    assert staff(read, "fewer") == {"teacher": Decimal("8.5")}


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False) | st.decimals(
    min_value=0, max_value=10**6, places=8, allow_nan=False
)


@given(
    amount=AMOUNTS, form=st.sampled_from(["{:f}", "{:_f}", '"{:,f}"', '"${:,f}"', "${:_f}", "+{:f}", "{{value: {:f}}}"])
)
def test_every_amount_reads_back_exactly_in_every_form(amount: Decimal, form: str) -> None:
    # Decimal has no "_" format: group by commas and exchange them.
    written = form.replace("_f", ",f").format(amount)
    if "_f" in form:
        written = written.replace(",", "_")
    read = school(f"{{roles: {{teacher: {{salary: {written}}}}}, baseline: {{teacher: 1}}}}")
    assert pay(read, "teacher").value == amount


@given(
    percent=st.decimals(min_value=0, max_value=100, places=6, allow_nan=False),
    form=st.sampled_from(["{:f}%", "{:f} %", "share"]),
)
def test_every_rate_reads_back_exactly_in_every_form(percent: Decimal, form: str) -> None:
    written = f"{percent / 100:f}" if form == "share" else form.format(percent)
    read = school(f"""
        roles: {{teacher: {{salary: 50_000, costs: {{pension: {{rate: {written}}}}}}}}}
        baseline: {{teacher: 1}}
    """)
    rate = post(read, "teacher").components["pension"].price
    assert rate is not None
    assert rate.value == percent / 100


@given(st.text(max_size=12))
def test_any_text_in_the_place_of_an_amount_is_a_number_or_a_problem(text: str) -> None:
    quoted = text.replace("'", "''")
    try:
        read = school(f"{{roles: {{teacher: {{salary: '{quoted}'}}}}, baseline: {{teacher: 1}}}}")
    except Exception as error:
        assert type(error).__name__ == "SchoolFileError"  # noqa: PT017
    else:
        assert pay(read, "teacher").value.is_finite()


def test_zero_and_missing_are_different_things() -> None:
    free = school("{roles: {volunteer: {salary: 0}}, baseline: {volunteer: 2}}")
    assert pay(free, "volunteer").value == 0
    assert messages("{roles: {volunteer: {category: support}}, baseline: {volunteer: 2}}") == [
        "`volunteer` is staffed but has no price: `salary` is missing"
    ]


MOST = """
    school: Example School
    year: 2026-27
    students: 400
    week: {week}
    roles:
      aide: {{category: support, hourly: 15, hours_per_week: {hours}, weeks: {weeks}, time: {{planning: 60}}}}
      sub: {{category: support, daily: 120, days: {days}, rooms: {rooms}}}
      tutor: {{category: support, salary: 30_000}}
    baseline: {{aide: {fte}, sub: 1, tutor: {{people: {people}, fte_each: {each}}}}}
    scenarios:
      more: {{change: {{sub: {{fte: +1, first_year_months: {months}}}, aide: {more}}}}}
"""
MOST_OF_EACH = {
    "week": "10_080",
    "hours": "168",
    "weeks": "53",
    "days": "366",
    "rooms": "1_000_000",
    "fte": "1_000_000",
    "people": "1_000_000",
    "each": "2",
    "months": "12",
    "more": "+1_000_000",
}


def test_a_week_may_have_all_its_hours_a_year_all_its_days_and_a_school_a_million_people() -> None:
    assert len(school(MOST.format(**MOST_OF_EACH)).plans) == 2


@pytest.mark.parametrize("key", [key for key in MOST_OF_EACH if key != "months"])
def test_what_no_week_year_or_school_can_have_is_refused_with_the_most(key: str) -> None:
    most = int(MOST_OF_EACH[key].replace("_", ""))
    with pytest.raises(SchoolFileError) as refused:
        school(MOST.format(**{**MOST_OF_EACH, key: f"{'+' if key == 'more' else ''}{most + 1}"}))
    assert f"{most:,}" in str(refused.value)
