"""What one school file states: its model and tree, and what all of its plans have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from staffcalc.language.component import Component
from staffcalc.language.file import Scenario, SchoolFile
from staffcalc.language.fund import Fund
from staffcalc.language.funded_pay import Funded
from staffcalc.language.revenue import ALL
from staffcalc.language.validation import Broken, validated
from staffcalc.records import NamedTuple
from staffcalc.school.own_figures import with_own_figures
from staffcalc.school.schedules.schedules import Schedules
from staffcalc.school.school import GENERAL
from staffcalc.source.problems import Place, Problems
from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree


class Stated(NamedTuple):
    """What a file states. What is wrong with it joins `problems`, and entries in doubt join `broken`.

    `default_fund` pays where none is named; `fund_order` are all funds in the order of the file.
    """

    path: str
    tree: Block
    file: SchoolFile
    schedules: Schedules
    default_fund: str
    fund_order: tuple[str, ...]
    broken: Broken
    problems: Problems

    @property
    def packages(self) -> Mapping[Text, Mapping[Text, Component]]:
        """The benefit packages."""
        return self.file.benefits or {}

    @property
    def fund_rules(self) -> Mapping[Text, Fund]:
        """What is known of funds besides their amounts."""
        return self.file.funds or {}

    @property
    def fund_names(self) -> Mapping[str, str]:
        """What people call funds that have a name besides their key."""
        return {str(fund): str(rule.name) for fund, rule in self.fund_rules.items() if rule.name is not None}

    @property
    def scenarios(self) -> Mapping[Text, Scenario]:
        """The scenarios, in the order of the file."""
        return self.file.scenarios or {}

    @property
    def is_budget_in_doubt(self) -> bool:
        """Whether a fund of the budget, or all of it, could not be read."""
        return any(path[0] == "budget" for path in self.broken)

    @property
    def is_dated(self) -> bool:
        """Whether some figure is another one in a single year."""
        return "years" in self.annotations

    @property
    def annotations(self) -> frozenset[str]:
        """Which keys there are of those that may stand beside any figure: `years`, and what says where it is from."""
        return _keys(self.tree)

    @property
    def is_extending(self) -> bool:
        """Whether some of its roles or teams stand in another file."""
        return any(name.place.file != self.path for name in (*(self.file.roles or ()), *(self.file.teams or ())))

    def with_scenario(self, name: Text, tree: Tree, scenario: Scenario, problems: Problems) -> Stated:
        """The same with one more scenario, or another one of this name; what is wrong with it joins `problems`."""
        trees = block({**self.tree.get(Text("scenarios"), {}), name: tree}, name.place)
        return self._replace(
            tree=block({**self.tree, Text("scenarios"): trees}, self.tree.place),
            file=self.file.model_copy(update={"scenarios": {**self.scenarios, name: scenario}}),
            schedules=self.schedules.reporting_to(problems),
            broken=set(self.broken),
            problems=problems,
        )


def stated_in(path: str, tree: Block, problems: Problems) -> Stated:
    """What the file of this tree states, its schedules checked."""
    tree = with_own_figures(tree)
    file, broken = validated(tree, problems)
    schedules = Schedules(file.schedules or {}, problems, broken)
    funds = [fund for fund in file.budget or () if fund != ALL]
    default_fund = str(funds[0]) if len(funds) == 1 else GENERAL
    order = tuple(dict.fromkeys(map(str, _named_funds(file))))
    return Stated(path, tree, file, schedules, default_fund, order, broken, problems)


def block(entries: Mapping[Text, Tree], place: Place) -> Block:
    """A block of a tree, at a place."""
    made = Block(entries)
    made.place = place
    return made


def _named_funds(file: SchoolFile) -> Iterator[Text]:
    """The funds as the file names them: in the budget, in the roles, in the roster, for released time, and for
    single kinds of pay."""
    roles = (file.roles or {}).values()
    yield from (fund for fund in file.budget or () if fund != ALL)
    for role in roles:
        yield from role.funds or ()
    for row in file.roster or ():
        yield from row.funds or ()
        if row.fund is not None:
            yield row.fund
    for role in roles:
        if role.release is not None and role.release.charged_to:
            yield role.release.charged_to
    for role in roles:
        yield from (stated.fund for stated in (role.supplement, role.stipend) if isinstance(stated, Funded))


_BESIDE_FIGURES = frozenset({"years", *ANNOTATIONS})


def _keys(tree: Tree) -> frozenset[str]:
    """The keys of a tree that may stand beside any figure."""
    found: set[str] = set()
    ahead: list[Tree] = [tree]
    while ahead:
        one = ahead.pop()
        if isinstance(one, Block):
            found |= _BESIDE_FIGURES.intersection(one)
        parts: Any = one.values() if isinstance(one, Block) else one
        ahead.extend(part for part in parts if not isinstance(part, Text))
    return frozenset(found)
