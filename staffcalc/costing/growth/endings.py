"""Funds that end: which have, who pays in their place, and what of a post is left where nobody does."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of, later
from staffcalc.school.fund_rules import STOP
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.school import GENERAL, NOBODY, FundShare, Placement, Post, School, Staffed
from staffcalc.source.tree import Text


def ended(school: School, number: int) -> tuple[str, ...]:
    """The funds whose last year is over, so many years after the file's."""
    assert school.year is not None
    begins = first_of(later(school.year, number))
    return tuple(
        fund
        for fund, rule in school.fund_rules.items()
        if rule.ends is not None and (last := first_of(rule.ends)) is not None and begins is not None and begins > last
    )


def payer(school: School, fund: str, gone: Collection[str]) -> str:
    """Who pays in the place of a fund when some have ended: itself while it lasts, else the one that follows, and so
    on; `stop` where nobody does."""
    seen: set[str] = set()
    while fund in gone and fund not in seen:
        seen.add(fund)
        fund = str(school.fund_rules[fund].then or GENERAL)
    return fund


class Endings:
    """Who pays what when some funds have ended. `after` names the payer in the place of each, or nobody: also in the
    place of the funds that are `stopping`, whoever the file says pays after them."""

    def __init__(self, school: School, gone: Collection[str], stopping: Collection[str] = ()) -> None:
        now = {fund: payer(school, fund, gone) for fund in gone}
        self.after: Mapping[str, str] = {
            **{fund: NOBODY if one == STOP or one in stopping else one for fund, one in now.items()},
            **dict.fromkeys(stopping, NOBODY),
        }

    def staffed(self, staffed: Staffed) -> Staffed:
        """The staff with those who pay now."""
        if not self.after:
            return staffed
        return staffed._replace(
            post=self._post(staffed.post),
            placements=tuple(map(self._placement, staffed.placements)),
            today=None if staffed.today is None else self.staffed(staffed.today),
        )

    def shares(self, funds: tuple[FundShare, ...]) -> tuple[FundShare, ...]:
        """What each pays now: a fund with what it took over from others."""
        if not any(share.fund in self.after for share in funds):
            return funds
        sums: dict[str, list[FundShare]] = {}
        for share in funds:
            sums.setdefault(str(self.after.get(share.fund, share.fund)), []).append(share)
        return tuple(FundShare(fund, _together(shares)) for fund, shares in sums.items())

    def _post(self, post: Post) -> Post:
        role, release = post.role, post.role.release
        if release is not None and release.charged_to is not None and release.charged_to in self.after:
            now = Text.at(self.after[release.charged_to], release.charged_to.place)
            role = role.model_copy(update={"release": release.model_copy(update={"charged_to": now})})
        pay_funds = {kind: self.after.get(fund, fund) for kind, fund in post.pay_funds.items()}
        return post._replace(role=role, fund_shares=self.shares(post.fund_shares), pay_funds=pay_funds)

    def _placement(self, one: Placement) -> Placement:
        return one._replace(fund_shares=self.shares(one.fund_shares))


def _together(shares: list[FundShare]) -> Figure | None:
    """Shares added up; None: all."""
    figures = [share.share for share in shares if share.share is not None]
    together = sum_of(figures)
    if not figures or together == 1:
        return None
    over = None
    if any(figure.over is not None for figure in figures):
        over = sum(figure.exact for figure in figures).as_integer_ratio()
    return figures[0]._replace(value=together, over=over)
