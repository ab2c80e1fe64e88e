"""The school of a later year: its students, staff, pay, benefits, funds and budget after so many years of a forecast.

What comes out is a school like any other, which the ledger costs like any other: growth stands in its posts, and each
formula tells it. What moves from one year to the next moves by a cause, and each cause can be held back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from staffcalc.costing.dates import Resolving
from staffcalc.costing.formula import Formula, Input, Rounded, grown, value
from staffcalc.costing.ledger import cost_school
from staffcalc.costing.pay import Price
from staffcalc.costing.remarks import caps_that_stand_still
from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.funds import STOP
from staffcalc.schoolfile.language import Fund, OtherCost
from staffcalc.schoolfile.rules import Rule, first_stated
from staffcalc.schoolfile.school import GENERAL, Count, FundShare, Plan, Post, Ratio, School, Staffed, Wage
from staffcalc.schoolfile.years import MOST_YEARS, first_of, later

Cause = Literal["staff", "step", "turnover", "COLA", "supplements", "benefits", "other costs", "fund shift"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""What moves the cost from one year to the next, in the order in which it is told."""


def in_year(
    school: School,
    number: int,
    *,
    moved: Collection[Cause] = CAUSES,
    ending: Collection[str] | None = None,
    price: Price | None = None,
) -> School:
    """The school `number` years after the file's year (0: as the file states it).

    A cause that is not `moved` stays as it was a year before; budgets always move. `ending` are the funds taken as
    ended, whenever their end is; None: those that have ended by then. `price` is that of a budget which the file does
    not state, for it is what the baseline costs. ValueError where the file names no school year.
    """
    if school.year is None or first_of(school.year) is None:
        raise ValueError("a forecast needs the school year of the file")
    moving = _Moving(school, number, frozenset(moved), ending, price)
    return school._replace(
        year=later(school.year, number),
        plans=tuple(moving.plan(plan) for plan in school.plans),
        dated=False,
        notes=(*school.notes, *caps_that_stand_still(school, number)),
    )


def years_ahead(school: School, year: str) -> int:
    """How many years after the file's a school year is. ValueError where either names none, or it is out of reach."""
    begins, first = first_of(school.year or ""), first_of(year)
    if begins is None or first is None or not begins <= first < begins + MOST_YEARS:
        raise ValueError(f"it is not among the {MOST_YEARS} school years from {school.year} on")
    return first - begins


def ended(school: School, number: int) -> tuple[str, ...]:
    """The funds whose last year is over, so many years after the file's."""
    assert school.year is not None
    begins = first_of(later(school.year, number))
    return tuple(
        fund
        for fund, rule in school.funds.items()
        if rule.ends is not None and (last := first_of(rule.ends)) is not None and begins is not None and begins > last
    )


def payer(school: School, fund: str, gone: Collection[str]) -> str:
    """Who pays in the place of a fund when some have ended: itself while it lasts, else the one that follows, and so
    on; `stop` where nobody does."""
    seen: set[str] = set()
    while fund in gone and fund not in seen:
        seen.add(fund)
        fund = str(school.funds[fund].then or GENERAL)
    return fund


def unreplaced(school: School, years: int) -> tuple[str, ...]:
    """The roles whose salaries turnover would change within so many years, had they a `new_hire`."""
    first = first_of(school.year or "") or 0
    found: dict[str, None] = {}
    for plan in school.plans:
        rates = _Rates(plan, first)
        for post in (staffed.post for staffed in plan.staff):
            if post.salary is not None and post.new_hire is None and any(rates.of("turnover", post.unit, years)):
                found[post.name] = None
    return tuple(found)


def with_raise(school: School, unit: str, rate: Decimal) -> School:
    """The school with one unit's salaries, hourly pay and stipends raised by a rate."""

    def raised(staffed: Staffed) -> Staffed:
        post = staffed.post
        more = Figure(rate, "rate", post.place)
        growth = {**post.growth, "salary": (*post.growth.get("salary", ()), more)}
        return staffed._replace(post=post._replace(growth=growth))

    return _with_unit(school, unit, raised)


def with_step(school: School, unit: str) -> School:
    """The school with those of one unit who are on a schedule a step further."""
    return _with_unit(school, unit, lambda staffed: _stepped(staffed, Figure(Decimal(1), "number", staffed.post.place)))


def can_step(staffed: Staffed) -> bool:
    """Whether some of these staff are on a salary schedule."""
    wages = [*(one.wage for one in staffed.placed), *filter(None, [staffed.post.salary])]
    return any(wage.rungs[0].name for wage in wages)


