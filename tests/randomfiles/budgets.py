"""Budgets at random: amounts, and revenue that follows the students."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import Drawing, Plain, amounts


def groups(drawing: Drawing, file: Plain) -> Plain:
    """Groups of the students: numbers, or shares of them; where there may be no students, shares alone."""
    stated = [file["students"]] if "students" in file else list(file["grades"].values())
    students = sum(int(one["value"] if isinstance(one, dict) else one) for one in stated)
    always = all(int(number) for one in stated for number in _numbers(one))
    found: Plain = {}
    for name in drawing.some(("students with disabilities", "English learners")):
        number = drawing.figure(st.integers(0, students).map(str))
        found[name] = number if always and drawing.chance(2) else drawing.one("12.5%", "20%", {"value": "100%"})
    return found


def _numbers(figure: Any) -> list[str]:
    """What a figure is in any year."""
    return [figure["value"], *figure["years"].values()] if isinstance(figure, dict) else [figure]


def fund_budget(drawing: Drawing) -> object:
    """What one fund has."""
    if not drawing.students or not drawing.chance(3):
        return drawing.figure(amounts(5_000_000))
    names = drawing.some(("tuition", "rent aid", "special education"))
    found: Plain = {"revenue": {name: _part(drawing) for name in names}}
    if drawing.chance(2):
        found["staff_share"] = drawing.figure(st.integers(0, 10_000).map(lambda points: f"{points / 100:.2f}%"))
    return found


def with_levy(drawing: Drawing, budget: Plain) -> str | None:
    """Of one fund a part that is the rest of what it pays; None where there is none."""
    if "levy" not in drawing.new or not drawing.chance(3):
        return None
    fund = drawing.one(*drawing.funds)
    rest: Plain = {"rest": "true"}
    if not drawing.chance(4):
        rest["last_year"] = drawing.figure(amounts(500_000))
    others = {name: _part(drawing) for name in drawing.some(("tuition", "rent aid"), least=0)}
    budget[fund] = {"revenue": {**others, "local tax": rest}}
    return fund


def _part(drawing: Drawing) -> object:
    price = amounts(15_000)
    ways = ["amount", "amount", *(["all"] if drawing.students else [])]
    ways += ["group"] if drawing.groups else []
    ways += ["by grade", "weights"] if drawing.grades else []
    match drawing.one(*ways):
        case "amount":
            return drawing.one(drawing.figure(amounts(500_000)), {"amount": drawing.figure(amounts(500_000))})
        case "group":
            return {"per_student": drawing.figure(price), "of": drawing.one(*drawing.groups)}
        case "by grade":
            part: Plain = {"per_student": _by_grade(drawing, price)}
            return part | ({"grades": _by_grade(drawing, _weights())} if drawing.chance(2) else {})
        case "weights":
            return {"per_student": drawing.figure(price), "grades": _by_grade(drawing, _weights())}
        case _:
            return {"per_student": drawing.figure(price)}


def _weights() -> st.SearchStrategy[str]:
    return st.integers(0, 300).map(lambda hundredths: f"{hundredths / 100:.2f}")


def _by_grade(drawing: Drawing, number: st.SearchStrategy[str]) -> Plain:
    """By single grades, or by a range of them all."""
    grades = list(drawing.grades)
    if len(grades) > 1 and drawing.chance(2):
        first, *_, last = sorted(grades, key=lambda grade: 0 if grade == "K" else int(grade))
        return {f"{first}-{last}": drawing.figure(number)}
    return {grade: drawing.figure(number) for grade in drawing.some(grades)}
