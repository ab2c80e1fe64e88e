"""Whether a plan takes more staff than there is in a year, of a role or of a cell."""

from __future__ import annotations

from fractions import Fraction

from secondcalculator.decisions import EARLY
from secondcalculator.entries import Count, cell
from secondcalculator.figures import ZERO, Plain, known
from secondcalculator.read import Book, book
from secondcalculator.staff import Staff


def overdrawn(files: list[Plain], years: int) -> set[tuple[str, str]]:
    """The plans, and their roles, that would have less than nothing so many years after the file's own."""
    read = book(files, years)
    counts = Staff(read).counts
    found: set[tuple[str, str]] = set()
    for name, plan in read.plans.items():
        if name.startswith(EARLY) or plan.unknown:
            continue
        for role, count in read.plan(name, years).staff.items():
            fte = [] if count.unknown else [counts.fte(name, role, years)]
            if any(one < 0 for one in [*fte, *_on_cells(read, role, count, years).values()]):
                found.add((name, role))
    return found


def _on_cells(read: Book, role: str, count: Count, years: int) -> dict[str, Fraction]:
    """How many there are on each cell: by the mix or the roster, and by what has changed since."""
    found: dict[str, Fraction] = {}
    stated = [*(count.cells or {}).items(), *count.changes]
    for row in read.roster if count.of_roster else ():
        if row["role"] == role and ("cell" in row or "lane" in row):
            at = row["cell"] if "cell" in row else f"{row['lane']}/{row['step']}"
            share = known(row.get("share", "1"), read.year(years)).value
            held = f"{at} with {row['with']}" if "with" in row else at
            found[cell(held)] = found.get(cell(held), ZERO) + known(row["fte"], read.year(years)).value * share
    for name, fte in stated:
        found[cell(name)] = found.get(cell(name), ZERO) + known(fte, read.year(years)).value
    return found
