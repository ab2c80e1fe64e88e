"""Which files are read: what `extends` brings in, what it may not reach, and files that mean harm."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from schoolfile.helpers import pay, plan, post, staff
from staffcalc.language.files import Files
from staffcalc.school.reading import read_school
from staffcalc.school.school import School
from staffcalc.source.problems import SchoolFileError

Write = Callable[..., Path]

PLAN = "roles: {teacher: {salary: 50_000}}\nbaseline: {teacher: 10}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into a folder of its own: write("districts/our.yaml", "roles: …")."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return written


def refused(path: Path, root: Path | None = None) -> str:
    with pytest.raises(SchoolFileError) as caught:
        read_school(str(path), Files(root))
    return str(caught.value)


# extends


def test_a_file_starts_from_the_one_it_extends(write: Write) -> None:
    write("district.yaml", "year: 2025-26\nroles: {teacher: {category: teacher, salary: 50_000}, aide: {salary: 1}}")
    path = write(
        "plan.yaml", "extends: district.yaml\nroles: {teacher: {salary: 52_000}}\nbaseline: {teacher: 10, aide: 1}"
    )
    read = read_school(str(path))
    assert read.year == "2025-26"
    assert (post(read, "teacher").category, str(pay(read, "teacher").value)) == ("teacher", "52000")
    assert staff(read) == {"teacher": 10, "aide": 1}


def test_a_figure_knows_the_file_it_came_from(write: Write) -> None:
    district = write("district.yaml", "source: District\nroles:\n  teacher: {salary: 50_000}\n")
    path = write(
        "plan.yaml",
        """
        extends: district.yaml
        source: School
        roles: {lead: {like: teacher, supplement: 5_000}}
        baseline: {lead: 1}
        """,
    )
    read = read_school(str(path))
    salary, supplement = pay(read, "lead"), pay(read, "lead", "supplement")
    assert (salary.place.file, salary.place.line, salary.source) == (str(district), 3, "District")
    assert (supplement.place.file, supplement.place.line, supplement.source) == (str(path), 4, "School")


def test_of_several_files_the_later_wins_and_the_file_itself_wins_over_all(write: Write) -> None:
    write(
        "state.yaml",
        "year: state\nrounding: cent\nroles: {teacher: {salary: 1}, aide: {salary: 1}, clerk: {salary: 1}}",
    )
    write("district.yaml", "year: district\nroles: {teacher: {salary: 2}, aide: {salary: 2}}")
    path = write(
        "plan.yaml",
        """
        extends: [state.yaml, district.yaml]
        roles: {teacher: {salary: 3}}
        baseline: {teacher: 1, aide: 1, clerk: 1}
        """,
    )
    read = read_school(str(path))
    assert [int(pay(read, role).value) for role in ("teacher", "aide", "clerk")] == [3, 2, 1]
    assert read.year == "district"


def test_a_base_may_extend_another_from_its_own_folder(write: Write) -> None:
    write("districts/states/state.yaml", "roles: {teacher: {salary: 1}}")
    write("districts/district.yaml", "extends: states/state.yaml\nyear: 2025-26")
    path = write("plan.yaml", "extends: districts/district.yaml\nbaseline: {teacher: 1}")
    assert pay(read_school(str(path)), "teacher").value == 1


def test_two_files_may_extend_the_same_one(write: Write) -> None:
    write("state.yaml", "roles: {teacher: {salary: 1}}\nchecks: [{measure: fte, min: 1}]")
    write("one.yaml", "extends: state.yaml\nyear: 2025-26")
    write("two.yaml", "extends: state.yaml\nrounding: cent")
    path = write("plan.yaml", "extends: [one.yaml, two.yaml]\nbaseline: {teacher: 1}\nchecks: [{measure: fte, max: 9}]")
    read = read_school(str(path))
    assert len(read.checks) == 2  # the state's check once, and the file's own


def test_reading_one_file_leaves_no_trace_in_the_next(write: Write) -> None:
    write("district.yaml", "roles: {teacher: {salary: 50_000}}\nbaseline: {teacher: 10}")
    first = write("first.yaml", "extends: district.yaml\nroles: {teacher: {salary: 1}, lead: {salary: 2}}")
    second = write("second.yaml", "extends: district.yaml\nschool: Second")
    files = Files()
    read_school(str(first), files)
    assert pay(read_school(str(second), files), "teacher").value == 50_000


def test_pay_and_funds_of_a_base_are_displaced_as_a_whole(write: Write) -> None:
    write(
        "district.yaml",
        """
        roles:
          tutor: {salary: 30_000, funds: {general: 50%, title_i: 50%}}
        other_costs: {software: {amount: 5_000}}
        baseline: {tutor: 1}
        scenarios: {more: {change: {tutor: +1}}}
        """,
    )
    path = write(
        "plan.yaml",
        """
        extends: district.yaml
        students: 100
        roles: {tutor: {hourly: 20, hours_per_week: 40, weeks: 38, funds: {grant: 100%}}}
        other_costs: {software: {per_student: 5}}
        scenarios: {more: {staffing: {tutor: 5}}}
        """,
    )
    read = read_school(str(path))
    tutor = post(read, "tutor")
    assert tutor.role.salary is None
    assert [share.fund for share in tutor.fund_shares] == ["grant"]
    assert plan(read).other_costs["software"][0].amount is None
    assert staff(read, "more") == {"tutor": 5}


def test_a_problem_of_a_shared_base_is_told_once_and_of_its_own_file(write: Write) -> None:
    state = write("state.yaml", "roles: {teacher: {salary: 5x}, aide: {salary: 1, salary: 2}}")
    write("one.yaml", "extends: state.yaml\nyear: 2025-26")
    path = write("plan.yaml", "extends: [one.yaml, state.yaml]\nbaseline: {teacher: 1, aide: two}\n")
    assert [line.split(": ")[0] for line in refused(path).splitlines() if not line.startswith(" ")] == [
        f"{path}:2:30",
        f"{state}:1:27",
        f"{state}:1:50",
    ]


def test_a_circle_through_three_files_is_told_once(write: Write) -> None:
    write("one.yaml", "extends: two.yaml\nschool: One")
    write("two.yaml", "extends: three.yaml\nschool: Two")
    path = write("three.yaml", "extends: one.yaml\nschool: Three")
    assert refused(path).splitlines()[0].endswith("two.yaml:1:10: a circle: `three.yaml` extends this file")


def test_a_file_may_not_extend_itself(write: Write) -> None:
    path = write("plan.yaml", f"extends: plan.yaml\n{PLAN}")
    assert "a circle: `plan.yaml` extends this file" in refused(path)


def test_a_long_line_of_files_ends(write: Write) -> None:
    for number in range(30):
        write(f"f{number}.yaml", f"extends: f{number + 1}.yaml\nschool: Ranson")
    path = write("plan.yaml", f"extends: f0.yaml\n{PLAN}")
    assert "more than 20 files, each extending the next" in refused(path)


def chain_of_files(write: Write, mentions: int, body: str = "") -> Path:
    """Twenty files; each extends the one before it so many times."""
    write("f0.yaml", f"school: Ranson\n{body}")
    for number in range(1, 19):
        bases = ", ".join([f"f{number - 1}.yaml"] * mentions)
        write(f"f{number}.yaml", f"extends: [{bases}]\nschool: Ranson\n{body}")
    return write("f19.yaml", f"extends: f18.yaml\n{PLAN}")


def test_files_that_extend_the_same_ones_over_and_over_are_refused_with_little_effort(write: Write) -> None:
    path = chain_of_files(write, 3)
    assert said_within_limits(path) == "more than 400,000 entries with all the files that are named"
    assert re.search(r"f\d+\.yaml:1:\d+: more than 400,000", refused(path))


def test_problems_of_files_that_are_extended_over_and_over_are_told_once(write: Write) -> None:
    keys = "".join(f"year{number}: 1\nyear{number}: 2\n" for number in range(4))
    told = refused(chain_of_files(write, 2, body=keys)).splitlines()
    assert len([line for line in told if not line.startswith(" ")]) < 250
    assert len(set(told)) > 40


def test_problems_of_many_files_end_where_nobody_reads_on(write: Write) -> None:
    twice = "".join(f"k{number}: 1\nk{number}: 2\n" for number in range(150))
    for name in ("one.yaml", "two.yaml"):
        write(name, f"school: Ranson\n{twice}")
    path = write("plan.yaml", f"extends: [one.yaml, two.yaml]\n{PLAN}")
    told = refused(path)
    assert told.count("stands here already") == 201
    assert told.count("more than 200 problems") == 1


def test_one_file_extends_a_few_others(write: Write) -> None:
    write("district.yaml", "school: Ranson")
    path = write("plan.yaml", f"extends: [{', '.join(['district.yaml'] * 51)}]\n{PLAN}")
    assert "plan.yaml:1:10: one file extends more than 50 others" in refused(path)


def test_a_wide_schedule_that_many_schedules_name_is_refused_with_little_effort(write: Write) -> None:
    rows = "".join(f"{step},{','.join(['50000'] * 100)}\n" for step in range(1_000))
    write("wide.csv", "step," + ",".join(f"L{lane}" for lane in range(100)) + "\n" + rows)
    names = "".join(f"  s{number}: {{file: wide.csv}}\n" for number in range(1_000))
    path = write("plan.yaml", f"schedules:\n{names}{PLAN}")
    assert said_within_limits(path) == "more than 400,000 entries with all the files that are named"


# What may be read


def test_no_file_outside_the_folder_is_read(write: Write, tmp_path: Path) -> None:
    outside = write("secret.yaml", "school: secret")
    for name in ("../secret.yaml", "sub/../../secret.yaml", str(outside), "/etc/passwd", "../../../../etc/passwd"):
        path = write("plans/plan.yaml", f"extends: {name}\n{PLAN}")
        assert "lies outside the folder that may be read" in refused(path)


def test_whether_a_file_outside_exists_is_not_told(write: Write) -> None:
    path = write("plans/plan.yaml", f"extends: ../not-there.yaml\n{PLAN}")
    assert "lies outside the folder that may be read" in refused(path)


def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    write("secret.yaml", "school: secret")
    path = write("plans/plan.yaml", f"extends: district.yaml\n{PLAN}")
    (tmp_path / "plans" / "district.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "lies outside the folder that may be read" in refused(path)
    path.write_text(f"extends: folder/secret.yaml\n{PLAN}")
    (tmp_path / "plans" / "folder").symlink_to(tmp_path)
    assert "lies outside the folder that may be read" in refused(path)


def test_a_folder_above_both_may_be_named(write: Write, tmp_path: Path) -> None:
    write("districts/district.yaml", "roles: {teacher: {salary: 50_000}}")
    path = write("plans/plan.yaml", "extends: ../districts/district.yaml\nbaseline: {teacher: 1}")
    assert pay(read_school(str(path), Files(tmp_path)), "teacher").value == 50_000
    assert "lies outside the folder that may be read" in refused(path, tmp_path / "plans")


def test_the_folder_is_that_of_the_file_not_of_its_neighbours_by_name(write: Write) -> None:
    write("plans-of-others/secret.yaml", "school: secret")
    path = write("plans/plan.yaml", f"extends: ../plans-of-others/secret.yaml\n{PLAN}")
    assert "lies outside the folder that may be read" in refused(path)


def test_a_folder_is_no_school_file(write: Write, tmp_path: Path) -> None:
    path = write("plan.yaml", f"extends: districts\n{PLAN}")
    (tmp_path / "districts").mkdir()
    assert "no file `districts`" in refused(path)
    assert "cannot be read: Is a directory" in refused(tmp_path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "plan.yaml:1:1: cannot be read: No such file or directory" in refused(tmp_path / "plan.yaml")


def test_what_is_no_file_is_not_waited_for(write: Write, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert said_within_limits(tmp_path / "pipe.yaml") == "cannot be read: a pipe or a device, and no file"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.yaml"))
        assert "socket.yaml:1:1: cannot be read" in refused(tmp_path / "socket.yaml")
    assert "cannot be read: a pipe or a device" in refused(Path(os.devnull))


@pytest.mark.parametrize("key", ["extends: pipe", "roster: pipe", "schedules: {state: {file: pipe}}"])
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_not_read_from_a_school_file_either(
    key: str, kind: str, write: Write, tmp_path: Path
) -> None:
    if kind == "pipe":
        os.mkfifo(tmp_path / "pipe")
    else:
        (tmp_path / "pipe").mkdir()
    path = write("plan.yaml", f"{key}\n{PLAN}")
    assert said_within_limits(path) == "no file `pipe`"


@pytest.mark.parametrize(
    "content",
    [
        "PASSWORD=swordfish\nTOKEN=hunter2\n",
        "password: swordfish\ntoken: {hunter2: [swordfish]}\n",
        "password: swordfish\nswordfish: hunter2\nswordfish: hunter2\n",
        "swordfish: 1\nswordfish: 2\nhunter2: [\n",
        "swordfish: 1\nswordfish: 2\n--- \nhunter2: 1\n",
        "swordfish: &swordfish {a: *hunter2}\n",
        "swordfish: !swordfish hunter2\n",
        "note: swordfish\nsource: hunter2\nsalary: {swordfish: hunter2}\n",
        "".join(f"swordfish{number}: 1\nswordfish{number}: hunter2\n" for number in range(300)),
        "-----BEGIN swordfish-----\nhunter2\n",
        '{"swordfish": "hunter2", "swordfish": "hunter2"}\n',
        "%TAG ! tag:swordfish,2000:\n---\n!hunter2!x swordfish\n",
    ],
)
def test_nothing_of_another_kind_of_file_is_shown(content: str, write: Write) -> None:
    write("secrets.yaml", "")
    (write("secrets.yaml", "")).write_text(content)
    said = refused(write("plan.yaml", f"extends: secrets.yaml\n{PLAN}"))
    assert "secrets.yaml" in said
    assert "swordfish" not in said
    assert "hunter2" not in said


# Standard input


def from_standard_input(text: str, monkeypatch: pytest.MonkeyPatch) -> School:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return read_school("-")


def test_a_school_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    read = from_standard_input(PLAN, monkeypatch)
    assert (read.name, pay(read, "teacher").place.file) == ("standard input", "<stdin>")


def test_standard_input_extends_files_of_the_current_folder(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("district.yaml", PLAN)
    monkeypatch.chdir(tmp_path)
    assert staff(from_standard_input("extends: district.yaml\nschool: Ranson", monkeypatch)) == {"teacher": 10}


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SchoolFileError, match="<stdin>:1:1: cannot be read: standard input is closed"):
        read_school("-")


def test_problems_of_standard_input_have_places(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SchoolFileError, match=r"^<stdin>:1:9: a list where words are meant"):
        from_standard_input(f"school: [a]\n{PLAN}", monkeypatch)


# Encodings, and files that mean harm


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_mark_of_utf8_and_the_line_endings_of_windows_are_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(("\ufeffschool: École élémentaire\n" + PLAN).replace("\n", ending).encode())
    read = read_school(str(path))
    assert (read.name, pay(read, "teacher").place.line) == ("École élémentaire", 2)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"), ("utf-32-be", "UTF-32")],
)
def test_another_encoding_of_unicode_is_told_by_its_name(encoding: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(f"\ufeff{PLAN}".encode(encoding) if encoding.endswith("be") else PLAN.encode(encoding))
    assert f"the file is {name}, not UTF-8" in refused(path)


READ_WITHIN_LIMITS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (700 * 1024 * 1024, 700 * 1024 * 1024))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from staffcalc.source.problems import SchoolFileError
from staffcalc.school.reading import read_school
try:
    read_school(sys.argv[1])
except SchoolFileError as error:
    print(error.problems[-1].message)
"""


