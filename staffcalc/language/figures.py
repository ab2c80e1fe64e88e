"""The figures of a file: exact numbers with their unit, place and source, and other ones in single years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from staffcalc.language.fractions import fraction, of_fraction
from staffcalc.language.relative import is_relative, own_and_change
from staffcalc.language.school_year import EXAMPLE, first_of, stated_twice
from staffcalc.language.written_numbers import MEANT, MOST, Unit, number_in, rate_in, wrong
from staffcalc.records import NamedTuple
from staffcalc.source.problems import Place
from staffcalc.source.tree import ANNOTATIONS, Block, Text, Tree

if TYPE_CHECKING:
    from fractions import Fraction


class Figure(NamedTuple):
    """A number of a school file: its exact value, unit, place, and where it comes from.

    A rate holds its share of one: `28.5%` is Decimal("0.285"). `dated_figures` are the figures that stand in its place
    in single years; each of them names its own year in `dated`. `as_of` is the school year that the figure is of, as
    its file says; a dated one stands for a year and may be of another. `since`: an amount of the year so many after the
    file's, in which the decision that states it begins; it grows from then on. A raise may be of some `months` of its
    first year. `over`: it is written as a fraction (1/3), of which this is what is over and under the line; its value
    is told with eight decimals. `derived` is how the file says that it comes out of other numbers. `relative` are the
    file's own figure and the rate by which this one is more than that, or less.
    """

    value: Decimal
    unit: Unit
    place: Place
    source: str | None = None
    assumed: bool = False
    note: str | None = None
    dated_figures: tuple[Figure, ...] = ()
    dated: str | None = None
    as_of: str | None = None
    since: int = 0
    months: Figure | None = None
    over: tuple[int, int] | None = None
    derived: str | None = None
    relative: tuple[Figure, Figure] | None = None

    @property
    def exact(self) -> Fraction:
        """The exact value."""
        from fractions import Fraction

        return Fraction(self.value) if self.over is None else Fraction(*self.over)

    def in_year(self, first: int | None) -> Figure:
        """The figure that stands in a school year, by the calendar year in which that begins."""
        if first is None:
            return self
        return next((one for one in self.dated_figures if first_of(one.dated or "") == first), self)

    @property
    def nothing(self) -> Figure | None:
        """The figure, or that of a single year, which is 0; None where none is."""
        return next((one for one in (self, *self.dated_figures) if not one.value), None)


def figure(
    node: Tree,
    unit: Unit,
    *,
    signed: bool = False,
    whole: bool = False,
    most: Decimal = MOST,
    undated: str = "",
    none: str = "",
) -> Figure:
    """The figure that a scalar, or a block `{value: …, years: {…}, source: …}`, states.

    `signed` allows a minus sign (a change), `whole` refuses decimals (people), `most` is the largest that makes sense;
    `undated` refuses other figures in single years, and `none` refuses zero; each is the hint why.
    Raises PydanticCustomError with a hint for everything else: blank, dates, exponents, infinity, too large.
    """
    years: tuple[Figure, ...] = ()
    if isinstance(node, Block) and is_relative(node):
        own, change = own_and_change(node)
        return _related(figure(own, unit, whole=whole, most=most, undated=undated, signed=signed), change, whole, most)
    if isinstance(node, Block):
        _check_block(node, unit, undated)
        if "years" in node:
            within = "this figure is of one year already"
            years = in_years(
                node[Text("years")],
                lambda one: figure(one, unit, signed=signed, whole=whole, most=most, undated=within, none=none),
            )
        node = node[Text("value")]
    if not isinstance(node, Text):
        raise wrong(f"a list where {MEANT[unit]} is meant", "write one number", node.place)
    over = fraction(node) if "/" in node and unit in _DIVISIBLE else None
    value = of_fraction(*over) if over is not None else rate_in(node) if unit == "rate" else number_in(node, unit)
    if value < 0 and not signed:
        raise wrong(f"`{node}` is negative", f"{MEANT[unit]} is zero or more", node.place)
    if whole and value != value.to_integral_value():
        raise wrong(f"`{node}` is not a whole number", _WHOLE[unit], node.place)
    if none and not value:
        raise wrong(f"`{node}` {unit}", none, node.place)
    if abs(value) > most:
        raise _out_of_range(node, value, "100%" if unit == "rate" else f"{most:,}")
    source, assumed, derived, note, as_of = node.origin
    return Figure(value, unit, node.place, source, assumed, note, years, as_of=as_of, over=over, derived=derived)


_EXACT = Context(prec=100)
_OF_ALL_YEARS = "it changes the figure of each year alike: write one percentage"


def _related(own: Figure, change: Tree, whole: bool, most: Decimal) -> Figure:
    """The file's own figure and so much of it, in each year for which the file states one."""
    rate = figure(change, "rate", signed=True, undated=_OF_ALL_YEARS)
    written, place = value_in(change), rate.place
    if own.unit == "rate":
        points, share = (percent_of(one) for one in (own.value + rate.value, own.value * (1 + rate.value)))
        hint = f"write the rate itself: {points} are so many points, {share} such a share of {percent_of(own.value)}"
        raise wrong(f"`{written}` of a rate may be points or a share", hint, place)
    value, over = _EXACT.multiply(own.value, 1 + rate.value), None
    if own.over is not None:
        over = (own.exact * (1 + rate.exact)).as_integer_ratio()
        value = of_fraction(*over)
    if rate.value < -1:
        raise wrong(f"`{written}` takes away more than there is", "the least is -100%", place)
    if whole and value != value.to_integral_value():
        what = f"`{written}` of {own.value:,f} {own.unit} comes to {value.normalize():,f}"
        raise wrong(what, f"{_WHOLE[own.unit]}: write the number", place)
    if value > most:
        raise wrong(f"`{written}` of {own.value:,f} is too large", f"the most is {most:,}", place)
    years = tuple(_related(one, change, whole, most)._replace(dated=one.dated) for one in own.dated_figures)
    return _changed_by(rate, own, Figure(value, own.unit, place, dated_figures=years, over=over))


