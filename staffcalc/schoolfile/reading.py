"""Read a school: file → tree → model → School, or every problem of it at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal

from staffcalc.schoolfile.checks import Names, check_checks
from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.files import STANDARD_INPUT, Files
from staffcalc.schoolfile.language import Component, OtherCost, Role, Scenario, SchoolFile
from staffcalc.schoolfile.likes import in_order
from staffcalc.schoolfile.plans import Staffing, changed_staff, repost, whole_staff
from staffcalc.schoolfile.problems import Problems, SchoolFileError
from staffcalc.schoolfile.roles import (
    check_limits,
    check_other_cost,
    check_packages,
    check_paid,
    check_price,
    fund_shares,
    is_priced,
    post,
    with_copies,
)
from staffcalc.schoolfile.school import BASELINE, GENERAL, FundShare, Plan, Post, School
from staffcalc.schoolfile.tree import Block, Text, Tree
from staffcalc.schoolfile.validation import Broken, validated


def read_school(path: str, files: Files | None = None) -> School:
    """The checked school of one file; `-` is standard input.

    Raises SchoolFileError with all problems of the file, and of the files it extends.
    """
    tree, of_form = (files or Files()).tree(path)
    problems = Problems(of_form)
    school = _Reading(tree, problems).school(path)
    if problems:
        raise SchoolFileError(problems)
    return school


class _Reading:
    """One file being checked: what is known of it so far, and the problems found."""

    def __init__(self, tree: Block, problems: Problems) -> None:
        self.tree = tree
        self.problems = problems
        self.file: SchoolFile
        self.broken: Broken
        self.file, self.broken = validated(tree, problems)
        self.packages = self.file.benefits or {}
        check_packages(self.packages, problems)
        funds = list(self.file.budget or ())
        self.default_fund = str(funds[0]) if len(funds) == 1 else GENERAL
        self.posts, trees = self._posts(self.file.roles or {}, tree.get(Text("roles")), {}, {})
        self.plans: dict[str, Plan] = {}
        self.staff: dict[str, Staffing] = {}
        self.posts_of: dict[str, Mapping[str, Post]] = {}
        self.trees_of: dict[str, Mapping[Text, Tree]] = {BASELINE: trees}

    def school(self, path: str) -> School:
        file = self.file
        self._baseline()
        for name in self._in_order(file.scenarios or {}):
            self._scenario(name, (file.scenarios or {})[name])
        self._check_plans()
        check_checks(file.checks or (), self._names(), path, self.broken, self.problems)
        order = [BASELINE, *(name for name in file.scenarios or {} if name in self.plans)]
        stem = "standard input" if path == STANDARD_INPUT else os.path.splitext(os.path.basename(path))[0]
        return School(
            name=str(file.school) if file.school is not None else stem,
            file=path,
            year=str(file.year) if file.year is not None else None,
            students=file.students,
            unit=Decimal("0.01") if file.rounding == "cent" else Decimal(1),
            plans=tuple(self.plans[name] for name in dict.fromkeys(order)),
            checks=tuple(file.checks or ()),
            notes=self._notes(),
            posts={name: one for posts in reversed(self.posts_of.values()) for name, one in posts.items()},
            packages={str(name): _by_name(components) for name, components in self.packages.items()},
        )

    def _posts(
        self,
        roles: Mapping[Text, Role],
        trees: Tree | None,
        school: Mapping[str, Post],
        school_trees: Mapping[Text, Tree],
    ) -> tuple[dict[str, Post], Mapping[Text, Tree]]:
        """The posts of `roles` and their trees, laid over those of the whole school."""
        sound = {name: trees[name] for name in roles} if isinstance(trees, Block) else {}
        copied = with_copies(sound, school_trees, self.broken, self.problems)
        as_stated = {name: role for name, role in roles.items() if role.like is None and name not in school_trees}
        posts: dict[str, Post] = {}
        for name, tree in copied.items():  # originals before their copies, so that a problem is told of the original
            role = as_stated.get(name) or Role.model_validate(tree)
            posts[name] = post(name, role, self.packages, self.default_fund, self.broken, self.problems)
        in_file_order = {str(name): posts[name] for name in roles if name in posts}
        return {**school, **in_file_order}, {**school_trees, **copied}

    def _in_order(self, scenarios: Mapping[Text, Scenario]) -> list[Text]:
        """The scenarios, each after the one it starts from."""
        likes = {name: None if one.like == BASELINE else one.like for name, one in scenarios.items()}
        lost = {str(path[1]) for path in self.broken if path[0] == "scenarios" and len(path) > 1}
        return in_order(likes, (), lost, self.problems, "scenario")

    def _baseline(self) -> None:
        file, entries = self.file, self.file.baseline
        if entries is None and ("baseline",) not in self.broken:
            what = "no `baseline`: today's staff is missing"
            self.problems.add(self.tree.place, what, "add `baseline: {classroom teacher: 30}`")
            self.broken.add((BASELINE,))
        staff = whole_staff(entries or {}, self.posts, self.broken, self.problems)
        place = key.place if (key := self.tree.key(BASELINE)) else self.tree.place
        budget = None if file.budget is None else _by_fund(file.budget)
        costs = self._costs(file.other_costs)
        plan = Plan(
            name=BASELINE,
            staff=tuple(staff.values()),
            students=file.students,
            budget=budget,
            other_costs=costs,
            place=place,
            allotment=file.allotment,
            may_exceed=file.over_budget == "allowed",
        )
        self._keep(plan, staff, self.posts)

    def _scenario(self, name: Text, scenario: Scenario) -> None:
        if name == BASELINE:
            hint = "the baseline stands under its own key; give the scenario another name"
            self.problems.add(name.place, "a scenario named `baseline`", hint)
            return
        like = str(scenario.like) if scenario.like is not None else BASELINE
        start = self.plans[like]
        trees = self.tree[Text("scenarios")][name].get(Text("roles"))
        posts, self.trees_of[name] = self._posts(scenario.roles or {}, trees, self.posts_of[like], self.trees_of[like])
        staff = self._scenario_staff(name, scenario, repost(self.staff[like], posts), posts)
        plan = Plan(
            name=str(name),
            staff=tuple(staff.values()),
            students=scenario.students or start.students,
            budget=start.budget if scenario.budget is None else {**(start.budget or {}), **_by_fund(scenario.budget)},
            other_costs={**start.other_costs, **self._costs(scenario.other_costs)},
            place=name.place,
            note=str(scenario.note) if scenario.note else None,
            allotment=scenario.allotment or start.allotment,
            may_exceed=(scenario.over_budget or self.file.over_budget) == "allowed",
            like=like,
        )
        self._keep(plan, staff, posts)

    def _scenario_staff(self, name: Text, scenario: Scenario, start: Staffing, posts: Mapping[str, Post]) -> Staffing:
        if scenario.change is not None and scenario.staffing is not None:
            what = f"`{name}` has both `change` and `staffing`"
            self.problems.add(name.place, what, "keep one: staffing states the whole mix")
        elif scenario.staffing is not None:
            return whole_staff(scenario.staffing, posts, self.broken, self.problems)
        elif scenario.change is not None:
            return changed_staff(start, scenario.change, posts, self.broken, self.problems)
        return start

    def _keep(self, plan: Plan, staff: Staffing, posts: Mapping[str, Post]) -> None:
        self.plans[plan.name], self.staff[plan.name], self.posts_of[plan.name] = plan, staff, posts

    def _check_plans(self) -> None:
        """What is staffed has a price, and what is paid has a fund."""
        every = [one for posts in self.posts_of.values() for one in posts.values()]
        named = {str(fund) for one in every for fund in one.role.funds or ()}  # also one that pays 0% for now
        checked: set[tuple[int, int, bool]] = set()
        for plan in self.plans.values():
            budget = self._budgeted_funds(plan)
            funds = sorted(named | {GENERAL} | (budget or set()))
            posts = {staffed.post.name: staffed.post for staffed in plan.staff}
            for one in posts.values():
                if (key := (id(one), id(plan.budget), plan.allotment is None)) in checked:
                    continue  # most scenarios share their posts and their budget with the baseline
                checked.add(key)
                original = posts.get(one.role.like or "")
                if original is None or original is one or is_priced(original.role):
                    check_price(one, plan.allotment is not None, self.problems)
                check_limits(one, funds, self.problems)
                if budget is not None:
                    check_paid(one.name, one.funds, one.place, budget, self.problems)
            for name, (cost, shares) in plan.other_costs.items():
                figure = cost.amount or cost.per_student
                if cost.per_student is not None and plan.students is None and ("students",) not in self.broken:
                    what = f"`{name}` is per student, but `students` is missing"
                    self.problems.add(cost.per_student.place, what, "add `students:` to the file")
                if budget is not None and figure is not None:
                    check_paid(name, shares, figure.place, budget, self.problems)

    def _budgeted_funds(self, plan: Plan) -> set[str] | None:
        """The funds of a stated budget; None where none is stated, or where it is itself in doubt."""
        doubtful = any(path[0] == "budget" for path in self.broken)
        return None if self.file.budget is None or doubtful else {str(fund) for fund in plan.budget or ()}

    def _costs(self, costs: Mapping[Text, OtherCost] | None) -> dict[str, tuple[OtherCost, tuple[FundShare, ...]]]:
        for name, cost in (costs or {}).items():
            check_other_cost(name, cost, self.problems)
        return {
            str(name): (cost, fund_shares(cost, self.default_fund, name, self.problems))
            for name, cost in (costs or {}).items()
        }

    def _names(self) -> Names:
        """What the checks of the file may name."""
        plans = self.plans.values()
        return Names(
            scenarios=tuple(self.plans),
            roles=tuple({name: None for posts in self.posts_of.values() for name in posts}),
            funds=tuple({str(fund): None for plan in plans for fund in self._funds_of(plan)}),
            students=self.file.students is not None,
            allotment=all(plan.allotment is not None for plan in plans),
        )

    def _funds_of(self, plan: Plan) -> set[str]:
        paid = {str(share.fund) for staffed in plan.staff for share in staffed.post.funds}
        return paid | {str(fund) for fund in plan.budget or ()}

    def _notes(self) -> tuple[str, ...]:
        staffed = {one.post.name: one.post for plan in self.plans.values() for one in plan.staff}
        missing = sorted(name for name, one in staffed.items() if one.category is None)
        if not missing:
            return ()
        return (f"no category, so counted neither as teachers nor as leaders: {', '.join(missing)}",)


def _by_name(components: Mapping[Text, Component]) -> dict[str, Component]:
    return {str(name): component for name, component in components.items()}


def _by_fund(budget: Mapping[Text, Figure]) -> dict[str, Figure]:
    return {str(fund): figure for fund, figure in budget.items()}
