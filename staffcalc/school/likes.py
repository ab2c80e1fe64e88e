"""`like`: roles and scenarios that start as copies, in the order in which they can be made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import dropwhile
from typing import Literal

from staffcalc.language.merging import merge
from staffcalc.language.validation import Broken
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Block, Text, Tree

LONGEST_LINE = 50

_OPENED_BY = {
    "role": "give one of them a pay of its own",
    "scenario": "start one of them from the baseline",
}


def in_order(
    likes: Mapping[Text, Text | None],
    there: Collection[str],
    lost: set[str],
    problems: Problems,
    kind: Literal["role", "scenario"],
) -> list[Text]:
    """The names of `likes`, each after the one it is like. What leads to nothing or round in a circle is left out.

    `there` are further names to copy from. `lost` are names in doubt, of which no more is said; those left out join it.
    """
    keys = {name: name for name in likes}
    copies: dict[Text, int] = {}  # how many copies of copies each name is, in the order to return
    for name in likes:
        line: dict[Text, None] = {}  # from this name up to one that is made already, or like no other
        like: Text | None = name
        while like is not None and like in keys and like not in copies and like not in lost and like not in line:
            line[keys[like]] = None
            like = likes[keys[like]]
        if not line:
            continue
        before = 0 if like is None else copies.get(like, 0)
        if like is not None and like not in copies and (like in lost or like in keys or like not in there):
            _report(like, line, lost, [*keys, *there], problems, kind)
            lost.update(line)
        elif before + len(line) > LONGEST_LINE:
            what = f"more than {LONGEST_LINE} {kind}s, each like the next"
            problems.add(name.place, what, "let them be like the first one")
            lost.update(line)
        else:
            copies.update((one, before + number) for number, one in enumerate(reversed(line), 1))
    return list(copies)


def _report(
    like: Text, line: Collection[Text], lost: Collection[str], known: Collection[str], problems: Problems, kind: str
) -> None:
    *_, last = line
    if like in line:
        first, *others = dropwhile(lambda name: name != like, line)
        circle = ", which is ".join(f"like `{name}`" for name in (*others, first))
        problems.add(like.place, f"a circle: `{first}` is {circle}", _OPENED_BY[kind])
    elif like not in lost:
        hint = nearest(like, [name for name in known if name != last], f"{kind}s")
        problems.add(like.place, f"`{last}` is like `{like}`, which is no {kind} here", hint)


def with_copies(
    roles: Mapping[Text, Block], school: Mapping[Text, Tree], broken: Broken, problems: Problems
) -> dict[Text, Tree]:
    """The roles with every `like` carried out, originals before copies; roles in doubt are left out.

    `school` holds the roles that these are laid over, and that they may be like.
    """
    likes: dict[Text, Text | None] = {name: role.get(Text("like")) for name, role in roles.items()}
    lost = {str(path[1]) for path in broken if path[0] == "roles" and len(path) > 1}
    copied: dict[Text, Tree] = {}
    for name in in_order(likes, school, lost, problems, "role"):
        role: Tree = roles[name]
        if (like := likes[name]) is not None:
            original = copied[like] if like in copied else school[like]
            role = merge(_inherited(original, roles[name]), role)
        copied[name] = merge(school[name], role) if name in school else role
    broken.update(("roles", name) for name in lost)
    return copied


def _inherited(original: Tree, role: Block) -> Tree:
    """What a role has of the one it is like: where it states its own salary, no other pay that goes with one."""
    if not isinstance(original, Block) or "salary" not in role:
        return original
    beside = {"average", "new_hire", "attrition"}
    rest = Block((key, node) for key, node in original.items() if key not in beside)
    rest.place = original.place
    return rest