def _with_unit(school: School, unit: str, change: Callable[[Staffed], Staffed]) -> School:
    known: dict[int, Staffed] = {}

    def changed(staffed: Staffed) -> Staffed:
        if staffed.post.unit != unit:
            return staffed
        return known.setdefault(id(staffed), change(staffed))

    return school._replace(plans=tuple(plan._replace(staff=tuple(map(changed, plan.staff))) for plan in school.plans))


class _Years(NamedTuple):
    """How many years each cause has moved."""

    number: int
    moved: frozenset[Cause]

    def of(self, cause: Cause) -> int:
        return self.number if cause in self.moved else max(self.number - 1, 0)


class _Moving:
    """Takes plans some years ahead."""

    def __init__(
        self,
        school: School,
        number: int,
        moved: frozenset[Cause],
        ending: Collection[str] | None,
        price: Price | None,
    ) -> None:
        self.school, self.years, self.price = school, _Years(number, moved), price
        assert school.year is not None
        first = first_of(school.year)
        assert first is not None
        self.first, self.name = first, school.year
        gone = ended(school, self.years.of("fund shift")) if ending is None else tuple(ending)
        self.after = {fund: payer(school, fund, gone) for fund in gone}
        self.no_budget = ended(school, number) if ending is None else tuple(ending)
        self.known: dict[tuple[object, ...], Staffed] = {}
        self.resolving: dict[int, Resolving] = {}
        self.unstated: Mapping[str, Decimal] | None = None

    def plan(self, plan: Plan) -> Plan:
        rates = _Rates(plan, self.first)
        students = self._students(plan, rates)
        return plan._replace(
            staff=tuple(self._staffed(staffed, plan, rates) for staffed in plan.staff),
            students=students,
            budget=self._budget(plan, rates),
            other_costs={
                name: changed
                for name, (cost, funds) in plan.other_costs.items()
                if (changed := self._other_cost(cost, funds)) is not None
            },
            other_growth=tuple(rates.of("other_costs", "", self.years.of("other costs"))),
        )

    # Staff

    def _students(self, plan: Plan, rates: _Rates) -> Figure | None:
        return None if plan.students is None else self._enrolled(plan.students, rates)

    def _enrolled(self, students: Figure, rates: _Rates) -> Figure:
        """So many students, whole ones; in a year for which the file states them, as stated."""
        years = self.years.of("staff")
        dated: Figure = self._in(years).of(students)
        growth = [rate for rate in rates.of("enrolment", "", years) if rate.value]
        return dated if dated.dated is not None or not growth else _rounded(students, growth, 0)

    def _staffed(self, staffed: Staffed, plan: Plan, rates: _Rates) -> Staffed:
        # Scenarios share their staff; where students and rules are the same, so is what becomes of them.
        key = (id(staffed), id(plan.students), tuple(map(id, plan.forecast)))
        if key not in self.known:
            self.known[key] = self._moved(staffed, rates)
        return self.known[key]

    def _moved(self, staffed: Staffed, rates: _Rates) -> Staffed:
        counts = tuple(self._count(count, rates) for count in staffed.counts)
        if counts != staffed.counts and staffed.incumbents is None:
            staffed = staffed._replace(incumbents=staffed.counts)
        pay, held = self._in(self.years.of("COLA")), self._in(self.years.of("staff"))
        placed = tuple(one._replace(fte=held.of(one.fte), wage=pay.of(one.wage)) for one in staffed.placed)
        staffed = staffed._replace(counts=counts, post=self._post(staffed.post, rates), placed=placed)
        staffed = self._paid(staffed, rates)
        return self._funded(staffed)

    def _count(self, count: Count, rates: _Rates) -> Count:
        if isinstance(count, Figure):
            if count.unit == "students":
                return self._enrolled(count, rates)
            dated: Figure = self._in(self.years.of("staff")).of(count)
            return dated
        of = tuple(self._count(one, rates) for one in count.of)
        return self._in(self.years.of("staff")).of(count._replace(of=of)) if of != count.of else count

    # Pay

    def _post(self, post: Post, rates: _Rates) -> Post:
        colas = tuple(rates.of("cola", post.unit, self.years.of("COLA")))
        growth = {
            "salary": colas,
            "supplement": tuple(rates.of("supplements", post.unit, self.years.of("supplements"))),
            **{name: tuple(rates.of("benefits", name, self.years.of("benefits"))) for name in post.components},
        }
        pay, benefits = self._in(self.years.of("COLA")), self._in(self.years.of("benefits"))
        role = pay.of(post.role)
        if role.supplement is not None and post.role.supplement is not None:
            supplement = self._in(self.years.of("supplements")).of(post.role.supplement)
            if supplement is not role.supplement:
                role = role.model_copy(update={"supplement": supplement})
        return post._replace(
            role=role,
            components=benefits.of(post.components),
            salary=pay.of(post.salary),
            average=pay.of(post.average),
            new_hire=pay.of(post.new_hire),
            growth={name: figures for name, figures in growth.items() if figures},
        )

    def _paid(self, staffed: Staffed, rates: _Rates) -> Staffed:
        """Steps gained on the schedule, and new hires who have followed some of the staff."""
        years, post = self.years.of("step"), staffed.post
        turnover: list[tuple[Figure, Wage]] = []
        for year in range(1, self.years.of("turnover") + 1):
            share = rates.in_year("turnover", post.unit, year)
            if share is not None and share.value and post.new_hire is not None:
                since = rates.steps(post, year, years)
                turnover.append((share, post.new_hire._replace(steps=since)))
        staffed = staffed._replace(post=post._replace(turnover=tuple(turnover)))
        gained = rates.steps(post, 0, years)
        return staffed if gained is None else _stepped(staffed, gained)

    # Funds

    def _funded(self, staffed: Staffed) -> Staffed:
        """Where a fund has ended, another one pays, or what it paid for ends too."""
        if not self.after:
            return staffed
        post = staffed.post
        stopped = sum((_part(share) for share in post.funds if self.after.get(share.fund) == STOP), Decimal(0))
        placed = tuple(one for one in staffed.placed if one.fund is None or self.after.get(one.fund) != STOP)
        placed = tuple(one._replace(fund=self._payer(one.fund)) for one in placed)
        gone = {one.fte for one in staffed.placed} - {one.fte for one in placed}
        role = post.role
        release = role.release
        if release is not None and release.charged_to is not None and release.charged_to in self.after:
            payer = self._payer(str(release.charged_to))
            new = release.model_copy(update={"charged_to": None if payer == STOP else payer})
            role = role.model_copy(update={"release": new})
        staffed = staffed._replace(
            post=post._replace(role=role, funds=self._shares(post.funds)),
            placed=placed,
            counts=tuple(count for count in staffed.counts if count not in gone),
            incumbents=None
            if staffed.incumbents is None
            else tuple(count for count in staffed.incumbents if count not in gone),
        )
        return _reduced(staffed, stopped) if stopped else staffed

    def _payer(self, fund: str | None) -> str | None:
        return None if fund is None else self.after.get(fund, fund)

    def _shares(self, funds: tuple[FundShare, ...]) -> tuple[FundShare, ...]:
        if not any(share.fund in self.after for share in funds):
            return funds
        paying = [share for share in funds if self.after.get(share.fund) != STOP]
        if not paying:
            return (FundShare(GENERAL, None),)  # nobody is left to be paid
        whole = sum(map(_part, paying), Decimal(0))
        sums: dict[str, list[FundShare]] = {}
        for share in paying:
            sums.setdefault(str(self._payer(share.fund)), []).append(share)
        if len(sums) == 1:
            return (FundShare(next(iter(sums)), None),)
        return tuple(FundShare(fund, _share_of(sums[fund], whole)) for fund in sorted(sums))

    def _other_cost(
        self, cost: OtherCost, funds: tuple[FundShare, ...]
    ) -> tuple[OtherCost, tuple[FundShare, ...]] | None:
        cost = self._in(self.years.of("other costs")).of(cost)
        stopped = sum((_part(share) for share in funds if self.after.get(share.fund) == STOP), Decimal(0))
        if stopped == 1:
            return None
        if stopped:
            key = "amount" if cost.amount is not None else "per_student"
            price: Figure = getattr(cost, key)
            cost = cost.model_copy(update={key: price._replace(value=price.value * (1 - stopped))})
        return cost, self._shares(funds)

    # The budget

    def _budget(self, plan: Plan, rates: _Rates) -> dict[str, Figure]:
        """Each fund's amount: as stated for the year, or grown and rounded like a line; none where it has ended."""
        number, found = self.years.number, dict[str, Figure]()
        for fund, figure in self._stated(plan).items():
            if fund in self.no_budget:
                continue
            dated = self._dated(fund, figure)
            growth = [rate for rate in rates.of("budget", fund, number) if rate.value]
            places = 2 if self.school.unit != 1 else 0
            found[fund] = dated if dated.dated is not None or not growth else _rounded(figure, growth, places)
        return found

    def _stated(self, plan: Plan) -> Mapping[str, Figure]:
        """The budget of the file's year; where the file states none, it is what the baseline costs then."""
        if self.school.plans[0].budget is not None:
            return plan.budget or {}
        if self.unstated is None:
            self.unstated = cost_school(self.school, self.price).baseline.budget
        place = self.school.plans[0].place
        implied = {fund: Figure(amount, "dollars", place) for fund, amount in self.unstated.items()}
        return {**implied, **(plan.budget or {})}

    def _dated(self, fund: str, figure: Figure) -> Figure:
        rule: Fund | None = self.school.funds.get(fund)
        begins = str(self.first + self.years.number)
        for one in (rule.years or ()) if rule is not None else ():
            if one.dated is not None and one.dated[:4] == begins:
                return one
        dated: Figure = self._in(self.years.number).of(figure)
        return dated

    def _in(self, years: int) -> Resolving:
        if years not in self.resolving:
            self.resolving[years] = Resolving(str(self.first + years))
        return self.resolving[years]


