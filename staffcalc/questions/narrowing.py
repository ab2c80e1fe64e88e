"""What of a plan is asked for: a role, a component, a fund, a measure; and whether the schools have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from staffcalc.costing.ledger import CostLine, Ledger
from staffcalc.language.values import PAY_KINDS
from staffcalc.questions.measuring import MEASURES
from staffcalc.questions.picking import UnknownNameError
from staffcalc.school.checks import NARROWED_BY
from staffcalc.source.problems import nearest


class Narrowed(NamedTuple):
    """The lines that are asked for; None: all."""

    role: str | None = None
    component: str | None = None
    fund: str | None = None

    def has(self, line: CostLine) -> bool:
        """Whether a line is among them."""
        return (
            self.role in (None, line.role)
            and self.component in (None, line.component)
            and self.fund in (None, line.fund)
        )

    @property
    def words(self) -> str:
        """What they are, for a sentence."""
        return ", ".join(f"{what} {name}" for what, name in self._asdict().items() if name is not None)


def check_names(ledgers: Sequence[Ledger], narrowed: Narrowed, measure: str | None) -> None:
    """Raises UnknownNameError for a name that no school has, and for a measure that cannot be narrowed so."""
    if measure is not None and measure not in MEASURES:
        raise UnknownNameError(f"no measure `{measure}`: {nearest(measure, MEASURES, 'measures')}")
    for what, name in narrowed._asdict().items():
        known = _known(ledgers, what)
        if name is not None and name not in known:
            raise UnknownNameError(f"no {what} `{name}`: {nearest(name, known, f'{what}s')}")
        if name is not None and measure is not None and what not in NARROWED_BY.get(measure, ()):
            if measure == "cost":
                hint = "leave --measure out"
            else:
                by = [key for key in ("role", "fund") if key in NARROWED_BY.get(measure, ())]
                hint = f"only by {' or '.join(by)}" if by else "it is of a plan as a whole"
            raise UnknownNameError(f"the measure {measure} cannot be narrowed by {what}: {hint}")


def _known(ledgers: Sequence[Ledger], what: str) -> list[str]:
    """All roles, components or funds of the schools, whether a plan has them or not."""
    found: dict[str, None] = {}
    for ledger in ledgers:
        posts = [*ledger.school.posts.values(), *(one.post for plan in ledger.school.plans for one in plan.staff)]
        lines = [line for plan in ledger.plans for line in plan.lines]
        match what:
            case "role":
                found.update((post.name, None) for post in posts)
                found.update((line.role, None) for line in lines if line.role is not None)  # displaced staff
            case "component":
                found.update((kind, None) for kind in PAY_KINDS for post in posts if getattr(post.role, kind))
                found.update((name, None) for post in posts for name in post.components)
                found.update((line.component, None) for line in lines)
            case _:
                found.update((line.fund, None) for line in lines)
                found.update((fund, None) for plan in ledger.plans for fund in plan.budget or ())
    return list(found)
