"""Teams as formulas: their size, the seats they reach, what their people cost, and who leads which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from staffcalc.costing.budgets import group_formula
from staffcalc.costing.counts import each_formula
from staffcalc.costing.holdings import Group, Holding, Leading
from staffcalc.formula.formula import Formula, Input, Number, One, Quotient, add, less, lesser, product, times
from staffcalc.school.school import Member, Plan, Staffed, Team

# The teams of a plan


def how_many(team: Team) -> Formula:
    """How many teams of one name are alike."""
    return Number(1) if team.count is None else Input.of("teams", team.count)


def teams_formula(teams: Iterable[Team]) -> Formula:
    """How many teams there are."""
    return add(*map(how_many, teams))


def size_formula(team: Team, only: Collection[str] | None = None) -> Formula:
    """The FTE beside the leader of one team; `only` members of these roles."""
    return _members((one for one in team.members if only is None or one.role in only), team.name)


def _members(members: Iterable[Member], team: str) -> Formula:
    return add(*(Input.of(f"{one.role} in {team}", one.fte) for one in members))


def members_formula(teams: Iterable[Team], only: Collection[str] | None = None) -> Formula:
    """The FTE beside the leaders of all teams together; `only` of these roles."""
    return add(*(_of_all(team, size_formula(team, only)) for team in teams))


def _of_all(team: Team, each: Formula) -> Formula:
    """What each of the teams of one name has, for all of them."""
    return each if team.count is None else product(how_many(team), each)


def students_formula(team: Team) -> Formula | None:
    """The students of one team; None where the file does not say how many."""
    return None if team.students is None else group_formula(team.students)


def seats_each(plan: Plan, team: Team) -> int:
    """The seats that a team reaches of each of its students: one in its subject, or all."""
    return 1 if team.subject is not None else max(len(plan.core_subjects), 1)


def seats_formula(plan: Plan, team: Team) -> Formula | None:
    """The seats that the teams of one name reach; None where the file does not say of how many students."""
    students, each = students_formula(team), seats_each(plan, team)
    if students is None:
        return None
    return _of_all(team, students if each == 1 else product(students, Number(each)))


def in_teams(plan: Plan) -> Mapping[str, Formula]:
    """The FTE of each role that are in teams, as leaders or as members."""
    found: dict[str, list[Formula]] = {}
    held = {one.post.name: one for one in plan.staff}
    for team in plan.teams:
        leader = held.get(team.leader)
        found.setdefault(team.leader, []).append(_of_all(team, One() if leader is None else _each(leader)))
        for one in team.members:
            found.setdefault(one.role, []).append(_of_all(team, _members((one,), team.name)))
    return {role: add(*terms) for role, terms in found.items()}


def _each(staffed: Staffed) -> Formula:
    """The FTE of a leader: one full post, or that of each person where people are counted."""
    return each_formula(staffed.now.each) if staffed.people else One()


# Supplements by the size of a team


def leading(staffed: Staffed, fte: Formula) -> tuple[Leading, ...]:
    """Those of a post who lead teams, team by team; there is one without leaders where there are no teams. Where a later
    year has fewer posts than leaders, each team keeps its share of them."""
    each = _each(staffed)
    led = [
        Leading(
            One() if one.count is None else Input.of("teams", one.count),
            each,
            add(*(Input.of(f"member of {one.team}", member) for member in one.members)),
        )
        for one in staffed.led
    ]
    there = Quotient(fte, add(*(one.fte for one in led)))
    found = tuple(one._replace(leaders=lesser(one.leaders, times(one.leaders, there))) for one in led)
    return found or (Leading(add(), each, add()),)


def apart(holdings: tuple[Holding, ...], led: tuple[Leading, ...], fte: Formula) -> Iterator[Holding]:
    """The staff of a post with those who lead each team apart: where their own pay is known, all lead by the same share.
    Whoever has further posts stays one, and has the share of each supplement."""
    if len(holdings) == 1 and holdings[0].wage is None:
        yield from _of_all_alike(holdings[0], led)
        return
    shares = [one._replace(leaders=Quotient(one.fte, fte), each=One()) for one in led]
    for holding in holdings:
        if holding.person:
            yield holding._replace(leading=tuple(shares))
            continue
        for share in shares:
            yield holding.times(share.leaders)._replace(leading=(share._replace(leaders=One()),))
        yield holding.times(add(One(), *(less(share.leaders) for share in shares)))


def _of_all_alike(holding: Holding, led: tuple[Leading, ...]) -> Iterator[Holding]:
    """Staff who are paid alike: full posts lead."""
    for one in led:
        group = Group(one.leaders, one.each)
        own = (one._replace(leaders=One(), each=One()),)
        yield holding._replace(fte=one.fte, people=one.leaders, groups=(group,), leading=own)
    full, *others = holding.groups
    leaders = [less(one.leaders) for one in led]
    yield holding._replace(
        fte=add(holding.fte, *(less(one.fte) for one in led)),
        people=add(holding.people, *leaders),
        groups=(full._replace(people=add(full.people, *leaders)), *others),
    )
