"""Salary schedules: cells found by name and priced, and the FTE of hours and months."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from decimal import Decimal

from staffcalc.language.figures import Figure
from staffcalc.language.schedule import Differential, FteTable, Schedule
from staffcalc.language.validation import Broken
from staffcalc.school.schedules.grids import AND, WITH, Grid, grid
from staffcalc.school.school import Plan, ScheduleCell, Staffed, Wage
from staffcalc.source.problems import Problem, Problems, nearest
from staffcalc.source.tree import Text


class Schedules:
    """The schedules of a file, from which cells such as `MA/7` are priced."""

    def __init__(self, schedules: Mapping[Text, Schedule], problems: Problems, broken: Broken) -> None:
        self._schedules = {str(name): one for name, one in schedules.items()}
        self._problems, self._broken = problems, broken
        self._grids = {str(name): self._grid(name, one) for name, one in schedules.items()}
        self._known: dict[tuple[str, str, Figure | None], Wage] = {}
        self._lanes: dict[tuple[str, str, tuple[str, ...]], dict[int, ScheduleCell]] = {}

    def _grid(self, name: Text, schedule: Schedule) -> Grid:
        """The cells of a schedule; where something is wrong with it, nothing more is said of it."""
        before = len(self._problems)
        found = grid(name, schedule, self._problems)
        if len(self._problems) > before:
            self._broken.add(("schedules", str(name)))
        return found

    def reporting_to(self, problems: Problems) -> Schedules:
        """The same schedules, which report what is wrong elsewhere. A cell that is known keeps its one wage."""
        same = copy(self)
        same._problems, same._known, same._lanes = problems, dict(self._known), dict(self._lanes)
        return same

    @property
    def only(self) -> str | None:
        """The schedule of a file that has no other."""
        return next(iter(self._schedules)) if len(self._schedules) == 1 else None

    def months_of(self, schedule: str | None) -> Figure | None:
        """The months of a schedule's year, where it says so."""
        found = None if schedule is None else self._schedules.get(str(schedule))
        return None if found is None else found.months

    def is_of_whole_years(self, schedule: Text | None) -> bool:
        """Whether the amounts of a schedule (None: the only one) are for a year, however many months are worked."""
        found = self._schedules.get(str(schedule or self.only))
        return found is not None and found.per != "month" and found.months is None

    def wage(self, cell: Text, schedule: Text | None, months: Figure | None) -> Wage | None:
        """The pay of a cell, `LANE/STEP` or `LANE/STEP with DIFFERENTIAL and DIFFERENTIAL`, and of the higher steps of
        its lane; None, with the problem, where there is no such cell.

        `schedule` may be None where the file has only one. `months` are the months worked, where the role says so.
        """
        name = self._named(cell, schedule)
        if name is None:
            return None
        place, _, personal = cell.partition(WITH)
        lane, _, step = (part.strip() for part in place.partition("/"))
        found = self._cell(cell, name, lane, step)
        if found is None:
            return None
        extra = sorted(one.strip() for one in personal.split(AND)) if personal else []
        if not self._are_personal(cell, name, extra):
            return None
        months = self._months(cell, name, months)
        key = (name, f"{lane}/{step}/{extra}", months)
        if key not in self._known:
            self._known[key] = self._wage(name, lane, found, tuple(extra), months)
        return self._known[key]

    def questions(self, plans: Iterable[Plan]) -> tuple[Problem, ...]:
        """What must be answered before later years of these plans can be costed: how long the steps last that some of
        their staff are on."""
        open_ones = {
            id(wage): question
            for (name, _, _), wage in self._known.items()
            if (question := self._grids[name].steps.question) is not None and len(wage.cells) > 1
        }
        wages = (wage for plan in plans for staffed in plan.staff for wage in _wages(staffed))
        return tuple(dict.fromkeys(open_ones[id(wage)] for wage in wages if id(wage) in open_ones))

    def _wage(
        self, name: str, lane: str, found: tuple[int, int | None], personal: tuple[str, ...], months: Figure | None
    ) -> Wage:
        schedule, (at, place), cells = self._schedules[name], found, self._lane(name, lane, personal)
        climbed = tuple(
            cell if cell.span == years else cell._replace(span=years)
            for other, years in self._grids[name].steps.climbed(at)
            if (cell := cells.get(other)) is not None
        )
        yearly = schedule.per != "month"
        per_months = schedule.months if yearly and months is not None else None
        if months is not None and per_months is not None and _always_equal(months, per_months):
            months = per_months = None
        return Wage(climbed, months=months, per_months=per_months, place=place)

    def _lane(self, name: str, lane: str, personal: tuple[str, ...]) -> dict[int, ScheduleCell]:
        """The filled cells of a lane by the number of their step, for those who hold these differentials."""
        if (name, lane, personal) not in self._lanes:
            filled, steps = self._grids[name]
            self._lanes[name, lane, personal] = {
                (at := steps.number[one]): ScheduleCell(
                    f"{lane}/{one}", figure, tuple(self._differentials(name, lane, at, personal)), steps.steps[at].span
                )
                for one, figure in filled[lane].items()
            }
        return self._lanes[name, lane, personal]

    def _differentials(self, name: str, lane: str, at: int, personal: Collection[str]) -> Iterable[tuple[str, Figure]]:
        """What comes on top of a cell for those who hold these differentials."""
        number = self._grids[name].steps.number
        for differential, one in (self._schedules[name].differentials or {}).items():
            figure = one.amount if one.amount is not None else one.rate
            holds = differential in personal if _is_personal(one) else _comes_with(one, lane, at, number)
            if holds and figure is not None:
                yield str(differential), figure

    def _months(self, cell: Text, name: str, months: Figure | None) -> Figure | None:
        """The months that a cell's amount is multiplied by; monthly amounts without any are a problem."""
        schedule = self._schedules[name]
        if schedule.per == "month" and months is None:
            months = schedule.months
            if months is None:
                what = f"the schedule `{name}` is by the month, and nobody says for how many months"
                self._problems.add(cell.place, what, "add `months: 10` to the role or to the schedule")
        if schedule.per != "month" and schedule.months is None:
            return None  # a yearly amount for the months that the post works, however many
        return months

    def _named(self, cell: Text, schedule: Text | None) -> str | None:
        if schedule is None:
            if len(self._schedules) == 1:
                return next(iter(self._schedules))
            if any(path[0] == "schedules" for path in self._broken):
                return None
            if not self._schedules:
                hint = "add `schedules:`, or write an amount"
                self._problems.add(cell.place, f"`{cell}` is a cell, but the file has no salary schedule", hint)
            else:
                hint = f"give the role a `schedule`: {', '.join(self._schedules)}"
                self._problems.add(cell.place, f"`{cell}` may be of several schedules", hint)
            return None
        if schedule in self._schedules:
            return str(schedule)
        if ("schedules", str(schedule)) not in self._broken and ("schedules",) not in self._broken:
            hint = nearest(schedule, self._schedules, "schedules")
            self._problems.add(schedule.place, f"`{schedule}` is no salary schedule here", hint)
        return None

    def _cell(self, cell: Text, name: str, lane: str, step: str) -> tuple[int, int | None] | None:
        """The number of a cell's step, and which of its years is named; None, with the problem, where there is none."""
        if ("schedules", name) in self._broken:
            return None
        filled, steps = self._grids[name]
        if lane not in filled:
            self._problems.add(cell.place, f"`{lane}` is no lane of `{name}`", nearest(lane, filled, "lanes"))
            return None
        found = steps.find(step)
        if found is None:
            hint = nearest(step, list(steps.number), "steps")
            self._problems.add(cell.place, f"`{step}` is no step of `{name}`", hint)
            return None
        row = str(steps.steps[found[0]].name)
        if row in filled[lane]:
            return found
        near = self._grids[name].nearest_cells(lane, row)
        self._problems.add(cell.place, f"the cell {lane}/{step} of `{name}` is empty", f"the nearest are {near}")
        return None

    def _are_personal(self, cell: Text, name: str, personal: Iterable[str]) -> bool:
        differentials = self._schedules[name].differentials or {}
        for one in personal:
            if one not in differentials:
                hint = nearest(one, [key for key, own in differentials.items() if _is_personal(own)], "differentials")
                self._problems.add(cell.place, f"`{one}` is no differential of `{name}`", hint)
                return False
            if not _is_personal(differentials[Text(one)]):
                hint = "leave it out: it comes with its steps and lanes"
                self._problems.add(cell.place, f"`{one}` is no personal differential", hint)
                return False
        return True


