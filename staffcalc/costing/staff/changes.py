"""What a plan, and each later year, changes in the posts of a role: how many go and come, and who keeps none."""

from __future__ import annotations

from staffcalc.costing.staff.positions import Position
from staffcalc.formula.formula import Formula, less
from staffcalc.formula.rows import every


class Changes:
    """The posts `given_up` and `added`, and the people `displaced`, in FTE and in heads: who held a post given up,
    do not leave anyway and have taken no other. The other posts given up are those of people who have `moved`,
    those that nobody held (`empty`), and those of people `leaving`."""

    def __init__(self) -> None:
        self.given_up: list[Formula] = []
        self.added: list[Formula] = []
        self.moved: list[Formula] = []
        self.empty: list[Formula] = []
        self.leaving: list[Formula] = []
        self.displaced: list[Formula] = []
        self.displaced_people: list[Formula] = []

    def leave(self, position: Position) -> None:
        """Those of a position keep no post."""
        self.displaced.append(every([(position.rows, position.fte)]))
        self.displaced_people.append(every([(position.rows, position.people)]))

    def come_back(self, position: Position) -> None:
        """Those of a position kept no post, and have one by now."""
        self.displaced.append(less(every([(position.rows, position.fte)])))
        self.displaced_people.append(less(every([(position.rows, position.people)])))
