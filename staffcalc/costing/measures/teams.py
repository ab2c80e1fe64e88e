"""The teams of a plan as formulas: their size, the seats they reach, and who of the staff is in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from staffcalc.costing.budgets import group_formula
from staffcalc.costing.staff.leaders import each_leader
from staffcalc.formula.formula import (
    Formula,
    Number,
    One,
    Quotient,
    Rounded,
    Sum,
    add,
    greater,
    lesser,
    minus,
    of_figure,
    product,
    times,
)
from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.parts.team import PlanTeam, TeamMember
from staffcalc.school.school import Plan, School


class TeamMeasures(NamedTuple):
    """What is asked of a plan where a file has teams. FTE; seats; `reach` a share, to four decimals; dollars; None
    where one would divide by nothing, and where the students of some team are not stated."""

    teams: Decimal
    team_size: Decimal | None
    seats_reached: Decimal | None
    reach: Decimal | None
    cost_per_seat: Decimal | None
    teachers_without_team: Decimal


def has_teams(school: School) -> bool:
    """Whether some plan has teams."""
    return any(plan.teams for plan in school.plans)


def how_many(team: PlanTeam) -> Formula:
    """How many teams of one name are alike."""
    return Number(1) if team.alike is None else of_figure("teams", team.alike)


def teams_formula(teams: Iterable[PlanTeam]) -> Formula:
    """How many teams there are."""
    return _together(map(how_many, teams))


def size_formula(team: PlanTeam, only: Collection[str] | None = None) -> Formula:
    """The FTE beside the leader of one team; `only` members of these roles."""
    return _members((one for one in team.members if only is None or one.role in only), team.name)


def _members(members: Iterable[TeamMember], team: str) -> Formula:
    return add(*(of_figure(f"{one.role} in {team}", one.fte) for one in members))


def members_formula(teams: Iterable[PlanTeam], only: Collection[str] | None = None) -> Formula:
    """The FTE beside the leaders of all teams together; `only` of these roles."""
    return _together(_of_all(team, size_formula(team, only)) for team in teams)


def _of_all(team: PlanTeam, each: Formula) -> Formula:
    """What each of the teams of one name has, for all of them."""
    return each if team.alike is None else product(how_many(team), each)


def students_of_team(team: PlanTeam) -> Formula | None:
    """The students of one team; None where the file does not say how many."""
    return None if team.students is None else group_formula(team.students)


def seats_each(plan: Plan, team: PlanTeam) -> int:
    """The seats that a team reaches of each of its students: one in its subject, or all."""
    return 1 if team.subject is not None else max(len(plan.core_subjects), 1)


def seats_formula(plan: Plan, team: PlanTeam) -> Formula | None:
    """The seats that the teams of one name reach; None where the file does not say of how many students."""
    students, each = students_of_team(team), seats_each(plan, team)
    if students is None:
        return None
    return _of_all(team, students if each == 1 else product(students, Number(each)))


def in_teams(plan: Plan) -> Mapping[str, Formula]:
    """The FTE of each role that are in teams, as leaders or as members."""
    found: dict[str, list[Formula]] = {}
    held = {one.post.name: one for one in plan.staff}
    for team in plan.teams:
        leader = held.get(team.leader)
        found.setdefault(team.leader, []).append(_of_all(team, One() if leader is None else each_leader(leader)))
        for one in team.members:
            found.setdefault(one.role, []).append(_of_all(team, _members((one,), team.name)))
    return {role: add(*terms) for role, terms in found.items()}


def team_figures(plan: Plan) -> Iterator[tuple[str, Figure]]:
    """The figures that teams rest on, with their names."""
    for team in plan.teams:
        if team.alike is not None:
            yield f"teams of {team.name}", team.alike
        for one in team.members:
            yield f"{one.role} in {team.name}", one.fte
        if team.students is not None:
            yield f"students of {team.name}", team.students.counted


# What is measured of a plan


def seats_reached(plan: Plan) -> Formula | None:
    """The seats that all teams reach; None where the file does not say how many students one of them has."""
    seats = [seats_formula(plan, team) for team in plan.teams]
    known = [one for one in seats if one is not None]
    return _together(known) if len(known) == len(seats) else None


def reach_formula(plan: Plan, reached: Formula, students: Formula) -> Formula:
    """The share of all seats that the teams reach, to four decimals."""
    subjects = len(plan.core_subjects)
    every = product(students, Number(subjects)) if subjects > 1 else students
    # The students of teams that grow with the school are whole: together they may be one more than there are.
    return Rounded(Quotient(lesser(reached, every), every), 4)


def cost_of_teams(plan: Plan, by_role: Mapping[str, tuple[Formula, Formula]]) -> Formula:
    """What the people of all teams cost: of each role, told by its cost and its FTE, the FTE in teams at what 1.0 FTE
    costs."""
    parts = ((fte, *by_role[role]) for role, fte in in_teams(plan).items() if role in by_role)
    return _together(Quotient(times(cost, fte), there) for fte, cost, there in parts)


def without_team(plan: Plan, by_role: Mapping[str, Formula]) -> Formula:
    """The FTE that are in no team, of roles that are told by their FTE."""
    led = in_teams(plan)
    return _together(
        greater(add(), minus(there, led[role])) if role in led else there for role, there in by_role.items()
    )


def _together(terms: Iterable[Formula]) -> Formula:
    """A sum also of one term: so a measure is told from the formulas it is made of."""
    every = tuple(terms)
    return Sum(every, max([term.places for term in every], default=0))
