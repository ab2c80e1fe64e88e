"""Bridges between random plans close to the last dollar, and each step is what it says it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools import Plain, ledger, plan_of, school_files, written
from staffcalc.costing.bridge.bridge import bridge
from staffcalc.costing.bridge.moves import Move
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import total, totals_by

SCHOOL = """
    school: A school
    students: 400
    budget: {general: 3_000_000, title_i: 300_000}
    benefits:
      certified:
        pension: {rate: 10%}
        social security: {rate: 6%, up_to: 60_000}
        health: {per_person: 5_000}
        federal pension: {rate: 20%, funds: [title_i]}
    roles:
      classroom teacher: {category: teacher, salary: 50_000, benefits: certified}
      leader: {like: classroom teacher, category: leader, supplement: 12_000}
      tutor: {category: support, salary: 30_000, benefits: certified}
    baseline: {classroom teacher: 20, tutor: 2}
    other_costs: {software: {per_student: 10}}
    scenarios:
"""


def steps(scenario: str, name: str = "new") -> list[Move]:
    """The bridge from the baseline of the example school to a scenario."""
    found = ledger(SCHOOL + f"      {name}: {scenario}\n")
    return between(found, found.baseline, found, plan_of(found, name))


def between(one: Ledger, old: PlanLedger, other: Ledger, new: PlanLedger) -> list[Move]:
    return list(bridge(old.plan, new.plan, one.school.rounded_to, other.school.rounded_to))


def told(moves: list[Move]) -> list[tuple[str, str, Decimal]]:
    return [(move.kind, move.what, move.amount) for move in moves]


def by_component(move: Move) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for part in move.parts:
        sums[part.component] = sums.get(part.component, Decimal(0)) + part.amount
    return sums


def test_a_teacher_who_becomes_a_leader_costs_the_supplement_and_its_benefits() -> None:
    exchange, fewer = steps("{change: {classroom teacher: -5, leader: +3}}")

    assert exchange.what == "3 FTE of classroom teacher exchanged for leader: supplement $12,000"
    # Social security counts pay up to $60,000: $10,000 of the $12,000.
    assert by_component(exchange) == {
        "salary": 0,
        "supplement": 36_000,
        "pension": 3_600,
        "social security": 1_800,
        "health": 0,
    }
    assert fewer.what == "2 FTE of classroom teacher fewer"
    assert fewer.amount == -2 * (50_000 + 5_000 + 3_000 + 5_000)


def test_posts_are_exchanged_for_the_most_alike_first_and_then_for_those_of_the_largest_loss() -> None:
    text = """
        roles:
          aide: {category: support, salary: 50_000, supplement: 4_000, costs: {training: {per_person: 100}}}
          reader: {category: support, salary: 50_000}
          tutor: {category: support, salary: 50_000}
          coach: {category: support, salary: 50_000, supplement: 2_000}
        baseline: {aide: 9, reader: 9, tutor: 9}
        scenarios: {coaches: {change: {aide: -4, reader: -1, tutor: -2, coach: +5}}}
    """
    costed = ledger(text)
    moves = between(costed, costed.baseline, costed, plan_of(costed, "coaches"))
    assert {move.what for move in moves if move.kind == "exchange"} == {
        "2 FTE of tutor exchanged for coach: supplement $2,000",
        "1 FTE of reader exchanged for coach: supplement $2,000",
        "2 FTE of aide exchanged for coach: supplement $4,000 → $2,000, training $100 a person → none",
    }


def test_leaders_who_go_back_to_teaching_save_the_same() -> None:
    found = ledger(SCHOOL + "      leaders: {change: {classroom teacher: -3, leader: +3}}\n")
    [there] = between(found, found.baseline, found, plan_of(found, "leaders"))
    [back] = between(found, plan_of(found, "leaders"), found, found.baseline)

    assert there.amount == -back.amount == 41_400
    assert back.what == "3 FTE of leader exchanged for classroom teacher: supplement $12,000 → none"


def test_posts_of_another_pay_are_no_exchange() -> None:
    moves = steps("{change: {classroom teacher: -1, tutor: +2}}")

    assert told(moves) == [
        ("fewer", "1 FTE of classroom teacher fewer", Decimal(-63_000)),
        ("more", "2 FTE of tutor more", Decimal(2 * (30_000 + 3_000 + 1_800 + 5_000))),
    ]


def test_posts_that_both_become_more_are_no_exchange() -> None:
    moves = steps("{change: {classroom teacher: +0.5, leader: +1}}")

    assert [(move.kind, move.what) for move in moves] == [
        ("more", "1 FTE of leader more"),
        ("more", "0.5 FTE of classroom teacher more"),
    ]


def test_posts_without_pay_are_no_exchange() -> None:
    """Two contracts have nothing in common, though neither of them is paid a salary."""
    text = """
        roles: {nurse: {costs: {contract: {per_fte: 60_000}}}, guard: {costs: {contract: {per_fte: 30_000}}}}
        baseline: {nurse: 2}
        scenarios: {new: {change: {nurse: -1, guard: +1}}}
    """
    found = ledger(text)

    assert told(between(found, found.baseline, found, plan_of(found, "new"))) == [
        ("fewer", "1 FTE of nurse fewer", Decimal(-60_000)),
        ("more", "1 FTE of guard more", Decimal(30_000)),
    ]


def test_a_raise_drags_its_benefits_along() -> None:
    [move] = steps("{roles: {classroom teacher: {supplement: 1_000}}}")

    assert told([move]) == [("price", "supplement of classroom teacher none → $1,000", Decimal(23_200))]
    assert by_component(move) == {"supplement": 20_000, "pension": 2_000, "social security": 1_200}


def test_prices_change_at_the_new_staff_and_staff_at_the_old_prices() -> None:
    fewer, salary = steps("{change: {tutor: -1}, roles: {tutor: {salary: 31_000}}}")

    assert fewer.amount == -(30_000 + 3_000 + 1_800 + 5_000)
    assert told([salary]) == [("price", "salary of tutor $30,000 → $31,000", Decimal(1_160))]


def test_a_component_is_changed_one_figure_at_a_time() -> None:
    old = SCHOOL.replace("60_000", "40_000") + "      x: {note: x}\n"
    new = SCHOOL.replace("10%", "11%").replace("5_000}", "5_500, min_fte: 0.5}") + "      x: {note: x}\n"
    one, other = ledger(old), ledger(new)
    moves = between(one, one.baseline, other, other.baseline)

    assert sorted(told(moves)) == [
        ("price", "health least FTE of classroom teacher none → 0.5 FTE", Decimal(0)),
        ("price", "health least FTE of tutor none → 0.5 FTE", Decimal(0)),
        ("price", "health of classroom teacher $5,000 a person → $5,500 a person", Decimal(10_000)),
        ("price", "health of tutor $5,000 a person → $5,500 a person", Decimal(1_000)),
        ("price", "pension of classroom teacher 10% → 11%", Decimal(10_000)),
        ("price", "pension of tutor 10% → 11%", Decimal(600)),
        ("price", "social security cap of classroom teacher $40,000 → $60,000", Decimal(12_000)),
        ("price", "social security cap of tutor $40,000 → $60,000", Decimal(0)),
    ]


def test_every_figure_of_a_price_has_a_step_of_its_own() -> None:
    text = """
        school: x
        budget: {general: 90_000, title_i: 90_000}
        benefits:
          some:
            pension: {rate: 10%, on: ON}
            federal pension: {rate: 20%, funds: [FUND]}
            leave: {per_fte: LEAVE}
        roles:
          aide:
            hourly: HOURLY
            hours_per_week: HOURS
            weeks: WEEKS
            supplement: SUPPLEMENT
            stipend: STIPEND
            benefits: some
            funds: {general: 50%, title_i: 50%}
        baseline: {aide: 2}
    """
    figures = {"HOURLY": ("10", "11"), "HOURS": ("40", "30"), "WEEKS": ("40", "50"), "SUPPLEMENT": ("100", "200")}
    figures |= {"STIPEND": ("500", "600"), "ON": ("hourly", "[hourly, stipend]"), "FUND": ("general", "title_i")}
    figures |= {"LEAVE": ("1_000", "1_100")}
    old = new = text
    for name, (before, after) in figures.items():
        old, new = old.replace(name, before), new.replace(name, after)
    one, other = ledger(old), ledger(new)
    moves = between(one, one.baseline, other, other.baseline)

    # In this order: each price step is costed at the figures that have changed before it.
    assert {move.subject: move.amount for move in moves} == {
        "supplement": 200 + 20,  # half of the federal pension's 20% falls on the fund it is limited to
        "hourly pay": 3_200 + 320 + 320,
        "hours a week": -8_800 - 880 - 880,
        "weeks": 6_600 + 660 + 660,
        "stipend": 200 + 20,
        "pension base": 120,
        "federal pension funds": 0,
        "leave": 200,
    }
    _closes(one, one.baseline, other, other.baseline)


def test_what_is_saved_differs_name_by_name() -> None:
    text = """
        roles: {resident: {stipend: 20_000, saves: {mentoring: {per_fte: 1_000}, tutoring: {per_fte: 500}}}}
        baseline: {resident: 2}
        scenarios: {new: {roles: {resident: {saves: {mentoring: {per_fte: 1_500}}}}}}
    """
    found = ledger(text)

    assert told(between(found, found.baseline, found, plan_of(found, "new"))) == [
        (
            "price",
            "mentoring saved of resident $1,000 for 1.0 FTE → $1,500 for 1.0 FTE",
            Decimal(-1_000),
        )
    ]


def test_a_post_paid_by_the_hour_instead_is_one_step() -> None:
    old = "{school: x, roles: {aide: {salary: 20_000}}, baseline: {aide: 2}}"
    new = "{school: x, roles: {aide: {hourly: 15, hours_per_week: 40, weeks: 38}}, baseline: {aide: 2}}"
    one, other = ledger(old), ledger(new)

    assert told(between(one, one.baseline, other, other.baseline)) == [
        ("price", "pay of aide salary of $20,000 → $15 an hour × 40 hours a week × 38 weeks", Decimal(5_600))
    ]


def test_a_shift_to_a_fund_with_a_rate_of_its_own_costs_that_rate() -> None:
    [move] = steps("{roles: {tutor: {funds: {title_i: 50%, general: 50%}}}}")

    assert told([move]) == [("funds", "funds of tutor general → title_i 50%, general 50%", Decimal(6_000))]
    assert by_component(move)["federal pension"] == 6_000
    assert sum(part.amount for part in move.parts if part.fund == "general") < 0


def test_a_shift_between_equal_funds_moves_money_but_costs_nothing() -> None:
    [move] = steps("{other_costs: {software: {per_student: 10, funds: {title_i: 100%}}}}")

    assert told([move]) == [("funds", "funds of software general → title_i", Decimal(0))]
    assert {part.fund: part.amount for part in move.parts} == {"general": -4_000, "title_i": 4_000}


def test_a_cost_for_each_student_is_split_into_students_and_price() -> None:
    moves = steps("{students: 420, other_costs: {software: {per_student: 12}, furniture: {amount: 900}}}")

    assert told(moves) == [
        ("other cost", "furniture: $900 added", Decimal(900)),
        ("other cost", "software $10 a student → $12 a student", Decimal(840)),
        ("other cost", "students of software 400 → 420", Decimal(200)),
    ]


ON_CELLS = """
    school: S
    budget: {general: 900_000, title_i: 100_000}
    schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 50_000]}}}
    roles: {teacher: {schedule: t}, aide: {salary: 24_000, supplement: {amount: 1_000, fund: title_i}}}
    baseline: {teacher: {BA/1: 2, MA/1: 1}, aide: 2}
    other_costs: {indirect: {budget_share: 3%, of: title_i, fund: general}}
    scenarios: {new: NEW}
