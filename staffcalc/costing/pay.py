"""Pay and benefits of a post as formulas, by the rules of the numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from staffcalc.costing.formula import (
    AtLeast,
    Formula,
    Input,
    Quotient,
    add,
    blend,
    capped,
    grown,
    less,
    times,
    value,
)
from staffcalc.costing.staff import Group, Holding, Staff
from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Component
from staffcalc.schoolfile.school import Post, Rung, Wage
from staffcalc.schoolfile.values import PAY_KINDS, PayKind

Price = Literal["average", "actual", "new_hire"]
"""At what pay everybody can be priced; without one, posts beyond today's staff are priced at what a new hire earns."""


class Piece(NamedTuple):
    """What one holding is paid of one kind, in dollars a year."""

    holding: Holding
    kind: PayKind | Literal["extra days"]
    amount: Formula


class Pay:
    """The pay of a role with its staff. Formulas that several components need are made once."""

    def __init__(self, post: Post, staff: Staff, price: Price | None = None) -> None:
        self.post, self.staff = post, staff
        self.salaries = _Salaries(post, staff, price)
        self.full_time = _full_time_pay(post)
        stipend = post.role.stipend
        self.stipend = None if stipend is None else grown_price("stipend", stipend, post.growth.get("salary", ()))
        self._counted: dict[tuple[object, ...], Formula | None] = {}

    def line(self, kind: PayKind) -> Formula | None:
        """What one kind of pay costs: by FTE, but a stipend by person. None where the role has no such pay."""
        if kind == "salary":
            return self._by_holding(self.salaries.stated)
        if kind == "stipend":
            return None if self.stipend is None else times(self.staff.people, self.stipend)
        pay = self.full_time.get(kind)
        return None if pay is None else times(self.staff.fte, pay)

    def extra_days(self) -> Formula | None:
        """What the days beyond the contract cost: each at the daily rate, the salary by the days of the contract."""
        return self._by_holding(self.salaries.extra)

    def attrition(self) -> Formula | None:
        """What is saved where people leave during the year and new hires follow them: less than nothing."""
        post, new_hire = self.post, self.salaries.new_hire
        if post.role.attrition is None or new_hire is None:
            return None
        share = Input.of("attrition", post.role.attrition)
        saved = [
            times(holding.fte, share, add(stated, less(new_hire)))
            for holding, stated in zip(self.staff.holdings, self.salaries.stated, strict=True)
            if stated is not None and not holding.beyond
        ]
        return less(add(*saved)) if saved else None

    def substitutes(self) -> Formula | None:
        """What substitutes cost for the days on which the staff are absent."""
        role = self.post.role
        if role.absence_days is None or role.substitute_day_rate is None:
            return None
        rate = Input.of("substitute day rate", role.substitute_day_rate)
        return times(self.staff.fte, Input.of("absence days", role.absence_days), rate)

    def counted(self, component: Component) -> Formula | None:
        """The pay a rate applies to; None where the role has no pay of these kinds."""
        key = (component.on, component.up_to, component.min_fte)
        if key not in self._counted:
            self._counted[key] = self._pay_counted(component)
        return self._counted[key]

    def pieces(self, kinds: Collection[PayKind]) -> Iterator[Piece]:
        """The pay of these kinds, holding by holding: by these its costs are shared where people are paid by several
        funds."""
        for holding, salary, extra in zip(self.staff.holdings, self.salaries.paid, self.salaries.extra, strict=True):
            if salary is not None and "salary" in kinds:
                yield Piece(holding, "salary", times(holding.fte, salary))
            if extra is not None and "salary" in kinds:
                yield Piece(holding, "extra days", times(holding.fte, extra))
            for kind, pay in self.full_time.items():
                if kind in kinds:
                    yield Piece(holding, kind, times(holding.fte, pay))
            if self.stipend is not None and "stipend" in kinds:
                yield Piece(holding, "stipend", times(holding.people, self.stipend))

    def _by_holding(self, each: Sequence[Formula | None]) -> Formula | None:
        """Dollars for 1.0 FTE of each holding, times its FTE; in one product where all earn the same."""
        if _alike(each):
            return None if each[0] is None else times(self.staff.fte, each[0])
        pairs = zip(self.staff.holdings, each, strict=True)
        return add(*(times(holding.fte, pay) for holding, pay in pairs if pay is not None))

    def _pay_counted(self, component: Component) -> Formula | None:
        """Person by person where a cap or a threshold looks at each, else in one sum."""
        kinds: Sequence[PayKind] = component.on or PAY_KINDS
        others = [pay for kind, pay in self.full_time.items() if kind in kinds]
        stipend = self.stipend if "stipend" in kinds else None
        full_time = [[*self.salaries.counted(at, kinds), *others] for at in range(len(self.staff.holdings))]
        if not any(full_time) and stipend is None:
            return None
        alike = "salary" not in kinds or self.salaries.alike
        if component.up_to is None and component.min_fte is None:
            if alike:
                whole = [times(self.staff.fte, add(*full_time[0]))] if full_time[0] else []
            else:
                pairs = zip(self.staff.holdings, full_time, strict=True)
                whole = [times(holding.fte, add(*pay)) for holding, pay in pairs if pay]
            return add(*whole) if stipend is None else add(*whole, times(self.staff.people, stipend))
        return add(
            *(
                _group_pay(group, pay, stipend, component)
                for holding, pay in zip(self.staff.holdings, full_time, strict=True)
                for group in holding.groups
            )
        )


