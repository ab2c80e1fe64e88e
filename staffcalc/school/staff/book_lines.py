"""Lines of a budget book: FTE with all that they cost, whose roles need no price of their own.

A line is a component of its role in the plan that states it, so that fewer FTE carry their share of it, and everything
that can be asked of a component can be asked of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.language.kinds import LINE
from staffcalc.language.role import Role
from staffcalc.language.staff import Staff
from staffcalc.school.school import Post
from staffcalc.source.problems import Place, Problems
from staffcalc.source.tree import Text

_PRICES = (
    *(
        "salary",
        "average",
        "new_hire",
        "hourly",
        "daily",
        "stipend",
        "supplement",
        "extra_days",
        "attrition",
        "vacancy",
    ),
    *("absence_days", "benefits", "costs", "saves"),
)
"""The keys by which a role is priced."""
_EXAMPLE = "write {fte: 15.00, cost: 1_263_462}"


def with_lines(
    posts: Mapping[str, Post], before: Mapping[str, Post], entries: Mapping[Text, Staff] | None, problems: Problems
) -> dict[str, Post]:
    """The posts of a plan with the lines that its `entries` state, and with those of the plan that it starts from where
    it states none. A role that is priced in this plan alone has that price in the place of its line."""
    found = {name: _inheriting(post, before.get(name)) for name, post in posts.items()}
    for name, entry in (entries or {}).items():
        if entry.cost is not None and name in posts:
            _check_line(name, entry, entry.cost, problems)
            _check_price(posts[name], entry.cost.place, problems)
            if entry.fte is None or entry.fte.value or entry.cost.value:  # of nobody, one has the price of before
                line = Component().model_copy(update={"cost": entry.cost, "fte": entry.fte})
                found[str(name)] = _of_line(posts[name], line)
    return found


def refuse_lines(changes: Mapping[Text, Iterable[Staff]] | None, problems: Problems) -> None:
    """A change says by how many FTE a line is more or fewer, and restates none."""
    for name, entry in ((name, entry) for name, entries in (changes or {}).items() for entry in entries):
        if entry.cost is not None:
            hint = "state the whole line in `staffing`; FTE that a change takes away carry their share"
            problems.add(entry.cost.place, f"a change of `{name}` with a `cost`", hint)


def _inheriting(post: Post, before: Post | None) -> Post:
    line = before.components.get(LINE) if before is not None else None
    return post if line is None or LINE in post.components or any(_prices(post.role)) else _of_line(post, line)


def _of_line(post: Post, line: Component) -> Post:
    return post._replace(components={LINE: line})


def _check_line(name: Text, entry: Staff, cost: Figure, problems: Problems) -> None:
    """An entry with a `cost` states FTE of one year, and nothing else."""
    fte, others = entry.fte, (entry.people, entry.per_students, entry.per, entry.sections, entry.classes, entry.cells)
    if any(one is not None for one in others):
        problems.add(cost.place, f"`{name}` has a `cost`, which is of so many FTE", _EXAMPLE)
    elif fte is None:
        return  # how many they are is asked where they are counted
    elif fte.dated_figures:
        what = f"the `fte` of `{name}` are those of its `cost`, and others in single years are not"
        problems.add(fte.place, what, "state the FTE of other years in a scenario, or date the cost")
    elif not fte.value and cost.value:
        problems.add(cost.place, f"`{name}` costs something, and is 0 FTE", "state it under `other_costs`")


def _check_price(post: Post, place: Place, problems: Problems) -> None:
    for key in _prices(post.role):
        what = f"`{post.name}` has `{key}`, and the `cost` of its line in {place} is all pay and benefits"
        problems.add(post.place, what, f"leave `{key}` out, or write the FTE alone")
        return


def _prices(role: Role) -> Iterator[str]:
    return (key for key in _PRICES if getattr(role, key) is not None)
