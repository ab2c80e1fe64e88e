"""`assumptions`: every input that moved a dollar, what the file says of it, and how many dollars rest on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, NotRequired, TypedDict

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.measures.teams import team_figures
from staffcalc.costing.measures.time import time_figures
from staffcalc.costing.resting import Resting
from staffcalc.costing.years.enrollment_growth import resting_on_growth
from staffcalc.formula.formula import Formula, Input, change_of, value
from staffcalc.formula.words import MINUS, say_figure
from staffcalc.language.figures import Figure
from staffcalc.questions.answers import VERSION, Answer, Note, OfSchoolYear, row
from staffcalc.questions.assumptions.uncosted import Uncosted, uncosted
from staffcalc.questions.figures.as_of import other_year, other_years
from staffcalc.questions.figures.budget_inputs import budget_basis, budget_figures, last_levies
from staffcalc.questions.figures.naming import Naming, in_plan
from staffcalc.questions.figures.provenance import (
    STUDENTS,
    InputCells,
    Named,
    Status,
    cells_of,
    inputs_of,
    status,
    where,
)
from staffcalc.questions.labels import school_labels
from staffcalc.questions.notes import school_notes
from staffcalc.questions.selection import select_plans
from staffcalc.questions.to_come import to_come
from staffcalc.records import NamedTuple
from staffcalc.report import Cell, Money, Records, Report, Table, TableColumn, TableRow
from staffcalc.source.problems import Place

RECORD_COLUMNS = (
    "school",
    "input",
    "value",
    "unit",
    "dollars",
    "scenario",
    "status",
    "source",
    "year",
    "other_year",
    "file",
    "line",
)
STATUSES: tuple[Status, ...] = ("published", "assumed", "derived", "unmarked")


class EntryCells(InputCells):
    """A figure of the file, and what rests on it."""

    dollars: Annotated[Money | None, "What rests on it: cost less cost with it at nothing; null: it moves no dollar."]
    scenario: Annotated[str, "The plan in which that is most."]
    year: Annotated[str | None, "The school year that the figure is of, as the file says (`as_of`); null: not said."]
    other_year: Annotated[str | None, "The same, where it is not the year of the file; null: it is, or not said."]


class EntryData(EntryCells):
    """The same, with what the file notes of it."""

    note: Note


class UncostedData(TypedDict):
    """Something without a cost."""

    what: Annotated[str, "What has no cost."]
    why: Annotated[str, "Why it has none."]


class AssumptionsSchoolData(OfSchoolYear):
    """The register of a school."""

    published: Annotated[int, "How many inputs have a source."]
    assumed: Annotated[int, "How many inputs are marked as assumed."]
    unmarked: Annotated[int, "How many inputs are neither."]
    derived: NotRequired[Annotated[int, "How many inputs are derived from others; left out: none."]]
    inputs: Annotated[list[EntryData], "Every input that moved a dollar, the largest first."]
    not_costed: Annotated[list[UncostedData], "What the file leaves without a cost."]


class AssumptionsAnswer(Answer):
    """What `assumptions` answers."""

    schools: Annotated[list[AssumptionsSchoolData], "The schools, in the order of their files."]


class RegisterEntry(NamedTuple):
    """One figure of the file, and what rests on it in the plan in which that is most: the cost less the cost with the
    figure at nothing, in dollars (None: it moves no dollar). Of a budget it is all of it."""

    name: str
    figure: Figure
    dollars: Decimal | None
    plan: str
    other_year: str | None


def assumptions(ledgers: Sequence[Ledger], scenarios: Sequence[str] = ()) -> Report:
    """The register of the named scenarios, or of the baseline and all scenarios.

    Raises UnknownNameError for a scenario that no school has.
    """
    selected = select_plans(ledgers, scenarios, with_baseline=False)
    labels = school_labels([ledger for ledger, _ in selected])
    registers = [_Register(label, *one) for label, one in zip(labels, selected, strict=True)]
    return Report(
        tuple(table for register in registers for table in register.tables()),
        records=lambda: Records(RECORD_COLUMNS, [row for register in registers for row in register.records()]),
        data=lambda: _data(registers),
        notes=(
            *school_notes([ledger for ledger, _ in selected]),
            *_not_in_force(selected),
            *to_come(selected),
            *(note for register in registers for note in register.notes()),
        ),
    )


def _data(registers: Sequence[_Register]) -> AssumptionsAnswer:
    return {"staffcalc": VERSION, "schools": [register.data() for register in registers]}


def _not_in_force(schools: Sequence[tuple[Ledger, Sequence[PlanLedger]]]) -> Iterator[str]:
    """Whose inputs are not here, since the plan begins in a later year."""
    for ledger, plans in schools:
        for plan in plans:
            if (begins := plan.plan.awaits) is not None:
                more = f"{plan.name} begins in {begins}; what rests on it is told with --year {begins}"
                yield f"{ledger.school.file}: {more}"


class _Register:
    """The inputs of one school's plans, the largest first, and what its file leaves without a cost."""

    def __init__(self, label: str, ledger: Ledger, plans: Sequence[PlanLedger]) -> None:
        self.label, self.ledger, self.school, self.several = label, ledger, ledger.school, len(plans) > 1
        found = _Entries(ledger).of(plans)
        self.entries = sorted(found, key=lambda one: (one.dollars is None, -abs(one.dollars or 0), one.name))
        self.uncosted = uncosted(ledger, plans)
        self.counts: dict[Status, int] = {kind: sum(status(one.figure) == kind for one in found) for kind in STATUSES}

    def tables(self) -> tuple[Table, Table]:
        told = (f"{count} {kind}" for kind, count in self.counts.items() if count or kind != "derived")
        counted = ", ".join(told)
        inputs = "1 input" if len(self.entries) == 1 else f"{len(self.entries)} inputs"
        columns = [TableColumn("", "left"), TableColumn("value"), TableColumn("dollars resting on it")]
        columns += [TableColumn("most in")] if self.several else []
        columns += [TableColumn("status, source", "left"), TableColumn("place", "left")]
        heading = TableRow((f"{inputs}: {counted}", *[None] * (len(columns) - 1)), "heading")
        return (
            Table(f"{self.label}: assumptions", tuple(columns), (heading, *map(self._row, self.entries))),
            _uncosted_table(self.label, self.uncosted),
        )

    def _row(self, one: RegisterEntry) -> TableRow:
        phrases: list[str] = [status(one.figure)]
        if phrases == ["derived"]:
            phrases = [f"derived: {one.figure.derived}"]
        if one.figure.source:
            phrases.append(without_links(one.figure.source))
        if one.other_year:
            phrases.append(f"of {one.other_year}, the file of {self.school.year}")
        return TableRow(
            (
                one.name,
                say_figure(one.figure).replace("-", MINUS),
                None if one.dollars is None else Money(one.dollars),
                *([one.plan if one.dollars is not None else None] if self.several else []),
                "; ".join(" ".join(words.split()) for words in phrases),
                where(one.figure.place),
            )
        )

    def notes(self) -> Iterator[str]:
        """What a reader should look at: figures of other years, in one remark."""
        return other_years(self.ledger, [(one.name, one.other_year) for one in self.entries if one.other_year])

    def records(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.entries:
            yield (self.school.name, *row(RECORD_COLUMNS[1:], _cells(one)))

    def data(self) -> AssumptionsSchoolData:
        found: AssumptionsSchoolData = {
            "school": self.school.name,
            "file": self.school.file,
            "year": self.school.year,
            "published": self.counts["published"],
            "assumed": self.counts["assumed"],
            "unmarked": self.counts["unmarked"],
            "inputs": [{**_cells(one), "note": one.figure.note} for one in self.entries],
            "not_costed": [{"what": one.what, "why": one.why} for one in self.uncosted],
        }
        if self.counts["derived"]:
            found["derived"] = self.counts["derived"]
        return found


def _cells(one: RegisterEntry) -> EntryCells:
    return {
        **cells_of(Named(one.name, one.figure)),
        "dollars": None if one.dollars is None else Money(one.dollars),
        "scenario": one.plan,
        "year": one.figure.as_of,
        "other_year": one.other_year,
    }


_LINK = re.compile(r"\S*(?:://|www\.)\S*")


def without_links(source: str) -> str:
    """A source as a table names it; where it is nothing but a link, the link."""
    return " ".join(_LINK.sub(" ", source).split()).rstrip(" ,;:(") or source


def _uncosted_table(label: str, found: Sequence[Uncosted]) -> Table:
    rows = [TableRow((one.what, one.why)) for one in found] or [TableRow(("nothing", ""))]
    return Table(f"{label}: not costed", (TableColumn("", "left"), TableColumn("why", "left")), tuple(rows))


# What rests on a figure


class _Entries:
    """Each figure once, wherever it is copied or used, by its place; with the plan in which most rests on it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.naming, self.resting = ledger, Naming(ledger), Resting()
        self.found: dict[Place, RegisterEntry] = {}
        self._inputs: dict[int, tuple[Formula, list[Named]]] = {}

    def of(self, plans: Sequence[PlanLedger]) -> list[RegisterEntry]:
        for plan in plans:
            self._of_lines(plan)
            for fund, name, figure in budget_figures(plan):
                if name in (STUDENTS, change_of(STUDENTS)):  # told once for all that rests on them
                    continue
                money = budget_basis(plan, fund)
                whole = isinstance(money, Input)
                rests = figure.value if whole else value(money) - value(money, {figure: 0})
                self._add(name, figure, rests, plan.name)
            for name, figure in last_levies(plan):
                self._add(name, figure, None, plan.name)
            if plan.plan.rooms_available is not None:
                self._add("rooms available", plan.plan.rooms_available, None, plan.name)
            if plan.plan.students is not None:
                known = self.ledger.baseline.plan.students
                own = known is None or known.place != plan.plan.students.place
                name = in_plan("students", plan.name) if own else STUDENTS
                self._add(name, plan.plan.students, None, plan.name)
            for name, figure in team_figures(plan.plan):
                self._add(self.naming.stated.get(figure.place, name), figure, None, plan.name)
            for name, figure in time_figures(plan.plan):
                self._add(self.naming.stated.get(figure.place, name), figure, None, plan.name)
            self._of_allotment(plan)
            self._of_rooms(plan)
        self._of_students_growth([plan.name for plan in plans])
        return list(self.found.values())

    def _of_lines(self, plan: PlanLedger) -> None:
        rests = self.resting.of((*plan.lines, *plan.nothing))
        named: set[Place] = set()
        for at, line in enumerate((*plan.lines, *plan.nothing)):
            for given in self._inputs_of(line.formula):
                place = given.figure.place
                if place in named or (at >= len(plan.lines) and not rests[place]):
                    continue
                named.add(place)
                dollars, known = rests[place], self.found.get(place)
                if known is None or known.dollars is None or abs(dollars) > abs(known.dollars):
                    name = self.naming.of(plan, line.post, given)
                    self._add(name, given.figure, dollars, plan.name)

    def _of_students_growth(self, plans: Sequence[str]) -> None:
        for rate, dollars in resting_on_growth(self.ledger):
            for name in plans:
                self._add(self.naming.stated[rate.place], rate, dollars[name] or None, name)

    def _of_allotment(self, plan: PlanLedger) -> None:
        if plan.plan.allotment is None:
            return
        self._add("allotment", plan.plan.allotment, None, plan.name)
        for role in plan.staff:
            for given in inputs_of(role.staff.fte):
                self._add(self.naming.of(plan, role.role, given), given.figure, None, plan.name)
        for one in plan.plan.staff:
            if one.post.role.weight is not None:
                self._add(f"weight of {one.post.name}", one.post.role.weight, None, plan.name)

    def _of_rooms(self, plan: PlanLedger) -> None:
        for one in plan.plan.staff:
            if one.post.role.rooms is not None:
                self._add(f"rooms of {one.post.name}", one.post.role.rooms, None, plan.name)

    def _inputs_of(self, formula: Formula) -> list[Named]:
        if id(formula) not in self._inputs:  # kept with the formula, so that its id stays its own
            self._inputs[id(formula)] = formula, inputs_of(formula)
        return self._inputs[id(formula)][1]

    def _add(self, name: str, figure: Figure, dollars: Decimal | None, plan: str) -> None:
        if figure.relative is not None:  # what it is made of
            own, change = figure.relative
            self._add(self.naming.stated.get(own.place, name), own, dollars, plan)
            self._add(self.naming.stated.get(change.place, change_of(name)), change, dollars, plan)
            return
        known = self.found.get(figure.place)
        more = known is None or (dollars is not None and (known.dollars is None or abs(dollars) > abs(known.dollars)))
        if more:
            stated = name if known is None else known.name
            other = other_year(figure, self.ledger.school.year)
            self.found[figure.place] = RegisterEntry(stated, figure, dollars, plan, other)
