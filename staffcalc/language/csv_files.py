"""CSV files beside a school file → the same tree that an inline block would be, with its places in the CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from staffcalc.source.problems import Place, Problem, SchoolFileError, nearest
from staffcalc.source.tree import Block, Items, Text, control

MOST_ROWS = 10_000
MOST_FIELDS = 200_000
LONGEST_FIELD = 200
_ROSTER = (
    "id",
    "role",
    "fte",
    "lane",
    "step",
    "cell",
    "salary",
    "pay",
    "with",
    "fund",
    "funds",
    "share",
    "vacant",
    "leaving",
)
_NEEDED = ("id", "role", "fte")

Row = list[Text]


def schedule(text: str, file: str, credit: Text) -> tuple[Items, Block]:
    """The lanes and the steps of a salary schedule: a header `step,LANE,LANE,…`, then one row a step.

    Raises SchoolFileError for what is no such table. `credit` is the text in the school file that names the CSV file:
    the figures have its source.
    """
    header, *rows = _rows(text, file, credit)
    if header[0].lower() != "step":
        _stop(
            header[0].place, f"the first column is `{header[0]}`, not `step`", "begin the header with: step,LANE,LANE"
        )
    lanes = Items(header[1:])
    lanes.place = header[0].place
    steps = Block()
    steps.place = header[0].place
    for row in rows:
        if row[0] in steps:
            first = steps.key(row[0])
            assert first is not None
            _stop(row[0].place, f"step {row[0]} stands here already", f"the first is in line {first.place.line}")
        cells = Items(row[1:])
        cells.place = row[0].place
        steps[row[0]] = cells
    return lanes, steps


def roster(text: str, file: str, credit: Text) -> Items:
    """The rows of a roster, one block a person; blank fields are left out. Columns are named in small letters or large.

    Raises SchoolFileError for unknown, repeated and missing columns.
    """
    names, *rows = _rows(text, file, credit)
    header = [Text.at(name.lower(), name.place) for name in names]
    if unknown := [_unknown(name) for name in header if name not in _ROSTER]:
        raise SchoolFileError(unknown)
    for at, name in enumerate(header):
        if name in header[:at]:
            _stop(name.place, f"a second column `{name}`", "keep one")
    for needed in _NEEDED:
        if needed not in header:
            _stop(
                header[0].place, f"no column `{needed}`", f"a roster needs {', '.join(_NEEDED)}, and cells or salaries"
            )
    people = Items()
    people.place = header[0].place
    for row in rows:
        person = Block((key, field) for key, field in zip(header, row, strict=True) if field)
        person.place = row[0].place
        people.append(person)
    return people


def _unknown(name: Text) -> Problem:
    if not name:
        return Problem(name.place, "a column without a name", "name it, or take it out of the file")
    return Problem(name.place, f"unknown column `{name}`", nearest(name, _ROSTER, "columns"))


def _rows(text: str, file: str, credit: Text) -> list[Row]:
    """The header and the rows below it, all of the same length; blank lines are left out."""
    import csv

    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows: list[Row] = []
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            _stop(Place(file, line), f"not readable CSV: {error}", "check the quotes in this line")
        if fields is None:
            break
        row = list(_fields(fields, file, line, credit))
        if not any(row):
            continue
        if rows and len(row) != len(rows[0]):
            what = f"{len(row)} fields, and the header has {len(rows[0])}"
            _stop(row[0].place, what, "give each row as many fields as the header; quote text that contains a comma")
        rows.append(row)
        _check_size(rows)
    if len(rows) < 2:
        _stop(Place(file), "no rows" if rows else "the file is empty", "write a header and a row below it")
    return rows


def _check_size(rows: list[Row]) -> None:
    """Whether the rows so far, the header among them, are as many as staff or a schedule may have."""
    last = rows[-1]
    if len(rows) > 1 + MOST_ROWS:
        _stop(last[0].place, f"more than {MOST_ROWS:,} rows", "a school's staff are far fewer")
    if len(rows) * len(last) > MOST_FIELDS:
        _stop(last[0].place, f"more than {MOST_FIELDS:,} fields", "leave out the columns that are not needed")


def _fields(fields: list[str], file: str, line: int, credit: Text) -> Iterator[Text]:
    column, phrase = 1, credit.origin
    for field in fields:
        text = Text.at(field.strip(), Place(file, line, column), phrase)
        if (len(text) > LONGEST_FIELD or not text.isprintable()) and (what := _not_plain(text)) is not None:
            _stop(text.place, what, "write one short line of plain text")
        yield text
        column += len(field) + (3 if "," in field or '"' in field or "\n" in field else 1)


def _not_plain(text: Text) -> str | None:
    if len(text) > LONGEST_FIELD:
        return f"a field of {len(text):,} characters"
    if "\n" in text or "\t" in text:
        return "a field of several lines or columns"
    found = control(text)
    return None if found is None else f"a control character (U+{ord(found):04X})"


def _stop(place: Place, message: str, hint: str) -> NoReturn:
    raise SchoolFileError([Problem(place, message, hint)])
