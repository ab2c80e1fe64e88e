"""`diff FILE --against COMMIT`: what became of every plan since then, with all that the file read there."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest

from .repository import DISTRICT, EAST, begin, commit, git, write
from .running import Run, staffcalc

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A repository with a district's file and two schools."""
    return begin(tmp_path)


def since(folder: Path, against: str = "HEAD", file: str = "schools/east.yaml", **variables: str) -> Run:
    """What became of a school since a commit."""
    return staffcalc("diff", file, f"--against={against}", "--root", ".", cwd=folder, **variables)


def lines(run: Run) -> dict[str, str]:
    """The line of each plan: what it cost, what it costs, the change, and what became of it."""
    assert (run.code, run.err) == (0, "")
    first = run.out.split("\n\n")[1].splitlines()[2:]
    return {line.split("  ")[0]: " ".join(line.split("  ", 1)[1].split()) for line in first}


def test_a_file_as_it_was_committed_is_unchanged(district: Path) -> None:
    assert lines(since(district)) == {
        "baseline": "$1,276,000 $1,276,000 $0 0.00% unchanged: fits, $84,000 left",
        "tutors": "$1,272,000 $1,272,000 $0 0.00% unchanged: fits, $88,000 left",
        "fewer": "$1,218,000 $1,218,000 $0 0.00% unchanged: fits, $142,000 left",
    }
    assert since(district).out.count("\n\n") == 1  # nothing changed, so there are no details


def test_every_plan_has_its_line_and_those_that_changed_their_steps(district: Path) -> None:
    write(
        district,
        "schools/east.yaml",
        EAST.replace("tutor: +2", "tutor: +3").replace("fewer: {", "none: {like: tutors, "),
    )
    run = since(district, "main")
    assert lines(run) == {
        "baseline": "$1,276,000 $1,276,000 $0 0.00% unchanged: fits, $84,000 left",
        "tutors": "$1,272,000 $1,299,000 +$27,000 +2.12% changed: over by $21,000 in title_i, and fitted before",
        "none": "$1,241,000 new: over by $21,000 in title_i",
        "fewer": "$1,218,000 gone",
    }
    assert run.out.count(": from tutors (main) to tutors (now)") == 1
    assert "1 FTE of tutor more" in run.out
    assert "baseline (now)" not in run.out


def test_what_the_file_extends_is_taken_from_the_commit_too(district: Path) -> None:
    write(district, "districts/ours.yaml", DISTRICT.replace("58_000", "59_000"))
    assert lines(since(district))["fewer"].startswith("$1,218,000 $1,239,000 +$21,000 +1.72% changed")
    commit(district)
    assert lines(since(district))["fewer"].startswith("$1,239,000 $1,239,000 $0")
    assert lines(since(district, "HEAD~1"))["fewer"].startswith("$1,218,000 $1,239,000 +$21,000")


def test_so_are_its_roster_and_its_schedules(district: Path) -> None:
    school = """\
        roles: {teacher: {category: teacher, schedule: pay}}
        schedules: {pay: {file: sheets/pay.csv}}
        roster: sheets/staff.csv
        """
    write(district, "plan.yaml", school)
    write(district, "sheets/pay.csv", "step,BA\n1,50000\n2,51000\n")
    write(district, "sheets/staff.csv", "id,role,fte,lane,step\n1,teacher,1,BA,1\n")
    commit(district)
    write(district, "sheets/pay.csv", "step,BA\n1,50500\n2,51000\n")
    write(district, "sheets/staff.csv", "id,role,fte,lane,step\n1,teacher,1,BA,1\n2,teacher,1,BA,2\n")
    assert lines(since(district, file="plan.yaml"))["baseline"].startswith("$50,000 $101,500 +$51,500")


def test_the_budget_alone_can_change(district: Path) -> None:
    write(district, "districts/ours.yaml", DISTRICT.replace("1_300_000", "1_250_000"))
    assert lines(since(district))["baseline"] == (
        "$1,276,000 $1,276,000 $0 0.00% changed: over by $26,000 in general, and fitted before"
    )


def test_one_plan_can_be_named(district: Path) -> None:
    write(district, "schools/east.yaml", EAST.replace("tutor: +2", "tutor: +3"))
    run = staffcalc("diff", "schools/east.yaml", "tutors", "--against", "main", "--root", ".", cwd=district)
    assert run.out.startswith("East, 2026-27: posts\n")
    assert "from tutors (main) to tutors (now)" in run.out


