"""The files of a commit, read through git itself: what a school file extends and reads is taken from there too.

Git is called as a program, without a shell, and only to look: no pager, no network, nothing is locked or written.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from staffcalc.errors import StaffcalcError
from staffcalc.source.disk import MOST_BYTES, refused

_PLAIN = re.compile(r"[\w.@{}~^/+-]+")
_LINK, _FILE = "120000", ("100644", "100755")
MOST_LINKS = 40
_OF_ANOTHER_REPOSITORY = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
)
"""What git tells its hooks, which would be taken for the repository of the file."""


class CommitError(StaffcalcError):
    """No commit of this name, or no git to ask; the message says what would be right."""


class Commit:
    """The files of one commit. Each has the path COMMIT:/PATH, PATH from the top of the repository, and is shown as git
    spells it: COMMIT:PATH."""

    def __init__(self, file: str, name: str) -> None:
        """The commit `name` (HEAD~1, main) of the repository that a file lies in. Raises CommitError."""
        self._folder = os.path.dirname(file) or os.curdir
        inside = self._within(file, name)
        self._top = os.fsdecode(self._asked("rev-parse", "--show-toplevel"))
        commit = self._named(file, name)
        plain = _PLAIN.fullmatch(name) and os.path.normpath(name) == name
        self.name = name if plain else commit[:10]
        self._entries = self._listed(commit)
        there = os.path.join(inside, os.path.basename(file))
        if there not in self._entries and os.path.islink(file):  # a link that is not of the commit, to a file that is
            there = os.path.relpath(os.path.realpath(file), os.path.realpath(self._top))
        self.file = self._path(there)
        if not self.is_file(self.real(self.file)):
            raise CommitError(f"no file `{there}` in the commit {name}: name a commit in which it is there")

    def root(self, root: Path | None) -> Path | None:
        """The folder of the commit below which files may be read, for one of the disk."""
        if root is None:
            return None
        real, top = os.path.realpath(root), os.path.realpath(self._top)
        inside = os.path.relpath(real, top)
        above = Path(top).is_relative_to(real)
        return Path(self._path("" if above else inside))

    # A store of files

    def shown(self, path: str) -> str:
        return path.replace(":/", ":", 1) if path.startswith(f"{self.name}:/") else path

    def real(self, path: str, named: str = "") -> str:
        if not path.startswith(f"{self.name}:"):
            return path  # above the top of the repository
        found: list[str] = []
        todo, links = self._inside(path).split("/"), 0
        while todo:
            part = todo.pop(0)
            if part in ("", "."):
                continue
            if part == "..":
                if not found:
                    return os.pardir
                found.pop()
                continue
            mode, name = self._entries.get("/".join([*found, part]), ("", ""))
            if mode != _LINK:
                found.append(part)
                continue
            links += 1
            target = os.fsdecode(self._asked("cat-file", "blob", name, stripped=False))
            if links > MOST_LINKS or target.startswith("/"):
                return target  # out of the commit, or round in a circle
            todo[:0] = target.split("/")
        return self._path("/".join(found))

    def is_file(self, path: str) -> bool:
        return self._entry(path)[0] in _FILE

    def content(self, path: str) -> bytes:
        mode, name = self._entry(self.real(path))
        if mode not in _FILE:
            raise refused(
                self.shown(path), "cannot be read: no such file in this commit", "name a commit in which it is there"
            )
        if int(self._asked("cat-file", "-s", name)) > MOST_BYTES:
            return bytes(MOST_BYTES + 1)  # larger than any that is read
        return self._asked("cat-file", "blob", name, stripped=False)

    # Git

    def _path(self, inside: str) -> str:
        return f"{self.name}:/{'' if inside == os.curdir else inside}"

    def _entry(self, path: str) -> tuple[str, str]:
        return self._entries.get(self._inside(path), ("", ""))

    def _inside(self, path: str) -> str:
        """A path from the top of the repository."""
        return path.removeprefix(f"{self.name}:").removeprefix("/")

    def _within(self, file: str, name: str) -> str:
        """The folder of the file, from the top of its repository."""
        try:
            found = _git(self._folder, "rev-parse", "--show-prefix")
        except OSError as error:
            what = "git is not installed" if isinstance(error, FileNotFoundError) else f"git: {error.strerror}"
            raise CommitError(f"no file `{name}`, and no commit of this name can be looked up: {what}") from None
        except ValueError:
            raise CommitError("the name of a commit has no control characters: name one such as HEAD~1") from None
        if found.returncode:
            told = found.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").split("\n")[0]
            why = f"`{file}` lies in no git repository" if "not a git repository" in told else f"git says: {told}"
            raise CommitError(f"no file `{name}`, and no commit of this name either, since {why}")
        return os.fsdecode(found.stdout.removesuffix(b"\n"))

    def _named(self, file: str, name: str) -> str:
        wanted = "" if name.startswith("-") else name  # it would be an option of git
        found = _git(self._folder, "rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}")
        if found.returncode:
            hint = "name one such as HEAD~1 or main"
            if self._asked("rev-parse", "--is-shallow-repository") == b"true":
                hint = "not all of the history is here: `git fetch --unshallow` (in a workflow, fetch-depth: 0)"
            raise CommitError(f"no file `{name}`, and no such commit in the repository of `{file}`: {hint}")
        return found.stdout.decode().strip()

    def _listed(self, commit: str) -> Mapping[str, tuple[str, str]]:
        """The mode and the object of each file of a commit."""
        listed = self._asked("ls-tree", "-r", "-z", "--full-tree", commit, stripped=False)
        entries = (one.partition(b"\t") for one in listed.split(b"\0") if one)
        told = ((os.fsdecode(path), about.decode().split()) for about, _, path in entries)
        return {path: (mode, name) for path, (mode, _, name) in told}

    def _asked(self, *words: str, stripped: bool = True) -> bytes:
        """What git answers. Raises CommitError where it does not."""
        found = _git(self._folder, *words)
        if found.returncode:
            told = found.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise CommitError(f"git cannot tell what stands in the commit: {told}")
        return found.stdout.removesuffix(b"\n") if stripped else found.stdout


def _git(folder: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["git", "-C", folder, "--no-pager", "--no-optional-locks", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={
            **{key: value for key, value in os.environ.items() if key not in _OF_ANOTHER_REPOSITORY},
            "LC_ALL": "C",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",  # of a partial clone, older versions would fetch what is missing
            "GIT_TERMINAL_PROMPT": "0",
        },
    )
