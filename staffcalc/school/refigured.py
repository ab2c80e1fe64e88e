"""What is made of figures (a post, a budget, a plan), with some of these in another form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from staffcalc.language.figures import Figure
from staffcalc.language.relative import is_relative, own_and_change
from staffcalc.source.problems import Place
from staffcalc.source.tree import Block, Text, Tree


class Refigured:
    """Things with some of their figures changed. What holds no such figure stays the very same, so that what is shared
    stays shared."""

    def __init__(self, change: Callable[[Figure], Figure]) -> None:
        self._change = change
        self._known: dict[int, tuple[Any, Any]] = {}

    def of(self, thing: Any) -> Any:
        """The thing with its figures as they are now."""
        kind: Any = type(thing)
        if not _holds_parts(kind):
            return thing
        if id(thing) not in self._known:
            self._known[id(thing)] = thing, self._changed(thing)  # kept with the thing, so that its id stays its own
        return self._known[id(thing)][1]

    def _changed(self, thing: Any) -> Any:
        if isinstance(thing, Figure):
            return self._change(thing)
        if isinstance(thing, tuple):
            parts = [self.of(part) for part in thing]
            if all(part is before for part, before in zip(parts, thing, strict=True)):
                return thing
            return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
        if isinstance(thing, BaseModel):
            changed = {
                key: part
                for key in type(thing).model_fields
                if (part := self.of(getattr(thing, key))) is not getattr(thing, key)
            }
            return thing.model_copy(update=changed) if changed else thing
        entries = {key: self.of(part) for key, part in thing.items()}
        return entries if any(entries[key] is not part for key, part in thing.items()) else thing


@cache
def _holds_parts(kind: type) -> bool:
    """Whether things of a kind are made of others."""
    return issubclass(kind, tuple | Mapping | BaseModel) and not issubclass(kind, Place)


class _AsTheyAre(Refigured):
    """Things of which no figure is changed."""

    def of(self, thing: Any) -> Any:
        return thing


AS_THEY_ARE = _AsTheyAre(lambda figure: figure)

Begun = Mapping[Place, int]
"""Of amounts that a decision of a later year states, by their places, how many years after the file's that is."""


def since(begun: Begun) -> Refigured:
    """Amounts as of the year in which the decision begins that states them; what is relative to the file's own figure
    is of the year of that."""

    def of_its_year(figure: Figure) -> Figure:
        place = figure.place if figure.relative is None else figure.relative[0].place
        return figure._replace(since=begun[place]) if place in begun else figure

    return Refigured(of_its_year) if begun else AS_THEY_ARE


def begun_in(tree: Tree, year: int) -> Begun:
    """All that a part of the file states, as of a year."""
    return dict.fromkeys(_places(tree), year)


def _places(tree: Tree) -> Iterator[Place]:
    if isinstance(tree, Text):
        yield tree.place
    elif isinstance(tree, Block) and is_relative(tree):
        yield from _places(own_and_change(tree)[1])  # the file's own figure is of the file's year
    else:
        for part in tree.values() if isinstance(tree, Block) else tree:
            yield from _places(part)
