"""A supplement or a stipend on another fund than the salary, with the benefits that rest on it.

The examples are worked by hand, and every one of them asks both calculators.
"""

from __future__ import annotations

import pytest

from costing.agreement import Calculator, plain
from costing.test_findings import both, cost
from schools import school
from staffcalc.costing.bridge.bridge import bridge
from staffcalc.costing.bridge.prices import price_changes
from staffcalc.costing.ledger import cost_school
from staffcalc.source.problems import SchoolFileError

LEADS = """
    school: S
    year: 2026-27
    budget: {general: 300_000, title_ii: 100_000, grant: 100_000}
    benefits:
      certified:
        pension: {rate: 10%, on: [salary, supplement]}
        social security: {rate: 6%, up_to: 70_000}
        retirement: {rate: 1%, funds: title_ii}
        health: {per_person: 5_000}
    roles:
      lead: {salary: 60_000, supplement: {amount: 15_000, fund: title_ii}, benefits: certified}
    baseline: {lead: 2}
"""


@both
def test_another_fund_pays_the_supplement_and_its_part_of_the_benefits(calculate: Calculator) -> None:
    """Of 75,000 of pay 15,000 are the supplement, a fifth: the cap of 70,000 leaves it a fifth, too."""
    plan = calculate(plain(LEADS))["baseline"]
    by_fund = {
        name: [cost(plan, component=name, fund=fund) for fund in ("general", "title_ii")]
        for name in ("salary", "supplement", "pension", "social security", "retirement", "health")
    }
    assert by_fund == {
        "salary": [120_000, 0],
        "supplement": [0, 30_000],
        "pension": [12_000, 3_000],
        "social security": [6_720, 1_680],  # 2 × 70,000 × 6% = 8,400
        "retirement": [0, 300],  # of what title_ii carries alone
        "health": [10_000, 0],
    }


@both
def test_a_cap_shares_the_supplement_of_those_who_stay_and_of_those_who_follow(calculate: Calculator) -> None:
    """Of four leads one leaves during the year. The three who stay earn 90,000, of which 75,000 count, a ninth of them
    for the grant; whoever follows earns 60,000, a sixth of it for the grant. The vacancy is 5% of what each pays."""
    text = """
        school: S
        budget: {general: 900_000, grant: 100_000}
        roles:
          lead:
            salary: 80_000
            new_hire: 50_000
            attrition: 25%
            supplement: {amount: 10_000, fund: grant}
            costs: {tax: {rate: 10%, up_to: 75_000}}
            vacancy: 5%
        baseline: {lead: 4}
    """
    plan = calculate(plain(text))["baseline"]
    assert {(line.component, line.fund): line.amount for line in plan.lines if line.amount} == {
        ("salary", "general"): 320_000,
        ("attrition", "general"): -30_000,
        ("supplement", "grant"): 40_000,
        ("tax", "general"): 20_000 + 5_000,
        ("tax", "grant"): 2_500 + 1_000,
        ("vacancy", "general"): -15_750,  # 5% of 315,000
        ("vacancy", "grant"): -2_175,  # 5% of 43,500
    }


@both
@pytest.mark.parametrize(
    ("attrition", "expected"),
    [
        # Whoever follows does so in both posts. Nine in ten have 54,000 and 40,000, of which 90,000 count: 51,702 as
        # principal and 38,298 as coach; one in ten 34,000 and 20,000.
        ("10%", {("principal", "general"): 4_608, ("principal", "grant"): 385, ("coach", "general"): 3_647}),
        # Nobody knows who leaves: 52,000 and 36,000 on average, which is below the cap.
        ("20%", {("principal", "general"): 4_800, ("principal", "grant"): 400, ("coach", "general"): 3_600}),
    ],
)
def test_a_cap_looks_at_whoever_follows_in_two_posts_of_one_person(
    calculate: Calculator, attrition: str, expected: dict[tuple[str, str], int]
) -> None:
    text = f"""
        school: S
        budget: {{general: 500_000, grant: 100_000}}
        benefits: {{b: {{social security: {{rate: 10%, up_to: 90_000}}, retirement: {{rate: 1%, min_fte: 0.75}}}}}}
        roles:
          principal:
            benefits: b
            new_hire: 60_000
            attrition: 10%
            supplement: {{amount: 8_000, fund: grant}}
          coach: {{benefits: b, new_hire: 40_000, attrition: {attrition}}}
        roster:
          - {{id: A, role: principal, fte: 0.5, salary: 100_000}}
          - {{id: A, role: coach, fte: 0.5, salary: 80_000}}
    """
    plan = calculate(plain(text))["baseline"]
    found = {(line.role, line.fund): line.amount for line in plan.lines if line.component == "social security"}
    assert {key: amount for key, amount in found.items() if amount} == expected
    assert cost(plan, "principal", "retirement") == 520  # without a cap each post has its own pay alone


