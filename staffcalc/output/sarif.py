"""Findings as SARIF 2.1.0, which code scanning reads."""

from __future__ import annotations

import os
from json import dumps
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from staffcalc import __version__
from staffcalc.output.characters import printable
from staffcalc.report import Finding, Report

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
    told = printable(f"{finding.subject}: {finding.message}") + (
        f" ({printable(finding.hint)})" if finding.hint else ""
    )
    region = {"startLine": finding.line, "startColumn": finding.column}
    artifact = {"uri": quote(os.fsencode(PurePath(finding.file).as_posix()))}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.level,
        "message": {"text": told},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
