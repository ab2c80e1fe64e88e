"""What some people of a role cost, line by line, before rounding: pay, benefits and other costs, and who pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from secondcalculator.figures import ONE, ZERO, Plain, known, number
from secondcalculator.funds import Funds
from secondcalculator.pay import Lot, Pay, average
from secondcalculator.people import Slot
from secondcalculator.rules import grown
from secondcalculator.teams import is_by_size

KINDS = ("salary", "supplement", "hourly", "daily", "stipend")
WITHIN = 10_000
"""The turn of those who follow within the year that is costed."""
Weights = dict[str, Fraction]
"""Dollars by fund."""
Lines = dict[str, Weights]
"""Dollars by component and fund."""


class Post(NamedTuple):
    """Some people of a role and what 1.0 FTE of them earns, by those who have stayed and who have followed (None: no
    salary). `fresh`: nobody leaves. `supplement`: what 1.0 FTE gets for the team, where it is paid by its size.
    `stipends`: the part of the person's stipend that this post is paid."""

    slot: Slot
    role: Role
    earned: tuple[Lot, ...] | None
    fresh: bool
    supplement: Fraction = ZERO
    stipends: Fraction = ONE

    @property
    def salary(self) -> Fraction | None:
        """What they earn on average before anybody leaves within the year."""
        return None if self.earned is None else average(self.earned)

    @property
    def paid(self) -> list[Lot]:
        """What they are paid: new hires follow those who leave within the year."""
        if self.earned is None:
            return []
        block = self.role.block
        if "attrition" not in block or self.fresh:
            return list(self.earned)
        gone = self.role.figure("attrition")
        stay = [lot._replace(share=lot.share * (1 - gone)) for lot in self.earned]
        return [*stay, Lot(gone, self.role.pay.hire(self.role.pay.years), WITHIN)]

    def alone(self, pay: Fraction) -> Post:
        """Those of them who are paid so much, with nobody to leave."""
        return self._replace(earned=(Lot(ONE, pay),), fresh=True)


class Role:
    """How a role is priced in one plan and year."""

    def __init__(self, pay: Pay, packages: Mapping[str, Plain], funds: Funds, months: Any = None) -> None:
        self.pay, self.block, self.funds, self.months = pay, pay.role, funds, months
        own = {**packages.get(self.block.get("benefits", ""), {}), **self.block.get("costs", {})}
        self.components = {name: one for name, one in own.items() if name not in ("note", "source", "assumed")}

    def part(self, slot: Slot) -> tuple[Fraction, Fraction]:
        """The shares of the year for which some are paid: of pay, by the months of the role's year or of the
        schedule's, and of premiums, by twelfths."""
        months = None if slot.part is None else slot.part.of(self.pay.years)
        months = self.months if months is None else months
        if months is None:
            return ONE, ONE
        some = number(months if isinstance(months, str) else months["value"])
        return some / self.pay.year_months(), some / 12

    def figure(self, key: str) -> Fraction:
        """A figure of the role that does not grow."""
        return known(self.block[key], self.pay.book.year(self.pay.years)).value

    def price(self, name: str, component: Plain, key: str) -> Fraction:
        """A price of a component after its growth; what is stated for this very year does not grow."""
        figure = known(component[key], self.pay.book.year(self.pay.years))
        rule = "caps" if key == "up_to" else "benefits"
        factor = grown(self.pay.plan.rules, rule, name, self.pay.book.first, self.pay.years, figure.since)
        return figure.value if figure.dated else figure.value * factor

    def attrition(self, post: Post) -> Fraction:
        """What 1.0 FTE saves where new hires follow a share of the staff during the year: less than nothing."""
        if "attrition" not in self.block or post.salary is None or post.fresh:
            return ZERO
        return -self.figure("attrition") * (post.salary - self.pay.hire(self.pay.years))

    def kinds(self, post: Post) -> dict[str, Fraction]:
        """What one of these people is paid, by kind, after attrition; the extra days besides."""
        block, fte = self.block, post.slot.fte
        found: dict[str, Fraction] = {}
        if post.salary is not None:
            paid = post.salary + self.attrition(post)
            found["salary"] = fte * paid
            if "extra_days" in block:
                found["extra days"] = fte * paid * self.figure("extra_days") / self.figure("contract_days")
        if is_by_size(block):
            found["supplement"] = fte * post.supplement
        elif "supplement" in block:
            found["supplement"] = fte * self.pay.dollars(block["supplement"], "supplements")
        if "hourly" in block:
            hours = self.figure("hours_per_week") * self.figure("weeks")
            found["hourly"] = fte * hours * self.pay.dollars(block["hourly"])
        if "daily" in block:
            found["daily"] = fte * self.figure("days") * self.pay.dollars(block["daily"])
        if "stipend" in block:
            found["stipend"] = post.stipends * self.pay.dollars(block["stipend"])
        share, _ = self.part(post.slot)
        return {kind: dollars * share for kind, dollars in found.items()}

    def counted(self, post: Post, component: Plain) -> dict[str, Fraction]:
        """The pay of one of these people that a rate counts; with the salary, the extra days too."""
        on = component.get("on", KINDS)
        kinds = [on] if isinstance(on, str) else on
        return {
            kind: pay for kind, pay in self.kinds(post).items() if ("salary" if kind == "extra days" else kind) in kinds
        }