"""


@pytest.mark.parametrize(
    ("scenario", "step", "back"),
    [
        (
            "{staffing: {teacher: {BA/1: 1, MA/1: 2}, aide: 2}}",
            ("teacher: other people, or other pay of theirs", 10_000),
            "teacher: other people, or other pay of theirs",
        ),
        (
            "{staffing: {teacher: {BA/1: 2, MA/1: 1, months: 6}, aide: 2}}",
            ("teacher: paid for all of the year → 6 months", -65_000),
            "teacher: paid for 6 months → all of the year",
        ),
        (
            "{staffing: {teacher: {BA/1: 1, MA/1: 2, months: 6}, aide: 2}}",
            ("teacher: other people, or other pay of theirs", -60_000),
            "teacher: other people, or other pay of theirs",
        ),
        (
            "{budget: {title_i: 120_000}}",
            ("budget of title_i, for indirect $100,000 → $120,000", 600),
            "budget of title_i, for indirect $120,000 → $100,000",
        ),
        (
            "{roles: {aide: {supplement: {amount: 1_000, fund: general}}}}",
            ("fund of the supplement of aide title_i → general", 0),
            "fund of the supplement of aide general → title_i",
        ),
    ],
)
def test_people_on_cells_and_shares_of_a_budget_have_a_step_that_says_what_differs(
    scenario: str, step: tuple[str, int], back: str
) -> None:
    found = ledger(ON_CELLS.replace("NEW", scenario))
    new = plan_of(found, "new")

    assert [(move.what, move.amount) for move in between(found, found.baseline, found, new)] == [
        (step[0], Decimal(step[1]))
    ]
    assert [(move.what, -move.amount) for move in between(found, new, found, found.baseline)] == [
        (back, Decimal(step[1]))
    ]


def test_cents_and_dollars_are_bridged_by_a_step_of_rounding() -> None:
    text = "{school: x, rounding: %s, roles: {aide: {salary: 20_000.40}}, baseline: {aide: 2}}"
    one, other = ledger(text % "cent"), ledger(text % "dollar")

    assert told(between(one, one.baseline, other, other.baseline)) == [
        ("rounding", "lines rounded to the dollar, not the cent", Decimal("0.20"))
    ]
    [back] = between(other, other.baseline, one, one.baseline)
    assert (back.before, back.after, back.what) == ("dollar", "cent", "lines rounded to the cent, not the dollar")


def test_people_of_another_fte_are_told_as_they_are() -> None:
    one = ledger("{school: x, roles: {aide: {salary: 20_000}}, baseline: {aide: {people: 4, fte_each: 0.5}}}")
    other = ledger("{school: x, roles: {aide: {salary: 20_000}}, baseline: {aide: 3}}")

    assert told(between(one, one.baseline, other, other.baseline)) == [
        ("more", "aide: 4 people at 0.5 FTE → 3 FTE", Decimal(20_000))
    ]


def test_fewer_people_at_the_same_fte_are_fewer_though_they_cost_more() -> None:
    text = """
        roles: {aide: {salary: 20_000, costs: {health: {per_person: 1_000, min_fte: 0.75}}}}
        baseline: {aide: {people: 4, fte_each: 0.5}}
        scenarios: {new: {staffing: {aide: {people: 2, fte_each: 1}}}}
    """
    found = ledger(text)

    assert told(between(found, found.baseline, found, plan_of(found, "new"))) == [
        ("fewer", "aide: 4 people at 0.5 FTE → 2 people", Decimal(2_000))
    ]


def test_a_figure_written_otherwise_is_the_same() -> None:
    one, other = (ledger(SCHOOL.replace("50_000", pay) + "      x: {note: x}\n") for pay in ("50_000", "$50000.00"))

    assert between(one, one.baseline, other, other.baseline) == []


# Any two plans


@given(school_files(), st.data())
def test_the_bridge_between_two_plans_of_a_school_closes(file: Plain, data: st.DataObject) -> None:
    found = ledger(written(file))
    old, new = data.draw(st.sampled_from(found.plans)), data.draw(st.sampled_from(found.plans))

    _closes(found, old, found, new)
    again = ledger(written(file))
    for plan, same in zip(found.plans, again.plans, strict=True):
        assert between(found, plan, again, same) == []  # a plan does not differ from itself


@given(school_files(), school_files(), st.data())
def test_the_bridge_between_two_schools_closes_whatever_the_order_of_keys(
    one: Plain, other: Plain, data: st.DataObject
) -> None:
    before, after = ledger(written(one)), ledger(written(other))
    old, new = data.draw(st.sampled_from(before.plans)), data.draw(st.sampled_from(after.plans))

    _closes(before, old, after, new)
    upside, down = ledger(written(reversed_keys(one))), ledger(written(reversed_keys(other)))
    assert between(before, before.baseline, after, after.baseline) == between(
        upside, upside.baseline, down, down.baseline
    )


def _closes(one: Ledger, old: PlanLedger, other: Ledger, new: PlanLedger) -> None:
    there, back = between(one, old, other, new), between(other, new, one, old)

    assert sum(move.amount for move in there) == total(new.lines) - total(old.lines)
    assert sum(move.amount for move in back) == total(old.lines) - total(new.lines)
    parts = [part for move in there for part in move.parts]
    for key in ("role", "fund", "component"):
        sums = {name: Decimal(0) for name in (*totals_by(old.lines, key), *totals_by(new.lines, key))}
        for part in parts:
            if getattr(part, key) is not None:
                sums[getattr(part, key)] = sums.get(getattr(part, key), Decimal(0)) + part.amount
        before, after = totals_by(old.lines, key), totals_by(new.lines, key)
        assert sums == {name: after.get(name, 0) - before.get(name, 0) for name in sums}


def reversed_keys(node: Any) -> Any:
    """The keys the other way round; but the order of `funds` decides who pays what cannot be divided."""
    if isinstance(node, dict):
        return {key: node[key] if key in ("funds", "budget") else reversed_keys(node[key]) for key in reversed(node)}
    return node
