"""The rules of a forecast as they are written: one rate, a rate year by year, and either of them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache, reduce

from staffcalc.language import layers
from staffcalc.language.figures import Figure, check_annotations, figure, refuse_same_year
from staffcalc.language.layers import laid_over
from staffcalc.language.school_year import EXAMPLE, first_of, is_meant
from staffcalc.language.written_numbers import wrong
from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree

EACH_YEAR = "each_year"
Series = layers.Series[Figure]
"""A rate for every year, and others for single years, each of which names its year in `dated`."""
Rule = layers.Rule[Figure]
"""A series for all, and others by name: of a unit, a benefit, a fund."""


def laid(rules: Iterable[Rule | None]) -> Rule | None:
    """The one rule that several, the nearest first, come to; None where there are none."""
    return _laid(tuple(rule for rule in rules if rule is not None))


@lru_cache(maxsize=1024)
def _laid(rules: tuple[Rule, ...]) -> Rule | None:
    return reduce(laid_over, reversed(rules)) if rules else None


def first_stated(rules: Iterable[Rule | None], name: str, year: int) -> Figure | None:
    """The figure for a name in the school year that begins in this calendar year: its own, or the one for all.

    The rules stand one over another, the nearest first, and each replaces what it names, as in a file that extends
    others.
    """
    rule = laid(rules)
    return None if rule is None else rule.of(name, year)


def rule_of(read: Callable[[Tree], Figure]) -> Callable[[Tree], Rule]:
    """How a rule is read, with the way in which each of its figures is."""

    def rule(node: Tree) -> Rule:
        if not isinstance(node, Block) or "value" in node:
            return Rule(_series(node, read), {})
        check_annotations(node)
        of_years = Block((key, one) for key, one in node.items() if _is_year(key))
        of_years.place = node.place
        named: dict[str, Series] = {
            key: _series(one, read) for key, one in node.items() if not _is_year(key) and key not in ANNOTATIONS
        }
        return Rule(_series(of_years, read), named)

    return rule


def _is_year(key: str) -> bool:
    return key == EACH_YEAR or is_meant(key)


def _series(node: Tree, read: Callable[[Tree], Figure]) -> Series:
    if isinstance(node, Text) or (isinstance(node, Block) and "value" in node):
        return Series(read(node), bare=True)
    if not isinstance(node, Block):
        raise wrong("a list where a rate is meant", "write 2%, or {2027-28: 2%, 2028-29: 0%}", node.place)
    check_annotations(node)
    refuse_same_year(node)
    each: Figure | None = None
    years: dict[int, Figure] = {}
    for key, one in node.items():
        if key == EACH_YEAR:
            each = read(one)
        elif (first := first_of(key)) is not None:
            years[first] = read(one)._replace(dated=key.strip(), place=key.place)
        elif key not in ANNOTATIONS:
            hint = EXAMPLE if is_meant(key) else "write {each_year: 2%, 2028-29: 0%}"
            raise wrong(f"`{key}` is no school year", hint, key.place)
    return Series(each, years)


_YEARS_OUTSIDE = "write the years beside it: {each_year: 2%, 2027-28: 50%}"


def growth(node: Tree) -> Figure:
    """A rate by which something grows, or shrinks where it is below zero."""
    return figure(node, "rate", signed=True, most=Decimal(1), undated=_YEARS_OUTSIDE)


def raised(node: Tree) -> Figure:
    """A raise: a rate, and perhaps the months of its first year in which it is paid: {value: 4%, months: 9}."""
    if not isinstance(node, Block) or "value" not in node or (key := node.key("months")) is None:
        return growth(node)
    months = figure(node[key], "months", most=Decimal(12), undated="they are those of this raise: write one number")
    rest = Block((name, one) for name, one in node.items() if name != "months")
    rest.place = node.place
    return growth(rest)._replace(months=months)


def share(node: Tree) -> Figure:
    """A share of the staff."""
    return figure(node, "rate", most=Decimal(1), undated=_YEARS_OUTSIDE)


_STEPS = {"freeze": "0", "half": "0.5"}


def steps(node: Tree) -> Figure:
    """Steps gained in a year: a number, `freeze` or `half`."""
    stated = node[Text("value")] if isinstance(node, Block) and "value" in node else node
    if isinstance(stated, Text) and stated.strip() in _STEPS:
        number = Text.at(_STEPS[stated.strip()], stated.place)
        node = _with_value(node, number.credited(stated))
    elif isinstance(stated, Text) and stated.strip()[:1].isalpha():
        raise wrong(f"`{stated}` is no number of steps", "write freeze, half, or a number such as 1", stated.place)
    return figure(node, "number", most=Decimal(5), undated="write the years beside it: {each_year: 1, 2027-28: half}")


def _with_value(node: Tree, value: Text) -> Tree:
    if not isinstance(node, Block):
        return value
    block = Block({**node, Text("value"): value})
    block.place = node.place
    return block
