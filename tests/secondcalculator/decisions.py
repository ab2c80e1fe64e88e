"""Decisions with years: a file as it would stand if what is not in force in a year were not in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from secondcalculator.entries import UNKNOWN
from secondcalculator.figures import Plain, year_of
from secondcalculator.rules import HOLDS

BASELINE = "baseline"
OWN_COSTS = "other costs of all years"
"""The file's own costs, whether they are in force or not: what a scenario lays over one may be a change of it."""
ALONE = "alone"
"""Stands beside a bare number that has been made a block: it still takes the place of a whole figure."""
EARLY = "early: "
"""What the name of a copy begins with that is no plan of the file."""
PRICES = (
    *("salary", "new_hire", "average", "hourly", "daily", "stipend", "supplement", "substitute_day_rate"),
    *("rate", "per_person", "per_fte", "per_day", "cost", "up_to", "amount", "per_student", "students"),
)
UNDER = ("budget", "grades", "by_team_size", "per_student")
"""Blocks all of whose numbers are amounts, whatever they are called."""
NUMBER = re.compile(r"[$+-]?[0-9][0-9_,.]*%?")


def at(file: Plain, year: int, begun: int) -> Plain:
    """The file with what is in force so many years after its own, as far as it has begun by another year."""
    if "year" not in file:
        return file
    first = year_of(file["year"])
    scenarios = {name: one for name, one in file.get("scenarios", {}).items() if isinstance(one, dict)}
    scenarios = _with_early(scenarios, lambda term: _holds(_years(term, first), year, begun))
    every = file.get("other_costs", {}).items()
    found = {**file, OWN_COSTS: {name: _since(_cost(one), "", _years(one, first)[0]) for name, one in every}}
    costs: dict[str, dict[str, Plain]] = {BASELINE: file.get("other_costs", {})}
    if "other_costs" in file:
        found["other_costs"] = _costs(file["other_costs"], {}, 0, first, (year, begun))

    def term(name: str) -> tuple[int, int | None]:
        """The years of a scenario: its own, or else those of the one that it is like."""
        if name == BASELINE:
            return 0, None
        one = scenarios[name]
        begins, ends = term(one.get("like", BASELINE))
        begins = year_of(one["from"]) - first if "from" in one else begins
        return begins, year_of(one["until"]) - first if "until" in one else ends

    def _over(before: Any, block: Any) -> Plain:
        """A cost laid over one that is not in force: whole, and with amounts of the year in which that one begins."""
        from secondcalculator.read import beside

        begins, _ = _years(before, first)
        return {**beside(_since(_cost(before), "", begins), _cost(block)), **_cost(block)} if before else _cost(block)

    def all_costs(name: str) -> dict[str, Plain]:
        if name not in costs:
            one = scenarios[name]
            start = all_costs(one.get("like", BASELINE))
            own = one.get("other_costs", {})
            costs[name] = {
                **start,
                **{cost: {**_cost(start.get(cost, {})), **_cost(block)} for cost, block in own.items()},
            }
        return costs[name]

    def standing(name: str) -> set[str]:
        """The other costs of a plan that are in force."""
        if name == BASELINE:
            return {cost for cost, block in costs[BASELINE].items() if _holds(_years(block, first), year, begun)}
        one, whole = scenarios[name], all_costs(name)
        there = standing(one.get("like", BASELINE))
        if not _holds(term(name), year, begun):
            return there
        return there | {cost for cost in one.get("other_costs", {}) if _holds(_years(whole[cost], first), year, begun)}

    if scenarios:
        found["scenarios"] = dict(file["scenarios"])
    for name, one in scenarios.items():
        begins, ends = term(name)
        kept = {key: value for key, value in one.items() if key not in ("from", "until")}
        if not _holds((begins, ends), year, begun):  # what nobody has stated never begins to be known
            unknown = UNKNOWN in (kept.get("change"), kept.get("staffing"))
            kept = {key: value for key, value in kept.items() if key == "like" or (unknown and value == UNKNOWN)}
        if isinstance(kept.get("change"), dict):
            held = {
                role: [_bare(one) for one in _several(entry) if _holds(_years(one, first), year, begun)]
                for role, entry in kept["change"].items()
            }
            kept["change"] = {role: some for role, some in held.items() if some}
        if begins and "forecast" in kept:
            kept["forecast"] = {**kept["forecast"], HOLDS: first + begins}
        own = kept.pop("other_costs", None)
        if begins:
            kept = {key: _since(value, key, begins) for key, value in kept.items()}
        if own is not None:
            like = one.get("like", BASELINE)
            there, start = standing(like), all_costs(like)
            whole = {cost: block if cost in there else _over(start.get(cost, {}), block) for cost, block in own.items()}
            kept["other_costs"] = _costs(whole, all_costs(name), begins, first, (year, begun))
        found["scenarios"][name] = kept
    return found


