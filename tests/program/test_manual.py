"""What the README and the guide show is what the program does, and everything the program has is in them."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import tomllib
import warnings
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import typer.main

from staffcalc.cli import app
from staffcalc.guide import TOPICS, about, contents, page
from staffcalc.language.values import MEASURE_NAMES
from staffcalc.output import Format

from .manual import (
    COLUMNS,
    GUIDE,
    PAGES,
    README,
    add_files,
    add_plans,
    begin,
    blocks,
    cut_like,
    done,
    followed,
    of_kind,
    recipes,
    run_python,
)
from .running import ROOT, on_terminal, staffcalc

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in PAGES}
MANUAL = "\n".join(TEXTS.values())
UNTRIED = ("make ", "staffcalc --install-completion")  # they would run the tests, and change the tester's shell
RECIPES = [
    pytest.param(name, command, id=f"{name}: {command}")
    for name, text in TEXTS.items()
    for command in recipes(text)
    if not command.startswith(UNTRIED)
]
FILES = [
    pytest.param(name, at, id=f"{name}: {block.name or 'a part'} {at}")
    for name, text in TEXTS.items()
    for at, block in enumerate(blocks(text))
    if block.kind in ("school file", "part")
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader has at the beginning of a page."""
    folder = tmp_path_factory.mktemp("reader")
    begin(folder)
    return folder


@pytest.fixture
def folder(reader: Path, tmp_path: Path) -> Path:
    """A folder of its own for each page and each recipe."""
    return Path(shutil.copytree(reader, tmp_path / "reader"))


@pytest.mark.parametrize("name", TEXTS)
def test_every_screen_is_what_the_program_prints(name: str, folder: Path) -> None:
    for screen, lines in followed(TEXTS[name], folder):
        assert cut_like(lines, screen.shown) == screen.shown, screen.command


def test_no_block_goes_unseen() -> None:
    seen = {name: len(blocks(text)) for name, text in TEXTS.items()}
    assert {name: text.count("\n```") for name, text in TEXTS.items()} == {name: 2 * n for name, n in seen.items()}
    assert [name for name, text in TEXTS.items() if of_kind(text, "text") and name != "program"] == []


