"""The two calculators side by side: the engine's answer in the second calculator's words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import cast

import yaml

import secondcalculator
from schools import Plain, written
from secondcalculator import Costed, Line
from staffcalc.costing.ledger import PlanLedger, cost_school
from staffcalc.costing.measures.measures import MeasureFormulas, measure, team_measures
from staffcalc.costing.pay.pay import Price
from staffcalc.costing.scope import Scope
from staffcalc.costing.years.later_years import in_year
from staffcalc.school.checking.checks import OF_LEARNING, OF_TIME_COST, OF_WEEK, TEACHING_SHARE
from staffcalc.school.reading import read_school
from staffcalc.school.school import School

Calculator = Callable[..., dict[str, Costed]]
"""From plain files (each extends those before it), years and a price to every plan."""


def plain(text: str) -> Plain:
    """A school file as plain dicts; every number stays text."""
    return cast(Plain, yaml.load(dedent(text), Loader=yaml.BaseLoader))


def read(files: list[Plain]) -> School:
    """The school as staffcalc reads it, the nearest file last."""
    with TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            base = {"extends": f"{number - 1}.yaml"} if number else {}
            (Path(folder) / f"{number}.yaml").write_text(written({**base, **file}), encoding="utf-8")
        return read_school(str(Path(folder) / f"{len(files) - 1}.yaml"))


def engine(files: Plain | list[Plain], years: int = 0, price: str | None = None) -> dict[str, Costed]:
    """What staffcalc finds."""
    return of_school(read(files if isinstance(files, list) else [files]), years, price)


def of_school(school: School, years: int, price: str | None) -> dict[str, Costed]:
    """What staffcalc finds for a school that is read."""
    then = in_year(school, years, price=cast(Price | None, price)) if years else school
    ledger = cost_school(then, price=cast(Price | None, price))
    return {plan.name: _costed(plan) for plan in ledger.plans}


def second(files: Plain | list[Plain], years: int = 0, price: str | None = None) -> dict[str, Costed]:
    """What the second calculator finds."""
    return secondcalculator.costed(files, years, price)


BOTH: tuple[Calculator, ...] = (second, engine)


def in_words(plans: dict[str, Costed]) -> dict[str, list[str]]:
    """All that two calculators must agree on, line by line, so that a failure shows where they differ."""
    return {
        name: [
            *sorted(f"{line.role}, {line.component}, {line.fund}: {_said(line.amount)}" for line in plan.lines),
            *sorted(f"{role}: {_said(fte)} FTE" for role, fte in plan.fte.items() if fte),
            *sorted(f"{role}: {_said(people)} people" for role, people in plan.people.items() if people),
            *sorted(f"{role}: {_said(fte)} FTE displaced" for role, fte in (plan.displaced or {}).items() if fte),
            *sorted(
                f"{role}: {_said(people)} displaced" for role, people in (plan.displaced_people or {}).items() if people
            ),
            *sorted(f"budget of {fund}: {_said(amount)}" for fund, amount in (plan.budget or {}).items() if amount),
            f"students: {plan.students}",
            *(f"{name}: {'n/a' if found is None else _said(found)}" for name, found in plan.teams.items()),
            *(f"{name}: {_maybe(found)}" for name, found in (plan.time or {}).items()),
            f"supplements of salaries: {_maybe(plan.supplement_share)}",
            f"left on money that goes on: {_maybe(plan.left_recurring)}",
            f"paid once: {_said(plan.one_time)}",
            f"cost per FTE: {_maybe(plan.cost_per_fte)}",
            f"levy: {_maybe(plan.levy)}, changed by {_maybe(plan.levy_change)}",
            f"rooms: {_maybe(plan.rooms)} needed, {_maybe(plan.rooms_left)} left",
        ]
        for name, plan in plans.items()
    }


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """The words of each that the other has not."""
    found: list[str] = []
    for name in dict.fromkeys([*one, *other]):
        ours, theirs = one.get(name, []), other.get(name, [])
        found += [f"{name}: second calculator has {word}" for word in ours if word not in theirs]
        found += [f"{name}: engine has {word}" for word in theirs if word not in ours]
    return found


def _said(number: Fraction) -> str:
    """To eight decimals, half away from zero: so far staffcalc says FTE and people, and dollars are whole cents."""
    digits = int(abs(number) * 10**8 + Fraction(1, 2))
    return str(Decimal(f"{'-' if number < 0 else ''}{digits}e-8").normalize())


def _maybe(number: Fraction | None) -> str:
    return "n/a" if number is None else _said(number)


def _costed(plan: PlanLedger) -> Costed:
    found: dict[tuple[str | None, str, str], Fraction] = {}
    for line in plan.lines:
        key = (line.role, str(line.fund), line.component)
        found[key] = found.get(key, Fraction(0)) + Fraction(line.amount)
    return Costed(
        [Line(*key, amount) for key, amount in found.items() if amount],
        {role.role: Fraction(role.fte) for role in plan.staff},
        {role.role: Fraction(role.people) for role in plan.staff},
        {str(fund): Fraction(amount) for fund, amount in plan.budget.items()} if plan.budget is not None else None,
        None if plan.students is None else Fraction(plan.students),
        {role.role: role.category for role in plan.staff},
        {name: None if one is None else Fraction(one) for name, one in team_measures(plan, plan)._asdict().items()},
        _measured("one_time", plan) or Fraction(0),
        _measured("rooms_needed", plan),
        _measured("rooms_left", plan),
        _measured("cost_per_fte", plan),
        {name: _measured(name, plan) for name in (*OF_WEEK, *OF_LEARNING, TEACHING_SHARE, *OF_TIME_COST)},
        _measured("supplement_share", plan),
        _measured("left_recurring", plan),
        _measured("levy", plan),
        _measured("levy_change", plan),
        _by_role("displaced", plan),
        _by_role("displaced_people", plan),
    )


def _by_role(name: str, plan: PlanLedger) -> dict[str, Fraction]:
    """A measure of each role, where it is known."""
    formulas = MeasureFormulas(plan, plan)
    found = {role.role: formulas.value(name, Scope((role.role,))) for role in plan.staff}
    return {role: Fraction(one) for role, one in found.items() if one is not None}


def _measured(name: str, plan: PlanLedger) -> Fraction | None:
    found = measure(name, plan, plan)
    return None if found is None else Fraction(found)
