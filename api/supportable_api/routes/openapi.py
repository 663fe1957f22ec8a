"""The description of the service, as bytes: made once, off the event loop, as it takes a while."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response

from supportable_api.conditional import answered
from supportable_api.library import Page
from supportable_api.library.held import etag_of

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The description as JSON."""
    state = request.app.state
    page: Page | None = getattr(state, "description", None)
    if page is None:
        # Not canonical: paths and schemas are read in the order in which they stand.
        body = json.dumps(request.app.openapi(), ensure_ascii=False, separators=(",", ":")).encode()
        page = state.description = Page(body, etag_of(body))
    return answered(request, page)
