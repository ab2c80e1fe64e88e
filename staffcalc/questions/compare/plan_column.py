"""What `compare` shows of a plan, in a column of its own: worked out once, and where something asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from staffcalc.costing.ledger import Ledger, PlanLedger, costed_together, staff_lines
from staffcalc.costing.lines import RoleStaff, total, totals_by
from staffcalc.costing.measures.fund_use import FundUse, fund_uses
from staffcalc.costing.measures.unknown import uncounted, unpriced, without_price
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.scope import dollars_of_groups
from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.staff import at_one_price
from staffcalc.questions.fit import verdict
from staffcalc.questions.measuring import MeasureCells, StatedCells, TeamCells, plan_cells, stated_cells
from staffcalc.questions.reach import cells_of_teams
from staffcalc.report import Verdict
from staffcalc.school.school import Plan


class Prices:
    """What each plan of a school costs with everybody at average, at actual and at new-hire pay."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def found(self) -> dict[str, dict[Price, Decimal]]:
        """The dollars by plan and price; empty where the file does not tell prices apart."""
        staffed = [one for plan in self._ledger.school.plans for one in plan.staff]
        prices: list[Price] = []
        prices += ["average"] if any(one.placements or one.post.average is not None for one in staffed) else []
        prices += ["actual"]
        prices += ["new_hire"] if any(one.post.new_hire is not None for one in staffed) else []
        found: dict[str, dict[Price, Decimal]] = {}
        if self._ledger.price is not None or len(prices) == 1:
            return found
        shared, places = Shared(), self._ledger.school.places
        for plan in self._ledger.plans:
            if not plan.plan.not_stated:
                several, anyhow = _by_price(plan)
                found[plan.name] = {
                    price: anyhow + total(staff_lines(several, places, price, shared)[1]) for price in prices
                }
        return found


def _by_price(plan: PlanLedger) -> tuple[Plan, Decimal]:
    """A plan with those posts alone that may cost something else at another price, and what the rest of it costs."""
    together = {id(one) for one in costed_together(plan.plan.staff)}
    several = tuple(one for one in plan.plan.staff if id(one) in together or not at_one_price(one))
    names = {one.post.name for one in several}
    return plan.plan._replace(staff=several), total(line for line in plan.lines if line.post not in names)


class PlanColumn:
    """One column of the comparison: a plan of a school."""

    def __init__(self, ledger: Ledger, plan: PlanLedger, prices: Prices, today: MeasureCells) -> None:
        self.ledger, self.plan = ledger, plan
        self._prices = prices
        self.today = today
        self.cells = today if plan is ledger.baseline else plan_cells(plan, ledger.baseline)

    @property
    def priced(self) -> Mapping[Price, Decimal]:
        """What the plan costs with everybody at one pay, where the file tells these apart."""
        return self._prices.found.get(self.plan.name, {})

    @cached_property
    def verdict(self) -> Verdict:
        return verdict(self.plan)

    @cached_property
    def teams(self) -> TeamCells | None:
        return cells_of_teams(self.ledger, self.plan)

    @cached_property
    def stated(self) -> StatedCells:
        return stated_cells(self.ledger.stated, self.plan, self.ledger.baseline)

    @cached_property
    def components(self) -> dict[str, Decimal]:
        return totals_by(self.plan.lines, "component")

    @cached_property
    def groups(self) -> dict[str, Decimal]:
        return dollars_of_groups(self.plan)

    @cached_property
    def staff(self) -> dict[str, RoleStaff]:
        return {role.role: role for role in self.plan.staff}

    @cached_property
    def unpriced(self) -> tuple[str, ...]:
        return unpriced(self.plan)

    @cached_property
    def without_price(self) -> tuple[str, ...]:
        return without_price(self.plan)

    @cached_property
    def uncounted(self) -> tuple[str, ...]:
        return uncounted(self.plan)

    @cached_property
    def fund_uses(self) -> dict[str, FundUse]:
        return {use.fund: use for use in fund_uses(self.plan)}


Schools = Sequence[tuple[Ledger, list[PlanColumn]]]
"""The columns of each school that is compared."""
