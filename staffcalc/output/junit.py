"""Findings as a JUnit report, which nearly every CI system can show: a suite a file, a test case a finding."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from staffcalc.output.characters import printable
from staffcalc.report import Finding, Report


def junit(report: Report) -> str:
    """The report as XML, with those attributes alone that the schema of Jenkins (junit-10.xsd) allows.

    A warning is a test case that passed and says something.
    """
    every = report.findings or ()
    top = Element("testsuites", {"name": "staffcalc", **_counts(every)})
    for file in dict.fromkeys(finding.file for finding in every):
        findings = [finding for finding in every if finding.file == file]
        suite = SubElement(top, "testsuite", {"name": printable(file), **_counts(findings)})
        for finding in findings:
            _case(suite, finding)
    indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="unicode") + "\n"


def _counts(findings: Sequence[Finding]) -> dict[str, str]:
    failed = sum(finding.level == "error" for finding in findings)
    return {"tests": str(len(findings)), "failures": str(failed), "errors": "0"}


def _case(suite: Element, finding: Finding) -> None:
    case = SubElement(suite, "testcase", name=printable(finding.subject), classname=printable(finding.file))
    place = f"{printable(finding.file)}:{finding.line}:{finding.column}"
    told = printable(finding.message) + (f" ({printable(finding.hint)})" if finding.hint else "")
    told += f"; the rule: {printable(str(finding.rule_at))}" if finding.rule_at is not None else ""
    if finding.level == "error":
        message = f"{place}: {printable(finding.message)}"
        SubElement(case, "failure", message=message, type=finding.rule).text = f"{place}: {told}"
    elif finding.level == "warning":
        SubElement(case, "system-out").text = f"{place}: warning: {told}"
