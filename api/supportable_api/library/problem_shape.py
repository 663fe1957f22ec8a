"""The shape of a problem document: what every refusal looks like, in OpenAPI and as a schema of its own."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class ProblemShown(BaseModel):
    """One thing that is wrong."""

    model_config = ConfigDict(title="Problem")

    code: str = Field(
        pattern=r"^SUP[0-9]{3}$", description="Stable: what to tell problems apart by", examples=["SUP501"]
    )
    message: str
    hint: str = Field(description="What to do about it; may be empty")
    move: Literal["author", "caller", "us"] = Field(
        description="Whose move it is: the pack's author, the caller, or ours"
    )
    file: str = Field(description="The document it is in, <memory> for none")
    line: int = Field(ge=0, description="From 1; 0 where it is not known")
    column: int = Field(ge=0, description="From 1; 0 where it is not known")
    pointer: str = Field(
        pattern=r"^(/|$)",
        description="JSON Pointer (RFC 6901) into that document; empty where it is not known, or all of it",
        examples=["/machines/0/kind"],
    )


class ProblemDocument(BaseModel):
    """A refusal (RFC 9457), with everything that was found to be wrong."""

    type: str = Field(description="urn:supportable:problem: and the first problem's code")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="The first problem's message")
    problems: list[ProblemShown] = Field(min_length=1, description="All of them, in the order of the document")


def problem_schema() -> dict[str, Any]:
    """The JSON Schema of a problem document."""
    return {
        "$schema": DIALECT,
        "$id": "urn:supportable:problem",
        **ProblemDocument.model_json_schema(mode="serialization"),
    }