@both
def test_of_each_cell_the_fund_of_the_supplement_pays_its_part_of_a_rate(calculate: Calculator) -> None:
    """A tenth of the salaries of 240,000, and of the three supplements of 5,000 that are the same on both lanes."""
    text = """
        school: S
        budget: {general: 300_000, grant: 100_000}
        schedules: {t: {lanes: [BA, MA], steps: {1: [40_000, 100_000]}}}
        roles: {teacher: {schedule: t, supplement: {amount: 5_000, fund: grant}, costs: {tax: {rate: 10%}}}}
        baseline: {teacher: {BA/1: 1, MA/1: 2}}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, component="tax", fund=fund) for fund in ("general", "grant")] == [24_000, 1_500]


@both
def test_extra_days_count_where_a_rate_is_shared_between_the_funds_of_pay(calculate: Calculator) -> None:
    """Of 72,000 of pay 66,000 are the salary with its 20 days more, and of the 60,000 up to which it counts as much."""
    text = """
        school: S
        budget: {general: 300_000, grant: 100_000}
        roles:
          lead:
            salary: 60_000
            extra_days: 20
            contract_days: 200
            supplement: {amount: 6_000, fund: grant}
            costs: {tax: {rate: 10%}, capped: {rate: 10%, up_to: 60_000}}
        baseline: {lead: 2}
    """
    plan = calculate(plain(text))["baseline"]
    by_fund = {
        name: [cost(plan, component=name, fund=fund) for fund in ("general", "grant")] for name in ("tax", "capped")
    }
    assert by_fund == {"tax": [13_200, 1_200], "capped": [11_000, 1_000]}


@both
def test_a_scenario_replaces_the_amount_and_keeps_the_fund_or_the_other_way(calculate: Calculator) -> None:
    text = f"""{LEADS}
    scenarios:
      more: {{roles: {{lead: {{supplement: 16_000}}}}}}
      sourced: {{roles: {{lead: {{supplement: {{value: 16_000, years: {{2027-28: 17_000}}}}}}}}}}
      moved: {{roles: {{lead: {{supplement: {{fund: grant}}}}}}}}
    """
    found = [
        (name, [int(cost(plan, component="supplement", fund=fund)) for fund in ("general", "title_ii", "grant")])
        for name, plan in calculate(plain(text)).items()
    ]
    assert found == [
        ("baseline", [0, 30_000, 0]),
        ("more", [0, 32_000, 0]),
        ("sourced", [0, 32_000, 0]),
        ("moved", [0, 0, 30_000]),
    ]
    assert cost(calculate(plain(text), 1)["sourced"], component="supplement", fund="title_ii") == 34_000


@both
def test_a_role_that_is_like_another_has_what_it_does_not_state(calculate: Calculator) -> None:
    text = """
        school: S
        budget: {general: 1, grant: 1}
        roles:
          lead: {salary: 60_000, supplement: 10_000}
          coach: {like: lead, supplement: {fund: grant}}
          mentor: {like: coach, supplement: 4_000}
        baseline: {lead: 1, coach: 1, mentor: 1}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, one, fund="grant") for one in ("lead", "coach", "mentor")] == [0, 10_000, 4_000]


