"""What a benefit or another cost of a role comes to: a rate of pay, or so much for a person, an FTE or a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property, partial

from staffcalc.costing.growth.wages import grown_price
from staffcalc.costing.pay.followers import Earned, leaving_together, longest
from staffcalc.costing.pay.pay import Basis, Kept, Pay, Piece, whole
from staffcalc.costing.pay.persons import Held, MultiPostPerson, Posts, head
from staffcalc.costing.staff.positions import PeopleGroup, Position
from staffcalc.formula.formula import AtLeast, Formula, One, Quotient, add, capped, minus, of_figure, product, times
from staffcalc.language.component import Component
from staffcalc.language.kinds import LEAST_FTE, UP_TO, Kind, Of
from staffcalc.language.pay_kinds import PAY_KINDS, PayKind, PayLine
from staffcalc.school.parts.growth import NO_GROWTH
from staffcalc.source.tree import Text


class Benefits:
    """The components of one post. The pay that a rate counts is made once for all rates that count the same.

    `posts` are those of people who have several: a cap, a threshold and a head look at the person.
    """

    def __init__(self, pay: Pay, posts: Posts) -> None:
        self.pay, self.posts = pay, posts
        self._known: dict[tuple[object, ...], Basis | None] = {}

    @cached_property
    def _several(self) -> bool:
        return any(position.person for position in self.pay.staff.positions)

    def basis(self, name: str, component: Component) -> Basis | None:
        """What a component comes to, before rounding, as if all funds carried it. None where it does not apply: a rate
        on a kind of pay that the role does not have."""
        kind = component.kind
        counted = self._counted_by(kind.of, name, component)
        return None if counted is None else counted._replace(factors=self._factors(kind, name, component))

    def _counted_by(self, of: Of, name: str, component: Component) -> Basis | None:
        """What the price of a component is multiplied with: pay, FTE or heads."""
        match of:
            case "pay":
                return self._counted_pay(name, component)
            case "FTE":
                return self._ftes(name, component)
            case "heads":
                return self._heads(name, component)

    def _factors(self, kind: Kind, name: str, component: Component) -> tuple[Formula, ...]:
        """The price, grown, after the figures that it is multiplied by, and over those by which it is divided."""
        many = (of_figure(f"{key.name} of {name}", component.figure(key)) for key in kind.times)
        growth = self.pay.post.growth.get(name, NO_GROWTH)
        price = grown_price(f"{name} {kind.price.name}", component.figure(kind.price), growth)
        for key in kind.over:
            price = Quotient(price, of_figure(f"{key.name} of {name}", component.figure(key)))
        return (*many, price)

    def kept(self, name: str, component: Component) -> Basis | None:
        """What a rate comes to for those whose posts are given up: on their own pay, less what it does on a new hire's.
        None where it does not apply."""
        kind = component.kind
        if kind.of != "pay" or "salary" not in (component.on or PAY_KINDS):
            return None
        pieces = tuple(
            Piece(given_up.position, self._kept_pay(name, component, given_up.position, kept))
            for given_up, kept in zip(self.pay.staff.given_up, self.pay.salaries.kept, strict=True)
            if kept is not None
        )
        return Basis(pieces, whole(pieces), self._factors(kind, name, component)) if pieces else None

    # What a rate counts

    def _counted_pay(self, name: str, component: Component) -> Basis | None:
        """The pay that a rate applies to: person by person where a cap or a threshold looks at each."""
        caps = self.pay.post.caps.get(name, NO_GROWTH)
        key = (component.on, component.up_to, component.min_fte, caps, name if self._several else "")
        if key not in self._known:
            by_person = component.up_to is not None or component.min_fte is not None
            kinds = component.on or PAY_KINDS
            self._known[key] = self._of_each(name, component, kinds) if by_person else self._of_all(kinds)
        return self._known[key]

    def _of_all(self, kinds: Collection[PayKind]) -> Basis | None:
        staff = self.pay.staff
        full_time = [self._full_time(at, kinds) for at in range(len(staff.positions))]
        each_person = self._each_person(kinds)
        if not any(full_time) and not each_person:
            return None
        pieces: list[Piece] = []
        for position, each in zip(staff.positions, full_time, strict=True):
            terms = [times(position.fte, add(*each))] if each else []
            terms += [times(position.heads, add(*each_person))] if each_person else []
            pieces.append(Piece(position, position.paid(add(*terms))))
        return Basis(tuple(pieces), self._together(pieces, full_time, each_person, kinds), kinds=_kinds(kinds))

    def _together(
        self,
        pieces: list[Piece],
        full_time: list[list[Formula]],
        each_person: list[Formula],
        kinds: Collection[PayKind],
    ) -> Formula:
        """In one product where all earn the same."""
        staff = self.pay.staff
        apart = each_person and any(one.vacant or one.paid_once is not None for one in staff.positions)
        by_size = "supplement" in kinds and staff.leading
        if apart or by_size or self.pay.parts or ("salary" in kinds and not self.pay.salaries.alike):
            return whole(pieces)
        alike = [times(staff.fte, add(*full_time[0]))] if full_time[0] else []
        return add(*alike, times(staff.people, add(*each_person))) if each_person else add(*alike)

    def _of_each(self, name: str, component: Component, kinds: Collection[PayKind]) -> Basis | None:
        pay = self.pay
        paid = any(self._full_time(at, kinds) for at in range(len(pay.staff.positions)))
        if not paid and not self._each_person(kinds):
            return None
        pieces: list[Piece] = []
        for at, position in enumerate(pay.staff.positions):
            if position.person:
                pieces += self._of_person(name, component, at, position, kinds)
            else:
                pieces += [
                    one for group in position.groups for one in self._of_group(name, component, at, group, kinds)
                ]
        return Basis(tuple(pieces), whole(pieces), kinds=_kinds(kinds))

    def _of_group(
        self, name: str, component: Component, at: int, group: PeopleGroup, kinds: Collection[PayKind]
    ) -> Iterator[Piece]:
        """What a rate counts of people of the same FTE; where other funds pay each kind of pay, those apart who earn
        differently."""
        pay, earned, position = self.pay, self._earned(at, component, kinds), self.pay.staff.positions[at]

        def counted(salary: Formula | None) -> Formula:
            return self._capped(name, component, self._person_pay(at, group, kinds, salary))

        people = self._eligible(group, component)
        if earned is None or not earned.followed:
            of_one = tuple(pay.kinds_of(at, _kinds(kinds), group)) if pay.post.by_kind else ()
            yield Piece(position, times(people, counted(None)), of_one)
        elif pay.post.by_kind:
            for share, salary in earned.lots():
                of_one = tuple(pay.kinds_of(at, _kinds(kinds), group, salary))
                yield Piece(position, times(people, share, counted(salary)), of_one)
        else:
            yield Piece(position, times(people, earned.each(counted)))

    def _earned(self, at: int, component: Component, kinds: Collection[PayKind]) -> Earned | None:
        """What those of a position earn, where a cap looks at each of them."""
        return self.pay.salaries.earned[at] if component.up_to is not None and "salary" in kinds else None

    def _full_time(self, at: int, kinds: Collection[PayKind], salary: Formula | None = None) -> list[Formula]:
        """What 1.0 FTE of a position is paid of these kinds; with a `salary`, those of them who earn it."""
        salaries = self.pay.salaries
        paid: list[Formula | None] = []
        if "salary" in kinds and salary is not None:
            paid = [salary, salaries.days(salary)]
        elif "salary" in kinds:
            paid = [salaries.paid[at], salaries.extra[at]]
        by_size = self.pay.by_size[at] if "supplement" in kinds else None
        paid.append(by_size)
        return [
            *(one for one in paid if one is not None),
            *(pay for kind, pay in self.pay.full_time.items() if kind in kinds),
        ]

    def _each_person(self, kinds: Collection[PayKind]) -> list[Formula]:
        """What a person is paid of these kinds, whatever the FTE."""
        return [pay for kind, pay in self.pay.each_person.items() if kind in kinds]

    def _person_pay(
        self, at: int, group: PeopleGroup, kinds: Collection[PayKind], salary: Formula | None = None
    ) -> Formula:
        full_time = self._full_time(at, kinds, salary)
        terms = [times(group.each, add(*full_time))] if full_time else []
        return self.pay.staff.positions[at].paid(add(*terms, *self._each_person(kinds)))

    def _capped(self, name: str, component: Component, pay: Formula) -> Formula:
        if component.up_to is None:
            return pay
        return capped(pay, grown_price(UP_TO.name, component.up_to, self.pay.post.caps.get(name, NO_GROWTH)))

    def _eligible(self, group: PeopleGroup, component: Component) -> Formula:
        if component.min_fte is None:
            return group.people
        return times(group.people, AtLeast(group.each, of_figure(LEAST_FTE.name, component.min_fte)))

    # FTE and heads

    def _ftes(self, name: str, component: Component) -> Basis:
        if component.min_fte is None:
            return self.pay.by_fte(())
        pieces: list[Piece] = []
        for position in self.pay.staff.positions:
            if position.person:
                person, having = self._posts_of(name, component, position)
                amount = times(position.fte, _reaches(person, having, component))
            else:
                amount = add(*(product(self._eligible(group, component), group.each) for group in position.groups))
            pieces.append(Piece(position, position.insured(amount)))
        return _by_pieces(pieces)

    def _heads(self, name: str, component: Component) -> Basis:
        if component.min_fte is None and not self._several:
            return self.pay.by_person(())
        pieces: list[Piece] = []
        for at, position in enumerate(self.pay.staff.positions):
            if position.person:
                person, having = self._posts_of(name, component, position)
                own = self._own(at, having)
                amount = times(head(person, own, [one for one, _ in having]), _reaches(person, having, component))
            else:
                amount = add(*(self._eligible(group, component) for group in position.groups))
            pieces.append(Piece(position, position.insured(amount)))
        return _by_pieces(pieces)

    # People with several posts

    def _posts_of(
        self, name: str, component: Component, position: Position
    ) -> tuple[MultiPostPerson, list[tuple[Held, Pay]]]:
        """The person of a position, and those of all their posts that have the same component."""
        kind = component.kind
        return self.posts.of(position, lambda pay: _kind(pay, name) is kind)

    def _own(self, at: int, having: list[tuple[Held, Pay]]) -> Held:
        return next(one for one, pay in having if pay is self.pay and one.at == at)

    def _of_person(
        self, name: str, component: Component, at: int, position: Position, kinds: Collection[PayKind]
    ) -> list[Piece]:
        """What a rate counts of one of a person's posts: the post's part of all the pay that counts, up to the cap;
        where new hires have followed some, for each of those who earn differently."""
        pay, (person, having) = self.pay, self._posts_of(name, component, position)
        benefits = [Benefits(other, self.posts) for _, other in having]
        earned = [one._earned(held.at, component, kinds) for one, (held, _) in zip(benefits, having, strict=True)]
        lots = leaving_together([one for one in earned if one is not None], pay.evaluation)
        some = iter(lots)
        every = [None if one is None else next(some) for one in earned]
        held, reaches = self._own(at, having), _reaches(person, having, component)
        number = next(number for number, (one, _) in enumerate(having) if one is held)

        def counted(lot: int | None) -> tuple[Formula, ...]:
            salaries = [None if lot is None or one is None else one.at(lot) for one in every]
            paid = [
                of._post_pay(one, kinds, having, salary)
                for of, (one, _), salary in zip(benefits, having, salaries, strict=True)
            ]
            if component.up_to is None:
                return (paid[number],)
            together = add(*paid)
            return self._capped(name, component, together), Quotient(paid[number], together)

        turns = longest(lots) if lots else None
        if turns is None or not turns.followed:
            of_one = tuple(pay.kinds_of(at, _kinds(kinds))) if pay.post.by_kind else ()
            return [Piece(position, times(person.present, *counted(None), reaches), of_one)]
        pieces: list[Piece] = []
        for lot, (share, _) in enumerate(turns.lots()):
            own = every[number]
            of_one = tuple(pay.kinds_of(at, _kinds(kinds), None, own and own.at(lot))) if pay.post.by_kind else ()
            pieces.append(Piece(position, times(person.present, share, *counted(lot), reaches), of_one))
        return pieces

    def _post_pay(
        self, one: Held, kinds: Collection[PayKind], having: list[tuple[Held, Pay]], salary: Formula | None
    ) -> Formula:
        """The pay of one post of a person, while the person is there; what a person is paid once, by FTE."""
        full_time = self._full_time(one.at, kinds, salary)
        terms = [times(one.fte, add(*full_time))] if full_time else []
        if each_person := self._each_person(kinds):
            fte = add(*(other.fte for other, pay in having if pay is self.pay))
            terms.append(times(Quotient(one.fte, fte), add(*each_person)))
        return self.pay.staff.positions[one.at].paid(add(*terms))

    # Those whose posts are given up

    def _kept_pay(self, name: str, component: Component, position: Position, kept: Kept) -> Formula:
        salaries, kinds = self.pay.salaries, component.on or PAY_KINDS
        earned = [salaries.after_leaving(salary) for salary in kept]
        if component.up_to is None and component.min_fte is None:
            return position.paid(times(position.fte, minus(*(salaries.with_days(one.together) for one in earned))))
        others = [pay for kind, pay in self.pay.full_time.items() if kind in kinds]

        def counted(group: PeopleGroup, salary: Formula) -> Formula:
            paid = add(times(group.each, add(salaries.with_days(salary), *others)), *self._each_person(kinds))
            return self._capped(name, component, position.paid(paid))

        terms: list[Formula] = []
        for group in position.groups:
            difference = minus(*(one.each(partial(counted, group)) for one in earned))
            terms.append(times(self._eligible(group, component), difference))
        return add(*terms)


def _kind(pay: Pay, name: str) -> Kind | None:
    """The kind of a component of this name, or of what is saved under it; None where the role has neither."""
    found = pay.post.components.get(name) or (pay.post.role.saves or {}).get(Text(name))
    return None if found is None else found.kind


def _kinds(kinds: Collection[PayKind]) -> tuple[PayLine, ...]:
    """Where a salary counts, so do its extra days."""
    counted = tuple(kind for kind in PAY_KINDS if kind in kinds)
    return (*counted, "extra days") if "salary" in kinds else counted


def _by_pieces(pieces: list[Piece]) -> Basis:
    return Basis(tuple(pieces), whole(pieces))


def _reaches(person: MultiPostPerson, having: list[tuple[Held, Pay]], component: Component) -> Formula:
    """1 where all the posts of a person together reach the threshold of a benefit."""
    if component.min_fte is None:
        return One()
    return AtLeast(add(*(one.fte for one, _ in having)), of_figure(LEAST_FTE.name, component.min_fte))
