"""A cell as people read it, and as programs do. A figure is written out exactly, never computed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from staffcalc.language.fractions import as_told
from staffcalc.output.characters import printable
from staffcalc.report import Bar, Cell, Count, Fte, Money, NotAvailable, Number, Percent, Ratio, Verdict

MINUS = "−"
LONGEST_BAR = 16
_FULL, _AXIS = "█", "│"
ZERO = Decimal(0)


def shown(cell: Cell, places: int = 1) -> str:
    """The text of a cell for people; `places` are the decimals of FTE."""
    match cell:
        case None:
            return ""
        case str():
            return printable(cell)
        case int():
            return str(cell)
        case Money(amount, signed):
            return _sign(amount, signed) + f"${amount.copy_abs():,f}"
        case Fte(value, signed):
            return _sign(value, signed) + f"{value.copy_abs():,.{places}f}"
        case Count(value):
            return _sign(value) + f"{Decimal(_short(as_told(value).copy_abs())):,f}"
        case Ratio(value):
            return _sign(value) + f"{value.copy_abs():,f}"
        case Percent(value, signed):
            return _sign(value, signed) + f"{value.copy_abs().scaleb(2):f}%"
        case Verdict(text):
            return printable(text)
        case Bar():
            return bars([cell])[0]
        case NotAvailable():
            return "n/a"


def bars(column: Sequence[Cell]) -> list[str]:
    """The bars of a column, blank where it has none. Those below nothing go to the left of an axis."""
    shares = [cell.share if isinstance(cell, Bar) else None for cell in column]
    known = [share for share in shares if share is not None]
    lowest, highest = min([ZERO, *known]), max([ZERO, *known])
    if not lowest:
        return [_FULL * _length(share or ZERO, LONGEST_BAR) for share in shares]
    full = LONGEST_BAR / (highest - lowest)
    room = _length(lowest, full)
    return ["" if share is None else _around_axis(share, full, room) for share in shares]


def _around_axis(share: Decimal, full: Decimal, room: int) -> str:
    bar = _FULL * _length(share, full)
    return f"{bar:>{room}}{_AXIS}" if share < 0 else f"{'':{room}}{_AXIS}{bar}"


def _length(share: Decimal, full: Decimal | int) -> int:
    """The characters of a bar; the smallest one can be seen."""
    return max(1, int(abs(share) * full)) if share else 0


def raw(cell: Cell) -> str | None:
    """The cell for a program: text as it is, a number in plain digits, None where there is nothing."""
    match cell:
        case None | NotAvailable() | Bar():
            return None
        case str():
            return cell
        case int():
            return str(cell)
        case Verdict(text):
            return text
        case _:
            return raw_number(cell)


def raw_number(cell: Number) -> str:
    """The figure of a cell without unit, comma or exponent; FTE and people without needless zeros."""
    match cell:
        case Money(amount):
            return _digits(amount)
        case Fte(value) | Count(value):
            return _short(value)
        case Ratio(value) | Percent(value):
            return _digits(value)


def fte_places(cells: Iterable[Cell]) -> int:
    """The decimals that show every FTE of a table exactly, and at least one; those of a number without an end are told
    to three."""
    lengths = {len(_short(as_told(cell.value)).partition(".")[2]) for cell in cells if isinstance(cell, Fte)}
    return max({1} | lengths)


def _sign(value: Decimal, signed: bool = False) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""


def _digits(value: Decimal) -> str:
    return f"{value if value else value.copy_abs():f}"  # a zero has no sign


def _short(value: Decimal) -> str:
    digits = _digits(value)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
