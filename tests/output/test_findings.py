"""What checks found, for the systems that run them: GitHub annotations, JUnit reports, SARIF."""

from __future__ import annotations

import json
import os
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffcalc.output import Format, OutputProblem, show
from staffcalc.output.formats import rendered
from staffcalc.report import Report

from .conftest import finding

FOUND = Report((), findings=(finding("error", "counselor"), finding("warning", "tutor"), finding("passed", "aide")))


def test_github_shows_what_did_not_pass_beside_its_line() -> None:
    first, second = rendered(FOUND, Format.github).splitlines()
    assert first.startswith("::error file=ranson.yaml,line=12,col=5,title=Ranson%3A teams%3A fte of counselor::")
    assert first.endswith("2 FTE below the least of 3 FTE (add 2 FTE of counselor)")
    assert second.startswith("::warning file=ranson.yaml,")


@given(st.text(min_size=1))
def test_no_name_can_start_a_command_of_its_own(name: str) -> None:
    answer = rendered(Report((), findings=(finding("error", name, school=name),)), Format.github)
    assert answer.count("\n") == 1
    assert len(answer.splitlines()) == 1
    assert answer.startswith("::error file=ranson.yaml,line=12,col=5,title=")
    title = answer.split("title=")[1].split("::")[0]
    assert "," not in title
    assert ":" not in title


def test_junit_counts_tests_and_failures() -> None:
    top = ElementTree.fromstring(rendered(FOUND, Format.junit))
    assert (top.get("tests"), top.get("failures")) == ("3", "1")
    cases = {case.get("name"): case for case in top.iter("testcase")}
    failure = cases["Ranson: teams: fte of counselor"].find("failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.text.startswith("ranson.yaml:12:5: ")
    assert cases["Ranson: teams: fte of tutor"].find("failure") is None
    assert cases["Ranson: teams: fte of tutor"].find("system-out") is not None


@given(st.text())
def test_junit_is_xml_whatever_the_names(name: str) -> None:
    ElementTree.fromstring(rendered(Report((), findings=(finding("error", name, school=name),)), Format.junit))


OF_JENKINS = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package"},
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"message", "type"},
    "system-out": set(),
}
"""The attributes that junit-10.xsd, the schema of Jenkins, allows."""


def test_junit_is_what_the_schema_of_jenkins_allows() -> None:
    top = ElementTree.fromstring(rendered(FOUND, Format.junit))
    for element in top.iter():
        assert set(element.attrib) <= OF_JENKINS[element.tag]
    for suite in (top, *top.iter("testsuite")):
        assert {"name", "tests", "failures", "errors"} <= set(suite.attrib)
    failure = next(top.iter("failure"))
    assert failure.get("message", "").startswith("ranson.yaml:12:5: ")


NOT_UTF8 = os.fsdecode(b"\xe9cole.yaml")


def test_a_file_name_that_is_not_utf8_is_told_in_every_format() -> None:
    found = Report((), findings=(finding("error", "tutor")._replace(file=NOT_UTF8),))
    told = {format: rendered(found, format) for format in (Format.github, Format.junit, Format.sarif)}
    assert told[Format.github].startswith(r"::error file=\udce9cole.yaml,line=12,")
    assert r'name="\udce9cole.yaml"' in told[Format.junit]
    ElementTree.fromstring(told[Format.junit])
    location = json.loads(told[Format.sarif])["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "%E9cole.yaml"


def test_sarif_points_to_the_line() -> None:
    run = json.loads(rendered(FOUND, Format.sarif))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "ranson.yaml"
    assert location["region"] == {"startLine": 12, "startColumn": 5}
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]["id"] == run["results"][0]["ruleId"]


@pytest.mark.parametrize("format", [Format.github, Format.junit, Format.sarif])
def test_an_answer_that_found_nothing_by_checking_says_where_the_format_belongs(format: Format) -> None:
    with pytest.raises(OutputProblem, match="staffcalc check"):
        show(Report(()), format=format, path=None)
