"""The options that several commands have, each with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from staffcalc import completion
from staffcalc.completion import Completion
from staffcalc.output import Format


def _completed(complete: Completion, help: str, *flags: str, metavar: str = "NAME", **more: Any) -> Any:
    """An option, or without flags an argument, with what Tab completes after it."""
    made = typer.Option if flags else typer.Argument
    return made(*flags, metavar=metavar, help=help, autocompletion=complete, **more)


FILES = Annotated[
    list[Path],
    _completed(
        completion.files,
        "School files; - reads one from standard input.",
        metavar="FILE",
        show_default=False,
        allow_dash=True,
    ),
]
FILE = Annotated[
    Path,
    _completed(
        completion.files,
        "A school file; - reads it from standard input.",
        metavar="FILE",
        show_default=False,
        allow_dash=True,
    ),
]
SCENARIOS = Annotated[
    list[str] | None,
    _completed(completion.scenarios, "Only this scenario; may be given again.", "--scenario", "-s"),
]
ROLE = Annotated[str | None, _completed(completion.roles, "The lines of this role.", "--role")]
COMPONENT = Annotated[
    str | None,
    _completed(completion.components, "The lines of this component: salary, a benefit, a cost.", "--component"),
]
FUND = Annotated[
    str | None,
    _completed(completion.funds, "The lines that this fund pays, by its key or its name.", "--fund"),
]
MEASURE = Annotated[
    str | None,
    _completed(
        completion.measures, "This measure, such as left or students_per_teacher.", "--measure", show_default="cost"
    ),
]
_FORMAT_HELP = "How to show the answer. Left out: table in a terminal, text in a pipe, or by the ending of --output."
FORMAT = Annotated[
    Format | None,
    _completed(
        completion.formats,
        _FORMAT_HELP,
        "--format",
        "-f",
        metavar=f"[{'|'.join(completion.FORMATS)}]",
        show_default=False,
    ),
]
CHECK_FORMAT = Annotated[
    Format | None,
    _completed(completion.formats_of_checks, _FORMAT_HELP, "--format", "-f", show_default=False),
]
OUTPUT = Annotated[
    Path | None,
    _completed(
        completion.files, "Write the answer to this file, whole or not at all.", "--output", "-o", metavar="PATH"
    ),
]
EXCEL = Annotated[bool, typer.Option("--excel", help="Begin CSV with a byte-order mark, by which Excel knows UTF-8.")]
ROOT = Annotated[
    Path | None,
    _completed(
        completion.files,
        "Files may extend files below this folder. Left out: the folder of each FILE.",
        "--root",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
    ),
]


class Price(StrEnum):
    """At what pay everybody is priced."""

    average = "average"
    actual = "actual"
    new_hire = "new_hire"


PRICE = Annotated[
    Price | None,
    typer.Option(
        "--price",
        help="Price everybody at this pay. Left out: staff at their own pay, posts added or given up as new hires.",
        show_default=False,
    ),
]
YEAR = Annotated[
    str | None,
    _completed(completion.years, "In this school year of the forecast, such as 2028-29.", "--year", metavar="YEAR"),
]


def _no_year(instead: str) -> Any:
    """`--year` where a command has none, though others do: it says what to write instead."""

    def refuse(year: str | None) -> None:
        if year is not None:
            raise typer.BadParameter(f"{instead}; what the plans cost then: staffcalc compare FILE --year {year}")

    return typer.Option("--year", hidden=True, callback=refuse)


NO_YEAR_OF_CHECKS = Annotated[str | None, _no_year("a check names its `year` in the file")]
NO_YEAR_OF_FORECASTS = Annotated[str | None, _no_year("a forecast has so many --years, the file's own the first")]
YEARS = Annotated[int, typer.Option("--years", "-y", metavar="N", help="School years, the file's own the first.")]
AMONG = Annotated[
    Path | None,
    _completed(
        completion.files,
        "FILEs are what changed: check each school below this folder that is, extends or reads one of them.",
        "--among",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
    ),
]
SUMMARY = Annotated[
    bool | None,
    typer.Option(
        "--summary/--side-by-side",
        help="One row a plan, or a column with all of its figures. Left out: a row each for several files.",
        show_default=False,
    ),
]

# Of `diff`

FIRST = Annotated[
    str | None,
    _completed(completion.scenarios, "A scenario; or a newer FILE to go to.", metavar="A", show_default="baseline"),
]
SECOND = Annotated[
    str | None,
    _completed(
        completion.scenarios,
        "A scenario to go to; with one name, it goes from the baseline to A.",
        metavar="B",
        show_default="the first",
    ),
]
TO_YEAR = Annotated[
    str | None,
    _completed(
        completion.years, "Walk with A from the file's year to this one, year by year.", "--to-year", metavar="YEAR"
    ),
]
AGAINST = Annotated[
    str | None,
    _completed(
        completion.files,
        "Take A from this file: an older version, or another school; or from this commit of FILE: HEAD~1, main.",
        "--against",
        metavar="PATH|COMMIT",
    ),
]

# Of `check`, `schema` and `guide`

STRICT = Annotated[bool, typer.Option("--strict", help="Let warnings fail, too.")]
VERBOSE = Annotated[
    bool,
    typer.Option("--verbose", "-v", help="Of several files, show every check, and not only those that fail."),
]
ANSWER = Annotated[
    str | None,
    _completed(
        completion.answers,
        "The schema of what this command answers in JSON, such as compare. Left out: of a school file.",
        "--answer",
        metavar="COMMAND",
    ),
]
TOPIC = Annotated[
    str | None,
    _completed(completion.topics, "The page to print. Left out: the topics.", metavar="TOPIC", show_default=False),
]