def _changed_by(rate: Figure, own: Figure, found: Figure) -> Figure:
    """What comes of the file's own figure and a change of it, with where the change comes from."""
    source, assumed, note = rate.source, rate.assumed, rate.note or own.note
    found = found._replace(source=source, assumed=assumed, note=note, as_of=rate.as_of, derived=rate.derived)
    return found._replace(relative=(own, rate))


def in_years_like(changed: Figure, years: Iterable[Figure]) -> tuple[Figure, ...]:
    """What the change in percent that made a figure makes of the file's amounts of single years."""
    assert changed.relative is not None
    rate, place = changed.relative[1], changed.place
    values = ((own, _EXACT.multiply(own.value, 1 + rate.value)) for own in years)
    return tuple(_changed_by(rate, own, own._replace(value=value, place=place)) for own, value in values)


def percent_of(rate: Decimal) -> str:
    """A rate as it is written: 15.32%."""
    return f"{(rate * 100).normalize():f}%"


_DIVISIBLE = ("FTE", "rate")
"""Units of figures that may be written as a fraction."""
_WHOLE: Mapping[str, str] = {
    "people": "people are counted whole; part time is told by `fte_each`",
    "students": "a group is counted in whole students; a share of all students is written 12.5%",
    "number": "write a whole number",
}
"""Why a number must be whole, by its unit."""


def _check_block(node: Block, unit: Unit, undated: str) -> None:
    """A block in the place of a number has a value, and beside it only what may stand there."""
    if "value" not in node or isinstance(node[Text("value")], Block):
        hint = "write the number, or {value: …, source: …}"
        raise wrong(f"a block where {MEANT[unit]} is meant", hint, node.place)
    check_annotations(node)
    for key in node:
        if key not in ("value", "years", *ANNOTATIONS):
            hint = comma(node[key], f"known keys: value, years, {', '.join(ANNOTATIONS)}")
            raise wrong(f"unknown key `{key}` beside `value`", hint, key.place)
    if undated and (years := node.key("years")) is not None:
        raise wrong("`years` cannot stand here", undated, years.place)


