"""School files for tests: read from text, taken apart for an assertion, and random valid ones for properties."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent

import yaml

from randomfiles.figures import Plain, amounts, rates
from randomfiles.files import every_feature
from randomfiles.simple import school_files
from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.language.files import Files, Readable
from staffcalc.school.reading import read_school
from staffcalc.school.school import School
from staffcalc.source.tree import read_tree

__all__ = [
    "Plain",
    "amounts",
    "costs",
    "every_feature",
    "ledger",
    "paid",
    "plan_of",
    "rates",
    "school",
    "school_files",
    "written",
]


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # written in C, where it is there, and ten times as fast


class _Text(Files):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def tree(self, path: str) -> Readable:
        return read_tree(self._text, path)


def school(text: str, file: str = "school.yaml") -> School:
    """The checked school that a text states (without `extends`)."""
    return read_school(file, _Text(dedent(text)))


def ledger(text: str, file: str = "school.yaml") -> Ledger:
    """The costed school that a text states."""
    return cost_school(school(text, file))


def plan_of(costed: Ledger, name: str = "baseline") -> PlanLedger:
    """One plan by its name."""
    return next(plan for plan in costed.plans if plan.name == name)


def costs(text: str, role: str, scenario: str = "baseline") -> dict[str, Decimal]:
    """What one role costs in one plan, by component, all funds together."""
    found: dict[str, Decimal] = {}
    for line in plan_of(ledger(text), scenario).lines:
        if line.role == role:
            found[line.component] = found.get(line.component, Decimal(0)) + line.amount
    return found


def paid(text: str, component: str, scenario: str = "baseline") -> dict[str, Decimal]:
    """What each fund pays of one component in one plan, in the order of the lines."""
    return {line.fund: line.amount for line in plan_of(ledger(text), scenario).lines if line.component == component}


def written(plain: Plain) -> str:
    """The YAML text of a plain school file."""
    return str(yaml.dump(plain, Dumper=_DUMPER, sort_keys=False, allow_unicode=True))
