"""Those of a post who lead teams, where their supplement is by the size of the team: each has that of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from staffcalc.costing.growth.wages import grown_price
from staffcalc.costing.staff.counts import each_formula
from staffcalc.costing.staff.positions import Leading, Position
from staffcalc.formula.formula import Formula, One, Quotient, add, less, lesser, of_figure, tiered, times
from staffcalc.language.team import BySize
from staffcalc.school.parts.growth import NO_GROWTH
from staffcalc.school.school import Post, Staffed


def each_leader(staffed: Staffed) -> Formula:
    """The FTE of a leader: one full post, or that of each person where people are counted."""
    return each_formula(staffed.now.each) if staffed.people else One()


def leading(staffed: Staffed, fte: Formula) -> tuple[Leading, ...]:
    """Those of a post who lead teams, team by team; there is one without leaders where there are no teams. Where a
    later year has fewer posts than leaders, each team keeps its share of them."""
    each = each_leader(staffed)
    led = [
        Leading(
            One() if one.alike is None else of_figure("teams", one.alike),
            each,
            add(*(of_figure(f"member of {one.team}", member) for member in one.members)),
        )
        for one in staffed.led
    ]
    there = Quotient(fte, add(*(one.fte for one in led)))
    found = tuple(one._replace(leaders=lesser(one.leaders, times(one.leaders, there))) for one in led)
    return found or (Leading(add(), each, add()),)


def apart(positions: tuple[Position, ...], led: tuple[Leading, ...], fte: Formula) -> Iterator[Position]:
    """The staff of a post with those who lead each team apart. Nobody is named: each of them leads by the same share.
    Whoever has further posts stays one, and has the share of each supplement."""
    alone = len(positions) == 1
    shares = [one._replace(leaders=Quotient(one.fte, fte), each=One()) for one in led]
    for position in positions:
        if position.person:
            yield position._replace(leading=tuple(shares))
            continue
        for one, share in zip(led, shares, strict=True):
            part = position.times(share.leaders)._replace(leading=(share._replace(leaders=One()),))
            yield part._replace(fte=one.fte) if alone else part
        rest = position.times(add(One(), *(less(share.leaders) for share in shares)))
        yield rest._replace(fte=add(fte, *(less(one.fte) for one in led))) if alone else rest


def supplement_by_size(post: Post, leading: Collection[Leading]) -> Formula | None:
    """The supplement of those who lead teams, each by the size of their own; None for those who lead none."""
    paid = post.role.supplement
    if not leading or not isinstance(paid, BySize):
        return None
    growth = post.growth.get("supplement", NO_GROWTH)
    prices = [
        (one.least, grown_price(f"supplement, team of {one.in_words}", one.amount, growth)) for one in paid.ranges
    ]
    return add(*(times(one.fte, tiered(one.size, prices)) for one in leading))
