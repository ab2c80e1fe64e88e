"""Names come from files of other people: in every format they are text, and nothing else."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffcalc.output import Format, printable
from staffcalc.output.formats import OF_FINDINGS, rendered
from staffcalc.output.latex import in_latex
from staffcalc.output.tidy import harmless
from staffcalc.report import Bar, ExplainedStep, Report, Table, TableColumn, TableRow

from .conftest import compared

HUMAN = [Format.table, Format.text, Format.markdown, Format.html, Format.latex]
NO_CHARACTERS = "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("format", list(Format))
def test_control_characters_are_shown_not_sent(format: Format) -> None:
    answer = rendered(compared("A", name="\x1b[31mred\x9b\u202e\u2028\x00"), format)
    assert not CONTROLS.search(answer)
    assert "31mred" in answer


@pytest.mark.parametrize("format", [Format.table, Format.text, Format.html, Format.csv, Format.json])
def test_rich_markup_and_emoji_codes_stay_text(format: Format) -> None:
    assert "[red]x[/red] :smile:" in rendered(compared("A", name="[red]x[/red] :smile:"), format)


@pytest.mark.parametrize("format", list(Format))
def test_what_is_no_character_is_shown_not_sent(format: Format) -> None:
    answer = rendered(compared("A", name=f"a{NO_CHARACTERS}z"), format)
    assert not set(NO_CHARACTERS) & set(answer)
    assert "fdd0" in answer


def test_json_holds_the_very_name_whatever_it_is() -> None:
    for name in (NO_CHARACTERS, "##vso[task]x", "\x1b\u202e", "東京 😀"):
        told = json.loads(rendered(compared("A", name=name), Format.json))
        assert told["schools"][0]["role"] == name


def test_markdown_shows_a_name_literally() -> None:
    answer = rendered(compared("A", name="a|b `*_c_*` <img> [x](y) \\"), Format.markdown)
    assert r"a\|b \`\*\_c\_\*\` \<img\> \[x\](y) " + "\\\\" in answer


def test_html_shows_a_name_literally() -> None:
    answer = rendered(compared("A", name="<script>alert('x')</script>&amp;"), Format.html)
    assert "<script" not in answer
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;amp;" in answer


def test_latex_shows_a_name_literally() -> None:
    answer = rendered(compared("A", name=r"\input{x} 50% & $#_^~ [a]"), Format.latex)
    assert r"\textbackslash{}input\{x\} 50\% \& \$\#\_\textasciicircum{}\textasciitilde{} {[}a{]}" in answer
    assert r"$-$\$3,500" in answer


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zoë Müller, Ñandú", r"Zo\"{e} M\"{u}ller, \~{N}and\'{u}"),
        ("e\u0301", r"\'{e}"),
        ("3 × $5 → 40 °C – …", r"3 $\times$ \$5 $\rightarrow$ 40 $^{\circ}$C -- \ldots{}"),
        ("---", "-{}-{}-"),
        ("██", r"\rule{0.5em}{1.5ex}\rule{0.5em}{1.5ex}"),
        ("東 of ﬁ", r"\ifdefined\Umathcode 東\else ?\fi{} of \ifdefined\Umathcode ﬁ\else fi\fi{}"),
    ],
)
def test_latex_is_written_in_commands_that_every_engine_knows(text: str, written: str) -> None:
    assert in_latex(text) == written


@given(st.text())
def test_latex_sends_no_other_letter_to_an_engine_that_has_none(text: str) -> None:
    shown_elsewhere = re.compile(r"\\ifdefined\\Umathcode .\\else ")
    assert shown_elsewhere.sub("", in_latex(printable(text))).isascii()


def test_the_bars_of_an_answer_are_drawn_on_a_terminal_alone() -> None:
    rows = (
        TableRow(("teachers", Bar(Decimal(1)))),
        TableRow(("aides", Bar(Decimal("-0.5")))),
        TableRow(("none", Bar(Decimal(0)))),
    )
    report = Report((Table("", (TableColumn("", "left"), TableColumn("", "left")), rows),))
    assert [line.partition("│")[::2] for line in rendered(report, Format.table).split("\n")[2:5]] == [
        ("teachers       ", "█" * 10),
        ("aides     █████", ""),
        ("none           ", ""),
    ]
    for format in set(Format) - OF_FINDINGS - {Format.table, Format.csv}:
        assert not re.search("█|rule|teachers +.+ +", rendered(report, format).partition("<body>")[2])


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "\ufeff=1",
    ],
)
def test_a_spreadsheet_runs_no_name(name: str) -> None:
    answer = rendered(compared("A", name=name), Format.csv)
    [_, [_, role, fte, cost, ratio]] = csv.reader(answer.splitlines(keepends=True))
    assert role.startswith("'")
    assert (fte, cost, ratio) == ("62", "-1234.50", "")  # figures never change, also below zero


@given(st.text(alphabet="abc -.()':é#&/", min_size=1).filter(lambda name: name.strip()[:1].isalpha()))
def test_an_ordinary_name_reaches_a_spreadsheet_as_it_is(name: str) -> None:
    assert harmless(name) == name


@given(st.text())
def test_printable_text_is_one_line_without_controls(text: str) -> None:
    assert len(printable(text).splitlines()) <= 1
    assert not CONTROLS.search(printable(text))
    assert not printable(text).lstrip().startswith("::")


@pytest.mark.parametrize("name", ["::error::x", "  ::set-env::", "##[error]x", "##vso[task]x"])
@pytest.mark.parametrize("format", HUMAN)
def test_a_build_server_finds_no_command(name: str, format: Format) -> None:
    for line in rendered(compared("A", name=name), format).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line


@pytest.mark.parametrize("format", [Format.csv, Format.json, Format.sarif, Format.junit])
def test_a_build_server_finds_no_command_in_what_programs_read(format: Format) -> None:
    for name in ("::error::x", "##[error]x", "a ##vso[task]x"):
        for line in rendered(compared("A", name=name), format).splitlines():
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
            assert "##vso[" not in line


@given(name=st.text(alphabet="ab: #[\u3000東", max_size=40), room=st.integers(1, 60))
@settings(max_examples=200)
def test_no_width_breaks_a_name_so_that_a_line_is_a_command(name: str, room: int) -> None:
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("COLUMNS", str(room))
        for format in (Format.table, Format.text):
            report = compared("A", "B", name=name)._replace(
                explanation=(ExplainedStep(name, None, (ExplainedStep(name),)),)
            )
            for line in rendered(report, format).splitlines():
                assert not line.lstrip().startswith("::")
                assert "##[" not in line
