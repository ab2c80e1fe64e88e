"""The figures that a cost rests on, as people and programs are told of them: value, place, source, status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal, TypedDict

from staffcalc.costing.staff.counts import asked_formula, coached_formula
from staffcalc.costing.staff.minutes import mode_figures
from staffcalc.formula.formula import Formula, Rounded, inputs, value
from staffcalc.formula.step_by_step import one_line
from staffcalc.formula.words import MINUS, listed, people, percent, plain, say_figure, signed
from staffcalc.language.figures import Figure
from staffcalc.language.fractions import in_decimals
from staffcalc.records import NamedTuple
from staffcalc.report import Count, ExplainedStep, Fte, Money, Number, Percent
from staffcalc.school.parts import counts as of_staff
from staffcalc.school.parts.counts import Alike, StaffOfRole, StaffRatio, stated
from staffcalc.school.parts.needed import Needed
from staffcalc.school.parts.sums import sum_of
from staffcalc.school.school import BASELINE, Plan, School, Staffed
from staffcalc.school.time import PARTS
from staffcalc.source.problems import Place

Status = Literal["published", "assumed", "derived", "unmarked"]
STAFF = frozenset({"FTE", "people"})
"""The names of staff counts in a formula."""


STUDENTS = "students"
"""The name of the students of a plan, or of one of its grades, in a formula."""


class Named(NamedTuple):
    """A figure and what it is called."""

    name: str
    figure: Figure


class InputCells(TypedDict):
    """A figure of the file."""

    input: Annotated[str, "What the figure is called."]
    value: Annotated[Number, "The figure, in its unit."]
    unit: Annotated[str, "Its unit, such as dollars, FTE or rate."]
    file: Annotated[str, "The file that states it."]
    line: Annotated[int, "The line of the file, counted from 1."]
    source: Annotated[str | None, "Where it was published, as the file says; null: not said."]
    status: Annotated[Status, "assumed, derived: marked so; published: it has a source; unmarked: neither."]


def status(figure: Figure) -> Status:
    """What the file says of a figure: that it is assumed, how it is derived, who published it, or nothing."""
    if figure.assumed:
        return "assumed"
    return "derived" if figure.derived else "published" if figure.source else "unmarked"


def where(place: Place) -> str:
    """File and line."""
    return f"{place.file}:{place.line}"


def places(figures: Iterable[Figure]) -> str:
    """Where figures stand, each file and line once: "ranson.yaml:31,55; district.yaml:14"."""
    lines: dict[str, dict[int, None]] = {}
    for figure in figures:
        lines.setdefault(figure.place.file, {})[figure.place.line] = None
    return "; ".join(f"{file}:{','.join(map(str, sorted(found)))}" for file, found in lines.items())


_CELLS: Mapping[str, Callable[[Decimal], Number]] = {
    "dollars": Money,
    "dollars an hour": Money,
    "rate": Percent,
    "FTE": Fte,
}


def cell(number: Decimal, unit: str) -> Number:
    """A number as a cell, by its unit."""
    return _CELLS.get(unit, Count)(number)


def cells_of(given: Named) -> InputCells:
    """What programs are told of a figure, by column."""
    name, figure = given
    return {
        "input": name,
        "value": cell(figure.value, figure.unit),
        "unit": figure.unit,
        "file": figure.place.file,
        "line": figure.place.line,
        "source": figure.source,
        "status": status(figure),
    }


def inputs_of(formula: Formula) -> list[Named]:
    """The inputs of a formula in reading order, each once."""
    return list(dict.fromkeys(Named(given.name, given.figure) for given in inputs(formula)))


def input_steps(school: School, plan: Plan, role: str | None, given: Sequence[Named]) -> Iterator[ExplainedStep]:
    """Every input on a line of its own; staff counts together, with the scenario that states each."""
    post = staffed(plan, role) if role is not None else None
    counts = set(stated((*post.counts, *post.now.counts))) if post is not None else set()
    if role is not None and post is not None and any(named.figure in counts for named in given):
        yield staff_step(school, plan, role, post.now.counts)
    beside = _of_other_posts(plan, role)
    for name, figure in given:
        if figure not in counts:
            whose = beside.get(figure, "")
            yield ExplainedStep(f"{name}{whose}: {say_figure(figure)}; {origin(school, figure)}")


def _of_other_posts(plan: Plan, role: str | None) -> dict[Figure, str]:
    """Whose the figures are of the other posts that people of a role have: " of Ann as coach"."""
    found: dict[Figure, str] = {}
    for other in plan.staff:
        for one in other.placements if other.post.name != role else ():
            if one.several:
                wage = one.wage
                paid = () if wage is None else (*(cell.amount for cell in wage.cells), wage.paid_for)
                figures = (one.fte.each if isinstance(one.fte, Alike) else one.fte, *paid)
                found |= {figure: f" of {one.person} as {other.post.name}" for figure in figures if figure is not None}
    return found


def staff_step(school: School, plan: Plan, role: str, counts: Sequence[of_staff.StaffCount]) -> ExplainedStep:
    """How many hold a post: the stated count and the changes to it."""
    steps = count_steps(school, plan, role, counts)
    if len(steps) == 1:
        return ExplainedStep(f"{role}: {steps[0].text}", None, steps[0].steps)
    together = sum_of(counts)
    unit = next((count.unit for count in counts if isinstance(count, Figure)), "FTE")
    return ExplainedStep(f"{role}: {people(together) if unit == 'people' else f'{plain(together)} FTE'}", None, steps)


def count_steps(
    school: School, plan: Plan, role: str, counts: Sequence[of_staff.StaffCount]
) -> tuple[ExplainedStep, ...]:
    """The stated counts of a post, the ratios and the changes to them, with the scenario that states each."""
    return tuple(_count_step(school, plan, role, count, at) for at, count in enumerate(counts))


def _count_step(school: School, plan: Plan, role: str, count: of_staff.StaffCount, at: int) -> ExplainedStep:
    if isinstance(count, StaffRatio):
        return _ratio_step(school, count)
    if isinstance(count, Needed):
        return _needed_step(school, count)
    if isinstance(count, Alike):
        return _alike_step(school, plan, role, count)
    phrase = _say_count(school, plan, role, count, at)
    return ExplainedStep(f"{phrase} {_stated_by(school, plan, role, count)}; {origin(school, count)}")


def _alike_step(school: School, plan: Plan, role: str, alike: Alike) -> ExplainedStep:
    return ExplainedStep(
        f"{_say_alike(alike)} {_stated_by(school, plan, role, alike)}; {_origin_of_alike(school, alike)}"
    )


def _say_alike(alike: Alike) -> str:
    each = say_figure(alike.each)
    return each if alike.people == 1 else f"{alike.people} people at {each}"


def _origin_of_alike(school: School, alike: Alike) -> str:
    """Where the first of them stands, and how many there are."""
    return origin(school, alike.each, f", the first of {alike.people} rows" if alike.people > 1 else "")


def _ratio_step(school: School, ratio: StaffRatio) -> ExplainedStep:
    """A ratio with what it counts: "1.6 FTE: 1 for every 250 students"."""
    fte = say_figure(ratio.fte) if ratio.fte is not None else "1"
    if ratio.today:
        whole = sum((one.value for one in ratio.of if not isinstance(one, StaffOfRole)), Decimal(0))
        phrase = f"{fte} of today's {plain(whole)}"
    elif ratio.classes:
        phrase = ratio.name if ratio.name == "classes" else f"{ratio.name} classes"
    elif ratio.cover:
        phrase = f"cover of {ratio.name}: {percent(ratio.fte.value) if ratio.fte is not None else ''} of their day"
    else:
        phrase = f"{fte} for every {plain(ratio.each.value)} {ratio.name}" if ratio.each is not None else f"{fte} each"
    steps: Iterable[ExplainedStep]
    if len(ratio.roles) > 1:
        together = (
            ExplainedStep(f"{one.role}: {_fte(one)} FTE", None, tuple(_figure_steps(school, [one], one.counts)))
            for one in ratio.roles
        )
        steps = (*together, *_figure_steps(school, [ratio._replace(of=())], ()))
    else:
        steps = _figure_steps(school, [ratio], ratio.roles[0].counts if ratio.roles else ratio.of)
    of_people = ratio.today and any(one.unit == "people" for one in stated(ratio.of))
    number = people(ratio.value) if of_people else f"{signed(ratio.value)} FTE"
    return ExplainedStep(f"{number}, {phrase}; {where(ratio.place)}", None, tuple(steps))


def _fte(one: StaffOfRole) -> str:
    return plain(in_decimals(one.exact))


def _figure_steps(
    school: School, counts: Iterable[of_staff.StaffCount | StaffOfRole], counted: Iterable[object]
) -> Iterator[ExplainedStep]:
    """The figures that counts rest on, those of people who are alike among the `counted` as so many of them."""
    alike = {one.each: one for one in counted if isinstance(one, Alike)}
    for one in dict.fromkeys(stated(counts)):
        if one in alike:
            yield ExplainedStep(f"{_say_alike(alike[one])}; {_origin_of_alike(school, alike[one])}")
        else:
            yield ExplainedStep(f"{say_figure(one)}; {origin(school, one)}")


def _needed_step(school: School, count: Needed) -> ExplainedStep:
    """Staff by what is asked of them: "2.7 FTE, needed for 4,800 minutes of small group"."""
    steps = [
        ExplainedStep(f"{phrase}: {say_figure(one)}; {origin(school, one)}") for phrase, one in _figures_of_week(count)
    ]
    for one in count.asked:
        named = (
            f"{phrase}: {say_figure(figure)}; {origin(school, figure)}" for phrase, figure in mode_figures(one.mode)
        )
        students = (f"{say_figure(figure)}; {origin(school, figure)}" for figure in one.mode.students)
        minutes = f"{plain(_minutes(asked_formula(one)))} minutes"
        steps.append(
            ExplainedStep(f"asked by {one.mode.name}: {minutes}", None, tuple(map(ExplainedStep, (*named, *students))))
        )
    if count.coached:
        visits = zip(("minutes of a visit", "visits"), count.visits, strict=False)
        figures = [ExplainedStep(f"{phrase}: {say_figure(one)}; {origin(school, one)}") for phrase, one in visits]
        whom = (
            ExplainedStep(
                f"{one.name}: {plain(one.value)} FTE; {where(one.place)}", None, _ratio_step(school, one).steps
            )
            for one in count.coached
            if isinstance(one, StaffRatio)
        )
        minutes = f"{plain(_minutes(coached_formula(count)))} minutes"
        steps.append(ExplainedStep(f"asked by its coaching: {minutes}", None, (*figures, *whom)))
    return ExplainedStep(f"{plain(count.value)} FTE, {say_needed(count)}; {where(count.place)}", None, tuple(steps))


def _figures_of_week(count: Needed) -> Iterator[tuple[str, Figure]]:
    if count.week is not None:
        yield "week", count.week
    yield from ((PARTS[key], figure) for key, figure in count.parts)
    if count.step is not None:
        yield f"rounded {'up to' if count.up else 'to'}", count.step


def say_needed(count: Needed) -> str:
    """What a role is needed for: "needed for 4,800 minutes of small group"."""
    asked = [f"{plain(_minutes(asked_formula(one)))} minutes of {one.mode.name}" for one in count.asked]
    if count.coached:
        asked.append(f"{plain(_minutes(coached_formula(count)))} minutes of coaching")
    return f"needed for {listed(asked)}" if asked else "needed for nothing"


def _minutes(formula: Formula) -> Decimal:
    return value(Rounded(formula, 2)).normalize() + 0


def _say_count(school: School, plan: Plan, role: str, figure: Figure, at: int) -> str:
    if at == 0 or stated_by(school, plan, role, figure) == BASELINE:
        return say_figure(figure)
    sign = MINUS if figure.value < 0 else "+"
    over = None if figure.over is None else (abs(figure.over[0]), figure.over[1])
    return sign + say_figure(figure._replace(value=abs(figure.value), over=over))


def _stated_by(school: School, plan: Plan, role: str, count: of_staff.StaffCount) -> str:
    name = stated_by(school, plan, role, count)
    return "in the baseline" if name == BASELINE else f"by {name}"


def stated_by(school: School, plan: Plan, role: str, count: of_staff.StaffCount) -> str:
    """The plan that states a staff count: this one, or the first of those it starts from."""
    plans = {one.name: one for one in school.plans}
    name, at = plan.name, plans.get(plan.like or "")
    while at is not None and any(count in one.counts for one in at.staff if one.post.name == role):
        name, at = at.name, plans.get(at.like or "")
    return name


def origin(school: School, figure: Figure, more: str = "") -> str:
    """The place of a figure, its source, and what the file notes of it; `more` is said of the place."""
    phrases = [where(figure.place) + more]
    if figure.relative is not None:
        own, change = figure.relative
        more = f"{percent(abs(change.value))} {'less' if change.value < 0 else 'more'}"
        phrases.append(f"{more} than {say_figure(own)}, {where(own.place)}")
    if figure.source:
        phrases.append(f"source: {figure.source}")
    if figure.assumed:
        phrases.append("assumed")
    elif figure.derived:
        phrases.append(f"derived: {figure.derived}")
    elif not figure.source:
        phrases.append("no source given")
    if figure.as_of:
        phrases.append(f"as of {figure.as_of}")
    if figure.note and all(figure.note != plan.note for plan in school.plans):  # that is about the whole scenario
        phrases.append(f"note: {figure.note}")
    return "; ".join(" ".join(words.split()) for words in phrases)


def staffed(plan: Plan, role: str) -> Staffed | None:
    """The staff of a role in a plan."""
    return next((one for one in plan.staff if one.post.name == role), None)


def formula_step(name: str, formula: Formula, before: Iterable[ExplainedStep] = ()) -> ExplainedStep:
    """A formula in a line, and where its figures stand."""
    rests_on = ExplainedStep(f"from {places(given.figure for given in inputs_of(formula))}")
    return ExplainedStep(f"{name}: {one_line(formula)}", Money(value(formula)), (*before, rests_on))
