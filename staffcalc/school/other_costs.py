"""Costs that are not a role's: a scenario's laid over those it starts from, each with its funds and, once, its year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from staffcalc.language.amounts import as_amount
from staffcalc.language.described import Described
from staffcalc.language.figures import Figure
from staffcalc.language.fund import OtherCost
from staffcalc.language.merging import merge
from staffcalc.language.school_year import EXAMPLE, MOST_YEARS, first_of, later
from staffcalc.school.roles import fund_shares
from staffcalc.school.school import FundShare
from staffcalc.school.stated import Stated
from staffcalc.source.problems import Problems
from staffcalc.source.tree import Block, Text, Tree

OtherCosts = dict[str, tuple[OtherCost, tuple[FundShare, ...]]]
"""The other costs of a plan by name, each with the funds that pay it."""


def other_costs(
    costs: Mapping[Text, OtherCost] | None,
    trees: Tree | None,
    far: Mapping[str, tuple[OtherCost, tuple[FundShare, ...]]],
    far_trees: Mapping[Text, Tree],
    stated: Stated,
) -> tuple[OtherCosts, Mapping[Text, Tree]]:
    """The other costs of a plan and their trees, laid over those of the plan that it starts from: an entry that is
    there already keeps what the nearer one does not name."""
    found, merged = dict(far), dict(far_trees)
    for name, cost in (costs or {}).items():
        own: Tree = as_amount(trees[name]) if isinstance(trees, Block) else Block()
        if name in far_trees:
            laid, own = cost, merge(far_trees[name], own)
            cost = OtherCost.model_validate(own)
            if str(name) in far:
                _check_years_of(name, laid, cost, far[str(name)][0], stated.problems)
        elif ("other_costs", str(name)) in stated.broken:
            continue  # what it is laid over is in doubt
        _check(name, cost, stated)
        merged.pop(name, None)
        merged[name] = own
        funds = _funds(name, cost, stated)
        found[str(name)] = _of_a_fund(name, cost, funds, stated.problems), funds
    return found, merged


def _of_a_fund(name: Text, cost: OtherCost, funds: tuple[FundShare, ...], problems: Problems) -> OtherCost:
    """A share of a budget with the fund whose budget that is, also where it is the one that pays."""
    if cost.budget_share is None or cost.of is not None:
        return cost
    if len(funds) > 1:
        what = f"of which budget is `{name}` a share? {len(funds)} funds pay it"
        problems.add(cost.budget_share.place, what, f"add `of: {funds[0].fund}`")
    return cost.model_copy(update={"of": Text.at(funds[0].fund, cost.budget_share.place)})


def _funds(name: Text, cost: OtherCost, stated: Stated) -> tuple[FundShare, ...]:
    if cost.fund is not None:
        return (FundShare(cost.fund, None),)
    return fund_shares(cost, stated.default_fund, name, stated.problems)


def _check(name: Text, cost: OtherCost, stated: Stated) -> None:
    """An other cost states one price, and one way to name its funds; one of a single year, a year that can come."""
    problems = stated.problems
    prices = [one for one in (cost.amount, cost.per_student, cost.budget_share) if one is not None]
    if len(prices) != 1:
        what = f"the other cost `{name}` {'has two prices' if prices else 'has no price'}"
        problems.add(name.place, what, "give exactly one of amount, per_student, budget_share")
    if cost.of is not None and cost.budget_share is None:
        what = f"`{name}` is `of` a fund, and no share of its budget"
        problems.add(cost.of.place, what, "add `budget_share: 2%`; who pays it is its `fund`")
    if cost.fund is not None and cost.funds is not None:
        problems.add(cost.fund.place, f"`{name}` has `fund` and `funds`", "keep one: `funds` gives each its share")
    if cost.once is not None:
        _check_once(name, cost, cost.once, stated.file.year, problems)


def _check_once(name: Text, cost: OtherCost, once: Text, file_year: Text | None, problems: Problems) -> None:
    year, begins = first_of(once), None if file_year is None else first_of(file_year)
    if year is None:
        problems.add(once.place, f"`{once}` is no school year", EXAMPLE)
    elif file_year is None:
        what = f"`{name}` is of one school year, and the file has no `year`"
        problems.add(once.place, what, f"add `year: {once}`, or the year of the file's other figures")
    elif begins is None:
        what = f"`{name}` is of one school year, and `{file_year}`, the file's, is none"
        problems.add(file_year.place, what, "write it as 2026-27")
    elif year < begins:
        problems.add(once.place, f"`{name}` is of {once}, before {file_year}, the file's own year", "leave it out")
    elif year >= begins + MOST_YEARS:
        what = f"`{once}` is in no forecast of this file"
        problems.add(once.place, what, f"the file is of {file_year}; at most {MOST_YEARS} years are forecast")
    for figure in _of_single_years(cost):
        problems.add(figure.place, f"`{name}` is of {once} alone, and has figures of single years", _ONE_PRICE)


def _check_years_of(name: Text, laid: OtherCost, cost: OtherCost, before: OtherCost, problems: Problems) -> None:
    """What is laid over a cost for some years alone: outside of them that cost stands, in its own years."""
    phrase = laid.until or laid.begins
    if phrase is None:
        return
    begins, ends = _span(cost)
    if ends < begins:
        what = f"`{name}` would be from {cost.begins} until {cost.until}: what it is laid over has years, too"
        problems.add(phrase.place, what, "state both `from` and `until` here")
        return
    more = begins < _span(before)[0] or ends > _span(before)[1]
    if not more and not laid.model_fields_set - {"begins", "until", *Described.model_fields}:
        key, first = ("until", ends + 1) if laid.until else ("from", begins)
        what = f"`{key}` of `{name}` has no effect: before and after these years the cost that it is laid over stands"
        way = next(way for way in ("amount", "per_student", "budget_share") if getattr(cost, way) is not None)
        none = f"{way}: {'0%' if way == 'budget_share' else 0}"
        problems.add(phrase.place, what, f"{{{none}, from: {later(phrase, first - (first_of(phrase) or 0))}}} ends it")


def _span(cost: OtherCost) -> tuple[int, int]:
    """The first and the last calendar year in which the school years of a cost begin."""
    begins, ends = (None if year is None else first_of(year) for year in (cost.begins, cost.until))
    return 0 if begins is None else begins, _NO_END if ends is None else ends


_NO_END = 9999
_ONE_PRICE = "state what it costs in that one year"


def _of_single_years(cost: OtherCost) -> Iterator[Figure]:
    price = cost.price
    return iter(price.dated_figures[:1] if price is not None else ())
