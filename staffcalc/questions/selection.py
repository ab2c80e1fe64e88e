"""What a question about the given schools may name: their scenarios, years, roles, funds and components."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import CostLine
from staffcalc.costing.pay.pay import Price
from staffcalc.errors import StaffcalcError
from staffcalc.language.pay_kinds import PAY_KINDS
from staffcalc.school.school import BASELINE, Post, School
from staffcalc.source.problems import nearest


class UnknownNameError(StaffcalcError, KeyError):
    """A scenario, year, role, fund or component that no given file has; the message says which there are."""

    __str__ = Exception.__str__  # a KeyError would put its message in quotes


def select_plans(
    ledgers: Sequence[Ledger], names: Sequence[str], *, with_baseline: bool
) -> list[tuple[Ledger, list[PlanLedger]]]:
    """The plans of each school by name, in the order of the file; all of them where no name is given.

    Raises UnknownNameError for a name that none of the schools has.
    """
    return list(selected_in_turn(ledgers, names, with_baseline=with_baseline))


def selected_in_turn(
    ledgers: Iterable[Ledger], names: Sequence[str], *, with_baseline: bool
) -> Iterator[tuple[Ledger, list[PlanLedger]]]:
    """The same school by school. Raises UnknownNameError after the last of them."""
    wanted = {*names, *([BASELINE] if with_baseline else [])}
    known: dict[str, None] = {}
    for ledger in ledgers:
        known.update((plan.name, None) for plan in ledger.plans)
        if plans := [plan for plan in ledger.plans if not names or plan.name in wanted]:
            yield ledger, plans
    for name in names:
        if name not in known:
            raise UnknownNameError(f"no scenario `{name}`: {nearest(name, known, 'scenarios')}")


def lacking(ledgers: Iterable[Ledger], names: Sequence[str]) -> Iterator[str]:
    """A note for each file that lacks a scenario which is asked for and another file has."""
    for ledger in ledgers:
        for name in dict.fromkeys(names):
            if all(plan.name != name for plan in ledger.plans):
                yield f"{ledger.school.file}: no scenario `{name}`: its baseline alone is shown"


def in_the_year(school: School, year: str, price: Price | None) -> School:
    """The school in a year of its forecast; `price` is at what pay everybody is priced.

    Raises UnknownNameError for a year that the forecast does not reach, and SchoolFileError where the file leaves open
    what a later year depends on.
    """
    from staffcalc.costing.years.later_years import in_checked_year, years_ahead

    try:
        return in_checked_year(school, years_ahead(school, year), price=price)
    except ValueError as error:
        raise UnknownNameError(f"{school.file}: no year {year}: {error}") from None


def check_known(ledgers: Sequence[Ledger], what: str, name: str | None) -> None:
    """Raises UnknownNameError where a `role`, `component` or `fund` is named that none of the schools has."""
    if name is not None:
        check_among(name, _known(ledgers, what), what)


def check_among(name: str, known: Collection[str], what: str) -> None:
    """Raises UnknownNameError, with the nearest, for a name that is not among those that there are of this kind."""
    if name not in known:
        raise UnknownNameError(f"no {what} `{name}`: {nearest(name, known, f'{what}s')}")


def _known(ledgers: Sequence[Ledger], what: str) -> list[str]:
    """All roles, components or funds of the schools, whether a plan has them or not."""
    names = {"role": _roles, "component": _components}.get(what, _funds)
    return list(dict.fromkeys(name for ledger in ledgers for name in names(ledger)))


def _roles(ledger: Ledger) -> Iterator[str]:
    yield from (post.name for post in _posts(ledger))
    yield from (line.role for line in _lines(ledger) if line.role is not None)  # displaced staff


def _components(ledger: Ledger) -> Iterator[str]:
    yield from (kind for kind in PAY_KINDS for post in _posts(ledger) if getattr(post.role, kind))
    yield from (name for post in _posts(ledger) for name in post.components)
    yield from (line.component for line in _lines(ledger))


def _funds(ledger: Ledger) -> Iterator[str]:
    yield from (line.fund for line in _lines(ledger))
    yield from (fund for plan in ledger.plans for fund in plan.budget or ())
    yield from ledger.school.fund_rules  # also one that has ended


def _posts(ledger: Ledger) -> Iterator[Post]:
    yield from ledger.school.posts.values()
    yield from (one.post for plan in ledger.school.plans for one in plan.staff)


def _lines(ledger: Ledger) -> Iterator[CostLine]:
    return (line for plan in ledger.plans for line in plan.lines)
