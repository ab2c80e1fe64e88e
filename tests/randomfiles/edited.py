"""An edited copy of a file, as when a plan is worked on: some figures are other ones, and some entries are gone."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import Plain

_NUMBER = re.compile(r"(\$?)([\d,_]*\.?\d+)(%?)")
_FACTORS = ("0", "0.5", "0.9", "1.1", "2")
_MAY_GO = ("roles", "baseline", "benefits", "schedules", "forecast", "funds", "budget", "other_costs", "scenarios")
"""Blocks in which an entry may be taken away."""


@st.composite
def edited(draw: st.DrawFn, file: Plain) -> Plain:
    """A copy with up to four edits. A reader may refuse it: shares that no longer add up, a name that is gone."""
    new: Plain = copy.deepcopy(file)
    if draw(st.integers(1, 3)) == 3:
        new["cut_saves"] = "own" if new.get("cut_saves") != "own" else "new_hire"
    for _ in range(draw(st.integers(0, 3))):
        figures = list(_figures(new))
        if figures:
            block, key, match = draw(st.sampled_from(figures))
            block[key] = _other(match, Decimal(draw(st.sampled_from(_FACTORS))))
    entries = [(block, key) for name in _MAY_GO for block, key in _entries(new.get(name))]
    if entries and draw(st.integers(1, 3)) == 3:
        block, key = draw(st.sampled_from(entries))
        del block[key]
    return new


def _figures(node: Any) -> Iterator[tuple[Any, Any, re.Match[str]]]:
    """Every figure with where it stands."""
    for key, one in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if isinstance(one, str) and key not in ("years", "year", "id") and (match := _NUMBER.fullmatch(one)):
            yield node, key, match
        yield from _figures(one)


def _other(match: re.Match[str], factor: Decimal) -> str:
    sign, digits, percent = match.groups()
    number = Decimal(re.sub("[,_]", "", digits))
    decimals = max(0, -int(number.as_tuple().exponent))
    return f"{sign}{round(number * factor, decimals):f}{percent}"


def _entries(block: Any) -> Iterator[tuple[Plain, str]]:
    """The entries of a block and of the blocks in it."""
    if isinstance(block, dict):
        for key, one in block.items():
            yield block, key
            yield from _entries(one)
