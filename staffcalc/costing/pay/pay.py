"""What the staff of a post are paid, as formulas: the salary of each position, and the kinds of pay that all have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from staffcalc.costing.growth.wages import (
    amounts_as_stated,
    entering_wage,
    growing,
    grown_price,
    pay_by_place,
    wage_formula,
)
from staffcalc.costing.pay.followers import Earned, Following
from staffcalc.costing.shared import Shared, Thing
from staffcalc.costing.staff.leaders import supplement_by_size
from staffcalc.costing.staff.positions import GivenUp, PeopleGroup, Position, PostStaff, Wages
from staffcalc.formula.formula import Formula, One, Quotient, add, less, minus, of_figure, times, value
from staffcalc.formula.rows import differs, every
from staffcalc.language.figures import Figure
from staffcalc.language.pay_kinds import KINDS_OF_PAY, KindOfPay, PayKind, PayLine
from staffcalc.records import NamedTuple
from staffcalc.school.parts.growth import NO_GROWTH, Growth
from staffcalc.school.school import Post, Wage

Price = Literal["average", "actual", "new_hire"]
"""At what pay everybody can be priced; without one, posts added and given up are priced at what a new hire earns."""
NEW_HIRE = "new-hire salary"
"""What the pay of a new hire is called in a formula."""
OfYear = Callable[[Position, Formula], Formula]
"""What an amount of a year comes to for people who are paid for a part of it."""


class Piece(NamedTuple):
    """What a line is taken of for one position: dollars, FTE or people.

    `kinds`: the pay by which the amount is divided, where it is not all of the pay: of one of those who have the same
    FTE, or of a person.
    """

    position: Position
    amount: Formula
    kinds: tuple[tuple[PayLine, Formula], ...] = ()


def whole(pieces: Iterable[Piece]) -> Formula:
    """All pieces together."""
    return every((piece.position.rows, piece.amount) for piece in pieces)


class Basis(NamedTuple):
    """What a line is taken of, position by position, and all together; the `factors` are the same for all of them.

    `saved`: the line takes away what it comes to. `kinds`: the kinds of pay it is made of; what goes by FTE or by
    heads is paid for as a salary is.
    """

    pieces: tuple[Piece, ...]
    whole: Formula
    factors: tuple[Formula, ...] = ()
    kinds: tuple[PayLine, ...] = ("salary",)
    saved: bool = False

    def formula(self, whole: Formula | None = None) -> Formula:
        """What the line comes to; with another `whole`, what a part of it does."""
        exact = times(self.whole if whole is None else whole, *self.factors)
        return less(exact) if self.saved else exact


class Kept(NamedTuple):
    """What the holders of a post given up earn, and what a new hire of the year in which it was given up would earn by
    now, but never more than that: the difference is what is still paid to them."""

    own: Earned
    hire: Earned


class Pay:
    """The pay of a post with its staff. Formulas that several components need are made once."""

    def __init__(self, post: Post, staff: PostStaff, price: Price | None = None, shared: Shared | None = None) -> None:
        self.post, self.staff = post, staff
        shared = shared or Shared()
        self.evaluation = shared.evaluation
        self.salaries = Salaries(post, staff, price, shared)
        prices = dict(_prices(post))
        self.by_size: tuple[Formula | None, ...] = tuple(
            supplement_by_size(post, one.leading) for one in staff.positions
        )
        self.full_time = {kind.key: price for kind, price in prices.items() if kind.of == "FTE"}
        self.parts = any(one.part for one in staff.positions)
        self.each_person = {kind.key: price for kind, price in prices.items() if kind.of == "heads"}

    def line(self, kind: PayKind) -> Basis | None:
        """What one kind of pay costs: by FTE or by person. None where the role has no such pay."""
        if kind == "salary":
            return self.of_each(self.salaries.stated)
        if kind == "supplement" and (paid := supplement_by_size(self.post, self.staff.leading)) is not None:
            pairs = zip(self.staff.positions, self.by_size, strict=True)
            pieces = tuple(
                Piece(position, position.paid(times(position.fte, each)))
                for position, each in pairs
                if each is not None
            )
            return Basis(pieces, whole(pieces) if self.parts else paid, kinds=(kind,))
        pay = self.each_person.get(kind) or self.full_time.get(kind)
        of = self.by_person if kind in self.each_person else self.by_fte
        return None if pay is None else of((pay,), Position.paid)._replace(kinds=(kind,))

    def extra_days(self) -> Basis | None:
        """What the days beyond the contract cost: each at the daily rate, the salary by the days of the contract."""
        found = self.of_each(self.salaries.extra)
        return None if found is None else found._replace(kinds=("extra days",))

    def attrition(self) -> Basis | None:
        """What is saved where people leave during the year and new hires follow them."""
        new_hire = self.salaries.new_hire
        if self.post.role.attrition is None or new_hire is None:
            return None
        share = of_figure("attrition", self.post.role.attrition)
        pieces = tuple(
            Piece(position, position.paid(times(position.fte, share, minus(stated, new_hire))))
            for position, stated in zip(self.staff.positions, self.salaries.stated, strict=True)
            if stated is not None and stated is not new_hire and self.salaries.leaves(position)
        )
        return Basis(pieces, whole(pieces), saved=True) if pieces else None

    def substitutes(self) -> Basis | None:
        """What substitutes cost for the days on which the staff are absent."""
        role = self.post.role
        if role.absence_days is None or role.substitute_day_rate is None:
            return None
        rate = grown_price(
            "substitute day rate", role.substitute_day_rate, self.post.growth.get("substitutes", NO_GROWTH)
        )
        return self.by_fte((of_figure("absence days", role.absence_days), rate))

    def by_fte(self, factors: tuple[Formula, ...], of_year: OfYear = Position.insured) -> Basis:
        """So much for 1.0 FTE, and of a part of the year what `of_year` says."""
        pieces = tuple(Piece(position, of_year(position, position.fte)) for position in self.staff.positions)
        return Basis(pieces, whole(pieces) if self.parts else self.staff.fte, factors)

    def by_person(self, factors: tuple[Formula, ...], of_year: OfYear = Position.insured) -> Basis:
        """So much for a person; a post that nobody holds yet is one for whoever will."""
        pieces = tuple(Piece(position, of_year(position, position.heads)) for position in self.staff.positions)
        apart = any(one.vacant or one.paid_once is not None for one in self.staff.positions)
        return Basis(pieces, whole(pieces) if self.parts or apart else self.staff.people, factors)

    def of_each(self, each: Sequence[Formula | None]) -> Basis | None:
        """Dollars for 1.0 FTE of each position, times its FTE; in one product where all earn the same."""
        pairs = zip(self.staff.positions, each, strict=True)
        pieces = tuple(
            Piece(position, position.paid(times(position.fte, pay))) for position, pay in pairs if pay is not None
        )
        if not pieces:
            return None
        alike = each[0] if not self.parts and _alike(each, self.salaries.stated, self.staff) else None
        return Basis(pieces, times(self.staff.fte, alike) if alike is not None else whole(pieces))

    def kinds_of(
        self, at: int, kinds: Iterable[PayLine], of: PeopleGroup | None = None, salary: Formula | None = None
    ) -> Iterator[tuple[PayLine, Formula]]:
        """The pay of these kinds that one position has, in dollars for all of it, or for one person `of` a group; with
        a `salary`, for those of them who earn it."""
        position = self.staff.positions[at]
        extra = self.salaries.extra[at] if salary is None else self.salaries.days(salary)
        salary = self.salaries.paid[at] if salary is None else salary
        fte, people = (position.fte, position.heads) if of is None else (of.each, One())
        for kind in kinds:
            if kind == "salary" and salary is not None:
                yield kind, position.paid(times(fte, salary))
            elif kind == "extra days" and extra is not None:
                yield kind, position.paid(times(fte, extra))
            elif kind == "supplement" and (by_size := self.by_size[at]) is not None:
                yield kind, position.paid(times(fte, by_size))
            elif kind in self.each_person:
                yield kind, position.paid(times(people, self.each_person[kind]))
            elif kind in self.full_time:
                yield kind, position.paid(times(fte, self.full_time[kind]))


class Salaries:
    """What 1.0 FTE of each position earns: `stated`; `paid`, where new hires follow those who leave; `extra` days.
    `earned` tells apart what those earn who have stayed and who have followed, of what is paid.

    `kept` is, for each of the posts given up, what is still paid to their holders; None: nothing is.
    """

    def __init__(self, post: Post, staff: PostStaff, price: Price | None, shared: Shared) -> None:
        self._post, self._price, self._shared = post, price, shared
        self.new_hire = None if post.new_hire is None else self._wage(NEW_HIRE, post.new_hire)
        self._average = None if post.average is None else self._wage("average salary", post.average)
        self._standing = post.salary and post.salary._replace(steps=None)
        self._unplaced = None if post.salary is None else self._aged(post.salary)
        self._staff = staff
        stated = [self._of(position) for position in staff.positions]
        self.stated = tuple(one and one.together for one in stated)
        self.earned = tuple(
            self.after_leaving(one) if one is not None and self.leaves(position) else one
            for position, one in zip(staff.positions, stated, strict=True)
        )
        self.paid = tuple(one and one.together for one in self.earned)
        self.extra = tuple(map(self.days, self.paid))
        self.alike = _alike(self.paid, self.stated, staff)
        self.kept = tuple(self._kept(one) for one in staff.given_up)

    def with_days(self, salary: Formula) -> Formula:
        """The salary with what the days beyond the contract come to, for 1.0 FTE."""
        extra = self.days(salary)
        return salary if extra is None else add(salary, extra)

    def leaves(self, position: Position) -> bool:
        """Whether some of a position may leave during the year: not those who have just been hired, unless everybody is
        priced one way."""
        this_year = max(len(self._post.hires) - 1, 0)
        if self._price is not None or position.vacant:
            return self._price is not None
        return position.moved or position.added != this_year

    def after_leaving(self, salary: Earned) -> Earned:
        """The salary where new hires follow those who leave during the year."""
        attrition = self._post.role.attrition
        if attrition is None or self.new_hire is None or salary.together is self.new_hire:
            return salary
        return salary.followed_by(Following(None, of_figure("attrition", attrition), self.new_hire))

    def _of(self, position: Position) -> Earned | None:
        new_hire = None if self.new_hire is None else Earned.alike(self.new_hire)
        if self._price == "new_hire" and new_hire is not None:
            return new_hire
        if self._price == "average":
            known = self._average or self._mean
            return Earned.alike(known) if known is not None else self._unplaced or new_hire
        if position.wage is not None:
            return self._own(position)
        if self._price is None and new_hire is not None and (position.vacant or position.hired):
            return new_hire if position.vacant else self._hired(position.added or 0)
        average, since = self._post.average, position.added if position.moved else None
        return (
            self._pay_of_counted(position)
            or (None if average is None else self._aged(average, since, name="average salary"))
            or (None if self._mean is None else Earned.alike(self._mean))
            or (None if self.new_hire is None else self._hired(0))
        )

    def _pay_of_counted(self, position: Position) -> Earned | None:
        """What the role states; a post that nobody holds gains no step."""
        if self._standing is not None and position.vacant:
            return Earned.alike(self._wage("salary", self._standing))
        if position.moved and (entering := entering_wage(self._post, position.added or 0)) is not None:
            return self._aged(entering, position.added)
        return self._unplaced

    @cached_property
    def _mean(self) -> Formula | None:
        """What those who are there earn on average, or if there is nobody, those who hold a post today."""
        return self._mean_of(self._staff.positions) or self._mean_of(self._staff.today)

    def _mean_of(self, positions: Iterable[Position]) -> Formula | None:
        """What those whose pay is known earn on average, by their FTE; None where there is nobody."""
        known = [one for one in positions if one.wage is not None and not one.brings]
        together = every((one.rows, one.fte) for one in known)
        if not value(together, self._shared.evaluation):
            return None
        return Quotient(every((one.rows, times(one.fte, self._own(one).together)) for one in known), together)

    def _own(self, position: Position) -> Earned:
        """The pay of those who hold the post, after new hires have followed some of them in earlier years."""
        wages = position.wages or position.wage
        assert wages is not None
        if position.vacant:
            return Earned.alike(self._wage("salary", wages))
        return self._aged(wages, position.added if position.placed is None else position.placed)

    def _aged(self, wage: Wage | Wages, added: int | None = None, name: str = "salary") -> Earned:
        return self._once(wage, name, added, lambda: self._after_turnover(wage, added, name))

    def _after_turnover(self, wage: Wage | Wages, added: int | None, name: str) -> Earned:
        pay, growth = Earned.alike(self._wage(name, wage)), self._post.growth.get("salary", NO_GROWTH)
        if isinstance(wage, Wage) and name != NEW_HIRE:  # what a hire earns is one amount
            pay = Earned.spread(pay.together, pay_by_place(name, wage, growth))
        for one in self._post.turnover:
            if one.year > (added or 0):
                hire = self._wage(NEW_HIRE, one.wage)
                pay = pay.followed_by(Following(one.year, of_figure("turnover", one.share), hire))
        return pay

    def _once(self, wage: Wage | Wages, name: str, added: object, make: Callable[[], Thing]) -> Thing:
        """What is made of a wage is the same for all positions that have it, and for all plans that have the post."""
        return self._shared.once((id(self._post), id(wage), name, added), (self._post, wage), make)

    def _hired(self, year: int) -> Earned:
        """What those earn by now who were hired in a year; this year's are paid as a new hire."""
        assert self._post.new_hire is not None
        hires = self._post.hires or (self._post.new_hire,)
        return self._aged(hires[min(year, len(hires) - 1)], year, NEW_HIRE)

    def _wage(self, name: str, wage: Wage | Wages) -> Formula:
        growth = self._post.growth.get("salary", NO_GROWTH)
        if isinstance(wage, Wage):
            return self._once(wage, name, "stated", lambda: wage_formula(name, wage, growth))
        return self._once(wage, name, "stated", lambda: self._column(name, wage, growth))

    def _column(self, name: str, wages: Wages, growth: Growth) -> Formula:
        """What the rows earn: what most cells of a schedule have in common is said once."""
        stated = self._shared.once(("amounts", id(wages), name), wages, lambda: _amounts(name, wages))
        if stated is None:
            return wages.rows.column([self._wage(name, wage) for wage in wages.each])
        return growing(stated, growth.since(0))

    def days(self, salary: Formula | None) -> Formula | None:
        """What the days beyond the contract come to for 1.0 FTE of this salary; None where there are none."""
        role = self._post.role
        if salary is None or role.extra_days is None or role.contract_days is None:
            return None
        days = of_figure("extra days", role.extra_days)
        return Quotient(times(salary, days), of_figure("contract days", role.contract_days))

    def _kept(self, one: GivenUp) -> Kept | None:
        own, hire = self._of(one.position), None if self.new_hire is None else self._hired(one.year)
        if own is None or hire is None or own.together is hire.together or one.position.vacant:
            return None
        return Kept(own, own.less_than(hire, one.year))


def _alike(pay: Sequence[Formula | None], stated: Sequence[Formula | None], staff: PostStaff) -> bool:
    """Whether all earn the same. What is made of the stated pay is read out for each of those who have it."""
    if any(one is not pay[0] for one in pay) or (pay[0] is not None and differs(pay[0])):
        return False
    return pay[0] is stated[0] or not any(one.rows is not None and len(one.rows) > 1 for one in staff.positions)


def _amounts(name: str, wages: Wages) -> Formula | None:
    """The cells or salaries of many rows as they stand; None where more is to be told of some."""
    amounts = amounts_as_stated(name, wages.each)
    return None if amounts is None else wages.rows.column(amounts)


def _prices(post: Post) -> Iterator[tuple[KindOfPay, Formula]]:
    """The kinds of pay that all positions of a post have alike, with what 1.0 FTE or a person gets in dollars a
    year."""
    for kind in KINDS_OF_PAY:
        if kind.key != "salary" and isinstance(price := getattr(post.role, kind.key), Figure):
            many = (of_figure(name, getattr(post.role, key)) for key, name in kind.times)
            yield kind, times(*many, grown_price(kind.name, price, post.growth.get(kind.growth, NO_GROWTH)))
