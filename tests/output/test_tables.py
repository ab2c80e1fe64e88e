"""Tables can be read: on narrow screens, in pipes, with many schools."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffcalc.output import Format
from staffcalc.output.blocks import GAP, blocks
from staffcalc.output.formats import rendered
from staffcalc.output.text_table import text_table
from staffcalc.output.widths import folded, width, wrapped
from staffcalc.report import Count, Money, Report, Table, TableColumn, TableRow, Verdict

from .conftest import compared, money

Draw = Callable[[Report, int], str]
SCHOOLS = ("Ranson IB Middle School", "Coulwood STEM Academy", "Ashley Park PreK-8 School")


def line_of(text: str, label: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(label))


def test_text_is_a_plain_table() -> None:
    assert (
        rendered(compared("Ranson"), Format.text)
        == """\
What each scenario costs

                        baseline   lead teachers
--------------------  ----------  --------------
Staffing
classroom teacher          62.00           59.25
lead teacher                                3.00
--------------------  ----------  --------------
All staff                  62.00           62.25

Money
Cost                  $4,020,000      $4,023,500
--------------------  ----------  --------------
Left                          $0         −$3,500
Change                        $0         +$3,500
Students                   1,100           1,100
Students per teacher         n/a           17.70
Pension                   15.32%             20%
                            fits  over by $3,500
