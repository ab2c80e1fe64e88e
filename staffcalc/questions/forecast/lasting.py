"""Whether a plan lasts: in every year, on what the levy raises, and without the money that ends."""

from __future__ import annotations

from collections.abc import Sequence

from staffcalc.costing.lines import ZERO
from staffcalc.costing.measures.unknown import unpriced
from staffcalc.formula.words import money
from staffcalc.questions.fit import verdict
from staffcalc.questions.forecast.outlooks import Outlook, Year
from staffcalc.report import Verdict


def lasts(outlook: Outlook) -> Verdict:
    """Whether a plan fits in every year, and then without the money that ends."""
    over, there = outlook.first_over, outlook.in_force
    first = there[0] if there else outlook.years[0]
    if first.found.left is None and first.fits is not None and first.fits.good and first.levy is not None:
        return Verdict(f"met {_by_levy(there)}", good=True)
    if first.found.left is None or not there:
        begins, then = outlook.years[0].plan.plan.awaits, verdict(first.plan)
        later = begins is not None and there and unpriced(first.plan)
        return Verdict(f"begins in {begins}, then {then.text}", good=None) if later else then
    if over is not None and over.fits is not None:
        return Verdict(f"from {over.name} {over.fits.text}", good=False)
    if outlook.not_judged:
        return Verdict(
            f"{first.name} fits, {money(first.found.left)} left; later years {outlook.not_judged}", good=True
        )
    if outlook.sustainable is not None and outlook.sustainable.good is False:
        return Verdict(f"fits now, and does not last: {outlook.sustainable.text.removeprefix('no: ')}", good=False)
    least, name = min((year.found.left or ZERO, year.name) for year in there)
    since = f" from {first.name}" if first.name != outlook.years[0].name else ""
    levied = f", and the rest is met {_by_levy(there)}" if first.levy is not None else ""
    return Verdict(f"fits{since}, least left {money(least)} in {name}{levied}", good=True)


def _by_levy(years: Sequence[Year]) -> str:
    """The levy of the first and of the last of these years, in words."""
    ends = years[:1] if len(years) == 1 else (years[0], years[-1])
    phrase = (f"{money(year.levy)} in {year.name}" for year in ends if year.levy is not None)
    return f"by a levy of {' to '.join(phrase)}"