def said_within_limits(path: Path) -> str:
    """What is said of a file by a process with little memory and ten seconds of computing."""
    done = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMITS, str(path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.strip()


def _named(count: int, entry: str) -> str:
    return "".join(entry.format(this=number, next=number + 1) for number in range(count))


HARMFUL = {
    "brackets": ("roles: " + "[" * 10_000, "nested more than 40 deep"),
    "braces": ("roles: " + "{a: " * 10_000, "nested more than 40 deep"),
    "dashes": ("- " * 10_000, "nested more than 40 deep"),
    "questions": ("? " * 10_000, "nested more than 40 deep"),
    "indentation": ("\n".join(" " * depth + "a:" for depth in range(1_000)), "nested more than 40 deep"),
    "very many keys": (_named(150_000, "k{this}: 1\n"), "more than 200,000 entries"),
    "very many second keys": (
        PLAN + _named(30_000, "k{this}: 1\n") + "k29999: 1\n" * 30_000,
        "more than 200 problems",
    ),
    "very many problems": ("roles:\n" + _named(40_000, "  r{this}: 1\n"), "more than 200 problems"),
    "very many unknown roles": (
        "roles: {teacher: {salary: 1}}\nbaseline:\n" + _named(20_000, "  r{this}: 1\n"),
        "more than 200 problems",
    ),
    "very many unknown roles beside very many known ones": (
        "roles:\n" + _named(5_000, "  teacher {this}: {{salary: 1}}\n") + "baseline:\n" + _named(150, "  x{this}: 1\n"),
        "`x149` is no role here",
    ),
    "roles each like the next": (
        "roles:\n" + _named(5_000, "  r{this}: {{like: r{next}}}\n") + "  r5000: {salary: 1}\nbaseline: {r0: 1}",
        "more than 50 roles, each like the next",
    ),
    "scenarios each like the next": (
        PLAN + "scenarios:\n" + _named(5_000, "  s{this}: {{like: s{next}}}\n") + "  s5000: {change: {teacher: 1}}",
        "more than 50 scenarios, each like the next",
    ),
    "a number of a million digits": ("students: " + "9" * 1_000_000 + "\n" + PLAN, "is too large"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_file_that_means_harm_is_refused_with_little_effort(kind: str, tmp_path: Path) -> None:
    text, said = HARMFUL[kind]
    path = tmp_path / "plan.yaml"
    path.write_text(text)
    assert said in said_within_limits(path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 100 * 1024**3)  # sparse: 100 GB that are not on the disk
    assert said_within_limits(path) == "larger than 2 MiB"
