"""Roles → posts: `like` copies, packages and costs become components, and each post is checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from staffcalc.formula.words import percent
from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.language.fund import OtherCost
from staffcalc.language.funded_pay import EXAMPLE, Funded
from staffcalc.language.kinds import KINDS, LINE, PRICES, Key, Kind
from staffcalc.language.pay_kinds import BASE_PAY, PAY_KINDS, PAY_ON_A_FUND, PayKind
from staffcalc.language.role import Role
from staffcalc.language.staff import Person
from staffcalc.language.unstated import is_not_stated
from staffcalc.language.validation import Broken
from staffcalc.records import NamedTuple
from staffcalc.school.not_stated import without_price
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.schedules.schedules import Schedules
from staffcalc.school.school import DISPLACED, OTHER_UNIT, FundShare, Post, ScheduleCell, Staffed, Wage
from staffcalc.school.stated import Stated
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Text

WAGES = ("salary", "average", "new_hire")
HOURS = ("hours_per_week", "weeks")
OWN_LINES = ("extra days", "attrition", "substitutes", "vacancy")
"""Lines that a role has by keys of its own."""


def check_packages(packages: Mapping[Text, Mapping[Text, Component]], problems: Problems) -> None:
    """Each component of a package states one way to cost it."""
    for components in packages.values():
        for name, component in components.items():
            _check_component(name, component, problems)


def _check_component(name: Text, component: Component, problems: Problems) -> None:
    prices = [kind.price.key for kind in component.kinds]
    if len(prices) != 1:
        what = "has no price" if not prices else f"is priced by {' and '.join(prices)}"
        problems.add(name.place, f"`{name}` {what}", f"give exactly one of {', '.join(PRICES)}")
    for kind in KINDS:
        _check_narrowed(name, component, kind, problems)
        _check_multiplied(name, component, kind, problems)
    if name in (*PAY_KINDS, *OWN_LINES):
        problems.add(name.place, f"`{name}` is the name of a kind of pay", "give the component another name")


def _check_narrowed(name: Text, component: Component, kind: Kind, problems: Problems) -> None:
    """What narrows a price of this kind stands beside no other."""
    price, known = kind.price.key, _beside(component)
    for key in kind.narrowed:
        if component.stated(key) is not None and component.kinds and key not in known:
            what = f"`{name}` has `{key.key}` without a {price}"
            problems.add(name.place, what, f"`{key.key}` narrows the pay a `{price}` applies to")


def _check_multiplied(name: Text, component: Component, kind: Kind, problems: Problems) -> None:
    """A price of this kind has all that it is multiplied and divided by, and no other price has it."""
    price, stated = kind.price.key, [key for key in kind.needed if component.stated(key) is not None]
    if not _beside(component).issuperset(stated) or (kind in component.kinds and len(stated) < len(kind.needed)):
        needed = " and ".join([price, *(key.key for key in kind.needed)])
        problems.add(name.place, f"`{name}` {kind.by} needs {needed}", f"write {kind.example}")
    for key in kind.over:
        under = component.stated(key)
        if under is not None and (nothing := under.nothing) is not None:
            problems.add(nothing.place, f"`{name}` is a {price} for 0 {key.name}", f"write {kind.example}")


def _beside(component: Component) -> set[Key]:
    """What may stand beside the prices of a component."""
    return {key for kind in component.kinds for key in kind.beside}


def post(name: Text, role: Role, stated: Stated) -> Post:
    """The role as it is costed; what is wrong with it is reported."""
    problems = stated.problems
    if name == DISPLACED:
        what = f"`{DISPLACED}` stands for people whose posts a plan gives up"
        problems.add(name.place, what, "give the role another name")
    components = components_of(role, stated)
    unknown = is_not_stated(role.salary)
    schedule = role.schedule if unknown else _schedule(role, stated.schedules)
    if unknown:
        role = role.model_copy(update={"salary": None})
    _check_pay(name, role, problems)
    _check_together(name, role, problems)
    if role.fund is not None:
        problems.add(role.fund.place, f"`{name}` has a fund and funds", "give one of them")
    shares = fund_shares(role, stated.default_fund, name, problems)
    for saved, component in (role.saves or {}).items():
        _check_component(saved, component, problems)
        if saved in components:
            problems.add(saved.place, f"`{saved}` is a cost of the role too", "give what is saved another name")
    wages = {key: _wage(getattr(role, key), role, stated.schedules) for key in WAGES}
    funded = dict(_pay_on_funds(role))
    for kind, one in funded.items():
        if one.paid is None:
            problems.add(one.place, f"`{name}` has a fund for its {kind}, and no amount", EXAMPLE)
    made = Post(
        name,
        _with_amounts(role, wages, funded),
        components,
        shares,
        name.place,
        salary=wages["salary"],
        average=wages["average"],
        new_hire=wages["new_hire"],
        unit=str(role.unit or schedule or OTHER_UNIT),  # the bargaining unit
        saves_own=role.cut_saves == "own",
        fund_order=stated.fund_order,
        pay_funds={kind: one.fund for kind, one in funded.items()},
        fund_names=stated.fund_names,
        months=role.months or stated.schedules.months_of(schedule),
    )
    return without_price(made) if unknown else made


def components_of(role: Role, stated: Stated) -> dict[str, Component]:
    """The benefits of a role's package, and its own costs."""
    components: dict[str, Component] = {}
    packages, broken, problems = stated.packages, stated.broken, stated.problems
    package = role.benefits
    if package is not None and package in packages:
        components.update((str(name), component) for name, component in packages[package].items())
    elif package is not None and ("benefits", str(package)) not in broken and ("benefits",) not in broken:
        problems.add(package.place, f"`{package}` is no benefit package", nearest(package, packages, "packages"))
    for cost, component in (role.costs or {}).items():
        _check_component(cost, component, problems)
        if cost in components:
            what = f"`{cost}` is in the package `{package}` already"
            problems.add(cost.place, what, "give this cost another name")
        components[cost] = component
    return components


