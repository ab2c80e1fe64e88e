"""The figures of a file that formulas are made of, and what a formula comes to with them or with other values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from staffcalc.formula.node import Node, node
from staffcalc.language.figures import Figure
from staffcalc.language.written_numbers import Unit

if TYPE_CHECKING:
    from staffcalc.formula.nodes import Formula

Digits = Any
"""A whole number, or a column of them: a value × 10 ** places."""

Values = Mapping[Figure, Digits]
"""Columns in place of figures; each at the decimal places of the `Input` that names the figure."""


class Evaluation(dict[Figure, Digits]):
    """Columns in place of figures, with what has been worked out of them: a part that many formulas share, such as the
    pay of a cell, is computed once."""

    def __init__(self, values: Values | None = None) -> None:
        super().__init__(values or {})
        self.known: dict[int, tuple[Formula, Digits]] = {}


_LEAST_PLACES: Mapping[Unit, int] = {"dollars": 2, "dollars an hour": 2, "rate": 4, "FTE": 2}
"""Decimals an input has room for at the least, so that a column may hold finer values than the file's own."""


@node
class Input(Node):
    """A figure of the file under the name it has in the formula ("salary", "FTE", "pension rate")."""

    name: str
    figure: Figure
    places: int
    own: Digits

    @classmethod
    def of(cls, name: str, figure: Figure) -> Input:
        exponent = figure.value.as_tuple().exponent
        assert isinstance(exponent, int)
        places = max(-exponent, _LEAST_PLACES.get(figure.unit, 0))
        own = int(figure.value.scaleb(places)) if figure.over is None else figure.exact * 10**places
        made = cls(name, figure, places, own)
        made.known = own
        return made

    def scaled(self, number: Decimal) -> int:
        """The number as a column in place of this figure holds it. ValueError where it has more decimals than fit."""
        digits = number.scaleb(self.places)
        if digits != int(digits):
            raise ValueError(f"{self.name}: {number} has more than {self.places} decimals")
        return int(digits)

    def digits(self, values: Values) -> Digits:
        return values.get(self.figure, self.own) if values else self.own


def digits_of(formula: Formula, values: Values) -> Digits:
    """What a formula, or a part of one, comes to. With the file's own figures it is worked out once for all, and with
    others once in an `Evaluation`."""
    if not values:
        digits = formula.known
        if digits is None:
            digits = formula.known = formula.digits(values)
        return digits
    if type(values) is not Evaluation or type(formula) is Input:
        return formula.digits(values)
    found = values.known.get(id(formula))
    if found is None:  # kept with the formula, so that its id stays its own
        found = values.known[id(formula)] = formula, formula.digits(values)
    return found[1]
