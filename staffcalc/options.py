"""The options that several commands have, each with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from staffcalc.output import Format

FILES = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="School files; - reads one from standard input.",
        show_default=False,
        allow_dash=True,
    ),
]
FILE = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A school file; - reads it from standard input.", show_default=False, allow_dash=True
    ),
]
SCENARIOS = Annotated[
    list[str] | None,
    typer.Option("--scenario", "-s", metavar="NAME", help="Only this scenario; may be given again."),
]
FORMAT = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to show the answer. Left out: table in a terminal, text in a pipe, or by the ending of --output.",
        show_default=False,
    ),
]
OUTPUT = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write the answer to this file, whole or not at all."),
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
    typer.Option("--year", metavar="YEAR", help="In this school year of the forecast, such as 2028-29."),
]
YEARS = Annotated[int, typer.Option("--years", "-y", metavar="N", help="School years, the file's own the first.")]
AGAINST = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="PATH|COMMIT",
        help="Take A from this file: an older version, or another school; or from this commit of FILE: HEAD~1, main.",
    ),
]
AMONG = Annotated[
    Path | None,
    typer.Option(
        "--among",
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="FILEs are what changed: check each school below this folder that is, extends or reads one of them.",
    ),
]
