"""How large a body may be and how long it may take, counted as it comes in: a length that is claimed proves nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from supportable_api.safety.refusals import too_large, too_slow
from supportable_api.settings import Settings

_LINGER_SECONDS: Final = 2.0
_LINGER_BYTES: Final = 32 * 1024 * 1024
"""What is still read of a body that was refused, so that its sender sees the answer and not a closed connection."""

FILES: Final = ("/v1/boms", "/v1/evidence")
"""Where files are uploaded."""

FORMS: Final = ("/v1/verify",)
"""Where files are uploaded as forms, and other bodies are none."""

STREAMS: Final = ("/v1/evaluations:batch",)
"""Where a body may go on for ever: what it is made of is limited by the route, and the time by each piece."""


@dataclass(slots=True)
class _Body:
    """What came in of one body so far."""

    bytes: int = 0
    complete: bool = False


class BodyLimits:
    """An application that is given no more of a body than `settings` allow, and no longer for it."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, unless the body is too large or too slow."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        stream = path in STREAMS
        files = path in FILES or (path in FORMS and _is_form(scope))
        most = self._settings.max_file if files else self._settings.max_body
        claimed = _claimed(scope)
        body = _Body()
        loop = asyncio.get_running_loop()
        until = loop.time() + self._settings.body_timeout

        async def limited() -> Message:
            nonlocal until
            if body.complete:
                return await receive()
            if not stream and claimed > most:
                if not _waits(scope):
                    await _linger(receive)
                raise too_large(most)
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise too_slow() from None
            body.bytes += len(message.get("body", b""))
            body.complete = not message.get("more_body", False)
            if stream:
                until = loop.time() + self._settings.body_timeout
            elif body.bytes > most:
                if not body.complete:
                    await _linger(receive)
                raise too_large(most)
            return message

        await self._app(scope, limited, send)


def _claimed(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 19 else 1 << 62
    return 0


def _is_form(scope: Scope) -> bool:
    return any(name == b"content-type" and value.lower().startswith(b"multipart/") for name, value in scope["headers"])


def _waits(scope: Scope) -> bool:
    """Whether the client waits for our word before it sends the body."""
    return any(name == b"expect" for name, _ in scope["headers"])


async def _linger(receive: Receive) -> None:
    seen, more = 0, True
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while more and seen < _LINGER_BYTES:
                message = await receive()
                seen += len(message.get("body", b""))
                more = message.get("more_body", False)
    except TimeoutError:
        return