class _Rates:
    """The rules of one plan, year by year: its own before those it starts from."""

    def __init__(self, plan: Plan, first: int) -> None:
        self._plan, self._first = plan, first

    def in_year(self, key: str, name: str, year: int) -> Figure | None:
        rules: Iterable[Rule | None] = (getattr(forecast, key) for forecast in self._plan.forecast)
        return first_stated(rules, name, self._first + year)

    def of(self, key: str, name: str, years: int) -> Iterator[Figure]:
        """The rates of the first so many years; those of nothing are left out."""
        for year in range(1, years + 1):
            rate = self.in_year(key, name, year)
            if rate is not None and rate.value:
                yield rate

    def steps(self, post: Post, after: int, years: int) -> Figure | None:
        """The steps gained from one year to another: one a year where no rule says otherwise."""
        found = [self.in_year("steps", post.unit, year) for year in range(after + 1, years + 1)]
        gained = sum((Decimal(1) if one is None else one.value for one in found), Decimal(0))
        if not gained:
            return None
        stated = next((one for one in reversed(found) if one is not None), None)
        return Figure(gained, "number", post.place) if stated is None else stated._replace(value=gained, dated=None)


def _rounded(figure: Figure, growth: Iterable[Figure], places: int) -> Figure:
    """A stated figure after years of growth, rounded once, half away from zero."""
    amount: Formula = Input.of("", figure)
    rates = list(growth)
    for rate in rates:
        amount = grown(amount, Input.of("growth", rate))
    said = ", ".join(f"{rate.value * 100:+f}".rstrip("0").rstrip(".") + "%" for rate in rates)
    return figure._replace(value=value(Rounded(amount, places)), note=f"grown by {said}", years=())


