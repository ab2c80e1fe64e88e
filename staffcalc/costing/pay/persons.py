"""People who hold several posts: a cap, a threshold and a head look at the person, whose posts share what they come to.

While a plan gives up a share of one of the posts, the person is there as long as any of them lasts; for a benefit, any
of those that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from staffcalc.costing.pay.pay import Pay
from staffcalc.costing.staff.positions import Position, PostStaff
from staffcalc.formula.formula import Formula, Quotient, add, greater, times
from staffcalc.formula.rows import every
from staffcalc.records import NamedTuple


class Held(NamedTuple):
    """One of a person's posts: in which staff it stands and at which position, and its FTE while the person is
    there."""

    staff: int
    at: int
    position: Position
    fte: Formula


class MultiPostPerson(NamedTuple):
    """A person with several posts. `present` is the share of the person that a plan keeps."""

    present: Formula
    held: tuple[Held, ...]

    def of(self, posts: Sequence[Held]) -> MultiPostPerson:
        """The person as the holder of these posts alone."""
        return self if len(posts) == len(self.held) else _person([(one.staff, one.at, one.position) for one in posts])


People = Mapping[str, MultiPostPerson]


def people_of(staffs: Sequence[PostStaff], first: int = 0) -> dict[str, MultiPostPerson]:
    """Those who hold several posts, by the label they have in the roster; the posts of one of the staffs come first."""
    found: dict[str, list[tuple[int, int, Position]]] = {}
    for number in (first, *(number for number in range(len(staffs)) if number != first)):
        for at, position in enumerate(staffs[number].positions):
            if position.person:
                found.setdefault(position.person, []).append((number, at, position))
    return {name: _person(posts) for name, posts in found.items()}


def _person(posts: Sequence[tuple[int, int, Position]]) -> MultiPostPerson:
    stays = [group.people for _, _, position in posts for group in position.groups]
    present = stays[0]
    for share in stays[1:]:
        present = greater(present, share)
    held = [
        Held(number, at, position, Quotient(position.fte, present) if _shrunk(position) else position.fte)
        for number, at, position in posts
    ]
    return MultiPostPerson(present, tuple(held))


def _shrunk(position: Position) -> bool:
    """Whether a plan may have given up some of the post."""
    return position.fte is not position.groups[0].each


def with_heads(staffs: Sequence[PostStaff], number: int, people: People) -> PostStaff:
    """One of the staffs with each person's head shared by the FTE of the posts: of all, and of those in this staff, by
    which the person is paid once what its role pays a person."""
    staff = staffs[number]
    heads = {one.at: _heads(person, one) for person in people.values() for one in person.held if one.staff == number}
    if not heads:
        return staff
    positions = tuple(
        position._replace(people=heads[at][0], paid_once=heads[at][1]) if at in heads else position
        for at, position in enumerate(staff.positions)
    )
    return staff._replace(positions=positions, people=every((each.rows, each.people) for each in positions))


def _heads(person: MultiPostPerson, one: Held) -> tuple[Formula, Formula | None]:
    """The part of the person's head that falls to one post among all posts, and among those of the same role if it is
    another one."""
    own = person.of([each for each in person.held if each.staff == one.staff])
    among_all = head(person, one, person.held)
    if own is person:
        return among_all, None
    return among_all, head(own, next(each for each in own.held if each.at == one.at), own.held)


def head(person: MultiPostPerson, one: Held, among: Sequence[Held]) -> Formula:
    """The part of the person's head that falls to one post, by FTE among some of the posts."""
    if len(among) == 1:
        return person.present
    return times(person.present, Quotient(one.fte, add(*(other.fte for other in among))))


class Posts:
    """The posts of the people with several, as a benefit of one post looks at them."""

    def __init__(self, people: People, pays: Sequence[Pay]) -> None:
        self._people, self._pays = people, pays
        self._known: dict[tuple[object, ...], MultiPostPerson] = {}

    def of(self, position: Position, having: Callable[[Pay], bool]) -> tuple[MultiPostPerson, list[tuple[Held, Pay]]]:
        """The person who holds a post, as the holder of those of all their posts whose role has what is asked for."""
        whole = self._people[position.person]
        posts = [one for one in whole.held if having(self._pays[one.staff])]
        key = (position.person, *((one.staff, one.at) for one in posts))
        person = self._known.setdefault(key, whole.of(posts))
        return person, [(one, self._pays[one.staff]) for one in person.held]
