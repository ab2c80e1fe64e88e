"""`time`: the week of each role and of each mode of learning, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from costing.test_learning import LAB
from costing.test_time import LEADER
from schools import ledger
from staffcalc.output.formats import OF_FINDINGS, Format, rendered
from staffcalc.questions.compare.compare import compare
from staffcalc.questions.time_spent import time_spent
from staffcalc.report import NA, Bar, Cell, Count


def counts(*numbers: int) -> tuple[Cell, ...]:
    return tuple(Count(Decimal(number)) for number in numbers)


def test_the_week_of_a_leader_has_105_minutes_left_and_with_a_seventh_teacher_120_are_short() -> None:
    table = time_spent([ledger(LEADER)]).tables[0]
    heads = [column.label for column in table.columns]
    assert heads == ["", "week", "plan", "team", "coach", "class", "left", "short", ""]
    [six, seven] = [row.cells for row in table.rows if row.cells[0] == "leader"]
    assert six[1:8] == counts(2_400, 225, 0, 1_350, 720, 105, 0)
    assert seven[1:8] == counts(2_400, 225, 0, 1_575, 720, 0, 120)
    assert seven[8] == Bar(Decimal(1))


def test_of_a_role_that_is_asked_for_and_not_there_all_is_short() -> None:
    table = time_spent([ledger(LAB.replace("tutor: 2, ", ""))]).tables[0]
    [tutor] = [row.cells for row in table.rows if row.cells[0] == "tutor"]
    assert tutor[1:] == (NA, NA, NA, NA, NA, NA, *counts(4_800), None)


def test_a_comparison_has_the_same_table_and_only_a_terminal_draws_bars() -> None:
    costed = ledger(LAB)
    [week] = [table for table in compare([costed]).tables if table.title.startswith("The week by role")]
    assert week.rows == time_spent([costed]).tables[0].rows
    drawing = {format for format in set(Format) - OF_FINDINGS if "█" in rendered(compare([costed]), format)}
    assert drawing == {Format.table}


def test_csv_has_a_row_for_each_figure_of_a_role_and_of_a_mode() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(time_spent([ledger(LAB)]), Format.csv))))
    found = {(one["scenario"], one["role"], one["mode"], one["what"]): one["value"] for one in rows}
    assert len(found) == len(rows)
    assert found["small groups", "tutor", "", "short"] == "1200"
    assert found["small groups", "tutor", "small group", "asked"] == "4800"
    assert found["small groups", "", "small group", "students"] == "96"
    assert found["small groups", "", "small group", "groups"] == "16.00"
    assert found["small groups", "", "online", "adult_minutes"] == "2700"


def test_json_has_them_in_time_and_in_compare() -> None:
    costed = ledger(LAB)
    alone = json.loads(rendered(time_spent([costed], ["small groups"]), Format.json))["schools"][0]["scenarios"][1]
    beside = json.loads(rendered(compare([costed]), Format.json))["schools"][0]["scenarios"][1]["time"]
    assert {"name": "small groups", **beside} == alone
    [tutor] = [one for one in alone["roles"] if one["role"] == "tutor"]
    assert (tutor["week"], tutor["teaching"], tutor["left"], tutor["short"]) == (3_600, 4_800, 0, 1_200)


def test_a_file_without_time_has_an_empty_answer_and_a_note() -> None:
    costed = ledger("school: S\nroles: {teacher: {salary: 50_000}}\nbaseline: {teacher: 1}\n")
    report = time_spent([costed])
    assert not report.tables[0].rows
    assert any("no role says how it spends its `time`" in note for note in report.notes)
    assert not any("`time`" in note for note in time_spent([ledger(LEADER)]).notes)
    assert "time" not in json.loads(rendered(compare([costed]), Format.json))["schools"][0]["scenarios"][0]
