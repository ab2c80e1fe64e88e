"""Decisions that begin and end: the plan of each year is the one that the file would state if it stated no other.

What is in force in a year has begun by then and has not ended. Before a scenario begins, and after it has ended, the
plan that it is like stands in its place. What has ended is undone whole, as if it had never been; what is in force has
come about year by year, each decision in the year in which it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from staffcalc.formula.words import plain
from staffcalc.language.file import Scenario
from staffcalc.language.school_year import later
from staffcalc.school.drafts import Draft, Drafts, scenario_draft
from staffcalc.school.not_stated import as_today, known_of, known_staff
from staffcalc.school.school import BASELINE, Decided, Plan, Staffed
from staffcalc.school.stated import Stated
from staffcalc.school.terms import Term, term
from staffcalc.source.tree import Text

Moment = tuple[int, int]
"""A year, and one up to which decisions have begun that are in force in it; both counted from the file's year."""
Moments = Mapping[Moment, Drafts]
"""The plans of a file at each moment at which some decision begins or has ended; none where no decision has a year."""


def moments(stated: Stated, drafts: Drafts) -> Moments:
    """The plans of all moments, by the reader's own rules. What cannot be made is among the problems."""
    terms = list(dict.fromkeys(_terms(stated, drafts)))
    known: dict[tuple[bool, ...], Drafts] = {}
    found: dict[Moment, Drafts] = {}
    for moment in _between({0, *_turns(terms)}):
        key = tuple(term.holds(*moment) for term in terms)
        if key not in known:
            known[key] = _drafted(moment, stated, drafts)
        found[moment] = known[key]
    return found


def _turns(terms: Iterable[Term]) -> Iterator[int]:
    """The years in which something begins, or has just ended."""
    for one in terms:
        yield one.begins
        if one.ends is not None:
            yield one.ends + 1


def _between(turns: Collection[int]) -> Iterator[Moment]:
    """The moments of these years; none where nothing changes from year to year."""
    if len(turns) > 1:
        yield from ((year, begun) for year in sorted(turns) for begun in sorted(turns) if begun <= year)


def with_draft(
    found: Moments, now: Drafts, terms: Iterable[Term], make: Callable[[Moment, Drafts], Draft | None]
) -> Moments:
    """The plans of all moments with one more, or another one of its name, whose decisions have these terms. `now` are
    the plans where none of theirs has a year."""
    before = found or {(0, 0): now}
    turns = sorted({year for year, _ in before})
    made: dict[Moment, Drafts] = {}
    for moment in _between({*turns, *_turns(terms)}):
        year, begun = (max(turn for turn in turns if turn <= one) for one in moment)
        drafts = before[year, begun]
        draft = make(moment, drafts)
        made[moment] = drafts if draft is None else {**drafts, draft.plan.name: draft}
    return made


def plans_of(drafts: Drafts, found: Moments, file_year: str | None) -> dict[str, Plan]:
    """Every plan as it stands in the file's year, with those that take its place in later years; nothing of one that
    nobody has stated."""
    if not found:
        return {name: known_of(draft.plan) for name, draft in drafts.items()}
    turns, stated_year = list(dict.fromkeys(year for year, _ in found)), None if file_year is None else Text(file_year)
    every: dict[str, Plan] = {}
    for name, draft in drafts.items():
        of_years = [(year, _of_year(name, year, draft.plan, found)) for year in turns]
        coming = sorted(_coming(of_years, draft.plan, drafts[BASELINE].plan, stated_year))
        of_years = [(year, _awaiting(plan, year, file_year, coming)) for year, plan in of_years]
        first, rest = of_years[0][1], [one for at, one in enumerate(of_years) if at]
        every[name] = first._replace(later=tuple(rest))
    return every


def _coming(
    of_years: Iterable[tuple[int, Plan]], whole: Plan, baseline: Plan, file_year: Text | None
) -> set[tuple[int, str]]:
    """What of a plan begins in which year: entries of its change, and other costs that are not the baseline's own."""
    staff = (one for _, plan in of_years for one in plan.staff)
    found = {(step.year, f"the change of {one.post.name}") for one in staff for step in one.decided}
    for name, (cost, _) in whole.other_costs.items():
        own = baseline.other_costs.get(name)
        begins = term(cost, file_year).begins
        if begins and (whole.name == BASELINE or own is None or term(own[0], file_year).begins != begins):
            found.add((begins, f"the other cost {name}"))
    return found


