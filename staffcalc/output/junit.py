"""Findings as a JUnit report, which nearly every CI system can show: a suite a file, a test case a finding."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from staffcalc.output.characters import printable
from staffcalc.report import Finding, Report


def junit(report: Report) -> str:
    """The report as XML. A warning is a test case that passed and says something."""
    failed = str(sum(finding.level == "error" for finding in report.findings))
    top = Element("testsuites", name="staffcalc", tests=str(len(report.findings)), failures=failed)
    for file in dict.fromkeys(finding.file for finding in report.findings):
        findings = [finding for finding in report.findings if finding.file == file]
        errors = str(sum(finding.level == "error" for finding in findings))
        suite = SubElement(top, "testsuite", name=printable(file), tests=str(len(findings)), failures=errors)
        for finding in findings:
            _case(suite, finding)
    indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="unicode") + "\n"


def _case(suite: Element, finding: Finding) -> None:
    case = SubElement(
        suite,
        "testcase",
        name=printable(finding.subject),
        classname=printable(finding.file),
        file=printable(finding.file),
        line=str(finding.line),
    )
    told = printable(finding.message) + (f" ({printable(finding.hint)})" if finding.hint else "")
    if finding.level == "error":
        failure = SubElement(case, "failure", message=printable(finding.message), type=finding.rule)
        failure.text = f"{printable(finding.file)}:{finding.line}:{finding.column}: {told}"
    elif finding.level == "warning":
        SubElement(case, "system-out").text = f"warning: {told}"
