"""What may stand on any block."""

# No `from __future__ import annotations` here: pydantic would evaluate every annotation again at each start.
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from staffcalc.language.values import (
    NOTES_SCHEMA,
    Name,
    SchoolYear,
    Yes,
)


class Described(BaseModel):
    """What may stand on any block."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    note: Annotated[Name | None, Field(description=NOTES_SCHEMA["note"]["description"])] = None
    source: Annotated[Name | None, Field(description=NOTES_SCHEMA["source"]["description"])] = None
    assumed: Annotated[Yes, Field(description=NOTES_SCHEMA["assumed"]["description"])] = False
    derived: Annotated[Name | None, Field(description=NOTES_SCHEMA["derived"]["description"])] = None
    as_of: Annotated[SchoolYear | None, Field(description=NOTES_SCHEMA["as_of"]["description"])] = None