def _is_personal(one: Differential) -> bool:
    """Held by some people, whatever their step and lane."""
    return one.from_step is None and one.to_step is None and one.lanes is None


def _comes_with(one: Differential, lane: str, at: int, number: Mapping[str, int]) -> bool:
    """Whether everybody on this step of this lane has it."""
    low = 0 if one.from_step is None else number[one.from_step]
    high = len(number) if one.to_step is None else number[one.to_step]
    return low <= at <= high and (one.lanes is None or lane in one.lanes)


def _wages(staffed: Staffed) -> Iterator[Wage]:
    """The wages of the staff of a post."""
    yield from (one.wage for one in staffed.placements if one.wage is not None)
    yield from staffed.post.wages


def _always_equal(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same in every year."""
    return one.value == other.value and (one is other or not (one.dated_figures or other.dated_figures))


def fte_from_table(table: FteTable, hours: Figure, months: Figure, problems: Problems) -> Figure | None:
    """The FTE of a post of so many hours a day and months a year, by a published table; None, with the problem, where
    the table does not have it."""
    rows = {number: row for key, row in table.hours.items() if (number := _number(key)) is not None}
    columns = [figure.value for figure in table.months]
    if hours.value not in rows:
        known = ", ".join(f"{one.normalize():f}" for one in rows)
        problems.add(hours.place, f"no {hours.value.normalize():f} hours a day in the table of FTE", f"it has {known}")
        return None
    if months.value not in columns:
        known = ", ".join(f"{one.normalize():f}" for one in columns)
        problems.add(months.place, f"no {months.value.normalize():f} months in the table of FTE", f"it has {known}")
        return None
    row = rows[hours.value]
    at = columns.index(months.value)
    if row is None or at >= len(row):
        problems.add(hours.place, "the table of FTE has no such cell", "fill the row of the table")
        return None
    return row[at]


def _number(key: Text) -> Decimal | None:
    try:
        return Decimal(key)
    except ArithmeticError:
        return None