def _stepped(staffed: Staffed, gained: Figure) -> Staffed:
    """The same staff so many steps further, and so are those whom the plan hires in the file's year; what a new hire
    and what a district's average earns is no step."""
    known: dict[int, Wage] = {}

    def further(wage: Wage | None) -> Wage | None:
        if wage is None or len(wage.rungs) < 2:
            return wage
        return known.setdefault(id(wage), wage._replace(steps=gained))

    post = staffed.post
    post = post._replace(salary=further(post.salary), hired=further(post.new_hire))
    placed = tuple(one._replace(wage=further(one.wage) or one.wage) for one in staffed.placed)
    return staffed._replace(post=post, placed=placed)


def _part(share: FundShare) -> Decimal:
    return Decimal(1) if share.share is None else share.share.value


def _share_of(shares: list[FundShare], whole: Decimal) -> Figure:
    """Shares added up, of the whole that is still paid."""
    figures = [share.share for share in shares if share.share is not None]
    together = sum((figure.value for figure in figures), Decimal(0))
    return figures[0]._replace(value=together if whole == 1 else together / whole)


def _reduced(staffed: Staffed, stopped: Decimal) -> Staffed:
    """The staff without the share of it that an ended fund paid."""
    rest = 1 - stopped

    def count(one: Count) -> Count:
        if isinstance(one, Figure):
            return one._replace(value=one.value * rest) if not staffed.people or not rest else one
        if one.fte is not None:
            return one._replace(fte=one.fte._replace(value=one.fte.value * rest))
        return Ratio(one.name, (one,), one.place, fte=Figure(rest, "FTE", one.place), role=one.role)

    each = staffed.each
    if staffed.people and rest:
        each = Figure(Decimal(1), "FTE", staffed.post.place) if each is None else each
        each = each._replace(value=each.value * rest)
    incumbents = None if staffed.incumbents is None else tuple(map(count, staffed.incumbents))
    placed = tuple(one._replace(fte=one.fte._replace(value=one.fte.value * rest)) for one in staffed.placed)
    return staffed._replace(counts=tuple(map(count, staffed.counts)), each=each, placed=placed, incumbents=incumbents)
