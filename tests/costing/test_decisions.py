"""Decisions have years, and posts may be paid for a part of the year; the sums by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schoolfile.helpers import messages
from schools import ledger, plan_of, school
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.lines import total
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.years.later_years import in_year
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost

FILE = """
school: Example School
year: 2026-27
budget: 1_000_000
roles:
  teacher: {category: teacher, salary: 60_000}
  aide: {category: support, salary: 30_000}
baseline: {teacher: 10, aide: 4}
forecast: {cola: 10%, other_costs: 10%, budget: 0%}
scenarios:
  next year: {from: 2027-28, change: {teacher: -2}}
"""


def in_the_year(text: str, number: int) -> Ledger:
    return cost_school(in_year(school(text), number))


def costs(text: str, name: str, years: int = 4) -> list[int]:
    """What a plan costs in each year, the file's own the first."""
    found = []
    for number in range(years):
        [plan] = [plan for plan in in_the_year(text, number).plans if plan.name == name]
        found.append(int(total(plan.lines)))
    return found


def scenario(stated: str, extra: str = "") -> str:
    return FILE[: FILE.index("scenarios:")] + f"scenarios:\n  plan: {stated}\n{extra}"


def test_before_it_begins_the_plan_that_it_is_like_stands() -> None:
    assert costs(FILE, "baseline", 3) == [720_000, 792_000, 871_200]
    assert costs(FILE, "next year", 3) == [720_000, 660_000, 726_000]  # 12 - 2 of 60,000, 10% up each year


def test_after_its_end_a_scenario_is_undone_whole() -> None:
    text = scenario("{until: 2027-28, change: {teacher: +1}}")
    assert costs(text, "plan") == [780_000, 858_000, 871_200, 958_320]


def test_an_entry_of_a_change_has_years_of_its_own() -> None:
    text = scenario("{change: {teacher: {fte: +2, until: 2026-27}, aide: {fte: +1, from: 2028-29}}}")
    assert costs(text, "plan", 3) == [840_000, 792_000, 871_200 + 36_300]


def test_what_is_like_a_plan_that_begins_later_begins_with_it() -> None:
    text = scenario("{from: 2027-28, change: {teacher: -2}}", "  more: {like: plan, change: {aide: +1}}\n")
    assert costs(text, "more", 2) == [720_000, 660_000 + 33_000]


def test_another_scenario_begins_when_it_says() -> None:
    text = scenario(
        "{from: 2027-28, change: {teacher: -2}}", "  more: {like: plan, from: 2028-29, change: {aide: +1}}\n"
    )
    assert costs(text, "more", 3) == [720_000, 660_000, 726_000 + 36_300]


def test_the_dollars_of_a_decision_are_those_of_the_year_in_which_it_begins() -> None:
    text = scenario("{from: 2027-28, roles: {aide: {salary: 40_000}}}")
    assert costs(text, "plan", 3) == [720_000, 660_000 + 160_000, 726_000 + 176_000]


def test_an_other_cost_begins_and_ends() -> None:
    text = scenario("{other_costs: {rent: {amount: 1_000, from: 2027-28, until: 2028-29}}}")
    alone = costs(text, "baseline")
    assert [one - other for one, other in zip(costs(text, "plan"), alone, strict=True)] == [0, 1_000, 1_100, 0]


def test_posts_added_later_cost_what_a_new_hire_earns_then() -> None:
    text = FILE.replace("salary: 60_000}", "salary: 60_000, new_hire: 50_000}").replace("teacher: -2", "teacher: +2")
    assert costs(text, "next year", 3) == [720_000, 792_000 + 110_000, 871_200 + 121_000]


def test_posts_given_up_later_save_what_a_new_hire_earns_then() -> None:
    text = FILE.replace("salary: 60_000}", "salary: 60_000, new_hire: 50_000}")
    assert costs(text, "next year", 2) == [720_000, 792_000 - 110_000]


def test_a_cell_is_changed_in_the_year_of_the_decision() -> None:
    text = """
year: 2026-27
schedules: {s: {lanes: [BA], steps: {1: [40_000], 2: [42_000], 3: [44_000]}}}
roles: {teacher: {schedule: s}}
baseline: {teacher: {BA/1: 2}}
scenarios: {hire: {from: 2027-28, change: {teacher: {BA/1: +1}}}}
forecast: {cola: 0%}
"""
    assert costs(text, "hire", 3) == [80_000, 84_000 + 40_000, 88_000 + 42_000]


