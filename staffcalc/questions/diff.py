"""`diff`: which posts are exchanged between two plans, and a bridge from one cost to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from staffcalc.costing.ledger import ZERO, Ledger, PlanLedger, RoleStaff
from staffcalc.costing.measures import MeasureFormulas, team_measures
from staffcalc.costing.moves import Effect
from staffcalc.questions.bridge_lines import by_size, detailed, grouped
from staffcalc.questions.compare import compare_notes
from staffcalc.questions.differing import Difference, End, PostChange, diff_data
from staffcalc.questions.fit import called, verdict
from staffcalc.questions.measuring import team_cells, time_cells, time_label
from staffcalc.questions.percents import CHANGE_OF_BUDGET, IN_PERCENT, budget_change, budget_rows, percent, share
from staffcalc.questions.reach import team_rows
from staffcalc.questions.selection import UnknownNameError
from staffcalc.report import NA, Bar, Cell, Count, Fte, Money, Records, Report, Table, TableColumn, TableRow, Verdict
from staffcalc.school.school import BASELINE, DISPLACED
from staffcalc.source.problems import nearest

RECORD_COLUMNS = ("school", "from", "to", "step", "role", "fund", "component", "what", "amount", "share")


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
            from staffcalc.questions.since import since

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
        answer = Difference(*ends(against, old, ledger, new, commit), chosen)
    else:
        answer = Difference(_sided(against or ledger, old, ledger), _sided(ledger, new, against or ledger), chosen)
    return Report(
        tables=tables_of(answer, details),
        records=lambda: _records(answer),
        data=lambda: diff_data(answer),
        notes=(*dict.fromkeys(compare_notes(ledgers)), *remarks),
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


def ends(before: Ledger, old: PlanLedger, now: Ledger, new: PlanLedger, commit: str) -> tuple[End, End]:
    """Two plans of one file, as it stood in a commit and as it stands now."""
    return End(before, old, f"{old.name} ({commit})"), End(now, new, f"{new.name} (now)")


# Tables


def tables_of(answer: Difference, details: bool) -> tuple[Table, ...]:
    """What differs between two plans: posts, funds, teams, time. The bridge comes last: where it leads to, and whether
    that fits, is what one last sees."""
    return (
        *_post_tables(answer),
        *_fund_tables(answer),
        *_team_tables(answer),
        *_time_tables(answer),
        _bridge_table(answer, details),
    )


def _post_tables(answer: Difference) -> tuple[Table, ...]:
    """The posts that differ; the others and what is not a role's in one row each, so that every column adds up."""
    old, new = answer.old, answer.new
    posts = [post for post in answer.posts if post.is_another or post.role in {*old.uncounted} ^ {*new.uncounted}]
    if not posts:
        return ()
    part_time = any(fte != people for post in posts for fte, people in zip(post.fte, post.people, strict=True))
    ends = [(old.label, 0), (new.label, 1)]
    columns = [TableColumn("", "left"), TableColumn("post", "left")]
    for label, _ in ends:
        columns += [TableColumn("FTE", group=label), *([TableColumn("people", group=label)] if part_time else [])]
        columns += [TableColumn("cost", group=label)]
    columns += [TableColumn("FTE", group="change"), TableColumn("cost", group="change")]
    columns += [TableColumn(IN_PERCENT, group="change", spare=True)]

    def row(
        sign: str, label: str, post: PostChange | None, costs: tuple[Decimal, Decimal], *, end: bool = False
    ) -> TableRow:
        cells: list[Cell] = [sign, label]
        for at in (0, 1):
            held = post is not None and (post.people[at] != 0 or post.fte[at] != 0)
            cells.append(Fte(post.fte[at]) if post and held else None)
            if part_time:
                cells.append(Count(post.people[at]) if post and held else None)
            if post is not None and post.role in (old, new)[at].uncounted:
                cells[-1 - part_time :] = [NA] * (1 + part_time)
            unknown = post is not None and post.role in (old, new)[at].unpriced
            cells.append(NA if unknown else Money(costs[at]) if held or costs[at] or post is None else None)
        uncounted = post is not None and post.role in (*old.uncounted, *new.uncounted)
        by = Fte(post.fte[1] - post.fte[0], signed=True) if post and post.fte[0] != post.fte[1] else None
        cells.append(NA if uncounted else by)
        unknown = post is not None and post.role in (*old.unpriced, *new.unpriced)
        change = costs[1] - costs[0]
        known = not unknown and (answer.is_whole or not end)
        told = change or end or sign  # what is told for the sum alone and stays says nothing
        cells.append(NA if not known else Money(change, signed=True) if told else None)
        cells.append(percent(change, costs[0]) if known and told and costs[0] else None)
        return TableRow(tuple(cells), "total" if end else "line")

    rows = [row(post.sign, post.role, post, post.cost) for post in posts]
    every = PostChange("", "", (old.fte, new.fte), (old.people, new.people), (old.cost, new.cost))
    differing = {post.role for post in posts}
    alike = [role for role in {**old.staff, **new.staff} if role not in differing and role != DISPLACED]
    kept = _together([(old.staff.get(role), new.staff.get(role)) for role in alike])
    costs = (_sum(old.costs, alike), _sum(new.costs, alike))
    if any(kept.fte):
        known = {*old.unpriced, *new.unpriced}.isdisjoint(alike)
        rows.append(row("", "other posts" if known else "other posts, as far as stated", kept, costs))
    if DISPLACED not in differing and (still_paid := old.costs.get(DISPLACED, ZERO)):
        rows.append(row("", DISPLACED, None, (still_paid, still_paid)))
    other = (old.cost - sum(old.costs.values(), ZERO), new.cost - sum(new.costs.values(), ZERO))
    if any(other):
        rows.append(row("", "other costs", None, other))
    label = "cost, as far as stated" if old.unpriced or new.unpriced else "cost"
    rows.append(row("", label, every, (old.cost, new.cost), end=True))
    return (Table(f"{answer.name}: posts", tuple(columns), tuple(rows), labels=2),)


