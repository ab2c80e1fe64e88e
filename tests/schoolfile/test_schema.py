"""The JSON Schema: what an editor underlines while one types agrees with what the reader says."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from schoolfile.helpers import HERE, LIBRARY, RICH
from schools import school, school_files
from staffcalc.language.described import Described
from staffcalc.language.schema import json_schema
from staffcalc.language.starter import starter
from staffcalc.source.problems import SchoolFileError

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MODELS = Described.__subclasses__()


class _CoreLoader(yaml.SafeLoader):
    """What an editor sees: the few types of YAML 1.2 (no dates, no `no`, no base 60)."""


_CoreLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", "~n\0"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$", "-+.0123456789"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
):
    _CoreLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def as_text(text: str) -> Any:
    """Every scalar as text, but yes and no."""
    return _yes_and_no(yaml.load(text, Loader=yaml.BaseLoader))


def as_an_editor_sees_it(text: str) -> Any:
    return _with_names(yaml.load(text, Loader=_CoreLoader))


def _with_names(node: Any) -> Any:
    """The same tree with keys that are text, as they are in JSON."""
    if isinstance(node, dict):
        return {str(key): _with_names(child) for key, child in node.items()}
    return [_with_names(child) for child in node] if isinstance(node, list) else node


def _yes_and_no(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _yes_and_no(child) for key, child in node.items()}
    if isinstance(node, list):
        return [_yes_and_no(child) for child in node]
    return {"true": True, "false": False}.get(node, node)


def wrong(plain: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in VALIDATOR.iter_errors(plain)]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", [*LIBRARY, RICH], ids=lambda path: path.stem)
@pytest.mark.parametrize("load", [as_text, as_an_editor_sees_it])
def test_every_file_that_reads_is_right_in_an_editor(path: Path, load: Any) -> None:
    assert wrong(load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("load", [as_text, as_an_editor_sees_it])
def test_the_starter_is_right_in_an_editor_and_reads(load: Any) -> None:
    assert wrong(load(starter())) == []
    assert len(school(starter()).plans) > 1


def _blocks(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from _blocks(child)
    elif isinstance(node, list):
        for child in node:
            yield from _blocks(child)


def _free_names(plain: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks whose keys are names of the file, not of the language."""
    named = [plain[key] for key in ("budget", "benefits", "roles", "baseline", "other_costs", "scenarios")]
    named += plain["benefits"].values()
    for role in plain["roles"].values():
        named += [role.get("costs"), role.get("funds")]
    named += [cost.get("funds") for cost in plain["other_costs"].values() if isinstance(cost, dict)]
    for scenario in plain["scenarios"].values():
        named += [scenario.get(key) for key in ("change", "staffing", "roles", "budget", "other_costs")]
    return [block for block in named if isinstance(block, dict)]


def test_an_unknown_key_is_wrong_in_every_block() -> None:
    plain = as_text(RICH.read_text(encoding="utf-8"))
    free = {id(block) for block in _free_names(plain)}
    blocks = [block for block in _blocks(plain) if id(block) not in free]
    assert len(blocks) > 30
    for block in blocks:
        block["colour"] = "blue"
        assert wrong(plain), block
        del block["colour"]
    assert wrong(plain) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("students", "four hundred"),
        ("students", -400),
        ("students", {"count": 400}),
        ("budget", ["general"]),
        ("budget", {"general": "50k"}),
        ("as_of", 999),
        ("rounding", "euro"),
        ("roles", {"teacher": 50_000}),
        ("roles", {"teacher": {"salary": "28.5%"}}),
        ("roles", {"teacher": {"category": "teachers"}}),
        ("roles", {"teacher": {"salary": None}}),
        ("roles", {"teacher": {"costs": {"pension": {"rate": "$5"}}}}),
        ("baseline", {"teacher": "many"}),
        ("baseline", None),
        (
            "fte_by_hours_and_months",  # the columns stand; what changes is the FTE of a post
            {"months": [9, {"value": 12, "years": {"2027-28": 11}}], "hours": {"8": ["0.75", "1.0"]}},
        ),
        ("scenarios", [{"change": {}}]),
        ("scenarios", {"leads": {"change": {"teacher": {"persons": 2}}}}),
        ("checks", {"measure": "left"}),
        ("checks", [{"min": 0}]),
        ("checks", [{"measure": "profit"}]),
    ],
)
def test_a_wrong_value_is_wrong_in_an_editor_too(key: str, value: Any) -> None:
    plain = copy.deepcopy(as_text(RICH.read_text(encoding="utf-8")))
    assert wrong({**plain, key: value})