# Part of a year


def test_a_teacher_hired_for_5_of_12_months_costs_25_000_and_60_000_in_the_next_year() -> None:
    text = scenario("{change: {teacher: {fte: +1, first_year_months: 5}}}").replace("cola: 10%", "cola: 0%")
    assert costs(text, "plan", 2) == [720_000 + 25_000, 720_000 + 60_000]


def test_a_teacher_is_hired_in_the_middle_of_the_year_in_which_a_scenario_begins() -> None:
    text = scenario("{from: 2027-28, change: {teacher: {fte: +1, first_year_months: 5}}}").replace("10%", "0%")
    assert costs(text, "plan", 3) == [720_000, 720_000 + 25_000, 720_000 + 60_000]


CAPPED = """
year: 2026-27
benefits: {staff: {social security: {rate: 6.2%, up_to: 176_100}, health: {per_person: 12_000, min_fte: 0.5}}}
roles: {chief: {salary: 200_000, benefits: staff}}
baseline: {chief: 0}
scenarios: {hire: {change: {chief: {fte: +1, first_year_months: 5}}}}
"""


def test_a_cap_is_whole_and_a_premium_goes_by_twelfths() -> None:
    plan = cost_school(school(CAPPED)).plans[1]
    found = {line.component: int(line.amount) for line in plan.lines}
    assert found == {"salary": 83_333, "social security": 5_167, "health": 5_000}
    assert measure("fte", plan, plan) == 1  # shown whole
    assert measure("cost_per_fte", plan, plan) == Decimal("224400.00")  # of 5/12 FTE


def test_months_are_those_of_the_schedule() -> None:
    text = """
schedules: {s: {lanes: [BA], months: 10, steps: {1: [50_000]}}}
roles: {teacher: {schedule: s, costs: {laptop: {per_person: 1_200}}}}
baseline: {teacher: {BA/1: 2, months: 5}}
"""
    plan = cost_school(school(text)).baseline
    assert {line.component: int(line.amount) for line in plan.lines} == {"salary": 50_000, "laptop": 1_000}


def test_a_line_is_paid_for_its_months_in_every_year() -> None:
    text = FILE.replace("aide: 4}", "aide: {fte: 4, months: 9}}")
    assert costs(text, "baseline", 2) == [690_000, 759_000]


def test_who_gives_up_a_post_of_five_months_is_paid_for_five_months() -> None:
    text = """
        roles: {aide: {salary: 60_000, new_hire: 48_000}}
        baseline: {aide: {fte: 3, months: 5}}
        scenarios: {fewer: {change: {aide: -1}}}
    """
    found = {line.role: int(line.amount) for line in plan_of(ledger(text), "fewer").lines}
    assert found == {"aide": 2 * 25_000, "displaced staff": 5_000}  # 5/12 of 12,000 more than a hire


def test_twelve_months_of_twelve_are_the_whole_year() -> None:
    text = """
        roles: {aide: {salary: 30_000}}
        baseline: {aide: {fte: 4, months: 12}}
        scenarios: {more: {change: {aide: {fte: +1, first_year_months: 12}}}}
    """
    assert [total(plan.lines) for plan in ledger(text).plans] == [120_000, 150_000]


def test_a_teacher_hired_for_six_months_beside_a_whole_mix_by_cells_is_paid_for_six() -> None:
    text = """
        year: 2026-27
        schedules: {t: {lanes: [BA], steps: {1: [40_000], 2: [60_000]}}}
        roles: {teacher: {schedule: t, new_hire: BA/1}}
        baseline: {teacher: {BA/2: 3}}
        scenarios:
          mix: {staffing: {teacher: {BA/2: 4}}}
          hired: {like: mix, change: {teacher: {fte: +1, first_year_months: 6}}}
        forecast: {cola: 0%, steps: 0}
    """
    assert [total(plan.lines) for plan in ledger(text).plans] == [180_000, 240_000, 260_000]
    assert [total(plan.lines) for plan in in_the_year(text, 1).plans] == [180_000, 240_000, 280_000]


