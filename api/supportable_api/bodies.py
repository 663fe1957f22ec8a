"""What OpenAPI says of bodies that are read by hand, because their bytes matter."""

from __future__ import annotations

from typing import Any, Final

from supportable_api.media import DESIGNS, JSON

DESIGN_FORMS: Final = (JSON, "application/yaml", "application/toml")
"""The media types of designs that OpenAPI names; aliases of them are read as well."""


DESIGN_SCHEMAS: Final[dict[str, Any]] = {
    media_type: {"type": "string" if media_type == "application/toml" else "object"} for media_type in DESIGN_FORMS
}
"""What stands in each: of YAML, as of JSON, OpenAPI describes the content; of other forms, the text."""


def design_body() -> dict[str, Any]:
    """A design, for `openapi_extra`."""
    content: dict[str, Any] = {media_type: {"schema": schema} for media_type, schema in DESIGN_SCHEMAS.items()}
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
