"""The rules of a forecast as they are written: one rate, a rate year by year, and either of them by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from staffcalc.schoolfile.figures import Figure, check_annotations, figure, wrong
from staffcalc.schoolfile.tree import ANNOTATIONS, Block, Text, Tree

EACH_YEAR = "each_year"
_YEAR = re.compile(r"\d{4}(?:\D\d+)?")


class Series(NamedTuple):
    """A figure for every year, and others for single years, each of which names its year in `dated`.

    `bare`: written as one figure alone, which replaces all that stood there before.
    """

    each_year: Figure | None = None
    years: tuple[Figure, ...] = ()
    bare: bool = False


class Rule(NamedTuple):
    """A series for all, and others by name: of a unit, a benefit, a fund."""

    general: Series
    named: Mapping[Text, Series]

    def figures(self) -> Iterator[Figure]:
        """All that the rule states."""
        for series in (self.general, *self.named.values()):
            yield from series.years
            if series.each_year is not None:
                yield series.each_year


def first_stated(rules: Iterable[Rule | None], name: str, year: int) -> Figure | None:
    """The figure for a name in the school year that begins in this calendar year: its own, or the one for all.

    The rules stand one over another, the nearest first, and each replaces what it names, as in a file that extends
    others.
    """
    stated: list[Rule] = []
    for rule in rules:
        if rule is not None:
            stated.append(rule)
            if rule.general.bare:
                break
    own = _in_year((rule.named[Text(name)] for rule in stated if name in rule.named), year)
    return own if own is not None else _in_year((rule.general for rule in stated), year)


def _in_year(stated: Iterable[Series], year: int) -> Figure | None:
    each_year: Figure | None = None
    for series in stated:
        dated = next((one for one in series.years if (one.dated or "")[:4] == str(year)), None)
        if dated is not None:
            return dated
        each_year = series.each_year if each_year is None else each_year
        if series.bare:
            break
    return each_year


def rule_of(read: Callable[[Tree], Figure]) -> Callable[[Tree], Rule]:
    """How a rule is read, with the way in which each of its figures is."""

    def rule(node: Tree) -> Rule:
        if isinstance(node, Text):
            return Rule(Series(read(node), bare=True), {})
        if not isinstance(node, Block):
            raise wrong("a list where a rate is meant", "write 2%, or {2027-28: 2%, 2028-29: 0%}", node.place)
        if "value" in node:
            return Rule(Series(read(node), bare=True), {})
        check_annotations(node)
        of_years = Block((key, one) for key, one in node.items() if _is_year(key))
        of_years.place = node.place
        named = {key: _series(one, read) for key, one in node.items() if not _is_year(key) and key not in ANNOTATIONS}
        return Rule(_series(of_years, read), named)

    return rule


def _is_year(key: str) -> bool:
    return key == EACH_YEAR or _YEAR.fullmatch(key) is not None


def _series(node: Tree, read: Callable[[Tree], Figure]) -> Series:
    if isinstance(node, Text) or (isinstance(node, Block) and "value" in node):
        return Series(read(node), bare=True)
    if not isinstance(node, Block):
        raise wrong("a list where a rate is meant", "write 2%, or {2027-28: 2%, 2028-29: 0%}", node.place)
    check_annotations(node)
    each: Figure | None = None
    years: list[Figure] = []
    for key, one in node.items():
        if key == EACH_YEAR:
            each = read(one)
        elif _YEAR.fullmatch(key) is not None:
            years.append(read(one)._replace(dated=str(key), place=key.place))
        elif key not in ANNOTATIONS:
            raise wrong(f"`{key}` is no school year", "write {each_year: 2%, 2028-29: 0%}", key.place)
    return Series(each, tuple(years))


def growth(node: Tree) -> Figure:
    """A rate by which something grows, or shrinks where it is below zero."""
    return figure(node, "rate", signed=True, most=Decimal(1))


def share(node: Tree) -> Figure:
    """A share of the staff."""
    return figure(node, "rate", most=Decimal(1))


_STEPS = {"freeze": "0", "half": "0.5"}


def steps(node: Tree) -> Figure:
    """Steps gained in a year: a number, `freeze` or `half`."""
    stated = node[Text("value")] if isinstance(node, Block) and "value" in node else node
    if isinstance(stated, Text) and stated in _STEPS:
        number = Text.at(_STEPS[stated], stated.place)
        number.source, number.assumed, number.note = stated.source, stated.assumed, stated.note
        node = number
    elif isinstance(stated, Text) and stated.strip()[:1].isalpha():
        raise wrong(f"`{stated}` is no number of steps", "write freeze, half, or a number such as 1", stated.place)
    return figure(node, "number", most=Decimal(5))
