"""A verdict held to its design, the packs and its own reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from supportable_api.auth import caller
from supportable_api.bodies import json_body
from supportable_api.conditional import answered
from supportable_api.forms import FORM, UploadRoute, all_parts_of, form_body
from supportable_api.library.problem_shape import ProblemShown
from supportable_api.media import JSON, design_media_type, media_type_of
from supportable_api.packs_held import Held
from supportable_api.problems import problem_as_json
from supportable_api.verifying import Claimed, faults_of

router = APIRouter(tags=["verify"], route_class=UploadRoute)

MOST_FAULTS: Final = 100
"""How many faults are told; `total` counts all."""

_REQUIRED: Final = {
    "verdict": "The verdict in JSON, as it was given",
    "design": "The text that was judged: YAML, or what its type or its file's name says",
}
_OPTIONAL: Final = {"clusters": "Which report is about which cluster, where none says so: {file name: id}, in JSON"}
_REPEATED: Final = {"evidence": "The reports that were judged with the design"}


class VerifyRequest(BaseModel):
    """A verdict, and the design it is about."""

    model_config = ConfigDict(extra="forbid")

    verdict: dict[str, Any] = Field(description="As it was given")
    design: dict[str, Any] | str = Field(
        description="The text that was judged, or its content; then places in it are not checked"
    )
    design_media_type: Annotated[str, Field(description="Of a text")] = "application/yaml"


class VerifyAnswer(BaseModel):
    """Whether the verdict holds, and every respect in which it does not."""

    model_config = ConfigDict(extra="forbid")

    ok: bool
    total: int = Field(description="How many faults there are in all")
    faults: list[ProblemShown]


def _bodies() -> dict[str, Any]:
    """What OpenAPI says of both bodies."""
    body = json_body(VerifyRequest.model_json_schema())
    form = form_body(_REQUIRED, _OPTIONAL, _REPEATED)["requestBody"]["content"]
    parts = form[FORM]["schema"]["properties"]
    # In a form, an object is a part in JSON (OpenAPI 3.1, 4.8.15).
    parts["verdict"]["type"] = "object"
    parts["clusters"] |= {"type": "object", "additionalProperties": {"type": "string"}}
    body["requestBody"]["content"] |= form
    return body


@router.post(
    "/v1/verify",
    response_model=VerifyAnswer,
    summary="Check a verdict",
    dependencies=[Depends(caller("evaluate"))],
    openapi_extra=_bodies(),
)
async def verify(
    request: Request,
    independent: Annotated[
        bool,
        Query(description="Use the small checker alone: no search for what else is missing or assumed"),
    ] = False,
) -> Response:
    """Every status, reason, citation, fact and digest of a verdict, worked out again by a second evaluator that shares
    no code with the first. A verdict of other packs than those held here does not hold here. As a form it comes with
    the reports that were judged with the design; no path that a request names is opened."""
    held: Held = request.app.state.packs.current
    judging = request.app.state.judging
    claiming: Callable[[], Claimed]
    if media_type_of(request.headers.get("content-type", ""))[0] == FORM:
        parts = await all_parts_of(request, required=_REQUIRED, optional=_OPTIONAL, repeated=_REPEATED)
        claiming = partial(Claimed.of_parts, parts, judging.limits)
    else:
        design_media_type(request, (JSON, FORM))
        claiming = partial(Claimed.read, await request.body(), judging.limits)

    def checked() -> dict[str, Any]:
        claimed = claiming()
        found = faults_of(claimed, held.packset, judging.limits, independent=independent)
        return {
            "ok": not found,
            "total": len(found),
            "faults": [problem_as_json(each) for each in found[:MOST_FAULTS]],
        }

    return answered(request, await judging.run(checked))
