"""Tree → the language's models, with every problem in the words and places of the file."""

from __future__ import annotations

import re
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from staffcalc.language.figures import comma
from staffcalc.language.file import SchoolFile
from staffcalc.language.kinds import PRICES
from staffcalc.language.relative import is_change
from staffcalc.language.unstated import NOT_STATED, is_not_stated
from staffcalc.source.problems import Place, Problem, Problems, nearest
from staffcalc.source.tree import ANNOTATIONS, Block, Items, Text, Tree

Path = tuple[str | int, ...]
Broken = set[Path]
"""Entries that have a problem of their own, such as ("roles", "tutor"): nothing further is said about them."""

_ENTRIES = (
    "budget",
    "funds",
    "benefits",
    "roles",
    "grades",
    "baseline",
    "teams",
    "learning",
    "other_costs",
    "scenarios",
    "checks",
)
_ELSEWHERE = {
    "<<": "YAML's merge key is not part of the language; use `like` or `extends`",
    "hours": "for hourly pay write `hours_per_week: 35`, the hours of 1.0 FTE",
    "months": "months stand on a schedule and its roles, and beside people and hours: {people: 3, hours: 6, months: 9}",
    "once": "a cost of one year alone stands under `other_costs`: {amount: 12_000, once: 2026-27}",
}
"""What is meant by keys that people write where they do not stand."""


def validated(tree: Block, problems: Problems) -> tuple[SchoolFile, Broken]:
    """The file's model. Entries with problems are reported and left out, so that all problems show in one report."""
    broken: Broken = set()
    while True:
        try:
            return SchoolFile.model_validate(tree), broken
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
        for details in found:
            problems.append(_problem(tree, details))
        paths = {_entry(tree, details["loc"]) for details in found}
        broken |= paths
        tree = _without(tree, paths)


def _entry(tree: Block, path: Path) -> Path:
    """The entry of the file that a path leads into: ("roles", "tutor") or ("students",)."""
    entries = tree[Text(path[0])]
    named = isinstance(entries, Block) and path[0] in _ENTRIES and len(path) > 1 and path[1] in entries
    numbered = isinstance(entries, Items) and len(path) > 1
    return path[: 2 if named or numbered else 1]


def _without(tree: Block, paths: Broken) -> Block:
    """The tree without the entries at these paths."""
    pruned = Block((key, _rest(key, node, paths)) for key, node in tree.items() if (key,) not in paths)
    pruned.place = tree.place
    return pruned


def _rest(key: Text, node: Tree, paths: Broken) -> Tree:
    rest: Tree = node
    if isinstance(node, Block):
        rest = Block((name, entry) for name, entry in node.items() if (key, name) not in paths)
    elif isinstance(node, Items):
        rest = Items(entry for number, entry in enumerate(node) if (key, number) not in paths)
    rest.place = node.place
    return rest


def _problem(tree: Block, details: Any) -> Problem:
    whole = details["loc"]
    path = _stated(tree, whole)
    context = details.get("ctx", {})
    if details["type"] == "wrong":
        of_block = _of_package(tree, path) or _of_roster(tree, path)
        of_block = of_block or _of_entry(tree, path)
        hint = of_block or _of_unknown(tree, path) or _of_line(tree, path) or _of_own(tree, path) or context["hint"]
        return Problem(context["place"], f"{context['message']}{_where(path)}", hint)
    node, place = _at(tree, path)
    if details["type"] == "missing":
        return Problem(place, f"`{path[-1]}` is missing{_where(path[:-1])}", f"add `{path[-1]}: …`")
    if details["type"] == "extra_forbidden":
        return Problem(place, f"unknown key `{path[-1]}`{_where(path[:-1])}", _meant_by_key(whole, path, node))
    if isinstance(node, Text) and not node.strip():
        what, hint = "blank where a block is meant", "write its keys below, or leave the key out"
        return Problem(node.place, f"{what}{_where(path)}", hint)
    if isinstance(node, Items):
        return Problem(place, f"a list where a block is meant{_where(path)}", "write `key: value` lines without dashes")
    if is_change(node):
        hint = "a signed percentage is of the file's own figure in a scenario, and there is none here"
        return Problem(place, f"`{node}` of what?{_where(path)}", hint)
    what = f"this should be a block of keys{_where(path)}"
    return Problem(place, what, _of_unknown(tree, path) or _meant_by_value(tree, whole, path, node))


