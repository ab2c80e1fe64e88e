"""What a team of a plan is; `teams` makes them of what a file says."""

from __future__ import annotations

from staffcalc.language.figures import Figure
from staffcalc.records import NamedTuple
from staffcalc.school.parts.budgets import StudentGroup
from staffcalc.source.problems import Place


class TeamMember(NamedTuple):
    """FTE of a role in a team, beside its leader."""

    role: str
    fte: Figure


class PlanTeam(NamedTuple):
    """A team, or so many (None: one) as are `alike`: with a leader of a role, members, and students, who have one
    seat in its `subject`; without one it teaches them in all. `students` None: the file does not say how many."""

    name: str
    leader: str
    members: tuple[TeamMember, ...]
    students: StudentGroup | None
    subject: str | None
    alike: Figure | None
    place: Place


class Led(NamedTuple):
    """A team by the posts of those who lead it: how many are `alike` (None: one), and the FTE of their members."""

    team: str
    alike: Figure | None
    members: tuple[Figure, ...]
