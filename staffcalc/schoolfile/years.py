"""School years by their names: 2026-27, or 2026 alone."""

from __future__ import annotations

import re

MOST_YEARS = 30
"""So many years a forecast may be of, the file's own the first."""
_YEAR = re.compile(r"(\d{4})(?:[-–/](?:\d\d)?(\d\d))?", re.ASCII)


def first_of(year: str) -> int | None:
    """The calendar year in which a school year begins; None where the text names no school year."""
    match = _YEAR.fullmatch(year.strip())
    if match is None or (match[2] is not None and int(match[2]) != (int(match[1]) + 1) % 100):
        return None
    return int(match[1])


def later(year: str, number: int) -> str:
    """The name of the school year so many years later, in the same form. ValueError where the text names none."""
    first = first_of(year)
    if first is None:
        raise ValueError(f"{year} names no school year")
    first += number
    return f"{first}-{(first + 1) % 100:02}" if len(year.strip()) > 4 else str(first)
