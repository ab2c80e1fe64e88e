"""Names and the order of keys change no figure; only the order of funds decides who pays half a dollar."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from costing.agreement import differences, engine, in_words, second
from costing.newer import known
from schools import Plain, every_feature
from secondcalculator import Costed
from staffcalc.source.problems import SchoolFileError

few = settings(max_examples=20)
of_all = st.deferred(lambda: every_feature(new=known()))
IN_ORDER = ("funds", "budget", "steps", "hours")
"""Keys under which the order counts: of funds for half dollars, and of the rows of a table."""


@few
@given(of_all, st.integers(0, 3), st.randoms(use_true_random=False))
def test_the_order_of_keys(files: list[Plain], years: int, chance: random.Random) -> None:
    assume("budget" in files[-1])  # without one, funds are in the order in which they first stand in the file
    shuffled = [_shuffled(file, chance) for file in files]
    _same(files, shuffled, years, {})


@few
@given(of_all, st.integers(0, 3), st.sampled_from(["title_i", "grants", "state"]), st.sampled_from(["aa", "zz"]))
def test_the_name_of_a_fund(files: list[Plain], years: int, old: str, new: str) -> None:
    _same(files, [_renamed(file, old, new) for file in files], years, {new: old})


@few
@given(of_all, st.integers(0, 3), st.sampled_from(["tutor", "principal", "0123"]), st.sampled_from(["aa", "zz"]))
def test_the_name_of_a_role(files: list[Plain], years: int, old: str, new: str) -> None:
    _same(files, [_renamed(file, old, new) for file in files], years, {new: old})


def _same(files: list[Plain], others: list[Plain], years: int, names: dict[str, str]) -> None:
    then = years if "year" in files[-1] else 0
    for calculate in (second, engine):  # the first of them refuses no file
        try:
            before, after = calculate(files, then), calculate(others, then)
        except SchoolFileError:
            reject()
        again = {name: _with_names(plan, names) for name, plan in after.items()}
        assert differences(in_words(before), in_words(again)) == [], calculate.__name__


def _with_names(plan: Costed, names: dict[str, str]) -> Costed:
    def old(name: Any) -> Any:
        return names.get(name, name)

    return plan._replace(
        lines=[line._replace(role=old(line.role), fund=old(line.fund)) for line in plan.lines],
        fte={old(role): fte for role, fte in plan.fte.items()},
        people={old(role): people for role, people in plan.people.items()},
        budget=None if plan.budget is None else {old(fund): amount for fund, amount in plan.budget.items()},
    )


def _renamed(node: Any, old: str, new: str) -> Any:
    if isinstance(node, dict):
        return {_renamed(key, old, new): _renamed(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(one, old, new) for one in node]
    return new if node == old else node


def _shuffled(node: Any, chance: random.Random, key: str = "") -> Any:
    if isinstance(node, dict):
        names = list(node)
        if key not in IN_ORDER:
            chance.shuffle(names)
        return {name: _shuffled(node[name], chance, name) for name in names}
    if isinstance(node, list):
        return [_shuffled(one, chance) for one in node]
    return node
