"""A benefit or another cost of a role: its keys are those of the table of kinds, and `funds`."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, create_model

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure
from staffcalc.language.kinds import KEYS, KINDS, ON, PRICES, Key, Kind
from staffcalc.language.pay_kinds import PayKind
from staffcalc.language.values import Names

if TYPE_CHECKING:

    class _Priced(BaseModel):
        """The keys of the table. The code asks for prices, and what they are multiplied by, by the kind; what narrows
        them has its name in the code, too."""

        on: tuple[PayKind, ...] | None = None
        up_to: Figure | None = None
        min_fte: Figure | None = None
else:
    _keys = {
        name: (Annotated[Annotated[Any, key.read] | None, Field(description=key.description)], None)
        for name, key in KEYS.items()
    }
    _Priced = create_model("_Priced", __config__=Described.model_config, **_keys)


class Component(_Priced, Described):
    __doc__ = (
        "A benefit or another cost of a role: by exactly one of "
        f"{', '.join(f'`{key}`' for key in PRICES[:-1])} and `{PRICES[-1]}`."
    )

    funds: Annotated[Names | None, Field(description="Only on the share of pay that these funds carry.")] = None

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of which it states the price; a checked component has exactly one."""
        return tuple(kind for kind in KINDS if self.stated(kind.price) is not None)

    @cached_property
    def kind(self) -> Kind:
        """The kind of a checked component."""
        for kind in KINDS:
            if getattr(self, kind.price.key) is not None:
                return kind
        raise ValueError("a component without a price")

    @property
    def price(self) -> Figure:
        """The price of a checked component, in the unit of its kind."""
        return self.figure(self.kind.price)

    def figure(self, key: Key) -> Figure:
        """A figure that a checked component has by its kind: the price, or one by which it is multiplied."""
        figure = self.stated(key)
        assert isinstance(figure, Figure)
        return figure

    def stated(self, key: Key) -> Any:
        """What stands under a key; None where nothing does."""
        return getattr(self, key.key)

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure that it states, with what the figure is called."""
        for key in KEYS.values():
            if key is not ON and self.stated(key) is not None:
                yield key.name, self.figure(key)
