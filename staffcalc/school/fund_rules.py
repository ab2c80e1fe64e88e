"""The `funds` of a file: whether each is a fund of the budget, and whether it pays only for what it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from staffcalc.language.fund import Fund, OtherCost, PaysFor
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.school.roles import is_of_pay
from staffcalc.school.school import GENERAL, FundShare, Post, Staffed
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import Text

STOP = "stop"


def check_fund(name: Text, fund: Fund, known: Iterable[str], roles: Iterable[str], problems: Problems) -> None:
    """A fund is one of the budget, goes over to another one, and pays for what there is."""
    funds = sorted(known)
    if name not in funds:
        problems.add(name.place, f"`{name}` is no fund of the budget", nearest(name, funds, "funds"))
    if fund.then is not None:
        _check_heir(name, fund.then, funds, fund.ends is not None, problems)
    for role in (fund.pays_for.role or ()) if fund.pays_for is not None else ():
        if role not in roles:
            problems.add(role.place, f"`{role}` is no role here", nearest(role, roles, "roles"))


def _check_heir(name: Text, then: Text, funds: Iterable[str], ends: bool, problems: Problems) -> None:
    """A fund that `ends` goes over to another one, or to none."""
    if not ends:
        problems.add(then.place, f"`{name}` has `then` but never `ends`", "add `ends: 2027-28`")
    if then not in (*funds, STOP):
        hint = f"{nearest(then, funds, 'funds')}; `{STOP}` ends what it paid for"
        problems.add(then.place, f"`{then}` is no fund here", hint)
    if then == name:
        problems.add(then.place, f"`{name}` cannot go on paying when it has ended", "name another fund")


def check_spending(staffed: Staffed, funds: Mapping[Text, Fund], problems: Problems) -> None:
    """Every fund that pays a post, or will when another one has ended, may pay for it: for the role or its category, or
    for each kind of pay and component."""
    post = staffed.post
    places = {
        share.fund: share.fund.place if isinstance(share.fund, Text) else post.place for share in paid_by(staffed)
    }
    for fund, place in places.items():
        for payer in _payers(fund, funds):
            may = _rule(payer, funds)
            paid = list(_components(staffed, fund, payer))
            if may is not None and (not_allowed := _not_allowed(may, post, paid)):
                told = f"{_may_not(payer, fund)} for {_refused(not_allowed, may, post, len(paid))}"
                problems.add(place, told, f"it pays only for {_allowed(may)}")


def _not_allowed(may: PaysFor, post: Post, paid: Iterable[str]) -> list[str]:
    """What a fund pays of a post and may not pay for."""
    if post.name in (may.role or ()) or (post.category or "") in (may.category or ()):
        return []
    return [one for one in paid if one not in (may.component or ())]


def _refused(not_allowed: list[str], may: PaysFor, post: Post, paid: int) -> str:
    """What a fund may not pay for, in words; where it pays for roles or categories and for nothing of the post: the
    post."""
    is_all = len(not_allowed) == paid
    return (
        f"`{post.name}`"
        if is_all and (may.role or may.category)
        else f"{_names_in_words(not_allowed)} of `{post.name}`"
    )


def check_other_spending(
    name: str, cost: OtherCost, shares: Iterable[FundShare], funds: Mapping[Text, Fund], problems: Problems
) -> None:
    """A fund that pays only for some posts or components pays another cost where it names that cost."""
    price = cost.price
    for share in shares:
        for payer in _payers(share.fund, funds):
            may = _rule(payer, funds)
            if may is None or price is None or name in (may.component or ()):
                continue
            place = share.fund.place if isinstance(share.fund, Text) else price.place
            told = f"{_may_not(payer, share.fund)} for `{name}`"
            problems.add(place, told, f"it pays only for {_allowed(may)}")


def _payers(fund: str, funds: Mapping[Text, Fund]) -> Iterator[str]:
    """A fund, and those that pay in its place, one after another, when it has ended."""
    seen: set[str] = set()
    while fund not in seen and fund != STOP:
        seen.add(fund)
        yield fund
        rule = funds.get(Text(fund))
        if rule is None or rule.ends is None:
            return
        fund = str(rule.then or GENERAL)


def _may_not(payer: str, fund: str) -> str:
    return f"`{payer}` may not pay" if payer == fund else f"`{payer}` pays after `{fund}` and may not pay"


def _rule(fund: str, funds: Mapping[Text, Fund]) -> PaysFor | None:
    """What a fund may pay for; None: all."""
    may = funds[Text(fund)].pays_for if Text(fund) in funds else None
    return may if may is not None and (may.role or may.category or may.component) else None


def _allowed(may: PaysFor) -> str:
    return _names_in_words(may.role, may.category, may.component)


def paid_by(staffed: Staffed) -> Iterator[FundShare]:
    """The funds that pay a post: by the shares of the role, for released time, for a kind of pay, and for single
    people of a roster."""
    yield from _paying_all(staffed.post)
    yield from (FundShare(fund, None) for fund in staffed.post.pay_funds.values())
    for person in staffed.placements:
        yield from person.fund_shares


def _paying_all(post: Post) -> Iterator[FundShare]:
    """The funds that pay all that a post costs, by the shares of the role and for released time."""
    yield from post.fund_shares
    release = post.role.release
    if release is not None and release.charged_to is not None:
        yield FundShare(release.charged_to, release.share)


def _components(staffed: Staffed, fund: str, payer: str) -> Iterator[str]:
    """What a fund, or the `payer` in its place, pays of a post: its kinds of pay, its benefits and costs. Where it pays
    for some kinds of pay alone, these and what rests on them."""
    post, role = staffed.post, staffed.post.role
    kinds = [kind for kind in PAY_KINDS if (post.wages if kind == "salary" else getattr(role, kind) is not None)]
    by_name = any(share.fund == fund for person in staffed.placements for share in person.fund_shares)
    if not by_name:
        kinds = [kind for kind in kinds if post.pay_funds.get(kind, fund) == fund]
    of_all = by_name or any(share.fund == fund for share in _paying_all(post))
    if not of_all:
        kinds = [kind for kind in kinds if kind in post.pay_funds]
    yield from kinds
    own_lines = {"extra days": role.extra_days, "substitutes": role.substitute_day_rate}
    yield from (line for line, figure in own_lines.items() if figure is not None and of_all)
    for name, component in post.components.items():
        rests = is_of_pay(component) and any(kind in (component.on or PAY_KINDS) for kind in kinds)
        if (of_all or rests) and (component.funds is None or payer in component.funds):
            yield name


def _names_in_words(*names: Iterable[str] | None) -> str:
    return ", ".join(name for some in names for name in some or ())


def ends_and_stops(funds: Mapping[Text, Fund]) -> Iterator[tuple[str, bool]]:
    """The funds that end some time, and whether nobody follows when all that end have ended."""
    then = {str(fund): str(rule.then or GENERAL) for fund, rule in funds.items() if rule.ends is not None}
    for fund in then:
        at, seen = fund, set[str]()
        while at in then and at not in seen:
            seen.add(at)
            at = then[at]
        yield fund, at == STOP
