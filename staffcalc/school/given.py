"""Scenarios that a program gives: the same tree that YAML would give, and a plan of it by the reader's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Literal

from staffcalc.language.file import Scenario
from staffcalc.language.validation import validated
from staffcalc.school.checking.whole import check_plans
from staffcalc.school.decisions import Moment, check_counted_alike, check_hired, in_force, terms_of_change, with_draft
from staffcalc.school.drafts import Draft, Drafts, scenario_draft
from staffcalc.school.reading import CheckedSchool, checked_school
from staffcalc.school.stated import block
from staffcalc.school.terms import check_years
from staffcalc.source.problems import Place, Problems, SchoolFileError
from staffcalc.source.tree import Items, Text, Tree, control

GIVEN = "given by the program"
"""The file of places that are in none."""


def with_scenario(
    before: CheckedSchool,
    name: str,
    like: str,
    how: Literal["change", "staffing"],
    entries: object,
    *,
    others_stay: bool = False,
) -> CheckedSchool:
    """What was read, with one more scenario: as if it stood in the file. What was read before stays as it is.

    `entries` hold of each role what the language allows there. `others_stay`: roles that a `staffing` leaves out keep
    whom they have. Raises SchoolFileError with all problems.
    """
    problems = Problems()
    giving = _Giving(problems)
    key, tree = giving.text(name), giving.tree({"like": like, how: entries})
    if name != like and name in before.drafts:
        problems.add(key.place, f"there is a plan `{name}` already", "give the new one another name")
    scenario = _stated(key, tree, how, problems)
    if problems or scenario is None:
        raise SchoolFileError(problems)
    stated = before.stated.with_scenario(key, tree, scenario, problems)
    drafts = dict(before.drafts)
    if (draft := scenario_draft(key, stated, before.drafts, others_stay=others_stay)) is not None:
        # One that takes the place of the plan it is like starts from what that one did.
        start = before.drafts[name].plan.like if name == like else draft.plan.like
        drafts[name] = draft._replace(plan=draft.plan._replace(like=start))
    check_years(stated)
    check_plans(stated, drafts)
    if problems:
        raise SchoolFileError(problems)

    def at(moment: Moment, of_moment: Drafts) -> Draft | None:
        return scenario_draft(key, in_force(stated, drafts, moment), of_moment, others_stay=others_stay)

    of_years = with_draft(before.moments, before.drafts, terms_of_change(scenario, stated.file.year), at)
    check_counted_alike(stated, of_years)
    check_hired(stated, drafts, of_years)
    return checked_school(stated, drafts, of_years)


def _stated(key: Text, tree: Tree, how: str, problems: Problems) -> Scenario | None:
    """What a scenario of this name states; None, with the problems, where the language does not allow it."""
    of_language = Problems()
    file, _ = validated(block({Text.at("scenarios", key.place): block({key: tree}, key.place)}, key.place), of_language)
    around = f" in scenarios › {key} › {how}"
    for one in of_language:
        message = one.message.replace(f"{around} › ", " in ").removesuffix(around)
        problems.append(one._replace(message=message))
    return (file.scenarios or {}).get(key)


class _Giving:
    """Makes a tree of what a program gives; each part has a place of its own, so that each problem is told once."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._places: Iterator[Place] = (Place(GIVEN, number) for number in count(1))

    def tree(self, given: object) -> Tree:
        if isinstance(given, list | tuple):
            items = Items(map(self.tree, given))
            items.place = next(self._places)
            return items
        if not isinstance(given, Mapping):
            return self.text(given)
        place = next(self._places)
        made = block({}, place)
        for key, value in given.items():
            name = self.text(key)
            if name in made:
                self._problems.add(name.place, f"`{name}` is given twice", "give it once")
            made[name] = self.tree(value)
        return made

    def text(self, given: object) -> Text:
        """The text as a file would have it; a number with all of its digits, 2.5 and not 25E-1."""
        text = Text.at(f"{given:f}" if isinstance(given, Decimal) else str(given), next(self._places))
        if (found := control(text)) is not None:
            self._problems.add(text.place, f"a control character (U+{ord(found):04X})", "give plain text")
        return text
