"""Accidents that can happen to the text of a school file."""

from __future__ import annotations

from hypothesis import strategies as st

ODD = [
    *("", "~", "null", "no", "0", "-1", "-0", "1", "2.5", "1e400", ".nan", ".inf", "0123", "1:30", "2015-08-01"),
    *("9" * 50, "61_25", "50k", "28.5", "150%", "$5", "−3", "[]", "{}", "[1]", "{a: 1}", "{value: }", "{value: {}}"),
    *("{value: 1, value: 2}", "{funds: }", "{like: no}", "*a", "&a 1", "!!int 1", "|", ">", "'", '"', "#", "- x"),
    *(
        "no",
        "general",
        "classroom teacher",
        "leaders",
        "baseline",
        "true",
        "@",
        "%",
        "`",
        "? x",
        "<<",
        "a: b",
        "\u202e",
    ),
    *('"\\0"', '"\\e[2J"', '" "', "{note: []}", "{assumed: 3}", "{people: 2}", "{people: -2, fte_each: 0}", "ﬁ", "٣"),
]


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A text after a few accidents."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.sampled_from(["delete", "double", "swap", "value", "key", "indent", "insert", "cut", "paste"])):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], line
            case "value":
                lines[at] = f"{line.partition(':')[0]}: {draw(st.sampled_from(ODD))}"
            case "key":
                rest = line.partition(":")[2]
                lines[at] = f"{' ' * (len(line) - len(line.lstrip()))}{draw(st.sampled_from(ODD))}:{rest}"
            case "indent":
                lines[at] = " " * draw(st.integers(0, 6)) + line.lstrip()
            case "insert":
                lines.insert(at, " " * draw(st.integers(0, 6)) + draw(st.sampled_from(ODD)))
            case "cut":
                lines[at] = line[: draw(st.integers(0, len(line)))]
            case "paste":
                column = draw(st.integers(0, len(line)))
                lines[at] = line[:column] + draw(st.sampled_from(ODD) | st.text(max_size=3)) + line[column:]
        lines = lines or [""]
    return "\n".join(lines)
