"""How many hold a role in a plan and a year: numbers, ratios to students and to other roles, and cover."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from secondcalculator.figures import ONE, SMALLEST, ZERO, Plain, known, number, rounded, stepped
from secondcalculator.read import BASELINE, Book, Count
from secondcalculator.rules import grown

Present = Callable[[str, str, int], Fraction]


class Counts:
    """The counts of all plans. `present` says how many FTE of another role are there, for a ratio or for cover."""

    def __init__(self, book: Book, present: Present) -> None:
        self.book, self.present = book, present

    def fte(self, plan: str, role: str, year: int) -> Fraction:
        """All FTE of a role, before what an ended fund takes."""
        count = self.book.plan(plan, year).staff.get(role, Count())
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
        count = self.book.plan(plan, year).staff.get(role, Count())
        entries = (self._entry(one, plan, role, year) for one in count.entries)
        stated = sum(entries, ZERO) * self.each(plan, role, year)
        return stated + self.cover(plan, role, year)

    def each(self, plan: str, role: str, year: int) -> Fraction:
        """The FTE of each, where people are counted."""
        return self._number(self.book.plan(plan, year).staff.get(role, Count()).each, year)

    def students(self, plan: str, year: int, of: str = "") -> Fraction | None:
        """Grades are the students: each grown and rounded to whole students, then added. `of`: those of another plan,
        as the rules of this one let them grow."""
        one = self.book.plan(of or plan, year)
        if one.grades:
            return sum((self.grown(figure, plan, year) for figure in one.grades.values()), ZERO)
        return None if one.students is None else self.grown(one.students, plan, year)

    def grown(self, figure: Any, plan: str, year: int) -> Fraction:
        """Students after the growth of the years since the file's, whole ones; in a dated year as stated."""
        stated = known(figure, self.book.year(year))
        factor = grown(self.book.plans[plan].rules, "enrollment", "", self.book.first, year, stated.since)
        return stated.value if stated.dated or factor == 1 else rounded(stated.value * factor, ONE)

    def entry(self, entry: Any, plan: str, role: str, year: int) -> Fraction:
        """What one entry comes to, as it counts."""
        return self._entry(entry, plan, role, year)

    def _number(self, figure: Any, year: int) -> Fraction:
        return known(figure, self.book.year(year)).value

    def _today(self, plan: str, role: str, year: int) -> Fraction:
        """How many hold a role today: people where these are counted, else FTE."""
        count = self.book.plans[BASELINE].staff[role]
        found = [self._entry(one, plan, role, year, BASELINE) for one in count.entries]
        found += [self._number(one, year) for one in (count.cells or {}).values()]
        if count.of_roster:
            rows = [row for row in self.book.roster if row["role"] == role]
            found += [self._number(row["fte"], year) * self._number(row.get("share", "1"), year) for row in rows]
        return sum(found, ZERO)

    def _entry(self, entry: Any, plan: str, role: str, year: int, of: str = "") -> Fraction:
        if isinstance(entry, dict) and "of today" in entry:
            return rounded(self._today(plan, entry["of today"], year) * number(entry["share"]), SMALLEST)
        if not isinstance(entry, dict) or "value" in entry:
            return self._number(entry, year)
        if "needed" in entry:
            from secondcalculator.time import needed

            return stepped(needed(self, self.book.plan(plan, year), role, year), entry.get("rounding"))
        fte = self._number(entry.get("fte", "1"), year)
        if "sections" in entry:
            return sum(
                (self._section(grade, size, entry, plan, year, of) for grade, size in entry["sections"].items()), ZERO
            )
        if "classes" in entry:
            return self._classes(entry, year)
        if "per_students" in entry:
            students = self.students(plan, year, of)
            assert students is not None
            return stepped(students * fte / self._number(entry["per_students"], year), entry.get("rounding"))
        per = entry["per"] if isinstance(entry["per"], list) else [entry["per"]]
        counted = sum((self.present(plan, one, year) for one in per if one in self.staffed(plan, year)), ZERO)
        return stepped(counted * fte / self._number(entry["each"], year), entry.get("rounding"))

    def _section(self, grade: str, size: Any, entry: Plain, plan: str, year: int, of: str) -> Fraction:
        """The sections of a grade, rounded by themselves (up to whole ones where the entry rounds nothing), times the
        FTE of each, rounded last."""
        students = self.grown(self.book.plan(of or plan, year).grades[grade], plan, year)
        sections = students / self._number(size, year)
        way = entry.get("section_rounding", "none" if "rounding" in entry else "up")
        if way != "none":
            sections = stepped(sections, way)
        return stepped(sections * self._number(entry.get("fte", "1"), year), entry.get("rounding"))

    def _classes(self, entry: Plain, year: int) -> Fraction:
        """Classes × periods ÷ load, each subject rounded by itself; one number is of all subjects."""

        def of(key: str, subject: str) -> Fraction:
            stated = entry.get(key, "1")
            by_subject = isinstance(stated, dict) and "value" not in stated
            return self._number(stated[subject] if by_subject else stated, year)

        classes = entry["classes"]
        subjects = list(classes) if isinstance(classes, dict) and "value" not in classes else ["all"]
        exact = (of("classes", one) * of("periods", one) / of("load", one) for one in subjects)
        return sum((stepped(one, entry.get("rounding")) for one in exact), ZERO)

    def cover(self, plan: str, role: str, year: int) -> Fraction:
        """So much more FTE as others of the plan are released and name this role as their cover."""
        found = ZERO
        own = self.book.plan(plan, year).staff.get(role)
        if own is not None and own.unknown:  # of one whom it covers nobody knows how many there are
            return found
        for leader in self.staffed(plan, year):
            release = self.book.plan(plan, year).roles[leader].get("release", {})
            if release.get("cover") == role:
                share = self._number(release["share"], year)
                found += rounded(self.present(plan, leader, year) * share, SMALLEST)
        return found

    def staffed(self, plan: str, year: int) -> list[str]:
        """The roles that a plan names, and those that cover for them."""
        roles = self.book.plan(plan, year).roles
        named = list(self.book.plan(plan, year).staff)
        for role in named:
            cover = roles[role].get("release", {}).get("cover")
            if cover is not None and cover not in named:
                named.append(cover)
        return named


__all__ = ["BASELINE", "Counts"]
