"""What `compare` shows of a plan, in a column of its own: its measures, staff and costs, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from staffcalc.costing.fund_use import FundUse, fund_uses
from staffcalc.costing.ledger import Ledger, PlanLedger, totals_by
from staffcalc.costing.part import groups_of
from staffcalc.costing.pay import Price
from staffcalc.costing.unknown import uncounted, unpriced
from staffcalc.questions.measuring import MeasureCells, plan_cells, stated_cells
from staffcalc.questions.reach import cells_of_teams


class PlanColumn:
    """One column of the comparison: a plan of a school."""

    def __init__(self, ledger: Ledger, plan: PlanLedger, priced: Mapping[Price, Decimal], today: MeasureCells) -> None:
        self.plan = plan
        self.priced = priced
        self.today = today
        self.cells = today if plan is ledger.baseline else plan_cells(plan, ledger.baseline)
        self.teams = cells_of_teams(ledger, plan)
        self.stated = stated_cells(ledger.stated, plan, ledger.baseline)
        self.components = totals_by(plan.lines, "component")
        self.groups = groups_of(plan)
        self.staff = {role.role: role for role in plan.staff}
        self.unpriced, self.uncounted = unpriced(plan), uncounted(plan)
        self.funds: dict[str, FundUse] = {use.fund: use for use in fund_uses(plan)}


Schools = Sequence[tuple[Ledger, list[PlanColumn]]]
"""The columns of each school that is compared."""
