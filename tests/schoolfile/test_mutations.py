"""Whatever happens to a file, it is a school or it has problems with a place; and order changes nothing but order."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from schoolfile.damage import ODD, damaged
from schoolfile.helpers import RICH
from schools import school
from staffcalc.costing.ledger import cost_school
from staffcalc.language.files import Files, Readable
from staffcalc.school.reading import read_school
from staffcalc.source.problems import Problem, SchoolFileError
from staffcalc.source.tree import read_tree

TEXT = RICH.read_text(encoding="utf-8")


def is_school_or_problems(read: Callable[[], object]) -> None:
    problems: tuple[Problem, ...] | None = None
    try:
        read()
    except SchoolFileError as error:
        problems = error.problems
    assert problems is None or problems
    for problem in problems or ():
        assert problem.place.file
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.message.strip()


def _costed(text: str) -> None:
    cost_school(school(text))


@given(damaged(TEXT))
def test_a_damaged_text_is_a_school_or_has_problems(text: str) -> None:
    is_school_or_problems(lambda: _costed(text))


class _Bytes(Files):
    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self._raw = raw

    def tree(self, path: str) -> Readable:
        return read_tree(self._raw.decode("latin-1"), path)


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_bytes_are_a_school_or_have_problems(damage: list[tuple[int, int]]) -> None:
    raw = bytearray(TEXT.encode("latin-1", "replace"))
    for at, byte in damage:
        raw[at % len(raw)] = byte
    is_school_or_problems(lambda: cost_school(read_school("plan.yaml", _Bytes(bytes(raw)))))


def _plain() -> Any:
    return yaml.load(TEXT, Loader=yaml.BaseLoader)


SCALARS = st.sampled_from([word for word in ODD if word[:1] not in ("*", "&", "!")])
NODES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["like", "value", "note", "rate", "salary", "no", "x"]), inner, max_size=3)
    ),
    max_leaves=4,
)


@given(st.lists(st.tuples(st.integers(0, 10_000), NODES), min_size=1, max_size=3))
def test_another_thing_in_any_place_is_a_school_or_a_problem(changes: list[tuple[int, Any]]) -> None:
    plain = _plain()
    for number, node in changes:
        places = _places(plain)
        holder, key = places[number % len(places)]
        holder[key] = node
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
    is_school_or_problems(lambda: _costed(text))


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every place of a plain tree, as the holder and the key."""
    if isinstance(node, dict):
        return [place for key, child in node.items() for place in [(node, key), *_places(child)]]
    if isinstance(node, list):
        return [place for key, child in enumerate(node) for place in [(node, key), *_places(child)]]
    return []


def _shuffled(node: Any, shuffle: random.Random) -> Any:
    if isinstance(node, dict):
        keys = list(node)
        shuffle.shuffle(keys)
        # The order of `funds` decides who pays what cannot be divided.
        return {key: node[key] if key in ("funds", "budget") else _shuffled(node[key], shuffle) for key in keys}
    return [_shuffled(child, shuffle) for child in node] if isinstance(node, list) else node


@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_roles_and_scenarios_changes_nothing_but_order(shuffle: random.Random) -> None:
    in_order, in_disorder = (
        cost_school(school(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)))
        for plain in (_plain(), _shuffled(_plain(), shuffle))
    )
    costs = [
        {
            plan.plan.name: sorted((line.role or "", line.component, line.fund, line.amount) for line in plan.lines)
            for plan in ledger.plans
        }
        for ledger in (in_order, in_disorder)
    ]
    assert costs[0] == costs[1]
    assert in_disorder.plans[0].plan.name == "baseline"
