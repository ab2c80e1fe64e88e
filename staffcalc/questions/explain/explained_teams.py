"""The measures of teams read out, team by team, down to the figures of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import ZERO
from staffcalc.costing.measures.measures import measure, measure_formula
from staffcalc.costing.measures.teams import (
    how_many,
    in_teams,
    seats_each,
    seats_formula,
    size_formula,
    students_of_team,
)
from staffcalc.costing.scope import Scope, teachers
from staffcalc.formula.formula import Formula, Input, Quotient, Rounded, Sum, times, value
from staffcalc.formula.words import MINUS, TIMES, money, plain, say, say_figure
from staffcalc.questions.figures.provenance import origin, where
from staffcalc.questions.measuring import TEAM_MEASURES
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Count, ExplainedStep, Fte, Money, NotAvailable, Number
from staffcalc.school.parts.team import PlanTeam
from staffcalc.school.school import School


def team_steps(name: str, ledger: Ledger, plan: PlanLedger, scope: Scope) -> Iterable[ExplainedStep]:
    """How a measure of teams comes about; the last of the steps comes to it. A size may be of a part of the members."""
    telling = _Telling(ledger, plan, scope)
    if not plan.plan.teams and name != "teachers_without_team":
        return [ExplainedStep("the plan has no teams", telling.cell(name))]
    return _STEPS[name](telling)


class _Telling(NamedTuple):
    ledger: Ledger
    plan: PlanLedger
    scope: Scope

    @property
    def school(self) -> School:
        return self.ledger.school

    def cell(self, name: str) -> Number | NotAvailable:
        found = measure(name, self.plan, self.ledger.baseline, self.scope)
        return NA if found is None else TEAM_MEASURES[name](found)

    def teams(self) -> Iterator[ExplainedStep]:
        for team in self.plan.plan.teams:
            yield ExplainedStep(
                f"{team.name}, led by {team.leader}; {where(team.place)}", _number(team), self._counted(team)
            )
        yield ExplainedStep("added up", self.cell("teams"))

    def _counted(self, team: PlanTeam) -> tuple[ExplainedStep, ...]:
        if team.alike is None:
            return ()
        return (ExplainedStep(f"count: {plain(team.alike.value)}; {origin(self.school, team.alike)}"),)

    def sizes(self) -> Iterator[ExplainedStep]:
        together, only = ZERO, self.scope.only(self.plan)
        for team in self.plan.plan.teams:
            size = value(size_formula(team, only))
            together += size * _number(team).value
            members = (one for one in team.members if only is None or one.role in only)
            steps = (
                ExplainedStep(f"{one.role}: {say_figure(one.fte)}; {origin(self.school, one.fte)}") for one in members
            )
            yield ExplainedStep(f"{team.name}, beside its leader", Fte(size), (*steps, *self._counted(team)))
        every = value(Sum(tuple(map(how_many, self.plan.plan.teams)), 0))
        if not every:
            yield ExplainedStep("not available: there are no teams", NA)
            return
        yield ExplainedStep(
            f"{plain(together)} FTE ÷ {_teams_in_words(every)}, rounded to two decimals", self.cell("team_size")
        )

    def seats(self) -> Iterator[ExplainedStep]:
        for team in self.plan.plan.teams:
            seats, students = seats_formula(self.plan.plan, team), students_of_team(team)
            if seats is None or students is None or team.students is None:
                yield ExplainedStep(f"{team.name}: the file does not say how many students it has", NA)
                continue
            each = seats_each(self.plan.plan, team)
            phrase = f"{plain(value(students))} students {TIMES} {'1 seat' if each == 1 else f'{each} seats'}"
            phrase += f" in {team.subject}" if team.subject is not None else ""
            phrase = f"{_teams_in_words(_number(team).value)} {TIMES} {phrase}" if team.alike is not None else phrase
            steps = [
                ExplainedStep(f"{say_figure(team.students.counted)}; {origin(self.school, team.students.counted)}")
            ]
            if not isinstance(students, Input):
                assert isinstance(students, Rounded)
                steps.append(ExplainedStep(f"{say(students.exact)}, in whole students", Count(value(students))))
            yield ExplainedStep(f"{team.name}: {phrase}", Count(value(seats)), (*steps, *self._counted(team)))
        yield ExplainedStep(
            "added up" if self.cell("seats_reached") is not NA else "not available", self.cell("seats_reached")
        )

    def reach(self) -> Iterator[ExplainedStep]:
        reached, students = self.cell("seats_reached"), self.plan.plan.students
        yield ExplainedStep("seats reached", reached, tuple(self.seats()))
        if students is None:
            yield ExplainedStep("not available: the number of students is missing", NA)
            return
        yield ExplainedStep(f"{say_figure(students)}; {origin(self.school, students)}")
        subjects = self.plan.plan.core_subjects
        every = f"{plain(students.value)} students"
        every = f"({every} {TIMES} {len(subjects)} core subjects)" if len(subjects) > 1 else every
        if isinstance(reached, Count) and self.cell("reach") is not NA:
            yield ExplainedStep(f"{plain(reached.value)} seats ÷ {every}", self.cell("reach"))
        else:
            yield ExplainedStep("not available: there are no students, or those of a team are not stated", NA)

    def cost_per_seat(self) -> Iterator[ExplainedStep]:
        held = {role.role: role for role in self.plan.staff}
        parts: list[Formula] = []
        for role, fte in in_teams(self.plan.plan).items():
            cost, there = (measure_formula(name, self.plan, self.ledger.baseline, Scope((role,))) for name in _OF_ROLE)
            if role not in held or cost is None or there is None:
                continue
            parts.append(Quotient(times(cost, fte), there))
            phrase = f"{role}: {money(value(cost))} {TIMES} {plain(value(fte))} FTE in teams"
            yield ExplainedStep(f"{phrase} ÷ {plain(held[role].fte)} FTE", Money(value(Rounded(parts[-1], 2))))
        together = value(Rounded(Sum(tuple(parts), max((one.places for one in parts), default=0)), 2))
        yield ExplainedStep("what the people of the teams cost", Money(together))
        reached = self.cell("seats_reached")
        yield ExplainedStep("seats reached", reached, tuple(self.seats()))
        if isinstance(reached, Count) and reached.value:
            phrase = f"{money(together)} ÷ {plain(reached.value)} seats, rounded to two decimals"
            yield ExplainedStep(phrase, self.cell("cost_per_seat"))
        else:
            yield ExplainedStep("not available: no seats are reached, or the students of a team are not stated", NA)

    def without_team(self) -> Iterator[ExplainedStep]:
        led = in_teams(self.plan.plan)
        for role in teachers(self.plan):
            inside = value(led[role.role]) if role.role in led else ZERO
            phrase = f"{role.role}: {plain(role.fte)} FTE {MINUS} {plain(inside)} FTE in teams"
            yield ExplainedStep(phrase, Fte(max(role.fte - inside, ZERO)))
        yield ExplainedStep("added up", self.cell("teachers_without_team"))


_STEPS: Mapping[str, Callable[[_Telling], Iterable[ExplainedStep]]] = {
    "teams": _Telling.teams,
    "team_size": _Telling.sizes,
    "seats_reached": _Telling.seats,
    "reach": _Telling.reach,
    "cost_per_seat": _Telling.cost_per_seat,
    "teachers_without_team": _Telling.without_team,
}


_OF_ROLE = ("cost", "fte")


def _number(team: PlanTeam) -> Count:
    return Count(value(how_many(team)))


def _teams_in_words(count: Decimal) -> str:
    return "1 team" if count == 1 else f"{plain(count)} teams"
