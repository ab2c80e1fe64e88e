"""The manual: a page of Markdown for each topic, beside this module. Every screen and example in it is tested."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

TOPICS = (
    "first-plan",
    "commands",
    "language",
    "scenarios",
    "posts",
    "pay",
    "benefits",
    "schedules",
    "funds",
    "revenue",
    "once",
    "ratios",
    "teams",
    "time",
    "years",
    "decisions",
    "season",
    "checks",
    "sources",
    "board",
    "numbers",
    "spreadsheets",
    "python",
    "glossary",
    "program",
    "adding",
)
"""The topics in the order in which they are best read; each is the name of its page."""


def page(topic: str) -> str:
    """The page of a topic, one of TOPICS, as Markdown: a heading, a paragraph that says what it is about, and more."""
    return files("staffcalc.guide").joinpath(f"{topic}.md").read_text(encoding="utf-8")


def contents() -> str:
    """The topics with a line each, as Markdown."""
    lines = "".join(f"- `{topic}`: {told}\n" for topic, told in about())
    return f"# The guide\n\n{lines}\n`staffcalc guide pay` prints the page on pay.\n"


def about() -> Iterator[tuple[str, str]]:
    """Each topic with the paragraph by which its page begins, in one line."""
    for topic in TOPICS:
        _, told, *_ = page(topic).split("\n\n", 2)
        yield topic, " ".join(told.split())
