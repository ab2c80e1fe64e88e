"""Findings as SARIF 2.1.0, which code scanning reads."""

from __future__ import annotations

import os
import re
from json import dumps
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from staffcalc import __version__
from staffcalc.output.characters import printable
from staffcalc.report import Finding, Report
from staffcalc.source.problems import Place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report) -> str:
    """One run with a result for each finding that did not pass."""
    every = report.findings or ()
    wrong = [finding for finding in every if finding.level != "passed"]
    rules = sorted({finding.rule for finding in every})
    driver = {
        "name": "staffcalc",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": f"staffcalc: {rule}"}} for rule in rules],
    }
    run = {"tool": {"driver": driver}, "results": [_result(finding, rules) for finding in wrong]}
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    told = _plain(f"{finding.subject}: {finding.message}" + (f" ({finding.hint})" if finding.hint else ""))
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.level,
        "message": {"text": told},
        "locations": [_location(Place(finding.file, finding.line, finding.column))],
    }
    if (rule := finding.rule_at) is not None:
        # Code scanning shows a related location where the message links to it by its number.
        result["message"]["text"] += f"; the rule: [{_plain(str(rule))}](1)"
        result["relatedLocations"] = [{"id": 1, **_location(rule), "message": {"text": "the rule"}}]
    return result


def _plain(text: str) -> str:
    """Text in which nothing is taken for a link."""
    return re.sub(r"[\[\]]", r"\\\g<0>", printable(text))


def _location(place: Place) -> dict[str, Any]:
    artifact = {"uri": quote(os.fsencode(PurePath(place.file).as_posix()))}
    region = {"startLine": place.line, "startColumn": place.column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
