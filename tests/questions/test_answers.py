"""Answers for machines: every one is what its schema says, and the schema says all that is in it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, reject, settings

from costing.agreement import read
from costing.test_oracle import of_all
from program.running import COMMANDS, LIBRARY
from schools import Plain, ledger
from staffcalc.costing.ledger import Ledger, cost_school
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.years.later_years import in_year
from staffcalc.language.school_year import first_of, later
from staffcalc.output.formats import Format, rendered
from staffcalc.questions.answers import VERSION
from staffcalc.questions.assumptions.assumptions import assumptions
from staffcalc.questions.check.check import check
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.cost import cost
from staffcalc.questions.diff.diff import diff
from staffcalc.questions.diff.walk import walk
from staffcalc.questions.explain.explain import explain
from staffcalc.questions.forecast.forecast import forecast
from staffcalc.questions.measuring import STATED
from staffcalc.questions.selection import UnknownNameError
from staffcalc.questions.shapes import ANSWERS, answer_schema
from staffcalc.questions.time_spent import time_spent
from staffcalc.report import Report
from staffcalc.school.reading import read_school
from staffcalc.school.school import School
from staffcalc.source.problems import SchoolFileError

SCHEMAS = {name: answer_schema(name) for name in ANSWERS}
VALIDATORS = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
EVERY_FEATURE = Path(__file__).with_name("every_feature.yaml")
PLAN = """
    school: Small
    year: 2026-27
    students: 40
    budget: {general: 100_000, grant: 20_000}
    funds: {grant: {ends: 2026-27, then: general}}
    benefits: {staff: {pension: {rate: 15%, source: "State system, 2026-27"}}}
    roles:
      teacher: {category: teacher, salary: 50_000, new_hire: 40_000, benefits: staff}
      tutor: {salary: 20_000, funds: {grant: 50%, general: 50%}}
    baseline: {teacher: 2, tutor: 0.5}
    other_costs: {books: {amount: 100}}
    scenarios: {fewer: {change: {teacher: -1, tutor: +1}}}
    forecast: {cola: 2%}
    checks: [{measure: fte, min: 3}]
