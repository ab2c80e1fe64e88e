"""Which scenarios of the given schools a command is about."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.source.problems import nearest


class UnknownNameError(Exception):
    """A scenario, role, fund or component that no given file has; the message says which there are."""


def pick(
    ledgers: Sequence[Ledger], names: Sequence[str], *, with_baseline: bool
) -> list[tuple[Ledger, list[PlanLedger]]]:
    """The plans of each school by name, in the order of the file; all of them where no name is given.

    Raises UnknownNameError for a name that none of the schools has.
    """
    known = dict.fromkeys(plan.name for ledger in ledgers for plan in ledger.plans)
    for name in names:
        if name not in known:
            raise UnknownNameError(f"no scenario `{name}`: {nearest(name, known, 'scenarios')}")
    wanted = {*names, *([ledgers[0].baseline.name] if with_baseline and ledgers else [])}
    picked = [(ledger, [plan for plan in ledger.plans if not names or plan.name in wanted]) for ledger in ledgers]
    return [(ledger, plans) for ledger, plans in picked if plans]