def _together(pairs: Sequence[tuple[RoleStaff | None, RoleStaff | None]]) -> PostChange:
    def both(read: Callable[[RoleStaff], Decimal]) -> tuple[Decimal, Decimal]:
        before, after = (sum((read(one) for pair in pairs if (one := pair[at])), ZERO) for at in (0, 1))
        return before, after

    return PostChange("", "", both(lambda role: role.fte), both(lambda role: role.people), (ZERO, ZERO))


def _sum(costs: dict[str, Decimal], roles: Sequence[str]) -> Decimal:
    return sum((costs.get(role, ZERO) for role in roles), ZERO)


def _bridge_table(answer: Difference, details: bool) -> Table:
    old, new = answer.old, answer.new
    lines = by_size(detailed(move, new.plan.plan) for move in answer.moves) if details else grouped(answer.moves)
    largest = max((abs(line.amount) for line in lines if line.known), default=ZERO)
    figures = (*(["of it"] if details else []), "amount", f"of {old.label}", "running total")
    columns = [TableColumn("", "left"), *map(TableColumn, figures), TableColumn("", "left")]

    def row(
        what: Cell, amount: Cell, of: Cell = None, *, of_it: Cell = None, so_far: Cell = None, bar: Cell = None
    ) -> tuple[Cell, ...]:
        return (what, *([of_it] if details else []), amount, of, so_far, bar)

    rows = [TableRow(row(old.of_cost, old.total))]
    so_far = old.cost
    for line in lines:
        if not line.known:
            rows.append(TableRow(row(line.what, NA, NA)))
            continue
        so_far += line.amount
        bar = Bar(line.amount / largest) if largest else None
        signed = Money(line.amount, signed=True)
        rows.append(TableRow(row(line.what, signed, percent(line.amount, old.cost), so_far=Money(so_far), bar=bar)))
        rows += [TableRow(row(f"· {name}", None, of_it=Money(amount, signed=True))) for name, amount in line.parts]
    if not answer.is_stated:
        rows.append(TableRow(row("nobody has stated what differs", NA)))
    elif not lines:
        rows.append(
            TableRow(row("nothing differs in posts, prices and costs", Money(answer.new.cost - answer.old.cost)))
        )
    fits = verdict(new.plan)
    change = percent(new.cost - old.cost, old.cost) if answer.is_whole else NA
    rows.append(TableRow(row(new.of_cost, new.total, change), "total"))
    rows += [
        TableRow(row(*one)) for one in budget_rows((f"budget of {old.label}", f"budget of {new.label}"), answer.budgets)
    ]
    rows.append(TableRow(row(Verdict(fits.text, fits.good), None), "verdict"))
    return Table(answer.title, tuple(columns), tuple(rows))


