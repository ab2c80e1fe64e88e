"""Every kind of problem has a sample file in `errors/`, and beside it the message it gets: read them side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolfile.helpers import HERE
from staffcalc.school.reading import read_school
from staffcalc.source.problems import SchoolFileError

ERRORS = HERE / "errors"
SAMPLES = sorted(path.name for path in ERRORS.glob("*.yaml"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_kind_of_problem_gets_its_message(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ERRORS)
    with pytest.raises(SchoolFileError) as caught:
        read_school(sample)
    assert f"{caught.value}\n" == Path(sample).with_suffix(".txt").read_text(encoding="utf-8")


def test_every_message_belongs_to_a_sample() -> None:
    assert {path.stem for path in ERRORS.glob("*.txt")} == {Path(name).stem for name in SAMPLES}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_problem_has_a_place_a_message_and_a_remedy(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ERRORS)
    with pytest.raises(SchoolFileError) as caught:
        read_school(sample)
    found = caught.value.problems
    for problem in found:
        assert Path(problem.place.file).exists()
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.message
        assert problem.hint
    assert len(found) == len(set(found))
    assert [problem.place for problem in found] == sorted(problem.place for problem in found)
