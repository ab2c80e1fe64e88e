"""Figures read as a finance officer writes them, and reach programs exactly."""

from __future__ import annotations

import csv
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffcalc.output.cell_text import fte_places, raw, shown
from staffcalc.output.data import json as as_json
from staffcalc.output.tidy import csv as as_csv
from staffcalc.report import NA, Cell, Count, Data, Fte, Money, Percent, Ratio, Records, Report, Verdict


@pytest.mark.parametrize(
    ("cell", "text", "plain"),
    [
        (Money(Decimal("1234")), "$1,234", "1234"),
        (Money(Decimal("-1234.50")), "−$1,234.50", "-1234.50"),
        (Money(Decimal("1234"), signed=True), "+$1,234", "1234"),
        (Money(Decimal("-0"), signed=True), "$0", "0"),
        (Money(Decimal("1E+6")), "$1,000,000", "1000000"),
        (Fte(Decimal("62.00")), "62.0", "62"),
        (Fte(Decimal("60")), "60.0", "60"),
        (Fte(Decimal("-6"), signed=True), "−6.0", "-6"),
        (Count(Decimal("1100.0")), "1,100", "1100"),
        (Count(Decimal("2.50")), "2.5", "2.5"),
        (Ratio(Decimal("17.70")), "17.70", "17.70"),
        (Percent(Decimal("0.1532")), "15.32%", "0.1532"),
        (Percent(Decimal("0.5")), "50%", "0.5"),
        (NA, "n/a", None),
        (None, "", None),
        (Verdict("fits", True), "fits", "fits"),
    ],
)
def test_a_cell_for_people_and_for_programs(cell: Cell, text: str, plain: str | None) -> None:
    assert (shown(cell), raw(cell)) == (text, plain)


def test_a_number_without_an_end_is_told_to_three_decimals_and_kept_for_programs() -> None:
    third, fine = Fte(Decimal("2.66666667")), Fte(Decimal("0.33125"))
    assert (shown(third, fte_places([third])), raw(third)) == ("2.667", "2.66666667")
    assert [shown(one, fte_places([third, fine])) for one in (third, fine)] == ["2.66667", "0.33125"]  # as the file has
    assert shown(Count(Decimal("0.33333333"))) == "0.333"
    assert raw(Count(Decimal("0.33333333"))) == "0.33333333"


def test_all_fte_of_a_table_have_the_decimals_of_the_finest() -> None:
    cells: list[Cell] = [
        Fte(Decimal("62")),
        Fte(Decimal("59.250")),
        Fte(Decimal("1.5")),
        Money(Decimal("1.2345")),
    ]
    places = fte_places(cells)
    assert [shown(cell, places) for cell in cells[:3]] == ["62.00", "59.25", "1.50"]


amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18)


@given(amounts)
def test_an_amount_is_never_rounded_on_its_way_out(amount: Decimal) -> None:
    report = Report(
        (), lambda: Records(("amount",), [(Money(amount),)]), lambda: {"a": Money(amount), "f": Fte(amount)}
    )
    [_, [written]] = csv.reader(as_csv(report).splitlines())
    data = json.loads(as_json(report), parse_float=Decimal, parse_int=Decimal)
    assert Decimal(written) == data["a"] == data["f"] == amount
    assert not set(written) - set("-.0123456789")
    assert Decimal(shown(Money(amount)).translate(str.maketrans("−", "-", "$,"))) == amount


def test_json_is_exact_and_typed() -> None:
    data: Data = {
        "name": "Zoë",
        "cost": Money(Decimal("1234567890123.45")),
        "fte": [Fte(Decimal("62.0")), Fte(Decimal("2.50"))],
        "ratio": NA,
        "fits": True,
        "year": 2016,
        "verdict": Verdict("over", False),
        "roles": [],
        "funds": {},
    }
    assert as_json(Report((), data=lambda: data)) == (
        '{\n  "name": "Zoë",\n  "cost": 1234567890123.45,\n  "fte": [\n    62,\n    2.5\n  ],\n'
        '  "ratio": null,\n  "fits": true,\n  "year": 2016,\n  "verdict": "over",\n'
        '  "roles": [],\n  "funds": {}\n}\n'
    )


names = st.text() | st.text(alphabet='\x1b\x9b\u202e\u2028"\\\n')


@given(names, names)
def test_json_keeps_every_name_and_sends_no_control_character(key: str, name: str) -> None:
    written = as_json(Report((), data=lambda: {key: name}))
    assert json.loads(written) == {key: name}
    assert not set(written) & set("\x1b\x9b\u202e\u2028")
