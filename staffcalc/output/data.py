"""The data of an answer as JSON. Decimals are written as the digits they are, never by way of a float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from json import dumps

from staffcalc.output.cells import number
from staffcalc.output.characters import HIDDEN
from staffcalc.report import Bar, Count, Data, Fte, Money, NotAvailable, Percent, Ratio, Report, Verdict

_HIDDEN = re.compile(f"[{HIDDEN}]")


def json(report: Report) -> str:
    """The data, indented by two; what is not available is null."""
    return "".join(_written(report.data(), "\n")) + "\n"


def _written(data: Data, newline: str) -> Iterator[str]:
    match data:
        case None | NotAvailable() | Bar():
            yield "null"
        case bool():
            yield "true" if data else "false"
        case int():
            yield str(data)
        case str():
            yield _quoted(data)
        case Verdict(text):
            yield _quoted(text)
        case Money() | Fte() | Count() | Ratio() | Percent():
            yield number(data)
        case Mapping():
            pairs = (
                (chain([_quoted(key), ": "], _written(value, newline + "  "))) for key, value in data.items()
            )
            yield from _enclosed("{", pairs, "}", newline)
        case _:
            yield from _enclosed("[", (_written(item, newline + "  ") for item in data), "]", newline)


def _enclosed(start: str, items: Iterable[Iterable[str]], end: str, newline: str) -> Iterator[str]:
    before = start + newline + "  "
    for item in items:
        yield before
        yield from item
        before = "," + newline + "  "
    yield newline + end if before[0] == "," else start + end


def _quoted(text: str) -> str:
    # JSON escapes most control characters by itself; the others could still reach a terminal.
    quoted = dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else _HIDDEN.sub(lambda hidden: rf"\u{ord(hidden[0]):04x}", quoted)
