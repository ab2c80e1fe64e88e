"""School files on disk: which may be read, how they are decoded, and what they `extend`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from staffcalc.schoolfile.language import SchoolFile
from staffcalc.schoolfile.problems import Place, Problem, Problems, SchoolFileError
from staffcalc.schoolfile.tree import ANNOTATIONS, Block, Items, Text, Tree, merge, read_tree

MOST_BYTES = 2 * 1024 * 1024
LONGEST_CHAIN = 20
STANDARD_INPUT = "-"


Readable = tuple[Block, Problems]
Sheet = TypeVar("Sheet")


class Files:
    """Reads school files with what they extend; a shared file is read once.

    `root`: the folder below which every extended file must lie; None: the folder of the file asked for.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._read: dict[tuple[str, str], Readable] = {}
        self._sheets: set[str] = set()

    @property
    def paths(self) -> frozenset[str]:
        """The real paths of all files read so far."""
        return frozenset(real for real, _ in self._read) | self._sheets

    def tree(self, path: str) -> Readable:
        """The tree of one file merged over all it extends, and the problems of form in these files.

        Raises SchoolFileError: not readable, not UTF-8, too large, not a school file, outside the root, a circle.
        """
        folder = Path.cwd() if path == STANDARD_INPUT else Path(path).parent
        root = os.path.realpath(self._root if self._root is not None else folder)
        return self._extended(path, root, ())

    def _extended(self, path: str, root: str, chain: tuple[str, ...]) -> Readable:
        real = path if path == STANDARD_INPUT else os.path.realpath(path)
        if (real, root) not in self._read:
            tree, problems = read_tree(_decoded(path), _shown(path))
            _refuse_other_files(tree)
            self._with_sheets(tree, path, root, problems)
            extends = tree.pop(Text("extends"), None)
            if extends is not None:
                tree = self._over_its_bases(tree, extends, path, root, (*chain, real), problems)
            self._read[real, root] = tree, problems
        return self._read[real, root]

    def _over_its_bases(
        self, tree: Block, extends: Tree, path: str, root: str, chain: tuple[str, ...], problems: Problems
    ) -> Block:
        base: Tree | None = None
        for name in extends if isinstance(extends, Items) else [extends]:
            if not isinstance(name, Text) or not name.strip():
                hint = "extends: districts/our-district.yaml"
                raise SchoolFileError([*problems, Problem(name.place, "`extends` names a file", hint)])
            if "\0" in name:
                raise SchoolFileError(problems)  # a control character: it is among them
            try:
                far, more = self._extended(self._beside(path, name, root, chain), root, chain)
            except SchoolFileError as error:
                raise SchoolFileError([*problems, *error.problems]) from None
            problems.extend(more)
            base = far if base is None else merge(base, far)
        merged = tree if base is None else merge(base, tree)
        assert isinstance(merged, Block)
        return merged

    def _with_sheets(self, tree: Block, path: str, root: str, problems: Problems) -> None:
        """Put what stands in CSV files into the tree: salary schedules, and the roster."""
        schedules, roster = tree.get(Text("schedules")), tree.get(Text("roster"))
        for block in schedules.values() if isinstance(schedules, Block) else ():
            name = block.get(Text("file")) if isinstance(block, Block) else None
            if isinstance(name, Text):
                from staffcalc.schoolfile.sheets import schedule

                lanes, steps = self._sheet(name, path, root, problems, schedule)
                block[Text.at("lanes", name.place)], block[Text.at("steps", name.place)] = lanes, steps
        if isinstance(roster, Text):
            from staffcalc.schoolfile.sheets import roster as rows

            key = tree.key("roster")
            assert key is not None
            tree[key] = self._sheet(roster, path, root, problems, rows)

    def _sheet(
        self, name: Text, path: str, root: str, problems: Problems, read: Callable[[str, str, Text], Sheet]
    ) -> Sheet:
        try:
            if not name.strip() or "\0" in name:
                raise SchoolFileError([Problem(name.place, "no file is named", "name a CSV file beside this one")])
            target = self._beside(path, name, root, ())
            sheet = read(_decoded(target), _shown(target), name)
        except SchoolFileError as error:
            raise SchoolFileError([*problems, *error.problems]) from None
        self._sheets.add(os.path.realpath(target))
        return sheet

    def _beside(self, path: str, name: Text, root: str, chain: tuple[str, ...]) -> str:
        folder = "" if path == STANDARD_INPUT else os.path.dirname(path)
        target = os.path.normpath(os.path.join(folder, name))
        real = os.path.realpath(target)
        if real in chain:
            raise SchoolFileError(
                [Problem(name.place, f"a circle: `{name}` extends this file", "remove one `extends`")]
            )
        if len(chain) >= LONGEST_CHAIN:
            raise SchoolFileError(
                [Problem(name.place, f"more than {LONGEST_CHAIN} files, each extending the next", "use fewer")]
            )
        if not Path(real).is_relative_to(root):
            hint = "keep it beside or below the file, or name a folder above both with --root"
            raise SchoolFileError([Problem(name.place, f"`{name}` lies outside the folder that may be read", hint)])
        if not os.path.isfile(real):
            raise SchoolFileError(
                [Problem(name.place, f"no file `{name}`", f"the path starts from the folder of {_shown(path)}")]
            )
        return target


def _shown(path: str) -> str:
    return "<stdin>" if path == STANDARD_INPUT else path


def _decoded(path: str) -> str:
    try:
        if path == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with open(path, "rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be a file"
        raise SchoolFileError(
            [
                Problem(
                    Place(_shown(path)),
                    f"cannot be read: {reason}",
                    "name a YAML school file, or - for standard input",
                )
            ]
        ) from None
    if len(raw) > MOST_BYTES:
        what = f"larger than {MOST_BYTES // 1024 // 1024} MiB"
        raise SchoolFileError([Problem(Place(_shown(path)), what, "a school file is a few kilobytes of text")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        what = "the file is UTF-16, not UTF-8" if utf16 else f"not UTF-8 text (byte 0x{raw[error.start]:02X})"
        raise SchoolFileError([Problem(Place(_shown(path), line, column), what, "save the file as UTF-8")]) from None


def _refuse_other_files(tree: Block) -> None:
    """Refuse a mapping that is about something else, before any of its content is shown."""
    if any(key in SchoolFile.model_fields and key not in ANNOTATIONS for key in tree):
        return
    what = "not a school file: no key of the language stands at its top level"
    hint = "such as school, roles, baseline; `staffcalc init` writes a starter file"
    raise SchoolFileError([Problem(tree.place, what, hint)])
