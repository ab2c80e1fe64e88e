"""How wide text is on a screen, and how it breaks into lines: at words, and never losing a letter."""

from __future__ import annotations

import os
import re
from functools import cache


def asked_width() -> int | None:
    """The screen columns that COLUMNS asks for, 1 to 9999; None where it asks for nothing that could be a width."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if re.fullmatch(r"[1-9][0-9]{0,3}", asked) else None


def width(text: str) -> int:
    """The screen columns a text takes: East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` columns; only a word that is wider by itself is broken."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for char in word:
            if lines[-1] and width(lines[-1] + char) > room:
                lines.append("")
            lines[-1] += char
    return lines


@cache
def folded(text: str, lines: int) -> int:
    """The least width at which a text takes at most so many lines without breaking a word."""
    if lines == 1:
        return width(text)
    room = max(map(width, text.split()), default=0)
    while len(wrapped(text, room)) > lines:
        room += 1
    return room
