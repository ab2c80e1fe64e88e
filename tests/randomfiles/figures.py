"""Numbers as people write them, at random, and what a file being drawn knows of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

Plain = dict[str, Any]
"""A school file as plain dicts; every number is text, as a person writes it."""

One = TypeVar("One")

ROLES = ("teacher", "lead teacher", "tutor", "resident", "reach associate", "analyst", "principal", "0123")
FUNDS = ("general", "title_i", "grants", "state")
CATEGORIES = ("leader", "teacher", "specialist", "trainee", "support", "administrator", "operations")
PAY = ("salary", "supplement", "hourly", "stipend")
BENEFITS = ("pension", "social security", "medicare", "health", "federal pension", "workers compensation")
ROLE_COSTS = ("programme fee", "laptop", "training")
OTHER_COSTS = ("learning software", "furniture")
YEARS = ("2026-27", "2027-28", "2028-29", "2029-30")
"""The file's own year, and those for which a figure or a rule may be another one."""

NEW = (
    "cut_saves",
    "bands",
    "top down",
    "section_rounding",
    "classes",
    "caps",
    "growth of all",
    "pay",
    "share",
    "vacant",
    "shares of a row",
    "one person",
    "teams",
    "once",
    "rooms",
    "time",
    "needed",
    "posts of today",
    "leaving",
    "filled_from",
    "laid_off",
    "decisions",
    "months",
    "raises",
    "saved",
    "group",
    "budget share",
    "relative",
    "share of today",
    "restated",
    "several",
    "levy",
    "lines",
    "not stated",
    "fractions",
    "daily",
)
"""Keys and ways of writing that a reader may not know yet: drawn where they are asked for."""


def digits(number: int, decimals: int) -> str:
    """A whole number of the smallest part, as a decimal."""
    return f"{Decimal(number).scaleb(-decimals):f}"


def amounts(most: int = 150_000) -> st.SearchStrategy[str]:
    """Dollars in every way they may be written: 61250, 61_250, $61,250.50; often round, zero or with half a dollar."""
    return st.one_of(
        st.integers(0, most).map(str),
        st.integers(0, most).map(lambda dollars: f"{dollars:_}"),
        st.integers(0, most).map(lambda dollars: f"${dollars:,}.50"),
        st.integers(0, most * 100).map(lambda cents: f"{Decimal(cents).scaleb(-2):,f}"),
        st.sampled_from(["0", "0.5", "1", "1000", "0.005"]),
    )


def rates() -> st.SearchStrategy[str]:
    """Rates from 0 to 40%, in percent or as a share."""
    return st.one_of(
        st.integers(0, 4_000).map(lambda points: f"{digits(points, 2)}%"),
        st.integers(0, 400_000).map(lambda points: f"{digits(points, 4)}%"),
        st.integers(0, 4_000).map(lambda points: digits(points, 4)),
        st.sampled_from(["6.2%", "50%", "0.5", "100%"]),
    )


def growths() -> st.SearchStrategy[str]:
    """Rates by which something grows or shrinks."""
    return st.one_of(st.integers(-300, 600).map(lambda points: f"{digits(points, 2)}%"), st.sampled_from(["0%", "2%"]))


def savings(most: int) -> st.SearchStrategy[str]:
    """Dollars that are saved, in every way they may be written."""
    return amounts(most).map(lambda amount: amount if amount.startswith("$") else f"-{amount}")


@st.composite
def fund_shares(draw: st.DrawFn, funds: Sequence[str]) -> dict[str, str]:
    """Some funds with the shares they pay, which add up to 100%."""
    paying = draw(st.lists(st.sampled_from(funds), min_size=1, max_size=len(funds), unique=True))
    decimals = draw(st.sampled_from([0, 2, 4]))  # of a percentage
    whole = 100 * 10**decimals
    cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=len(paying) - 1, max_size=len(paying) - 1)))
    shares = [high - low for low, high in pairwise([0, *cuts, whole])]
    return {fund: f"{digits(share, decimals)}%" for fund, share in zip(paying, shares, strict=True)}


@dataclass
class Drawing:
    """A file being drawn: chances, and what there is to be named. Blocks may be used again, as YAML's aliases do.

    `limits` are funds that a component may be limited to: those of a budget.
    """

    draw: st.DrawFn
    new: frozenset[str]
    year: bool
    funds: tuple[str, ...]
    default_fund: str
    limits: tuple[str, ...] = ("general",)
    grades: Plain = field(default_factory=dict)
    groups: Plain = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    students: bool = False
    schedules: Plain = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)
    packages: Plain = field(default_factory=dict)
    blocks: list[Plain] = field(default_factory=list)
    capped: list[str] = field(default_factory=list)
    levied: str | None = None

    def chance(self, of: int) -> bool:
        """One time in so many."""
        return self.draw(st.integers(1, of)) == of

    def one(self, *choices: One) -> One:
        """One of these."""
        return self.draw(st.sampled_from(choices))

    def draw_index(self, of: int) -> int:
        """The place of one of so many."""
        return self.draw(st.integers(0, of - 1))

    def some(self, choices: Sequence[One], least: int = 1, most: int | None = None) -> list[One]:
        """Some of these, each once."""
        return self.draw(st.lists(st.sampled_from(choices), min_size=least, max_size=most, unique=True))

    def figure(self, numbers: st.SearchStrategy[str], every: int = 10) -> Any:
        """A number, sometimes another one in single years."""
        value = self.draw(numbers)
        if not self.year or not self.chance(every):
            return value
        return {"value": value, "years": {year: self.draw(numbers) for year in self.some(YEARS, most=2)}}

    def fte(self, numbers: st.SearchStrategy[str]) -> Any:
        """FTE, or a share: sometimes written as a fraction."""
        if "fractions" in self.new and self.chance(5):
            return self.one("1/3", "2/3", "1 1/7", "5/6")
        return self.figure(numbers)

    def whole(self, least: int, most: int) -> str:
        """A whole number."""
        return str(self.draw(st.integers(least, most)))

    def shares(self) -> dict[str, str]:
        """The funds of a role or a cost."""
        if "fractions" in self.new and len(self.funds) > 1 and self.chance(6):
            first, second, *_ = self.some(self.funds, least=2, most=2)
            return {first: "1/3", second: "2/3"}
        return self.draw(fund_shares(self.funds))