class _Salaries:
    """What 1.0 FTE of each holding earns: `stated`; `paid`, where new hires follow those who leave; `extra` days."""

    def __init__(self, post: Post, staff: Staff, price: Price | None) -> None:
        self._post, self._price = post, price
        self._known: dict[tuple[int, str], Formula] = {}
        self.new_hire = None if post.new_hire is None else self._wage("new-hire salary", post.new_hire)
        self._mean = _mean([(one.fte, self._own(one.wage)) for one in staff.holdings if one.wage is not None])
        self.stated = tuple(self._of(holding) for holding in staff.holdings)
        self.paid = self.stated
        if post.role.attrition is not None:
            pairs = zip(staff.holdings, self.stated, strict=True)
            self.paid = tuple(self._after_leaving(holding, stated) for holding, stated in pairs)
        self.extra = tuple(map(self._days, self.paid))
        self.alike = _alike(self.paid)

    def counted(self, at: int, kinds: Collection[PayKind]) -> list[Formula]:
        """The salary of a holding with its extra days, where a rate counts it."""
        return [pay for pay in (self.paid[at], self.extra[at]) if pay is not None] if "salary" in kinds else []

    def _of(self, holding: Holding) -> Formula | None:
        post = self._post
        if self._price == "new_hire" and self.new_hire is not None:
            return self.new_hire
        average = self._wage("average salary", post.average) if post.average is not None else None
        own = self._own(post.salary) if post.salary is not None else None
        if self._price == "average":
            return average or self._mean or own or self.new_hire
        if holding.wage is not None:
            return self._own(holding.wage)
        if holding.beyond and self._price is None and post.new_hire is not None:
            return self._wage("new-hire salary", post.hired or post.new_hire)
        return own or average or self._mean or self.new_hire

    def _own(self, wage: Wage) -> Formula:
        """The wage of those who hold the post, after new hires have followed some of them in earlier years."""
        key = (id(wage), "own")
        if key not in self._known:
            pay = self._wage("salary", wage)
            for share, hired in self._post.turnover:
                pay = blend(pay, self._wage("new-hire salary", hired), Input.of("turnover", share))
            self._known[key] = pay
        return self._known[key]

    def _wage(self, name: str, wage: Wage) -> Formula:
        key = (id(wage), name)
        if key not in self._known:
            self._known[key] = _wage(name, wage, self._post.growth.get("salary", ()))
        return self._known[key]

    def _after_leaving(self, holding: Holding, stated: Formula | None) -> Formula | None:
        attrition = self._post.role.attrition
        if stated is None or attrition is None or self.new_hire is None or holding.beyond:
            return stated
        return blend(stated, self.new_hire, Input.of("attrition", attrition))

    def _days(self, salary: Formula | None) -> Formula | None:
        role = self._post.role
        if salary is None or role.extra_days is None or role.contract_days is None:
            return None
        days = Input.of("extra days", role.extra_days)
        return Quotient(times(salary, days), Input.of("contract days", role.contract_days))


def _alike(pay: Sequence[Formula | None]) -> bool:
    return all(one is pay[0] for one in pay)


def _mean(placed: Sequence[tuple[Formula, Formula]]) -> Formula | None:
    """What those whose pay is known earn on average, by their FTE."""
    if not placed:
        return None
    together = add(*(fte for fte, _ in placed))
    if not value(together):
        return placed[0][1]
    return Quotient(add(*(times(fte, wage) for fte, wage in placed)), together)


