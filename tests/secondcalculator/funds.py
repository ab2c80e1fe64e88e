"""Which funds pay for whom: shares, funds that have ended, released time, and how a rounded line is shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from secondcalculator.figures import ONE, ZERO, Plain, known, rounded, year_of
from secondcalculator.read import BASELINE, Book, by_fund

if TYPE_CHECKING:
    from secondcalculator.people import Slot

STOP = "stop"
ON_A_FUND = ("supplement", "stipend")
CHARGED = ("supplement", "stipend", "extra days")
"""What released time charges as a whole; of all else, the released share."""


def ended(book: Book, fund: str, years: int) -> bool:
    """Whether the last year of a fund is over."""
    ends = book.file.get("funds", {}).get(fund, {}).get("ends")
    return ends is not None and (book.year(years) or 0) > year_of(ends)


def payer(book: Book, fund: str, years: int) -> str:
    """Who pays where a fund has ended: the one that follows, and so on; `stop` where nobody does."""
    while fund != STOP and ended(book, fund, years):
        fund = book.file["funds"][fund].get("then", "general")
    return fund


class Funds:
    """The funds that pay one role, so many years after the file's."""

    def __init__(self, book: Book, role: Plain, years: int) -> None:
        self.book, self.role, self.years = book, role, years

    def of(self, slot: Slot, kind: str) -> dict[str, Fraction]:
        """The share of each fund in one kind of pay of some people, or in what goes by heads or FTE (`salary`).

        What a fund that stopped has paid is paid by nobody: the shares then come to less than all.
        """
        shares: dict[str, Fraction] = {}
        for fund, share in self._stated(slot, kind):
            now = payer(self.book, fund, self.years)
            if now != STOP and share:
                shares[now] = shares.get(now, ZERO) + share
        return shares

    def left(self, slot: Slot) -> Fraction:
        """The share of some people that no ended fund has taken with it."""
        return sum(self.of(slot, "salary").values(), ZERO)

    def _stated(self, slot: Slot, kind: str) -> list[tuple[str, Fraction]]:
        year = self.book.year(self.years)
        stated = self.role.get(kind)
        if slot.funds is None and isinstance(stated, dict) and "fund" in stated:
            return [(stated["fund"], ONE)] if self.left(slot) else []
        own = list(slot.funds) if slot.funds is not None else self._of_role(year)
        release = self.role.get("release", {})
        if "charged_to" not in release:
            return own
        released = ONE if kind in CHARGED else known(release["share"], year).value
        return [*((fund, share * (1 - released)) for fund, share in own), (release["charged_to"], released)]

    def every(self, rows: Iterable[Plain]) -> set[str]:
        """All funds that pay some of the role's people, who have these `rows` of the roster."""
        year = self.book.year(self.years)
        paid_by = [fund for fund, share in self._of_role(year) if share]
        pay = (self.role[kind] for kind in ON_A_FUND if isinstance(self.role.get(kind), dict))
        paid_by += [one["fund"] for one in pay if "fund" in one]
        release = self.role.get("release", {})
        if "charged_to" in release and known(release["share"], year).value:
            paid_by.append(release["charged_to"])
        for row in rows:
            paid_by += [*paying(row.get("funds", {}), year), *([row["fund"]] if "fund" in row else ())]
        return {now for fund in paid_by if (now := payer(self.book, fund, self.years)) != STOP}

    def _of_role(self, year: int | None) -> list[tuple[str, Fraction]]:
        stated = self.role.get("funds", {self.book.default_fund: "100%"})
        return [(fund, known(share, year).value) for fund, share in stated.items()]


def paying(shares: Plain, year: int | None) -> Plain:
    """Of some shares those that are more than nothing."""
    return {fund: share for fund, share in shares.items() if known(share, year).value}


def shared(
    line: Fraction, weights: Mapping[str, Fraction], order: Iterable[str], unit: Fraction
) -> dict[str, Fraction]:
    """In their order, the funds pay up to the rounded running total, so that the shares add up to the line: of the
    line, or where some save what others pay, of what they come to themselves."""
    whole = sum(weights.values(), ZERO)
    some_save = min(weights.values(), default=ZERO) < 0 < max(weights.values(), default=ZERO)
    if not whole and not some_save:
        return {}
    paid: dict[str, Fraction] = {}
    running, before = ZERO, ZERO
    for fund in order:
        if fund in weights:
            running += weights[fund]
            upto = rounded(running if some_save else line * running / whole, unit)
            paid[fund] = upto - before
            before = upto
    return paid


def in_order(book: Book, stated: Iterable[str], paying: Iterable[str], years: int) -> list[str]:
    """The funds of the role (or cost) as written, each in the place of the one it follows; then as the file names them:
    in its budget, its roles, its roster, what released time is charged to, and pay that has a fund."""
    own = [payer(book, fund, years) for fund in stated]
    budget = book.file.get("budget", {})
    roles = book.file["roles"].values()
    named = list(by_fund(budget)) if budget != BASELINE else []
    for one in (*roles, *book.roster):
        named += [*one.get("funds", ()), *([one["fund"]] if "fund" in one else ())]
    named += [role["release"]["charged_to"] for role in roles if "charged_to" in role.get("release", {})]
    pay = [role[kind] for role in roles for kind in ON_A_FUND if isinstance(role.get(kind), dict)]
    named += [one["fund"] for one in pay if "fund" in one]
    return list(dict.fromkeys([*own, *named, *sorted(paying)]))