LATER = {"2027-28": "1"}
POSTS = """
    school: Example School
    year: 2026-27
    students: 400
    fte_by_hours_and_months: {months: [9, 12], hours: {6: [0.5, 0.75]}}
    roles: {teacher: {salary: 50_000}, tutor: {salary: 30_000}}
    baseline: {teacher: 20}
"""


def both_refuse(entry: dict[str, Any]) -> str:
    """What the reader says of posts that a scenario adds, and an editor underlines them too."""
    plain = {**as_text(dedent(POSTS)), "scenarios": {"more": {"change": {"tutor": entry}}}}
    with pytest.raises(SchoolFileError) as refused:
        school(flow(plain))
    for load in (as_text, as_an_editor_sees_it):
        assert wrong(load(flow(plain)))
    return str(refused.value)


def test_posts_that_are_right_are_underlined_by_nobody() -> None:
    for entry in (
        {"people": "2"},
        {"fte": {"value": "+1", "years": LATER}},
        {"people": "4", "hours": "6", "months": "9"},
        {"fte": "1", "first_year_months": "5"},
        {"fte": "1", "from": "2027-28", "until": "2028-29"},
        {"per_students": {"value": "50", "years": LATER}},
        {"fte": "0.5", "per": "teacher", "each": "10"},
    ):
        plain = {**as_text(dedent(POSTS)), "scenarios": {"more": {"change": {"tutor": entry}}}}
        assert is_right_if_it_reads(plain), entry


@pytest.mark.parametrize(
    "entry",
    [
        {"fte": "-4", "vacant": "-1"},
        {"fte": "4", "leaving": "-1"},
        {"fte": "4", "cost": "-200_000"},
        {"fte": "1", "first_year_months": "-5"},
        {"people": "4", "fte_each": "-0.5"},
        {"people": "4", "hours": "-6", "months": "9"},
        {"people": "4", "hours": "6", "months": "-9"},
        {"per_students": "-50"},
        {"per": "teacher", "each": "-10"},
        {"sections": {"6": "-25"}},
    ],
    ids=str,
)
def test_how_many_hold_a_role_may_be_negative_and_nothing_else_of_its_posts(entry: dict[str, Any]) -> None:
    assert "negative" in both_refuse(entry)


@pytest.mark.parametrize("key", ["hours", "months", "first_year_months", "vacant", "leaving"])
def test_what_holds_in_every_year_is_not_dated(key: str) -> None:
    posts = {"people": "4", "hours": "6", "months": "9"} if key in ("hours", "months") else {"fte": "4"}
    assert "`years` cannot stand here" in both_refuse({**posts, key: {"value": "1", "years": LATER}})


def test_a_figure_of_a_single_year_names_a_school_year() -> None:
    assert "`soon`" in both_refuse({"fte": {"value": "1", "years": {"soon": "2"}}})


def test_a_share_of_the_staff_that_is_replaced_is_not_negative() -> None:
    plain = {**as_text(dedent(POSTS)), "forecast": {"turnover": "-8%"}}
    with pytest.raises(SchoolFileError, match="negative"):
        school(flow(plain))
    assert wrong(plain)
    assert is_right_if_it_reads({**plain, "forecast": {"turnover": "8%", "enrollment": "-1%"}})


