"""What is asked of a measure: the plan, the part of it, and the lines, roles and figures that take part in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from staffcalc.costing.budgets import revenue_formula
from staffcalc.costing.ledger import Ledger, PlanLedger
from staffcalc.costing.lines import CostLine, RoleStaff, total
from staffcalc.costing.measures.levy import is_met
from staffcalc.costing.measures.measures import measure
from staffcalc.costing.measures.stated_measures import paid_once, revenues, with_rooms
from staffcalc.costing.measures.teams import team_figures
from staffcalc.costing.measures.time import time_figures
from staffcalc.costing.measures.time_measures import MEASURES as TIME_MEASURES
from staffcalc.costing.measures.time_measures import roles_in_time
from staffcalc.costing.scope import WHOLE_PLAN, Scope, adults, paid, paid_teachers, teacher_pay, teachers
from staffcalc.costing.staff.posts import PostMeasures
from staffcalc.formula.words import people, plain, say_figure
from staffcalc.language.figures import Figure
from staffcalc.questions.figures.budget_inputs import budget_figures, last_levies
from staffcalc.questions.figures.provenance import count_steps, formula_step, inputs_of, origin, staffed
from staffcalc.questions.measuring import ALL_MEASURES, TEAM_MEASURES
from staffcalc.report import NA, Count, ExplainedStep, Money, NotAvailable, Number


class AskedMeasure:
    """One measure of one plan, or of the part of it that some roles and funds are."""

    def __init__(self, name: str, ledger: Ledger, plan: PlanLedger, scope: Scope = WHOLE_PLAN) -> None:
        self.name, self.ledger, self.plan, self.scope = name, ledger, plan, scope
        self.cell = self.cell_of(name)

    @property
    def lines(self) -> list[CostLine]:
        """The cost lines that take part."""
        if self.name in ("cost", "left", "cost_per_student", "change", "assumed_share"):
            return self.shown_lines()
        if self.name == "cost_per_fte":
            return [line for line in self.shown_lines() if line.role is not None and staffed(self.plan.plan, line.role)]
        if self.name == "one_time":
            return list(paid_once(self.plan._replace(nothing=()), self.scope))
        return teacher_pay(self.plan.lines) if self.name == "average_teacher_pay" else []

    def shown_lines(self) -> list[CostLine]:
        """The lines of the part that are shown: where nobody is, there is nothing to tell."""
        return list(self.scope.lines(self.plan._replace(nothing=())))

    @property
    def roles(self) -> list[RoleStaff]:
        """The roles whose staff is counted. Displaced staff hold no post, and count nowhere."""
        match self.name:
            case "fte" | "people":
                counted = list(self.scope.staff(self.plan))
            case "cost_per_fte":
                counted = paid(self.scope.staff(self.plan), self.lines)
            case "average_teacher_pay":
                counted = paid_teachers(self.plan)
            case "allotment_used" | "allotment_left":
                counted = [role for role in self.scope.staff(self.plan) if role.positions is not None]
            case _ if self.name in PostMeasures._fields:
                counted = list(self.scope.staff(self.plan))
            case "rooms_needed" | "rooms_left":
                counted = [role for role, _ in with_rooms(self.plan, self.scope)]
            case _ if self.name in TIME_MEASURES:
                counted = [role for role in self.plan.staff if role.role in roles_in_time(self.plan, self.scope)]
            case "students_per_teacher" | "teachers_without_team":
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
        if self.name in TIME_MEASURES:
            found += time_figures(plan, self.scope.only(self.plan))
        if self.name.startswith("allotment") and plan.allotment:
            found.append(("allotment", plan.allotment))
        return found

    def _revenue_figures(self) -> Iterator[tuple[str, Figure]]:
        """The figures of the revenues that take part, and for the share of them the share of each that is for staff."""
        for fund, revenue in revenues(self.plan, self.scope.funds).items():
            formula = revenue_formula(revenue, self.ledger.school.places, self.scope.of_revenue)
            of = f"revenue of {self.plan.plan.called(fund)}"
            yield from ((f"{given.name}, {of}", given.figure) for given in inputs_of(formula))
            if self.name == "staff_share" and revenue.staff_share is not None:
                yield f"staff share, {of}", revenue.staff_share

    def has(self, fund: str) -> bool:
        """Whether what is asked about is of this fund."""
        return self.scope.funds is None or fund in self.scope.funds

    def cell_of(self, name: str, scope: Scope | None = None) -> Number | NotAvailable:
        """Another measure of the same plan, or this one of another part."""
        found = measure(name, self.plan, self.ledger.baseline, self.scope if scope is None else scope)
        if name.startswith("allotment") and found is not None:
            return Count(found)  # positions, which are no FTE
        return NA if found is None else ALL_MEASURES[name](found)

    def _line_step(self, line: CostLine) -> ExplainedStep:
        return formula_step(f"{line.component}, {self.plan.plan.called(line.fund)}", line.formula)

    def line_steps(self, lines: Sequence[CostLine]) -> Iterator[ExplainedStep]:
        for role, grouped in groupby(lines, key=lambda line: line.role):
            own = list(grouped)
            if role is None:
                yield from (self._line_step(line) for line in own)
                continue
            steps = tuple(map(self._line_step, own))
            yield ExplainedStep(role, Money(total(own)), steps)

    def count_steps(self, role: RoleStaff) -> Iterator[ExplainedStep]:
        """The staff of a role: its counts, the FTE of each person, and how many people FTE are."""
        post = staffed(self.plan.plan, role.role)
        assert post is not None
        now = post.now
        yield from count_steps(self.ledger.school, self.plan.plan, role.role, now.counts)
        if now.each is not None:
            yield ExplainedStep(f"FTE each: {say_figure(now.each)}; {origin(self.ledger.school, now.each)}")
        if role.fte != role.people and role.fte:
            yield ExplainedStep(f"{people(role.people)} of {plain(role.fte)} FTE together")