@both
def test_a_supplement_by_the_size_of_the_team_has_a_fund_too(calculate: Calculator) -> None:
    text = """
        school: S
        budget: {general: 300_000, grant: 100_000}
        roles:
          lead: {salary: 60_000, supplement: {by_team_size: {1-2: 6_000, 3+: 10_000}, fund: grant}}
          teacher: {salary: 50_000}
        baseline: {lead: 2, teacher: 6}
        teams:
          small: {leader: lead, members: {teacher: 2}}
          large: {leader: lead, members: {teacher: 4}}
    """
    plan = calculate(plain(text))["baseline"]
    assert [cost(plan, component="supplement", fund=one) for one in ("general", "grant")] == [0, 16_000]


@both
def test_it_wins_over_the_shares_of_the_role_and_over_released_time(calculate: Calculator) -> None:
    text = """
        school: S
        budget: {general: 300_000, grant: 100_000, programme: 100_000, title_ii: 100_000}
        roles:
          lead:
            salary: 60_000
            supplement: {amount: 10_000, fund: title_ii}
            stipend: 4_000
            funds: {general: 50%, grant: 50%}
            release: {share: 20%, charged_to: programme}
        baseline: {lead: 1}
    """
    plan = calculate(plain(text))["baseline"]
    found = {one: cost(plan, fund=one) for one in ("general", "grant", "programme", "title_ii")}
    assert found == {"general": 24_000, "grant": 24_000, "programme": 16_000, "title_ii": 10_000}


@both
def test_whoever_a_fund_pays_by_name_has_the_supplement_on_that_fund(calculate: Calculator) -> None:
    text = """
        school: S
        budget: {general: 300_000, grant: 100_000, title_ii: 100_000}
        roles: {lead: {supplement: {amount: 10_000, fund: title_ii}}}
        roster:
          - {id: P-1, role: lead, fte: 1.0, salary: 60_000}
          - {id: P-2, role: lead, fte: 0.5, salary: 60_000, fund: grant}
    """
    plan = calculate(plain(text))["baseline"]
    found = {one: cost(plan, fund=one) for one in ("general", "grant", "title_ii")}
    assert found == {"general": 60_000, "grant": 35_000, "title_ii": 10_000}


@both
@pytest.mark.parametrize(("then", "general"), [("stop", 60_000), ("general", 60_000 + 20_400 + 2_040)])
def test_when_the_fund_ends_the_pay_goes_over_or_falls_away_and_the_people_stay(
    calculate: Calculator, then: str, general: int
) -> None:
    text = f"""
        school: S
        year: 2026-27
        budget: {{general: 300_000, grant: 100_000}}
        roles:
          resident:
            salary: 60_000
            stipend: {{amount: {{value: 20_000, years: {{2027-28: 20_400}}}}, fund: grant}}
            costs: {{pension: {{rate: 10%, on: stipend}}}}
        baseline: {{resident: 1}}
        funds: {{grant: {{ends: 2026-27, then: {then}}}}}
    """
    now, later = (calculate(plain(text), years)["baseline"] for years in (0, 1))
    assert [cost(now, fund=one) for one in ("general", "grant")] == [60_000, 22_000]
    assert [cost(later, fund=one) for one in ("general", "grant")] == [general, 0]
    assert later.fte["resident"] == 1


@both
def test_where_nobody_is_left_no_fund_pays_a_supplement(calculate: Calculator) -> None:
    text = f"{LEADS}\n    funds: {{general: {{ends: 2026-27, then: stop}}}}"
    assert [cost(calculate(plain(text), years)["baseline"], fund="title_ii") for years in (0, 1)] == [34_980, 0]


@both
def test_a_supplement_on_a_fund_grows_by_the_rule_of_supplements(calculate: Calculator) -> None:
    text = f"{LEADS}\n    forecast: {{supplements: 10%}}"
    assert cost(calculate(plain(text), 1)["baseline"], component="supplement", fund="title_ii") == 33_000


def test_the_fund_of_the_only_pay_pays_the_people() -> None:
    found = cost_school(
        school("""
        school: S
        budget: {general: 300_000, grant: 100_000}
        roles: {resident: {stipend: {amount: 24_000, fund: grant}, costs: {laptop: {per_person: 500}}}}
        baseline: {resident: 3}
    """)
    ).baseline
    assert [(line.component, line.fund, line.fte) for line in found.lines] == [
        ("stipend", "grant", 3),
        ("laptop", "general", None),
    ]