def lines(post: Post, company: list[Post], *, by_salary: bool = False) -> Lines:
    """All that these people cost. `company` are all posts of the plan that the same person holds, this one too.
    `by_salary`: whoever pays the salary pays all that rates come to."""
    role, slot, block = post.role, post.slot, post.role.block
    worked, insured = role.part(slot)
    found: Lines = {}

    def add(name: str, kind: str, dollars: Fraction, only: list[str] | None = None) -> None:
        of = found.setdefault(name, {})
        for fund, share in role.funds.of(slot, kind).items():
            if only is None or fund in only:
                of[fund] = of.get(fund, ZERO) + dollars * share * slot.count

    def component_lines(name: str, component: Plain, sign: int) -> None:
        only = component.get("funds")
        only = [only] if isinstance(only, str) else only
        if "rate" in component:
            for kind, dollars in _rated(post, name, component, company).items():
                add(name, "salary" if by_salary else kind, sign * dollars * role.price(name, component, "rate"), only)
            return
        key = next(way for way in ("per_fte", "per_day", "per_person", "cost") if way in component)
        price = role.price(name, component, key)
        price *= known(component["days"], role.pay.book.year(role.pay.years)).value if key == "per_day" else ONE
        price /= known(component["fte"], None).value if key == "cost" else ONE
        of = _fte_counted if key in ("per_fte", "cost") else _heads
        add(name, "salary", sign * price * of(post, name, component, company) * insured, only)

    if post.salary is not None:
        add("salary", "salary", slot.fte * post.salary * worked)
        add("attrition", "salary", slot.fte * role.attrition(post) * worked)
    for kind, dollars in role.kinds(post).items():
        if kind != "salary":
            add(kind, kind, dollars)
    for name, component in role.components.items():
        component_lines(name, component, 1)
    if "absence_days" in block:
        rate = known(block["substitute_day_rate"], role.pay.book.year(role.pay.years))
        growth = grown(role.pay.plan.rules, "benefits", "substitutes", role.pay.book.first, role.pay.years, rate.since)
        day = rate.value if rate.dated else rate.value * growth
        add("substitutes", "salary", slot.fte * role.figure("absence_days") * day * insured)
    if "vacancy" in block:
        found["vacancy"] = vacancy(role, found.values())
    for name, component in block.get("saves", {}).items():
        component_lines(name, component, -1)
    return found


def vacancy(role: Role, costs: Iterable[Weights]) -> Weights:
    """What is saved while posts are vacant: a share of all that they cost, for the funds that pay it."""
    together: Weights = {}
    for weights in costs:
        for fund, dollars in weights.items():
            together[fund] = together.get(fund, ZERO) - dollars * role.figure("vacancy")
    return together


