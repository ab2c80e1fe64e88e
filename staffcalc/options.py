"""The options that several commands have, each with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from staffcalc import completion
from staffcalc.output import Format

FILES = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="School files; - reads one from standard input.",
        show_default=False,
        allow_dash=True,
        autocompletion=completion.files,
    ),
]
FILE = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A school file; - reads it from standard input.",
        show_default=False,
        allow_dash=True,
        autocompletion=completion.files,
    ),
]
SCENARIOS = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        "-s",
        metavar="NAME",
        help="Only this scenario; may be given again.",
        autocompletion=completion.scenarios,
    ),
]
ROLE = Annotated[
    str | None,
    typer.Option("--role", metavar="NAME", help="The lines of this role.", autocompletion=completion.roles),
]
COMPONENT = Annotated[
    str | None,
    typer.Option(
        "--component",
        metavar="NAME",
        help="The lines of this component: salary, a benefit, a cost.",
        autocompletion=completion.components,
    ),
]
FUND = Annotated[
    str | None,
    typer.Option("--fund", metavar="NAME", help="The lines that this fund pays.", autocompletion=completion.funds),
]
MEASURE = Annotated[
    str | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="This measure, such as left or students_per_teacher.",
        show_default="cost",
        autocompletion=completion.measures,
    ),
]
_FORMAT_HELP = "How to show the answer. Left out: table in a terminal, text in a pipe, or by the ending of --output."
FORMAT = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar=f"[{'|'.join(completion.FORMATS)}]",
        help=_FORMAT_HELP,
        show_default=False,
        autocompletion=completion.formats,
    ),
]
CHECK_FORMAT = Annotated[
    Format | None,
    typer.Option("--format", "-f", help=_FORMAT_HELP, show_default=False, autocompletion=completion.formats_of_checks),
]
OUTPUT = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Write the answer to this file, whole or not at all.",
        autocompletion=completion.files,
    ),
]
EXCEL = Annotated[bool, typer.Option("--excel", help="Begin CSV with a byte-order mark, by which Excel knows UTF-8.")]
ROOT = Annotated[
    Path | None,
    typer.Option(
        "--root",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="Files may extend files below this folder. Left out: the folder of each FILE.",
        autocompletion=completion.files,
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
    typer.Option(
        "--year",
        metavar="YEAR",
        help="In this school year of the forecast, such as 2028-29.",
        autocompletion=completion.years,
    ),
]
YEARS = Annotated[int, typer.Option("--years", "-y", metavar="N", help="School years, the file's own the first.")]
AMONG = Annotated[
    Path | None,
    typer.Option(
        "--among",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="FILEs are what changed: check each school below this folder that is, extends or reads one of them.",
        autocompletion=completion.files,
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
    typer.Argument(
        metavar="A",
        help="A scenario; or a newer FILE to go to.",
        show_default="baseline",
        autocompletion=completion.scenarios,
    ),
]
SECOND = Annotated[
    str | None,
    typer.Argument(
        metavar="B",
        help="A scenario to go to; with one name, it goes from the baseline to A.",
        show_default="the first",
        autocompletion=completion.scenarios,
    ),
]
TO_YEAR = Annotated[
    str | None,
    typer.Option(
        "--to-year",
        metavar="YEAR",
        help="Walk with A from the file's year to this one, year by year.",
        autocompletion=completion.years,
    ),
]
AGAINST = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="PATH|COMMIT",
        help="Take A from this file: an older version, or another school; or from this commit of FILE: HEAD~1, main.",
        autocompletion=completion.files,
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
    typer.Option(
        "--answer",
        metavar="COMMAND",
        help="The schema of what this command answers in JSON, such as compare. Left out: of a school file.",
        autocompletion=completion.answers,
    ),
]
TOPIC = Annotated[
    str | None,
    typer.Argument(
        metavar="TOPIC",
        help="The page to print. Left out: the topics.",
        show_default=False,
        autocompletion=completion.topics,
    ),
]
