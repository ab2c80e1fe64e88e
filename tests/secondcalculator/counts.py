"""How many hold a role in a plan and a year: numbers, ratios to students and to other roles, and cover."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from secondcalculator.figures import ONE, SMALLEST, ZERO, Plain, known, rounded, stepped
from secondcalculator.read import BASELINE, Book, Count
from secondcalculator.rules import grown

Present = Callable[[str, str, int], Fraction]


class Counts:
    """The counts of all plans. `present` says how many FTE of another role are there, for a ratio or for cover."""

    def __init__(self, book: Book, present: Present) -> None:
        self.book, self.present = book, present

    def fte(self, plan: str, role: str, year: int) -> Fraction:
        """All FTE of a role, before what an ended fund takes."""
        count = self.book.plans[plan].staff.get(role, Count())
        cells = [*(count.cells or {}).values(), *(fte for _, fte in count.changes)]
        fte = sum((self._number(one, year) for one in cells), ZERO)
        if count.of_roster:
            rows = [row for row in self.book.roster if row["role"] == role]
            fte += sum(
                (self._number(row["fte"], year) * self._number(row.get("share", "1"), year) for row in rows), ZERO
            )
        return fte + self.without_cell(plan, role, year)

    def without_cell(self, plan: str, role: str, year: int) -> Fraction:
        """The FTE that no cell and no roster places: numbers, ratios and cover."""
        count = self.book.plans[plan].staff.get(role, Count())
        entries = (self._entry(one, plan, role, year) for one in count.entries)
        stated = sum(entries, ZERO) * self.each(plan, role, year)
        return stated + self.cover(plan, role, year)

    def each(self, plan: str, role: str, year: int) -> Fraction:
        """The FTE of each, where people are counted."""
        return self._number(self.book.plans[plan].staff.get(role, Count()).each, year)

    def students(self, plan: str, year: int) -> Fraction | None:
        """Grades are the students: each grown and rounded to whole students, then added."""
        one = self.book.plans[plan]
        if one.grades:
            return sum((self.grown(figure, plan, year) for figure in one.grades.values()), ZERO)
        return None if one.students is None else self.grown(one.students, plan, year)

    def grown(self, figure: Any, plan: str, year: int) -> Fraction:
        """Students after the growth of the years since the file's, whole ones; in a dated year as stated."""
        stated = known(figure, self.book.year(year))
        factor = grown(self.book.plans[plan].rules, "enrolment", "", self.book.first, year)
        return stated.value if stated.dated or factor == 1 else rounded(stated.value * factor, ONE)

    def _number(self, figure: Any, year: int) -> Fraction:
        return known(figure, self.book.year(year)).value

    def _entry(self, entry: Any, plan: str, role: str, year: int) -> Fraction:
        if not isinstance(entry, dict) or "value" in entry:
            return self._number(entry, year)
        if "needed" in entry:
            from secondcalculator.time import needed

            return stepped(needed(self, self.book.plans[plan], role, year), entry.get("rounding"))
        fte = self._number(entry.get("fte", "1"), year)
        if "sections" in entry:
            return sum(
                (self._section(grade, size, entry, plan, year) for grade, size in entry["sections"].items()), ZERO
            )
        if "per_students" in entry:
            students = self.students(plan, year)
            assert students is not None
            return stepped(students * fte / self._number(entry["per_students"], year), entry.get("rounding"))
        counted = self.present(plan, entry["per"], year) if entry["per"] in self.staffed(plan) else ZERO
        return stepped(counted * fte / self._number(entry["each"], year), entry.get("rounding"))

    def _section(self, grade: str, size: Any, entry: Plain, plan: str, year: int) -> Fraction:
        """The sections of a grade, rounded by themselves (up to whole ones where the entry rounds nothing), times the
        FTE of each, rounded last."""
        students = self.grown(self.book.plans[plan].grades[grade], plan, year)
        sections = students / self._number(size, year)
        way = entry.get("section_rounding", "none" if "rounding" in entry else "up")
        if way != "none":
            sections = stepped(sections, way)
        return stepped(sections * self._number(entry.get("fte", "1"), year), entry.get("rounding"))

    def cover(self, plan: str, role: str, year: int) -> Fraction:
        """So much more FTE as others of the plan are released and name this role as their cover."""
        found = ZERO
        for leader in self.staffed(plan):
            release = self.book.plans[plan].roles[leader].get("release", {})
            if release.get("cover") == role:
                share = self._number(release["share"], year)
                found += rounded(self.present(plan, leader, year) * share, SMALLEST)
        return found

    def staffed(self, plan: str) -> list[str]:
        """The roles that a plan names, and those that cover for them."""
        roles = self.book.plans[plan].roles
        named = list(self.book.plans[plan].staff)
        for role in named:
            cover = roles[role].get("release", {}).get("cover")
            if cover is not None and cover not in named:
                named.append(cover)
        return named


__all__ = ["BASELINE", "Counts"]
