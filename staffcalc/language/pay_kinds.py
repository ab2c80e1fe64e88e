"""The kinds of pay of a role, in one table: each is a key of the role, and has a cost line of its own name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from staffcalc.records import NamedTuple

PayKind = Literal["salary", "supplement", "hourly", "daily", "stipend"]
PayLine = PayKind | Literal["extra days"]
"""The cost lines of pay: extra days are paid by the salary, and have a line beside it."""


class KindOfPay(NamedTuple):
    """One kind of pay. `key` states the price; 1.0 FTE, or a person whatever the FTE, is paid it `times` other figures
    of the role (keys, with their names).

    `name`: what the price is called in formulas, registers and differences. `base`: base pay, which alone is the pay of
    a role. `paid_whole`: the fund that released time is charged to pays all of it, and of the others the released
    share. `on_a_fund`: it may name a fund that pays it alone. `growth`: the pay whose rule in a forecast raises it.
    """

    key: PayKind
    name: str
    of: Literal["FTE", "heads"]
    base: bool = False
    paid_whole: bool = False
    on_a_fund: bool = False
    growth: Literal["salary", "supplement"] = "salary"
    times: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> Mapping[str, str]:
        """The keys of the role that state this pay, the price first, each with what its figure is called."""
        return {self.key: self.name, **dict(self.times)}


KINDS_OF_PAY = (
    KindOfPay("salary", "salary", "FTE", base=True),
    KindOfPay("supplement", "supplement", "FTE", paid_whole=True, on_a_fund=True, growth="supplement"),
    KindOfPay(
        "hourly",
        "hourly pay",
        "FTE",
        base=True,
        times=(("hours_per_week", "hours a week"), ("weeks", "weeks")),
    ),
    KindOfPay("daily", "daily pay", "FTE", base=True, times=(("days", "days"),)),
    KindOfPay("stipend", "stipend", "heads", base=True, paid_whole=True, on_a_fund=True),
)
PAY_KINDS: tuple[PayKind, ...] = tuple(kind.key for kind in KINDS_OF_PAY)
BASE_PAY: tuple[PayKind, ...] = tuple(kind.key for kind in KINDS_OF_PAY if kind.base)
PAY_ON_A_FUND: tuple[PayKind, ...] = tuple(kind.key for kind in KINDS_OF_PAY if kind.on_a_fund)
BASE_FIRST: tuple[PayKind, ...] = (*BASE_PAY, *(kind.key for kind in KINDS_OF_PAY if not kind.base))
"""Kinds of pay in the order of the lines: the first that a role has is its base pay."""
