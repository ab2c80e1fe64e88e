"""The commands: read options, ask a question, show the answer. Nothing is computed here."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from staffcalc import __version__, getting_started
from staffcalc.options import (
    AGAINST,
    AMONG,
    CHECK_FORMAT,
    COMPONENT,
    EXCEL,
    FILE,
    FILES,
    FIRST,
    FORMAT,
    FUND,
    MEASURE,
    NO_YEAR_OF_CHECKS,
    NO_YEAR_OF_FORECASTS,
    OUTPUT,
    PRICE,
    ROLE,
    ROOT,
    SCENARIOS,
    SECOND,
    STRICT,
    SUMMARY,
    TO_YEAR,
    VERBOSE,
    YEAR,
    YEARS,
)
from staffcalc.output import problems, show, show_line, show_page, shows_findings, shows_tables
from staffcalc.running import (
    CHECK_FAILED,
    WRONG_INPUT,
    as_of_commit,
    is_commit,
    ledgers,
    read_ledgers,
    readable,
    readable_in_turn,
    run,
    touched_among,
    with_one_command,
    with_progress,
)

app = typer.Typer(
    name="staffcalc",
    help="Cost a school's staffing scenarios against its existing budget, side by side.",
    epilog="Start with: staffcalc init plan.yaml, then staffcalc compare plan.yaml. The guide: staffcalc guide",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        show_line(f"staffcalc {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None: ...


@app.command(epilog='Example: staffcalc compare scenarios/ranson.yaml --scenario "three teams" --differences')
def compare(
    files: FILES,
    scenario: SCENARIOS = None,
    differences: Annotated[
        bool, typer.Option("--differences", "-d", help="Hide rows that are the same in every column.")
    ] = False,
    summary: SUMMARY = None,
    price: PRICE = None,
    year: YEAR = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Put the baseline and every scenario side by side, against the existing budget."""
    from staffcalc.questions.compare.compare import compare as ask

    alone = shows_tables(format, output)
    with readable_in_turn(files, root, output, price, year) as found:
        report = ask(found, scenario or (), differences=differences, in_short=summary, tables_alone=alone)
        show(report, format=format, path=output, excel=excel)


