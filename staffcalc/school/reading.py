"""Read a school: file → tree → model → School, or every problem of it at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from staffcalc.language.file import SchoolFile
from staffcalc.language.files import Files
from staffcalc.language.school_year import first_of
from staffcalc.records import NamedTuple
from staffcalc.school.checking.enough import overdrawn_at_once
from staffcalc.school.checking.plus_signs import plus_signs
from staffcalc.school.checking.unsigned_changes import unsigned_changes
from staffcalc.school.checking.whole import check_own_checks, check_plans
from staffcalc.school.decisions import Moments, check_counted_alike, check_hired, moments, plans_of
from staffcalc.school.drafts import Drafts, drafted
from staffcalc.school.fund_rules import ends_and_stops
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.school import BASELINE, Plan, School
from staffcalc.school.stated import Stated, stated_in
from staffcalc.school.terms import check_years
from staffcalc.source.disk import STANDARD_INPUT
from staffcalc.source.problems import Problems, SchoolFileError


class CheckedSchool(NamedTuple):
    """A school that is checked, and what it was read from: further scenarios can join it (`given`). `moments` are its
    plans as they are in force in later years."""

    stated: Stated
    drafts: Drafts
    school: School
    moments: Moments = MappingProxyType({})


def read_school(path: str, files: Files | None = None) -> School:
    """The checked school of one file; `-` is standard input.

    Raises SchoolFileError with all problems of the file, and of the files it extends.
    """
    return read_whole(path, files).school


def read_whole(path: str, files: Files | None = None) -> CheckedSchool:
    """The checked school of one file, with what was read of it.

    Raises SchoolFileError with all problems of the file, and of the files it extends.
    """
    files = files or Files()
    tree, of_form = files.tree(path)
    stated = stated_in(files.called(path), tree, Problems(of_form))
    drafts = drafted(stated)
    check_years(stated)
    of_years = moments(stated, drafts)
    check_counted_alike(stated, of_years)
    check_hired(stated, drafts, of_years)
    check_plans(stated, drafts)
    check_own_checks(stated, drafts)
    return checked_school(stated, drafts, of_years)


def checked_school(stated: Stated, drafts: Drafts, of_years: Moments) -> CheckedSchool:
    """The school of checked plans. Raises SchoolFileError where the checks have found a problem."""
    if stated.problems:
        raise SchoolFileError(stated.problems)
    school = _school(stated, drafts, of_years)
    if problems := tuple(overdrawn_at_once(school)):
        raise SchoolFileError(problems)
    return CheckedSchool(stated, drafts, school, of_years)


def _school(stated: Stated, drafts: Drafts, of_years: Moments) -> School:
    file, annotations = stated.file, stated.annotations
    counts_rooms = any(one.role.rooms is not None for draft in drafts.values() for one in draft.posts.values())
    ending = tuple(ends_and_stops(stated.fund_rules))
    found = plans_of(drafts, of_years, None if file.year is None else str(file.year))
    known = {"counts_rooms": counts_rooms, "ending": ending, "fund_names": stated.fund_names}
    plans = tuple(_told(found[name], known) for name in (BASELINE, *stated.scenarios))
    return School(
        name=str(file.school) if file.school is not None else _stem(stated.path),
        file=stated.path,
        year=str(file.year) if file.year is not None else None,
        students=drafts[BASELINE].plan.students,
        rounded_to=Decimal("0.01") if file.rounding == "cent" else Decimal(1),
        plans=plans,
        checks=tuple(file.checks or ()),
        notes=(
            *_notes([one for plan in plans for one in plan.versions]),
            *plus_signs(stated.tree),
            *unsigned_changes(stated.tree, {one.post.name: sum_of(one.counts) for one in plans[0].staff}),
        ),
        posts={name: one for draft in reversed(list(drafts.values())) for name, one in draft.posts.items()},
        packages={
            str(name): {str(component): one for component, one in components.items()}
            for name, components in stated.packages.items()
        },
        fund_rules={str(fund): rule for fund, rule in stated.fund_rules.items()},
        dated="years" in annotations,
        annotations=annotations - {"years"},
        once=any(
            cost.once is not None for plan in plans for one in plan.versions for cost, _ in one.other_costs.values()
        ),
        raised=_raises(file, plans),
        questions=stated.schedules.questions([one for plan in plans for one in plan.versions]),
        place=stated.tree.place,
    )


def _told(plan: Plan, known: Mapping[str, Any]) -> Plan:
    """A plan, and those that take its place, with what is known of the file as a whole."""
    later = tuple((year, one._replace(**known)) for year, one in plan.later)
    return plan._replace(**known, later=later)


def _raises(file: SchoolFile, plans: Iterable[Plan]) -> bool:
    """Whether some rule raises pay in the file's own year."""
    first = first_of(str(file.year or ""))
    rules = (
        one.cola for plan in plans for version in plan.versions for one in version.forecast if one.cola is not None
    )
    return any(first in series.by_year for rule in rules for series in (rule.general, *rule.named.values()))


def _stem(path: str) -> str:
    """The name of a school that states none: that of its file."""
    return "standard input" if path == STANDARD_INPUT else os.path.splitext(os.path.basename(path))[0]


def _notes(plans: Iterable[Plan]) -> tuple[str, ...]:
    staffed = {one.post.name: one.post for plan in plans for one in plan.staff}
    missing = sorted(name for name, one in staffed.items() if one.category is None)
    if not missing:
        return ()
    return (f"no category, so counted neither as teachers nor as leaders: {', '.join(missing)}",)