def _with_early(scenarios: dict[str, Plain], holds: Callable[[Plain], bool]) -> dict[str, Plain]:
    """The scenarios; one that begins before the one that it is like starts, while it is in force, from a copy of that
    with its own years."""
    found = dict(scenarios)

    def stated(name: str) -> Plain:
        """The years of a scenario as they are written: its own, or else those of the one that it is like."""
        one = found.get(name, {})
        own: Plain = {key: one[key] for key in ("from", "until") if key in one}
        return stated(one.get("like", BASELINE)) | own if one else own

    def start_of(name: str, copies: str) -> None:
        own, like = stated(name), found[name].get("like", BASELINE)
        if "from" not in stated(like) or year_of(own["from"]) >= year_of(stated(like)["from"]):
            return
        copy = f"{EARLY}{copies} {like}"
        found[copy] = {**{key: one for key, one in found[like].items() if key != "until"}, **own}
        if holds(own):
            found[name] = {**found[name], "like": copy}
        start_of(copy, copies)

    for name in scenarios:
        if "from" in scenarios[name]:
            start_of(name, name)
    return found


def _costs(own: Plain, whole: dict[str, Plain], begins: int, first: int, when: tuple[int, int]) -> Plain:
    """The other costs that are in force; one that is laid over another has the years of that, too."""
    found: Plain = {}
    for name, block in own.items():
        term = _years(whole.get(name, block), first)
        if _holds(term, *when):
            bare = {key: value for key, value in _cost(block).items() if key not in ("from", "until")}
            found[name] = _since(bare, "", max(begins, term[0]))
    return found


def _cost(block: Any) -> Plain:
    """An other cost as a block: a bare number is its amount."""
    return block if _is_block(block) else {"amount": block}


def _several(entry: Any) -> list[Any]:
    return entry if isinstance(entry, list) else [entry]


def _is_relative(figure: Any) -> bool:
    """Whether it is a change of the file's own figure, which moves with that."""
    number = figure["value"] if isinstance(figure, dict) else figure
    return isinstance(number, str) and number[:1] in "+-" and number.endswith("%")


def _years(entry: Any, first: int) -> tuple[int, int | None]:
    if not isinstance(entry, dict):
        return 0, None
    begins = year_of(entry["from"]) - first if "from" in entry else 0
    return begins, year_of(entry["until"]) - first if "until" in entry else None


def _holds(term: tuple[int, int | None], year: int, begun: int) -> bool:
    begins, ends = term
    return begins <= begun and (ends is None or year <= ends)


def _bare(entry: Any) -> Any:
    """The entry of a change without its years."""
    return {key: value for key, value in entry.items() if key not in ("from", "until")} if _is_block(entry) else entry


def _is_block(node: Any) -> bool:
    return isinstance(node, dict) and "value" not in node


def _since(node: Any, key: str, year: int) -> Any:
    """The amounts of a block as of a year."""
    if isinstance(node, dict) and "value" in node:
        return node if _is_relative(node) else {"since": year, **node} if key in PRICES or key in UNDER else node
    if isinstance(node, dict):
        within = key in UNDER
        return {name: _since(one, key if within else name, year) for name, one in node.items()}
    stated = isinstance(node, str) and (key in PRICES or key in UNDER) and not _is_relative(node)
    if stated and NUMBER.fullmatch(node.strip()):
        return {"value": node, "since": year, ALONE: True}
    return node
