"""JSON Schemas, for editors and for programs that check before they send."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.library import library_of

router = APIRouter(prefix="/v1/schema", tags=["schema"], dependencies=[Depends(caller("read"))])

MEDIA_TYPE = "application/schema+json"


class Described(StrEnum):
    """What has a schema."""

    design = "design"
    pack = "pack"
    problem = "problem"
    verdict = "verdict"


@router.get(
    "/{kind}",
    summary="A JSON Schema",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}},
)
def schema(request: Request, kind: Described) -> Any:
    """The JSON Schema (2020-12) of designs, of packs, of verdicts, or of problem documents."""
    return answered(request, library_of(request).schema(kind.value), media_type=MEDIA_TYPE)
