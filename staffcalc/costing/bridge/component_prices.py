"""What differs between the prices of a benefit or other cost of a role, one change at a time; and figures in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from staffcalc.costing.growth.wages import price_now
from staffcalc.formula.words import plain, say_figure
from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.language.kinds import LEAST_FTE, ON, UP_TO, Key
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.language.team import BySize
from staffcalc.records import NamedTuple
from staffcalc.school.parts.growth import Growth

NONE = "none"


class ComponentChange(NamedTuple):
    """One thing that differs, in words, and the component with this and all earlier changes made."""

    kind: Literal["price", "funds"]
    subject: str
    before: str
    after: str
    component: Component | None


def component_changes(
    name: str, old: Component | None, new: Component | None, growth: Growth, caps: Growth
) -> Iterator[ComponentChange]:
    """From one component's price to another's, each told as prices and caps have grown."""
    if old is None or new is None or old.kind is not new.kind:
        yield ComponentChange("price", name, _say_component(old, growth, caps), _say_component(new, growth, caps), new)
        return
    kind = old.kind
    before, after = (_say_price(one, growth) for one in (old, new))
    now = [price_now(one.price, growth).value for one in (old, new)]
    if kind.over and before != after:
        part = old.model_copy(update={key.key: new.stated(key) for key in (kind.price, *kind.over)})
        yield ComponentChange("price", name, before, after, part)
        old = part
    elif old.price.value != new.price.value or now[0] != now[1]:
        part = old.model_copy(update={kind.price.key: new.price})
        yield ComponentChange("price", name, before, after, part)
        old = part
    if frozenset(old.on or PAY_KINDS) != frozenset(new.on or PAY_KINDS):
        part = old.model_copy(update={"on": new.on})
        yield ComponentChange("price", f"{name} {ON.name}", _say_base(old), _say_base(new), part)
        old = part
    for key in (*(key for key in kind.narrowed if key is not ON), LEAST_FTE, *kind.times):
        stated = old.stated(key), new.stated(key)
        limits = _cap_now(old, key, caps), _cap_now(new, key, caps)
        if any(value_of(before) != value_of(after) for before, after in (stated, limits)):
            part = old.model_copy(update={key.key: new.stated(key)})
            yield ComponentChange("price", f"{name} {key.name}", in_words(limits[0]), in_words(limits[1]), part)
            old = part
    if (old.funds and frozenset(old.funds)) != (new.funds and frozenset(new.funds)):
        part = old.model_copy(update={"funds": new.funds})
        yield ComponentChange("funds", f"{name} funds", _say_limit(old), _say_limit(new), part)


def _cap_now(component: Component, key: Key, caps: Growth) -> Figure | None:
    """A figure beside a price in the year: a cap grows, and nothing else."""
    stated: Figure | None = component.stated(key)
    return price_now(stated, caps) if stated is not None and key is UP_TO else stated


def _say_price(component: Component, growth: Growth) -> str:
    kind = component.kind
    over = "".join(f" for {say_figure(component.figure(key))}" for key in kind.over)
    return f"{say_figure(price_now(component.price, growth))}{over} {kind.in_words}".rstrip()


def _say_base(component: Component) -> str:
    return " and ".join(kind for kind in PAY_KINDS if kind in component.on) if component.on else "all pay"


def _say_limit(component: Component) -> str:
    return "all funds" if component.funds is None else " and ".join(sorted(component.funds))


def _say_component(component: Component | None, growth: Growth, caps: Growth) -> str:
    """All of a component: "6.2% of all pay up to $118,500"."""
    if component is None:
        return NONE
    phrase = _say_price(component, growth)
    if component.kind.of == "pay":
        phrase += f" of {_say_base(component)}"
    if (cap := _cap_now(component, UP_TO, caps)) is not None:
        phrase += f" up to {say_figure(cap)}"
    if component.min_fte is not None:
        phrase += f" from {say_figure(component.min_fte)}"
    return phrase if component.funds is None else f"{phrase} on {_say_limit(component)}"


# Figures in words


def value_of(figure: Figure | None) -> Decimal | None:
    """Its value; None without one."""
    return None if figure is None else figure.value


def in_words(figure: Figure | BySize | str | None) -> str:
    """A figure that posts may differ in, with its unit."""
    if isinstance(figure, BySize):
        return f"by team size ({by_size(figure)})"
    if not isinstance(figure, Figure):
        return figure or NONE
    return plain(figure.value) if figure.unit in ("hours a week", "weeks") else say_figure(figure)


def by_size(paid: BySize) -> str:
    """A supplement by the size of the team that somebody leads: "1-2 $6,800, 3-5 $11,400"."""
    return ", ".join(f"{one.in_words} {say_figure(one.amount)}" for one in paid.ranges)
