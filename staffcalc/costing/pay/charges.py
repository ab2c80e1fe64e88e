"""Which fund pays what of a line: by the shares of a role, or by what it comes to for those whom each fund pays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.pay.pay import Basis, Pay, Piece
from staffcalc.costing.staff.positions import Position, PostStaff
from staffcalc.formula.formula import (
    Evaluation,
    Formula,
    FundedShare,
    One,
    Quotient,
    Rounded,
    add,
    minus,
    of_figure,
    times,
    value,
)
from staffcalc.formula.rows import Addend, every
from staffcalc.formula.units import result_unit
from staffcalc.language.pay_kinds import KINDS_OF_PAY, PayLine
from staffcalc.records import NamedTuple
from staffcalc.school.school import NOBODY, FundShare, Post

PAID_WHOLE_BY_PROGRAMME = frozenset({*(kind.key for kind in KINDS_OF_PAY if kind.paid_whole), "extra days"})
"""What the fund that released time is charged to pays in full; of all else it pays the released share."""


class Payer(NamedTuple):
    """A fund with what it pays: a share, or the amount by which its share is found; None where it pays all."""

    fund: str
    share: Formula | None


Payers = tuple[Payer, ...]
Names = Mapping[str, str]
"""What people call funds that have a name besides their key."""


def payers(funds: Iterable[FundShare], names: Names) -> Payers:
    """The funds with the shares that the file states."""
    return tuple(Payer(str(one.fund), _share(one, names)) for one in funds)


def _share(one: FundShare, names: Names) -> Formula | None:
    if one.share is None:
        return None
    return of_figure(f"{names.get(one.fund, one.fund)} share", one.share)


def lasting(paying: Payers) -> Payers:
    """Those who pay, without nobody."""
    return tuple(payer for payer in paying if payer.fund != NOBODY)


def together(paying: Iterable[Payer]) -> Formula:
    """The shares of several funds added up."""
    return add(*(payer.share for payer in paying if payer.share is not None))


def split(line: Rounded, paying: Payers, names: Names, evaluation: Evaluation) -> Iterator[tuple[str, Formula]]:
    """What each fund pays of a line, so that the shares add up to the line."""
    if len(paying) == 1:
        yield paying[0].fund, line
        return
    whole = together(paying)
    of = None if value(whole, evaluation) == 1 and result_unit(whole) == "rate" else whole
    for position, payer in enumerate(paying):
        assert payer.share is not None
        ahead = tuple(names.get(one.fund, one.fund) for one in paying[:position])
        yield (
            payer.fund,
            FundedShare(line, together(paying[:position]), payer.share, of, line.places, payer.fund, ahead),
        )


class Charged(NamedTuple):
    """A line before rounding, and who pays it; `all_pay`: every fund of the post does, as far as it lasts."""

    formula: Formula
    payers: Payers
    all_pay: bool
    basis: Basis


class Carried(NamedTuple):
    """The staff that a fund pays."""

    fte: Formula
    people: Formula


class Paying:
    """Which funds pay the staff of a post, and who of them is left when one has ended that nobody follows."""

    def __init__(self, post: Post) -> None:
        self.names = post.fund_names
        self.all = payers(post.fund_shares, self.names)
        release = post.role.release
        self.program = release if release is not None and release.charged_to is not None else None
        self.of_pay = {kind: (Payer(str(fund), None),) for kind, fund in post.pay_funds.items()}

    def of(self, position: Position, kind: str) -> Payers:
        """Who pays one kind of pay of some people, or what goes by FTE or by heads (`salary`): whoever pays these
        people by name, else the fund of this very pay while somebody keeps them, else those of the role."""
        if not position.fund_shares and kind in self.of_pay:
            return self.of_pay[kind] if lasting(self.of(position, "salary")) else self.all
        own = payers(position.fund_shares, self.names) if position.fund_shares else self.all
        if self.program is None:
            return own
        assert self.program.charged_to is not None
        charged_to = str(self.program.charged_to)
        if kind in PAID_WHOLE_BY_PROGRAMME:
            return (Payer(charged_to, None),)
        released = of_figure("released share", self.program.share)
        rest = minus(One(), released)
        return (Payer(charged_to, released), *(Payer(one.fund, _part(rest, one.share)) for one in own))

    def left(self, staff: PostStaff) -> PostStaff:
        """The staff without those whom nobody pays any longer."""
        shares = [self._share_left(position) for position in staff.positions]
        if all(share is None for share in shares):
            return staff
        pairs = list(zip(staff.positions, shares, strict=True))
        fte = every((position.rows, _part(position.fte, share)) for position, share in pairs)
        people = every((position.rows, _part(position.people, share)) for position, share in pairs)
        there = tuple(position if share is None else position.times(share) for position, share in pairs)
        return staff._replace(fte=fte, people=people, positions=there)

    def _share_left(self, position: Position) -> Formula | None:
        every = self.of(position, "salary")
        paying = lasting(every)
        return None if len(paying) == len(every) else together(paying)


class Charges:
    """Who pays for a post. Most posts are paid by the same shares throughout. Where a roster names a fund for a person,
    pay has a fund of its own, or released time is charged to a program, each line is shared as it comes about for
    those whom each fund pays."""

    def __init__(self, post: Post, pay: Pay, positions: Iterable[Position]) -> None:
        self.post, self.pay = post, pay
        self.paying = Paying(post)
        self.by_position = post.by_kind or any(one.fund_shares for one in positions)

    def charge(self, basis: Basis, only: Collection[str] | None = None) -> Charged | None:
        """The line that a basis comes to, with its payers; `only` are the funds whose share of the pay it counts. None
        where none of these funds pays."""
        every = self._weighed(basis) if self.by_position else self.paying.all
        going_on = lasting(every)
        paying = going_on if only is None else tuple(one for one in going_on if one.fund in only)
        if not paying:
            return None
        if len(paying) == len(every):
            formula = basis.formula()
        elif every is not self.paying.all:
            formula = basis.formula(together(paying))
        else:
            formula = basis._replace(factors=(*basis.factors, together(paying))).formula()
        return Charged(formula, paying, len(paying) == len(going_on), basis)

    def staff_of(self, base: Charged) -> Mapping[str, Carried]:
        """The FTE and the people that each fund pays, by the line of their base pay."""
        kind = next((kind for kind in base.basis.kinds if kind in self.paying.of_pay), "salary")
        fte: dict[str, list[Addend]] = {payer.fund: [] for payer in base.payers}
        people: dict[str, list[Addend]] = {payer.fund: [] for payer in base.payers}
        for position in self.pay.staff.positions:
            for fund, share in lasting(self.paying.of(position, kind)):
                fte.setdefault(fund, []).append((position.rows, _part(position.fte, share)))
                people.setdefault(fund, []).append((position.rows, _part(position.people, share)))
        return {fund: Carried(every(fte[fund]), every(people[fund])) for fund in fte}

    def _weighed(self, basis: Basis) -> Payers:
        """The funds with what the line comes to for those whom they pay."""
        found: dict[str, list[Addend]] = {}
        for piece in basis.pieces:
            for fund, amount in self._parts(piece, basis):
                found.setdefault(fund, []).append((piece.position.rows, amount))
        nothing = self.paying.of_pay.get(basis.kinds[0]) if len(basis.kinds) == 1 else None
        return self._in_order({fund: every(amounts) for fund, amounts in found.items()}, nothing)

    def _value(self, formula: Formula) -> Decimal:
        return value(formula, self.pay.evaluation)

    def part(self, charged: Charged, payer: Payer) -> Formula:
        """What one fund pays of a line before rounding."""
        if payer.share is None:
            return charged.formula
        if self.by_position and all(payer is not one for one in self.paying.all):
            return charged.basis.formula(payer.share)
        return charged.basis._replace(factors=(*charged.basis.factors, payer.share)).formula()

    def split(self, charged: Charged, places: int) -> Iterator[tuple[str, Formula]]:
        """What each fund pays of a line, rounded to so many decimals. Where one saves what another one pays, each pays
        its own: the line is less than either, and what it is rounded by would be multiplied."""
        names, paying = self.post.fund_names, charged.payers
        if charged.basis.pieces and self._some_save(paying):
            parts = [self.part(charged, payer) for payer in paying]
            upto = [Rounded(add(*parts[: number + 1]), places) for number in range(len(parts))]
            for number, payer in enumerate(paying):
                yield payer.fund, minus(upto[number], upto[number - 1]) if number else upto[0]
        else:
            yield from split(Rounded(charged.formula, places), paying, names, self.pay.evaluation)

    def _some_save(self, paying: Payers) -> bool:
        amounts = [self._value(payer.share) for payer in paying if payer.share is not None]
        return bool(amounts) and min(amounts) < 0 < max(amounts)

    def shared(self, amounts: Mapping[str, list[Formula]], formula: Formula) -> Charged:
        """A line shared as these amounts of each fund are."""
        together = {fund: add(*some) for fund, some in amounts.items()}
        return Charged(formula, self._in_order(together), False, Basis((), formula))

    def _in_order(self, amounts: Mapping[str, Formula], nothing: Payers | None = None) -> Payers:
        """Funds share what cannot be divided in the order in which the role names them, and then the file does. Who
        would pay `nothing`: all of the role, if it is not said."""
        order = dict.fromkeys([*(str(one.fund) for one in self.post.fund_shares), *self.post.fund_order])
        ranks = {fund: rank for rank, fund in enumerate(order)}
        ordered = sorted(amounts, key=lambda fund: ranks.get(fund, len(ranks)))
        weighed = tuple(Payer(fund, amounts[fund]) for fund in ordered)
        paying = tuple(payer for payer in weighed if payer.share is not None and self._value(payer.share))
        there = paying and (self._some_save(paying) or self._value(together(paying)))
        return paying if there else nothing or self.paying.all

    def _parts(self, piece: Piece, basis: Basis) -> Iterator[tuple[str, Formula]]:
        """What each fund pays of one piece of a line."""
        for kind, amount in self._by_kind(piece, basis):
            for fund, share in self.paying.of(piece.position, kind):
                yield fund, _part(amount, share)

    def _by_kind(self, piece: Piece, basis: Basis) -> Iterator[tuple[PayLine, Formula]]:
        """A piece by the kinds of pay it is made of, where some fund pays another share of each."""
        kinds = list(piece.kinds) or self._kinds_of(piece, basis)
        if len(kinds) < 2:
            [kind] = [kind for kind, _ in kinds] or basis.kinds[:1]
            yield kind, piece.amount
        elif not piece.kinds:
            yield from kinds
        else:  # a cap or a threshold may leave less than all that these kinds come to
            every = add(*(amount for _, amount in kinds))
            yield from ((kind, times(piece.amount, Quotient(amount, every))) for kind, amount in kinds)

    def _kinds_of(self, piece: Piece, basis: Basis) -> list[tuple[PayLine, Formula]]:
        if not self.post.by_kind or len(basis.kinds) < 2:
            return []
        at = next((at for at, one in enumerate(self.pay.staff.positions) if one is piece.position), None)
        return [] if at is None else list(self.pay.kinds_of(at, basis.kinds))


def _part(of: Formula, share: Formula | None) -> Formula:
    return of if share is None else times(of, share)
