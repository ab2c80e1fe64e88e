"""The kinds of component, in one table: a benefit or another cost of a role is priced by exactly one of them.

All that is a kind's own stands in its entry. The model of a component, the JSON Schema, the checks, what a nearer file
displaces, the formula, the words of `diff` and the names in the register are made from it. In a forecast every price
grows by the rule for `benefits`. How to add a kind: page `adding` of the guide.
"""

from __future__ import annotations

from typing import Literal

from staffcalc.language.values import SOME_PAY, Read, number
from staffcalc.records import NamedTuple

Of = Literal["pay", "FTE", "heads"]
"""What a price is for: the pay that it counts, 1.0 FTE, or each person in full."""


class Key(NamedTuple):
    """One key of a component: how its value is read (a number with its unit), what the JSON Schema says of it, and what
    its figure is called in formulas, registers and differences."""

    key: str
    read: Read
    description: str
    name: str


class Kind(NamedTuple):
    """One kind of component: its price, and `of` what. `in_words` stands behind the price in a difference: "$120 a
    day".

    `times` are figures that must stand beside the price, which is multiplied by them, and `over` those by which it is
    divided; what is priced so is called `by` in an error, and `example` is its hint. `narrowed`: what may stand beside
    the price.
    """

    price: Key
    of: Of
    in_words: str = ""
    times: tuple[Key, ...] = ()
    by: str = ""
    example: str = ""
    narrowed: tuple[Key, ...] = ()
    over: tuple[Key, ...] = ()

    @property
    def needed(self) -> tuple[Key, ...]:
        """What must stand beside the price."""
        return (*self.times, *self.over)

    @property
    def beside(self) -> tuple[Key, ...]:
        """What says something only beside the price, and goes with it."""
        return (*self.narrowed, *self.needed)


ON = Key("on", SOME_PAY, "The kinds of pay the rate applies to; left out: all.", "base")
UP_TO = Key("up_to", number("dollars"), "Each person's pay counts up to this amount.", "cap")

KINDS = (
    Kind(
        Key("rate", number("rate"), "A share of pay: 15.32% or 0.1532.", "rate"),
        of="pay",
        narrowed=(ON, UP_TO),
    ),
    Kind(
        Key("per_person", number("dollars"), "Dollars for each person, in full.", "per person"),
        of="heads",
        in_words="a person",
    ),
    Kind(
        Key("per_fte", number("dollars"), "Dollars for 1.0 FTE, prorated.", "per FTE"),
        of="FTE",
        in_words="for 1.0 FTE",
    ),
    Kind(
        Key("cost", number("dollars"), "Dollars for so many `fte` together, as a budget book has a line.", "cost"),
        of="FTE",
        over=(
            Key(
                "fte",
                number("FTE", most=1_000_000, undated="they are the FTE of the year of the cost"),
                "The FTE that a `cost` is for; fewer carry their share of it.",
                "FTE",
            ),
        ),
        by="for so many FTE together",
        example="{cost: 1_263_462, fte: 15}",
    ),
    Kind(
        Key("per_day", number("dollars"), "Dollars a day for each person, for so many `days`.", "per day"),
        of="heads",
        in_words="a day for each person",
        times=(Key("days", number("days", most=366), "Days a year, for a cost by the day.", "days"),),
        by="by the day",
        example="{per_day: 120, days: 20}",
    ),
)
LINE = "pay and benefits"
"""The one component of staff who are a line of a budget book: all that they cost."""
LEAST_FTE = Key("min_fte", number("FTE", most=1), "People below this FTE are left out.", "least FTE")
"""What may stand beside a price of any kind."""
KEYS = {key.key: key for kind in KINDS for key in (kind.price, *kind.beside)} | {LEAST_FTE.key: LEAST_FTE}
PRICES = tuple(kind.price.key for kind in KINDS)
"""The keys of which a component has exactly one."""
