"""What differs between the prices of two posts: one change at a time, and the post after each. A price is told as it is
in the year, grown as the old plan's do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeVar

from staffcalc.costing.bridge.component_prices import (
    NONE,
    ComponentChange,
    by_size,
    component_changes,
    in_words,
    value_of,
)
from staffcalc.costing.growth.wages import price_now
from staffcalc.costing.pay.pay import NEW_HIRE
from staffcalc.formula.words import TIMES, percent, say_figure
from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.language.pay_kinds import BASE_PAY, KINDS_OF_PAY, PAY_ON_A_FUND, KindOfPay
from staffcalc.language.role import Role
from staffcalc.language.team import BySize
from staffcalc.language.unstated import NOT_STATED
from staffcalc.records import NamedTuple
from staffcalc.school.parts.growth import NO_GROWTH, Growth
from staffcalc.school.school import NOBODY, FundShare, Post, ScheduleCell, Wage

_WAGES = ("salary", "average", "new_hire")
_PAY: Mapping[str, str] = {
    "salary": "salary",
    "average": "average salary",
    "new_hire": NEW_HIRE,
    **{key: name for kind in KINDS_OF_PAY for key, name in kind.names.items()},
    "extra_days": "extra days",
    "contract_days": "contract days",
    "attrition": "attrition",
    "vacancy": "vacancy",
    "absence_days": "absence days",
    "substitute_day_rate": "substitute day rate",
}
"""The figures of pay in the order in which they change, and their words."""
_GROWS: Mapping[str, str] = {
    **{kind.key: kind.growth for kind in KINDS_OF_PAY},
    **dict.fromkeys(_WAGES, "salary"),
    "substitute_day_rate": "substitutes",
}
"""By which rule each of them grows."""
_BEFORE_SUPPLEMENTS = frozenset({*_WAGES, *(key for kind in KINDS_OF_PAY if kind.base for key in kind.names)})


Name = TypeVar("Name", bound=str)


class PriceChange(NamedTuple):
    """One thing that differs, in words, and the post with this and all earlier changes made."""

    kind: Literal["price", "funds"]
    subject: str
    before: str
    after: str
    post: Post


def price_changes(old: Post, new: Post) -> Iterator[PriceChange]:
    """From one post's prices to the other's: pay, benefits and other costs by name, and last the funds.

    Figures are compared by value, wherever they are written; what costs nothing (a category, a note) is left out.
    """
    if old.not_priced != new.not_priced:  # all that is known of it at once
        yield PriceChange("price", "pay", _say_pay(old, old.role), _say_pay(new, new.role), new)
        return
    post = old
    for changes in (_of_pay, _of_components, _of_savings, _of_terms, _of_release, _of_funds):
        for change in changes(post, old, new):
            post = change.post
            yield change


def _of_pay(post: Post, old: Post, new: Post) -> Iterator[PriceChange]:
    for subject, before, after, update in _pay_changes(old, new):
        wages = {key: getattr(new, key) for key in _WAGES if key in update}
        begins = [kind for kind in update if getattr(old.role, kind) is None or getattr(new.role, kind) is None]
        pay_funds = _with_funds_of(new, post, begins)  # pay that comes is at once on its fund
        post = post._replace(role=post.role.model_copy(update=update), pay_funds=pay_funds, **wages)
        if "salary" in update:
            post = post._replace(entrants=new.entrants)
        if "new_hire" in update:
            post = _with_hires_of(new, post)
        yield PriceChange("price", subject, before, after, post)


def _with_hires_of(new: Post, post: Post) -> Post:
    """A post with what those earn by now who were hired since the file's year."""
    followed = (one for one in post.turnover if one.year < len(new.hires))
    turnover = tuple(one._replace(wage=new.hires[one.year]) for one in followed)
    return post._replace(hires=new.hires, turnover=turnover)


def _of_components(post: Post, old: Post, new: Post) -> Iterator[PriceChange]:
    for change, components in _by_component(old, old.components, new.components):
        post = post._replace(components=components)
        yield PriceChange(change.kind, change.subject, change.before, change.after, post)


def _of_savings(post: Post, old: Post, new: Post) -> Iterator[PriceChange]:
    """What a post in the place of another saves."""
    for change, saves in _by_component(old, old.role.saves or {}, new.role.saves or {}):
        post = post._replace(role=post.role.model_copy(update={"saves": saves}))
        yield PriceChange(change.kind, f"{change.subject} saved", change.before, change.after, post)


def _by_component(
    post: Post, old: Mapping[Name, Component], new: Mapping[Name, Component]
) -> Iterator[tuple[ComponentChange, dict[Name, Component]]]:
    """Each thing that differs between two sets of components by name, told as they have grown in a post, and the set as
    it is by then."""
    found = dict(old)
    for name in sorted({*old, *new}):
        grows = post.growth.get(name, NO_GROWTH), post.caps.get(name, NO_GROWTH)
        for change in component_changes(name, old.get(name), new.get(name), *grows):
            found = {key: component for key, component in found.items() if key != name}
            found |= {} if change.component is None else {name: change.component}
            yield change, found


