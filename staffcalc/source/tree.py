"""YAML text → a tree that knows its places. YAML's own guesses are off: every scalar is text.

The tree is built from the events of PyYAML's C parser, so that duplicate keys are seen, and nesting and aliases
are bounded, before anything large is held in memory.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.reader import Reader

from staffcalc.records import NamedTuple
from staffcalc.source.problems import OtherFileError, Place, Problem, Problems, SchoolFileError

MOST_DEEP = 40
TOO_DEEP = f"nested more than {MOST_DEEP} deep"
TOO_DEEP_HINT = "a school file needs no more than eight levels"
MOST_NODES = 200_000
LONGEST_TEXT = 10_000
ANNOTATIONS = ("note", "source", "assumed", "derived", "as_of")
"""Keys that may stand on any block: they describe its numbers and are never a role, a fund or a scenario."""


class Origin(NamedTuple):
    """What a block says of the numbers in it."""

    source: str | None = None
    assumed: bool = False
    derived: str | None = None
    note: str | None = None
    as_of: str | None = None


_NO_ORIGIN = Origin()


class Text(str):
    """A scalar as it stands in the file, and what the block around it says of its numbers."""

    __slots__ = ("origin", "place")
    place: Place
    origin: Origin

    @classmethod
    def at(cls, text: str, place: Place, origin: Origin = _NO_ORIGIN) -> Text:
        scalar = cls(text)
        scalar.place, scalar.origin = place, origin
        return scalar

    def credited(self, like: Text) -> Text:
        """This text, with what is said of another one: the one that it is a part or another form of."""
        self.origin = like.origin
        return self


class Block(dict[Text, Any]):
    """A mapping; its keys are `Text` and so know their places."""

    __slots__ = ("place",)
    place: Place

    def key(self, name: str) -> Text | None:
        """The key as it stands in the file."""
        return next((key for key in self if key == name), None)


class Items(list[Any]):
    """A list."""

    __slots__ = ("place",)
    place: Place


Tree = Text | Block | Items


def read_tree(text: str, file: str) -> tuple[Block, Problems]:
    """The tree of one file, and the problems of form that leave it readable: duplicate keys, control characters, tags.

    Raises SchoolFileError for YAML that cannot be read, nesting deeper than 40, aliases that expand to more than
    200,000 nodes, or no mapping at the top.
    """
    builder = _Builder(text, file)
    return builder.tree(), builder.problems


def size(node: Tree) -> int:
    """How many nodes a tree has; a block that stands in several places counts in each."""
    nodes, ahead = 0, [node]
    while ahead:
        one = ahead.pop()
        nodes += 1
        if isinstance(one, Block):
            nodes += len(one)
            ahead.extend(one.values())
        elif isinstance(one, Items):
            ahead.extend(one)
    return nodes


class _Builder:
    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self.anchors: dict[str, tuple[Tree, int] | None] = {}
        self.nodes = 0
        self.problems: Problems = Problems()

    def tree(self) -> Block:
        try:
            top = self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
            raise SchoolFileError([*self.problems, _syntax(error, place)]) from None
        except yaml.YAMLError:  # a character that YAML does not allow
            raise SchoolFileError([*self.problems, self._not_allowed()]) from None
        _credit(top, _NO_ORIGIN, set())
        return top

    def _not_allowed(self) -> Problem:
        found = Reader.NON_PRINTABLE.search(self.text)
        before = self.text[: found.start()] if found else ""
        place = Place(self.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        what = f"a control character (U+{ord(found[0]):04X})" if found else "not readable YAML"
        return Problem(place, what, "save the file as plain text in UTF-8")

    def _document(self) -> Block:
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self._stop(Place(self.file), "the file is empty", "`staffcalc init` writes a starter file")
        top = self._node(next(self.events), 0)
        next(self.events)  # document end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(self._place(event), "a second YAML document", "keep one school in a file")
        if not isinstance(top, Block):
            what = "the file is empty" if top == "" else "not a school file: its top level is no mapping of keys"
            hint = "`staffcalc init` writes a starter file"
            raise OtherFileError([*self.problems, Problem(Place(self.file), what, hint)])
        return top

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _stop(self, place: Place, message: str, hint: str) -> None:
        raise SchoolFileError([*self.problems, Problem(place, message, hint)])

    def _node(self, event: Any, depth: int) -> Tree:
        self.nodes += 1
        kind = type(event)
        if kind is yaml.ScalarEvent:
            scalar = self._scalar(event)
            if event.anchor is not None:
                self.anchors[event.anchor] = (scalar, 1)
            return scalar
        if kind is yaml.AliasEvent:
            return self._alias(event)
        place = self._place(event)
        if depth >= MOST_DEEP:
            self._stop(place, TOO_DEEP, TOO_DEEP_HINT)
        if self.nodes > MOST_NODES:
            self._too_many(place)
        self._refuse_tag(event, place)
        if event.anchor is not None:
            self.anchors[event.anchor] = None  # not finished: an alias to it would go round in a circle
        before = self.nodes
        node = self._mapping(place, depth) if kind is yaml.MappingStartEvent else self._sequence(place, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.nodes - before + 1)
        return node

    def _mapping(self, place: Place, depth: int) -> Block:
        block = Block()
        block.place = place
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key, Text):
                self.problems.add(key.place, "a key that is not text", "write `key: value`")
            elif key == "":
                self.problems.add(key.place, "a key without a name", "write `key: value`")
            elif control(key):
                pass  # the text itself is refused
            elif "\n" in key or "\t" in key or len(key) > 200:
                self.problems.add(key.place, "a key that is no plain name", "use one short line of text")
            elif (first := block.key(key) if key in block else None) is not None:
                # Without its name: this may not be a school file at all.
                self.problems.add(
                    key.place, "a key that stands here already", f"the first is in line {first.place.line}: keep one"
                )
            else:
                block[key] = value
        return block

    def _sequence(self, place: Place, depth: int) -> Items:
        items = Items()
        items.place = place
        while type(event := next(self.events)) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
        return items

    def _scalar(self, event: Any) -> Text:
        mark = event.start_mark
        scalar = Text.at(event.value, Place(self.file, mark.line + 1, mark.column + 1))
        if self.nodes > MOST_NODES:
            self._too_many(scalar.place)
        if event.tag is not None:
            self._refuse_tag(event, scalar.place)
        if (found := control(scalar)) is not None:
            what = f"a control character (U+{ord(found):04X})"
            self.problems.add(scalar.place, what, "write plain text")
        if len(scalar) > LONGEST_TEXT:
            self.problems.add(scalar.place, f"a text of {len(scalar):,} characters", f"at most {LONGEST_TEXT:,}")
        return scalar

    def _alias(self, event: Any) -> Tree:
        place = self._place(event)
        if event.anchor not in self.anchors:
            self._stop(place, "an alias (*) to an anchor (&) that is not in the file", "name an anchor further up")
        known = self.anchors[event.anchor]
        if known is None:
            self._stop(place, "an alias (*) inside the very block it stands for", "a block cannot contain itself")
            raise AssertionError
        node, size = known
        self.nodes += size
        if self.nodes > MOST_NODES:
            self._too_many(place)
        return node

    def _too_many(self, place: Place) -> None:
        self._stop(place, f"more than {MOST_NODES:,} entries", "aliases (*) multiply; a school file is far smaller")

    def _refuse_tag(self, event: Any, place: Place) -> None:
        if event.tag not in (
            None,
            "!",
            "tag:yaml.org,2002:str",
            "tag:yaml.org,2002:map",
            "tag:yaml.org,2002:seq",
        ):
            self.problems.add(place, "a YAML tag (!), which the language does not have", "remove it")


_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def control(text: str) -> str | None:
    """The first character that could change how a terminal or an editor shows what is around it, or that is none."""
    if text.isprintable():
        return None
    for character in text:
        kind = unicodedata.category(character)
        if (kind == "Cc" and character not in "\n\t") or kind in ("Zl", "Zp", "Cs") or character in _BIDI:
            return character
        if kind == "Cn" and _is_no_character(character):
            return character
    return None


def _is_no_character(character: str) -> bool:
    """Whether Unicode will never give this number to a character: no terminal shows it, and XML forbids it."""
    return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"


def _syntax(error: yaml.MarkedYAMLError, place: Place) -> Problem:
    # The parser's own words, but nothing of the file's content: it may not be a school file at all.
    what = (error.problem or "not readable YAML").split("\n")[0]
    if "nesting depth" in what:  # some versions of the parser refuse it before it is counted here
        return Problem(place, TOO_DEEP, TOO_DEEP_HINT)
    if "cannot start any token" in what:
        return Problem(
            place,
            "a character that YAML does not allow here",
            "indent with spaces, not tabs; quote text that begins with a sign",
        )
    if "mapping values are not allowed" in what:
        return Problem(
            place,
            "a second `: ` in one line, or an indentation that does not fit",
            "quote text that contains `: `",
        )
    hint = "check the indentation, quotes and brackets here and just above"
    if error.context_mark is not None and error.context_mark.line + 1 != place.line:
        hint += f"; what is not closed may begin in line {error.context_mark.line + 1}"
    return Problem(place, f"not readable YAML: {what}", hint)


def _credit(node: Tree, origin: Origin, done: set[int]) -> None:
    """Give every scalar the source of the nearest block around it that names one, or says that it is assumed, or how it
    is derived; and the year that its figures are of, where such a block or one within it says so.

    What an alias names again stands where its anchor is, which comes first: what is `done` stays as it is.
    """
    if id(node) in done:
        return
    done.add(id(node))
    if isinstance(node, Text):
        node.origin = origin
        return
    if isinstance(node, Block):
        origin = _nearer(node, origin)
    for child in node.values() if isinstance(node, Block) else node:
        _credit(child, origin, done)


_TELLS = ("source", "assumed", "derived")


def _nearer(block: Block, origin: Origin) -> Origin:
    """What holds within a block: where it tells itself where its numbers are from, what was told around it ends."""

    def words(key: str) -> str | None:
        node = block.get(key)  # type: ignore[call-overload]
        return str(node) if isinstance(node, Text) else None

    if any(block.get(key) is not None for key in _TELLS):  # type: ignore[call-overload]
        origin = Origin(words("source"), words("assumed") == "true", words("derived"))
    if (note := words("note")) is not None:
        origin = origin._replace(note=note)
    if (year := words("as_of")) is not None:
        origin = origin._replace(as_of=year.strip())
    return origin
