"""Answers that say what they are: with an entity tag, and without a body for whoever has it already (RFC 9110, 13)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request, Response
from pydantic import BaseModel

from supportable_api.library.held import Page, page_of

# What is held may be replaced at any time, and who may read it is a matter of the caller: kept, but asked for anew.
REVALIDATED: Final = {"Cache-Control": "private, no-cache"}
_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')


def matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names the tag, compared weakly; `*` names any."""
    return header.strip() == "*" or etag in _TAG.findall(header)


def answered(
    request: Request,
    page: Page | BaseModel | dict[str, Any] | list[Any],
    *,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer, or 304 where a request that only reads names its tag."""
    made = page if isinstance(page, Page) else page_of(page)
    kept = {**REVALIDATED, **(headers or {}), "ETag": made.etag}
    if request.method in ("GET", "HEAD") and matches(request.headers.get("if-none-match", ""), made.etag):
        return Response(status_code=304, headers=kept)
    return Response(made.body, headers=kept, media_type=media_type)
