"""What differs between two plans: the ends, the posts, the steps of the bridge; and the same as programs read it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal, NotRequired, TypedDict

from staffcalc.costing.bridge.moves import Kind, Move
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import ZERO, RoleStaff, total, totals_by
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.unknown import nothing_priced, uncounted, unpriced, without_price
from staffcalc.costing.staff.posts import knows_posts
from staffcalc.questions.answers import (
    VERSION,
    Answer,
    ComponentName,
    FundName,
    OfPlan,
    OfSchoolYear,
    RoleName,
    RoleOrNone,
)
from staffcalc.questions.check.exchanges import exchange
from staffcalc.questions.diff.known_steps import known_bridge, unlike
from staffcalc.questions.percents import Budgets, share
from staffcalc.questions.reach import TeamsData, cells_of_teams, changed, teams_data
from staffcalc.questions.weeks import changed_time
from staffcalc.records import NamedTuple
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Percent
from staffcalc.school.fund_rules import paid_by
from staffcalc.school.school import DISPLACED


class End:
    """One end of the bridge: a plan of a school, and what it is called beside the other."""

    def __init__(self, ledger: Ledger, plan: PlanLedger, label: str) -> None:
        self.ledger, self.plan, self.label = ledger, plan, label
        self.is_stated = not plan.plan.not_stated
        self.unpriced, self.uncounted = unpriced(plan), uncounted(plan)
        self.without_price = without_price(plan)
        self.cost = total(plan.lines)
        self.costs = totals_by(plan.lines, "role")
        self.fund_totals = totals_by(plan.lines, "fund")
        self.staff: dict[str, RoleStaff] = {role.role: role for role in plan.staff}
        self.fte = sum((role.fte for role in plan.staff), ZERO)
        self.people = sum((role.people for role in plan.staff), ZERO)

    @property
    def total(self) -> Money | NotAvailable:
        """What the plan costs, as far as it is stated."""
        return Money(self.cost) if self.is_stated and not nothing_priced(self.plan) else NA

    @property
    def of_cost(self) -> str:
        """What stands before its cost in words."""
        return f"{self.label}, as far as stated" if self.is_stated and self.unpriced else self.label

    def funds_of(self, roles: Collection[str]) -> set[str]:
        """The funds that pay some of these roles."""
        those = (one for one in self.plan.plan.staff if one.post.name in roles)
        return {str(paying.fund) for one in those for paying in paid_by(one)}


Sign = Literal["+", "−", "~", ""]


class PostChange(NamedTuple):
    """A post that is gained (+), given up (−), or paid otherwise (~): FTE, people and dollars at each end. Displaced
    staff have dollars alone."""

    sign: Sign
    role: str
    fte: tuple[Decimal, Decimal]
    people: tuple[Decimal, Decimal]
    cost: tuple[Decimal, Decimal]

    @property
    def is_another(self) -> bool:
        """Whether its FTE, people or dollars differ: where another fund pays the same, none of them does."""
        return any(before != after for before, after in (self.fte, self.people, self.cost))


class Difference:
    """The two ends, the steps between them, and the posts that differ."""

    def __init__(self, old: End, new: End, chosen: str) -> None:
        self.old, self.new = old, new
        self.is_stated = old.is_stated and new.is_stated
        units = old.ledger.school.rounded_to, new.ledger.school.rounded_to
        self.moves = known_bridge(old.plan, new.plan, *units) if self.is_stated else ()
        self.posts = _posts(old, new, self.moves)
        unlike_roles = unlike(old.plan, new.plan)
        self.is_whole = self.is_stated and not unlike_roles
        self.change: Money | NotAvailable = Money(new.cost - old.cost) if self.is_whole else NA
        before_after = (measure("budget", end.plan, end.plan) for end in (old, new))
        self.budgets: Budgets = next(before_after), next(before_after)
        self.funds_unknown = old.funds_of(unlike_roles) | new.funds_of(unlike_roles)
        self.time = tuple(changed_time(old.plan.plan, new.plan.plan))
        self.teams = tuple(changed(old.plan.plan, new.plan.plan))
        before, after = old.ledger.school, new.ledger.school
        self.name = after.name if before.name == after.name else f"{before.name} and {after.name}"
        if after.year and before.year == after.year:
            self.name += f", {after.year}"
        self.title = f"{self.name}: from {old.label} to {new.label}{chosen}"
        tells = knows_posts(before) or knows_posts(after)
        today = old.ledger is new.ledger and old.plan is new.ledger.baseline
        tells &= self.is_stated
        self.exchange = exchange(old.plan, new.plan, today=today) if tells else ""

    def share(self, amount: Decimal) -> Percent | None:
        """What a change of cost is of the cost that the bridge comes from."""
        return share(amount, self.old.cost)


def ends_in_commits(before: Ledger, old: PlanLedger, now: Ledger, new: PlanLedger, commit: str) -> tuple[End, End]:
    """Two plans of one file, as it stood in a commit and as it stands now."""
    return End(before, old, f"{old.name} ({commit})"), End(now, new, f"{new.name} (now)")


def _posts(old: End, new: End, moves: Sequence[Move]) -> list[PostChange]:
    """The posts that differ: gained, given up, paid otherwise; in each the largest change of cost first. Last the
    displaced staff, where what is paid to them differs."""
    # A step of displaced staff alone leaves the post as it is.
    if not (old.is_stated and new.is_stated):
        return []
    touched = {move.name for move in moves if move.role and {part.role for part in move.parts} != {DISPLACED}}
    posts = []
    for role in {**old.staff, **new.staff}:
        one, other = old.staff.get(role), new.staff.get(role)
        fte = (one.fte if one else ZERO, other.fte if other else ZERO)
        heads = (one.people if one else ZERO, other.people if other else ZERO)
        costs = (old.costs.get(role, ZERO), new.costs.get(role, ZERO))
        there = any((*fte, *heads, *costs))
        otherwise = costs[0] != costs[1] if role == DISPLACED else there and role in touched
        counted_alike = (role in old.uncounted) == (role in new.uncounted)
        if fte[0] == fte[1] and heads[0] == heads[1] and not otherwise and counted_alike:
            continue
        sign: Sign = "+" if fte[1] > fte[0] else "−" if fte[1] < fte[0] else "~"
        posts.append(PostChange(sign, role, fte, heads, costs))

    def order(post: PostChange) -> tuple[bool, int, Decimal, str]:
        return post.role == DISPLACED, "+−~".index(post.sign), -abs(post.cost[1] - post.cost[0]), post.role

    return sorted(posts, key=order)


# For programs


class EndData(OfPlan, OfSchoolYear):
    """One end of the bridge."""

    cost: Annotated[Money | NotAvailable, "What the plan costs, as far as it is stated; null: it is not."]


class EndWithTeamsData(EndData, TeamsData):
    """The same with its teams, where some plan of its file has teams."""


class StaffData(TypedDict):
    """The staff of a post, and its cost."""

    fte: Annotated[Fte | NotAvailable, "FTE; null: how many they are is not stated."]
    people: Annotated[Count | NotAvailable, "How many people these are; null: likewise."]
    cost: Annotated[Money | NotAvailable, "What they cost, with benefits; null: it is not stated."]


PlainSign = Literal["+", "-", "~"]
_PLAIN_SIGNS: Mapping[Sign, PlainSign] = {"+": "+", "−": "-", "~": "~"}
# The keys `from` and `to` are no names of Python.
PostData = TypedDict(
    "PostData",
    {
        "role": RoleName,
        "sign": Annotated[PlainSign, "+: FTE are gained; -: given up; ~: the post is paid otherwise."],
        "from": Annotated[StaffData, "The post in the plan that the bridge comes from."],
        "to": Annotated[StaffData, "The post in the plan that it goes to."],
        "change": Annotated[StaffData, "`to` less `from`."],
    },
)


class PartData(TypedDict):
    """A part of a step."""

    role: RoleOrNone
    fund: FundName
    component: ComponentName
    amount: Annotated[Money, "The change of cost."]


DiffStepData = TypedDict(
    "DiffStepData",
    {
        "step": Annotated[Kind, "What kind of step it is."],
        "role": RoleOrNone,
        "subject": Annotated[str, "What of it changes; of an exchange, the role whose posts are given up."],
        "from": Annotated[str, "What that was, in words."],
        "to": Annotated[str, "What it becomes, in words."],
        "what": Annotated[str, "The step as a sentence."],
        "amount": Annotated[Money | NotAvailable, "The change of cost; null: it is not stated."],
        "share": Annotated[Percent | None, "The same of the cost of `from`; null: there is none, or it is not stated."],
        "parts": Annotated[list[PartData], "The same by role, fund and component."],
    },
)
ChangeData = TypedDict(
    "ChangeData",
    {
        "fund": FundName,
        "from": Annotated[Money, "What it pays in the plan that the bridge comes from."],
        "to": Annotated[Money, "What it pays in the plan that it goes to."],
        "change": Annotated[Money | NotAvailable, "`to` less `from`; null: it is not stated."],
        "share": Annotated[Percent | None, "The same of `from`; null: there is none, or it is not stated."],
    },
)
TimeData = TypedDict(
    "TimeData",
    {
        "input": Annotated[str, "The figure of the week of a role, or of a mode of learning."],
        "from": Annotated[str, "What it was, in words; none: nothing."],
        "to": Annotated[str, "What it becomes, likewise."],
    },
)
_Ends = TypedDict(
    "_Ends",
    {
        "school": Annotated[str, "The name of the school that the bridge goes to."],
        "from": Annotated[EndData | EndWithTeamsData, "The plan that the bridge comes from."],
        "to": Annotated[EndData | EndWithTeamsData, "The plan that it goes to."],
    },
)


class DiffAnswer(Answer, _Ends):
    """What `diff` answers."""

    change: Annotated[Money | NotAvailable, "`to` less `from`; null: of one of them it is not stated."]
    share: Annotated[Percent | None, "The same of the cost of `from`; null: there is none, or it is not stated."]
    budgets: NotRequired[Annotated[list[Money], "The budgets of `from` and of `to`; left out: one is not stated."]]
    posts: Annotated[list[PostData], "The posts that are gained, given up or paid otherwise; last displaced staff."]
    steps: Annotated[list[DiffStepData], "The steps of the bridge; their amounts add up to the change."]
    funds: Annotated[list[ChangeData], "What each fund pays."]
    time: NotRequired[Annotated[list[TimeData], "The figures of time that differ; left out: none do."]]
    exchange: NotRequired[Annotated[str, "What is exchanged for what, and whom it displaces, where the file tells."]]


def diff_data(answer: Difference) -> DiffAnswer:
    """The answer in the types above."""
    old, new = answer.old, answer.new
    found: DiffAnswer = {
        "staffcalc": VERSION,
        "school": new.ledger.school.name,
        "from": _end_data(old),
        "to": _end_data(new),
        "change": answer.change,
        "share": answer.share(new.cost - old.cost) if answer.is_whole else None,
        "posts": [_post_data(post, old, new) for post in answer.posts],
        "steps": [
            {
                "step": move.kind,
                "role": move.name if move.role else None,
                "subject": move.subject,
                "from": move.before,
                "to": move.after,
                "what": move.what,
                "amount": Money(move.amount) if move.known else NA,
                "share": answer.share(move.amount) if move.known else None,
                "parts": [
                    {
                        "role": part.role,
                        "fund": part.fund,
                        "component": part.component,
                        "amount": Money(part.amount),
                    }
                    for part in (move.parts if move.known else ())
                ],
            }
            for move in answer.moves
        ],
        "funds": [
            _fund_data(
                fund, old.fund_totals.get(fund, ZERO), new.fund_totals.get(fund, ZERO), fund not in answer.funds_unknown
            )
            for fund in sorted({**old.fund_totals, **new.fund_totals} if answer.is_stated else ())
        ],
    }
    budgets = [Money(one) for one in answer.budgets if one is not None]
    if len(budgets) == len(answer.budgets):
        found["budgets"] = budgets
    if answer.exchange:
        found["exchange"] = answer.exchange
    if answer.time:
        found["time"] = [{"input": one.what, "from": one.before, "to": one.after} for one in answer.time]
    return found


def _fund_data(fund: str, before: Decimal, after: Decimal, known: bool) -> ChangeData:
    return {
        "fund": fund,
        "from": Money(before),
        "to": Money(after),
        "change": Money(after - before) if known else NA,
        "share": share(after - before, before) if known else None,
    }


def _post_data(post: PostChange, old: End, new: End) -> PostData:
    def staff(read: Callable[[tuple[Decimal, Decimal]], Decimal], *ends: End) -> StaffData:
        counted = all(post.role not in end.uncounted for end in ends)
        return {
            "fte": Fte(read(post.fte)) if counted else NA,
            "people": Count(read(post.people)) if counted else NA,
            "cost": Money(read(post.cost)) if all(post.role not in end.without_price for end in ends) else NA,
        }

    return {
        "role": post.role,
        "sign": _PLAIN_SIGNS[post.sign],
        "from": staff(lambda ends: ends[0], old),
        "to": staff(lambda ends: ends[1], new),
        "change": staff(lambda ends: ends[1] - ends[0], old, new),
    }


def _end_data(side: End) -> EndData | EndWithTeamsData:
    data, cells = _of_end(side), cells_of_teams(side.ledger, side.plan)
    return data if cells is None else {**data, **teams_data(side.plan, cells)}


def _of_end(side: End) -> EndData:
    return {
        "name": side.plan.name,
        "school": side.ledger.school.name,
        "file": side.ledger.school.file,
        "year": side.ledger.school.year,
        "cost": side.total,
    }
