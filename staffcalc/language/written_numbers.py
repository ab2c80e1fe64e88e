"""Numbers as people write them: `61_250`, `$61,250.00`, `28.5%`. Each is read exactly, or refused with a hint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic_core import PydanticCustomError

from staffcalc.language.fractions import MOST_DECIMALS
from staffcalc.language.relative import is_change
from staffcalc.source.problems import Place
from staffcalc.source.tree import Text

Unit = Literal[
    "dollars",
    "dollars an hour",
    "rate",
    "FTE",
    "people",
    "students",
    "hours",
    "hours a week",
    "hours a day",
    "weeks",
    "minutes",
    "months",
    "days",
    "rooms",
    "classes",
    "periods",
    "number",
]

MOST = Decimal(10) ** 12
"""No figure of a school or a state is larger; a larger one is a slip of the keyboard."""


def wrong(message: str, hint: str, place: Place) -> PydanticCustomError:
    """The error a validator raises: what is wrong, what would be right, and where."""
    return PydanticCustomError("wrong", "{message}", {"message": message, "hint": hint, "place": place})


MEANT: Mapping[Unit, str] = {
    "dollars": "an amount",
    "dollars an hour": "an amount",
    "rate": "a rate",
    "FTE": "a number of FTE",
    "people": "a number of people",
    "students": "a number of students",
    "hours": "a number of hours",
    "hours a week": "a number of hours",
    "hours a day": "a number of hours",
    "weeks": "a number of weeks",
    "minutes": "a number of minutes",
    "months": "a number of months",
    "days": "a number of days",
    "rooms": "a number of rooms",
    "classes": "a number of classes",
    "periods": "a number of periods",
    "number": "a number",
}
"""What is meant where a number of a unit stands, in words."""
_NUMBER = re.compile(r"([+-]?)(\$?)(\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:_\d{3})+)?(?:\.(\d+))?", re.ASCII)


def number_in(text: Text, unit: Unit, ending: str = "") -> Decimal:
    """The exact number that a text states. Raises PydanticCustomError with a hint for everything else."""
    written = text.strip()
    match = _NUMBER.fullmatch(written.removesuffix(ending).rstrip().replace("−", "-"))
    if match is None or (match[3] is None and match[4] is None):
        raise wrong(_not_a_number(text, unit), _hint(text, unit), text.place)
    sign, dollar, units, decimals = match.groups(default="")
    if dollar and not (unit.startswith("dollars") or unit == "number"):
        raise wrong(f"`{text}` is money where {MEANT[unit]} is meant", "leave the $ out", text.place)
    digits = units.replace(",", "").replace("_", "")
    _check_digits(text, unit, units, digits, decimals)
    value = Decimal(f"{sign}{digits or 0}.{decimals}")
    return value or abs(value)  # no minus sign on zero


def _check_digits(text: Text, unit: Unit, units: str, digits: str, decimals: str) -> None:
    """The digits of a number, before the point as they are written (`units`) and alone, are neither a code nor too many
    to be meant."""
    if len(units) > 1 and units[0] == "0":
        plain = text.strip().replace(units, units.lstrip("0") or "0", 1)
        raise wrong(f"`{text}` begins with a zero", f"write {plain} if {MEANT[unit]} is meant", text.place)
    if len(decimals) > MOST_DECIMALS:
        raise wrong(f"`{_short(text)}` has {len(decimals)} decimals", f"the most is {MOST_DECIMALS}", text.place)
    if len(digits) > 13:
        raise wrong(f"`{_short(text)}` is too large", f"the most is {MOST:,}", text.place)


def rate_in(text: Text) -> Decimal:
    """The rate that a text states, as a share of one. Raises PydanticCustomError with a hint for everything else."""
    if text.rstrip().endswith("%"):
        percent = number_in(text, "rate", "%")
        if abs(percent) > 1000:
            raise wrong(f"`{text}` is too large for a rate", "15.32% of pay is written 15.32% or 0.1532", text.place)
        return percent.scaleb(-2)
    value = number_in(text, "rate")
    if abs(value) > 1:
        raise wrong(
            f"`{text}` as a rate would be {(value * 100).normalize():f}%",
            f"write {text}% if percent is meant",
            text.place,
        )
    return value


def _not_a_number(text: Text, unit: Unit) -> str:
    return f"blank where {MEANT[unit]} is meant" if text.strip() == "" else f"`{_short(text)}` is not {MEANT[unit]}"


_SLIPS = (
    (r"[+-]?[\d._]+e[+-]?\d+", "write all digits, without an exponent"),
    (r"[+-]?\.?(inf|infinity|nan)", "write a finite number"),
    (r"\d+:\d+(:\d+)?", "it reads as a time; write a plain number"),
    (r"\d{4}-\d{1,2}(-\d{1,2})?", "it reads as a date or a year; write a plain number"),
    (r"\$?[\d.,_]+\s*[km]", "write it out"),
    (r"[+-]?\$?[\d.,_ ]+", "group the digits by threes, or not at all"),
)
"""What is often written in the place of a number, and what to do about it; the first that fits is meant."""


def _hint(text: Text, unit: Unit) -> str:
    written = text.strip().lower()
    if written == "" and unit == "FTE":
        return "zero is written 0; quote a text or number that contains a comma"
    if written in ("", "~", "null"):
        return "zero is written 0; leave the key out where there is none, and quote a number that contains a comma"
    example = {"rate": "15.32% or 0.1532", "dollars": "61_250, 61,250 or $61,250.00"}.get(unit, "3 or 2.5")
    if is_change(text) and unit != "rate":
        return f"a signed percentage stands in a scenario, and is of a figure that the file has; write {example}"
    if written.endswith("%") and unit != "rate":
        return f"a share does not fit here; write {example}"
    slip = next((hint for pattern, hint in _SLIPS if re.fullmatch(pattern, written)), None)
    return f"write a number such as {example}" if slip is None else f"{slip}: {example}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"
