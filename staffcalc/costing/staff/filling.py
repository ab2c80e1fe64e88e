"""Posts that are filled from another role: those who give up one of its posts take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffcalc.costing.shared import Shared
from staffcalc.costing.staff.called_back import call_back
from staffcalc.costing.staff.first_year import FirstYear
from staffcalc.costing.staff.positions import Patterns
from staffcalc.costing.staff.stock import Stock
from staffcalc.formula.formula import Formula, add, lesser, minus
from staffcalc.language.pay_kinds import BASE_PAY
from staffcalc.records import NamedTuple
from staffcalc.school.school import Post, Staffed


class _Claim(NamedTuple):
    """Posts of a role that people of another could take, in FTE: those that the year has added, or the vacant ones."""

    stock: Stock
    vacant: bool
    fte: Formula


def stocks(staff: Sequence[Staffed], shared: Shared, patterns: Patterns | None = None) -> list[Stock]:
    """The staff of several posts through all years. Claims go in the order of the staff, those of added posts before
    those of vacant ones."""
    found = {one.post.name: Stock(one, shared, patterns) for one in staff}
    years = max((len(one.later) for one in staff), default=0)
    filled = {name: _filled_from(name, found) for name in found}
    order = list(_claimants_first(filled))
    for year in range(years + 1):
        grants: list[tuple[Stock, list[_Claim]]] = []
        for name in order:
            stock, claimants = found[name], [found[one] for one in filled[name]]
            claims = list(_claims(claimants, year))
            stock.claim(add(*(claim.fte for claim in claims)) if claims else None)
            _move(stock, year)
            grants.append((stock, claims))
        for stock, claims in grants:
            if any(claim.vacant or claim.stock.added_in(year) for claim in claims):
                call_back(stock, year)
            _grant(stock, claims, year)
        for stock in found.values():
            stock.settle(year)
    return list(found.values())


def _move(stock: Stock, year: int) -> None:
    """From the year before to this one; in the first from today's staff to the plan's."""
    if year == 0:
        FirstYear(stock).begin()
        return
    for one in stock.staffed.decided:
        if one.year == year and (one.placements or one.laid_off or one.restated or one.hired):
            FirstYear(stock, year).decide(one)
    stock.step(year)


def _filled_from(source: str, found: dict[str, Stock]) -> list[str]:
    return [name for name, stock in found.items() if stock.staffed.post.role.filled_from == source]


def _claimants_first(filled: dict[str, list[str]]) -> Iterator[str]:
    """The roles, each after those that are filled from it: their claims are known before it is asked who goes."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name not in done:
            done.add(name)
            for one in filled[name]:
                yield from visit(one)
            yield name

    for name in filled:
        yield from visit(name)


def _claims(claimants: Sequence[Stock], year: int) -> Iterator[_Claim]:
    for stock in claimants:
        yield _Claim(stock, False, stock.added(year))
    for stock in claimants:
        if (vacant := stock.vacant) is not None:
            yield _Claim(stock, True, vacant)


def _grant(source: Stock, claims: Sequence[_Claim], year: int) -> None:
    """Those who have moved take the posts in the order of the claims."""
    left = source.moved
    for number, claim in enumerate(claims, 1):
        taken = left if number == len(claims) else lesser(claim.fte, left)
        left = minus(left, taken)
        bring = () if states_pay(claim.stock.staffed.post) else source.own_pay()
        added, vacant = (None, taken) if claim.vacant else (taken, None)
        claim.stock.fill(year, added, vacant, bring)


def states_pay(post: Post) -> bool:
    """Whether a role says itself what its holders earn."""
    return any((post.salary, post.average, *(getattr(post.role, key) for key in BASE_PAY)))