def test_it_is_the_comment_of_a_pull_request(district: Path) -> None:
    write(district, "schools/east.yaml", EAST.replace("tutor: +2", "tutor: +3"))
    run = staffcalc(
        *("diff", "schools/east.yaml", "--against", "main", "--root", ".", "--format", "markdown"), cwd=district
    )
    assert run.out.startswith("## East, 2026-27: since main\n\n|")
    assert "| tutors   |    $1,272,000 |   $1,299,000 | +$27,000 | +2.12% | changed: over by" in run.out


def test_programs_get_every_plan(district: Path) -> None:
    write(district, "schools/east.yaml", EAST.replace("tutor: +2", "tutor: +3").replace("fewer", "less"))
    words = ("diff", "schools/east.yaml", "--against", "main", "--root", ".", "--format")
    found = json.loads(staffcalc(*words, "json", cwd=district).out)
    assert [(one["name"], one["what"], one["change"]) for one in found["plans"]] == [
        *(("baseline", "unchanged", 0), ("tutors", "changed", 27_000)),
        *(("less", "new", None), ("fewer", "gone", None)),
    ]
    assert [one["amount"] for one in found["plans"][1]["difference"]["steps"]] == [27_000]
    rows = list(csv.DictReader(staffcalc(*words, "csv", cwd=district).out.splitlines()))
    assert [(row["from"], row["step"], row["amount"]) for row in rows] == [
        *(("baseline (main)", "unchanged", "0"), ("tutors (main)", "more", "27000"), ("tutors (main)", "budget", "0")),
        *(("less (main)", "new", "1218000"), ("fewer (main)", "gone", "-1218000")),
    ]


@pytest.mark.parametrize("name", ["two words.yaml", "école/größe.yaml", "a'b$(touch x).yaml", "-n.yaml", "[x](1).yaml"])
def test_any_name_will_do(name: str, district: Path) -> None:
    write(district, name, EAST.replace("../districts", f"{'../' * name.count('/')}districts"))
    commit(district)
    assert lines(since(district, file=f"./{name}"))["fewer"].startswith("$1,218,000 $1,218,000 $0")
    assert not (district / "x").exists()


def test_it_can_be_asked_from_anywhere(district: Path) -> None:
    words = ("diff", "--root", "..", "--against", "HEAD", "east.yaml")
    assert staffcalc(*words, cwd=district / "schools").code == 0
    assert staffcalc("diff", district / "schools" / "east.yaml", "--root", district, "--against", "HEAD").code == 0


def test_links_are_followed_within_the_commit(district: Path) -> None:
    write(district, "shared/ours.yaml", DISTRICT)
    (district / "districts" / "ours.yaml").unlink()
    os.symlink("../shared/ours.yaml", district / "districts" / "ours.yaml")
    os.symlink("schools/east.yaml", district / "plan.yaml")
    commit(district)
    write(district, "shared/ours.yaml", DISTRICT.replace("58_000", "59_000"))
    assert lines(since(district))["fewer"].startswith("$1,218,000 $1,239,000")
    (district / "plan.yaml").unlink()
    write(district, "plan.yaml", EAST.replace("../districts", "districts").replace("22", "21"))
    assert since(district, file="plan.yaml").code == 2  # the link was to a file of another folder


def test_a_link_that_is_in_no_commit_is_followed_to_its_file(district: Path) -> None:
    (district / "schools" / "mine.yaml").symlink_to("east.yaml")
    assert lines(since(district, file="schools/mine.yaml")) == lines(since(district))


def test_what_is_missing_in_a_commit_is_named_as_git_spells_it(district: Path) -> None:
    write(district, "schools/new.yaml", EAST.replace("../districts", "districts"))
    commit(district)
    write(district, "schools/districts/ours.yaml", DISTRICT)
    run = since(district, file="schools/new.yaml")
    assert run.err.startswith("HEAD:schools/new.yaml:1:10: no file `districts/ours.yaml`")
    assert "HEAD:/" not in run.err


def test_dollars_that_are_not_all_stated_are_said_to_be_so(district: Path) -> None:
    without = DISTRICT.replace("roles:", "roles:\n  nurse: {category: support, salary: not stated}", 1)
    write(district, "districts/ours.yaml", without)
    write(district, "schools/west.yaml", "extends: ../districts/ours.yaml\nbaseline: {teacher: 21, nurse: 1}\n")
    assert next(iter(lines(since(district, file="schools/west.yaml")))) == "baseline, as far as stated"


