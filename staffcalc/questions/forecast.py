"""`forecast`: every scenario year by year against the budget of each year, and what moves its cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from staffcalc.costing.endings import ended, payer
from staffcalc.costing.ledger import ZERO, Ledger, PlanLedger, cost_school, total, totals_by
from staffcalc.costing.measures import Measures, measures
from staffcalc.costing.pay import Price
from staffcalc.costing.words import money
from staffcalc.costing.years import (
    CAUSES,
    Cause,
    can_step,
    in_year,
    unreplaced,
    with_raise,
    with_step,
)
from staffcalc.questions.compare import notes, school_labels
from staffcalc.questions.fit import verdict
from staffcalc.questions.picking import UnknownNameError, pick
from staffcalc.report import NA, Bar, Cell, Column, Count, Data, Fte, Money, Records, Report, Row, Table, Verdict
from staffcalc.schoolfile.funds import STOP
from staffcalc.schoolfile.school import School
from staffcalc.schoolfile.years import MOST_YEARS, first_of, later

COSTED_A_YEAR = len(CAUSES) + 1
"""How often a school is costed for each year: as a whole, and for each cause alone."""
ONE_PERCENT = Decimal("0.01")
INTERACTION = "interaction"
Picked = tuple[str, Ledger, list[PlanLedger]]
"""A school by its label, and the plans of it that are asked for."""
RECORD_COLUMNS = (
    "school",
    "file",
    "scenario",
    "year",
    "students",
    "fte",
    "cost",
    "budget",
    "left",
    "change",
    "fits",
    "first_year_over",
    *(cause.lower().replace(" ", "_") for cause in CAUSES),
    INTERACTION,
)


class Year(NamedTuple):
    """One plan in one year: its ledger, its measures, and what moved its cost since the year before, by cause."""

    name: str
    plan: PlanLedger
    found: Measures
    change: Decimal | None
    split: dict[str, Decimal]

    @property
    def fits(self) -> Verdict:
        return verdict(self.plan)


class Cliff(NamedTuple):
    """A fund that ends: what it paid in its last year; what falls to whom in the year after, at that year's prices,
    and what stops with it: posts, or components that only its pay brings with it."""

    fund: str
    year: str
    paid: Decimal
    then: str
    falls: Decimal
    stops: Decimal

    @property
    def outcomes(self) -> list[tuple[str, Decimal]]:
        """In words what becomes of what it paid, with the dollars."""
        falls, stops = (f"falls to {self.then}", self.falls), ("ends with it", self.stops)
        told = [one for one in (falls, stops) if one[1]]
        return told or [stops if self.then == STOP else falls]


class Outlook(NamedTuple):
    """One plan over all years, and its last year on recurring money alone; `ending`: some money of it ends."""

    name: str
    years: tuple[Year, ...]
    recurring: PlanLedger
    ending: bool
    cliffs: tuple[Cliff, ...]

    @property
    def first_over(self) -> Year | None:
        """The first year in which the plan does not fit."""
        return next((year for year in self.years if not year.fits.good), None)

    @property
    def sustainable(self) -> Verdict:
        """Whether money that does not end pays for the plan: every year fits, and the last one without the rest."""
        alone = verdict(self.recurring)
        if not alone.good:
            without = " without the money that ends" if self.ending else ""
            return Verdict(f"no: {alone.text} in {self.years[-1].name}{without}", good=False)
        over = self.first_over
        if over is not None:
            return Verdict(f"no: {over.fits.text} in {over.name}", good=False)
        return Verdict(f"yes: {alone.text.removeprefix('fits, ')} in {self.years[-1].name}", good=True)


class Unit(NamedTuple):
    """What 1% more pay and one step cost for a bargaining unit in the file's year, by plan, with benefits."""

    name: str
    one_percent: dict[str, Decimal]
    one_step: dict[str, Decimal] | None


