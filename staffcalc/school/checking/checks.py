"""The `checks` of a file: what they may name, and what can be asked of each measure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from staffcalc.language.check import EACH, EXCHANGE, Check
from staffcalc.language.figures import Figure, same_year
from staffcalc.language.school_year import EXAMPLE, MOST_YEARS, first_of, span, stated_twice
from staffcalc.language.validation import Broken
from staffcalc.records import NamedTuple
from staffcalc.source.problems import Problems, nearest
from staffcalc.source.tree import ANNOTATIONS, Text

OF_POSTS = ("vacant", "given_up", "added", "displaced", "displaced_people")
OF_WEEK = ("minutes_short", "planning_minutes", "shared_planning_minutes", "coaching_minutes")
TEACHING_SHARE = "teaching_share"
OF_LEARNING = ("student_minutes", "group_size")
OF_TIME_COST = ("coaching_cost", "shared_planning_cost")
OF_LINES = frozenset({"role", "category", "fund"})
OF_DOLLARS = OF_LINES | {"component", "group"}
SUMMED = ("cost", "change", "one_time")
"""Measures that can be added up over years."""
BESIDE = frozenset({"fte", "people", "cost_per_student", "cost_per_fte", "average_teacher_pay"})
BESIDE |= {"students_per_teacher", "students_per_adult"}
"""Measures of which a limit in percent is of the plan that they are held against."""
NARROWED_BY: Mapping[str, frozenset[str]] = {
    "cost": OF_DOLLARS,
    "change": OF_DOLLARS,
    "cost_per_student": OF_DOLLARS,
    "cost_per_fte": OF_LINES,
    "fte": OF_LINES,
    "people": OF_LINES,
    "budget": frozenset({"fund"}),
    "left": frozenset({"fund"}),
    "allotment_used": frozenset({"role", "category"}),
    **dict.fromkeys(OF_POSTS, frozenset({"role", "category"})),
    **dict.fromkeys((*OF_WEEK, *OF_TIME_COST, TEACHING_SHARE, "supplement_share"), frozenset({"role", "category"})),
    **dict.fromkeys(OF_LEARNING, frozenset({"mode"})),
    "team_size": frozenset({"role", "category"}),
    "one_time": frozenset({"fund", "group"}),
    "rooms_needed": frozenset({"role", "category"}),
    "revenue": frozenset({"fund", "part"}),
    "staff_share": frozenset({"fund"}),
}
"""By what each measure can be narrowed; the others are of a plan as a whole."""

DIVISIBLE = frozenset({"cost", "fte", "people", "allotment_used"})
"""Measures of which a ratio of two parts makes sense."""

OF_STUDENTS = frozenset({"cost_per_student", "students_per_teacher", "students_per_adult", "reach"})
OF_TEAMS = frozenset({"teams", "team_size", "seats_reached", "reach", "cost_per_seat", "teachers_without_team"})
OF_POSITIONS = frozenset({"allotment_used", "allotment_left"})
OF_LEVY = ("levy", "levy_change")
OF_ROOMS = frozenset({"rooms_needed", "rooms_left"})


class Names(NamedTuple):
    """What the checks of a file may name; whether it states students, an allotment, teams, rooms, time; and its year.
    `parts` are those of its revenues, `modes` those of learning."""

    scenarios: tuple[str, ...]
    roles: tuple[str, ...]
    funds: tuple[str, ...]
    students: bool
    allotment: bool
    teams: bool
    rooms: bool
    rooms_available: bool
    time: bool
    rest: bool
    modes: tuple[str, ...]
    parts: tuple[str, ...]
    components: tuple[str, ...]
    groups: tuple[str, ...]
    year: str | None


def check_checks(checks: Iterable[Check], known: Names, file: str, broken: Broken, problems: Problems) -> None:
    """Every check can be judged: it has a limit, fits its measure, and names what there is."""
    for check in checks:
        _check_roles(check, known.roles, file, broken, problems)
        _check_scenarios(check, known.scenarios, file, broken, problems)
        _check_years(check, known.year, problems)
        if _is_exchange(check, problems):
            continue
        _check_limits(check, problems)
        _check_narrowing(check, problems)
        _check_against(check, problems)
        _check_each(check, problems)
        _check_divided(check, problems)
        _check_funds(check, known.funds, broken, problems)
        _check_parts(check, known.parts, broken, problems)
        _check_components(check, known.components, file, broken, problems)
        _check_groups(check, known.groups, file, broken, problems)
        _check_modes(check, known.modes, broken, problems)
        _check_needs(check, known, broken, problems)


class _Need(NamedTuple):
    """What a measure needs of a file: whether it is there, the block that states it, and what is said without it."""

    measures: Collection[str]
    is_there: Callable[[Names], object]
    block: str
    what: str
    hint: str


_TIME = "roles that say how they spend their `time`, and there are none"
_REST = "add `revenue: {local tax: {rest: true, last_year: 56_171_340}}` to a fund of the budget"
_NEEDS = (
    _Need(
        OF_STUDENTS,
        lambda known: known.students,
        "students",
        "`students`, which is missing",
        "add `students:` to the file",
    ),
    _Need(
        OF_POSITIONS,
        lambda known: known.allotment,
        "allotment",
        "an `allotment`, which is missing",
        "add `allotment: 40.0` to the file",
    ),
    _Need(OF_TEAMS, lambda known: known.teams, "teams", "`teams`, which are missing", "add `teams:` to a scenario"),
    _Need(
        (*OF_WEEK, *OF_TIME_COST, TEACHING_SHARE),
        lambda known: known.time,
        "roles",
        _TIME,
        "add `time: {planning: 225}` to a role that is staffed",
    ),
    _Need(
        OF_LEVY, lambda known: known.rest, "budget", "a part of the revenue that is the rest, and there is none", _REST
    ),
    _Need(
        OF_LEARNING,
        lambda known: known.modes,
        "learning",
        "`learning`, which is missing",
        "add `learning: {whole class: {minutes: 900, group_size: 25}}`",
    ),
    _Need(
        OF_ROOMS,
        lambda known: known.rooms,
        "roles",
        "roles that have `rooms`, and there are none",
        "add `rooms: 1` to the roles that need one",
    ),
    _Need(
        ("rooms_left",),
        lambda known: known.rooms_available,
        "rooms_available",
        "`rooms_available`, which is missing",
        "add `rooms_available: 17` to the file",
    ),
)


def _check_needs(check: Check, known: Names, broken: Broken, problems: Problems) -> None:
    """The file states what the measure needs; of a block in doubt nothing is said."""
    in_doubt = {path[0] for path in broken}
    for need in _NEEDS:
        if check.measure in need.measures and not need.is_there(known) and need.block not in in_doubt:
            problems.add(check.measure.place, f"`{check.measure}` needs {need.what}", need.hint)


_OF_EXCHANGES = frozenset({"measure", EXCHANGE, "instead", "scenario", "year", "level", "because"})


def _is_exchange(check: Check, problems: Problems) -> bool:
    """Whether a check is about an exchange, which has no limits and no part of the plan."""
    example = "write {never_exchange: teacher assistant, for: tutor}"
    one = (check.never_exchange or check.instead or (None,))[0]
    if one is None:
        if check.measure == EXCHANGE:
            problems.add(check.measure.place, f"`{EXCHANGE}` is no measure", example)
        return bool(check.measure == EXCHANGE)
    if check.never_exchange is None or check.instead is None:
        problems.add(one.place, f"`{EXCHANGE}` and `for` belong together", example)
    elif check.measure != EXCHANGE:
        problems.add(one.place, f"a check of `{check.measure}` and of an exchange", "make two checks of it")
    elif both := next((role for role in check.instead if role in check.never_exchange), None):
        problems.add(both.place, f"`{both}` cannot take its own place", example)
    for key in type(check).model_fields.keys() - _OF_EXCHANGES - set(ANNOTATIONS):
        if getattr(check, key) is not None:
            problems.add(one.place, f"`{key}` says nothing of an exchange", f"leave it out: {example}")
    return True


def _check_limits(check: Check, problems: Problems) -> None:
    place = check.measure.place
    if check.min is None and check.max is None and check.equals is None:
        problems.add(place, f"nothing is asked of `{check.measure}`", "give min, max or equals")
    if check.within is not None and check.equals is None:
        problems.add(check.within.place, "`within` without `equals`", "give `equals`, or use min and max")
    if check.min is not None and check.max is not None:
        _check_order(check.min, check.max, problems)


def _check_order(low: Figure, high: Figure, problems: Problems) -> None:
    """The most is not below the least, in any year for which either is stated."""
    years = {first_of(one.dated or "") for one in (*low.dated_figures, *high.dated_figures)}
    for year in (None, *years):
        least, most = low.in_year(year), high.in_year(year)
        if least.unit == most.unit and least.value > most.value:
            problems.add(most.place, "`max` is below `min`: nothing can pass", "exchange the two")
            return


def _check_narrowing(check: Check, problems: Problems) -> None:
    measure, allowed = check.measure, NARROWED_BY.get(check.measure, frozenset())
    for key in ("role", "category", "component", "group", "fund", "part", "mode"):
        names = getattr(check, key)
        if names and key not in allowed:
            by = f"it can be narrowed by {' or '.join(sorted(allowed))}" if allowed else _WHOLE
            problems.add(names[0].place, f"`{measure}` cannot be narrowed by {key}", by)


def _check_divided(check: Check, problems: Problems) -> None:
    """What is divided `per` a part of the plan can be, and there is a part to divide by."""
    measure, per = check.measure, check.per
    if per is None:
        return
    if measure not in DIVISIBLE or check.fund:
        hint = f"a ratio of two parts is taken of {', '.join(sorted(DIVISIBLE))}"
        problems.add(measure.place, f"`{measure}` cannot be divided by a part of the plan", hint)
    if not per.role and not per.category:
        problems.add(measure.place, "`per` names nothing to divide by", "per: {role: …} or per: {category: …}")


def _check_against(check: Check, problems: Problems) -> None:
    """Another scenario than the baseline plays a part in what is asked."""
    limits = [limit for limit in (check.min, check.max, check.equals) if limit is not None]
    shares = check.per is None and any(limit.unit == "rate" for limit in limits)
    if check.against is None or check.measure == "change" or (check.measure in BESIDE and shares):
        return
    what = f"`against` says nothing of `{check.measure}`"
    hint = "write `measure: change`" + (", or a limit in percent" if check.measure in BESIDE else "")
    problems.add(check.against.place, what, hint)


def _check_each(check: Check, problems: Problems) -> None:
    """There are several of what there is a rule for each of, and the measure can be taken of one of them."""
    if check.each is None:
        return
    by = {"unit": "role"}.get(check.each, str(check.each))
    allowed = NARROWED_BY.get(check.measure, frozenset())
    if check.each == "team" and check.measure != "team_size":
        problems.add(check.each.place, f"`{check.measure}` is not of one team", "of each team write `team_size`")
    elif check.each != "team" and (by not in allowed or check.measure == "team_size"):
        hint = "it can be taken of each " + " or ".join(sorted(allowed & set(EACH))) if allowed else _WHOLE
        hint = "it is judged for each team" if check.measure == "team_size" else hint
        problems.add(check.each.place, f"`{check.measure}` cannot be taken of each {check.each}", hint)
    elif check.per is not None:
        problems.add(check.each.place, "`each` beside `per`", "write a check for each of them")


_WHOLE = "it is of a plan as a whole"


def _check_years(check: Check, file_year: str | None, problems: Problems) -> None:
    if check.years is not None:
        _check_span(check, check.years, file_year, problems)
    for year in check.year or ():
        first, begins = first_of(year), first_of(file_year or "")
        if first is None:
            problems.add(year.place, f"`{year}` is no school year", EXAMPLE)
        elif begins is None:
            problems.add(year.place, "a check of a later year, and the file has no school year", "add `year: 2026-27`")
        elif not begins <= first < begins + MOST_YEARS:
            hint = f"the file is of {file_year}; at most {MOST_YEARS} years are forecast"
            problems.add(year.place, f"`{year}` is in no forecast of this file", hint)
    if (twice := stated_twice(check.year or ())) is not None:
        message, hint, place = same_year(*twice)
        problems.add(place, message, hint)


def _check_span(check: Check, years: Text, file_year: str | None, problems: Problems) -> None:
    """What is added up over years can be, and all of them are in the forecast."""
    begins, all_years = first_of(file_year or ""), span(years) or ()
    if check.measure not in SUMMED or check.per is not None:
        what = "a ratio" if check.per is not None else f"`{check.measure}`"
        problems.add(years.place, f"{what} is not added up over years", "name single years: year: [2026-27, 2027-28]")
    elif check.year is not None:
        problems.add(years.place, "`years` beside `year`", "`years` is their sum, `year` each of them: keep one")
    elif begins is None:
        problems.add(years.place, "a check of several years, and the file has no school year", "add `year: 2026-27`")
    elif not all(begins <= (first_of(year) or 0) < begins + MOST_YEARS for year in all_years):
        hint = f"the file is of {file_year}; at most {MOST_YEARS} years are forecast"
        problems.add(years.place, f"`{years}` is not within a forecast of this file", hint)


def _check_roles(check: Check, known: Collection[str], file: str, broken: Broken, problems: Problems) -> None:
    """The roles that a check names are there; rules for many schools may name some that only some of them have."""
    named = (check.role, check.per.role if check.per else None, check.never_exchange, check.instead)
    for name in (name for names in named for name in names or ()):
        if name not in known and name.place.file == file and ("roles", str(name)) not in broken:
            problems.add(name.place, f"`{name}` is no role here", nearest(name, known, "roles"))


def _check_funds(check: Check, known: Collection[str], broken: Broken, problems: Problems) -> None:
    """The funds that a check names are there."""
    for name in check.fund or ():
        if name not in known and ("budget",) not in broken and ("budget", str(name)) not in broken:
            problems.add(name.place, f"`{name}` is no fund here", nearest(name, known, "funds"))


def _check_parts(check: Check, known: Collection[str], broken: Broken, problems: Problems) -> None:
    """The parts of the revenue that a check names are there."""
    for name in check.part or ():
        if name not in known and all(path[0] != "budget" for path in broken):
            problems.add(name.place, f"`{name}` is no part of a revenue here", nearest(name, known, "parts"))


def _check_components(check: Check, known: Collection[str], file: str, broken: Broken, problems: Problems) -> None:
    """The components that a check names are there; a district's may be one that only some of its schools have."""
    doubtful = any(path[0] in ("benefits", "roles", "other_costs", "scenarios") for path in broken)
    for name in check.component or ():
        if name not in known and name.place.file == file and not doubtful:
            problems.add(name.place, f"`{name}` is no component here", nearest(name, known, "components"))


