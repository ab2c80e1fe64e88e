"""Figures of another year than their file, by what the file says of them in `as_of`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.formula.formula import inputs
from staffcalc.language.figures import Figure
from staffcalc.language.school_year import first_of
from staffcalc.source.problems import Place

MOST_NAMED = 5


def other_year(figure: Figure, file_year: str | None) -> str | None:
    """The year that a figure is of, where that is neither the year of the file nor the one that it is stated for; None
    where it is, and where either is not said."""
    if figure.as_of is None:
        return None
    own, of = first_of(file_year or ""), first_of(figure.as_of)
    stands_for = first_of(figure.dated) if figure.dated is not None else own
    return figure.as_of if own is not None and of is not None and of not in (own, stands_for) else None


def year_notes(ledgers: Iterable[Ledger]) -> Iterator[str]:
    """What a reader of the plans should know: which figures are of another year than their file."""
    for ledger in ledgers:
        if "as_of" in ledger.school.annotations:
            yield from other_years(ledger, _of_other_years(ledger))


def other_years(ledger: Ledger, found: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The same in one remark, with the name and the year of each figure that is found."""
    school = ledger.school
    if found:
        listed = ", ".join(f"{name} ({year})" for name, year in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        figures = "1 figure is" if len(found) == 1 else f"{len(found)} figures are"
        yield f"{school.file}: the file is of {school.year}, and {figures} of another year: {listed}{more}"
    if "as_of" in school.annotations and not school.year:
        yield f"{school.file}: the file has no `year`, so the years of its figures (`as_of`) are not compared with it"


def _of_other_years(ledger: Ledger) -> list[tuple[str, str]]:
    """The figures of another year that the plans rest on, each with its name, in the order of the plans."""
    from staffcalc.questions.figures.naming import Naming
    from staffcalc.questions.figures.provenance import Named

    found: dict[Place, tuple[str, str]] = {}
    naming = Naming(ledger)
    told: set[int] = set()
    for plan in ledger.plans:
        for line in plan.lines:
            for given in inputs(line.formula, told):
                year = other_year(given.figure, ledger.school.year)
                if year is not None and given.figure.place not in found:
                    found[given.figure.place] = naming.of(plan, line.post, Named(given.name, given.figure)), year
        for name, figure in _besides(plan):
            if (year := other_year(figure, ledger.school.year)) is not None:
                found.setdefault(figure.place, (name, year))
    return list(found.values())


def _besides(plan: PlanLedger) -> Iterator[tuple[str, Figure]]:
    """The figures of a plan that stand in no line: its budget and its students."""
    from staffcalc.questions.figures.budget_inputs import budget_figures
    from staffcalc.questions.figures.naming import in_plan

    yield from ((name, figure) for _, name, figure in budget_figures(plan))
    if plan.plan.students is not None:
        yield in_plan("students", plan.name), plan.plan.students
