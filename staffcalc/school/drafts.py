"""Plans as they are read, one after another: the baseline, then each scenario from the plan that it is `like`."""

from __future__ import annotations

from collections.abc import Mapping

from staffcalc.language.file import Scenario
from staffcalc.language.role import Role
from staffcalc.records import NamedTuple
from staffcalc.school.asking import Asking
from staffcalc.school.enrollment import Enrollment, enrollment_of
from staffcalc.school.learning import Learners, learning
from staffcalc.school.likes import in_order, with_copies
from staffcalc.school.not_stated import as_today, is_unknown_plan, known_staff, refuse_unknown, with_uncounted
from staffcalc.school.other_costs import other_costs
from staffcalc.school.packages import Packages, of_file
from staffcalc.school.parts.budgets import Budget, Enrolled, StatedBudget, budgets
from staffcalc.school.refigured import Begun, begun_in, since
from staffcalc.school.roles import components_of, post
from staffcalc.school.school import BASELINE, Placement, Plan, Post, Staffed
from staffcalc.school.staff.book_lines import refuse_lines, with_lines
from staffcalc.school.staff.entries import EntryNames, check_posts_of_today
from staffcalc.school.staff.laid_off import without_laid_off
from staffcalc.school.staff.plans import Staffing, changed_staff, repost, whole_staff
from staffcalc.school.staff.ratios import counted_anew
from staffcalc.school.stated import Stated
from staffcalc.school.teams import Around, Teams, check_core_subjects, check_teams, teams, with_teams_led
from staffcalc.school.terms import costs_begun, years_of
from staffcalc.source.tree import Block, Text, Tree


class Draft(NamedTuple):
    """A plan, and what a scenario that is like it starts from.

    `posts` are all that it could staff, `trees` the roles that they are made of, `packages` the benefits they have,
    `cost_trees` its other costs; `stated_budget` is what has been stated of its budget, `cut_saves` of posts given up;
    `teams` are those of the plan by name. `begun`: the amounts that decisions of later years state.
    """

    plan: Plan
    staff: Staffing
    posts: Mapping[str, Post]
    trees: Mapping[Text, Tree]
    cost_trees: Mapping[Text, Tree]
    packages: Packages
    enrollment: Enrollment
    stated_budget: StatedBudget
    cut_saves: Text | None
    teams: Teams
    begun: Begun


Drafts = Mapping[str, Draft]
"""The plans of a file by name, each after the one that it is like; the baseline is the first."""


def drafted(stated: Stated) -> Drafts:
    """All plans that a file states; what cannot be made is among the problems."""
    made = {BASELINE: _baseline(stated)}
    for name in _in_order(stated):
        if (draft := scenario_draft(name, stated, made)) is not None:
            made[str(name)] = draft
    return made


def _in_order(stated: Stated) -> list[Text]:
    """The scenarios, each after the one it starts from."""
    likes = {name: None if one.like == BASELINE else one.like for name, one in stated.scenarios.items()}
    lost = {str(path[1]) for path in stated.broken if path[0] == "scenarios" and len(path) > 1}
    return in_order(likes, (), lost, stated.problems, "scenario")


