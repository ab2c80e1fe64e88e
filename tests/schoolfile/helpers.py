"""What the tests of the language share: the problems of a text, and what a plan holds in plain words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from schools import school
from staffcalc.language.figures import Figure
from staffcalc.school.school import Plan, Post, School
from staffcalc.source.problems import Problem, SchoolFileError

HERE = Path(__file__).parent
RICH = HERE / "rich.yaml"
LIBRARY = sorted((HERE.parents[1] / "scenarios").rglob("*.yaml"))


def problems(text: str) -> list[Problem]:
    """What is wrong with a text."""
    with pytest.raises(SchoolFileError) as caught:
        school(text)
    return list(caught.value.problems)


def messages(text: str) -> list[str]:
    """What is wrong with a text, without places and hints."""
    return [problem.message for problem in problems(text)]


def plan(of: School, name: str = "baseline") -> Plan:
    return next(plan for plan in of.plans if plan.name == name)


def staff(of: School, name: str = "baseline") -> dict[str, Decimal]:
    """How many hold each role in one plan: FTE or people, as the file counts them."""
    return {one.post.name: sum((count.value for count in one.counts), Decimal(0)) for one in plan(of, name).staff}


def post(of: School, role: str, name: str = "baseline") -> Post:
    return next(one.post for one in plan(of, name).staff if one.post.name == role)


def pay(of: School, role: str, kind: str = "salary", name: str = "baseline") -> Figure:
    """One kind of pay of one role in one plan, with its place and source."""
    figure = getattr(post(of, role, name).role, kind)
    assert isinstance(figure, Figure)
    return figure
