"""`diff --to-year`: from a plan's cost in one year to its cost in the next: what contracts and prices add, and what is
decided; and beside it the budget's own change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, NotRequired, TypedDict

from staffcalc.costing.growth.causes import DECISIONS
from staffcalc.costing.ledger import Ledger
from staffcalc.costing.measures.unknown import unpriced
from staffcalc.costing.remarks import changes_of_ended_funds
from staffcalc.costing.years.later_years import years_ahead
from staffcalc.questions.answers import VERSION, Answer, OfPlan, OfSchoolYear
from staffcalc.questions.diff.bridge_lines import grouped
from staffcalc.questions.diff.known_steps import known_bridge
from staffcalc.questions.fit import verdict
from staffcalc.questions.forecast.outlooks import Outlooks, Year
from staffcalc.questions.labels import school_labels
from staffcalc.questions.notes import school_notes
from staffcalc.questions.percents import CHANGE_OF_BUDGET, Budgets, budget_change, budget_rows, percent, share
from staffcalc.questions.selection import UnknownNameError
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Cell, Money, NotAvailable, Percent, Records, Report, Table, TableColumn, TableRow
from staffcalc.source.problems import nearest

RECORD_COLUMNS = ("school", "scenario", "from", "to", "step", "what", "amount", "share")
Kind = Literal["grows", "decided", "budget"]


class WalkStep(NamedTuple):
    """One step of a walk: what grows by itself, what is decided, or what the budget has more, in dollars; None: nobody
    has stated what it costs."""

    kind: Kind
    what: str
    amount: Decimal | None


class Walk(NamedTuple):
    """A plan from one year to the next. The steps that are none of the budget add up to the change of its cost."""

    before: Year
    after: Year
    steps: tuple[WalkStep, ...]

    @property
    def years(self) -> tuple[str, str]:
        """The names of both years."""
        return self.before.name, self.after.name

    @property
    def costs(self) -> tuple[Decimal, Decimal]:
        """The cost in both years, as far as it is stated."""
        return self.before.dollars, self.after.dollars

    @property
    def totals(self) -> tuple[Decimal | None, Decimal | None]:
        """The same; None of staff that is counted in positions alone."""
        return self.before.found.cost, self.after.found.cost

    @property
    def budgets(self) -> Budgets:
        """The budget in both years; None where none is stated."""
        return self.before.found.budget, self.after.found.budget

    def of(self, step: WalkStep) -> Decimal | None:
        """What a step is a share of: the cost of the first year, or its budget."""
        return self.budgets[0] if step.kind == "budget" else self.costs[0]

    @property
    def is_whole(self) -> bool:
        """Whether all that changes is stated."""
        return all(step.amount is not None for step in self.steps)


def walk(ledger: Ledger, scenario: str | None, to_year: str) -> Report:
    """The walk of a plan (left out: the last one of the file) to a year, from each year before it to the next.

    Raises UnknownNameError for a scenario or a year that there is not.
    """
    names = [plan.name for plan in ledger.plans]
    name = scenario or names[-1]
    if name not in names:
        raise UnknownNameError(f"no scenario `{name}` in {ledger.school.file}: {nearest(name, names, 'scenarios')}")
    if ledger.plans[names.index(name)].plan.not_stated:
        raise UnknownNameError(f"no walk of `{name}` in {ledger.school.file}: the plan is not stated")
    try:
        number = years_ahead(ledger.stated, to_year)
    except ValueError as error:
        raise UnknownNameError(f"{ledger.school.file}: no year {to_year}: {error}") from None
    if not number:
        raise UnknownNameError(f"{to_year} is the file's own year: a walk goes to a later one")
    walks = list(_walks(ledger, name, number))
    [label] = school_labels([ledger])
    return Report(
        tables=tuple(_table(label, name, one) for one in walks),
        records=lambda: _records(ledger, name, walks),
        data=lambda: _data(ledger, name, walks),
        notes=(*school_notes([ledger]), *_of_ended_funds(ledger, number)),
    )


def _of_ended_funds(ledger: Ledger, number: int) -> Iterator[str]:
    return (f"{ledger.school.file}: {note}" for note in changes_of_ended_funds(ledger.stated, number))


def _walks(ledger: Ledger, name: str, number: int) -> Iterator[Walk]:
    names = list(dict.fromkeys([ledger.stated.plans[0].name, name]))
    found = Outlooks(ledger.stated, names, number + 1, ledger.price)
    outlook = next(one for one in found.all if one.name == name)
    for at, (before, after) in enumerate(pairwise(outlook.years), start=1):
        grows = [WalkStep("grows", cause, amount) for cause, amount in after.split.items() if cause != DECISIONS]
        unit = ledger.school.rounded_to
        moves = known_bridge(found.undecided[at][name], after.plan, unit, unit)
        decided = [WalkStep("decided", one.what, one.amount if one.known else None) for one in grouped(moves)]
        walked = Walk(before, after, tuple(one for one in (*grows, *decided) if one.amount != 0))
        if (by := budget_change(walked.budgets)) is not None:
            walked = walked._replace(steps=(*walked.steps, WalkStep("budget", CHANGE_OF_BUDGET, by)))
        yield walked


def _table(label: str, name: str, one: Walk) -> Table:
    (first, last), (before, after), totals = one.years, one.costs, one.totals
    stated = [", as far as stated" if unpriced(year.plan) else "" for year in (one.before, one.after)]
    rows = [TableRow((f"cost in {first}{stated[0]}", _or_na(totals[0]), None), "total")]
    for kind, heading in (("grows", "what grows"), ("decided", "what is decided")):
        those = [step for step in one.steps if step.kind == kind]
        if those:
            rows.append(TableRow((heading, None, None), "heading"))
            rows += [TableRow((step.what, _money(step.amount), percent(step.amount, one.of(step)))) for step in those]
    change = percent(after - before, before) if one.is_whole else NA
    rows.append(TableRow((f"cost in {last}{stated[1]}", _or_na(totals[1]), change), "total"))
    rows += [TableRow(cells) for cells in budget_rows((f"budget in {first}", f"budget in {last}"), one.budgets)]
    rows.append(TableRow(("", verdict(one.after.plan), None), "verdict"))
    columns = (TableColumn("", "left"), TableColumn("amount"), TableColumn(f"of {first}"))
    return Table(f"{label}: {name}, from {first} to {last}", columns, tuple(rows))


def _or_na(amount: Decimal | None) -> Money | NotAvailable:
    return NA if amount is None else Money(amount)


def _money(amount: Decimal | None) -> Money | NotAvailable:
    return NA if amount is None else Money(amount, signed=True)


class WalkStepData(TypedDict):
    """A step of a walk."""

    step: Annotated[Kind, "What grows by itself, what is decided, or what the budget has more."]
    what: Annotated[str, "The step in words."]
    amount: Annotated[Money | NotAvailable, "The change in dollars; null: it is not stated."]
    share: Annotated[Percent | None, "The same of the cost (of the budget) of the first year; null: there is none."]


WalkData = TypedDict(
    "WalkData",
    {
        "from": Annotated[str, "The year that the walk comes from."],
        "to": Annotated[str, "The year that it goes to."],
        "costs": Annotated[list[Money], "The cost in both years."],
        "budgets": NotRequired[Annotated[list[Money], "The budget in both years; left out: none is stated."]],
        "steps": Annotated[
            list[WalkStepData], "The steps; those that are none of the budget add up to the change of cost."
        ],
        "verdict": Annotated[str, "Whether the plan fits its budget in the year that the walk goes to."],
    },
)


class PlanWalks(OfPlan, OfSchoolYear):
    """A plan of a school, year by year."""

    walks: Annotated[list[WalkData], "From each year to the next."]


class WalkAnswer(Answer):
    """What `diff --to-year` answers."""

    scenario: Annotated[PlanWalks, "The plan that is walked with."]


def _data(ledger: Ledger, name: str, walks: Sequence[Walk]) -> WalkAnswer:
    school = ledger.school
    own: PlanWalks = {
        "name": name,
        "school": school.name,
        "file": school.file,
        "year": school.year,
        "walks": [_walk_data(one) for one in walks],
    }
    return {"staffcalc": VERSION, "scenario": own}


def _walk_data(one: Walk) -> WalkData:
    found: WalkData = {
        "from": one.years[0],
        "to": one.years[1],
        "costs": [Money(cost) for cost in one.costs],
        "steps": [
            {
                "step": step.kind,
                "what": step.what,
                "amount": NA if step.amount is None else Money(step.amount),
                "share": share(step.amount, one.of(step)),
            }
            for step in one.steps
        ],
        "verdict": verdict(one.after.plan).text,
    }
    budgets = [Money(budget) for budget in one.budgets if budget is not None]
    if len(budgets) == len(one.budgets):
        found["budgets"] = budgets
    return found


def _records(ledger: Ledger, name: str, walks: Sequence[Walk]) -> Records:
    rows: list[tuple[Cell, ...]] = []
    for one in walks:
        for step in one.steps:
            amount = None if step.amount is None else Money(step.amount)
            phrases = step.kind, step.what, amount, share(step.amount, one.of(step))
            rows.append((ledger.school.name, name, *one.years, *phrases))
    return Records(RECORD_COLUMNS, rows)