def _baseline(stated: Stated) -> Draft:
    file, tree, problems = stated.file, stated.tree, stated.problems
    packages = of_file(stated)
    posts, trees = _posts(file.roles or {}, tree.get(Text("roles")), {}, {}, stated)
    posts = with_lines(_cutting(file.cut_saves, posts), {}, file.baseline, problems)
    if file.baseline is None and file.roster is None and (BASELINE,) not in stated.broken:
        hint = "add `baseline: {classroom teacher: 30}`"
        problems.add(tree.place, "no `baseline`: today's staff is missing", hint)
        stated.broken.add((BASELINE,))
    enrollment = enrollment_of(tree, file, Enrollment(None, {}), stated)
    staff = whole_staff(file.baseline or {}, _known(posts, enrollment, stated))
    refuse_unknown(tree, problems)
    staff = with_uncounted(staff, tree.get(Text(BASELINE)), posts, problems)
    for name, placements in _roster(posts, stated).items():
        staff[name] = Staffed(posts[name], tuple(one.fte for one in placements), placements=placements)
    check_core_subjects(file.core_subjects or (), problems)
    modes = learning(file.learning, (), Learners(posts, enrollment, file.week, stated))
    led = teams(file.teams, {}, around := _around(posts, enrollment, stated))
    staff = _in_teams(BASELINE, staff, led, around, Asking(modes, tuple(led.values()), file.week), enrollment)
    if not problems:  # else the roles that others follow may not be known
        check_posts_of_today(staff, problems)
    key = tree.key(BASELINE)
    in_years = {str(fund): rule.years for fund, rule in stated.fund_rules.items() if rule.years}
    budget_stated = StatedBudget(None, False, {}, {}).nearer(file.budget)._replace(in_years=in_years, of_file=in_years)
    costs, cost_trees = other_costs(file.other_costs, tree.get(Text("other_costs")), {}, {}, stated)
    begun = costs_begun(tree.get(Text("other_costs")), costs, 0, stated)
    plan = Plan(
        name=BASELINE,
        staff=tuple(known_staff(staff).values()),
        students=enrollment.students,
        grades=enrollment.grades,
        budget=_budget(budget_stated, enrollment, stated),
        budget_of_baseline=budget_stated.of_baseline,
        budget_in_years=budget_stated.in_years,
        other_costs=since(begun).of(costs),
        place=tree.place if key is None else key.place,
        allotment=file.allotment,
        rooms_available=file.rooms_available,
        week=file.week,
        learning=modes,
        may_exceed=file.over_budget == "allowed",
        forecast=() if file.forecast is None else (file.forecast,),
        forecast_begins=() if file.forecast is None else (0,),
        teams=tuple(led.values()),
        core_subjects=_core_subjects(stated),
    )
    return Draft(plan, staff, posts, trees, cost_trees, packages, enrollment, budget_stated, file.cut_saves, led, begun)


def scenario_draft(name: Text, stated: Stated, before: Drafts, *, others_stay: bool = False) -> Draft | None:
    """The plan of a scenario of the file, from the one of those `before` that it is like; None, with the problem, where
    it has the name of the baseline. `others_stay`: roles that its `staffing` leaves out keep whom they have."""
    if name == BASELINE:
        hint = "the baseline stands under its own key; give the scenario another name"
        stated.problems.add(name.place, "a scenario named `baseline`", hint)
        return None
    scenario, tree = stated.scenarios[name], stated.tree[Text("scenarios")][name]
    like = str(scenario.like) if scenario.like is not None else BASELINE
    start = before[like]
    begins, ends = years_of(scenario, start.plan, stated)
    own = tree.get(Text("other_costs"))
    costs, cost_trees = other_costs(scenario.other_costs, own, start.plan.other_costs, start.cost_trees, stated)
    begun = {**start.begun, **(begun_in(tree, begins) if begins else {}), **costs_begun(own, costs, begins, stated)}
    as_begun = since(begun)
    cut_saves = scenario.cut_saves or start.cut_saves
    posts, trees, packages = _scenario_posts(scenario, tree, start, stated)
    posts = as_begun.of(with_lines(_cutting(cut_saves, posts), start.posts, scenario.staffing, stated.problems))
    enrollment = as_begun.of(enrollment_of(tree, scenario, start.enrollment, stated))
    known, today = _known(posts, enrollment, stated), before[BASELINE].staff
    staff = _scenario_staff(name, scenario, repost(start.staff, posts), today, known, others_stay=others_stay)
    staff = _as_stated(staff, scenario, tree, posts, stated)
    staff = without_laid_off(staff, start.staff, scenario, stated.problems, later=begins > 0)
    week = scenario.week or start.plan.week
    modes = learning(scenario.learning, start.plan.learning, Learners(posts, enrollment, week, stated))
    led = teams(scenario.teams, start.teams, around := _around(posts, enrollment, stated))
    asking = Asking(modes, tuple(led.values()), week)
    staff = _beside_today(_in_teams(name, staff, led, around, asking, enrollment), known_staff(today))
    budget_stated = start.stated_budget.nearer(scenario.budget)
    same_budget = budget_stated is start.stated_budget and enrollment == start.enrollment
    plan = Plan(
        name=str(name),
        staff=tuple(known_staff(staff).values()),
        students=enrollment.students,
        grades=enrollment.grades,
        budget=start.plan.budget if same_budget else as_begun.of(_budget(budget_stated, enrollment, stated)),
        budget_of_baseline=budget_stated.of_baseline,
        budget_in_years=budget_stated.in_years,
        other_costs=as_begun.of(costs),
        place=name.place,
        begins=begins,
        ends=ends,
        note=str(scenario.note) if scenario.note else None,
        allotment=scenario.allotment or start.plan.allotment,
        rooms_available=scenario.rooms_available or start.plan.rooms_available,
        week=week,
        learning=modes,
        may_exceed=(scenario.over_budget or stated.file.over_budget) == "allowed",
        like=like,
        packages=packages.restated,
        forecast=start.plan.forecast if scenario.forecast is None else (scenario.forecast, *start.plan.forecast),
        forecast_begins=(*(() if scenario.forecast is None else (begins,)), *start.plan.forecast_begins),
        teams=tuple(led.values()),
        core_subjects=_core_subjects(stated),
        not_stated=is_unknown_plan(tree) or (start.plan.not_stated and scenario.staffing is None),
    )
    return Draft(plan, staff, posts, trees, cost_trees, packages, enrollment, budget_stated, cut_saves, led, begun)


