"""What checks found, for the systems that run them: GitHub annotations, JUnit reports, SARIF."""

from __future__ import annotations

import importlib.util
import json
import os
import warnings
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffcalc.output import Format, OutputProblem, show
from staffcalc.output.formats import rendered
from staffcalc.report import Report
from staffcalc.source.problems import Place

from .conftest import finding

THREE = (finding("error", "counselor"), finding("warning", "tutor"), finding("passed", "aide"))
FOUND = Report((), findings=THREE)


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


SCHEMAS = Path(__file__).with_name("schemas")
RULE = Place("districts/our [new] district.yaml", 40, 5)
IN_A_DISTRICT = finding("error", "counselor")._replace(rule_at=RULE)
"""A check that failed in a school, of a rule of its district."""
WITH_DISTRICT = Report((), findings=(*THREE, IN_A_DISTRICT))


@pytest.fixture
def jenkins() -> Any:
    """The schema of Jenkins; where the library that reads it is missing, what needs it is left out, and said to be."""
    if importlib.util.find_spec("xmlschema") is None:
        left_out = "xmlschema is not installed: the JUnit reports were not held against the schema of Jenkins"
        warnings.warn(left_out, stacklevel=1)
        pytest.skip(left_out)
    return importlib.import_module("xmlschema").XMLSchema(SCHEMAS / "junit-10.xsd")


@pytest.mark.parametrize("found", [FOUND, WITH_DISTRICT, Report((), findings=())])
def test_junit_is_what_the_schema_of_jenkins_allows(found: Report, jenkins: Any) -> None:
    jenkins.validate(rendered(found, Format.junit))


@pytest.mark.parametrize("found", [FOUND, WITH_DISTRICT, Report((), findings=())])
def test_sarif_is_what_the_schema_of_github_allows(found: Report) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(rendered(found, Format.sarif)), schema)


def test_the_place_of_a_district_s_rule_is_told_beside_that_of_the_scenario() -> None:
    found = Report((), findings=(IN_A_DISTRICT,))
    [result] = json.loads(rendered(found, Format.sarif))["runs"][0]["results"]
    [at], [related] = result["locations"], result["relatedLocations"]
    assert at["physicalLocation"]["artifactLocation"]["uri"] == "ranson.yaml"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "districts/our%20%5Bnew%5D%20district.yaml"
    assert related["physicalLocation"]["region"] == {"startLine": 40, "startColumn": 5}
    # GitHub shows a related location where the message links to its number.
    linked = r"; the rule: [districts/our \[new\] district.yaml:40:5](1)"
    assert result["message"]["text"].endswith(linked)
    assert related["id"] == 1
    line = rendered(found, Format.github)
    assert line.startswith("::error file=ranson.yaml,line=12,")
    assert line.endswith("; the rule: districts/our [new] district.yaml:40:5\n")
    [suite] = ElementTree.fromstring(rendered(found, Format.junit))
    assert suite.get("name") == "ranson.yaml"
    assert "; the rule: districts/our [new] district.yaml:40:5" in "".join(suite.itertext())


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
