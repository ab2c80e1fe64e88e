"""The JSON Schema: what an editor underlines while one types agrees with what the reader says."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from schoolfile.helpers import LIBRARY, RICH
from schools import school
from staffcalc.schoolfile import language
from staffcalc.schoolfile.schema import json_schema
from staffcalc.schoolfile.starter import starter

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MODELS = [
    model
    for model in vars(language).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model not in (BaseModel, language.Described)
]


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
    return yaml.load(text, Loader=_CoreLoader)


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
        ("rounding", "euro"),
        ("roles", {"teacher": 50_000}),
        ("roles", {"teacher": {"salary": "28.5%"}}),
        ("roles", {"teacher": {"category": "teachers"}}),
        ("roles", {"teacher": {"salary": None}}),
        ("roles", {"teacher": {"costs": {"pension": {"rate": "$5"}}}}),
        ("baseline", {"teacher": "many"}),
        ("baseline", None),
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


def _schema_of(model: str) -> Any:
    if model == "SchoolFile":
        return SCHEMA
    if model == "Staff":  # a bare number, or this block
        return SCHEMA["properties"]["baseline"]["additionalProperties"]["anyOf"][-1]
    return SCHEMA["$defs"][model]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_described(model: type[BaseModel]) -> None:
    described = _schema_of(model.__name__)
    # The cells of a placement are keys of their own: MA/7.
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"cells"}
    assert set(described["properties"]) == keys
    for name, key in described["properties"].items():
        assert key.get("description"), f"{model.__name__}.{name}"
    assert described["additionalProperties"] is False


def test_no_key_may_be_blank() -> None:
    assert '"null"' not in str(SCHEMA)
