"""The lines of every plan: priced, displaced staff, rounded once, shared among the funds; and the budgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from secondcalculator.benefits import Lines, Post, Role, Weights, lines, vacancy
from secondcalculator.budgets import Money, Today, budget, is_rest, parts_of
from secondcalculator.decisions import EARLY
from secondcalculator.figures import ONE, ZERO, Plain, known, rounded, year_of
from secondcalculator.funds import STOP, Funds, ended, in_order, payer, paying, shared
from secondcalculator.pay import Lot, Pay, Wage, average
from secondcalculator.people import Moved, Slot, fte_of
from secondcalculator.read import BASELINE, UNKNOWN, Book, Plan, book
from secondcalculator.rules import grown
from secondcalculator.staff import Staff
from secondcalculator.teams import Measured, Teams, is_by_size
from secondcalculator.time import Weeks

DISPLACED = "displaced staff"
STATED = ("salary", "average", "hourly", "daily", "stipend")
"""Keys of a role that say what its holders earn."""


OF_STAFF = {
    "teachers_without_team",
    "minutes_short",
    "planning_minutes",
    "shared_planning_minutes",
    "coaching_minutes",
    "teaching_share",
}
"""Measures that rest on how many the staff are."""


class Line(NamedTuple):
    role: str | None
    fund: str
    component: str
    amount: Fraction


class Costed(NamedTuple):
    """A plan in one year. Lines of nothing are left out, and lines of one name stand together. `budget`: None where
    the file states none."""

    lines: list[Line]
    fte: dict[str, Fraction]
    people: dict[str, Fraction]
    budget: Money | None
    students: Fraction | None
    categories: dict[str, str | None]
    teams: Measured
    one_time: Fraction = ZERO
    rooms: Fraction | None = None
    rooms_left: Fraction | None = None
    cost_per_fte: Fraction | None = None
    time: Measured | None = None
    supplement_share: Fraction | None = None
    left_recurring: Fraction | None = None
    levy: Fraction | None = None
    levy_change: Fraction | None = None


def costed(files: Plain | list[Plain], years: int = 0, price: str | None = None) -> dict[str, Costed]:
    """Every plan of a file by name, so many years after the file's own. Of several files each extends those before."""
    read = book(files if isinstance(files, list) else [files], years)
    staff = Staff(read)
    plans = {name: plan for name, plan in read.plans.items() if not name.startswith(EARLY)}
    found = {name: _Plan(read, staff, plan, years, price).costed() for name, plan in plans.items()}
    if not years or all(one.levy is None for one in found.values()):
        return found
    before = costed(files, years - 1, price)  # with what was in force then
    return {name: one._replace(levy_change=_more(one.levy, before[name].levy)) for name, one in found.items()}


