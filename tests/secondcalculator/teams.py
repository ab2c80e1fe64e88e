"""The teams of a plan in one year: who is in them, whom they reach, and what a leader is paid for the size."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from secondcalculator.counts import Counts
from secondcalculator.figures import ONE, SMALLEST, ZERO, Plain, known, rounded
from secondcalculator.pay import Pay
from secondcalculator.read import Book, Plan

CENT, BASIS_POINT = Fraction(1, 100), Fraction(1, 10_000)
Measured = dict[str, Fraction | None]


class Led(NamedTuple):
    """Teams that are alike: how many, the FTE of each leader, and the FTE beside the leader of one."""

    number: Fraction
    each: Fraction
    size: Fraction


class Teams:
    """The teams of a plan, so many years after the file's."""

    def __init__(self, book: Book, plan: Plan, years: int, counts: Counts) -> None:
        self.book, self.plan, self.years, self.counts = book, plan, years, counts
        self.subjects = book.file.get("core_subjects", [])

    def _number(self, figure: Any) -> Fraction:
        return known(figure, self.book.year(self.years)).value

    def _count(self, team: Plain) -> Fraction:
        return self._number(team.get("count", "1"))

    def _each(self, role: str) -> Fraction:
        """The FTE of a leader: a full post, or that of each person where people are counted."""
        count = self.plan.staff.get(role)
        return self.counts.each(self.plan.name, role, self.years) if count and count.counts_people else ONE

    def led(self, role: str) -> list[Led]:
        """The teams that a role leads."""
        return [
            Led(
                self._count(team),
                self._each(role),
                sum((self._number(fte) for fte in team.get("members", {}).values()), ZERO),
            )
            for team, _ in self.plan.teams.values()
            if team["leader"] == role
        ]

    def inside(self, role: str) -> Fraction:
        """The FTE of a role that are in teams."""
        led = sum((one.number * one.each for one in self.led(role)), ZERO)
        members = ((self._count(team), team.get("members", {}).get(role, "0")) for team, _ in self.plan.teams.values())
        return led + sum((count * self._number(fte) for count, fte in members), ZERO)

    def _students(self, team: Plain, stated_by: str) -> Fraction | None:
        """The students of one team: as stated, or where the plan has others their share of these, whole."""
        if "students" not in team:
            return None
        stated = known(team["students"], self.book.year(self.years))
        of = self.book.plans[stated_by]
        figures = list(of.grades.values()) or ([] if of.students is None else [of.students])
        own = list(self.plan.grades.values()) or ([] if self.plan.students is None else [self.plan.students])
        then = sum((self.counts.grown(one, self.plan.name, self.years if stated.dated else 0) for one in figures), ZERO)
        now = sum((self.counts.grown(one, self.plan.name, self.years) for one in own), ZERO)
        if figures == own and then == now:
            return stated.value
        return rounded(now * stated.value / then, ONE) if then else ZERO

    def measured(self, costs: dict[str, Fraction], fte: dict[str, Fraction], categories: Plain) -> Measured:
        """What is asked of the teams."""
        teams = [team for team, _ in self.plan.teams.values()]
        count = sum(map(self._count, teams), ZERO)
        members = sum(
            (self._count(team) * self._number(one) for team in teams for one in team.get("members", {}).values()), ZERO
        )
        seats = self._seats()
        students = self.counts.students(self.plan.name, self.years)
        every = None if students is None else students * max(len(self.subjects), 1)
        there = {role: rounded(one, SMALLEST) for role, one in fte.items()}
        paid = sum(
            (
                costs.get(role, ZERO) * self.inside(role) / one
                for role, one in there.items()
                if one and self.inside(role)
            ),
            ZERO,
        )
        return {
            "teams": count,
            "team_size": rounded(members / count, CENT) if count else None,
            "seats_reached": seats,
            "reach": rounded(min(seats, every) / every, BASIS_POINT) if seats is not None and every else None,
            "cost_per_seat": rounded(paid / seats, CENT) if seats else None,
            "teachers_without_team": sum(
                (
                    max(one - self.inside(role), ZERO)
                    for role, one in there.items()
                    if categories.get(role) in ("leader", "teacher")
                ),
                ZERO,
            ),
        }

    def _seats(self) -> Fraction | None:
        found = ZERO
        for team, stated_by in self.plan.teams.values():
            students = self._students(team, stated_by)
            if students is None:
                return None
            seats = ONE if "subject" in team else Fraction(max(len(self.subjects), 1))
            found += self._count(team) * students * seats
        return found

    # Supplements

    def supplements(self, role: str, pay: Pay, fte: Fraction) -> list[tuple[Fraction, Fraction]]:
        """The share of a role's people who lead the teams of each name, with what 1.0 FTE of them gets for it; last
        those who lead none."""
        led = self.led(role)
        every = sum((one.number * one.each for one in led), ZERO)
        left = min(ONE, fte / every) if every else ONE
        shares = [one.number * one.each * left / fte if fte else ZERO for one in led]
        prices = [self._of_size(one.size, pay) for one in led]
        return [*zip(shares, prices, strict=True), (1 - sum(shares, ZERO), ZERO)]

    def _of_size(self, size: Fraction, pay: Pay) -> Fraction:
        ranges = pay.role["supplement"]["by_team_size"]
        found = ZERO
        for least, amount in sorted((int(name.rstrip("+").split("-")[0]), one) for name, one in _items(ranges)):
            if least <= size:
                found = pay.dollars(amount, "supplements")
        return found


def _items(block: Plain) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in block.items() if name not in ("note", "source", "assumed")]


def is_by_size(role: Plain) -> bool:
    """Whether a role is paid by the size of the team it leads."""
    return isinstance(role.get("supplement"), dict) and "by_team_size" in role["supplement"]
