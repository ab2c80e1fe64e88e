"""`time`: the week of each role and of each mode of learning, plan by plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, cast

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.questions.answers import VERSION, Answer, OfPlan, OfSchoolYear
from staffcalc.questions.labels import school_labels
from staffcalc.questions.notes import school_notes
from staffcalc.questions.selection import select_plans
from staffcalc.questions.weeks import WeeksData, mode_table, week_table, weeks_data
from staffcalc.report import Cell, Records, Report
from staffcalc.school.time import has_time


class PlanTimeData(OfPlan, WeeksData):
    """The weeks of a plan."""


class SchoolTimeData(OfSchoolYear):
    """The weeks of the plans of a school."""

    scenarios: Annotated[list[PlanTimeData], "The baseline, and every scenario that is asked for."]


class TimeAnswer(Answer):
    """What `time` answers."""

    schools: Annotated[list[SchoolTimeData], "The schools, in the order of their files."]


def time_spent(ledgers: Sequence[Ledger], scenarios: Sequence[str] = ()) -> Report:
    """The report on the weeks of the named scenarios, or of the baseline and all of them.

    Raises UnknownNameError for a scenario that no school has.
    """
    selected = select_plans(ledgers, scenarios, with_baseline=True)
    labels = school_labels([ledger for ledger, _ in selected])
    return Report(
        tables=tuple(
            table
            for label, (_, plans) in zip(labels, selected, strict=True)
            for table in (
                week_table(plans, f"{label}: the week by role"),
                *mode_table(plans, f"{label}: the week of students"),
            )
        ),
        records=lambda: Records(_COLUMNS, [row for ledger, plans in selected for row in _records(ledger, plans)]),
        data=lambda: _data(selected),
        notes=(*school_notes([ledger for ledger, _ in selected]), *_without_time(ledger for ledger, _ in selected)),
    )


def _without_time(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """A note on each file of which there is nothing to tell."""
    for ledger in ledgers:
        if not has_time(ledger.school):
            yield f"{ledger.school.file}: no role says how it spends its `time`, such as {{planning: 225}}"


def _data(selected: Sequence[tuple[Ledger, Sequence[PlanLedger]]]) -> TimeAnswer:
    schools: list[SchoolTimeData] = [
        {
            "school": ledger.school.name,
            "file": ledger.school.file,
            "year": ledger.school.year,
            "scenarios": [{"name": plan.name, **weeks_data(plan)} for plan in plans],
        }
        for ledger, plans in selected
    ]
    return {"staffcalc": VERSION, "schools": schools}


_COLUMNS = ("school", "file", "year", "scenario", "role", "mode", "what", "value")


def _records(ledger: Ledger, plans: Sequence[PlanLedger]) -> Iterator[tuple[Cell, ...]]:
    """One row for each figure of a role, of a mode, and of what a mode asks of a role."""
    school = ledger.school
    for plan in plans:
        found, head = weeks_data(plan), (school.name, school.file, school.year, plan.name)
        for role in found["roles"]:
            for key, one in cast(Mapping[str, Cell], role).items():
                if key not in ("role", "asked"):
                    yield (*head, role["role"], None, key, one)
            for asked in role["asked"]:
                yield (*head, role["role"], asked["mode"], "asked", asked["minutes"])
        for mode in found["modes"]:
            for key, one in cast(Mapping[str, Cell], mode).items():
                if key != "mode":
                    yield (*head, None, mode["mode"], key, one)