@pytest.mark.parametrize(("name", "command"), RECIPES)
def test_every_recipe_works(name: str, command: str, folder: Path) -> None:
    add_plans(folder)
    add_files(folder, blocks(TEXTS[name]))
    code, said = done(command, folder)
    assert code == 0, said
    written = re.search(r"(?:--output|>) (\S+)", command)
    assert written is None or (folder / written[1]).stat().st_size > 0


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if of_kind(text, "python")])
def test_the_lines_of_a_program_come_to_what_is_shown(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    add_files(folder, blocks(TEXTS[name]))
    ran = run_python(TEXTS[name])
    assert ran.found == ran.shown
    assert ran.found


@pytest.mark.parametrize(
    ("name", "library"),
    sorted({(name, block.name) for name, text in TEXTS.items() for block in of_kind(text, "python") if block.name}),
)
def test_the_lines_that_need_a_library_run_where_it_is(
    name: str, library: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec(library) is None:
        left_out = f"{library} is not installed: the lines of the page `{name}` that need it were left out"
        warnings.warn(left_out, stacklevel=1)
        pytest.skip(left_out)
    monkeypatch.chdir(folder)
    add_files(folder, blocks(TEXTS[name]))
    ran = run_python(TEXTS[name], {library})
    assert ran.found == ran.shown


@pytest.mark.parametrize(("name", "at"), FILES)
def test_every_school_file_and_every_part_of_one_can_be_checked_and_forecast(name: str, at: int, folder: Path) -> None:
    shown = blocks(TEXTS[name])
    add_files(folder, shown)
    file = shown[at].name
    if not file:
        file = "with-the-part.yaml"
        over = [one.name for one in shown[:at] if one.kind == "school file"][-1]
        (folder / file).write_text(f"extends: {over}\n{shown[at].text}", encoding="utf-8")
    code, said = done(f"staffcalc check {file}", folder)
    assert code in (0, 1), said
    if "forecast:" in shown[at].text:
        assert done(f"staffcalc forecast {file}", folder)[0] == 0


def test_every_base_is_extended_and_every_slip_is_refused(folder: Path) -> None:
    bases, slips = (
        [(text, block) for text in TEXTS.values() for block in of_kind(text, kind)] for kind in ("base", "slips")
    )
    assert [block.name for text, block in bases if f"\nextends: {block.name}" not in text] == []
    for text, block in slips:
        add_files(folder, blocks(text))
        assert done(f"staffcalc check {block.name}", folder)[0] == 2


def test_every_make_target_is_there_and_ci_runs_the_test_command() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    named = re.findall(r"\bmake ([a-z]+)\b(?= +#|`)", MANUAL)
    assert set(targets) - {"lint", "library", "search"} <= set(named) <= set(targets)
    assert "make --no-print-directory test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_file_that_is_linked_is_there() -> None:
    links = [
        (path.parent, link)
        for path in PAGES
        for link in re.findall(r"\]\(([^)]+)\)", TEXTS[path.stem])
        if "://" not in link
    ]
    assert [link for folder, link in links if not (folder / link).exists()] == []


# Everything the program has


def test_every_measure_format_and_column_is_in_the_manual() -> None:
    missing = [name for name in (*MEASURE_NAMES, *Format) if f"`{name}`" not in MANUAL]
    assert missing == []
    assert staffcalc("cost", "scenarios/ranson.yaml", "--format", "csv").out.splitlines()[0] in MANUAL


def _keys(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {key for part in schema for key in _keys(part)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own | {key for part in schema.values() for key in _keys(part)}


def test_every_key_of_the_language_is_in_the_guide() -> None:
    schema = json.loads(staffcalc("schema").out)
    files = "\n".join(block.text for topic in TOPICS for block in of_kind(TEXTS[topic], "base", "school file", "part"))
    words = "\n".join(re.sub(r"^```.*?^```$", "", TEXTS[topic], flags=re.S | re.M) for topic in TOPICS)
    named = (
        set(re.findall(r"\b(\w+):", files))
        | set(re.findall(r"\b(\w+ \w+):", files))
        | {word for code in re.findall(r"`([^`]+)`", words) for word in re.findall(r"\w+", code)}
    )
    assert sorted(_keys(schema) - named) == []


def test_every_command_and_option_is_in_the_guide() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    text = TEXTS["commands"]
    for name, command in commands.items():
        assert f"`{name} " in text or f"`{name}`" in text, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in text, f"{name} {option}"


# The guide as the program prints it


def test_the_topics_are_the_pages() -> None:
    assert sorted(TOPICS) == [path.stem for path in GUIDE]
    for topic in TOPICS:
        assert re.match(r"# .+\n\n[A-Z][^#`]+\.\n\n", page(topic)), topic


def test_what_a_page_shows_fits_into_a_terminal() -> None:
    wide = [
        (name, line)
        for name, text in TEXTS.items()
        for block in of_kind(text, "screen", "base", "school file", "part", "slips", "text", "python", "output", "code")
        for line in block.text.splitlines()[block.kind == "screen" :]
        if len(line) > COLUMNS and not re.match(r"note: |\S+:\d+:\d+: ", line) and "csv" not in block.command
    ]
    assert wide == []


def test_a_pipe_gets_the_page_as_it_stands() -> None:
    assert {topic: page(topic) for topic in TOPICS} == {topic: TEXTS[topic] for topic in TOPICS}
    assert staffcalc("guide", "benefits").out == page("benefits")
    assert staffcalc("guide").out == contents()


@pytest.mark.parametrize("columns", [80, 140])
def test_a_terminal_gets_the_page_laid_out(columns: int) -> None:
    run = on_terminal(columns, "guide", "benefits")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", run.out)
    assert (run.code, run.err) == (0, "")
    assert "\x1b[" in run.out
    assert "```" not in plain
    assert max(map(len, plain.splitlines())) <= columns
    words = re.findall(r"\w+", re.sub(r"```\w*", "", TEXTS["benefits"]))
    assert set(words) <= set(re.findall(r"\w+", plain))
    for block in blocks(TEXTS["benefits"]):
        assert [line for line in block.text.splitlines() if line.strip() and line.strip() not in plain] == []


def test_a_terminal_without_colour_gets_none() -> None:
    run = on_terminal(80, "guide", "benefits", NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", run.out)


def test_an_unknown_topic_names_the_nearest() -> None:
    run = staffcalc("guide", "benefit")
    assert (run.code, run.out) == (2, "")
    assert run.err == "staffcalc: no page `benefit` in the guide: did you mean `benefits`?\n"
    told = staffcalc("guide", "astronomy").err
    assert "known topics: " in told
    assert [topic for topic in TOPICS if topic not in told] == []


def test_the_readme_names_the_pages_and_is_short() -> None:
    listed = "".join(f"- [`{topic}`](staffcalc/guide/{topic}.md): {told}\n" for topic, told in about())
    assert listed in TEXTS["README"]
    assert len(TEXTS["README"].splitlines()) <= 220
    assert README.name == "README.md"


def test_a_wheel_has_every_file_of_the_package() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    package = ROOT / "staffcalc"
    data = [
        path.relative_to(package)
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert [
        one for one in data if not any(fnmatch(str(one), glob.replace("**/", "*")) for glob in patterns["staffcalc"])
    ] == []


def test_the_glossary_has_each_word_of_the_field_with_an_example() -> None:
    entries = dict(re.findall(r"^\*\*([^*]+)\*\*: (.+?)(?=\n\n|\Z)", TEXTS["glossary"], flags=re.S | re.M))
    words = "position, incumbent, vacant, displaced, new hire, lane, step, differential, bargaining unit, fund, fringe"
    words += ", allotment, supplement, stipend, component, measure, baseline, FTE, levy, reach, seat, post, placement"
    assert set(words.split(", ")) <= set(entries)
    assert list(entries) == sorted(entries, key=str.lower)
    assert [word for word, told in entries.items() if "Example: " not in " ".join(told.split())] == []
