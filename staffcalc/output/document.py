"""A page of Markdown on a terminal, by Rich: fitted to its width, in the terminal's own colours."""

from __future__ import annotations

from rich.markdown import Markdown
from rich.theme import Theme

from staffcalc.output.terminal import console, room

_OWN_BACKGROUND = Theme({"markdown.code": "bold cyan", "markdown.code_block": "cyan"})
"""Rich puts code on black, which is a stain on a light terminal."""


def document(markdown: str) -> str:
    """The page as it goes to the terminal, with its escape codes."""
    screen = console()
    with screen.use_theme(_OWN_BACKGROUND), screen.capture() as capture:
        screen.print(Markdown(markdown, code_theme="ansi_dark", hyperlinks=False), width=room(screen))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
