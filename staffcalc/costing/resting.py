"""What rests on a figure: the cost as it stands less the cost with that figure at nothing, by the same formulas.

A line is shared by the funds so that the shares add up to it. What changes the line is therefore looked at once, in
the line; what only moves shares (a fund's share, the pay by which a line is shared) is looked at in the shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import ZERO, CostLine
from staffcalc.formula.formula import (
    Digits,
    Evaluation,
    Formula,
    FundedShare,
    Input,
    One,
    Quotient,
    Stepped,
    Sum,
    Values,
    digits_of,
    less,
    parts,
    value,
)
from staffcalc.formula.node import Node, fields, node
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.source.problems import Place

Dollars = Mapping[Place, Decimal]
"""What rests on the figure at each place; below zero where the figure saves money."""


class Resting:
    """What rests on figures, line by line. Plans share most of their lines: each is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Formula, Dollars]] = {}
        self._without = _Without()

    def of(self, lines: Iterable[CostLine]) -> dict[Place, Decimal]:
        """The dollars that rest on each figure in the lines of a plan, by the place of the figure."""
        rests: dict[Place, Decimal] = {}
        for formula in _apart(lines):
            if id(formula) not in self._known:  # kept with the formula, so that its id stays its own
                self._known[id(formula)] = formula, self._rests_on(formula)
            for place, dollars in self._known[id(formula)][1].items():
                rests[place] = rests.get(place, ZERO) + dollars
        return rests

    def _rests_on(self, formula: Formula) -> Dollars:
        """The dollars of one formula that rest on each figure; of a share those on figures of the share alone."""
        without = self._without
        concerned = without.places_in(formula)
        if isinstance(formula, FundedShare):
            concerned = concerned - without.places_in(formula.line)
        amount = value(without.as_it_is(formula))
        return {place: amount - value(without.figure(place, formula)) for place in concerned}


class Assumed(NamedTuple):
    """The dollars of a plan's cost (or of its change, or of its budget) that rest on the figures that the file marks as
    assumed, and all of them."""

    dollars: Decimal
    cost: Decimal

    def of_change(self, before: Assumed) -> Assumed:
        """The same of what the plan costs more than another one, or less."""
        return Assumed(self.dollars - before.dollars, self.cost - before.cost)


class Assuming:
    """What of the cost of plans rests on assumed figures: all of them are set to nothing at once. Plans share most of
    their lines: each is looked at once, and must be kept as long as this is."""

    def __init__(self) -> None:
        self._without = _WithoutAssumed()
        self._at_nothing = self._without.at_nothing
        self._known: dict[int, Decimal] = {}

    def of(self, plan: PlanLedger) -> Assumed:
        """The dollars of one plan."""
        rests = sum((self._of_line(line) for line in (*plan.lines, *plan.nothing)), ZERO)
        return Assumed(rests, sum((line.amount for line in plan.lines), ZERO))

    def of_budget(self, plan: PlanLedger) -> Assumed:
        """The dollars of the budget of all funds; nothing where none is stated."""
        rests, whole = ZERO, sum((plan.budget or {}).values(), ZERO)
        for fund, amount in (plan.budget or {}).items():
            money = plan.money[fund]
            rests += amount - self._without_assumed(money) if self._without.places_in(money) else ZERO
        return Assumed(rests, whole)

    def _of_line(self, line: CostLine) -> Decimal:
        formula = line.formula
        if id(formula) not in self._known:
            concerned = bool(self._without.places_in(formula))
            self._known[id(formula)] = line.amount - self._without_assumed(formula) if concerned else ZERO
        return self._known[id(formula)]

    def _without_assumed(self, formula: Formula) -> Decimal:
        try:
            return value(formula, self._at_nothing)
        except ZeroDivisionError:  # some part of it would divide by nothing
            return value(self._without.figure(_ASSUMED, formula))


def _apart(lines: Iterable[CostLine]) -> Iterator[Formula]:
    """Each line once, however many funds share it, and the shares that are paid of it."""
    seen: set[int] = set()
    for line in lines:
        formula = line.formula
        whole = formula.line if isinstance(formula, FundedShare) else formula
        if id(whole) not in seen:
            seen.add(id(whole))
            yield whole
        if isinstance(formula, FundedShare):
            yield formula


