"""What of a plan is asked for: a role, a component, a fund, a measure; and whether the schools have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from staffcalc.costing.ledger import CostLine, Ledger
from staffcalc.questions.measuring import ALL_MEASURES
from staffcalc.questions.picking import UnknownNameError, check_known
from staffcalc.school.checks import NARROWED_BY
from staffcalc.source.problems import nearest


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

    @property
    def words(self) -> str:
        """What they are, for a sentence."""
        return ", ".join(f"{what} {name}" for what, name in self._asdict().items() if name is not None)


def check_names(ledgers: Sequence[Ledger], narrowed: Narrowed, measure: str | None) -> None:
    """Raises UnknownNameError for a name that no school has, and for a measure that cannot be narrowed so."""
    if measure is not None and measure not in ALL_MEASURES:
        raise UnknownNameError(f"no measure `{measure}`: {nearest(measure, ALL_MEASURES, 'measures')}")
    for what, name in narrowed._asdict().items():
        check_known(ledgers, what, name)
        if name is not None and measure is not None and what not in NARROWED_BY.get(measure, ()):
            if measure == "cost":
                hint = "leave --measure out"
            else:
                by = [key for key in ("role", "fund") if key in NARROWED_BY.get(measure, ())]
                hint = f"only by {' or '.join(by)}" if by else "it is of a plan as a whole"
            raise UnknownNameError(f"the measure {measure} cannot be narrowed by {what}: {hint}")
