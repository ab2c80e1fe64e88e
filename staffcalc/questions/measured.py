"""A measure read out: the lines, roles and funds it adds up or divides, down to their inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from staffcalc.costing.budgets import revenue_formula
from staffcalc.costing.ledger import ZERO, CostLine, Ledger, PlanLedger, RoleStaff, total
from staffcalc.costing.levy import is_met
from staffcalc.costing.measures import measure
from staffcalc.costing.part import WHOLE, Part, adults, teacher_pay, teachers
from staffcalc.costing.stated_measures import paid_once, revenues, with_rooms
from staffcalc.costing.teams import team_figures
from staffcalc.costing.time import time_figures
from staffcalc.costing.time_measures import roles_in_time
from staffcalc.costing.unknown import is_unknown, said, unpriced, why_unknown
from staffcalc.formula.words import MINUS, money, people, plain, say_figure
from staffcalc.language.figures import Figure
from staffcalc.questions.explained_budget import budget_steps
from staffcalc.questions.fit import called
from staffcalc.questions.inputs import (
    budget_figures,
    count_steps,
    formula_step,
    inputs_of,
    last_levies,
    origin,
    staffed,
)
from staffcalc.questions.measured_teams import team_steps
from staffcalc.questions.measuring import ALL_MEASURES, TEAM_MEASURES
from staffcalc.questions.post_steps import STEPS as OF_POSTS
from staffcalc.questions.stated_steps import STEPS
from staffcalc.questions.time_steps import STEPS as OF_TIME
from staffcalc.report import NA, Count, Fte, Money, NotAvailable, Number, Step
from staffcalc.school.school import BASELINE


class Measured:
    """One measure of one plan, or of the part of it that some roles and funds are."""

    def __init__(self, name: str, ledger: Ledger, plan: PlanLedger, part: Part = WHOLE) -> None:
        self.name, self.ledger, self.plan, self.part = name, ledger, plan, part
        self.cell = self._cell(name)

    def step(self) -> Step:
        """The explanation: the last of its steps comes to the measure."""
        if is_unknown(self.name, self.plan, self.ledger.baseline, self.part):
            why = why_unknown(self.plan, self.ledger.baseline, self.part)
            steps: Iterable[Step] = [Step(f"not available: {why}", self.cell)]
        elif self.name in TEAM_MEASURES:
            steps = team_steps(self.name, self.ledger, self.plan, self.part)
        else:
            steps = {**_STEPS, **STEPS, **OF_POSTS, **OF_TIME}[self.name](self)
        return Step(self.name.replace("_", " "), self.cell, tuple(steps))

    @property
    def lines(self) -> list[CostLine]:
        """The cost lines that take part."""
        if self.name in ("cost", "left", "cost_per_student", "change", "assumed_share"):
            return self._lines()
        if self.name == "cost_per_fte":
            return [line for line in self._lines() if line.role is not None and staffed(self.plan.plan, line.role)]
        if self.name == "one_time":
            return list(paid_once(self.plan._replace(nothing=()), self.part))
        return teacher_pay(self.plan.lines) if self.name == "average_teacher_pay" else []

    def _lines(self) -> list[CostLine]:
        """The lines of the part that are shown: where nobody is, there is nothing to tell."""
        return list(self.part.lines(self.plan._replace(nothing=())))

    @property
    def roles(self) -> list[RoleStaff]:
        """The roles whose staff is counted. Displaced staff hold no post, and count nowhere."""
        match self.name:
            case "fte" | "people" | "cost_per_fte":
                counted = list(self.part.staff(self.plan))
            case "allotment_used" | "allotment_left":
                counted = [role for role in self.part.staff(self.plan) if role.positions is not None]
            case _ if self.name in OF_POSTS:
                counted = list(self.part.staff(self.plan))
            case "rooms_needed" | "rooms_left":
                counted = [role for role, _ in with_rooms(self.plan, self.part)]
            case _ if self.name in OF_TIME:
                counted = [role for role in self.plan.staff if role.role in roles_in_time(self.plan, self.part)]
            case "students_per_teacher" | "average_teacher_pay" | "teachers_without_team":
                counted = teachers(self.plan)
            case "students_per_adult":
                counted = adults(self.plan)
            case _:
                counted = []
        return [role for role in counted if staffed(self.plan.plan, role.role) is not None]

    @property
    def figures(self) -> list[tuple[str, Figure]]:
        """The figures that take part and belong to no role."""
        found: list[tuple[str, Figure]] = []
        plan = self.plan.plan
        if self.name in ("budget", "left"):
            found += dict.fromkeys((name, one) for fund, name, one in budget_figures(self.plan) if self.has(fund))
        if self.name in ("levy", "levy_change"):
            found += ((name, one) for fund, name, one in budget_figures(self.plan) if is_met(self.plan, fund))
            found += last_levies(self.plan) if self.name == "levy_change" else ()
        if self.name in ("revenue", "staff_share"):
            found += self._revenue_figures()
        if self.name == "rooms_left" and plan.rooms_available:
            found.append(("rooms available", plan.rooms_available))
        if self.name in ("cost_per_student", "students_per_teacher", "students_per_adult", "reach") and plan.students:
            found.append(("students", plan.students))
        if self.name in TEAM_MEASURES:
            found += team_figures(plan)
        if self.name in OF_TIME:
            found += time_figures(plan, self.part.only(self.plan))
        if self.name.startswith("allotment") and plan.allotment:
            found.append(("allotment", plan.allotment))
        return found

    def _revenue_figures(self) -> Iterator[tuple[str, Figure]]:
        """The figures of the revenues that take part, and for the share of them the share of each that is for staff."""
        for fund, revenue in revenues(self.plan, self.part.funds).items():
            formula = revenue_formula(revenue, self.ledger.school.places, self.part.of_revenue)
            yield from ((f"{given.name}, revenue of {fund}", given.figure) for given in inputs_of(formula))
            if self.name == "staff_share" and revenue.staff_share is not None:
                yield f"staff share, revenue of {fund}", revenue.staff_share

    def has(self, fund: str) -> bool:
        """Whether what is asked about is of this fund."""
        return self.part.funds is None or fund in self.part.funds

    def _cell(self, name: str, plan: PlanLedger | None = None, part: Part | None = None) -> Number | NotAvailable:
        found = measure(name, plan or self.plan, self.ledger.baseline, self.part if part is None else part)
        if name.startswith("allotment") and found is not None:
            return Count(found)  # positions, which are no FTE
        return NA if found is None else ALL_MEASURES[name](found)

    # Steps

    def cost_steps(self) -> Iterator[Step]:
        yield from self.line_steps(self._lines())
        if unknown := unpriced(self.plan, self.part):
            yield Step(f"without what nobody knows: {said(unknown)}")
        yield Step("added up", self._cell("cost"))

    def cell_of(self, name: str, part: Part | None = None) -> Number | NotAvailable:
        """Another measure of the same plan, or this one of another part."""
        return self._cell(name, part=part)

    def _line_step(self, line: CostLine) -> Step:
        return formula_step(f"{line.component}, {called(self.plan, line.fund)}", line.formula)

    def line_steps(self, lines: Sequence[CostLine]) -> Iterator[Step]:
        for role, grouped in groupby(lines, key=lambda line: line.role):
            own = list(grouped)
            if role is None:
                yield from (self._line_step(line) for line in own)
                continue
            steps = tuple(map(self._line_step, own))
            yield Step(role, Money(total(own)), steps)

    def left_steps(self) -> Iterator[Step]:
        budget, cost = self._cell("budget"), self._cell("cost")
        if self.plan.budget is None:
            yield from budget_steps(self)
            return
        yield Step("budget", budget, tuple(budget_steps(self)))
        yield Step("cost", cost, tuple(self.cost_steps()))
        yield Step(f"{_said(budget)} {MINUS} {_said(cost)}", self._cell("left"))

    def change_steps(self) -> Iterator[Step]:
        baseline = Measured("cost", self.ledger, self.ledger.baseline, self.part)
        cost = self._cell("cost")
        yield Step(f"cost of {self.plan.name}", cost, tuple(self.cost_steps()))
        if self.plan is not self.ledger.baseline:
            yield Step(f"cost of {BASELINE}", baseline.cell, tuple(baseline.cost_steps()))
        yield Step(f"{_said(cost)} {MINUS} {_said(baseline.cell)}", self.cell)

    def staff_steps(self) -> Iterator[Step]:
        for role in self.roles:
            part = Part((role.role,), None, self.part.funds)
            shared = () if self.part.funds is None else (Step(f"the share paid by {' and '.join(self.part.funds)}"),)
            steps = (*self.count_steps(role), *shared)
            yield Step(role.role, self._cell(self.name, part=part), steps)
        yield Step("added up", self.cell)

    def count_steps(self, role: RoleStaff) -> Iterator[Step]:
        """The staff of a role: its counts, the FTE of each person, and how many people FTE are."""
        post = staffed(self.plan.plan, role.role)
        assert post is not None
        now = post.now
        yield from count_steps(self.ledger.school, self.plan.plan, role.role, now.counts)
        if now.each is not None:
            yield Step(f"FTE each: {say_figure(now.each)}; {origin(self.ledger.school, now.each)}")
        if role.fte != role.people and role.fte:
            yield Step(f"{people(role.people)} of {plain(role.fte)} FTE together")

    def students_step(self) -> Iterator[Step]:
        students = self.plan.plan.students
        if students is None:
            yield Step("the file does not say how many students there are")
        else:
            yield Step(f"{say_figure(students)}; {origin(self.ledger.school, students)}")

    @property
    def _fte(self) -> Decimal:
        """The FTE of the roles whose staff is counted."""
        return sum((role.fte for role in self.roles), ZERO)

    def _fte_step(self, what: str) -> Step:
        steps = tuple(Step(role.role, Fte(role.fte), tuple(self.count_steps(role))) for role in self.roles)
        return Step(what, Fte(self._fte), steps)

    def _quotient(self, dividend: str, divisor: Decimal | None, unit: str, nobody: str) -> Iterator[Step]:
        if not isinstance(self.cell, type(NA)) and divisor is not None:
            yield Step(f"{dividend} ÷ {plain(divisor)}{unit}, rounded to two decimals", self.cell)
        else:
            why = "the number of students is missing" if divisor is None else nobody
            yield Step(f"not available: {why}", self.cell)

    def cost_per_student_steps(self) -> Iterator[Step]:
        cost = self._cell("cost")
        yield Step("cost", cost, tuple(self.cost_steps()))
        yield from self.students_step()
        yield from self._quotient(_said(cost), self.plan.students, " students", "there are no students")

    def cost_per_fte_steps(self) -> Iterator[Step]:
        dollars, lines = total(self.lines), self.lines
        yield Step("pay and benefits", Money(dollars), tuple(self.line_steps(lines)))
        counted = Measured("fte", self.ledger, self.plan, self.part)
        yield Step("FTE", counted.cell, tuple(counted.staff_steps()))
        fte = measure("fte", self.plan, self.ledger.baseline, self.part)
        yield from self._quotient(money(dollars), fte, " FTE", "nobody is there")

    def per_teacher_steps(self) -> Iterator[Step]:
        yield from self.students_step()
        yield self._fte_step("leaders and teachers")
        yield from self._per_fte("there are no leaders and no teachers")

    def per_adult_steps(self) -> Iterator[Step]:
        yield from self.students_step()
        yield self._fte_step("all but administrators and operations")
        yield from self._per_fte("there are no adults who work with students")

    def _per_fte(self, nobody: str) -> Iterator[Step]:
        students = self.plan.students
        if students is None:
            yield Step("not available: the number of students is missing", self.cell)
        else:
            yield from self._quotient(f"{plain(students)} students", self._fte, " FTE", nobody)

    def teacher_pay_steps(self) -> Iterator[Step]:
        pay, fte = self.lines, self._fte
        yield Step("salary and supplement of leaders and teachers", Money(total(pay)), tuple(self.line_steps(pay)))
        yield self._fte_step("leaders and teachers")
        nobody = "there are no leaders and no teachers" if fte == 0 else "no leader and no teacher has a salary"
        yield from self._quotient(money(total(pay)), fte, " FTE", nobody)

    def used_steps(self) -> Iterator[Step]:
        if self.plan.plan.allotment is None:
            yield Step("not available: the file has no allotment", self.cell)
            return
        for role in self.roles:
            post = staffed(self.plan.plan, role.role)
            assert post is not None
            assert post.post.role.weight is not None
            weight = post.post.role.weight
            counts = self.count_steps(role)
            said = Step(f"weight: {plain(weight.value)}; {origin(self.ledger.school, weight)}")
            cell = self._cell("allotment_used", part=Part((role.role,)))
            last = Step(f"{plain(role.fte)} FTE × {plain(weight.value)}", cell)
            yield Step(role.role, cell, (*counts, said, last))
        yield Step("added up", self._cell("allotment_used"))

    def allotment_left_steps(self) -> Iterator[Step]:
        allotment = self.plan.plan.allotment
        if allotment is None:
            yield Step("not available: the file has no allotment", self.cell)
            return
        used = measure("allotment_used", self.plan, self.ledger.baseline)
        assert used is not None
        yield Step(f"allotment: {plain(allotment.value)}; {origin(self.ledger.school, allotment)}")
        yield Step("positions used", self._cell("allotment_used"), tuple(self.used_steps()))
        yield Step(f"{plain(allotment.value)} {MINUS} {plain(used)}", self.cell)


_STEPS: Mapping[str, Callable[[Measured], Iterable[Step]]] = {
    "cost": Measured.cost_steps,
    "budget": budget_steps,
    "left": Measured.left_steps,
    "change": Measured.change_steps,
    "fte": Measured.staff_steps,
    "people": Measured.staff_steps,
    "cost_per_student": Measured.cost_per_student_steps,
    "cost_per_fte": Measured.cost_per_fte_steps,
    "students_per_teacher": Measured.per_teacher_steps,
    "students_per_adult": Measured.per_adult_steps,
    "average_teacher_pay": Measured.teacher_pay_steps,
    "allotment_used": Measured.used_steps,
    "allotment_left": Measured.allotment_left_steps,
}


def _said(cell: Number | NotAvailable) -> str:
    return money(cell.amount) if isinstance(cell, Money) else ""
