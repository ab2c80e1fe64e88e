"""How a command runs: files are read and costed, progress is shown, and whatever is refused ends with its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from staffcalc.options import Price
from staffcalc.output import OutputProblem, is_terminal, prepare, problems, remark, unwritten
from staffcalc.records import NamedTuple

if TYPE_CHECKING:
    from staffcalc.costing.ledger import Ledger
    from staffcalc.costing.pay.pay import Price as Pay
    from staffcalc.source.problems import SchoolFileError, Unread

Thing = TypeVar("Thing")

CHECK_FAILED, WRONG_INPUT = 1, 2
MANY_FILES = 100
FAULT = "    please report it; `python -X dev -m staffcalc …` shows where it happened"


class FilesRead(NamedTuple):
    """What is read: the ledgers of the files that can be, one after the other as they are taken, and the others, which
    are known when the last ledger was taken, each with what is wrong with it."""

    ledgers: Iterator[Ledger]
    unread: list[Unread]

    @property
    def problem(self) -> SchoolFileError:
        """All that is wrong with the files that cannot be read."""
        from staffcalc.source.problems import SchoolFileError

        return SchoolFileError(problem for one in self.unread for problem in one.error.problems)


def read_ledgers(
    paths: list[Path],
    root: Path | None,
    output: Path | None,
    price: Price | None = None,
    year: str | None = None,
) -> FilesRead:
    """The ledger of every file that can be read, of a later year where one is asked for.

    After the last of them, raises OutputProblem where the answer would take the place of one of the files.
    """
    unread: list[Unread] = []
    return FilesRead(_read_in_turn(_each_once(paths), unread, root, output, price, year), unread)


def _read_in_turn(
    paths: list[Path],
    unread: list[Unread],
    root: Path | None,
    output: Path | None,
    price: Price | None,
    year: str | None,
) -> Iterator[Ledger]:
    from staffcalc.costing.ledger import cost_school
    from staffcalc.language.files import Files
    from staffcalc.questions.selection import in_the_year
    from staffcalc.school.reading import read_school
    from staffcalc.source.problems import SchoolFileError, Unread

    files = Files(root)
    pay: Pay | None = price.value if price is not None else None
    for path in with_progress(paths, "reading", len(paths)):
        try:
            school = read_school(str(path), files)
            if year is not None:
                school = in_the_year(school, year, pay)
            ledger = cost_school(school, pay)
        except SchoolFileError as error:
            unread.append(Unread(str(path), error))
        else:
            del school
            yield ledger
    if output is not None and _is_among(output, files.paths):
        raise OutputProblem(f"{output} is one of the files that were read: choose another --output")


def ledgers(paths: list[Path], root: Path | None, output: Path | None, year: str | None = None) -> list[Ledger]:
    """The ledger of every file. Raises SchoolFileError with all problems of all files."""
    found = read_ledgers(paths, root, output, year=year)
    every = list(found.ledgers)
    if found.unread:
        raise found.problem
    return every


def touched_among(changed: list[Path], folder: Path, root: Path) -> list[Path]:
    """The schools below a folder that are, extend or read one of the files that changed; a name that is no file's, and
    that no school asks for, is remarked: the file is gone, or its name is mistyped."""
    from staffcalc.language.touched import touched

    found = touched(map(str, changed), str(folder), root)
    remark(f"{name}: no such file, and no school below {folder} extends or reads one" for name in found.unknown)
    return [Path(path) for path in found.schools]


def is_commit(name: str) -> bool:
    """Whether this is no file, so that it can only be the name of a commit."""
    return name != "-" and (os.path.isdir(name) or not os.path.exists(name))


def as_of_commit(file: str, name: str, root: Path | None, year: str | None = None) -> Ledger:
    """The ledger of a file as it stood in a commit of its repository, with all that it extended and read there.

    Raises CommitError where there is no such commit, and SchoolFileError for what was wrong with the file then.
    """
    from staffcalc.costing.ledger import cost_school
    from staffcalc.language.files import Files
    from staffcalc.questions.selection import in_the_year
    from staffcalc.school.reading import read_school
    from staffcalc.source.commit import Commit

    commit = Commit(file, name)
    school = read_school(commit.file, Files(commit.root(root), store=commit))
    return cost_school(school if year is None else in_the_year(school, year, None))


@contextmanager
def readable(
    paths: list[Path],
    root: Path | None,
    output: Path | None,
    price: Price | None = None,
    year: str | None = None,
) -> Iterator[list[Ledger]]:
    """The ledgers of the files that can be read, to be answered with: one broken file hides no other.

    Raises SchoolFileError with the problems of the others when that is done, or at once where no file can be read.
    """
    found = read_ledgers(paths, root, output, price, year)
    every = list(found.ledgers)
    with _answering(found._replace(ledgers=iter(every))):
        yield every


@contextmanager
def readable_in_turn(
    paths: list[Path],
    root: Path | None,
    output: Path | None,
    price: Price | None = None,
    year: str | None = None,
) -> Iterator[Iterator[Ledger]]:
    """The same, with each file read when its ledger is taken."""
    with _answering(read_ledgers(paths, root, output, price, year)) as found:
        yield found


@contextmanager
def _answering(found: FilesRead) -> Iterator[Iterator[Ledger]]:
    from staffcalc.errors import StaffcalcError

    first = list(islice(found.ledgers, 1))
    if not first:
        raise found.problem
    try:
        yield chain(first, found.ledgers)
    except StaffcalcError:  # what is asked for may stand in a file that cannot be read
        problems(map(str, found.problem.problems))
        raise
    if found.unread:
        raise found.problem


def _each_once(paths: list[Path]) -> list[Path]:
    """The files without those that are named twice."""
    return list({os.path.normpath(path): path for path in paths}.values())


def _is_among(output: Path, read: frozenset[str]) -> bool:
    try:
        return os.path.realpath(output) in read
    except OSError:  # the working folder is gone: nothing can be written there
        return False


def with_progress(things: Sequence[Thing], label: str, costed: int) -> Iterator[Thing]:
    """The things one by one; where so many schools are `costed` that it may take longer than a second, a terminal's
    standard error shows how far it is."""
    if costed < MANY_FILES or not is_terminal(sys.stderr):
        yield from things
        return
    with typer.progressbar(things, label=label, file=sys.stderr) as bar:
        yield from bar


def with_one_command(app: typer.Typer, named: list[str]) -> typer.Typer:
    """The program with the one command that is named: to make all of them takes a twentieth of a start. Where none of
    them is, with all."""
    asked = [one for one in app.registered_commands if one.callback is not None and named == [one.callback.__name__]]
    found = copy(app)
    found.registered_commands = asked or app.registered_commands
    return found


def run(program: Callable[[], None]) -> None:
    """Run the program; whatever it refuses is told on standard error, and the exit code is 2."""
    from staffcalc.errors import StaffcalcError
    from staffcalc.source.problems import SchoolFileError

    prepare()
    try:
        program()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # the reader of the help has heard enough
            return
        raise
    except SchoolFileError as error:
        problems(map(str, error.problems))
    except StaffcalcError as error:
        problems([f"staffcalc: {error}"])
    except OSError as error:  # of the help: whatever is read or written elsewhere tells its own problems
        problems([f"staffcalc: {unwritten(error)}"])
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        problems([f"staffcalc: a fault of the program itself: {type(error).__name__}: {error}", FAULT])
    else:
        return
    raise SystemExit(WRONG_INPUT)