def test_a_link_out_of_the_repository_is_not_followed(district: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "ours.yaml"
    outside.write_text(DISTRICT)
    (district / "districts" / "ours.yaml").unlink()
    os.symlink(outside, district / "districts" / "ours.yaml")
    commit(district)
    (district / "districts" / "ours.yaml").unlink()
    write(district, "districts/ours.yaml", DISTRICT)
    run = since(district)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("HEAD:schools/east.yaml:1:10: `../districts/ours.yaml` lies outside the folder")


def test_line_ends_of_windows_change_nothing(district: Path) -> None:
    write(district, "schools/east.yaml", EAST.replace("\n", "\r\n"))
    assert lines(since(district))["fewer"].endswith("unchanged: fits, $142,000 left")
    commit(district)
    assert "\r" in git(district, "show", "HEAD:schools/east.yaml")
    write(district, "schools/east.yaml", EAST)
    assert lines(since(district))["fewer"].endswith("unchanged: fits, $142,000 left")


def test_the_root_holds_for_the_commit_too(district: Path) -> None:
    run = staffcalc("diff", "schools/east.yaml", "--against", "HEAD", cwd=district)
    assert (run.code, run.out) == (2, "")
    assert "lies outside the folder that may be read" in run.err


def test_what_was_wrong_then_is_told_with_the_commit(district: Path) -> None:
    write(district, "schools/east.yaml", EAST.replace("tutor: +2", "tutr: +2"))
    commit(district)
    write(district, "schools/east.yaml", EAST)
    run = since(district)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("HEAD:schools/east.yaml:5:34: `tutr` is no role here")


@pytest.mark.parametrize(
    ("against", "told"),
    [
        ("HEAD~7", "no file `HEAD~7`, and no such commit in the repository of `schools/east.yaml`: name one such as"),
        ("--output=x", "no file `--output=x`, and no such commit in the repository"),
        ("", "no file ``, and no such commit in the repository"),
        ("HEAD:schools", "no file `HEAD:schools`, and no such commit"),
    ],
)
def test_a_commit_that_is_not_there_is_told(against: str, told: str, district: Path) -> None:
    run = since(district, against)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"staffcalc: {told}")


def test_a_file_that_is_not_in_the_commit_is_told(district: Path) -> None:
    write(district, "schools/north.yaml", EAST)
    run = since(district, file="schools/north.yaml")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "staffcalc: no file `schools/north.yaml` in the commit HEAD: name a commit in which it is there\n"
    )


def test_outside_a_repository_and_without_git_it_is_told(tmp_path: Path) -> None:
    write(tmp_path, "plan.yaml", "roles: {teacher: {salary: 1}}\nbaseline: {teacher: 1}\n")
    run = staffcalc(
        "diff", "plan.yaml", "--against", "main", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent)
    )
    assert (run.code, run.out) == (2, "")
    no_commit = "staffcalc: no file `main`, and no commit of this name"
    assert run.err == f"{no_commit} either, since `plan.yaml` lies in no git repository\n"
    run = staffcalc("diff", "plan.yaml", "--against", "main", cwd=tmp_path, PATH=str(tmp_path))
    assert (run.code, run.out) == (2, "")
    assert run.err == f"{no_commit} can be looked up: git is not installed\n"


def test_part_of_the_history_says_how_to_get_the_rest(district: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    commit(district)
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", "--depth=1", f"file://{district}", "here")
    run = since(clone / "here", "HEAD~1")
    assert run.code == 2
    assert run.err.endswith("not all of the history is here: `git fetch --unshallow` (in a workflow, fetch-depth: 0)\n")


def test_nothing_around_git_changes_the_answer(district: Path) -> None:
    (district / "pager").write_text(f"#!/bin/sh\ntouch {district}/paged\n")
    (district / "pager").chmod(0o755)
    for name in ("core.pager", "core.fsmonitor", "pager.rev-parse", "pager.cat-file"):
        git(district, "config", name, str(district / "pager"))
    told = lines(since(district, GIT_DIR="/nowhere", GIT_INDEX_FILE=".git/other", GIT_PAGER=str(district / "pager")))
    assert set(told) == {"baseline", "tutors", "fewer"}
    assert not (district / "paged").exists()


def test_a_named_plan_may_be_new_or_gone(district: Path) -> None:
    write(district, "schools/east.yaml", EAST.replace("fewer", "less"))

    def of(name: str) -> Run:
        return staffcalc("diff", "schools/east.yaml", name, "--against", "main", "--root", ".", cwd=district)

    assert lines(of("less")) == {"less": "$1,218,000 new: fits, $142,000 left"}
    assert lines(of("fewer")) == {"fewer": "$1,218,000 gone"}
    assert of("lesss").err == "staffcalc: no scenario `lesss` in schools/east.yaml: did you mean `less`?\n"
