"""A verdict held to its design, the packs and its own reasons."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from supportable_api.auth import caller
from supportable_api.bodies import json_body
from supportable_api.conditional import answered
from supportable_api.idempotency import OnceRoute
from supportable_api.library.problem_shape import ProblemShown
from supportable_api.media import JSON, design_media_type
from supportable_api.packs_held import Held
from supportable_api.problems import problem_as_json
from supportable_api.verifying import Claimed, faults_of

router = APIRouter(tags=["verify"], route_class=OnceRoute)

MOST_FAULTS: Final = 100
"""How many faults are told; `total` counts all."""


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


@router.post(
    "/v1/verify",
    response_model=VerifyAnswer,
    summary="Check a verdict",
    dependencies=[Depends(caller("evaluate"))],
    openapi_extra=json_body(VerifyRequest.model_json_schema()),
)
async def verify(
    request: Request,
    independent: Annotated[
        bool,
        Query(description="Use the small checker alone: which facts are missing or assumed is then taken as given"),
    ] = False,
) -> Response:
    """Every status, reason, citation, fact and digest of a verdict, worked out again by a second evaluator that shares
    no code with the first. A verdict of other packs than those held here does not hold here."""
    design_media_type(request, (JSON,))
    content = await request.body()
    held: Held = request.app.state.packs.current
    judging = request.app.state.judging

    def checked() -> dict[str, Any]:
        claimed = Claimed.read(content, judging.limits)
        found = faults_of(claimed, held.packset, judging.limits, independent=independent)
        return {
            "ok": not found,
            "total": len(found),
            "faults": [problem_as_json(each) for each in found[:MOST_FAULTS]],
        }

    return answered(request, await judging.run(checked))
