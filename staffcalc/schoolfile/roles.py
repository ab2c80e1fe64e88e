"""Roles → posts: `like` copies, packages and costs become components, and each post is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Component, OtherCost, Role
from staffcalc.schoolfile.likes import in_order
from staffcalc.schoolfile.problems import Place, Problems, nearest
from staffcalc.schoolfile.school import FundShare, Post, Rung, Wage
from staffcalc.schoolfile.tree import Block, Text, Tree, merge
from staffcalc.schoolfile.validation import Broken
from staffcalc.schoolfile.values import PAY_KINDS


def with_copies(
    roles: Mapping[Text, Block], school: Mapping[Text, Tree], broken: Broken, problems: Problems
) -> dict[Text, Tree]:
    """The roles with every `like` carried out, originals before copies; roles in doubt are left out.

    `school` holds the roles that these are laid over, and that they may be like.
    """
    likes: dict[Text, Text | None] = {name: role.get(Text("like")) for name, role in roles.items()}
    lost = {str(path[1]) for path in broken if path[0] == "roles" and len(path) > 1}
    copied: dict[Text, Tree] = {}
    for name in in_order(likes, school, lost, problems, "role"):
        role: Tree = roles[name]
        if (like := likes[name]) is not None:
            role = merge(copied[like] if like in copied else school[like], role)
        copied[name] = merge(school[name], role) if name in school else role
    broken.update(("roles", name) for name in lost)
    return copied


def check_packages(packages: Mapping[Text, Mapping[Text, Component]], problems: Problems) -> None:
    """Each component of a package states one way to cost it."""
    for components in packages.values():
        for name, component in components.items():
            _check_component(name, component, problems)


def _check_component(name: Text, component: Component, problems: Problems) -> None:
    ways = [way for way in ("rate", "per_person", "per_fte") if getattr(component, way) is not None]
    if len(ways) != 1:
        what = "has no price" if not ways else f"is priced by {' and '.join(ways)}"
        problems.add(name.place, f"`{name}` {what}", "give exactly one of rate, per_person, per_fte")
    for key in ("on", "up_to"):
        if getattr(component, key) is not None and ways and component.rate is None:
            problems.add(
                name.place, f"`{name}` has `{key}` without a rate", f"`{key}` narrows the pay a `rate` applies to"
            )
    if name in PAY_KINDS:
        problems.add(name.place, f"`{name}` is the name of a kind of pay", "give the component another name")


def check_other_cost(name: Text, cost: OtherCost, problems: Problems) -> None:
    """A cost that is not a role's states one price."""
    if (cost.amount is None) == (cost.per_student is None):
        what = f"the other cost `{name}` {'has no price' if cost.amount is None else 'has two prices'}"
        problems.add(name.place, what, "give exactly one of amount, per_student")


def post(
    name: Text,
    role: Role,
    packages: Mapping[Text, Mapping[Text, Component]],
    default_fund: str,
    broken: Broken,
    problems: Problems,
) -> Post:
    """The role as it is costed; what is wrong with it is reported."""
    components: dict[str, Component] = {}
    if role.benefits is not None:
        if role.benefits in packages:
            components.update((str(name), component) for name, component in packages[role.benefits].items())
        elif ("benefits", str(role.benefits)) not in broken and ("benefits",) not in broken:
            problems.add(
                role.benefits.place,
                f"`{role.benefits}` is no benefit package",
                nearest(role.benefits, packages, "packages"),
            )
    for cost, component in (role.costs or {}).items():
        _check_component(cost, component, problems)
        if cost in components:
            problems.add(
                cost.place, f"`{cost}` is in the package `{role.benefits}` already", "give this cost another name"
            )
        components[cost] = component
    _check_pay(name, role, problems)
    shares = fund_shares(role, default_fund, name, problems)
    wage = Wage((Rung("", role.salary),)) if role.salary is not None else None
    return Post(name, role, components, shares, name.place, salary=wage)