def _schema_of(model: str) -> Any:
    if model == "SchoolFile":
        return SCHEMA
    return SCHEMA["$defs"][model]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_described(model: type[BaseModel]) -> None:
    described = _schema_of(model.__name__)
    # The cells of a placement are keys of their own: MA/7.
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"cells"}
    assert set(described["properties"]) - {"enrolment"} == keys  # which is `enrollment`, as it is spelled elsewhere
    for name, key in described["properties"].items():
        assert key.get("description"), f"{model.__name__}.{name}"
    assert described["additionalProperties"] is False


@pytest.mark.parametrize("key", ["students", "budget", "roles", "baseline", "checks", "forecast", "over_budget"])
def test_a_key_of_numbers_or_of_blocks_may_not_be_blank(key: str) -> None:
    assert wrong({**as_text(WIDE), key: None})


# What the reader accepts, an editor accepts: every scalar in every way in which it may be written

WIDE = (HERE / "wide.yaml").read_text(encoding="utf-8")
ODD: list[Any] = [
    *(
        "0",
        "1",
        "2.5",
        "+3",
        "-1",
        "−3",
        "5%",
        "+5%",
        " 7 ",
        " 5 % ",
        "$5",
        "$1,250.50",
        "1_000",
        ".5",
        "0.50",
        "-0",
        "100",
    ),
    *(
        "2016",
        "2027-28",
        "2027/28",
        "2027–28",
        " 2027 ",
        "true",
        "false",
        "no",
        "null",
        "~",
        "",
        "Reserved",
        "n/a",
        "—",
    ),
    *("2015-08-01", "MA/7", "16/2", "BA/0-4", "freeze", "half", "up 0.5", "none", "general", "teacher", "own", "month"),
    {"value": "5", "source": "2016", "assumed": "true"},
    {"value": "5", "years": {"2027": "6", "2028–29": {"value": "7", "note": "true"}}},
    {"value": "5%", "years": {"2027/28": "-6%"}, "note": "2"},
    {"value": "16/2", "note": "2"},
    {"each_year": "2%", "2027": {"value": "1%", "source": "3"}},
    {"people": "2", "fte_each": {"value": "0.5", "years": {"2027-28": "1"}}},
    {"BA/0-4 with board": "+1"},
    ["general"],
    ["7", "true"],
    ["salary"],
    [],
    {},
]


def flow(node: Any) -> str:
    """A plain tree as one line of YAML, with its scalars unquoted where YAML allows it."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(child)}" for key, child in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(flow, node)) + "]"
    plain = re.fullmatch(r"[\w+−.$~—-](?:[\w .+%/&–−-]*[\w.+%])?", node) is not None
    return str(node) if plain and node != "-" else "'" + node.replace("'", "''") + "'"


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every place of a plain tree, as the holder and the key."""
    holders = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, child in holders for place in [(node, key), *places(child)]]


def is_right_if_it_reads(plain: Any) -> bool:
    """Whether the reader accepts a file; then an editor does so too."""
    text = flow(plain)
    try:
        school(text)
    except SchoolFileError:
        return False
    for load in (as_text, as_an_editor_sees_it):
        assert wrong(load(text)) == [], text
    return True


def test_a_file_with_every_key_is_right_in_an_editor_and_reads() -> None:
    assert is_right_if_it_reads(yaml.load(WIDE, Loader=yaml.BaseLoader))


@given(st.integers(0, 10_000), st.sampled_from(ODD))
def test_each_scalar_may_be_written_in_an_editor_as_the_reader_accepts_it(number: int, odd: Any) -> None:
    plain = yaml.load(WIDE, Loader=yaml.BaseLoader)
    there = places(plain)
    holder, key = there[number % len(there)]
    holder[key] = copy.deepcopy(odd)
    is_right_if_it_reads(plain)


@given(school_files(terms=True), st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(ODD)), max_size=2))
def test_a_random_file_that_reads_is_right_in_an_editor(plain: Any, changes: list[tuple[int, Any]]) -> None:
    for number, odd in changes:
        there = places(plain)
        holder, key = there[number % len(there)]
        holder[key] = copy.deepcopy(odd)
    is_right_if_it_reads(plain)
