"""`diff --to-year`: from a plan's cost in one year to its cost in the next: what contracts and prices add, and what is
decided; and beside it the budget's own change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple, NotRequired, TypedDict

from staffcalc.costing.bridge import bridge
from staffcalc.costing.causes import DECISIONS
from staffcalc.costing.later_years import years_ahead
from staffcalc.costing.ledger import Ledger
from staffcalc.costing.measures import quotient
from staffcalc.questions.answers import VERSION, Answer, OfPlan, OfSchoolYear
from staffcalc.questions.compare import notes, school_labels
from staffcalc.questions.diff import grouped
from staffcalc.questions.fit import verdict
from staffcalc.questions.outlooks import Outlooks, Year
from staffcalc.questions.picking import UnknownNameError
from staffcalc.report import NA, Cell, Column, Money, Percent, Records, Report, Row, Table
from staffcalc.source.problems import nearest

RECORD_COLUMNS = ("school", "scenario", "from", "to", "step", "what", "amount", "share")
Kind = Literal["grows", "decided", "budget"]


class Step(NamedTuple):
    """One step of a walk: what grows by itself, what is decided, or what the budget has more, in dollars."""

    kind: Kind
    what: str
    amount: Decimal


class Walk(NamedTuple):
    """A plan from one year to the next. The steps that are none of the budget add up to the change of its cost."""

    before: Year
    after: Year
    steps: tuple[Step, ...]

    @property
    def years(self) -> tuple[str, str]:
        """The names of both years."""
        return self.before.name, self.after.name

    @property
    def costs(self) -> tuple[Decimal, Decimal]:
        """The cost in both years."""
        return self.before.found.cost, self.after.found.cost

    @property
    def budgets(self) -> tuple[Decimal | None, Decimal | None]:
        """The budget in both years; None where none is stated."""
        return self.before.found.budget, self.after.found.budget

    def share(self, step: Step) -> Decimal | None:
        """What a step is of the cost of the first year, or of its budget."""
        return _share(step.amount, self.budgets[0] if step.kind == "budget" else self.costs[0])


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
        notes=notes([ledger]),
    )


def _walks(ledger: Ledger, name: str, number: int) -> Iterator[Walk]:
    names = list(dict.fromkeys([ledger.stated.plans[0].name, name]))
    found = Outlooks(ledger.stated, names, number + 1, ledger.price)
    outlook = next(one for one in found.all if one.name == name)
    for at, (before, after) in enumerate(pairwise(outlook.years), start=1):
        grows = [Step("grows", cause, amount) for cause, amount in after.split.items() if cause != DECISIONS]
        unit = ledger.school.unit
        moves = bridge(found.undecided[at][name].plan, after.plan.plan, unit, unit)
        decided = [Step("decided", what, amount) for what, amount in grouped(moves)]
        walked = Walk(before, after, tuple(one for one in (*grows, *decided) if one.amount))
        old, new = walked.budgets
        if old is not None and new is not None:
            walked = walked._replace(steps=(*walked.steps, Step("budget", "change of the budget", new - old)))
        yield walked


def _share(amount: Decimal, of: Decimal | None) -> Decimal | None:
    return quotient(amount, of, 4)


def _table(label: str, name: str, one: Walk) -> Table:
    (first, last), (before, after), (old, new) = one.years, one.costs, one.budgets
    rows = [Row((f"cost in {first}", Money(before), None), "total")]
    for kind, heading in (("grows", "what grows"), ("decided", "what is decided")):
        those = [step for step in one.steps if step.kind == kind]
        if those:
            rows.append(Row((heading, None, None), "heading"))
            rows += [Row((step.what, Money(step.amount, signed=True), _percent(one.share(step)))) for step in those]
    rows.append(Row((f"cost in {last}", Money(after), _percent(_share(after - before, before))), "total"))
    if old is not None and new is not None:
        rows.append(Row((f"budget in {first}", Money(old), None)))
        rows.append(Row((f"budget in {last}", Money(new), _percent(_share(new - old, old)))))
    rows.append(Row(("", verdict(one.after.plan), None), "verdict"))
    columns = (Column("", "left"), Column("amount"), Column(f"of {first}"))
    return Table(f"{label}: {name}, from {first} to {last}", columns, tuple(rows))


def _percent(share: Decimal | None) -> Cell:
    return NA if share is None else Percent(share)


class StepData(TypedDict):
    """A step of a walk."""

    step: Annotated[Kind, "What grows by itself, what is decided, or what the budget has more."]
    what: Annotated[str, "The step in words."]
    amount: Annotated[Money, "The change in dollars."]
    share: Annotated[Percent | None, "The same of the cost (of the budget) of the first year; null: there is none."]


WalkData = TypedDict(
    "WalkData",
    {
        "from": Annotated[str, "The year that the walk comes from."],
        "to": Annotated[str, "The year that it goes to."],
        "costs": Annotated[list[Money], "The cost in both years."],
        "budgets": NotRequired[Annotated[list[Money], "The budget in both years; left out: none is stated."]],
        "steps": Annotated[
            list[StepData], "The steps; those that are none of the budget add up to the change of cost."
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
                "amount": Money(step.amount),
                "share": None if (share := one.share(step)) is None else Percent(share),
            }
            for step in one.steps
        ],
        "verdict": verdict(one.after.plan).text,
    }
    old, new = one.budgets
    if old is not None and new is not None:
        found["budgets"] = [Money(old), Money(new)]
    return found


def _records(ledger: Ledger, name: str, walks: Sequence[Walk]) -> Records:
    rows: list[tuple[Cell, ...]] = []
    for one in walks:
        for step in one.steps:
            share = one.share(step)
            said = None if share is None else Percent(share)
            rows.append((ledger.school.name, name, *one.years, step.kind, step.what, Money(step.amount), said))
    return Records(RECORD_COLUMNS, rows)