class _Plan:
    def __init__(self, read: Book, staff: Staff, plan: Plan, years: int, price: str | None) -> None:
        if plan.unknown:
            plan = replace(plan, staff={}, costs={}, teams={}, learning={})
        self.book, self.staff, self.plan, self.years, self.price = read, staff, plan, years, price
        self.roles = {
            name: Role(
                Pay(read, plan, plan.roles[name], years),
                plan.packages,
                Funds(read, plan.roles[name], years),
                plan.staff[name].months if name in plan.staff else None,
            )
            for name in (() if plan.unknown else staff.roles(plan.name))
        }
        self.teams = Teams(read, plan, years, staff.counts)
        self.slots = {name: staff.slots(plan.name, name, years) for name in self.roles}

    def costed(self) -> Costed:
        found: dict[tuple[str | None, str, str], Fraction] = {}
        for line in [*self._role_lines, *self._other_lines]:
            key = (line.role, line.fund, line.component)
            found[key] = found.get(key, ZERO) + line.amount
        costs: dict[str, Fraction] = {}
        for (role, _, _), amount in found.items():
            if role is not None:
                costs[role] = costs.get(role, ZERO) + amount
        fte = {name: self._sum(name, [slot.fte for slot in slots]) for name, slots in self.slots.items()}
        categories = {name: role.block.get("category") for name, role in self.roles.items()}
        rooms = self._rooms(fte)
        weeks = Weeks(self.book, self.plan, self.years, self.staff.counts, fte)
        there = None if rooms is None or self.plan.rooms is None else known(self.plan.rooms, self.book.year(self.years))
        return Costed(
            [Line(*key, amount) for key, amount in found.items() if amount],
            fte,
            {name: self._sum(name, map(self._heads, slots)) for name, slots in self.slots.items()},
            self._budget(),
            self.staff.counts.students(self.plan.name, self.years),
            categories,
            self._known(self.teams.measured(costs, fte, categories), fte),
            sum((line.amount for line in self._other_lines if "once" in self.plan.costs[line.component]), ZERO),
            rooms,
            None if rooms is None or there is None else there.value - rooms,
            self._cost_per_fte(found, fte),
            self._known(weeks.measured() | weeks.dollars(costs), fte),
            None if self._lacks(fte) else self._supplement_share(found),
            None if self._lacks(fte) or self._budget_lacks else self._left_recurring(),
            *((None, None) if self.plan.unknown else self._levy(found)),
        )

    def _lacks(self, fte: dict[str, Fraction]) -> bool:
        """Whether nobody knows what some of the staff cost, or what the plan is."""
        uncounted = any(one.unknown for one in self.plan.staff.values())
        return self.plan.unknown or uncounted or any(self._is_unknown(name) and there for name, there in fte.items())

    def _known(self, found: Measured, fte: dict[str, Fraction]) -> Measured:
        """What is known of these measures, where nobody has stated the plan, a number of staff, or a pay."""
        if self.plan.unknown:
            return dict.fromkeys(found)
        uncounted = {name for name, one in self.plan.staff.items() if one.unknown}
        unknown: set[str] = set()
        if uncounted:
            unknown |= OF_STAFF
        if uncounted or any(self._is_unknown(name) and there for name, there in fte.items()):
            unknown |= {"cost_per_seat", "coaching_cost", "shared_planning_cost"}
        return {name: None if name in unknown else one for name, one in found.items()}

    def _supplement_share(self, amounts: dict[tuple[str | None, str, str], Fraction]) -> Fraction | None:
        """What supplements are of salaries, to four decimals; None where nobody has a salary."""
        of_posts = [(kind, amount) for (role, _, kind), amount in amounts.items() if role in self.roles]
        salaries, supplements = (
            sum((n for one, n in of_posts if one == kind), ZERO) for kind in ("salary", "supplement")
        )
        return rounded(supplements / salaries, Fraction(1, 10_000)) if salaries else None

    def _left_recurring(self) -> Fraction | None:
        """What the funds that do not end have, less what is paid when the others have ended and is not paid once."""
        budget, rules = self._budget(), self.book.file.get("funds", {})
        if budget is None:
            return None

        def follows(fund: str) -> str:
            while "ends" in rules.get(fund, {}):
                fund = rules[fund].get("then", "general")
            return fund

        once = {name for name, block in self.plan.costs.items() if "once" in block}
        lines = [*self._role_lines, *(line for line in self._other_lines if line.component not in once)]
        goes_on = sum((line.amount for line in lines if follows(line.fund) != STOP), ZERO)
        return sum((amount for fund, amount in budget.items() if follows(fund) == fund), ZERO) - goes_on

    def _levy(self, amounts: dict[tuple[str | None, str, str], Fraction]) -> tuple[Fraction | None, Fraction | None]:
        """What the rest of a revenue must raise: what its fund pays less what else comes in; and how much more that is
        than the year before, of which the file states what was raised before its own year."""
        fund = self._met
        if fund is None or fund in self._not_stated:
            return None, None
        paid = sum((amount for (_, payer, _), amount in amounts.items() if payer == fund), ZERO)
        raised = paid - (self._stated_budget or {})[fund]
        part = next(one for one in (self.plan.budget or {})[fund]["revenue"].values() if is_rest(one))
        before = known(part["last_year"], self.book.year(0)).value if "last_year" in part else None
        return raised, _more(raised, before)

    @cached_property
    def _met(self) -> str | None:
        """The fund of which one part of the revenue is the rest, while it lasts."""
        stated = [(fund, one) for fund, one in (self.plan.budget or {}).items() if fund in (self._stated_budget or {})]
        of_year = {
            fund
            for fund in self.plan.in_years
            if known({"value": "0", "years": self.plan.in_years[fund]}, self.book.year(self.years)).dated
        }
        found = (fund for fund, one in stated if fund not in of_year and any(map(is_rest, parts_of(one))))
        return next(found, None)

    def _cost_per_fte(self, amounts: dict[tuple[str | None, str, str], Fraction], fte: Money) -> Fraction | None:
        """The pay and benefits of the plan's roles for 1.0 FTE, in cents, of a part of the year as much; None where
        nobody is there, or where nobody knows what somebody is paid."""
        unknown = any(fte[name] and self._is_unknown(name) for name in fte)
        if unknown or any(one.unknown for one in self.plan.staff.values()):
            return None
        worked = {
            name: self._sum(name, [slot.fte * self.roles[name].part(slot)[0] for slot in slots])
            for name, slots in self.slots.items()
        }
        everybody = sum(worked.values(), ZERO)
        paid = sum((amount for (role, *_), amount in amounts.items() if role in worked), ZERO)
        return rounded(paid / everybody, Fraction(1, 100)) if everybody else None

    def _is_unknown(self, name: str) -> bool:
        """Whether nobody knows what its people earn, or what some of them have brought from another role."""
        block = self.roles[name].block
        source = self.roles.get(block.get("filled_from", ""))
        brings = (
            source is not None and source.block.get("salary") == UNKNOWN and not any(key in block for key in STATED)
        )
        if self.price == "average" or (self.price == "new_hire" and "new_hire" in block):
            brings = False
        moved = brings and any(slot.moved is not None and slot.fte * slot.count for slot in self.slots[name])
        return block.get("salary") == UNKNOWN or moved

    def _rooms(self, fte: dict[str, Fraction]) -> Fraction | None:
        """The rooms that the staff needs; None where no role says how many it needs, or nobody how many they are."""
        if self.plan.unknown or any(one.unknown for one in self.plan.staff.values()):
            return None
        if not any("rooms" in role for plan in self.book.plans.values() for role in plan.roles.values()):
            return None
        year = self.book.year(self.years)
        needed = ((name, role.block["rooms"]) for name, role in self.roles.items() if "rooms" in role.block)
        return sum((fte[name] * known(rooms, year).value for name, rooms in needed), ZERO)

    # Staff

    def _sum(self, name: str, each: Iterable[Fraction]) -> Fraction:
        left = self.roles[name].funds.left
        pairs = zip(self.slots[name], each, strict=True)
        return sum((slot.count * one * left(slot) for slot, one in pairs), ZERO)

    def _heads(self, slot: Slot) -> Fraction:
        """A vacant post is nobody; whoever holds several posts is one, shared by FTE among them."""
        if slot.vacant:
            return ZERO
        if slot.person is None:
            return Fraction(1)
        posts = [one for slots in self.slots.values() for one in slots if one.person == slot.person]
        most = max(one.count for one in posts)
        return slot.fte / sum((one.fte * one.count / most for one in posts), ZERO)

    # Pay

    def _earning(self, name: str, slot: Slot) -> list[tuple[Slot, list[Lot] | None]]:
        """Some people by what 1.0 FTE of them earns, those who have stayed and those who have followed; those who have
        come from another role each by what they bring."""
        one_price = self.price == "average" or (self.price == "new_hire" and "new_hire" in self.plan.roles[name])
        if one_price or slot.vacant or slot.wage is not None or slot.moved is None:
            return [(slot, self._salary(name, slot))]
        return [(slot.times(share), own) for share, own in self._moved(name, slot.moved)]

    def _salary(self, name: str, slot: Slot) -> list[Lot] | None:
        """What 1.0 FTE earns: at one price for everybody, or their own; posts added what a new hire does."""
        pay = self.roles[name].pay
        hire = [Lot(ONE, pay.hire(self.years))] if "new_hire" in pay.role else None
        if self.price == "new_hire" and hire is not None:
            return hire
        if self.price == "average":
            if "average" in pay.role:
                return [Lot(ONE, pay.average())]
            return _first(self._mean(name), pay.own(), hire)
        if slot.vacant:
            return self._vacant(name, slot)
        if slot.wage is not None:
            return pay.aged(slot.wage, slot.since)
        if slot.hired is not None and hire is not None and self.price is None:
            return pay.hired(slot.hired)
        return self._own(name)

    def _own(self, name: str) -> list[Lot] | None:
        pay = self.roles[name].pay
        hired = pay.hired(0) if "new_hire" in pay.role else None
        return _first(pay.own(), self._mean(name), hired)

    def _moved(self, name: str, moved: Moved) -> list[tuple[Fraction, list[Lot] | None]]:
        """Who has come from another role has the pay that this one states; where it states none, they bring what those
        had who gave up a post there, by their shares of these. From then on they age as everybody does."""
        pay = self.roles[name].pay
        if any(key in pay.role for key in STATED):
            return [(ONE, pay.own(moved.year))]
        each = self._shares_brought(name, moved)
        return [(share, pay.turned(own, moved.year)) for share, own in each] or [(ONE, self._own(name))]

    def _shares_brought(self, name: str, moved: Moved) -> list[tuple[Fraction, Fraction]]:
        """Of those who had a pay to bring, the share of those who had each."""
        each = [
            (slot.fte * slot.count * share, own)
            for role, slot in moved.brought
            for share, own in self._brought(name, role, slot)
        ]
        fte = sum((one for one, _ in each), ZERO)
        return [(one / fte, own) for one, own in each] if fte else []

    def _brought(self, name: str, role: str, slot: Slot) -> Iterator[tuple[Fraction, Fraction]]:
        """The pay of a post given up, with the growth of the role to which it is brought, by the shares of those who
        hold it; none where it had none of its own, and its role states none."""
        block = self.plan.roles[role]
        pay = Pay(self.book, self.plan, block, self.years, growing=self.roles[name].block)
        if slot.wage is not None:
            yield from ((lot.share, lot.pay) for lot in pay.places(slot.wage, slot.since))
        elif slot.hired is not None and "new_hire" in block:
            yield ONE, pay.hire(slot.hired)
        elif slot.moved is not None and not any(key in block for key in STATED):
            yield from self._shares_brought(name, slot.moved)
        elif "salary" in block:
            since = slot.moved.year if slot.moved is not None else 0
            yield from ((lot.share, lot.pay) for lot in pay.places(Wage(block["salary"]), since))
        elif "average" in block:
            yield ONE, pay.average()
        elif "new_hire" in block and not slot.beside_placed:
            yield ONE, pay.hire(0)

    def _vacant(self, name: str, slot: Slot) -> list[Lot] | None:
        """What a post that nobody holds would be paid: what its row says, else a new hire, else what the role says; it
        gains no step. At one price for everybody it is no hire's."""
        pay = self.roles[name].pay
        if slot.wage is not None:
            return self._of_row(pay, slot, slot.wage)
        if self.price is None and "new_hire" in pay.role:
            return [Lot(ONE, pay.hire(self.years))]
        return [Lot(ONE, pay.wage(Wage(pay.role["salary"]), None))] if "salary" in pay.role else self._own(name)

    def _mean(self, name: str) -> list[Lot] | None:
        """What the placed of the plan earn on average, by FTE; where nobody of them is left, those of today."""
        for slots in (self.slots[name], self.staff.slots(BASELINE, name, 0)):
            paid = [(one, one.wage) for one in slots if one.wage is not None]
            fte = sum((one.fte * one.count for one, _ in paid), ZERO)
            if fte:
                pay = self.roles[name].pay
                dollars = (one.fte * one.count * average(self._of_row(pay, one, wage)) for one, wage in paid)
                return [Lot(ONE, sum(dollars, ZERO) / fte)]
        return None

    def _of_row(self, pay: Pay, slot: Slot, wage: Wage) -> list[Lot]:
        return [Lot(ONE, pay.wage(wage, None))] if slot.vacant else pay.aged(wage, slot.since)

    # Lines

    @cached_property
    def _role_lines(self) -> list[Line]:
        known = {name: slots for name, slots in self.slots.items() if not self._is_unknown(name)}
        every = [post for name, slots in known.items() for post in self._posts(name, slots)]
        posts = [_with_stipends(post, every) for post in every]
        found: list[Line] = []
        for name, role in self.roles.items():
            if self._is_unknown(name):
                continue
            together: Lines = {}
            for post in posts:
                if post.role is role:
                    same = [
                        one for one in posts if post.slot.person is not None and one.slot.person == post.slot.person
                    ]
                    _add(together, lines(post, same or [post]), 1)
            found += self._rounded(name, role, together)
            if self._is_displacing(role):
                found += self._rounded(DISPLACED, role, self._displaced(name, role))
        return found

    def _posts(self, name: str, slots: list[Slot]) -> list[Post]:
        """The posts of a role; where it is paid by the size of its teams, each by those who lead one and those who do
        not. Whoever has further posts has the average."""
        role, posts = self.roles[name], [post for slot in slots for post in self._of(name, slot)]
        if not is_by_size(role.block):
            return posts
        shares = self.teams.supplements(name, role.pay, fte_of(slots))
        average = sum((share * price for share, price in shares), ZERO)
        found: list[Post] = []
        for post in posts:
            if self._has_several(post.slot):
                found.append(post._replace(supplement=average))
                continue
            for share, price in ((share, price) for share, price in shares if share):
                slot = replace(post.slot.times(share), person=None)
                found.append(post._replace(slot=slot, supplement=price))
        return found

    def _has_several(self, slot: Slot) -> bool:
        return slot.person is not None and sum(row["id"] == slot.person for row in self.book.roster) > 1

    def _of(self, name: str, slot: Slot) -> list[Post]:
        """Some people of a role, those apart who earn differently."""
        return [
            Post(one, self.roles[name], None if own is None else tuple(own), self._fresh(one))
            for one, own in self._earning(name, slot)
        ]

    def _fresh(self, slot: Slot) -> bool:
        """Whether nobody leaves: those who have just come, and posts that nobody holds."""
        return self.price is None and (slot.hired == self.years or slot.vacant)

    def _is_displacing(self, role: Role) -> bool:
        cut = role.block.get("cut_saves", self.plan.cut_saves)
        return self.price is None and "new_hire" in role.block and cut == "new_hire"

    def _displaced(self, name: str, role: Role) -> Lines:
        """What is still paid to those whose post was given up: their own pay less what a new hire of that year earns
        by now, never less than nothing, with all that depends on the salary, for those who pay this."""
        together: Lines = {}
        for slot, year in self.staff.gone(self.plan.name, name, self.years):
            for post in self._of(name, slot):
                if post.earned is None:
                    continue
                saved = post._replace(earned=tuple(_saved(post.earned, role.pay.hired(year), year)))
                for one, sign in ((post, 1), (saved, -1)):
                    _add(together, lines(one, [one], by_salary=True), sign)
        if "vacancy" in together:
            apart = ("vacancy", *role.block.get("saves", {}))
            costs = [one for name, one in together.items() if name not in apart and sum(one.values(), ZERO)]
            together["vacancy"] = vacancy(role, costs)
        return together

    def _rounded(self, name: str, role: Role, together: Lines) -> list[Line]:
        stated = paying(role.block.get("funds", {self.book.default_fund: "100%"}), self.book.year(self.years))
        return [
            Line(name, fund, component, part)
            for component, weights in together.items()
            for fund, part in self._shared(weights, stated)
        ]

    def _shared(self, weights: Weights, stated: Iterable[str]) -> list[tuple[str, Fraction]]:
        line = rounded(sum(weights.values(), ZERO), self.book.unit)
        order = in_order(self.book, stated, weights, self.years)
        return list(shared(line, weights, order, self.book.unit).items())

    @cached_property
    def _other_lines(self) -> list[Line]:
        """Costs that are not a role's: an amount, or dollars for each student."""
        year, found = self.book.year(self.years), list[Line]()
        for name, block in self.plan.costs.items():
            if "once" in block and year_of(block["once"]) != year:
                continue
            price = known(next(block[way] for way in ("amount", "per_student", "budget_share") if way in block), year)
            growth = grown(self.plan.rules, "other_costs", "", self.book.first, self.years, price.since)
            exact = price.value if price.dated or "once" in block else price.value * growth
            if "budget_share" in block:
                exact = price.value * self._of_budget(block)
            if "per_student" in block:
                exact *= self.staff.counts.students(self.plan.name, self.years) or 0
            stated = paying(block.get("funds", {block.get("fund", self.book.default_fund): "100%"}), year)
            weights: Weights = {}
            for fund, share in stated.items():
                if (now := payer(self.book, fund, self.years)) != STOP:
                    weights[now] = weights.get(now, ZERO) + exact * known(share, year).value
            found += [Line(None, fund, name, part) for fund, part in self._shared(weights, stated)]
        return found

    def _of_budget(self, block: Plain) -> Fraction:
        """The budget that a cost is a share of: that of the fund it names, or of the one that pays it."""
        fund = block.get("of")
        if fund is None:
            [fund] = paying(block.get("funds", {block.get("fund", self.book.default_fund): "100%"}), None)
        return (self._stated_budget or {}).get(fund, ZERO)

    def _budget(self) -> Money | None:
        """What each fund has; one of which a part is the rest has what it pays."""
        found, met = self._stated_budget, self._met
        if found is None or met is None:
            return found
        others = {fund: one for fund, one in found.items() if fund != met}
        paid = [line.amount for line in [*self._role_lines, *self._other_lines] if line.fund == met]
        return others if met in self._not_stated else {**others, met: sum(paid, ZERO)}

    @cached_property
    def _stated_budget(self) -> Money | None:
        return budget(self.book, self.plan, self.years, self.staff.counts, self._of_baseline)

    @cached_property
    def _budget_lacks(self) -> bool:
        """Whether nobody knows what some fund has that has what staff costs."""
        met, stated = self._met, self._stated_budget
        if stated is None:
            return False
        unknown = self._today._not_stated if self.plan.budget_of_baseline else set[str]()
        there = {fund for fund in unknown if not ended(self.book, fund, self.years)}
        return bool(there - stated.keys()) or met in self._not_stated

    @cached_property
    def _not_stated(self) -> set[str]:
        """The funds that pay some of whom nobody knows what they cost, or how many they are."""
        found: set[str] = set()
        for name, role in self.roles.items():
            uncounted = name in self.plan.staff and self.plan.staff[name].unknown
            there = any(slot.fte * slot.count for slot in self.slots[name])
            if uncounted or (self._is_unknown(name) and there):
                found |= role.funds.every(row for row in self.book.roster if row["role"] == name)
        return found

    @cached_property
    def _today(self) -> _Plan:
        """Today's staff in the file's own year, each at their own pay."""
        return _Plan(self.book, self.staff, self.book.plans[BASELINE], 0, None)

    def _of_baseline(self) -> Today:
        """What today's staff cost by fund, and the funds of which nobody knows it."""
        plan = self._today
        found: Money = {}
        for line in [*plan._role_lines, *plan._other_lines]:
            found[line.fund] = found.get(line.fund, ZERO) + line.amount
        return found, plan._not_stated


