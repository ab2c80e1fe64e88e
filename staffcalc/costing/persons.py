"""People who hold several posts: a cap, a threshold and a head look at the person, whose posts share what they come to.

While a plan gives up a share of one of the posts, the person is there as long as any of them lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from staffcalc.costing.formula import Formula, Quotient, add, greater, times
from staffcalc.costing.pay import Pay
from staffcalc.costing.staff import Holding, Staff


class Held(NamedTuple):
    """One of a person's posts: in which staff and holding it stands, and its FTE while the person is there."""

    staff: int
    at: int
    fte: Formula


class Person(NamedTuple):
    """A person with several posts. `present` is the share of the person that a plan keeps."""

    present: Formula
    held: tuple[Held, ...]


People = Mapping[str, Person]


def people_of(staffs: Sequence[Staff]) -> dict[str, Person]:
    """Those who hold several posts, by the label they have in the roster."""
    found: dict[str, list[tuple[int, int, Holding]]] = {}
    for number, staff in enumerate(staffs):
        for at, holding in enumerate(staff.holdings):
            if holding.person:
                found.setdefault(holding.person, []).append((number, at, holding))
    return {name: _person(posts) for name, posts in found.items()}


def _person(posts: Sequence[tuple[int, int, Holding]]) -> Person:
    stays = [group.people for _, _, holding in posts for group in holding.groups]
    present = stays[0]
    for share in stays[1:]:
        present = greater(present, share)
    held = [
        Held(number, at, Quotient(holding.fte, present) if _shrunk(holding) else holding.fte)
        for number, at, holding in posts
    ]
    return Person(present, tuple(held))


def _shrunk(holding: Holding) -> bool:
    """Whether a plan may have given up some of the post."""
    return holding.fte is not holding.groups[0].each


def with_heads(staffs: Sequence[Staff], people: People) -> list[Staff]:
    """The staff with each person's head shared by the FTE of the posts."""
    found = list(staffs)
    for person in people.values():
        for one in person.held:
            staff = found[one.staff]
            holding = staff.holdings[one.at]._replace(people=head(person, one, person.held))
            holdings = (*staff.holdings[: one.at], holding, *staff.holdings[one.at + 1 :])
            found[one.staff] = staff._replace(holdings=holdings, people=add(*(each.people for each in holdings)))
    return found


def head(person: Person, one: Held, among: Sequence[Held]) -> Formula:
    """The part of the person's head that falls to one post, by FTE among some of the posts."""
    if len(among) == 1:
        return person.present
    return times(person.present, Quotient(one.fte, add(*(other.fte for other in among))))


class Posts:
    """The posts of the people with several, as a benefit of one post looks at them."""

    def __init__(self, people: People, pays: Sequence[Pay]) -> None:
        self._people, self._pays = people, pays

    def of(self, holding: Holding, having: Callable[[Pay], bool]) -> tuple[Person, list[tuple[Held, Pay]]]:
        """The person who holds a post, and those of all their posts whose role has what is asked for."""
        person = self._people[holding.person]
        pays = [(one, self._pays[one.staff]) for one in person.held]
        return person, [(one, pay) for one, pay in pays if having(pay)]
