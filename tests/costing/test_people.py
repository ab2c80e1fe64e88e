"""People one by one, posts that stand empty, absences, release with cover, extra days, and what residents save."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from schools import costs, ledger, paid, plan_of
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.lines import total, totals_by
from staffcalc.questions.figures.provenance import count_steps
from staffcalc.school.reading import read_school

ROSTER = """\
id,role,fte,lane,step,salary,with,fund
P-1,teacher,1.0,MA,3,,,
P-2,teacher,0.5,BA,1,,national board,
P-3,teacher,1.0,,,70000,,title_i
P-4,principal,1.0,,,110000,,
"""
FILE = """\
budget: {general: 300_000, title_i: 90_000}
schedules:
  teachers:
    lanes: [BA, MA]
    steps: {1: [40_000, 45_000], 3: [44_000, 48_000]}
    differentials: {national board: {rate: 10%}}
benefits: {certified: {pension: {rate: 10%}, health: {per_person: 6_000, min_fte: 0.75}}}
roles:
  teacher: {category: teacher, benefits: certified, new_hire: BA/1}
  principal: {category: administrator, benefits: certified}
roster: staff.csv
scenarios:
  one more: {change: {teacher: +1}}
"""


def roster(folder: Path) -> Path:
    path = folder / "plan.yaml"
    path.write_text(FILE, encoding="utf-8")
    (folder / "staff.csv").write_text(ROSTER, encoding="utf-8")
    return path


def test_a_roster_gives_a_baseline_of_what_each_person_earns(tmp_path: Path) -> None:
    plan = cost_school(read_school(str(roster(tmp_path)))).baseline
    salary = {line.fund: line.amount for line in plan.lines if (line.role, line.component) == ("teacher", "salary")}
    assert salary == {"general": 48_000 + 22_000, "title_i": 70_000}
    assert {role.role: role.fte for role in plan.staff} == {"teacher": Decimal("2.5"), "principal": 1}
    assert {role.role: role.people for role in plan.staff} == {"teacher": 3, "principal": 1}


def test_the_fund_that_pays_a_person_pays_their_benefits(tmp_path: Path) -> None:
    plan = cost_school(read_school(str(roster(tmp_path)))).baseline
    by_fund = {
        component: {
            line.fund: line.amount for line in plan.lines if (line.role, line.component) == ("teacher", component)
        }
        for component in ("pension", "health")
    }
    assert by_fund["pension"] == {"general": 7_000, "title_i": 7_000}
    assert sum(by_fund["health"].values()) == 12_000  # the half-time teacher is below 0.75 FTE
    fte = {line.fund: line.fte for line in plan.lines if (line.role, line.component) == ("teacher", "salary")}
    assert fte == {"general": Decimal("1.5"), "title_i": 1}


def test_a_post_beyond_the_roster_is_a_new_hire(tmp_path: Path) -> None:
    costed = cost_school(read_school(str(roster(tmp_path))))
    more = total(plan_of(costed, "one more").lines) - total(costed.baseline.lines)
    assert more == 40_000 + 4_000 + 6_000


def test_vacancies_save_a_share_of_all_that_the_posts_cost() -> None:
    text = """
        benefits: {certified: {pension: {rate: 10%}}}
        roles: {teacher: {salary: 50_000, benefits: certified, vacancy: 3%}}
        baseline: {teacher: 20}
    """
    assert costs(text, "teacher") == {"salary": 1_000_000, "pension": 100_000, "vacancy": -33_000}


def test_those_who_leave_are_followed_by_new_hires() -> None:
    text = """
        benefits: {certified: {pension: {rate: 10%}}}
        roles: {teacher: {salary: 60_000, new_hire: 40_000, attrition: 5%, benefits: certified}}
        baseline: {teacher: 20}
    """
    # One teacher's worth of pay in twenty is 20,000 less, and so are the rates on it.
    assert costs(text, "teacher") == {"salary": 1_200_000, "attrition": -20_000, "pension": 118_000}


def test_substitutes_cover_the_days_of_absence() -> None:
    text = """
        roles: {teacher: {salary: 50_000, absence_days: 8, substitute_day_rate: 103}}
        baseline: {teacher: 2.5}
    """
    assert costs(text, "teacher")["substitutes"] == Decimal("2.5") * 8 * 103


def test_extra_days_are_paid_at_the_daily_rate_and_count_for_benefits() -> None:
    text = """
        benefits: {certified: {pension: {rate: 10%, on: [salary]}}}
        roles: {lead: {salary: 57_000, supplement: 5_000, extra_days: 10, contract_days: 190, benefits: certified}}
        baseline: {lead: 3}
    """
    # 57,000 / 190 = 300 a day.
    assert costs(text, "lead") == {"salary": 171_000, "extra days": 9_000, "supplement": 15_000, "pension": 18_000}


def test_a_daily_rate_that_has_no_end_is_not_rounded_before_it_is_used() -> None:
    text = """
        roles: {lead: {salary: 50_000, extra_days: 10, contract_days: 190}}
        baseline: {lead: 3}
    """
    assert costs(text, "lead")["extra days"] == 7_895  # 3 x 2,631.5789...; a daily rate to the cent would give 7,894.80


RELEASE = """
budget: {general: 2_000_000, leadership: 200_000}
benefits: {certified: {pension: {rate: 10%%}, health: {per_person: 6_000}}}
roles:
  teacher: {category: teacher, salary: 50_000, benefits: certified}
  leader:
    like: teacher
    category: leader
    supplement: 10_000
    release: {share: %s, cover: teacher, charged_to: leadership}
