"""A plan over the years: what it costs and has in each, what moves its cost, and what becomes of funds that end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal

from staffcalc.costing.growth.causes import CAUSES, DECISIONS, EVERY_CAUSE, Cause
from staffcalc.costing.growth.endings import ended, payer
from staffcalc.costing.growth.raises import can_step, with_raise, with_step
from staffcalc.costing.ledger import PlanLedger, cost_school
from staffcalc.costing.lines import ZERO, total, totals_by
from staffcalc.costing.measures.measures import Measures, measure, measures
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.scope import Scope
from staffcalc.costing.shared import Shared
from staffcalc.costing.years.later_years import in_checked_year, in_year
from staffcalc.formula.words import money
from staffcalc.language.kinds import LINE
from staffcalc.language.school_year import later
from staffcalc.questions.figures.growth_rules import moving, rules_missing
from staffcalc.questions.figures.rests_on import RestsOn
from staffcalc.questions.fit import verdict
from staffcalc.records import NamedTuple
from staffcalc.report import Verdict
from staffcalc.school.fund_rules import STOP
from staffcalc.school.school import School

ONE_PERCENT = Decimal("0.01")
Mover = Literal[Cause, "interaction"]
"""What moves a cost from year to year: a cause alone, what the causes do together, and on top what is decided."""
MOVERS: tuple[Mover, ...] = (*CAUSES, "interaction")
EVERY_MOVER: tuple[Mover, ...] = (*MOVERS, DECISIONS)
"""In the order of the split: what would have moved without a decision, and what is decided at the year's prices."""


class Year(NamedTuple):
    """One plan in one year: its ledger, its measures, and what moved its cost since the year before, by cause.

    `judged`: the file says enough of this year for a verdict.
    """

    name: str
    plan: PlanLedger
    found: Measures
    change: Decimal | None
    split: dict[Mover, Decimal]
    judged: bool = True

    @property
    def cost_before(self) -> Decimal:
        """What it cost in the year before."""
        return self.dollars - (self.change or ZERO)

    @property
    def dollars(self) -> Decimal:
        """What it costs, as far as that is stated."""
        return total(self.plan.lines)

    @property
    def levy(self) -> Decimal | None:
        """What the rest of the revenue must raise; None without a rest."""
        return measure("levy", self.plan, self.plan)

    @property
    def levy_change(self) -> Decimal | None:
        """How much more that is than in the year before, as a share; None where that is not known."""
        return measure("levy_change", self.plan, self.plan)

    @property
    def fits(self) -> Verdict | None:
        """Whether the plan fits; None where the file says nothing of how it would have grown by then."""
        return verdict(self.plan) if self.judged else None


class Cliff(NamedTuple):
    """A fund that ends: what it paid in its last year; what falls to whom in the year after, at that year's prices,
    and what stops with it: posts, or components that only its pay brings with it. `once`: what it paid in these years
    that is paid once, and so falls to nobody. `heir`: what people call whoever pays then."""

    fund: str
    year: str
    paid: Decimal
    then: str
    falls: Decimal
    stops: Decimal
    once: Decimal = ZERO
    heir: str = ""

    @property
    def outcomes(self) -> list[tuple[str, Decimal]]:
        """In words what becomes of what it paid, with the dollars."""
        falls, stops = (f"falls to {self.heir or self.then}", self.falls), ("ends with it", self.stops)
        told = [one for one in (falls, stops) if one[1]]
        if self.once:
            told.append((f"{money(self.once)} was paid once: no cliff", ZERO))
        return told or [stops if self.then == STOP else falls]


