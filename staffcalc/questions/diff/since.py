"""`diff --against COMMIT`: what became of every plan of a file since a commit, and the steps of those that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, NotRequired

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import ZERO, total
from staffcalc.costing.measures.fund_use import fund_uses
from staffcalc.costing.measures.unknown import unpriced
from staffcalc.questions.answers import VERSION, Answer, OfPlan, OfSchoolYear
from staffcalc.questions.diff.diff_tables import RECORD_COLUMNS, rows_of, tables_of
from staffcalc.questions.diff.differing import DiffAnswer, Difference, diff_data, ends_in_commits
from staffcalc.questions.fit import verdict
from staffcalc.questions.labels import school_labels
from staffcalc.questions.notes import school_notes
from staffcalc.questions.percents import IN_PERCENT, share
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Cell, Money, NotAvailable, Records, Report, Table, TableColumn, TableRow, Verdict

What = Literal["unchanged", "changed", "new", "gone"]


class PlanData(OfPlan):
    """What became of a plan."""

    what: Annotated[What, "Whether it is as it was, another one, new, or gone."]
    before: Annotated[Money | NotAvailable | None, "What it cost; null: it is new, or was not stated."]
    now: Annotated[Money | NotAvailable | None, "What it costs; null: it is gone, or is not stated."]
    change: Annotated[Money | NotAvailable | None, "`now` less `before`; null: one of them is."]
    verdict: Annotated[str | None, "Whether it fits, in words; null: it is gone."]
    verdict_before: Annotated[str | None, "Whether it fitted; null: it is new."]
    difference: NotRequired[Annotated[DiffAnswer, "What changed; left out: it is as it was, new, or gone."]]


class SinceAnswer(Answer, OfSchoolYear):
    """What `diff --against COMMIT` answers."""

    against: Annotated[str, "The commit, as it is named."]
    plans: Annotated[list[PlanData], "Every plan of the file, then those that are gone."]


class _Plan(NamedTuple):
    """A plan before and now; what differs, where it was there and still is."""

    name: str
    before: PlanLedger | None
    now: PlanLedger | None
    difference: Difference | None

    @property
    def what(self) -> What:
        if self.before is None or self.now is None:
            return "new" if self.before is None else "gone"
        assert self.difference is not None
        return "changed" if _is_another(self.difference, self.before, self.now) else "unchanged"

    @property
    def costs(self) -> tuple[Money | NotAvailable | None, Money | NotAvailable | None]:
        """What it cost, and what it costs."""
        return _cost(self.before), _cost(self.now)

    @property
    def change(self) -> Money | NotAvailable | None:
        return None if self.difference is None else self.difference.change


def _cost(plan: PlanLedger | None) -> Money | NotAvailable | None:
    return None if plan is None else NA if plan.plan.not_stated else Money(total(plan.lines))


def _is_another(difference: Difference, before: PlanLedger, now: PlanLedger) -> bool:
    """Whether anything differs that the plan is judged by: posts, dollars, funds, teams, time, or what is left."""
    found = (difference.moves, difference.posts, difference.teams, difference.time)
    return any(found) or fund_uses(before) != fund_uses(now) or verdict(before) != verdict(now)


def since(ledger: Ledger, before: Ledger, commit: str, *, details: bool = False, only: str | None = None) -> Report:
    """The report on every plan of a file since a commit, in which it was as `before` has it: a line each, then the
    steps of those that changed. `only`: of this plan alone."""
    plans = [one for one in _plans(ledger, before, commit) if only in (None, one.name)]
    changed = [one.difference for one in plans if one.difference is not None and one.what == "changed"]
    return Report(
        tables=(_table(ledger, plans, commit), *(table for one in changed for table in tables_of(one, details))),
        records=lambda: Records(RECORD_COLUMNS, [row for one in plans for row in _rows(ledger, one, commit)]),
        data=lambda: _data(ledger, plans, commit),
        notes=tuple(dict.fromkeys(school_notes([before, ledger]))),
    )


def _plans(ledger: Ledger, before: Ledger, commit: str) -> Iterator[_Plan]:
    """Every plan in the order of the file, then those that are gone."""
    old = {plan.name: plan for plan in before.plans}
    for now in ledger.plans:
        was = old.pop(now.name, None)
        difference = None if was is None else Difference(*ends_in_commits(before, was, ledger, now, commit), "")
        yield _Plan(now.name, was, now, difference)
    yield from (_Plan(name, plan, None, None) for name, plan in old.items())


def _table(ledger: Ledger, plans: Sequence[_Plan], commit: str) -> Table:
    columns = (
        *(TableColumn("", "left"), TableColumn(f"cost ({commit})"), TableColumn("cost (now)")),
        *(TableColumn("change"), TableColumn(IN_PERCENT), TableColumn("", "left")),
    )
    [label] = school_labels([ledger])
    return Table(f"{label}: since {commit}", columns, tuple(TableRow(_cells(one)) for one in plans))


def _cells(one: _Plan) -> tuple[Cell, ...]:
    change = one.change._replace(signed=True) if isinstance(one.change, Money) else one.change
    partly = any(plan is not None and unpriced(plan) for plan in (one.before, one.now))
    name = f"{one.name}, as far as stated" if partly else one.name
    return (name, *one.costs, change, _share(one), _verdict(one))


def _share(one: _Plan) -> Cell:
    """The change in percent of what the plan cost; blank where that was nothing."""
    cost = one.costs[0]
    if not (isinstance(one.change, Money) and isinstance(cost, Money)):
        return None
    found = share(one.change.amount, cost.amount)
    return None if found is None else found._replace(signed=True)


def _verdict(one: _Plan) -> Verdict:
    """What became of a plan, and whether it fits; where that is no longer so, what was."""
    if one.now is None:
        return Verdict("gone", good=None)
    now = verdict(one.now)
    was = None if one.before is None else verdict(one.before).good
    turned = ", and fitted before" if was and now.good is False else ""
    turned = ", and was over before" if was is False and now.good else turned
    return now._replace(text=f"{one.what}: {now.text}{turned}")


# For programs


def _rows(ledger: Ledger, one: _Plan, commit: str) -> list[tuple[Cell, ...]]:
    """The steps of a plan that changed; of any other one row: what became of it, and the dollars that come or go."""
    if one.difference is not None and one.what == "changed":
        return rows_of(one.difference)
    before, now = (cost.amount if isinstance(cost, Money) else ZERO for cost in one.costs)
    labels = f"{one.name} ({commit})", f"{one.name} (now)"
    told = (one.what, None, None, None, _verdict(one).text, Money(now - before), _share(one))
    return [(ledger.school.name, *labels, *told)]


def _data(ledger: Ledger, plans: Sequence[_Plan], commit: str) -> SinceAnswer:
    school = ledger.school
    return {
        "staffcalc": VERSION,
        "school": school.name,
        "file": school.file,
        "year": school.year,
        "against": commit,
        "plans": [_plan_data(one) for one in plans],
    }


def _plan_data(one: _Plan) -> PlanData:
    found: PlanData = {
        "name": one.name,
        "what": one.what,
        "before": one.costs[0],
        "now": one.costs[1],
        "change": one.change,
        "verdict": None if one.now is None else verdict(one.now).text,
        "verdict_before": None if one.before is None else verdict(one.before).text,
    }
    if one.difference is not None and one.what == "changed":
        found["difference"] = diff_data(one.difference)
    return found