def _of_terms(post: Post, old: Post, new: Post) -> Iterator[PriceChange]:
    """Months of a schedule, differentials: what a first cell does not tell."""
    if _terms(old, new) != _terms(new, old):
        later = {key: getattr(new, key) for key in ("hires", "entrants", "gained", "growth", "caps", "turnover")}
        post = post._replace(**{key: getattr(new, key) for key in _WAGES}, **later)
        yield PriceChange("price", "terms of pay", _say_terms(old, new), _say_terms(new, old), post)


def _of_release(post: Post, old: Post, new: Post) -> Iterator[PriceChange]:
    if _release(old) != _release(new):
        post = post._replace(role=post.role.model_copy(update={"release": new.role.release}))
        yield PriceChange("funds", "release", _say_release(old), _say_release(new), post)


def _of_funds(post: Post, old: Post, new: Post) -> Iterator[PriceChange]:
    for kind in PAY_ON_A_FUND:
        if post.pay_funds.get(kind) != new.pay_funds.get(kind):
            post = post._replace(pay_funds=_with_funds_of(new, post, [kind]))
            yield PriceChange("funds", f"fund of the {kind}", _say_fund_of(kind, old), _say_fund_of(kind, new), post)
    if not same_funds(old.fund_shares, new.fund_shares):
        post = post._replace(fund_shares=new.fund_shares)
        yield PriceChange("funds", "funds", _say_funds_of(old), _say_funds_of(new), post)


def _terms(post: Post, other: Post) -> list[Any]:
    """How each wage that both posts have is made up beyond the amount of its first cell."""
    both = [key for key in _WAGES if getattr(post, key) is not None and getattr(other, key) is not None]
    wages: list[Wage] = [getattr(post, key) for key in both]
    made_up = [
        (
            value_of(wage.months),
            value_of(wage.per_months),
            value_of(wage.steps),
            [(name, figure.value, figure.unit) for name, figure in wage.cells[0].differentials],
        )
        for wage in wages
    ]
    growth = {name: phrase for name, rates in post.growth.items() if (phrase := _growth_in_words(rates))}
    caps = {name: phrase for name, rates in post.caps.items() if (phrase := _growth_in_words(rates))}
    return [made_up, growth, caps, [one.share.value for one in post.turnover]]


def _growth_in_words(growth: Growth) -> list[tuple[Decimal, Decimal | None]]:
    """The rates, and the months of a raise in the middle of the year."""
    return [(rate.value, value_of(months)) for rate, months, _ in growth.since(0)]


def _say_terms(post: Post, other: Post) -> str:
    """What a post's terms have that the other's do not."""
    others = _terms_in_words(other)
    return ", ".join(phrase for phrase in _terms_in_words(post) if phrase not in others) or NONE


def _terms_in_words(post: Post) -> list[str]:
    phrases: dict[str, None] = {}
    for key in _WAGES:
        wage: Wage | None = getattr(post, key)
        if wage is not None:
            phrases.update((f"{name} {say_figure(figure)}", None) for name, figure in wage.cells[0].differentials)
            phrases.update(
                (say_figure(figure), None) for figure in (wage.months, wage.per_months) if figure is not None
            )
            phrases.update({f"{say_figure(wage.steps)} steps": None} if wage.steps is not None else {})
    for what, growths in (("", post.growth), ("the cap of ", post.caps)):
        for name, rates in growths.items():
            if by := _say_growth(rates):
                phrases[f"growth of {what}{name} by {by}"] = None
    if post.turnover:
        phrases[f"turnover of {' and '.join(say_figure(one.share) for one in post.turnover)}"] = None
    return list(phrases)


def _say_growth(growth: Growth) -> str:
    """The rates in words."""
    rates = growth.since(0)
    return " and ".join(say_figure(one.rate) + (f" of {say_figure(one.months)}" if one.months else "") for one in rates)


def say_cells(post: Post, other: Post) -> str:
    """The cells of salary schedules that a post has and the other does not, with what they pay; of many the first."""
    others, own = ({(cell.name, cell.amount.value): cell for cell in _cells(one)} for one in (other, post))
    phrases = [f"{cell.name} {say_figure(cell.amount)}" for key, cell in own.items() if key not in others]
    return ", ".join(phrases[:3]) + (f" and {len(phrases) - 3} others" if len(phrases) > 3 else "") or NONE


def _cells(post: Post) -> Iterator[ScheduleCell]:
    for wage in (post.salary, post.average, post.new_hire, *post.hires):
        yield from wage.cells if wage is not None else ()


