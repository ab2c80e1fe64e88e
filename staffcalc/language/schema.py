"""The JSON Schema of the language, read off its models, so that an editor completes and checks while typing."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from staffcalc.language.file import SchoolFile
from staffcalc.language.values import NOTES_SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """A blank key is never right, so nothing is nullable but an entry that is dropped; any block may say where its
    numbers come from."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        entries = super().dict_schema(schema)
        entries.pop("propertyNames", None)
        if schema.get("values_schema", {}).get("type") == "nullable":  # an entry that `null` drops
            dropped: dict[str, Any] = {"anyOf": [entries["additionalProperties"], {"enum": [None, "null", "~"]}]}
            entries = {**entries, "additionalProperties": dropped}
        return {**entries, "properties": NOTES_SCHEMA}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def json_schema() -> dict[str, Any]:
    """The schema of a school file (JSON Schema 2020-12)."""
    schema = _untitled(SchoolFile.model_json_schema(schema_generator=_Generator))
    return {"$schema": DIALECT, "title": "staffcalc school file", **schema}


def _untitled(schema: Any) -> Any:
    """Without the titles made from field names: an editor would show them beside the descriptions."""
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _untitled(part) for key, part in schema.items() if not (key == "title" and isinstance(part, str))}