class Outlook(NamedTuple):
    """One plan over all years, and its last year on recurring money alone; `ending`: some money of it ends.

    `rules_missing` are the rules of growth that a verdict on later years would need, where the file has none at all.
    """

    name: str
    years: tuple[Year, ...]
    recurring: PlanLedger
    ending: bool
    cliffs: tuple[Cliff, ...]
    rules_missing: tuple[str, ...] = ()

    @property
    def change_from_baseline(self) -> Decimal | None:
        """What it costs more than the baseline, or less, in all years together; None where that of one is not known."""
        changes = [year.found.change for year in self.years]
        known = [one for one in changes if one is not None]
        return sum(known, ZERO) if len(known) == len(changes) else None

    @property
    def in_force(self) -> tuple[Year, ...]:
        """The years from the one on in which it begins."""
        return tuple(year for year in self.years if year.plan.plan.awaits is None)

    @property
    def first_over(self) -> Year | None:
        """The first year in which the plan does not fit."""
        return next((year for year in self.years if year.fits is not None and year.fits.good is False), None)

    @property
    def not_judged(self) -> str:
        """Why there is no verdict on later years, in words; nothing where there is one."""
        if all(year.judged for year in self.years):
            return ""
        return f"n/a: the file says nothing of growth ({', '.join(self.rules_missing)})"

    @property
    def sustainable(self) -> Verdict | None:
        """Whether money that does not end pays for the plan: every year fits, and the last one without the rest.
        None where the plan fits now and the file says nothing of growth."""
        if self.not_judged:
            return self._over()
        alone = verdict(self.recurring)
        if alone.good is None:
            return alone
        if not alone.good:
            without = " without the money that ends" if self.ending else ""
            return Verdict(f"no: {alone.text} in {self.years[-1].name}{without}", good=False)
        fits = Verdict(f"yes: {alone.text.removeprefix('fits, ')} in {self.years[-1].name}", good=True)
        return self._over() or fits

    def _over(self) -> Verdict | None:
        over = self.first_over
        if over is None or over.fits is None:
            return None
        return Verdict(f"no: {over.fits.text} in {over.name}", good=False)


class UnitRaise(NamedTuple):
    """What 1% more pay and one step cost for a bargaining unit in the file's year, by plan, with benefits."""

    name: str
    one_percent: dict[str, Decimal]
    one_step: dict[str, Decimal] | None


