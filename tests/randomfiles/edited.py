"""An edited copy of a file, as when a plan is worked on: some figures are other ones, and some entries are gone."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator
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


@st.composite
def with_fewer_in_a_year(draw: st.DrawFn, files: list[Plain]) -> list[Plain]:
    """The files with some staff of today fewer in a single year: FTE, or those of a cell. A change may then take more
    than there is."""
    files = copy.deepcopy(files)
    staffed = [file["baseline"] for file in files if isinstance(file.get("baseline"), dict)]
    fewer = {role for file in files for role in _given_up(file)}
    counts = [found for staff in staffed for found in _counts(staff, fewer)]
    if "year" not in files[-1] or not counts:
        return files
    for block, key in draw(st.lists(st.sampled_from(counts), min_size=1, max_size=3, unique_by=id)):
        year = str(int(files[-1]["year"][:4]) + draw(st.integers(0, 3)))
        then = Decimal(block[key]) * Decimal(draw(st.sampled_from(("0", "0.1", "0.5"))))
        dated = {"value": block[key], "years": {year: f"{then:.2f}"}}
        block[key] = dated if key == "fte" or "/" in key else {"fte": dated}
    return files


def _given_up(file: Plain) -> Iterator[str]:
    """The roles of which some scenario gives up staff."""
    for scenario in (file.get("scenarios") or {}).values():
        change = scenario.get("change") if isinstance(scenario, dict) else None
        if isinstance(change, dict):
            yield from (role for role, entry in change.items() if re.search(r"'-(?!0\.00)", repr(entry)))


def _counts(staff: Plain, of: Collection[str]) -> Iterator[tuple[Plain, str]]:
    """The FTE that are stated of these roles, or of a cell of theirs."""
    for role, entry in staff.items():
        if role not in of:
            continue
        if _is_number(entry):
            yield staff, role
        elif isinstance(entry, dict) and not {"cost", "people"} & entry.keys():
            yield from ((entry, key) for key in entry if ("/" in key or key == "fte") and _is_number(entry[key]))


def _is_number(entry: Any) -> bool:
    return isinstance(entry, str) and re.fullmatch(r"\d+(\.\d+)?", entry) is not None


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
