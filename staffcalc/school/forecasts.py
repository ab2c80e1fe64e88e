"""The `forecast` of a file and of its scenarios: whether its years can come, and whether what it names is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from staffcalc.language.figures import Figure
from staffcalc.language.forecast import Forecast
from staffcalc.language.fund import Fund, OtherCost
from staffcalc.language.rules import Rule
from staffcalc.language.school_year import EXAMPLE, MOST_YEARS, first_of, later
from staffcalc.records import NamedTuple
from staffcalc.school.fund_rules import STOP
from staffcalc.school.school import GENERAL, Plan, Post
from staffcalc.source.problems import Place, Problems, nearest
from staffcalc.source.tree import Block, Text, Tree


class ForecastNames(NamedTuple):
    """What the rules of a forecast may name, and the file's year: `capped` are the components with an `up_to`, and
    `not_growing` the other costs that no rule can let grow."""

    units: Collection[str]
    components: Collection[str]
    capped: Collection[str]
    other_costs: Collection[str]
    not_growing: Mapping[str, OtherCost]
    funds: Collection[str]
    year: Text | None


def grown_by_name(post: Post) -> Iterator[str]:
    """What `benefits` may name of a post: its benefits and costs, what it saves, and its substitutes."""
    yield from post.components
    yield from map(str, post.role.saves or ())
    if post.role.substitute_day_rate is not None:
        yield SUBSTITUTES


def capped_components(post: Post) -> Iterator[str]:
    """What `caps` may name of a post: its components of which a rate counts pay up to an amount."""
    components = [*post.components.items(), *((str(name), one) for name, one in (post.role.saves or {}).items())]
    return (name for name, component in components if component.up_to is not None)


RULES = ("cola", "steps", "turnover", "supplements", "benefits", "caps", "enrollment", "other_costs", "budget")
SUBSTITUTES = "substitutes"
_NAMED_ONLY = {"benefits": "write {health: 6%, pension: 2%}"}


def check_forecasts(
    plans: Iterable[Plan], posts: Iterable[Post], funds: Collection[str], year: Text | None, problems: Problems
) -> None:
    """Every rule for later years names what there is in some plan, and years after the file's own."""
    plans, posts = list(plans), list(posts)
    costs = [(name, cost) for plan in plans for name, (cost, _) in plan.other_costs.items()]
    known = ForecastNames(
        units=list(dict.fromkeys(one.unit for one in posts)),
        components=list(dict.fromkeys(name for one in posts for name in grown_by_name(one))),
        capped=list(dict.fromkeys(name for one in posts for name in capped_components(one))),
        other_costs=list(dict.fromkeys(name for name, cost in costs if _is_growing(cost))),
        not_growing={name: cost for name, cost in costs if not _is_growing(cost)},
        funds=funds,
        year=year,
    )
    for forecast in {id(one): one for plan in plans for one in plan.forecast}.values():
        _check_forecast(forecast, known, problems)


def _is_growing(cost: OtherCost) -> bool:
    """Whether a rule can let it grow: one of every year. A share of a budget grows as that does."""
    return cost.once is None and cost.budget_share is None


def _check_forecast(forecast: Forecast, known: ForecastNames, problems: Problems) -> None:
    """Every rule names what there is, and years after the file's own; the file has a year to begin in."""
    rules: dict[str, Rule] = {key: rule for key in RULES if (rule := getattr(forecast, key)) is not None}
    places = [figure.place for rule in rules.values() for figure in rule.stated()]
    if places:
        _check_file_year(min(places), "a forecast begins in the file's school year", known.year, problems)
    for key, rule in rules.items():
        _check_rule_names(key, rule, known, problems)
        for series in (rule.general, *rule.named.values()):
            for first, figure in series.by_year.items():
                _check_later(figure, first, known.year, problems, own=key == "cola")


def _check_rule_names(key: str, rule: Rule, known: ForecastNames, problems: Problems) -> None:
    what, names = _names(key, known)
    for name in map(_text, rule.named):
        if not what:
            hint = "write one rate, or {each_year: 1%, 2028-29: 0%}"
            problems.add(name.place, f"`{key}` is one rule for all, and names `{name}`", hint)
        elif name not in names and key == "other_costs" and name in known.not_growing:
            problems.add(name.place, *_not_growing(name, known.not_growing[name]))
        elif name not in names:
            problems.add(name.place, f"`{name}` is no {what} here", nearest(name, names, f"{what}s"))
    if key in _NAMED_ONLY:
        for figure in (*rule.general.by_year.values(), *filter(None, [rule.general.each_year])):
            problems.add(figure.place, f"`{key}` names no benefit", _NAMED_ONLY[key])


def _not_growing(name: Text, cost: OtherCost) -> tuple[str, str]:
    """Why no rule lets an other cost grow, and what is right."""
    if cost.once is not None:
        return f"`{name}` is of {cost.once} alone, and does not grow", "leave it out: its amount is that of its year"
    return f"`{name}` is a share of a budget, and grows as that does", "leave it out, or let the `budget` grow"


