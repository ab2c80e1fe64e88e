"""Scenarios that a program gives: the same tree that YAML would give, and a plan of it by the reader's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from decimal import Decimal
from itertools import count
from typing import Literal

from staffcalc.language.file import Scenario
from staffcalc.language.validation import validated
from staffcalc.school.reading import Reading
from staffcalc.source.problems import Place, Problems, SchoolFileError
from staffcalc.source.tree import Block, Text, Tree, control

GIVEN = "given by the program"
"""The file of places that are in none."""


def with_scenario(
    before: Reading,
    name: str,
    like: str,
    how: Literal["change", "staffing"],
    entries: object,
    *,
    others_stay: bool = False,
) -> Reading:
    """What was read, with one more scenario: as if it stood in the file. What was read before stays as it is.

    `entries` hold of each role what the language allows there. `others_stay`: roles that a `staffing` leaves out keep
    whom they have. Raises SchoolFileError with all problems.
    """
    problems = Problems()
    giving = _Giving(problems)
    key, tree = giving.text(name), giving.tree({"like": like, how: entries})
    if name != like and name in before.plans:
        problems.add(key.place, f"there is a plan `{name}` already", "give the new one another name")
    scenario = _stated(key, tree, how, problems)
    if problems or scenario is None:
        raise SchoolFileError(problems)
    further = _copied(before, problems)
    scenarios = _block({**before.tree.get(Text("scenarios"), {}), key: tree}, key.place)
    further.tree = _block({**before.tree, Text("scenarios"): scenarios}, before.tree.place)
    further.file = before.file.model_copy(update={"scenarios": {**(before.file.scenarios or {}), key: scenario}})
    further.add(key, scenario, others_stay=others_stay)
    if name == like and not problems:  # it takes the place of the other, and starts from what that one did
        further.plans[name] = further.plans[name]._replace(like=before.plans[name].like)
    further.finish()
    if problems:
        raise SchoolFileError(problems)
    return further


def _stated(key: Text, tree: Tree, how: str, problems: Problems) -> Scenario | None:
    """What a scenario of this name states; None, with the problems, where the language does not allow it."""
    of_language = Problems()
    file, _ = validated(
        _block({Text.at("scenarios", key.place): _block({key: tree}, key.place)}, key.place), of_language
    )
    around = f" in scenarios › {key} › {how}"
    for one in of_language:
        message = one.message.replace(f"{around} › ", " in ").removesuffix(around)
        problems.append(one._replace(message=message))
    return (file.scenarios or {}).get(key)


def _copied(before: Reading, problems: Problems) -> Reading:
    """The same, with everything that one more scenario adds to a copy of its own."""
    further = copy(before)
    further.problems, further.broken = problems, set(before.broken)
    further.schedules = before.schedules.reporting_to(problems)
    further.plans, further.staff = dict(before.plans), dict(before.staff)
    further.posts_of, further.trees_of = dict(before.posts_of), dict(before.trees_of)
    further.cut_saves_of, further.enrolment_of = dict(before.cut_saves_of), dict(before.enrolment_of)
    further.budget_of = dict(before.budget_of)
    return further


class _Giving:
    """Makes a tree of what a program gives; each part has a place of its own, so that each problem is told once."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._places: Iterator[Place] = (Place(GIVEN, number) for number in count(1))

    def tree(self, given: object) -> Tree:
        if not isinstance(given, Mapping):
            return self.text(given)
        place = next(self._places)
        block = _block({}, place)
        for key, value in given.items():
            name = self.text(key)
            if name in block:
                self._problems.add(name.place, f"`{name}` is given twice", "give it once")
            block[name] = self.tree(value)
        return block

    def text(self, given: object) -> Text:
        """The text as a file would have it; a number with all of its digits, 2.5 and not 25E-1."""
        text = Text.at(f"{given:f}" if isinstance(given, Decimal) else str(given), next(self._places))
        if (found := control(text)) is not None:
            self._problems.add(text.place, f"a control character (U+{ord(found):04X})", "give plain text")
        return text


def _block(entries: Mapping[Text, Tree], place: Place) -> Block:
    block = Block(entries)
    block.place = place
    return block
