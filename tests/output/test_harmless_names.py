"""Names come from files of other people: in every format they are text, and nothing else."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffcalc.output import Format, printable
from staffcalc.output.formats import rendered
from staffcalc.output.tidy import harmless

from .conftest import compared

HUMAN = [Format.table, Format.text, Format.markdown, Format.html, Format.latex]
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("format", list(Format))
def test_control_characters_are_shown_not_sent(format: Format) -> None:
    answer = rendered(compared("A", name="\x1b[31mred\x9b\u202e\u2028\x00"), format)
    assert not CONTROLS.search(answer)
    assert "31mred" in answer


@pytest.mark.parametrize("format", [Format.table, Format.text, Format.html, Format.csv, Format.json])
def test_rich_markup_and_emoji_codes_stay_text(format: Format) -> None:
    assert "[red]x[/red] :smile:" in rendered(compared("A", name="[red]x[/red] :smile:"), format)


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
