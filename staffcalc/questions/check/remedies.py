"""What would make a failed check hold: posts to add or to give up. Each hint is applied to the plan, costed again and
judged before it is given; no hint is better than one that does not suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from staffcalc.costing.ledger import PlanLedger
from staffcalc.costing.lines import ZERO, totals_by
from staffcalc.costing.measures.fund_use import fund_uses, over_budget
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.teams import in_teams
from staffcalc.costing.scope import NOT_WITH_STUDENTS, TEACHERS, Scope
from staffcalc.costing.trying import Changes, Tried, Trying
from staffcalc.formula.formula import value
from staffcalc.formula.words import money, people, plain, positions
from staffcalc.language.check import Check
from staffcalc.questions.figures.provenance import staffed
from staffcalc.records import NamedTuple
from staffcalc.school.school import School

POSTS = Decimal("0.1")
"""Suggestions are in tenths of an FTE, or in whole people."""
MOST_STEPS = 2**15
"""More posts than any school would add."""

Short = Callable[[PlanLedger, PlanLedger], Decimal | None]
"""What is missing in a plan beside its baseline (above zero) or too much (below); 0 where it holds, None for n/a."""


class Hint(NamedTuple):
    """Posts that would suffice, and whether others might as well."""

    changes: Changes
    one_of_several: bool


# The budget


def budget_remedy(plan: PlanLedger, trying: Trying) -> str:
    """How a plan that is over its budget would fit: what to give up for each fund that is over. Where that is not
    enough for one of them, it says so."""
    changes: dict[str, Decimal] = {}
    phrases: list[str] = []
    enough: list[bool] = []
    for short, what, costs in _overspent(plan):
        missing = short(plan, plan) or ZERO
        free = f"free {_amount(what, missing)}"
        roles = sorted((role for role in costs if costs[role] > 0), key=lambda role: (-costs[role], role))
        hint = _first(roles, -1, short, trying, changes)
        enough.append(hint is not None)
        phrases.append(f"{free}: {_say(hint, trying)}" if hint is not None else f"{free}: no one role is enough")
        changes = _together(changes, hint.changes if hint is not None else {})
    if not any(enough) or (all(enough) and not _fits(trying(changes).plan)):
        return ""
    return "; ".join(phrases)


def _fits(plan: PlanLedger) -> bool:
    return not over_budget(plan) and (measure("allotment_left", plan, plan) or ZERO) >= 0


def _overspent(plan: PlanLedger) -> Iterator[tuple[Short, str, Mapping[str, Decimal]]]:
    """Each budget that is over: what is missing in it, what it is called, and what each role takes of it."""
    several = len(fund_uses(plan)) > 1
    for use in over_budget(plan):
        lines = (line for line in plan.lines if line.fund == use.fund)
        yield _missing_in(use.fund), f"$ in {plan.plan.called(use.fund)}" if several else "$", totals_by(lines, "role")
    if (measure("allotment_left", plan, plan) or ZERO) < 0:
        yield _missing_positions, "positions", {role.role: role.positions or ZERO for role in plan.staff}


def _missing_in(fund: str) -> Short:
    def missing(plan: PlanLedger, baseline: PlanLedger) -> Decimal:
        return next((use.by for use in over_budget(plan) if use.fund == fund), ZERO)

    return missing


def _missing_positions(plan: PlanLedger, baseline: PlanLedger) -> Decimal:
    return max(-(measure("allotment_left", plan, baseline) or ZERO), ZERO)


def _amount(what: str, missing: Decimal) -> str:
    return f"{money(missing)}{what[1:]}" if what.startswith("$") else f"{positions(missing)}"


# Other checks


def remedy(check: Check, short: Short, plan: PlanLedger, baseline: PlanLedger, trying: Trying) -> str:
    """How a check would hold; nothing where no posts of one role are found that would do."""
    missing = short(plan, baseline)
    for sign, roles in _ways(check, missing, plan, trying.school):
        hint = _first(roles, sign, short, trying, {}, exact=_exact(check, missing))
        if hint is not None:
            return _free(check, missing, plan) + _say(hint, trying)
    return ""


def _free(check: Check, missing: Decimal | None, plan: PlanLedger) -> str:
    """The dollars that posts given up would free, where a check is about dollars of a plan."""
    if missing is None or check.per is not None or check.measure not in ("left", "cost", "change"):
        return ""
    where = f" in {', '.join(plan.plan.called(fund) for fund in check.fund)}" if check.fund else ""
    return f"free {money(abs(missing))}{where}: "


def _exact(check: Check, missing: Decimal | None) -> Decimal | None:
    """The very number of posts that is missing, where the check counts them."""
    return abs(missing) if check.measure in ("fte", "people") and check.per is None and missing is not None else None


def _ways(
    check: Check, missing: Decimal | None, plan: PlanLedger, school: School
) -> Iterator[tuple[int, Sequence[str]]]:
    """What could be done in turn: posts to add (+1) or to give up (-1), of these roles, the likeliest first."""
    more = missing is not None and missing > 0
    part = Scope(check.role, check.category, check.fund)
    if check.per is not None:
        parts = part, Scope(check.per.role, check.per.category)
        for sign, one in ((1, parts[0]), (-1, parts[1])) if more else ((1, parts[1]), (-1, parts[0])):
            yield sign, _roles(one, plan, school, add=sign > 0)
    elif check.measure in ("fte", "people"):
        yield (1 if more else -1), _roles(part, plan, school, add=more)
    elif check.measure == "minutes_short":
        yield (-1 if more else 1), _roles(part, plan, school, add=not more)
    elif check.measure in ("students_per_teacher", "students_per_adult"):
        teachers = check.measure == "students_per_teacher"
        categories = {post.category for post in school.posts.values()} - NOT_WITH_STUDENTS - {None}
        counted = TEACHERS if teachers else frozenset(one for one in categories if one is not None)
        yield (-1 if more else 1), _roles(Scope(categories=counted), plan, school, add=not more)
    elif check.measure in (_AT_LEAST if more else _AT_MOST):
        yield -1, _roles(part, plan, school, add=False)


_AT_LEAST = frozenset({"left", "left_recurring", "allotment_left", "rooms_left"})
"""Measures that are raised by posts given up; the others are lowered by them."""
_AT_MOST = frozenset({"cost", "change", "cost_per_student", "allotment_used", "rooms_needed"})


def _roles(scope: Scope, plan: PlanLedger, school: School, *, add: bool) -> list[str]:
    """The roles of a part that can be added to, or given up: those that the check names in its order, else the
    dearest first; to be added also those that nobody holds yet."""
    costs = totals_by(scope.lines(plan), "role")
    held = [role.role for role in scope.staff(plan) if role.fte and (scope.funds is None or costs.get(role.role))]
    found = sorted(held, key=lambda role: (-costs.get(role, ZERO), role))
    if scope.roles is not None and add:
        found = [str(role) for role in scope.roles if role in school.posts]
    elif add:
        others = (name for name, post in school.posts.items() if scope.categories and post.category in scope.categories)
        found = list(dict.fromkeys([*found, *others]))
    return found


# The search


def _first(
    roles: Iterable[str],
    sign: int,
    short: Short,
    trying: Trying,
    start: Changes,
    *,
    exact: Decimal | None = None,
) -> Hint | None:
    """The first of the roles of which some posts, added or given up beside those of the `start`, suffice."""
    candidates = list(roles)
    for role in candidates:
        if (by := _Search(role, sign, short, trying, start).least(exact)) is not None:
            return Hint({role: by}, len(candidates) > 1)
    return None


class _Search(NamedTuple):
    """More and more posts of one role, added (`sign` 1) or given up (-1) beside those of the `start`."""

    role: str
    sign: int
    short: Short
    trying: Trying
    start: Changes

    def least(self, exact: Decimal | None) -> Decimal | None:
        """The fewest posts that suffice: the `exact` number if that does, else the fewest steps; None where none do."""
        now = self.trying.quickly(self.start)
        in_people, there = _held(now, self.role)
        step = Decimal(1) if in_people else POSTS
        whole = exact is not None and (exact == int(exact) or not in_people)
        if exact is not None and whole and (self.sign > 0 or exact <= there) and self._suffices(exact):
            return self.sign * exact
        most = MOST_STEPS if self.sign > 0 else int(there // step)
        found = self._fewest(self.short(*now), step, most)
        return None if found is None or not self._suffices(found * step) else self.sign * found * step

    def _changes(self, posts: Decimal) -> Changes:
        return _together(self.start, {self.role: self.sign * posts})

    def _suffices(self, posts: Decimal) -> bool:
        """Whether so many posts suffice, with the whole plan costed again."""
        return self.short(*self.trying(self._changes(posts))) == 0

    def _fewest(self, before: Decimal | None, step: Decimal, most: int) -> int | None:
        """The fewest steps with which there is no longer too little, or no longer too much."""

        def enough(steps: int) -> bool:
            found = self.short(*self.trying.quickly(self._changes(steps * step)))
            return found is not None and (found == 0 or (found > 0) != (before is not None and before > 0))

        high = 1
        while high < most and not enough(high):
            high = min(2 * high, most)
        if most < 1 or not enough(high):
            return None
        low = high // 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return high


def _held(tried: Tried, role: str) -> tuple[bool, Decimal]:
    """Whether a role is counted in people, and how many could be given up: people, or FTE."""
    held = staffed(tried.plan.plan, role)
    in_people = held is not None and held.people
    there = next((one for one in tried.plan.staff if one.role == role), None)
    if there is None:
        return in_people, ZERO
    led = in_teams(tried.plan.plan).get(role)
    free = there.fte - (ZERO if led is None else value(led))  # whoever is in a team is needed there
    if led is None or not in_people:
        return in_people, there.people if in_people else max(free, ZERO)
    return in_people, max(there.people * free / there.fte, ZERO) if there.fte else ZERO


def _together(one: Changes, other: Changes) -> dict[str, Decimal]:
    return {role: one.get(role, ZERO) + other.get(role, ZERO) for role in {**one, **other}}


def _say(hint: Hint, trying: Trying) -> str:
    """ "give up 0.4 FTE of tutor, for example"."""
    phrases: list[str] = []
    for role, by in hint.changes.items():
        held = staffed(trying.as_it_is.plan.plan, role)
        count = f"{plain(abs(by))} FTE"
        if held is not None and held.people:
            count = people(abs(by)) + (f" at {plain(held.each.value)} FTE" if held.each is not None else "")
        phrases.append(f"{'add' if by > 0 else 'give up'} {count} of {role}")
    return " and ".join(phrases) + (", for example" if hint.one_of_several else "")
