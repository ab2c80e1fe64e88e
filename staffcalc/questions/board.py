"""`report`: the page for a board. It is made of what the other questions answer, and has no figure of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import cast

from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.lines import ZERO
from staffcalc.formula.words import money, percent
from staffcalc.language.school_year import first_of
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.compare.compare import OF_TEAMS, OF_TIME, compare
from staffcalc.questions.compare.compared import CompareAnswer, CompareSchoolData
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.diff.walk import walk
from staffcalc.questions.figures.growth_rules import rules_missing
from staffcalc.questions.figures.rests_on import PlanData
from staffcalc.questions.fit import NO_BUDGET
from staffcalc.questions.forecast.forecast import check_years, forecast
from staffcalc.questions.forecast.year_tables import CHANGE, CLIFF, FORECAST, LASTS
from staffcalc.questions.forecast.yearly import ForecastAnswer
from staffcalc.questions.labels import school_labels
from staffcalc.questions.selection import in_the_year
from staffcalc.questions.time_spent import time_spent
from staffcalc.records import NamedTuple
from staffcalc.report import (
    NA,
    Bar,
    Cell,
    Drawing,
    Mark,
    Money,
    Page,
    Part,
    Percent,
    Report,
    Section,
    Sentence,
    Table,
    TableRow,
    Verdict,
)
from staffcalc.school.school import BASELINE

ABOUT = "What the plans cost, what they exchange, and whether the existing budget pays for them"
YEARS = 5
STDIN = "-"


class BoardPlan(NamedTuple):
    """A plan as the page tells of it: in the year in which it begins, which is the ledger's; `later`: the name of that
    year, where it is not the one asked for. `row` is its row of the summary."""

    name: str
    ledger: Ledger
    later: str | None
    row: TableRow


class Asked(NamedTuple):
    """What the page is asked for: a file with the figures of all years, its ledger in one year, and some scenarios."""

    file: Ledger
    ledger: Ledger
    scenarios: Sequence[str]
    years: int

    @property
    def label(self) -> str:
        """What the school is called: its name and the year."""
        return school_labels([self.ledger])[0]


def board(
    file: Ledger,
    scenarios: Sequence[str] = (),
    *,
    year: str | None = None,
    years: int = YEARS,
    day: date | None = None,
) -> Page:
    """The page on a school's plans: `scenarios` picks some (the baseline stays), `year` is that of the comparison (left
    out: the file's), so many `years` are told of the forecast, and `day` stands at its foot.

    Raises UnknownNameError for a scenario or a year that there is not, and for a number of years that makes no sense.
    """
    check_years(years)
    ledger = file if year is None else cost_school(in_the_year(file.stated, year, file.price), file.price)
    asked = Asked(file, ledger, scenarios, years)
    side_by_side = compare([ledger], scenarios, in_short=False)
    plans = [_plan(asked, row) for row in _rows_of_plans(ledger, scenarios)]
    whole, apart = _apart(side_by_side.tables[0], (OF_TEAMS, OF_TIME))
    sections = [
        _in_short(plans, cast(CompareAnswer, side_by_side.data())["schools"][0]),
        Section("Side by side", (_known(whole)._replace(title=""),)),
        *(_exchange(asked, one) for one in plans if one.name != BASELINE and _stated(one)),
        _teams_and_time(asked, apart),
        _ahead(asked),
        _rests_on(asked, side_by_side),
    ]
    name = file.school.file
    foot = ["standard input" if name == STDIN else os.path.basename(name)]
    foot += [f"{day:%B} {day.day}, {day.year}"] if day is not None else []
    return Page(asked.label, ABOUT, tuple(one for one in sections if one.parts), tuple(foot), side_by_side.notes)


def _rows_of_plans(ledger: Ledger, scenarios: Sequence[str]) -> tuple[TableRow, ...]:
    """The rows of the summary, a plan each."""
    [table] = compare([ledger], scenarios, in_short=True).tables
    return table.rows


def _plan(asked: Asked, row: TableRow) -> BoardPlan:
    """A plan that is not in force yet is told of in the year in which it begins."""
    name = str(row.cells[0])
    awaits = next(plan.plan.awaits for plan in asked.ledger.plans if plan.name == name)
    if awaits is None:
        return BoardPlan(name, asked.ledger, None, row)
    price = asked.file.price
    then = cost_school(in_the_year(asked.file.stated, awaits, price), price)
    return BoardPlan(name, then, awaits, _rows_of_plans(then, [name])[-1])


def _stated(one: BoardPlan) -> bool:
    return isinstance(one.row.cells[3], Money)


# In short


def _in_short(plans: Sequence[BoardPlan], answer: CompareSchoolData) -> Section:
    """Each plan in its sentences, and their costs drawn."""
    rests = {one["name"]: one for one in answer["rests_on"]["plans"]} if "rests_on" in answer else {}
    return Section("In short", (tuple(_plan_sentence(one, rests.get(one.name)) for one in plans), *_costs(answer)))


_SPOKEN = {
    "fits, ": "It fits, with ",
    "over by ": "It is over the budget by ",
    "met by ": "It is met by ",
    NO_BUDGET: "No budget is stated, so nothing says whether it fits",
    "n/a: ": "Whether it fits is not known: ",
}
"""How a verdict goes on in a sentence."""


def _plan_sentence(one: BoardPlan, rests: PlanData | None) -> Sentence:
    """The plan in plain sentences: what it costs, whether it fits, and what of that is assumed."""
    _, _, _, cost, change, share, verdict = one.row.cells
    assert isinstance(verdict, Verdict)
    begin, spoken = next((pair for pair in _SPOKEN.items() if verdict.text.startswith(pair[0])), ("", ""))
    fits = f"{spoken}{verdict.text.removeprefix(begin)}"
    if not isinstance(cost, Money):
        told = f"is counted in positions alone, without a price. {fits}."
        if verdict.good is None:
            told = "is not stated, and so it is not costed."
        note = _note(one)
        return Sentence(one.name, f"{told}{f' {note}' if note else ''}", verdict.good)
    when = f"begins in {one.later}, and then " if one.later else ""
    more = f", {_change(change, share, one.later)}" if isinstance(change, Money) else ""
    phrase = f"{when}costs {money(cost.amount)}{more}. {fits}."
    if rests is not None and one.later is None:
        assumed = (
            f"{money(rests['cost'].amount)} of the cost ({percent(rests['share'].value)}) rest on assumed figures"
            if rests["cost"].amount and rests["share"] is not None
            else "None of the cost rests on assumed figures"
        )
        phrase += f" {assumed}."
    return Sentence(one.name, phrase, verdict.good)


def _change(change: Money, share: Cell, later: str | None) -> str:
    """ "$44,244 less than today (−1.09%)"."""
    today = "today" if later is None else "today's staff"
    if not change.amount:
        return f"as much as {today}"
    part = f" ({'+' if share.value > 0 else ''}{percent(share.value)})" if isinstance(share, Percent) else ""
    return f"{money(abs(change.amount))} {'more' if change.amount > 0 else 'less'} than {today}{part}"


def _costs(answer: CompareSchoolData) -> Iterator[Drawing]:
    """The costs against the budgets, where there are any; and what each plan costs more or less than today."""
    held: list[Mark] = []
    around: list[Mark] = []
    for one in answer["scenarios"]:
        cost, budget, change = one["cost"], one["budget"], one["change"]
        if isinstance(cost, Money):
            limit = budget.amount if isinstance(budget, Money) else None
            held.append(Mark(one["name"], cost, ZERO, cost.amount, limit))
        if isinstance(change, Money) and one["name"] != BASELINE:
            around.append(Mark(one["name"], Money(change.amount, signed=True), ZERO, change.amount))
    if any(mark.limit is not None for mark in held):
        yield Drawing("Cost against the budget", "held", (("", tuple(held)),), _HELD)
    if any(mark.end for mark in around):
        yield Drawing("More or less than today", "around", (("", tuple(around)),), _AROUND)


_HELD = "The bar is the cost, the thin line the budget of all funds; what is striped is above it."
_AROUND = "To the right of the line: costs more than today’s staff, striped; to its left: less."
_STEPS = (
    "Each bar begins where the one above it ended: to the left it saves, to the right, striped, it costs. The figures "
    "below are the least and the most on the way, so that the drawing does not begin at nothing."
)
_LEFT = "To the right of the line: money is left; to its left, striped: that much is missing."
_YEARS = "What the plan costs in each year; no budget is stated."


# The plans one by one


def _exchange(asked: Asked, one: BoardPlan) -> Section:
    """What a plan exchanges for what, whom that displaces, and the bridge to its cost."""
    found = diff(one.ledger, None, BASELINE, one.name)
    note = _note(one)
    parts: list[Part] = [note] if note else []
    parts += (f"{phrase[:1].upper()}{phrase[1:]}." for phrase in found.closing())
    if one.later is not None:
        parts += _titled(walk(asked.file, one.name, one.later).tables, school_labels([asked.file])[0])
    for table in _titled(found.tables, school_labels([one.ledger])[0]):
        if table.barred and one.later is None:
            parts.append(_bridge(table))
        if table.title != "Time" and not (table.barred and one.later):  # told of all plans together; told by the walk
            parts.append(table)
    return Section(one.name if one.later is None else f"{one.name}, in {one.later}", tuple(parts))


def _note(one: BoardPlan) -> str:
    """What the file says of a plan."""
    note = next(plan.plan.note for plan in one.ledger.plans if plan.name == one.name)
    return " ".join(note.split()) if note else ""


def _bridge(table: Table) -> Drawing:
    """The steps of the bridge one after the other, from the cost of the one plan to the cost of the other."""
    marks: list[Mark] = []
    for row in table.rows:
        amount = next((cell for cell in row.cells if isinstance(cell, Money)), None)
        is_step = any(isinstance(cell, Bar) for cell in row.cells)
        if amount is not None and (is_step or not marks or row.kind == "total"):
            start = marks[-1].end if is_step else amount.amount
            marks.append(Mark(str(row.cells[0]), amount, start, start + amount.amount if is_step else start))
    return Drawing(f"{table.title}, drawn", "steps", (("", tuple(marks)),), _STEPS)


# The rest


def _teams_and_time(asked: Asked, apart: Table) -> Section:
    tables = _titled(time_spent([asked.ledger], asked.scenarios).tables, asked.label)
    apart = _known(apart)
    measured = (apart._replace(title=""),) if apart.rows else ()
    return Section("Teams and time", (*measured, *(table for table in tables if table.rows)))


def _ahead(asked: Asked) -> Section:
    """The years ahead, where the file says what becomes of its figures."""
    title, school = "The years ahead", asked.file.stated
    if school.year is None or first_of(school.year) is None:
        return Section(title, ("The file names no school year, so nothing is said of later ones.",))
    if rules := rules_missing(school):
        return Section(title, (f"The file says nothing of growth ({', '.join(rules)}), so later years are not told.",))
    found = forecast([asked.file], asked.scenarios, years=asked.years)
    tables = {table.name: table for table in _titled(map(_known, found.tables), school_labels([asked.file])[0])}
    others = (tables[name] for name in (FORECAST, CHANGE, CLIFF) if name in tables)
    return Section(title, (tables[LASTS], _year_by_year(cast(ForecastAnswer, found.data())), *others))


def _year_by_year(answer: ForecastAnswer) -> Drawing:
    """What is left in each year; where no budget is stated, what it costs."""
    plans = answer["schools"][0]["scenarios"]
    budgeted = any(year["left"] is not None for plan in plans for year in plan["years"])
    groups: list[tuple[str, tuple[Mark, ...]]] = []
    for plan in plans:
        amounts = [(year["year"], year["left"] if budgeted else year["cost"]) for year in plan["years"]]
        marks = tuple(Mark(name, amount, ZERO, amount.amount) for name, amount in amounts if amount is not None)
        groups += [(plan["name"], marks)] if marks else []
    if budgeted:
        return Drawing("Left of the budget, year by year", "around", tuple(groups), _LEFT, bad=True)
    return Drawing("Cost, year by year", "held", tuple(groups), _YEARS)


def _rests_on(asked: Asked, side_by_side: Report) -> Section:
    """Every figure that moved a dollar with its source, what has no cost, and what is to be remarked."""
    tables = [_without(table, "place") for table in assumptions([asked.ledger], asked.scenarios).tables]
    notes = (note.removeprefix(f"{asked.ledger.school.file}: ") for note in side_by_side.notes)
    remarks = [f"{note[:1].upper()}{note[1:]}." for note in notes]
    return Section("What it rests on", (*side_by_side.closing(), *remarks, *_titled(tables, asked.label)))


# Tables as the page shows them


def _titled(tables: Iterable[Table], label: str) -> list[Table]:
    """The tables without the name of the school, which is that of the page."""
    titled = ((table, table.title.removeprefix(label).removeprefix(": ")) for table in tables)
    return [table._replace(title=f"{title[:1].upper()}{title[1:]}") for table, title in titled]


def _known(table: Table) -> Table:
    """The table without rows of which nothing is known in any plan, and without headings that nothing follows."""
    rows: list[TableRow] = []
    for row in table.rows:
        if row.kind == "heading" and rows and rows[-1].kind == "heading":
            rows.pop()
        if row.kind == "heading" or any(cell is not NA and cell is not None for cell in row.cells[table.labels :]):
            rows.append(row)
    return table._replace(rows=tuple(rows[:-1] if rows and rows[-1].kind == "heading" else rows))


def _apart(table: Table, headings: Sequence[str]) -> tuple[Table, Table]:
    """The table without what stands below these headings, and with it alone."""
    rows: tuple[list[TableRow], list[TableRow]] = [], []
    at = 0
    for row in table.rows:
        if row.kind == "heading":
            at = int(row.cells[0] in headings)
        rows[at].append(row)
    return table._replace(rows=tuple(rows[0])), table._replace(rows=tuple(rows[1]))


def _without(table: Table, label: str) -> Table:
    """The table without a column."""
    return table.keeping([at for at, column in enumerate(table.columns) if column.label != label])
