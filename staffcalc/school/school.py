"""A checked school: its plans (the baseline and every scenario), ready to be costed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from staffcalc.language.check import Check
from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.language.forecast import Forecast
from staffcalc.language.fund import Fund, OtherCost
from staffcalc.language.role import Role
from staffcalc.records import NamedTuple
from staffcalc.school.parts.budgets import Budget
from staffcalc.school.parts.counts import Alike, StaffCount
from staffcalc.school.parts.growth import Growth
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.parts.team import Led, PlanTeam
from staffcalc.source.problems import Place, Problem

BASELINE = "baseline"
GENERAL = "general"
DISPLACED = "displaced staff"
"""The role under which stands what is still paid to people whose posts a plan gives up."""
OTHER_UNIT = "other"
"""The bargaining unit of a role that names none and is on no schedule."""


NOBODY = ""
"""Who pays what a fund paid that has ended and that nobody follows: it costs nothing, and its people are gone."""


class FundShare(NamedTuple):
    """The share of a cost that one fund pays, or nobody; `share` is None where one fund pays all."""

    fund: str
    share: Figure | None


class ScheduleCell(NamedTuple):
    """A cell of a salary schedule with the differentials that come on top of it; a plain salary has no name.

    `amount` is in dollars for 1.0 FTE. A differential, by its name, is in dollars or a rate of `amount`. `span` are
    the years that people are on it before they climb; on the last one they stay.
    """

    name: str
    amount: Figure
    differentials: tuple[tuple[str, Figure], ...] = ()
    span: int = 1


class Wage(NamedTuple):
    """What 1.0 FTE earns before supplements: a cell of a schedule and the higher steps of its lane, or a plain salary.

    `steps` counts the steps gained on the first cell; half a step is half way to the next; the last cell is the top.
    The amounts are multiplied by the months worked (`months`) and divided by the months they are for (`per_months`),
    or by the FTE that they are paid for (`paid_for`). `place` is the year of the first cell's span that somebody is
    in, from 0; None: nobody knows, so they are spread evenly over its years.
    """

    cells: tuple[ScheduleCell, ...]
    steps: Figure | None = None
    months: Figure | None = None
    per_months: Figure | None = None
    paid_for: Figure | None = None
    place: int | None = None


class Placement(NamedTuple):
    """Staff whose own pay is known: FTE of a cell (`person` is empty), or people of a roster, by the label of the
    first.

    `wage` is None for a vacant post without a pay of its own. `fund_shares` pay these people alone; left empty: the
    role's funds. `several`: it is one person, who has further posts. Whoever is `leaving` does at the end of the file's
    year. `named`: some plan says what becomes of this very person.
    """

    fte: Figure | Alike
    wage: Wage | None
    person: str = ""
    fund_shares: tuple[FundShare, ...] = ()
    vacant: bool = False
    several: bool = False
    leaving: bool = False
    named: bool = False


class Turnover(NamedTuple):
    """The share of the staff that new hires replaced in one year of a forecast (the first is 1), and their wage now."""

    year: int
    share: Figure
    wage: Wage


class Hired(NamedTuple):
    """So many posts that a plan adds, paid for `months` of every year; in the first year for others, where it says so.
    None: for all of it."""

    number: StaffCount
    months: Figure | None
    first_year: Figure | None


class Post(NamedTuple):
    """A role as it is costed: its pay, its components (benefits and other costs), the funds that pay it, its unit.

    `growth` are the rates by which pay ("salary", "supplement") and components, by name, have grown, one a year, and
    `caps` those of the amounts up to which components count. `hires` is what those earn by now who were hired in the
    file's year, the year after it, and so on, and `entrants` what those do who came from another role then, where the
    role's salary is a cell; `gained` are the steps since each of these years, where others can come. `saves_own`: posts
    given up save their holders' own pay.
    `fund_order` are all funds in the order of the file, by which they share what cannot be divided. `pay_funds` are the
    funds of kinds of pay that have one of their own. Its year has so many `months`; None: twelve. `not_priced`: the
    file says that nobody knows the pay; the post is counted, and has no lines. `fund_names` are those of its plan.
    """

    name: str
    role: Role
    components: Mapping[str, Component]
    fund_shares: tuple[FundShare, ...]
    place: Place
    salary: Wage | None = None
    average: Wage | None = None
    new_hire: Wage | None = None
    unit: str = OTHER_UNIT
    saves_own: bool = False
    fund_order: tuple[str, ...] = ()
    growth: Mapping[str, Growth] = MappingProxyType({})
    caps: Mapping[str, Growth] = MappingProxyType({})
    hires: tuple[Wage, ...] = ()
    entrants: tuple[Wage, ...] = ()
    gained: tuple[Figure | None, ...] = ()
    turnover: tuple[Turnover, ...] = ()
    pay_funds: Mapping[str, str] = MappingProxyType({})
    months: Figure | None = None
    not_priced: bool = False
    fund_names: Mapping[str, str] = MappingProxyType({})

    def called(self, fund: str) -> str:
        """What people call a fund: its name, or the key that the file gives it."""
        return self.fund_names.get(fund, fund)

    @property
    def by_kind(self) -> bool:
        """Whether some fund pays another share of one kind of pay than of another."""
        release = self.role.release
        return bool(self.pay_funds) or (release is not None and release.charged_to is not None)

    @property
    def category(self) -> str | None:
        return self.role.category

    @property
    def wages(self) -> tuple[Wage, ...]:
        """What 1.0 FTE of it earns, in each way that is stated."""
        return tuple(wage for wage in (self.salary, self.average, self.new_hire) if wage is not None)


class Counted(NamedTuple):
    """How many hold a post in one year, and the FTE of each person where people are counted."""

    counts: tuple[StaffCount, ...]
    each: Figure | None


class Decided(NamedTuple):
    """What is decided of the staff of a role in a later year: how many they are from then on, and, of these, the
    changes of single cells (of a whole mix that is `restated`, its cells) and people who are laid off by name."""

    year: int
    counts: tuple[StaffCount, ...]
    placements: tuple[Placement, ...] = ()
    laid_off: tuple[str, ...] = ()
    restated: bool = False
    hired: tuple[Hired, ...] = ()


class Staffed(NamedTuple):
    """How many hold a post in one plan: the stated count and the changes to it, in order.

    `each` is the FTE of each person where people are counted; None where FTE are counted. `placements` are the staff
    whose own pay is known, and the changes to single cells; their FTE are among `counts`. `restated`: `placements` are
    the cells of a whole mix. `today` is the staff of the baseline where this plan differs from it: what is more or
    fewer are posts added or given up. `later` is how many they are in each year after the file's, up to this one, where
    that changes from year to year. Of today's staff so many posts are `vacant`, and so many held by people who are
    `leaving`, beside those of whom `placements` says it; counted as `counts` are, and among them. `laid_off` are the
    people of a roster whom the plan lets go by name. `led` are the teams of this plan that they lead, where their
    supplement is by the size of these. `decided` is what changes in later years by decisions that begin then. They are
    paid for `months` of the year, where it is not all of it, and those `hired` for others. `not_counted`: the file says
    that nobody knows how many they are; `anew`: this plan does, so that they need not be as many as in another one.
    """

    post: Post
    counts: tuple[StaffCount, ...]
    each: Figure | None = None
    people: bool = False
    placements: tuple[Placement, ...] = ()
    restated: bool = False
    today: Staffed | None = None
    later: tuple[Counted, ...] = ()
    vacant: Figure | None = None
    leaving: Figure | None = None
    laid_off: tuple[str, ...] = ()
    led: tuple[Led, ...] = ()
    decided: tuple[Decided, ...] = ()
    months: Figure | None = None
    hired: tuple[Hired, ...] = ()
    not_counted: bool = False
    anew: bool = False

    @property
    def part_of_year(self) -> bool:
        """Whether some of them are paid for a part of the year."""
        return self.months is not None or bool(self.hired) or any(one.hired for one in self.decided)

    @property
    def now(self) -> Counted:
        """How many they are in this very year."""
        return self.later[-1] if self.later else Counted(self.counts, self.each)

    def changed(self, by: StaffCount) -> Staffed:
        """The same post with more or fewer to hold it, as after a `change`."""
        return self._replace(
            counts=(*self.counts, by),
            later=tuple(Counted((*one.counts, by), one.each) for one in self.later),
            decided=tuple(one._replace(counts=(*one.counts, by)) for one in self.decided),
            today=self.today or self,
        )


class Plan(NamedTuple):
    """The baseline or a scenario. `budget` is by fund; None: the file states none. `budget_of_baseline`: besides, what
    the baseline costs is the budget. `budget_in_years` is what funds have in single years, each amount dated.
    `budget_without` are, of a later year, the roles without whose cost today nobody knows what a fund has.

    `allotment` is a budget counted in positions. `may_exceed`: the file allows this plan to be over its budget.
    `like` names the plan that this one starts from; None: it starts from none, as the baseline. `grades` are the
    students by grade, where the file gives them: `students` are their sum. `other_growth` are the rates by which each
    other cost has grown since the file's year, one a year. `shared_budget` is the budget that other costs are shares
    of; None: the plan's own. `forecast` are the rules for later years, the nearest first; each holds from so many years
    after the file's on (`forecast_begins`): before, those of the plan that this one starts from. A student has a seat
    in each of the `core_subjects`; where the file names none, one seat.
    `counts_rooms`: some role of the file says how many rooms it needs. `week` are the minutes that 1.0 FTE is on duty,
    where its role does not say. `packages` are the benefits that it states anew. `ending` are the funds that end some
    time, and whether nobody follows in the end. `not_stated`: nobody has said what the plan is, and nothing of it is
    known.
    `fund_names` are what people call funds that have a name besides their key.
    It `begins` so many years after the file's, and `ends` with another one; `awaits` is the school year in which it
    begins, until then. `later` are the plans that take its place from such years on. `to_come`: of a plan in force,
    what of it begins in a later year, and in which.
    """

    name: str
    staff: tuple[Staffed, ...]
    students: Figure | None
    budget: Mapping[str, Budget] | None
    other_costs: Mapping[str, tuple[OtherCost, tuple[FundShare, ...]]]
    place: Place
    note: str | None = None
    allotment: Figure | None = None
    may_exceed: bool = False
    like: str | None = None
    grades: Mapping[str, Figure] = MappingProxyType({})
    other_growth: Mapping[str, Growth] = MappingProxyType({})
    shared_budget: Mapping[str, Budget] | None = None
    forecast: tuple[Forecast, ...] = ()
    forecast_begins: tuple[int, ...] = ()
    budget_of_baseline: bool = False
    teams: tuple[PlanTeam, ...] = ()
    core_subjects: tuple[str, ...] = ()
    rooms_available: Figure | None = None
    counts_rooms: bool = False
    week: Figure | None = None
    learning: tuple[LearningMode, ...] = ()
    budget_in_years: Mapping[str, tuple[Figure, ...]] = MappingProxyType({})
    budget_without: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    packages: Mapping[str, Mapping[str, Component]] = MappingProxyType({})
    ending: tuple[tuple[str, bool], ...] = ()
    not_stated: bool = False
    begins: int = 0
    ends: int | None = None
    awaits: str | None = None
    fund_names: Mapping[str, str] = MappingProxyType({})
    later: tuple[tuple[int, Plan], ...] = ()
    to_come: tuple[tuple[str, str], ...] = ()

    def called(self, fund: str) -> str:
        """What people call a fund: its name, or the key that the file gives it."""
        return self.fund_names.get(fund, fund)

    @property
    def versions(self) -> tuple[Plan, ...]:
        """The plan of the file's year, and those that take its place later."""
        return (self, *(plan for _, plan in self.later))

    def in_force(self, year: int) -> Plan:
        """The plan that stands in its place so many years after the file's."""
        return next((plan for begins, plan in reversed(self.later) if begins <= year), self)._replace(later=())