def test_a_raise_in_the_middle_of_the_files_own_year() -> None:
    text = scenario("{forecast: {cola: {2026-27: {value: 4%, months: 9}}}}").replace("cola: 10%", "cola: {2027-28: 3%}")
    assert costs(text, "baseline", 2) == [720_000, 741_600]
    assert costs(text, "plan", 2) == [741_600, 771_264]  # 3% of this year, 4% and then 3% of the next
    assert [total(plan.lines) for plan in ledger(text).plans] == [720_000, 741_600]  # where no year is asked for


def test_a_raise_in_the_middle_of_a_later_year() -> None:
    text = FILE.replace("cola: 10%", "cola: {2027-28: {value: 4%, months: 6}}")
    assert costs(text, "baseline", 3) == [720_000, 734_400, 748_800]


# What cannot stand


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("{from: 2025-26, change: {teacher: +1}}", "`2025-26` is before 2026-27, the file's own year"),
        ("{from: 2028-29, until: 2027-28, change: {teacher: +1}}", "`plan` ends before it begins"),
        ("{from: soon, change: {teacher: +1}}", "`soon` is no school year in scenarios › plan › from"),
        ("{staffing: {teacher: {fte: 9, from: 2027-28}}}", "`from` on `teacher` of a `staffing`"),
        (
            "{other_costs: {rent: {amount: 5, once: 2027-28, until: 2027-28}}}",
            "`until` on `rent`, which is paid once",
        ),
        (
            "{change: {teacher: {fte: -1, first_year_months: 5}}}",
            "`first_year_months` of `teacher`, of which no posts are added",
        ),
        ("{change: {aide: {fte: +0, months: 5}}}", "`months` of `aide`, of which no posts are added"),
        (
            "{change: {teacher: [{fte: +2, months: 5}, -11]}}",
            "2 FTE of `teacher` are added for a part of the year, but there are 1 in the end",
        ),
        (
            "{change: {teacher: {fte: +1, months: 13}}}",
            "`13` is too large in scenarios › plan › change › teacher › months",
        ),
        (
            "{from: 2027-28, staffing: {teacher: {people: 9}}}",
            "`teacher` is counted in FTE before 2027-28, and in people from then on",
        ),
    ],
)
def test_years_and_months_that_cannot_stand(stated: str, message: str) -> None:
    assert messages(scenario(stated)) == [message]


def test_a_decision_of_the_baseline_is_none() -> None:
    text = FILE.replace("aide: 4}", "aide: {fte: 4, from: 2027-28}}")
    assert messages(text) == ["`from` on `aide` of the baseline"]


def test_years_need_the_year_of_the_file() -> None:
    text = "roles: {t: {salary: 1}}\nbaseline: {t: 1}\nscenarios: {x: {from: 2027-28, change: {t: +1}}}\n"
    assert messages(text) == ["`x` has years, and the file has no `year`"]


@pytest.mark.parametrize("year", ["", "year: next year"])
def test_no_later_year_follows_one_that_is_no_school_year(year: str) -> None:
    with pytest.raises(ValueError, match="a forecast needs the school year of the file"):
        in_year(school(f"roles: {{t: {{salary: 1}}}}\nbaseline: {{t: 1}}\n{year}\n"), 1)


def test_a_share_of_a_cost_that_begins_later_is_of_the_year_of_that_cost() -> None:
    text = FILE.replace("scenarios:", "other_costs: {bus: {amount: 5_000, from: 2027-28}}\nscenarios:")
    text += "  dearer: {other_costs: {bus: {amount: +10%}}}\n"
    found = plan_of(in_the_year(text, 1), "dearer")
    assert [line.amount for line in found.lines if line.component == "bus"] == [5_500]


