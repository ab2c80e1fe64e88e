"""Benefit packages: those of a file, and those that a scenario lays over them."""

from __future__ import annotations

from collections.abc import Mapping

from staffcalc.language.component import Component
from staffcalc.language.merging import merge
from staffcalc.records import NamedTuple
from staffcalc.school.roles import check_packages
from staffcalc.school.stated import Stated
from staffcalc.source.tree import Block, Text, Tree

Components = Mapping[Text, Component]


class Packages(NamedTuple):
    """The packages of a plan by name, and the trees that they are made of; `restated` are benefits that scenarios
    state."""

    components: Mapping[Text, Components]
    trees: Mapping[Text, Tree]
    restated: Mapping[str, Mapping[str, Component]]

    def under(self, nearer: Mapping[Text, Components] | None, trees: Tree | None, stated: Stated) -> Packages:
        """These with what a scenario states of them; a benefit keeps what it does not name."""
        if nearer is None or not isinstance(trees, Block):
            return self
        components, merged = dict(self.components), dict(self.trees)
        restated = dict(self.restated)
        for package, own in nearer.items():
            if ("benefits", str(package)) in stated.broken:
                continue
            tree = merge(merged.get(package, Block()), _only(trees[package], own))
            assert isinstance(tree, Block)
            merged[package] = tree
            found = {name: Component.model_validate(tree[name]) for name in own}
            check_packages({package: found}, stated.problems)
            components[package] = {**components.get(package, {}), **found}
            known = restated.get(str(package), {})
            restated[str(package)] = {**known, **{str(name): one for name, one in found.items()}}
        return Packages(components, merged, restated)

    def differs(self, package: str, before: Packages) -> bool:
        """Whether a package is another one than it was before."""
        return self.components.get(Text(package)) is not before.components.get(Text(package))

    def among(self, stated: Stated) -> Stated:
        """What a file states, with these packages."""
        return stated._replace(file=stated.file.model_copy(update={"benefits": self.components}))


def of_file(stated: Stated) -> Packages:
    """The packages of a file; what is wrong with them is among the problems."""
    check_packages(stated.packages, stated.problems)
    trees = stated.tree.get(Text("benefits"))
    return Packages(stated.packages, trees if isinstance(trees, Block) else {}, {})


def _only(tree: Tree, own: Components) -> Block:
    """The tree of a package with the benefits that could be read."""
    assert isinstance(tree, Block)
    found = Block((name, one) for name, one in tree.items() if name in own)
    found.place = tree.place
    return found
