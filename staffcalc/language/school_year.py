"""School years as people write them: 2027-28, 2027/28, 2027–28, 2027-2028, or 2027 alone; or the fiscal year in which
one ends, FY28. One grammar for all of it, in files and on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from staffcalc.records import NamedTuple

MOST_YEARS = 30
"""So many years a forecast may be of, the file's own the first."""
PATTERN = r"^\s*([0-9]{4}([-–/]([0-9]{2})?[0-9]{2})?|[Ff][Yy]\s*'?([0-9]{2})?[0-9]{2})\s*$"
"""How a school year is written, for the JSON Schema (which cannot say that the second year follows the first)."""
EXAMPLE = "write it as 2027-28"
SPAN_PATTERN = PATTERN.replace(r"\s*$", r"\s+to\s+") + PATTERN.removeprefix(r"^\s*")
SPAN_EXAMPLE = "write the first and the last year: 2026-27 to 2030-31"
_YEAR = re.compile(r"(\d{4})(?:([-–/])((?:\d\d)?)(\d\d))?", re.ASCII)
_MEANT = r"\s*(?:\d{4}(?:\D\d+)?|FY\s*'?\d+)\s*"  # like the next, compiled where it is asked for
_FISCAL = r"(FY\s*'?)((?:\d\d)?)(\d\d)"

Year = TypeVar("Year", bound=str)


class _Written(NamedTuple):
    """A school year and its form: what stands between the two years, and the century of the second where written; or
    what stands before the fiscal year in which it ends."""

    first: int
    between: str
    century: str
    fiscal: str = ""


@lru_cache(maxsize=1024)
def _written(year: str) -> _Written | None:
    match = _YEAR.fullmatch(year.strip())
    if match is None:
        ends = re.fullmatch(_FISCAL, year.strip(), re.ASCII | re.IGNORECASE)
        return None if ends is None else _Written(int(f"{ends[2] or 20}{ends[3]}") - 1, "", ends[2], ends[1])
    first, (between, century, second) = int(match[1]), match.groups(default="")[1:]
    if second and int(century + second) != (first + 1) % (10_000 if century else 100):
        return None
    return _Written(first, between, century)


def first_of(year: str) -> int | None:
    """The calendar year in which a school year begins; None where the text names no school year."""
    written = _written(str(year))
    return None if written is None else written.first


def span(years: str) -> tuple[str, ...] | None:
    """The school years from the first to a later one: `2026-27 to 2030-31`. None where the text names no such two."""
    first, *last = re.split(r"\s+to\s+", years.strip())
    begins, ends = first_of(first), first_of(last[0]) if len(last) == 1 else None
    if begins is None or ends is None or not begins < ends < begins + MOST_YEARS:
        return None
    return tuple(later(first, number) for number in range(ends - begins + 1))


def is_meant(text: str) -> bool:
    """Whether a text can only be meant as a school year, though it may be none (2027-29)."""
    return re.fullmatch(_MEANT, text, re.ASCII | re.IGNORECASE) is not None


def later(year: str, number: int) -> str:
    """The name of the school year so many years later, in the same form. ValueError where the text names none."""
    written = _written(str(year))
    if written is None:
        raise ValueError(f"{year} names no school year")
    first = written.first + number
    if written.fiscal:
        return f"{written.fiscal}{first + 1 if written.century else f'{(first + 1) % 100:02}'}"
    if not written.between:
        return str(first)
    return f"{first}{written.between}{first + 1 if written.century else f'{(first + 1) % 100:02}'}"


def stated_twice(years: Iterable[Year]) -> tuple[Year, Year] | None:
    """The first two texts that name the same school year, however they are written; None where there are none."""
    seen: dict[int, Year] = {}
    for year in years:
        first = first_of(year)
        if first is not None and seen.setdefault(first, year) is not year:
            return seen[first], year
    return None