def _wage(name: str, wage: Wage, growth: Iterable[Figure]) -> Formula:
    """Dollars a year for 1.0 FTE: the rung that has been reached, or a way between two of them."""
    gained = wage.steps.value if wage.steps is not None else Decimal(0)
    whole, top = int(gained), len(wage.rungs) - 1
    pay = _rung(name, wage.rungs[min(whole, top)], growth)
    if wage.steps is not None and gained != whole and whole < top:
        half = Input.of("part of a step", wage.steps._replace(value=gained - whole))
        pay = blend(pay, _rung(name, wage.rungs[whole + 1], growth), half)
    if wage.months is not None:
        pay = times(pay, Input.of("months", wage.months))
    return pay if wage.per_months is None else Quotient(pay, Input.of("months of the schedule", wage.per_months))


def _rung(name: str, rung: Rung, growth: Iterable[Figure]) -> Formula:
    amount = Input.of(f"{name} {rung.name}" if rung.name else name, rung.amount)
    terms: list[Formula] = [amount]
    for differential, figure in rung.differentials:
        more = Input.of(differential, figure)
        terms.append(times(amount, more) if figure.unit == "rate" else more)
    return _grown(add(*terms), rung.amount, growth)


def grown_price(name: str, figure: Figure, growth: Iterable[Figure]) -> Formula:
    """A price after the growth of all years since the file's."""
    return _grown(Input.of(name, figure), figure, growth)


def _grown(amount: Formula, figure: Figure, growth: Iterable[Figure]) -> Formula:
    """What is stated for this very year does not grow."""
    if figure.dated is None:
        for rate in growth:
            amount = grown(amount, Input.of("growth", rate))
    return amount


def _full_time_pay(post: Post) -> dict[PayKind, Formula]:
    """The kinds of pay but the salary that scale with FTE, in dollars a year for 1.0 FTE."""
    role = post.role
    pay: dict[PayKind, Formula] = {}
    if role.supplement is not None:
        pay["supplement"] = grown_price("supplement", role.supplement, post.growth.get("supplement", ()))
    if role.hourly is not None and role.hours_per_week is not None and role.weeks is not None:
        hours = Input.of("hours a week", role.hours_per_week)
        hourly = grown_price("hourly pay", role.hourly, post.growth.get("salary", ()))
        pay["hourly"] = times(hours, Input.of("weeks", role.weeks), hourly)
    return pay


def component_line(name: str, component: Component, pay: Pay, carried: Formula | None) -> Formula | None:
    """What a benefit or another cost of the role costs, before rounding.

    `carried` is the share of the pay that the component's `funds` carry; None where they carry all of it.
    None where the component does not apply: a rate on a kind of pay the role does not have.
    """
    share = () if carried is None else (carried,)
    staff, threshold, growth = pay.staff, component.min_fte, pay.post.growth.get(name, ())
    if component.rate is not None:
        counted, rate = pay.counted(component), grown_price(f"{name} rate", component.rate, growth)
        return None if counted is None or rate is None else times(counted, rate, *share)
    if component.per_fte is not None:
        fte = staff.fte
        if threshold is not None:
            fte = add(*(times(_eligible(group, threshold), group.each) for group in staff.groups))
        return times(fte, grown_price(f"{name} per FTE", component.per_fte, growth), *share)
    people = staff.people if threshold is None else add(*(_eligible(group, threshold) for group in staff.groups))
    if component.per_day is not None:
        assert component.days is not None
        days = Input.of(f"days of {name}", component.days)
        return times(people, days, grown_price(f"{name} per day", component.per_day, growth), *share)
    assert component.per_person is not None
    return times(people, grown_price(f"{name} per person", component.per_person, growth), *share)


def _eligible(group: Group, threshold: Figure) -> Formula:
    return times(group.people, AtLeast(group.each, Input.of("least FTE", threshold)))


def _group_pay(group: Group, full_time: Sequence[Formula], stipend: Formula | None, component: Component) -> Formula:
    parts = [times(group.each, add(*full_time))] if full_time else []
    person = add(*parts, *(() if stipend is None else (stipend,)))
    if component.up_to is not None:
        person = capped(person, Input.of("cap", component.up_to))
    people = group.people if component.min_fte is None else _eligible(group, component.min_fte)
    return times(people, person)
