"""A plan with more or fewer posts than it has, as if the file changed them: what else would it be, and cost?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school, costed_together
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.enrollment import Enrollment
from staffcalc.school.school import Plan, School, Staffed
from staffcalc.school.staff.ratios import counted_anew
from staffcalc.source.problems import Problems

Changes = Mapping[str, Decimal]
"""How many more (or, below zero, fewer) of each role: FTE, or people where the role is counted in people."""


class Tried(NamedTuple):
    """A plan with its changes, costed, and the baseline beside it. A changed baseline stands beside itself."""

    plan: PlanLedger
    baseline: PlanLedger


class Trying:
    """Tries changes of one plan of a school, in the file's year or in a later one (`year`), of which `as_it_is` is the
    plan without any change."""

    def __init__(self, ledger: Ledger, as_it_is: Tried, year: str | None = None) -> None:
        self.school, self.as_it_is = ledger.stated, as_it_is
        self._price, self._name, self._ahead = ledger.price, as_it_is.plan.name, 0
        if year is not None:
            from staffcalc.costing.years.later_years import years_ahead

            self._ahead = years_ahead(self.school, year)

    def __call__(self, changes: Changes) -> Tried:
        """The plan with these changes, all of it costed."""
        plans = self._cost(with_changes(self.school, self._name, changes))
        return Tried(plans[-1], plans[0])

    def quickly(self, changes: Changes) -> Tried:
        """The same for a search: only the roles that the changes touch are costed again."""
        # What begins later stands in the plan of its own year: that is the one to try.
        before = {id(one) for one in _plan(self.school, self._name).in_force(self._ahead).staff}
        changed = with_changes(self.school, self._name, changes).plans[-1].in_force(self._ahead)
        together = costed_together(changed.staff)
        moves = any(id(one) not in before for one in together)
        touched = tuple(
            one for one in changed.staff if id(one) not in before or (moves and any(one is other for other in together))
        )
        only = changed._replace(staff=touched, other_costs={})
        [costed] = self._cost(self.school._replace(plans=(only,)))
        plan = _with_roles(self.as_it_is.plan, costed, {one.post.name for one in touched})
        return Tried(plan, plan if self.school.plans[0].name == self._name else self.as_it_is.baseline)

    def _cost(self, school: School) -> tuple[PlanLedger, ...]:
        if self._ahead:
            from staffcalc.costing.years.later_years import in_year

            school = in_year(school, self._ahead, price=self._price)
        return cost_school(school, self._price).plans


def with_changes(school: School, name: str, changes: Changes) -> School:
    """The school with the baseline and the plan of this name alone, and so many more and fewer posts in that plan."""
    baseline, plan = school.plans[0], _plan(school, name)
    changed = _changed(plan, school, changes, today=plan is baseline)
    return school._replace(plans=(changed,) if plan is baseline else (baseline, changed))


def _plan(school: School, name: str) -> Plan:
    return next(one for one in school.plans if one.name == name)


def _changed(plan: Plan, school: School, changes: Changes, *, today: bool) -> Plan:
    """The plan after its changes; where it is of `today` it states other staff, who all hold their posts."""
    before = {one.post.name: one for one in plan.staff}
    staff = dict(before)
    for role, by in changes.items():
        one = staff.get(role) or Staffed(school.posts[role], ())
        change = Figure(by, "people" if one.people else "FTE", one.post.place)
        alike = today and not (one.placements or one.vacant or one.leaving)
        staff[role] = one._replace(counts=(*one.counts, change)) if alike else one.changed(change)
    anew = counted_anew(staff, school.posts, Enrollment(None, {}), Problems())
    if not today:  # ratios and covers that follow the changes have posts added and given up, too
        anew = {name: _beside(one, before.get(name)) for name, one in anew.items()}
    later = tuple((year, _changed(one, school, changes, today=today)) for year, one in plan.later)
    return plan._replace(staff=tuple(anew.values()), later=later)


def _beside(one: Staffed, before: Staffed | None) -> Staffed:
    if one.today is not None or (before is not None and one.counts == before.counts):
        return one
    return one._replace(today=before or Staffed(one.post, ()))


def _with_roles(plan: PlanLedger, costed: PlanLedger, roles: set[str]) -> PlanLedger:
    """A plan with some of its roles as they have been costed anew."""
    lines = (line for line in plan.lines if line.post not in roles)
    nothing = (line for line in plan.nothing if line.post not in roles)
    staff = (role for role in plan.staff if role.role not in roles)
    held = (one for one in plan.plan.staff if one.post.name not in roles)
    return plan._replace(
        plan=plan.plan._replace(staff=(*held, *costed.plan.staff)),
        lines=(*lines, *costed.lines),
        staff=(*staff, *costed.staff),
        nothing=(*nothing, *costed.nothing),
    )
