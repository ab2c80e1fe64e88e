"""The notes beside an answer: what files leave open, and what is remarkable in them. Of many schools those on each are
made as it is read, so that its ledger need not be kept to the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.remarks import remarks
from staffcalc.questions.figures.as_of import year_notes
from staffcalc.questions.selection import lacking
from staffcalc.questions.to_come import to_come

Kinds = tuple[tuple[str, ...], ...]
"""The notes on one school, kind by kind: the same kinds in the same order for every school."""


def left_open(ledger: Ledger) -> tuple[str, ...]:
    """What the file of a school leaves open, each note with the file."""
    return tuple(f"{ledger.school.file}: {note}" for note in ledger.school.notes)


def notes_of(ledger: Ledger, plans: Sequence[PlanLedger], scenarios: Sequence[str]) -> Kinds:
    """All that the reader of these plans of a school should know; `scenarios` are asked for by name."""
    return (
        tuple(lacking([ledger], scenarios)),
        left_open(ledger),
        remarks([ledger]),
        tuple(to_come([(ledger, plans)])),
        tuple(year_notes([ledger])),
    )


def by_kind(schools: Iterable[Kinds]) -> Iterator[str]:
    """The notes on all schools: those of the first kind of one school after the other, then those of the next."""
    for kind in zip(*schools, strict=True):
        for notes in kind:
            yield from notes


def school_notes(ledgers: Sequence[Ledger]) -> tuple[str, ...]:
    """What the files leave open, and what is remarkable in them, for the reader."""
    return tuple(by_kind((left_open(ledger), remarks([ledger])) for ledger in ledgers))