def _awaiting(plan: Plan, year: int, file_year: str | None, coming: Iterable[tuple[int, str]]) -> Plan:
    if file_year is None:
        return plan
    if year < plan.begins:
        return plan._replace(awaits=later(file_year, plan.begins))
    return plan._replace(to_come=tuple((what, later(file_year, begins)) for begins, what in coming if begins > year))


def _of_year(name: str, year: int, whole: Plan, found: Moments) -> Plan:
    """A plan of one year: how its staff have come about is told turn by turn."""
    drafts_of_year = [(begun, drafts) for (of, begun), drafts in found.items() if of == year]
    path = [(begun, known_staff(drafts[name].staff)) for begun, drafts in drafts_of_year]
    today = known_staff(found[year, 0][BASELINE].staff)
    staff = tuple(
        _come_about(one, [(begun, there.get(role)) for begun, there in path], today.get(role))
        for role, one in path[-1][1].items()
    )
    plan = drafts_of_year[-1][1][name].plan._replace(
        staff=staff, place=whole.place, begins=whole.begins, ends=whole.ends, like=whole.like
    )
    return known_of(plan)


def _come_about(now: Staffed, path: list[tuple[int, Staffed | None]], today: Staffed | None) -> Staffed:
    """The staff of a role as they were at first, and what has been decided of them in each year since."""
    nobody = Staffed(now.post, (), now.each, now.people)
    before = first = path[0][1] or nobody
    beside, decided = today or nobody, list[Decided]()
    for year, one in path[1:]:
        then = one or nobody
        if beside.not_counted and before.not_counted and not then.placements:
            before = first = as_today(then)  # of whom nobody knows who is new
        if _same(then, before):
            continue
        cells = then.placements if then.restated and not before.restated else then.placements[len(before.placements) :]
        people = tuple(person for person in then.laid_off if person not in before.laid_off)
        restated = then.restated and then.placements != before.placements and not before.restated
        hired = then.hired[len(before.hired) :]
        decided.append(Decided(year, then.counts, cells, people, restated, hired))
        before = then
    if not decided:
        return now
    if beside.not_counted and not first.not_counted:
        beside = as_today(first)
    return now._replace(
        counts=first.counts,
        placements=first.placements,
        laid_off=first.laid_off,
        restated=first.restated,
        hired=first.hired,
        today=None if beside is now else beside,
        decided=tuple(decided),
    )


def _same(one: Staffed, other: Staffed) -> bool:
    return (one.counts, one.placements, one.laid_off) == (other.counts, other.placements, other.laid_off)


def check_counted_alike(stated: Stated, found: Moments) -> None:
    """What a later year decides of a role is counted as the role was before."""
    years = {year for year, _ in found}
    for turn in sorted(years):
        path = [(begun, drafts) for (of, begun), drafts in found.items() if of == turn]
        for (_, before), (year, now) in pairwise(path):
            for name in now:
                _check_counted(name, year, (before[name], now[name]), stated)


def _check_counted(name: str, year: int, drafts: tuple[Draft, Draft], stated: Stated) -> None:
    before, now = drafts
    for role, one in now.staff.items():
        was = before.staff.get(role)
        if was is None or not was.counts or not one.counts or _as_counted(was) == _as_counted(one):
            continue
        begins = later(str(stated.file.year), year)
        what = f"`{role}` is counted in {_as_counted(was)} before {begins}, and in {_as_counted(one)} from then on"
        stated.problems.add(now.plan.place, what, "count it alike in both years")


def check_hired(stated: Stated, drafts: Drafts, found: Moments) -> None:
    """Posts that are added for a part of the year are there at the end of what is decided with them."""
    if not any(one.hired for draft in drafts.values() for one in draft.staff.values()):
        return
    for plan in plans_of(drafts, found, stated.file.year).values():
        for one in (one for now in (plan, *(now for _, now in plan.later)) for one in now.staff):
            _check_hired(one, stated)


def _check_hired(one: Staffed, stated: Stated) -> None:
    for counts, hired in ((one.counts, one.hired), *((step.counts, step.hired) for step in one.decided)):
        there = sum((count.value for count in counts), Decimal(0))
        added = sum((post.number.value for post in hired), Decimal(0))
        if added > there:
            what = (
                f"{plain(added)} {'people' if one.people else 'FTE'} of `{one.post.name}` are added for a part of the"
            )
            what = f"{what} year, but there are {plain(there)} in the end"
            stated.problems.add(hired[-1].number.place, what, "take away fewer, or leave out the months")


