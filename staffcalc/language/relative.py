"""Figures that are relative to the file's own: `salary: +2%` in a scenario is the file's own salary and 2% of it.

A tree with such a figure holds the file's own figure, as it stands in the file, and the change beside it.
"""

from __future__ import annotations

from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree

CHANGE = "\0change"
"""The key of the change. Nothing in a file can be called so: the reader refuses control characters."""


def is_relative(node: Tree) -> bool:
    """Whether it is the file's own figure with a change beside it."""
    return isinstance(node, Block) and CHANGE in node


def is_change(node: Tree) -> bool:
    """Whether it is written as a signed percentage, perhaps with its source: `+2%`, or `{value: -3%, source: …}`."""
    if isinstance(node, Block) and CHANGE not in node:
        node = node.get(Text("value"), node)
    return isinstance(node, Text) and (phrase := node.strip()).endswith("%") and phrase[0] in "+−-"


def own_and_change(node: Block) -> tuple[Block, Tree]:
    """The file's own figure, and the change."""
    own = Block((key, one) for key, one in node.items() if key != CHANGE)
    own.place = node.place
    change: Tree = node[Text(CHANGE)]
    return own, change


def over(own: Tree | None, near: Tree, priced: tuple[str, ...]) -> Tree:
    """What a scenario states, with every change beside the file's own figure at the same place. A change of a whole
    block is one of its price, of which there is one, by one of the keys `priced`. Where the file has no figure of its
    own, the change stays as it is written, to be refused where it is read."""
    if is_change(near):
        return _changed(own, near, priced)
    if not isinstance(near, Block) or own is None:
        return near
    if "amount" in near and (isinstance(own, Text) or "value" in own):  # a bare number is the amount of its block
        own = _block(Text.at("amount", own.place), own, own)
    if not isinstance(own, Block):
        return near
    found = Block((key, one if key in ANNOTATIONS else over(own.get(key), one, priced)) for key, one in near.items())
    found.place = near.place
    return found


def _changed(own: Tree | None, change: Tree, priced: tuple[str, ...]) -> Tree:
    if isinstance(own, Block) and "value" not in own:
        price = [key for key in own if key in priced]
        return _block(price[0], _changed(own[price[0]], change, priced), change) if len(price) == 1 else change
    if own is None or isinstance(own, list):
        return change
    found = Block(own if isinstance(own, Block) else {Text.at("value", own.place): own})
    found[Text(CHANGE)] = change
    found.place = change.place
    return found


def _block(key: Text, node: Tree, change: Tree) -> Block:
    made = Block({Text.at(key, change.place): node})
    made.place = change.place
    return made
