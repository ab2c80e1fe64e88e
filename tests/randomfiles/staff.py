"""Today's staff and what scenarios make of it, at random: never less than nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from randomfiles.figures import YEARS, Drawing, Plain, amounts, digits, fund_shares
from randomfiles.pay import UNKNOWN, all_of, is_line, is_unknown, schedule_of

ROUNDINGS = ("none", "up", "up 0.5", "nearest 0.5")
HOURS = {"months": ["9", "12"], "hours": {"6": ["0.56", "0.75"], "8": ["0.74", "1.00"]}}


@dataclass
class Held:
    """How many hold a role in a plan being drawn: hundredths of FTE, or people; on cells, or by a ratio. `by_name`:
    those of the roster are still the ones who hold it."""

    number: int = 0
    people: bool = False
    ratio: bool = False
    cells: dict[str, int] = field(default_factory=dict)
    by_name: bool = True

    @property
    def most(self) -> int:
        """So much can be taken away."""
        return max(0, self.number + sum(self.cells.values()))


class Staffing:
    """Draws the staff of one file's plans. `by_fte`: roles that cover for others, which are counted in FTE alone."""

    def __init__(self, drawing: Drawing, roles: Plain) -> None:
        self.drawing, self.roles = drawing, roles
        self.whole = {name: all_of(name, roles) for name in roles}
        self.released = {name for name, role in self.whole.items() if "release" in role}
        self.by_fte = {self.whole[name]["release"]["cover"] for name in self.released}
        self.in_roster: set[str] = set()
        self.rows: list[Plain] = []
        self.laid: set[str] = set()
        filled = {name: role["filled_from"] for name, role in self.whole.items() if "filled_from" in role}
        self.filled, self.moving = filled, {*filled, *filled.values()}
        self.today: Plain = {}
        self.held_today: dict[str, Held] = {}
        self.lines: set[str] = set()
        self.uncounted: set[str] = set()
        self.needed = ""

    def may_be_needed(self, name: str, held: dict[str, Held], entries: Plain) -> bool:
        """Whether today's staff of a role may be as many as are needed: FTE of whom nothing else is said."""
        entry = entries.get(name)
        plain = isinstance(entry, str) or (isinstance(entry, dict) and not {"vacant", "leaving", "cost"} & entry.keys())
        one = held.get(name)
        return (
            plain and one is not None and not one.people and not one.cells and name not in self.released | self.moving
        )

    def as_needed(self) -> tuple[Held, Plain]:
        entry: Plain = {"needed": "learning"}
        if self.drawing.chance(2):
            entry["rounding"] = self.drawing.one(*ROUNDINGS)
        return Held(ratio=True), entry

    def is_priced(self, name: str) -> bool:
        """Whether anybody who is not placed has a pay."""
        role = self.whole[name]
        return name in self.lines or any(
            key in role for key in ("salary", "average", "new_hire", "hourly", "daily", "stipend", "costs")
        )

    def baseline(self) -> tuple[dict[str, Held], Plain]:
        """Today's staff."""
        held, entries = self._entries(list(self.roles))
        self.lines = {name for name in entries if is_line(self.whole[name])}
        if "not stated" in self.drawing.new and self.drawing.chance(8):
            free = [
                name for name in self.roles if name not in held and name not in self.by_fte and name not in self.moving
            ]
            self.uncounted = set(self.drawing.some(free, most=1)) if free else set()
            entries |= dict.fromkeys(sorted(self.uncounted), UNKNOWN)
        if "posts of today" in self.drawing.new:
            for name, entry in entries.items():
                if entry == UNKNOWN:
                    continue
                often = 12 if held[name].ratio else 2 if name in self.filled else 4  # a ratio may come to none
                if self.drawing.chance(often):
                    entries[name] = self._with_posts_of_today(held[name], entry)
        self.today = entries
        return held, entries

    def _with_posts_of_today(self, held: Held, entry: Any) -> Any:
        """The same entry with vacant posts (beside cells, so many more), and those of people who are leaving."""
        drawing = self.drawing
        block = dict(entry) if isinstance(entry, dict) and "value" not in entry else {"fte": entry}
        most = 50 if held.ratio else sum(held.cells.values()) if held.cells else held.number
        decimals = 0 if held.people else 2
        numbers = st.one_of(st.integers(0, most), st.sampled_from([0, most // 2, most]))
        if drawing.chance(2):
            leaving = drawing.draw(numbers)
            block["leaving"] = digits(leaving, decimals)
            most = 300 if held.cells else most - leaving
        if "leaving" not in block or drawing.chance(2):
            vacant = drawing.draw(st.integers(0, 300 if held.cells else most))
            block["vacant"] = digits(vacant, decimals)
            held.number += vacant if held.cells else 0
        return block

    def staffing(self) -> tuple[dict[str, Held], Plain]:
        """A whole mix; where people move, leave or lack it counts each role as the baseline does."""
        held, entries = self._entries(list(self.roles))
        for name in [*entries]:
            today = self.today.get(name)
            known = isinstance(today, dict) and ("vacant" in today or "leaving" in today)
            if name in self.moving or known:
                of_people = isinstance(today, dict) and "people" in today
                if of_people or held[name].people or (held[name].cells and known):
                    drawn = self._alike(today, of_people)
                    held[name], entries[name] = drawn
            one = held[name]
            held[name] = replace(one, by_name=not (one.cells or one.ratio or one.people))
        return held, entries

    def _alike(self, today: Any, of_people: bool) -> tuple[Held, Any]:
        """So many, counted as today."""
        number = self.drawing.draw(st.integers(0, 30 if of_people else 3_000))
        if not of_people:
            return Held(number), digits(number, 2)
        entry = {key: one for key, one in today.items() if key not in ("vacant", "leaving")}
        return Held(number, people=True), {**entry, "people": str(number)}

    def laid_off(self, held: dict[str, Held], scenario: Plain) -> list[str]:
        """People of the roster who leave by name: of roles of which the scenario says nothing, or gives up as many."""
        named = {**scenario.get("staffing", {}), **scenario.get("change", {})}
        found: list[str] = []
        people = sorted({row["id"] for row in self.rows if "vacant" not in row})
        for one in self.drawing.some(people, least=0, most=2) if people else ():
            posts = [(row["role"], fte_of_row(row)) for row in self.rows if row["id"] == one and "vacant" not in row]
            fewest = {role: sum(fte for other, fte in posts if other == role) for role, _ in posts}
            if all(role in held and _may_go(held[role], named.get(role), fte) for role, fte in fewest.items()):
                found.append(one)
                self.laid |= {role for role, _ in posts}
                for role, fte in posts:
                    besides = 0 if role in named else fte
                    held[role] = replace(held[role], number=held[role].number - besides, by_name=False)
        return found

    def _entries(self, names: list[str]) -> tuple[dict[str, Held], Plain]:
        held: dict[str, Held] = {}
        entries: Plain = {}
        for name in sorted(self.drawing.some(names), key=names.index):
            drawn = self._entry(name, held)
            if drawn is not None:
                held[name], entries[name] = drawn
        return held, entries

    def _entry(self, name: str, held: dict[str, Held]) -> tuple[Held, Any] | None:
        drawing = self.drawing
        if is_line(self.whole[name]) and (name not in self.lines or drawing.chance(2)):
            number = drawing.draw(st.integers(1, 3_000))
            return Held(number), {"fte": digits(number, 2), "cost": drawing.figure(amounts(3_000_000))}
        schedule = None if name in self.lines else schedule_of(self.whole[name], drawing)
        if schedule is not None and (drawing.chance(2) or not self.is_priced(name)):
            cells = {cell: drawing.draw(st.integers(0, 900)) for cell in drawing.some(drawing.cells[schedule], most=3)}
            return Held(cells=cells), {cell: digits(fte, 2) for cell, fte in cells.items()}
        if not self.is_priced(name):
            return None
        if name == self.needed and drawing.chance(2):
            return self.as_needed()
        if drawing.chance(3) and (ratio := self._ratio(name, held)) is not None:
            return Held(ratio=True), ratio
        if name not in self.by_fte and drawing.chance(4):
            number = drawing.draw(st.integers(0, 30))
            return Held(number, people=True), self._people(number)
        number = drawing.draw(st.one_of(st.integers(0, 30).map(lambda whole: whole * 100), st.integers(0, 3_000)))
        entry: Any = self._growing(number)
        return Held(number), {"fte": entry} if isinstance(entry, dict) or drawing.chance(6) else entry

    def _growing(self, number: int) -> Any:
        """FTE, sometimes more in a single year, so that no change takes away more than there is then."""
        entry = digits(number, 2)
        if not self.drawing.year or not self.drawing.chance(10):
            return entry
        more = digits(number + self.drawing.draw(st.integers(0, 400)), 2)
        return {"value": entry, "years": {self.drawing.one(*YEARS): more}}

    def _people(self, number: int) -> Plain:
        entry: Plain = {"people": str(number)}
        if self.drawing.chance(3):
            entry |= {"hours": self.drawing.one("6", "8"), "months": self.drawing.one("9", "12")}
        elif self.drawing.chance(2):
            entry["fte_each"] = self.drawing.fte(st.integers(1, 200).map(lambda each: digits(each, 2)))
        return entry

    def _ratio(self, name: str, held: dict[str, Held]) -> Plain | None:
        """So many for students, for sections of grades, or for earlier roles (and none for those who are covered)."""
        drawing, ratio = self.drawing, Plain()
        ways = ["per_students"] * drawing.students + ["sections"] * bool(drawing.grades)
        ways += ["classes"] * ("classes" in drawing.new)
        others = [one for one in held if one != self.needed]
        ways += ["per"] * bool(others and name not in self.released)
        if not ways:
            return None
        sizes = st.integers(3, 60).map(str)
        match drawing.one(*ways):
            case "per_students":
                ratio["per_students"] = drawing.figure(sizes)
            case "sections":
                ratio["sections"] = {grade: drawing.figure(sizes) for grade in drawing.some(list(drawing.grades))}
                if "section_rounding" in drawing.new and drawing.chance(2):
                    ratio["section_rounding"] = drawing.one(*ROUNDINGS)
            case "classes":
                return self._classes()
            case _:
                several = "several in per" in drawing.new and drawing.chance(2)
                ratio["per"] = drawing.some(others, most=3) if several else drawing.one(*others)
                ratio["each"] = drawing.figure(st.sampled_from(["6", "2.5", "10"]))
        if drawing.chance(2):
            ratio["fte"] = drawing.fte(st.sampled_from(["0.2", "1.5", "1.25"]))
        if drawing.chance(2):
            ratio["rounding"] = drawing.one(*ROUNDINGS)
        return ratio

    def _classes(self) -> Plain:
        """Classes × periods ÷ load, of subjects or of all together; the periods left out, the load is in classes."""
        drawing, ratio = self.drawing, Plain()
        subjects = drawing.some(["English", "mathematics", "K", "students"]) if not drawing.chance(3) else []

        def stated(numbers: st.SearchStrategy[str]) -> Any:
            by_subject = bool(subjects) and (not ratio or drawing.chance(3))
            return {one: drawing.figure(numbers) for one in subjects} if by_subject else drawing.figure(numbers)

        ratio["classes"] = stated(st.sampled_from(["0", "4", "7.5", "22", "24", "31"]))
        if not drawing.chance(3):
            ratio["periods"] = stated(st.sampled_from(["1", "4", "5", "2.5"]))
        ratio["load"] = stated(st.sampled_from(["5", "6", "20", "25"]))
        if drawing.chance(2):
            ratio["rounding"] = drawing.one(*ROUNDINGS)
        return ratio

    # Changes

    def change(self, start: dict[str, Held]) -> tuple[dict[str, Held], Plain]:
        """Some more and some fewer; now and then more of a role, and fewer of the one from which it is filled."""
        held = dict(start)
        entries: Plain = {}
        names, ways = self.drawing.some(list(self.roles), most=3), dict[str, int]()
        if self.filled and self.drawing.chance(2):
            name = self.drawing.one(*self.filled)
            ways = {self.filled[name]: -1, name: 1}
            names = list(dict.fromkeys([*ways, *names[:1]]))
        for name in names:
            before = held.get(name)
            if before is None:
                drawn = None if name in self.in_roster else self._new(name)
                if drawn is not None:
                    held[name], entries[name] = drawn
                continue
            if name not in ways and (restated := self._restated(name)) is not None:
                held[name], entries[name] = restated
                continue
            held[name], entries[name] = self._changed(name, before, ways.get(name, 0))
            if "several" in self.drawing.new and self.drawing.chance(4):
                held[name], further = self._changed(name, held[name], ways.get(name, 0))
                entries[name] = [entries[name], further]
        return held, entries

    def _restated(self, name: str) -> tuple[Held, Any] | None:
        """A ratio in the place of all that was said of a role; none of one whose people move, or are counted."""
        today = self.today.get(name)
        of_people = isinstance(today, dict) and "people" in today
        if "restated" not in self.drawing.new or not self.drawing.chance(6) or of_people or name in self.laid:
            return None
        ratio = self._ratio(name, {}) if self.is_priced(name) else None
        return None if ratio is None else (Held(ratio=True, by_name=False), ratio)

    def _share(self, name: str, before: Held) -> tuple[Held, Any] | None:
        """So many percent more or fewer than today, in whole people where these are counted; fewer only where nothing
        has changed yet. None where there is nobody today, or their number follows that of another role."""
        today, entry = self.held_today.get(name), self.today.get(name)
        follows = name in self.by_fte or (isinstance(entry, dict) and ("per" in entry or "needed" in entry))
        if "share of today" not in self.drawing.new or today is None or follows or today.people != before.people:
            return None
        fewer = before == today and not today.ratio and self.is_priced(name)
        percents = [*([-100, -50] if fewer else []), 0, 100]
        if not today.people:
            percents += [-10, -25] if fewer else [30]
        elif today.number % 2:
            percents = [one for one in percents if one != -50]
        percent = self.drawing.one(*percents)
        if percent > 0 and not self.is_priced(name):
            return None
        there = 0 if today.ratio else today.number + sum(today.cells.values())
        share = f"{percent:+}%"
        after = replace(before, number=before.number + there * percent // 100)
        return after, {"people": share} if today.people and self.drawing.chance(2) else share

    def _new(self, name: str) -> tuple[Held, Any] | None:
        if not self.is_priced(name) or name in self.uncounted:
            return None
        number = self.drawing.draw(st.integers(0, 900))
        return Held(number), digits(number, 2)

    def _changed(self, name: str, before: Held, way: int) -> tuple[Held, Any]:
        """More or fewer of a role: only more where the way is up, and only fewer where it is down."""
        drawing = self.drawing
        if not way and drawing.chance(5) and (share := self._share(name, before)) is not None:
            return share

        def between(least: int, most: int) -> st.SearchStrategy[int]:
            return st.integers(0 if way > 0 else least, 0 if way < 0 else most)

        if before.people:
            more = drawing.draw(between(-before.number, 10))
            return replace(before, number=before.number + more), {"people": f"{more:+}"}
        schedule = None if is_line(self.whole[name]) else schedule_of(self.whole[name], drawing)
        if schedule is not None and drawing.chance(2) and not before.ratio and name not in self.laid:
            cell = drawing.one(*(before.cells or drawing.cells[schedule]))
            there = min(before.cells.get(cell, 0), before.most)
            more = drawing.draw(st.one_of(between(-there, 300), st.just(0 if way > 0 else -there)))
            cells = {**before.cells, cell: before.cells.get(cell, 0) + more}
            return replace(before, cells=cells, by_name=False), {cell: f"{more / 100:+.2f}"}
        least = 0 if before.ratio or not self.is_priced(name) else -before.most
        most = 0 if not self.is_priced(name) else 600
        if most and way >= 0 and "fractions" in drawing.new and drawing.chance(8):
            return replace(before, number=before.number + 33), "+1/3"
        ends = [most] if way > 0 else [least, max(least, -100)]
        more = drawing.draw(st.one_of(between(least, most), st.sampled_from(ends)))
        return replace(before, number=before.number + more), f"{more / 100:+.2f}"

    # A roster

    def roster(self) -> tuple[dict[str, Held], list[Plain]]:
        """The people of one or two roles, each with a cell or a salary of their own."""
        apart = {name for name, role in self.whole.items() if is_line(role) or is_unknown(role)}
        apart |= {name for name, role in self.whole.items() if "hourly" in role or "daily" in role}
        names = [name for name in self.whole if name not in apart]
        if not names:
            return {}, []
        held: dict[str, Held] = {}
        rows: list[Plain] = []
        for name in self.drawing.some(names, most=2):
            for _ in range(self.drawing.draw(st.integers(1, 4))):
                rows.append(row := self._row(name, f"P-{len(rows) + 1}"))
                fte = fte_of_row(row)
                one = held.setdefault(name, Held())
                if "cell" in row and "with" not in row:
                    one.cells[row["cell"]] = one.cells.get(row["cell"], 0) + fte
                else:
                    one.number += fte
        self.in_roster, self.rows = set(held), rows
        if "one person" in self.drawing.new and len(rows) > 1 and self.drawing.chance(2):
            first, second = rows[0], rows[-1]
            plain = [name for name in (first["role"], second["role"]) if "new_hire" in self.whole[name]]
            if not plain and "vacant" not in first and "vacant" not in second:
                second["id"] = first["id"]
        return held, rows

    def _row(self, name: str, label: str) -> Plain:
        drawing = self.drawing
        fte = digits(drawing.draw(st.one_of(st.just(100), st.just(50), st.integers(1, 100))), 2)
        row: Plain = {"id": label, "role": name, "fte": fte}
        schedule = schedule_of(self.whole[name], drawing)
        if schedule is not None and drawing.chance(2):
            cell, _, held = drawing.one(*drawing.cells[schedule]).partition(" with ")
            if drawing.chance(2):
                row["cell"] = cell
            else:
                row["lane"], row["step"] = cell.split("/")
            row |= {"with": held} if held else {}
        else:
            row["pay" if "pay" in drawing.new and drawing.chance(3) else "salary"] = drawing.draw(amounts())
        if "shares of a row" in drawing.new and drawing.chance(5):
            row["funds"] = drawing.draw(fund_shares(drawing.funds))
        elif drawing.chance(3):
            row["fund"] = drawing.one(*drawing.funds)
        if "share" in drawing.new and drawing.chance(6):
            row["share"] = drawing.one("50%", "20%")
        if "vacant" in drawing.new and drawing.chance(6):
            row["vacant"] = "true"
        elif "leaving" in drawing.new and drawing.chance(5):
            row["leaving"] = "true"
        return row


def fte_of_row(row: Plain) -> int:
    """Hundredths of FTE: FTE x percent."""
    return round(float(row["fte"]) * float(row.get("share", "100%")[:-1]))


def _is_number(entry: Any) -> bool:
    return isinstance(entry, str) and "%" not in entry and "/" not in entry


def _may_go(held: Held, entry: Any, fte: int) -> bool:
    """Whether people of so many FTE may be laid off: a scenario says nothing of their role, or gives up as many."""
    gives_up = held.most >= fte if entry is None else _is_number(entry) and float(entry) * 100 <= -fte
    return held.by_name and gives_up
