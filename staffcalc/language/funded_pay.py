"""Pay with a fund of its own: a supplement or a stipend that another fund pays than the salary."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from collections.abc import Callable
from typing import Annotated, Any

from staffcalc.language.figures import Figure, check_annotations, comma, figure, words
from staffcalc.language.team import SUPPLEMENT_SCHEMA, BySize, supplement
from staffcalc.language.values import NOTES_SCHEMA, WORDS_SCHEMA, Read, figure_schema
from staffcalc.language.written_numbers import wrong
from staffcalc.records import NamedTuple
from staffcalc.source.problems import Place
from staffcalc.source.tree import ANNOTATIONS, Block, Text

EXAMPLE = "write {amount: 13_000, fund: title_ii}"


class Funded(NamedTuple):
    """Pay as its kind is stated, and the fund that pays it alone. Without `paid`: the fund of pay that is stated
    elsewhere, as by a scenario."""

    paid: Figure | BySize | None
    fund: Text

    @property
    def place(self) -> Place:
        """Where the pay is stated."""
        return self.fund.place if self.paid is None else self.paid.place


def _funded(read: Callable[[Any], Figure | BySize]) -> Callable[[Any], Figure | BySize | Funded]:
    """How pay is read that may name its fund: `{amount: 13_000, fund: title_ii}`."""

    def pay(node: Any) -> Figure | BySize | Funded:
        if not isinstance(node, Block) or not ("amount" in node or "fund" in node):
            return read(node)
        check_annotations(node)
        fund = node.key("fund")
        rest = Block((key, one) for key, one in node.items() if key != "fund")
        rest.place = node.place
        if fund is None:
            return _amount(rest)
        if "value" in rest:
            raise wrong("unknown key `fund` beside `value`", EXAMPLE, fund.place)
        if all(key in ANNOTATIONS for key in rest):
            return Funded(None, words(node[fund]))
        return Funded(_amount(rest) if "amount" in rest else read(rest), words(node[fund]))

    return pay


def _amount(node: Block) -> Figure:
    """The `amount` of a block, beside which there is nothing else but what describes it."""
    for key in node:
        if key not in ("amount", *ANNOTATIONS):
            hint = comma(node[key], f"known keys: amount, fund, {', '.join(ANNOTATIONS)}")
            raise wrong(f"unknown key `{key}` beside `amount`", hint, key.place)
    return figure(node[Text("amount")], "dollars")


_FUND = {**WORDS_SCHEMA, "description": "The fund that pays it, with the benefits that rest on it."}
_FUNDED_SCHEMA: dict[str, Any] = {
    "type": "object",
    "anyOf": [{"required": ["amount"]}, {"required": ["fund"]}],
    "additionalProperties": False,
    "properties": {"amount": figure_schema("dollars"), "fund": _FUND, **NOTES_SCHEMA},
}


def _supplement_schema() -> dict[str, Any]:
    *plain, by_size = SUPPLEMENT_SCHEMA["anyOf"]
    return {"anyOf": [*plain, {**by_size, "properties": {**by_size["properties"], "fund": _FUND}}, _FUNDED_SCHEMA]}


Supplement = Annotated[Figure | BySize | Funded, Read(_funded(supplement), _supplement_schema())]
Stipend = Annotated[
    Figure | BySize | Funded,
    Read(
        _funded(lambda node: figure(node, "dollars")), {"anyOf": [*figure_schema("dollars")["anyOf"], _FUNDED_SCHEMA]}
    ),
]