"""
    )


def test_a_terminal_gets_the_same_figures_with_colour_and_words(
    on_screen: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    drawn = on_screen(compared("Ranson"), 80)
    assert "\x1b[1mWhat each scenario costs\x1b[0m\n" in drawn
    assert "\x1b[1;31m−$3,500\x1b[0m" in drawn
    assert "\x1b[1;31mover by $3,500\x1b[0m" in drawn
    assert "\x1b[1;32mfits\x1b[0m" in drawn
    plain = re.sub(r"\x1b\[[\d;]*m", "", drawn)
    strokes = str.maketrans("", "", "-─ ")
    assert plain.translate(strokes) == rendered(compared("Ranson"), Format.text).translate(strokes)


def test_red_means_bad_and_never_a_sign_alone(on_screen: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vacancy saves, and is not red; 225 minutes that are short are."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    rows = (
        TableRow(("vacancy", money("-900"))),
        TableRow(("left", money("-700")), bad="below nothing"),
        TableRow(("rooms left", Count(Decimal(-2))), bad="below nothing"),
        TableRow(("minutes short", Count(Decimal(225))), bad="above nothing"),
        TableRow(("left", money("800")), bad="below nothing"),
    )
    drawn = on_screen(Report((Table("", (TableColumn("", "left"), TableColumn("teams")), rows),)), 80)
    assert re.findall(r"\x1b\[31m([^\x1b]*)", drawn) == ["−$700", "−2", "225"]


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_refused(on_screen: Draw, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv(name, value)
    assert not re.search(r"\x1b\[[\d;]*3\d", on_screen(compared("Ranson"), 80))


def test_without_a_terminal_there_are_no_escape_codes(on_screen: Draw) -> None:
    assert "\x1b" not in on_screen(compared("Ranson"), 80)


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_a_screen_of_any_width_cuts_and_overflows_nothing(on_screen: Draw, columns: int) -> None:
    drawn = on_screen(compared(*SCHOOLS), columns)
    assert max(map(width, drawn.splitlines())) <= columns
    assert drawn.count("−$3,500") == drawn.count("$4,023,500") == 3
    assert "…" not in drawn


def test_labels_are_repeated_in_every_block_and_schools_stay_whole(on_screen: Draw) -> None:
    narrow, wide = on_screen(compared(*SCHOOLS), 60), on_screen(compared(*SCHOOLS), 200)
    assert narrow.count("classroom teacher") == 3
    assert wide.count("classroom teacher") == 1
    for school in SCHOOLS:
        assert school in narrow
        assert school in wide


def test_one_school_needs_no_name_above_its_columns() -> None:
    assert "Ranson" not in rendered(compared("Ranson"), Format.text)


def test_text_of_many_schools_stays_readable_and_whole() -> None:
    schools = [f"School {number}" for number in range(40)]
    answer = rendered(compared(*schools), Format.text)
    assert answer.count("−$3,500") == 40
    assert answer.count("classroom teacher") == 7  # six schools of two columns side by side
    assert all(re.search(rf"\b{school}\b", answer) for school in schools)


def test_text_keeps_to_columns_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    answer = rendered(compared(*SCHOOLS), Format.text)
    assert max(map(len, answer.splitlines())) <= 70
    assert answer.count("−$3,500") == 3


def test_a_block_leaves_out_rows_and_headings_that_say_nothing_in_it(on_screen: Draw) -> None:
    rows = (
        TableRow(("Only here", None, None), "heading"),
        TableRow(("tutor", money("1"), None)),
        TableRow(("Both", None, None), "heading"),
        TableRow(("salary", money("2"), money("3"))),
    )
    columns = (TableColumn("", "left"), TableColumn("first " + "x" * 30), TableColumn("second " + "x" * 30))
    first, second = on_screen(Report((Table("", columns, rows),)), 50).split("second")
    assert "Only here" in first
    assert "tutor" in first
    assert "Only here" not in second
    assert "tutor" not in second
    assert "Both" in second


def test_sentences_wrap_on_a_screen_but_not_in_a_pipe(on_screen: Draw) -> None:
    sentence = "3.0 FTE × $13,000 = $39,000, from roles.yaml line 15, which the district gave us in June"
    columns = (TableColumn("Line", "left"), TableColumn("Calculation", "left"), TableColumn("Amount"))
    report = Report((Table("Why", columns, (TableRow(("supplement", sentence, money("39000"))),)),))
    drawn = on_screen(report, 60)
    assert max(map(width, drawn.splitlines())) <= 60
    middle = [line[12:52].strip() for line in drawn.splitlines()[4:]]
    assert " ".join(middle) == sentence
    assert sentence in rendered(report, Format.text)


def test_a_heading_stands_over_all_columns_of_a_screen(on_screen: Draw) -> None:
    rows = (TableRow(("Cost by kind of pay and benefit", None), "heading"), TableRow(("salary", money("1"))))
    drawn = on_screen(Report((Table("", (TableColumn("", "left"), TableColumn("baseline of today")), rows),)), 40)
    assert "Cost by kind of pay and\nbenefit\nsalary" in drawn


def test_wide_letters_stand_in_line(on_screen: Draw) -> None:
    rows = (TableRow(("東京の先生", money("1"))), TableRow(("tutor", money("2"))))
    drawn = on_screen(Report((Table("", (TableColumn("", "left"), TableColumn("Cost")), rows),)), 80)
    assert len({width(line) for line in drawn.splitlines()[1:]}) == 1


def test_totals_are_bold_in_documents() -> None:
    report = compared("Ranson")
    assert "| **Left** " in rendered(report, Format.markdown)
    assert '<tr class="total"><th scope="row"><b>Left</b></th>' in rendered(report, Format.html)
    assert r"\textbf{Left}" in rendered(report, Format.latex)


def test_documents_align_figures_to_the_right() -> None:
    report = compared("Ranson")
    assert re.search(r"^\|:-+\|-+:\|-+:\|$", rendered(report, Format.markdown), re.MULTILINE)
    assert '<td class="figure" data-head="baseline">$4,020,000</td>' in rendered(report, Format.html)
    assert r"\begin{tabular}{lrr}" in rendered(report, Format.latex)


@pytest.mark.parametrize("format", [Format.table, Format.text, Format.markdown, Format.html, Format.latex])
def test_a_table_without_rows_or_values_is_still_shown(format: Format) -> None:
    tables = (
        Table("Nothing", (TableColumn("Role", "left"), TableColumn("Cost")), ()),
        Table("Names", (TableColumn("Role", "left"),), (TableRow(("tutor",)),)),
    )
    answer = rendered(Report(tables), format)
    assert "Cost" in answer
    assert "tutor" in answer


@given(
    heads=st.lists(st.text(alphabet="abc é東", min_size=1, max_size=20), min_size=1, max_size=12),
    amount=st.integers(-(10**9), 10**9),
    room=st.integers(50, 160),
    grouped=st.booleans(),
)
@settings(max_examples=50)
def test_blocks_hold_every_column_once_and_fit(heads: list[str], amount: int, room: int, grouped: bool) -> None:
    columns = [TableColumn(head, group=f"School {at // 3}" if grouped else "") for at, head in enumerate(heads)]
    cells = [Money(Decimal(amount))] * len(heads)
    page = text_table(Table("", (TableColumn("", "left"), *columns), (TableRow(("tutor", *cells)),)))
    parts = blocks(page, room=room, wrap=True)
    assert [column for part in parts for column in part.columns[1:]] == list(range(1, len(heads) + 1))
    for part in parts:
        assert part.columns[0] == 0
        assert sum(part.widths) + GAP * (len(part.widths) - 1) <= room
        assert all(wide >= len(page.rows[0][column]) for column, wide in zip(part.columns, part.widths, strict=True))


@given(st.text(alphabet="ab 東", max_size=60), st.integers(2, 30))
def test_wrapping_loses_nothing(text: str, room: int) -> None:
    assert "".join(wrapped(text, room)).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= room for line in wrapped(text, room))
    assert len(wrapped(text, folded(text, 2))) <= 2


def test_a_verdict_alone_on_its_line_is_said_in_full_where_labels_are_narrow(on_screen: Draw) -> None:
    over = Verdict("over by $26,461 in General Fund", good=False)
    rows = (TableRow(("budget", *[money("1_350_000")] * 4)), TableRow((over, *[None] * 4), "verdict"))
    table = Table("", (TableColumn("", "left"), *map(TableColumn, "abcd")), rows)
    assert "\nover by $26,461 in General Fund\n" in on_screen(Report((table,)), 60)
