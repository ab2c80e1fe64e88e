"""What a plan, and each later year, changes in the posts of a role: how many go and come, and who keeps none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from staffcalc.costing.staff.positions import Position
from staffcalc.formula.formula import Formula, add, greater, less, minus
from staffcalc.formula.rows import Rows, every

PostOfSeveral = tuple[str, Rows | None]
"""One post of a person who has several: who holds it, and the row of the roster that it stands in."""


class Changes:
    """The posts `given_up` and `added`, and the people `displaced`, in FTE and in heads: who held a post given up,
    do not leave anyway and have taken no other. The other posts given up are those of people who have `moved`,
    those that nobody held (`empty`), and those of people `leaving`.

    Whoever has several posts and keeps one is not displaced: of these it is told post by post (`of_several`) how much
    is gone of the person who held it.
    """

    def __init__(self) -> None:
        self.given_up: list[Formula] = []
        self.added: list[Formula] = []
        self.moved: list[Formula] = []
        self.empty: list[Formula] = []
        self.leaving: list[Formula] = []
        self.displaced: list[Formula] = []
        self.displaced_people: list[Formula] = []
        self.of_several: dict[PostOfSeveral, list[Formula]] = {}

    def leave(self, position: Position) -> None:
        """Those of a position keep no post."""
        self.displaced.append(every([(position.rows, position.fte)]))
        self._told(position).append(people_of([position]))

    def go_by_name(self, position: Position) -> None:
        """Those of a position are laid off; whoever leaves anyway is not displaced by that."""
        if position.leaving:
            self.leaving.append(every([(position.rows, position.fte)]))
        else:
            self.leave(position)

    def come_back(self, position: Position) -> None:
        """Those of a position kept no post, and have one by now."""
        self.displaced.append(less(every([(position.rows, position.fte)])))
        self._told(position).append(less(people_of([position])))

    def _told(self, position: Position) -> list[Formula]:
        """Whom these people count among."""
        if not position.person:
            return self.displaced_people
        return self.of_several.setdefault((position.person, position.rows), [])


def people_of(positions: Iterable[Position]) -> Formula:
    """How many people hold some posts."""
    return every((one.rows, one.people) for one in positions)


def people_lost(before: Iterable[Position], after: Iterable[Position], moved: Iterable[Position] = ()) -> Formula:
    """How many people fewer hold some posts, beyond those who have taken another: of 3.6 FTE, who are four people, 3.3
    are four people still."""
    return greater(add(), minus(minus(people_of(before), people_of(after)), people_of(moved)))


def as_people(gone: Sequence[Position], people: Formula) -> Iterator[Position]:
    """Posts given up of whose holders so many people go: they are told with the first of them."""
    for at, one in enumerate(gone):
        yield one._replace(people=people if at == 0 else add())