def fund_shares(block: Role | OtherCost, default: str, name: str, problems: Problems) -> tuple[FundShare, ...]:
    """Which fund pays what share, in the order of their names (so that the order in a file changes no figure)."""
    if block.funds is None:
        return (FundShare(default, None),)
    total = sum((share.value for share in block.funds.values()), Decimal(0))
    if block.funds and total != 1:
        off = f"{_percent(1 - total)} is {'missing' if total < 1 else 'too much'}"
        problems.add(
            next(iter(block.funds)).place,
            f"the funds of `{name}` pay {_percent(total)} of it",
            f"the shares must add up to 100%: {off}",
        )
    paying = sorted((fund, share) for fund, share in block.funds.items() if share.value)
    if len(paying) == 1:
        return (FundShare(paying[0][0], None),)
    return tuple(FundShare(fund, share) for fund, share in paying) or (FundShare(default, None),)


def _percent(share: Decimal) -> str:
    return f"{abs(share) * 100:f}".rstrip("0").rstrip(".") + "%"


def _check_pay(name: Text, role: Role, problems: Problems) -> None:
    def place(figure: Figure | None) -> Place:
        return figure.place if figure is not None else name.place

    if role.salary is not None and role.hourly is not None:
        problems.add(place(role.hourly), f"`{name}` has a salary and hourly pay", "pay it one way, or make two roles")
    missing = [f"`{key}`" for key in ("hours_per_week", "weeks") if getattr(role, key) is None]
    if role.hourly is not None and missing:
        what = f"`{name}` is paid by the hour but has no {' and no '.join(missing)}"
        problems.add(place(role.hourly), what, f"one FTE works hours_per_week for weeks: add {' and '.join(missing)}")
    for key in ("hours_per_week", "weeks"):
        if role.hourly is None and getattr(role, key) is not None:
            problems.add(
                place(getattr(role, key)),
                f"`{name}` has `{key}` but no `hourly` pay",
                "add `hourly: 15.50`, or leave it out",
            )


def is_priced(role: Role) -> bool:
    """Some pay is stated (a supplement alone is none)."""
    return role.salary is not None or role.hourly is not None or role.stipend is not None


def check_price(post: Post, in_positions: bool, problems: Problems) -> None:
    """Everything that is staffed has a price: zero and missing are different things.

    `in_positions`: there is an allotment, so that every post has a weight too, and this may be its only price.
    """
    role = post.role
    if in_positions and role.weight is None:
        hint = "add `weight: 1.00`, or `weight: 0` where it takes up none"
        problems.add(post.place, f"`{post.name}` has no `weight` in the allotment", hint)
    if is_priced(role):
        return
    if role.supplement is not None:
        problems.add(
            role.supplement.place,
            f"`{post.name}` has a supplement but no `salary`",
            "add `salary:` (or `salary: 0` if it is paid elsewhere)",
        )
    elif not in_positions and not any(cost.rate is None for cost in (role.costs or {}).values()):
        problems.add(
            post.place,
            f"`{post.name}` is staffed but has no price: `salary` is missing",
            "add salary, hourly (with hours_per_week and weeks), stipend or costs",
        )


def check_paid(name: str, shares: Iterable[FundShare], place: Place, budget: Iterable[str], problems: Problems) -> None:
    """Every fund that pays a post or another cost is in the budget."""
    funds = sorted(budget)
    for share in shares:
        if share.fund in funds:
            continue
        what = f"`{name}` is paid from `{share.fund}`, which is not in the budget"
        if isinstance(share.fund, Text):
            problems.add(share.fund.place, what, nearest(share.fund, funds, "funds"))
        else:  # nobody wrote it: it is the fund that pays where none is named
            problems.add(place, what, f"give it `funds`, such as {{{funds[0]}: 100%}}" if funds else "give it `funds`")


def check_limits(post: Post, known: Iterable[str], problems: Problems) -> None:
    """A component limited to a fund that does not exist would silently cost nothing."""
    for name, component in post.components.items():
        for fund in component.funds or ():
            if fund not in known:
                hint = nearest(fund, known, "funds")
                problems.add(fund.place, f"`{name}` is limited to `{fund}`, which is no fund here", hint)
