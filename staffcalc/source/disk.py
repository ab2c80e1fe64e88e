"""Where files are read from: the disk. Whatever else holds files (a commit) is asked the same questions."""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import Protocol

from staffcalc.source.problems import Place, Problem, SchoolFileError

MOST_BYTES = 2 * 1024 * 1024
STANDARD_INPUT = "-"
_OPENED_BY_THE_SHELL = re.compile(r"/dev/stdin|/dev/fd/\d+|/proc/self/fd/\d+")


class Store(Protocol):
    """What holds files, by their paths."""

    def shown(self, path: str) -> str:
        """What a file is called in problems."""

    def real(self, path: str, named: str = "") -> str:
        """The path without links. Raises SchoolFileError for one that cannot be looked up, of the file that is
        `named`: itself where it is left out."""

    def is_file(self, path: str) -> bool:
        """Whether a file is there."""

    def content(self, path: str) -> bytes:
        """What stands in a file, or the first of it where it is larger than a school file may be. Raises
        SchoolFileError for what cannot be read."""


class Disk:
    """The files of this computer, and standard input."""

    def shown(self, path: str) -> str:
        return shown(path)

    def real(self, path: str, named: str = "") -> str:
        try:
            return os.path.realpath(path)
        except (OSError, ValueError) as error:  # the working folder is gone, or no file can have this name
            raise unreadable(named or path, error) from None

    def is_file(self, path: str) -> bool:
        return os.path.isfile(path)

    def content(self, path: str) -> bytes:
        try:
            return _from_standard_input() if path == STANDARD_INPUT else _from_file(path)
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from None


def shown(path: str) -> str:
    """What a file is called in problems."""
    return "<stdin>" if path == STANDARD_INPUT else path


def refused(path: str, what: str, hint: str) -> SchoolFileError:
    """What is said of a file that is not read at all."""
    return SchoolFileError([Problem(Place(shown(path)), what, hint)])


def unreadable(path: str, error: Exception) -> SchoolFileError:
    """What is said of a file that the system does not read."""
    reason = getattr(error, "strerror", None) or "the name cannot be a file"
    return refused(path, f"cannot be read: {reason}", "name a YAML school file, or - for standard input")


def _from_standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.closed:  # before the program began
        raise refused(STANDARD_INPUT, "cannot be read: standard input is closed", "name a file")
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _from_file(path: str) -> bytes:
    # What is no file could keep the program waiting for ever: it is looked at before anything is read of it. A stream
    # that the shell has opened, as for <(…), is read like standard input.
    waiting = 0 if _OPENED_BY_THE_SHELL.fullmatch(path) else getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | waiting)) as stream:
        if waiting and not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise refused(path, "cannot be read: a pipe or a device, and no file", "write - to read standard input")
        return stream.read(MOST_BYTES + 1)
