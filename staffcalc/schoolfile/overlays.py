"""A forecast over the one that its file extends, still as trees: laid over one another as rules that are read are."""

from __future__ import annotations

from typing import NamedTuple

from staffcalc.schoolfile.layers import Rule, Series, laid_over
from staffcalc.schoolfile.tree import ANNOTATIONS, Block, Text, Tree, merge
from staffcalc.schoolfile.years import first_of, stated_twice

EACH_YEAR = "each_year"


class _Entry(NamedTuple):
    """A key and what stands under it."""

    key: Text
    node: Tree


def laid_forecast(far: Block, near: Block) -> Block:
    """The rules of one forecast laid over those of another. What is no rule stays, to be refused when it is read."""
    merged = merge(Block(), near)
    assert isinstance(merged, Block)
    for key, node in far.items():
        nearer = merged.key(key)
        if nearer is None:
            merged[key] = node
        elif key not in ANNOTATIONS:
            merged[nearer] = _laid(node, merged[nearer])
    return merged


def laid_years(far: Block, near: Block) -> Block:
    """The figures of single years over others: the nearer one of the same year wins, however the year is written."""
    stated = {first_of(key) or key for key in near}
    merged = Block({**{key: node for key, node in far.items() if (first_of(key) or key) not in stated}, **near})
    merged.place = near.place
    return merged


def _laid(far: Tree, near: Tree) -> Tree:
    if not isinstance(near, Block) or "value" in near:
        return near
    if not (_is_rule(far) and _is_rule(near)):
        return merge(far, near)  # what is wrong in either is told when the whole is read
    rule = laid_over(_rule(far), _rule(near))
    merged = _annotated(_block(rule.general, near), far, near)
    for name, series in rule.named.items():
        assert isinstance(name, Text)
        merged[name] = _annotated(_block(series, near), *(_under(side, name) for side in (far, near)))
    return merged


def _is_rule(node: Tree) -> bool:
    """Whether all that stands in a rule is understood: names, years that are stated once, and what describes it."""
    if not isinstance(node, Block) or "value" in node:
        return True
    named = [one for key, one in node.items() if not _is_year(key) and key not in ANNOTATIONS]
    return stated_twice(node) is None and all(_is_series(one) for one in named)


def _is_series(node: Tree) -> bool:
    if not isinstance(node, Block) or "value" in node:
        return True
    return stated_twice(node) is None and all(_is_year(key) or key in ANNOTATIONS for key in node)


def _under(node: Tree, name: str) -> Tree | None:
    return node.get(Text(name)) if isinstance(node, Block) else None


def _annotated(block: Block, far: Tree | None, near: Tree | None) -> Block:
    """The block with what describes the nearer rule, or else the farther one."""
    for side in (near, far):
        for key, node in side.items() if isinstance(side, Block) and "value" not in side else ():
            if key in ANNOTATIONS:
                block.setdefault(key, node)
    return block


def _rule(node: Tree) -> Rule[_Entry]:
    if not isinstance(node, Block) or "value" in node:
        return Rule(_series(node), {})
    general = Block((key, one) for key, one in node.items() if _is_year(key))
    general.place = node.place
    names = [key for key in node if not _is_year(key) and key not in ANNOTATIONS]
    return Rule(_series(general), {name: _series(node[name]) for name in names})


def _series(node: Tree) -> Series[_Entry]:
    if not isinstance(node, Block) or "value" in node:
        return Series(_Entry(Text.at(EACH_YEAR, node.place), node), bare=True)
    each = node.key(EACH_YEAR)
    years = {first: _Entry(key, one) for key, one in node.items() if (first := first_of(key)) is not None}
    return Series(None if each is None else _Entry(each, node[each]), years)


def _block(series: Series[_Entry], near: Tree) -> Block:
    entries = [] if series.each_year is None else [series.each_year]
    block = Block((entry.key, entry.node) for entry in (*entries, *series.years.values()))
    block.place = near.place
    return block


def _is_year(key: str) -> bool:
    return key == EACH_YEAR or first_of(key) is not None