# Roles


def _posts(
    roles: Mapping[Text, Role],
    trees: Tree | None,
    far: Mapping[str, Post],
    far_trees: Mapping[Text, Tree],
    stated: Stated,
) -> tuple[dict[str, Post], Mapping[Text, Tree]]:
    """The posts of `roles` and their trees, laid over those of the plan that this one starts from."""
    sound = {name: trees[name] for name in roles} if isinstance(trees, Block) else {}
    copied = with_copies(sound, far_trees, stated.broken, stated.problems)
    as_stated = {name: role for name, role in roles.items() if role.like is None and name not in far_trees}
    posts: dict[str, Post] = {}
    for name, tree in copied.items():  # originals before their copies, so that a problem is told of the original
        role = as_stated.get(name) or Role.model_validate(tree)
        posts[name] = post(name, role, stated)
    in_file_order = {str(name): posts[name] for name in roles if name in posts}
    return {**far, **in_file_order}, {**far_trees, **copied}


def _scenario_posts(
    scenario: Scenario, tree: Block, start: Draft, stated: Stated
) -> tuple[dict[str, Post], Mapping[Text, Tree], Packages]:
    """The posts of a scenario with their trees and benefits, laid over those of the plan that it is like."""
    packages = start.packages.under(scenario.benefits, tree.get(Text("benefits")), stated)
    far = _with_benefits(start.posts, start.packages, packages, stated)
    posts, trees = _posts(scenario.roles or {}, tree.get(Text("roles")), far, start.trees, packages.among(stated))
    return posts, trees, packages


def _with_benefits(posts: Mapping[str, Post], before: Packages, after: Packages, stated: Stated) -> Mapping[str, Post]:
    """The posts with the benefits of a plan that restates some of them; all others stay the very same."""
    if after is before:
        return posts
    within = after.among(stated)
    return {
        name: one._replace(components=components_of(one.role, within))
        if one.role.benefits is not None and not one.not_priced and after.differs(str(one.role.benefits), before)
        else one
        for name, one in posts.items()
    }


def _cutting(cut_saves: Text | None, posts: Mapping[str, Post]) -> dict[str, Post]:
    """The posts with what a file or a scenario says of posts given up, where a role itself says nothing."""
    own = cut_saves == "own"
    return {
        name: one if one.role.cut_saves is not None or one.saves_own == own else one._replace(saves_own=own)
        for name, one in posts.items()
    }


