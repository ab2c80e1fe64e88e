"""Tree → the language's models, with every problem in the words and places of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from staffcalc.schoolfile.figures import comma
from staffcalc.schoolfile.language import Check, Component, OtherCost, Part, Role, Scenario, SchoolFile, Staff
from staffcalc.schoolfile.problems import Place, Problem, Problems, nearest
from staffcalc.schoolfile.tree import Block, Items, Text, Tree

Path = tuple[str | int, ...]
Broken = set[Path]
"""Entries that have a problem of their own, such as ("roles", "tutor"): nothing further is said about them."""

_ENTRIES = ("budget", "benefits", "roles", "baseline", "other_costs", "scenarios", "checks")
_BLOCKS: Mapping[str, type[BaseModel]] = {
    "roles": Role,
    "costs": Component,
    "scenarios": Scenario,
    "other_costs": OtherCost,
    "baseline": Staff,
    "change": Staff,
    "staffing": Staff,
    "checks": Check,
}


def validated(tree: Block, problems: Problems) -> tuple[SchoolFile, Broken]:
    """The file's model. Entries with problems are reported and left out, so that all problems show in one report."""
    broken: Broken = set()
    while True:
        try:
            return SchoolFile.model_validate(tree), broken
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
        problems.extend(_problem(tree, details) for details in found)
        paths = {_entry(details["loc"]) for details in found}
        broken |= paths
        for path in sorted(paths, key=lambda path: [(isinstance(step, int), step) for step in path], reverse=True):
            tree = _without(tree, path)  # the last check of a list first, so that the others keep their numbers


def _entry(path: Path) -> Path:
    """The entry of the file that a path leads into."""
    return path[: 2 if path[0] in _ENTRIES else 1]


def validated_role(name: Text, tree: Tree, problems: Problems) -> Role | None:
    """The model of one role; None where it has problems, which are reported."""
    try:
        return Role.model_validate(tree)
    except ValidationError as error:
        roles = Block({name: tree})
        roles.place = name.place
        top = Block({Text("roles"): roles})
        top.place = name.place
        for details in error.errors(include_url=False, include_input=False):
            problems.append(_problem(top, {**details, "loc": ("roles", name, *details["loc"])}))
        return None


def _without(tree: Block, path: Path) -> Block:
    pruned = Block(tree)
    pruned.place = tree.place
    head = Text(path[0])
    child = pruned.get(head)
    if len(path) == 2 and isinstance(child, Items):
        pruned[head] = rest = Items(item for number, item in enumerate(child) if number != path[1])
        rest.place = child.place
    elif len(path) == 2 and isinstance(child, Block):
        pruned[head] = _without(child, path[1:])
    else:
        pruned.pop(head, None)
    return pruned


def _problem(tree: Block, details: Any) -> Problem:
    path: Path = details["loc"]
    context = details.get("ctx", {})
    if details["type"] == "wrong":
        return Problem(context["place"], f"{context['message']}{_where(path)}", context["hint"])
    node, place = _at(tree, path)
    if details["type"] == "missing":
        return Problem(place, f"`{path[-1]}` is missing{_where(path[:-1])}", f"add `{path[-1]}: …`")
    if details["type"] == "extra_forbidden":
        known = list(_model(path).model_fields)
        return Problem(
            place, f"unknown key `{path[-1]}`{_where(path[:-1])}", comma(node, nearest(str(path[-1]), known))
        )
    if isinstance(node, Text) and not node.strip():
        return Problem(
            node.place,
            f"blank where a block is meant{_where(path)}",
            "write its keys below, or leave the key out",
        )
    if isinstance(node, Items):
        return Problem(place, f"a list where a block is meant{_where(path)}", "write `key: value` lines without dashes")
    return Problem(place, f"this should be a block of keys{_where(path)}", "write `key: value` below, or {key: value}")


def _model(path: Path) -> type[BaseModel]:
    if len(path) == 1:
        return SchoolFile
    if path[-2] == "per":
        return Part
    if len(path) >= 4 and path[-4] == "benefits":
        return Component
    return _BLOCKS[str(path[-3])]


def _where(path: Path) -> str:
    """Where in the file's own words: "in roles › tutor › salary"."""
    return " in " + " › ".join(map(_step, path)) if len(path) > 1 else ""


def _step(step: str | int) -> str:
    return f"number {step + 1}" if isinstance(step, int) else str(step)


def _at(tree: Tree, path: Path) -> tuple[Tree, Place]:
    """The node at a path, and the place of its key."""
    node, place = tree, tree.place
    for step in path:
        if isinstance(node, Items) and isinstance(step, int):
            node = node[step]
            place = node.place
        elif isinstance(node, Block) and (key := node.key(str(step))) is not None:
            node, place = node[key], key.place
        else:
            break
    return node, place
