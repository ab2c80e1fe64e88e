"""PyYAML, for its parser.

As it is imported it compiles patterns by which it would guess at values, and here it guesses at nothing: they are
compiled where something asks for them. That would be a twentieth of each start.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["yaml"]


class _Pattern:
    """A pattern that is compiled when it is used."""

    def __init__(self, *stated: Any) -> None:
        self._stated = stated

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._stated), name)


_compile = re.compile
try:
    re.compile = _Pattern  # type: ignore[assignment]
    import yaml
finally:
    re.compile = _compile
