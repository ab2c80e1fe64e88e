"""`explain`: a reader with a pocket calculator, who has nothing but the words, arrives at the ledger's dollar."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from typer.testing import CliRunner

from schools import Plain, ledger, school_files, written
from staffcalc.cli import app
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.measures.measures import measure
from staffcalc.output.explanation import step_in_line
from staffcalc.output.formats import OF_FINDINGS, Format, rendered
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.measuring import MEASURES
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import NA, Count, ExplainedStep, Fte, Money, Percent, Ratio
from staffcalc.school.reading import read_school

LIBRARY = Path(__file__).parents[2] / "scenarios"
MIDDLE_SCHOOL = Path(__file__).parent / "middle_school.yaml"
FILES = sorted(path for path in LIBRARY.rglob("*.yaml") if not {"districts", "rules"} & set(path.parts))
ANSWERS = [format for format in Format if format not in OF_FINDINGS]

PLAN = """\
school: Explained School
year: 2017-18
students: {value: 1_100, source: "State count 2017"}
budget: {general: 4_020_000, title_i: 310_000}
benefits:
  certified:
    pension: {rate: 15.32%, on: [salary, supplement], source: "Pension system 2015-16", note: of all pay}
    social security: {rate: 6.2%, up_to: 118_500}
    health: {per_person: 5_471, min_fte: 0.75, assumed: true}
    federal pension: {rate: 20%, funds: [title_i]}
roles:
  teacher: {category: teacher, salary: 52_795, benefits: certified}
  leader: {like: teacher, category: leader, salary: 110_000, supplement: 13_000}
  associate: {category: support, hourly: 15.50, hours_per_week: 40, weeks: 38, funds: {general: 60%, title_i: 40%}}
  coach: {like: teacher, category: specialist, funds: {general: 50%, title_i: 50%}}
  resident: {category: trainee, stipend: 24_000, benefits: certified}
baseline:
  teacher: 62
  associate: {people: 3, fte_each: 0.5}
other_costs: {software: {per_student: 38.25, funds: {general: 100%}}}
scenarios:
  teams:
    change: {teacher: -6, leader: +2.5, coach: +1, resident: +2}
  later:
    like: teams
    change: {teacher: -1.5}
