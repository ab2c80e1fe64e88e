"""Named tuples that start fast: there are more than a hundred of them, and each start makes their classes anew.

To a type checker they are those of `typing`, which takes twice as long to make one: it compiles what each field is said
to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    class _Made(type):
        def __new__(cls, name, bases, own):
            """The class of the named tuple whose fields stand in its annotations."""
            fields = own.pop("__annotations__", {})
            defaults = [own.pop(field) for field in fields if field in own]
            made = namedtuple(name, fields, defaults=defaults, module=own.pop("__module__"))
            made.__annotations__ = fields
            for key, value in own.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Made, "NamedTuple", (), {})
