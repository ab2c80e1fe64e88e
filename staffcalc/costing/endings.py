"""Funds that end: which have, who pays in their place, and what of a post is left where nobody does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.funds import STOP
from staffcalc.schoolfile.language import OtherCost
from staffcalc.schoolfile.problems import Place
from staffcalc.schoolfile.school import GENERAL, Alike, Count, FundShare, Placed, Post, School, Staffed
from staffcalc.schoolfile.years import first_of, later


def ended(school: School, number: int) -> tuple[str, ...]:
    """The funds whose last year is over, so many years after the file's."""
    assert school.year is not None
    begins = first_of(later(school.year, number))
    return tuple(
        fund
        for fund, rule in school.funds.items()
        if rule.ends is not None and (last := first_of(rule.ends)) is not None and begins is not None and begins > last
    )


def payer(school: School, fund: str, gone: Collection[str]) -> str:
    """Who pays in the place of a fund when some have ended: itself while it lasts, else the one that follows, and so
    on; `stop` where nobody does."""
    seen: set[str] = set()
    while fund in gone and fund not in seen:
        seen.add(fund)
        fund = str(school.funds[fund].then or GENERAL)
    return fund


class Endings:
    """Who pays what when some funds have ended. `after` names the payer in the place of each, or `stop`."""

    def __init__(self, school: School, gone: Collection[str]) -> None:
        self.after: Mapping[str, str] = {fund: payer(school, fund, gone) for fund in gone}

    def staffed(self, staffed: Staffed) -> Staffed:
        """The staff with those who pay now; what nobody pays is gone, with its share of everybody."""
        if not self.after:
            return staffed
        post = staffed.post
        return staffed._replace(
            post=self._post(post),
            placed=tuple(map(self._placed, staffed.placed)),
            today=None if staffed.today is None else self.staffed(staffed.today),
            stays=self.stays(post.funds, post.place),
        )

    def stays(self, funds: tuple[FundShare, ...], place: Place) -> Figure | None:
        """The share that goes on of what stands at a place; None where all does."""
        stopped = self._stopped(funds)
        return Figure(1 - stopped, "rate", place) if stopped else None

    def left(self, staffed: Staffed) -> Mapping[Count, Count]:
        """What is left of the FTE of those whom an ended fund paid by name."""
        found: dict[Count, Count] = {}
        for one in staffed.placed:
            stays = self.stays(one.funds, one.fte.place)
            if stays is not None:
                found[one.fte] = _part_of(one.fte, stays.value)
        return found

    def other_cost(
        self, cost: OtherCost, funds: tuple[FundShare, ...]
    ) -> tuple[OtherCost, tuple[FundShare, ...]] | None:
        """A cost that is not a role's with those who pay now; None where nobody does."""
        stopped = self._stopped(funds)
        if stopped == 1:
            return None
        if stopped:
            key = "amount" if cost.amount is not None else "per_student"
            price: Figure = getattr(cost, key)
            cost = cost.model_copy(update={key: price._replace(value=price.value * (1 - stopped))})
        return cost, self._shares(funds)

    def _stopped(self, funds: tuple[FundShare, ...]) -> Decimal:
        return sum((_part(share) for share in funds if self.after.get(share.fund) == STOP), Decimal(0))

    def _post(self, post: Post) -> Post:
        role, release = post.role, post.role.release
        if release is not None and release.charged_to is not None and release.charged_to in self.after:
            payer = self.after[release.charged_to]
            new = release.model_copy(update={"charged_to": None if payer == STOP else payer})
            role = role.model_copy(update={"release": new})
        return post._replace(role=role, funds=self._shares(post.funds))

    def _placed(self, one: Placed) -> Placed:
        if not any(share.fund in self.after for share in one.funds):
            return one
        return one._replace(funds=self._shares(one.funds), stays=self.stays(one.funds, one.fte.place))

    def _shares(self, funds: tuple[FundShare, ...]) -> tuple[FundShare, ...]:
        if not any(share.fund in self.after for share in funds):
            return funds
        paying = [share for share in funds if self.after.get(share.fund) != STOP]
        if not paying:
            return (FundShare(GENERAL, None),)  # nobody is left to be paid
        whole = sum(map(_part, paying), Decimal(0))
        sums: dict[str, list[FundShare]] = {}
        for share in paying:
            sums.setdefault(str(self.after.get(share.fund, share.fund)), []).append(share)
        if len(sums) == 1:
            return (FundShare(next(iter(sums)), None),)
        return tuple(_together(fund, shares, whole) for fund, shares in sums.items())


def _part_of(fte: Figure | Alike, share: Decimal) -> Figure | Alike:
    if isinstance(fte, Alike):
        return fte._replace(each=fte.each._replace(value=fte.each.value * share))
    return fte._replace(value=fte.value * share)


def _part(share: FundShare) -> Decimal:
    return Decimal(1) if share.share is None else share.share.value


def _together(fund: str, shares: list[FundShare], whole: Decimal) -> FundShare:
    """Shares added up, of the whole that is still paid."""
    figures = [share.share for share in shares if share.share is not None]
    together = figures[0]._replace(value=sum((figure.value for figure in figures), Decimal(0)))
    return FundShare(fund, together, None if whole == 1 else figures[0]._replace(value=whole))
