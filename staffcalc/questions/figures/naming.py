"""What the figures of a file are called in a register: by where they are stated, not by where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.measures.teams import team_figures
from staffcalc.costing.measures.time import time_figures
from staffcalc.costing.staff.counts import CHANGE, LOAD, PERIODS
from staffcalc.formula.formula import change_of
from staffcalc.language.figures import Figure
from staffcalc.language.pay_kinds import KINDS_OF_PAY
from staffcalc.language.team import BySize
from staffcalc.questions.figures.growth_rules import growth_names
from staffcalc.questions.figures.provenance import STAFF, Named, staffed
from staffcalc.school.parts.counts import Alike, StaffCount, StaffRatio, stated
from staffcalc.school.school import BASELINE, Post, School
from staffcalc.school.staff.classes import WITHOUT_SUBJECT
from staffcalc.source.problems import Place

MOST_LINES = 10**7


class Naming:
    """The names of one school's figures. What many figures need to know is looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.school = ledger, ledger.school
        self.stated = _growth_names(ledger.stated) | _stated_names(ledger.school) | _class_names(ledger.school)
        self._counts: dict[tuple[str, str], frozenset[StaffCount]] = {}
        self._cells: dict[Place, str] = {}
        self._alike: dict[Place, int] = {}
        for plan in ledger.school.plans:
            for one in plan.staff:
                alike = [count for count in one.counts if isinstance(count, Alike)]
                self._counts[plan.name, one.post.name] = frozenset((*one.counts, *(each.each for each in alike)))
                self._alike.update((each.place, each.people) for each in alike if each.people > 1)
                cells = (
                    (placement.fte.place, placement.wage.cells[0].name)
                    for placement in one.placements
                    if placement.wage is not None
                )
                self._cells.update((place, cell) for place, cell in cells if cell)

    def of(self, plan: PlanLedger, role: str | None, given: Named) -> str:
        """What a figure is called that stands in a line of a role, or of a cost that is not a role's."""
        return self.stated.get(given.figure.place) or self._used_as(plan, role, given)

    def _used_as(self, plan: PlanLedger, role: str | None, given: Named) -> str:
        if role is None:
            return self._of_other_cost(plan, given)
        if self._is_counted(plan.name, given.name, given.figure):  # a ratio, or cover, to the staff of another role
            return self._used_as(plan, given.name, Named("FTE", given.figure))
        if given.figure in _students(plan):
            return in_plan(given.name, plan.name)
        if given.name in STAFF:
            return self._staff(plan, role, given.figure)
        if given.name == CHANGE:
            return in_plan(f"change of {role}", plan.name)
        return f"{given.name} of {role}"

    def _of_other_cost(self, plan: PlanLedger, given: Named) -> str:
        baseline = self.ledger.baseline.plan
        stated = [cost.price for cost, _ in baseline.other_costs.values()]
        if given.figure in (*stated, baseline.students) or given.name.endswith(" share"):
            return given.name
        return in_plan(given.name, plan.name)

    def _staff(self, plan: PlanLedger, role: str, figure: Figure) -> str:
        role = self._holder(plan, role, figure)
        by = self._stated_by(plan, role, figure)
        post = staffed(plan.plan, role)
        first = post is not None and figure in stated(post.counts[:1])
        changed = not first and by != BASELINE and self._is_counted(plan.name, role, figure)
        cell = self._cells.get(figure.place)
        name = f"{role} {cell}" if cell else role
        if figure.place in self._alike:
            name = f"each of {self._alike[figure.place]} {name}"
        return in_plan(f"change of {name}" if changed else name, by)

    def _holder(self, plan: PlanLedger, role: str, figure: Figure) -> str:
        """The role whose staff a figure counts: in a line of those who stay stand those who move into another role."""
        if self._is_counted(plan.name, role, figure):
            return role
        others = (one.post.name for one in plan.plan.staff)
        return next((other for other in others if self._is_counted(plan.name, other, figure)), role)

    def _stated_by(self, plan: PlanLedger, role: str, figure: Figure) -> str:
        """The plan that states a staff count: this one, or the first of those it starts from."""
        plans = {one.name: one for one in self.school.plans}
        name, at = plan.name, plans.get(plan.plan.like or "")
        while at is not None and self._is_counted(at.name, role, figure):
            name, at = at.name, plans.get(at.like or "")
        return name

    def _is_counted(self, plan: str, role: str, figure: Figure) -> bool:
        return figure in self._counts.get((plan, role), ())