baseline: {teacher: 20}
scenarios: {leaders: {change: {teacher: -2, leader: +2}}}
"""


def test_a_leader_released_half_the_day_is_covered_by_half_a_post() -> None:
    plan = plan_of(ledger(RELEASE % "50%"), "leaders")
    assert {role.role: role.fte for role in plan.staff} == {"teacher": 19, "leader": 2}


def test_a_partly_released_leader_is_charged_in_part() -> None:
    text = RELEASE % "50%"
    assert paid(text, "supplement", "leaders") == {"leadership": 20_000}
    assert paid(text, "salary", "leaders")["leadership"] == 50_000
    leaders = [line for line in plan_of(ledger(text), "leaders").lines if line.role == "leader"]
    benefits = {
        component: {line.fund: line.amount for line in leaders if line.component == component}
        for component in ("pension", "health")
    }
    # The pension follows the pay: of 120,000, the programme carries 50,000 of salary and 20,000 of supplement.
    assert benefits["pension"] == {"general": 5_000, "leadership": 7_000}
    assert benefits["health"] == {"general": 6_000, "leadership": 6_000}


def test_a_fully_released_leader_is_charged_in_full() -> None:
    leaders = [line for line in plan_of(ledger(RELEASE % "100%"), "leaders").lines if line.role == "leader"]
    assert totals_by(leaders, "fund") == {"leadership": 100_000 + 20_000 + 12_000 + 12_000}


def test_an_unreleased_leader_is_charged_for_the_supplement_and_its_benefits() -> None:
    leaders = [line for line in plan_of(ledger(RELEASE % "0%"), "leaders").lines if line.role == "leader"]
    assert totals_by(leaders, "fund") == {"general": 100_000 + 10_000 + 12_000, "leadership": 20_000 + 2_000}


def test_residents_cost_a_programme_fee_and_a_mentor_and_save_substitutes() -> None:
    text = """
        roles:
          resident:
            stipend: 24_000
            costs: {programme fee: {per_person: 3_000}, mentor stipend: {per_person: 2_500}}
            saves: {substitute days: {per_day: 120, days: 20}, a vacancy filled: {per_person: 1_000}}
        baseline: {resident: {people: 4, fte_each: 0.8}}
    """
    assert costs(text, "resident") == {
        "stipend": 96_000,
        "programme fee": 12_000,
        "mentor stipend": 10_000,
        "substitute days": -9_600,
        "a vacancy filled": -4_000,
    }


ALIKE = """\
id,role,fte,cell,salary
P-1,teacher,1.0,MA/3,
P-2,teacher,0.5,BA/1,
P-3,teacher,1,MA/3,
P-4,teacher,1.0,MA/3,
"""


def test_people_who_are_alike_cost_what_they_cost_one_by_one(tmp_path: Path) -> None:
    told_apart = ALIKE.replace("MA/3,", ",48000")  # salaries of their own, though the same
    plans = []
    for people in (ALIKE, told_apart):
        path = roster(tmp_path)
        (tmp_path / "staff.csv").write_text(people, encoding="utf-8")
        plans.append(cost_school(read_school(str(path))))
    for alike, apart in zip(*(costed.plans for costed in plans), strict=True):
        assert [line.amount for line in alike.lines] == [line.amount for line in apart.lines]
        assert [(one.fte, one.people) for one in alike.staff] == [(one.fte, one.people) for one in apart.staff]


def test_people_who_are_alike_are_told_by_the_first_of_them_and_how_many_they_are(tmp_path: Path) -> None:
    path = roster(tmp_path)
    (tmp_path / "staff.csv").write_text(ALIKE, encoding="utf-8")
    school = read_school(str(path))
    steps = count_steps(school, school.plans[0], "teacher", school.plans[0].staff[0].counts)
    csv = tmp_path / "staff.csv"
    assert [step.text for step in steps] == [
        f"3 people at 1 FTE in the baseline; {csv}:2, the first of 3 rows; no source given",
        f"0.5 FTE in the baseline; {csv}:3; no source given",
    ]