def _release(post: Post) -> tuple[Decimal, str] | None:
    release = post.role.release
    return None if release is None or release.charged_to is None else (release.share.value, str(release.charged_to))


def _say_release(post: Post) -> str:
    charged = _release(post)
    return NONE if charged is None else f"{percent(charged[0])} charged to {post.called(charged[1])}"


def _with_funds_of(new: Post, post: Post, kinds: Collection[str]) -> dict[str, str]:
    """The funds of a post's kinds of pay, of these kinds as the new post has them."""
    kept = {kind: fund for kind, fund in post.pay_funds.items() if kind not in kinds}
    return kept | {kind: fund for kind, fund in new.pay_funds.items() if kind in kinds}


def _say_fund_of(kind: str, post: Post) -> str:
    """The fund of a kind of pay; where it has none of its own, who pays it with the rest."""
    if kind not in post.pay_funds:
        return _say_funds_of(post)
    return say_funds((FundShare(post.pay_funds[kind], None),), post.fund_names)


def same_base_pay(one: Post, other: Post) -> bool:
    """Whether two posts are paid alike before any supplement, so that one can be exchanged for the other."""
    pays = [[_number(getattr(role, key)) for key in _BEFORE_SUPPLEMENTS] for role in (one.role, other.role)]
    return pays[0] == pays[1] and any(pays[0])


def same_funds(one: tuple[FundShare, ...], other: tuple[FundShare, ...]) -> bool:
    """Whether the same funds pay the same shares."""
    return [(share.fund, value_of(share.share)) for share in one] == [
        (share.fund, value_of(share.share)) for share in other
    ]


def _say_funds_of(post: Post) -> str:
    return say_funds(post.fund_shares, post.fund_names)


def say_funds(funds: tuple[FundShare, ...], called: Mapping[str, str]) -> str:
    """Who pays, with their shares and as people call them: "general 50%, Title I 50%"; last nobody, for a fund that
    ended without an heir."""
    ordered = sorted(funds, key=lambda one: one.fund == NOBODY)
    names = [called.get(one.fund, str(one.fund)) if one.fund != NOBODY else "nobody" for one in ordered]
    shares = ["" if one.share is None else f" {say_figure(one.share)}" for one in ordered]
    return ", ".join(map("".join, zip(names, shares, strict=True)))


def _number(stated: Figure | BySize | str | None) -> object:
    """What two posts may differ in: a number, or numbers by the size of a team."""
    return by_size(stated) if isinstance(stated, BySize) else stated.value if isinstance(stated, Figure) else None


def _now(post: Post, role: Role, key: str) -> Figure | BySize | str | None:
    """A figure of a role's pay in the year, grown as the post's pay has."""
    stated: Figure | BySize | str | None = getattr(role, key)
    growth = post.growth.get(_GROWS.get(key, ""), NO_GROWTH)
    if isinstance(stated, BySize):
        ranges = (one._replace(amount=price_now(one.amount, growth)) for one in stated.ranges)
        return stated._replace(ranges=tuple(ranges))
    return price_now(stated, growth) if isinstance(stated, Figure) else stated


def _pay_changes(old: Post, new: Post) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    one, other = old.role, new.role
    keys = list(_PAY)
    if [getattr(one, kind) is None for kind in BASE_PAY] != [getattr(other, kind) is None for kind in BASE_PAY]:
        # Paid in another way: salary and hourly pay side by side would be nobody's pay.
        keys = [key for key in _PAY if key not in _BEFORE_SUPPLEMENTS]
        update = {key: getattr(other, key) for key in _BEFORE_SUPPLEMENTS}
        yield "pay", _say_pay(old, one), _say_pay(old, other), update
    for key in keys:
        stated = getattr(one, key), getattr(other, key)
        now = _now(old, one, key), _now(old, other, key)
        if any(_number(before) != _number(after) for before, after in (stated, now)):
            yield _PAY[key], in_words(now[0]), in_words(now[1]), {key: getattr(other, key)}


def _say_pay(post: Post, role: Role) -> str:
    if post.not_priced:
        return NOT_STATED
    paid = [kind for kind in KINDS_OF_PAY if kind.base and getattr(role, kind.key) is not None]
    return " and ".join(_say_kind(post, role, kind) for kind in paid) or NONE


def _say_kind(post: Post, role: Role, kind: KindOfPay) -> str:
    """One kind of pay, with all that it is multiplied by: "salary of $50,000", "$20 an hour × 30 hours a week …"."""
    if not kind.times:
        return f"{kind.name} of {in_words(_now(post, role, kind.key))}"
    figures = [_now(post, role, key) for key in kind.names]
    return f" {TIMES} ".join(say_figure(figure) for figure in figures if isinstance(figure, Figure))
