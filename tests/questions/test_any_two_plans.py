"""What `diff` says of any two plans: it adds up, and speaks of nothing that neither plan has.

A long search: `STAFFCALC_SEARCH=2000 pytest tests/questions/test_any_two_plans.py`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import event, given, reject, settings
from hypothesis import strategies as st

from costing.agreement import read
from costing.newer import known
from randomfiles.edited import edited
from randomfiles.figures import FUNDS
from schools import Plain, every_feature, plan_of
from staffcalc.costing.ledger import Ledger, PlanLedger, cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.diff.known_steps import unlike
from staffcalc.report import NA, Cell, Count, Fte, Money, Report, Table
from staffcalc.school.school import DISPLACED, School
from staffcalc.source.problems import SchoolFileError

EXAMPLES = int(os.environ.get("STAFFCALC_SEARCH", "30"))
searching = settings(max_examples=EXAMPLES, derandomize="STAFFCALC_SEARCH" not in os.environ)
of_all = st.deferred(lambda: every_feature(new=known()))
"""Files with all keys that the reader knows."""


@searching
@given(of_all, st.data())
def test_of_any_two_plans_of_a_school(files: list[Plain], data: st.DataObject) -> None:
    found = cost_school(_read(files))
    _right(found, found, *_two(data, found, found))


@searching
@given(of_all, st.integers(1, 4), st.data())
def test_of_any_two_plans_in_a_later_year(files: list[Plain], years: int, data: st.DataObject) -> None:
    found = _later(files, years)
    _right(found, found, *_two(data, found, found))


@searching
@given(of_all, st.integers(0, 2), st.data())
def test_of_a_file_and_an_edited_copy_of_it(files: list[Plain], years: int, data: st.DataObject) -> None:
    copy = [*files[:-1], data.draw(edited(files[-1]))]
    old, new = _later(files, years), _later(copy, years)
    _right(old, new, *_two(data, old, new))


@searching
@given(of_all, st.integers(1, 3), st.data())
def test_of_a_plan_in_two_years(files: list[Plain], years: int, data: st.DataObject) -> None:
    old, new = _later(files, 0), _later(files, years)
    _right(old, new, *_two(data, old, new))


def _two(data: st.DataObject, old: Ledger, new: Ledger) -> tuple[str, str]:
    first, second = (data.draw(st.sampled_from([plan.name for plan in found.plans])) for found in (old, new))
    return first, second


def _read(files: list[Plain]) -> School:
    try:
        return read(files)
    except SchoolFileError as error:
        event(f"refused: {error.problems[0].message}")
        reject()


def _later(files: list[Plain], years: int) -> Ledger:
    one = _read(files)
    try:
        return cost_school(in_year(one, years) if years and one.year else one)
    except SchoolFileError:  # the file leaves open what a later year depends on
        reject()


# What holds


def _right(before: Ledger, after: Ledger, first: str, second: str) -> None:
    old, new = plan_of(before, first), plan_of(after, second)
    against = None if before is after else before
    report = diff(after, against, first, second)
    details = diff(after, against, first, second, details=True)
    answer: Any = report.data()
    if old.plan.not_stated or new.plan.not_stated:
        assert (answer["change"], answer["steps"], answer["posts"], report.records().rows) == (NA, [], [], [])
        return
    if unlike(old, new):
        _tells_what_is_not_stated(answer, report, unlike(old, new))
        _is_named(answer, report)
        return
    _steps_add_up(answer, old, new)
    for one in (report, details):
        _shown_steps_add_up(_bridge(one), total(old.lines), total(new.lines))
    _parts_add_up(_bridge(details))
    _records_add_up(report, old, new)
    for table in report.tables:
        if table.title.endswith((": posts", ": funds")):
            _columns_add_up(table)
    _is_named(answer, report)
    _nothing_differs(report, old, new)
    _is_about_what_is_there(answer, report, old, new)


def _tells_what_is_not_stated(answer: Any, report: Report, roles: frozenset[str]) -> None:
    """Neither the whole change nor the steps and posts of these roles are told as a number, nor as nothing."""
    assert (answer["change"], answer["share"]) == (NA, None)
    assert {step["role"] for step in answer["steps"] if step["amount"] is NA} == roles
    assert {post["role"] for post in answer["posts"] if post["change"]["cost"] is NA} == roles
    amounts = {(row[4], row[8]) for row in report.records().rows if row[3] != "budget"}
    assert {role for role, share in amounts if share is None} >= roles
    assert next(row for row in _bridge(report).rows if row.kind == "total").cells[2] is NA


def _steps_add_up(answer: Any, old: PlanLedger, new: PlanLedger) -> None:
    assert sum(step["amount"].amount for step in answer["steps"]) == total(new.lines) - total(old.lines)
    assert answer["change"] == Money(total(new.lines) - total(old.lines))
    for step in answer["steps"]:
        assert sum(part["amount"].amount for part in step["parts"]) == step["amount"].amount


def _bridge(report: Report) -> Table:
    return next(table for table in report.tables if ": from " in table.title)


def _shown_steps_add_up(table: Table, before: Decimal, after: Decimal) -> None:
    at = [column.label for column in table.columns].index("amount")
    rows = table.rows[: [row.kind for row in table.rows].index("total") + 1]
    amounts = [cell.amount for row in rows if isinstance(cell := row.cells[at], Money)]
    assert amounts[0] == before
    assert amounts[-1] == after
    assert sum(amounts[:-1]) == after


def _parts_add_up(table: Table) -> None:
    """The components under a step come to the step."""
    amount, parts = None, list[Decimal]()
    for row in [*table.rows[1:]]:
        of_it, whole = row.cells[1], row.cells[2]
        if isinstance(of_it, Money):
            parts.append(of_it.amount)
        else:
            assert not parts or sum(parts) == amount
            amount, parts = whole.amount if isinstance(whole, Money) else None, []


def _records_add_up(report: Report, old: PlanLedger, new: PlanLedger) -> None:
    """Pivoted by role, fund or component, the records are the difference of the two ledgers."""
    records = report.records()
    rows = [dict(zip(records.columns, row, strict=True)) for row in records.rows]
    for key in ("role", "fund", "component"):
        sums = Counter[str]()
        for row in rows:
            if row[key] is not None:
                sums[str(row[key])] += row["amount"].amount  # type: ignore[union-attr, assignment]
        before, after = totals_by(old.lines, key), totals_by(new.lines, key)
        expected = {name: after.get(name, Decimal(0)) - before.get(name, Decimal(0)) for name in {**before, **after}}
        assert {name: amount for name, amount in sums.items() if amount} == {
            name: amount for name, amount in expected.items() if amount
        }


def _columns_add_up(table: Table) -> None:
    *rows, end = (row.cells for row in table.rows)
    for column, whole in enumerate(end):
        if isinstance(whole, Money | Fte | Count):
            assert sum(_number(cells[column]) for cells in rows) == _number(whole)


def _number(cell: Cell) -> Decimal:
    if isinstance(cell, Money):
        return cell.amount
    return cell.value if isinstance(cell, Fte | Count) else Decimal(0)


def _is_named(answer: Any, report: Report) -> None:
    """No fund, component or figure without a name or a word."""
    for step in answer["steps"]:
        assert step["subject"]
        assert step["from"]
        assert step["to"]
        assert all(part["fund"] and part["component"] for part in step["parts"])
        if step["step"] == "funds" and step["subject"] == "funds":
            for said in (*step["from"].split(", "), *step["to"].split(", ")):
                assert re.fullmatch(rf"((?:The )?(?:{'|'.join(FUNDS)})(?: fund)?|nobody)( [\d.]+%| \d+/\d+)?", said)
    assert all(fund["fund"] for fund in answer["funds"])
    assert all("  " not in str(row.cells[0]) for row in _bridge(report).rows)


def _nothing_differs(report: Report, old: PlanLedger, new: PlanLedger) -> None:
    if any("nothing differs" in str(row.cells[0]) for row in _bridge(report).rows):
        assert _amounts(old) == _amounts(new)


def _amounts(plan: PlanLedger) -> Counter[tuple[str | None, str, str]]:
    sums = Counter[tuple[str | None, str, str]]()
    for line in plan.lines:
        if line.amount:
            sums[line.role, line.component, line.fund] += line.amount  # type: ignore[assignment]
    return sums


def _is_about_what_is_there(answer: Any, report: Report, old: PlanLedger, new: PlanLedger) -> None:
    """A role that a step or a row is about has FTE or dollars in one of the plans; nobody is displaced on the way."""
    lines = [line for plan in (old, new) for line in plan.lines if line.amount]
    held = {role.role for plan in (old, new) for role in plan.staff if role.fte}
    assert {step["role"] for step in answer["steps"] if step["role"]} <= held | {line.post for line in lines}
    assert {post["role"] for post in answer["posts"]} <= held | {line.role for line in lines}
    roles = {line.role for plan in (old, new) for line in plan.lines}
    parts = {part["role"] for step in answer["steps"] for part in step["parts"]}
    assert DISPLACED in roles or DISPLACED not in parts
    posts = next((table for table in report.tables if table.title.endswith(": posts")), None)
    if posts is not None:
        shown = [row.cells[1] for row in posts.rows]
        dollars = [sum(line.amount for line in plan.lines if line.role == DISPLACED) for plan in (old, new)]
        assert (DISPLACED in shown) == any(dollars)
        assert len(shown) == len(set(shown))
