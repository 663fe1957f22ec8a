"""Many designs in one request, a line each."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from supportable_api.auth import Caller, caller
from supportable_api.batches import Line, answers, item_of, lines_of, problem_line
from supportable_api.days import Day
from supportable_api.judged import Asked, today
from supportable_api.judging import Judging
from supportable_api.media import JSON, NDJSON, accepted, design_media_type
from supportable_api.packs_held import Held
from supportable_api.routes.evaluations import Only, choice_of
from supportable_api.storing import Storing

router = APIRouter(tags=["evaluations"])

LINES: Final = (NDJSON, "application/ndjson", "application/jsonl", "application/jsonlines")


class _Streamed(Response):
    """Pieces that are sent as they are made. Unlike Starlette's own it does not listen while it sends: what comes in
    is the rest of the request, which whoever makes the pieces is reading."""

    def __init__(self, pieces: AsyncGenerator[bytes], media_type: str) -> None:
        super().__init__(media_type=media_type, headers={"Cache-Control": "no-store"})
        self._pieces = pieces
        del self.headers["content-length"]

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async with aclosing(self._pieces) as pieces:
                async for piece in pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        except ClientDisconnect:
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@router.post(
    "/v1/evaluations:batch",
    summary="Judge many designs",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A design in each line, or {“id”: anything, “as_of”: day, “design”: {…}}.",
            "content": {NDJSON: {"schema": {"type": "string"}}},
        }
    },
    responses={
        200: {
            "description": "A line for each line, in their order: with a verdict, or with a problem.",
            "content": {NDJSON: {"schema": {"type": "string"}}},
        }
    },
    response_class=Response,
)
async def batch(
    request: Request,
    who: Annotated[Caller, Depends(caller("evaluate"))],
    as_of: Day = None,
    pack: Only = None,
    record: Annotated[bool, Query(description="Whether to keep them in the ledger.")] = True,
) -> Response:
    """`{"line", "id", "evaluation", "verdict"}` for each line that could be judged, `{"line", "id", "problem"}` for one
    that could not; a bad line never stops those behind it. Read while you send: answers are not kept for you."""
    state = request.app.state
    design_media_type(request, LINES)
    form = accepted(request, LINES)
    held: Held = state.packs.current
    judging: Judging = state.judging
    storing: Storing | None = state.storing if record else None
    most = state.settings.max_body
    day = as_of or today()
    only = choice_of(pack)

    async def answer(line: Line) -> bytes:
        item = item_of(line)
        try:
            if item.error is not None:
                raise item.error
            asked = Asked(item.design, JSON, item.as_of or day, only)
            judgement = await judging.judgement(asked, held, patient=True)
            kept = b"null"
            if storing is not None:
                entry = await storing.record(asked, judgement, held, who, "")
                kept = b'"%b"' % entry.id.encode()
        except Exception as error:  # noqa: BLE001  the edge of one line: whatever became of it, the next has its turn
            return problem_line(line.number, item.id, error)
        return b'{"evaluation":%b,"id":%b,"line":%d,"verdict":%b}\n' % (
            kept, item.id, line.number, judgement.verdict,
        )  # fmt: skip

    lines = lines_of(request.stream(), most)
    return _Streamed(answers(lines, answer, at_a_time=state.settings.concurrency), form)
