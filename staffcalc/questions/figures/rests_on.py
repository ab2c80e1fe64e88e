"""What an answer rests on, in one line: the dollars that rest on figures which the file marks as assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Annotated, TypedDict

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.measures import assumed_share
from staffcalc.costing.resting import Assumed, Assuming
from staffcalc.formula.words import money, percent
from staffcalc.questions.answers import OfPlan
from staffcalc.records import NamedTuple
from staffcalc.report import Money, Percent
from staffcalc.school.school import School

MOST_NAMED = 3
"""So many scenarios are told one by one; of more, the least and the most."""


class PlanData(OfPlan):
    """What of a plan rests on assumed figures."""

    cost: Annotated[Money, "The dollars of its cost that do."]
    share: Annotated[Percent | None, "Their share of the cost; null: there is no cost."]
    change: Annotated[Money | None, "The dollars of its change that do; null: of the plan that others change from."]
    change_share: Annotated[Percent | None, "Their share of the change; null: there is none."]
    budget: Annotated[Money, "The dollars of its budget that do."]
    budget_share: Annotated[Percent | None, "Their share of the budget; null: there is none."]


class RestsOnData(TypedDict):
    """What an answer rests on."""

    line: Annotated[str, "The same in words."]
    plans: Annotated[list[PlanData], "Plan by plan; none where no figure is marked as assumed."]


class _Rests(NamedTuple):
    """What of a plan rests on assumed figures: of its cost, of its change (None: it is what others change from), and of
    its budget."""

    name: str
    cost: Assumed
    change: Assumed | None
    budget: Assumed


class Told(NamedTuple):
    """What the plans of one school rest on, worked out: in words (none where the file says of no figure where it is
    from), plan by plan (none where no figure is marked as assumed), and how many plans there are."""

    line: str
    found: Sequence[_Rests]
    number: int

    def data(self) -> RestsOnData | None:
        """The same for a program; None where there is no line."""
        return {"line": self.line, "plans": [_data(one) for one in self.found]} if self.line else None


class RestsOn:
    """What the plans of one school rest on. `before` is what a plan is compared with: the baseline, or in a forecast
    the plan itself in the first year. `when` names the year of the plans, where that is not the file's."""

    def __init__(
        self,
        school: School,
        plans: Sequence[PlanLedger],
        before: Callable[[PlanLedger], PlanLedger],
        when: str = "",
    ) -> None:
        self.school, self.before, self.when = school, before, when
        self.plans = [plan for plan in plans if not plan.plan.not_stated]
        self._assuming = Assuming()

    @cached_property
    def found(self) -> list[_Rests]:
        """What of each plan rests on assumed figures; empty where the file marks none."""
        return (
            [self._of(plan, self.before(plan)) for plan in self.plans] if "assumed" in self.school.annotations else []
        )

    def _of(self, plan: PlanLedger, before: PlanLedger) -> _Rests:
        cost = self._assuming.of(plan)
        change = None if plan is before else cost.of_change(self._assuming.of(before))
        return _Rests(plan.name, cost, change, self._assuming.of_budget(plan))

    @property
    def line(self) -> str:
        """The line; none where the file says of no figure where it is from."""
        if not {"assumed", "source", "derived"} & self.school.annotations:
            return ""
        unstated = all(plan.budget is None and plan.plan.allotment is None for plan in self.plans)
        phrase = self._in_words() if self.found else "no figure is marked as assumed"
        more = "; figures that are derived are not among them" if "derived" in self.school.annotations else ""
        more += "; no budget is stated" if unstated else ""
        return f"Rests on assumed figures{self.when}: {phrase}{more}."

    @property
    def told(self) -> Told:
        """All of it worked out, so that the plans need not be kept."""
        return Told(self.line, self.found, self.number)

    @property
    def number(self) -> int:
        """How many plans there are."""
        return len(self.plans)

    def data(self) -> RestsOnData | None:
        """The same for a program; None where there is no line."""
        return self.told.data()

    def _in_words(self) -> str:
        first, others = self.found[0], self.found[1:]
        if not any(one.budget.dollars or one.cost.dollars for one in self.found):
            return "nothing of these plans"
        if len(others) <= MOST_NAMED:
            return "; ".join(map(_say, self.found))
        return f"{_say(first)}; {len(others)} scenarios {_range(others)}"


def _say(one: _Rests) -> str:
    """ "leads $102,740 of the cost (8.36%) and $102,740 of the change (−320.46%)"."""
    parts = [(one.cost, "cost"), (one.change, "change"), (one.budget, "budget")]
    phrases = [_of(found, what) for found, what in parts if found is not None and found.dollars]
    return (
        f"{one.name} {', '.join(phrases[:-1])}{' and ' if phrases[1:] else ''}{phrases[-1] if phrases else 'nothing'}"
    )


def _of(found: Assumed, what: str) -> str:
    share = assumed_share(found)
    if share is None:
        return f"{money(found.dollars)} of a {what} of $0"
    return f"{money(found.dollars)} of the {what} ({percent(share)})"


def _range(found: Sequence[_Rests]) -> str:
    """The least and the most of several plans."""
    parts = [_least_to_most([one.cost for one in found], "cost")]
    parts += [_least_to_most([one.change for one in found if one.change is not None], "change", shares=False)]
    parts += (
        [_least_to_most([one.budget for one in found], "budget")] if any(one.budget.dollars for one in found) else []
    )
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _least_to_most(found: Sequence[Assumed], what: str, *, shares: bool = True) -> str:
    """The dollars from the least to the most, and their shares where these say something: of no changes up and down."""
    told = f"{_span(sorted(one.dollars for one in found), money)} of the {what}"
    known = sorted(share for one in found if (share := assumed_share(one)) is not None)
    return f"{told} ({_span(known, percent)})" if shares and known else told


def _span(numbers: Sequence[Decimal], say: Callable[[Decimal], str]) -> str:
    least, most = say(numbers[0]), say(numbers[-1])
    return least if least == most else f"{least} to {most}"


def _data(one: _Rests) -> PlanData:
    return {
        "name": one.name,
        "cost": Money(one.cost.dollars),
        "share": _share(one.cost),
        "change": None if one.change is None else Money(one.change.dollars),
        "change_share": None if one.change is None else _share(one.change),
        "budget": Money(one.budget.dollars),
        "budget_share": _share(one.budget),
    }


def _share(found: Assumed) -> Percent | None:
    share = assumed_share(found)
    return None if share is None else Percent(share)


def closing(labels: Sequence[str], found: Sequence[RestsOn | Told]) -> Iterator[str]:
    """The lines that end an answer: one a school, with its label where there are several."""
    for label, one in zip(labels, found, strict=True):
        if one.line:
            yield f"{label}: {one.line}" if len(found) > 1 else one.line


def closing_of_many(found: Sequence[RestsOn | Told]) -> Iterator[str]:
    """The line that ends an answer on many schools: what share of their plans' costs rests on assumed figures."""
    every = [rests for one in found for rests in one.found]
    shares = sorted(share for one in every if (share := assumed_share(one.cost)) is not None)
    if shares:
        plans = sum(one.number for one in found)
        yield f"Rests on assumed figures: {_span(shares, percent)} of the cost of {len(every)} of {plans} plans."
