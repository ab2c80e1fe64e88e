"""What 1.0 FTE earns of people whom new hires have followed: whoever holds a post by now is paid as one of those who
have stayed, or as a hire of some year. On average they earn a blend of these; a cap looks at each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from staffcalc.formula.formula import Evaluation, Formula, Number, One, Quotient, blend, lesser, minus, times, value
from staffcalc.records import NamedTuple


class Following(NamedTuple):
    """The share of those there were whom new hires have followed, and what these hires earn by now. `year` counts from
    the file's (0: nobody has followed anybody, they stand on another place of a band); None: within the year that is
    costed."""

    year: int | None
    share: Formula
    pay: Formula


class Earned(NamedTuple):
    """What 1.0 FTE earns: who has stayed, by turns who has followed, and all of them on average."""

    own: Formula
    together: Formula
    followed: tuple[Following, ...] = ()

    @classmethod
    def alike(cls, pay: Formula) -> Earned:
        """What everybody earns alike."""
        return cls(pay, pay)

    @classmethod
    def spread(cls, together: Formula, places: Sequence[tuple[int, Formula]]) -> Earned:
        """What those earn who stand on the places of a band, so many on each; on one, all earn the same."""
        if len(places) < 2:
            return cls.alike(together)
        (many, own), *others = places
        followed: list[Following] = []
        for number, pay in others:
            many += number
            followed.append(Following(0, Quotient(Number(number), Number(many)), pay))
        return cls(own, together, tuple(followed))

    def followed_by(self, hires: Following) -> Earned:
        """New hires follow a share of all of them."""
        return Earned(self.own, blend(self.together, hires.pay, hires.share), (*self.followed, hires))

    def each(self, of: Callable[[Formula], Formula]) -> Formula:
        """On average, what is made of what each of them earns."""
        found = of(self.own)
        for one in self.followed:
            found = blend(found, of(one.pay), one.share)
        return found

    def lots(self) -> Iterator[tuple[Formula, Formula]]:
        """The share of them that earns each pay."""
        for at, pay in enumerate((self.own, *(one.pay for one in self.followed))):
            stayed = [minus(One(), one.share) for one in self.followed[at:]]
            yield times(*(one.share for one in self.followed[at - 1 : at]), *stayed), pay

    def at(self, lot: int) -> Formula:
        """What those of one of the lots earn; of people whom nobody has followed, everybody."""
        return self.followed[lot - 1].pay if lot and self.followed else self.own

    def less_than(self, hire: Earned, year: int) -> Earned:
        """What new hires of a year would earn by now in their place, but each never more than whom they replace. Those
        who have come since have come to either."""
        since = hire.followed
        if self.followed[len(self.followed) - len(since) :] != since:  # it is known on average alone
            return Earned.alike(lesser(self.together, hire.together))
        found = Earned.alike(lesser(self.own, hire.own))
        for one in self.followed:
            here = one.year is not None and one.year <= year
            found = found.followed_by(one._replace(pay=lesser(one.pay, hire.own)) if here else one)
        return found


def leaving_together(every: Sequence[Earned], known: Evaluation) -> list[Earned]:
    """What the posts of one person are paid: whoever follows in one follows in all of them. Where these are left by
    other shares, nobody knows who goes, and each is paid what it is on average."""
    turns = [[(one.year, value(one.share, known)) for one in earned.followed] for earned in every if earned.followed]
    if any(one != turns[0] for one in turns):
        return [Earned.alike(earned.together) for earned in every]
    return list(every)


def longest(every: Iterable[Earned]) -> Earned:
    """The one with the most turns."""
    return max(every, key=lambda earned: len(earned.followed))