# Staff


def _known(posts: Mapping[str, Post], enrollment: Enrollment, stated: Stated) -> EntryNames:
    table = stated.file.fte_by_hours_and_months
    return EntryNames(posts, enrollment, stated.schedules, table, stated.broken, stated.problems)


def _roster(posts: Mapping[str, Post], stated: Stated) -> dict[str, tuple[Placement, ...]]:
    """The people of the roster by role; a role is stated there or in the baseline."""
    rows = stated.file.roster
    if rows is None:
        return {}
    from staffcalc.school.staff.roster import placements

    found = placements(rows, posts, stated)
    for name in stated.file.baseline or {}:
        if name in found:
            what = f"`{name}` is in the roster already"
            stated.problems.add(name.place, what, "leave it out of the baseline, or out of the roster")
    return found


def _scenario_staff(
    name: Text, scenario: Scenario, start: Staffing, today: Staffing, known: EntryNames, *, others_stay: bool
) -> Staffing:
    """The staff of a scenario. `start` is that of the plan it is like, `today` that of the baseline."""
    if scenario.change is not None and scenario.staffing is not None:
        what = f"`{name}` has both `change` and `staffing`"
        known.problems.add(name.place, what, "keep one: staffing states the whole mix")
    elif scenario.staffing is not None:
        whole = whole_staff(scenario.staffing, known, repost(today, known.posts))
        named = {str(role): whole[role] for role in scenario.staffing if role in whole}
        return {**start, **named} if others_stay else whole
    elif scenario.change is not None:
        return changed_staff(start, scenario.change, known._replace(today=repost(today, known.posts)))
    return start


def _as_stated(staff: Staffing, scenario: Scenario, tree: Block, posts: Mapping[str, Post], stated: Stated) -> Staffing:
    """The staff of a scenario with the counts that are not stated."""
    refuse_lines(scenario.change, stated.problems)
    for key in ("change", "staffing"):
        staff = with_uncounted(staff, tree.get(Text(key)), posts, stated.problems, anew=True)
    return staff


def _beside_today(staff: Staffing, baseline: Mapping[str, Staffed]) -> Staffing:
    """The staff with those of the baseline beside them: what is more or fewer are posts added or given up."""
    found: Staffing = {}
    for name, one in staff.items():
        today = baseline.get(name) or Staffed(one.post, (), one.each, one.people)
        posts = one.counts, one.placements, one.vacant, one.leaving
        same = posts == (today.counts, today.placements, today.vacant, today.leaving) and not one.restated
        if today.not_counted:
            same, today = one.not_counted or not one.hired, as_today(one)
        beside = None if same or one.not_counted else today
        found[name] = one if one.today == beside else one._replace(today=beside)
    return found


# Teams


def _around(posts: Mapping[str, Post], enrollment: Enrollment, stated: Stated) -> Around:
    """What the teams of a plan may name."""
    subjects = stated.file.core_subjects or ()
    return Around(posts, enrollment.counted, subjects, stated.is_extending, stated.broken, stated.problems)


def _in_teams(
    name: str, staff: Staffing, led: Teams, around: Around, asking: Asking, enrollment: Enrollment
) -> Staffing:
    """The staff of a plan, counted by what its students and its teams ask for; the teams are checked against it."""
    staff = counted_anew(staff, around.posts, enrollment, around.problems, asking)
    if led and not any(path[0] == BASELINE for path in around.broken):
        check_teams(name, led, staff, around.students, around)
    return with_teams_led(staff, led)


def _core_subjects(stated: Stated) -> tuple[str, ...]:
    return tuple(map(str, stated.file.core_subjects or ()))


# Money that is not a role's


def _budget(budget_stated: StatedBudget, enrollment: Enrollment, stated: Stated) -> dict[str, Budget] | None:
    if budget_stated.by_fund is None:
        return None
    return budgets(
        budget_stated.by_fund, Enrolled(enrollment.counted, enrollment.grades, enrollment.groups), stated.problems
    )
