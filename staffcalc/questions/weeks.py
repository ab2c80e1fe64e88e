"""The week of each role and of each mode of learning of a plan, as answers tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Annotated, TypedDict

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.measures.time import Spent, Weeks, time_figures
from staffcalc.costing.staff import minutes
from staffcalc.formula.formula import Formula, Quotient, Rounded, add, greater, less, times, value
from staffcalc.formula.words import say_figure
from staffcalc.questions.answers import RoleName
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Bar, Count, Fte, NotAvailable, Ratio, Table, TableColumn, TableRow
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.parts.needed import TEACHING
from staffcalc.school.school import Plan

PLACES = 2
"""The decimals of minutes."""


class AskedData(TypedDict):
    """What a mode of learning asks of a role."""

    mode: Annotated[str, "The mode of learning."]
    minutes: Annotated[Count, "Minutes a week that it asks of all of the role."]


class WeekData(TypedDict):
    """The week of all staff of a role: its parts and what is left come to the week and what is short."""

    role: RoleName
    fte: Annotated[Fte, "The FTE of the role."]
    week: Annotated[Count, "Minutes a week that all of them have."]
    planning: Annotated[Count, "Of it for planning alone."]
    shared_planning: Annotated[Count, "Of it for planning together."]
    coaching: Annotated[Count, "Minutes of coaching that are asked of them."]
    teaching: Annotated[Count, "Minutes with students: those stated, or asked for where these are more."]
    left: Annotated[Count, "Minutes that nothing is stated of, and nobody asks for."]
    short: Annotated[Count, "Minutes that are asked above those there are."]
    asked: Annotated[list[AskedData], "What each mode asks of them."]


class ModeData(TypedDict):
    """A mode of learning."""

    mode: Annotated[str, "The mode of learning."]
    minutes: Annotated[Count, "Minutes a week of a student in it."]
    students: Annotated[Count, "The students who do."]
    size: Annotated[Ratio | None, "Students in a group; null: there are no groups."]
    groups: Annotated[Ratio | None, "How many groups they are; null: there are none."]
    adult_minutes: Annotated[Count, "Minutes of adults that it asks for."]


class WeeksData(TypedDict):
    """The weeks of a plan."""

    roles: Annotated[list[WeekData], "Every role that says how it spends its week, or is with students."]
    modes: Annotated[list[ModeData], "Every mode of learning."]


class Week:
    """The week of all staff of one role, in minutes."""

    def __init__(self, spent: Spent) -> None:
        self.spent, self.short = spent, spent.short

    def of(self, key: str) -> Formula:
        """The minutes of a part that the role states."""
        part = self.spent.parts.get(key)
        return add() if part is None else times(self.spent.fte, part)

    @cached_property
    def whole(self) -> Formula:
        return times(self.spent.fte, self.spent.week)

    @cached_property
    def teaching(self) -> Formula:
        """With students: what is stated, or what is asked where that is more."""
        stated = TEACHING in self.spent.parts
        return greater(self.spent.teaches, self.of(TEACHING)) if stated else self.spent.teaches

    @cached_property
    def used(self) -> Formula:
        """What is planned, coached and taught of it."""
        spent = self.spent
        asked = (self.of("planning"), self.of("shared_planning"), spent.coaches, self.teaching)
        return add(*asked, less(self.short))

    @cached_property
    def left(self) -> Formula:
        return add(self.whole, less(self.used))


# For people


_HEADS = ("week", "plan", "team", "coach", "class", "left", "short")


def week_table(plans: Sequence[PlanLedger], title: str) -> Table:
    """The week of 1.0 FTE of each role, on average, in whole minutes: what they plan alone and in their team, coach,
    and are asked for in class. How full it is, is a bar besides. Nobody of whom nothing is asked is left out."""
    rows: list[TableRow] = []
    for plan in plans:
        there = (spent for spent in Weeks(plan).of() if value(spent.fte) or value(spent.short))
        if found := [_week_row(Week(spent)) for spent in there]:
            rows += [TableRow((plan.name, *[None] * (len(_HEADS) + 1)), "heading"), *found]
    columns = (TableColumn("", "left"), *map(TableColumn, _HEADS), TableColumn("", "left"))
    return Table(f"{title} (minutes of 1.0 FTE)", columns, tuple(rows))


def _week_row(week: Week) -> TableRow:
    spent = week.spent
    every = (week.whole, week.of("planning"), week.of("shared_planning"), spent.coaches, week.teaching)
    cells = [_each(one, spent.fte) for one in (*every, week.left, week.short)]
    whole = value(week.whole)
    bar = Bar(value(Rounded(Quotient(week.used, week.whole), 4))) if whole else None
    if not value(spent.fte):  # what is asked of nobody is told as it is
        cells[-1] = Count(value(Rounded(week.short, 0)))
    return TableRow((spent.role, *cells, bar))


def _each(minutes: Formula, fte: Formula) -> Count | NotAvailable:
    return Count(value(Rounded(Quotient(minutes, fte), 0))) if value(fte) else NA


def mode_table(plans: Sequence[PlanLedger], title: str) -> list[Table]:
    """The modes of learning, where some plan has any."""
    heads = ("minutes", "students", "in a group", "groups", "adults' minutes")
    rows: list[TableRow] = []
    for plan in plans:
        if found := [_mode_row(_mode(plan, mode)) for mode in plan.plan.learning]:
            rows += [TableRow((plan.name, *[None] * len(heads)), "heading"), *found]
    columns = (TableColumn("", "left"), *map(TableColumn, heads))
    return [Table(title, columns, tuple(rows))] if rows else []


def _mode_row(mode: ModeData) -> TableRow:
    sizes = (NA if one is None else one for one in (mode["size"], mode["groups"]))
    return TableRow((mode["mode"], mode["minutes"], mode["students"], *sizes, mode["adult_minutes"]))


# What differs between two plans


class ChangedTime(NamedTuple):
    """A figure of time that differs between two plans, in words; "none" where a plan does not have it."""

    what: str
    before: str
    after: str


def changed_time(old: Plan, new: Plan) -> Iterator[ChangedTime]:
    """The figures of weeks and of modes that differ, in the order of the newer plan."""
    before, after = ({what: say_figure(figure) for what, figure in time_figures(plan)} for plan in (old, new))
    for what in dict.fromkeys([*after, *before]):
        one, other = before.get(what, "none"), after.get(what, "none")
        if one != other:
            yield ChangedTime(what, one, other)


# For programs


def weeks_data(plan: PlanLedger) -> WeeksData:
    """The weeks of a plan, as programs read them."""
    return {
        "roles": [_role(Week(spent)) for spent in Weeks(plan).of()],
        "modes": [_mode(plan, mode) for mode in plan.plan.learning],
    }


def _role(week: Week) -> WeekData:
    spent = week.spent
    return {
        "role": spent.role,
        "fte": Fte(value(spent.fte)),
        "week": _minutes(week.whole),
        "planning": _minutes(week.of("planning")),
        "shared_planning": _minutes(week.of("shared_planning")),
        "coaching": _minutes(spent.coaches),
        "teaching": _minutes(week.teaching),
        "left": _minutes(week.left),
        "short": _minutes(week.short),
        "asked": [{"mode": one.mode.name, "minutes": _minutes(one.minutes)} for one in spent.taught],
    }


def _mode(plan: PlanLedger, mode: LearningMode) -> ModeData:
    asked = (one.minutes for some in Weeks(plan).taught().values() for one in some if one.mode is mode)
    return {
        "mode": mode.name,
        "minutes": Count(mode.minutes.value),
        "students": _minutes(minutes.learners(mode)),
        "size": None if mode.size is None else Ratio(mode.size.value),
        "groups": None if mode.size is None else Ratio(value(Rounded(minutes.groups_in_mode(mode), PLACES))),
        "adult_minutes": _minutes(add(*asked)),
    }


def _minutes(formula: Formula) -> Count:
    return Count(value(Rounded(formula, PLACES)).normalize() + 0)