def _as_counted(one: Staffed) -> str:
    if not one.people:
        return "FTE"
    return "people" if one.each is None or one.each.value == 1 else f"people of {plain(one.each.value)} FTE each"


# What is in force


def in_force(stated: Stated, drafts: Drafts, moment: Moment) -> Stated:
    """What the file states, with the scenarios as they are in force at a moment."""
    year = stated.file.year
    scenarios = {name: _scenario(one, drafts.get(str(name)), moment, year) for name, one in stated.scenarios.items()}
    return stated._replace(file=stated.file.model_copy(update={"scenarios": scenarios}))


def _scenario(one: Scenario, draft: Draft | None, moment: Moment, year: Text | None) -> Scenario:
    if draft is None:
        return one
    if not Term(draft.plan.begins, draft.plan.ends).holds(*moment):
        return Scenario().model_copy(update={"like": one.like, "note": one.note, "over_budget": one.over_budget})
    changed: dict[str, object] = {}
    if one.change is not None:
        kept = {role: [one for one in some if term(one, year).holds(*moment)] for role, some in one.change.items()}
        changed["change"] = {role: some for role, some in kept.items() if some}
    if one.other_costs is not None:  # laid over a cost that begins later, it begins with it
        whole = draft.plan.other_costs
        paid = {name for name, (cost, _) in whole.items() if term(cost, year).holds(*moment)}
        changed["other_costs"] = {name: cost for name, cost in one.other_costs.items() if name in paid}
    return one.model_copy(update=changed)


def _drafted(moment: Moment, stated: Stated, drafts: Drafts) -> Drafts:
    """The plans as they are in force at a moment."""
    now, baseline = in_force(stated, drafts, moment), drafts[BASELINE]
    there = {
        name: one for name, one in baseline.plan.other_costs.items() if term(one[0], stated.file.year).holds(*moment)
    }
    # what a scenario lays over a cost is whole also where the file's own is not in force: its tree stays
    today = baseline._replace(plan=baseline.plan._replace(other_costs=there))
    made: dict[str, Draft] = {BASELINE: today}
    for name in _in_order(stated, drafts):
        before = _begun_early(name, moment, stated, drafts, made)
        if (draft := scenario_draft(name, now, before)) is not None:
            made[str(name)] = draft
    return made


def _begun_early(name: Text, moment: Moment, stated: Stated, drafts: Drafts, made: Drafts) -> Drafts:
    """The plans that a scenario may start from: the one that it is like has its years, where it begins before that."""
    scenario, plan = stated.scenarios[name], drafts[str(name)].plan
    like = None if scenario.like is None else next((one for one in stated.scenarios if one == scenario.like), None)
    if like is None or not Term(plan.begins, plan.ends).holds(*moment) or plan.begins >= drafts[like].plan.begins:
        return made
    years = {"begins": scenario.begins, "until": scenario.until}
    scenarios = {**stated.scenarios, like: stated.scenarios[like].model_copy(update=years)}
    early = stated._replace(file=stated.file.model_copy(update={"scenarios": scenarios}))
    start = drafts[like]._replace(plan=drafts[like].plan._replace(begins=plan.begins, ends=plan.ends))
    within = {**drafts, str(like): start}
    before = _begun_early(like, moment, early, within, made)
    draft = scenario_draft(like, in_force(early, within, moment), before)
    return made if draft is None else {**made, str(like): draft}


def _terms(stated: Stated, drafts: Drafts) -> Iterator[Term]:
    """The years of all decisions that have any."""
    year = stated.file.year
    yield from (Term(draft.plan.begins, draft.plan.ends) for draft in drafts.values())
    yield from (term(cost, year) for draft in drafts.values() for cost, _ in draft.plan.other_costs.values())
    for one in stated.scenarios.values():
        yield from terms_of_change(one, year)


def terms_of_change(scenario: Scenario, year: Text | None) -> Iterator[Term]:
    """The years of the entries of a scenario's change."""
    yield from (term(entry, year) for some in (scenario.change or {}).values() for entry in some)


def _in_order(stated: Stated, drafts: Drafts) -> Iterator[Text]:
    """The scenarios, each after the one that it is like."""
    keys = {str(name): name for name in stated.scenarios}
    yield from (keys[name] for name in drafts if name in keys)
