"""Answers compressed with gzip for whoever asks, off the event loop: a verdict shrinks to a tenth.

What is compressed is another representation and has an entity tag of its own, the plain one's with `-gzip` at its end
(RFC 9110, 8.8.3.3). Routes know plain tags only: in conditions of a request both are given to them.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from supportable_api.packed import LEVEL, TAKES_GZIP, as_gzip

LEAST: Final = 1024
"""Bytes below which it does not pay."""

_KINDS: Final = re.compile(rb"(?:text/|application/(?:json|[a-z.+-]*\+json|[a-z.+-]*yaml|toml|schema))")
_TAG: Final = re.compile(rb'"([^"]*)-gzip"')
_CONDITIONS: Final = (b"if-match", b"if-none-match")


class Compression:
    """An application whose whole answers are compressed; what is streamed goes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, compressed if the client takes it and it pays."""
        if scope["type"] == "http":
            # Whatever this request takes: its tag may be of an answer to one that took gzip.
            scope["headers"] = [
                (name, _TAG.sub(rb'"\1-gzip", "\1"', value) if name in _CONDITIONS else value)
                for name, value in scope["headers"]
            ]
        if scope["type"] != "http" or not _takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        # Who keeps compressed what it answers need not have it compressed again.
        scope[TAKES_GZIP] = True
        held: Message | None = None

        async def compressed(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _pays(message):
                held = message
                return
            if held is not None:
                start, held = held, None
                if not message.get("more_body", False) and len(message.get("body", b"")) >= LEAST:
                    body = await asyncio.to_thread(gzip.compress, message["body"], LEVEL, mtime=0)
                    start["headers"] = as_gzip(start["headers"], len(body))
                    message = {**message, "body": body}
                await send(start)
            await send(message)

        await self._app(scope, receive, compressed)


def _takes_gzip(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            for coding in value.lower().split(b","):
                kind, _, weight = coding.partition(b";")
                if kind.strip() == b"gzip":
                    return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


def _pays(start: Message) -> bool:
    headers = dict(start.get("headers", ()))
    if start["status"] not in (200, 201) or b"content-encoding" in headers:
        return False
    return _KINDS.match(headers.get(b"content-type", b"")) is not None