def forecast(
    ledgers: Sequence[Ledger],
    scenarios: Sequence[str] = (),
    *,
    years: int = 5,
    in_turn: Callable[[Sequence[Picked]], Iterable[Picked]] = iter,
) -> Report:
    """The forecast of the named scenarios and the baseline over `years` school years, the file's own the first.

    `in_turn` goes through the schools one by one, and may show how far it is.

    Raises UnknownNameError for a scenario that no school has, for a number of years that makes no sense, and for a
    file without a school year.
    """
    if not 1 <= years <= MOST_YEARS:
        raise UnknownNameError(f"a forecast of {years} years: it may be of 1 to {MOST_YEARS}")
    for ledger in ledgers:
        if ledger.school.year is None or first_of(ledger.school.year) is None:
            stated = "no `year`" if ledger.school.year is None else f"`{ledger.school.year}` is no school year"
            raise UnknownNameError(f"{ledger.school.file}: {stated}: a forecast begins in one, such as year: 2026-27")
    picked = pick(ledgers, scenarios, with_baseline=True)
    labels = school_labels([ledger for ledger, _ in picked])
    answers = [
        _Answer(label, ledger.stated, [plan.name for plan in plans], years, ledger.price)
        for label, ledger, plans in in_turn([(label, *one) for label, one in zip(labels, picked, strict=True)])
    ]
    return Report(
        tables=tuple(table for answer in answers for table in answer.tables()),
        records=lambda: Records(RECORD_COLUMNS, [row for answer in answers for row in answer.records()]),
        data=lambda: {"schools": [answer.data() for answer in answers]},
        notes=(*notes([ledger for ledger, _ in picked]), *_turnover_notes([ledger for ledger, _ in picked], years)),
    )


def _turnover_notes(ledgers: Sequence[Ledger], years: int) -> list[str]:
    """Which rules of turnover come to nothing."""
    missing = ((ledger, unreplaced(ledger.stated, years - 1)) for ledger in ledgers)
    return [
        f"{ledger.school.file}: turnover changes no pay where `new_hire` is missing: {', '.join(roles)}"
        for ledger, roles in missing
        if roles
    ]


