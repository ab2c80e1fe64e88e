"""The commands that help to write a school file: a starter, the schema for an editor, and the guide."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from staffcalc.options import ANSWER, OUTPUT, TOPIC
from staffcalc.output import Format, OutputProblem, problems, show, show_document


def init(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="Where to write it; - writes to standard output.", allow_dash=True),
    ] = Path("school.yaml"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Write a commented starter file that can be compared at once."""
    from staffcalc.language.starter import starter
    from staffcalc.output.destination import to_file, to_stdout

    if str(path) == "-":
        to_stdout(starter(), Format.text)
        return
    if os.path.isdir(path):
        raise OutputProblem(f"{path} is a folder: give the name of a file in it, such as {path / 'school.yaml'}")
    if os.path.exists(path) and not force:
        raise OutputProblem(f"{path} is there already: give another name, or --force to replace it")
    to_file(starter(), path)
    problems([f"wrote {path}; next: staffcalc compare {path}"])


def schema(
    answer: ANSWER = None,
    output: OUTPUT = None,
) -> None:
    """Print the JSON Schema of the language, by which an editor completes and checks school files; or of an answer."""
    from staffcalc.report import Report

    if answer is not None:
        from staffcalc.questions.shapes import answer_schema

        made = answer_schema(answer)
    else:
        from staffcalc.language.schema import json_schema

        made = json_schema()
    show(Report((), data=lambda: made), format=Format.json, path=output)


def guide(
    topic: TOPIC = None,
) -> None:
    """Print a page of the guide, or list its topics."""
    from staffcalc.guide import TOPICS, contents, page
    from staffcalc.questions.selection import UnknownNameError
    from staffcalc.source.problems import nearest

    if topic is not None and topic not in TOPICS:
        raise UnknownNameError(f"no page `{topic}` in the guide: {nearest(topic, TOPICS, 'topics')}")
    show_document(contents() if topic is None else page(topic))
