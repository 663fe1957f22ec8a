"""Lists in pages: a cursor says after which key the next page begins, so that what is added between does not matter."""

from __future__ import annotations

import binascii
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar

from fastapi import Query

from supportable_api.library import codes
from supportable_api.problems import refused

T = TypeVar("T")

MOST: Final = 500

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most on a page")]
CursorGiven = Annotated[str, Query(max_length=1000, description="`next` of the page before; empty for the first")]
Words = Annotated[str, Query(max_length=200, description="Words to look for; the last may be the beginning of one")]


def page_after(items: Sequence[T], key: Callable[[T], str], limit: int, cursor: str) -> tuple[Sequence[T], str | None]:
    """The items after the cursor, `limit` at most, and the cursor of what follows; items are in order of `key`."""
    after = _read(cursor)
    rest = [item for item in items if key(item) > after] if cursor else items
    page = rest[:limit]
    return page, _written(key(page[-1])) if len(rest) > limit else None


def _written(key: str) -> str:
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        hint = "take it as it stands from “next” of the page before"
        raise refused(400, codes.BAD_CURSOR, "this is not a cursor", hint=hint) from None
