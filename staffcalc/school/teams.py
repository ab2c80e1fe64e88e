"""The teams of a plan: those it starts from with its own laid over them, and whether its staff and students suffice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from staffcalc.language.figures import Figure
from staffcalc.language.fractions import in_decimals
from staffcalc.language.school_year import first_of
from staffcalc.language.team import BySize
from staffcalc.language.team import Team as StatedTeam
from staffcalc.language.validation import Broken
from staffcalc.records import NamedTuple
from staffcalc.school.parts.budgets import StudentGroup
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.parts.team import Led, PlanTeam, TeamMember
from staffcalc.school.school import Post, Staffed
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Text

Teams = Mapping[str, PlanTeam]


class Around(NamedTuple):
    """What the teams of a plan may name: its roles, its students, the core subjects. `extends`: the file is laid over
    another, so that a team it drops may be one of that file."""

    posts: Mapping[str, Post]
    students: tuple[Figure, ...]
    core_subjects: tuple[Text, ...]
    extends: bool
    broken: Broken
    problems: Problems


def teams(stated: Mapping[Text, StatedTeam | None] | None, before: Teams, around: Around) -> dict[str, PlanTeam]:
    """The teams of a plan: those it starts from with the plan's own students, and those it states, drops or changes."""
    found = {name: _among(team, around.students) for name, team in before.items()}
    for name, one in (stated or {}).items():
        if one is None:
            if found.pop(str(name), None) is None and not around.extends and ("teams", str(name)) not in around.broken:
                around.problems.add(name.place, f"`{name}` is no team here", _nearest_team(name, before))
            continue
        team = _laid(name, one, found.get(str(name)), around)
        if team is None:
            found.pop(str(name), None)
            around.broken.add(("teams", str(name)))
        else:
            found[str(name)] = team
    return found


def _nearest_team(name: Text, before: Teams) -> str:
    return nearest(name, before, "teams") if before else "leave it out: there is no team to drop"


def _among(team: PlanTeam, students: tuple[Figure, ...]) -> PlanTeam:
    """The same team among the students of another plan."""
    if team.students is None or team.students.now == students:
        return team
    return team._replace(students=team.students._replace(now=students))


def _laid(name: Text, stated: StatedTeam, before: PlanTeam | None, around: Around) -> PlanTeam | None:
    """A team as it is stated, over the one of this name that the plan starts from; None, with the problem, where
    something of it cannot be."""
    leader = stated.leader or (before.leader if before is not None else None)
    if leader is None:
        if ("teams", str(name)) not in around.broken:  # else what it is laid over could not be read
            around.problems.add(name.place, f"who leads `{name}`?", "add `leader:` with a role")
        return None
    members = {} if before is None else {one.role: one for one in before.members}
    members |= {str(role): TeamMember(str(role), fte) for role, fte in (stated.members or {}).items()}
    named = [*([stated.leader] if stated.leader is not None else []), *(stated.members or {})]
    if not all([*(_is_role(role, around) for role in named), _is_core(stated.subject, around)]):
        return None
    students = None if before is None else before.students
    if stated.students is not None:
        students = StudentGroup(str(name), stated.students, around.students, around.students)
    subject = stated.subject or (before.subject if before is not None else None)
    count = stated.count or (before.alike if before is not None else None)
    return PlanTeam(
        name=str(name),
        leader=str(leader),
        members=tuple(members.values()),
        students=students,
        subject=None if subject is None else str(subject),
        alike=count,
        place=name.place if stated.leader is None else stated.leader.place,
    )


def _is_role(role: Text, around: Around) -> bool:
    if role in around.posts:
        return True
    if ("roles", str(role)) not in around.broken and ("roles",) not in around.broken:
        around.problems.add(role.place, f"`{role}` is no role here", nearest(role, around.posts, "roles"))
    return False


def _is_core(subject: Text | None, around: Around) -> bool:
    if subject is None or subject in around.core_subjects:
        return True
    if ("core_subjects",) not in around.broken:
        hint = f"add `core_subjects: [{subject}]` to the file"
        hint = nearest(subject, around.core_subjects, "core subjects") if around.core_subjects else hint
        around.problems.add(subject.place, f"`{subject}` is no core subject here", hint)
    return False


def with_teams_led(staff: Mapping[str, Staffed], led: Teams) -> dict[str, Staffed]:
    """The staff with the teams that they lead, where their supplement is by the size of these."""
    found: dict[str, Staffed] = {}
    for role, one in staff.items():
        own: tuple[Led, ...] = ()
        if isinstance(one.post.role.supplement, BySize):
            mine = (team for team in led.values() if team.leader == role)
            own = tuple(Led(team.name, team.alike, tuple(each.fte for each in team.members)) for team in mine)
        found[role] = one if one.led == own else one._replace(led=own)
    return found


# Whether staff and students suffice


def check_core_subjects(subjects: Iterable[Text], problems: Problems) -> None:
    """Each subject is named once."""
    seen: set[str] = set()
    for subject in subjects:
        if subject in seen:
            problems.add(subject.place, f"`{subject}` is named twice", "a student has one seat in each core subject")
        seen.add(str(subject))


