"""What Tab completes: names out of the files that stand on the line so far. A file that cannot be read has none.

Where nothing is offered, the shell completes the names of files.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from staffcalc.output import Format
from staffcalc.output.formats import OF_FINDINGS

if TYPE_CHECKING:
    from staffcalc.costing.ledger import Ledger

YEARS_OFFERED = 10
FORMATS = tuple(str(one) for one in Format if one not in OF_FINDINGS)
Completion = Callable[[typer.Context, str], list[str]]


def files(incomplete: str) -> list[str]:
    """Nothing: a shell knows best how files are called."""
    return []


def _of_files(names: Callable[[Ledger], Iterable[str]]) -> Completion:
    """Names out of the files on the line."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        found = dict.fromkeys(name for ledger in _ledgers(ctx) for name in names(ledger))
        return offered(found, incomplete)

    return complete


def _ledgers(ctx: typer.Context) -> list[Ledger]:
    """The ledgers of the files on the line, as far as they can be read."""
    from pathlib import Path

    from staffcalc.costing.ledger import cost_school
    from staffcalc.errors import StaffcalcError
    from staffcalc.language.files import Files
    from staffcalc.school.reading import read_school

    # While an option waits for its value, the files are words that are not yet given to anything.
    named = [*(ctx.params.get("files") or ()), *filter(None, [ctx.params.get("file")]), *ctx.args]
    root = ctx.params.get("root")
    read = Files(None if root is None else Path(root))
    found = []
    for path in dict.fromkeys(map(str, named)):
        try:
            if path != "-":  # what is typed is not what it will read
                found.append(cost_school(read_school(path, read)))
        except StaffcalcError:
            continue
    return found


class _Chosen(str):
    """A name that begins as what is typed: Typer asks once more, and would not know one whose blanks are escaped."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True


def offered(names: Iterable[str], incomplete: str) -> list[str]:
    """The names that begin as what is typed so far, as the shell takes them: bash, which has the words of the line in a
    variable, gets blanks escaped unless a quotation mark is open; other shells escape them by themselves."""
    found = [name for name in names if name.startswith(incomplete) and name.isprintable()]
    line = os.environ.get("COMP_WORDS")
    return found if line is None or _is_quoted(line) else [_Chosen(_escaped(name)) for name in found]


def _is_quoted(line: str) -> bool:
    """Whether a quotation mark is still open."""
    try:
        shlex.split(line)
    except ValueError as error:
        return "quotation" in str(error)
    return False


def _escaped(name: str) -> str:
    return "".join(one if one.isalnum() or one in "_-./%+,=@:" else f"\\{one}" for one in name)


scenarios = _of_files(lambda ledger: (plan.name for plan in ledger.plans))
roles = _of_files(lambda ledger: (role.role for plan in ledger.plans for role in plan.staff))
funds = _of_files(
    lambda ledger: (fund for plan in ledger.plans for fund in (*(plan.budget or ()), *(one.fund for one in plan.lines)))
)
components = _of_files(lambda ledger: (line.component for plan in ledger.plans for line in plan.lines))


def _years(ledger: Ledger) -> Iterable[str]:
    from staffcalc.language.school_year import later

    year = ledger.school.year
    return () if year is None else (later(year, ahead) for ahead in range(YEARS_OFFERED))


years = _of_files(_years)


def measures(incomplete: str) -> list[str]:
    """The measures that `explain` reads out."""
    from staffcalc.language.values import MEASURE_NAMES

    return offered(MEASURE_NAMES, incomplete)


def formats(incomplete: str) -> list[str]:
    """The formats of an answer; those of CI systems are made of what `check` finds."""
    return offered(FORMATS, incomplete)


def formats_of_checks(incomplete: str) -> list[str]:
    """The formats of what `check` answers."""
    return offered(Format, incomplete)


def answers(incomplete: str) -> list[str]:
    """The commands whose answers have a schema."""
    from staffcalc.questions.shapes import ANSWERS

    return offered(ANSWERS, incomplete)


def topics(incomplete: str) -> list[str]:
    """The pages of the guide."""
    from staffcalc.guide import TOPICS

    return offered(TOPICS, incomplete)
