"""Read a school: file → tree → model → School, or every problem of it at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal

from staffcalc.language.component import Component
from staffcalc.language.figures import Figure
from staffcalc.language.file import Scenario, SchoolFile
from staffcalc.language.files import STANDARD_INPUT, Files
from staffcalc.language.fund import OtherCost
from staffcalc.language.revenue import ALL
from staffcalc.language.role import Role
from staffcalc.language.validation import Broken, validated
from staffcalc.school.budgets import Budget, Enrolled, Said, budgets, groups
from staffcalc.school.checks import Names, check_checks
from staffcalc.school.effects import check_effects, check_funds_said
from staffcalc.school.fund_rules import check_fund, check_other_spending, check_spending, paid_by
from staffcalc.school.likes import in_order
from staffcalc.school.plans import Known, Staffing, changed_staff, repost, whole_staff
from staffcalc.school.ratios import Enrolment, counted_anew
from staffcalc.school.roles import (
    check_cover,
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
from staffcalc.school.schedules import Schedules
from staffcalc.school.school import BASELINE, GENERAL, FundShare, Placed, Plan, Post, School, Staffed
from staffcalc.source.problems import Problems, SchoolFileError
from staffcalc.source.tree import Block, Text, Tree


def read_school(path: str, files: Files | None = None) -> School:
    """The checked school of one file; `-` is standard input.

    Raises SchoolFileError with all problems of the file, and of the files it extends.
    """
    return read_whole(path, files).school


def read_whole(path: str, files: Files | None = None) -> Reading:
    """The checked school of one file, with what was read of it: further scenarios can join it (`given`).

    Raises SchoolFileError with all problems of the file, and of the files it extends.
    """
    tree, of_form = (files or Files()).tree(path)
    reading = Reading(path, tree, Problems(of_form))
    reading.read()
    if reading.problems:
        raise SchoolFileError(reading.problems)
    return reading


class Reading:
    """One file being checked: what is known of it so far, and the problems found."""

    school: School

    def __init__(self, path: str, tree: Block, problems: Problems) -> None:
        self.path = path
        self.tree = tree
        self.problems = problems
        self.file: SchoolFile
        self.broken: Broken
        self.file, self.broken = validated(tree, problems)
        self.schedules = Schedules(self.file.schedules or {}, problems, self.broken)
        self.packages = self.file.benefits or {}
        check_packages(self.packages, problems)
        funds = [fund for fund in self.file.budget or () if fund != ALL]
        self.default_fund = str(funds[0]) if len(funds) == 1 else GENERAL
        self.fund_order = _fund_order(self.file)
        posts, trees = self._posts(self.file.roles or {}, tree.get(Text("roles")), {}, {})
        self.cut_saves_of: dict[str, Text | None] = {}
        self.posts = self._cutting(BASELINE, self.file.cut_saves, posts)
        self.plans: dict[str, Plan] = {}
        self.staff: dict[str, Staffing] = {}
        self.posts_of: dict[str, Mapping[str, Post]] = {}
        self.trees_of: dict[str, Mapping[Text, Tree]] = {BASELINE: trees}
        self.enrolment_of: dict[str, Enrolment] = {}
        self.budget_of: dict[str, Said] = {}

    def read(self) -> None:
        """Make the school of the file. Whatever is wrong is among the problems."""
        scenarios = self.file.scenarios or {}
        self._baseline()
        for name in self._in_order(scenarios):
            self.add(name, scenarios[name])
        self.finish()
        check_checks(self.file.checks or (), self._names(), self.path, self.broken, self.problems)

    def finish(self) -> None:
        """Check all plans, and make the school of them."""
        self._check_plans()
        self._check_forecasts()
        self.school = self._school()

    def _school(self) -> School:
        file, path = self.file, self.path
        order = [BASELINE, *(name for name in file.scenarios or {} if name in self.plans)]
        stem = "standard input" if path == STANDARD_INPUT else os.path.splitext(os.path.basename(path))[0]
        return School(
            name=str(file.school) if file.school is not None else stem,
            file=path,
            year=str(file.year) if file.year is not None else None,
            students=self.plans[BASELINE].students,
            unit=Decimal("0.01") if file.rounding == "cent" else Decimal(1),
            plans=tuple(self.plans[name] for name in dict.fromkeys(order)),
            checks=tuple(file.checks or ()),
            notes=self._notes(),
            posts={name: one for posts in reversed(self.posts_of.values()) for name, one in posts.items()},
            packages={str(name): _by_name(components) for name, components in self.packages.items()},
            funds={str(fund): rule for fund, rule in (file.funds or {}).items()},
            dated=_has_key(self.tree, "years"),
            questions=self.schedules.questions(self.plans.values()),
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
            funds = (self.default_fund, *self.fund_order)
            posts[name] = post(name, role, self.packages, self.schedules, funds, self.broken, self.problems)
        in_file_order = {str(name): posts[name] for name in roles if name in posts}
        return {**school, **in_file_order}, {**school_trees, **copied}

    def _in_order(self, scenarios: Mapping[Text, Scenario]) -> list[Text]:
        """The scenarios, each after the one it starts from."""
        likes = {name: None if one.like == BASELINE else one.like for name, one in scenarios.items()}
        lost = {str(path[1]) for path in self.broken if path[0] == "scenarios" and len(path) > 1}
        return in_order(likes, (), lost, self.problems, "scenario")

    def _baseline(self) -> None:
        file, entries = self.file, self.file.baseline
        if entries is None and file.roster is None and ("baseline",) not in self.broken:
            what = "no `baseline`: today's staff is missing"
            self.problems.add(self.tree.place, what, "add `baseline: {classroom teacher: 30}`")
            self.broken.add((BASELINE,))
        enrolment = self._enrolment(self.tree, file, Enrolment(None, {}))
        staff = whole_staff(entries or {}, self._known(self.posts, enrolment))
        for name, placed in self._roster().items():
            staff[name] = Staffed(self.posts[name], tuple(one.fte for one in placed), placed=placed)
        staff = counted_anew(staff, self.posts, enrolment, self.problems)
        place = key.place if (key := self.tree.key(BASELINE)) else self.tree.place
        said = self.budget_of[BASELINE] = Said(None, False).nearer(file.budget)
        costs = self._costs(file.other_costs)
        plan = Plan(
            name=BASELINE,
            staff=tuple(staff.values()),
            students=enrolment.students,
            grades=tuple(enrolment.grades.values()),
            budget=self._budget(said, enrolment),
            budget_of_baseline=said.of_baseline,
            other_costs=costs,
            place=place,
            allotment=file.allotment,
            may_exceed=file.over_budget == "allowed",
            forecast=() if file.forecast is None else (file.forecast,),
        )
        self._keep(plan, staff, self.posts, enrolment)

    def _roster(self) -> dict[str, tuple[Placed, ...]]:
        """The people of the roster by role; a role is stated there or in the baseline."""
        if self.file.roster is None:
            return {}
        from staffcalc.school.roster import people

        found = people(self.file.roster, self.posts, self.schedules, self.default_fund, self.problems, self.broken)
        for name in self.file.baseline or {}:
            if name in found:
                what = f"`{name}` is in the roster already"
                self.problems.add(name.place, what, "leave it out of the baseline, or out of the roster")
        return found

    def _known(self, posts: Mapping[str, Post], enrolment: Enrolment) -> Known:
        table = self.file.fte_by_hours_and_months
        return Known(posts, enrolment, self.schedules, table, self.broken, self.problems)

    def add(self, name: Text, scenario: Scenario, *, others_stay: bool = False) -> None:
        """The plan of one more scenario. `others_stay`: roles that its `staffing` leaves out keep whom they have."""
        if name == BASELINE:
            hint = "the baseline stands under its own key; give the scenario another name"
            self.problems.add(name.place, "a scenario named `baseline`", hint)
            return
        like = str(scenario.like) if scenario.like is not None else BASELINE
        start = self.plans[like]
        trees = self.tree[Text("scenarios")][name].get(Text("roles"))
        posts, self.trees_of[name] = self._posts(scenario.roles or {}, trees, self.posts_of[like], self.trees_of[like])
        posts = self._cutting(str(name), scenario.cut_saves or self.cut_saves_of[like], posts)
        enrolment = self._enrolment(self.tree[Text("scenarios")][name], scenario, self.enrolment_of[like])
        said = self.budget_of[str(name)] = self.budget_of[like].nearer(scenario.budget)
        same_budget = said is self.budget_of[like] and enrolment == self.enrolment_of[like]
        known = self._known(posts, enrolment)
        staff = self._scenario_staff(name, scenario, repost(self.staff[like], posts), known, others_stay=others_stay)
        staff = self._beside_today(counted_anew(staff, posts, enrolment, self.problems))
        plan = Plan(
            name=str(name),
            staff=tuple(staff.values()),
            students=enrolment.students,
            grades=tuple(enrolment.grades.values()),
            budget=start.budget if same_budget else self._budget(said, enrolment),
            budget_of_baseline=said.of_baseline,
            other_costs={**start.other_costs, **self._costs(scenario.other_costs)},
            place=name.place,
            note=str(scenario.note) if scenario.note else None,
            allotment=scenario.allotment or start.allotment,
            may_exceed=(scenario.over_budget or self.file.over_budget) == "allowed",
            like=like,
            forecast=start.forecast if scenario.forecast is None else (scenario.forecast, *start.forecast),
        )
        self._keep(plan, staff, posts, enrolment)

    def _scenario_staff(
        self, name: Text, scenario: Scenario, start: Staffing, known: Known, *, others_stay: bool
    ) -> Staffing:
        if scenario.change is not None and scenario.staffing is not None:
            what = f"`{name}` has both `change` and `staffing`"
            self.problems.add(name.place, what, "keep one: staffing states the whole mix")
        elif scenario.staffing is not None:
            stated = whole_staff(scenario.staffing, known, repost(self.staff[BASELINE], known.posts))
            named = {str(role): stated[role] for role in scenario.staffing if role in stated}
            return {**start, **named} if others_stay else stated
        elif scenario.change is not None:
            return changed_staff(start, scenario.change, known)
        return start

    def _beside_today(self, staff: Staffing) -> Staffing:
        """The staff with those of the baseline beside them: what is more or fewer are posts added or given up."""
        found: Staffing = {}
        for name, one in staff.items():
            today = self.staff[BASELINE].get(name) or Staffed(one.post, (), one.each, one.people)
            same = one.counts == today.counts and one.placed == today.placed and not one.restated
            found[name] = one if same and one.today is None else one._replace(today=None if same else today)
        return found

    def _cutting(self, plan: str, stated: Text | None, posts: Mapping[str, Post]) -> dict[str, Post]:
        """The posts with what a file or a scenario says of posts given up, where a role itself says nothing."""
        self.cut_saves_of[plan] = stated
        own = stated == "own"
        return {
            name: one if one.role.cut_saves is not None or one.saves_own == own else one._replace(saves_own=own)
            for name, one in posts.items()
        }

    def _enrolment(self, tree: Block, stated: SchoolFile | Scenario, before: Enrolment) -> Enrolment:
        """The students that a file or a scenario states, over those from which it starts. Grades are the students."""
        found = self._students(tree, stated, before)
        return found._replace(groups=groups(stated.student_groups, before.groups, found.counted, self.problems))

    def _students(self, tree: Block, stated: SchoolFile | Scenario, before: Enrolment) -> Enrolment:
        grades = {**before.grades, **{str(grade): figure for grade, figure in (stated.grades or {}).items()}}
        if not grades:
            return Enrolment(stated.students or before.students, {})
        key = tree.key("grades")
        place = key.place if key is not None else next(iter(grades.values())).place
        together = Figure(sum((one.value for one in grades.values()), Decimal(0)), "students", place)
        students = stated.students
        if students is not None and (students.value != together.value or students.years):
            what = f"`students` are {students.value:,f}, and the grades come to {together.value:,f}"
            self.problems.add(students.place, what, "leave `students` out: they are the sum of the `grades`")
        return Enrolment(before.students if stated.grades is None and before.grades else together, grades)

    def _keep(self, plan: Plan, staff: Staffing, posts: Mapping[str, Post], enrolment: Enrolment) -> None:
        self.plans[plan.name], self.staff[plan.name], self.posts_of[plan.name] = plan, staff, posts
        self.enrolment_of[plan.name] = enrolment

    def _check_plans(self) -> None:
        """What is staffed has a price, and what is paid has a fund."""
        every = [one for posts in self.posts_of.values() for one in posts.values()]
        staff = [staffed for plan in self.plans.values() for staffed in plan.staff]
        check_effects(every, staff, self.schedules, self.problems)
        named = {str(fund) for one in every for fund in one.role.funds or ()}  # also one that pays 0% for now
        names = {one.name for one in every}
        rules = self.file.funds or {}
        for fund, rule in rules.items():
            if not self._is_budget_broken:
                check_fund(fund, rule, self._funds_known(), names, self.problems)
        for one in every:
            if one.role.release is not None:
                check_cover(one, names, self.broken, self.problems)
        checked: set[tuple[int, int, bool]] = set()
        for plan in self.plans.values():
            budget = self._budgeted_funds(plan)
            funds = sorted(named | {GENERAL} | (budget or set()))
            posts = {staffed.post.name: staffed.post for staffed in plan.staff}
            for staffed in plan.staff:
                one = staffed.post
                if (key := (id(one), id(plan.budget), plan.allotment is None)) in checked:
                    continue  # most scenarios share their posts and their budget with the baseline
                checked.add(key)
                original = posts.get(one.role.like or "")
                if original is None or original is one or is_priced(original.role):
                    check_price(staffed, plan.allotment is not None, self.problems)
                check_limits(one, funds, self.problems)
                if rules:
                    check_spending(staffed, rules, self.problems)
                if budget is not None:
                    check_paid(one.name, paid_by(staffed), one.place, budget, self.problems)
            for name, (cost, shares) in plan.other_costs.items():
                figure = cost.amount or cost.per_student
                if cost.per_student is not None and plan.students is None and ("students",) not in self.broken:
                    what = f"`{name}` is per student, but `students` is missing"
                    self.problems.add(cost.per_student.place, what, "add `students:` to the file")
                if rules:
                    check_other_spending(name, cost, shares, rules, self.problems)
                if budget is not None and figure is not None:
                    check_paid(name, shares, figure.place, budget, self.problems)

    def _check_forecasts(self) -> None:
        """The rules for later years, where there are any."""
        check_funds_said(self.tree, self.problems)
        if _has_key(self.tree, "years"):
            from staffcalc.school.forecasts import check_dated

            check_dated(self.tree, self.file.year, self.problems)
        if not self.file.funds and not any(plan.forecast for plan in self.plans.values()):
            return
        from staffcalc.school.forecasts import Known as Forecasted
        from staffcalc.school.forecasts import capped, check_ends, check_forecast, grown_by_name

        every = [one for posts in self.posts_of.values() for one in posts.values()]
        known = Forecasted(
            units=list(dict.fromkeys(one.unit for one in every)),
            components=list(dict.fromkeys(name for one in every for name in grown_by_name(one))),
            capped=list(dict.fromkeys(name for one in every for name in capped(one))),
            other_costs=list(dict.fromkeys(name for plan in self.plans.values() for name in plan.other_costs)),
            funds=sorted(self._funds_known()),
            year=self.file.year,
        )
        for forecast in {id(one): one for plan in self.plans.values() for one in plan.forecast}.values():
            check_forecast(forecast, known, self.problems)
        payers = [*known.funds, GENERAL] if self._is_budget_broken else known.funds
        check_ends(self.file.funds or {}, payers, self.file.year, self.problems)

    def _budgeted_funds(self, plan: Plan) -> set[str] | None:
        """The funds of a stated budget; None where none is stated fund by fund, or where it is itself in doubt."""
        said = self.budget_of[plan.name]
        if said.funds is None or said.of_baseline or self._is_budget_broken:
            return None
        return set(said.funds)

    @property
    def _is_budget_broken(self) -> bool:
        return any(path[0] == "budget" for path in self.broken)

    def _budget(self, said: Said, enrolment: Enrolment) -> dict[str, Budget] | None:
        if said.funds is None:
            return None
        return budgets(said.funds, Enrolled(enrolment.counted, enrolment.grades, enrolment.groups), self.problems)

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
            students=self.plans[BASELINE].students is not None,
            allotment=all(plan.allotment is not None for plan in plans),
            year=str(self.file.year) if self.file.year is not None else None,
        )

    def _funds_known(self) -> set[str]:
        return {fund for plan in self.plans.values() for fund in self._funds_of(plan)}

    def _funds_of(self, plan: Plan) -> set[str]:
        paid = {str(share.fund) for staffed in plan.staff for share in paid_by(staffed)}
        return paid | {str(fund) for fund in plan.budget or ()}

    def _notes(self) -> tuple[str, ...]:
        staffed = {one.post.name: one.post for plan in self.plans.values() for one in plan.staff}
        missing = sorted(name for name, one in staffed.items() if one.category is None)
        if not missing:
            return ()
        return (f"no category, so counted neither as teachers nor as leaders: {', '.join(missing)}",)


def _fund_order(file: SchoolFile) -> tuple[str, ...]:
    """All funds in the order in which the file names them: those of the budget, of the roles, of the roster, and what
    released time is charged to."""
    roles = (file.roles or {}).values()
    named = [fund for fund in file.budget or () if fund != ALL]
    named += [fund for role in roles for fund in role.funds or ()]
    for row in file.roster or ():
        named += [*(row.funds or ()), *((row.fund,) if row.fund is not None else ())]
    named += [role.release.charged_to for role in roles if role.release is not None and role.release.charged_to]
    return tuple(dict.fromkeys(map(str, named)))


def _has_key(tree: Tree, key: str) -> bool:
    if isinstance(tree, Block):
        return key in tree or any(_has_key(part, key) for part in tree.values() if not isinstance(part, Text))
    return not isinstance(tree, Text) and any(_has_key(part, key) for part in tree)


def _by_name(components: Mapping[Text, Component]) -> dict[str, Component]:
    return {str(name): component for name, component in components.items()}