def _check_groups(check: Check, known: Collection[str], file: str, broken: Broken, problems: Problems) -> None:
    """The groups of other costs that a check names are there; a district's may be one that only some schools have."""
    doubtful = any(path[0] in ("other_costs", "scenarios") for path in broken)
    for name in check.group or ():
        if name not in known and name.place.file == file and not doubtful:
            hint = nearest(name, known, "groups") if known else "add `group: facilities` to some of the `other_costs`"
            problems.add(name.place, f"`{name}` is no group of other costs here", hint)


def _check_modes(check: Check, known: Collection[str], broken: Broken, problems: Problems) -> None:
    """The modes of learning that a check names are there."""
    for name in check.mode or ():
        if known and name not in known and all(path[0] != "learning" for path in broken):
            problems.add(name.place, f"`{name}` is no mode of learning here", nearest(name, known, "modes"))


def _check_scenarios(check: Check, known: Collection[str], file: str, broken: Broken, problems: Problems) -> None:
    """The scenarios that a check names are there; a district's may be about one that only some of its schools have."""
    for name in (*(check.scenario or ()), *((check.against,) if check.against is not None else ())):
        if name not in known and name.place.file == file and ("scenarios", str(name)) not in broken:
            problems.add(name.place, f"`{name}` is no scenario here", nearest(name, known, "scenarios"))
