"""A plus before an amount that a scenario states anew: it is read as the amount, and may be meant as so much more."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic_core import PydanticCustomError

from staffcalc.formula.words import money, plain
from staffcalc.language.figures import percent_of, value_in
from staffcalc.language.kinds import PRICES
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.language.written_numbers import number_in
from staffcalc.school.own_figures import PRICED, stated_beside_own
from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree

_DOLLARS = {*PAY_KINDS, *PRICES, *PRICED, "new_hire", "average", "substitute_day_rate", "up_to"} - {"rate"}
_PARTS = ("amount", "revenue")
"""Keys that go without saying in the name of a figure."""
_EXACT_PERCENT = 4
"""So many decimals has a share that is told in hundredths of a percent."""

Path = tuple[str, ...]


def plus_signs(tree: Block) -> Iterator[str]:
    """What to look at again: the amounts with a plus that scenarios state in the place of the file's own figures.

    `tree` is that of a file without problems. A change counts more and fewer, and is not among them.
    """
    for scenario, key, own, near in stated_beside_own(tree, _has_plus):
        for path, before, now in _with_plus((str(key),), own, near):
            if before and now:
                yield _told(path, scenario, before, now)


def _has_plus(node: Tree) -> bool:
    """Whether a plus stands before some text of a tree."""
    if isinstance(node, Text):
        return node.strip().startswith("+")
    return any(map(_has_plus, node.values() if isinstance(node, Block) else node))


def _with_plus(path: Path, own: Tree | None, near: Tree) -> Iterator[tuple[Path, Decimal, Decimal]]:
    """Each amount with a plus at a path, after the file's own one there."""
    amount = _amount(near)
    if amount is not None:
        before = None if own is None or not amount.strip().startswith("+") else _number(_amount(own))
        now = None if before is None else _number(amount)
        if before is not None and now is not None:
            yield path, before, now
    elif isinstance(near, Block) and isinstance(own, Block):
        for key, one in near.items():
            if key not in ANNOTATIONS:
                yield from _with_plus((*path, str(key)), own.get(key), one)


def _amount(node: Tree) -> Text | None:
    """The number that stands in a place, or the amount of the block there."""
    if isinstance(node, Block) and "amount" in node:
        node = node[Text("amount")]
    found = value_in(node)
    return found if isinstance(found, Text) else None


def _number(text: Text | None) -> Decimal | None:
    """The number that a text states; None where it is none, such as a cell or a share."""
    try:
        return None if text is None else number_in(text, "dollars")
    except PydanticCustomError:
        return None


def _told(path: Path, scenario: str, before: Decimal, now: Decimal) -> str:
    dollars = path[0] in ("budget", "other_costs") or path[-1] in _DOLLARS
    was, states = ((money if dollars else plain)(one) for one in (before, now))
    together = f"{before + now:,f}".replace(",", "_")
    share = now / before
    percent = path[-1] != "rate" and share == round(share, _EXACT_PERCENT)
    hint = f"+{percent_of(share)} or {together}" if percent else together
    name = _name(path)
    verb = "are" if name.endswith("students") else "is"
    return f"{name} in `{scenario}` {verb} {states}, not {states} more than {was}: write {hint}"


def _name(path: Path) -> str:
    """What a figure is called: salary of teacher, budget of title_i."""
    inner = [key for key in path[1:] if key not in _PARTS]
    if path[0] == "budget" and len(inner) <= 1:
        return " of ".join((path[0], *inner))
    return " of ".join(reversed(inner)) if inner else path[0]
