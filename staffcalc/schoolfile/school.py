"""A checked school: its plans (the baseline and every scenario), ready to be costed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Check, Component, OtherCost, Role
from staffcalc.schoolfile.problems import Place

BASELINE = "baseline"
GENERAL = "general"


class FundShare(NamedTuple):
    """The share of a cost that one fund pays; `share` is None where one fund pays all."""

    fund: str
    share: Figure | None


class Post(NamedTuple):
    """A role as it is costed: its pay, its components (benefits and other costs), the funds that pay it."""

    name: str
    role: Role
    components: Mapping[str, Component]
    funds: tuple[FundShare, ...]
    place: Place

    @property
    def category(self) -> str | None:
        return self.role.category


class Staffed(NamedTuple):
    """How many hold a post in one plan: the stated count and the changes to it, in order.

    `each` is the FTE of each person where people are counted; None where FTE are counted.
    """

    post: Post
    counts: tuple[Figure, ...]
    each: Figure | None = None
    people: bool = False


class Plan(NamedTuple):
    """The baseline or a scenario. `budget` is by fund; None: what the baseline costs.

    `allotment` is a budget counted in positions. `may_exceed`: the file allows this plan to be over its budget.
    `like` names the plan that this one starts from; None: it starts from none, as the baseline.
    """

    name: str
    staff: tuple[Staffed, ...]
    students: Figure | None
    budget: Mapping[str, Figure] | None
    other_costs: Mapping[str, tuple[OtherCost, tuple[FundShare, ...]]]
    place: Place
    note: str | None = None
    allotment: Figure | None = None
    may_exceed: bool = False
    like: str | None = None


class School(NamedTuple):
    """A school's plans, the baseline first. `unit` is what each line is rounded to: Decimal("1") or ("0.01").

    `posts` are all that any plan could staff, by name as the school at large has them; `packages` are the benefits.
    """

    name: str
    file: str
    year: str | None
    students: Figure | None
    unit: Decimal
    plans: tuple[Plan, ...]
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    posts: Mapping[str, Post] = MappingProxyType({})
    packages: Mapping[str, Mapping[str, Component]] = MappingProxyType({})
