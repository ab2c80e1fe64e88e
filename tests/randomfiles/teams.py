"""Teams at random: never more of a role than a plan has, and no student reached twice."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import YEARS, Drawing, Plain, digits
from randomfiles.staff import Held

SUBJECTS = ("English", "mathematics", "science")
NAMES = ("team a", "team b", "team c")
Drawn = dict[str, "Team"]


class Team:
    """A team as it is drawn: what the file says of it, whom it takes of each role in hundredths of FTE or in people,
    and the share of the students it reaches."""

    def __init__(self, block: Plain, takes: dict[str, int], share: Fraction) -> None:
        self.block, self.takes, self.share = block, takes, share


def teams(drawing: Drawing, plan: Plain, held: dict[str, Held], before: Drawn, students: int | None) -> Drawn:
    """The teams of a plan, those it starts from among them; `plan` gets what the file says of them. Those it has no
    staff for are dropped."""
    if "teams" not in drawing.new:
        return {}
    found, stated = dict[str, Team](), Plain()
    for name, team in before.items():
        if _fits([*found.values(), team], held):
            found[name] = team
        else:
            stated[name] = "null"
    for name in drawing.some(NAMES, least=0) if drawing.chance(2) else []:
        others = [team for other, team in found.items() if other != name]
        drawn = _team(drawing, held, others, students)
        if drawn is not None and name not in found and name not in before:
            found[name], stated[name] = drawn, drawn.block
        elif name in found and drawing.chance(3):
            del found[name]
            stated[name] = "null"
    if stated:
        plan["teams"] = stated
    return found


def _fits(drawn: list[Team], held: dict[str, Held]) -> bool:
    return all(
        sum(team.takes.get(role, 0) for team in drawn) <= _there(held.get(role, Held()))
        for role in {role for team in drawn for role in team.takes}
    )


def _there(held: Held) -> int:
    """Hundredths of FTE that are there for certain; people, where these are counted."""
    return held.most


def _team(drawing: Drawing, held: dict[str, Held], others: list[Team], students: int | None) -> Team | None:
    """Another team beside the others; None where nobody is left to lead one."""
    left = {role: _there(one) - sum(team.takes.get(role, 0) for team in others) for role, one in held.items()}
    leaders = [role for role, one in held.items() if left[role] >= (1 if one.people else 100)]
    if not leaders:
        return None
    leader = drawing.one(*leaders)
    one = 1 if held[leader].people else 100
    count = drawing.draw(st.integers(1, min(3, left[leader] // one)))
    takes = {leader: count * one}
    left[leader] -= count * one
    block: Plain = {"leader": leader, "members": {}}
    if count > 1 or drawing.chance(3):
        block["count"] = str(count)
    for role in drawing.some(list(held), least=0, most=3):
        if not held[role].people and left[role] // count:
            fte = drawing.draw(st.integers(0, min(left[role] // count, 700)))
            block["members"][role] = _fewer_later(drawing, fte)
            takes[role] = takes.get(role, 0) + count * fte
    share = _students(drawing, block, count, others, students)
    if drawing.subjects and drawing.chance(2):
        block["subject"] = drawing.one(*drawing.subjects)
    return Team({key: one for key, one in block.items() if one != {}}, takes, share)


def _fewer_later(drawing: Drawing, fte: int) -> Any:
    """FTE, sometimes fewer in a single year."""
    if not drawing.year or not drawing.chance(6):
        return digits(fte, 2)
    return {"value": digits(fte, 2), "years": {drawing.one(*YEARS): digits(drawing.draw(st.integers(0, fte)), 2)}}


def _students(drawing: Drawing, block: Plain, count: int, others: list[Team], students: int | None) -> Fraction:
    """Some of the students whom no other team has."""
    if students is None or drawing.chance(8):
        if drawing.chance(2):
            return Fraction(0)
        block["students"] = "0" if students is not None else drawing.whole(0, 500)
        return Fraction(0)
    left = int((1 - sum(team.share for team in others)) * students) // count
    stated = drawing.draw(st.integers(0, max(left, 0)))
    block["students"] = str(stated)
    if drawing.year and drawing.chance(6):
        block["students"] = {"value": str(stated), "years": {drawing.one(*YEARS): drawing.whole(0, 300)}}
    return Fraction(stated * count, students) if students else Fraction(0)


def enrolled(block: Plain, before: Plain | None = None) -> Plain:
    """The students of a plan by grade, or in one number (under ""), over those of the plan it starts from."""
    if "grades" in block:
        return {**(before or {}), **block["grades"]}
    return {"": block["students"]} if "students" in block else before or {}


def all_of_them(students: Plain) -> int | None:
    """All students; None where there are none stated."""
    figures = [one["value"] if isinstance(one, dict) else one for one in students.values()]
    return sum(map(int, figures)) if figures else None
