"""A benefit or another cost of a role: its keys are those of the table of kinds, and two that stand beside any kind."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, create_model

from staffcalc.language.described import Described
from staffcalc.language.figures import Figure
from staffcalc.language.kinds import KINDS, ON, PRICES, Key, Kind
from staffcalc.language.pay_kinds import PayKind
from staffcalc.language.values import MinFte, Names

LEAST_FTE = Key("min_fte", MinFte, "People below this FTE are left out.", "least FTE")
_OF_KINDS = {key.key: key for kind in KINDS for key in (kind.price, *kind.beside)}
_FIGURES = tuple(key for key in (*_OF_KINDS.values(), LEAST_FTE) if key is not ON)


def _field(key: Key) -> Any:
    return Annotated[key.type | None, Field(description=key.description)]


if TYPE_CHECKING:

    class _Priced(BaseModel):
        """The keys of all kinds. Prices, and what they are multiplied by, are asked for by the kind; what narrows the
        pay that a rate counts has its name in the code, too."""

        on: tuple[PayKind, ...] | None = None
        up_to: Figure | None = None
else:
    _keys = {name: (_field(key), None) for name, key in _OF_KINDS.items()}
    _Priced = create_model("_Priced", __config__=Described.model_config, **_keys)


class Component(_Priced, Described):
    __doc__ = (
        "A benefit or another cost of a role: by exactly one of "
        f"{', '.join(f'`{key}`' for key in PRICES[:-1])} and `{PRICES[-1]}`."
    )

    min_fte: Annotated[MinFte | None, Field(description=LEAST_FTE.description)] = None
    funds: Annotated[Names | None, Field(description="Only on the share of pay that these funds carry.")] = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of which it states the price; a checked component has exactly one."""
        return tuple(kind for kind in KINDS if self.stated(kind.price) is not None)

    @property
    def kind(self) -> Kind:
        """The kind of a checked component."""
        return next(kind for kind in KINDS if self.stated(kind.price) is not None)

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
        for key in _FIGURES:
            if self.stated(key) is not None:
                yield key.name, self.figure(key)