def check_teams(
    plan: str, led: Teams, staff: Mapping[str, Staffed], students: tuple[Figure, ...], around: Around
) -> None:
    """No more leaders and members than the plan has, no seat reached twice, and a supplement for every size."""
    told: set[Place] = {problem.place for problem in around.problems}
    for place, message, hint in (
        *_short_of_staff(plan, led, staff),
        *_reached_twice(plan, led, students, around.core_subjects),
        *_of_no_size(led, around.posts),
    ):
        if place not in told:  # a plan that is like another one repeats what is wrong with it
            told.add(place)
            around.problems.add(place, message, hint)


Wrong = tuple[Place, str, str]


def _short_of_staff(plan: str, led: Teams, staff: Mapping[str, Staffed]) -> Iterator[Wrong]:
    for role in dict.fromkeys(role for team in led.values() for role in (team.leader, *_roles(team))):
        one = staff.get(role)
        if one is not None and one.not_counted:
            continue
        there = Decimal(0) if one is None else fte_of(one)
        each = Decimal(1) if one is None else _each(one)
        leaders = sum((_many(team) for team in led.values() if team.leader == role), Decimal(0))
        wanted = leaders * each
        places = [team.place for team in led.values() if team.leader == role]
        for team in led.values():
            for member in team.members:
                if member.role == role:
                    wanted += _of_all(member.fte, team)
                    places += [member.fte.place] if member.fte.value else []
        if wanted <= there:
            continue
        if leaders * each > there and leaders > 1:
            what = f"`{role}` leads {leaders:f} teams in `{plan}`, which has {_digits(Fraction(there))} FTE of it"
            yield places[0], what, "nobody leads two full teams: add leaders, or make fewer teams"
        else:
            what = f"the teams of `{plan}` have {wanted:f} FTE of `{role}`, and the plan has {_digits(Fraction(there))}"
            yield places[-1], what, "teams share the staff of the plan: change one of them"


def _roles(team: PlanTeam) -> Iterator[str]:
    return (member.role for member in team.members)


def _of_all(fte: Figure, team: PlanTeam) -> Decimal:
    """The FTE of a member in all teams that are alike."""
    if fte.over is None:
        return fte.value * _many(team)
    return in_decimals(fte.exact * (1 if team.alike is None else team.alike.exact))


def _many(team: PlanTeam) -> Decimal:
    return Decimal(1) if team.alike is None else team.alike.value


def _each(staffed: Staffed) -> Decimal:
    """The FTE of one of them: of people who are counted, what each has."""
    return Decimal(1) if not staffed.people or staffed.each is None else staffed.each.value


def fte_of(staffed: Staffed) -> Decimal:
    """The FTE of the staff in the file's year."""
    return sum_of(staffed.counts) * _each(staffed)


def _reached_twice(
    plan: str, led: Teams, students: tuple[Figure, ...], core_subjects: tuple[Text, ...]
) -> Iterator[Wrong]:
    """A student is reached once in each subject. What is compared are the exact shares, before they are rounded."""
    if not students:
        return
    every = sum(one.value for one in students)
    for subject in core_subjects or (None,):
        reached, last = Fraction(0), None
        for team in led.values():
            if team.students is None or team.subject not in (None, subject):
                continue
            reached += Fraction(_many(team)) * _exact(team.students)
            last = team.students.counted.place if _many(team) else last
        if last is not None and reached > Fraction(every):
            whom = f"{_digits(reached)} students" + (f" in {subject}" if subject is not None else "")
            hint = "a team without a subject reaches all seats of its students" if core_subjects else "reach each once"
            yield last, f"the teams of `{plan}` reach {whom}, and there are {every:f}", hint


def _exact(group: StudentGroup) -> Fraction:
    """The students of a team before they are rounded: the share of the plan's that they were of those they are of."""
    every, now = (Fraction(sum((one.value for one in some), Decimal(0))) for some in (group.all, group.now))
    if group.now == group.all:
        return Fraction(group.counted.value)
    return Fraction(group.counted.value) * now / every if every else Fraction(0)


def _digits(number: Fraction) -> str:
    return f"{Decimal(round(number * 100)).scaleb(-2):f}".rstrip("0").rstrip(".")


def _of_no_size(led: Teams, posts: Mapping[str, Post]) -> Iterator[Wrong]:
    """Each leader who is paid by the size of the team has one of a size that the supplement knows, in every year."""
    for team in led.values():
        post = posts.get(team.leader)
        paid = None if post is None else post.role.supplement
        if not isinstance(paid, BySize):
            continue
        for year, size in _sizes(team):
            if not paid.has(size):
                when = f" in {year}" if year else ""
                what = f"`{team.name}` has {size:f} FTE beside its leader{when}, and `by_team_size` no such size"
                known = ", ".join(one.in_words for one in paid.ranges)
                yield team.place, what, f"the supplement of `{team.leader}` is for {known}"


def _sizes(team: PlanTeam) -> Iterator[tuple[str, Decimal]]:
    """The size of a team, and that of each year for which another number of members is stated."""
    yield "", sum_of(member.fte for member in team.members)
    years = {first_of(one.dated or ""): str(one.dated) for member in team.members for one in member.fte.dated_figures}
    for first, year in years.items():
        yield year, sum((_in_year(member.fte, first) for member in team.members), Decimal(0))


def _in_year(figure: Figure, first: int | None) -> Decimal:
    return next((one.value for one in figure.dated_figures if first_of(one.dated or "") == first), figure.value)
