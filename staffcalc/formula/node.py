"""How the parts of formulas are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

_Node = TypeVar("_Node")


class Node:
    """What all parts of formulas have: a place for what the part comes to with the file's own figures, once known."""

    __slots__ = ("known",)
    known: Any


@dataclass_transform(frozen_default=True)
def node(cls: type[_Node]) -> type[_Node]:
    """A part of formulas: it never changes, and equals another that is made alike of equal parts.

    That it never changes is held by types, not as the program runs: thousands are made for one school, and a frozen
    dataclass takes four times as long. (Nor is it a named tuple: a type checker compares those field by field, through
    all that their fields may hold.)
    """
    made: Any = dataclass(eq=False, repr=False, slots=True)(cls)
    made.__eq__, made.__hash__ = _equal, _hash
    return made  # type: ignore[no-any-return]


def fields(formula: Any) -> Iterator[Any]:
    """What a formula was made of, in the order in which it takes that."""
    return (getattr(formula, name) for name in formula.__slots__)


def _equal(one: Any, other: Any) -> bool:
    return one is other or (
        type(one) is type(other) and all(a == b for a, b in zip(fields(one), fields(other), strict=True))
    )


def _hash(one: Any) -> int:
    return hash((type(one), *fields(one)))
