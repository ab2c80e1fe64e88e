"""`assumptions`: every input that moved a dollar, what the file says of it, and how many dollars rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import inf
from typing import NamedTuple

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.words import MINUS, say_figure
from staffcalc.questions.compare import notes, school_labels
from staffcalc.questions.inputs import STAFF, Named, Status, cells_of, inputs_of, staffed, stated_by, status, where
from staffcalc.questions.picking import pick
from staffcalc.questions.uncosted import Uncosted, uncosted
from staffcalc.questions.years import named_years, other_year, without_links
from staffcalc.report import Cell, Column, Data, Money, Records, Report, Row, Table
from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.problems import Place
from staffcalc.schoolfile.school import BASELINE, Post, School

RECORD_COLUMNS = (
    "school",
    "input",
    "value",
    "unit",
    "dollars",
    "scenario",
    "status",
    "source",
    "year",
    "other_year",
    "file",
    "line",
)
MOST_NAMED = 5
MOST_LINES = 10**7
STATUSES: tuple[Status, ...] = ("published", "assumed", "unmarked")


class Entry(NamedTuple):
    """One figure of the file, and the dollars of the plan in which most rest on it (None: it moves no dollar)."""

    name: str
    figure: Figure
    dollars: Decimal | None
    plan: str
    other_year: str | None


def assumptions(ledgers: Sequence[Ledger], scenarios: Sequence[str] = ()) -> Report:
    """The register of the named scenarios, or of the baseline and all scenarios.

    Raises UnknownNameError for a scenario that no school has.
    """
    picked = pick(ledgers, scenarios, with_baseline=False)
    labels = school_labels([ledger for ledger, _ in picked])
    registers = [_Register(label, *one) for label, one in zip(labels, picked, strict=True)]
    return Report(
        tuple(table for register in registers for table in register.tables()),
        records=lambda: Records(RECORD_COLUMNS, [row for register in registers for row in register.records()]),
        data=lambda: {"schools": [register.data() for register in registers]},
        notes=(
            *notes([ledger for ledger, _ in picked]),
            *(note for register in registers for note in register.notes()),
        ),
    )


class _Register:
    """The inputs of one school's plans, the largest first, and what its file leaves without a cost."""

    def __init__(self, label: str, ledger: Ledger, plans: Sequence[PlanLedger]) -> None:
        self.label, self.school, self.several = label, ledger.school, len(plans) > 1
        found = list(_entries(ledger, plans))
        self.entries = sorted(found, key=lambda one: (one.dollars is None, -(one.dollars or 0), one.name))
        self.uncosted = uncosted(ledger, plans)
        self.counts: dict[str, int] = {kind: sum(status(one.figure) == kind for one in found) for kind in STATUSES}

    def tables(self) -> tuple[Table, Table]:
        counted = ", ".join(f"{count} {kind}" for kind, count in self.counts.items())
        inputs = "1 input" if len(self.entries) == 1 else f"{len(self.entries)} inputs"
        columns = [Column("", "left"), Column("value"), Column("dollars resting on it")]
        columns += [Column("most in")] if self.several else []
        columns += [Column("status, source", "left"), Column("place", "left")]
        heading = Row((f"{inputs}: {counted}", *[None] * (len(columns) - 1)), "heading")
        return (
            Table(f"{self.label}: assumptions", tuple(columns), (heading, *map(self._row, self.entries))),
            _uncosted_table(self.label, self.uncosted),
        )

    def _row(self, one: Entry) -> Row:
        said: list[str] = [status(one.figure)]
        if one.figure.source:
            said.append(without_links(one.figure.source))
        if one.other_year:
            said.append(self._other_year(one.other_year))
        return Row(
            (
                one.name,
                say_figure(one.figure).replace("-", MINUS),
                None if one.dollars is None else Money(one.dollars),
                *([one.plan if one.dollars is not None else None] if self.several else []),
                "; ".join(" ".join(words.split()) for words in said),
                where(one.figure.place),
            )
        )

    def _other_year(self, years: str) -> str:
        return f"the source is of {years}, the file of {self.school.year}"

    def notes(self) -> Iterator[str]:
        """What a reader should look at: sources of other years, in one remark."""
        others = [f"{one.name} ({one.other_year})" for one in self.entries if one.other_year]
        if others:
            listed = ", ".join(others[:MOST_NAMED])
            more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
            sources = "1 source is" if len(others) == 1 else f"{len(others)} sources are"
            yield f"{self.school.file}: the file is of {self.school.year}, and {sources} not: {listed}{more}"
        if not self.school.year and any(named_years(one.figure.source or "") for one in self.entries):
            yield f"{self.school.file}: the file has no `year`, so the years of its sources are not compared with it"

    def records(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.entries:
            cells = _cells(one)
            yield (self.school.name, *(cells[column] for column in RECORD_COLUMNS[1:]))

    def data(self) -> Data:
        return {
            "school": self.school.name,
            "file": self.school.file,
            "year": self.school.year,
            **self.counts,
            "inputs": [{**_cells(one), "line": one.figure.place.line, "note": one.figure.note} for one in self.entries],
            "not_costed": [{"what": one.what, "why": one.why} for one in self.uncosted],
        }


def _cells(one: Entry) -> dict[str, Cell]:
    return {
        **cells_of(Named(one.name, one.figure)),
        "dollars": None if one.dollars is None else Money(one.dollars),
        "scenario": one.plan,
        "year": " and ".join(named_years(one.figure.source or "")) or None,
        "other_year": one.other_year,
    }


def _uncosted_table(label: str, found: Sequence[Uncosted]) -> Table:
    rows = [Row((one.what, one.why)) for one in found] or [Row(("nothing", ""))]
    return Table(f"{label}: not costed", (Column("", "left"), Column("why", "left")), tuple(rows))


# What rests on a figure


def _entries(ledger: Ledger, plans: Sequence[PlanLedger]) -> Iterator[Entry]:
    """Each figure once, wherever it is copied or used, by its place."""
    names = _names(ledger.school)
    found: dict[Place, Entry] = {}

    def add(name: str, figure: Figure, dollars: Decimal | None, plan: str) -> None:
        known = found.get(figure.place)
        if known is None or (dollars is not None and (known.dollars is None or dollars > known.dollars)):
            name = names.get(figure.place, name if known is None else known.name)
            found[figure.place] = Entry(name, figure, dollars, plan, other_year(figure.source, ledger.school.year))

    for plan in plans:
        rests: dict[Place, tuple[str, Figure, Decimal]] = {}
        for line in plan.lines:
            for given in inputs_of(line.formula):
                name, figure = given
                before = rests[figure.place][2] if figure.place in rests else Decimal(0)
                rests[figure.place] = (_used_as(ledger, plan, line.role, given), figure, before + line.amount)
        for name, figure, dollars in rests.values():
            add(name, figure, dollars, plan.name)
        for fund, figure in (plan.plan.budget or {}).items():
            add(f"budget of {fund}", figure, figure.value, plan.name)
        if plan.plan.students is not None:
            add(_in("students", plan.name), plan.plan.students, None, plan.name)
        if plan.plan.allotment is not None:
            add("allotment", plan.plan.allotment, None, plan.name)
            for role in plan.staff:
                for given in inputs_of(role.staff.fte):
                    add(_used_as(ledger, plan, role.role, given), given.figure, None, plan.name)
            for one in plan.plan.staff:
                if one.post.role.weight is not None:
                    add(f"weight of {one.post.name}", one.post.role.weight, None, plan.name)
    yield from found.values()


def _in(what: str, plan: str) -> str:
    return what if plan == BASELINE else f"{what}, {plan}"


def _used_as(ledger: Ledger, plan: PlanLedger, role: str | None, given: Named) -> str:
    """What a figure is called by the line it stands in."""
    if role is None:
        stated = ledger.baseline.plan.other_costs.values()
        figures = [figure for cost, _ in stated for figure in (cost.amount, cost.per_student)]
        figures += [ledger.baseline.plan.students]
        return given.name if given.figure in figures or given.name.endswith(" share") else _in(given.name, plan.name)
    other = staffed(plan.plan, given.name)
    if other is not None and given.figure in other.counts:  # a ratio, or cover, to the staff of another role
        return _used_as(ledger, plan, given.name, Named("FTE", given.figure))
    if given.figure == plan.plan.students:
        return _in("students", plan.name)
    if given.name in STAFF:
        by = stated_by(ledger.school, plan.plan, role, given.figure)
        post = staffed(plan.plan, role)
        changed = post is not None and given.figure in post.counts[1:] and by != BASELINE
        return f"{'change of ' if changed else ''}{role}{'' if by == BASELINE else f', {by}'}"
    return f"{given.name} of {role}"


def _names(school: School) -> dict[Place, str]:
    """What the figures of packages and roles are called where they are stated, not where they are copied to."""
    names: dict[Place, str] = {}
    for package, components in school.packages.items():
        for component, block in components.items():
            keys = {"rate": "rate", "up_to": "cap", "per_person": "per person", "per_fte": "per FTE"}
            for key, said in {**keys, "min_fte": "least FTE"}.items():
                if (figure := getattr(block, key)) is not None:
                    names.setdefault(figure.place, f"{component} {said} of {package}")
    # A figure that a role has by `like` stands nearer to the role it is copied from.
    found: dict[Place, tuple[float, str]] = {}
    posts = [(post, BASELINE) for post in school.posts.values()]
    posts += [(one.post, plan.name) for plan in school.plans for one in plan.staff]
    for post, plan_name in posts:
        for said, figure in _own_figures(post):
            distance = _distance(post.place, figure.place)
            if figure.place not in found or (plan_name == BASELINE and distance < found[figure.place][0]):
                found[figure.place] = (distance, _in(f"{said} of {post.name}", plan_name))
    return names | {place: name for place, (_, name) in found.items()}


def _own_figures(post: Post) -> Iterator[tuple[str, Figure]]:
    role = post.role
    figures = (
        ("salary", role.salary),
        ("supplement", role.supplement),
        ("hourly pay", role.hourly),
        ("hours a week", role.hours_per_week),
        ("weeks", role.weeks),
        ("stipend", role.stipend),
        ("weight", role.weight),
    )
    yield from ((said, figure) for said, figure in figures if isinstance(figure, Figure))
    yield from ((f"{fund} share", share) for fund, share in (role.funds or {}).items())


def _distance(name: Place, figure: Place) -> float:
    """Lines from a role's name down to a figure; a figure above the name, or in another file, is far off."""
    if name.file != figure.file:
        return inf
    down = figure.line - name.line
    return down if down >= 0 else MOST_LINES - down