def _pay_on_funds(role: Role) -> Iterator[tuple[PayKind, Funded]]:
    """The kinds of pay that have a fund of their own."""
    for kind in PAY_ON_A_FUND:
        if isinstance(stated := getattr(role, kind), Funded):
            yield kind, stated


def _with_amounts(role: Role, wages: Mapping[str, Wage | None], funded: Mapping[PayKind, Funded]) -> Role:
    """The role with what its cells state, and pay without its fund, so that a figure is one and the same wherever it is
    asked for."""
    cells = {key: wage.cells[0].amount for key, wage in wages.items() if wage is not None and wage.cells[0].name}
    amounts: dict[str, object] = {**cells, **{kind: one.paid for kind, one in funded.items()}}
    return role.model_copy(update=amounts) if amounts else role


def _schedule(role: Role, schedules: Schedules) -> str | None:
    """The schedule that a role is on: as stated, else the only one, where it states no pay in dollars."""
    on_cells = all(isinstance(getattr(role, key), Text | None) for key in BASE_PAY)
    return role.schedule or (schedules.only if on_cells else None)


def _wage(stated: Figure | Text | None, role: Role, schedules: Schedules) -> Wage | None:
    if isinstance(stated, Text):
        return schedules.wage(stated, role.schedule, role.months)
    return None if stated is None else Wage((ScheduleCell("", stated),))


def fund_shares(block: Role | OtherCost | Person, default: str, name: str, problems: Problems) -> tuple[FundShare, ...]:
    """Which fund pays what share, in the order in which the file names them."""
    if block.funds is None:
        return (FundShare(default, None),)
    if block.funds:
        _check_shares(block.funds, name, problems)
    paying = [(fund, share) for fund, share in block.funds.items() if share.value]
    if len(paying) == 1:
        return (FundShare(paying[0][0], None),)
    return tuple(FundShare(fund, share) for fund, share in paying) or (FundShare(default, None),)


def _check_shares(shares: Mapping[Text, Figure], name: str, problems: Problems) -> None:
    """The shares of all funds come to the whole."""
    total = sum_of(shares.values())
    if total != 1:
        off = f"{percent(abs(1 - total))} is {'missing' if total < 1 else 'too much'}"
        what = f"the funds of `{name}` pay {percent(total)} of it"
        problems.add(next(iter(shares)).place, what, f"the shares must add up to 100%: {off}")


def _check_pay(name: Text, role: Role, problems: Problems) -> None:
    """Pay by the hour or the day stands beside no salary, and has the hours or days that it is for."""
    paid = [way for way in _BY_TIME if getattr(role, way.key) is not None]
    for way in paid[:1]:
        _check_by_time(name, role, way, getattr(role, way.key), problems)
    for way in _BY_TIME:
        for key in () if way in paid else way.needed:
            if (stated := getattr(role, key)) is not None:
                hint = "leave it out" if paid else f"add `{way.example}`, or leave it out"
                problems.add(stated.place, f"`{name}` has `{key}` but no `{way.key}` pay", hint)


class _ByTime(NamedTuple):
    """Pay for so much time."""

    key: str
    in_words: str
    needed: tuple[str, ...]
    example: str
    works: str


_BY_TIME = (
    _ByTime("hourly", "the hour", HOURS, "hourly: 15.50", "one FTE works hours_per_week for weeks"),
    _ByTime("daily", "the day", ("days",), "daily: 165", "one FTE works so many days"),
)


def _check_by_time(name: Text, role: Role, way: _ByTime, price: Figure, problems: Problems) -> None:
    for key in WAGES:
        if (stated := getattr(role, key)) is not None:
            what = f"`{name}` has {'a salary' if key == 'salary' else f'`{key}`'} and {way.key} pay"
            problems.add((price if key == "salary" else stated).place, what, "pay it one way, or make two roles")
    for other in _BY_TIME:
        if other is not way and getattr(role, other.key) is not None:
            what = f"`{name}` has {way.key} and {other.key} pay"
            problems.add(getattr(role, other.key).place, what, "pay it one way, or make two roles")
    missing = [f"`{key}`" for key in way.needed if getattr(role, key) is None]
    if missing:
        what = f"`{name}` is paid by {way.in_words} but has no {' and no '.join(missing)}"
        problems.add(price.place, what, f"{way.works}: add {' and '.join(missing)}")