"""


def told(report: Report) -> Any:
    """What a program reads."""
    return json.loads(rendered(report, Format.json))


def asked_of_a_year(costed: Ledger) -> Iterator[tuple[str, Report]]:
    """Every question that may be asked of a later year, in every way that changes the shape of its answer."""
    yield "compare", compare([costed])
    yield "cost", cost([costed])
    yield "assumptions", assumptions([costed])
    yield "diff", diff(costed, None, "baseline", costed.plans[-1].name)
    yield "diff --against", diff(costed, _before(costed), None, None, commit="HEAD~1")
    yield "time", time_spent([costed])
    for name in ("cost", "fte", "students_per_teacher", "allotment_left"):
        yield "explain", explain([costed], measure=name)
    for line in costed.plans[-1].lines[-1:]:
        yield "explain", explain([costed], [costed.plans[-1].name], fund=line.fund)


def _before(costed: Ledger) -> Ledger:
    """The school before its last plan was there, when another one stood in its place."""
    *others, last = costed.plans
    return costed._replace(plans=(*others, last._replace(plan=last.plan._replace(name="gone"))))


def asked(costed: Ledger) -> Iterator[tuple[str, Report]]:
    """Every question."""
    yield from asked_of_a_year(costed)
    yield "check", check([costed]).report
    if first_of(costed.school.year or "") is not None:
        yield "forecast", forecast([costed], years=3)
        for plan in costed.school.plans[:: len(costed.plans) - 1 or 1]:
            if not plan.not_stated:
                yield "diff --to-year", walk(costed, plan.name, later(costed.school.year or "", 2))


def wrong(name: str, answer: Any) -> list[str]:
    return [f"{name}: {error.json_path}: {error.message[:200]}" for error in VALIDATORS[name].iter_errors(answer)]


def unlike_their_schemas(answers: Iterable[tuple[str, Report]]) -> list[str]:
    """What is not as the schemas say in the answers about a school."""
    found: list[str] = []
    for name, report in answers:
        answer = told(report)
        assert next(iter(answer.items())) == ("staffcalc", VERSION)
        found += wrong(name, answer)
    return found


# Every answer


@pytest.mark.parametrize("path", [*LIBRARY, EVERY_FEATURE], ids=lambda path: path.stem)
def test_every_answer_about_every_file_of_the_library_is_as_its_schema_says(path: Path) -> None:
    assert unlike_their_schemas(asked(cost_school(read_school(str(path))))) == []


@pytest.mark.parametrize("price", ["average", "actual", "new_hire"])
def test_so_is_every_answer_at_one_price_and_in_a_later_year(price: Price) -> None:
    school = read_school(str(EVERY_FEATURE))
    assert unlike_their_schemas(asked(cost_school(school, price))) == []
    assert unlike_their_schemas(asked_of_a_year(cost_school(in_year(school, 2, price=price), price))) == []


@settings(max_examples=8)
@given(of_all)
def test_so_is_every_answer_about_a_random_file(files: list[Plain]) -> None:
    assert unlike_their_schemas(asked(cost_school(_read(files)))) == []


def _read(files: list[Plain]) -> School:
    try:
        return read(files)
    except SchoolFileError:
        reject()


def test_so_is_an_answer_about_several_schools_and_about_next_to_nothing() -> None:
    bare, small = ledger("roles: {tutor: {stipend: 0}}\nbaseline: {tutor: 0}", "bare.yaml"), ledger(PLAN)
    assert unlike_their_schemas(asked(bare)) == []
    for name, ask in {
        "compare": compare,
        "cost": cost,
        "explain": explain,
        "assumptions": assumptions,
        "time": time_spent,
    }.items():
        assert wrong(name, told(ask([bare, small]))) == []
    assert wrong("check", told(check([bare, small], strict=True).report)) == []
    assert wrong("diff", told(diff(small, bare))) == []


# The schemas


def test_every_command_that_answers_about_files_has_a_schema() -> None:
    assert list(ANSWERS) == sorted(ANSWERS, key=lambda name: list(COMMANDS).index(name.split()[0]))
    assert {name.split()[0] for name in ANSWERS} == {
        name for name, command in COMMANDS.items() if "format" in {one.name for one in command.params}
    }


def _blocks(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from _blocks(part)


OF_SOME_FILES = {
    "derived",
    "problems",
    "rests_on",
    "once",
    "exchange",
    "cost_groups",
    "time",
    "budgets",
    "team_measures",
}
OF_SOME_FILES |= {"difference", *STATED}
"""What is told only where a file says something of it."""


@pytest.mark.parametrize("name", ANSWERS)
def test_a_schema_describes_every_key_and_admits_no_other(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    for block in _blocks(SCHEMAS[name]):
        if "propertyNames" in block:
            assert block["propertyNames"]["enum"]
            continue
        assert block["additionalProperties"] is False
        assert block["required"] == [key for key in block["properties"] if key not in OF_SOME_FILES]
        for key, one in block["properties"].items():
            assert one["description"].rstrip(".").strip(), key
            assert one["description"].endswith("."), key


def test_a_number_says_what_it_is_counted_in() -> None:
    definitions = SCHEMAS["compare"]["$defs"]
    scenario = definitions["Scenario"]["properties"]
    assert scenario["cost"]["anyOf"] == [{"$ref": "#/$defs/dollars"}, {"type": "null"}]
    assert scenario["fte"]["anyOf"] == [{"$ref": "#/$defs/fte"}, {"type": "null"}]
    assert scenario["people"]["anyOf"] == [{"$ref": "#/$defs/count"}, {"type": "null"}]
    assert scenario["students_per_teacher"]["anyOf"] == [{"$ref": "#/$defs/ratio"}, {"type": "null"}]
    assert definitions["dollars"] == {"type": "number", "description": "US dollars."}


def test_an_unknown_answer_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="no answer `forcast`: did you mean `forecast`"):
        answer_schema("forcast")


# What a schema is for: another answer is wrong


def _holders(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The objects of an answer, with the keys that lead there."""
    if isinstance(node, dict):
        yield path, node
        for key, child in node.items():
            yield from _holders(child, (*path, key))
    elif isinstance(node, list):
        for child in node:
            yield from _holders(child, path)


FREE = {"prices", "causes"}  # which have some of the names that they may have
ASKED = [*asked(ledger(PLAN)), ("explain", explain([ledger(PLAN)], role="teacher"))]


@pytest.mark.parametrize(("name", "report"), ASKED, ids=[f"{name} {at}" for at, (name, _) in enumerate(ASKED)])
def test_a_key_that_is_missing_unknown_or_of_another_kind_is_wrong(name: str, report: Report) -> None:
    answer = told(report)
    for path, block in dict(_holders(answer)).items():
        for key, value in list(block.items()):
            kept = copy.copy(block)
            del block[key]
            assert wrong(name, answer) or key in OF_SOME_FILES or path[-1] in FREE, f"without {path} {key}"
            block[key] = {"of another": "kind"}
            assert wrong(name, answer), f"another {path} {key}"
            if isinstance(value, int | float):
                block[key] = str(value)
                assert wrong(name, answer), f"text for {path} {key}"
            block.update(kept)
        block["colour"] = "blue"
        assert wrong(name, answer), f"a new key in {path}"
        del block["colour"]
    assert wrong(name, answer) == []