def _fund_tables(answer: Difference) -> tuple[Table, ...]:
    old, new = answer.old, answer.new
    funds = sorted({**old.fund_totals, **new.fund_totals})
    if len(funds) < 2 or not answer.moves:
        return ()

    def row(label: str, before: Decimal, after: Decimal, known: bool) -> tuple[Cell, ...]:
        by = (Money(after - before, signed=True), percent(after - before, before)) if known else (NA, NA)
        return (label, Money(before), Money(after), *by)

    unknown = answer.funds_unknown
    rows = [
        TableRow(
            row(
                called(new.plan, fund),
                old.fund_totals.get(fund, ZERO),
                new.fund_totals.get(fund, ZERO),
                fund not in unknown,
            )
        )
        for fund in funds
    ]
    label = "cost, as far as stated" if old.unpriced or new.unpriced else "cost"
    rows.append(TableRow(row(label, old.cost, new.cost, answer.is_whole), "total"))
    columns = (
        *(TableColumn("", "left"), TableColumn(old.label), TableColumn(new.label)),
        TableColumn("change"),
        TableColumn(IN_PERCENT),
    )
    return (Table(f"{answer.name}: funds", columns, tuple(rows)),)


def _team_tables(answer: Difference) -> tuple[Table, ...]:
    """The teams that differ, and what that does to what they reach."""
    if not answer.teams:
        return ()
    old, new = answer.old, answer.new
    rows = [TableRow((one.team, one.before, one.after)) for one in answer.teams]
    of_both = [team_cells(team_measures(end.plan, end.ledger.baseline)) for end in (old, new)]
    columns = (TableColumn("", "left"), TableColumn(old.label), TableColumn(new.label))
    return (Table(f"{answer.name}: teams", columns, (*rows, *team_rows(of_both))),)


def _time_tables(answer: Difference) -> tuple[Table, ...]:
    """The minutes, groups and shares that differ, and what that does to the weeks and to the cost of time."""
    if not answer.time:
        return ()
    old, new = answer.old, answer.new
    rows = [TableRow((one.what, one.before, one.after)) for one in answer.time]
    of_both = [time_cells(end.ledger.school, MeasureFormulas(end.plan, end.ledger.baseline)) for end in (old, new)]
    measured = [
        TableRow((time_label(name), *(cast(Cell, cells.get(name, NA)) for cells in of_both)))
        for name in dict.fromkeys([*of_both[0], *of_both[1]])
    ]
    columns = (TableColumn("", "left"), TableColumn(old.label), TableColumn(new.label))
    return (Table(f"{answer.name}: time", columns, (*rows, *measured)),)


# For programs


def _records(answer: Difference) -> Records:
    """One row for each step, component and fund, whose amounts add up to the change; and one of the budget's own."""
    return Records(RECORD_COLUMNS, rows_of(answer))


def rows_of(answer: Difference) -> list[tuple[Cell, ...]]:
    """The steps as rows."""
    ends = (answer.new.ledger.school.name, answer.old.label, answer.new.label)
    rows: list[tuple[Cell, ...]] = []
    for move in answer.moves:
        whole = (Effect(move.name if move.role else None, "", "", ZERO),)
        for part in move.parts if move.known and move.parts else whole:
            told = (Money(part.amount), answer.share(part.amount)) if move.known else (None, None)
            rows.append((*ends, move.kind, *_part_cells(part), move.what, *told))
    if (by := budget_change(answer.budgets)) is not None:
        rows.append((*ends, "budget", None, None, None, CHANGE_OF_BUDGET, Money(by), share(by, answer.budgets[0])))
    return rows


def _part_cells(part: Effect) -> tuple[Cell, ...]:
    return (part.role, part.fund or None, part.component or None)
