"""How a design's status changes over time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from supportable.verdict.timeline import FIRST_DAY
from supportable.verdict.timeline import timeline as timeline_of
from supportable_api.auth import caller
from supportable_api.bodies import design_body
from supportable_api.conditional import answered
from supportable_api.days import Date
from supportable_api.idempotency import OnceRoute
from supportable_api.judged import design_of, today
from supportable_api.library.timelines import TimelineShown
from supportable_api.media import design_media_type
from supportable_api.packs_held import Held
from supportable_api.routes.evaluations import Only, choice_of

router = APIRouter(tags=["timeline"], route_class=OnceRoute)

FORMAT: Final = 1
"""The version of a timeline's JSON form."""


@router.post(
    "/v1/timeline",
    response_model=TimelineShown,
    summary="A design through time",
    openapi_extra=design_body(),
    dependencies=[Depends(caller("evaluate"))],
)
async def timeline(
    request: Request,
    since: Annotated[Date, Query(alias="from", description="The first day, inclusive")] = FIRST_DAY,
    until: Annotated[
        Date | None, Query(alias="to", description="The last day, inclusive; today in UTC if left out")
    ] = None,
    pack: Only = None,
) -> Response:
    """The periods in which a design's status is the same, and which findings turned where one ends. Nothing of it is
    recorded."""
    media_type = design_media_type(request)
    content = await request.body()
    held: Held = request.app.state.packs.current
    judging = request.app.state.judging

    def found() -> dict[str, Any]:
        facts = design_of(content, media_type, held.packset, judging.limits)
        last = until or today()
        return {
            "format": FORMAT,
            **asdict(timeline_of(facts, held.packset, first=since, last=last, only=choice_of(pack))),
        }

    return answered(request, await judging.run(found))
