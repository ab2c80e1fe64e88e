r"""Text for LaTeX: seven-bit commands that every engine knows, without a package."""

from __future__ import annotations

import re

from staffcalc.output.characters import plain_character

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "[": "{[}",  # after the end of a row, a bracket or a star would belong to the end of the row
    "]": "{]}",
    "*": "{*}",
    "−": "$-$",
    "×": r"$\times$",
    "÷": r"$\div$",
    "±": r"$\pm$",
    "·": r"$\cdot$",
    "•": r"$\bullet$",
    "→": r"$\rightarrow$",
    "←": r"$\leftarrow$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "≈": r"$\approx$",
    "≠": r"$\neq$",
    "°": r"$^{\circ}$",
    "²": "$^{2}$",
    "³": "$^{3}$",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "›": r"$\rangle$",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "§": r"\S{}",
    "©": r"\copyright{}",
    "£": r"\pounds{}",
    "✓": r"$\surd$",
    "█": r"\rule{0.5em}{1.5ex}",
    "\u00a0": "~",
    **{"ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}", "Ø": r"\O{}"},
    **{"ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}", "¿": "?`", "¡": "!`"},
}

_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
}
"""The accents that the oldest font encoding has, by the command of each."""


def in_latex(text: str) -> str:
    """The text as it stands, whatever it holds. Letters that pdfTeX has no font for are shown by XeTeX and LuaTeX, and
    by their nearest ASCII elsewhere."""
    if text.isascii():
        return _written(text)
    from unicodedata import normalize

    parts = re.split(r"([^\x00-\x7f])", normalize("NFC", text))
    return "".join(_written(part) if part.isascii() else _letter(part) for part in parts)


def _written(text: str) -> str:
    signs = "".join(_SIGNS.get(character, character) for character in text)
    return re.sub("-(?=-)", "-{}", signs)  # two hyphens would become a dash


def _letter(character: str) -> str:
    from unicodedata import normalize

    if character in _SIGNS:
        return _SIGNS[character]
    decomposed = normalize("NFD", character)
    base, accent = decomposed[0], _ACCENTS.get(decomposed[1:])
    if base.isascii() and base.isalpha() and accent is not None:
        return rf"\{accent}{{{base}}}"
    return rf"\ifdefined\Umathcode {character}\else {_written(plain_character(character))}\fi{{}}"