def _students(plan: PlanLedger) -> tuple[Figure | None, ...]:
    """The students of a plan, or the file's own and the change that they are made of."""
    students = plan.plan.students
    return (students,) if students is None or students.relative is None else students.relative


def in_plan(what: str, plan: str) -> str:
    """What is stated in a plan: "students, full mix"; in the baseline without its name."""
    return what if plan == BASELINE else f"{what}, {plan}"


def _stated_names(school: School) -> dict[Place, str]:
    """What the figures of packages and roles are called where they are stated, not where they are copied to."""
    names: dict[Place, str] = {}
    for package, components in school.packages.items():
        for component, block in components.items():
            for phrase, figure in block.figures():
                names.setdefault(figure.place, f"{component} {phrase} of {package}")
    for plan in school.plans:
        for package, components in plan.packages.items():
            for component, block in components.items():
                for phrase, figure in block.figures():
                    name = in_plan(_changed(figure, f"{component} {phrase} of {package}"), plan.name)
                    names.setdefault(figure.place, name)
    # A figure that a role has by `like` stands nearer to the role it is copied from.
    found: dict[Place, tuple[float, str]] = {}
    posts = [(post, BASELINE) for post in school.posts.values()]
    posts += [(one.post, plan.name) for plan in school.plans for one in plan.staff]
    for post, plan_name in posts:
        for phrase, figure in _own_figures(post):
            distance = _distance(post.place, figure.place)
            if figure.place not in found or (plan_name == BASELINE and distance < found[figure.place][0]):
                name = _changed(figure, f"{phrase} of {post.name}")
                found[figure.place] = (distance, in_plan(name, plan_name))
    return names | _grade_names(school) | _plan_names(school) | {place: name for place, (_, name) in found.items()}


def _changed(figure: Figure, name: str) -> str:
    """What stands at the place of a figure: of one that is relative to the file's own the change."""
    return name if figure.relative is None else change_of(name)


def _growth_names(school: School) -> dict[Place, str]:
    """What the rates of later years are called, by the rule that states them and the first plan that has it."""
    names: dict[Place, str] = {}
    for plan in school.plans:
        for version in plan.versions:
            for name, figure in growth_names(version):
                names.setdefault(figure.place, in_plan(name, plan.name))
    return names


def _class_names(school: School) -> dict[Place, str]:
    """What the load and the periods are called that are stated subject by subject."""
    subjects: dict[Place, dict[str, str]] = {}
    for post, ratio in (
        (one.post, count)
        for plan in school.plans
        for one in plan.staff
        for count in one.counts
        if isinstance(count, StaffRatio) and count.classes and count.name != WITHOUT_SUBJECT
    ):
        for phrase, figure in ((PERIODS, ratio.fte), (LOAD, ratio.each)):
            if figure is not None:
                subjects.setdefault(figure.place, {})[ratio.name] = f"{ratio.name} {phrase} of {post.name}"
    return {place: name for place, names in subjects.items() if len(names) == 1 for name in names.values()}


def _grade_names(school: School) -> dict[Place, str]:
    """What the students of each grade are called, by the first plan that has them."""
    names: dict[Place, str] = {}
    for plan in school.plans:
        for grade, figure in plan.grades.items():
            names.setdefault(figure.place, in_plan(_changed(figure, f"students, grade {grade}"), plan.name))
    return names


def _plan_names(school: School) -> dict[Place, str]:
    """What the figures of teams and of time are called, by the first plan that has them."""
    names: dict[Place, str] = {}
    for plan in school.plans:
        for phrase, figure in (*team_figures(plan), *time_figures(plan)):
            names.setdefault(figure.place, in_plan(_changed(figure, phrase), plan.name))
    return names


def _own_figures(post: Post) -> Iterator[tuple[str, Figure]]:
    role = post.role
    of_pay = ((phrase, getattr(role, key)) for kind in KINDS_OF_PAY for key, phrase in kind.names.items())
    yield from ((phrase, figure) for phrase, figure in (*of_pay, ("weight", role.weight)) if isinstance(figure, Figure))
    if isinstance(role.supplement, BySize):
        yield from ((f"supplement for a team of {one.in_words}", one.amount) for one in role.supplement.ranges)
    yield from ((f"{post.called(fund)} share", share) for fund, share in (role.funds or {}).items())


def _distance(name: Place, figure: Place) -> float:
    """Lines from a role's name down to a figure; a figure above the name, or in another file, is far off."""
    if name.file != figure.file:
        return inf
    down = figure.line - name.line
    return down if down >= 0 else MOST_LINES - down
