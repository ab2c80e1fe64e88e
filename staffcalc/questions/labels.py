"""What schools are called beside one another, and at what price everybody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from staffcalc.costing.ledger import Ledger
from staffcalc.costing.pay.pay import Price

AT_PRICE: Mapping[Price, str] = {
    "average": "at average pay",
    "actual": "at actual pay",
    "new_hire": "at new-hire pay",
}


def school_labels(ledgers: Sequence[Ledger]) -> list[str]:
    """What each school is called beside others: its name and year, and its file where two are named alike."""
    return labels_apart(list(map(label_of, ledgers)), [ledger.school.file for ledger in ledgers])


def label_of(ledger: Ledger) -> str:
    """What a school is called: its name and year, and at what pay everybody is priced."""
    named = f"{ledger.school.name}, {ledger.school.year}" if ledger.school.year else ledger.school.name
    return named + (f", {AT_PRICE[ledger.price]}" if ledger.price is not None else "")


def labels_apart(labels: Sequence[str], files: Sequence[str]) -> list[str]:
    """What each school is called beside others: as it is, and with its file where two are named alike."""
    alike = Counter(labels)
    return [f"{label} ({file})" if alike[label] > 1 else label for label, file in zip(labels, files, strict=True)]
