"""Drawings of bars as plain SVG. Lengths are shares of the width and letters keep their size, so that one drawing fits
a phone, a desk and paper; patterns tell without colour what colours tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from staffcalc.output.cell_text import shown
from staffcalc.output.characters import printable
from staffcalc.output.widths import width, wrapped
from staffcalc.records import NamedTuple
from staffcalc.report import Drawing, Mark, Money

LINE, THICK, GAP = 18, 14, 12  # heights in pixels: of a line of letters, of a bar, of the blank below it
LETTERS = 42  # of a line on a phone
MOST_ROWS = 12  # of one picture: it has to fit a page of paper
ZERO = Decimal(0)


class _Scale(NamedTuple):
    """The amounts at the left and at the right edge of a drawing."""

    low: Decimal
    high: Decimal

    def at(self, amount: Decimal) -> str:
        """Where an amount stands."""
        return _percent((amount - self.low) / (self.high - self.low)) if self.high > self.low else "0%"


def _percent(share: Decimal) -> str:
    return f"{share.scaleb(2):.2f}".rstrip("0").rstrip(".") + "%"


def pictures(drawing: Drawing, name: str) -> Iterator[str]:
    """The drawing as pictures that fit a page each; `name` begins their ids."""
    scale = _scale(drawing)
    for number, (group, marks) in enumerate(drawing.groups):
        for first in range(0, len(marks), MOST_ROWS):
            label = f"{name}-{number}-{first}"
            yield _picture(drawing, scale, group, marks[first : first + MOST_ROWS], label)


def _scale(drawing: Drawing) -> _Scale:
    marks = [mark for _, marks in drawing.groups for mark in marks]
    ends = [end for mark in marks for end in (mark.start, mark.end, mark.limit) if end is not None]
    ends += [] if drawing.kind == "steps" else [ZERO]
    return _Scale(min(ends, default=ZERO), max(ends, default=ZERO))


def _picture(drawing: Drawing, scale: _Scale, group: str, marks: Sequence[Mark], name: str) -> str:
    parts: list[str] = []
    top = 0
    for at, mark in enumerate(marks):
        follows = at + 1 < len(marks)
        row, height = _row(drawing, scale, mark, top, follows)
        parts.append(row)
        top += height
    if drawing.kind == "steps":
        low, high = (escape(shown(Money(end))) for end in scale)
        parts.append(f'<text class="edge" x="0" y="{top + LINE - 5}">{low}</text>')
        parts.append(f'<text class="edge" x="100%" y="{top + LINE - 5}" text-anchor="end">{high}</text>')
        top += LINE
    title = ": ".join(filter(None, (drawing.title, group)))
    told = "; ".join(map(_told, marks))
    heading = f"<figcaption>{escape(printable(group))}</figcaption>\n" if group else ""
    return (
        f'<figure class="picture">\n{heading}'
        f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-told" width="100%" height="{top}">\n'
        f'<title id="{name}-title">{escape(printable(title))}</title>\n'
        f'<desc id="{name}-told">{escape(printable(told))}</desc>\n{"".join(parts)}</svg>\n</figure>\n'
    )


def _told(mark: Mark) -> str:
    """A bar in words."""
    limit = f" of {shown(Money(mark.limit))}" if mark.limit is not None else ""
    return f"{mark.label}: {shown(mark.figure)}{limit}"


def _row(drawing: Drawing, scale: _Scale, mark: Mark, top: int, follows: bool) -> tuple[str, int]:
    """A bar below its label and its figure, and how high all of it is."""
    figure = shown(mark.figure)
    label = _label(printable(mark.label), figure)
    parts = [
        f'<text x="0" y="{top + LINE * (at + 1) - 5}">{escape(line)}</text>\n' for at, line in enumerate(label) if line
    ]
    parts.append(f'<text class="number" x="100%" y="{top + LINE - 5}" text-anchor="end">{escape(figure)}</text>\n')
    line = top + LINE * len(label)
    height = LINE * len(label) + THICK + GAP
    parts += _bars(drawing, scale, mark, line)
    if drawing.kind == "steps":
        end = scale.at(mark.end)
        low = top + height + LINE if follows else line + THICK
        parts.append(f'<line class="end" x1="{end}" x2="{end}" y1="{line - 1}" y2="{line + THICK + 1}"/>\n')
        parts.append(f'<line class="lead" x1="{end}" x2="{end}" y1="{line + THICK}" y2="{low}"/>\n')
    return "".join(parts), height


def _label(text: str, figure: str) -> list[str]:
    """The lines of a label, the first of which stands beside its figure."""
    beside = LETTERS - width(figure) - 1
    if max(map(width, text.split()), default=0) > beside:
        return wrapped(text, beside)
    first, *others = wrapped(text, beside)
    return [first, *wrapped(" ".join(others), LETTERS)] if others else [first]


def _bars(drawing: Drawing, scale: _Scale, mark: Mark, top: int) -> Iterator[str]:
    low, high = sorted((mark.start, mark.end))
    held = mark.limit is not None and drawing.kind == "held"
    within = min(high, mark.limit) if held and mark.limit is not None else high
    if drawing.kind == "held":
        yield _line(scale, low, max(within, low), top, "plain")
        if held and high > within:
            yield _line(scale, max(within, low), high, top, "over")
    elif drawing.kind == "around":
        below, above = ("over", "plain") if drawing.bad else ("less", "more")
        yield _line(scale, low, high, top, below if mark.end < mark.start else above)
        zero = scale.at(ZERO)
        yield f'<line class="axis" x1="{zero}" x2="{zero}" y1="{top - 2}" y2="{top + THICK + 2}"/>\n'
    else:
        yield _line(scale, low, high, top, "less" if mark.end < mark.start else "more")
    if held and mark.limit is not None:
        limit, start = scale.at(mark.limit), scale.at(ZERO)
        yield f'<line class="limit" x1="{limit}" x2="{limit}" y1="{top - 3}" y2="{top + THICK + 3}"/>\n'
        yield f'<line class="room" x1="{start}" x2="{limit}" y1="{top + THICK}" y2="{top + THICK}"/>\n'


def _line(scale: _Scale, low: Decimal, high: Decimal, top: int, kind: str) -> str:
    """A bar, which is a thick line: one that is dashed is striped."""
    if low == high:
        return ""
    middle = top + THICK // 2
    return f'<line class="{kind}" x1="{scale.at(low)}" x2="{scale.at(high)}" y1="{middle}" y2="{middle}"/>\n'
