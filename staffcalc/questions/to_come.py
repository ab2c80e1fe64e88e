"""What of a plan begins in a year later than the one that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.formula.words import listed


def to_come(schools: Iterable[tuple[Ledger, Iterable[PlanLedger]]], also: str = "") -> Iterator[str]:
    """For each plan what of it begins later: nothing of that is in the figures. `also`: what else this means, and for
    which year."""
    for ledger, plans in schools:
        for plan in plans:
            if phrase := listed(f"{what} begins in {year}" for what, year in plan.plan.to_come):
                more = f"; {also} {ledger.school.year}" if also else ""
                yield f"{ledger.school.file}: {plan.name}: {phrase}{more}"
