"""People who hold several posts: a cap, a threshold and a head look at the person, whose posts share what they come to.

While a plan gives up a share of one of the posts, the person is there as long as any of them lasts; for a benefit, any
of those that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from staffcalc.costing.holdings import Holding, Staff
from staffcalc.costing.pay import Pay
from staffcalc.formula.formula import Formula, Quotient, add, greater, times
from staffcalc.formula.rows import every


class Held(NamedTuple):
    """One of a person's posts: in which staff it stands and at which holding, and its FTE while the person is there."""

    staff: int
    at: int
    holding: Holding
    fte: Formula


class Person(NamedTuple):
    """A person with several posts. `present` is the share of the person that a plan keeps."""

    present: Formula
    held: tuple[Held, ...]

    def of(self, posts: Sequence[Held]) -> Person:
        """The person as the holder of these posts alone."""
        return self if len(posts) == len(self.held) else _person([(one.staff, one.at, one.holding) for one in posts])


People = Mapping[str, Person]


def people_of(staffs: Sequence[Staff], first: int = 0) -> dict[str, Person]:
    """Those who hold several posts, by the label they have in the roster; the posts of one of the staffs come first."""
    found: dict[str, list[tuple[int, int, Holding]]] = {}
    for number in (first, *(number for number in range(len(staffs)) if number != first)):
        for at, holding in enumerate(staffs[number].holdings):
            if holding.person:
                found.setdefault(holding.person, []).append((number, at, holding))
    return {name: _person(posts) for name, posts in found.items()}


def _person(posts: Sequence[tuple[int, int, Holding]]) -> Person:
    stays = [group.people for _, _, holding in posts for group in holding.groups]
    present = stays[0]
    for share in stays[1:]:
        present = greater(present, share)
    held = [
        Held(number, at, holding, Quotient(holding.fte, present) if _shrunk(holding) else holding.fte)
        for number, at, holding in posts
    ]
    return Person(present, tuple(held))


def _shrunk(holding: Holding) -> bool:
    """Whether a plan may have given up some of the post."""
    return holding.fte is not holding.groups[0].each


def with_heads(staffs: Sequence[Staff], number: int, people: People) -> Staff:
    """One of the staffs with each person's head shared by the FTE of the posts."""
    staff = staffs[number]
    heads = {
        one.at: head(person, one, person.held)
        for person in people.values()
        for one in person.held
        if one.staff == number
    }
    if not heads:
        return staff
    holdings = tuple(
        holding._replace(people=heads[at]) if at in heads else holding for at, holding in enumerate(staff.holdings)
    )
    return staff._replace(holdings=holdings, people=every((each.rows, each.people) for each in holdings))


def head(person: Person, one: Held, among: Sequence[Held]) -> Formula:
    """The part of the person's head that falls to one post, by FTE among some of the posts."""
    if len(among) == 1:
        return person.present
    return times(person.present, Quotient(one.fte, add(*(other.fte for other in among))))


class Posts:
    """The posts of the people with several, as a benefit of one post looks at them."""

    def __init__(self, people: People, pays: Sequence[Pay]) -> None:
        self._people, self._pays = people, pays
        self._known: dict[tuple[object, ...], Person] = {}

    def of(self, holding: Holding, having: Callable[[Pay], bool]) -> tuple[Person, list[tuple[Held, Pay]]]:
        """The person who holds a post, as the holder of those of all their posts whose role has what is asked for."""
        whole = self._people[holding.person]
        posts = [one for one in whole.held if having(self._pays[one.staff])]
        key = (holding.person, *((one.staff, one.at) for one in posts))
        person = self._known.setdefault(key, whole.of(posts))
        return person, [(one, self._pays[one.staff]) for one in person.held]