class Outlooks:
    """The plans of one school over the years; beside them by name those that are `not_stated`."""

    def __init__(self, school: School, names: Sequence[str], years: int, price: Price | None) -> None:
        self.price, self.shared = price, Shared()
        self.school = school._replace(plans=tuple(plan for plan in school.plans if plan.name in names))
        self.not_stated = [plan.name for plan in self.school.plans if plan.not_stated]
        self.rules_missing, self.moving = rules_missing(self.school), moving(self.school)
        self.year_names = [later(school.year or "", number) for number in range(years)]
        self.ledgers = [
            self._cost(in_checked_year(self.school, number, price=price, shared=self.shared)) for number in range(years)
        ]
        self.undecided = [self._undecided(number) for number in range(years)]
        self.apart = [self._by_cause(number) for number in range(1, years)]
        self.all = [self._outlook(name) for name in names if name not in self.not_stated]

    def _cost(self, school: School) -> dict[str, PlanLedger]:
        return {plan.name: plan for plan in cost_school(school, self.price, self.shared).plans}

    def _in_year(
        self, number: int, moved: Sequence[Cause] = EVERY_CAUSE, ending: Sequence[str] | None = None
    ) -> dict[str, PlanLedger]:
        return self._cost(
            in_year(self.school, number, moved=moved, ending=ending, price=self.price, shared=self.shared)
        )

    def _undecided(self, number: int) -> dict[str, PlanLedger]:
        """Each year with what had been decided by the year before."""
        decides = number and DECISIONS in self.moving
        return self._in_year(number, CAUSES) if decides else self.ledgers[number]

    def _by_cause(self, number: int) -> dict[Cause, dict[str, Decimal]]:
        """What each plan would cost more if one cause alone had moved since the year before; turnover once the steps
        are made. What cannot move anything is not costed."""
        before = _totals(self.ledgers[number - 1])
        found: dict[Cause, dict[str, Decimal]] = {}
        stepped = before
        for cause in CAUSES:
            start = stepped if cause == "turnover" else before
            moved = self._moved(number, cause) if cause in self.moving else start
            stepped = moved if cause == "step" else stepped
            found[cause] = {name: moved[name] - start[name] for name in moved}
        return found

    def _moved(self, number: int, cause: Cause) -> dict[str, Decimal]:
        """What each plan would cost after this cause alone; turnover comes on top of the steps."""
        causes: set[Cause] = {"step", cause} if cause == "turnover" else {cause}
        if causes >= {*self.moving} - {DECISIONS}:
            return _totals(self.undecided[number])
        return _totals(self._in_year(number, tuple(causes)))

    def _outlook(self, name: str) -> Outlook:
        years = tuple(self._year(name, number) for number in range(len(self.ledgers)))
        last = len(self.ledgers) - 1
        ending = [fund for fund, rule in self.school.fund_rules.items() if rule.ends is not None]
        recurring = self._alone[name] if ending else self.ledgers[last][name]
        return Outlook(name, years, recurring, bool(ending), tuple(self._cliffs(name)), self.rules_missing)

    @cached_property
    def _alone(self) -> dict[str, PlanLedger]:
        """The last year with every fund that has an end taken as ended."""
        ending = [fund for fund, rule in self.school.fund_rules.items() if rule.ends is not None]
        return self._in_year(len(self.ledgers) - 1, ending=ending)

    def _year(self, name: str, number: int) -> Year:
        plan = self.ledgers[number][name]
        school_year = self.year_names[number]
        found = measures(plan, self.ledgers[number][self.school.plans[0].name])
        if number == 0:
            return Year(school_year, plan, found, None, {})
        change = total(plan.lines) - total(self.ledgers[number - 1][name].lines)
        split: dict[Mover, Decimal] = {cause: self.apart[number - 1][cause][name] for cause in CAUSES}
        decided = total(plan.lines) - total(self.undecided[number][name].lines)
        split["interaction"] = change - decided - sum(split.values(), ZERO)
        if DECISIONS in self.moving:
            split[DECISIONS] = decided
        return Year(school_year, plan, found, change, split, judged=not self.rules_missing)

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
        others = [cause for cause in EVERY_CAUSE if cause != "fund shift"]
        return {number: self._in_year(number, others) for number, ends in enumerate(self._endings) if ends}

    @cached_property
    def _ending_alone(self) -> dict[str, dict[str, PlanLedger]]:
        """For each fund that ends the first year without it, as if no other fund had ended then."""
        found: dict[str, dict[str, PlanLedger]] = {}
        for number, ends in enumerate(self._endings):
            for fund, then in ends.items():
                rule = self.school.fund_rules[fund].model_copy(update={"then": then})
                school = self.school._replace(fund_rules={**self.school.fund_rules, fund: rule})
                gone = [*ended(self.school, number - 1), fund]
                found[fund] = self._cost(in_year(school, number, ending=gone, price=self.price, shared=self.shared))
        return found

    def _cliff(self, name: str, fund: str, number: int, then: str) -> Cliff:
        paid = totals_by(self.ledgers[number - 1][name].lines, "fund").get(fund, ZERO)
        going_on, without = self._going_on[number][name].lines, self._ending_alone[fund][name].lines
        less = total(going_on) - total(without)
        would = totals_by(going_on, "fund").get(fund, ZERO)
        falls = ZERO if then == STOP else would - less
        years = (self.ledgers[before][name] for before in range(number))
        once = sum((measure("one_time", plan, plan, Scope(funds=(fund,))) or ZERO for plan in years), ZERO)
        return Cliff(
            fund,
            self.year_names[number],
            paid,
            then,
            falls,
            max(less, ZERO),
            once,
            self.ledgers[0][name].plan.called(then),
        )

    @cached_property
    def rests_on(self) -> RestsOn:
        """What the cost of the last year rests on, and its change since the first."""
        first, last = self.ledgers[0], self.ledgers[-1]
        plans = [last[outlook.name] for outlook in self.all]
        return RestsOn(self.school, plans, lambda plan: first[plan.name], f" in {self.year_names[-1]}")

    @cached_property
    def units(self) -> list[UnitRaise]:
        """What 1% and one step cost for each unit; what of a line of a budget book is pay, nobody knows."""
        now = self.ledgers[0]
        school = in_year(self.school, 0, price=self.price, shared=self.shared)
        staffed = [one for plan in school.plans for one in plan.staff]
        found: list[UnitRaise] = []
        for unit in dict.fromkeys(one.post.unit for one in staffed if LINE not in one.post.components):
            raised = self._cost(with_raise(school, unit, ONE_PERCENT))
            percent = {name: total(raised[name].lines) - total(now[name].lines) for name in now}
            step: dict[str, Decimal] | None = None
            if any(can_step(one) for one in staffed if one.post.unit == unit):
                further = self._cost(with_step(school, unit))
                step = {name: total(further[name].lines) - total(now[name].lines) for name in now}
            found.append(UnitRaise(unit, percent, step))
        return found


def _totals(plans: Mapping[str, PlanLedger]) -> dict[str, Decimal]:
    return {name: total(plan.lines) for name, plan in plans.items()}
