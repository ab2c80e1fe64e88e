"""One salary schedule as a grid: its lanes, its steps and its filled cells, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from staffcalc.language.figures import Figure
from staffcalc.language.schedule import Differential, Schedule
from staffcalc.records import NamedTuple
from staffcalc.school.schedules.schedule_steps import Steps, steps_of
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text

WITH, AND = " with ", " and "
"""A cell with differentials is written `LANE/STEP with DIFFERENTIAL and DIFFERENTIAL`."""


class Grid(NamedTuple):
    """The `filled` cells of a schedule by lane and step, and its steps in the order in which people climb."""

    filled: Mapping[str, Mapping[str, Figure]]
    steps: Steps

    def nearest_cells(self, lane: str, step: str) -> str:
        """The filled cells nearest to an empty one: in its lane, and at its step."""
        found: list[str] = []
        number, lanes = self.steps.number, list(self.filled)
        if own := self.filled[lane]:
            nearest_step = min(own, key=lambda one: abs(number[one] - number[step]))
            found.append(f"{lane}/{nearest_step}")
        if beside := [other for other in lanes if step in self.filled[other]]:
            nearest_lane = min(beside, key=lambda other: abs(lanes.index(other) - lanes.index(lane)))
            found.append(f"{nearest_lane}/{step}")
        return " and ".join(found)


def grid(name: Text, schedule: Schedule, problems: Problems) -> Grid:
    """The cells of a schedule; what is wrong with it is reported."""
    before = len(problems)
    _check_names(name, schedule, problems)
    steps = steps_of(str(name), list(schedule.steps or {}), schedule.step_is, problems)
    filled = _filled(name, schedule, steps, problems)
    if len(problems) == before:
        _check_filled(name, schedule, filled, problems)
    for differential, one in (schedule.differentials or {}).items():
        _check_price(differential, one, problems)
        _check_steps(name, one, steps.number, problems)
        _check_lanes(name, one, schedule.lanes or (), problems)
    return Grid(filled, steps)


def _check_names(name: Text, schedule: Schedule, problems: Problems) -> None:
    """There are lanes and steps, and a cell can be written by their names."""
    if schedule.lanes is None or schedule.steps is None:
        missing = "lanes" if schedule.lanes is None else "steps"
        hint = "write lanes: [BA, MA] and steps: {1: [40_000, 43_000]}, or file: schedule.csv"
        problems.add(name.place, f"the schedule `{name}` has no `{missing}`", hint)
    lanes = schedule.lanes or ()
    for one in (*lanes, *(schedule.steps or {})):
        if "/" in one or WITH in one:
            problems.add(one.place, f"`{one}` cannot name a lane or a step", "a cell is written LANE/STEP")
    seen: set[Text] = set()
    for lane in lanes:
        if lane in seen:
            problems.add(lane.place, f"the lane `{lane}` stands here twice", "keep one")
        seen.add(lane)
    if schedule.months is not None and not schedule.months.value:
        problems.add(schedule.months.place, "a schedule for 0 months", "write 9, 10, 11 or 12")


def _filled(name: Text, schedule: Schedule, steps: Steps, problems: Problems) -> dict[str, dict[str, Figure]]:
    """The filled cells by lane and step; a row of another length than the lanes is reported."""
    lanes, rows = schedule.lanes or (), schedule.steps or {}
    filled: dict[str, dict[str, Figure]] = {str(lane): {} for lane in lanes}
    for step in (one.name for one in steps.steps):
        row = rows[step]
        if schedule.lanes is not None and len(row) != len(lanes):
            what = f"step {step} of `{name}` has {len(row)} cells, and there are {len(lanes)} lanes"
            problems.add(step.place, what, "write null for an empty cell")
            continue
        for lane, figure in zip(lanes, row, strict=False):
            if figure is not None:
                filled[str(lane)][str(step)] = figure
    return filled


def _check_filled(name: Text, schedule: Schedule, filled: Mapping[str, object], problems: Problems) -> None:
    """Every lane has a cell."""
    for lane in schedule.lanes or ():
        if not filled[str(lane)]:
            problems.add(lane.place, f"the lane `{lane}` of `{name}` is empty", "leave it out")


def _check_price(name: Text, one: Differential, problems: Problems) -> None:
    """A differential has one price."""
    if (one.amount is None) == (one.rate is None):
        how_many = "no price" if one.amount is None else "two prices"
        problems.add(name.place, f"`{name}` has {how_many}", "give exactly one of amount, rate")


def _check_steps(schedule: Text, one: Differential, number: Mapping[str, int], problems: Problems) -> None:
    """A differential is of steps that there are, from the lower to the higher one."""
    for step in (one.from_step, one.to_step):
        if step is not None and step not in number:
            problems.add(step.place, f"`{step}` is no step of `{schedule}`", nearest(step, number, "steps"))
    low, high = (number.get(step or "") for step in (one.from_step, one.to_step))
    if one.to_step is not None and low is not None and high is not None and low > high:
        problems.add(one.to_step.place, "`to_step` comes before `from_step`", "exchange the two")


def _check_lanes(schedule: Text, one: Differential, lanes: Collection[str], problems: Problems) -> None:
    """A differential is of lanes that there are."""
    for lane in one.lanes or ():
        if lane not in lanes:
            problems.add(lane.place, f"`{lane}` is no lane of `{schedule}`", nearest(lane, lanes, "lanes"))
