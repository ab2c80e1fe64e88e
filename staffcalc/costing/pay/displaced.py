"""What is still paid to people whose posts a plan gives up: their own pay less a new hire's, with what rests on it.

The people stay in the district and a hire is saved, so that a post given up saves what a new hire costs. What a holder
costs beyond that goes on, on the fund that paid the post.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffcalc.costing.pay.benefits import Benefits
from staffcalc.costing.pay.charges import Charged, Charges
from staffcalc.costing.pay.pay import Basis, Piece, whole
from staffcalc.costing.pay.savings import less_savings
from staffcalc.formula.formula import minus, of_figure, times


def still_paid(benefits: Benefits, charges: Charges) -> Iterator[tuple[str, Charged]]:
    """Each component of what is still paid, with who pays it. What does not rest on the salary is saved whole."""
    return less_savings(_costs(benefits, charges), benefits.pay.post, charges, benefits.kept)


def _costs(benefits: Benefits, charges: Charges) -> Iterator[tuple[str, Charged]]:
    role = benefits.pay.post.role
    attrition = None if role.attrition is None else of_figure("attrition", role.attrition)
    salary, extra, leaving = list[Piece](), list[Piece](), list[Piece]()
    salaries = benefits.pay.salaries
    for given_up, kept in zip(benefits.pay.staff.given_up, salaries.kept, strict=True):
        if kept is None:
            continue
        position, difference = given_up.position, minus(*(one.together for one in kept))
        salary.append(Piece(position, position.paid(times(position.fte, difference))))
        days = salaries.days(minus(*(salaries.after_leaving(one).together for one in kept)))
        extra += [Piece(position, position.paid(times(position.fte, days)))] if days is not None else []
        leaving += (
            [Piece(position, position.paid(times(position.fte, attrition, difference)))]
            if attrition is not None
            else []
        )
    own = [("salary", _basis(salary)), ("extra days", _basis(extra)._replace(kinds=("extra days",)))]
    own.append(("attrition", _basis(leaving)._replace(saved=True)))
    for kind, paid in own:
        if paid.pieces and (charged := charges.charge(paid)) is not None:
            yield kind, charged
    for name, component in benefits.pay.post.components.items():
        basis = benefits.kept(name, component)
        if basis is not None and (charged := charges.charge(basis, component.funds)) is not None:
            yield name, charged


def _basis(pieces: Sequence[Piece]) -> Basis:
    return Basis(tuple(pieces), whole(pieces))
