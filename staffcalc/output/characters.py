"""Characters that a terminal, a reader or an encoding cannot take as they are, and what stands for them."""

from __future__ import annotations

import codecs
import re

# Controls, line separators, marks that turn the direction of text, the byte order mark, half surrogates, and what is no
# character at all, which XML forbids.
HIDDEN = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17)
)
_HIDDEN = f"[{HIDDEN}]"  # like the next, compiled only where a text needs it
# Build servers obey commands in a log: `::error` at the start of a line, which a line that is broken may make of any
# word, and `##[error]` anywhere in it.
_COMMAND = r":(?=:)|#(?=#(?:\[|vso\[))"


def escaped(character: str) -> str:
    r"""A character as a programmer writes it: `\n`, `\x1b`, `\u202e`."""
    return character.encode("unicode_escape").decode("ascii")


def printable(text: str) -> str:
    """The text with all that a terminal or a build server would obey shown as an escape, never sent."""
    if not text.isprintable():
        text = re.sub(_HIDDEN, lambda hidden: escaped(hidden[0]), text)
    return without_commands(text, r"\x{:02x}")


def without_commands(text: str, escape: str) -> str:
    """The text with the first sign of each command that a build server would obey written as an escape."""
    if "::" in text or "##" in text:
        text = re.sub(_COMMAND, lambda sign: escape.format(ord(sign[0])), text)
    return text


def json_escaped(character: str) -> str:
    r"""A character as JSON writes it: `\u202e`, beyond the first plane as two of its units."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(rf"\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


_PLAIN = {
    **dict.fromkeys("─━═╌┄", "-"),
    **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("−–—‐‑‒", "-"),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("•·", "*"),
    **{"█": "#", "×": "x", "÷": "/", "→": "->", "≤": "<=", "≥": ">=", "≈": "~", "✓": "ok", "✗": "x", "\ufeff": ""},
}


def plain_character(character: str) -> str:
    """The nearest ASCII: a letter loses its accent; what has nothing near is a question mark."""
    from unicodedata import normalize

    if character in _PLAIN:
        return _PLAIN[character]
    if "\u2500" <= character <= "\u257f":  # the corners and crossings of boxes
        return "+"
    return normalize("NFKD", character).encode("ascii", "ignore").decode("ascii") or "?"


def _in_plain_ascii(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(plain_character, error.object[error.start : error.end])), error.end


def _in_json(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json_escaped(error.object[error.start : error.end]), error.end


codecs.register_error("staffcalc.plain", _in_plain_ascii)
codecs.register_error("staffcalc.json", _in_json)