class _Answer:
    """The forecast of one school."""

    def __init__(self, label: str, school: School, names: Sequence[str], years: int, price: Price | None) -> None:
        self.label, self.price = label, price
        self.school = school._replace(plans=tuple(plan for plan in school.plans if plan.name in names))
        self.year_names = [later(school.year or "", number) for number in range(years)]
        self.ledgers = [self._in_year(number) for number in range(years)]
        self.apart = [self._by_cause(number) for number in range(1, years)]
        self.outlooks = [self._outlook(name) for name in names]

    def _cost(self, school: School) -> dict[str, PlanLedger]:
        return {plan.name: plan for plan in cost_school(school, self.price).plans}

    def _in_year(
        self, number: int, moved: Sequence[Cause] = CAUSES, ending: Sequence[str] | None = None
    ) -> dict[str, PlanLedger]:
        return self._cost(in_year(self.school, number, moved=moved, ending=ending, price=self.price))

    def _by_cause(self, number: int) -> dict[Cause, dict[str, Decimal]]:
        """What each plan would cost if one cause alone had moved since the year before."""
        return {
            cause: {name: total(plan.lines) for name, plan in self._in_year(number, (cause,)).items()}
            for cause in CAUSES
        }

    def _outlook(self, name: str) -> Outlook:
        years = tuple(self._year(name, number) for number in range(len(self.ledgers)))
        last = len(self.ledgers) - 1
        ending = [fund for fund, rule in self.school.funds.items() if rule.ends is not None]
        recurring = self._alone[name] if ending else self.ledgers[last][name]
        return Outlook(name, years, recurring, bool(ending), tuple(self._cliffs(name)))

    @cached_property
    def _alone(self) -> dict[str, PlanLedger]:
        """The last year with every fund that has an end taken as ended."""
        ending = [fund for fund, rule in self.school.funds.items() if rule.ends is not None]
        return self._in_year(len(self.ledgers) - 1, ending=ending)

    def _year(self, name: str, number: int) -> Year:
        plan = self.ledgers[number][name]
        school_year = self.year_names[number]
        found = measures(plan, self.ledgers[number][self.school.plans[0].name])
        if number == 0:
            return Year(school_year, plan, found, None, {})
        before = total(self.ledgers[number - 1][name].lines)
        change = total(plan.lines) - before
        split: dict[str, Decimal] = {cause: self.apart[number - 1][cause][name] - before for cause in CAUSES}
        split[INTERACTION] = change - sum(split.values(), ZERO)
        return Year(school_year, plan, found, change, split)

    def _cliffs(self, name: str) -> list[Cliff]:
        return [
            self._cliff(name, fund, number, then)
            for number, ends in enumerate(self._endings)
            for fund, then in ends.items()
        ]

    @cached_property
    def _endings(self) -> list[dict[str, str]]:
        """The funds that are gone in each year for the first time, and who pays after them."""
        gone = [ended(self.school, number) for number in range(len(self.ledgers))]
        return [
            {} if number == 0 else {fund: payer(self.school, fund, now) for fund in now if fund not in gone[number - 1]}
            for number, now in enumerate(gone)
        ]

    @cached_property
    def _going_on(self) -> dict[int, dict[str, PlanLedger]]:
        """Each year in which funds are gone for the first time, as if they had gone on."""
        others = [cause for cause in CAUSES if cause != "fund shift"]
        return {number: self._in_year(number, others) for number, ends in enumerate(self._endings) if ends}

    @cached_property
    def _ending_alone(self) -> dict[str, dict[str, PlanLedger]]:
        """For each fund that ends the first year without it, as if no other fund had ended then."""
        found: dict[str, dict[str, PlanLedger]] = {}
        for number, ends in enumerate(self._endings):
            for fund, then in ends.items():
                rule = self.school.funds[fund].model_copy(update={"then": then})
                school = self.school._replace(funds={**self.school.funds, fund: rule})
                gone = [*ended(self.school, number - 1), fund]
                found[fund] = self._cost(in_year(school, number, ending=gone, price=self.price))
        return found

    def _cliff(self, name: str, fund: str, number: int, then: str) -> Cliff:
        paid = totals_by(self.ledgers[number - 1][name].lines, "fund").get(fund, ZERO)
        going_on, without = self._going_on[number][name].lines, self._ending_alone[fund][name].lines
        less = total(going_on) - total(without)
        would = totals_by(going_on, "fund").get(fund, ZERO)
        falls = ZERO if then == STOP else would - less
        return Cliff(fund, self.year_names[number], paid, then, falls, max(less, ZERO))

    @cached_property
    def units(self) -> list[Unit]:
        """What 1% and one step cost for each unit."""
        now = self.ledgers[0]
        school = in_year(self.school, 0, price=self.price)
        staffed = [one for plan in school.plans for one in plan.staff]
        found: list[Unit] = []
        for unit in dict.fromkeys(one.post.unit for one in staffed):
            raised = self._cost(with_raise(school, unit, ONE_PERCENT))
            percent = {name: total(raised[name].lines) - total(now[name].lines) for name in now}
            step: dict[str, Decimal] | None = None
            if any(can_step(one) for one in staffed if one.post.unit == unit):
                further = self._cost(with_step(school, unit))
                step = {name: total(further[name].lines) - total(now[name].lines) for name in now}
            found.append(Unit(unit, percent, step))
        return found

    # For people

    def tables(self) -> list[Table]:
        return [
            self._side_by_side(),
            self._verdicts(),
            *self._cliff_table(),
            *self._split_table(),
            self._unit_table(),
            self._chart(),
        ]

    def _columns(self, first: int = 0) -> tuple[Column, ...]:
        return (Column("", "left"), *(Column(year.name) for year in self.outlooks[0].years[first:]))

    def _side_by_side(self) -> Table:
        rows: list[Row] = []
        for outlook in self.outlooks:
            years = outlook.years
            rows.append(Row((outlook.name, *[None] * len(years)), "heading"))
            rows.append(Row(("cost", *(Money(year.found.cost) for year in years))))
            rows.append(Row(("budget", *(Money(year.found.budget) for year in years))))
            rows.append(Row(("left", *(Money(year.found.left) for year in years)), "total"))
            rows.append(Row(("change from the year before", *(_change(year.change) for year in years))))
        return Table(f"{self.label}: forecast", self._columns(), tuple(rows))

    def _verdicts(self) -> Table:
        columns = (
            Column("", "left"),
            Column("does it fit?", "left"),
            Column("sustainable on recurring money?", "left"),
        )
        rows = tuple(Row((one.name, _fits(one), one.sustainable), "verdict") for one in self.outlooks)
        return Table(f"{self.label}: does it last?", columns, rows)

    def _cliff_table(self) -> list[Table]:
        rows: list[Row] = []
        for outlook in self.outlooks:
            for cliff in outlook.cliffs:
                for outcome, dollars in cliff.outcomes:
                    cells = (outlook.name, cliff.fund, cliff.year, Money(cliff.paid), outcome, Money(dollars))
                    rows.append(Row(cells))
        if not rows:
            return []
        columns = (
            Column("", "left"),
            Column("fund", "left"),
            Column("gone from"),
            Column("paid the year before"),
            Column("then", "left"),
            Column("that year"),
        )
        return [Table(f"{self.label}: funding cliff", columns, tuple(rows))]

    def _split_table(self) -> list[Table]:
        if len(self.ledgers) < 2:
            return []
        rows: list[Row] = []
        for outlook in self.outlooks:
            years = outlook.years[1:]
            rows.append(Row((outlook.name, *[None] * len(years)), "heading"))
            for cause in (*CAUSES, INTERACTION):
                if any(year.split[cause] for year in years):
                    rows.append(Row((cause, *(Money(year.split[cause], signed=True) for year in years))))
            rows.append(Row(("change", *(_change(year.change) for year in years)), "total"))
        return [Table(f"{self.label}: what changes from year to year", self._columns(1), tuple(rows))]

    def _unit_table(self) -> Table:
        columns = (Column("", "left"), *(Column(one.name) for one in self.outlooks))
        rows: list[Row] = []
        for unit in self.units:
            percent = (Money(unit.one_percent[one.name], signed=True) for one in self.outlooks)
            rows.append(Row((f"1% for {unit.name}", *percent)))
            step = unit.one_step
            steps = (NA if step is None else Money(step[one.name], signed=True) for one in self.outlooks)
            rows.append(Row((f"one step for {unit.name}", *steps)))
        return Table(f"{self.label}: what a raise costs in {self.outlooks[0].years[0].name}", columns, tuple(rows))

    def _chart(self) -> Table:
        columns = (Column("", "left"), Column("cost"), Column("", "left"), Column("budget"), Column("", "left"))
        largest = max(
            max(year.found.cost, year.found.budget) for one in self.outlooks for year in one.years
        ) or Decimal(1)
        rows: list[Row] = []
        for outlook in self.outlooks:
            rows.append(Row((outlook.name, None, None, None, None), "heading"))
            for year in outlook.years:
                cost, budget = year.found.cost, year.found.budget
                bars = (Money(cost), Bar(cost / largest), Money(budget), Bar(budget / largest))
                rows.append(Row((year.name, *bars)))
        return Table(f"{self.label}: cost against budget", columns, tuple(rows))

    # For programs

    def records(self) -> list[tuple[Cell, ...]]:
        return [
            (
                self.school.name,
                self.school.file,
                outlook.name,
                year.name,
                None if year.plan.students is None else Count(year.plan.students),
                Fte(year.found.fte),
                Money(year.found.cost),
                Money(year.found.budget),
                Money(year.found.left),
                None if year.change is None else Money(year.change),
                "yes" if year.fits.good else "no",
                None if outlook.first_over is None else outlook.first_over.name,
                *(Money(year.split[cause]) if year.split else None for cause in (*CAUSES, INTERACTION)),
            )
            for outlook in self.outlooks
            for year in outlook.years
        ]

    def data(self) -> Data:
        return {
            "school": self.school.name,
            "file": self.school.file,
            "year": self.school.year,
            "scenarios": [_outlook_data(outlook) for outlook in self.outlooks],
            "units": [
                {
                    "unit": unit.name,
                    "scenarios": [
                        {
                            "name": one.name,
                            "one_percent": Money(unit.one_percent[one.name]),
                            "one_step": None if unit.one_step is None else Money(unit.one_step[one.name]),
                        }
                        for one in self.outlooks
                    ],
                }
                for unit in self.units
            ],
        }


