"""What is saved on the costs of a post: while it is vacant, and what its role saves elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from staffcalc.costing.pay.charges import Charged, Charges
from staffcalc.costing.pay.pay import Basis
from staffcalc.formula.formula import Formula, add, less, of_figure, times
from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.school.school import Post


def less_savings(
    costs: Iterable[tuple[str, Charged]],
    post: Post,
    charges: Charges,
    basis_of: Callable[[str, Component], Basis | None],
) -> Iterator[tuple[str, Charged]]:
    """The costs of a post, and after them what is saved on it; `basis_of` is what a saving is taken of."""
    costs = list(costs)
    yield from costs
    if post.role.vacancy is not None:
        yield from _vacancy(post.role.vacancy, [charged for _, charged in costs], charges)
    for name, component in (post.role.saves or {}).items():
        basis = basis_of(str(name), component)
        if basis is not None and (charged := charges.charge(basis._replace(saved=True), component.funds)) is not None:
            yield str(name), charged


def _vacancy(share: Figure, costs: Sequence[Charged], charges: Charges) -> Iterator[tuple[str, Charged]]:
    """What is saved while posts are vacant: a share of all that they cost, for the funds that pay it."""
    if not costs:
        return
    vacancy = of_figure("vacancy", share)
    formula = less(times(add(*(one.formula for one in costs)), vacancy))
    first = costs[0].payers
    if all(charged.payers == first for charged in costs):
        yield "vacancy", Charged(formula, first, False, costs[0].basis)
        return
    found: dict[str, list[Formula]] = {}
    for charged in costs:
        for payer in charged.payers:
            found.setdefault(payer.fund, []).append(charges.part(charged, payer))
    yield "vacancy", charges.shared(found, formula)
