"""What scenarios state relative to the file's own figures, with these figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from staffcalc.language.kinds import PRICES
from staffcalc.language.merging import by_fund
from staffcalc.language.relative import is_change, over
from staffcalc.school.likes import with_copies
from staffcalc.school.school import BASELINE
from staffcalc.source.problems import Problems
from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree

PRICED = (*PRICES, "amount", "per_student", "budget_share")
"""The keys of which a benefit, another cost, a fund's budget or a part of its revenue has one: a change of the whole is
one of it."""
_OF_FIGURES = (
    *("students", "grades", "student_groups", "allotment", "rooms_available", "week"),
    *("benefits", "teams", "learning", "other_costs"),
)
"""The keys under which the figures of a scenario stand as those of the file do."""
_KEYS = (*_OF_FIGURES, "budget")


def with_own_figures(tree: Block) -> Block:
    """The tree of a file in which every signed percentage of a scenario stands beside the figure that it changes."""
    scenarios = tree.get(Text("scenarios"))
    if not isinstance(scenarios, Block):
        return tree
    roles, own = _Roles(tree.get(Text("roles"))), _own(tree)
    found = Block((name, _scenario(name, one, own, roles)) for name, one in scenarios.items())
    found.place = scenarios.place
    whole = Block({**tree, Text("scenarios"): found})
    whole.place = tree.place
    return whole


def stated_beside_own(tree: Block, is_meant: Callable[[Tree], bool]) -> Iterator[tuple[Text, Text, Tree | None, Tree]]:
    """What scenarios state of figures that the file may have too, where it is what is meant: the scenario, the key,
    what the file states under it (None: nothing), and what the scenario does."""
    scenarios = tree.get(Text("scenarios"))
    blocks = scenarios.items() if isinstance(scenarios, Block) else ()
    stated = [(name, key, node) for name, one in blocks if isinstance(one, Block) for key, node in one.items()]
    stated = [(name, key, node) for name, key, node in stated if (key == "roles" or key in _KEYS) and is_meant(node)]
    if not stated:
        return
    roles, own = _Roles(tree.get(Text("roles"))), _own(tree)
    for name, key, node in stated:
        if key == "roles" and isinstance(node, Block):
            there = ((role, roles.of(role, one)) for role, one in node.items())
            yield name, key, Block((role, found) for role, found in there if found is not None), node
        elif key in own:
            yield name, key, own[key], by_fund(node) if key == "budget" else node


def _own(tree: Block) -> dict[str, Tree | None]:
    """The file's own figures, by the keys under which a scenario states others."""
    budget = tree.get(Text("budget"))
    own: dict[str, Tree | None] = {key: tree.get(Text(key)) for key in _OF_FIGURES}
    return {**own, "budget": None if budget is None else by_fund(budget)}


def _scenario(name: Text, tree: Tree, own: Mapping[str, Tree | None], roles: _Roles) -> Tree:
    if not isinstance(tree, Block) or name in (*ANNOTATIONS, BASELINE):
        return tree
    found = Block()
    found.place = tree.place
    for key, node in tree.items():
        if key == "budget" and (isinstance(node, Block) or is_change(node)):
            node = by_fund(node)
        if key == "roles" and isinstance(node, Block):
            node = _laid(node, {role: roles.of(role, one) for role, one in node.items()})
        elif key in own:
            node = over(own[key], node, PRICED)
        found[key] = node
    return found


def _laid(node: Block, own: Mapping[Text, Tree | None]) -> Block:
    laid = Block((key, one if key in ANNOTATIONS else over(own[key], one, PRICED)) for key, one in node.items())
    laid.place = node.place
    return laid


class _Roles:
    """The roles of the file as they stand when every `like` is carried out."""

    def __init__(self, roles: Tree | None) -> None:
        stated = roles.items() if isinstance(roles, Block) else ()
        # what no role can be like is told where the whole file is read
        sound = {name: one for name, one in stated if isinstance(one, Block) and _is_name(one.get(Text("like")))}
        self.copied = with_copies(sound, {}, set(), Problems())

    def of(self, name: Text, own: Tree) -> Tree | None:
        """The role of this name; of one that a scenario makes, the role that it is like."""
        if name in self.copied:
            return self.copied[name]
        like = own.get(Text("like")) if isinstance(own, Block) else None
        return self.copied.get(like) if isinstance(like, Text) else None


def _is_name(like: Tree | None) -> bool:
    return like is None or isinstance(like, Text)
