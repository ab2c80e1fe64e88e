"""Which fund pays what of a line: by the shares of a role, or by the pay of those whom each fund pays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from staffcalc.costing.formula import Formula, Input, One, Quotient, Rounded, Share, add, less, times, value
from staffcalc.costing.pay import Pay, Piece
from staffcalc.costing.staff import Holding
from staffcalc.schoolfile.language import Component
from staffcalc.schoolfile.school import FundShare, Post
from staffcalc.schoolfile.values import PAY_KINDS, PayKind


class Payer(NamedTuple):
    """A fund with what it pays: a share, or the dollars by which its share is found; None where it pays all."""

    fund: str
    share: Formula | None


Payers = tuple[Payer, ...]


def payers(funds: Iterable[FundShare]) -> Payers:
    """The funds with the shares that the file states."""
    return tuple(
        Payer(str(one.fund), None if one.share is None else Input.of(f"{one.fund} share", one.share)) for one in funds
    )


def together(paying: Iterable[Payer]) -> Formula:
    """The shares of several funds added up."""
    return add(*(payer.share for payer in paying if payer.share is not None))


def split(line: Rounded, paying: Payers) -> Iterator[tuple[str, Formula]]:
    """What each fund pays of a line, so that the shares add up to the line."""
    if len(paying) == 1:
        yield paying[0].fund, line
        return
    whole = together(paying)
    of = None if value(whole) == 1 else whole
    for position, payer in enumerate(paying):
        assert payer.share is not None
        ahead = tuple(one.fund for one in paying[:position])
        yield payer.fund, Share(line, together(paying[:position]), payer.share, of, line.places, payer.fund, ahead)


class Charges:
    """Who pays for a post. Most posts are paid by the same shares throughout. Where a roster names a fund for a person,
    or released time is charged to a programme, each line is shared as the pay is that it rests on."""

    def __init__(self, post: Post, pay: Pay) -> None:
        self.post, self.pay = post, pay
        self.all = payers(post.funds)
        release = post.role.release
        self._programme = release if release is not None and release.charged_to is not None else None
        self._by_pay = self._programme is not None or any(one.fund is not None for one in pay.staff.holdings)

    def of_pay(self, kind: PayKind | Literal["extra days"]) -> Payers:
        """Who pays for one kind of pay."""
        if not self._by_pay:
            return self.all
        kinds: tuple[PayKind, ...] = ("salary",) if kind == "extra days" else (kind,)
        return self._weighed(piece for piece in self.pay.pieces(kinds) if piece.kind == kind)

    def of_component(self, component: Component) -> Payers:
        """Who pays for a benefit or another cost: a rate as the pay that it counts, all others as the salary."""
        if not self._by_pay:
            return self.all
        if component.rate is not None:
            return self._weighed(self.pay.pieces(component.on or PAY_KINDS))
        return self.of_people()

    def of_people(self) -> Payers:
        """Who pays for what goes by the person or the FTE."""
        if not self._by_pay:
            return self.all
        return self._weighed(Piece(holding, "salary", holding.fte) for holding in self.pay.staff.holdings)

    def carried(self, some: Payers, every: Payers) -> Formula | None:
        """The share of the pay that some of the funds carry; None where they carry all of it."""
        if len(some) == len(every):
            return None
        return together(some) if not self._by_pay else Quotient(together(some), together(every))

    def staff_of(self, paying: Payers, whole: tuple[Decimal, Decimal]) -> Mapping[str, tuple[Decimal, Decimal]]:
        """The FTE and the people that each fund pays, so that they add up to the `whole` staff."""
        if not self._by_pay:
            if len(paying) == 1:
                return {paying[0].fund: whole}
            shares = {one.fund: value(one.share) for one in paying if one.share is not None}
            return {fund: (whole[0] * part, whole[1] * part) for fund, part in shares.items()}
        holdings = self.pay.staff.holdings
        found = {payer.fund: (Decimal(0), Decimal(0)) for payer in paying}
        for holding in holdings:
            fte, people = value(holding.fte), value(holding.people)
            for fund, share in self._shares(holding, "salary"):
                part = Decimal(1) if share is None else value(share)
                before = found.get(fund, (Decimal(0), Decimal(0)))
                found[fund] = before[0] + fte * part, before[1] + people * part
        return found

    def _weighed(self, pieces: Iterable[Piece]) -> Payers:
        """The funds with the dollars of the pieces that they pay."""
        found: dict[str, list[Formula]] = {}
        for piece in pieces:
            for fund, share in self._shares(piece.holding, piece.kind):
                found.setdefault(fund, []).append(piece.amount if share is None else times(piece.amount, share))
        weighed = tuple(Payer(fund, add(*found[fund])) for fund in sorted(found))
        paying = tuple(payer for payer in weighed if payer.share is not None and value(payer.share))
        return paying if paying and value(together(paying)) else self.all

    def _shares(self, holding: Holding, kind: str) -> Payers:
        own = self.all if holding.fund is None else (Payer(holding.fund, None),)
        programme = self._programme
        if programme is None:
            return own
        assert programme.charged_to is not None
        if kind in ("supplement", "stipend", "extra days"):
            return (Payer(str(programme.charged_to), None),)
        released = Input.of("released share", programme.share)
        rest = add(One(), less(released))
        return (
            Payer(str(programme.charged_to), released),
            *(Payer(one.fund, rest if one.share is None else times(rest, one.share)) for one in own),
        )
