"""Whether the service lives, whether it can answer, and what it counts."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from supportable.errors import Problem, SupportableError
from supportable_api import codes
from supportable_api.auth import Refused, caller
from supportable_api.metrics import MEDIA_TYPE, Metrics
from supportable_api.packs_held import Held

router = APIRouter(tags=["operation"])


class Ready(BaseModel):
    """The service can judge, and record what it judges."""

    ready: bool = Field(examples=[True])
    generation: int = Field(description="Sets of packs since the start.", examples=[1])
    packs: int = Field(description="How many packs are in use.", examples=[9])
    records: bool = Field(description="Whether evaluations are recorded.", examples=[True])


@router.get("/healthz", response_class=PlainTextResponse, summary="Does it live?")
async def healthz() -> str:
    """Whether the process answers; nothing else is asked, and no credentials."""
    return "ok\n"


@router.get("/readyz", summary="Is it ready?")
async def readyz(request: Request) -> Ready:
    """Whether evaluations can be asked for: packs are loaded and the ledger answers, else 503. Needs no credentials."""
    state = request.app.state
    held: Held = state.packs.current
    if state.storing is not None:
        try:
            await state.storing.run(state.ledger.ping)
        except SupportableError:
            problem = Problem(codes.LEDGER_NOT_READY, "the ledger does not answer", move="us")
            raise Refused(503, problem, {"Retry-After": "5"}) from None
    return Ready(
        ready=True, generation=held.generation, packs=len(held.packset.packs), records=state.storing is not None
    )


@router.get(
    "/metrics",
    summary="What it counts",
    dependencies=[Depends(caller("admin"))],
    response_class=PlainTextResponse,
)
async def metrics(request: Request) -> Response:
    """Everything that is counted and timed, of all tenants together, as Prometheus reads it."""
    kept: Metrics = request.app.state.metrics
    return Response(kept.exposed(), headers={"Cache-Control": "no-store", "Content-Type": MEDIA_TYPE})