@node
class _Known(Node):
    """A part of a formula that has been worked out."""

    own: Digits
    places: int

    def digits(self, values: Values) -> Digits:
        return self.own


class _Without:
    """Formulas with a figure at nothing: only the parts that the figure stands in are worked out again. What is known
    of a part is known by its id, so the formulas must be kept as long as this is."""

    def __init__(self) -> None:
        self._places: dict[int, frozenset[Place]] = {}
        self._evaluation = Evaluation()
        self._terms: dict[int, dict[Place, list[Formula]]] = {}
        self._changed: tuple[Place | None, dict[int, Formula]] = None, {}

    def figure(self, place: Place, formula: Formula) -> Formula:
        """The formula as it comes out with the figure of this place at nothing."""
        if isinstance(formula, Input):
            return _known(0, formula.places)
        if self._changed[0] != place:  # parts that many people share, such as a cell's pay, are worked out once
            self._changed = place, {}
        changed = self._changed[1]
        if id(formula) not in changed:
            changed[id(formula)] = self._without(place, formula)
        return changed[id(formula)]

    def _without(self, place: Place, formula: Formula) -> Formula:
        changed: Any
        if isinstance(formula, Sum):
            terms = self._terms_with(formula).get(place, [])
            gone = (less(self.as_it_is(term)) for term in terms)
            now = (self._part(place, term) for term in terms)
            changed = Sum((self.as_it_is(formula), *gone, *now), formula.places)
        else:
            changed = type(formula)(*(self._field(place, one) for one in fields(formula)))
        try:
            return _known(changed.digits({}), formula.places)
        except ZeroDivisionError:
            return _by_nothing(changed)

    def places_of(self, figure: Figure) -> frozenset[Place]:
        """The place of a figure that may be set to nothing."""
        return frozenset({figure.place})

    def places_in(self, formula: Formula) -> frozenset[Place]:
        """Where the figures of a formula stand in the file."""
        if isinstance(formula, Input):
            return self.places_of(formula.figure)
        if id(formula) not in self._places:
            found = [self.places_in(part) for part in parts(formula)]
            only = [places for places in found if places]
            self._places[id(formula)] = only[0] if len(only) == 1 else frozenset().union(*only)
        return self._places[id(formula)]

    def _part(self, place: Place, formula: Formula) -> Formula:
        return self.figure(place, formula) if place in self.places_in(formula) else self.as_it_is(formula)

    def _field(self, place: Place, field: Any) -> Any:
        if type(field) is tuple and field and hasattr(field[0], "digits"):
            return tuple(self._part(place, one) for one in field)
        return self._part(place, field) if hasattr(field, "digits") else field

    def as_it_is(self, formula: Formula) -> Formula:
        """What a formula comes to."""
        return _known(digits_of(formula, self._evaluation), formula.places)

    def _terms_with(self, formula: Sum) -> dict[Place, list[Formula]]:
        """The terms of a long sum (the people of a roster) by the figures that stand in them."""
        if id(formula) not in self._terms:
            found: dict[Place, list[Formula]] = {}
            for term in formula.terms:
                for place in self.places_in(term):
                    found.setdefault(place, []).append(term)
            self._terms[id(formula)] = found
        return self._terms[id(formula)]


_ASSUMED = Place("assumed")
"""Stands for the places of all assumed figures, which are set to nothing together."""
_ALL_ASSUMED = frozenset({_ASSUMED})


class _WithoutAssumed(_Without):
    """The same with all figures that the file marks as assumed as if they were one. `at_nothing` are those that have
    been come upon."""

    def __init__(self) -> None:
        super().__init__()
        self.at_nothing = Evaluation()

    def places_of(self, figure: Figure) -> frozenset[Place]:
        if not figure.assumed:
            return frozenset()
        self.at_nothing[figure] = 0
        return _ALL_ASSUMED


def _known(digits: Digits, places: int) -> Formula:
    known: Any = _Known(digits, places)
    return known  # type: ignore[no-any-return]


def _by_nothing(formula: Formula) -> Formula:
    """What would divide by nothing: FTE rounded to no step are the exact FTE, and all else is nothing."""
    if not isinstance(formula, Stepped):
        return _known(0, formula.places)
    exact: Any = formula.exact
    finer = _known(exact.own, exact.places - formula.places)
    return _known(Quotient(finer, One()).digits({}), formula.places)