def _out_of_range(text: Text, value: Decimal, limit: str) -> PydanticCustomError:
    if value < 0:
        return wrong(f"`{text}` is too small", f"the least is -{limit}", text.place)
    return wrong(f"`{text}` is too large", f"the most is {limit}", text.place)


def in_years(node: Tree, read: Callable[[Tree], Figure]) -> tuple[Figure, ...]:
    """The figures that hold in single years: `{2027-28: 16%, 2028-29: 17%}`; each names its year in `dated`."""
    if not isinstance(node, Block) or not any(key not in ANNOTATIONS for key in node):
        raise wrong("this should be a block of years", "write {2027-28: …}", node.place)
    for key in node:
        if first_of(key) is None and key not in ANNOTATIONS:
            raise wrong(f"`{key}` is no school year", EXAMPLE, key.place)
    refuse_same_year(node)
    check_annotations(node)
    return tuple(read(one)._replace(dated=key.strip()) for key, one in node.items() if key not in ANNOTATIONS)


def refuse_same_year(keys: Iterable[Text]) -> None:
    """A school year is stated once, however it is written."""
    if (twice := stated_twice(keys)) is not None:
        raise wrong(*same_year(*twice))


def same_year(first: Text, second: Text) -> tuple[str, str, Place]:
    """The message, the hint and the place where one school year is stated twice."""
    where = f"line {first.place.line}" if first.place.file == second.place.file else str(first.place)
    return f"`{second}` and `{first}` are the same year", f"keep one: the first is in {where}", second.place


def words(node: Tree) -> Text:
    """The words that a scalar states: a name, a note."""
    if not isinstance(node, Text):
        raise wrong(
            f"a {'block' if isinstance(node, Block) else 'list'} where words are meant",
            "write one name or one line",
            node.place,
        )
    if not node.strip():
        raise wrong("blank where words are meant", "write them, or leave the key out", node.place)
    return node


def whether(node: Tree) -> bool:
    """Yes or no, in the words of the language."""
    answer = node.strip().lower() if isinstance(node, Text) else ""  # a spreadsheet writes TRUE
    if answer not in ("true", "false"):
        raise wrong("neither true nor false", "write true, or leave the key out", node.place)
    return answer == "true"


def school_year(node: Tree) -> Text:
    """A school year, however it is written."""
    year = words(node)
    if first_of(year) is None:
        raise wrong(f"`{year}` is no school year", EXAMPLE, year.place)
    return year


_DESCRIBED: dict[str, Callable[[Tree], object]] = {"assumed": whether, "as_of": school_year}
"""How what describes a block is read, where it is not in words."""


def check_annotations(block: Block) -> None:
    """What describes a block of figures or of names is in words, as it is on every other block."""
    for key in ANNOTATIONS:
        if (node := block.get(Text(key))) is not None:
            _DESCRIBED.get(key, words)(node)


def is_share(node: Tree) -> bool:
    """Whether what may be a number or a share is written in percent."""
    return isinstance(stated := value_in(node), Text) and stated.rstrip().endswith("%")


def limit(node: Tree) -> Figure:
    """The limit of a check: a number, or a share (its unit is then "rate"). It may be negative."""
    return figure(node, "rate" if is_share(node) else "number", signed=True)


def counted(node: Tree) -> Figure:
    """A number of students, or their share of all (its unit is then "rate")."""
    return figure(node, "rate", most=Decimal(1)) if is_share(node) else figure(node, "students", whole=True)


def value_in(node: Tree) -> Tree:
    """What stands under `value`, or the node itself."""
    found: Tree = node[Text("value")] if isinstance(node, Block) and "value" in node else node
    return found


def comma(value: Tree, hint: str) -> str:
    """The hint on an unknown key: one without a value is often the rest of a text that a comma cut in two."""
    return "quote a text or number that contains a comma" if isinstance(value, Text) and value == "" else hint
