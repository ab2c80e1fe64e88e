"""How the parts of formulas are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar, dataclass_transform

_Node = TypeVar("_Node")


class Node:
    """What all parts of formulas have: a place for what the part comes to with the file's own figures, once known.

    `made_of` are the fields that hold formulas, or several in a tuple.
    """

    __slots__ = ("known",)
    known: Any
    made_of: ClassVar[tuple[str, ...]] = ()


@dataclass_transform(frozen_default=True)
def node(cls: type[_Node]) -> type[_Node]:
    """A part of formulas: it never changes, and equals another that is made alike of equal parts.

    That it never changes is held by types, not as the program runs: thousands are made for one school, and a frozen
    dataclass takes four times as long; to make the class itself a dataclass takes six times as long as this, at each
    start. (Nor is it a named tuple: a type checker compares those field by field, through all that their fields may
    hold.)
    """
    names, own = tuple(cls.__annotations__), {**cls.__dict__}
    defaults = {name: own.pop(name) for name in names if name in own}
    takes = ", ".join(f"{name}=defaults[{name!r}]" if name in defaults else name for name in names)
    sets = "".join(f"\n self.{name} = {name}" for name in names)
    exec(f"def __init__(self, {takes}):\n self.known = None{sets}", {"defaults": defaults}, own)
    for name in ("__dict__", "__weakref__"):
        own.pop(name, None)
    made_of = tuple(name for name in names if re.search("Formula|Rounded", cls.__annotations__[name]))
    own |= {"__slots__": names, "__match_args__": names, "__eq__": _equal, "__hash__": _hash, "made_of": made_of}
    made: Any = type(cls.__name__, cls.__bases__, own)
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
