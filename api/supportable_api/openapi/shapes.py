"""Shapes of answers that routes put together from bytes they hold, so that FastAPI does not know them."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from supportable.verdict.schema import verdict_schema
from supportable_api.library.models import Answer, Cursor, Day, Digest
from supportable_api.library.problem_shape import ProblemDocument

VERDICT: Final = "Verdict"
COMPONENTS: Final = "#/components/schemas/"
SHAPE: Final = "x-shape"
"""Marks the place of a component that pydantic does not know; `resolved` puts a reference there."""


class EvaluationAnswer(Answer):
    """A verdict, and the id under which it was recorded, null where it was not."""

    id: str | None
    verdict: dict[str, Any] = Field(json_schema_extra={SHAPE: VERDICT})


class EntryShown(Answer):
    """A recorded evaluation in a line. Of one that retention has pruned, `name` and `by` are empty."""

    id: str
    name: str
    status: str
    at_worst: str
    at_best: str
    as_of: Day | None
    recorded_at: str = Field(description="In UTC")
    by: str
    design_digest: str
    verdict_digest: str
    pruned: bool


class EvaluationsShown(Answer):
    """A page of recorded evaluations, newest first."""

    items: list[EntryShown]
    next: Cursor


class UsedPack(Answer):
    """A pack that judged."""

    pack: str
    version: str
    digest: Digest


class RecordedShown(EntryShown):
    """A recorded evaluation, whole."""

    engine: str = Field(description="The version that judged")
    design: str = Field(description="The text that was sent")
    design_media_type: str
    packs: list[UsedPack]
    only: list[str] | None = Field(description="The packs that were asked for; null for all")
    verdict: dict[str, Any] = Field(json_schema_extra={SHAPE: VERDICT})


MODELS: Final[tuple[type[BaseModel], ...]] = (EvaluationAnswer, EvaluationsShown, RecordedShown, ProblemDocument)


def components() -> dict[str, Any]:
    """The schemas of these, and of verdicts, by name."""
    _, made = models_json_schema([(model, "serialization") for model in MODELS], ref_template=COMPONENTS + "{model}")
    return {**made["$defs"], **_verdict()}


def _verdict() -> dict[str, Any]:
    """The verdict's own schema, its parts as components of their own: `Verdict.finding`."""
    schema = verdict_schema()
    parts: dict[str, Any] = schema.pop("$defs")
    for key in ("$schema", "$id"):
        schema.pop(key)
    named = {VERDICT: schema, **{f"{VERDICT}.{name}": part for name, part in parts.items()}}
    moved: dict[str, Any] = _moved(named)
    return moved


def _moved(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_moved(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.replace("#/$defs/", f"{COMPONENTS}{VERDICT}.") if key == "$ref" else _moved(value)
        for key, value in schema.items()
    }


def resolved(schema: Any) -> Any:
    """The same with a reference at each mark."""
    if isinstance(schema, list):
        return [resolved(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if SHAPE in schema:
        return {"$ref": COMPONENTS + str(schema[SHAPE])}
    return {key: resolved(value) for key, value in schema.items()}
