"""Arithmetic as it is said, worked out by someone who has nothing but the words: "2.5 FTE × ($50,000 + $2,000)".

Numbers carry their unit, and how far they may be off: a number that has no end is printed to eight decimals.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, NamedTuple

LAST_DIGIT = Fraction(1, 2 * 10**8)
"""What a number may be off that is printed to eight decimals, of dollars or of one."""

Unit = Literal[
    "dollars",
    "rate",
    "people",
    "FTE",
    "students",
    "hours",
    "minutes",
    "weeks",
    "days",
    "months",
    "periods",
    "classes",
    "number",
]
WHOLE = ("rate", "number")
"""Units of shares and plain numbers, which leave what they are multiplied with in its own unit."""

_UNITS: dict[str, Unit] = {
    "FTE": "FTE",
    "people": "people",
    "person": "people",
    "of a person": "people",
    "students": "students",
    "hours a week": "hours",
    "hours a day": "hours",
    "hours": "hours",
    "minutes": "minutes",
    "weeks": "weeks",
    "days": "days",
    "months": "months",
    "periods": "periods",
    "period": "periods",
    "classes": "classes",
    "class": "classes",
}
_TOKEN = re.compile(
    r"(?P<threshold>\(1 from [\d,.]+ FTE up, 0 at [\d,.]+\))"
    r"|(?P<number>(?:\d[\d,]* )?\d+/\d+|\$?\d[\d,]*(?:\.\d+)?%?)"
    r"(?P<unit> (?:FTE|people|person|of a person|students|hours a week|hours a day|hours|minutes|weeks|days|months"
    r"|periods|period|classes|class"
    r"|an hour)"
    r"(?![\w]))?"
    r"(?P<remark> \((?:the cap|\d+ more|team of [\d.,]+)\))?"
    r"|(?P<sign>[()×÷+−]|of)"
)


class Said(NamedTuple):
    """A number that was said or worked out: what it is, how far it may be off, and its unit."""

    value: Fraction
    off: Fraction
    unit: Unit


class NotArithmeticError(Exception):
    """Words that cannot be worked out, or that make no sense in their units."""


def heard(words: str) -> Said:
    """What the words come to. Raises NotArithmeticError where they cannot be worked out, parentheses do not balance, or
    units do not fit: dollars × dollars, people added to dollars, FTE as fractions of dollars."""
    reader = _Reader(words)
    found = reader.sum()
    if reader.at < len(reader.tokens):
        raise NotArithmeticError(f"`{reader.tokens[reader.at][0]}` is left over in: {words}")
    return found


class _Reader:
    def __init__(self, words: str) -> None:
        self.words, self.at = words, 0
        self.tokens: list[re.Match[str]] = []
        at = 0
        while at < len(words):
            match = _TOKEN.match(words, at)
            if match is None:
                raise NotArithmeticError(f"`{words[at:]}` is no arithmetic in: {words}")
            self.tokens.append(match)
            at = match.end()
            while words[at : at + 1] == " ":
                at += 1

    def _take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at]["sign"] in signs:
            self.at += 1
            return self.tokens[self.at - 1]["sign"]
        return None

    def sum(self) -> Said:
        found = self._term()
        while sign := self._take("+", "−"):
            found = self._added(found, self._term(), 1 if sign == "+" else -1)
        return found

    def _term(self) -> Said:
        found = self._factor()
        while sign := self._take("×", "÷", "of"):
            other = self._factor()
            found = self._quotient(found, other) if sign == "÷" else self._product(found, other)
        return found

    def _factor(self) -> Said:
        if self._take("−"):
            value, off, unit = self._factor()
            return Said(-value, off, unit)
        if self._take("("):
            found = self.sum()
            if not self._take(")"):
                raise NotArithmeticError(f"a parenthesis is not closed in: {self.words}")
            return found
        if self.at == len(self.tokens) or self.tokens[self.at]["sign"]:
            raise NotArithmeticError(f"a number is missing in: {self.words}")
        self.at += 1
        return _number(self.tokens[self.at - 1])

    def _added(self, one: Said, other: Said, sign: int) -> Said:
        shares = one.unit in WHOLE and other.unit in WHOLE
        if one.unit != other.unit and not shares:
            raise NotArithmeticError(f"{one.unit} and {other.unit} are added up in: {self.words}")
        return Said(one.value + sign * other.value, one.off + other.off, one.unit)

    def _product(self, one: Said, other: Said) -> Said:
        if one.unit == other.unit and one.unit not in (*WHOLE, "FTE"):  # a ratio is of FTE for FTE
            raise NotArithmeticError(f"{one.unit} × {other.unit} in: {self.words}")
        units = {one.unit, other.unit}
        order: tuple[Unit, ...] = (
            "dollars",
            "hours",
            "minutes",
            "days",
            "weeks",
            "months",
            "FTE",
            "people",
            "periods",
            "classes",
            "students",
            "rate",
        )
        unit: Unit = next((unit for unit in order if unit in units), "number")
        return Said(one.value * other.value, abs(one.value) * other.off + abs(other.value) * one.off, unit)

    def _quotient(self, one: Said, other: Said) -> Said:
        if other.unit == "dollars" and one.unit != "dollars":
            raise NotArithmeticError(f"{one.unit} as a fraction of dollars in: {self.words}")
        of_a_year = one.unit == "months" and other.unit == "number"
        unit: Unit = "number" if one.unit == other.unit or of_a_year else one.unit
        if other.value == 0:  # a share of nobody
            return Said(Fraction(0), Fraction(0), unit)
        off = (one.off + abs(one.value / other.value) * other.off) / abs(other.value)
        return Said(one.value / other.value, off, unit)


def _number(token: re.Match[str]) -> Said:
    if token["threshold"]:
        least, fte = re.findall(r"[\d,.]*\d", token["threshold"])[1::2]
        return Said(Fraction(_plain(fte) >= _plain(least)), Fraction(0), "number")
    written = token["number"]
    value = _plain(written.strip("$%"))
    if written.endswith("%"):
        return Said(value / 100, LAST_DIGIT, "rate")
    unit: Unit = "dollars" if written.startswith("$") else _UNITS.get((token["unit"] or "").strip(), "number")
    return Said(value, LAST_DIGIT, unit)


def _plain(digits: str) -> Fraction:
    """Also one with a part: 2 1/3."""
    return sum((Fraction(part) for part in digits.replace(",", "").split()), Fraction(0))