Counting = Callable[[Post, str, Plain, list[Post]], Fraction]


def _beside(name: str, component: Plain, company: list[Post]) -> list[tuple[Post, Fraction]]:
    """The posts of one person that have this component priced in the same way, each with how much of it is left, where
    the person counts as much as the post of which most is left."""
    way = next(key for key in ("rate", "per_fte", "per_day", "per_person", "cost") if key in component)
    posts = [one for one in company if way in {**one.role.components, **one.role.block.get("saves", {})}.get(name, {})]
    most = max(one.slot.count for one in posts)
    return [(one, one.slot.count / most) for one in posts]


def _enough(name: str, component: Plain, company: list[Post], year: int | None) -> bool:
    """Whether the person's FTE of all these posts reach `min_fte`."""
    fte = sum((one.slot.fte * left for one, left in _beside(name, component, company)), ZERO)
    return fte >= known(component.get("min_fte", "0"), year).value


def _rated(post: Post, name: str, component: Plain, company: list[Post]) -> dict[str, Fraction]:
    """The pay of one person that a rate counts, by kind, up to the cap: the cap looks at the pay of all their posts,
    and what it leaves is shared by the pay."""
    year = post.role.pay.book.year(post.role.pay.years)
    if not _enough(name, component, company, year):
        return {}
    if "up_to" not in component:
        return post.role.counted(post, component)
    beside = _beside(name, component, company)
    cap = post.role.price(name, component, "up_to")
    found: dict[str, Fraction] = {}
    for share, each in _by_turns([one for one, _ in beside], name):
        pay = [one.role.counted(one, _of(one, name)) for one in each]
        lefts = [left for _, left in beside]
        whole = sum((sum(one.values(), ZERO) * left for one, left in zip(pay, lefts, strict=True)), ZERO)
        own = next(one for one, (other, _) in zip(pay, beside, strict=True) if other is post)
        counts = ONE if whole <= cap else cap / whole
        for kind, dollars in own.items():
            found[kind] = found.get(kind, ZERO) + share * counts * dollars
    return found


def _by_turns(posts: list[Post], name: str) -> list[tuple[Fraction, list[Post]]]:
    """The posts of one person as those of whoever stayed or followed in all of them at one turn, with the share of
    these. Where the posts are left by other shares, each is paid what it is on average."""
    lots = [one.paid if _counts_salary(_of(one, name)) else [] for one in posts]
    turns = [[(lot.share, lot.year) for lot in some] for some in lots if len(some) > 1]
    if not turns or any(one != turns[0] for one in turns):
        return [(ONE, [one.alone(average(some)) if some else one for one, some in zip(posts, lots, strict=True)])]
    return [
        (
            share,
            [
                one.alone(some[at if len(some) > 1 else 0].pay) if some else one
                for one, some in zip(posts, lots, strict=True)
            ],
        )
        for at, (share, _) in enumerate(turns[0])
    ]


def _counts_salary(component: Plain) -> bool:
    on = component.get("on", KINDS)
    return "salary" in ([on] if isinstance(on, str) else on)


def _of(post: Post, name: str) -> Plain:
    component: Plain = {**post.role.components, **post.role.block.get("saves", {})}[name]
    return component


def _fte_counted(post: Post, name: str, component: Plain, company: list[Post]) -> Fraction:
    enough = _enough(name, component, company, post.role.pay.book.year(post.role.pay.years))
    return post.slot.fte if enough else ZERO


def _heads(post: Post, name: str, component: Plain, company: list[Post]) -> Fraction:
    """One head for a person, shared by FTE among the posts that have the component."""
    if not _enough(name, component, company, post.role.pay.book.year(post.role.pay.years)):
        return ZERO
    return post.slot.fte / sum((one.slot.fte * left for one, left in _beside(name, component, company)), ZERO)