def _meant_by_key(whole: Path, path: Path, node: Tree) -> str:
    """What is meant by a key that there is not in this place: the nearest, or one of another block."""
    fields = _model(whole).model_fields
    known = [*(field.alias or name for name, field in fields.items() if name not in ANNOTATIONS), *ANNOTATIONS]
    if path[-1] == "years" and "budget" in path:
        return f"amounts of single years stand under `funds`, a key of the file: funds: {{{path[-2]}: {{years: …}}}}"
    return _ELSEWHERE.get(str(path[-1])) or comma(node, nearest(str(path[-1]), known))


def _meant_by_value(tree: Block, whole: Path, path: Path, node: Tree) -> str:
    """What is meant by a bare value in the place of a block."""
    if not isinstance(node, Text) or (key := _meant(_model((*whole, "")), node)) is None:
        return "write `key: value` below, or {key: value}"
    own, block = _of_own(tree, path), f"{{{key}: {node.replace(',', '_')}}}"  # within braces a comma separates
    return f"write {block}" if own is None else f"{own}, or {block} for a share of pay"


def _of_package(tree: Block, path: Path) -> str | None:
    """What is meant by a bare rate in the place of a package of benefits, or of all of them."""
    node, _ = _at(tree, path)
    if path[0] != "benefits" or len(path) > 2 or not isinstance(node, Text) or not re.fullmatch(_BARE, node):
        return None
    if not node.rstrip().endswith("%"):
        return None
    package = f"{{all benefits: {{rate: {node}}}}}"
    return f"write {package if len(path) > 1 else f'{{staff: {package}}}'}"


def _of_roster(tree: Block, path: Path) -> str | None:
    """What is meant by people one by one, or a table of them, in the place of today's staff by role."""
    node, _ = _at(tree, path[:1])
    told = path[0] == "baseline" and not is_not_stated(node)
    if told and (not isinstance(node, Block) or path[1:2] == ("roster",)):
        return "people one by one stand under `roster: staff.csv`, a key of the file beside `baseline`"
    return None


def _of_entry(tree: Block, path: Path) -> str | None:
    """What is meant by the years of a change, beside its roles and in the place of one: those of an entry."""
    if path[2:3] != ("change",) or path[3:4] not in (("from",), ("until",)):
        return None
    change, _ = _at(tree, path[:3])
    if not isinstance(change, Block):
        return None
    role, entry = next(
        ((name, one) for name, one in change.items() if name not in ("from", "until")), ("teacher", "-1")
    )
    stated = f"fte: {entry}" if isinstance(entry, str) else "…"
    key, year = path[3], change[Text(path[3])]
    return f"write {{{role}: {{{stated}, {key}: {year}}}}}, or `{key}` beside `change` for all of the scenario"


def _of_unknown(tree: Block, path: Path) -> str | None:
    """What is meant by `not stated` where it cannot stand."""
    node, _ = _at(tree, path)
    if not is_not_stated(node):
        return None
    if path[0] == "scenarios" and len(path) == 2:
        return f"write {{change: {NOT_STATED}}}"
    return "a salary, a number of staff and a plan may be `not stated`; leave anything else out until it is known"


def _of_line(tree: Block, path: Path) -> str | None:
    """What is meant by a change of the cost of a line of a budget book."""
    node, _ = _at(tree, path)
    if path[-1] != "cost" or not is_change(node) or not {"change", "staffing", "baseline"}.intersection(path):
        return None
    if "change" in path:
        return "state the whole line in `staffing`: {fte: 15, cost: 1_263_462}"
    return "a line has dollars of its own: write those of all its FTE together, such as {fte: 15, cost: 1_263_462}"


