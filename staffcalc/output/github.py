"""Findings as GitHub Actions annotations: workflow commands that the log of a job shows beside the line."""

from __future__ import annotations

from staffcalc.output.characters import printable
from staffcalc.report import Finding, Report

_LEVELS = {"error": "error", "warning": "warning"}


def github(report: Report) -> str:
    """One annotation for each finding that did not pass."""
    return "".join(_annotation(finding) for finding in report.findings or () if finding.level in _LEVELS)


def _annotation(finding: Finding) -> str:
    place = f"file={_property(finding.file)},line={finding.line},col={finding.column}"
    hint = f" ({finding.hint})" if finding.hint else ""
    rule = f"; the rule: {finding.rule_at}" if finding.rule_at is not None else ""
    message = _data(f"{finding.message}{hint}{rule}")
    return f"::{_LEVELS[finding.level]} {place},title={_property(finding.subject)}::{message}\n"


def _data(text: str) -> str:
    # Names come from files: escaped as GitHub's own toolkit does, they cannot start a command of their own.
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
