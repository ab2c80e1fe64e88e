"""A file over the one it extends, a role over the one it is like: trees laid over one another, the nearer one winning.

A forecast is laid over another as rules that are read are.
"""

from __future__ import annotations

from staffcalc.language.amounts import as_amount
from staffcalc.language.kinds import KINDS, PRICES
from staffcalc.language.layers import Rule, Series, laid_over
from staffcalc.language.pay_kinds import KINDS_OF_PAY, PAY_ON_A_FUND
from staffcalc.language.relative import is_relative
from staffcalc.language.school_year import first_of, stated_twice
from staffcalc.records import NamedTuple
from staffcalc.source.tree import ANNOTATIONS, Block, Items, Text, Tree

EACH_YEAR = "each_year"


def merge(far: Tree, near: Tree) -> Tree:
    """Mappings merge by key and the nearer wins; a nearer way to state something displaces the others (hourly, salary).

    The shares of `funds` are one statement that adds up to 100%, and so are the steps of a schedule: they are replaced
    as a whole. `checks` add up: what must hold for a district holds for its schools. A year is the same one however it
    is written.
    """
    if not (isinstance(far, Block) and isinstance(near, Block)) or is_relative(far) or is_relative(near):
        return near
    displaced = _displaced(near)
    nearer_keys = {key: key for key in near}
    merged = Block()
    merged.place = near.place
    for key, value in far.items():
        if key in near:
            merged[nearer_keys[key]] = _merged_value(key, value, near[key])
        elif key not in displaced:
            merged[key] = value
    for key, value in near.items():
        merged.setdefault(key, value)
    return merged


def _merged_value(key: str, far: Tree, near: Tree) -> Tree:
    if key in ("forecast", "years") and isinstance(far, Block) and isinstance(near, Block):
        return _laid_forecast(far, near) if key == "forecast" else _laid_years(far, near)
    if key == "budget":
        return merge(by_fund(far), by_fund(near))
    if key == "other_costs":
        return merge(_amounts(far), _amounts(near))
    if key in PAY_ON_A_FUND and (_names_fund(far) or _names_fund(near)):
        return merge(as_amount(far), as_amount(near))
    if _is_one_statement(key, near):
        return near
    if key == "checks" and isinstance(far, Items) and isinstance(near, Items):
        both = Items([*far, *(check for check in near if all(check is not known for known in far))])
        both.place = near.place
        return both
    return merge(far, near)


_OF_ONE_FUND = ("value", "amount", "revenue")
"""The keys of a budget that names no fund."""


def by_fund(node: Tree) -> Tree:
    """A budget by fund: one that names no fund is that of `general`."""
    if isinstance(node, Text) and node.strip() == "baseline":
        return node
    if isinstance(node, Text) or (isinstance(node, Block) and any(key in node for key in _OF_ONE_FUND)):
        block = Block()
        block.place = node.place
        block[Text.at("general", node.place)] = node
        return block
    return node


def _amounts(node: Tree) -> Tree:
    """Other costs with their amounts written out: so a nearer amount keeps the fund, and a nearer fund the amount."""
    if not isinstance(node, Block):
        return node
    block = Block((key, one if key in ANNOTATIONS else as_amount(one)) for key, one in node.items())
    block.place = node.place
    return block


def _names_fund(node: Tree) -> bool:
    return isinstance(node, Block) and "fund" in node


def _is_one_statement(key: str, near: Tree) -> bool:
    """Whether what stands under a key is replaced as a whole."""
    return key in ("lanes", "roster", "by_team_size", "by") or (key in ("funds", "steps") and not _are_blocks(near))


def _are_blocks(node: Tree) -> bool:
    """Whether the entries are blocks of keys: what is known of funds, and not the shares they pay."""
    return isinstance(node, Block) and all(isinstance(one, Block) and "value" not in one for one in node.values())


_Way = tuple[str, ...]
_WAYS: tuple[tuple[_Way, ...], ...] = (
    tuple((key,) for key in (*PRICES, "amount", "per_student", "budget_share")),
    (("salary", "average", "new_hire"), ("hourly",), ("daily",)),
    (("students",), ("grades",)),
    (("value",), ("amount",), ("revenue",), ("by_team_size",)),
    (("steps",), ("file",)),
    (("fund",), ("funds",)),
    (("staffing",), ("change",)),
    (("share",), ("grades",)),
)
"""Ways to state one thing: a nearer one displaces the others. A stipend may stand beside any pay."""
_BESIDE: dict[str, _Way] = {
    **{kind.price.key: tuple(key.key for key in kind.beside) for kind in KINDS},
    **{kind.key: tuple(key for key, _ in kind.times) for kind in KINDS_OF_PAY},
    "salary": ("extra_days", "contract_days", "attrition", "week"),
    "revenue": ("staff_share",),
    "value": ("years",),
    "budget_share": ("of",),
}
"""What says something only beside such a key, and goes with it."""


def _displaced(near: Block) -> set[str]:
    """The keys further away that those of this block take the place of."""
    gone: set[str] = set()
    for ways in _WAYS:
        stated = [way for way in ways if any(key in near for key in way)]
        if stated:
            gone.update(key for way in ways if way not in stated for key in way)
    gone.update(other for key in gone.copy() for other in _BESIDE.get(key, ()))
    return gone.difference(near)


# A forecast over a forecast, years over years


class _Entry(NamedTuple):
    """A key and what stands under it."""

    key: Text
    node: Tree


def _laid_forecast(far: Block, near: Block) -> Block:
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


def _laid_years(far: Block, near: Block) -> Block:
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
    block = Block((entry.key, entry.node) for entry in (*entries, *series.by_year.values()))
    block.place = near.place
    return block


def _is_year(key: str) -> bool:
    return key == EACH_YEAR or first_of(key) is not None
