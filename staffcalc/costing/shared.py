"""What plans have in common, and the years of a forecast: it is made once, and worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from staffcalc.formula.formula import Evaluation

Thing = TypeVar("Thing")


class Shared:
    """Things that have been made already, and what has been worked out of their formulas."""

    def __init__(self) -> None:
        self.evaluation = Evaluation()
        self._made: dict[tuple[object, ...], tuple[object, Any]] = {}

    def once(self, key: tuple[object, ...], of: object, make: Callable[[], Thing]) -> Thing:
        """The thing of this key. What it is made `of` is kept, so that ids in the key stay its own."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = of, make()
        made: Thing = found[1]
        return made