def _more(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    return None if now is None or not before else rounded((now - before) / before, Fraction(1, 10**6))


def _first(*pay: list[Lot] | None) -> list[Lot] | None:
    return next((one for one in pay if one is not None), None)


def _saved(earned: Iterable[Lot], hired: list[Lot], year: int) -> list[Lot]:
    """What hires of a year would earn in the place of people whose posts were given up then, never more than each of
    these; who has come since would have come to either. Of pay known on average alone the lesser on average."""
    lots = list(earned)
    since = [(lot.share, lot.year) for lot in lots if lot.year is not None and lot.year > year]
    if since != [(lot.share, lot.year) for lot in hired[1:]]:
        return [Lot(ONE, min(average(lots), average(hired)))]
    return [lot if (lot.year or 0) > year else lot._replace(pay=min(lot.pay, hired[0].pay)) for lot in lots]


def _with_stipends(post: Post, posts: Iterable[Post]) -> Post:
    """A post with its part of the stipend, which a person is paid once for all posts in one role."""
    if post.slot.person is None:
        return post
    same = [one.slot for one in posts if one.role is post.role and one.slot.person == post.slot.person]
    most = max(one.count for one in same)
    if not most:
        return post
    return post._replace(stipends=post.slot.fte / sum((one.fte * one.count / most for one in same), ZERO))


def _add(together: Lines, more: Lines, sign: int) -> None:
    for component, weights in more.items():
        of = together.setdefault(component, {})
        for fund, dollars in weights.items():
            of[fund] = of.get(fund, ZERO) + sign * dollars
