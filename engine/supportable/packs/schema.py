"""The JSON Schema of pack.yaml and rule files, for editors: made from the models that loading uses."""

from __future__ import annotations

from typing import Any, Final

from pydantic import Field, TypeAdapter

from supportable.packs.shape import DerivationShape, HeadShape, RuleFileShape, RuleShape, TermShape

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class RuleDocument(RuleFileShape):
    """A file under rules/."""

    rules: list[RuleShape] = Field(default=[])
    derive: list[DerivationShape] = Field(default=[])


class PackDocument(HeadShape):
    """pack.yaml."""

    rules: list[RuleShape] = Field(default=[])
    derive: list[DerivationShape] = Field(default=[])
    glossary: list[TermShape] = Field(default=[])


def pack_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of both kinds of file: what has a key `pack` is a pack.yaml, all else a rule file.

    It accepts every file that loads, and refuses unknown and missing keys; what expressions mean it cannot know.
    """
    made: dict[str, Any] = TypeAdapter(PackDocument | RuleDocument).json_schema(by_alias=True)
    definitions = made.pop("$defs")
    return {
        "$schema": DIALECT,
        "title": "A pack of support rules, or one of its rule files",
        "if": {"required": ["pack"]},
        "then": {"$ref": "#/$defs/PackDocument"},
        "else": {"$ref": "#/$defs/RuleDocument"},
        "$defs": {name: _tidy(definitions[name]) for name in sorted(definitions)},
    }


def _tidy(schema: Any) -> Any:
    """Without the titles and nulls that pydantic adds: a key that is left out is left out."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: value
        for key, value in schema.items()
        if key != "default" and not (key == "title" and isinstance(value, str))
    }
    if "anyOf" in kept:
        choices = [choice for choice in kept.pop("anyOf") if choice != {"type": "null"}]
        kept = {**choices[0], **kept} if len(choices) == 1 else {**kept, "anyOf": choices}
    return {key: _tidy(value) for key, value in kept.items()}