"""


def explained(*, scenario: str = "teams", text: str = PLAN, **narrowed: str) -> list[str]:
    """The explanation of one scenario as indented text, without its title."""
    return rendered(explain([ledger(text)], [scenario], **narrowed), Format.text).split("\n")[1:-1]


def line(role: str, component: str, fund: str = "general", **more: str) -> list[str]:
    """The steps of one line, without the line itself and without their indentation by it."""
    return [text[4:] for text in explained(role=role, component=component, fund=fund, **more)[1:]]


# One line, in words


def test_a_line_ends_in_the_ledgers_dollar_and_every_step_has_its_figure() -> None:
    assert explained(role="teacher", component="pension", scenario="teams") == [
        "  teacher: pension, paid by general = $452,939",
        "    teacher: 56 FTE",
        "      62 FTE in the baseline; school.yaml:18; no source given",
        "      −6 FTE by teams; school.yaml:23; no source given",
        "    salary: $52,795; school.yaml:12; no source given",
        "    pension rate: 15.32%; school.yaml:7; source: Pension system 2015-16; note: of all pay",
        "    56 FTE × $52,795 = $2,956,520",
        "    $2,956,520 × 15.32% = $452,938.864",
        "    rounded once to the dollar, half away from zero = $452,939",
    ]


def test_how_many_stay_of_all_is_told_once_and_what_they_are_paid_cell_by_cell() -> None:
    text = """
        schedules: {teachers: {lanes: [BA], steps: {1: [40_000], 2: [43_000]}}}
        roles: {teacher: {category: teacher, new_hire: BA/1}}
        baseline: {teacher: {BA/1: 2, BA/2: 3, vacant: 1}}
        scenarios: {two fewer: {change: {teacher: -2}}}
    """
    told = explained(text=text, scenario="two fewer", role="teacher", component="salary")
    assert told.count("      1 FTE ÷ 5 FTE = 0.2") == 1
    second = told.index("    3 FTE × (100% − 1 FTE ÷ 5 FTE) × $43,000 = $103,200")
    assert told[second + 1 : second + 3] == ["      3 FTE × 80% = 2.4 FTE", "      2.4 FTE × $43,000 = $103,200"]


def test_capped_pay_is_told_group_by_group() -> None:
    assert line("leader", "social security")[-13:] == [
        "2.5 FTE: 2 people at 1 FTE and 1 person at 0.5 FTE",
        "2 people at 1 FTE = $237,000",
        "  $110,000 + $13,000 = $123,000",
        "  each person's pay counts up to $118,500, and $123,000 is above it = $118,500",
        "  2 people × $118,500 = $237,000",
        "1 person at 0.5 FTE = $61,500",
        "  $110,000 + $13,000 = $123,000",
        "  0.5 FTE × $123,000 = $61,500",
        "  each person's pay counts up to $118,500, and $61,500 is not above it = $61,500",
        "  1 person × $61,500 = $61,500",
        "$237,000 + $61,500 = $298,500",
        "$298,500 × 6.2% = $18,507",
        "needs no rounding to the dollar = $18,507",
    ]


def test_a_threshold_tells_who_counts_and_who_is_left_out() -> None:
    assert line("leader", "health")[-5:] == [
        "2.5 FTE: 2 people at 1 FTE and 1 person at 0.5 FTE",
        "2 people at 1 FTE: at or above 0.75 FTE, so counted = 2",
        "1 person at 0.5 FTE: below 0.75 FTE, so left out = 0",
        "2 people × $5,471 = $10,942",
        "needs no rounding to the dollar = $10,942",
    ]


def test_a_threshold_that_nobody_reaches_leaves_nothing() -> None:
    text = PLAN.replace("leader: +2.5", "leader: +0.5")
    assert line("leader", "health", text=text)[-3:] == [
        "1 person at 0.5 FTE: below 0.75 FTE, so left out = 0",
        "nobody counts = 0",
        "needs no rounding to the dollar = $0",
    ]


def test_the_shares_of_funds_add_up_to_the_line() -> None:
    text = PLAN.replace("salary: 52_795", "salary: 52_795.00")
    general, title_i = line("coach", "salary", "general", text=text), line("coach", "salary", "title_i", text=text)
    assert general[-1] == "$52,795 × 50%, rounded to the dollar = $26,398"
    assert title_i[-3:] == [
        "with this fund's 50%: $52,795 × 100%, rounded to the dollar = $52,795",
        "paid by general: $52,795 × 50%, rounded to the dollar = $26,398",
        "$52,795 − $26,398, so that the shares add up to the line = $26,397",
    ]


def test_a_component_limited_to_funds_counts_their_share_of_the_pay() -> None:
    assert line("coach", "federal pension", "title_i")[-3:] == [
        "$52,795 × 20% = $10,559",
        "$10,559 × 50% = $5,279.50",
        "rounded once to the dollar, half away from zero = $5,280",
    ]


def test_hours_become_dollars_and_people_become_fte() -> None:
    assert line("associate", "hourly")[-6:] == [
        "3 people × 0.5 FTE = 1.5 FTE",
        "40 hours a week × 38 weeks = 1,520",
        "1,520 hours × $15.50 an hour = $23,560",
        "1.5 FTE × $23,560 = $35,340",
        "needs no rounding to the dollar = $35,340",
        "$35,340 × 60%, rounded to the dollar = $21,204",
    ]


def test_a_stipend_is_for_people_and_a_cost_of_students_for_students() -> None:
    assert line("resident", "stipend")[-2:] == [
        "2 people × $24,000 = $48,000",
        "needs no rounding to the dollar = $48,000",
    ]
    assert explained(component="software") == [
        "  software, paid by general = $42,075",
        "    students: 1,100 students; school.yaml:3; source: State count 2017",
        "    software per student: $38.25; school.yaml:20; no source given",
        "    1,100 students × $38.25 = $42,075",
        "    needs no rounding to the dollar = $42,075",
    ]


def test_each_change_is_told_with_the_scenario_that_makes_it() -> None:
    assert line("teacher", "salary", scenario="later")[:4] == [
        "teacher: 54.5 FTE",
        "  62 FTE in the baseline; school.yaml:18; no source given",
        "  −6 FTE by teams; school.yaml:23; no source given",
        "  −1.5 FTE by later; school.yaml:26; no source given",
    ]


def test_several_lines_are_added_up() -> None:
    steps = explain([ledger(PLAN)], ["teams"], role="associate").explanation[0].steps
    assert step_in_line(steps[-1]) == "2 lines added up = $35,340"


def test_where_there_is_no_line_the_reason_is_told() -> None:
    assert explained(role="leader", scenario="baseline") == [
        "  no cost line of role leader: nobody holds this post here"
    ]
    assert explained(role="teacher", component="hourly") == ["  no cost line of role teacher, component hourly"]


# Measures


def test_a_measure_is_taken_apart_down_to_its_inputs() -> None:
    assert explained(measure="students_per_teacher") == [
        "  students per teacher = 18.80",
        "    1,100 students; school.yaml:3; source: State count 2017",
        "    leaders and teachers = 58.5 FTE",
        "      teacher = 56 FTE",
        "        62 FTE in the baseline; school.yaml:18; no source given",
        "        −6 FTE by teams; school.yaml:23; no source given",
        "      leader = 2.5 FTE",
        "        2.5 FTE by teams; school.yaml:23; no source given",
        "        3 people of 2.5 FTE together",
        "    1,100 students ÷ 58.5 FTE, rounded to two decimals = 18.80",
    ]


def test_the_cost_is_told_line_by_line() -> None:
    shown = explained(scenario="baseline")
    assert shown[:4] == [
        "  cost = $4,394,319",
        "    teacher = $4,316,904",
        "      salary, general: 62 FTE × $52,795 = $3,273,290",
        "        from school.yaml:12,18",
    ]
    assert "      pension, general: 62 FTE × $52,795 × 15.32% = $501,468.028, rounded = $501,468" in shown
    assert shown[-1] == "    added up = $4,394,319"


@pytest.mark.parametrize(
    ("measure", "text", "why"),
    [
        ("students_per_teacher", PLAN.replace("category: teacher", "category: support"), "there are no leaders"),
        ("cost_per_student", PLAN.replace("students:", "note:").split("other_costs")[0], "students is missing"),
        ("allotment_left", PLAN, "the file has no allotment"),
    ],
)
def test_what_is_not_available_is_explained(measure: str, text: str, why: str) -> None:
    text = text.replace("note: {value", "note: 1 #")
    last = explained(scenario="baseline", text=text, measure=measure)[-1]
    assert why in last
    assert last.endswith("= n/a")


def test_a_measure_can_be_narrowed_where_it_makes_sense() -> None:
    assert explained(measure="left", fund="title_i", scenario="baseline")[-1].endswith("= $295,864")
    with pytest.raises(UnknownNameError, match="cannot be narrowed by role: it is of a plan as a whole"):
        explained(measure="students_per_teacher", role="teacher")


def test_a_fund_is_asked_for_by_its_key_or_its_name_and_told_by_its_name() -> None:
    named = PLAN.replace("roles:", "funds: {title_i: {name: Title I, ends: 2030-31}}\nroles:", 1)
    by_key = explained(role="associate", component="hourly", fund="title_i", text=named)
    assert explained(role="associate", component="hourly", fund="Title I", text=named) == by_key
    assert by_key[0].startswith("  associate: hourly, paid by Title I = ")
    assert any(text.strip().startswith("Title I share: 40%") for text in by_key)
    assert explained(role="leader", fund="Title I", text=named) == ["  no cost line of role leader, fund Title I"]
    for name, told in (("fte", "the share paid by Title I"), ("left_recurring", ""), ("budget", "Title I; ")):
        found = explained(measure=name, text=named, **({"fund": "Title I"} if name != "left_recurring" else {}))
        assert any(told in text for text in found)
        assert not any("title_i" in text for text in found)


@pytest.mark.parametrize(
    ("narrowed", "hint"),
    [
        ({"role": "techer"}, "no role `techer`: did you mean `teacher`"),
        ({"component": "pensions"}, "no component `pensions`: did you mean `pension`"),
        ({"fund": "title_1"}, "no fund `title_1`: did you mean `title_i`"),
        ({"measure": "costs"}, "no measure `costs`: did you mean `cost`"),
        ({"scenario": "team"}, "no scenario `team`: did you mean `teams`"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(narrowed: dict[str, str], hint: str) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(hint)):
        explained(**narrowed)


# For programs


def test_csv_has_a_row_for_each_input() -> None:
    report = explain([ledger(PLAN)], ["teams"], role="leader", component="pension")
    assert rendered(report, Format.csv) == (
        "school,scenario,role,fund,component,input,value,unit,file,line,source,status\n"
        "Explained School,teams,leader,general,pension,FTE,2.5,FTE,school.yaml,23,,unmarked\n"
        "Explained School,teams,leader,general,pension,salary,110000,dollars,school.yaml,13,,unmarked\n"
        "Explained School,teams,leader,general,pension,supplement,13000,dollars,school.yaml,13,,unmarked\n"
        "Explained School,teams,leader,general,pension,pension rate,0.1532,rate,school.yaml,7,"
        "Pension system 2015-16,published\n"
    )


def test_json_holds_the_line_its_inputs_and_its_steps() -> None:
    report = explain([ledger(PLAN)], ["teams"], role="leader", component="health")
    answer = json.loads(rendered(report, Format.json))
    (scenario,) = answer["schools"][0]["scenarios"]
    (found,) = scenario["lines"]
    assert (found["role"], found["amount"], found["steps"][-1]["value"]) == ("leader", 10942, 10942)
    assert {one["input"]: one["status"] for one in found["inputs"]} == {
        "FTE": "unmarked",
        "least FTE": "assumed",
        "health per person": "assumed",
    }


# The pocket calculator

UNIT = r"(?: (?:FTE|people|person|of a person|students|hours a week|hours|weeks|an hour|days|months))?"
NUMBER = r"(?:(?:[\d,]+ )?\d+/\d+|−?\$?[\d,]+(?:\.\d+)?%?)"
OPERAND = rf"({NUMBER}){UNIT}"


def read(number: str) -> Fraction:
    """A figure as a person reads it."""
    parts = re.sub("[$,%]", "", number).replace("−", "-").split()
    plain = sum(map(Fraction, parts), Fraction(0))
    return plain / 100 if number.endswith("%") else plain


def operands(text: str, sign: str) -> list[Fraction] | None:
    parts = text.split(f" {sign} ")
    found = [re.fullmatch(OPERAND, part) for part in parts]
    return [read(match[1]) for match in found if match] if len(parts) > 1 and all(found) else None


def rounded(exact: Fraction, unit: str) -> Fraction:
    """Half away from zero, to the dollar or the cent."""
    scale = 1 if unit == "dollar" else 100
    size = int(abs(exact) * scale + Fraction(1, 2))
    return Fraction(size if exact >= 0 else -size, scale)


def by_hand(text: str, before: Fraction | None) -> Fraction | None:
    """What a step comes to by its words alone; None where the words say nothing that can be computed."""
    if (factors := operands(text, "×")) is not None:
        product = Fraction(1)
        for factor in factors:
            product *= factor
        return product
    if (terms := operands(text, "+")) is not None:
        return sum(terms, Fraction(0))
    if (divided := operands(text, "÷")) is not None:
        return divided[0] / divided[1]
    if re.fullmatch(rf"{OPERAND}(?: [+−] {OPERAND})+", text):
        signed = re.findall(rf"(?:^|([+−]) )({NUMBER})", text)
        return sum((-read(number) if sign == "−" else read(number) for sign, number in signed), Fraction(0))
    if match := re.fullmatch(rf"({NUMBER}) of {OPERAND} \+ ({NUMBER}) of {OPERAND}", text):
        return read(match[1]) * read(match[2]) + read(match[3]) * read(match[4])
    if match := re.fullmatch(rf"team of {NUMBER}: ({NUMBER})", text):
        return read(match[1])
    if match := re.fullmatch(rf"{OPERAND} taken away", text):
        return -read(match[1])
    if match := re.fullmatch(rf"{OPERAND}, rounded (to the nearest|up to the next) ({NUMBER}) FTE", text):
        steps = read(match[1]) / read(match[3])
        return (-(-steps // 1) if match[2].startswith("up") else (steps + Fraction(1, 2)) // 1) * read(match[3])
    if match := re.fullmatch(rf"({NUMBER}) − ({NUMBER}), so that the shares add up to the line", text):
        return read(match[1]) - read(match[2])
    share = rf"(?:.*: )?({NUMBER}) × \(?({NUMBER})(?: ÷ ({NUMBER})\))?, rounded to the (dollar|cent)"
    if match := re.fullmatch(share, text):
        return rounded(read(match[1]) * read(match[2]) / (read(match[3]) if match[3] else 1), match[4])
    if match := re.fullmatch(rf"(?:({NUMBER}), )?rounded once to the (dollar|cent), half away from zero", text):
        exact = read(match[1]) if match[1] else before
        assert exact is not None
        return rounded(exact, match[2])
    if match := re.fullmatch(rf"({NUMBER}), needs no rounding to the (?:dollar|cent)", text):
        return read(match[1])
    if match := re.fullmatch(rf"each person's pay counts up to ({NUMBER}), and ({NUMBER}) is (not )?above it", text):
        cap, pay = read(match[1]), read(match[2])
        assert (pay > cap) == (match[3] is None)
        return min(cap, pay)
    group = rf"{OPERAND} at ({NUMBER}) FTE: (at or above|below) ({NUMBER}) FTE, so (counted|left out)"
    if match := re.fullmatch(group, text):
        reached = read(match[2]) >= read(match[4])
        assert (match[3], match[5]) == (("at or above", "counted") if reached else ("below", "left out"))
        return read(match[1]) if reached else Fraction(0)
    return None


def figure(step: ExplainedStep) -> Fraction | None:
    match step.cell:
        case Money(amount=number) | Fte(value=number) | Count(value=number) | Ratio(value=number) | Percent(number):
            return Fraction(number)
        case _:
            return None


def recompute(steps: tuple[ExplainedStep, ...]) -> Fraction | None:
    """Every step with a figure, by hand; what the last one came to."""
    last: Fraction | None = None
    for step in steps:
        shown = figure(step)
        inner = recompute(step.steps)
        if shown is None:
            continue
        expected = by_hand(step.text, last)
        if expected is None and step.steps:
            expected = inner
        elif expected is None and step.text == "nobody counts":
            expected = Fraction(0)
        elif expected is None and step.text.startswith("needs no rounding"):
            expected = last
        # A quotient without an end is shown to eight decimals, and what is made of it is as exact as these.
        assert expected is not None, step_in_line(step)
        assert abs(shown - expected) <= (Fraction(1, 10**4) if "÷" in _whole(steps) else 0), step_in_line(step)
        last = shown
    return last


def _whole(steps: tuple[ExplainedStep, ...]) -> str:
    return " ".join(f"{step.text} {_whole(step.steps)}" for step in steps)


@given(school_files())
def test_every_step_of_every_line_can_be_done_by_hand_and_ends_in_the_ledgers_amount(file: Plain) -> None:
    costed = ledger(written(file))
    for fund in {line.fund for plan in costed.plans for line in plan.lines}:
        for plan, root in zip(costed.plans, explain([costed], fund=fund).explanation, strict=True):
            lines = [line for line in plan.lines if line.fund == fund]
            for line, step in zip(lines, root.steps[: len(lines)], strict=True):
                assert step.cell == Money(line.amount)
                assert recompute(step.steps) == Fraction(line.amount)


@given(school_files())
def test_every_measure_ends_in_its_own_figure(file: Plain) -> None:
    costed = ledger(written(file))
    for name in MEASURES:
        for plan, root in zip(costed.plans, explain([costed], measure=name).explanation, strict=True):
            (top,) = root.steps
            found = measure(name, plan, costed.baseline)
            assert top.steps[-1].cell == top.cell
            assert (NA if found is None else Fraction(found)) == (NA if top.cell is NA else figure(top))
            for step in _all(top):
                if step.text == "added up":
                    assert figure(step) is not None


@given(school_files())
def test_what_is_added_up_adds_up(file: Plain) -> None:
    for name in ("cost", "budget", "fte", "people", "left"):
        for root in explain([ledger(written(file))], measure=name).explanation:
            for step in _all(root):
                if step.steps and step.steps[-1].text == "added up":
                    shown = [figure(one) or 0 for one in step.steps]
                    assert sum(shown[:-1]) == shown[-1], step_in_line(step)


@given(school_files())
def test_every_line_of_the_cost_can_be_typed_in_as_it_stands(file: Plain) -> None:
    for root in explain([ledger(written(file))]).explanation:
        for step in _all(root):
            if step.steps and step.steps[0].text.startswith("from ") and " of " not in step.text.split(": ", 1)[1]:
                words, _, cut = step.text.split(": ", 1)[1].removesuffix(", rounded").partition(" = ")
                typed = _typed(words)
                assert typed == (read(cut) if cut else figure(step)), step_in_line(step)


def _typed(words: str) -> Any:
    """A calculation in words as a pocket calculator with brackets takes it."""
    words = re.sub(rf"\(1 from {OPERAND} up, 0 at {NUMBER}\)", "0", words).replace(" (the cap)", "")
    words = re.sub(NUMBER, lambda match: f"Fraction('{read(match[0])}')", words)
    words = re.sub(r" (?:FTE|people|person|students|hours a week|weeks|an hour)(?![^ )])", "", words)
    return eval(words.replace("×", "*"), {"Fraction": Fraction})


def _all(step: ExplainedStep) -> Iterator[ExplainedStep]:
    yield step
    for one in step.steps:
        yield from _all(one)


# The library, in every format


@pytest.fixture(scope="module")
def library() -> list[Ledger]:
    return [cost_school(read_school(str(path))) for path in FILES]


def test_every_line_of_the_library_can_be_done_by_hand(library: list[Ledger]) -> None:
    for costed in library:
        for fund in {line.fund for plan in costed.plans for line in plan.lines}:
            for plan, root in zip(costed.plans, explain([costed], fund=fund).explanation, strict=True):
                lines = [line for line in plan.lines if line.fund == fund]
                for line, step in zip(lines, root.steps[: len(lines)], strict=True):
                    assert recompute(step.steps) == Fraction(line.amount)


@pytest.mark.parametrize("format", ANSWERS)
def test_every_file_is_explained_in_every_format(library: list[Ledger], format: Format) -> None:
    for costed in library:
        for name in (None, "left", "students_per_teacher", "allotment_used"):
            answer = rendered(explain([costed], measure=name), format)
            assert answer.endswith("\n")
            if format is Format.csv:
                rows = list(csv.DictReader(io.StringIO(answer)))
                counted = [plan.plan.allotment if name == "allotment_used" else plan.lines for plan in costed.plans]
                assert bool(rows) == any(counted) or name == "students_per_teacher"
                assert [row for row in rows if not (row["file"] and row["line"])] == []


def test_from_the_command_line() -> None:
    words = ["explain", str(MIDDLE_SCHOOL), "-s", "residents", "--role", "principal", "--component", "salary"]
    good = CliRunner().invoke(app, words)
    assert (good.exit_code, good.output.count("principal: salary, paid by general = $96,000")) == (0, 1)
    assert (
        Decimal(96000)
        == json.loads(CliRunner().invoke(app, [*words, "-f", "json"]).stdout, parse_int=Decimal)["schools"][0][
            "scenarios"
        ][0]["amount"]
    )


def test_posts_taken_away_are_said_with_one_minus_sign() -> None:
    text = """
        school: M
        roles: {teacher: {category: teacher, salary: 50_000, new_hire: 40_000}}
        baseline: {teacher: 4}
        scenarios: {less: {change: {teacher: -3}}}
    """
    shown = "\n".join(explained(scenario="less", text=text))
    assert "−-" not in shown
    assert "--" not in shown


def test_a_share_that_comes_out_whole_needs_no_rounding() -> None:
    shown = explained(scenario="teams")
    assert "      salary, general: 50% of $52,795 (1 FTE × $52,795), rounded = $26,398" in shown
    hours = "3 people × 0.5 FTE × 40 hours a week × 38 weeks × $15.50 an hour"
    assert f"      hourly, general: 60% of $35,340 ({hours}) = $21,204" in shown


def test_posts_by_a_ratio_and_those_of_a_change_are_counted_together() -> None:
    text = """
        school: R
        students: 110
        roles: {teacher: {category: teacher, salary: 50_000}}
        baseline: {teacher: {per_students: 20}}
        scenarios: {more: {change: {teacher: +1.5}}}
    """
    assert "      salary, general: 7 FTE × $50,000 = $350,000" in explained(scenario="more", text=text)