@app.command(epilog='Example: staffcalc cost scenarios/ranson.yaml --scenario "three teams" --output teams.csv')
def cost(
    files: FILES,
    scenario: SCENARIOS = None,
    price: PRICE = None,
    year: YEAR = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Show every cost line, role by role, with its calculation. As CSV it is the ledger, one line a row."""
    from staffcalc.questions.cost import cost as ask

    with readable(files, root, output, price, year) as found:
        show(ask(found, scenario or ()), format=format, path=output, excel=excel)


@app.command(
    epilog="Example: staffcalc check scenarios/*.yaml --format github\n\n"
    "Only what changed: staffcalc check --among . $(git diff --name-only HEAD~1)"
)
def check(
    files: FILES,
    strict: STRICT = False,
    among: AMONG = None,
    verbose: VERBOSE = False,
    year: NO_YEAR_OF_CHECKS = None,
    format: CHECK_FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Check that every plan fits its budget and that the files' own checks hold. Exit code 1: a check failed."""
    from staffcalc.questions.check.check import check as ask

    if among is not None:
        root = root or among
        files = touched_among(files, among, root)
    found = read_ledgers(files, root, output)
    outcome = ask(found.ledgers, found.unread, strict=strict, verbose=verbose)
    if found.unread and not (outcome.schools or shows_findings(format, output)):
        raise found.problem
    show(outcome.report, format=format, path=output, excel=excel)
    problems([*map(str, found.problem.problems), *outcome.by_name, outcome.summary])
    if found.unread or outcome.failed:
        raise typer.Exit(WRONG_INPUT if found.unread else CHECK_FAILED)


@app.command(
    epilog='Example: staffcalc diff scenarios/ranson.yaml baseline "three teams" --details\n\n'
    "Since a commit: staffcalc diff my-school.yaml --against HEAD~1\n\n"
    "Year by year: staffcalc diff my-school.yaml residents --to-year 2029-30"
)
def diff(
    file: FILE,
    first: FIRST = None,
    second: SECOND = None,
    against: AGAINST = None,
    details: Annotated[bool, typer.Option("--details", help="Show every step with its components.")] = False,
    to_year: TO_YEAR = None,
    year: YEAR = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Explain every dollar between two scenarios, of one file or of two: posts exchanged, prices, funds."""
    from staffcalc.questions.diff.diff import diff as ask

    if to_year is not None:
        if against is not None or second is not None or year is not None:
            raise typer.BadParameter("--to-year walks with one scenario of one file, from the file's own year")
        from staffcalc.questions.diff.walk import walk

        [only] = ledgers([file], root, output)
        report = walk(only, first, to_year)
    elif against is not None and is_commit(against):
        [now], before = ledgers([file], root, output, year=year), as_of_commit(str(file), against, root, year)
        report = ask(now, before, first, second, details=details, commit=against)
    elif against is not None:
        now, *other = ledgers([file, Path(against)], root, output, year=year)  # one, where both are the same file
        report = ask(now, other[0] if other else None, first, second, details=details)
    else:
        [now] = ledgers([file], root, output, year=year)
        if first is not None and _is_file(first, [plan.name for plan in now.plans]):
            [after] = ledgers([Path(first)], root, output, year=year)
            report = ask(after, now, second, None, details=details)
        else:
            report = ask(now, None, first, second, details=details)
    show(report, format=format, path=output, excel=excel)


def _is_file(first: str, plans: Collection[str]) -> bool:
    """Whether what stands where a scenario is meant names another file."""
    return first not in plans and (first == "-" or os.path.exists(first))


@app.command(epilog='Example: staffcalc explain scenarios/ranson.yaml --scenario "three teams" --component supplement')
def explain(
    files: FILES,
    scenario: SCENARIOS = None,
    role: ROLE = None,
    component: COMPONENT = None,
    fund: FUND = None,
    measure: MEASURE = None,
    price: PRICE = None,
    year: YEAR = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Read the calculation out: numbers, where each stands, its source, caps, thresholds, rounding."""
    from staffcalc.questions.explain.explain import explain as ask

    with readable(files, root, output, price, year) as found:
        report = ask(found, scenario or (), role=role, component=component, fund=fund, measure=measure)
        show(report, format=format, path=output, excel=excel)


@app.command(epilog='Example: staffcalc assumptions scenarios/ranson.yaml --scenario "three teams"')
def assumptions(
    files: FILES,
    scenario: SCENARIOS = None,
    year: YEAR = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """List every input that moved a dollar: published, assumed or unmarked, and the dollars that rest on it."""
    from staffcalc.questions.assumptions.assumptions import assumptions as ask

    with readable(files, root, output, year=year) as found:
        show(ask(found, scenario or ()), format=format, path=output, excel=excel)


@app.command(epilog="Example: staffcalc time scenarios/patterns/lab-rotation.yaml")
def time(
    files: FILES,
    scenario: SCENARIOS = None,
    year: YEAR = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Show the week of each role and of the students: what is planned, coached, taught, left and short."""
    from staffcalc.questions.time_spent import time_spent as ask

    with readable(files, root, output, year=year) as found:
        show(ask(found, scenario or ()), format=format, path=output, excel=excel)


@app.command(epilog="Example: staffcalc forecast scenarios/brooklyn-laboratory.yaml --years 5 --scenario baseline")
def forecast(
    files: FILES,
    years: YEARS = 5,
    scenario: SCENARIOS = None,
    price: PRICE = None,
    year: NO_YEAR_OF_FORECASTS = None,
    format: FORMAT = None,
    output: OUTPUT = None,
    excel: EXCEL = False,
    root: ROOT = None,
) -> None:
    """Cost every scenario year by year: the first year it does not fit, grants that end, what moves the cost."""
    from staffcalc.questions.forecast.forecast import COSTED_A_YEAR
    from staffcalc.questions.forecast.forecast import forecast as ask

    with readable(files, root, output, price) as found:
        report = ask(
            found,
            scenario or (),
            years=years,
            in_turn=lambda schools: with_progress(schools, "forecasting", len(schools) * years * COSTED_A_YEAR),
        )
        show(report, format=format, path=output, excel=excel)


@app.command(epilog="Example: staffcalc report scenarios/ranson.yaml --date 2026-11-30 --output report.html")
def report(
    file: FILE,
    scenario: SCENARIOS = None,
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date", metavar="DAY", formats=["%Y-%m-%d"], help="Put this day at its foot, such as 2026-11-30."
        ),
    ] = None,
    year: YEAR = None,
    years: YEARS = 5,
    output: OUTPUT = None,
    root: ROOT = None,
) -> None:
    """Write the page for a board: one HTML file with the plans, what they exchange, drawings, and the sources."""
    from staffcalc.questions.board import board as ask

    [found] = ledgers([file], root, output)
    day = date.date() if date is not None else None
    show_page(ask(found, scenario or (), year=year, years=years, day=day), path=output)


app.command(epilog="Example: staffcalc init my-school.yaml")(getting_started.init)
app.command(epilog="Example: staffcalc schema --answer compare --output compare.schema.json")(getting_started.schema)
app.command(epilog="Example: staffcalc guide first-plan")(getting_started.guide)


def main() -> None:
    """The program. Exit code 0: all is well; 1: a check failed; 2: the input or the call is wrong."""
    run(with_one_command(app, sys.argv[1:2]))