def _change(change: Decimal | None) -> Cell:
    return None if change is None else Money(change, signed=True)


def _fits(outlook: Outlook) -> Verdict:
    over = outlook.first_over
    if over is None:
        least = min(outlook.years, key=lambda year: year.found.left)
        return Verdict(f"fits in every year, {money(least.found.left)} left in {least.name}", good=True)
    return Verdict(f"does not fit from {over.name}: {over.fits.text}", good=False)


def _outlook_data(outlook: Outlook) -> Data:
    over = outlook.first_over
    return {
        "name": outlook.name,
        "first_year_over": None if over is None else over.name,
        "sustainable": outlook.sustainable.good,
        "verdict": outlook.sustainable.text,
        "recurring": {
            "cost": Money(total(outlook.recurring.lines)),
            "budget": Money(sum(outlook.recurring.budget.values(), ZERO)),
        },
        "years": [_year_data(year) for year in outlook.years],
        "cliffs": [
            {
                "fund": cliff.fund,
                "year": cliff.year,
                "paid": Money(cliff.paid),
                "then": cliff.then,
                "falls": Money(cliff.falls),
                "stops": Money(cliff.stops),
            }
            for cliff in outlook.cliffs
        ],
    }


def _year_data(year: Year) -> Data:
    costs = totals_by(year.plan.lines, "fund")
    return {
        "year": year.name,
        "students": None if year.plan.students is None else Count(year.plan.students),
        "fte": Fte(year.found.fte),
        "cost": Money(year.found.cost),
        "budget": Money(year.found.budget),
        "left": Money(year.found.left),
        "change": None if year.change is None else Money(year.change),
        "fits": year.fits.good,
        "verdict": year.fits.text,
        "causes": {cause: Money(amount) for cause, amount in year.split.items()},
        "funds": [
            {
                "fund": fund,
                "cost": Money(costs.get(fund, ZERO)),
                "budget": Money(year.plan.budget.get(fund, ZERO)),
                "left": Money(year.plan.budget.get(fund, ZERO) - costs.get(fund, ZERO)),
            }
            for fund in dict.fromkeys([*year.plan.budget, *costs])
        ],
    }