def _of_own(tree: Block, path: Path) -> str | None:
    """What is meant by a share, in a scenario, in the place of a figure of the file that is none: a change of it."""
    node, _ = _at(tree, path)
    if path[0] != "scenarios" or not isinstance(node, Text) or not re.fullmatch(_BARE, node) or is_change(node):
        return None
    if not node.rstrip().endswith("%") or not _is_amount(_own(tree, path[2:])):
        return None
    share = node.strip()
    return f"write +{share} for {share} more than the file's own figure"


def _own(tree: Block, path: Path) -> Tree | None:
    """What the file states at a path; of a role that does not say, what the role that it is like states."""
    passed: set[Path] = set()
    while path not in passed:
        passed.add(path)
        own = _stands_at(tree, path)
        like = _stands_at(tree, (*path[:2], "like"))
        if own is not None or path[:1] != ("roles",) or not isinstance(like, Text):
            return own
        path = ("roles", str(like), *path[2:])
    return None


def _stands_at(tree: Tree, path: Path) -> Tree | None:
    node: Tree | None = tree
    for step in path:
        node = node.get(Text(step)) if isinstance(node, Block) else None
    return node


def _is_amount(node: Tree | None) -> bool:
    """Whether it is a figure that is no share, or a block with the price of one."""
    if isinstance(node, Block):
        return any(_is_amount(node.get(Text(key))) for key in ("value", *_AMOUNTS))
    return isinstance(node, Text) and re.fullmatch(_BARE, node) is not None and not node.rstrip().endswith("%")


_AMOUNTS = ("amount", "per_student", *(price for price in PRICES if price != "rate"))
_BARE = r"\s*[+−-]?\$?[\d.,_]+\s*%?\s*"


def _meant(model: type[BaseModel], stated: Text) -> str | None:
    """The key that a bare number is likely meant for: the rate of a benefit, the amount of another cost."""
    share, fields = stated.rstrip().endswith("%"), model.model_fields
    if not re.fullmatch(_BARE, stated):
        return None
    likely = ("rate",) if share else ("amount", "per_person")
    return next((key for key in likely if key in fields), None)


def _stated(tree: Tree, path: Path) -> Path:
    """The path without what nobody wrote: to the model, `general: 5` of a budget is {amount: 5}, and a change that
    stands alone is the first of a list."""
    path = tuple(step for at, step in enumerate(path) if isinstance(step, str) or _is_list(tree, path[:at]))
    if path[-1] != "amount":
        return path
    around, _ = _at(tree, path[:-1])
    return path if isinstance(around, Block) and around.key("amount") is not None else path[:-1]


def _is_list(tree: Tree, path: Path) -> bool:
    node, _ = _at(tree, path)
    return isinstance(node, Items)


def _model(path: Path) -> type[BaseModel]:
    """The model of the block that holds the last step of a path."""
    model: type[BaseModel] = SchoolFile
    names = 0  # how many steps name entries before the next key
    for step in path[:-1]:
        if names:
            names -= 1
        else:
            inner, names = _block_of(model.model_fields[str(step)].annotation)
            model = inner or model
    return model


def _block_of(annotation: Any) -> tuple[type[BaseModel] | None, int]:
    """The model that a key holds, and through how many names or numbers one comes to it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, 0
    named = get_origin(annotation) in (dict, list)
    for part in reversed(get_args(annotation)):
        inner, names = _block_of(part)
        if inner is not None:
            return inner, names + named
    return None, 0


def _where(path: Path) -> str:
    """Where in the file's own words: "in roles › tutor › salary"."""
    return " in " + " › ".join(_step(step) for step in path if step != "[key]") if len(path) > 1 else ""


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
