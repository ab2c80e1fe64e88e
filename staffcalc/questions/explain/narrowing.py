"""What of a plan is asked for: a role, a component, a fund, a measure; and whether the schools have it."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.ledger import Ledger
from staffcalc.costing.lines import CostLine
from staffcalc.questions.measuring import ALL_MEASURES
from staffcalc.questions.selection import UnknownNameError, check_among, check_known
from staffcalc.records import NamedTuple
from staffcalc.school.checking.checks import NARROWED_BY
from staffcalc.school.school import Plan


class Narrowed(NamedTuple):
    """The lines that are asked for; None: all."""

    role: str | None = None
    component: str | None = None
    fund: str | None = None

    def has(self, line: CostLine) -> bool:
        """Whether a line is among them."""
        return (
            self.role in (None, line.role)
            and self.component in (None, line.component)
            and self.fund in (None, line.fund)
        )

    def within(self, ledger: Ledger) -> Narrowed:
        """The same by the keys of a school: a fund may be named by its key or by what people call it."""
        called = ledger.baseline.plan.fund_names
        if self.fund is None or self.fund in ledger.school.fund_rules:
            return self
        return self._replace(fund=next((key for key in called if called[key] == self.fund), self.fund))

    def words(self, plan: Plan) -> str:
        """What they are, for a sentence."""
        told = self if self.fund is None else self._replace(fund=plan.called(self.fund))
        return ", ".join(f"{what} {name}" for what, name in told._asdict().items() if name is not None)


def check_names(ledgers: Sequence[Ledger], narrowed: Narrowed, measure: str | None) -> None:
    """Raises UnknownNameError for a name that no school has, and for a measure that cannot be narrowed so."""
    if measure is not None:
        check_among(measure, ALL_MEASURES, "measure")
    for what, name in narrowed._asdict().items():
        if what != "fund" or not any(_is_called(ledger, name) for ledger in ledgers):
            check_known(ledgers, what, name)
        if name is not None and measure is not None and what not in NARROWED_BY.get(measure, ()):
            by = [key for key in ("role", "fund") if key in NARROWED_BY.get(measure, ())]
            raise not_narrowed(measure, what, by, "leave --measure out" if measure == "cost" else "")


def _is_called(ledger: Ledger, fund: str | None) -> bool:
    """Whether it is what people call a fund of the school."""
    return fund in ledger.baseline.plan.fund_names.values()


def not_narrowed(measure: str, what: str, by: Sequence[str], hint: str = "") -> UnknownNameError:
    """The error that a measure cannot be narrowed so, but only `by` these; with a `hint` where that is no answer."""
    hint = hint or (f"only by {' or '.join(by)}" if by else "it is of a plan as a whole")
    return UnknownNameError(f"the measure {measure} cannot be narrowed by {what}: {hint}")