class School(NamedTuple):
    """A school's plans, the baseline first. `rounded_to` is the unit of each line: Decimal("1") or ("0.01").

    `posts` are all that any plan could staff, by name as the school at large has them; `packages` are the benefits.
    `fund_rules` are what is known of funds besides their amounts. `dated`: some figure is another one in a single year;
    `once`: some cost is of one year alone, and still stands among those of every year; `raised`: some raise is of the
    file's own year, and not yet in the pay. `annotations` are the keys by which the file tells where figures are from:
    `source`, `assumed`, `derived`, `as_of`. `questions` must be answered in the file before a later year can be costed.
    `place` is where the school's own file begins. `of_file` is the school with the figures of all years, of which this
    one is a later year; None: it is that itself.
    """

    name: str
    file: str
    year: str | None
    students: Figure | None
    rounded_to: Decimal
    plans: tuple[Plan, ...]
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    posts: Mapping[str, Post] = MappingProxyType({})
    packages: Mapping[str, Mapping[str, Component]] = MappingProxyType({})
    fund_rules: Mapping[str, Fund] = MappingProxyType({})
    dated: bool = False
    once: bool = False
    raised: bool = False
    annotations: frozenset[str] = frozenset()
    questions: tuple[Problem, ...] = ()
    place: Place = Place("")
    of_file: School | None = None

    @property
    def places(self) -> int:
        """The decimals that lines are rounded to."""
        return places_of(self.rounded_to)


def places_of(unit: Decimal) -> int:
    """The decimals of a unit of money: none of a dollar, two of a cent."""
    return 0 if unit == 1 else 2
