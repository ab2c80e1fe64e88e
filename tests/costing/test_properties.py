"""What holds for every school file."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schools import Plain, ledger, plan_of, school_files, written
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import total, totals_by
from staffcalc.costing.measures.fund_use import fund_uses
from staffcalc.costing.measures.measures import measures
from staffcalc.formula.formula import value
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.report import Count, Fte, Money, Report


@given(school_files(), st.randoms(use_true_random=False), st.data())
def test_of_every_file_it_holds_that(file: Plain, shuffle: random.Random, data: st.DataObject) -> None:
    """What the functions below say, of the same file: to draw one takes longer than to ask all of them."""
    costed = ledger(written(file))
    components_and_funds_and_roles_with_other_costs_add_up_to_the_cost(costed)
    each_line_is_in_whole_units_and_its_funds_pay_all_of_it_and_none_the_other_way(costed)
    every_format_of_both_commands_has_the_same_figures(costed)
    every_printed_column_adds_up_to_its_printed_total(costed)
    fte_and_people_of_the_ledger_add_up_to_the_measures(costed)
    the_order_of_keys_roles_funds_packages_and_scenarios_changes_no_figure(file, costed, shuffle)
    a_scenario_that_changes_nothing_is_the_baseline(file)
    more_of_a_role_never_costs_less_on_any_line(file, data)
    nobody_costs_nothing(file)


def components_and_funds_and_roles_with_other_costs_add_up_to_the_cost(costed: Ledger) -> None:
    for plan in costed.plans:
        whole = measures(plan, costed.baseline).cost
        other = total(line for line in plan.lines if line.role is None)

        assert sum(totals_by(plan.lines, "component").values()) == whole
        assert sum(totals_by(plan.lines, "fund").values()) == whole
        assert sum(use.cost for use in fund_uses(plan)) == whole
        assert sum(totals_by(plan.lines, "role").values()) + other == whole


def each_line_is_in_whole_units_and_its_funds_pay_all_of_it_and_none_the_other_way(costed: Ledger) -> None:
    for plan in costed.plans:
        shares: dict[Any, Decimal] = {}
        for line in plan.lines:
            assert line.amount % costed.school.rounded_to == 0
            whole = getattr(line.formula, "line", line.formula)  # a share of a line, or the line itself
            assert line.amount * value(whole) >= 0  # what is saved, no fund pays for
            key = (line.role, line.component, value(whole))
            shares[key] = shares.get(key, Decimal(0)) + line.amount
        for (_, _, amount), paid in shares.items():
            assert paid == amount


def every_format_of_both_commands_has_the_same_figures(costed: Ledger) -> None:
    compared, ledgers = compare([costed]), cost([costed])
    expected = {plan.name: total(plan.lines) for plan in costed.plans}

    assert _rows(compared, "scenario", "cost") == expected
    assert {name: _sum(ledgers, name) for name in expected} == expected
    assert {one["name"]: one["cost"].amount for one in _scenarios(compared)} == expected
    assert {one["name"]: one["cost"].amount for one in _scenarios(ledgers)} == expected
    assert {one["name"]: sum(line["amount"].amount for line in one["lines"]) for one in _scenarios(ledgers)} == expected
    for part in ("roles", "components", "funds"):
        other = {
            plan.name: total(line for line in plan.lines if line.role is None) if part == "roles" else 0
            for plan in costed.plans
        }
        added = {one["name"]: sum(row["cost"].amount for row in one[part]) for one in _scenarios(compared)}
        assert {name: amount + other[name] for name, amount in added.items()} == expected


def every_printed_column_adds_up_to_its_printed_total(costed: Ledger) -> None:
    side_by_side = compare([costed]).tables[0]
    for position, plan in enumerate(costed.plans, start=1):
        components, fte = Decimal(0), Decimal(0)
        for row in side_by_side.rows:
            cell = row.cells[position]
            if row.kind == "line" and isinstance(cell, Fte):
                fte += cell.value
            elif row.kind == "total" and isinstance(cell, Fte):
                assert cell.value == fte
            elif row.cells[0] == "cost" and isinstance(cell, Money):
                assert cell.amount == components == total(plan.lines)
                break
            elif isinstance(cell, Money):
                components += cell.amount

    for table, plan in zip(cost([costed]).tables, costed.plans, strict=True):
        group, whole = Decimal(0), Decimal(0)
        for row in table.rows:
            cell = row.cells[3]
            assert isinstance(cell, Money) or cell is None
            if row.cells[0] == "cost" and row.kind == "total":
                assert cell == Money(whole) == Money(total(plan.lines))
                break
            if row.kind == "line" and cell is not None:
                group += cell.amount
            elif row.kind == "total":
                assert cell == Money(group)
                group, whole = Decimal(0), whole + group


def fte_and_people_of_the_ledger_add_up_to_the_measures(costed: Ledger) -> None:
    records = cost([costed]).records()
    for plan in costed.plans:
        own = [
            dict(zip(records.columns, row, strict=True))
            for row in records.rows
            if row[records.columns.index("scenario")] == plan.name
        ]
        found = measures(plan, costed.baseline)

        assert sum(cell.value for row in own if isinstance(cell := row["fte"], Fte)) == found.fte
        assert sum(cell.value for row in own if isinstance(cell := row["people"], Count)) == found.people


def the_order_of_keys_roles_funds_packages_and_scenarios_changes_no_figure(
    file: Plain, costed: Ledger, shuffle: random.Random
) -> None:
    assert _figures(ledger(written(_shuffled(file, shuffle)))) == _figures(costed)


def a_scenario_that_changes_nothing_is_the_baseline(file: Plain) -> None:
    same = {
        **file,
        "scenarios": {**file.get("scenarios", {}), "the same": {"change": {}}, "as it is": {"note": "same"}},
    }
    costed = ledger(written(same))

    baseline = _plan_figures(costed.baseline, costed.baseline)
    assert _plan_figures(plan_of(costed, "the same"), costed.baseline) == baseline
    assert _plan_figures(plan_of(costed, "as it is"), costed.baseline) == baseline


def more_of_a_role_never_costs_less_on_any_line(file: Plain, data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(sorted(file["baseline"])))
    people = isinstance(file["baseline"][role], dict)
    more = data.draw(st.integers(1, 3) if people else st.integers(1, 300))
    change = {role: {"people": f"+{more}"} if people else f"{more / 100:+.2f}"}
    costed = ledger(written({**file, "scenarios": {"more": {"change": change}}}))

    before, after = (totals_by(plan.lines, "component") for plan in costed.plans)
    assert all(after[component] >= amount for component, amount in before.items())


def nobody_costs_nothing(file: Plain) -> None:
    nobody = {
        role: {**entry, "people": "0"} if isinstance(entry, dict) else "0" for role, entry in file["baseline"].items()
    }
    costed = ledger(written({**file, "baseline": nobody, "other_costs": {}, "scenarios": {}}))
    found = measures(costed.baseline, costed.baseline)

    assert costed.baseline.lines == ()
    assert found.cost == found.fte == found.people == 0
    assert found.average_teacher_pay is None


def _rows(report: Report, name: str, figure: str) -> dict[Any, Decimal]:
    records = report.records()
    rows = [dict(zip(records.columns, row, strict=True)) for row in records.rows]
    return {row[name]: cell.amount for row in rows if isinstance(cell := row[figure], Money)}


def _sum(ledgers: Report, scenario: str) -> Decimal:
    records = ledgers.records()
    rows = [dict(zip(records.columns, row, strict=True)) for row in records.rows]
    amounts = [row["amount"] for row in rows if row["scenario"] == scenario]
    return sum((cell.amount for cell in amounts if isinstance(cell, Money)), Decimal(0))


def _scenarios(report: Report) -> list[dict[str, Any]]:
    data: Any = report.data()
    (one,) = data["schools"]
    return list(one["scenarios"])


def _shuffled(node: Any, shuffle: random.Random) -> Any:
    if not isinstance(node, dict):
        return node
    keys = list(node)
    shuffle.shuffle(keys)
    # The order of `funds` decides who pays what cannot be divided.
    return {key: node[key] if key in ("funds", "budget") else _shuffled(node[key], shuffle) for key in keys}


def _figures(costed: Ledger) -> dict[str, Any]:
    return {plan.name: _plan_figures(plan, costed.baseline) for plan in costed.plans}


def _plan_figures(plan: PlanLedger, baseline: PlanLedger) -> Any:
    return (
        sorted((line.role or "", line.component, line.fund, line.amount) for line in plan.lines),
        measures(plan, baseline),
        sorted(fund_uses(plan)),
        sorted((role.role, role.fte, role.people) for role in plan.staff),
    )
