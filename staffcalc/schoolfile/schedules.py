"""Salary schedules: steps and lanes checked, cells found by name, and the FTE of hours and months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Differential, FteTable, Schedule
from staffcalc.schoolfile.problems import Problems, nearest
from staffcalc.schoolfile.school import Rung, Wage
from staffcalc.schoolfile.tree import Text
from staffcalc.schoolfile.validation import Broken

WITH, AND = " with ", " and "
_Grid = dict[str, dict[str, Figure]]
"""The filled cells by lane and step, the steps in their order."""


class Schedules:
    """The schedules of a file, from which cells such as `MA/7` are priced."""

    def __init__(self, schedules: Mapping[Text, Schedule], problems: Problems, broken: Broken) -> None:
        self._schedules = {str(name): one for name, one in schedules.items()}
        self._problems, self._broken = problems, broken
        self._grids = {str(name): self._grid(name, one) for name, one in schedules.items()}
        self._known: dict[tuple[str, str, Figure | None], Wage | None] = {}

    @property
    def only(self) -> str | None:
        """The schedule of a file that has no other."""
        return next(iter(self._schedules)) if len(self._schedules) == 1 else None

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
        if not self._is_cell(cell, name, lane, step):
            return None
        extra = [one.strip() for one in personal.split(AND)] if personal else []
        if not self._are_personal(cell, name, extra):
            return None
        months = self._months(cell, name, months)
        key = (name, f"{lane}/{step}/{sorted(extra)}", months)
        if key not in self._known:
            self._known[key] = self._wage(name, lane, step, extra, months)
        return self._known[key]

    def _wage(self, name: str, lane: str, step: str, personal: Iterable[str], months: Figure | None) -> Wage:
        schedule, cells = self._schedules[name], self._grids[name][lane]
        steps = list(cells)
        rungs = tuple(
            Rung(f"{lane}/{one}", cells[one], tuple(self._differentials(name, lane, one, personal)))
            for one in steps[steps.index(step) :]
        )
        yearly = schedule.per != "month"
        per_months = schedule.months if yearly and months is not None else None
        if months is not None and per_months is not None and months.value == per_months.value:
            months = per_months = None
        return Wage(rungs, months=months, per_months=per_months)

    def _differentials(self, name: str, lane: str, step: str, personal: Iterable[str]) -> Iterable[tuple[str, Figure]]:
        schedule = self._schedules[name]
        steps = list(map(str, schedule.steps or {}))
        for differential, one in (schedule.differentials or {}).items():
            figure = one.amount if one.amount is not None else one.rate
            if figure is None:
                continue
            if _is_personal(one):
                holds = differential in personal
            else:
                low = steps.index(one.from_step) if one.from_step in steps else 0
                high = steps.index(one.to_step) if one.to_step in steps else len(steps)
                holds = low <= steps.index(step) <= high and (one.lanes is None or lane in one.lanes)
            if holds:
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

    def _is_cell(self, cell: Text, name: str, lane: str, step: str) -> bool:
        grid, schedule = self._grids[name], self._schedules[name]
        if ("schedules", name) in self._broken:
            return False
        if lane not in grid:
            self._problems.add(cell.place, f"`{lane}` is no lane of `{name}`", nearest(lane, grid, "lanes"))
            return False
        if step in grid[lane]:
            return True
        steps = list(map(str, schedule.steps or {}))
        if step not in steps:
            self._problems.add(cell.place, f"`{step}` is no step of `{name}`", nearest(step, steps, "steps"))
            return False
        near = _nearest_cells(grid, steps, lane, step)
        self._problems.add(cell.place, f"the cell {lane}/{step} of `{name}` is empty", f"the nearest are {near}")
        return False

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

    # The schedule itself

    def _grid(self, name: Text, schedule: Schedule) -> _Grid:
        """The filled cells; what is wrong with the schedule is reported, and nothing more is said of it."""
        before = len(self._problems)
        lanes = schedule.lanes or ()
        self._check_names(name, schedule)
        grid: _Grid = {str(lane): {} for lane in lanes}
        for step, row in (schedule.steps or {}).items():
            if schedule.lanes is not None and len(row) != len(lanes):
                what = f"step {step} of `{name}` has {len(row)} cells, and there are {len(lanes)} lanes"
                self._problems.add(step.place, what, "write null for an empty cell")
                continue
            for lane, figure in zip(lanes, row, strict=False):
                if figure is not None:
                    grid[str(lane)][str(step)] = figure
        if len(self._problems) == before:
            for lane in lanes:
                if not grid[str(lane)]:
                    self._problems.add(lane.place, f"the lane `{lane}` of `{name}` is empty", "leave it out")
        self._check_differentials(name, schedule)
        if len(self._problems) > before:
            self._broken.add(("schedules", str(name)))
        return grid

    def _check_names(self, name: Text, schedule: Schedule) -> None:
        if schedule.lanes is None or schedule.steps is None:
            missing = "lanes" if schedule.lanes is None else "steps"
            hint = "write lanes: [BA, MA] and steps: {1: [40_000, 43_000]}, or file: schedule.csv"
            self._problems.add(name.place, f"the schedule `{name}` has no `{missing}`", hint)
        seen: set[str] = set()
        for one in (*(schedule.lanes or ()), *(schedule.steps or {})):
            if "/" in one or WITH in one:
                self._problems.add(one.place, f"`{one}` cannot name a lane or a step", "a cell is written LANE/STEP")
        for lane in schedule.lanes or ():
            if lane in seen:
                self._problems.add(lane.place, f"the lane `{lane}` stands here twice", "keep one")
            seen.add(str(lane))
        if schedule.months is not None and not schedule.months.value:
            self._problems.add(schedule.months.place, "a schedule for 0 months", "write 9, 10, 11 or 12")

    def _check_differentials(self, name: Text, schedule: Schedule) -> None:
        steps = list(map(str, schedule.steps or {}))
        for differential, one in (schedule.differentials or {}).items():
            if (one.amount is None) == (one.rate is None):
                said = "no price" if one.amount is None else "two prices"
                hint = "give exactly one of amount, rate"
                self._problems.add(differential.place, f"`{differential}` has {said}", hint)
            for step in (one.from_step, one.to_step):
                if step is not None and step not in steps:
                    self._problems.add(step.place, f"`{step}` is no step of `{name}`", nearest(step, steps, "steps"))
            if (
                one.from_step in steps
                and one.to_step in steps
                and steps.index(str(one.from_step)) > steps.index(str(one.to_step))
            ):
                assert one.to_step is not None
                self._problems.add(one.to_step.place, "`to_step` comes before `from_step`", "exchange the two")
            for lane in one.lanes or ():
                if lane not in (schedule.lanes or ()):
                    hint = nearest(lane, schedule.lanes or (), "lanes")
                    self._problems.add(lane.place, f"`{lane}` is no lane of `{name}`", hint)


def _is_personal(one: Differential) -> bool:
    """Held by some people, whatever their step and lane."""
    return one.from_step is None and one.to_step is None and one.lanes is None


def _nearest_cells(grid: _Grid, steps: list[str], lane: str, step: str) -> str:
    """The filled cells nearest to an empty one: in its lane, and at its step."""
    found: list[str] = []
    at, lanes = steps.index(step), list(grid)
    if own := grid[lane]:
        nearest_step = min(own, key=lambda one: abs(steps.index(one) - at))
        found.append(f"{lane}/{nearest_step}")
    if beside := [other for other in lanes if step in grid[other]]:
        nearest_lane = min(beside, key=lambda other: abs(lanes.index(other) - lanes.index(lane)))
        found.append(f"{nearest_lane}/{step}")
    return " and ".join(found)


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
