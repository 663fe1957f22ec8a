"""What OpenAPI says of bodies that are read by hand, because their bytes matter."""

from __future__ import annotations

from typing import Any, Final

from supportable_api.media import DESIGNS, JSON

DESIGN_FORMS: Final = (JSON, "application/yaml", "application/toml")
"""The media types of designs that OpenAPI names; aliases of them are read as well."""


def design_body() -> dict[str, Any]:
    """A design, for `openapi_extra`: an object in JSON, a text in the other forms."""
    content: dict[str, Any] = {
        media_type: {"schema": {"type": "object"} if media_type == JSON else {"type": "string"}}
        for media_type in DESIGN_FORMS
    }
    assert set(content) <= set(DESIGNS)
    return {
        "requestBody": {
            "required": True,
            "description": "The design; its JSON Schema is at /v1/schema/design.",
            "content": content,
        }
    }


def json_body(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON body with this schema, for `openapi_extra`."""
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}