def test_a_change_of_the_fund_is_a_step_of_its_own() -> None:
    plans = school(
        f"{LEADS}\n    scenarios: {{x: {{roles: {{lead: {{supplement: {{amount: 9, fund: grant}}}}}}}}}}"
    ).plans
    old, new = (plan.staff[0].post for plan in plans)
    assert [(one.kind, one.subject, one.before, one.after) for one in price_changes(old, new)] == [
        ("price", "supplement", "$15,000", "$9"),
        ("funds", "fund of the supplement", "title_ii", "grant"),
    ]


def test_what_a_fund_no_longer_pays_of_a_supplement_and_another_does_is_in_that_step() -> None:
    text = f"{LEADS}\n    scenarios: {{x: {{roles: {{lead: {{supplement: {{amount: 15_000, fund: grant}}}}}}}}}}"
    costed = cost_school(school(text))
    old, new = costed.plans
    [move] = bridge(old.plan, new.plan, costed.school.rounded_to, costed.school.rounded_to)
    assert move.what == "fund of the supplement of lead title_ii → grant"
    amounts = {(part.component, part.fund): part.amount for part in move.parts}
    assert [amounts["supplement", fund] for fund in ("title_ii", "grant")] == [-30_000, 30_000]
    assert [amounts["pension", fund] for fund in ("title_ii", "grant")] == [-3_000, 3_000]


@pytest.mark.parametrize(("may", "refused"), [("[supplement, pension]", ""), ("[supplement]", "pension of `lead`")])
def test_a_fund_of_a_supplement_pays_for_it_and_for_what_rests_on_it_alone(may: str, refused: str) -> None:
    text = f"""
        school: S
        budget: {{general: 300_000, title_ii: 100_000}}
        roles:
          lead:
            salary: 60_000
            supplement: {{amount: 15_000, fund: title_ii}}
            costs: {{pension: {{rate: 10%}}, health: {{per_person: 5_000}}, retirement: {{rate: 5%, on: salary}}}}
        baseline: {{lead: 2}}
        funds: {{title_ii: {{pays_for: {{component: {may}}}}}, general: {{pays_for: {{component:
          [salary, pension, health, retirement]}}}}}}
    """
    if not refused:
        school(text)
        return
    with pytest.raises(SchoolFileError) as caught:
        school(text)
    assert [one.message for one in caught.value.problems] == [f"`title_ii` may not pay for {refused}"]


@both
def test_where_a_supplement_falls_away_the_others_pay_their_part_of_a_cap_as_before(calculate: Calculator) -> None:
    """The cap of 70,000 has looked at 75,000 of pay, and goes on to: the salary's part of it is 56,000."""
    text = f"{LEADS}\n    funds: {{title_ii: {{ends: 2026-27, then: stop}}}}"
    for years in (0, 1):
        plan = calculate(plain(text), years)["baseline"]
        assert cost(plan, component="social security", fund="general") == 6_720  # 2 × 56,000 × 6%


@both
def test_what_is_still_paid_to_the_displaced_is_paid_as_their_salary_was(calculate: Calculator) -> None:
    """Of 80,000 the cap leaves 70,000, of a hire's 60,000 all: 10% of the difference goes with the salary, and no fund
    that pays a supplement pays less than nothing for it."""
    text = """
        school: S
        budget: {general: 300_000, grants: 100_000}
        benefits: {c: {social security: {rate: 10%, up_to: 70_000}}}
        roles:
          teacher: {salary: 60_000, new_hire: 40_000, supplement: {amount: 20_000, fund: grants}, benefits: c}
        baseline: {teacher: 2}
        scenarios: {fewer: {change: {teacher: -1}}}
    """
    plan = calculate(plain(text))["fewer"]
    found = {one: cost(plan, "displaced staff", fund=one) for one in ("general", "grants")}
    assert found == {"general": 21_000, "grants": 0}
