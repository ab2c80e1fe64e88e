"""How measures of time come about: the week of each role, what is stated of it, and whom it coaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from staffcalc.costing.measures.time import Coached, Spent, Weeks
from staffcalc.costing.measures.time_measures import SHARED_PLANNING, asked_of, dollars_of_role, timed_of
from staffcalc.costing.scope import Scope
from staffcalc.costing.staff import minutes
from staffcalc.costing.staff.minutes import week_formula
from staffcalc.formula.formula import Formula, Rounded, Sum, times, value
from staffcalc.formula.words import TIMES, plain, say_figure
from staffcalc.language.figures import Figure
from staffcalc.questions.explain.asked_measure import AskedMeasure
from staffcalc.questions.figures.provenance import origin, where
from staffcalc.report import Count, ExplainedStep, Money, NotAvailable
from staffcalc.school.parts.mode import LearningMode
from staffcalc.school.time import PARTS, week_of


def minutes_short(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """What each role is asked for against what its week leaves."""
    for spent in Weeks(asked.plan).of(asked_of(asked.plan, asked.scope)):
        steps = list(_week(asked, spent))
        steps += [
            ExplainedStep(f"asked by {one.mode.name}", _minutes(one.minutes), tuple(_mode(asked, one.mode)))
            for one in spent.taught
        ]
        steps += [_coaching(asked, one) for one in spent.coaching]
        for short, each in spent.short_by:
            fte = plain(value(spent.fte))
            there = f"{fte} FTE {TIMES} {plain(value(each))} minutes"
            steps.append(ExplainedStep(f"asked above {there}", _minutes(short)))
        yield ExplainedStep(spent.role, _minutes(spent.short), tuple(steps))
    yield ExplainedStep("added up", asked.cell)


def student_minutes(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """The minutes of each mode for all students, and what that is for one."""
    plan = asked.plan.plan
    if not plan.learning or not asked.plan.students:
        missing = "the plan has no modes of learning" if not plan.learning else "there are no students"
        yield ExplainedStep(f"not available: {missing}", asked.cell)
        return
    modes = _modes(asked)
    for mode in modes:
        yield ExplainedStep(mode.name, _minutes(minutes.minutes_of_students(mode)), tuple(_mode(asked, mode)))
    together = plain(value(Rounded(add_up(map(minutes.minutes_of_students, modes)), 2)))
    yield ExplainedStep(
        f"{together} minutes ÷ {plain(asked.plan.students)} students, rounded to two decimals", asked.cell
    )


def group_size(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """Students and groups of each mode, weighed by their minutes."""
    modes = [mode for mode in _modes(asked) if mode.size is not None]
    for mode in modes:
        yield ExplainedStep(
            f"minutes of students in {mode.name}",
            _minutes(minutes.minutes_of_students(mode)),
            tuple(_mode(asked, mode)),
        )
        yield ExplainedStep(f"minutes of groups in {mode.name}", _minutes(minutes.group_minutes(mode)))
    if isinstance(asked.cell, NotAvailable):
        yield ExplainedStep("not available: there are no groups", asked.cell)
        return
    yield ExplainedStep("minutes of students ÷ minutes of groups, rounded to two decimals", asked.cell)


def _modes(asked: AskedMeasure) -> list[LearningMode]:
    only = asked.scope.modes
    return [mode for mode in asked.plan.plan.learning if only is None or mode.name in only]


def _mode(asked: AskedMeasure, mode: LearningMode) -> Iterator[ExplainedStep]:
    """The figures of a mode with their places, its students, and its groups."""
    for phrase, figure in minutes.mode_figures(mode):
        yield ExplainedStep(f"{phrase}: {say_figure(figure)}; {origin(asked.ledger.school, figure)}")
    yield ExplainedStep("students", _minutes(minutes.learners(mode)))
    if mode.size is not None:
        yield ExplainedStep("groups" + (", whole" if mode.up else ""), _minutes(minutes.groups_in_mode(mode)))


def planning(key: str) -> Callable[[AskedMeasure], Iterator[ExplainedStep]]:
    """The steps of a part of the week that roles state for themselves."""

    def steps(asked: AskedMeasure) -> Iterator[ExplainedStep]:
        weeks, only = Weeks(asked.plan), asked.scope.only(asked.plan)
        having = [spent for spent in weeks.of(only) if key in spent.parts]
        for spent in having:
            each, fte = value(spent.parts[key]), value(spent.fte)
            phrase = f"{spent.role}: {plain(fte)} FTE {TIMES} {plain(each)} minutes"
            yield ExplainedStep(phrase, _minutes(times(spent.fte, spent.parts[key])), tuple(_week(asked, spent, key)))
        among = (
            [spent.fte for spent in having] if only is None else [weeks.fte[one] for one in only if one in weeks.fte]
        )
        yield _each(asked, (times(one.fte, one.parts[key]) for one in having), among)

    return steps


def coaching_minutes(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """Who coaches whom, and what that is for one of them."""
    weeks, only = Weeks(asked.plan), asked.scope.only(asked.plan)
    coached = weeks.coached(only)
    for one in coached:
        yield _coaching(asked, one)
    roles = dict.fromkeys(one.role for one in coached if value(weeks.fte[one.coach])) if only is None else only
    among = [weeks.fte[one] for one in roles if one in weeks.fte]
    if isinstance(asked.cell, NotAvailable) and value(add_up(among)):
        yield ExplainedStep("not available: nobody coaches them", asked.cell)
        return
    yield _each(asked, (one.minutes for one in coached), among)


def teaching_share(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """What each role has for students, of its week."""
    timed = list(timed_of(Weeks(asked.plan), asked.scope))
    for spent in timed:
        whole = _minutes(times(spent.fte, spent.week)).value
        steps = (*_week(asked, spent), *(_coaching(asked, one) for one in spent.coaching))
        yield ExplainedStep(
            f"{spent.role}: minutes for students, of {plain(whole)}", _minutes(spent.room), tuple(steps)
        )
    if isinstance(asked.cell, NotAvailable):
        yield ExplainedStep("not available: nobody is there", asked.cell)
        return
    room, there = add_up(one.room for one in timed), add_up(times(one.fte, one.week) for one in timed)
    yield ExplainedStep(f"{plain(_minutes(room).value)} ÷ {plain(_minutes(there).value)} minutes", asked.cell)


def coaching_cost(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """What the minutes of coaching are of the pay and benefits of those who give it and those who get it."""
    weeks, given = Weeks(asked.plan), dict[str, list[Coached]]()
    for one in weeks.coached():
        for role in (one.coach, one.role):
            given.setdefault(role, []).append(one)
    every = {
        role: (add_up(map(weeks.given, some)), [step for one in some for step in _given(asked, weeks, one)])
        for role, some in given.items()
    }
    yield from _cost_of(asked, every)


def _given(asked: AskedMeasure, weeks: Weeks, one: Coached) -> Iterator[ExplainedStep]:
    """Whom a role coaches, and what it has for that where more is asked."""
    yield _coaching(asked, one)
    given = weeks.given(one)
    if value(given) < value(one.minutes):
        yield ExplainedStep(f"of which {one.coach} has the time for", _minutes(given))


def shared_planning_cost(asked: AskedMeasure) -> Iterator[ExplainedStep]:
    """What the minutes of planning together are of the pay and benefits of those who do."""
    spent = [one for one in Weeks(asked.plan).of() if SHARED_PLANNING in one.parts]
    every = {
        one.role: (times(one.fte, one.parts[SHARED_PLANNING]), list(_week(asked, one, SHARED_PLANNING)))
        for one in spent
    }
    yield from _cost_of(asked, every)


def _cost_of(asked: AskedMeasure, every: Mapping[str, tuple[Formula, list[ExplainedStep]]]) -> Iterator[ExplainedStep]:
    weeks, only = Weeks(asked.plan), asked.scope.only(asked.plan)
    for role, (asks, steps) in every.items():
        if only is not None and role not in only:
            continue
        dollars = dollars_of_role(weeks, role, asks)
        week = week_of(weeks.posts[role], asked.plan.plan)
        if dollars is None or week is None:
            yield ExplainedStep(f"not available: the week of {role} is not stated", asked.cell)
            return
        there = times(weeks.fte[role], week_formula(week))
        cost = asked.cell_of("cost", Scope((role,)))
        steps = [*steps, ExplainedStep(f"of pay and benefits of {role}", cost, ())]
        phrase = f"{role}: {plain(_minutes(asks).value)} of {plain(_minutes(there).value)} minutes"
        yield ExplainedStep(phrase, Money(value(Rounded(dollars, 2))), tuple(steps))
    yield ExplainedStep("added up, rounded once; it is in the cost", asked.cell)


def _each(asked: AskedMeasure, given: Iterable[Formula], among: Iterable[Formula]) -> ExplainedStep:
    """The minutes together divided by those among whom they are."""
    fte = value(add_up(among))
    if isinstance(asked.cell, NotAvailable) or not fte:
        return ExplainedStep("not available: nobody is there", asked.cell)
    together = plain(value(Rounded(add_up(given), 2)))
    return ExplainedStep(f"{together} minutes ÷ {plain(fte)} FTE, rounded to two decimals", asked.cell)


def add_up(terms: Iterable[Formula]) -> Formula:
    every = tuple(terms)
    return Sum(every, max([term.places for term in every], default=0))


def _minutes(formula: Formula) -> Count:
    return Count(value(Rounded(formula, 2)).normalize() + 0)


def _week(asked: AskedMeasure, spent: Spent, only: str | None = None) -> Iterator[ExplainedStep]:
    """The week of a role and what is stated of it, with the places of the figures."""
    post = next((one.post for one in asked.plan.plan.staff if one.post.name == spent.role), None)
    week = None if post is None else week_of(post, asked.plan.plan)
    if post is None or week is None:  # students ask for a role that the plan does not have
        return
    yield _figure(asked, "week", week, week_formula(week))
    for key, formula in spent.parts.items():
        if only in (None, key):
            yield _figure(asked, PARTS[key], getattr(post.role.time, key), formula)


def _figure(asked: AskedMeasure, phrase: str, figure: Figure, minutes: Formula) -> ExplainedStep:
    comes_to = "" if figure.unit == "minutes" else f", {plain(value(minutes))} minutes"
    return ExplainedStep(f"{phrase}: {say_figure(figure)}{comes_to}; {origin(asked.ledger.school, figure)}")


def _coaching(asked: AskedMeasure, one: Coached) -> ExplainedStep:
    """Whom a role coaches: in its teams, or its share of all of them."""
    coach = next(each.post for each in asked.plan.plan.staff if each.post.name == one.coach)
    coaching = coach.role.time.coaching if coach.role.time is not None else None
    assert coaching is not None
    assert coaching.minutes is not None
    figures = [f"minutes of a visit: {say_figure(coaching.minutes)}; {origin(asked.ledger.school, coaching.minutes)}"]
    if coaching.visits is not None:
        figures.append(f"visits: {say_figure(coaching.visits)}; {origin(asked.ledger.school, coaching.visits)}")
    if one.teams is None:
        figures.append("there are no teams of them: they are shared by FTE among those who coach them")
    else:
        figures += [f"in team {team.name}; {where(team.place)}" for team in one.teams] or ["in no team of theirs"]
    visits = f" {TIMES} {plain(coaching.visits.value)} visits" if coaching.visits is not None else ""
    fte = plain(value(one.fte))
    phrase = f"{one.coach} coaches {fte} FTE of {one.role} {TIMES} {plain(coaching.minutes.value)} minutes{visits}"
    return ExplainedStep(phrase, _minutes(one.minutes), tuple(map(ExplainedStep, figures)))


STEPS: Mapping[str, Callable[[AskedMeasure], Iterable[ExplainedStep]]] = {
    "minutes_short": minutes_short,
    "planning_minutes": planning("planning"),
    "shared_planning_minutes": planning("shared_planning"),
    "coaching_minutes": coaching_minutes,
    "student_minutes": student_minutes,
    "group_size": group_size,
    "teaching_share": teaching_share,
    "coaching_cost": coaching_cost,
    "shared_planning_cost": shared_planning_cost,
}
