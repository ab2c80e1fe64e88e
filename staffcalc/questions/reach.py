"""What the teams of a plan reach, as answers tell it: their measures, each team, and the size that each must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, TypedDict, cast

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.measures.measures import team_measures
from staffcalc.costing.measures.teams import has_teams, how_many, seats_formula, size_formula, students_of_team
from staffcalc.costing.scope import Scope
from staffcalc.formula.formula import Formula, value
from staffcalc.formula.words import listed, plain
from staffcalc.questions.answers import RoleName
from staffcalc.questions.measuring import TEAM_MEASURES, TeamCells, team_cells
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Cell, Count, Fte, Money, NotAvailable, Percent, Ratio, TableRow
from staffcalc.school.parts.team import PlanTeam
from staffcalc.school.school import Plan


class MemberData(TypedDict):
    """Members of a team."""

    role: RoleName
    fte: Annotated[Fte, "Their FTE in each of the teams."]


class TeamData(TypedDict):
    """A team of a plan, or several that are alike."""

    team: Annotated[str, "The name of the team."]
    leader: Annotated[str, "The role of the one who leads it."]
    members: Annotated[list[MemberData], "Who is in it beside the leader."]
    count: Annotated[Count, "How many teams are alike."]
    size: Annotated[Fte, "FTE beside the leader of one of them."]
    students: Annotated[Count | None, "The students of one of them; null: not stated."]
    subject: Annotated[str | None, "The core subject that it teaches; null: all of them."]
    seats: Annotated[Count | None, "The seats that all of them reach; null: their students are not stated."]


class TeamsData(TypedDict):
    """The teams of a plan, and their measures: told where some plan of the file has teams."""

    team_count: Annotated[Count | NotAvailable, "How many teams there are: the measure `teams`."]
    team_size: Annotated[Ratio | NotAvailable, "FTE beside the leader of a team, on average."]
    seats_reached: Annotated[Count | NotAvailable, "The seats of students that the teams reach."]
    reach: Annotated[Percent | NotAvailable, "The share of all seats that the teams reach."]
    cost_per_seat: Annotated[Money | NotAvailable, "What the people of the teams cost, per seat that they reach."]
    teachers_without_team: Annotated[Fte | NotAvailable, "The FTE of leaders and teachers who are in no team."]
    teams: Annotated[list[TeamData], "The teams one by one."]


def cells_of_teams(ledger: Ledger, plan: PlanLedger) -> TeamCells | None:
    """The measures of a plan's teams; None where no plan of the file has any."""
    if plan.plan.not_stated and has_teams(ledger.school):
        return cast(TeamCells, dict.fromkeys(TEAM_MEASURES, NA))
    return team_cells(team_measures(plan, ledger.baseline)) if has_teams(ledger.school) else None


def teams_data(plan: PlanLedger, cells: TeamCells) -> TeamsData:
    """The teams of a plan for a program."""
    return {
        "team_count": cells["teams"],
        "team_size": cells["team_size"],
        "seats_reached": cells["seats_reached"],
        "reach": cells["reach"],
        "cost_per_seat": cells["cost_per_seat"],
        "teachers_without_team": cells["teachers_without_team"],
        "teams": [_team_data(plan.plan, team) for team in plan.plan.teams],
    }


def _team_data(plan: Plan, team: PlanTeam) -> TeamData:
    return {
        "team": team.name,
        "leader": team.leader,
        "members": [{"role": one.role, "fte": Fte(one.fte.value)} for one in team.members],
        "count": Count(value(how_many(team))),
        "size": Fte(value(size_formula(team))),
        "students": _count(students_of_team(team)),
        "subject": team.subject,
        "seats": _count(seats_formula(plan, team)),
    }


def _count(formula: Formula | None) -> Count | None:
    return None if formula is None else Count(value(formula))


LABELS = {
    "teams": "teams",
    "team_size": "team size",
    "seats_reached": "seats reached",
    "reach": "reach",
    "cost_per_seat": "cost per seat",
    "teachers_without_team": "teachers without a team",
}
"""The measures of teams as people read them."""


def team_rows(columns: Sequence[TeamCells | None]) -> list[TableRow]:
    """The measures of teams in the columns of several plans."""
    return [TableRow((label, *(of_teams(cells, name) for cells in columns))) for name, label in LABELS.items()]


def of_teams(cells: TeamCells | None, name: str) -> Cell:
    """A measure of teams, blank for a school without any."""
    return None if cells is None else cast(Mapping[str, Cell], cells)[name]


class Sized(NamedTuple):
    """A team and its size: the FTE beside the leader, or those of some roles among them."""

    team: str
    size: Decimal


def sizes(plan: PlanLedger, scope: Scope) -> list[Sized]:
    """The size of each team; of members of a part of the plan alone."""
    only = scope.only(plan)
    there = (team for team in plan.plan.teams if value(how_many(team)))
    return [Sized(team.name, value(size_formula(team, only))) for team in there]


# What differs between two plans


class Changed(NamedTuple):
    """A team that differs between two plans, in words; "none" where a plan does not have it."""

    team: str
    before: str
    after: str


def changed(old: Plan, new: Plan) -> Iterator[Changed]:
    """The teams that differ, in the order of the newer plan, and last those it does not have."""
    before, after = ({team.name: team for team in plan.teams} for plan in (old, new))
    for name in dict.fromkeys([*after, *before]):
        one, other = (_team_in_words(teams.get(name)) for teams in (before, after))
        if one != other:
            yield Changed(name, one, other)


def _team_in_words(team: PlanTeam | None) -> str:
    """A team in words: "2 teams of a lead teacher with 3 FTE of teacher, 421 students, science"."""
    if team is None or not (count := value(how_many(team))):
        return "none"
    members = listed(f"{plain(one.fte.value)} FTE of {one.role}" for one in team.members if one.fte.value)
    students = students_of_team(team)
    phrases = [team.leader + (f" with {members}" if members else " alone")]
    phrases += [f"{plain(value(students))} students"] if students is not None else []
    phrases += [team.subject] if team.subject is not None else []
    return (f"{plain(count)} teams: " if count != 1 else "") + ", ".join(phrases)
