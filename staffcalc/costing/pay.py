"""Pay and benefits of a post as formulas, by the rules of the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.formula import AtLeast, Formula, Input, add, capped, times
from staffcalc.costing.staff import Group, Staff
from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Component, Role
from staffcalc.schoolfile.values import PAY_KINDS, PayKind


class Pay:
    """The pay of a role with its staff. Formulas that several components need are made once."""

    def __init__(self, role: Role, staff: Staff) -> None:
        self.staff = staff
        self.full_time = full_time_pay(role)
        self.stipend = Input.of("stipend", role.stipend) if role.stipend is not None else None
        self._counted: dict[tuple[object, ...], Formula | None] = {}

    def line(self, kind: PayKind) -> Formula | None:
        """What one kind of pay costs: by FTE, but a stipend by person. None where the role has no such pay."""
        if kind == "stipend":
            return None if self.stipend is None else times(self.staff.people, self.stipend)
        pay = self.full_time.get(kind)
        return None if pay is None else times(self.staff.fte, pay)

    def counted(self, component: Component) -> Formula | None:
        """The pay a rate applies to; None where the role has no pay of these kinds."""
        key = (component.on, component.up_to, component.min_fte)
        if key not in self._counted:
            self._counted[key] = self._pay_counted(component)
        return self._counted[key]

    def _pay_counted(self, component: Component) -> Formula | None:
        """Person by person where a cap or a threshold looks at each, else in one sum."""
        kinds: Sequence[PayKind] = component.on or PAY_KINDS
        full_time = [pay for kind, pay in self.full_time.items() if kind in kinds]
        stipend = self.stipend if "stipend" in kinds else None
        if not full_time and stipend is None:
            return None
        if component.up_to is None and component.min_fte is None:
            whole = [times(self.staff.fte, add(*full_time))] if full_time else []
            return add(*whole) if stipend is None else add(*whole, times(self.staff.people, stipend))
        return add(*(_group_pay(group, full_time, stipend, component) for group in self.staff.groups))


def full_time_pay(role: Role) -> dict[PayKind, Formula]:
    """The kinds of pay that scale with FTE, in dollars a year for 1.0 FTE."""
    pay: dict[PayKind, Formula] = {}
    if role.salary is not None:
        pay["salary"] = Input.of("salary", role.salary)
    if role.supplement is not None:
        pay["supplement"] = Input.of("supplement", role.supplement)
    if role.hourly is not None and role.hours_per_week is not None and role.weeks is not None:
        hours = Input.of("hours a week", role.hours_per_week)
        pay["hourly"] = times(hours, Input.of("weeks", role.weeks), Input.of("hourly pay", role.hourly))
    return pay


def component_line(name: str, component: Component, pay: Pay, carried: Formula | None) -> Formula | None:
    """What a benefit or another cost of the role costs, before rounding.

    `carried` is the share of the pay that the component's `funds` carry; None where they carry all of it.
    None where the component does not apply: a rate on a kind of pay the role does not have.
    """
    share = () if carried is None else (carried,)
    staff, threshold = pay.staff, component.min_fte
    if component.rate is not None:
        counted = pay.counted(component)
        return None if counted is None else times(counted, Input.of(f"{name} rate", component.rate), *share)
    if component.per_person is not None:
        people = staff.people if threshold is None else add(*(_eligible(group, threshold) for group in staff.groups))
        return times(people, Input.of(f"{name} per person", component.per_person), *share)
    assert component.per_fte is not None
    fte = staff.fte
    if threshold is not None:
        fte = add(*(times(_eligible(group, threshold), group.each) for group in staff.groups))
    return times(fte, Input.of(f"{name} per FTE", component.per_fte), *share)


def _eligible(group: Group, threshold: Figure) -> Formula:
    return times(group.people, AtLeast(group.each, Input.of("least FTE", threshold)))


def _group_pay(group: Group, full_time: Sequence[Formula], stipend: Formula | None, component: Component) -> Formula:
    parts = [times(group.each, add(*full_time))] if full_time else []
    person = add(*parts, *(() if stipend is None else (stipend,)))
    if component.up_to is not None:
        person = capped(person, Input.of("cap", component.up_to))
    people = group.people if component.min_fte is None else _eligible(group, component.min_fte)
    return times(people, person)
