"""The schools that a change touches: those whose own file changed, or a file that they extend or read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from staffcalc.language.files import Files
from staffcalc.source.problems import OtherFileError, SchoolFileError
from staffcalc.source.tree import Block

ENDINGS = (".yaml", ".yml")


def touched(changed: Iterable[str], folder: str, root: Path) -> list[str]:
    """The school files below a folder that are, extend or read one of those that `changed`, in the order of names.

    A file without staff of its own is no school: it is judged through those that extend it. Files that are about
    something else are passed over.
    """
    real = {os.path.realpath(path) for path in changed}
    return [path for path in _below(folder) if _is_touched(path, real, root)]


def _is_touched(path: str, changed: set[str], root: Path) -> bool:
    files = Files(root)
    try:
        judged = _has_staff(files.tree(path)[0])
    except OtherFileError:
        judged = False
    except SchoolFileError:  # told when it is read again
        judged = True
    return judged and not changed.isdisjoint(files.paths)


def _has_staff(tree: Block) -> bool:
    return any(key in ("baseline", "roster") for key in tree)


def _below(folder: str) -> Iterator[str]:
    """The YAML files below a folder, but for those in hidden folders."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.normpath(os.path.join(at, name)) for name in sorted(names) if name.endswith(ENDINGS))
