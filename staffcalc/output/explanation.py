"""An explanation as lines of text: what each step says and the figure it arrives at, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from staffcalc.output.cell_text import MINUS, raw_number, shown
from staffcalc.output.characters import printable
from staffcalc.report import Count, ExplainedStep, Fte


def figure_of(step: ExplainedStep) -> str:
    """The figure a step arrives at, with all the decimals that the next step goes on with; blank where it arrives at
    none."""
    match step.cell:
        case Fte():
            return f"{raw_number(step.cell).replace('-', MINUS)} FTE"
        case Count():
            return f"{Decimal(raw_number(step.cell)):,f}".replace("-", MINUS)
        case _:
            return shown(step.cell)


def step_in_line(step: ExplainedStep) -> str:
    """A step in one line: "12 FTE × $51,214 = $614,568"."""
    text, result = printable(step.text), figure_of(step)
    return f"{text} = {result}" if result else text


def indented(steps: Iterable[ExplainedStep], depth: int = 0) -> Iterator[str]:
    """The steps as lines of plain text, what they rest on two blanks further in."""
    for step in steps:
        yield "  " * depth + step_in_line(step)
        yield from indented(step.steps, depth + 1)


def bullets(steps: Iterable[ExplainedStep], escaped: Callable[[str], str], depth: int = 0) -> Iterator[str]:
    """The steps as a nested list of Markdown."""
    for step in steps:
        yield "  " * depth + f"- {escaped(step_in_line(step))}"
        yield from bullets(step.steps, escaped, depth + 1)


def items(steps: Iterable[ExplainedStep], escaped: Callable[[str], str]) -> str:
    """The steps as a nested list of HTML."""
    listed = "".join(f"<li>{escaped(step_in_line(step))}{items(step.steps, escaped)}</li>\n" for step in steps)
    return f"<ul>\n{listed}</ul>\n" if listed else ""


def paragraphs(steps: Iterable[ExplainedStep], escaped: Callable[[str], str], depth: int = 0) -> Iterator[str]:
    """The steps for LaTeX, whose own lists are only four deep."""
    for step in steps:
        yield rf"\noindent\hspace*{{{depth * 1.5:g}em}}{escaped(step_in_line(step))}\par"
        yield from paragraphs(step.steps, escaped, depth + 1)
