"""Rules laid over rules: a scenario's over the file's and a file over what it extends mean the same, for every name."""

from __future__ import annotations

from functools import reduce
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schools import written
from staffcalc.language.merging import merge
from staffcalc.language.rules import first_stated, growth, rule_of
from staffcalc.source.tree import Block, Tree, read_tree

NAMES = ("teachers", "aides", "drivers")
YEARS = (2027, 2028, 2029, 2030)
SPELLED = {2027: "2027-28", 2028: "2028/29", 2029: "2029"}

rates = st.integers(0, 99).map(lambda percent: f"{percent}%")
series = st.one_of(
    rates,
    st.dictionaries(st.sampled_from(["each_year", *SPELLED.values()]), rates, min_size=1, max_size=3),
)


@st.composite
def rules(draw: st.DrawFn) -> Any:
    """One rate; or rates of every year, of single years and by name."""
    if draw(st.integers(0, 4)) == 0:
        return draw(rates)
    general = draw(st.dictionaries(st.sampled_from(["each_year", *SPELLED.values()]), rates, max_size=2))
    named = draw(st.dictionaries(st.sampled_from(NAMES[:2]), series, max_size=2))
    return {**general, **named} or "1%"


def said(layer: Any, name: str, year: int) -> tuple[str | None, str]:
    """What one layer says of a name in a year, and how: for the `year`, for `each` year, or by one `bare` rate."""
    spelled = SPELLED.get(year, "")
    for part in ((layer[name],) if isinstance(layer, dict) and name in layer else ()) + (layer,):
        if isinstance(part, str):
            return part, "bare"
        if spelled in part:
            return part[spelled], "year"
        if "each_year" in part:
            return part["each_year"], "each"
    return None, ""


def names_the_year(layer: Any, name: str, year: int) -> bool:
    spelled = SPELLED.get(year, "")
    parts = (layer, layer.get(name)) if isinstance(layer, dict) else ()
    return any(isinstance(part, dict) and spelled in part for part in parts)


def plainly(layers: list[Any], name: str, year: int) -> tuple[str | None, str]:
    """What holds where the layers lie one over another, the nearest first, written out.

    The nearer one wins where it names the year, for this name or for all, or each year; but a year of the farther one
    stands against an `each_year` of the nearer, though not against a bare rate.
    """
    near, *farther = layers
    nearer, how = said(near, name, year)
    if not farther or isinstance(near, str) or names_the_year(near, name, year) or how == "bare":
        return nearer, how
    below, how_below = plainly(farther, name, year)
    if nearer is None or how_below == "year":
        return below, how_below
    return nearer, how


def tree(layer: Any) -> Tree:
    read, problems = read_tree(written({"forecast": {"cola": layer}}), "school.yaml")
    assert not problems
    return read


def rule(of: Tree) -> Any:
    assert isinstance(of, Block)
    cola = of[of.key("forecast")]["cola"]  # type: ignore[index]
    return rule_of(growth)(cola)


def percent(rate: str | None) -> str:
    return "none" if rate is None else str(int(rate.removesuffix("%")))


@given(st.lists(rules(), min_size=2, max_size=4))
def test_both_ways_of_laying_rules_over_one_another_are_what_is_written_out(layers: list[Any]) -> None:
    trees = [tree(layer) for layer in layers]
    over = [rule(one) for one in trees]
    merged = rule(reduce(merge, reversed(trees)))
    for name in NAMES:
        for year in YEARS:
            expected = percent(plainly(layers, name, year)[0])
            for way, found in (
                ("scenarios", first_stated(over, name, year)),
                ("extends", first_stated([merged], name, year)),
            ):
                assert ("none" if found is None else f"{found.value * 100:.0f}") == expected, (way, name, year)


def test_a_year_for_all_holds_for_every_unit_too() -> None:
    far = rule(tree({"teachers": "2%", "aides": {"each_year": "2%", "2028-29": "0%"}}))
    near = rule(tree({"2028-29": "1%"}))
    assert [percent_of(first_stated([near, far], name, 2028)) for name in ("teachers", "aides")] == ["1", "1"]


def percent_of(figure: Any) -> str:
    return f"{figure.value * 100:.0f}"


def test_what_is_wrong_in_a_rule_that_is_laid_over_another_is_still_told() -> None:
    far = tree({"teachers": {"2028-30": "2%"}})
    merged = merge(far, tree({"2028-29": "1%"}))
    assert isinstance(merged, Block)
    assert "2028-30" in str(merged)


def test_what_is_wrong_under_one_name_is_still_told_where_other_names_are_right() -> None:
    far = tree({"teachers": {"2027-28": "1%", "2028-30": "2%"}, "aides": "1%"})
    merged = merge(far, tree({"aides": "3%"}))
    assert isinstance(merged, Block)
    assert "2028-30" in str(merged)


def test_a_dated_figure_over_another_is_of_the_same_year_however_it_is_written() -> None:
    far, _ = read_tree("students: {value: 100, years: {2027: 90, 2028: 80}}", "far.yaml")
    near, _ = read_tree("students: {years: {2027-28: 95}}", "near.yaml")
    merged = merge(far, near)
    assert str(merged) == "{'students': {'value': '100', 'years': {'2028': '80', '2027-28': '95'}}}"