def _names(key: str, known: ForecastNames) -> tuple[str, Collection[str]]:
    """What the names of a rule are, and those there are; a rule that names nothing has no word for it."""
    match key:
        case "benefits":
            return "benefit", known.components
        case "caps":
            return "capped component", known.capped
        case "budget":
            return "fund", known.funds
        case "other_costs":
            return "other cost", known.other_costs
        case "enrollment":
            return "", ()
        case _:
            return "unit", known.units


def _text(name: str) -> Text:
    assert isinstance(name, Text)
    return name


def _check_file_year(place: Place, needed: str, file_year: Text | None, problems: Problems) -> None:
    if file_year is None:
        problems.add(place, f"{needed}, and the file has no `year`", "add `year: 2026-27`")
    elif first_of(file_year) is None:
        problems.add(file_year.place, f"{needed}, and `{file_year}` is no school year", "write it as 2026-27")


def _check_later(figure: Figure, first: int, file_year: Text | None, problems: Problems, *, own: bool = False) -> None:
    """A rule is of a later year; a raise may be of the file's `own`, too."""
    begins = None if file_year is None else first_of(file_year)
    if file_year is not None and begins is not None and (first < begins or (first == begins and not own)):
        what = f"`{figure.dated}` is not after {file_year}, the file's own year"
        problems.add(figure.place, what, f"the first year that a rule changes is {later(file_year, 1)}")
    elif file_year is not None and begins is not None and first >= begins + MOST_YEARS:
        what = f"`{figure.dated}` is in no forecast of this file"
        problems.add(figure.place, what, f"the file is of {file_year}; at most {MOST_YEARS} years are forecast")


def check_dated(tree: Tree, file_year: Text | None, problems: Problems) -> None:
    """Figures of single years stand in a file that says of which year it is."""
    place = next(_dated(tree), None)
    if place is not None:
        _check_file_year(place, "there are figures of single years", file_year, problems)


def _dated(tree: Tree) -> Iterator[Place]:
    """Where figures of single years stand."""
    if isinstance(tree, Text):
        return
    parts: Iterable[Tree] = tree
    if isinstance(tree, Block):
        parts = tree.values()
        if "value" in tree and (key := tree.key("years")) is not None:
            yield key.place
    for part in parts:
        yield from _dated(part)


def check_ends(funds: Mapping[Text, Fund], known: Collection[str], file_year: Text | None, problems: Problems) -> None:
    """A fund ends in a school year, not before the file's own, and another one pays then; its amounts are dated in
    school years."""
    for name, fund in funds.items():
        if fund.ends is not None:
            _check_end(name, fund.ends, file_year, problems)
            _check_payer(name, fund, fund.ends, funds, known, problems)
            _check_amounts(name, fund, fund.ends, problems)


def _check_end(name: Text, ends: Text, file_year: Text | None, problems: Problems) -> None:
    last, begins = first_of(ends), None if file_year is None else first_of(file_year)
    if last is None:
        problems.add(ends.place, f"`{ends}` is no school year", EXAMPLE)
    elif begins is not None and last < begins:
        problems.add(ends.place, f"`{name}` has ended before {file_year}", "leave it out of the budget")
    _check_file_year(ends.place, f"`{name}` ends after the file's school year", file_year, problems)


def _check_amounts(name: Text, fund: Fund, ends: Text, problems: Problems) -> None:
    """No amount is of a year after the last one."""
    for figure in fund.years or ():
        first, last = first_of(figure.dated or ""), first_of(ends)
        if first is not None and last is not None and first > last:
            what = f"`{name}` has an amount in {figure.dated}, after its end"
            problems.add(figure.place, what, f"it ends in {ends}")


def _check_payer(
    name: Text, fund: Fund, ends: Text, funds: Mapping[Text, Fund], known: Collection[str], problems: Problems
) -> None:
    """Funds that end may go over to one another, but the last of them to one that goes on."""
    if fund.then == name:
        return  # told where `then` is checked
    place = ends.place if fund.then is None else fund.then.place
    if fund.then is None and GENERAL not in known:
        hint = f"add `then:` with one of {', '.join(one for one in known if one != name)}, or `then: {STOP}`"
        problems.add(place, f"`{name}` ends, and there is no fund `{GENERAL}` to pay after it", hint)
    if not _comes_to_an_end(name, funds):
        hint = f"name in `then` a fund that goes on, or write `then: {STOP}`"
        problems.add(place, f"`{name}` ends, and so does whatever would pay after it", hint)


def _comes_to_an_end(name: str, funds: Mapping[Text, Fund]) -> bool:
    """Whether the funds that pay after this one, each when the one before has ended, do not go round in a circle."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        rule = funds.get(Text(name))
        if rule is None or rule.ends is None:
            return True
        name = str(rule.then or GENERAL)
    return False
