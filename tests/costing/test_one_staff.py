"""One staff has one cost, however it is written: both calculators are asked of each file that is drawn."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from costing.agreement import engine, second
from costing.newer import known
from schools import Plain, costs, every_feature
from secondcalculator import Costed
from secondcalculator.entries import UNKNOWN
from secondcalculator.figures import known as figure
from secondcalculator.figures import number
from staffcalc.source.problems import SchoolFileError

OWN_YEAR = 2026
few = settings(max_examples=20)
filtered = settings(few, suppress_health_check=[*few.suppress_health_check, HealthCheck.filter_too_much])
"""Few of the files that are drawn state FTE alone."""
of_all = st.deferred(lambda: every_feature(new=known()))
Parts = tuple[dict[tuple[str | None, str, str], Fraction], dict[str, Fraction], dict[str, Fraction]]


@filtered
@given(of_all, st.data())
def test_nobody_is_written_in_three_ways(files: list[Plain], data: st.DataObject) -> None:
    """Left out of a whole mix, at 0 in it, and changed away."""
    today = _today(files)
    simple = sorted(role for role, entry in today.items() if entry != UNKNOWN and not _is_ratio(entry))
    assume(simple)
    role = data.draw(st.sampled_from(simple))
    others = {name: entry for name, entry in today.items() if name != role}
    assume(others)
    _are_one(
        files,
        {
            "left out": {"staffing": others},
            "at 0": {"staffing": {**others, role: _none(today[role])}},
            "changed away": {"change": {role: _away(today[role])}},
        },
    )


@few
@given(of_all)
def test_the_whole_mix_of_today_is_today(files: list[Plain]) -> None:
    """Changed by nothing, and stated anew."""
    today = _today(files)
    _are_one(files, {"as today": {"note": "no change"}, "stated": {"staffing": today}})


@filtered
@given(of_all, st.integers(1, 400), st.data())
def test_two_changes_are_one(files: list[Plain], more: int, data: st.DataObject) -> None:
    """Some more and fewer again, step by step, and at once."""
    today = {role: entry for role, entry in _today(files).items() if isinstance(entry, str) and entry != UNKNOWN}
    assume(today)
    role = data.draw(st.sampled_from(sorted(today)))
    fewer = data.draw(st.integers(0, int(number(today[role]) * 100)))
    _are_one(
        files,
        {
            "more": {"change": {role: f"{more / 100:+.2f}"}},
            "and fewer": {"like": "more", "change": {role: f"{-(more + fewer) / 100:+.2f}"}},
            "at once": {"change": {role: f"{-fewer / 100:+.2f}"}},
        },
        ["and fewer", "at once"],
    )


def _today(files: list[Plain]) -> Plain:
    """The baseline's entries, without a roster: they can be stated anew, but for what is said of today alone."""
    files[-1].pop("roster", None)
    baseline: Plain = files[-1].get("baseline", {})
    assume(baseline)
    assume(not any("vacant" in entry and _is_on_cells(entry) for entry in baseline.values()))  # a mix of cells has none
    return {name: _stated_anew(entry) for name, entry in baseline.items()}


def _stated_anew(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {key: one for key, one in entry.items() if key not in ("vacant", "leaving")}


def _is_on_cells(entry: Any) -> bool:
    return any("/" in key for key in entry)


def _is_ratio(entry: Any) -> bool:
    return any(key in entry for key in ("per_students", "per", "sections", "classes", "needed"))


def _none(entry: Any) -> Any:
    return {"people": "0"} if isinstance(entry, dict) and "people" in entry else "0"


def _away(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return f"-{entry}"
    if "people" in entry:
        return {"people": f"-{entry['people']}"}
    if "fte" in entry:
        return f"-{float(figure(entry['fte'], OWN_YEAR).value):.2f}"
    return {cell: f"-{float(figure(fte, OWN_YEAR).value):.2f}" for cell, fte in entry.items()}


def _are_one(files: list[Plain], scenarios: Plain, names: list[str] | None = None) -> None:
    """Whether these scenarios of a file are the same plan: to the second calculator, which refuses no file, and to
    staffcalc."""
    *far, near = files
    for calculate in (second, engine):
        try:
            plans = calculate([*far, {**near, "scenarios": scenarios}])
        except SchoolFileError:
            reject()
        first, *others = [_parts(plans[name]) for name in names or scenarios]
        assert all(other == first for other in others), calculate.__name__


def _parts(plan: Costed) -> Parts:
    return (
        {(line.role, line.component, line.fund): line.amount for line in plan.lines},
        {role: fte for role, fte in plan.fte.items() if fte},
        {role: people for role, people in plan.people.items() if people},
    )


def test_people_who_come_back_are_of_the_fte_that_today_s_have() -> None:
    """A whole mix leaves the aides out; the plan after it has two again."""
    text = """
        school: x
        roles: {aide: {salary: 20_000}, teacher: {salary: 50_000}}
        baseline: {aide: {people: 4, fte_each: 0.5}}
        scenarios:
          none: {staffing: {teacher: 1}}
          two: {like: none, change: {aide: {people: +2}}}
    """
    assert costs(text, "aide", "two") == {"salary": 2 * 10_000}
