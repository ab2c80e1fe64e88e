"""The week of a plan in one year: what adults are asked for, and what students get."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from secondcalculator.counts import Counts
from secondcalculator.figures import SMALLEST, ZERO, Plain, known, rounded
from secondcalculator.read import Book, Plan

CENT = Fraction(1, 100)
PARTS = ("teaching", "planning", "shared planning")


class Weeks:
    """The weeks of a plan, so many years after the file's. `fte` are those of each role that is staffed."""

    def __init__(self, book: Book, plan: Plan, years: int, counts: Counts, fte: dict[str, Fraction]) -> None:
        self.book, self.plan, self.years, self.counts = book, plan, years, counts
        self.fte = {role: rounded(one, SMALLEST) for role, one in fte.items()}
        self.taught = self._taught()

    def number(self, figure: Any) -> Fraction:
        return known(figure, self.book.year(self.years)).value

    def time(self, role: str) -> Plain:
        found: Plain = self.plan.roles[role].get("time", {})
        return found

    def _week(self, role: str) -> Fraction:
        block = self.plan.roles[role]
        if "hourly" in block:
            return self.number(block["hours_per_week"]) * 60
        return self.number(block.get("week", self.book.file["week"]))

    def _part(self, role: str, part: str) -> Fraction:
        """The minutes of 1.0 FTE for a part of the week."""
        stated = self.time(role).get(part, "0")
        text = stated["value"] if isinstance(stated, dict) else stated
        return self.number(stated) * (self._week(role) if text.endswith("%") else 1)

    def has_teaching(self, role: str) -> bool:
        return "teaching" in self.time(role)

    def teaching(self, role: str) -> Fraction:
        """The minutes of 1.0 FTE with students, where they are stated."""
        return self._part(role, "teaching")

    def free(self, role: str) -> Fraction:
        return self._week(role) - sum((self._part(role, part) for part in PARTS), ZERO)

    # Coaching

    def _coaches(self, role: str) -> list[str]:
        return [one for one in self.fte if self.time(one).get("coaching", {}).get("role") == role]

    def _coached(self, coach: str) -> tuple[str, Fraction, Fraction] | None:
        """Whom a role coaches: the role, the FTE of it, and the minutes of each."""
        coaching = self.time(coach).get("coaching")
        if coaching is None or coaching["role"] not in self.fte:
            return None
        role = coaching["role"]
        each = self.number(coaching["minutes"]) * self.number(coaching.get("visits", "1"))
        coaches = self._coaches(role)
        teams = [team for team, _ in self.plan.teams.values() if role in team.get("members", {})]
        if any(team["leader"] in coaches for team in teams):
            own = (team for team in teams if team["leader"] == coach)
            fte = sum((self.number(one.get("count", "1")) * self.number(one["members"][role]) for one in own), ZERO)
            return role, fte, each
        every = sum((self.fte[one] for one in coaches), ZERO)
        return role, self.fte[role] * self.fte[coach] / every if every else ZERO, each

    def _coaching(self, coach: str) -> Fraction:
        found = self._coached(coach)
        return found[1] * found[2] if found else ZERO

    # Learning

    def _learners(self, mode: Plain) -> Fraction:
        grades = mode.get("grades", list(self.plan.grades))
        figures = [self.plan.grades[grade] for grade in grades] or [self.plan.students]
        students = sum((self.counts.grown(one, self.plan.name, self.years) for one in figures), ZERO)
        return students * self.number(mode.get("share", "1"))

    def _of_groups(self, mode: Plain) -> Fraction:
        """The minutes of all groups."""
        groups = self._learners(mode) / self.number(mode["group_size"])
        if mode.get("rounding") == "up":
            groups = Fraction(-(-groups // 1))
        return groups * self.number(mode["minutes"])

    def _taught(self) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for mode in self.plan.learning.values():
            for role, minutes in self._asked(mode).items():
                found[role] = found.get(role, ZERO) + minutes
        return found

    def _asked(self, mode: Plain) -> dict[str, Fraction]:
        by = mode.get("by")
        if by is None:
            return {}
        minutes = self._of_groups(mode)
        if isinstance(by, dict):
            return {role: minutes * self.number(adults) for role, adults in by.items()}
        roles = [by] if isinstance(by, str) else by
        room = {role: self._room(role) for role in roles}
        every = sum(room.values())
        if not every:
            return {role: minutes if role == roles[0] else ZERO for role in roles}
        return {role: minutes * one / every for role, one in room.items()}

    def _room(self, role: str) -> Fraction:
        if role not in self.fte:
            return ZERO
        if "teaching" in self.time(role):
            return self._part(role, "teaching") * self.fte[role]
        return max(ZERO, self.free(role) * self.fte[role] - self._coaching(role))

    # What is measured

    def _short(self, role: str) -> Fraction:
        taught = self.taught.get(role, ZERO)
        if role not in self.fte:
            return taught
        fte, coaching = self.fte[role], self._coaching(role)
        if "teaching" not in self.time(role):
            return max(ZERO, taught + coaching - self.free(role) * fte)
        beyond = max(ZERO, taught - self._part(role, "teaching") * fte)
        return beyond + max(ZERO, coaching - self.free(role) * fte)

    def _each(self, part: str) -> Fraction | None:
        having = [role for role in self.fte if part in self.time(role)]
        return _per((self.fte[role], self._part(role, part)) for role in having)

    def _each_coached(self) -> Fraction | None:
        coached = [one for role in self.fte if (one := self._coached(role)) is not None]
        roles = dict.fromkeys(role for role, _, _ in coached)
        every = sum((self.fte[role] for role in roles if any(self.fte[one] for one in self._coaches(role))), ZERO)
        return rounded(sum((fte * each for _, fte, each in coached), ZERO) / every, CENT) if every else None

    def teaching_share(self) -> Fraction | None:
        """What those who say how they spend their week have of it for students, to four decimals."""
        timed = [role for role in self.fte if "time" in self.plan.roles[role]]
        there = sum((self.fte[role] * self._week(role) for role in timed), ZERO)
        return rounded(sum(map(self._room, timed), ZERO) / there, Fraction(1, 10_000)) if there else None

    def _dollars(self, costs: dict[str, Fraction], asked: dict[str, Fraction]) -> Fraction:
        """What these minutes of each role are of its pay and benefits, at most all of them."""
        found = ZERO
        for role, minutes in asked.items():
            if there := self.fte[role] * self._week(role):
                found += costs.get(role, ZERO) * min(minutes, there) / there
        return rounded(found, self.book.unit)

    def dollars(self, costs: dict[str, Fraction]) -> dict[str, Fraction | None]:
        """What coaching and planning together are of the cost of the roles."""
        coaching: dict[str, Fraction] = {}
        for coach in self.fte:
            if (found := self._coached(coach)) is not None:
                given = min(found[1] * found[2], self.free(coach) * self.fte[coach])
                for role in (coach, found[0]):
                    coaching[role] = coaching.get(role, ZERO) + given
        planners = [role for role in self.fte if "shared planning" in self.time(role)]
        planning = {role: self.fte[role] * self._part(role, "shared planning") for role in planners}
        return {
            "teaching_share": self.teaching_share(),
            "coaching_cost": self._dollars(costs, coaching),
            "shared_planning_cost": self._dollars(costs, planning),
        }

    def measured(self) -> dict[str, Fraction | None]:
        """What is asked of the weeks; nothing where the file says nothing of them."""
        timed = [role for role in self.fte if "time" in self.plan.roles[role]]
        short = sum((self._short(role) for role in {*timed, *self.taught}), ZERO)
        modes = self.plan.learning.values()
        students = self.counts.students(self.plan.name, self.years)
        learnt = sum((self._learners(mode) * self.number(mode["minutes"]) for mode in modes), ZERO)
        grouped = [mode for mode in modes if "group_size" in mode]
        return {
            "minutes_short": rounded(short, CENT),
            "planning_minutes": self._each("planning"),
            "shared_planning_minutes": self._each("shared planning"),
            "coaching_minutes": self._each_coached(),
            "student_minutes": rounded(learnt / students, CENT) if modes and students else None,
            "group_size": _quotient(
                sum((self._learners(mode) * self.number(mode["minutes"]) for mode in grouped), ZERO),
                sum(map(self._of_groups, grouped), ZERO),
            ),
        }


def needed(counts: Counts, plan: Plan, role: str, years: int) -> Fraction:
    """The FTE of a role for what learning and its own coaching ask of it, before they are rounded."""
    weeks = Weeks(counts.book, plan, years, counts, {})
    taught = weeks.taught.get(role, ZERO)
    coached = _coached_by(counts, weeks, plan, role, years)
    free = weeks.free(role)
    if not weeks.has_teaching(role):
        return (taught + coached) / free if free > 0 else ZERO
    teaching = weeks.teaching(role)
    return max(taught / teaching if teaching else ZERO, coached / free if free > 0 else ZERO)


def _coached_by(counts: Counts, weeks: Weeks, plan: Plan, role: str, years: int) -> Fraction:
    """The minutes of coaching of the only role that coaches another, or of one that does in its own teams."""
    coaching = weeks.time(role).get("coaching")
    there = counts.staffed(plan.name, years)
    if coaching is None or coaching["role"] not in there:
        return ZERO
    whom = coaching["role"]
    coaches = [one for one in there if weeks.time(one).get("coaching", {}).get("role") == whom]
    teams = [team for team, _ in plan.teams.values() if whom in team.get("members", {})]
    if any(team["leader"] in coaches for team in teams):
        own = (team for team in teams if team["leader"] == role)
        fte = sum((weeks.number(one.get("count", "1")) * weeks.number(one["members"][whom]) for one in own), ZERO)
    else:
        fte = rounded(counts.present(plan.name, whom, years), SMALLEST)
    return fte * weeks.number(coaching["minutes"]) * weeks.number(coaching.get("visits", "1"))


def _per(pairs: Any) -> Fraction | None:
    every = list(pairs)
    return _quotient(sum((fte * one for fte, one in every), ZERO), sum((fte for fte, _ in every), ZERO))


def _quotient(dividend: Fraction, divisor: Fraction) -> Fraction | None:
    return rounded(dividend / divisor, CENT) if divisor else None
