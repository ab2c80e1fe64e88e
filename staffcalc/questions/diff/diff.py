"""`diff`: which posts are exchanged between two plans, and a bridge from one cost to the other."""

from __future__ import annotations

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.questions.diff.diff_tables import RECORD_COLUMNS, rows_of, tables_of
from staffcalc.questions.diff.differing import Difference, End, diff_data, ends_in_commits
from staffcalc.questions.diff.since import since
from staffcalc.questions.notes import school_notes
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import Records, Report
from staffcalc.school.school import BASELINE
from staffcalc.source.problems import nearest


def diff(
    ledger: Ledger,
    against: Ledger | None = None,
    first: str | None = None,
    second: str | None = None,
    *,
    details: bool = False,
    commit: str | None = None,
) -> Report:
    """The report on what differs between two plans.

    Within one school: from the plan `first` to `second`; where one is named, from the baseline to it; where none is,
    from the baseline to the first scenario. With `against`, an older version or another school: from its plan `first`
    (left out: the baseline) to the plan `second` of `ledger` (left out: the one of the same name). `details` shows
    every step with its components instead of at most fifteen. `commit`: `against` is the same file in this commit;
    where no plan is named, every plan has its line (`since`), and so has a named one that is new or gone.

    Raises UnknownNameError for a scenario that its school does not have.
    """
    if commit is not None and against is not None and second is None:
        if first is None or _came_or_went(ledger, against, first):
            return since(ledger, against, commit, details=details, only=first)
        _plan(ledger, first)  # what is in neither is told by the names of today
    if against is None and second is None and first != BASELINE:
        first, second = BASELINE, first
    old = _plan(against or ledger, first or BASELINE)
    new, chosen = old, ""
    remarks: tuple[str, ...] = ()
    if second is not None or against is not None:
        new = _plan(ledger, second or old.name)
    elif len(ledger.plans) > 1:
        new, chosen = ledger.plans[1], ", the first scenario"
    else:
        remarks = (f"{ledger.school.file}: no scenario to compare the baseline with; name another file",)
    ledgers = [against, ledger] if against is not None else [ledger]
    if commit is not None and against is not None:
        answer = Difference(*ends_in_commits(against, old, ledger, new, commit), chosen)
    else:
        answer = Difference(_sided(against or ledger, old, ledger), _sided(ledger, new, against or ledger), chosen)
    return Report(
        tables=tables_of(answer, details),
        records=lambda: Records(RECORD_COLUMNS, rows_of(answer)),
        data=lambda: diff_data(answer),
        notes=(*dict.fromkeys(school_notes(ledgers)), *remarks),
        closing=lambda: [one for one in [answer.exchange] if one],
    )


def _came_or_went(ledger: Ledger, before: Ledger, name: str) -> bool:
    """Whether a plan is in one of the two alone."""
    now, then = (any(plan.name == name for plan in one.plans) for one in (ledger, before))
    return now != then


def _plan(ledger: Ledger, name: str) -> PlanLedger:
    names = [plan.name for plan in ledger.plans]
    if name not in names:
        raise UnknownNameError(f"no scenario `{name}` in {ledger.school.file}: {nearest(name, names, 'scenarios')}")
    return ledger.plans[names.index(name)]


def _sided(ledger: Ledger, plan: PlanLedger, other: Ledger) -> End:
    """The plan with what tells its school from the other: the school, the year, or else the file."""
    own, its = ledger.school, other.school
    telling = [phrase for phrase, beside in ((own.name, its.name), (own.year, its.year)) if phrase and phrase != beside]
    if not telling and own.file != its.file:
        telling = [own.file]
    return End(ledger, plan, f"{plan.name} ({', '.join(telling)})" if telling else plan.name)
