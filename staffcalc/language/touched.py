"""The schools that a change touches: those whose own file changed, or a file that they extend or read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from staffcalc.language.files import Files
from staffcalc.records import NamedTuple
from staffcalc.source.problems import OtherFileError, SchoolFileError
from staffcalc.source.tree import Block

ENDINGS = (".yaml", ".yml")


class Touched(NamedTuple):
    """The schools that a change touches, and which of the names that changed are those of no file, here or there."""

    schools: list[str]
    unknown: list[str]


def touched(changed: Iterable[str], folder: str, root: Path) -> Touched:
    """The school files below a folder that are, extend or read one of those that `changed`, in the order of names.

    A file without staff of its own is no school: it is judged through those that extend it. Files that are about
    something else are passed over.
    """
    real = {os.path.realpath(path): path for path in changed}
    asked: set[str] = set()
    schools = [path for path in _below(folder) if _is_touched(path, real.keys(), root, asked)]
    unknown = [name for path, name in real.items() if path not in asked and not os.path.exists(path)]
    return Touched(schools, unknown)


def _is_touched(path: str, changed: Set[str], root: Path, asked: set[str]) -> bool:
    """Whether a school is touched; the files that it asks for join those `asked` for."""
    files = Files(root)
    try:
        judged = _has_staff(files.tree(path)[0])
    except OtherFileError:
        judged = False
    except SchoolFileError:  # told when it is read again
        judged = True
    asked |= files.paths
    return judged and not changed.isdisjoint(files.paths)


def _has_staff(tree: Block) -> bool:
    return any(key in ("baseline", "roster") for key in tree)


def _below(folder: str) -> Iterator[str]:
    """The YAML files below a folder, but for those in hidden folders."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.normpath(os.path.join(at, name)) for name in sorted(names) if name.endswith(ENDINGS))
