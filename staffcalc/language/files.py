"""School files on disk: which may be read, how they are decoded, and what they `extend`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from staffcalc.language.file import SchoolFile
from staffcalc.language.merging import merge
from staffcalc.source.disk import MOST_BYTES, STANDARD_INPUT, Disk, Store, refused
from staffcalc.source.problems import OtherFileError, Place, Problem, Problems, SchoolFileError
from staffcalc.source.tree import ANNOTATIONS, Block, Items, Text, Tree, read_tree, size

LONGEST_CHAIN = 20
MOST_BASES = 50
MOST_IN_ALL = 400_000
_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
"""By which marks other encodings begin; the longer ones first."""

Readable = tuple[Block, Problems]
CsvContent = TypeVar("CsvContent")


@dataclass
class Form:
    """A file with all that it brings in; its `nodes` count what it names once for each mention, as aliases are counted:
    files that extend files multiply."""

    tree: Block
    nodes: int
    problems: Problems

    def count(self, nodes: int, name: Text) -> None:
        """Count what a file named in this one brings in. Raises SchoolFileError when it is too much in all."""
        self.nodes += nodes
        if self.nodes > MOST_IN_ALL:
            what = f"more than {MOST_IN_ALL:,} entries with all the files that are named"
            raise SchoolFileError([*self.problems, Problem(name.place, what, "name each file once")])


class Files:
    """Reads school files with what they extend; a shared file is read once.

    `root`: the folder below which every extended file must lie; None: the folder of the file asked for. `texts` are
    those that stand in the place of files, by the path of each. `store` holds the files; left out, the disk.
    """

    def __init__(
        self, root: Path | None = None, texts: Mapping[str, str] | None = None, store: Store | None = None
    ) -> None:
        self._root, self._texts, self._store = root, dict(texts or {}), store or Disk()
        self._read: dict[tuple[str, str], Form] = {}
        self._opened: set[str] = set()

    @property
    def paths(self) -> frozenset[str]:
        """The real paths of all files that were asked for so far, whatever was found in them."""
        return frozenset(self._opened)

    def called(self, path: str) -> str:
        """What a file is called in an answer."""
        return path if path == STANDARD_INPUT else self._store.shown(path)

    def tree(self, path: str) -> Readable:
        """The tree of one file merged over all it extends, and the problems of form in these files.

        Raises SchoolFileError: not readable, not UTF-8, too large, not a school file, outside the root, a circle, too
        much in all.
        """
        folder = os.curdir if path == STANDARD_INPUT else os.path.dirname(path)
        root = self._store.real(folder if self._root is None else str(self._root), path)
        form = self._extended(path, root, ())
        return form.tree, form.problems

    def _extended(self, path: str, root: str, chain: tuple[str, ...]) -> Form:
        real = path if path == STANDARD_INPUT else self._store.real(path)
        form = self._read.get((real, root))
        if form is None:
            tree, problems = read_tree(self._content(path), self._store.shown(path))
            _refuse_other_files(tree)
            form = Form(tree, size(tree), problems)
            self._with_csv_files(form, path, root)
            extends = tree.pop(Text("extends"), None)
            if extends is not None:
                self._over_its_bases(form, extends, path, root, (*chain, real))
            if chain:  # what one file extends, others do too; the school's own file is read once
                self._read[real, root] = form
        return form

    def _over_its_bases(self, form: Form, extends: Tree, path: str, root: str, chain: tuple[str, ...]) -> None:
        base: Tree | None = None
        for name in _bases(extends, form.problems):
            far = self._base(name, path, root, chain, form)
            base = far if base is None else merge(base, far)
        if base is not None:
            merged = merge(base, form.tree)
            assert isinstance(merged, Block)
            form.tree = merged

    def _base(self, name: Text, path: str, root: str, chain: tuple[str, ...], form: Form) -> Block:
        """The tree of a file that is extended; its problems join the others."""
        try:
            far = self._extended(self._beside(path, name, root, chain), root, chain)
        except SchoolFileError as error:
            form.problems.extend(error.problems)
            raise SchoolFileError(form.problems) from None
        form.problems.extend(far.problems)
        form.count(far.nodes, name)
        return far.tree

    def _with_csv_files(self, form: Form, path: str, root: str) -> None:
        """Put what stands in CSV files into the tree: salary schedules, and the roster."""
        schedules, roster = form.tree.get(Text("schedules")), form.tree.get(Text("roster"))
        for block in schedules.values() if isinstance(schedules, Block) else ():
            name = block.get(Text("file")) if isinstance(block, Block) else None
            if isinstance(name, Text):
                from staffcalc.language.csv_files import schedule

                lanes, steps = self._csv_content(name, path, root, form, schedule)
                block[Text.at("lanes", name.place)], block[Text.at("steps", name.place)] = lanes, steps
                form.count(size(lanes) + size(steps), name)
        if isinstance(roster, Text):
            from staffcalc.language.csv_files import roster as rows

            key = form.tree.key("roster")
            assert key is not None
            form.tree[key] = people = self._csv_content(roster, path, root, form, rows)
            form.count(size(people), roster)

    def _csv_content(
        self, name: Text, path: str, root: str, form: Form, read: Callable[[str, str, Text], CsvContent]
    ) -> CsvContent:
        try:
            if not name.strip() or "\0" in name:
                raise SchoolFileError([Problem(name.place, "no file is named", "name a CSV file beside this one")])
            target = self._beside(path, name, root, ())
            return read(self._content(target), self._store.shown(target), name)
        except SchoolFileError as error:
            raise SchoolFileError([*form.problems, *error.problems]) from None

    def _content(self, path: str) -> str:
        if path in self._texts:
            return _decoded(self._texts[path].encode("utf-8", "surrogatepass"), self._store.shown(path))
        if path != STANDARD_INPUT:
            self._opened.add(self._store.real(path))
        return _decoded(self._store.content(path), self._store.shown(path))

    def _beside(self, path: str, name: Text, root: str, chain: tuple[str, ...]) -> str:
        folder = "" if path == STANDARD_INPUT else os.path.dirname(path)
        target = os.path.normpath(os.path.join(folder, name))
        real = self._store.real(target)
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
        if not self._store.is_file(real):
            raise SchoolFileError(
                [
                    Problem(
                        name.place, f"no file `{name}`", f"the path starts from the folder of {self._store.shown(path)}"
                    )
                ]
            )
        return target


def _bases(extends: Tree, problems: Problems) -> list[Text]:
    """The names of the files that one extends. Raises SchoolFileError, also with the other problems of that file."""
    names: list[Text] = []
    for name in extends if isinstance(extends, Items) else [extends]:
        if not isinstance(name, Text) or not name.strip():
            hint = "extends: districts/our-district.yaml"
            raise SchoolFileError([*problems, Problem(name.place, "`extends` names a file", hint)])
        if "\0" in name:
            raise SchoolFileError(problems)  # a control character: it is among them
        names.append(name)
    if len(names) > MOST_BASES:
        what = f"one file extends more than {MOST_BASES} others"
        raise SchoolFileError([*problems, Problem(extends.place, what, "extend the few that it starts from")])
    return names


def _decoded(raw: bytes, shown: str) -> str:
    if len(raw) > MOST_BYTES:
        what = f"larger than {MOST_BYTES // 1024 // 1024} MiB"
        raise refused(shown, what, "a school file is a few kilobytes of text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        known = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
        what = f"the file is {known}, not UTF-8" if known else f"not UTF-8 text (byte 0x{raw[error.start]:02X})"
        raise SchoolFileError([Problem(Place(shown, line, column), what, "save the file as UTF-8")]) from None


def _refuse_other_files(tree: Block) -> None:
    """Refuse a mapping that is about something else, before any of its content is shown."""
    if any(key in SchoolFile.model_fields and key not in ANNOTATIONS for key in tree):
        return
    what = "not a school file: no key of the language stands at its top level"
    hint = "such as school, roles, baseline; `staffcalc init` writes a starter file"
    raise OtherFileError([Problem(tree.place, what, hint)])
