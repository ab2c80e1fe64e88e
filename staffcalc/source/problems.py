"""What is wrong with a file, and where. Problems are data: they are collected and reported together."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from staffcalc.errors import StaffcalcError
from staffcalc.records import NamedTuple


class Place(NamedTuple):
    """Where something stands: the file as the user named it, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing that is wrong, and what would be right."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f"\n    {self.hint}" if self.hint else "")


MOST_PROBLEMS = 200


class Problems(list[Problem]):
    """Problems as they are found; all of a file are reported together (as long as a reader can take them in)."""

    def append(self, problem: Problem) -> None:
        """One more. Raises SchoolFileError when there are too many to go on."""
        super().append(problem)
        if len(self) > MOST_PROBLEMS:
            last = max(self).place
            raise SchoolFileError([*self, Problem(last, f"more than {MOST_PROBLEMS} problems", "fix these first")])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Those of another file, each once however often it is read. Raises SchoolFileError when there are too many."""
        for problem in problems:
            if problem not in self:
                self.append(problem)

    def add(self, place: Place, message: str, hint: str = "") -> None:
        """One more thing that is wrong, and what would be right."""
        self.append(Problem(place, message, hint))


class SchoolFileError(StaffcalcError):
    """All problems found in the files of one school, in the order of their places, each cause once.

    `problems` holds them one by one: each has its `place` (file, line, column), its `message` and its `hint`. A problem
    at the same place with the same remedy is the same one, met again in a copy (`like`).
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        causes: dict[tuple[Place, str], Problem] = {}
        for problem in problems:
            causes.setdefault((problem.place, problem.hint), problem)
        self.problems = tuple(sorted(causes.values(), key=lambda problem: problem.place))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[SchoolFileError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # so that it comes whole out of another process


class Unread(NamedTuple):
    """A file that cannot be read, and why."""

    file: str
    error: SchoolFileError


class OtherFileError(SchoolFileError):
    """The file that is named is no school file, but about something else."""


MOST_COMPARED = 500
"""Among so many names the nearest is looked for; for hundreds of problems more would take minutes."""


FEW = 12
"""Of so many names each is seen at a glance."""
MOST_LISTED = 100
"""So many names are listed: all keys that a block has, and not all roles of a state."""


def nearest(word: str, known: Iterable[str], what: str = "") -> str:
    """A hint that names the known word nearest to `word`, or else the known ones ("known roles: …"): all of them, and
    where they are many the likest first."""
    names = list(known)
    match = get_close_matches(word, names[:MOST_COMPARED], n=1, cutoff=0.6) or get_close_matches(
        word.lower(), [name for name in names if name.lower() == word.lower()], n=1
    )
    if match:
        return f"did you mean `{match[0]}`?"
    if not names:
        return f"there are no {what} here yet" if what else ""
    if len(names) > FEW:
        likest = get_close_matches(word, names[:MOST_COMPARED], n=FEW, cutoff=0.3)
        names = list(dict.fromkeys([*likest, *names]))
    listed = ", ".join(names[:MOST_LISTED]) + (", …" if len(names) > MOST_LISTED else "")
    return f"known {what or 'keys'}: {listed}"
