"""The data of an answer as JSON. Decimals are written as the digits they are, never by way of a float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from json import dumps

from staffcalc.output.cell_text import raw_number
from staffcalc.output.characters import HIDDEN, json_escaped, without_commands
from staffcalc.report import Bar, Count, Fte, Money, NotAvailable, Percent, Ratio, Report, Verdict

_HIDDEN = re.compile(f"[{HIDDEN}]")


def json(report: Report) -> str:
    """The data, indented by two; what is not available is null."""
    parts: list[str] = []
    _write(report.data(), "\n", parts)
    return "".join(parts) + "\n"


def _write(data: object, newline: str, parts: list[str]) -> None:
    match data:
        case str():
            parts.append(_quoted(data))
        case Money() | Fte() | Count() | Ratio() | Percent():
            parts.append(raw_number(data))
        case None | NotAvailable() | Bar():
            parts.append("null")
        case bool():
            parts.append("true" if data else "false")
        case int():
            parts.append(str(data))
        case Verdict(text):
            parts.append(_quoted(text))
        case Mapping():
            _enclose("{", ((f"{_quoted(key)}: ", value) for key, value in data.items()), "}", newline, parts)
        case Sequence():
            _enclose("[", (("", item) for item in data), "]", newline, parts)
        case _:
            raise TypeError(f"JSON cannot hold {data!r}")


def _enclose(start: str, items: Iterable[tuple[str, object]], end: str, newline: str, parts: list[str]) -> None:
    before = f"{start}{newline}  "
    for key, value in items:
        parts.append(before + key)
        _write(value, newline + "  ", parts)
        before = f",{newline}  "
    parts.append(newline + end if before[0] == "," else start + end)


def _quoted(text: str) -> str:
    # JSON escapes most control characters by itself; the others could still reach a terminal.
    quoted = without_commands(dumps(text, ensure_ascii=False), r"\u{:04x}")
    return quoted if quoted.isprintable() else _HIDDEN.sub(lambda hidden: json_escaped(hidden[0]), quoted)
