"""What a source says in words: the years it names, and whether they are those of the file."""

from __future__ import annotations

import re

from staffcalc.language.school_year import first_of

_LINK = re.compile(r"\S*(?:://|www\.)\S*")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)\d\d|\d\d)(?![\d]))?(?!\d)")


def named_years(words: str) -> dict[str, frozenset[int]]:
    """The years that a text names as it names them, each with the calendar years it covers; links name none.

    "rates of 2015-16" names "2015-16", which covers 2015 and 2016.
    """
    found: dict[str, frozenset[int]] = {}
    for match in _YEARS.finditer(_LINK.sub(" ", words)):
        first, ending = int(match[1]), match[2] or ""
        last = int(match[1][: 4 - len(ending)] + ending)
        if last < first:  # "2015-04" is a month of 2015
            found[match[1]] = frozenset({first})
        else:
            found[match[0]] = frozenset(range(first, last + 1))
    return found


def without_links(source: str) -> str:
    """A source as a table names it; where it is nothing but a link, the link."""
    return " ".join(_LINK.sub(" ", source).split()).rstrip(" ,;:(") or source


def other_year(source: str | None, year: str | None) -> str | None:
    """The years a source names where none of them is the file's: "2012-13"; None where one fits or none is named."""
    begins = first_of(year or "")
    own = set() if begins is None else {begins, begins + 1}
    named = named_years(source or "")
    if not own or not named or any(own & years for years in named.values()):
        return None
    return " and ".join(named)
