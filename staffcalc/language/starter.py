"""The starter file: a commented plan to begin with."""

from __future__ import annotations

from importlib.resources import files


def starter() -> str:
    """The text of the starter file."""
    return files("staffcalc.language").joinpath("starter.yaml").read_text(encoding="utf-8")