_TOGETHER = (
    ("extra_days", "contract_days", "each extra day is paid at the daily rate: add `contract_days: 190`"),
    ("contract_days", "extra_days", "they are for the daily rate of `extra_days: 10`"),
    ("absence_days", "substitute_day_rate", "add `substitute_day_rate: 120`"),
    ("substitute_day_rate", "absence_days", "add `absence_days: 8`"),
    ("attrition", "new_hire", "those who leave are followed by new hires: add `new_hire: 45_000`"),
)


def _check_together(name: Text, role: Role, problems: Problems) -> None:
    """What says something only beside another key, or beside a salary."""
    for key, other, hint in _TOGETHER:
        if getattr(role, key) is not None and getattr(role, other) is None:
            problems.add(getattr(role, key).place, f"`{name}` has `{key}` but no `{other}`", hint)
    for key, many in (("hourly", "weeks"), ("daily", "days")):
        if role.extra_days is not None and getattr(role, key) is not None:
            problems.add(role.extra_days.place, f"`{name}` has extra days and {key} pay", f"count them in `{many}`")
    if role.contract_days is not None and (nothing := role.contract_days.nothing) is not None:
        problems.add(nothing.place, "a contract of 0 days", "state the days of the contract")


def is_priced(role: Role) -> bool:
    """Some pay is stated (a supplement alone is none)."""
    return any(getattr(role, key) is not None for key in (*WAGES, *BASE_PAY))


def check_price(staffed: Staffed, in_positions: bool, problems: Problems) -> None:
    """Everything that is staffed has a price: zero and missing are different things.

    `in_positions`: there is an allotment, so that every post has a weight too, and this may be its only price.
    """
    post, role = staffed.post, staffed.post.role
    if in_positions and role.weight is None:
        hint = "add `weight: 1.00`, or `weight: 0` where it takes up none"
        problems.add(post.place, f"`{post.name}` has no `weight` in the allotment", hint)
    if is_priced(role) or staffed.placements or LINE in post.components or post.not_priced or staffed.not_counted:
        return
    if role.supplement is not None:
        problems.add(
            role.supplement.place,
            f"`{post.name}` has a supplement but no `salary`",
            "add `salary:` (or `salary: 0` if it is paid elsewhere)",
        )
    elif not in_positions and all(is_of_pay(cost) for cost in (role.costs or {}).values()):
        problems.add(
            post.place,
            f"`{post.name}` is staffed but has no price: `salary` is missing",
            "add salary, hourly (with hours_per_week and weeks), stipend or costs",
        )


def is_of_pay(component: Component) -> bool:
    """Whether it comes to nothing where there is no pay."""
    return any(kind.of == "pay" for kind in component.kinds)


def check_paid(
    name: str,
    shares: Iterable[FundShare],
    place: Place,
    budget: Iterable[str],
    own: Text | None,
    problems: Problems,
) -> None:
    """Every fund that pays a post or another cost is in the budget. `own` names the scenario which alone states one."""
    funds = sorted(budget)
    for share in shares:
        if share.fund in funds:
            continue
        if own is not None:
            what = f"`{name}` is paid from `{share.fund}`, which is not in the budget of `{own}`"
            problems.add(own.place, what, f"add `{share.fund}` to it, or state a `budget` for the whole file")
            continue
        what = f"`{name}` is paid from `{share.fund}`, which is not in the budget"
        if isinstance(share.fund, Text):
            problems.add(share.fund.place, what, nearest(share.fund, funds, "funds"))
        else:  # nobody wrote it: it is the fund that pays where none is named
            problems.add(place, what, f"give it `funds`, such as {{{funds[0]}: 100%}}" if funds else "give it `funds`")


def check_cover(post: Post, roles: Collection[str], broken: Broken, problems: Problems) -> None:
    """Released time is covered by a role that there is, and not by the released themselves."""
    cover = post.role.release.cover if post.role.release is not None else None
    if cover is None or ("roles", str(cover)) in broken:
        return
    if cover not in roles:
        problems.add(cover.place, f"`{cover}` is no role here", nearest(cover, roles, "roles"))
    elif cover == post.name:
        problems.add(cover.place, f"`{cover}` cannot cover its own release", "name the role that covers it")


def check_limits(post: Post, known: Iterable[str], problems: Problems) -> None:
    """A component limited to a fund that does not exist would silently cost nothing."""
    for name, component in post.components.items():
        for fund in component.funds or ():
            if fund not in known:
                hint = nearest(fund, known, "funds")
                problems.add(fund.place, f"`{name}` is limited to `{fund}`, which is no fund here", hint)
