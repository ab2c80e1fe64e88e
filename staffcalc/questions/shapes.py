"""The JSON Schema of each answer, read off the type that the answer is made as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from staffcalc.language.schema import DIALECT
from staffcalc.questions.assumptions.assumptions import AssumptionsAnswer
from staffcalc.questions.check.checked import CheckAnswer
from staffcalc.questions.compare.compared import CompareAnswer
from staffcalc.questions.cost import CostAnswer
from staffcalc.questions.diff.differing import DiffAnswer
from staffcalc.questions.diff.since import SinceAnswer
from staffcalc.questions.diff.walk import WalkAnswer
from staffcalc.questions.explain.explain import ExplainAnswer
from staffcalc.questions.forecast.yearly import ForecastAnswer
from staffcalc.questions.selection import UnknownNameError
from staffcalc.questions.time_spent import TimeAnswer
from staffcalc.report import Count, Fte, Money, NotAvailable, Percent, Ratio
from staffcalc.source.problems import nearest

ANSWERS: Mapping[str, type] = {
    "compare": CompareAnswer,
    "cost": CostAnswer,
    "check": CheckAnswer,
    "diff": DiffAnswer,
    "diff --to-year": WalkAnswer,
    "diff --against": SinceAnswer,
    "explain": ExplainAnswer,
    "assumptions": AssumptionsAnswer,
    "time": TimeAnswer,
    "forecast": ForecastAnswer,
}
"""The type of each command's answer."""

Schema = dict[str, Any]

_PLAIN: Mapping[Any, str] = {str: "string", bool: "boolean", int: "integer", NoneType: "null", NotAvailable: "null"}
_NUMBERS: Mapping[Any, tuple[str, str]] = {
    Money: ("dollars", "US dollars."),
    Fte: ("fte", "Full-time equivalents, or positions."),
    Count: ("count", "A number of people, students or other things; a fund may pay a share of one."),
    Ratio: ("ratio", "A figure without a unit, such as students per teacher."),
    Percent: ("share", "A share of one: 0.1532 is 15.32%."),
}
"""What the numbers of an answer are counted in, by name."""


def answer_schema(name: str) -> Schema:
    """The schema (JSON Schema 2020-12) of what a command answers in JSON. It knows every key, and no other is there.

    Raises UnknownNameError for a name that is no command with an answer.
    """
    if name not in ANSWERS:
        raise UnknownNameError(f"no answer `{name}`: {nearest(name, ANSWERS, 'answers')}")
    parts = _Parts(ANSWERS[name].__name__.removesuffix("Answer"))
    top = parts.block(get_type_hints(ANSWERS[name], include_extras=True), ANSWERS[name])
    return {"$schema": DIALECT, "title": f"The answer of staffcalc {name}", **top, "$defs": parts.found}


class _Parts:
    """The parts of a schema that are referred to by name: blocks of keys, and what a number is counted in. Within an
    answer their names go without its own: `CostSchoolData` is the School of the answer of `cost`."""

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self.found: dict[str, Schema] = {}
        self._types: dict[str, Any] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of any type that an answer may hold. Raises TypeError for another."""
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is NotRequired:
            return self.of(arguments[0])
        if origin is Annotated:
            return {"description": kind.__metadata__[-1], **self.of(kind.__origin__)}
        if origin in (Union, UnionType):
            choices = [self.of(one) for one in arguments]
            return {"anyOf": [one for at, one in enumerate(choices) if one not in choices[:at]]}
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is Mapping:
            names, values = map(self.of, arguments)
            return {"type": "object", "propertyNames": names, "additionalProperties": values}
        if arguments:  # of a Literal
            return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
        if kind in _NUMBERS:
            name, told = _NUMBERS[kind]
            return self._named(name, kind, lambda: {"type": "number", "description": told})
        if is_typeddict(kind):
            hints = get_type_hints(kind, include_extras=True)
            name = kind.__name__.removesuffix("Data")
            name = name.removeprefix(self._answer) or name
            return self._named(name, kind, lambda: self.block(hints, kind))
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        raise TypeError(f"an answer cannot hold {kind}")

    def block(self, hints: Mapping[str, Any], block: Any) -> Schema:
        """An object that has all of these keys, but for those that its type says may be left out."""
        keys = {key: self.of(kind) for key, kind in hints.items()}
        # Annotations that are text hide `NotRequired` from the class itself.
        needed = [key for key in keys if key in block.__required_keys__ and get_origin(hints[key]) is not NotRequired]
        return {"type": "object", "properties": keys, "required": needed, "additionalProperties": False}

    def _named(self, name: str, kind: Any, schema: Callable[[], Schema]) -> Schema:
        if self._types.setdefault(name, kind) is not kind:
            raise TypeError(f"two parts of an answer are called {name}")
        if name not in self.found:
            self.found[name] = {}  # a part may hold itself
            self.found[name] = schema()
        return {"$ref": f"#/$defs/{name}"}