def test_what_begins_later_than_the_year_that_is_shown_is_said() -> None:
    costed = ledger("""
        year: 2026-27
        budget: 600_000
        roles: {teacher: {category: teacher, salary: 60_000}, counselor: {category: support, salary: 50_000}}
        baseline: {teacher: 10}
        scenarios:
          one more: {change: {counselor: {fte: +1, from: 2027-28}}, other_costs: {room: {amount: 1, from: 2028-29}}}
          all later: {from: 2027-28, change: {counselor: {fte: +1, from: 2028-29}}}
        checks: [{measure: fte, role: counselor, max: 0}]
    """)
    said = "school.yaml: one more: the change of counselor begins in 2027-28 and the other cost room begins in 2028-29"
    assert compare([costed]).notes == (said,)
    assert cost([costed]).notes == (said,)
    assert f"{said}; a check without a `year` looks at 2026-27" in check([costed]).report.notes
    next_year = cost_school(in_year(costed.stated, 1))
    assert compare([next_year]).notes == (
        "school.yaml: one more: the other cost room begins in 2028-29",
        "school.yaml: all later: the change of counselor begins in 2028-29",
    )
    assert compare([cost_school(in_year(costed.stated, 2))]).notes == ()


def test_a_percentage_that_begins_later_is_of_what_the_files_own_figure_has_become() -> None:
    text = scenario("{from: 2028-29, roles: {teacher: {salary: +5%}}, other_costs: {rent: {amount: -10%}}}")
    text = text.replace("forecast:", "other_costs: {rent: {amount: 20_000}}\nforecast:")
    with_rent = [740_000, 814_000, 895_400]
    assert costs(text, "baseline", 3) == with_rent
    assert costs(text, "plan", 3) == [*with_rent[:2], 895_400 + 36_300 - 2_420]  # 5% of 726,000, and 10% of 24,200


def test_the_rules_of_a_scenario_for_later_years_hold_from_its_first_year_on() -> None:
    text = scenario(
        "{from: 2028-29, forecast: {cola: 20%, budget: 5%}}", "  after it: {like: plan, forecast: {cola: 0%}}\n"
    )
    assert costs(text, "baseline") == [720_000, 792_000, 871_200, 958_320]
    assert costs(text, "plan") == [720_000, 792_000, 950_400, 1_140_480]  # 10% as everywhere, then 20%
    assert costs(text, "after it") == [720_000, 792_000, 792_000, 792_000]
    budgets = [
        measure("budget", plan_of(in_the_year(text, year), "plan"), plan_of(in_the_year(text, year))) for year in (1, 2)
    ]
    assert budgets == [1_000_000, 1_050_000]


def test_when_it_has_ended_they_have_never_been() -> None:
    text = scenario("{from: 2027-28, until: 2027-28, forecast: {cola: 20%}}")
    assert costs(text, "plan") == [720_000, 864_000, 871_200, 958_320]


def test_the_cost_of_an_fte_is_divided_by_the_very_part_of_the_year() -> None:
    text = "{roles: {aide: {salary: 50_000}}, baseline: {aide: {fte: 0.01, months: 10}}}"
    plan = cost_school(school(text)).baseline
    assert sum(line.amount for line in plan.lines) == 417
    assert measure("cost_per_fte", plan, plan) == Decimal("50040.00")  # 417 ÷ (0.01 × 10/12)


def test_who_begins_before_the_plan_that_it_is_like_begins_whole() -> None:
    text = """
        year: 2026-27
        roles: {teacher: {salary: 50_000}}
        baseline: {teacher: 5}
        forecast: {cola: 10%}
        scenarios:
          s: {from: 2028-29, change: {teacher: -2}, roles: {teacher: {salary: 60_000}}}
          v: {like: s, from: 2027-28}
          u: {like: s, from: 2026-27, until: 2027-28}
    """
    # Three teachers at 60,000 of the year in which it begins; 10% more in each year after that.
    assert costs(text, "v", 3) == [250_000, 180_000, 198_000]
    # When it ends, the plan that it is like stands, by then with its own years.
    assert costs(text, "u", 3) == [180_000, 198_000, 180_000]


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ("from: 2029-30", "`on` begins after `two years`, which it is like, has ended"),
        ("until: 2026-27", "`on` ends before `two years`, which it is like, has begun"),
    ],
)
def test_a_scenario_that_would_never_be_in_force_is_refused(years: str, message: str) -> None:
    """It has the other of its years from the scenario that it is like: 2027-28 to 2028-29."""
    text = f"""
        year: 2026-27
        roles: {{teacher: {{salary: 50_000}}}}
        baseline: {{teacher: 5}}
        scenarios:
          two years: {{from: 2027-28, until: 2028-29, change: {{teacher: -2}}}}
          on: {{like: two years, {years}, change: {{teacher: -1}}}}
    """
    assert messages(text) == [message]
